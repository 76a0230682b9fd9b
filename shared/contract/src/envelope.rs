//! The envelope of a case event: CloudEvents 1.0 after the Dutch government profile, in structured mode (one JSON object)
//! or in binary mode (attributes as `ce-` headers, the data as the message).
//!
//! Invariant: the list of attributes is closed. Attributes show in logs and queues, and whatever a publisher would add of
//! its own could say something about a person; everything else goes into the data, which is sealed.

use std::sync::LazyLock;

use domain::fact::SourceVersion;
use domain::fact::intake::Reason;
use domain::ids::EventId;
use domain::jurisdiction::Jurisdiction;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::fault::fault;
use crate::schema::{self, Checker};
use crate::value::{
    Attributed, DataRef, DataSchema, EventSource, EventTime, EventType, Is, Sequence, SequenceType, SpecVersion, Token,
    TraceParent, TraceState, Wire, event_id,
};

/// The largest event taken, in bytes, headers included (the profile's limit).
pub const LARGEST: usize = 64 * 1024;

/// The attributes of an event, and its data.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "some attributes are checked and then of no further use")]
pub struct Structured {
    specversion: Is<SpecVersion>,
    /// The event, unique for its source. The same event sent again has the same id.
    id: Is<Attributed>,
    source: Is<EventSource>,
    r#type: Is<EventType>,
    /// The case, by the publisher's own opaque id.
    subject: Is<Attributed>,
    time: Is<EventTime>,
    sequence: Is<Sequence>,
    sequencetype: Option<Is<SequenceType>>,
    /// The id of an earlier event of this source that this one replaces.
    corrects: Option<Is<Attributed>>,
    datacontenttype: Option<Is<Token>>,
    dataschema: Option<Is<DataSchema>>,
    dataref: Option<Is<DataRef>>,
    traceparent: Option<Is<TraceParent>>,
    tracestate: Option<Is<TraceState>>,
    /// What happened; its form depends on the type.
    #[schemars(with = "Map<String, Value>")]
    data: IgnoredAny,
}

/// An event whose envelope reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The event.
    pub event: EventId,
    /// Who sent it: a URN with the organisation's number.
    pub source: String,
    /// The case it is about, by the publisher's own opaque id.
    pub subject: String,
    /// Where it stands among its publisher's events.
    pub version: SourceVersion,
    /// Whose cases it is about.
    pub jurisdiction: Jurisdiction,
    /// What happened, such as `party-added`.
    pub what: String,
    /// The earlier event it replaces.
    pub corrects: Option<EventId>,
}

static CHECKER: LazyLock<Checker> = LazyLock::new(|| Checker::new(schema::of::<Structured>(), Jurisdiction::Family));

/// Reads the attributes. The data stays where it is.
///
/// # Errors
/// Everything that is wrong with them, at once.
pub fn read(event: &Value) -> Result<Envelope, Vec<Reason>> {
    let faults = CHECKER.faults(event, "");
    if !faults.is_empty() {
        return Err(faults);
    }
    let read = Structured::deserialize(event)
        .map_err(|_| vec![fault("event.attributes", &"the attributes of the event cannot be read").at("")])?;
    let of = event.get("type").and_then(Value::as_str);
    if read.dataschema.as_ref().is_some_and(|Is(schema)| Some(schema.0.as_str()) != of) {
        return Err(vec![fault("dataschema.type", &"this is the schema of another type of event").at("/dataschema")]);
    }
    let Structured { id: Is(id), source: Is(source), r#type: Is(kind), subject, time, sequence, corrects, .. } = read;
    let event = event_id(&source.0, &id.0);
    Ok(Envelope {
        event,
        subject: subject.0.0,
        version: SourceVersion { sequence: sequence.0.0, time: time.0.0, event },
        jurisdiction: kind.jurisdiction,
        what: kind.what,
        corrects: corrects.map(|Is(corrects)| event_id(&source.0, &corrects.0)),
        source: source.0,
    })
}

/// The type of an event whose envelope may not read, so that its data is looked at all the same.
pub fn kind(event: &Value) -> Option<EventType> {
    EventType::read(event.get("type")?).ok()
}

/// Which event it is, as far as its bytes tell: by source and id, or else by the bytes themselves.
pub fn identity(bytes: &[u8], value: Option<&Value>) -> EventId {
    let part = |name: &str| value.and_then(|value| value.get(name)).and_then(Value::as_str);
    match (part("source"), part("id")) {
        (Some(source), Some(id)) => event_id(source, id),
        _ => EventId::derived(&["bytes", &digest(bytes)]),
    }
}

/// The publisher's own id of an event, when it is fit to be repeated to the publisher.
pub fn sent_id(event: &Value) -> Option<String> {
    Attributed::read(event.get("id")?).ok().map(|id| id.0)
}

/// The attributes that say nothing of what happened: they differ from attempt to attempt, and between the two modes.
const ASIDE: [&str; 5] = ["traceparent", "tracestate", "datacontenttype", "dataschema", "sequencetype"];

/// Everything an event says, in one form: fields in order, its moment in universal time and its number as a text, without
/// what says nothing of what happened ([`ASIDE`]). Two spellings of one meaning are one.
pub fn canonical(mut event: Value) -> String {
    if let Some(attributes) = event.as_object_mut() {
        attributes.retain(|name, _| !ASIDE.contains(&name.as_str()));
        if let Some(time) = attributes.get_mut("time")
            && let Ok(EventTime(read)) = EventTime::read(time)
        {
            *time = Value::from(read.to_string());
        }
        if let Some(sequence) = attributes.get_mut("sequence")
            && let Ok(Sequence(read)) = Sequence::read(sequence)
        {
            *sequence = Value::from(read.to_string());
        }
    }
    event.sort_all_objects();
    event.to_string()
}

/// A name for exactly these bytes (UUID version 5 of their content).
pub fn digest(bytes: &[u8]) -> String {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, bytes).to_string()
}
