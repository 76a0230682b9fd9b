//! The citizen service number (burgerservicenummer, BSN), the strongest key two registers can share.
//!
//! Invariants: a [`Bsn`] has nine digits, passes the eleven-test and is no known filler. The test catches every single wrong
//! digit and every exchange of two neighbouring digits, so two different valid numbers are two persons (or a number written
//! with the wrong member of a family), never one typing error. The value is in no error and in no debug output.
//!
//! An organisation's number (RSIN) has the same shape and passes the same test; no check here can tell them apart.

use std::fmt;

use thiserror::Error;

use crate::a_number::is_a_number;

const LENGTH: usize = 9;

/// Weights of the eleven-test: the weighted sum of the digits is a multiple of eleven (Besluit burgerservicenummer).
const WEIGHTS: [i32; LENGTH] = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/// Numbers typed to fill an obligatory field. Some pass the eleven-test, and would link everybody who carries them.
const PLACEHOLDERS: [&str; 10] = [
    "000000012",
    "012345672",
    "012345678",
    "111111110",
    "111111111",
    "111222333",
    "123456782",
    "123456789",
    "987654321",
    "999999999",
];

/// A valid citizen service number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bsn(String);

/// Why a text is no usable citizen service number. Never carries the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BsnError {
    /// Something else than digits and separators.
    #[error("a citizen service number holds only digits, with dots, spaces or dashes between them: remove the rest")]
    Characters,
    /// Not nine digits, nor the eight of an old number without its leading zero.
    #[error("a citizen service number has nine digits: send all of them, or leave the field out")]
    Length,
    /// The administration number of the population register stands in its place.
    #[error("this is an administration number (A-nummer), which no court uses: send the citizen service number")]
    ANumber,
    /// Only zeros, which registers use for "none".
    #[error("a citizen service number of only zeros identifies nobody: leave the field out")]
    Zeros,
    /// A number known to be typed as a filler.
    #[error("this citizen service number is a well-known placeholder: leave the field out")]
    Placeholder,
    /// The control digit does not fit.
    #[error("the citizen service number fails the eleven-test: check it against the source")]
    ElevenTest,
}

impl BsnError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Characters => "bsn.characters",
            Self::Length => "bsn.length",
            Self::ANumber => "bsn.a-number",
            Self::Zeros => "bsn.zeros",
            Self::Placeholder => "bsn.placeholder",
            Self::ElevenTest => "bsn.eleven-test",
        }
    }
}

impl Bsn {
    /// Reads a number as people write it: dots, dashes and white space are dropped, and an old number of eight digits gets
    /// its leading zero back.
    pub fn parse(text: &str) -> Result<Self, BsnError> {
        let mut digits: String = text.chars().filter(|c| !matches!(c, '.' | '-') && !c.is_whitespace()).collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BsnError::Characters);
        }
        if digits.len() == LENGTH - 1 {
            digits.insert(0, '0');
        }
        if digits.len() != LENGTH {
            return Err(if is_a_number(&digits) { BsnError::ANumber } else { BsnError::Length });
        }
        if digits.bytes().all(|byte| byte == b'0') {
            return Err(BsnError::Zeros);
        }
        if PLACEHOLDERS.contains(&digits.as_str()) {
            return Err(BsnError::Placeholder);
        }
        if passes_eleven_test(&digits) { Ok(Self(digits)) } else { Err(BsnError::ElevenTest) }
    }

    /// The nine digits, for comparing, sealing and keyed hashing.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The number for a screen where the reader only has to tell two numbers apart: all but the last three digits hidden.
    pub fn masked(&self) -> String {
        self.0.char_indices().map(|(at, digit)| if at < LENGTH - 3 { '•' } else { digit }).collect()
    }
}

impl fmt::Debug for Bsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bsn([personal])")
    }
}

/// Whether nine digits pass the eleven-test.
pub(crate) fn passes_eleven_test(digits: &str) -> bool {
    let sum: i32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| i32::from(digit - b'0') * weight).sum();
    sum % 11 == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::{Bsn, BsnError, LENGTH, PLACEHOLDERS};

    const TEST_NUMBERS: [&str; 5] = ["999990342", "999991000", "999991036", "999991073", "999991103"];

    #[test]
    fn reads_the_ways_a_number_is_written() {
        for (written, digits) in [
            ("999991103", "999991103"),
            (" 9999.91.103 ", "999991103"),
            ("999-991-103", "999991103"),
            ("9999\u{a0}91103", "999991103"),
            ("10000008", "010000008"),
            ("010000008", "010000008"),
        ] {
            assert_eq!(Bsn::parse(written).unwrap().digits(), digits);
        }
    }

    #[test]
    fn refuses_what_identifies_nobody() {
        for (written, error) in [
            ("", BsnError::Length),
            ("999", BsnError::Length),
            ("9999911030", BsnError::Length),
            ("99999110x", BsnError::Characters),
            ("٩٩٩٩٩١١٠٣", BsnError::Characters),
            ("999991104", BsnError::ElevenTest),
            ("000000000", BsnError::Zeros),
            ("00000000", BsnError::Zeros),
            ("000000012", BsnError::Placeholder),
            ("111222333", BsnError::Placeholder),
            ("123456782", BsnError::Placeholder),
            ("1234.56.789", BsnError::Placeholder),
            ("12345678", BsnError::Placeholder),
        ] {
            assert_eq!(Bsn::parse(written), Err(error), "{written}");
        }
        for placeholder in PLACEHOLDERS {
            assert_eq!(Bsn::parse(placeholder), Err(BsnError::Placeholder));
        }
    }

    #[test]
    fn one_typing_error_never_gives_another_valid_number() {
        for number in TEST_NUMBERS {
            let valid = number.as_bytes();
            for at in 0..LENGTH {
                for digit in (b'0'..=b'9').filter(|digit| *digit != valid[at]) {
                    let mut wrong = valid.to_vec();
                    wrong[at] = digit;
                    assert!(Bsn::parse(&String::from_utf8(wrong).unwrap()).is_err());
                }
                if at > 0 && valid[at] != valid[at - 1] {
                    let mut swapped = valid.to_vec();
                    swapped.swap(at - 1, at);
                    assert!(Bsn::parse(&String::from_utf8(swapped).unwrap()).is_err());
                }
            }
        }
    }

    #[test]
    fn shows_no_more_than_asked() {
        let bsn = Bsn::parse("999991103").unwrap();
        assert_eq!(bsn.masked(), "••••••103");
        assert_eq!(format!("{bsn:?}"), "Bsn([personal])");
        assert_eq!(BsnError::ElevenTest.code(), "bsn.eleven-test");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(bsn) = Bsn::parse(&text) {
                prop_assert_eq!(Bsn::parse(bsn.digits()), Ok(bsn));
            }
        }

        #[test]
        fn what_is_accepted_reads_back_and_errors_keep_silent(text in "[0-9]{8,9}") {
            match Bsn::parse(&text) {
                Ok(bsn) => prop_assert_eq!(Bsn::parse(bsn.digits()), Ok(bsn)),
                Err(error) => {
                    let printed = format!("{error} {error:?}");
                    prop_assert!(!printed.contains(&text));
                }
            }
        }
    }
}
