//! The number of a foreign national (vreemdelingennummer, V-nummer) in the register of the immigration service.
//!
//! Invariants: ten digits, once dots and blanks are taken out (`280.123.4567`); no check digit is known. It prints redacted.

use std::fmt;

use crate::personal::Personal;

/// A number of the register of foreign nationals.
#[derive(Clone, PartialEq, Eq)]
pub struct VNumber(Personal<String>);

/// Text that is no such number. Never carries the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VNumberError {
    /// Not ten digits.
    #[error("not a number of a foreign national: use ten digits, with or without dots")]
    Format,
    /// Zeros only.
    #[error("a number of zeros stands for no number: leave the field out")]
    Zeros,
}

impl VNumberError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "v-number.format",
            Self::Zeros => "v-number.zeros",
        }
    }
}

impl VNumber {
    /// Parses a number; dots and blanks do not count.
    ///
    /// # Errors
    /// See [`VNumberError`].
    pub fn parse(text: &str) -> Result<Self, VNumberError> {
        let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(VNumberError::Format);
        }
        if digits.bytes().all(|b| b == b'0') {
            return Err(VNumberError::Zeros);
        }
        Ok(Self(Personal::new(digits)))
    }

    /// The ten digits, for who seals or compares them.
    pub fn digits(&self) -> &str {
        self.0.reveal()
    }
}

impl fmt::Debug for VNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VNumber([personal])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_has_one_form() {
        for text in ["280.123.4567", "2801234567", " 280 123 4567 "] {
            assert_eq!(VNumber::parse(text).unwrap().digits(), "2801234567", "{text}");
        }
        for (text, error) in
            [("", VNumberError::Format), ("280123456", VNumberError::Format), ("0000000000", VNumberError::Zeros)]
        {
            assert_eq!(VNumber::parse(text), Err(error), "{text}");
        }
        assert_eq!(format!("{:?}", VNumber::parse("2801234567").unwrap()), "VNumber([personal])");
    }

    proptest! {
        #[test]
        fn it_prints_back_and_no_text_brings_it_down(number in 1_u64..10_000_000_000, text in ".{0,20}") {
            let digits = format!("{number:010}");
            let parsed = VNumber::parse(&digits).unwrap();
            prop_assert_eq!(parsed.digits(), digits);
            drop(VNumber::parse(&text));
        }
    }
}
