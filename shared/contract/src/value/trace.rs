//! Attributes that say how an event came about and how it is written, and are of no further use here: they are checked, so
//! that nothing personal travels in them, and then forgotten.

use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};

use super::opaque::holds_a_bsn;
use super::{Wire, text};
use crate::fault::{Fault, fault};

/// The longest list of trace states that every participant must pass on (W3C Trace Context, 3.3.1.5).
const LONGEST_STATE: usize = 512;

/// `traceparent` of the W3C Trace Context.
pub struct TraceParent;

impl Wire for TraceParent {
    const NAME: &'static str = "traceparent";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 55)?;
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        let hex = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        if hex && lengths == [2, 32, 16, 2] {
            Ok(Self)
        } else {
            Err(fault("traceparent.format", &"expected a W3C trace context, 00-<32 hex>-<16 hex>-<2 hex>"))
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
            "examples": ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"],
            "description": "Where the event belongs in the publisher's trace (W3C Trace Context).",
        })
    }
}

/// `tracestate` of the W3C Trace Context.
pub struct TraceState;

impl Wire for TraceState {
    const NAME: &'static str = "tracestate";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, LONGEST_STATE)?;
        let member = |member: &str| {
            member.split_once('=').is_some_and(|(key, value)| {
                !key.is_empty()
                    && key.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@'))
                    && value.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'=')
            })
        };
        let members = text.split(',').map(|member| member.trim_matches([' ', '\t'])).filter(|one| !one.is_empty());
        if !members.clone().all(member) || members.count() > 32 {
            return Err(fault("tracestate.format", &"expected a W3C trace state, key=value pairs parted by commas"));
        }
        if holds_a_bsn(text) {
            return Err(personal("tracestate.personal"));
        }
        Ok(Self)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": LONGEST_STATE, "examples": ["rojo=00f067aa0ba902b7,congo=t61rcWkgMzE"],
            "description": "What tracing systems add to `traceparent` (W3C Trace Context). Nothing of a person.",
        })
    }
}

/// `dataschema`: where the publisher found the schema of its data. It is not fetched: the type says the schema.
pub struct DataSchema;

impl Wire for DataSchema {
    const NAME: &'static str = "dataschema";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 256)?;
        let scheme = text.split_once(':').is_some_and(|(scheme, rest)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
                && !rest.is_empty()
        });
        let plain = text.bytes().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'%' | b'+' | b'#')
        });
        if !scheme || !plain {
            let text = "expected the URI of a schema, without a query and without who asks for it";
            return Err(fault("dataschema.format", &text));
        }
        if holds_a_bsn(text) {
            return Err(personal("dataschema.personal"));
        }
        Ok(Self)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": 256, "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/%+#-]+$",
            "examples": ["urn:verband:contract:v1:nl.family-cases.case-registered.v1"],
            "description": "The URI of the schema of the data. It is not fetched: the type says which schema counts.",
        })
    }
}

/// `sequencetype`: how to read `sequence`. Only as a number.
pub struct SequenceType;

impl Wire for SequenceType {
    const NAME: &'static str = "sequencetype";

    fn read(value: &Value) -> Result<Self, Fault> {
        match value.as_str() {
            Some("Integer") => Ok(Self),
            _ => Err(fault("sequencetype.unknown", &"the sequence is a number: expected \"Integer\", or leave it out")),
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "const": "Integer", "description": "The sequence is a number." })
    }
}

/// `dataref`: where the data can be fetched. Never taken: an event carries its data, so that what was said cannot change
/// afterwards, and nobody has to be asked for it.
pub struct DataRef;

impl Wire for DataRef {
    const NAME: &'static str = "dataref";

    fn read(_: &Value) -> Result<Self, Fault> {
        Err(fault(
            "dataref.not-taken",
            &"data by reference is not taken: put the data into the event, and leave this out",
        ))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "not": {}, "description": "Data by reference is not taken: put the data into the event." })
    }
}

fn personal(code: &str) -> Fault {
    fault(code, &"this holds what looks like a citizen service number; nothing of a person belongs into an attribute")
}
