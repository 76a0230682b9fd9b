//! Who is in a case, as what.

use domain::fact::intake::Reason;
use domain::jurisdiction::Jurisdiction;
use domain::name::{NameParts, PersonName};
use domain::party::{Address, PartyDetails, Sex};
use domain::personal::Personal;
use domain::role::{Capacity, Role};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{At, Draft, Event};
use crate::fault::fault;
use crate::value::{BirthField, BsnField, Is, NamePart, NamePrefix, OpaqueId, Plain};

/// A party joined a case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PartyAdded {
    party_id: Is<OpaqueId>,
    /// The roles the party has; several are kept side by side.
    #[schemars(length(min = 1, max = 500))]
    roles: Vec<Is<Role>>,
    capacity: Option<Is<Capacity>>,
    person: Person,
}

impl Event for PartyAdded {
    const NAME: &'static str = "party-added";

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        Ok(Draft::Party {
            party: at.party(&self.party_id),
            roles: self.roles.into_iter().map(|role| role.0).collect(),
            capacity: self.capacity.map(|capacity| capacity.0),
            details: Box::new(self.person.details()?),
        })
    }

    fn example(of: Jurisdiction) -> Value {
        let role = if of == Jurisdiction::Criminal { "suspect" } else { "petitioner" };
        json!({ "partyId": "p1", "roles": [role], "capacity": "father", "person": person_example() })
    }
}

/// What is known of a party changed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PartyDetailsChanged {
    party_id: Is<OpaqueId>,
    /// Everything that is known now; replaces what was known before.
    person: Person,
}

impl Event for PartyDetailsChanged {
    const NAME: &'static str = "party-details-changed";

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        Ok(Draft::Details { party: at.party(&self.party_id), details: Box::new(self.person.details()?) })
    }

    fn example(_: Jurisdiction) -> Value {
        json!({ "partyId": "p1", "person": person_example() })
    }
}

fn person_example() -> Value {
    json!({
        "bsn": "999991103", "surname": "Berg", "prefix": "van den", "givenNames": "Pieter", "initials": "P.",
        "birthDate": "1987-11-02", "birthPlace": "Rotterdam", "sex": "male",
        "address": { "street": "Voorbeeldstraat", "houseNumber": "1", "postcode": "3011 AA", "town": "Rotterdam" },
    })
}

/// Who somebody is, as the source knows it; leave out what is not known. It is sealed on arrival.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Person {
    bsn: Option<Is<BsnField>>,
    surname: Option<Is<NamePart>>,
    prefix: Option<Is<NamePrefix>>,
    partner_surname: Option<Is<NamePart>>,
    partner_prefix: Option<Is<NamePrefix>>,
    given_names: Option<Is<NamePart>>,
    initials: Option<Is<NamePart>>,
    birth_date: Option<Is<BirthField>>,
    birth_place: Option<Is<Plain>>,
    sex: Option<Is<Sex>>,
    /// Serves comparison alone; it is never shown to anybody.
    address: Option<AddressLines>,
}

/// An address as the source wrote it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AddressLines {
    street: Option<Is<Plain>>,
    house_number: Option<Is<Plain>>,
    postcode: Option<Is<Plain>>,
    town: Option<Is<Plain>>,
    country: Option<Is<Plain>>,
}

impl Person {
    fn details(self) -> Result<PartyDetails, Vec<Reason>> {
        fn part(part: Option<&Is<NamePart>>) -> Option<&str> {
            part.map(|part| part.0.0.as_str())
        }
        fn prefix(part: Option<&Is<NamePrefix>>) -> Option<&str> {
            part.map(|part| part.0.0.as_str())
        }
        let name = PersonName::parse(&NameParts {
            surname: part(self.surname.as_ref()),
            prefix: prefix(self.prefix.as_ref()),
            partner_surname: part(self.partner_surname.as_ref()),
            partner_prefix: prefix(self.partner_prefix.as_ref()),
            given_names: part(self.given_names.as_ref()),
            initials: part(self.initials.as_ref()),
        })
        .map_err(|errors| -> Vec<Reason> {
            errors.iter().map(|error| fault(error.code(), error).at("/person")).collect()
        })?;
        let (bsn, unusable_bsn) = match self.bsn.map(|bsn| bsn.0) {
            None => (None, None),
            Some(BsnField::Number(bsn)) => (Some(bsn), None),
            Some(BsnField::Placeholder(written)) => (None, Some(written)),
        };
        Ok(PartyDetails {
            bsn,
            unusable_bsn,
            name,
            birth: self.birth_date.and_then(|birth| birth.0.0),
            birth_place: self.birth_place.map(|place| Personal::new(place.0.0)),
            sex: self.sex.map(|sex| sex.0),
            address: self.address.map(|address| Personal::new(address.into())),
        })
    }
}

impl From<AddressLines> for Address {
    fn from(lines: AddressLines) -> Self {
        let plain = |line: Option<Is<Plain>>| line.map(|line| line.0.0);
        Self {
            street: plain(lines.street),
            house_number: plain(lines.house_number),
            postcode: plain(lines.postcode),
            town: plain(lines.town),
            country: plain(lines.country),
        }
    }
}
