//! What a source says about one person in one proceeding: the personal part of a party.
//!
//! Invariants: [`PartyDetails`] has no `Serialize`; it leaves memory only through [`PartyDetails::to_plaintext`], whose bytes
//! are sealed before they are stored or sent. Nothing of it is printed. A number that is no valid citizen service number is
//! kept as written, apart from the valid one, so that nobody is matched by it.

use std::fmt;

use serde::Deserialize;
use serde_json::json;
use thiserror::Error;

use crate::birth::{BirthDate, BirthError};
use crate::bsn::Bsn;
use crate::name::{NameError, NameParts, PersonName};
use crate::personal::Personal;

/// The version of the plaintext that is written.
const VERSION: u64 = 1;

/// The sex a source registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Female (vrouw).
    Female,
    /// Male (man).
    Male,
    /// Neither, or not determined (onbepaald).
    Other,
}

impl Sex {
    /// The code in the plaintext and in contracts: `female`, `male` or `other`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Other => "other",
        }
    }

    /// The sex with exactly this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "female" => Some(Self::Female),
            "male" => Some(Self::Male),
            "other" => Some(Self::Other),
            _ => None,
        }
    }
}

/// An address as a source wrote it; it serves comparison only and is never shown.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The name of the street.
    pub street: Option<String>,
    /// The number with its letter and addition: "12 bis", "12-2".
    pub house_number: Option<String>,
    /// The postal code.
    pub postcode: Option<String>,
    /// The town (woonplaats).
    pub town: Option<String>,
    /// The country, as a name or a code.
    pub country: Option<String>,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address([personal])")
    }
}

/// Everything a source says about one person; all of it may be missing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PartyDetails {
    /// The valid citizen service number.
    pub bsn: Option<Bsn>,
    /// What stood in the field of the citizen service number and is none: kept for a data steward, never matched.
    pub unusable_bsn: Option<Personal<String>>,
    /// The name.
    pub name: PersonName,
    /// The date of birth.
    pub birth: Option<BirthDate>,
    /// The place of birth as written.
    pub birth_place: Option<Personal<String>>,
    /// The registered sex.
    pub sex: Option<Sex>,
    /// The address.
    pub address: Option<Personal<Address>>,
}

/// Why a plaintext is no [`PartyDetails`]. Names the part, never its value; the errors of the JSON reader quote values, and
/// are therefore not kept as a source.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PartyDetailsError {
    /// The bytes are not the JSON of a party's details.
    #[error("the details of a party cannot be read: restore them from the source")]
    Malformed,
    /// Written by a later version of the house.
    #[error("the details of a party have version {found}, this house reads up to {VERSION}: update it")]
    Version {
        /// The version of the plaintext.
        found: u64,
    },
    /// The name is refused, for these reasons.
    #[error("the name in the details of a party is refused: correct it at the source")]
    Name(Vec<NameError>),
    /// The date of birth is refused.
    #[error("the date of birth in the details of a party is refused: correct it at the source")]
    Birth(#[source] BirthError),
    /// The sex has an unknown code.
    #[error("the sex in the details of a party is unknown: use female, male or other")]
    Sex,
}

impl PartyDetailsError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "party-details.malformed",
            Self::Version { .. } => "party-details.version",
            Self::Name(_) => "party-details.name",
            Self::Birth(_) => "party-details.birth-date",
            Self::Sex => "party-details.sex",
        }
    }
}

/// The version of a plaintext, read before anything else.
#[derive(Deserialize)]
struct Version {
    v: u64,
}

