//! How a source writes a person down: what its kind of file carries, with the errors that happen on the way.

mod address;
mod birth;
mod names;

pub(crate) use names::initials;

use domain::jurisdiction::Jurisdiction;

use crate::cases::{Case, Party, Who};
use crate::draws::{Draws, Purpose, Rate};
use crate::people::{People, Person};
use crate::professionals;
use crate::rates::{Carriage, Carried, Rates};
use crate::record::{PartyRecord, Slip, Slips};

/// How records are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    rates: Rates,
    self_reported: Rates,
    carriage: Carriage,
}

/// One record in the making.
struct Pen<'a> {
    draws: &'a mut Draws,
    rates: &'a Rates,
    carried: &'a Carried,
    people: &'a People,
    person: &'a Person,
    case: &'a Case,
    record: PartyRecord,
}

impl Entry {
    /// By rates of errors, and what each kind of file carries.
    pub fn new(rates: Rates, carriage: Carriage) -> Self {
        let self_reported = rates.self_reported();
        Self { rates, self_reported, carriage }
    }

    /// The records of a family's cases, in the order of cases and parties.
    pub(crate) fn records(&self, seed: u64, family: u64, people: &People, cases: &[Case]) -> Vec<PartyRecord> {
        let mut draws = Draws::new(seed, family, Purpose::Entry);
        let parties = cases.iter().flat_map(|case| case.parties.iter().map(move |party| (case, party)));
        parties.map(|(case, party)| self.record(seed, &mut draws, people, case, party)).collect()
    }

    fn record(&self, seed: u64, draws: &mut Draws, people: &People, case: &Case, party: &Party) -> PartyRecord {
        let blank = blank(case, party);
        let person = match party.who {
            Who::Person(place) => people.persons.get(place),
            Who::Lawyer(number) => return professionals::lawyer(seed, case.court, number, blank),
            Who::Institution(number) => return professionals::institution(number, blank),
        };
        let Some(person) = person else { return blank };
        let carried = self.carriage.of(party.side);
        let rates = if carried.self_reported { &self.self_reported } else { &self.rates };
        let mut pen = Pen { draws, rates, carried, people, person, case, record: blank };
        pen.record.person_id.clone_from(&person.id);
        pen.record.bucket = Some(person.origin);
        pen.record.twin = person.twin;
        pen.record.namesake = person.namesake;
        pen.name();
        pen.birth();
        pen.place();
        pen.sex();
        pen.address(party.side);
        pen.numbers();
        pen.record
    }
}

fn blank(case: &Case, party: &Party) -> PartyRecord {
    let case_id = case.id.to_string();
    PartyRecord {
        record_id: format!("{case_id}:{}", party.id),
        source: case.jurisdiction.as_str(),
        case_id,
        role: party.roles.join("+"),
        given_names: String::new(),
        initials: String::new(),
        prefix: String::new(),
        surname: String::new(),
        partner_prefix: String::new(),
        partner_surname: String::new(),
        full_name: String::new(),
        birth_date: String::new(),
        sex: "",
        birth_place: String::new(),
        street: String::new(),
        house_number: String::new(),
        postcode: String::new(),
        town: String::new(),
        bsn: String::new(),
        skn: String::new(),
        v_number: String::new(),
        registered_on: case.registered.to_string(),
        hidden_address: false,
        linkable: party.is_linkable(),
        person_id: String::new(),
        bucket: None,
        twin: false,
        namesake: false,
        slips: Slips::default(),
    }
}

impl Pen<'_> {
    /// Whether an error of this rate happens; noted when it does.
    fn slips(&mut self, rate: Rate, slip: Slip) -> bool {
        let happens = self.draws.chance(rate);
        if happens {
            self.record.slips.note(slip);
        }
        happens
    }

    /// A text with an error of this rate, which is noted when it can happen to it.
    fn garbled(
        &mut self,
        text: &mut String,
        rate: Rate,
        slip: Slip,
        garble: impl FnOnce(&mut Draws, &str) -> Option<String>,
    ) {
        if !text.is_empty()
            && self.draws.chance(rate)
            && let Some(other) = garble(self.draws, text)
        {
            *text = other;
            self.record.slips.note(slip);
        }
    }

    fn sex(&mut self) {
        if self.draws.chance(self.carried.sex) {
            let wrong = self.slips(self.rates.sex_wrong, Slip::SexWrong);
            self.record.sex = if self.person.female == wrong { "male" } else { "female" };
        }
    }

    fn place(&mut self) {
        if !self.draws.chance(self.carried.birth_place) || self.slips(self.rates.place_missing, Slip::PlaceMissing) {
            return;
        }
        let mut place = self.person.birth_place.first().copied().unwrap_or_default();
        let others = self.person.birth_place.get(1..).unwrap_or_default();
        if !others.is_empty() && self.slips(self.rates.place_respelled, Slip::PlaceRespelled) {
            place = self.draws.word(others);
        }
        self.record.birth_place = place.to_owned();
    }

    fn numbers(&mut self) {
        if self.draws.chance(self.carried.bsn) {
            self.bsn();
        }
        if self.draws.chance(self.carried.skn) {
            let second = self.person.second_skn.as_ref().filter(|_| self.draws.below(3) == 0);
            self.record.skn.clone_from(second.unwrap_or(&self.person.skn));
        }
        if let Some(v_number) = &self.person.v_number
            && self.draws.chance(self.carried.v_number)
        {
            let dotted = self.case.jurisdiction == Jurisdiction::Criminal && self.draws.below(4) == 0;
            self.record.v_number = match (dotted, v_number.get(0..3), v_number.get(3..6), v_number.get(6..)) {
                (true, Some(first), Some(second), Some(third)) => format!("{first}.{second}.{third}"),
                _ => v_number.clone(),
            };
        }
    }

    fn bsn(&mut self) {
        let Some(own) = &self.person.bsn else { return };
        let mut bsn = own.clone();
        if self.draws.chance(self.rates.bsn_swapped) {
            let kin = self.people.kin.parents.iter().chain(&self.people.kin.children).copied();
            let others: Vec<&String> = kin
                .filter(|place| *place != self.person.place)
                .filter_map(|place| self.people.persons.get(place)?.bsn.as_ref())
                .collect();
            if let Some(other) = self.draws.pick(&others) {
                bsn.clone_from(other);
                self.record.slips.note(Slip::BsnSwapped);
            }
        } else if self.slips(self.rates.bsn_invalid, Slip::BsnInvalid) {
            // One wrong digit never passes the eleven-test.
            let place = 4 + self.draws.below(5);
            let by = 1 + self.draws.below(9);
            bsn = bsn
                .chars()
                .enumerate()
                .map(|(at, digit)| if at == place { shifted(digit, by) } else { digit })
                .collect();
        }
        self.record.bsn = bsn;
    }
}

/// Another digit.
fn shifted(digit: char, by: usize) -> char {
    let value = digit.to_digit(10).and_then(|value| usize::try_from(value).ok()).unwrap_or(0);
    u32::try_from((value + by) % 10).ok().and_then(|value| char::from_digit(value, 10)).unwrap_or(digit)
}
