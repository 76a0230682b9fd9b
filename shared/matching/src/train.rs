//! Training: what levels weigh, learnt from the records themselves.
//!
//! Nobody has to label anything. How often strangers agree (*u*) is seen in pairs drawn by a hash; how often the records of
//! one person agree (*m*) is estimated by expectation maximisation (Fellegi and Sunter 1969; Winkler 1988) over the candidate
//! pairs, with two people of one household as a third class (Winkler 1993; Larsen and Rubin 2001), so that families are not
//! taken for persons. The result depends on the set of records alone: pairs are counted by pattern, patterns are summed in
//! their order.

mod em;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::candidates::Candidates;
use crate::field::Rarity;
use crate::frequency;
use crate::gate::Policy;
use crate::keys::{CHAINS, Chain, Plan, mix};
use crate::model::{FieldModel, Model, Provenance, Thresholds};
use crate::pattern::Pattern;
use crate::register::{AHEAD, Fetched, Register, Row};
use crate::schema::Comparison;

pub use em::{Class, Estimate};

/// Which fields of a pair are held out: a bit for each.
pub(crate) type HeldOut = u32;

/// By what pairs are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Kin {
    pub pattern: Pattern,
    pub held_out: HeldOut,
    /// How rare what they share is, in whole bits: so common names are not taken for persons.
    pub rarity: i8,
    /// The same without what a household shares.
    pub own_rarity: i8,
}

impl Kin {
    fn of(register: &Register, a: Row, b: Row, held_out: HeldOut) -> Self {
        let kinds = register.schema().comparisons();
        let (mut rarity, mut own) = (0, 0);
        let pattern = register.compare(a, b, |field, more| {
            rarity += more;
            if kinds.get(field).is_some_and(|comparison| !em::shared(comparison.kind)) {
                own += more;
            }
        });
        let bits = |rarity: Rarity| i8::try_from((rarity + 500).div_euclid(1000)).unwrap_or(i8::MAX);
        Self { pattern, held_out, rarity: bits(rarity), own_rarity: bits(own) }
    }
}

/// How many pairs there are of each.
pub(crate) type Counts = BTreeMap<Kin, f64>;

/// How many pairs are drawn to see how strangers agree.
const DRAWN: u64 = 1_000_000;
/// How many candidate pairs are looked at, at most about; of more, a part drawn by hash.
const LOOKED_AT: u64 = 1_000_000;

/// What is known of two records beforehand: by a person's ruling, or by a truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The smaller row.
    pub a: Row,
    /// The other.
    pub b: Row,
    /// Whether they are one person.
    pub same: bool,
}

/// Trains a model on a register, and weighs the register's values by it. Labels count as so many pairs more whose class is
/// known.
pub fn train(register: &mut Register, plan: Plan, candidates: &Candidates, labels: &[Label]) -> Model {
    let tables = frequency::count(register);
    let names = frequency::count_together(register);
    frequency::weigh(register, &tables, &names);
    let register = &*register;
    let (found, drawn) =
        rayon::join(|| count_candidates(register, candidates), || draw(register, candidates.link_only()));
    let pairs = pairs_of(register, candidates.link_only());
    let labelled = [true, false].map(|same| {
        let mut counts = Counts::new();
        for label in labels.iter().filter(|label| label.same == same) {
            *counts.entry(Kin::of(register, label.a, label.b, 0)).or_default() += 1.0;
        }
        counts
    });
    let estimate = em::estimate(register.schema(), &found, &drawn, &labelled, pairs);
    let fields = register
        .schema()
        .comparisons()
        .iter()
        .zip(tables)
        .zip(estimate.scale.fields.iter())
        .map(|((comparison, frequencies), weights)| FieldModel {
            comparison: comparison.clone(),
            weights: weights.clone(),
            frequencies,
        })
        .collect();
    Model {
        provenance: Provenance {
            records: register.rows(),
            labelled: labels.len() as u64,
            rounds: u32::try_from(estimate.rounds).unwrap_or(u32::MAX),
            ..Provenance::default()
        },
        curve: Vec::new(),
        policy: Policy::default(),
        plan,
        thresholds: Thresholds::default(),
        names,
        fields,
        stranger: estimate.scale.stranger,
        household: estimate.scale.household,
    }
}

