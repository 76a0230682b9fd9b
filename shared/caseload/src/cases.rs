//! The cases of a family over the years, and who is in them as what.
//!
//! Roles, kinds of proceeding and articles are those of the code lists; a test reads every event that comes of them by the
//! contract. A criminal case is at the court of the place of the offence, the others are at the court of where somebody lives:
//! two cases of one family are often at two courts.

mod docket;

pub(crate) use docket::Docket;

use domain::jurisdiction::Jurisdiction;
use domain::role::Role;
use jiff::civil::Date;
use uuid::Uuid;

use crate::rates::Side;

/// Who a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A person of the family or around it, by place.
    Person(usize),
    /// A lawyer, by number at the court.
    Lawyer(usize),
    /// An institution or a board, by number.
    Institution(usize),
}

/// A party in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The publisher's id of it in the case.
    pub id: String,
    /// Who it is.
    pub who: Who,
    /// As what, by the codes of the list of roles.
    pub roles: Vec<&'static str>,
    /// What the party is to the family.
    pub capacity: Option<&'static str>,
    /// What its record carries.
    pub side: Side,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its publisher's opaque id.
    pub id: Uuid,
    /// Its jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Its court, by code.
    pub court: &'static str,
    /// The kind of proceeding, by code.
    pub proceeding: &'static str,
    /// Its number at the court.
    pub number: String,
    /// The day of registration.
    pub registered: Date,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Of a criminal case: the articles of the charge.
    pub articles: &'static [&'static str],
    /// Of a criminal case: the day of the offence.
    pub offence: Date,
    /// The day of the hearing.
    pub hearing: Date,
    /// The judge.
    pub judge: String,
    /// The day it ended, if it did.
    pub closed: Option<Date>,
    /// Of a criminal case: how it ended.
    pub outcome: Outcome,
}

/// How a criminal case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is decided.
    Pending,
    /// Convicted of the charge.
    Convicted,
    /// Acquitted.
    Acquitted,
    /// The prosecution was dropped.
    Dismissed,
}

impl Party {
    /// Whether one of its roles may lead from one case to another.
    pub fn is_linkable(&self) -> bool {
        self.roles.iter().any(|role| Role::parse(role).is_ok_and(Role::is_linkable))
    }
}
