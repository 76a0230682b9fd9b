//! Violence indicators: what a judge can be told of, and towards whom it must have been.
//!
//! Invariants: an [`Indicator`] is in `code-lists/indicators.toml`; it never counts in a relation that the list does not
//! name, so that violence against strangers is no background about a person but for the rows that say so.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::relation::Relation;
use super::status::Status;
use crate::code_list::{self, Coded, Entry, Row};
use crate::lang::Lang;

static INDICATORS: LazyLock<Vec<IndicatorRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/indicators.toml")));

#[derive(Deserialize)]
struct IndicatorRow {
    #[serde(flatten)]
    entry: Entry,
    relations: Vec<RelationRule>,
    #[serde(default = "yes")]
    pushes: bool,
    #[serde(default)]
    witnesses: bool,
    #[serde(default)]
    derived: Option<Derived>,
}

/// From what an indicator follows that no article and no tag says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Derived {
    /// A minor of the family is suspected.
    ByMinor,
    /// Who is suspected was convicted for good before.
    ByHistory,
}

const fn yes() -> bool {
    true
}

impl Row for IndicatorRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// A relation in which an indicator counts, and from when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct RelationRule {
    /// The relation between suspect and victim, seen from the own case.
    pub relation: Relation,
    /// The least status at which it counts; any status when absent.
    pub from: Option<Status>,
    /// Counts only where a minor stands in the own case.
    #[serde(default)]
    pub with_minor: bool,
}

impl RelationRule {
    /// Whether the rule lets an offence in `relation` count, at `status`, in a case with or without a minor.
    pub fn allows(&self, relation: Relation, status: Status, minor: bool) -> bool {
        self.relation == relation && self.from.is_none_or(|least| status.reaches(least)) && (minor || !self.with_minor)
    }
}

/// A violence indicator, such as `assault-simple`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Indicator(Coded<IndicatorRow>);

/// A code that names no indicator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndicatorError {
    /// Not in the list.
    #[error("not an indicator: use a code from the list of indicators, such as `stalking`")]
    Unknown,
}

impl IndicatorError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "indicator.unknown",
        }
    }
}

impl Indicator {
    /// The indicator of a code.
    ///
    /// # Errors
    /// When the list has no such indicator.
    pub fn parse(text: &str) -> Result<Self, IndicatorError> {
        Coded::find(&INDICATORS, text).map(Self).ok_or(IndicatorError::Unknown)
    }

    /// Every indicator, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        Coded::all(&INDICATORS).map(Self)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label(lang)
    }

    /// The relations in which it counts.
    pub fn relations(self) -> &'static [RelationRule] {
        &self.0.row().relations
    }

    /// Whether it may call for attention by itself; otherwise it only stands beside one that does.
    pub fn pushes(self) -> bool {
        self.0.row().pushes
    }

    /// From what it follows, where no article and no tag says it.
    pub fn derived(self) -> Option<Derived> {
        self.0.row().derived
    }

    /// Whether it concerns the children who saw the offence rather than those against whom it was committed.
    pub fn is_of_witnesses(self) -> bool {
        self.0.row().witnesses
    }
}

impl fmt::Debug for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Indicator {
    type Error = IndicatorError;

    fn try_from(text: String) -> Result<Self, IndicatorError> {
        Self::parse(&text)
    }
}

impl From<Indicator> for String {
    fn from(indicator: Indicator) -> Self {
        indicator.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        assert_eq!(code_list::faults(&INDICATORS), Vec::<String>::new());
        for indicator in Indicator::all() {
            assert!(!indicator.relations().is_empty(), "{indicator:?} counts in no relation");
        }
    }

    #[test]
    fn strangers_count_only_where_the_list_says_from_when() {
        for indicator in Indicator::all() {
            for rule in indicator.relations().iter().filter(|rule| rule.relation == Relation::ThirdParty) {
                assert!(rule.from.is_some(), "{indicator:?} would tell of every quarrel with a stranger");
            }
        }
        let homicide = Indicator::parse("homicide-other").unwrap();
        let tells = |status| homicide.relations().iter().any(|rule| rule.allows(Relation::ThirdParty, status, false));
        assert!(!tells(Status::S30));
        assert!(tells(Status::S40));
        assert!(!tells(Status::X40));
    }

    #[test]
    fn codes_and_json_lead_back_to_the_indicator() {
        for indicator in Indicator::all() {
            let json = serde_json::to_string(&indicator).unwrap();
            assert_eq!(serde_json::from_str::<Indicator>(&json).unwrap(), indicator);
        }
        assert_eq!(Indicator::parse("onbekend").unwrap_err().code(), "indicator.unknown");
    }
}
