//! What courts tell of parties, and what stewards rule.

use std::collections::BTreeSet;

use caseload::draws::{Draws, Purpose};
use caseload::{Caseload, PartyRecord};
use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::fact::linker::Member;
use domain::ids::{CaseId, Pair, PartyId};
use domain::name::{NameParts, PersonName};
use domain::party::{Address, PartyDetails, Sex};
use domain::personal::Personal;
use domain::role::Role;
use domain::skn::Skn;
use domain::v_number::VNumber;

/// Something that somebody says.
#[derive(Clone)]
pub enum Said {
    /// A court adds a party, or says who it is by now.
    Party { member: Member, roles: BTreeSet<Role>, details: Box<PartyDetails>, version: u64, added: bool },
    /// A steward rules.
    Ruled { pair: Pair<PartyId>, same: bool },
}

/// All that is said.
#[derive(Clone, Default)]
pub struct Story {
    pub said: Vec<Said>,
}

impl Story {
    /// Some families of a caseload, with corrections, two deliveries of some, and a few rulings.
    pub fn of(seed: u64) -> Self {
        let mut numbers = Draws::new(seed, 0, Purpose::Whole);
        let records: Vec<PartyRecord> = Caseload::new(1_000 + seed)
            .families()
            .flat_map(|family| family.linkable().cloned().collect::<Vec<_>>())
            .take(6 + numbers.below(8))
            .collect();
        let mut story = Self::default();
        for record in &records {
            let wrong = &records[numbers.below(records.len())];
            if numbers.below(4) == 0 {
                // First told under somebody else's name or number.
                story.party(record, wrong, 1, true);
                story.party(record, record, 2, false);
            } else {
                story.party(record, record, 1, true);
            }
        }
        for _ in 0..numbers.below(4) {
            let (a, b) = (&records[numbers.below(records.len())], &records[numbers.below(records.len())]);
            let pair = Pair::of(member(a).party, member(b).party);
            let known = story.said.iter().any(|said| matches!(said, Said::Ruled { pair: other, .. } if *other == pair));
            if pair.a != pair.b && !known {
                story.said.push(Said::Ruled { pair, same: numbers.below(2) == 0 });
            }
        }
        story
    }

    fn party(&mut self, record: &PartyRecord, as_of: &PartyRecord, version: u64, added: bool) {
        let roles = record.role.split('+').map(|role| Role::parse(role).unwrap()).collect();
        let details = Box::new(details(as_of));
        self.said.push(Said::Party { member: member(record), roles, details, version, added });
    }

    /// Two records of one person who lives at a door, known by initials and with no number, and others of so many surnames in all.
    pub fn of_a_door(surnames: usize) -> Self {
        let mut story = Self::default();
        story.lives("Eerste", "Anna", "a", 1, true);
        story.lives("Eerste", "Anna", "b", 1, true);
        for other in ["Tweede", "Derde", "Vierde", "Vijfde"].iter().take(surnames - 1) {
            story.lives(other, "Bas", "c", 1, true);
        }
        story
    }

    pub fn is_known_elsewhere(&mut self, surname: &str, given: &str) {
        self.lives(surname, given, "z", 1, false);
    }

    pub fn comes_to_live(&mut self, surname: &str) {
        self.lives(surname, "Bas", "c", 1, true);
    }

    pub fn moves_away(&mut self, surname: &str) {
        self.lives(surname, "Bas", "c", 2, false);
    }

    fn lives(&mut self, surname: &str, given: &str, case: &str, version: u64, there: bool) {
        let number = if there { "12" } else { "99" };
        let parts = NameParts { surname: Some(surname), given_names: Some(given), ..NameParts::default() };
        let address = Address {
            street: Some("Verzonnenlaan".to_owned()),
            house_number: Some(number.to_owned()),
            postcode: Some("3099 ZZ".to_owned()),
            town: Some("Denkbeeldstad".to_owned()),
            country: None,
        };
        let details = PartyDetails {
            name: PersonName::parse(&parts).unwrap(),
            birth: BirthDate::parse("1990").unwrap(),
            address: Some(Personal::new(address)),
            ..PartyDetails::default()
        };
        let case = format!("{case}-{surname}");
        self.said.push(Said::Party {
            member: Member { party: PartyId::derived(&[&case, surname]), case: CaseId::derived(&[&case]) },
            roles: [Role::parse("minor").unwrap()].into(),
            details: Box::new(details),
            version,
            added: version == 1,
        });
    }
}

fn member(record: &PartyRecord) -> Member {
    Member { party: PartyId::derived(&[&record.record_id]), case: CaseId::derived(&[&record.case_id]) }
}

/// What a court would have registered: a value that is none is left out.
fn details(record: &PartyRecord) -> PartyDetails {
    let some = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
    let text = |text: &str| some(text).map(Personal::new);
    let parts = NameParts {
        surname: Some(&record.surname),
        prefix: Some(&record.prefix),
        partner_surname: Some(&record.partner_surname),
        partner_prefix: Some(&record.partner_prefix),
        given_names: Some(&record.given_names),
        initials: Some(&record.initials),
    };
    let address = Address {
        street: some(&record.street),
        house_number: some(&record.house_number),
        postcode: some(&record.postcode),
        town: some(&record.town),
        country: None,
    };
    PartyDetails {
        bsn: Bsn::parse(&record.bsn).ok(),
        skn: Skn::parse(&record.skn).ok(),
        v_number: VNumber::parse(&record.v_number).ok(),
        name: PersonName::parse(&parts).unwrap_or_default(),
        birth: BirthDate::parse(&record.birth_date).ok().flatten(),
        birth_place: text(&record.birth_place),
        sex: Sex::from_code(record.sex),
        address: Some(Personal::new(address)),
        ..PartyDetails::default()
    }
}
