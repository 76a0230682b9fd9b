//! A party record as the engine takes it: what its court said about one person, field by field.

use std::fmt;

use domain::birth::BirthDate;
use domain::fact::linker::Member;
use domain::party::{Address, PartyDetails};
use domain::personal::Personal;
use jiff::Timestamp;

use crate::register::{joined, sex};

/// A party record. Personal: prints nothing but its member.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Which record, in which case.
    pub member: Member,
    /// When its court first told of it: the oldest record gives a person its id.
    pub since: Timestamp,
    /// Whether its roles are such that it may be a second record of somebody who stands in the case already.
    pub beside: bool,
    /// In the order of [`FIELDS`].
    pub(crate) fields: [Box<str>; FIELDS.len()],
}

/// The names of the fields that are known of a party, as models name them.
pub(crate) const FIELDS: [&str; 9] =
    ["given_names", "surname", "birth_date", "address", "sex", "birth_place", "bsn", "skn", "v_number"];

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("member", &self.member).finish_non_exhaustive()
    }
}

impl Record {
    /// What is known of a party. An organisation has nothing to be compared by, nor has the birth date of a child that is
    /// expected anything to say.
    pub fn prepare(member: Member, since: Timestamp, beside: bool, details: &PartyDetails) -> Self {
        let text = |text: &Option<Personal<String>>| -> String {
            text.as_ref().map(|text| text.reveal().clone()).unwrap_or_default()
        };
        let all = |parts: &[String]| -> Box<str> {
            if parts.iter().all(String::is_empty) {
                return "".into();
            }
            joined(&parts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let name = &details.name;
        let birth = details.birth.as_ref().filter(|_| !details.unborn);
        let address = details.address.as_ref().map(|address| address.reveal().clone()).unwrap_or_default();
        let Address { street, house_number, postcode, town, .. } = address;
        let address = [street, house_number, postcode, town].map(Option::unwrap_or_default);
        let surnames = [&name.prefix, &name.surname, &name.partner_prefix, &name.partner_surname].map(text);
        let fields = [
            all(&[text(&name.given_names), text(&name.initials)]),
            all(&surnames),
            birth.map(BirthDate::canonical).unwrap_or_default().into(),
            all(&address),
            details.sex.map_or("", |known| sex(known.code())).into(),
            text(&details.birth_place).into(),
            details.bsn.as_ref().map_or("", |bsn| bsn.digits()).into(),
            details.skn.as_ref().map_or("", |skn| skn.digits()).into(),
            details.v_number.as_ref().map_or("", |number| number.digits()).into(),
        ];
        let fields = if details.organisation.is_some() { Default::default() } else { fields };
        Self { member, since, beside, fields }
    }
}
