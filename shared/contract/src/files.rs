//! The contract as files: what a court's developer builds against, made from the types that are read.

use domain::jurisdiction::Jurisdiction;
use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use crate::envelope::Structured;
use crate::kinds::{KINDS, Kind};
use crate::outgoing::{RecordQuestion, Rejection, RequestNews, SOURCE, SignalNews};
use crate::schema;

/// What the schemas are called; an identifier, not a promise that something answers there.
pub const BASE: &str = "urn:verband:contract:v1";
/// The dialect of the schemas.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema (2020-12) of a whole event of a kind in a jurisdiction.
pub fn event_schema(kind: &Kind, of: Jurisdiction) -> Value {
    let kind_type = kind.type_in(of);
    let mut data = (kind.schema)();
    if let Some(data) = data.as_object_mut() {
        data.remove("title");
    }
    let description = data.get("description").cloned().unwrap_or_default();
    let mut event = schema::of::<Structured>();
    event["properties"]["data"] = data;
    let mut event = schema::published(event, of);
    event["properties"]["type"]["const"] = Value::from(kind_type.as_str());
    event["properties"]["dataschema"]["const"] = Value::from(format!("{BASE}:{kind_type}"));
    event["$schema"] = Value::from(DIALECT);
    event["$id"] = Value::from(format!("{BASE}:{kind_type}"));
    event["title"] = Value::from(kind_type);
    event["description"] = description;
    event
}

/// A whole event with the example of a kind as its data.
pub fn example(kind: &Kind, of: Jurisdiction) -> Value {
    json!({
        "specversion": "1.0",
        "id": "7d9f2d52-9f3c-4b2a-9a63-3d1c4b0e9f11",
        "source": format!("urn:nld:oin:00000001823288444000:systeem:{}-rbrot", system(of)),
        "type": kind.type_in(of),
        "subject": "0190c9a2-7f3e-7c11-8d52-0242ac120002",
        "time": "2026-11-23T10:00:00Z",
        "sequence": "17",
        "datacontenttype": "application/json",
        "data": (kind.example)(of),
    })
}

/// The system of a court that publishes the cases of a jurisdiction, in the examples and on a developer's machine.
pub const fn system(of: Jurisdiction) -> &'static str {
    match of {
        Jurisdiction::Criminal => "straf",
        Jurisdiction::Huisverbod => "bestuur",
        Jurisdiction::Family | Jurisdiction::Youth | Jurisdiction::CivilBan => "civiel",
    }
}

/// The subject on which an example is published.
pub fn example_subject(kind: &Kind, of: Jurisdiction) -> String {
    format!("cases.v1.{}.rbrot.{}", of.as_str(), kind.name)
}

fn outgoing_schema<T: JsonSchema>(types: &[String]) -> Value {
    let mut data = schema::of::<T>();
    let description = data.get("description").cloned().unwrap_or_default();
    if let Some(data) = data.as_object_mut() {
        data.remove("title");
    }
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "$schema": DIALECT,
        "description": description,
        "type": "object",
        "required": ["specversion", "id", "source", "type", "time", "datacontenttype", "data"],
        "properties": {
            "specversion": { "const": "1.0" },
            "id": text("The same event told again has the same id."),
            "source": { "const": SOURCE },
            "type": { "enum": types },
            "subject": text("What it is about, by an opaque id."),
            "time": { "type": "string", "format": "date-time" },
            "datacontenttype": { "const": "application/json" },
            "data": data,
        },
    })
}

fn signal_types() -> Vec<String> {
    SignalNews::WHAT.iter().map(|what| SignalNews::event_type(what)).collect()
}

fn request_types() -> Vec<String> {
    RequestNews::WHAT.iter().map(|what| RequestNews::event_type(what)).collect()
}

