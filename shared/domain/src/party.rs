//! What a source says about one person in one proceeding: the personal part of a party.
//!
//! Invariants: [`PartyDetails`] has no `Serialize`; it leaves memory only through [`PartyDetails::to_plaintext`], whose bytes
//! are sealed before they are stored or sent. Nothing of it is printed. What stood in the field of an identifier or a date and
//! is none is kept as written, apart from the valid ones, so that nobody is matched by it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};
use thiserror::Error;

use crate::birth::{BirthDate, BirthError};
use crate::bsn::Bsn;
use crate::house_number::HouseNumber;
use crate::name::{NameError, NameParts, NameUse, PersonName};
use crate::organisation::{Establishment, Kvk, Organisation, Rsin};
use crate::personal::Personal;
use crate::postcode::Postcode;
use crate::skn::Skn;
use crate::v_number::VNumber;

/// The version of the plaintext that is written. Version 1 had neither other numbers, nor aliases, nor what became of a
/// person; versions 1 and 2 kept no unusable value but that of the citizen service number, and knew no organisations. They
/// are still read.
const VERSION: u64 = 3;

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

impl Address {
    /// The Dutch postal code, where what was written is one.
    pub fn dutch_postcode(&self) -> Option<Postcode> {
        self.postcode.as_deref().and_then(Postcode::read)
    }

    /// The house number in its parts, where what was written is one.
    pub fn house(&self) -> Option<HouseNumber> {
        self.house_number.as_deref().and_then(HouseNumber::read)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address([personal])")
    }
}

/// A field whose value may turn out to be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Checked {
    /// The citizen service number.
    Bsn,
    /// The number in the criminal chain.
    Skn,
    /// The number of a foreign national.
    VNumber,
    /// The date of birth.
    Birth,
    /// The date of death.
    Deceased,
}

impl Checked {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Bsn, Self::Skn, Self::VNumber, Self::Birth, Self::Deceased];

    /// The code in the plaintext.
    const fn code(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::Skn => "skn",
            Self::VNumber => "v_number",
            Self::Birth => "birth",
            Self::Deceased => "deceased",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Everything a source says about one person, or the organisation that it is about instead; all of it may be missing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PartyDetails {
    /// The valid citizen service number.
    pub bsn: Option<Bsn>,
    /// What stood in a field and is no such value: kept as written for a data steward, never matched.
    pub unusable: BTreeMap<Checked, Personal<String>>,
    /// The number in the criminal chain.
    pub skn: Option<Skn>,
    /// The number of a foreign national.
    pub v_number: Option<VNumber>,
    /// The name.
    pub name: PersonName,
    /// Which surname the person uses.
    pub name_use: Option<NameUse>,
    /// Other names under which the person is known.
    pub aliases: Vec<PersonName>,
    /// The date of birth.
    pub birth: Option<BirthDate>,
    /// The place of birth as written.
    pub birth_place: Option<Personal<String>>,
    /// The registered sex.
    pub sex: Option<Sex>,
    /// The address.
    pub address: Option<Personal<Address>>,
    /// The date of death, where the person died.
    pub deceased: Option<BirthDate>,
    /// A child that is expected and not yet born (BW 1:2); its date of birth is the day on which it is expected.
    pub unborn: bool,
    /// The party is no person but this organisation; everything else is then missing.
    pub organisation: Option<Organisation>,
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
    /// A number or a code is refused.
    #[error("a number or a code in the details of a party is refused: correct it at the source")]
    Code,
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
            Self::Code => "party-details.code",
            Self::Sex => "party-details.sex",
        }
    }
}

/// The version of a plaintext, read before anything else.
#[derive(Deserialize)]
struct Version {
    v: u64,
}

