//! Which condition of the gate failed where no rule let two records pass, and nothing kept them apart or contradicted.

use serde::{Deserialize, Serialize};

use crate::field::birth::{BIRTH_BOTH_INCOMPLETE, BIRTH_COMPATIBLE};
use crate::field::names::{GIVEN_INITIALS, GIVEN_SWAPPED, SURNAME_SLIP, SURNAME_SWAPPED};
use crate::field::{Kind, Level, MISSING};
use crate::pattern::Pattern;
use crate::schema::Schema;

/// The first condition that failed. Each names what would have to be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// Both come from one source, which has a person only once.
    SameSource,
    /// A unique number differs in a slip of the pen.
    NumberSlip,
    /// The given names are missing.
    GivenMissing,
    /// The given names differ.
    GivenDiffers,
    /// The surname is missing.
    SurnameMissing,
    /// The surname differs.
    SurnameDiffers,
    /// The date of birth is missing.
    BirthMissing,
    /// The dates of birth can be the same, but are not known in full.
    BirthIncomplete,
    /// The dates of birth differ in a slip of the pen, and names in full with a house or a birthplace do not make up for it.
    BirthNearOnly,
    /// The dates of birth differ.
    BirthDiffers,
    /// No dates of birth are registered, and the given names are not written out alike.
    GivenNotInFull,
    /// No dates of birth are registered, and nothing beside the names agrees.
    NothingMore,
}

impl WhyNot {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::SameSource,
        Self::NumberSlip,
        Self::GivenMissing,
        Self::GivenDiffers,
        Self::SurnameMissing,
        Self::SurnameDiffers,
        Self::BirthMissing,
        Self::BirthIncomplete,
        Self::BirthNearOnly,
        Self::BirthDiffers,
        Self::GivenNotInFull,
        Self::NothingMore,
    ];

    /// The condition's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameSource => "same-source",
            Self::NumberSlip => "number-slip",
            Self::GivenMissing => "given-missing",
            Self::GivenDiffers => "given-differs",
            Self::SurnameMissing => "surname-missing",
            Self::SurnameDiffers => "surname-differs",
            Self::BirthMissing => "birth-missing",
            Self::BirthIncomplete => "birth-incomplete",
            Self::BirthNearOnly => "birth-near-only",
            Self::BirthDiffers => "birth-differs",
            Self::GivenNotInFull => "given-not-in-full",
            Self::NothingMore => "nothing-more",
        }
    }
}

/// The condition that failed; `None` when a rule would have let them pass.
pub(super) fn why_not(schema: &Schema, pattern: Pattern) -> Option<WhyNot> {
    let place = |kind| schema.place(kind);
    let level = |kind| place(kind).map_or(MISSING, |field| pattern.level(field));
    let (given, surname, birth) = (level(Kind::Given), level(Kind::Surname), level(Kind::Birth));
    let fields = || schema.comparisons().iter().enumerate();
    let number = |unique: bool, wanted: Level| {
        fields().any(|(field, one)| one.kind == Kind::Numbers && one.unique == unique && pattern.level(field) == wanted)
    };
    let shares = number(true, 1);
    if !shares && number(true, 2) {
        return Some(WhyNot::NumberSlip);
    }
    let given_agrees = (1..=GIVEN_INITIALS).contains(&given);
    let surname_agrees = (1..=SURNAME_SLIP).contains(&surname);
    let swapped = given == GIVEN_SWAPPED && surname == SURNAME_SWAPPED;
    let any_number = shares || number(false, 1);
    let (birth_equal, birth_compatible) = (birth == 1, matches!(birth, BIRTH_COMPATIBLE | BIRTH_BOTH_INCOMPLETE));
    if any_number && (birth_equal || birth_compatible) && (given_agrees || surname_agrees) {
        return None;
    }
    let text = |wanted: std::ops::RangeInclusive<Level>| {
        fields().any(|(field, one)| one.kind == Kind::Text && wanted.contains(&pattern.level(field)))
    };
    let home = (1..=8).contains(&level(Kind::Address));
    let full_given = (1..GIVEN_INITIALS).contains(&given);
    if birth_equal && full_given && home {
        return None;
    }
    if !swapped {
        match () {
            () if given == MISSING => return Some(WhyNot::GivenMissing),
            () if !given_agrees => return Some(WhyNot::GivenDiffers),
            () if surname == MISSING => return Some(WhyNot::SurnameMissing),
            () if !surname_agrees => return Some(WhyNot::SurnameDiffers),
            () => {}
        }
    }
    if any_number && birth == MISSING && !swapped && full_given {
        return None;
    }
    if place(Kind::Birth).is_none() {
        return match () {
            () if given > 4 => Some(WhyNot::GivenNotInFull),
            () if home || text(1..=3) || number(false, 1) => None,
            () => Some(WhyNot::NothingMore),
        };
    }
    match birth {
        MISSING => Some(WhyNot::BirthMissing),
        1 => None,
        2 | 3 | BIRTH_COMPATIBLE if full_given && (home || text(1..=1)) => None,
        2 | 3 => Some(WhyNot::BirthNearOnly),
        BIRTH_COMPATIBLE | BIRTH_BOTH_INCOMPLETE => Some(WhyNot::BirthIncomplete),
        _ => Some(WhyNot::BirthDiffers),
    }
}
