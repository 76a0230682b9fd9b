//! How much the levels of a pair weigh, as integers: replaying a decision gives the same score to the bit.
//!
//! A pair is weighed against two rival explanations: that the records are of two strangers, and that they are of two people
//! of one household, who share surname and address without being one person. The score is what is left against both
//! together.

use crate::field::Rarity;
use crate::pattern::Pattern;
use crate::register::{Register, Row};

/// Thousandths of a bit: base-two logarithms of odds.
pub type Millibits = i32;

/// What the levels of one field weigh.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weights {
    /// By level, against two strangers.
    pub stranger: Vec<Millibits>,
    /// By level, against two of one household.
    pub household: Vec<Millibits>,
    /// Whether a household shares this field, so that how rare its value is says nothing against it.
    pub shared: bool,
}

/// What a pair of records weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// The odds that they are one person: above zero it is more likely than not.
    pub total: Millibits,
    /// The odds against two strangers alone.
    pub stranger: Millibits,
    /// The odds against two of one household alone.
    pub household: Millibits,
}

/// The weights of all fields, and what the odds are before anything is compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scale {
    /// The odds of one person against two strangers.
    pub stranger: Millibits,
    /// The odds of one person against two of one household.
    pub household: Millibits,
    /// Field by field.
    pub fields: Vec<Weights>,
}

/// `1000 * log2(1 + 2^-d)` for every eighth of a bit.
const BOTH: [Millibits; 97] = [
    1000, 939, 880, 825, 772, 721, 673, 628, 585, 544, 506, 470, 437, 405, 376, 348, 322, 298, 275, 254, 235, 217, 200,
    184, 170, 157, 144, 133, 122, 112, 103, 95, 87, 80, 74, 68, 62, 57, 53, 48, 44, 41, 37, 34, 32, 29, 27, 24, 22, 21,
    19, 17, 16, 15, 13, 12, 11, 10, 9, 9, 8, 7, 7, 6, 6, 5, 5, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
];

/// The odds against two rivals together.
pub(crate) fn against_both(one: Millibits, other: Millibits) -> Millibits {
    let apart = usize::try_from(one.abs_diff(other) / 125).unwrap_or(usize::MAX);
    one.min(other) - BOTH.get(apart).copied().unwrap_or(0)
}

impl Scale {
    /// What levels weigh, with the rarities that belong to them.
    pub(crate) fn weigh(&self, pattern: Pattern, rarities: &[(usize, Rarity)]) -> Score {
        let (mut stranger, mut household) = (self.stranger, self.household);
        for (field, weights) in self.fields.iter().enumerate() {
            let level = usize::from(pattern.level(field));
            stranger += weights.stranger.get(level).copied().unwrap_or(0);
            household += weights.household.get(level).copied().unwrap_or(0);
        }
        for (field, rarity) in rarities {
            stranger += rarity;
            if self.fields.get(*field).is_some_and(|weights| !weights.shared) {
                household += rarity;
            }
        }
        Score { total: against_both(stranger, household), stranger, household }
    }

    /// What two records weigh, and the levels that it comes from. It has no direction.
    pub fn score(&self, register: &Register, a: Row, b: Row) -> (Score, Pattern) {
        let mut rarities = [(0, 0); crate::pattern::MOST];
        let mut found = 0;
        let pattern = register.compare(a, b, |field, rarity| {
            if let Some(place) = rarities.get_mut(found) {
                *place = (field, rarity);
                found += 1;
            }
        });
        (self.weigh(pattern, &rarities[..found]), pattern)
    }
}
