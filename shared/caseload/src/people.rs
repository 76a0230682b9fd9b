//! The people of a family, and those who come into its cases from outside.

mod maker;

pub(crate) use maker::Maker;

use domain::name::NameUse;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::names::{Origin, Surname};
use crate::places::Address;

/// A human being of the caseload: the truth, of which records are what sources wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is true or not, whatever the others are")]
pub struct Person {
    /// Who it is, in the whole caseload.
    pub id: String,
    /// Its place in the family.
    pub place: usize,
    /// Where the name comes from.
    pub origin: Origin,
    /// The given names; of a mononym the only name.
    pub given: Vec<&'static str>,
    /// What the person is called every day, where that is none of the given names.
    pub call_name: Option<&'static str>,
    /// The own surname; empty for a mononym.
    pub surname: Surname,
    /// The surname of a spouse, and how it is used.
    pub partner: Option<(NameUse, Surname)>,
    /// Woman or man.
    pub female: bool,
    /// The day of birth.
    pub born: Date,
    /// Where, with the other ways that is written.
    pub birth_place: &'static [&'static str],
    /// The citizen service number, while there are any.
    pub bsn: Option<String>,
    /// The number of the criminal chain, for whoever is a suspect.
    pub skn: String,
    /// A second one, given in error.
    pub second_skn: Option<String>,
    /// The number of a foreign national.
    pub v_number: Option<String>,
    /// Where the person lives, since when: places in the family's addresses.
    pub homes: Vec<(Date, usize)>,
    /// Whether the address is hidden (indicatie geheim).
    pub hidden: bool,
    /// Born with another one.
    pub twin: bool,
    /// Has the name of another person of the caseload: father and son, or a stranger with the same birth date.
    pub namesake: bool,
}

/// Who somebody is to the family.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kin {
    /// One or two parents; nobody where the file is about a stranger to family law.
    pub parents: Vec<usize>,
    /// The children of the first parent.
    pub children: Vec<usize>,
    /// The new partner of the first parent.
    pub step_parent: Option<usize>,
    /// A parent of the last parent.
    pub grandparent: Option<usize>,
    /// A child of the new partner.
    pub step_child: Option<usize>,
    /// Outsiders: victims, co-suspects, foster parents.
    pub outsiders: Vec<usize>,
    /// An outsider who has name and birth date of a parent.
    pub double: Option<usize>,
}

/// A family and those around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// Everybody.
    pub persons: Vec<Person>,
    /// Who is what.
    pub kin: Kin,
    /// Every address anybody had.
    pub addresses: Vec<Address>,
    /// The day the parents parted.
    pub parted: Date,
}

/// A day so many days later.
pub fn later(day: Date, days: i32) -> Date {
    day.saturating_add(i64::from(days.clamp(-200_000, 200_000)).days())
}

impl Person {
    /// The age in whole years on a day.
    pub fn age_on(&self, day: Date) -> i16 {
        let years = day.year() - self.born.year();
        if (day.month(), day.day()) < (self.born.month(), self.born.day()) { years - 1 } else { years }
    }

    /// Where the person lives on a day: a place in the family's addresses.
    pub fn home_on(&self, day: Date) -> Option<usize> {
        self.homes.iter().rev().find(|(since, _)| *since <= day).or(self.homes.first()).map(|(_, home)| *home)
    }

    /// Where the person lived before that.
    pub fn home_before(&self, day: Date) -> Option<usize> {
        let now = self.home_on(day)?;
        self.homes.iter().rev().find(|(since, home)| *since <= day && *home != now).map(|(_, home)| *home)
    }
}
