//! Records of parties as courts write them, and a model for them.

use std::sync::OnceLock;

use caseload::{Caseload, PartyRecord};
use matching::candidates::Candidates;
use matching::field::Kind;
use matching::keys::Plan;
use matching::model::Model;
use matching::register::{Entry, Register, citizen_number, joined, sex};
use matching::schema::{Comparison, Schema};
use matching::train::train;

/// The fields, in the order in which [`Party::entry`] writes them.
const FIELDS: [(&str, Kind, bool); 9] = [
    ("given", Kind::Given, false),
    ("surname", Kind::Surname, false),
    ("birth_date", Kind::Birth, false),
    ("address", Kind::Address, false),
    ("bsn", Kind::Numbers, true),
    ("skn", Kind::Numbers, false),
    ("v_number", Kind::Numbers, false),
    ("birth_place", Kind::Text, false),
    ("sex", Kind::Category, false),
];

/// The fields of a party, as a schema.
pub fn schema() -> Schema {
    let one = |(name, kind, unique): (&str, Kind, bool)| Comparison { name: name.into(), kind, unique };
    Schema::new(FIELDS.map(one).to_vec()).unwrap()
}

/// A party of a case. What is not known is empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub id: String,
    pub source: String,
    pub case: String,
    pub again: bool,
    pub given: String,
    pub initials: String,
    /// Prefix and surname, then the partner's; or further such pairs.
    pub surnames: Vec<(String, String)>,
    pub birth: String,
    /// Street, house number, postcode, town.
    pub address: [String; 4],
    pub bsn: String,
    pub skn: String,
    pub v_number: String,
    pub birth_place: String,
    pub sex: String,
}

/// Somebody of this name and birth date.
pub fn party(given: &str, surname: &str, birth: &str) -> Party {
    let surnames = vec![(String::new(), surname.into())];
    Party { given: given.into(), surnames, birth: birth.into(), ..Party::default() }
}

impl Party {
    pub fn named(self, prefix: &str, surname: &str) -> Self {
        Self { surnames: vec![(prefix.into(), surname.into())], ..self }
    }
    pub fn partner(mut self, prefix: &str, surname: &str) -> Self {
        self.surnames.push((prefix.into(), surname.into()));
        self
    }
    pub fn initials(self, initials: &str) -> Self {
        Self { initials: initials.into(), ..self }
    }
    pub fn at(self, street: &str, number: &str, postcode: &str, town: &str) -> Self {
        Self { address: [street, number, postcode, town].map(Into::into), ..self }
    }
    pub fn bsn(self, bsn: &str) -> Self {
        Self { bsn: bsn.into(), ..self }
    }
    pub fn skn(self, skn: &str) -> Self {
        Self { skn: skn.into(), ..self }
    }
    pub fn v_number(self, v_number: &str) -> Self {
        Self { v_number: v_number.into(), ..self }
    }
    pub fn born_in(self, place: &str) -> Self {
        Self { birth_place: place.into(), ..self }
    }
    pub fn sex(self, sex: &str) -> Self {
        Self { sex: sex.into(), ..self }
    }
    pub fn case(self, case: &str) -> Self {
        Self { case: case.into(), ..self }
    }
    pub fn id(self, id: &str) -> Self {
        Self { id: id.into(), ..self }
    }

    /// The record as the engine takes it.
    pub fn entry(&self) -> Entry {
        let surnames: Vec<&str> = self.surnames.iter().flat_map(|(prefix, name)| [&prefix[..], name]).collect();
        let address = self.address.each_ref().map(|part| &part[..]);
        Entry {
            id: self.id.as_str().into(),
            source: self.source.as_str().into(),
            case: self.case.as_str().into(),
            again: self.again,
            fields: vec![
                joined(&[&self.given, &self.initials]),
                joined(&surnames),
                self.birth.as_str().into(),
                joined(&address),
                citizen_number(&self.bsn),
                self.skn.as_str().into(),
                self.v_number.as_str().into(),
                self.birth_place.as_str().into(),
                sex(&self.sex).into(),
            ],
        }
    }
}

impl From<&PartyRecord> for Party {
    fn from(record: &PartyRecord) -> Self {
        let mut surnames = vec![(record.prefix.clone(), record.surname.clone())];
        if !record.partner_surname.is_empty() {
            surnames.push((record.partner_prefix.clone(), record.partner_surname.clone()));
        }
        // A kind of file that has one text for the whole name has the surname last.
        let mut given = record.given_names.clone();
        if given.is_empty() && record.surname.is_empty() && !record.full_name.is_empty() {
            let (front, back) = match record.full_name.split_once(", ") {
                Some((back, front)) => (front, back),
                None => record.full_name.rsplit_once(' ').unwrap_or(("", &record.full_name)),
            };
            given = front.into();
            surnames = vec![(String::new(), back.into())];
        }
        Self {
            id: record.record_id.clone(),
            source: record.source.into(),
            case: record.case_id.clone(),
            again: false,
            given,
            initials: record.initials.clone(),
            surnames,
            birth: record.birth_date.clone(),
            address: [&record.street, &record.house_number, &record.postcode, &record.town].map(Clone::clone),
            bsn: record.bsn.clone(),
            skn: record.skn.clone(),
            v_number: record.v_number.clone(),
            birth_place: record.birth_place.clone(),
            sex: record.sex.into(),
        }
    }
}

/// The parties of the first families of a caseload whose roles may lead from case to case, each with who it is.
pub fn caseload(seed: u64, records: usize) -> Vec<(Party, String)> {
    let of = |family: caseload::Family| {
        family.linkable().map(|record| (Party::from(record), record.person_id.clone())).collect::<Vec<_>>()
    };
    Caseload::new(seed).families().flat_map(of).take(records).collect()
}

/// A register of these parties, in order.
pub fn register(parties: &[Party]) -> Register {
    let mut register = Register::new(schema());
    register.add(&parties.iter().map(Party::entry).collect::<Vec<_>>().iter().collect());
    register.sort().unwrap();
    register
}

/// A shelter's address, which parties of many families have where the model learnt.
pub const SHELTER: [&str; 4] = ["Beschutweg", "40", "1357BX", "Amsterdam"];

/// A model that learnt on an invented caseload of three thousand records. What is decided by it on a small register is
/// decided on all pairs.
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let mut parties: Vec<Party> = caseload(20_231, 3_000).into_iter().map(|(party, _)| party).collect();
        parties.iter_mut().step_by(60).for_each(|party| party.address = SHELTER.map(Into::into));
        let mut register = register(&parties);
        let plan = Plan::of(&register, 100);
        let candidates = Candidates::of(&register, &plan, false);
        let mut model = train(&mut register, plan, &candidates, &[]);
        model.plan.exhaustive = 1_000;
        model
    })
}
