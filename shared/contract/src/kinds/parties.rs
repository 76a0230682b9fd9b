//! Who is in a case, as what.

use domain::bsn::Bsn;
use domain::fact::intake::Reason;
use domain::jurisdiction::Jurisdiction;
use domain::name::{NameParts, NameUse, PersonName};
use domain::organisation::{Establishment, Kvk, Organisation, Rsin};
use domain::party::{Address, Checked, PartyDetails, Sex};
use domain::personal::Personal;
use domain::role::{Capacity, Role};
use domain::skn::Skn;
use domain::v_number::VNumber;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Draft, EVERYWHERE, event, fact};
use crate::fault::fault as wrong;
use crate::value::{BirthField, HouseNumberField, Is, NamePart, NamePrefix, Noted, OpaqueId, Plain};

/// A role that a party may have in a jurisdiction, for examples.
fn role_example(of: Jurisdiction) -> &'static str {
    match of {
        Jurisdiction::Family | Jurisdiction::Youth => "petitioner",
        Jurisdiction::Criminal => "suspect",
        Jurisdiction::Huisverbod => "removed-person",
        Jurisdiction::CivilBan => "plaintiff",
    }
}

event! {
    /// A party joined a case.
    PartyAdded = "party-added" in EVERYWHERE;
    {
        party_id: Is<OpaqueId>,
        /// The roles the party has; several are kept side by side.
        #[schemars(length(min = 1, max = 500))]
        roles: Vec<Is<Role>>,
        capacity: Option<Is<Capacity>>,
        person: Option<Person>,
        /// Instead of `person`, where the party is no human being.
        organisation: Option<OrganisationLines>,
    }
    event, at => Ok(Draft::Party {
        party: at.party(&event.party_id),
        roles: event.roles.into_iter().map(|role| role.0).collect(),
        capacity: event.capacity.map(|capacity| capacity.0),
        details: Box::new(who(event.person, event.organisation)?),
    });
    of => json!({ "partyId": "p1", "roles": [role_example(of)], "capacity": "father", "person": person_example() });
}

event! {
    /// What is known of a party changed.
    PartyDetailsChanged = "party-details-changed" in EVERYWHERE;
    {
        party_id: Is<OpaqueId>,
        /// Everything that is known now; replaces what was known before.
        person: Option<Person>,
        /// Instead of `person`, where the party is no human being.
        organisation: Option<OrganisationLines>,
    }
    event, at => Ok(Draft::Details {
        party: at.party(&event.party_id),
        details: Box::new(who(event.person, event.organisation)?),
    });
    _of => json!({ "partyId": "p1", "person": person_example() });
}

event! {
    /// A party no longer has these roles.
    PartyRolesEnded = "party-roles-ended" in EVERYWHERE;
    {
        party_id: Is<OpaqueId>,
        /// The roles that ended.
        #[schemars(length(min = 1, max = 500))]
        roles: Vec<Is<Role>>,
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, parties::PartyRolesEnded {
        party: at.party(&event.party_id),
        roles: event.roles.into_iter().map(|role| role.0).collect(),
        on: event.on.0,
    });
    of => json!({ "partyId": "p1", "roles": [role_example(of)], "on": "2026-11-02" });
}

event! {
    /// A party was registered in error, and is removed from the case.
    PartyRemoved = "party-removed" in EVERYWHERE;
    {
        party_id: Is<OpaqueId>,
    }
    event, at => fact!(at, parties::PartyRemoved { party: at.party(&event.party_id) });
    _of => json!({ "partyId": "p1" });
}

event! {
    /// A party, or its address, is shielded from the other parties, or no longer.
    ShieldingChanged = "shielding-changed" in EVERYWHERE;
    {
        party_id: Is<OpaqueId>,
        /// Whether its address is shielded.
        address: bool,
        /// Whether who it is is shielded.
        person: bool,
    }
    event, at => fact!(at, parties::ShieldingChanged {
        party: at.party(&event.party_id),
        address: event.address,
        person: event.person,
    });
    _of => json!({ "partyId": "p2", "address": true, "person": false });
}

