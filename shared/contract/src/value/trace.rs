//! Attributes that say how an event came about and how it is written, and are of no further use here: they are checked, so
//! that nothing personal travels in them, and then forgotten.

use domain::jurisdiction::Jurisdiction;
use serde_json::{Value, json};

use super::envelope::EventType;
use super::opaque::says_who;
use super::random::is_hexadecimal;
use super::{Wire, text};
use crate::fault::{Fault, fault};
use crate::files::BASE;
use crate::kinds::KINDS;

/// The longest list of trace states that every participant must pass on (W3C Trace Context, 3.3.1.5).
const LONGEST_STATE: usize = 512;

/// The most members of such a list (W3C Trace Context, 3.3.1.1).
const MOST_STATES: usize = 32;

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

/// The most letters and digits that stand together in a trace state, unless they are digits of a number.
const SHORT: usize = 3;

/// `tracestate` of the W3C Trace Context. Tracing systems put into it what they like; taken are numbers, hexadecimal digits
/// and pieces too short to be a word, so that it says nothing about a person.
pub struct TraceState;

impl Wire for TraceState {
    const NAME: &'static str = "tracestate";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, LONGEST_STATE)?;
        let members: Vec<&str> =
            text.split(',').map(|member| member.trim_matches([' ', '\t'])).filter(|one| !one.is_empty()).collect();
        let parted: Option<Vec<(&str, &str)>> = members
            .iter()
            .map(|member| member.split_once('=').filter(|(key, value)| is_state_key(key) && is_state_value(value)))
            .collect();
        let Some(parted) = parted.filter(|members| members.len() <= MOST_STATES) else {
            return Err(fault("tracestate.format", &"expected a W3C trace state, key=value pairs parted by commas"));
        };
        if parted.iter().any(|(key, value)| says_who(key) || holds_a_number(value)) {
            return Err(personal("tracestate.personal"));
        }
        if !parted.iter().all(|(_, value)| pieces(value).all(is_opaque)) {
            let text = "a trace state may hold numbers, hexadecimal digits and pieces of at most three letters and digits: \
                        leave out what holds more";
            return Err(fault("tracestate.words", &text));
        }
        Ok(Self)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": LONGEST_STATE, "examples": ["rojo=00f067aa0ba902b7,dd=s:1;t.dm:-4"],
            "description": "What tracing systems add to `traceparent` (W3C Trace Context): numbers, hexadecimal digits, and \
                            pieces of at most three letters and digits. Nothing of a person.",
        })
    }
}

/// The key of a trace state: of a system, or of a tenant of one (W3C Trace Context, 3.3.1.3.1).
fn is_state_key(key: &str) -> bool {
    let part = |part: &str, most: usize, digit: bool| {
        (1..=most).contains(&part.len())
            && part.starts_with(|c: char| c.is_ascii_lowercase() || digit && c.is_ascii_digit())
            && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/'))
    };
    match key.split_once('@') {
        Some((tenant, system)) => part(tenant, 241, true) && part(system, 14, false),
        None => part(key, 256, false),
    }
}

/// The value of a trace state (W3C Trace Context, 3.3.1.3.2).
fn is_state_value(value: &str) -> bool {
    (1..=256).contains(&value.len())
        && value.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'=')
        && !value.ends_with(' ')
}

/// The letters and digits of a value that stand together.
fn pieces(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|piece| !piece.is_empty())
}

/// Whether letters and digits that stand together say nothing: a number, hexadecimal digits, or too few of them.
fn is_opaque(piece: &str) -> bool {
    piece.len() <= SHORT || piece.bytes().all(|b| b.is_ascii_hexdigit()) && piece.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a value holds what looks like a number or a date of a person; what chance made of hexadecimal digits does not.
fn holds_a_number(value: &str) -> bool {
    let mut rest = value.to_owned();
    for made in pieces(value).filter(|piece| is_hexadecimal(piece)) {
        rest = rest.replacen(made, "x", 1);
    }
    says_who(&rest)
}

/// `dataschema`: the schema of the data, by its identifier in this contract. Any other could say something.
pub struct DataSchema(
    /// The type whose schema it is.
    pub String,
);

impl Wire for DataSchema {
    const NAME: &'static str = "dataschema";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 256)?;
        if says_who(text) {
            return Err(personal("dataschema.personal"));
        }
        let kind = text.strip_prefix(BASE).and_then(|rest| rest.strip_prefix(':')).filter(|kind| {
            EventType::read(&Value::from(*kind)).is_ok_and(|of| {
                KINDS.iter().any(|kind| {
                    kind.name == of.what && kind.version == of.version && kind.of.contains(&of.jurisdiction)
                })
            })
        });
        let wrong =
            || fault("dataschema.format", &"expected urn:verband:contract:v1:<type of the event>; or leave it out");
        kind.map(|kind| Self(kind.to_owned())).ok_or_else(wrong)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "maxLength": 256, "pattern": "^urn:verband:contract:v1:nl[.][a-z-]+[.][a-z-]+[.]v[0-9]+$",
            "examples": ["urn:verband:contract:v1:nl.family-cases.case-registered.v1"],
            "description": "The schema of the data, by its identifier in this contract: that of the type.",
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
    fault(
        code,
        &"this holds what looks like a number or a date of a person, or a case number; nothing of a person belongs into an attribute",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T: Wire>(text: &str) -> Option<String> {
        T::read(&Value::from(text)).err().map(|fault| fault.code)
    }

    #[test]
    fn a_trace_state_says_nothing_of_a_person() {
        for taken in [
            "rojo=00f067aa0ba902b7",
            "rojo=00f067aa0ba902b7 , dd=s:1;o:rum;t.dm:-4;t.tid:6638a2f000000000",
            "fw529a3039@dt=fw4;9;4b4a0f1",
            "ot=th:8;rv:9b8233f7e3a151",
            "",
        ] {
            assert_eq!(code::<TraceState>(taken), None, "{taken}");
        }
        for (text, why) in [
            ("k=999991000", "personal"),
            ("k=x999991000y", "personal"),
            ("k=bsn999991000", "personal"),
            ("k=9999.91.000", "personal"),
            ("k=a999991000b", "personal"),
            ("k=a000000999991000", "personal"),
            ("k=s:1;d:1990-03-14", "personal"),
            ("k=19900314", "personal"),
            ("k999991000=1", "personal"),
            ("k=jansen", "words"),
            ("k=El Amrani", "words"),
            ("k=1;deadbeef", "words"),
            ("k=t61rcWkgMzE", "words"),
            ("Jansen=1", "format"),
            ("a@b@c=1", "format"),
            ("a=b=c", "format"),
            ("a=", "format"),
            ("a", "format"),
        ] {
            assert_eq!(code::<TraceState>(text), Some(format!("tracestate.{why}")), "{text}");
        }
    }

    #[test]
    fn a_schema_is_one_of_this_contract() {
        assert_eq!(code::<DataSchema>("urn:verband:contract:v1:nl.family-cases.case-registered.v1"), None);
        for (text, why) in [
            ("urn:verband:contract:v1:nl.criminal-cases.contact-denied.v1", "format"),
            ("urn:verband:contract:v1:nl.family-cases.jansen.v1", "format"),
            ("urn:verband:contract:v1:", "format"),
            ("https://example.nl/jansen/v1", "format"),
            ("https://example.nl/999991000/v1", "personal"),
            ("https://example.nl/x1990-03-14", "personal"),
        ] {
            assert_eq!(code::<DataSchema>(text), Some(format!("dataschema.{why}")), "{text}");
        }
    }
}
