//! Courts, by the code that stands in their ECLI numbers.
//!
//! Invariant: a [`Court`] is in `code-lists/courts.toml`. The numbers in that list are the two digits after `C/` in a civil
//! case number and the first two of a parketnummer; the numbers of courts that were merged belong to their successor.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::code_list::{self, Coded, Entry, Row};
use crate::lang::Lang;

static COURTS: LazyLock<Vec<CourtRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../code-lists/courts.toml")));

#[derive(Deserialize)]
struct CourtRow {
    #[serde(flatten)]
    entry: Entry,
    /// Two-digit numbers, the successor's own first.
    numbers: Vec<u8>,
}

impl Row for CourtRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// A court.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Court(Coded<CourtRow>);

/// A code that names no court.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CourtError {
    /// Not in the list.
    #[error("not a court: use the code from the court's ECLI numbers in capitals, such as `RBROT`")]
    Unknown,
}

impl CourtError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "court.unknown",
        }
    }
}

impl Court {
    /// The court of an ECLI court code, such as `RBROT`.
    ///
    /// # Errors
    /// When the list has no such court.
    pub fn parse(text: &str) -> Result<Self, CourtError> {
        Coded::find(&COURTS, text).map(Self).ok_or(CourtError::Unknown)
    }

    /// Every court, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        Coded::all(&COURTS).map(Self)
    }

    /// The court that has a two-digit number, its own or that of a court it succeeded.
    pub fn by_number(number: u8) -> Option<Self> {
        Self::all().find(|court| court.numbers().contains(&number))
    }

    /// The code, such as `RBROT`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// What people read, such as `rechtbank Rotterdam`.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label(lang)
    }

    /// The two-digit numbers under which its cases are registered; none for the Hoge Raad.
    pub fn numbers(self) -> &'static [u8] {
        &self.0.row().numbers
    }

    /// The court as one token of a message subject, such as `rbrot`.
    pub fn subject_token(self) -> String {
        self.code().to_ascii_lowercase()
    }

    /// The court of a subject token.
    ///
    /// # Errors
    /// When the token is not that of a court in the list; capitals are refused, so that one court has one token.
    pub fn from_subject_token(token: &str) -> Result<Self, CourtError> {
        Self::all().find(|court| court.subject_token() == token).ok_or(CourtError::Unknown)
    }
}

impl std::str::FromStr for Court {
    type Err = CourtError;

    fn from_str(text: &str) -> Result<Self, CourtError> {
        Self::parse(text)
    }
}

impl fmt::Debug for Court {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Court {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Court {
    type Error = CourtError;

    fn try_from(text: String) -> Result<Self, CourtError> {
        Self::parse(&text)
    }
}

impl From<Court> for String {
    fn from(court: Court) -> Self {
        court.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_is_sound() {
        assert_eq!(code_list::faults(&COURTS), Vec::<String>::new());
    }

    #[test]
    fn eleven_district_courts_four_courts_of_appeal_and_the_hoge_raad() {
        let with = |prefix: &str| Court::all().filter(|court| court.code().starts_with(prefix)).count();
        assert_eq!((with("RB"), with("GH"), with("HR"), Court::all().count()), (11, 4, 1, 16));
    }

    #[test]
    fn every_number_belongs_to_one_court() {
        let numbers: Vec<u8> = Court::all().flat_map(|court| court.numbers().iter().copied()).collect();
        assert_eq!(numbers.iter().collect::<BTreeSet<_>>(), (1..=23).collect::<BTreeSet<u8>>().iter().collect());
        assert_eq!(numbers.len(), 23);
        let of = |number| Court::by_number(number).map(Court::code);
        assert_eq!([of(10), of(11), of(12), of(16), of(21)], ["RBROT", "RBROT", "RBZWB", "RBMNE", "GHARL"].map(Some));
        assert_eq!(of(24), None);
    }

    #[test]
    fn codes_tokens_and_json_lead_back_to_the_court() {
        for court in Court::all() {
            assert_eq!(Court::parse(court.code()), Ok(court));
            assert_eq!(Court::from_subject_token(&court.subject_token()), Ok(court));
            let json = serde_json::to_string(&court).unwrap();
            assert_eq!(serde_json::from_str::<Court>(&json).unwrap(), court);
        }
        assert_eq!(Court::parse("RBROT").unwrap().label(Lang::Nl), "rechtbank Rotterdam");
    }

    #[test]
    fn what_is_not_in_the_list_is_refused() {
        for text in ["", "rbrot", "RBXXX", "PHR"] {
            assert_eq!(Court::parse(text).unwrap_err().code(), "court.unknown");
        }
        assert!(Court::from_subject_token("RBROT").is_err());
        assert!(serde_json::from_str::<Court>("\"RBXXX\"").is_err());
    }
}
