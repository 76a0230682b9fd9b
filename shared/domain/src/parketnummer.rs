//! The number under which the prosecution service and the courts know one suspect's case (parketnummer).
//!
//! Canonical form `PP-NNNNNN-JJ`: office, serial number, year, such as `10-123456-26`; a suffix follows after a space. It is
//! written in many ways (`10/123456-26`, `10.123456.26`, `1012345626`), which all read as the same number. The office is
//! that of a court, or 70 to 99 for a national office. Which years are plausible is not judged here: that needs a clock.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::court::Court;

/// The lowest number of a national office, such as the Functioneel Parket or the CVOM.
const FIRST_NATIONAL_OFFICE: u8 = 70;

/// A parketnummer, with the suffix that says how the case stands in the present trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Parketnummer {
    office: u8,
    serial: u32,
    year: u8,
    suffix: Option<ParketSuffix>,
}

/// What stands behind a parketnummer on a docket or in a judgment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParketSuffix {
    /// `(ttz. gev.)`: joined at the hearing (ter terechtzitting gevoegd).
    Joined,
    /// `(TUL)`: an old case whose suspended sentence is to be enforced (tenuitvoerlegging).
    Enforcement,
    /// `(vtvv)`: the same, by a claim (vordering tenuitvoerlegging voorwaardelijke veroordeling).
    EnforcementClaim,
}

/// Text that is not a parketnummer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParketnummerError {
    /// Not two, six and two digits.
    #[error("not a parketnummer: write office, serial number and year as `PP-NNNNNN-JJ`, such as `10-123456-26`")]
    Format,
    /// The first two digits belong to no office.
    #[error("no such office: the first two digits of a parketnummer are those of a court, or 70 to 99")]
    Office,
}

impl ParketnummerError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "parketnummer.format",
            Self::Office => "parketnummer.office",
        }
    }
}

impl ParketSuffix {
    const ALL: [Self; 3] = [Self::Joined, Self::Enforcement, Self::EnforcementClaim];

    /// The suffix as it is written, without brackets.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Joined => "ttz. gev.",
            Self::Enforcement => "TUL",
            Self::EnforcementClaim => "vtvv",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(text);
        let plain = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect()
        };
        let fits = inner.chars().all(|c| c.is_ascii_alphabetic() || c == '.' || c.is_whitespace());
        Self::ALL.into_iter().find(|suffix| fits && plain(suffix.as_str()) == plain(inner))
    }
}

impl Parketnummer {
    /// Parses any of the ways in which a parketnummer is written.
    ///
    /// # Errors
    /// When it is not two, six and two digits with at most one space, `.`, `/` or `-` between them, when what follows is not
    /// a known suffix, or when the office does not exist.
    pub fn parse(text: &str) -> Result<Self, ParketnummerError> {
        let number = Self::read(text.trim()).ok_or(ParketnummerError::Format)?;
        if number.office >= FIRST_NATIONAL_OFFICE || number.court().is_some() {
            Ok(number)
        } else {
            Err(ParketnummerError::Office)
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (office, rest) = digits(text, 2, 2)?;
        let (serial, rest) = digits(skip_separator(rest), 6, 6)?;
        let (year, rest) = digits(skip_separator(rest), 2, 2)?;
        let rest = rest.trim_start();
        let suffix = if rest.is_empty() { None } else { Some(ParketSuffix::parse(rest)?) };
        Some(Self { office: office.try_into().ok()?, serial, year: year.try_into().ok()?, suffix })
    }

    /// The first two digits: the office.
    pub const fn office(self) -> u8 {
        self.office
    }

    /// The court of the office; none for a national office.
    pub fn court(self) -> Option<Court> {
        Court::by_number(self.office)
    }

    /// The last two digits of the year of registration.
    pub const fn year(self) -> u8 {
        self.year
    }

    /// What stands behind the number.
    pub const fn suffix(self) -> Option<ParketSuffix> {
        self.suffix
    }

    /// The number alone, by which two mentions of one case compare.
    #[must_use]
    pub const fn without_suffix(self) -> Self {
        Self { suffix: None, ..self }
    }

    /// Whether it names an old case whose suspended sentence is called in: not a second case that awaits trial.
    pub const fn is_called_in(self) -> bool {
        matches!(self.suffix, Some(ParketSuffix::Enforcement | ParketSuffix::EnforcementClaim))
    }
}

fn skip_separator(text: &str) -> &str {
    text.strip_prefix([' ', '.', '/', '-']).unwrap_or(text)
}

/// From `least` to `most` leading digits of a text and what follows them; `most` is at most nine.
pub(crate) fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (head, rest) = text.split_at_checked(count)?;
    if count < least { None } else { Some((head.parse().ok()?, rest)) }
}

