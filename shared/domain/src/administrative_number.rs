//! The number of a case before an administrative judge, such as the review of a temporary restraining order: letters of the
//! court, year and serial, `ROT 24/1234`. `AWB` stands for the law on administrative procedure and names no court.

use std::fmt;

use crate::parketnummer::digits;

/// A number such as `ROT 24/1234`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdministrativeNumber {
    /// Two to four capitals. The set is open: each court has its own.
    letters: String,
    /// Two digits.
    year: u8,
    /// One to five digits.
    serial: u32,
}

impl AdministrativeNumber {
    /// Reads a number, with or without a blank behind the letters.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (letters, rest) = text.split_at_checked(text.find(|c: char| !c.is_ascii_alphabetic())?)?;
        let (year, rest) = digits(rest.trim_start(), 2, 2)?;
        let (serial, rest) = digits(rest.strip_prefix('/')?, 1, 5)?;
        let fits = (2..=4).contains(&letters.len()) && rest.is_empty();
        fits.then_some(Self { letters: letters.to_ascii_uppercase(), year: year.try_into().ok()?, serial })
    }
}

impl fmt::Display for AdministrativeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:02}/{}", self.letters, self.year, self.serial)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_has_one_form() {
        for (text, form) in [
            ("ROT 24/1234", "ROT 24/1234"),
            ("rot24/1234", "ROT 24/1234"),
            ("SHE 24/567", "SHE 24/567"),
            ("AWB 09/1", "AWB 09/1"),
            ("UTR  24/01234", "UTR 24/1234"),
        ] {
            assert_eq!(
                AdministrativeNumber::read(text).map(|number| number.to_string()).as_deref(),
                Some(form),
                "{text}"
            );
        }
        for text in ["", "R 24/1", "ROTTE 24/1", "ROT 24/123456", "ROT 2024/1", "ROT 24-1", "24/1234", "ROT 24/1 x"] {
            assert_eq!(AdministrativeNumber::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_prints_back_and_no_text_brings_it_down(text in "\\PC{0,16}|[A-Za-z]{2,4} ?[0-9]{2}/[0-9]{1,5}") {
            if let Some(number) = AdministrativeNumber::read(&text) {
                prop_assert_eq!(AdministrativeNumber::read(&number.to_string()), Some(number));
            }
        }
    }
}
