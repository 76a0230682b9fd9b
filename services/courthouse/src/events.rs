//! Case events as a court's system publishes them: for the demonstration, the benchmark and the tests.

use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};
use uuid::Uuid;

/// One case at one court, and the events about it. Ids follow from the court's own names, so that the same story told
/// twice is the same events.
#[derive(Clone)]
pub struct CaseStory {
    jurisdiction: &'static str,
    court: &'static str,
    source: String,
    case: String,
    sequence: u64,
}

/// An event ready to be published.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseEvent {
    /// The subject to publish it on.
    pub subject: String,
    /// The event, CloudEvents structured JSON.
    pub body: Value,
}

/// A person as a court's system describes one: the fields of `person` in a party event.
pub type Person = Value;

impl CaseStory {
    /// The story of a case called `name`, of a jurisdiction (`family`, `youth`, `criminal`) at a court (`RBROT`).
    pub fn new(jurisdiction: &'static str, court: &'static str, name: &str) -> Self {
        let system = Jurisdiction::parse(jurisdiction).map_or("unknown", contract::files::system);
        Self {
            jurisdiction,
            court,
            source: format!("urn:nld:oin:00000001823288444000:systeem:{system}-{}", court.to_lowercase()),
            case: Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{court}/{jurisdiction}/{name}").as_bytes()).to_string(),
            sequence: 0,
        }
    }

    /// The case's id as this house derives it.
    pub fn case_id(&self) -> domain::ids::CaseId {
        domain::ids::CaseId::derived(&[self.jurisdiction, &self.court.to_lowercase(), &self.source, &self.case])
    }

    /// The id of a party of this case, as this house derives it.
    pub fn party_id(&self, party: &str) -> domain::ids::PartyId {
        domain::ids::PartyId::derived(&[&self.case_id().to_string(), party])
    }

    /// The next event of the case.
    pub fn event(&mut self, what: &str, data: &Value) -> CaseEvent {
        self.sequence += 1;
        let id =
            Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{}/{}/{}", self.source, self.case, self.sequence).as_bytes());
        // A minute an event, from a fixed moment: the order of the story is the order of the source.
        let time = format!(
            "2026-09-{:02}T{:02}:{:02}:00Z",
            1 + self.sequence / 1440 % 28,
            self.sequence / 60 % 24,
            self.sequence % 60
        );
        CaseEvent {
            subject: format!("cases.v1.{}.{}.{what}", self.jurisdiction, self.court.to_lowercase()),
            body: json!({
                "specversion": "1.0",
                "id": id.to_string(),
                "source": self.source,
                "type": format!("nl.{}-cases.{what}.v1", self.jurisdiction),
                "subject": self.case,
                "time": time,
                "sequence": self.sequence.to_string(),
                "datacontenttype": "application/json",
                "data": data,
            }),
        }
    }

    /// The case was registered.
    pub fn registered(&mut self, proceeding: &str, numbers: &str) -> CaseEvent {
        let court = self.court;
        self.event(
            "case-registered",
            &json!({ "proceeding": proceeding, "court": court, "numbers": numbers, "registeredOn": "2026-09-01" }),
        )
    }

    /// A party joined.
    pub fn party(&mut self, party: &str, roles: &[&str], capacity: Option<&str>, person: &Person) -> CaseEvent {
        self.event("party-added", &json!({ "partyId": party, "roles": roles, "capacity": capacity, "person": person }))
    }

    /// What is known of a party changed.
    pub fn details(&mut self, party: &str, person: &Person) -> CaseEvent {
        self.event("party-details-changed", &json!({ "partyId": party, "person": person }))
    }

    /// A charge was brought.
    pub fn charge(
        &mut self,
        charge: &str,
        suspect: &str,
        victims: &[&str],
        articles: &[&str],
        from: &str,
    ) -> CaseEvent {
        self.event(
            "charge-brought",
            &json!({
                "chargeId": charge, "suspect": suspect, "victims": victims, "articles": articles,
                "period": { "from": from }, "tags": [],
            }),
        )
    }

    /// The prosecution was dropped.
    pub fn dismissed(&mut self, code: &str) -> CaseEvent {
        self.event("prosecution-dismissed", &json!({ "code": code }))
    }

    /// A verdict was given at first instance.
    pub fn verdict(&mut self, charge: &str, outcome: &str) -> CaseEvent {
        let outcomes = json!([{ "chargeId": charge, "instance": "first", "outcome": outcome }]);
        self.event("verdict-given", &json!({ "outcomes": outcomes }))
    }

    /// A hearing was planned.
    pub fn hearing(&mut self, hearing: &str, on: jiff::civil::Date) -> CaseEvent {
        self.event("hearing-planned", &json!({ "hearingId": hearing, "on": on.to_string() }))
    }

    /// Judges were assigned.
    pub fn judges(&mut self, judges: &[&str]) -> CaseEvent {
        self.event("judge-assigned", &json!({ "judges": judges }))
    }

    /// The case was closed.
    pub fn closed(&mut self, on: &str) -> CaseEvent {
        self.event("case-closed", &json!({ "on": on }))
    }
}

/// A fictitious person: surname with prefix, given names, birth date, citizen service number of the test range.
pub fn person([prefix, surname, given, birth, bsn]: [&str; 5]) -> Person {
    let mut person = json!({ "surname": surname });
    for (field, value) in [("prefix", prefix), ("givenNames", given), ("birthDate", birth), ("bsn", bsn)] {
        if !value.is_empty() {
            person[field] = json!(value);
        }
    }
    person
}

/// The people of the demonstration and of the scenarios. All invented.
pub mod people {
    use super::{Person, person};

    /// The mother.
    pub fn samira() -> Person {
        let mut samira = person(["El", "Amrani", "Samira", "1990-03-14", "999991000"]);
        samira["address"] = serde_json::json!({
            "street": "Verzonnenlaan", "houseNumber": "12", "postcode": "3099 ZZ", "town": "Denkbeeldstad"
        });
        samira
    }

    /// The father.
    pub fn pieter() -> Person {
        person(["van den", "Berg", "Pieter", "1987-11-02", "999991036"])
    }

    /// Their child.
    pub fn noor() -> Person {
        person(["van den", "Berg", "Noortje", "2018-06-21", "999991073"])
    }

    /// A lawyer.
    pub fn bakker() -> Person {
        person(["", "Bakker", "Aleidis", "1979-01-20", "999991103"])
    }

    /// Somebody else altogether.
    pub fn jansen() -> Person {
        person(["", "Jansen", "Jan", "1985-05-05", "999991139"])
    }
}
