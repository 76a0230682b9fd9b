//! A party record as the engine takes it: what its court said about one person, field by field.

use std::fmt;

use domain::birth::BirthDate;
use domain::fact::linker::Member;
use domain::name::PersonName;
use domain::party::{Address, PartyDetails};
use domain::personal::Personal;
use jiff::Timestamp;

use crate::normalise;
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
        // A surname under which the person is known as well, of birth or of a former marriage, may stand elsewhere. Of an alias with
        // other given names it may not: given name and surname would make up a name that nobody ever had.
        let further = details.aliases.iter().filter(|alias| has_given_names_of(alias, name));
        let surnames: Vec<String> = [name]
            .into_iter()
            .chain(further)
            .flat_map(|one| [&one.prefix, &one.surname, &one.partner_prefix, &one.partner_surname].map(text))
            .collect();
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

/// Whether an alias has no given names but those of the person, or none at all.
fn has_given_names_of(alias: &PersonName, name: &PersonName) -> bool {
    let of = |name: &PersonName| {
        let parts = name.parts();
        let given = normalise::given(parts.given_names, parts.initials);
        (parts.given_names.map(normalise::given_names).unwrap_or_default(), given.initials)
    };
    let ((aliased, initials), (names, own)) = (of(alias), of(name));
    aliased.is_subset(&names) && initials.iter().all(|initial| own.contains(initial))
}