/// The plaintext of version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plaintext {
    #[serde(rename = "v")]
    _version: u64,
    bsn: Option<String>,
    unusable_bsn: Option<String>,
    name: NamePlaintext,
    birth: Option<String>,
    birth_place: Option<String>,
    sex: Option<String>,
    address: Option<AddressPlaintext>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamePlaintext {
    surname: Option<String>,
    prefix: Option<String>,
    partner_surname: Option<String>,
    partner_prefix: Option<String>,
    given_names: Option<String>,
    initials: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressPlaintext {
    street: Option<String>,
    house_number: Option<String>,
    postcode: Option<String>,
    town: Option<String>,
    country: Option<String>,
}

impl PartyDetails {
    /// The details as bytes to be sealed, and never to be stored or sent as they are: JSON with its version in `v`.
    pub fn to_plaintext(&self) -> Vec<u8> {
        let name = self.name.parts();
        json!({
            "v": VERSION,
            "bsn": self.bsn.as_ref().map(Bsn::digits),
            "unusable_bsn": self.unusable_bsn.as_ref().map(Personal::reveal),
            "name": {
                "surname": name.surname,
                "prefix": name.prefix,
                "partner_surname": name.partner_surname,
                "partner_prefix": name.partner_prefix,
                "given_names": name.given_names,
                "initials": name.initials,
            },
            "birth": self.birth.as_ref().map(BirthDate::canonical),
            "birth_place": self.birth_place.as_ref().map(Personal::reveal),
            "sex": self.sex.map(Sex::code),
            "address": self.address.as_ref().map(Personal::reveal).map(|address| json!({
                "street": address.street,
                "house_number": address.house_number,
                "postcode": address.postcode,
                "town": address.town,
                "country": address.country,
            })),
        })
        .to_string()
        .into_bytes()
    }

    /// Reads what [`PartyDetails::to_plaintext`] wrote, checking every value again. A number that was accepted when it was
    /// sealed and is known as a placeholder since is given as unusable, so that old facts stay readable.
    pub fn from_plaintext(bytes: &[u8]) -> Result<Self, PartyDetailsError> {
        let Version { v } = serde_json::from_slice(bytes).map_err(|_| PartyDetailsError::Malformed)?;
        if v != VERSION {
            return Err(PartyDetailsError::Version { found: v });
        }
        let plain: Plaintext = serde_json::from_slice(bytes).map_err(|_| PartyDetailsError::Malformed)?;
        let (bsn, refused_since) = match plain.bsn {
            None => (None, None),
            Some(text) => match Bsn::parse(&text) {
                Ok(bsn) => (Some(bsn), None),
                Err(_) => (None, Some(text)),
            },
        };
        Ok(Self {
            bsn,
            unusable_bsn: plain.unusable_bsn.or(refused_since).map(Personal::new),
            name: PersonName::parse(&plain.name.parts()).map_err(PartyDetailsError::Name)?,
            birth: match plain.birth {
                None => None,
                Some(text) => BirthDate::parse(&text).map_err(PartyDetailsError::Birth)?,
            },
            birth_place: plain.birth_place.map(Personal::new),
            sex: match plain.sex {
                None => None,
                Some(code) => Some(Sex::from_code(&code).ok_or(PartyDetailsError::Sex)?),
            },
            address: plain.address.map(|address| Personal::new(address.into())),
        })
    }
}

impl fmt::Debug for PartyDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartyDetails([personal])")
    }
}

impl NamePlaintext {
    fn parts(&self) -> NameParts<'_> {
        NameParts {
            surname: self.surname.as_deref(),
            prefix: self.prefix.as_deref(),
            partner_surname: self.partner_surname.as_deref(),
            partner_prefix: self.partner_prefix.as_deref(),
            given_names: self.given_names.as_deref(),
            initials: self.initials.as_deref(),
        }
    }
}

