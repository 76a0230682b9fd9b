//! Which pairs of records are compared: those that share a key, each once.

use rayon::prelude::*;

use crate::keys::{Key, Plan, chain_of, mix};
use crate::register::{Register, Row};

/// Records by the keys they share. Keys that no other record has lead nowhere and are left out.
pub struct Candidates {
    rows: Row,
    /// The source of each row, where only records of different sources are compared.
    sources: Option<Vec<u32>>,
    /// Whether every two records are compared, whatever keys they share.
    every: bool,
    /// Block by block, in the order of their keys, the rows that share one, sorted.
    members: Vec<Row>,
    /// Where each block begins, and where the last one ends.
    begins: Vec<u32>,
    /// The chain of each block's key.
    chains: Vec<usize>,
    /// Row by row, its blocks, sorted.
    blocks: Vec<u32>,
    /// Where the blocks of each row begin, and where those of the last one end.
    starts: Vec<u32>,
}

impl std::fmt::Debug for Candidates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Candidates").field("blocks", &self.chains.len()).finish_non_exhaustive()
    }
}

/// How many rows are filed at a time.
const AT_A_TIME: Row = 4_096;

/// All keys of all records, sorted by key, then by row.
fn filed(register: &Register, plan: &Plan) -> Vec<(Key, Row)> {
    let begins: Vec<Row> = (0..register.rows()).step_by(AT_A_TIME as usize).collect();
    let parts: Vec<Vec<(Key, Row)>> = begins
        .into_par_iter()
        .map(|begin| {
            let mut filed = Vec::with_capacity(AT_A_TIME as usize * 10);
            let mut keys = Vec::new();
            for row in begin..(begin + AT_A_TIME).min(register.rows()) {
                plan.keys(register, row, &mut keys);
                filed.extend(keys.iter().map(|key| (*key, row)));
            }
            filed
        })
        .collect();
    let mut filed = parts.concat();
    filed.par_sort_unstable();
    filed
}

impl Candidates {
    /// Files all records of a register under their keys. `link_only`: only records of different sources are compared.
    pub fn of(register: &Register, plan: &Plan, link_only: bool) -> Self {
        let filed = filed(register, plan);
        let rows = register.rows();
        let (mut members, mut begins, mut chains) = (Vec::new(), vec![0], Vec::new());
        for block in filed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
            members.extend(block.iter().map(|(_, row)| *row));
            begins.push(place(members.len()));
            chains.extend(block.first().map(|(key, _)| chain_of(*key)));
        }
        drop(filed);
        let mut starts = vec![0_u32; rows as usize + 1];
        for row in &members {
            starts[*row as usize + 1] += 1;
        }
        for row in 0..rows as usize {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut blocks = vec![0_u32; members.len()];
        for (block, range) in (0..).zip(begins.windows(2)) {
            for row in &members[range[0] as usize..range[1] as usize] {
                let at = &mut next[*row as usize];
                blocks[*at as usize] = block;
                *at += 1;
            }
        }
        let sources = link_only.then(|| register.sources().to_vec());
        Self { rows, sources, every: register.len() <= plan.exhaustive, members, begins, chains, blocks, starts }
    }

    /// The blocks that a record is in.
    fn blocks_of(&self, row: Row) -> &[u32] {
        let row = row as usize;
        &self.blocks[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    fn members_of(&self, block: u32) -> &[Row] {
        let block = block as usize;
        &self.members[self.begins[block] as usize..self.begins[block + 1] as usize]
    }

    /// Whether only records of different sources are compared.
    pub fn link_only(&self) -> bool {
        self.sources.is_some()
    }

    /// Whether two records may be compared at all.
    fn may(&self, a: Row, b: Row) -> bool {
        self.sources.as_ref().is_none_or(|sources| sources.get(a as usize) != sources.get(b as usize))
    }

    /// How many pairs there are at most: a pair counts once for each key that it shares.
    pub fn most(&self) -> u64 {
        let pairs = |count: u64| count * count.saturating_sub(1) / 2;
        if self.every {
            return pairs(u64::from(self.rows));
        }
        self.begins.windows(2).map(|range| pairs(u64::from(range[1] - range[0]))).sum()
    }

    /// Hands one pair in `part`, drawn by a hash of the two rows, to `each`; otherwise as [`Candidates::fold`].
    pub(crate) fn fold_part<T: Send>(
        &self,
        part: u64,
        empty: impl Fn() -> T + Sync + Send,
        each: impl Fn(&mut T, Row, Row) + Sync + Send,
    ) -> Vec<T> {
        self.fold_where(|a, b| part < 2 || mix(u64::from(a) << 32 | u64::from(b)).is_multiple_of(part), empty, each)
    }

    /// Hands every pair to `each`, the smaller row first, and answers what came of it: one value a piece of work, in no
    /// particular order. What is done with them must not depend on it.
    pub fn fold<T: Send>(
        &self,
        empty: impl Fn() -> T + Sync + Send,
        each: impl Fn(&mut T, Row, Row) + Sync + Send,
    ) -> Vec<T> {
        self.fold_where(|_, _| true, empty, each)
    }

    fn fold_where<T: Send>(
        &self,
        wanted: impl Fn(Row, Row) -> bool + Sync + Send,
        empty: impl Fn() -> T + Sync + Send,
        each: impl Fn(&mut T, Row, Row) + Sync + Send,
    ) -> Vec<T> {
        let wanted = |a, b| wanted(a, b) && self.may(a, b);
        if self.every {
            return (0..self.rows)
                .into_par_iter()
                .fold(&empty, |mut so_far, a| {
                    for b in (a + 1..self.rows).filter(|b| wanted(a, *b)) {
                        each(&mut so_far, a, b);
                    }
                    so_far
                })
                .collect();
        }
        (0..place(self.chains.len()))
            .into_par_iter()
            .fold(&empty, |mut so_far, block| {
                let members = self.members_of(block);
                for (at, a) in members.iter().enumerate() {
                    for b in &members[at + 1..] {
                        if wanted(*a, *b) && self.is_first(block, *a, *b) {
                            each(&mut so_far, *a, *b);
                        }
                    }
                }
                so_far
            })
            .collect()
    }

    /// Whether a block is the first that two of its records are in together.
    fn is_first(&self, block: u32, a: Row, b: Row) -> bool {
        let (a, b) = (self.blocks_of(a), self.blocks_of(b));
        a.first() == Some(&block) || b.first() == Some(&block) || shared(a, b).next() == Some(block)
    }

    /// By which chains of keys two records find each other: a bit for each, see [`crate::keys::CHAINS`].
    pub(crate) fn chains(&self, a: Row, b: Row) -> u16 {
        shared(self.blocks_of(a), self.blocks_of(b)).fold(0, |chains, block| chains | 1 << self.chains[block as usize])
    }

    /// The records that share a key with this one, sorted.
    pub fn near(&self, row: Row) -> Vec<Row> {
        let members = self.blocks_of(row).iter().flat_map(|block| self.members_of(*block));
        let mut near: Vec<Row> = members.copied().filter(|other| *other != row && self.may(row, *other)).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// A place in a list as it is kept: there are fewer than four thousand million.
fn place(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// What stands in both of two sorted lists, in order.
fn shared<'k>(a: &'k [u32], b: &'k [u32]) -> impl Iterator<Item = u32> + 'k {
    let (mut at, mut other) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(one), Some(two)) = (a.get(at), b.get(other)) {
            at += usize::from(one <= two);
            other += usize::from(two <= one);
            if one == two {
                return Some(*one);
            }
        }
        None
    })
}
