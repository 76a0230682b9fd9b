//! The five kinds of jurisdiction whose cases are linked.
//!
//! Youth means child protection (ondertoezichtstelling, uithuisplaatsing); a minor who stands trial is criminal. A temporary
//! restraining order of the mayor comes before the administrative judge, a street or contact ban before the civil judge in
//! summary proceedings; both protect persons of a family, and are therefore kinds of their own beside family law.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// Family, youth, criminal, or one of the two kinds of ban.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Jurisdiction {
    /// Divorce, authority over children, contact, maintenance, parentage (familierecht).
    Family,
    /// Child protection (jeugdrecht).
    Youth,
    /// Prosecution of adults and of minors (strafrecht).
    Criminal,
    /// Temporary restraining orders of the mayor, before the administrative judge (Wet tijdelijk huisverbod).
    Huisverbod,
    /// Street and contact bans in civil summary proceedings (art. 6:162 BW, art. 254 Rv).
    CivilBan,
}

/// A word that names no jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JurisdictionError {
    /// Not one of the five words.
    #[error("not a jurisdiction: use `family`, `youth`, `criminal`, `huisverbod` or `civil-ban`")]
    Unknown,
}

impl JurisdictionError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "jurisdiction.unknown",
        }
    }
}

impl Jurisdiction {
    /// All five.
    pub const ALL: [Self; 5] = [Self::Family, Self::Youth, Self::Criminal, Self::Huisverbod, Self::CivilBan];

    /// The word in facts, on the wire and in message subjects.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Youth => "youth",
            Self::Criminal => "criminal",
            Self::Huisverbod => "huisverbod",
            Self::CivilBan => "civil-ban",
        }
    }

    /// The jurisdiction of a word.
    ///
    /// # Errors
    /// When the word is not exactly one of the five.
    pub fn parse(text: &str) -> Result<Self, JurisdictionError> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(JurisdictionError::Unknown)
    }

    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Family, Lang::Nl) => "familierecht",
            (Self::Family, Lang::En) => "family law",
            (Self::Youth, Lang::Nl) => "jeugdrecht",
            (Self::Youth, Lang::En) => "youth law",
            (Self::Criminal, Lang::Nl) => "strafrecht",
            (Self::Criminal, Lang::En) => "criminal law",
            (Self::Huisverbod, Lang::Nl) => "huisverbod",
            (Self::Huisverbod, Lang::En) => "temporary restraining order",
            (Self::CivilBan, Lang::Nl) => "civiel straat- of contactverbod",
            (Self::CivilBan, Lang::En) => "civil street or contact ban",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_word_is_the_same_in_every_place() {
        for one in Jurisdiction::ALL {
            assert_eq!(Jurisdiction::parse(one.as_str()), Ok(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
    }

    #[test]
    fn each_has_a_label_of_its_own_in_both_languages() {
        for lang in [Lang::Nl, Lang::En] {
            let labels: BTreeSet<_> = Jurisdiction::ALL.into_iter().map(|one| one.label(lang)).collect();
            assert_eq!(labels.len(), Jurisdiction::ALL.len());
        }
    }

    #[test]
    fn another_word_is_refused_with_a_code() {
        for text in ["", "Family", "civil", "civilban", "Huisverbod"] {
            assert_eq!(Jurisdiction::parse(text).unwrap_err().code(), "jurisdiction.unknown");
        }
    }
}
