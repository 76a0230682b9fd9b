//! The context attributes of an event (CloudEvents 1.0 and the Dutch government profile). They show in logs, queues and
//! monitoring: none of them may say anything about a person.

use domain::ids::EventId;
use domain::jurisdiction::Jurisdiction;
use domain::organisation::Oin;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::opaque::says_who;
use super::{PLAUSIBLE_YEARS, Wire, text};
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
        if !digits || !named {
            return Err(wrong());
        }
        if system.is_some_and(says_who) {
            let text =
                "the name of a system never holds what looks like a number or a date of a person, or a case number";
            return Err(fault("source.personal", &text));
        }
        Ok(Self(text.to_owned()))
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
        let text = text(value, 40)?;
        let wrong = || fault("time.format", &"expected a moment with offset as in 2026-11-23T10:00:00Z (RFC 3339)");
        if !is_rfc_3339(text) {
            return Err(wrong());
        }
        let time: Timestamp = text.parse().map_err(|_| wrong())?;
        if PLAUSIBLE_YEARS.contains(&time.to_zoned(jiff::tz::TimeZone::UTC).year()) {
            Ok(Self(time))
        } else {
            Err(fault("time.range", &"expected a moment of the years 1900 to 2200: check the clock of the source"))
        }
    }

    fn describe(_: Jurisdiction) -> Value {
        json!({
            "type": "string", "format": "date-time", "pattern": RFC_3339, "examples": ["2026-11-23T10:00:00Z"],
            "description": "When the publisher recorded what happened (RFC 3339), in the years 1900 to 2200.",
        })
    }
}

/// The form of a moment after RFC 3339, for the published schema; [`is_rfc_3339`] is the same.
const RFC_3339: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$";

/// Whether a text has the form of a moment after RFC 3339: the standard leaves out nothing and adds nothing, where readers
/// of other forms of ISO 8601 do both.
fn is_rfc_3339(text: &str) -> bool {
    let fits = |part: &str, form: &str| {
        part.len() == form.len()
            && part.bytes().zip(form.bytes()).all(|(b, form)| match form {
                b'0' => b.is_ascii_digit(),
                b'T' => matches!(b, b'T' | b't'),
                b'+' => matches!(b, b'+' | b'-'),
                form => b == form,
            })
    };
    let Some((moment, rest)) = text.split_at_checked(19) else { return false };
    let rest = rest.strip_prefix('.').map_or(Some(rest), |fraction| {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        (1..=9).contains(&digits).then(|| &fraction[digits..])
    });
    fits(moment, "0000-00-00T00:00:00")
        && rest.is_some_and(|offset| {
            let is_below = |part: Option<&str>, most: u8| {
                part.and_then(|part| part.parse().ok()).is_some_and(|number: u8| number < most)
            };
            matches!(offset, "Z" | "z")
                || fits(offset, "+00:00") && is_below(offset.get(1..3), 24) && is_below(offset.get(4..), 60)
        })
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

/// `datacontenttype`: always JSON, in UTF-8, which may be said. Any other parameter could say something about a person.
pub struct Token;

impl Wire for Token {
    const NAME: &'static str = "content-type";

    fn read(value: &Value) -> Result<Self, Fault> {
        let mut parts = text(value, 80)?.split(';').map(|part| part.trim_matches([' ', '\t']));
        let base = parts.next().is_some_and(|base| base.eq_ignore_ascii_case("application/json"));
        let charset = parts.next().is_none_or(|parameter| {
            ["charset=utf-8", "charset=\"utf-8\""].iter().any(|known| parameter.eq_ignore_ascii_case(known))
        });
        if base && charset && parts.next().is_none() {
            Ok(Self)
        } else {
            let text = "the data of an event is application/json, with no other parameter than charset=utf-8";
            Err(fault("datacontenttype.unknown", &text))
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
