//! The envelope of a case event: CloudEvents 1.0 in structured JSON, after the Dutch government profile.

use domain::bsn::Bsn;
use domain::fact::SourceVersion;
use domain::fact::intake::Reason;
use domain::ids::EventId;
use domain::jurisdiction::Jurisdiction;
use jiff::Timestamp;
use serde_json::Value;

use crate::form::{Fault, Form, fault, parsed, text};

/// The largest event taken, in bytes (the profile's limit).
pub const LARGEST: usize = 64 * 1024;

/// An event whose envelope reads.
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
}

/// Reads the bytes of an event as JSON.
///
/// # Errors
/// Why they are not an event at all.
pub fn json(bytes: &[u8]) -> Result<Value, Reason> {
    let whole =
        |code: &str, text: &str| Reason { pointer: String::new(), code: code.to_owned(), text: text.to_owned() };
    if bytes.len() > LARGEST {
        return Err(whole("event.too-large", "an event has at most 65536 bytes; send what is larger by reference"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| whole("event.encoding", "an event is UTF-8 text"))?;
    let value: Value = serde_json::from_str(text)
        .map_err(|_| whole("event.json", "an event is one JSON object (CloudEvents 1.0, structured mode)"))?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(whole("event.json", "an event is one JSON object (CloudEvents 1.0, structured mode)"))
    }
}

/// Reads the envelope; faults are noted in `form`. Nothing when one of its parts is missing or malformed.
pub fn envelope(form: &Form<'_>) -> Option<Envelope> {
    form.required("specversion", |value| match value.as_str() {
        Some("1.0") => Ok(()),
        _ => Err(fault("specversion.unknown", &"expected CloudEvents specversion \"1.0\"")),
    });
    let id = form.required("id", parsed(128, opaque("id")));
    let source = form.required("source", parsed(128, source));
    let subject = form.required("subject", parsed(128, opaque("subject")));
    let time = form.required("time", parsed(40, time));
    let sequence = form.required("sequence", sequence);
    let kind = form.required("type", parsed(128, kind));
    if !form.has("data") {
        form.refuse_at("data", "field.missing", "this field is required");
    }
    let (id, source, subject, time, sequence, (jurisdiction, what)) = (id?, source?, subject?, time?, sequence?, kind?);
    let event = EventId::derived(&[&source, &id]);
    Some(Envelope { event, subject, version: SourceVersion { sequence, time, event }, source, jurisdiction, what })
}

/// Which event it is, as far as its bytes tell: by source and id, or else by the bytes themselves.
pub fn identity(bytes: &[u8], value: Option<&Value>) -> EventId {
    let part = |name: &str| value.and_then(|value| value.get(name)).and_then(Value::as_str);
    match (part("source"), part("id")) {
        (Some(source), Some(id)) => EventId::derived(&[source, id]),
        _ => EventId::derived(&["bytes", &digest(bytes)]),
    }
}

/// The publisher's own id of an event, when it is fit to be repeated to the publisher.
pub fn sent_id(value: &Value) -> Option<String> {
    value.get("id").and_then(Value::as_str).filter(|id| id.len() <= 128).and_then(|id| opaque("id")(id).ok())
}

/// A name for exactly these bytes (UUID version 5 of their content).
pub fn digest(bytes: &[u8]) -> String {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, bytes).to_string()
}

fn time(text: &str) -> Result<Timestamp, Fault> {
    text.parse().map_err(|_| fault("time.format", &"expected a moment with offset as in 2026-11-23T10:00:00Z"))
}

