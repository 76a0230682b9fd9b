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
mod passage;
mod sentence;
mod words;

#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

pub use group::{Fit, GroupExplanation, group};
pub use parting::{Parting, Partition, why_not};
pub use passage::WhyNot;
pub use words::{Language, field_label, kind_label, level_label};

use crate::family;
use crate::field::names::GIVEN_INITIALS;
use crate::field::{Kind, Level, MISSING};
use crate::gate::{Conflict, Gate, Judgement, Rule, Veto};
use crate::model::Model;
use crate::pattern::{self, Pattern};
use crate::register::{Register, Row};
use crate::resolve::{Edge, Rulings};
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

/// One number against each of the two rival explanations, in thousandths of a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Odds {
    /// Against two strangers.
    pub stranger: Millibits,
    /// Against two people of one household.
    pub household: Millibits,
}

/// A rival of the explanation that two records are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rival {
    /// They are of two strangers.
    Stranger,
    /// They are of two people of one household.
    Household,
}

/// How the value that two records share compares with values of its field in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// Fewer have it, so that it says more.
    Rarer,
    /// More have it, so that it says less.
    Commoner,
}

/// What the frequency of a shared value adds or takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// In words.
    pub remark: Remark,
    /// In thousandths of a bit. Nothing against a household in a field that a household shares.
    pub bits: Odds,
}

/// What one field says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The field's name in the schema.
    pub field: String,
    /// Its kind.
    #[serde(with = "codes")]
    pub kind: Kind,
    /// The code of the level; see [`Kind::levels`].
    pub level: String,
    /// Whether a value is missing on one side or both: that says nothing, and is no difference.
    pub missing: bool,
    /// What the level weighs.
    pub weight: Odds,
    /// What the frequency of the shared value adds or takes, where it does.
    pub frequency: Option<Frequency>,
}

/// The sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// Prior, weights and frequencies against two strangers.
    pub stranger: Millibits,
    /// The same against two of one household.
    pub household: Millibits,
    /// The rival that is harder to beat, whose sum counts.
    pub against: Rival,
    /// What the other rival takes off beside it: zero or less.
    pub both: Millibits,
    /// What co-parties add.
    pub family: Millibits,
    /// The sum against [`Sums::against`], with [`Sums::both`] and [`Sums::family`].
    pub total: Millibits,
}

/// What the gate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The rule by which they pass.
    #[serde(with = "codes::optional")]
    pub rule: Option<Rule>,
    /// What keeps them apart.
    #[serde(with = "codes::optional")]
    pub veto: Option<Veto>,
    /// What contradicts.
    #[serde(with = "codes::optional")]
    pub conflict: Option<Conflict>,
    /// Where no rule, no veto and no conflict speaks: the first condition that fails.
    pub why_not: Option<WhyNot>,
}

/// What a person ruled about the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruled {
    /// They are one.
    Same,
    /// They are two.
    Different,
}

/// The model's thresholds when it was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// From here on, through the gate, certain.
    pub certain: Millibits,
    /// From here on possible.
    pub possible: Millibits,
    /// From here on looked at together.
    pub loose: Millibits,
}

/// What follows for the two taken by themselves. What other records do to them is in [`why_not`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// One person: through the gate and above the threshold, or ruled so.
    Certain,
    /// Perhaps one person.
    Possible,
    /// They contradict each other, or look like twins: a person has to look.
    Ask,
    /// Two persons, as far as these records say.
    Apart,
}

/// Why two records are one person, or are not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// See [`VERSION`].
    pub version: u32,
    /// The ids of the records, in the order in which they were asked about.
    pub records: [String; 2],
    /// The odds before anything is compared.
    pub prior: Odds,
    /// Field by field, in the order of the schema.
    pub parts: Vec<Part>,
    /// What they add up to.
    pub sums: Sums,
    /// What the gate says.
    pub gate: Passage,
    /// What a person ruled.
    pub ruled: Option<Ruled>,
    /// The thresholds.
    pub limits: Limits,
    /// What follows.
    pub verdict: Verdict,
}

/// What a step of a waterfall stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of<'e> {
    /// The odds before anything is compared.
    Prior,
    /// A field, its frequency included.
    Field(&'e Part),
    /// What the other rival takes off.
    Both,
    /// What co-parties add.
    Family,
}

