//! The same caseload as events of the contract: what the courts' systems would publish of these cases.
//!
//! Invariants: the events of a case are in the order in which they happened; a party event says what the party's record says,
//! and `subject` and `partyId` together are its `record_id`; every event is one that the contract takes. Hence a number or a
//! date that does not read is left out here, where the record has it as it was typed: a publisher whose events come back
//! does the same. That the name stands in one text too is a matter of records alone.

use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::jurisdiction::Jurisdiction;
use domain::name::NameUse;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::cases::{Case, Outcome, Party, Who};
use crate::draws::Draws;
use crate::people::later;
use crate::record::PartyRecord;
use crate::{Family, course};

/// An event as its publisher sends it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseEvent {
    /// The publisher, as the development stack names it: `rbrot-civiel`.
    pub publisher: String,
    /// The subject to publish it on.
    pub subject: String,
    /// The event: structured JSON after `CloudEvents`.
    pub body: Value,
}

/// The id of the record that a party event is about; nothing for other events.
pub fn record_id(event: &Value) -> Option<String> {
    let case = event.get("subject")?.as_str()?;
    let party = event.pointer("/data/partyId")?.as_str()?;
    Some(format!("{case}:{party}"))
}

/// The events of a family's cases, case by case.
pub fn events(family: &Family) -> Vec<CaseEvent> {
    told(family, |_| ())
}

/// The same with what becomes of each case, told after all else of it.
pub(crate) fn eventful(family: &Family, draws: &mut Draws) -> Vec<CaseEvent> {
    told(family, |story| course::tell(story, draws))
}

fn told(family: &Family, mut and_then: impl FnMut(&mut Story<'_>)) -> Vec<CaseEvent> {
    let mut records = family.records.iter();
    let mut events = Vec::new();
    for case in &family.cases {
        let parties: Vec<_> = case.parties.iter().zip(records.by_ref()).collect();
        let mut story = Story::new(case);
        story.tell(family, &parties);
        and_then(&mut story);
        events.extend(story.events);
    }
    events
}

/// The system of a court that has the cases of a jurisdiction.
const fn system(of: Jurisdiction) -> &'static str {
    match of {
        Jurisdiction::Criminal => "straf",
        Jurisdiction::Huisverbod => "bestuur",
        Jurisdiction::Family | Jurisdiction::Youth | Jurisdiction::CivilBan => "civiel",
    }
}

/// One case as it is told.
pub(crate) struct Story<'a> {
    /// The case.
    pub(crate) case: &'a Case,
    court: String,
    source: String,
    events: Vec<CaseEvent>,
}

impl<'a> Story<'a> {
    fn new(case: &'a Case) -> Self {
        let court = case.court.to_ascii_lowercase();
        let source = format!("urn:nld:oin:00000001823288444000:systeem:{}-{court}", system(case.jurisdiction));
        Self { case, court, source, events: Vec::with_capacity(case.parties.len() + 5) }
    }

    fn tell(&mut self, family: &Family, parties: &[(&Party, &PartyRecord)]) {
        let case = self.case;
        let registered = case.registered;
        self.event(
            registered,
            "case-registered",
            &json!({
                "proceeding": case.proceeding, "court": case.court, "numbers": case.number,
                "registeredOn": registered.to_string(),
            }),
        );
        for (party, record) in parties {
            self.party(family, party, record);
        }
        self.event(registered, "judge-assigned", &json!({ "judges": [case.judge] }));
        if case.jurisdiction == Jurisdiction::Criminal {
            self.charge();
        }
        let planned = later(registered, 7);
        let kind = match case.jurisdiction {
            Jurisdiction::Family | Jurisdiction::Youth => "oral-hearing",
            Jurisdiction::Criminal => "single-judge-trial",
            Jurisdiction::Huisverbod => "huisverbod-appeal",
            Jurisdiction::CivilBan => "summary-proceedings",
        };
        let hearing = json!({ "hearingId": "h1", "on": case.hearing.to_string(), "kind": kind });
        self.event(planned, "hearing-planned", &hearing);
        if let Some(closed) = case.closed {
            self.outcome(closed);
            self.event(closed, "case-closed", &json!({ "on": closed.to_string() }));
        }
    }

    /// The next event of the case.
    pub(crate) fn event(&mut self, on: Date, what: &str, data: &Value) {
        let case = self.case.id;
        let sequence = self.events.len() + 1;
        let id = Uuid::new_v5(&case, sequence.to_string().as_bytes());
        // A minute an event, from nine in the morning.
        let time = format!("{on}T{:02}:{:02}:00Z", 9 + sequence / 60 % 12, sequence % 60);
        let of = self.case.jurisdiction.as_str();
        self.events.push(CaseEvent {
            publisher: format!("{}-{}", self.court, system(self.case.jurisdiction)),
            subject: format!("cases.v1.{of}.{}.{what}", self.court),
            body: json!({
                "specversion": "1.0",
                "id": id.to_string(),
                "source": self.source,
                "type": format!("nl.{of}-cases.{what}.v1"),
                "subject": case.to_string(),
                "time": time,
                "sequence": sequence.to_string(),
                "datacontenttype": "application/json",
                "data": data,
            }),
        });
    }