/// Who a party is: a person, or an organisation.
fn who(person: Option<Person>, organisation: Option<OrganisationLines>) -> Result<PartyDetails, Vec<Reason>> {
    match (person, organisation) {
        (Some(person), None) => person.details(),
        (None, Some(organisation)) => {
            Ok(PartyDetails { organisation: Some(organisation.into()), ..PartyDetails::default() })
        }
        _ => Err(vec![wrong("party.who", &"say who the party is: either person, or organisation").at("")]),
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
    bsn: Option<Is<Noted<Bsn>>>,
    skn: Option<Is<Noted<Skn>>>,
    v_number: Option<Is<Noted<VNumber>>>,
    surname: Option<Is<NamePart>>,
    prefix: Option<Is<NamePrefix>>,
    partner_surname: Option<Is<NamePart>>,
    partner_prefix: Option<Is<NamePrefix>>,
    given_names: Option<Is<NamePart>>,
    initials: Option<Is<NamePart>>,
    name_use: Option<Is<NameUse>>,
    /// A title or predicate of nobility (adellijke titel, predicaat). It is read and not kept: it serves no comparison.
    #[expect(dead_code, reason = "taken, so that a record of the population register fits, and of no use here")]
    noble_title: Option<Is<NamePart>>,
    /// Other names under which the person is known.
    #[serde(default)]
    #[schemars(length(max = 50))]
    aliases: Vec<Alias>,
    birth_date: Option<Is<BirthField>>,
    /// The date of death, where the person died; written as a date of birth is.
    deceased_on: Option<Is<BirthField>>,
    /// A child that is expected and not yet born; `birthDate` is then the day on which it is expected.
    #[serde(default)]
    unborn: bool,
    birth_place: Option<Is<Plain>>,
    sex: Option<Is<Sex>>,
    /// Serves comparison alone; it is never shown to anybody.
    address: Option<AddressLines>,
}

/// Another name of a person.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Alias {
    surname: Option<Is<NamePart>>,
    prefix: Option<Is<NamePrefix>>,
    given_names: Option<Is<NamePart>>,
    initials: Option<Is<NamePart>>,
}

/// An address as the source wrote it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AddressLines {
    street: Option<Is<Plain>>,
    house_number: Option<Is<HouseNumberField>>,
    postcode: Option<Is<Plain>>,
    town: Option<Is<Plain>>,
    country: Option<Is<Plain>>,
}

/// An organisation; it never links one case with another.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OrganisationLines {
    name: Option<Is<Plain>>,
    kvk: Option<Is<Kvk>>,
    establishment: Option<Is<Establishment>>,
    rsin: Option<Is<Rsin>>,
}

impl From<OrganisationLines> for Organisation {
    fn from(lines: OrganisationLines) -> Self {
        Self {
            name: lines.name.and_then(|name| name.0.known()),
            kvk: lines.kvk.map(|number| number.0),
            establishment: lines.establishment.map(|number| number.0),
            rsin: lines.rsin.map(|number| number.0),
        }
    }
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
            errors.iter().map(|error| wrong(error.code(), error).at("/person")).collect()
        })?;
        let aliases = self.aliases.iter().map(|alias| {
            PersonName::parse(&NameParts {
                surname: part(alias.surname.as_ref()),
                prefix: prefix(alias.prefix.as_ref()),
                given_names: part(alias.given_names.as_ref()),
                initials: part(alias.initials.as_ref()),
                ..NameParts::default()
            })
        });
        let aliases = aliases.collect::<Result<Vec<_>, _>>().map_err(|errors| -> Vec<Reason> {
            errors.iter().map(|error| wrong(error.code(), error).at("/person/aliases")).collect()
        })?;
        let (bsn, no_bsn) = self.bsn.map_or((None, None), |number| number.0.part());
        let (skn, no_skn) = self.skn.map_or((None, None), |number| number.0.part());
        let (v_number, no_v_number) = self.v_number.map_or((None, None), |number| number.0.part());
        let unusable = [(Checked::Bsn, no_bsn), (Checked::Skn, no_skn), (Checked::VNumber, no_v_number)];
        Ok(PartyDetails {
            bsn,
            unusable: unusable.into_iter().filter_map(|(field, written)| Some((field, written?))).collect(),
            skn,
            v_number,
            organisation: None,
            name,
            name_use: self.name_use.map(|used| used.0),
            aliases,
            deceased: self.deceased_on.and_then(|on| on.0.0),
            unborn: self.unborn,
            birth: self.birth_date.and_then(|birth| birth.0.0),
            birth_place: self.birth_place.and_then(|place| place.0.known()).map(Personal::new),
            sex: self.sex.map(|sex| sex.0),
            address: self.address.map(|address| Personal::new(address.into())),
        })
    }
}

impl From<AddressLines> for Address {
    fn from(lines: AddressLines) -> Self {
        let plain = |line: Option<Is<Plain>>| line.and_then(|line| line.0.known());
        Self {
            street: plain(lines.street),
            house_number: lines.house_number.and_then(|number| number.0.0.known()),
            postcode: plain(lines.postcode),
            town: plain(lines.town),
            country: plain(lines.country),
        }
    }
}