/// The `AsyncAPI` 3.0 description of every subject, in and out.
pub fn asyncapi() -> Value {
    let parameter = |description: &str| json!({ "description": description });
    let court = parameter("The court, by the code of its ECLI numbers in lower case, such as rbrot.");
    let mut channels = Map::new();
    let mut operations = Map::new();
    for of in Jurisdiction::ALL {
        let name = format!("{}-cases", of.as_str());
        let messages: Map<String, Value> = KINDS
            .iter()
            .filter(|kind| kind.of.contains(&of))
            .map(|kind| {
                let kind_type = kind.type_in(of);
                let payload = json!({ "$ref": format!("./schemas/{kind_type}.json") });
                let message = json!({
                    "name": kind_type,
                    "contentType": "application/cloudevents+json",
                    "payload": payload,
                });
                (kind.file_name(), message)
            })
            .collect();
        channels.insert(
            name.clone(),
            json!({
                "address": format!("cases.v1.{}.{{court}}.{{what}}", of.as_str()),
                "description": "Where a court's system publishes what happens in its cases. Stored by JetStream: wait for \
                                its acknowledgement. Send no Nats-Msg-Id: an event is known by its source and id, and the \
                                broker would drop another one with the same header unseen.",
                "parameters": {
                    "court": court,
                    "what": parameter("What happened, as in the event's type, such as party-added."),
                },
                "messages": messages,
            }),
        );
        let channel = json!({ "$ref": format!("#/channels/{name}") });
        operations.insert(format!("receive-{name}"), json!({ "action": "receive", "channel": channel }));
    }
    let jurisdiction =
        json!({ "description": "The jurisdiction.", "enum": Jurisdiction::ALL.map(Jurisdiction::as_str) });
    let what = |about: &str, words: &[&str]| json!({ "description": about, "enum": words });
    for (name, address, description, file, parameters) in [
        (
            "rejections",
            "rejections.v1.{jurisdiction}.{court}",
            "Where a court's system hears of what was refused.",
            "event-rejected",
            json!({ "court": court, "jurisdiction": jurisdiction }),
        ),
        (
            "alerts",
            "alerts.v1.{court}.{what}",
            "Where a court's workplace application hears that a signal changed.",
            "signal-changed",
            json!({ "court": court, "what": what("What happened to the signal.", &SignalNews::WHAT) }),
        ),
        (
            "questions",
            "questions.v1.{jurisdiction}.{court}",
            "Where a court's system hears that a steward doubts what it told of a party.",
            "record-question",
            json!({ "court": court, "jurisdiction": jurisdiction }),
        ),
        (
            "requests",
            "requests.v1.{jurisdiction}.{court}.{what}",
            "Where a court's system hears that a judge of another court asks for information about one of its cases.",
            "information-request",
            json!({
                "court": court, "jurisdiction": jurisdiction,
                "what": what("What happened to the request.", &RequestNews::WHAT),
            }),
        ),
    ] {
        let payload = json!({ "$ref": format!("./schemas/{file}.json") });
        let message = json!({ "contentType": "application/cloudevents+json", "payload": payload });
        channels.insert(
            name.to_owned(),
            json!({
                "address": address, "description": description, "parameters": parameters,
                "messages": { (file): message },
            }),
        );
        let channel = json!({ "$ref": format!("#/channels/{name}") });
        operations.insert(format!("send-{name}"), json!({ "action": "send", "channel": channel }));
    }
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Verband: events of cases",
            "version": "1.0.0",
            "description": "What courts' systems publish, and what they hear back. Events are CloudEvents 1.0 after the \
                            Dutch government profile, in structured or in binary mode.",
            "license": { "name": "EUPL-1.2" },
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": channels,
        "operations": operations,
    })
}

/// Every file of the contract: its path and its text.
pub fn all() -> Vec<(String, String)> {
    let mut files = vec![
        ("asyncapi.json".to_owned(), pretty(&asyncapi())),
        (
            "schemas/event-rejected.json".to_owned(),
            pretty(&outgoing_schema::<Rejection>(&[Rejection::TYPE.to_owned()])),
        ),
        (
            "schemas/record-question.json".to_owned(),
            pretty(&outgoing_schema::<RecordQuestion>(&[RecordQuestion::TYPE.to_owned()])),
        ),
        ("schemas/information-request.json".to_owned(), pretty(&outgoing_schema::<RequestNews>(&request_types()))),
        ("schemas/signal-changed.json".to_owned(), pretty(&outgoing_schema::<SignalNews>(&signal_types()))),
    ];
    for kind in KINDS {
        for of in kind.of {
            files.push((format!("schemas/{}.json", kind.type_in(*of)), pretty(&event_schema(kind, *of))));
        }
        if let Some(of) = kind.of.first() {
            files.push((format!("examples/{}.json", kind.file_name()), pretty(&example(kind, *of))));
        }
    }
    files.sort();
    files
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    use super::*;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("v1")
    }

    fn on_disk() -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for part in ["", "schemas", "examples"] {
            let Ok(entries) = std::fs::read_dir(folder().join(part)) else { continue };
            for path in
                entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "json"))
            {
                let name = path.strip_prefix(folder()).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
        found
    }

    /// The committed files are those the types make. `UPDATE_SNAPSHOTS=1` writes them anew.
    #[test]
    fn the_files_are_fresh() {
        let made: BTreeMap<String, String> = all().into_iter().collect();
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            for (name, text) in &made {
                let path = folder().join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            for gone in on_disk().keys().filter(|name| !made.contains_key(*name)) {
                std::fs::remove_file(folder().join(gone)).unwrap();
            }
        }
        let stored = on_disk();
        assert_eq!(stored.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
        for (name, text) in made {
            assert!(
                stored[&name] == text,
                "{name} is not what the types make: UPDATE_SNAPSHOTS=1 cargo test -p contract"
            );
        }
    }

    #[test]
    fn every_reference_of_the_description_leads_to_a_file() {
        let names: Vec<String> = all().into_iter().map(|(name, _)| name).collect();
        let text = asyncapi().to_string();
        let references: Vec<&str> = text.split("\"./").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(references.len() > KINDS.len());
        for reference in references {
            assert!(names.iter().any(|name| name == reference), "{reference}");
        }
    }
}