/// The plaintext of every version; what earlier ones did not have may be missing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plaintext {
    #[serde(rename = "v")]
    _version: u64,
    bsn: Option<String>,
    /// Of versions 1 and 2.
    #[serde(default)]
    unusable_bsn: Option<String>,
    #[serde(default)]
    unusable: BTreeMap<String, String>,
    #[serde(default)]
    skn: Option<String>,
    #[serde(default)]
    v_number: Option<String>,
    name: NamePlaintext,
    #[serde(default)]
    name_use: Option<String>,
    #[serde(default)]
    aliases: Vec<NamePlaintext>,
    birth: Option<String>,
    birth_place: Option<String>,
    sex: Option<String>,
    address: Option<AddressPlaintext>,
    #[serde(default)]
    deceased: Option<String>,
    #[serde(default)]
    unborn: bool,
    #[serde(default)]
    organisation: Option<OrganisationPlaintext>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationPlaintext {
    name: Option<String>,
    kvk: Option<String>,
    establishment: Option<String>,
    rsin: Option<String>,
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
        json!({
            "v": VERSION,
            "bsn": self.bsn.as_ref().map(Bsn::digits),
            "unusable": self
                .unusable
                .iter()
                .map(|(field, written)| (field.code().to_owned(), Value::from(written.reveal().as_str())))
                .collect::<serde_json::Map<_, _>>(),
            "skn": self.skn.as_ref().map(Skn::digits),
            "v_number": self.v_number.as_ref().map(VNumber::digits),
            "name": name_plaintext(&self.name),
            "name_use": self.name_use.map(NameUse::code),
            "aliases": self.aliases.iter().map(name_plaintext).collect::<Vec<_>>(),
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
            "deceased": self.deceased.as_ref().map(BirthDate::canonical),
            "unborn": self.unborn,
            "organisation": self.organisation.as_ref().map(|organisation| json!({
                "name": organisation.name,
                "kvk": organisation.kvk.as_ref().map(Kvk::digits),
                "establishment": organisation.establishment.as_ref().map(Establishment::digits),
                "rsin": organisation.rsin.as_ref().map(Rsin::digits),
            })),
        })
        .to_string()
        .into_bytes()
    }

    /// Reads what [`PartyDetails::to_plaintext`] wrote, checking every value again. A number that was accepted when it was
    /// sealed and is known as a placeholder since is given as unusable, so that old facts stay readable.
    pub fn from_plaintext(bytes: &[u8]) -> Result<Self, PartyDetailsError> {
        let Version { v } = serde_json::from_slice(bytes).map_err(|_| PartyDetailsError::Malformed)?;
        if !(1..=VERSION).contains(&v) {
            return Err(PartyDetailsError::Version { found: v });
        }
        let plain: Plaintext = serde_json::from_slice(bytes).map_err(|_| PartyDetailsError::Malformed)?;
        let mut unusable = BTreeMap::new();
        for (code, written) in plain.unusable {
            let field = Checked::from_code(&code).ok_or(PartyDetailsError::Code)?;
            unusable.insert(field, Personal::new(written));
        }
        let bsn = plain.bsn.as_deref().and_then(|text| Bsn::parse(text).ok());
        let refused_since = plain.bsn.filter(|_| bsn.is_none());
        if let Some(written) = plain.unusable_bsn.or(refused_since) {
            unusable.insert(Checked::Bsn, Personal::new(written));
        }
        Ok(Self {
            bsn,
            unusable,
            skn: plain.skn.map(|text| Skn::parse(&text)).transpose().map_err(|_| PartyDetailsError::Code)?,
            v_number: plain
                .v_number
                .map(|text| VNumber::parse(&text))
                .transpose()
                .map_err(|_| PartyDetailsError::Code)?,
            name: PersonName::parse(&plain.name.parts()).map_err(PartyDetailsError::Name)?,
            name_use: plain
                .name_use
                .map(|code| NameUse::from_code(&code).ok_or(PartyDetailsError::Code))
                .transpose()?,
            aliases: plain
                .aliases
                .iter()
                .map(|alias| PersonName::parse(&alias.parts()).map_err(PartyDetailsError::Name))
                .collect::<Result<_, _>>()?,
            birth: date(plain.birth.as_deref())?,
            birth_place: plain.birth_place.map(Personal::new),
            sex: match plain.sex {
                None => None,
                Some(code) => Some(Sex::from_code(&code).ok_or(PartyDetailsError::Sex)?),
            },
            address: plain.address.map(|address| Personal::new(address.into())),
            deceased: date(plain.deceased.as_deref())?,
            unborn: plain.unborn,
            organisation: plain.organisation.map(Organisation::try_from).transpose()?,
        })
    }
}

fn name_plaintext(name: &PersonName) -> Value {
    let name = name.parts();
    json!({
        "surname": name.surname,
        "prefix": name.prefix,
        "partner_surname": name.partner_surname,
        "partner_prefix": name.partner_prefix,
        "given_names": name.given_names,
        "initials": name.initials,
    })
}

fn date(text: Option<&str>) -> Result<Option<BirthDate>, PartyDetailsError> {
    text.map_or(Ok(None), |text| BirthDate::parse(text).map_err(PartyDetailsError::Birth))
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

impl TryFrom<OrganisationPlaintext> for Organisation {
    type Error = PartyDetailsError;

    fn try_from(plain: OrganisationPlaintext) -> Result<Self, PartyDetailsError> {
        let OrganisationPlaintext { name, kvk, establishment, rsin } = plain;
        let refused = |_| PartyDetailsError::Code;
        Ok(Self {
            name,
            kvk: kvk.as_deref().map(Kvk::parse).transpose().map_err(refused)?,
            establishment: establishment.as_deref().map(Establishment::parse).transpose().map_err(refused)?,
            rsin: rsin.as_deref().map(Rsin::parse).transpose().map_err(refused)?,
        })
    }
}

impl From<AddressPlaintext> for Address {
    fn from(plain: AddressPlaintext) -> Self {
        let AddressPlaintext { street, house_number, postcode, town, country } = plain;
        Self { street, house_number, postcode, town, country }
    }
}

#[cfg(test)]
mod tests;
