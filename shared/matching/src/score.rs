//! How much the levels of a pair weigh, as integers: replaying a decision gives the same score to the bit.
//!
//! A pair is weighed against two rival explanations: that the records are of two strangers, and that they are of two people
//! of one household, who share surname and address without being one person. The score is what is left against both
//! together.

use crate::field::{Kind, Rarity};
use crate::frequency::RAREST;
use crate::pattern::{self, Pattern};
use crate::pool::ValueId;
use crate::register::{Register, Row};
use crate::schema::Schema;

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
        // What is missing weighs nothing.
        for (field, level) in pattern.known() {
            let weights = self.fields.get(field).map(|weights| (&weights.stranger, &weights.household));
            let Some((of_strangers, of_household)) = weights else { continue };
            stranger += of_strangers.get(usize::from(level)).copied().unwrap_or(0);
            household += of_household.get(usize::from(level)).copied().unwrap_or(0);
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
        let mut rarities = Rarities::default();
        let pattern = register.compare(a, b, |field, rarity| rarities.add(field, rarity));
        (self.weigh(pattern, rarities.found()), pattern)
    }

    /// As [`Scale::score`] where two records weigh at least `least`, or where `keep` wants the pair for what its persons agree
    /// in. Most pairs weigh less whatever their addresses and texts say, which then are not looked at.
    pub(crate) fn score_from(
        &self,
        least: Millibits,
        most: &Surroundings,
        register: &Register,
        (a, b): (Row, Row),
        keep: impl Fn(Pattern) -> bool,
    ) -> Option<(Score, Pattern)> {
        let mut rarities = Rarities::default();
        let pattern = register.compare_persons(a, b, |field, rarity| rarities.add(field, rarity));
        let persons = self.weigh(pattern, rarities.found());
        let (stranger, household) = most.of_pair(register, a, b);
        if (persons.stranger + stranger).min(persons.household + household) < least && !keep(pattern) {
            return None;
        }
        let all = register.compare_surroundings(a, b, pattern, |field, rarity| rarities.add(field, rarity));
        let score = self.weigh(all, rarities.found());
        (score.total >= least || keep(pattern)).then_some((score, all))
    }
}

/// The rarities of a pair, field by field.
struct Rarities {
    all: [(usize, Rarity); pattern::MOST],
    found: usize,
}

impl Default for Rarities {
    fn default() -> Self {
        Self { all: [(0, 0); pattern::MOST], found: 0 }
    }
}

impl Rarities {
    fn add(&mut self, field: usize, rarity: Rarity) {
        if let Some(place) = self.all.get_mut(self.found) {
            *place = (field, rarity);
            self.found += 1;
        }
    }

    fn found(&self) -> &[(usize, Rarity)] {
        &self.all[..self.found]
    }
}

/// The most that each address or text can weigh, against strangers and against a household.
pub(crate) struct Surroundings(Vec<(usize, Millibits, Millibits)>);

impl Surroundings {
    pub fn of(scale: &Scale, schema: &Schema) -> Self {
        let fields = schema.comparisons().iter().zip(&scale.fields).enumerate();
        let late = fields.filter(|(_, (comparison, _))| matches!(comparison.kind, Kind::Address | Kind::Text));
        let most = |weights: &[Millibits], rarity| weights.iter().copied().max().unwrap_or(0).max(0) + rarity;
        let most = late.map(|(field, (_, weights))| {
            let of_household = if weights.shared { 0 } else { RAREST };
            (field, most(&weights.stranger, RAREST), most(&weights.household, of_household))
        });
        Self(most.collect())
    }

    /// The most that they can weigh for two records: nothing where one of the two has none.
    fn of_pair(&self, register: &Register, a: Row, b: Row) -> (Millibits, Millibits) {
        let (a, b) = (register.values_of(a), register.values_of(b));
        let known = |of: &[ValueId], field: usize| of.get(field).is_some_and(|value| *value != 0);
        let both = self.0.iter().filter(|(field, ..)| known(a, *field) && known(b, *field));
        both.fold((0, 0), |so_far, most| (so_far.0 + most.1, so_far.1 + most.2))
    }
}