/// A step of a waterfall, against the rival that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'e> {
    /// What it stands for.
    pub of: Of<'e>,
    /// Up or down.
    pub bits: Millibits,
    /// The sum with this step.
    pub reached: Millibits,
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
            gate: Gate::of(register.schema()),
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
        Self { family: family::corroborate(self.register, self.model, edges), ..self }
    }

    /// With other records that the two hang together with: somebody among them may have the same initials.
    #[must_use]
    pub fn beside(self, rows: &[Row]) -> Self {
        Self { beside: rows.to_vec(), ..self }
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

    /// Whether they are of one source where that keeps them apart.
    fn of_one_source(&self, a: Row, b: Row) -> bool {
        self.link_only && self.register.same_source(a, b)
    }

    fn judge(&self, a: Row, b: Row, pattern: Pattern, others: &[Row]) -> Judgement {
        match self.ruled((a, b)) {
            Some(Ruled::Different) => return Judgement { veto: Some(Veto::Ruled), ..Judgement::default() },
            _ if self.of_one_source(a, b) => return Judgement::default(),
            Some(Ruled::Same) => return Judgement::default(),
            None => {}
        }
        let judgement = self.gate.judge(pattern, self.register.same_case(a, b));
        let initials = judgement.rule == Some(Rule::NameAndBirth) && self.gate.given(pattern) == GIVEN_INITIALS;
        if initials && others.iter().any(|other| self.has_the_initials(a, b, *other)) {
            return Judgement { veto: Some(Veto::InitialsOfAnother), ..Judgement::default() };
        }
        judgement
    }

    /// Whether a third record is of somebody else than one of two, born on the same day with the same surname, whose
    /// initials the other of the two has as well.
    fn has_the_initials(&self, a: Row, b: Row, other: Row) -> bool {
        if other == a || other == b {
            return false;
        }
        let pattern = |one: Row| self.register.compare(one.min(other), one.max(other), |_, _| {});
        let (to_a, to_b) = (pattern(a), pattern(b));
        let (given_a, given_b) = (self.gate.given(to_a), self.gate.given(to_b));
        let fits = |given: Level| (1..=GIVEN_INITIALS).contains(&given);
        self.gate.born_together(to_a)
            && self.gate.born_together(to_b)
            && ((given_a > GIVEN_INITIALS && fits(given_b)) || (given_b > GIVEN_INITIALS && fits(given_a)))
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
            () if silent => passage::why_not(register.schema(), pattern),
            () => None,
        },
    };
    let thresholds = &basis.model.thresholds;
    let limits = Limits { certain: thresholds.certain, possible: thresholds.possible, loose: thresholds.loose };
    let verdict = verdict(&gate, ruled, sums.total, limits);
    let prior = Odds { stranger: scale.stranger, household: scale.household };
    Explanation { version: VERSION, records, prior, parts, sums, gate, ruled, limits, verdict }
}

fn verdict(gate: &Passage, ruled: Option<Ruled>, total: Millibits, limits: Limits) -> Verdict {
    if gate.why_not == Some(WhyNot::SameSource) || ruled == Some(Ruled::Different) || gate.veto.is_some_and(Veto::parts)
    {
        Verdict::Apart
    } else if ruled == Some(Ruled::Same) || (gate.rule.is_some() && total >= limits.certain) {
        Verdict::Certain
    } else if gate.conflict.is_some() || (gate.veto.is_some() && total >= limits.possible) {
        Verdict::Ask
    } else if total >= limits.possible {
        Verdict::Possible
    } else {
        Verdict::Apart
    }
}

impl Part {
    /// What the field says in all, its frequency included.
    pub fn bits(&self) -> Odds {
        let more = self.frequency.map_or(Odds::default(), |frequency| frequency.bits);
        Odds { stranger: self.weight.stranger + more.stranger, household: self.weight.household + more.household }
    }
}

impl Odds {
    /// Against one rival.
    pub fn against(self, rival: Rival) -> Millibits {
        match rival {
            Rival::Stranger => self.stranger,
            Rival::Household => self.household,
        }
    }
}

impl Explanation {
    /// Step by step from nothing to the total, against the rival that counts.
    pub fn waterfall(&self) -> Vec<Step<'_>> {
        let rival = self.sums.against;
        let fields = self.parts.iter().map(|part| (Of::Field(part), part.bits().against(rival)));
        let rest = [(Of::Both, self.sums.both), (Of::Family, self.sums.family)];
        std::iter::once((Of::Prior, self.prior.against(rival)))
            .chain(fields)
            .chain(rest)
            .scan(0, |reached, (of, bits)| {
                *reached += bits;
                Some(Step { of, bits, reached: *reached })
            })
            .collect()
    }
}
