//! By which rule two records pass, or which condition failed.

use serde::{Deserialize, Serialize};

use super::{EQUAL, Levels, Rule};
use crate::field::MISSING;
use crate::field::address;
use crate::field::birth::{BIRTH_BOTH_INCOMPLETE, BIRTH_COMPATIBLE};
use crate::field::names::{GIVEN_INITIALS, GIVEN_SHORT_FORM, GIVEN_SLIP, GIVEN_SPELLED_ALIKE};
use crate::field::text::CODE_DIFFERENT;

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
    /// The given names are not the same, and the sex differs.
    SexDiffers,
    /// The surname is missing.
    SurnameMissing,
    /// The surname differs.
    SurnameDiffers,
    /// The date of birth is missing.
    BirthMissing,
    /// The dates of birth can be the same, but are not known in full.
    BirthIncomplete,
    /// The dates of birth differ in a slip of the pen, and the given name with a house or a birthplace does not make up for it.
    BirthNearOnly,
    /// The dates of birth differ.
    BirthDiffers,
    /// No dates of birth are registered, and the given names are not written out alike.
    GivenNotInFull,
    /// The given names are the same but for their spelling or a slip of the pen, as those of twins may be, and the sex of both is
    /// not known.
    GivenNearOnly,
    /// Nothing agrees beside names and date of birth, and the names are not in full or the addresses differ.
    NothingBeside,
    /// No dates of birth are registered, and nothing beside the names agrees.
    NothingMore,
    /// They would pass, but for want of a number a person is asked.
    Policy,
}

impl WhyNot {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::SameSource,
        Self::NumberSlip,
        Self::GivenMissing,
        Self::GivenDiffers,
        Self::SexDiffers,
        Self::SurnameMissing,
        Self::SurnameDiffers,
        Self::BirthMissing,
        Self::BirthIncomplete,
        Self::BirthNearOnly,
        Self::BirthDiffers,
        Self::GivenNotInFull,
        Self::GivenNearOnly,
        Self::NothingBeside,
        Self::NothingMore,
        Self::Policy,
    ];

    /// The condition's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameSource => "same-source",
            Self::NumberSlip => "number-slip",
            Self::GivenMissing => "given-missing",
            Self::GivenDiffers => "given-differs",
            Self::SexDiffers => "sex-differs",
            Self::SurnameMissing => "surname-missing",
            Self::SurnameDiffers => "surname-differs",
            Self::BirthMissing => "birth-missing",
            Self::BirthIncomplete => "birth-incomplete",
            Self::BirthNearOnly => "birth-near-only",
            Self::BirthDiffers => "birth-differs",
            Self::GivenNotInFull => "given-not-in-full",
            Self::GivenNearOnly => "given-near-only",
            Self::NothingBeside => "nothing-beside",
            Self::NothingMore => "nothing-more",
            Self::Policy => "policy",
        }
    }
}

impl Levels<'_> {
    /// The rule by which two records pass, where nothing keeps them apart or contradicts; or the first condition that failed.
    pub(super) fn pass(self) -> Result<Rule, WhyNot> {
        let (given, surname, birth) = (self.given(), self.surname(), self.birth());
        let (given_agrees, surname_agrees, swapped) = (self.given_agrees(), self.surname_agrees(), self.swapped());
        let full_given = (EQUAL..GIVEN_INITIALS).contains(&given);
        let home = || (EQUAL..=8).contains(&self.of(self.gate.address));
        if self.slip() {
            return Err(WhyNot::NumberSlip);
        }
        if self.number()
            && ((matches!(birth, EQUAL | BIRTH_COMPATIBLE | BIRTH_BOTH_INCOMPLETE) && (given_agrees || surname_agrees))
                || (birth == MISSING && full_given && surname_agrees))
        {
            return Ok(Rule::Number);
        }
        // Johan and Johanna are two, and so are Kim and Kim of two surnames.
        let of_one_sex = !self.any(&self.gate.codes, CODE_DIFFERENT..=CODE_DIFFERENT);
        if birth == EQUAL && given == EQUAL && !surname_agrees && of_one_sex && (home() || self.family) {
            return Ok(Rule::GivenBirthAndHome);
        }
        match () {
            () if swapped => {}
            () if given == MISSING => return Err(WhyNot::GivenMissing),
            () if !given_agrees => return Err(WhyNot::GivenDiffers),
            () if given != EQUAL && !of_one_sex => return Err(WhyNot::SexDiffers),
            () if surname == MISSING => return Err(WhyNot::SurnameMissing),
            () if !surname_agrees => return Err(WhyNot::SurnameDiffers),
            () => {}
        }
        // Names agree from here on.
        if self.gate.birth.is_none() {
            return match () {
                () if given > 4 => Err(WhyNot::GivenNotInFull),
                () if home() || self.any(&self.gate.texts, 1..=3) => Ok(Rule::NameAndMore),
                () => Err(WhyNot::NothingMore),
            };
        }
        match birth {
            MISSING => Err(WhyNot::BirthMissing),
            // Twins have one birth date, one home and one family, and a brother's name is often a letter off his sister's. Two of one
            // sex nobody names alike.
            EQUAL
                if matches!(given, GIVEN_SPELLED_ALIKE | GIVEN_SLIP) && !self.any(&self.gate.codes, EQUAL..=EQUAL) =>
            {
                Err(WhyNot::GivenNearOnly)
            }
            EQUAL if self.family || self.in_one_place() => Ok(Rule::NameAndBirth),
            // Two namesakes born on one day are told apart by nothing but what else is known of them; and an initial or a short
            // form is many people's.
            EQUAL if self.elsewhere() || matches!(given, GIVEN_SHORT_FORM | GIVEN_INITIALS) => {
                Err(WhyNot::NothingBeside)
            }
            EQUAL => Ok(Rule::NameAndBirthAlone),
            // Twins have names of their own, and father and son years. Without a house, a birthplace or a family in common,
            // two namesakes born on like dates were taken for one person in invented caseloads; brothers have names alike.
            2 | 3
                if (given == EQUAL || (full_given && birth == 2))
                    && (home() || self.family || self.any(&self.gate.texts, EQUAL..=EQUAL)) =>
            {
                Ok(Rule::NameAndNearBirth)
            }
            // Of many people no register knows more than the year.
            BIRTH_COMPATIBLE | BIRTH_BOTH_INCOMPLETE if (full_given && home()) || (given == EQUAL && self.family) => {
                Ok(Rule::NameAndNearBirth)
            }
            2 | 3 => Err(WhyNot::BirthNearOnly),
            BIRTH_COMPATIBLE | BIRTH_BOTH_INCOMPLETE => Err(WhyNot::BirthIncomplete),
            _ => Err(WhyNot::BirthDiffers),
        }
    }

    /// Whether the addresses are of one house or one place, or a text agrees.
    fn in_one_place(self) -> bool {
        address::of_one_place(self.of(self.gate.address)) || self.any(&self.gate.texts, EQUAL..=3)
    }

    /// Whether both have an address, and they have nothing in common.
    fn elsewhere(self) -> bool {
        address::elsewhere(self.of(self.gate.address))
    }
}
