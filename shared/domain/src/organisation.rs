//! Organisations that are in a case: an institution for youth protection, a shelter, a company.
//!
//! Invariant: an organisation is nobody. None of its numbers is ever compared with a person's, although its tax number (RSIN)
//! has the form of a citizen service number and passes the same test.

use std::fmt;

use thiserror::Error;

use crate::bsn::passes_eleven_test;

/// Why a text is no number of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OrganisationNumberError {
    /// Not the number of an entry in the trade register.
    #[error("a number of the trade register (KvK) has eight digits")]
    Kvk,
    /// Not the number of an establishment.
    #[error("a number of an establishment has twelve digits")]
    Establishment,
    /// Not the tax number of an organisation.
    #[error("a tax number of an organisation (RSIN) has nine digits that pass the eleven-test")]
    Rsin,
    /// Not an identification number of an organisation.
    #[error("an identification number of an organisation (OIN) has twenty digits")]
    Oin,
}

impl OrganisationNumberError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Kvk => "kvk.format",
            Self::Establishment => "establishment.format",
            Self::Rsin => "rsin.format",
            Self::Oin => "oin.format",
        }
    }
}

/// A number of digits only, dots and blanks left out.
macro_rules! number {
    ($(#[$doc:meta])* $name:ident: $length:literal digits, else $error:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a number; dots and blanks do not count.
            ///
            /// # Errors
            /// When it is none.
            pub fn parse(text: &str) -> Result<Self, OrganisationNumberError> {
                let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
                let fits = digits.len() == $length && digits.bytes().all(|b| b.is_ascii_digit());
                let number = fits.then_some(Self(digits)).ok_or(OrganisationNumberError::$error)?;
                if number.is_valid() { Ok(number) } else { Err(OrganisationNumberError::$error) }
            }

            /// The digits.
            pub fn digits(&self) -> &str {
                &self.0
            }
        }
    };
}

number! {
    /// The number of an entry in the trade register (KvK-nummer).
    Kvk: 8 digits, else Kvk
}
number! {
    /// The number of one of an entry's establishments (vestigingsnummer).
    Establishment: 12 digits, else Establishment
}
number! {
    /// The tax number of an organisation (rechtspersonen en samenwerkingsverbanden informatienummer, RSIN).
    Rsin: 9 digits, else Rsin
}
number! {
    /// The identification number of an organisation on government networks (organisatie-identificatienummer, OIN). Its first
    /// eight digits say from which register the rest is.
    Oin: 20 digits, else Oin
}

impl Kvk {
    fn is_valid(&self) -> bool {
        self.0.bytes().any(|b| b != b'0')
    }
}

impl Establishment {
    fn is_valid(&self) -> bool {
        self.0.bytes().any(|b| b != b'0')
    }
}

impl Rsin {
    fn is_valid(&self) -> bool {
        self.0.bytes().any(|b| b != b'0') && passes_eleven_test(&self.0)
    }
}

impl Oin {
    fn is_valid(&self) -> bool {
        self.0.bytes().any(|b| b != b'0')
    }
}

/// An organisation, as far as a source knows it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Organisation {
    /// What it is called.
    pub name: Option<String>,
    /// Its number in the trade register.
    pub kvk: Option<Kvk>,
    /// The number of the establishment.
    pub establishment: Option<Establishment>,
    /// Its tax number.
    pub rsin: Option<Rsin>,
}

impl fmt::Debug for Organisation {
    /// The firm of one person is called by that person's name, and a shelter says where somebody is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Organisation([personal])")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::bsn::Bsn;

    #[test]
    fn every_number_reads_and_prints_back() {
        assert_eq!(Kvk::parse("1234 5678").unwrap().digits(), "12345678");
        assert_eq!(Establishment::parse("000012345678").unwrap().digits(), "000012345678");
        assert_eq!(Rsin::parse("9999.91.103").unwrap().digits(), "999991103");
        assert_eq!(Oin::parse("00000001823288444000").unwrap().digits(), "00000001823288444000");
    }

    #[test]
    fn what_is_none_is_refused_with_a_code() {
        for text in ["", "1234567", "123456789", "1234567a", "00000000"] {
            assert_eq!(Kvk::parse(text).unwrap_err().code(), "kvk.format", "{text}");
        }
        for text in ["12345678901", "0000000000000"] {
            assert_eq!(Establishment::parse(text).unwrap_err().code(), "establishment.format", "{text}");
        }
        for text in ["999991104", "99999110", "000000000"] {
            assert_eq!(Rsin::parse(text).unwrap_err().code(), "rsin.format", "{text}");
        }
        assert_eq!(Oin::parse("1823288444000").unwrap_err().code(), "oin.format");
    }

    #[test]
    fn no_check_tells_a_tax_number_from_a_citizen_service_number() {
        assert_eq!(Rsin::parse("999991103").unwrap().digits(), Bsn::parse("999991103").unwrap().digits());
    }

    proptest! {
        #[test]
        fn no_text_brings_a_number_down(text in "\\PC{0,24}|[0-9. ]{0,24}") {
            if let Ok(number) = Kvk::parse(&text) { prop_assert_eq!(Kvk::parse(number.digits()), Ok(number)); }
            if let Ok(number) = Rsin::parse(&text) { prop_assert_eq!(Rsin::parse(number.digits()), Ok(number)); }
            if let Ok(number) = Oin::parse(&text) { prop_assert_eq!(Oin::parse(number.digits()), Ok(number)); }
            drop(Establishment::parse(&text));
        }
    }
}
