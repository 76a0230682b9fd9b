//! How much the levels of a pair weigh, as integers: replaying a decision gives the same score to the bit.
//!
//! A pair is weighed against two rival explanations: that the records are of two strangers, and that they are of two people
//! of one household, who share surname and address without being one person. The score is what is left against both
//! together.

use crate::field::{Kind, Rarity};
use crate::frequency::RAREST;
use crate::pattern::Pattern;
use crate::pool::ValueId;
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

/// What a pair weighs so far, against each of the two rivals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Odds {
    stranger: Millibits,
    household: Millibits,
}

impl Scale {
    /// What two records weigh, and the levels that it comes from. It has no direction.
    pub fn score(&self, register: &Register, a: Row, b: Row) -> (Score, Pattern) {
        let mut odds = self.beforehand();
        let pattern = register.compare(a, b, |field, rarity| self.count_rarity(&mut odds, field, rarity));
        self.count_levels(&mut odds, pattern);
        (odds.score(), pattern)
    }

    const fn beforehand(&self) -> Odds {
        Odds { stranger: self.stranger, household: self.household }
    }

    /// What is missing weighs nothing.
    fn count_levels(&self, odds: &mut Odds, pattern: Pattern) {
        for (field, level) in pattern.known() {
            let weights = self.fields.get(field).map(|weights| (&weights.stranger, &weights.household));
            let Some((of_strangers, of_household)) = weights else { continue };
            odds.stranger += of_strangers.get(usize::from(level)).copied().unwrap_or(0);
            odds.household += of_household.get(usize::from(level)).copied().unwrap_or(0);
        }
    }

    fn count_rarity(&self, odds: &mut Odds, field: usize, rarity: Rarity) {
        odds.stranger += rarity;
        if self.fields.get(field).is_some_and(|weights| !weights.shared) {
            odds.household += rarity;
        }
    }
}

impl Odds {
    fn score(self) -> Score {
        let Self { stranger, household } = self;
        Score { total: against_both(stranger, household), stranger, household }
    }
}

/// Sifts pairs: most of very many weigh too little whatever their addresses and texts say, which then are not looked at.
pub(crate) struct Sieve<'r> {
    register: &'r Register,
    scale: &'r Scale,
    /// What a pair must weigh at least.
    least: Millibits,
    /// The most that each address or text can weigh, against strangers and against a household.
    most: Vec<(usize, Millibits, Millibits)>,
}

/// Two records that what belongs to their persons lets pass.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    pub a: Row,
    pub b: Row,
    pattern: Pattern,
    odds: Odds,
}

impl<'r> Sieve<'r> {
    pub fn new(register: &'r Register, scale: &'r Scale, least: Millibits) -> Self {
        let fields = register.schema().comparisons().iter().zip(&scale.fields).enumerate();
        let late = fields.filter(|(_, (comparison, _))| matches!(comparison.kind, Kind::Address | Kind::Text));
        let most = |weights: &[Millibits], rarity| weights.iter().copied().max().unwrap_or(0).max(0) + rarity;
        let most = late.map(|(field, (_, weights))| {
            let of_household = if weights.shared { 0 } else { RAREST };
            (field, most(&weights.stranger, RAREST), most(&weights.household, of_household))
        });
        Self { register, scale, least, most: most.collect() }
    }

    /// Whether two records may weigh enough by what belongs to their persons, or `keep` wants the pair for what they agree in.
    pub fn by_persons(&self, a: Row, b: Row, keep: impl Fn(Pattern) -> bool) -> Option<Passed> {
        let mut odds = self.scale.beforehand();
        let rare = |field, rarity| self.scale.count_rarity(&mut odds, field, rarity);
        let pattern = self.register.compare_persons(a, b, rare);
        self.scale.count_levels(&mut odds, pattern);
        let (stranger, household) = self.most_of(a, b);
        let may = (odds.stranger + stranger).min(odds.household + household) >= self.least;
        (may || keep(pattern)).then_some(Passed { a, b, pattern, odds })
    }

    /// As [`Scale::score`] of two records that passed, where they weigh enough or `keep` wants them.
    pub fn by_all(&self, passed: Passed, keep: impl Fn(Pattern) -> bool) -> Option<(Score, Pattern)> {
        let Passed { a, b, pattern, mut odds } = passed;
        let rare = |field, rarity| self.scale.count_rarity(&mut odds, field, rarity);
        let surroundings = self.register.compare_surroundings(a, b, rare);
        self.scale.count_levels(&mut odds, surroundings);
        let (score, pattern) = (odds.score(), pattern.and(surroundings));
        (score.total >= self.least || keep(pattern)).then_some((score, pattern))
    }

    /// The most that addresses and texts can weigh for two records: nothing where one of the two has none.
    fn most_of(&self, a: Row, b: Row) -> (Millibits, Millibits) {
        let (a, b) = (self.register.values_of(a), self.register.values_of(b));
        let known = |of: &[ValueId], field: usize| of.get(field).is_some_and(|value| *value != 0);
        let both = self.most.iter().filter(|(field, ..)| known(a, *field) && known(b, *field));
        both.fold((0, 0), |so_far, most| (so_far.0 + most.1, so_far.1 + most.2))
    }
}