impl From<AddressPlaintext> for Address {
    fn from(plain: AddressPlaintext) -> Self {
        let AddressPlaintext { street, house_number, postcode, town, country } = plain;
        Self { street, house_number, postcode, town, country }
    }
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};

    use super::{Address, PartyDetails, PartyDetailsError, Sex};
    use crate::birth::{BirthDate, BirthError};
    use crate::bsn::Bsn;
    use crate::name::{NameParts, PersonName};
    use crate::personal::Personal;

    fn samira() -> PartyDetails {
        PartyDetails {
            bsn: Some(Bsn::parse("999991103").unwrap()),
            unusable_bsn: None,
            name: PersonName::parse(&NameParts {
                surname: Some("Amrani"),
                prefix: Some("El"),
                given_names: Some("Samira"),
                ..NameParts::default()
            })
            .unwrap(),
            birth: BirthDate::parse("1990-03-14").unwrap(),
            birth_place: Some(Personal::new("Nador".to_owned())),
            sex: Some(Sex::Female),
            address: Some(Personal::new(Address { town: Some("Rotterdam".to_owned()), ..Address::default() })),
        }
    }

    fn changed(from: &str, to: &str) -> Vec<u8> {
        let text = String::from_utf8(samira().to_plaintext()).unwrap();
        assert!(text.contains(from), "{from}");
        text.replace(from, to).into_bytes()
    }

    #[test]
    fn details_round_trip() {
        for details in [samira(), PartyDetails::default()] {
            assert_eq!(PartyDetails::from_plaintext(&details.to_plaintext()), Ok(details));
        }
    }

    #[test]
    fn a_frozen_plaintext_of_version_1_is_read() {
        let frozen = r#"{"v":1,"bsn":"999991103","unusable_bsn":null,
            "name":{"surname":"Amrani","prefix":"El","partner_surname":null,"partner_prefix":null,"given_names":"Samira",
            "initials":null},"birth":"1990-03-14","birth_place":"Nador","sex":"female",
            "address":{"street":null,"house_number":null,"postcode":null,"town":"Rotterdam","country":null}}"#;
        assert_eq!(PartyDetails::from_plaintext(frozen.as_bytes()), Ok(samira()));
    }

    #[test]
    fn a_changed_plaintext_is_refused_by_part() {
        for (from, to, error) in [
            (r#""v":1"#, r#""v":2"#, PartyDetailsError::Version { found: 2 }),
            (r#""v":1"#, r#""w":1"#, PartyDetailsError::Malformed),
            (r#""v":1"#, r#""v":1,"religion":"x""#, PartyDetailsError::Malformed),
            (r#""Samira""#, "7", PartyDetailsError::Malformed),
            ("1990-03-14", "1990-02-30", PartyDetailsError::Birth(BirthError::Calendar)),
            ("female", "vrouw", PartyDetailsError::Sex),
        ] {
            assert_eq!(PartyDetails::from_plaintext(&changed(from, to)), Err(error), "{to}");
        }
        let error = PartyDetails::from_plaintext(&changed("Samira", r"Sam\u0000ira")).unwrap_err();
        assert_eq!(error.code(), "party-details.name");
        assert!(!format!("{error} {error:?}").contains("Sam"));
    }

    #[test]
    fn a_number_refused_since_it_was_sealed_becomes_unusable() {
        let details = PartyDetails::from_plaintext(&changed("999991103", "111222333")).unwrap();
        assert_eq!(details.bsn, None);
        assert_eq!(details.unusable_bsn, Some(Personal::new("111222333".to_owned())));
    }

    #[test]
    fn debug_is_redacted() {
        let details = samira();
        assert_eq!(format!("{details:?}"), "PartyDetails([personal])");
        assert_eq!(format!("{:?}", Address::default()), "Address([personal])");
    }

    fn text() -> impl Strategy<Value = Option<String>> {
        option::of(any::<String>())
    }

    fn name() -> impl Strategy<Value = PersonName> {
        let part = || option::of("[A-Za-zÀ-ž' -]{0,20}");
        (part(), part(), part(), part(), part(), part()).prop_map(
            |(own, prefix, partner, partner_prefix, given, initials)| {
                PersonName::parse(&NameParts {
                    surname: own.as_deref(),
                    prefix: prefix.as_deref(),
                    partner_surname: partner.as_deref(),
                    partner_prefix: partner_prefix.as_deref(),
                    given_names: given.as_deref(),
                    initials: initials.as_deref(),
                })
                .unwrap()
            },
        )
    }

    fn details() -> impl Strategy<Value = PartyDetails> {
        let bsn = prop_oneof![Just(None), Just(Bsn::parse("999991103").ok()), Just(Bsn::parse("999990342").ok())];
        let birth = prop_oneof!["19[0-9]{2}-0[1-9]-[12][0-8]", "19[0-9]{2}-0[1-9]", "19[0-9]{2}", Just(String::new())];
        let sex = option::of(prop_oneof![Just(Sex::Female), Just(Sex::Male), Just(Sex::Other)]);
        let address =
            (text(), text(), text(), text(), text()).prop_map(|(street, house_number, postcode, town, country)| {
                Personal::new(Address { street, house_number, postcode, town, country })
            });
        (bsn, text(), name(), birth, text(), sex, option::of(address)).prop_map(
            |(bsn, unusable_bsn, name, birth, birth_place, sex, address)| PartyDetails {
                bsn,
                unusable_bsn: unusable_bsn.map(Personal::new),
                name,
                birth: BirthDate::parse(&birth).unwrap(),
                birth_place: birth_place.map(Personal::new),
                sex,
                address,
            },
        )
    }

    proptest! {
        #[test]
        fn any_details_round_trip(details in details()) {
            prop_assert_eq!(PartyDetails::from_plaintext(&details.to_plaintext()), Ok(details));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(PartyDetails::from_plaintext(&bytes), Err(PartyDetailsError::Malformed));
        }
    }
}
