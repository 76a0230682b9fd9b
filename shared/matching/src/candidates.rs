//! Which pairs of records are compared: those that share a key, each once.

use rayon::prelude::*;

use crate::keys::{Key, Plan, chain_of, mix};
use crate::register::{Register, Row};

/// Records by the keys they share.
pub struct Candidates<'r> {
    register: &'r Register,
    /// Whether only records of different sources are compared.
    link_only: bool,
    /// Whether every two records are compared, whatever keys they share.
    every: bool,
    /// Sorted by key, then by row.
    filed: Vec<(Key, Row)>,
    /// Row by row, its sorted keys.
    keys: Vec<Key>,
    starts: Vec<usize>,
}

impl std::fmt::Debug for Candidates<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Candidates").field("filed", &self.filed.len()).finish_non_exhaustive()
    }
}

impl<'r> Candidates<'r> {
    /// Files all records of a register under their keys.
    pub fn of(register: &'r Register, plan: &Plan, link_only: bool) -> Self {
        let by_row: Vec<Vec<Key>> = (0..register.rows()).into_par_iter().map(|row| plan.keys(register, row)).collect();
        let mut filed = Vec::with_capacity(by_row.iter().map(Vec::len).sum());
        let mut keys = Vec::with_capacity(filed.capacity());
        let mut starts = Vec::with_capacity(by_row.len() + 1);
        for (row, own) in (0..).zip(&by_row) {
            starts.push(keys.len());
            keys.extend_from_slice(own);
            filed.extend(own.iter().map(|key| (*key, row)));
        }
        starts.push(keys.len());
        filed.par_sort_unstable();
        Self { register, link_only, every: register.len() <= plan.exhaustive, filed, keys, starts }
    }

    /// The keys of a record.
    fn keys_of(&self, row: Row) -> &[Key] {
        let row = row as usize;
        &self.keys[self.starts[row]..self.starts[row + 1]]
    }

    /// Whether two records may be compared at all.
    fn may(&self, a: Row, b: Row) -> bool {
        !(self.link_only && self.register.same_source(a, b))
    }

    /// How many pairs there are at most: a pair counts once for each key that it shares.
    pub fn most(&self) -> u64 {
        let pairs = |count: u64| count * count.saturating_sub(1) / 2;
        if self.every {
            return pairs(u64::from(self.register.rows()));
        }
        self.filed.par_chunk_by(|a, b| a.0 == b.0).map(|block| pairs(block.len() as u64)).sum()
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
            return (0..self.register.rows())
                .into_par_iter()
                .fold(&empty, |mut so_far, a| {
                    for b in (a + 1..self.register.rows()).filter(|b| wanted(a, *b)) {
                        each(&mut so_far, a, b);
                    }
                    so_far
                })
                .collect();
        }
        self.filed
            .par_chunk_by(|a, b| a.0 == b.0)
            .fold(&empty, |mut so_far, block| {
                for (place, (key, a)) in block.iter().enumerate() {
                    for (_, b) in &block[place + 1..] {
                        if wanted(*a, *b) && first_shared(self.keys_of(*a), self.keys_of(*b)) == Some(*key) {
                            each(&mut so_far, *a, *b);
                        }
                    }
                }
                so_far
            })
            .collect()
    }

    /// By which chains of keys two records find each other: a bit for each, see [`crate::keys::CHAINS`].
    pub(crate) fn chains(&self, a: Row, b: Row) -> u16 {
        shared(self.keys_of(a), self.keys_of(b)).fold(0, |chains, key| chains | 1 << chain_of(key))
    }

    /// The records that share a key with this one, sorted.
    pub fn near(&self, row: Row) -> Vec<Row> {
        let mut near: Vec<Row> = Vec::new();
        for key in self.keys_of(row) {
            let from = self.filed.partition_point(|(filed, _)| filed < key);
            near.extend(self.filed[from..].iter().take_while(|(filed, _)| filed == key).map(|(_, row)| *row));
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|other| *other != row && self.may(row, *other));
        near
    }
}

/// The first key that stands in both lists.
fn first_shared(a: &[Key], b: &[Key]) -> Option<Key> {
    let (mut at, mut other) = (0, 0);
    while let (Some(one), Some(two)) = (a.get(at), b.get(other)) {
        if one == two {
            return Some(*one);
        }
        at += usize::from(one < two);
        other += usize::from(two < one);
    }
    None
}

/// The keys that stand in both lists, in order.
fn shared<'k>(a: &'k [Key], b: &'k [Key]) -> impl Iterator<Item = Key> + 'k {
    a.iter().copied().filter(|key| b.binary_search(key).is_ok())
}
