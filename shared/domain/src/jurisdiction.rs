//! The five kinds of jurisdiction whose cases are linked.
//!
//! Youth means child protection (ondertoezichtstelling, uithuisplaatsing); a minor who stands trial is criminal.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// Family, youth, criminal, or one of the two kinds of bans that protect somebody outside these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Jurisdiction {
    /// Divorce, authority over children, contact, maintenance, parentage (familierecht).
    Family,
    /// Child protection (jeugdrecht).
    Youth,
    /// Prosecution of adults and of minors (strafrecht).
    Criminal,
    /// Review of a temporary restraining order of the mayor, by the administrative judge (Wet tijdelijk huisverbod).
    Huisverbod,
    /// Street and contact bans between citizens, mostly in summary proceedings (kort geding).
    CivilBan,
}

/// A word that names no jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JurisdictionError {
    /// Not one of these words.
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
    /// All of them.
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
    /// When the word is not exactly one of them.
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
            (Self::Huisverbod, Lang::Nl) => "tijdelijk huisverbod",
            (Self::Huisverbod, Lang::En) => "temporary restraining order",
            (Self::CivilBan, Lang::Nl) => "civielrechtelijk verbod",
            (Self::CivilBan, Lang::En) => "civil ban",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_is_the_same_in_every_place() {
        for one in Jurisdiction::ALL {
            assert_eq!(Jurisdiction::parse(one.as_str()), Ok(one));
            assert_eq!(serde_json::to_value(one).unwrap(), one.as_str());
        }
    }

    #[test]
    fn another_word_is_refused_with_a_code() {
        for text in ["", "Family", "civil"] {
            assert_eq!(Jurisdiction::parse(text).unwrap_err().code(), "jurisdiction.unknown");
        }
    }
}
