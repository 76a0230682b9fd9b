//! The gate: what, besides a score, must hold before two records are taken for one person without asking anybody.
//!
//! Apart from the score on purpose: a sum of many weak agreements is no proof of identity. The rules are those of Dutch
//! practice (a citizen service number with a birth date and a name; full names with a full birth date) and were measured on
//! invented caseloads with families, twins and namesakes. What contradicts is never joined: it is a veto, or a question.

mod passage;
mod siblings;

use std::ops::RangeInclusive;

pub use passage::WhyNot;

use crate::field::birth::{BIRTH_BOTH_INCOMPLETE, BIRTH_COMPATIBLE, BIRTH_DIFFERENT, BIRTH_OTHER_DECADE};
use crate::field::names::{
    GIVEN_DIFFERENT, GIVEN_INITIALS, GIVEN_SWAPPED, SURNAME_DIFFERENT, SURNAME_SLIP, SURNAME_SWAPPED,
};
use crate::field::{EQUAL, Kind, Level, MISSING};
use crate::pattern::Pattern;
use crate::schema::Schema;

/// By which rule two records pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// One unique number, a birth date that agrees and a name that does.
    Number,
    /// Given names, surname and full birth date, and something beside them that agrees.
    NameAndBirth,
    /// Given names in full, surname and full birth date, and nothing else that is known of both: enough for names that so few
    /// have that no namesake is to be expected.
    NameAndBirthAlone,
    /// Names that agree, a birth date with one slip of the pen or known in part, and the same house, birthplace or family.
    NameAndNearBirth,
    /// A given name, the full birth date and the same house or family: a surname changes with a marriage.
    GivenBirthAndHome,
    /// Names and an address or another text, where no birth dates are registered at all.
    NameAndMore,
}

/// What is taken for certain without asking anybody. That names and a birth date alone are enough is for a court to allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Policy {
    /// Whatever a rule lets pass.
    #[default]
    Rules,
    /// Only what rests on a number; all else is asked.
    Numbers,
}

/// A code that names no policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such policy: use `numbers` or `rules`")]
pub struct NoPolicy;

impl std::str::FromStr for Policy {
    type Err = NoPolicy;

    fn from_str(code: &str) -> Result<Self, NoPolicy> {
        [Self::Rules, Self::Numbers].into_iter().find(|policy| policy.code() == code).ok_or(NoPolicy)
    }
}

impl Policy {
    /// The policy's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Numbers => "numbers",
        }
    }

    const fn allows(self, rule: Rule) -> bool {
        matches!((self, rule), (Self::Rules, _) | (Self::Numbers, Rule::Number))
    }
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
            Self::NameAndBirthAlone => "name-birth-alone",
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

/// What other records say of two, beside their own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// They are two parties of one case.
    pub same_case: bool,
    /// Somebody else is party to both their cases, by all appearances: one family went to court twice.
    pub family: bool,
}

