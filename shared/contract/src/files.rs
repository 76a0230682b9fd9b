//! The contract as files: what a court's developer builds against, made from the types that are read.

use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};

use crate::envelope::Structured;
use crate::kinds::{KINDS, Kind};
use crate::schema;

/// Where the schemas live; an identifier, not a promise that something answers there.
const BASE: &str = "urn:verband:contract:v1";

/// The JSON Schema (2020-12) of a whole event of a kind in a jurisdiction.
pub fn event_schema(kind: &Kind, of: Jurisdiction) -> Value {
    let kind_type = kind.type_in(of);
    let mut data = (kind.schema)();
    let title = data.as_object_mut().and_then(|data| data.remove("title"));
    let description = data.get("description").cloned().or(title);
    let mut event = schema::of::<Structured>();
    event["properties"]["data"] = data;
    let mut event = schema::published(event, of);
    event["properties"]["type"]["const"] = Value::from(kind_type.as_str());
    event["$schema"] = Value::from("https://json-schema.org/draft/2020-12/schema");
    event["$id"] = Value::from(format!("{BASE}:{kind_type}"));
    event["title"] = Value::from(kind_type);
    event["description"] = description.unwrap_or_default();
    event["examples"] = json!([example(kind, of)]);
    event
}

/// A whole event with the example of a kind as its data.
pub fn example(kind: &Kind, of: Jurisdiction) -> Value {
    let system = if of == Jurisdiction::Criminal { "straf" } else { "civiel" };
    json!({
        "specversion": "1.0",
        "id": "7d9f2d52-9f3c-4b2a-9a63-3d1c4b0e9f11",
        "source": format!("urn:nld:oin:00000001823288444000:systeem:{system}-rbrot"),
        "type": kind.type_in(of),
        "subject": "0190c9a2-7f3e-7c11-8d52-0242ac120002",
        "time": "2026-11-23T10:00:00Z",
        "sequence": "17",
        "datacontenttype": "application/json",
        "data": (kind.example)(of),
    })
}

/// Every file of the contract: its path and its text.
pub fn all() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for kind in KINDS {
        for of in kind.of {
            files.push((format!("schemas/{}.json", kind.type_in(*of)), pretty(&event_schema(kind, *of))));
            files.push((format!("examples/{}.json", kind.type_in(*of)), pretty(&example(kind, *of))));
        }
    }
    files.sort();
    files
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
