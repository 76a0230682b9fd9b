//! Old and new readers on old and new events.
//!
//! `fixtures/` holds an event of every kind, version and jurisdiction that was ever taken, with what it was understood to say
//! when it was frozen. A file there is never changed and never removed: publishers may send such an event for as long as
//! they have not moved on, and quarantine holds them for ever. `UPDATE_SNAPSHOTS=1` writes those that are missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::fact::intake::IntakeFact;
use domain::party::PartyDetails;

use super::*;
use crate::kinds::find;
use crate::value::{EventType, Wire};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// What an event was understood to say, as it is frozen. The facts are in the form in which the journal keeps them.
fn told(understood: &Understood) -> Value {
    let says = match &understood.draft {
        Draft::Open(fact) => json!({ "fact": fact }),
        Draft::Party { party, roles, capacity, details } => {
            json!({ "party": party, "roles": roles, "capacity": capacity, "details": text(details) })
        }
        Draft::Details { party, details } => json!({ "party": party, "details": text(details) }),
        Draft::Merged { going_on, ended } => json!({ "goingOn": going_on.digits(), "ended": ended.digits() }),
    };
    json!({ "event": understood.envelope.event, "case": understood.case, "says": says })
}

fn text(details: &PartyDetails) -> Value {
    serde_json::from_slice(&details.to_plaintext()).expect("JSON")
}

/// What was frozen, in today's terms: a fact or a party's details that have grown since read as they do from the journal.
fn today(mut frozen: Value) -> Value {
    if let Some(fact) = frozen.pointer_mut("/says/fact") {
        let read: IntakeFact = serde_json::from_value(fact.take()).expect("a frozen fact reads");
        *fact = serde_json::to_value(read).expect("JSON");
    }
    if let Some(details) = frozen.pointer_mut("/says/details") {
        let read = PartyDetails::from_plaintext(details.to_string().as_bytes()).expect("frozen details read");
        *details = text(&read);
    }
    frozen
}

fn fixtures() -> BTreeMap<String, Value> {
    let entries = std::fs::read_dir(folder()).expect("a folder of fixtures");
    let paths = entries.map(|entry| entry.expect("a file").path()).filter(|path| path.extension().is_some());
    paths
        .map(|path| {
            let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
            (name, serde_json::from_str(&std::fs::read_to_string(&path).expect("a text")).expect("JSON"))
        })
        .collect()
}

#[test]
fn every_event_ever_taken_is_still_taken_and_says_what_it_said() {
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(folder()).expect("a folder");
        for (subject, event) in examples() {
            let path = folder().join(format!("{}.json", event["type"].as_str().expect("a type")));
            let understood = read(&subject, &event).expect("reads");
            let frozen = json!({ "subject": subject, "sent": event, "understood": told(&understood) });
            if !path.exists() {
                std::fs::write(path, format!("{frozen:#}\n")).expect("is written");
            }
        }
    }
    let frozen = fixtures();
    for (_, event) in examples() {
        let name = event["type"].as_str().expect("a type");
        assert!(frozen.contains_key(name), "no sample of {name}: UPDATE_SNAPSHOTS=1 cargo test -p contract");
    }
    for (name, sample) in frozen {
        let subject = sample["subject"].as_str().expect("a subject");
        let understood = read(subject, &sample["sent"]).unwrap_or_else(|reasons| panic!("{name}: {reasons:?}"));
        assert_eq!(told(&understood), today(sample["understood"].clone()), "{name}");
        let kind = EventType::read(&sample["sent"]["type"]).expect("a type");
        let (known, _) = find(KINDS, &kind).expect("a kind");
        let schema = files::event_schema(known, kind.jurisdiction);
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        assert!(validator.is_valid(&sample["sent"]), "{name}: the published schema refuses what it once took");
    }
}

/// The kinds that a house of before the second versions knows.
static FIRST_VERSIONS: LazyLock<Vec<Kind>> =
    LazyLock::new(|| KINDS.iter().filter(|kind| kind.version == 1).copied().collect());

#[test]
fn an_old_reader_takes_every_old_event_and_says_of_a_new_one_that_it_is_too_old() {
    let mut later = 0;
    for (subject, event) in examples() {
        let kind = EventType::read(&event["type"]).expect("a type");
        match read_knowing(&FIRST_VERSIONS, &subject, &event) {
            Ok(understood) => assert_eq!(Ok(understood), read(&subject, &event)),
            Err(reasons) => {
                assert!(kind.version > 1, "{subject}: {reasons:?}");
                let told: Vec<(&str, &str)> =
                    reasons.iter().map(|reason| (reason.pointer.as_str(), reason.code.as_str())).collect();
                assert_eq!(told, [("/type", "type.version")]);
                later += 1;
            }
        }
    }
    assert_eq!(later, Jurisdiction::ALL.len(), "the second version of an appeal, in every jurisdiction");
}

/// The schema of a version takes nothing of another version: a publisher that mixes them up hears it from any validator.
#[test]
fn no_version_is_taken_for_another() {
    let [first, second] =
        [1, 2].map(|version| KINDS.iter().find(|kind| kind.name == "appeal-lodged" && kind.version == version));
    let (first, second) = (first.expect("a kind"), second.expect("a kind"));
    for (schema, event) in [(first, second), (second, first)] {
        let validator =
            jsonschema::validator_for(&files::event_schema(schema, Jurisdiction::Criminal)).expect("a schema");
        let (subject, mut event) = example(event, Jurisdiction::Criminal);
        assert!(!validator.is_valid(&event));
        event["type"] = Value::from(schema.type_in(Jurisdiction::Criminal));
        assert!(!validator.is_valid(&event));
        assert!(read(&subject, &event).is_err());
    }
}

#[test]
fn an_appeal_of_the_first_version_leaves_open_what_it_could_not_say() {
    let said = |version: u8, of: Jurisdiction, data: Value| {
        let kind = KINDS.iter().find(|kind| kind.name == "appeal-lodged" && kind.version == version).expect("a kind");
        let (subject, mut event) = example(kind, of);
        event["data"] = data;
        read(&subject, &event).map(|understood| match understood.draft {
            Draft::Open(IntakeFact::AppealLodged(fact)) => {
                (fact.by.is_some(), fact.jointly_with.len(), fact.by_prosecution)
            }
            _ => panic!("another draft"),
        })
    };
    let appeal = json!({ "instance": "appeal", "on": "2026-11-16" });
    let with = |more: Value| {
        let mut data = appeal.clone();
        data.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        data
    };
    let criminal = Jurisdiction::Criminal;
    assert_eq!(said(1, criminal, appeal.clone()), Ok((false, 0, None)));
    assert_eq!(said(1, criminal, with(json!({ "by": "p1" }))), Ok((true, 0, None)));
    assert_eq!(said(2, criminal, with(json!({ "prosecution": true }))), Ok((false, 0, Some(true))));
    let all = with(json!({ "parties": ["p1", "p2", "p3"], "prosecution": true }));
    assert_eq!(said(2, criminal, all.clone()), Ok((true, 2, Some(true))));
    let code = |answer: Result<_, Vec<Reason>>| answer.expect_err("is refused")[0].code.clone();
    assert_eq!(code(said(2, criminal, appeal.clone())), "appeal.nobody");
    assert_eq!(code(said(2, Jurisdiction::Family, all)), "appeal.prosecution");
    assert_eq!(code(said(2, criminal, with(json!({ "by": "p1" })))), "field.unknown");
}
