//! How good the keys are, where it is known who is who: how many pairs of records of one person they find, and how many
//! pairs have to be compared for it.
//!
//! What the keys do not find is never compared: no model and no gate makes up for it.

use std::collections::BTreeMap;
use std::fmt;

use crate::candidates::Candidates;
use crate::keys::{CHAINS, Plan};
use crate::register::{Register, Row};

/// A report on the keys of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// How many records there are.
    pub records: usize,
    /// How many pairs of records are of one person.
    pub pairs: u64,
    /// How many of them share a key.
    pub found: u64,
    /// How many pairs share a key, whoever they are of.
    pub candidates: u64,
    /// With how many others the record is compared that is compared with most.
    pub most: usize,
    /// How many keys more records share than the cap: see [`Candidates::crowded`].
    pub crowded: usize,
    /// Chain by chain, what it finds.
    pub chains: [Found; CHAINS.len()],
}

/// What one chain of keys finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// How many pairs of one person.
    pub pairs: u64,
    /// How many of those no other chain finds.
    pub alone: u64,
    /// How many pairs, whoever they are of.
    pub candidates: u64,
}

impl Recall {
    /// Measures a plan. `persons` says of each row who it is.
    pub fn of<P: Ord + Sync>(register: &Register, plan: &Plan, link_only: bool, persons: &[P]) -> Self {
        Self::among(register, plan, link_only, persons, |_, _| true)
    }

    /// The same where only those pairs of one person count that something holds of, such as that they have anything in common:
    /// what a source left blank cannot be found.
    pub fn among<P: Ord + Sync>(
        register: &Register,
        plan: &Plan,
        link_only: bool,
        persons: &[P],
        counts: impl Fn(Row, Row) -> bool + Sync,
    ) -> Self {
        let by_keys = Plan { exhaustive: 0, ..plan.clone() };
        let candidates = Candidates::of(register, &by_keys, link_only);
        let person = |row: Row| persons.get(row as usize);
        let one = |a: Row, b: Row| person(a).is_some() && person(a) == person(b) && counts(a, b);
        let empty = Self {
            records: register.len(),
            pairs: pairs(register, link_only, persons, &counts),
            found: 0,
            candidates: 0,
            most: 0,
            crowded: candidates.crowded(),
            chains: [Found::default(); CHAINS.len()],
        };
        let parts = candidates.fold(
            || empty.clone(),
            |so_far, a, b| {
                let (chains, one) = (candidates.chains(a, b), u64::from(one(a, b)));
                so_far.candidates += 1;
                so_far.found += one;
                for (number, chain) in
                    so_far.chains.iter_mut().enumerate().filter(|(number, _)| chains >> number & 1 == 1)
                {
                    chain.candidates += 1;
                    chain.pairs += one;
                    chain.alone += if chains == 1 << number { one } else { 0 };
                }
            },
        );
        let mut recall = parts.iter().fold(empty.clone(), Self::with);
        recall.most = (0..register.rows()).map(|row| candidates.near(row).len()).max().unwrap_or(0);
        recall
    }

    /// The share of pairs of one person that is found; 1 when there are none.
    #[expect(clippy::cast_precision_loss, reason = "a count of pairs is far below 2^52")]
    pub fn share(&self) -> f64 {
        if self.pairs == 0 { 1.0 } else { self.found as f64 / self.pairs as f64 }
    }

    /// With how many others a record is compared, on average.
    #[expect(clippy::cast_precision_loss, reason = "a count of pairs is far below 2^52")]
    pub fn per_record(&self) -> f64 {
        if self.records == 0 { 0.0 } else { 2.0 * self.candidates as f64 / self.records as f64 }
    }

    fn with(mut self, part: &Self) -> Self {
        self.found += part.found;
        self.candidates += part.candidates;
        for (chain, part) in self.chains.iter_mut().zip(&part.chains) {
            chain.pairs += part.pairs;
            chain.alone += part.alone;
            chain.candidates += part.candidates;
        }
        self
    }
}

/// How many pairs of records are of one person and may be compared.
fn pairs<P: Ord>(register: &Register, link_only: bool, persons: &[P], counts: impl Fn(Row, Row) -> bool) -> u64 {
    let mut records: BTreeMap<&P, Vec<Row>> = BTreeMap::new();
    for (row, person) in (0..register.rows()).zip(persons) {
        records.entry(person).or_default().push(row);
    }
    let of = |rows: &Vec<Row>| {
        let two = rows.iter().enumerate().flat_map(|(place, a)| rows[place + 1..].iter().map(move |b| (*a, *b)));
        two.filter(|(a, b)| !(link_only && register.same_source(*a, *b)) && counts(*a, *b)).count() as u64
    };
    records.values().map(of).sum()
}

impl fmt::Display for Recall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} records: {} of {} pairs of one person found ({:.2} %); {:.1} candidates per record, {} at most; {} crowded keys",
            self.records,
            self.found,
            self.pairs,
            self.share() * 100.0,
            self.per_record(),
            self.most,
            self.crowded
        )?;
        for (chain, found) in CHAINS.iter().zip(&self.chains) {
            let Found { pairs, alone, candidates } = found;
            writeln!(f, "{:<22} {pairs:>10} found, {alone:>8} by it alone, among {candidates:>10}", chain.name)?;
        }
        Ok(())
    }
}