/// `urn:nld:oin:<20 digits>` with, optionally, `:systeem:<name>`.
fn source(text: &str) -> Result<String, Fault> {
    let wrong = || fault("source.format", &"expected urn:nld:oin:<20 digits>:systeem:<name>");
    let rest = text.strip_prefix("urn:nld:oin:").ok_or_else(wrong)?;
    let (oin, system) = rest.split_once(":systeem:").map_or((rest, None), |(oin, system)| (oin, Some(system)));
    let digits = oin.len() == 20 && oin.bytes().all(|b| b.is_ascii_digit());
    let named = system.is_none_or(|name| {
        (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    if digits && named { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// An id that says nothing about anybody: context attributes show in logs and monitoring.
fn opaque(attribute: &'static str) -> impl Fn(&str) -> Result<String, Fault> {
    move |text| {
        let plain = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'));
        if !plain {
            return Err(fault(&format!("{attribute}.format"), &"expected an opaque id of letters, digits and - _ . :"));
        }
        if !is_uuid(text) && text.split(['-', '_', '.', ':']).any(holds_a_bsn) {
            return Err(fault(
                &format!("{attribute}.personal"),
                &"this looks like a citizen service number; use an opaque id, such as a UUID",
            ));
        }
        Ok(text.to_owned())
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

/// The publisher's running number, as text (the extension's own form) or as a number.
fn sequence(value: &Value) -> Result<u64, Fault> {
    let wrong = || fault("sequence.format", &"expected the publisher's running number, digits only");
    match value {
        Value::Number(number) => number.as_u64().ok_or_else(wrong),
        _ => text(20)(value)?.parse().map_err(|_| wrong()),
    }
}

/// `nl.<jurisdiction>-cases.<what-happened>.v1`.
fn kind(text: &str) -> Result<(Jurisdiction, String), Fault> {
    let mut parts = text.split('.');
    let (Some("nl"), Some(domain), Some(what), Some(version), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(fault("type.format", &"expected nl.<family|youth|criminal>-cases.<what-happened>.v1"));
    };
    if version != "v1" {
        return Err(fault("type.version", &"only version v1 of this type is known here"));
    }
    let jurisdiction = domain
        .strip_suffix("-cases")
        .and_then(|name| Jurisdiction::ALL.into_iter().find(|jurisdiction| jurisdiction.as_str() == name))
        .ok_or_else(|| fault("type.jurisdiction", &"expected family-cases, youth-cases or criminal-cases"))?;
    Ok((jurisdiction, what.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        json!({
            "specversion": "1.0",
            "id": "7d9f2d52-9f3c-4b2a-9a63-3d1c4b0e9f11",
            "source": "urn:nld:oin:00000001823288444000:systeem:civiel",
            "type": "nl.family-cases.party-added.v1",
            "subject": "0190c9a2-7f3e-7c11-8d52-0242ac120002",
            "time": "2026-11-23T10:00:00Z",
            "sequence": "17",
            "data": {}
        })
    }

    #[test]
    fn a_good_envelope_reads() {
        let event = good();
        let form = Form::new(&event);
        let read = envelope(&form).expect("reads");
        assert_eq!(read.jurisdiction, Jurisdiction::Family);
        assert_eq!((read.what.as_str(), read.version.sequence), ("party-added", 17));
        assert!(form.faults().is_empty());
    }

    #[test]
    fn each_part_is_refused_by_its_own_code() {
        for (field, value, code) in [
            ("specversion", json!("0.3"), "specversion.unknown"),
            ("source", json!("urn:nld:oin:12"), "source.format"),
            ("type", json!("nl.tax-cases.party-added.v1"), "type.jurisdiction"),
            ("type", json!("nl.family-cases.party-added.v2"), "type.version"),
            ("type", json!("party-added"), "type.format"),
            ("subject", json!("999991000"), "subject.personal"),
            ("subject", json!("El Amrani"), "subject.format"),
            ("time", json!("yesterday"), "time.format"),
            ("sequence", json!("-1"), "sequence.format"),
            ("id", json!(null), "field.missing"),
        ] {
            let mut event = good();
            event[field] = value;
            let form = Form::new(&event);
            assert!(envelope(&form).is_none() || !form.faults().is_empty(), "{field}");
            assert_eq!(form.faults().first().map(|reason| reason.code.clone()), Some(code.to_owned()), "{field}");
        }
    }

    #[test]
    fn a_number_in_an_id_is_seen_and_a_random_id_is_not_taken_for_one() {
        for personal in ["999991000", "bsn999991000", "party-999991000", "case:999991000:p1", "999991000x"] {
            assert_eq!(opaque("id")(personal).expect_err(personal).code, "id.personal", "{personal}");
        }
        for opaque_id in [
            "01999991-0001-7c11-8d52-0242ac120002",
            "5e999991-000a-4b2a-9a63-3d1c999991000",
            "7d9f2d52-9f3c-4b2a-9a63-999991000abc",
            "0190c9a2999991000e7c118d520242ac",
            "a3f999991000b2",
        ] {
            assert!(opaque("id")(opaque_id).is_ok(), "{opaque_id}");
        }
    }

    #[test]
    fn bytes_that_are_no_event_are_told_apart() {
        assert_eq!(json(&[0xff, 0xfe]).expect_err("not text").code, "event.encoding");
        assert_eq!(json(b"[1]").expect_err("not an object").code, "event.json");
        assert_eq!(json(&vec![b' '; LARGEST + 1]).expect_err("too large").code, "event.too-large");
    }
}
