//! A Dutch postal code.
//!
//! Invariants: four digits that do not begin with a zero and two letters, kept as `3011AA`; the letters SA, SD and SS are
//! not given out (Besluit postcodes; NEN 5825). It is part of an address, serves comparison only and prints redacted.

use std::fmt;

use crate::personal::Personal;

/// A Dutch postal code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(Personal<String>);

impl Postcode {
    /// Reads `3011 AA`, `3011aa` and the like. Nothing when it is no Dutch postal code; then it may still be a foreign one,
    /// or unknown.
    pub fn read(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let (digits, letters) = plain.split_at_checked(4)?;
        let fits = digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0')
            && letters.len() == 2
            && letters.bytes().all(|b| b.is_ascii_uppercase())
            && !matches!(letters, "SA" | "SD" | "SS");
        fits.then_some(Self(Personal::new(plain)))
    }

    /// The code as `3011AA`, for who compares it.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

impl fmt::Debug for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Postcode([personal])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_has_one_form() {
        for text in ["3011AA", "3011 AA", "3011 aa", " 3011  Aa "] {
            assert_eq!(Postcode::read(text).unwrap().reveal(), "3011AA", "{text}");
        }
        for text in
            ["", "0011AA", "3011", "3011A", "3011AAA", "3011SA", "3011SD", "3011SS", "30A1AA", "3011 ÄA", "B-1000"]
        {
            assert_eq!(Postcode::read(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", Postcode::read("3011AA")), "Some(Postcode([personal]))");
    }

    proptest! {
        #[test]
        fn it_prints_back_and_no_text_brings_it_down(text in "\\PC{0,10}|[0-9]{4} ?[A-Za-z]{2}") {
            if let Some(code) = Postcode::read(&text) {
                prop_assert_eq!(Postcode::read(code.reveal()), Some(code));
            }
        }
    }
}