    fn party(&mut self, family: &Family, party: &Party, record: &PartyRecord) {
        let mut data = Map::new();
        data.insert("partyId".to_owned(), json!(party.id));
        data.insert("roles".to_owned(), json!(party.roles));
        if let Some(capacity) = party.capacity {
            data.insert("capacity".to_owned(), json!(capacity));
        }
        let name_use = match party.who {
            Who::Institution(_) => {
                data.insert("organisation".to_owned(), json!({ "name": record.full_name }));
                None
            }
            Who::Person(place) => family.people.persons.get(place).and_then(|person| Some(person.partner.as_ref()?.0)),
            Who::Lawyer(_) => None,
        };
        if !matches!(party.who, Who::Institution(_)) {
            data.insert("person".to_owned(), person(record, name_use));
        }
        self.event(self.case.registered, "party-added", &Value::Object(data));
        if record.hidden_address {
            let shielding = json!({ "partyId": party.id, "address": true, "person": false });
            self.event(self.case.registered, "shielding-changed", &shielding);
        }
    }

    /// The parties with one of these roles.
    pub(crate) fn with_role(&self, roles: &[&str]) -> Vec<&'a str> {
        let case: &'a Case = self.case;
        let parties = case.parties.iter().filter(|party| party.roles.iter().any(|role| roles.contains(role)));
        parties.map(|party| party.id.as_str()).collect()
    }

    fn charge(&mut self) {
        let Some(suspect) = self.with_role(&["suspect"]).first().copied() else { return };
        let victims = self.with_role(&["victim"]);
        let domestic = self.case.parties.iter().any(|party| party.capacity.is_some());
        let tags: &[&str] = if domestic { &["domestic-violence"] } else { &[] };
        let charge = json!({
            "chargeId": "c1", "suspect": suspect, "victims": victims, "articles": self.case.articles,
            "period": { "from": self.case.offence.to_string() }, "tags": tags,
        });
        self.event(self.case.registered, "charge-brought", &charge);
    }

    fn outcome(&mut self, on: Date) {
        let verdict =
            |outcome: &str| json!({ "outcomes": [{ "chargeId": "c1", "instance": "first", "outcome": outcome }] });
        match (self.case.jurisdiction, self.case.outcome) {
            (Jurisdiction::Criminal, Outcome::Convicted) => self.event(on, "verdict-given", &verdict("convicted")),
            (Jurisdiction::Criminal, Outcome::Acquitted) => self.event(on, "verdict-given", &verdict("acquitted")),
            (Jurisdiction::Criminal, Outcome::Dismissed) => {
                self.event(on, "prosecution-dismissed", &json!({ "charges": ["c1"], "code": "02" }));
            }
            (Jurisdiction::CivilBan, _) => {
                let terms = json!({
                    "kind": "civil-ban", "against": self.with_role(&["defendant"]),
                    "protects": self.with_role(&["plaintiff"]), "categories": ["contact-ban"],
                    "from": on.to_string(), "until": later(on, 365).to_string(), "immediatelyEnforceable": true,
                });
                self.event(on, "order-imposed", &json!({ "orderId": "o1", "terms": terms }));
            }
            _ => {}
        }
    }
}

/// What a record says, as the fields of `person`.
fn person(record: &PartyRecord, name_use: Option<NameUse>) -> Value {
    let mut person = Map::new();
    let mut put = |field: &str, value: &str| {
        if !value.is_empty() {
            person.insert(field.to_owned(), json!(value));
        }
    };
    put("givenNames", &record.given_names);
    put("initials", &record.initials);
    put("prefix", &record.prefix);
    put("surname", &record.surname);
    put("partnerPrefix", &record.partner_prefix);
    put("partnerSurname", &record.partner_surname);
    if !record.partner_surname.is_empty() {
        put("nameUse", name_use.map_or("", NameUse::code));
    }
    if BirthDate::parse(&record.birth_date).is_ok() {
        put("birthDate", &record.birth_date);
    }
    put("birthPlace", &record.birth_place);
    put("sex", record.sex);
    if Bsn::parse(&record.bsn).is_ok() {
        put("bsn", &record.bsn);
    }
    put("skn", &record.skn);
    put("vNumber", &record.v_number);
    let mut address = Map::new();
    for (field, value) in [
        ("street", &record.street),
        ("houseNumber", &record.house_number),
        ("postcode", &record.postcode),
        ("town", &record.town),
    ] {
        if !value.is_empty() {
            address.insert(field.to_owned(), json!(value));
        }
    }
    if !address.is_empty() {
        person.insert("address".to_owned(), Value::Object(address));
    }
    Value::Object(person)
}