impl Beside {
    /// Where no more is known than whether they are two parties of one case.
    pub const fn case(same_case: bool) -> Self {
        Self { same_case, family: false }
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
    codes: Vec<usize>,
    policy: Policy,
}

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
            codes: all(&|kind, _| kind == Kind::Category),
            policy: Policy::default(),
        }
    }

    /// The same under a policy.
    #[must_use]
    pub fn under(self, policy: Policy) -> Self {
        Self { policy, ..self }
    }

    /// Judges two records by their levels, and by what others say of them.
    pub fn judge(&self, pattern: Pattern, beside: Beside) -> Judgement {
        let (levels, same_case) = (self.levels(pattern, beside), beside.same_case);
        let (given, surname, birth) = (levels.given(), levels.surname(), levels.birth());
        let (given_agrees, surname_agrees) = (levels.given_agrees(), levels.surname_agrees());
        let (shares, slip, number) = (levels.shares(), levels.slip(), levels.number());
        let other = !shares && levels.any(&self.unique, 3..=Level::MAX);
        let birth_contradicts = birth > BIRTH_COMPATIBLE && birth != BIRTH_BOTH_INCOMPLETE;
        let twins = birth == EQUAL && surname_agrees && given > GIVEN_INITIALS && !levels.swapped();
        let near_number = number || slip || levels.any(&self.numbers, 2..=2);
        let texts = levels.any(&self.texts, EQUAL..=EQUAL);
        let conflict = if shares && same_case {
            Some(Conflict::NumberTwiceInCase)
        } else if (shares && (birth_contradicts || given == GIVEN_DIFFERENT || contradict(given, surname)))
            || (number && birth_contradicts && contradict(given, surname))
        {
            Some(Conflict::NumberContradicted)
        } else if slip && given_agrees && surname_agrees && !birth_contradicts {
            Some(Conflict::NumberSlip)
        } else if other && levels.all_but_numbers() {
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
        let passes = || levels.pass().ok().filter(|rule| self.policy.allows(*rule));
        let rule = if veto.is_some() || conflict.is_some() { None } else { passes() };
        Judgement { rule, veto, conflict }
    }

    /// Whether two records can contradict each other: no number, no conflict.
    pub(crate) fn may_conflict(&self, pattern: Pattern) -> bool {
        let levels = self.levels(pattern, Beside::default());
        levels.any(&self.unique, EQUAL..=Level::MAX) || levels.any(&self.numbers, EQUAL..=Level::MAX)
    }

    /// The first condition that failed where no rule let two records pass, and nothing kept them apart or contradicted.
    pub(crate) fn why_not(&self, pattern: Pattern, beside: Beside) -> Option<WhyNot> {
        match self.levels(pattern, beside).pass() {
            Err(failed) => Some(failed),
            Ok(rule) => (!self.policy.allows(rule)).then_some(WhyNot::Policy),
        }
    }

    /// Whether two records are of one surname and one birth date.
    pub(crate) fn born_together(&self, pattern: Pattern) -> bool {
        let levels = self.levels(pattern, Beside::default());
        levels.birth() == EQUAL && levels.surname_agrees()
    }

    /// The level of the given names.
    pub(crate) fn given(&self, pattern: Pattern) -> Level {
        self.levels(pattern, Beside::default()).given()
    }

    const fn levels(&self, pattern: Pattern, beside: Beside) -> Levels<'_> {
        Levels { gate: self, pattern, family: beside.family }
    }
}

/// The levels of two records, as rules, vetoes and conflicts ask for them.
#[derive(Clone, Copy)]
struct Levels<'g> {
    gate: &'g Gate,
    pattern: Pattern,
    family: bool,
}

impl Levels<'_> {
    fn of(self, field: Option<usize>) -> Level {
        field.map_or(MISSING, |field| self.pattern.level(field))
    }

    /// Whether any of these fields is on one of these levels.
    fn any(self, fields: &[usize], wanted: RangeInclusive<Level>) -> bool {
        fields.iter().any(|field| wanted.contains(&self.pattern.level(*field)))
    }

    fn given(self) -> Level {
        self.of(self.gate.given)
    }

    fn surname(self) -> Level {
        self.of(self.gate.surname)
    }

    fn birth(self) -> Level {
        self.of(self.gate.birth)
    }

    fn given_agrees(self) -> bool {
        (EQUAL..=GIVEN_INITIALS).contains(&self.given())
    }

    fn surname_agrees(self) -> bool {
        (EQUAL..=SURNAME_SLIP).contains(&self.surname())
    }

    /// Whether given name and surname stand in each other's place.
    fn swapped(self) -> bool {
        self.given() == GIVEN_SWAPPED && self.surname() == SURNAME_SWAPPED
    }

    /// Whether names and birth date are those of one person, but for one slip.
    fn all_but_numbers(self) -> bool {
        let full = (EQUAL..GIVEN_INITIALS).contains(&self.given()) && self.surname_agrees();
        let equal = self.given() == EQUAL && self.surname() == EQUAL;
        (full && self.birth() == EQUAL) || (equal && matches!(self.birth(), 2 | 3))
    }

    /// Whether both have one unique number.
    fn shares(self) -> bool {
        self.any(&self.gate.unique, EQUAL..=EQUAL)
    }

    /// Whether unique numbers differ in a slip of the pen.
    fn slip(self) -> bool {
        !self.shares() && self.any(&self.gate.unique, 2..=2)
    }

    /// Whether both have one number, unique or not.
    fn number(self) -> bool {
        self.shares() || self.any(&self.gate.numbers, EQUAL..=EQUAL)
    }
}

/// Whether neither name of two records agrees.
fn contradict(given: Level, surname: Level) -> bool {
    surname == SURNAME_DIFFERENT && (given == MISSING || given > GIVEN_INITIALS)
}
