//! Kinds of proceeding: divorce, supervision order, prosecution of an adult and so on.
//!
//! Invariant: a [`ProceedingKind`] is in `code-lists/proceedings.toml`, which gives its jurisdiction, its Dutch legal term
//! and the articles it rests on. A huisverbod stands here as what the administrative judge hears, the mayor's ban itself is an
//! order. Deliberately absent: compulsory care (Wvggz, Wzd), which is about health.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::code_list::{self, Coded, Entry, Row};
use crate::jurisdiction::Jurisdiction;
use crate::lang::Lang;

static PROCEEDINGS: LazyLock<Vec<ProceedingRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../code-lists/proceedings.toml")));

#[derive(Deserialize)]
struct ProceedingRow {
    #[serde(flatten)]
    entry: Entry,
    jurisdiction: Jurisdiction,
    /// The Dutch term of the law or of daily practice.
    term: String,
}

impl Row for ProceedingRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// A kind of proceeding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProceedingKind(Coded<ProceedingRow>);

/// A code that names no kind of proceeding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProceedingKindError {
    /// Not in the list.
    #[error("not a kind of proceeding: use a code from the list of proceedings, such as `contact-arrangement`")]
    Unknown,
}

impl ProceedingKindError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "proceeding.unknown",
        }
    }
}

impl ProceedingKind {
    /// The kind of a code, such as `contact-arrangement`.
    ///
    /// # Errors
    /// When the list has no such kind.
    pub fn parse(text: &str) -> Result<Self, ProceedingKindError> {
        Coded::find(&PROCEEDINGS, text).map(Self).ok_or(ProceedingKindError::Unknown)
    }

    /// Every kind, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        Coded::all(&PROCEEDINGS).map(Self)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The jurisdiction it belongs to.
    pub fn jurisdiction(self) -> Jurisdiction {
        self.0.row().jurisdiction
    }

    /// The Dutch legal term, such as `ondertoezichtstelling`.
    pub fn term(self) -> &'static str {
        &self.0.row().term
    }

    /// The articles it rests on.
    pub fn basis(self) -> &'static str {
        &self.0.row().entry.source
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label(lang)
    }
}

impl fmt::Debug for ProceedingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for ProceedingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for ProceedingKind {
    type Error = ProceedingKindError;

    fn try_from(text: String) -> Result<Self, ProceedingKindError> {
        Self::parse(&text)
    }
}

impl From<ProceedingKind> for String {
    fn from(kind: ProceedingKind) -> Self {
        kind.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        assert_eq!(code_list::faults(&PROCEEDINGS), Vec::<String>::new());
        for kind in ProceedingKind::all() {
            assert!(!kind.term().trim().is_empty(), "{kind} has no Dutch term");
        }
    }

    #[test]
    fn every_jurisdiction_has_a_kind() {
        for jurisdiction in Jurisdiction::ALL {
            assert!(ProceedingKind::all().any(|kind| kind.jurisdiction() == jurisdiction), "{jurisdiction:?}");
        }
    }

    #[test]
    fn kinds_stand_in_their_jurisdiction() {
        for (code, jurisdiction, term) in [
            ("contact-arrangement", Jurisdiction::Family, "omgang"),
            ("divorce", Jurisdiction::Family, "echtscheiding"),
            ("supervision-order", Jurisdiction::Youth, "ondertoezichtstelling"),
            ("placement-in-care", Jurisdiction::Youth, "machtiging uithuisplaatsing"),
            ("adult-criminal", Jurisdiction::Criminal, "strafzaak meerderjarige"),
            ("youth-criminal", Jurisdiction::Criminal, "jeugdstrafzaak"),
            ("huisverbod-appeal", Jurisdiction::Huisverbod, "beroep huisverbod"),
            ("civil-contact-ban", Jurisdiction::CivilBan, "straat- of contactverbod in kort geding"),
        ] {
            let kind = ProceedingKind::parse(code).unwrap();
            assert_eq!((kind.jurisdiction(), kind.term()), (jurisdiction, term));
        }
    }

    #[test]
    fn codes_and_json_lead_back_to_the_kind() {
        for kind in ProceedingKind::all() {
            assert_eq!(ProceedingKind::parse(kind.code()), Ok(kind));
            let json = serde_json::to_string(&kind).unwrap();
            assert_eq!(serde_json::from_str::<ProceedingKind>(&json).unwrap(), kind);
        }
    }

    #[test]
    fn what_is_not_in_the_list_is_refused() {
        for text in ["", "omgang", "Divorce", "best-huisverbod"] {
            assert_eq!(ProceedingKind::parse(text).unwrap_err().code(), "proceeding.unknown");
        }
        assert!(serde_json::from_str::<ProceedingKind>("\"omgang\"").is_err());
    }
}
