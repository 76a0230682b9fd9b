//! A house number with its letter and its addition, as the register of addresses has them in three fields (BAG) and people
//! write them in one: `12`, `12A`, `12-2`, `12 II`, `12 hs`, `12 bis`, `12a-2`.
//!
//! Invariants: 1 to 99999; one letter; an addition of one to four letters and digits. Capitals do not count. It is part of an
//! address, serves comparison only and prints redacted.

use std::fmt;

use crate::parketnummer::digits;

/// A house number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HouseNumber {
    number: u32,
    letter: Option<char>,
    addition: Option<String>,
}

impl HouseNumber {
    /// Reads a number as people write it. Nothing when it is none; zero is how the population register says that there is
    /// none.
    pub fn read(text: &str) -> Option<Self> {
        let (number, rest) = digits(text.trim(), 1, 5)?;
        let rest = rest.to_ascii_uppercase();
        let parts: Vec<&str> = rest.split([' ', '-', '/']).filter(|part| !part.is_empty()).collect();
        let (letter, parts) = match parts.split_first() {
            Some((first, others)) if first.len() == 1 && first.bytes().all(|b| b.is_ascii_uppercase()) => {
                (first.chars().next(), others)
            }
            _ => (None, &parts[..]),
        };
        let addition = parts.concat();
        let fits = number > 0 && addition.len() <= 4 && addition.bytes().all(|b| b.is_ascii_alphanumeric());
        // Digits that go on behind the fifth are no addition.
        let parted = letter.is_some() || !rest.starts_with(|c: char| c.is_ascii_digit());
        let addition = (!addition.is_empty()).then_some(addition);
        (fits && parted).then_some(Self { number, letter, addition })
    }

    /// The number in one form, for who compares it: `12`, `12A`, `12-2`, `12A-2`.
    pub fn reveal(&self) -> String {
        let letter = self.letter.map(String::from).unwrap_or_default();
        let addition = self.addition.as_ref().map(|addition| format!("-{addition}")).unwrap_or_default();
        format!("{}{letter}{addition}", self.number)
    }
}

impl fmt::Debug for HouseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HouseNumber([personal])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_has_one_form() {
        for (text, form) in [
            ("12", "12"),
            (" 12 ", "12"),
            ("0012", "12"),
            ("12a", "12A"),
            ("12 A", "12A"),
            ("12-2", "12-2"),
            ("12 II", "12-II"),
            ("12 hs", "12-HS"),
            ("12 bis", "12-BIS"),
            ("12bis", "12-BIS"),
            ("12a-2", "12A-2"),
            ("12 A 2", "12A-2"),
            ("99999", "99999"),
        ] {
            assert_eq!(HouseNumber::read(text).map(|number| number.reveal()).as_deref(), Some(form), "{text}");
        }
        for text in ["", "0", "00", "A", "123456", "12 tegenover", "12é", "12_2", "."] {
            assert_eq!(HouseNumber::read(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", HouseNumber::read("12")), "Some(HouseNumber([personal]))");
    }

    proptest! {
        #[test]
        fn it_prints_back_and_no_text_brings_it_down(text in "\\PC{0,12}|[0-9]{1,6}[ -]?[a-zA-Z]?[ -]?[a-zA-Z0-9]{0,4}") {
            if let Some(number) = HouseNumber::read(&text) {
                prop_assert_eq!(HouseNumber::read(&number.reveal()), Some(number));
            }
        }
    }
}
