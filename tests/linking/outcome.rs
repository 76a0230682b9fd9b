//! What was decided, and what would be decided if everything were known at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::linker::Member;
use domain::ids::{FactId, PartyId};
use domain::party::PartyDetails;
use domain::role::Role;
use jiff::Timestamp;
use matching::engine::{Asked, Engine, Ruling, Rulings, crowded};
use matching::record::Record;
use verband_tests::state;

use crate::register::{Register, time_of};
use crate::story::{Said, Story};

/// Who is who and what is asked, as it stands in the journal.
pub async fn decided(register: &Register) -> BTreeSet<String> {
    let state = state(&register.database.url("postgres")).await;
    let of_persons = |line: &String| !line.starts_with("link ") && !line.starts_with("signal");
    state.into_iter().filter(of_persons).map(|line| in_order(&line)).collect()
}

/// A line of the state with the fields of its JSON in order.
fn in_order(line: &str) -> String {
    let (what, data) = line.split_once(' ').unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    format!("{what} {data}")
}

/// The same, of all records at once.
pub fn at_once(engine: &Engine, story: &Story) -> BTreeSet<String> {
    let records = records(story);
    let found_by: Vec<_> = records.iter().map(|record| engine.found_by(record)).collect();
    let crowded = crowded(&found_by);
    let mut rulings = Rulings::new();
    for (number, said) in story.said.iter().enumerate() {
        if let Said::Ruled { pair, same } = said {
            let event = domain::ids::EventId::derived(&["said", &number.to_string()]);
            let fact = FactId::derived(&["steward", &event.uuid().to_string(), "1"]);
            rulings.insert(*pair, Ruling { same: *same, fact });
        }
    }
    let solution = engine.solve(&records, &crowded, &rulings);
    let mut outcome = BTreeSet::new();
    for (id, person) in solution.persons {
        let data = serde_json::json!({
            "person": id, "members": person.members, "evidence": person.evidence, "model": engine.id(),
        });
        outcome.insert(format!("linker.person-certain {data}"));
    }
    for (asked, question) in solution.questions.into_values() {
        let kind = if asked == Asked::Conflict { "linker.conflict-found" } else { "linker.match-possible" };
        outcome.insert(format!("{kind} {}", serde_json::to_value(question).unwrap()));
    }
    outcome
}

/// The records as their courts last told of them.
fn records(story: &Story) -> Vec<Record> {
    type Last<'s> = (u64, &'s PartyDetails);
    let mut told: BTreeMap<PartyId, (Member, Timestamp, Vec<Role>, Last<'_>)> = BTreeMap::new();
    for said in &story.said {
        let Said::Party { member, roles, details, version, .. } = said else { continue };
        let time = time_of(*version);
        let entry = told
            .entry(member.party)
            .or_insert_with(|| (*member, time, roles.iter().copied().collect(), (*version, details)));
        entry.1 = entry.1.min(time);
        if entry.3.0 <= *version {
            entry.3 = (*version, details);
        }
    }
    told.into_values()
        .map(|(member, since, roles, (_, details))| {
            Record::prepare(member, since, roles.iter().any(|role| role.stands_beside()), details)
        })
        .collect()
}
