//! What an explanation is made of, as it is stored.

use serde::{Deserialize, Serialize};

use super::{WhyNot, codes};
use crate::field::Kind;
use crate::gate::{Conflict, Rule, Veto};
use crate::score::Millibits;

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

/// What follows for the two taken by themselves. What other records do to them is in [`super::why_not`].
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
    /// See [`super::VERSION`].
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
