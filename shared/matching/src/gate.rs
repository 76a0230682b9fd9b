//! The gate: what, besides a score, must hold before two records are taken for one person without asking anybody.
//!
//! Apart from the score on purpose: a sum of many weak agreements is no proof of identity. The rules are those of Dutch
//! practice (a citizen service number with a birth date and a name; full names with a full birth date) and were measured on
//! invented caseloads with families, twins and namesakes. What contradicts is never joined: it is a veto, or a question.

use crate::field::birth::{BIRTH_BOTH_INCOMPLETE, BIRTH_COMPATIBLE, BIRTH_DIFFERENT, BIRTH_OTHER_DECADE};
use crate::field::names::{
    GIVEN_DIFFERENT, GIVEN_INITIALS, GIVEN_SWAPPED, SURNAME_DIFFERENT, SURNAME_SLIP, SURNAME_SWAPPED,
};
use crate::field::{Kind, Level, MISSING};
use crate::pattern::Pattern;
use crate::schema::Schema;

/// By which rule two records pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One unique number, a birth date that agrees and a name that does.
    Number,
    /// Given names, surname and full birth date.
    NameAndBirth,
    /// Names that agree, a birth date with one slip of the pen or known in part, and the same house or birthplace.
    NameAndNearBirth,
    /// A given name, the full birth date and the same house: a surname changes with a marriage.
    GivenBirthAndHome,
    /// Names and an address or another text, where no birth dates are registered at all.
    NameAndMore,
}

/// Why two records are never one person by themselves, however much agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Veto {
    /// Two parties of one case are two persons.
    SameCase,
    /// Each has a valid number of its own.
    OtherNumber,
    /// Birth dates too far apart for a slip of the pen, such as of father and son.
    BirthFar,
    /// One name, born more than ten years apart, and no number or text that agrees: father and son, or strangers.
    Namesakes,
    /// Born on one day with one surname, and given names that differ: twins.
    Twins,
    /// Only initials agree, and somebody else of that surname and birth date has them too.
    InitialsOfAnother,
    /// A person ruled that they are two.
    Ruled,
}

/// What contradicts although a number is shared: swapped, or used by somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conflict {
    /// One number, but a birth date or names that contradict.
    NumberContradicted,
    /// Numbers that differ in a slip of the pen, and everything else agrees.
    NumberSlip,
    /// One number for two parties of one case.
    NumberTwiceInCase,
    /// Different numbers, and the same names and birth date.
    NumbersDiffer,
}

impl Rule {
    /// The rule's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number-birth-name",
            Self::NameAndBirth => "name-birth",
            Self::NameAndNearBirth => "name-near-birth",
            Self::GivenBirthAndHome => "given-birth-home",
            Self::NameAndMore => "name-and-more",
        }
    }
}

impl Veto {
    /// The veto's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameCase => "same-case",
            Self::OtherNumber => "other-number",
            Self::BirthFar => "birth-far",
            Self::Namesakes => "namesakes",
            Self::Twins => "twins",
            Self::InitialsOfAnother => "initials-of-another",
            Self::Ruled => "ruled",
        }
    }

    /// Whether it keeps two records apart even as possibly one person. What does not is asked about.
    pub const fn parts(self) -> bool {
        matches!(self, Self::SameCase | Self::OtherNumber | Self::Ruled)
    }
}

impl Conflict {
    /// The conflict's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NumberContradicted => "number-contradicted",
            Self::NumberSlip => "number-slip",
            Self::NumberTwiceInCase => "number-twice-in-case",
            Self::NumbersDiffer => "numbers-differ",
        }
    }
}

/// What follows from the levels of two records, whatever they weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Judgement {
    /// The rule by which they pass.
    pub rule: Option<Rule>,
    /// What keeps them apart.
    pub veto: Option<Veto>,
    /// What a person must look into.
    pub conflict: Option<Conflict>,
}

/// What the gate looks at, in the order of a schema.
#[derive(Debug, Clone)]
pub struct Gate {
    given: Option<usize>,
    surname: Option<usize>,
    birth: Option<usize>,
    address: Option<usize>,
    unique: Vec<usize>,
    numbers: Vec<usize>,
    texts: Vec<usize>,
}

const EQUAL: Level = 1;

impl Gate {
    /// The gate for records of these fields.
    pub fn of(schema: &Schema) -> Self {
        let all = |wanted: &dyn Fn(Kind, bool) -> bool| -> Vec<usize> {
            let comparisons = schema.comparisons().iter().enumerate();
            comparisons.filter(|(_, one)| wanted(one.kind, one.unique)).map(|(field, _)| field).collect()
        };
        Self {
            given: schema.place(Kind::Given),
            surname: schema.place(Kind::Surname),
            birth: schema.place(Kind::Birth),
            address: schema.place(Kind::Address),
            unique: all(&|kind, unique| kind == Kind::Numbers && unique),
            numbers: all(&|kind, unique| kind == Kind::Numbers && !unique),
            texts: all(&|kind, _| kind == Kind::Text),
        }
    }