/// How many pairs there are that can be one person at all.
fn pairs_of(register: &Register, link_only: bool) -> f64 {
    let among = |records: f64| records * (records - 1.0) / 2.0;
    let all = among(f64::from(register.rows()));
    if !link_only {
        return all;
    }
    let mut of_source: BTreeMap<u32, u32> = BTreeMap::new();
    for source in register.sources() {
        *of_source.entry(*source).or_default() += 1;
    }
    all - of_source.values().map(|records| among(f64::from(*records))).sum::<f64>()
}

/// The candidate pairs by pattern; of very many, a part that stands for all.
fn count_candidates(register: &Register, candidates: &Candidates) -> Counts {
    let part = candidates.most().div_ceil(LOOKED_AT).max(1);
    let fields: Vec<HeldOut> = CHAINS.iter().map(|chain| fields_of(register, chain)).collect();
    let counted = candidates.fold_part(part, register, FxHashMap::default, |counts, a, b| {
        let chains = candidates.chains(a, b);
        let by = |(number, _): &(usize, &HeldOut)| chains >> number & 1 == 1;
        let held_out = fields.iter().enumerate().filter(by).map(|(_, fields)| *fields).reduce(|a, b| a & b);
        *counts.entry(Kin::of(register, a, b, held_out.unwrap_or(0))).or_default() += 1;
    });
    gather(counted, part)
}

/// The fields that a chain of keys is made of. A field that finds a pair always agrees in it, so a pair counts for a field
/// only when it was found without it: each chain is a session of its own in which its fields are held out.
fn fields_of(register: &Register, chain: &Chain) -> HeldOut {
    let made_of = |(_, comparison): &(usize, &Comparison)| chain.of.contains(&comparison.kind);
    register.schema().comparisons().iter().enumerate().filter(made_of).fold(0, |fields, (field, _)| fields | 1 << field)
}

/// Pairs drawn by a hash from all there are, by pattern; all of them where there are few.
fn draw(register: &Register, link_only: bool) -> Counts {
    let rows = u64::from(register.rows());
    let few = rows * rows.saturating_sub(1) / 2 <= DRAWN;
    let row = |number: u64| Row::try_from(number % rows).unwrap_or(0);
    let pair = |number: u64| {
        if few {
            return (row(number / rows), row(number));
        }
        let (a, b) = (row(mix(2 * number + 1)), row(mix(2 * number + 2)));
        (a.min(b), a.max(b))
    };
    let drawn = if few { rows * rows } else { DRAWN };
    let begins: Vec<u64> = (0..drawn).step_by(AHEAD).collect();
    let counted = begins
        .into_par_iter()
        .fold(Counted::default, |mut counts, begin| {
            let pairs: Vec<(Row, Row)> = (begin..drawn).take(AHEAD).map(pair).collect();
            register.fetch(pairs.iter().copied(), Fetched::All);
            for (a, b) in pairs {
                if a < b && !(link_only && register.same_source(a, b)) {
                    *counts.entry(Kin::of(register, a, b, 0)).or_default() += 1;
                }
            }
            counts
        })
        .collect();
    gather(counted, 1)
}

/// Pairs as one thread counts them.
type Counted = FxHashMap<Kin, u64>;

fn gather(counted: Vec<Counted>, each: u64) -> Counts {
    let mut counts = Counts::new();
    for part in counted {
        for (pattern, count) in part {
            #[expect(clippy::cast_precision_loss, reason = "a count of pairs is far below 2^52")]
            let pairs = (count * each) as f64;
            *counts.entry(pattern).or_default() += pairs;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Kind;
    use crate::register::Entries;
    use crate::schema::Schema;

    #[test]
    fn where_files_are_linked_only_pairs_across_them_count() {
        let schema = Schema::new(vec![Comparison { name: "given".into(), kind: Kind::Given, unique: false }]).unwrap();
        let mut entries = Entries::default();
        for (id, source) in [("1", "a"), ("2", "a"), ("3", "b"), ("4", "b"), ("5", "b")] {
            entries.record(id, source, "", false);
            entries.field(|text| text.push_str("Anouk"));
        }
        let mut register = Register::new(schema);
        register.add(&entries);
        assert!((pairs_of(&register, false) - 10.0).abs() < 1e-9);
        assert!((pairs_of(&register, true) - 6.0).abs() < 1e-9);
    }
}
