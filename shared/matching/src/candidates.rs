//! Which pairs of records are compared: those that share a key, each once.

use rayon::prelude::*;

use crate::keys::{Filed, Key, Plan, chain_of, in_order, mix};
use crate::register::{AHEAD, Fetched, Register, Row};

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
    chains: Vec<u8>,
    crowded: usize,
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

/// Some blocks: the rows that share a key, key by key.
struct Blocks {
    members: Vec<Row>,
    lengths: Vec<u32>,
    chains: Vec<u8>,
}

impl Blocks {
    /// Those of more than one row.
    fn of(filed: &[(Key, Row)]) -> Self {
        let mut blocks = Self { members: Vec::new(), lengths: Vec::new(), chains: Vec::new() };
        for block in filed.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
            let begin = blocks.members.len();
            // A record that has a key twice stands under it once.
            blocks.members.extend(block.chunk_by(|a, b| a == b).map(|same| same[0].1));
            match blocks.members.len() - begin {
                1 => blocks.members.truncate(begin),
                length => {
                    blocks.lengths.push(place(length));
                    blocks.chains.extend(block.first().map(|(key, _)| chain_of(*key)));
                }
            }
        }
        blocks
    }
}

impl Candidates {
    /// Files all records of a register under their keys. `link_only`: only records of different sources are compared.
    pub fn of(register: &Register, plan: &Plan, link_only: bool) -> Self {
        let rows = register.rows();
        let file = |row, filed: &mut Filed<(Key, Row)>| plan.file(register, row, |_, key| filed.add(key, (key, row)));
        let (mut members, mut begins, mut chains, mut crowded) = (Vec::new(), vec![0], Vec::new(), 0);
        for part in in_order(register.as_they_came(), file, Blocks::of) {
            crowded += part.lengths.iter().filter(|length| **length as usize > plan.cap).count();
            let mut end = place(members.len());
            begins.extend(part.lengths.iter().map(|length| {
                end += length;
                end
            }));
            members.extend(part.members);
            chains.extend(part.chains);
        }
        let (starts, blocks) = by_row(rows, &members, &begins);
        let sources = link_only.then(|| register.sources().to_vec());
        let every = register.len() <= plan.exhaustive;
        Self { rows, sources, every, members, begins, chains, crowded, blocks, starts }
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

    /// How many keys more records share than the plan's cap: the last of their chains, or more common than when the plan was
    /// frozen. They are used all the same.
    pub fn crowded(&self) -> usize {
        self.crowded
    }

    /// Hands one pair in `part`, drawn by a hash of the two rows, to `each`; otherwise as [`Candidates::fold_near`].
    pub(crate) fn fold_part<T: Send>(
        &self,
        part: u64,
        register: &Register,
        empty: impl Fn() -> T + Sync + Send,
        each: impl Fn(&mut T, Row, Row) + Sync + Send,
    ) -> Vec<T> {
        let drawn = |a, b| part < 2 || mix(u64::from(a) << 32 | u64::from(b)).is_multiple_of(part);
        self.fold_where(drawn, Some((register, Fetched::All)), empty, each)
    }

    /// Hands every pair to `each`, as [`Candidates::fold`], which compares their persons: what is compared is at hand by then.
    pub(crate) fn fold_near<T: Send>(
        &self,
        register: &Register,
        empty: impl Fn() -> T + Sync + Send,
        each: impl Fn(&mut T, Row, Row) + Sync + Send,
    ) -> Vec<T> {
        self.fold_where(|_, _| true, Some((register, Fetched::Persons)), empty, each)
    }

    /// Hands every pair to `each`, the smaller row first, and answers what came of it: one value a piece of work, in no
    /// particular order. What is done with them must not depend on it.
    pub fn fold<T: Send>(
        &self,
        empty: impl Fn() -> T + Sync + Send,
        each: impl Fn(&mut T, Row, Row) + Sync + Send,
    ) -> Vec<T> {
        self.fold_where(|_, _| true, None, empty, each)
    }

    fn fold_where<T: Send>(
        &self,
        wanted: impl Fn(Row, Row) -> bool + Sync + Send,
        near: Option<(&Register, Fetched)>,
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
        let hand_over = |so_far: &mut T, ahead: &mut Vec<(u32, Row, Row)>| {
            self.fetch(ahead);
            ahead.retain(|(block, a, b)| self.is_first(*block, *a, *b));
            if let Some((register, wanted)) = near {
                register.fetch(ahead.iter().map(|(_, a, b)| (*a, *b)), wanted);
            }
            ahead.drain(..).for_each(|(_, a, b)| each(so_far, a, b));
        };
        (0..place(self.chains.len()))
            .into_par_iter()
            .fold(
                || (empty(), Vec::with_capacity(AHEAD)),
                |(mut so_far, mut ahead), block| {
                    let members = self.members_of(block);
                    for (at, a) in members.iter().enumerate() {
                        ahead.extend(members[at + 1..].iter().filter(|b| wanted(*a, **b)).map(|b| (block, *a, *b)));
                    }
                    if ahead.len() >= AHEAD {
                        hand_over(&mut so_far, &mut ahead);
                    }
                    (so_far, ahead)
                },
            )
            .map(|(mut so_far, mut ahead)| {
                hand_over(&mut so_far, &mut ahead);
                so_far
            })
            .collect()
    }

    /// Brings near what [`Candidates::is_first`] looks at, as [`Register::fetch`] does.
    fn fetch(&self, pairs: &[(u32, Row, Row)]) {
        let of = |row: Row| self.blocks.get(self.starts[row as usize] as usize).copied().unwrap_or(0);
        std::hint::black_box(pairs.iter().fold(0, |sum, (_, a, b)| sum ^ of(*a) ^ of(*b)));
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

/// Row by row its blocks, sorted: where those of each row begin, and where those of the last one end; and the blocks. Each core
/// takes a part of the rows and looks at all blocks, since what is waited for is memory that is written here and there.
fn by_row(rows: Row, members: &[Row], begins: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let part = (rows as usize).div_ceil(rayon::current_num_threads()).max(1);
    let mut starts = vec![0_u32; rows as usize + 1];
    starts[1..].par_chunks_mut(part).enumerate().for_each(|(number, counts)| {
        let first = number * part;
        for row in members {
            if let Some(count) = (*row as usize).checked_sub(first).and_then(|row| counts.get_mut(row)) {
                *count += 1;
            }
        }
    });
    for row in 0..rows as usize {
        starts[row + 1] += starts[row];
    }
    let mut blocks = vec![0_u32; members.len()];
    let (mut rest, mut parts) = (&mut blocks[..], Vec::new());
    for first in (0..rows as usize).step_by(part) {
        let next = &starts[first..(rows as usize).min(first + part)];
        let length = starts[(rows as usize).min(first + part)] - starts[first];
        let (blocks, others) = rest.split_at_mut(length as usize);
        parts.push((first, next.to_vec(), blocks));
        rest = others;
    }
    parts.into_par_iter().for_each(|(first, mut next, blocks)| {
        let begin = next.first().copied().unwrap_or(0);
        for (block, range) in (0..).zip(begins.windows(2)) {
            for row in &members[range[0] as usize..range[1] as usize] {
                if let Some(at) = (*row as usize).checked_sub(first).and_then(|row| next.get_mut(row)) {
                    blocks[(*at - begin) as usize] = block;
                    *at += 1;
                }
            }
        }
    });
    (starts, blocks)
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
