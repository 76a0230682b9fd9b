//! The context attributes of an event (CloudEvents 1.0 and the Dutch government profile). They show in logs, queues and
//! monitoring: none of them may say anything about a person.

use domain::bsn::Bsn;
use domain::ids::EventId;
use domain::jurisdiction::Jurisdiction;
use domain::organisation::Oin;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Wire, text};
use crate::fault::{Fault, fault};

/// `specversion`: always 1.0.
pub struct SpecVersion;

impl Wire for SpecVersion {
    const NAME: &'static str = "specversion";

    fn read(value: &Value) -> Result<Self, Fault> {
        match value.as_str() {
            Some("1.0") => Ok(Self),
            _ => Err(fault("specversion.unknown", &"expected CloudEvents specversion \"1.0\"")),
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "const": "1.0", "description": "The version of the CloudEvents specification." })
    }
}

/// An id within a case (of a party, a charge, a hearing): the publisher's own, opaque.
pub struct OpaqueId(pub String);

impl Wire for OpaqueId {
    const NAME: &'static str = "opaque-id";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 64)?;
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if plain {
            Ok(Self(text.to_owned()))
        } else {
            Err(fault("id.format", &"expected an opaque id of letters, digits, - and _"))
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$", "examples": ["p1"],
            "description": "The publisher's own opaque id, the same in every event about this thing.",
        })
    }
}

/// `id` and `subject`, and the id of an earlier event: opaque, and by no means a citizen service number.
pub struct Attributed(pub String);

impl Wire for Attributed {
    const NAME: &'static str = "attribute-id";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 128)?;
        let plain = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'));
        if !plain {
            return Err(fault("id.format", &"expected an opaque id of letters, digits and - _ . :"));
        }
        if !is_uuid(text) && text.split(['-', '_', '.', ':']).any(holds_a_bsn) {
            return Err(fault(
                "id.personal",
                &"this looks like a citizen service number; use an opaque id, such as a UUID",
            ));
        }
        Ok(Self(text.to_owned()))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,128}$",
            "examples": ["0190c9a2-7f3e-7c11-8d52-0242ac120002"],
            "description": "An opaque id, such as a UUID; never a number or a name of a person.",
        })
    }
}

/// A UUID is opaque by its making: of the random ones, three in a thousand have nine digits that pass the eleven-test.
fn is_uuid(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok()
}

/// Whether a part of an id is a citizen service number, bare or with letters before or behind it (`bsn999991000`). Nine
/// digits amid other letters and digits are a piece of a hash.
fn holds_a_bsn(part: &str) -> bool {
    let digits = part.trim_matches(|c: char| c.is_ascii_alphabetic());
    digits.len() == 9 && Bsn::parse(digits).is_ok()
}

/// `source`: `urn:nld:oin:<20 digits>` with, optionally, `:systeem:<name>`.
pub struct EventSource(pub String);

impl Wire for EventSource {
    const NAME: &'static str = "source";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 128)?;
        let wrong = || fault("source.format", &"expected urn:nld:oin:<20 digits>:systeem:<name>");
        let rest = text.strip_prefix("urn:nld:oin:").ok_or_else(wrong)?;
        let (oin, system) = rest.split_once(":systeem:").map_or((rest, None), |(oin, system)| (oin, Some(system)));
        let digits = Oin::parse(oin).is_ok_and(|number| number.digits() == oin);
        let named = system.is_none_or(|name| {
            (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
        if digits && named { Ok(Self(text.to_owned())) } else { Err(wrong()) }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "pattern": "^urn:nld:oin:[0-9]{20}(:systeem:[A-Za-z0-9-]{1,64})?$",
            "examples": ["urn:nld:oin:00000001823288444000:systeem:civiel-rbrot"],
            "description": "The publishing system, by the number of its organisation (OIN).",
        })
    }
}

/// `type`: `nl.<jurisdiction>-cases.<what-happened>.v<version>`.
pub struct EventType {
    /// Whose cases.
    pub jurisdiction: Jurisdiction,
    /// What happened, such as `party-added`.
    pub what: String,
    /// The version of the contract of what happened.
    pub version: u8,
}

impl Wire for EventType {
    const NAME: &'static str = "type";

    fn read(value: &Value) -> Result<Self, Fault> {
        let text = text(value, 128)?;
        let mut parts = text.split('.');
        let (Some("nl"), Some(domain), Some(what), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(fault("type.format", &"expected nl.<jurisdiction>-cases.<what-happened>.v1"));
        };
        let version = version
            .strip_prefix('v')
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0'))
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| fault("type.version", &"expected a version such as v1 at the end of the type"))?;
        let jurisdiction =
            domain.strip_suffix("-cases").and_then(|name| Jurisdiction::parse(name).ok()).ok_or_else(|| {
                let known: Vec<String> =
                    Jurisdiction::ALL.iter().map(|one| format!("{}-cases", one.as_str())).collect();
                fault("type.jurisdiction", &format!("expected one of {}", known.join(", ")))
            })?;
        Ok(Self { jurisdiction, what: what.to_owned(), version })
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "type": "string", "description": "What happened, in whose cases, and in which version of its contract." })
    }
}

/// `time`: when the publisher recorded it.
pub struct EventTime(pub Timestamp);

impl Wire for EventTime {
    const NAME: &'static str = "time";

    fn read(value: &Value) -> Result<Self, Fault> {
        text(value, 40)?
            .parse()
            .map(Self)
            .map_err(|_| fault("time.format", &"expected a moment with offset as in 2026-11-23T10:00:00Z"))
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "format": "date-time", "examples": ["2026-11-23T10:00:00Z"],
            "description": "When the publisher recorded what happened (RFC 3339).",
        })
    }
}

/// `sequence`: the publisher's running number, as text (the extension's own form) or as a number.
pub struct Sequence(pub u64);

impl Wire for Sequence {
    const NAME: &'static str = "sequence";

    fn read(value: &Value) -> Result<Self, Fault> {
        let wrong = || fault("sequence.format", &"expected the publisher's running number, digits only");
        let number = if let Value::Number(number) = value {
            number.as_u64()
        } else {
            Some(text(value, 20)?)
                .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|d| d.parse().ok())
        };
        number.map(Self).ok_or_else(wrong)
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": ["string", "integer"], "pattern": "^[0-9]{1,20}$", "minimum": 0, "examples": ["17"],
            "description": "The publisher's running number: of two events about one thing, the higher one holds.",
        })
    }
}

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

/// An attribute that is a word of the contract's own making: `datacontenttype`, `sequencetype`.
pub struct Token;

impl Wire for Token {
    const NAME: &'static str = "content-type";

    fn read(value: &Value) -> Result<Self, Fault> {
        let base = text(value, 80)?.split(';').next().unwrap_or_default().trim();
        if base.eq_ignore_ascii_case("application/json") {
            Ok(Self)
        } else {
            Err(fault("datacontenttype.unknown", &"the data of an event is application/json"))
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({ "type": "string", "examples": ["application/json"], "description": "The data is JSON." })
    }
}

/// The id under which an event is known here.
pub fn event_id(source: &str, id: &str) -> EventId {
    EventId::derived(&[source, id])
}
