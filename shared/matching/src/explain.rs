//! Why: what a decision about two records, or about a group, was made of.
//!
//! An explanation holds codes, levels and thousandths of a bit, the names of fields and the ids of records; never what a
//! record says, so that it can be kept beside a decision while the values stay sealed. Its [`VERSION`] is kept with it.
//!
//! Invariants: a pure function of the register, the model and the rulings; the same in both directions but for the order of
//! the two ids; its parts add up to its sums, to the thousandth of a bit; it is weighed by the very functions that decide.

mod codes;
mod group;
mod parting;
mod parts;
mod sentence;
mod words;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

pub use crate::gate::WhyNot;
pub use group::{Fit, GroupExplanation, group};
pub use parting::{Parting, Partition, why_not};
pub use parts::{Explanation, Frequency, Limits, Odds, Of, Part, Passage, Remark, Rival, Ruled, Step, Sums, Verdict};
pub use sentence::{bits, joined, partition_label};
pub use words::{Language, field_label, gate_label, kind_label, level_label, remark_label, step_label};

use crate::family::MOST;
use crate::field::MISSING;
use crate::gate::{Beside, Gate, Judgement, Rule, Veto};
use crate::model::Model;
use crate::pattern::{self, Pattern};
use crate::register::{Register, Row};
use crate::resolve::{Edge, Resolution, Rulings};
use crate::score::{Millibits, Scale};

/// The form of explanations, kept with every one. It changes when one that was stored could no longer be read.
pub const VERSION: u32 = 1;

/// What an explanation rests on.
pub struct Basis<'r> {
    register: &'r Register,
    model: &'r Model,
    scale: Scale,
    gate: Gate,
    rulings: Option<&'r Rulings>,
    family: FxHashMap<(Row, Row), Millibits>,
    beside: Vec<Row>,
    link_only: bool,
}

impl std::fmt::Debug for Basis<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Basis").field("records", &self.register.len()).finish_non_exhaustive()
    }
}

impl<'r> Basis<'r> {
    /// A register that was weighed by this model. No rulings, no families; all records may be one person.
    pub fn new(register: &'r Register, model: &'r Model) -> Self {
        Self {
            register,
            model,
            scale: model.scale(),
            gate: Gate::of(register.schema()).under(model.policy),
            rulings: None,
            family: FxHashMap::default(),
            beside: Vec::new(),
            link_only: false,
        }
    }

    /// With what people ruled.
    #[must_use]
    pub fn rulings(self, rulings: &'r Rulings) -> Self {
        Self { rulings: Some(rulings), ..self }
    }

    /// With what co-parties add, given the pairs that [`crate::resolve::edges`] found.
    #[must_use]
    pub fn family(self, edges: &[Edge]) -> Self {
        let added = edges.iter().filter(|edge| edge.family != 0);
        Self { family: added.map(|edge| ((edge.a, edge.b), edge.family)).collect(), ..self }
    }

    /// With other records that the two hang together with: one of them may be of a sibling.
    #[must_use]
    pub fn beside(self, rows: &[Row]) -> Self {
        Self { beside: rows.to_vec(), ..self }
    }

    /// With the records that two were solved together with.
    #[must_use]
    pub fn solved(self, resolution: &Resolution, a: Row, b: Row) -> Self {
        let of = |row: Row| resolution.solved_with.get(row as usize).copied();
        let (a, b) = (of(a), of(b));
        let beside = (0..).zip(&resolution.solved_with).filter(|(_, with)| Some(**with) == a || Some(**with) == b);
        Self { beside: beside.map(|(row, _)| row).collect(), ..self }
    }

    /// Where only records of different sources can be one person.
    #[must_use]
    pub fn link_only(self, link_only: bool) -> Self {
        Self { link_only, ..self }
    }

    fn ruled(&self, pair: (Row, Row)) -> Option<Ruled> {
        let rulings = self.rulings?;
        if rulings.different.contains(&pair) {
            Some(Ruled::Different)
        } else {
            rulings.same.contains(&pair).then_some(Ruled::Same)
        }
    }

    /// From which weights on something follows for two records that pass by a rule, or by none.
    fn limits(&self, rule: Option<Rule>) -> Limits {
        let thresholds = &self.model.thresholds;
        let certain = rule.map_or(thresholds.certain, |rule| self.model.needs(rule));
        Limits { certain, possible: thresholds.possible, loose: thresholds.loose }
    }

    /// Whether they are of one source where that keeps them apart.
    fn of_one_source(&self, a: Row, b: Row) -> bool {
        self.link_only && self.register.same_source(a, b)
    }

    /// What other records say of two.
    fn told_of(&self, a: Row, b: Row) -> Beside {
        let family = self.family.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        Beside { same_case: self.register.same_case(a, b), family: family >= MOST }
    }

