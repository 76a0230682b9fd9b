//! An event as it was received: bytes, and headers where the publisher uses binary mode.

use domain::fact::intake::Reason;
use serde_json::{Map, Value};

use crate::envelope::LARGEST;
use crate::fault::fault;
use crate::once::Once;
use crate::schema::drop_nulls;
use crate::value::{Token, Wire};

/// What the kept form of a message with headers begins with (the protocol's own header block).
const HEADER_BLOCK: &[u8] = b"NATS/1.0\r\n";
/// Between header block and payload.
const BLANK: &[u8] = b"\r\n\r\n";

/// A message on its way in. It has one form as bytes, in which it is kept and from which it can be read again.
#[derive(Clone, PartialEq, Eq)]
pub struct Received {
    /// The headers of the event's attributes, by name without `ce-`, and `content-type`; empty in structured mode.
    attributes: Vec<(String, String)>,
    payload: Vec<u8>,
}

impl Received {
    /// A message with its headers (names in any case) and its payload.
    pub fn new(headers: &[(String, String)], payload: &[u8]) -> Self {
        let structured = headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("content-type")
                && value.to_ascii_lowercase().starts_with("application/cloudevents")
        });
        let mut attributes: Vec<(String, String)> = headers
            .iter()
            .filter_map(|(name, value)| {
                let name = name.to_ascii_lowercase();
                Some((name.strip_prefix("ce-")?.to_owned(), value.clone()))
            })
            .collect();
        if structured || attributes.is_empty() {
            return Self { attributes: Vec::new(), payload: payload.to_vec() };
        }
        // In binary mode the content type is the data's. A `ce-datacontenttype` beside it says nothing more where it is one,
        // and else stays: an attribute that stands twice is refused.
        if let Some((_, content)) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            attributes.retain(|(name, value)| {
                name != "datacontenttype" || Token::read(&Value::from(value.as_str())).is_err()
            });
            attributes.push(("datacontenttype".to_owned(), content.clone()));
        }
        Self { attributes, payload: payload.to_vec() }
    }

    /// The message as it is kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        // A payload that itself begins like a kept message gets a block without headers before it.
        if self.attributes.is_empty() && !self.payload.starts_with(HEADER_BLOCK) {
            return self.payload.clone();
        }
        let mut bytes = HEADER_BLOCK.to_vec();
        let lines: Vec<String> = self.attributes.iter().map(|(name, value)| format!("ce-{name}: {value}")).collect();
        bytes.extend(lines.join("\r\n").into_bytes());
        bytes.extend(BLANK);
        bytes.extend(&self.payload);
        bytes
    }

    /// A message as it was kept.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let plain = || Self { attributes: Vec::new(), payload: bytes.to_vec() };
        let Some(rest) = bytes.strip_prefix(HEADER_BLOCK) else { return plain() };
        let Some(end) = rest.windows(BLANK.len()).position(|window| window == BLANK) else { return plain() };
        let (head, payload) = (&rest[..end], &rest[end + BLANK.len()..]);
        let Ok(head) = std::str::from_utf8(head) else { return plain() };
        let attributes = head
            .split("\r\n")
            .filter_map(|line| {
                let (name, value) = line.split_once(": ")?;
                Some((name.strip_prefix("ce-")?.to_owned(), value.to_owned()))
            })
            .collect();
        Self { attributes, payload: payload.to_vec() }
    }

    /// The event as one JSON object, whichever mode it came in. Null is missing.
    ///
    /// # Errors
    /// Why the bytes are no event at all.
    pub fn event(&self) -> Result<Value, Reason> {
        let whole = |code: &str, text: &str| fault(code, &text).at("");
        let headers: usize = self.attributes.iter().map(|(name, value)| name.len() + value.len()).sum();
        if self.payload.len() + headers > LARGEST {
            return Err(whole("event.too-large", "an event has at most 65536 bytes; split it into smaller events"));
        }
        let text = std::str::from_utf8(&self.payload).map_err(|_| whole("event.encoding", "an event is UTF-8 text"))?;
        let Once(mut value) = serde_json::from_str(text).map_err(|error| {
            if error.is_data() {
                whole("event.field-twice", "a field stands twice in one object: send it once")
            } else {
                whole("event.json", "an event is one JSON object (CloudEvents 1.0)")
            }
        })?;
        drop_nulls(&mut value);
        if self.attributes.is_empty() {
            return if value.is_object() {
                Ok(value)
            } else {
                Err(whole("event.json", "an event is one JSON object (CloudEvents 1.0, structured mode)"))
            };
        }
        let mut event = Map::new();
        for (name, attribute) in &self.attributes {
            if event.insert(name.clone(), Value::from(attribute.as_str())).is_some() || name == "data" {
                return Err(whole("event.headers", "in binary mode each attribute has one ce- header"));
            }
        }
        event.insert("data".to_owned(), value);
        Ok(Value::Object(event))
    }
}
