//! The number of a person in the criminal chain (strafrechtsketennummer, SKN), which the criminal justice identification
//! register gives every suspect (Sv 27b).
//!
//! Invariants: one to ten digits, kept without leading zeros; no check digit is known. One human being may have several, and
//! they are merged when that is found out. It prints redacted.

use std::fmt;

use crate::personal::Personal;

/// A number of the criminal chain.
#[derive(Clone, PartialEq, Eq)]
pub struct Skn(Personal<String>);

/// Text that is no number of the criminal chain. Never carries the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SknError {
    /// Not one to ten digits.
    #[error("not a number of the criminal chain: use one to ten digits")]
    Format,
    /// Zeros only.
    #[error("a number of zeros stands for no number: leave the field out")]
    Zeros,
}

impl SknError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "skn.format",
            Self::Zeros => "skn.zeros",
        }
    }
}

impl Skn {
    /// Parses a number; spaces around it do not count.
    ///
    /// # Errors
    /// See [`SknError`].
    pub fn parse(text: &str) -> Result<Self, SknError> {
        let digits = text.trim_matches(' ');
        if !(1..=10).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SknError::Format);
        }
        match digits.trim_start_matches('0') {
            "" => Err(SknError::Zeros),
            number => Ok(Self(Personal::new(number.to_owned()))),
        }
    }

    /// The digits, for who seals or compares them.
    pub fn digits(&self) -> &str {
        self.0.reveal()
    }
}

impl fmt::Debug for Skn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Skn([personal])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_has_one_form() {
        assert_eq!(Skn::parse(" 00123456 ").unwrap().digits(), "123456");
        assert_eq!(format!("{:?}", Skn::parse("123456").unwrap()), "Skn([personal])");
        for (text, error) in [
            ("", SknError::Format),
            ("12345678901", SknError::Format),
            ("12a", SknError::Format),
            ("000", SknError::Zeros),
        ] {
            assert_eq!(Skn::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn it_prints_back_and_no_text_brings_it_down(number in 1_u64..10_000_000_000, text in ".{0,20}") {
            let skn = Skn::parse(&format!("{number:010}")).unwrap();
            prop_assert_eq!(skn.digits(), number.to_string());
            drop(Skn::parse(&text));
        }
    }
}
