//! The ground on which a charge was dropped (sepotgrond).
//!
//! Invariant: the ground decides whether the charge is withdrawn from sight or stays with a neutral line; a code that the
//! list does not know is withdrawn, because showing needs a reason and silence does not.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::code_list;
use crate::lang::{Label, Lang};

/// A two-digit dismissal code, such as `02` (Aanwijzing sepot en gebruik sepotgronden).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DismissalCode(u8);

/// Text that is not a dismissal code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DismissalCodeError {
    /// Not two digits.
    #[error("not a dismissal code: use two digits, such as `02`")]
    Format,
}

impl DismissalCodeError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "dismissal.format",
        }
    }
}

/// What kind of ground it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DismissalKind {
    /// Code 01: there should have been no suspicion. The justice documentation removes it too.
    WronglySuspected,
    /// A prosecution could not lead to a conviction.
    Technical,
    /// A prosecution could, but is not pursued.
    Policy,
}

/// One row of the list: the codes it covers, and what they mean.
#[derive(Deserialize)]
struct DismissalRow {
    from: u8,
    to: u8,
    kind: DismissalKind,
    /// The document in which the code stands.
    source: String,
    #[serde(flatten)]
    label: Label,
}

static DISMISSALS: LazyLock<Vec<DismissalRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/dismissals.toml")));

impl DismissalCode {
    /// Code 01: wrongly regarded as a suspect.
    pub const WRONGLY_SUSPECTED: Self = Self(1);

    /// Parses two digits.
    ///
    /// # Errors
    /// When the text is anything but two ASCII digits.
    pub fn parse(text: &str) -> Result<Self, DismissalCodeError> {
        let digits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            return Err(DismissalCodeError::Format);
        }
        text.parse().map(Self).map_err(|_| DismissalCodeError::Format)
    }

    /// The two digits.
    pub fn code(self) -> String {
        format!("{:02}", self.0)
    }

    /// What kind of ground it is; technical when the list does not know the code.
    pub fn kind(self) -> DismissalKind {
        self.row().map_or(DismissalKind::Technical, |row| row.kind)
    }

    /// The ground in words, where the list knows the code.
    pub fn label(self, lang: Lang) -> Option<&'static str> {
        self.row().map(|row| row.label.in_lang(lang))
    }

    /// The document in which the code stands, where the list knows it.
    pub fn basis(self) -> Option<&'static str> {
        self.row().map(|row| row.source.as_str())
    }

    fn row(self) -> Option<&'static DismissalRow> {
        DISMISSALS.iter().find(|row| (row.from..=row.to).contains(&self.0))
    }
}

impl TryFrom<String> for DismissalCode {
    type Error = DismissalCodeError;

    fn try_from(text: String) -> Result<Self, DismissalCodeError> {
        Self::parse(&text)
    }
}

impl From<DismissalCode> for String {
    fn from(code: DismissalCode) -> Self {
        code.code()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_digits_are_a_code() {
        for wrong in ["", "1", "001", "+1", "a1", " 1", "٠١"] {
            assert!(DismissalCode::parse(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(DismissalCode::parse("01"), Ok(DismissalCode::WRONGLY_SUSPECTED));
    }

    #[test]
    fn the_ground_decides_the_kind() {
        let kind = |text| DismissalCode::parse(text).unwrap().kind();
        assert_eq!(kind("01"), DismissalKind::WronglySuspected);
        assert_eq!(kind("02"), DismissalKind::Technical);
        assert_eq!(kind("40"), DismissalKind::Policy);
        assert_eq!(kind("13"), DismissalKind::Technical, "not on the list");
    }

    #[test]
    fn a_code_travels_as_its_two_digits() {
        let code = DismissalCode::parse("02").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"02\"");
        assert_eq!(serde_json::from_str::<DismissalCode>("\"02\"").unwrap(), code);
        assert_eq!(code.label(Lang::Nl), Some("onvoldoende bewijs"));
    }

    #[test]
    fn every_row_says_where_it_stands() {
        assert!(DISMISSALS.iter().all(|row| !row.source.trim().is_empty()));
        assert!(DismissalCode::parse("02").unwrap().basis().is_some_and(|basis| basis.contains("2022A004")));
    }
}