impl fmt::Display for Parketnummer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:06}-{:02}", self.office, self.serial, self.year)?;
        match self.suffix {
            Some(suffix) => write!(f, " ({})", suffix.as_str()),
            None => Ok(()),
        }
    }
}

impl TryFrom<String> for Parketnummer {
    type Error = ParketnummerError;

    fn try_from(text: String) -> Result<Self, ParketnummerError> {
        Self::parse(&text)
    }
}

impl From<Parketnummer> for String {
    fn from(number: Parketnummer) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_reads_as_one_number() {
        for (text, canonical) in [
            ("10-123456-26", "10-123456-26"),
            ("13/123456-24", "13-123456-24"),
            ("05.740123.24", "05-740123-24"),
            ("1312345624", "13-123456-24"),
            (" 13 123456 24 ", "13-123456-24"),
            ("21-005083-22", "21-005083-22"),
            ("20-000886-21", "20-000886-21"),
            ("96-123456-25", "96-123456-25"),
            ("10-123456-26 (ttz. gev.)", "10-123456-26 (ttz. gev.)"),
            ("10/123456-26(ttz gev)", "10-123456-26 (ttz. gev.)"),
            ("10/123456-24 (tul)", "10-123456-24 (TUL)"),
            ("10/123456-24 TUL", "10-123456-24 (TUL)"),
            ("10/123456-24 (VTVV)", "10-123456-24 (vtvv)"),
        ] {
            assert_eq!(Parketnummer::parse(text).map(|number| number.to_string()).as_deref(), Ok(canonical), "{text}");
        }
    }

    #[test]
    fn what_is_malformed_is_refused_with_a_code() {
        for text in
            ["", "10", "10-12345-26", "10--123456-26", "10-1234567-26", "10-123456-26 (xyz)", "PL1300-2024123456"]
        {
            assert_eq!(Parketnummer::parse(text).unwrap_err().code(), "parketnummer.format", "{text}");
        }
        for text in ["00-123456-26", "24-123456-26", "69-123456-26"] {
            assert_eq!(Parketnummer::parse(text).unwrap_err().code(), "parketnummer.office", "{text}");
        }
    }

    #[test]
    fn an_old_case_called_in_is_told_from_a_pending_one() {
        let old = Parketnummer::parse("10/123456-24 (TUL)").unwrap();
        assert!(old.is_called_in());
        assert_eq!(old.without_suffix(), Parketnummer::parse("10-123456-24").unwrap());
        assert!(!Parketnummer::parse("10-123456-26 (ttz. gev.)").unwrap().is_called_in());
        assert_eq!(old.court().map(Court::code), Some("RBROT"));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_the_canonical_form_reads_back(
            text in "\\PC{0,24}|[0-9]{2}[ ./-]?[0-9]{6}[ ./-]?[0-9]{2}( \\(TUL\\))?"
        ) {
            if let Ok(number) = Parketnummer::parse(&text) {
                prop_assert_eq!(Parketnummer::parse(&number.to_string()), Ok(number));
                let json = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(serde_json::from_str::<Parketnummer>(&json).unwrap(), number);
            }
        }
    }
}