    fn judge(&self, a: Row, b: Row, pattern: Pattern, others: &[Row]) -> Judgement {
        match self.ruled((a, b)) {
            Some(Ruled::Different) => return Judgement { veto: Some(Veto::Ruled), ..Judgement::default() },
            _ if self.of_one_source(a, b) => return Judgement::default(),
            Some(Ruled::Same) => return Judgement::default(),
            None => {}
        }
        let judgement = self.gate.judge(pattern, self.told_of(a, b));
        let third = |one: Row, other: Row| {
            let pattern = self.register.compare(one.min(other), one.max(other), |_, _| {});
            (pattern, self.gate.judge(pattern, self.told_of(one, other)).veto)
        };
        let others = others.iter().filter(|other| **other != a && **other != b);
        match self.gate.sibling(pattern, judgement, others.map(|other| [third(a, *other), third(b, *other)])) {
            Some(veto) => Judgement { veto: Some(veto), ..Judgement::default() },
            None => judgement,
        }
    }

    /// What two records weigh in all, with what co-parties add; the smaller row first.
    fn weight(&self, a: Row, b: Row) -> Millibits {
        let (a, b) = (a.min(b), a.max(b));
        self.scale.score(self.register, a, b).0.total + self.family.get(&(a, b)).copied().unwrap_or(0)
    }
}

/// Why two records are one person, or are not, taken by themselves.
pub fn pair(basis: &Basis<'_>, a: Row, b: Row) -> Explanation {
    pair_among(basis, a, b, &basis.beside)
}

/// What two records weigh and what follows for the two by themselves, without saying why: for very many pairs.
pub fn verdict(basis: &Basis<'_>, a: Row, b: Row) -> (Millibits, Verdict) {
    let (a, b) = (a.min(b), a.max(b));
    let (score, pattern) = basis.scale.score(basis.register, a, b);
    let total = score.total + basis.family.get(&(a, b)).copied().unwrap_or(0);
    let judgement = basis.judge(a, b, pattern, &basis.beside);
    let ruled = basis.ruled((a, b));
    let of_one_source = ruled.is_none() && basis.of_one_source(a, b);
    (total, follows(judgement, of_one_source, ruled, total, basis.limits(judgement.rule)))
}

fn pair_among(basis: &Basis<'_>, a: Row, b: Row, others: &[Row]) -> Explanation {
    let (register, scale) = (basis.register, &basis.scale);
    let records = [a, b].map(|row| register.id(row).to_owned());
    let (a, b) = (a.min(b), a.max(b));
    let mut rarities = [0; pattern::MOST];
    let pattern = register.compare(a, b, |field, rarity| {
        if let Some(place) = rarities.get_mut(field) {
            *place = rarity;
        }
    });
    let score = scale.score(register, a, b).0;
    let parts: Vec<Part> = register
        .schema()
        .comparisons()
        .iter()
        .enumerate()
        .map(|(field, comparison)| {
            let level = pattern.level(field);
            let weights = scale.fields.get(field);
            let at = |of: &[Millibits]| of.get(usize::from(level)).copied().unwrap_or(0);
            let rarity = rarities.get(field).copied().unwrap_or(0);
            let shared = weights.is_some_and(|weights| weights.shared);
            let frequency = Frequency {
                remark: if rarity > 0 { Remark::Rarer } else { Remark::Commoner },
                bits: Odds { stranger: rarity, household: if shared { 0 } else { rarity } },
            };
            Part {
                field: comparison.name.clone(),
                kind: comparison.kind,
                level: comparison.kind.levels().get(usize::from(level)).copied().unwrap_or("").to_owned(),
                missing: level == MISSING,
                weight: weights.map_or(Odds::default(), |weights| Odds {
                    stranger: at(&weights.stranger),
                    household: at(&weights.household),
                }),
                frequency: (rarity != 0).then_some(frequency),
            }
        })
        .collect();
    let family = basis.family.get(&(a, b)).copied().unwrap_or(0);
    let sums = Sums {
        stranger: score.stranger,
        household: score.household,
        against: if score.stranger <= score.household { Rival::Stranger } else { Rival::Household },
        both: score.total - score.stranger.min(score.household),
        family,
        total: score.total + family,
    };
    let judgement = basis.judge(a, b, pattern, others);
    let ruled = basis.ruled((a, b));
    let silent = judgement == Judgement::default() && ruled.is_none();
    let gate = Passage {
        rule: judgement.rule,
        veto: judgement.veto,
        conflict: judgement.conflict,
        why_not: match () {
            () if basis.of_one_source(a, b) && ruled.is_none() => Some(WhyNot::SameSource),
            () if silent => basis.gate.why_not(pattern, basis.told_of(a, b)),
            () => None,
        },
    };
    let limits = basis.limits(judgement.rule);
    let verdict = follows(judgement, gate.why_not == Some(WhyNot::SameSource), ruled, sums.total, limits);
    let prior = Odds { stranger: scale.stranger, household: scale.household };
    Explanation { version: VERSION, records, prior, parts, sums, gate, ruled, limits, verdict }
}

fn follows(
    judgement: Judgement,
    of_one_source: bool,
    ruled: Option<Ruled>,
    total: Millibits,
    limits: Limits,
) -> Verdict {
    if of_one_source || ruled == Some(Ruled::Different) || judgement.veto.is_some_and(Veto::parts) {
        Verdict::Apart
    } else if ruled == Some(Ruled::Same) || (judgement.rule.is_some() && total >= limits.certain) {
        Verdict::Certain
    } else if judgement.conflict.is_some() || (judgement.veto.is_some() && total >= limits.possible) {
        Verdict::Ask
    } else if total >= limits.possible {
        Verdict::Possible
    } else {
        Verdict::Apart
    }
}