    /// Judges two records by their levels. `same_case`: they are two parties of one case.
    pub fn judge(&self, pattern: Pattern, same_case: bool) -> Judgement {
        let level = |field: Option<usize>| field.map_or(MISSING, |field| pattern.level(field));
        let (given, surname, birth) = (level(self.given), level(self.surname), level(self.birth));
        let any = |fields: &[usize], wanted: &dyn Fn(Level) -> bool| fields.iter().any(|f| wanted(pattern.level(*f)));
        let shares = any(&self.unique, &|level| level == EQUAL);
        let slip = !shares && any(&self.unique, &|level| level == 2);
        let other = !shares && any(&self.unique, &|level| level > 2);
        let given_agrees = (EQUAL..=GIVEN_INITIALS).contains(&given);
        let surname_agrees = (EQUAL..=SURNAME_SLIP).contains(&surname);
        let swapped = given == GIVEN_SWAPPED && surname == SURNAME_SWAPPED;
        let birth_contradicts = birth > BIRTH_COMPATIBLE && birth != BIRTH_BOTH_INCOMPLETE;
        let twins = birth == EQUAL && surname_agrees && given > GIVEN_INITIALS && !swapped;

        let number = shares || any(&self.numbers, &|level| level == EQUAL);
        let near_number = number || slip || any(&self.numbers, &|level| level == 2);
        let texts = any(&self.texts, &|level| level == EQUAL);
        let conflict = if shares && same_case {
            Some(Conflict::NumberTwiceInCase)
        } else if (shares && (birth_contradicts || given == GIVEN_DIFFERENT || contradict(given, surname)))
            || (number && birth_contradicts && contradict(given, surname))
        {
            Some(Conflict::NumberContradicted)
        } else if slip && given_agrees && surname_agrees && !birth_contradicts {
            Some(Conflict::NumberSlip)
        } else if other && given == EQUAL && surname == EQUAL && birth == EQUAL {
            Some(Conflict::NumbersDiffer)
        } else {
            None
        };
        let veto = if same_case && !shares {
            Some(Veto::SameCase)
        } else if other {
            Some(Veto::OtherNumber)
        } else if matches!(birth, BIRTH_DIFFERENT | BIRTH_OTHER_DECADE)
            && given_agrees
            && surname_agrees
            && !near_number
            && !texts
        {
            Some(Veto::Namesakes)
        } else if birth >= 7 && birth != BIRTH_BOTH_INCOMPLETE {
            Some(Veto::BirthFar)
        } else if twins {
            Some(Veto::Twins)
        } else {
            None
        };
        let home = (EQUAL..=8).contains(&level(self.address));
        let full_given = (EQUAL..GIVEN_INITIALS).contains(&given);
        let full_name = surname_agrees && full_given;
        // Twins have names of their own, and father and son years. Without a house or a birthplace in common, two namesakes
        // born on like dates were taken for one person in invented caseloads.
        let near_birth = matches!(birth, 2 | 3 | BIRTH_COMPATIBLE) && full_name && (home || texts);
        let rule = if veto.is_some() || conflict.is_some() || slip {
            None
        } else if number
            && ((matches!(birth, EQUAL | BIRTH_COMPATIBLE | BIRTH_BOTH_INCOMPLETE) && (given_agrees || surname_agrees))
                || (birth == MISSING && full_name))
        {
            Some(Rule::Number)
        } else if birth == EQUAL && ((given_agrees && surname_agrees) || swapped) {
            Some(Rule::NameAndBirth)
        } else if near_birth {
            Some(Rule::NameAndNearBirth)
        } else if birth == EQUAL && full_given && home {
            Some(Rule::GivenBirthAndHome)
        } else if self.birth.is_none()
            && (EQUAL..=4).contains(&given)
            && surname_agrees
            && (home || number || any(&self.texts, &|level| (1..=3).contains(&level)))
        {
            Some(Rule::NameAndMore)
        } else {
            None
        };
        Judgement { rule, veto, conflict }
    }

    /// Whether two records are of one surname and one birth date.
    pub(crate) fn born_together(&self, pattern: Pattern) -> bool {
        let level = |field: Option<usize>| field.map_or(MISSING, |field| pattern.level(field));
        level(self.birth) == EQUAL && (EQUAL..=SURNAME_SLIP).contains(&level(self.surname))
    }

    /// The level of the given names.
    pub(crate) fn given(&self, pattern: Pattern) -> Level {
        self.given.map_or(MISSING, |field| pattern.level(field))
    }
}

/// Whether neither name of two records agrees.
fn contradict(given: Level, surname: Level) -> bool {
    surname == SURNAME_DIFFERENT && (given == MISSING || given > GIVEN_INITIALS)
}
