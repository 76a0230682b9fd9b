//! Events over HTTP, for systems without NATS: the same contract, the same rules, and an answer at once.
//!
//! Invariant: whoever signs in speaks with its own `source` for its own court; the token says who that is, and the list of
//! publishers what it may say. The answer is given after the events are filed.

use std::sync::Arc;

use axum::http::HeaderMap;
use contract::publishers::Publisher;
use contract::{Channel, Publishers, Received, envelope};
use domain::fact::intake::Reason;
use journal::JournalError;
use runtime::Clock;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::arrival::Arrival;
use crate::filing::{Filing, Outcome};

/// The most events of one request, whose body has at most [`web::BODY_LIMIT`] bytes like every other.
pub const MOST: usize = 500;

/// Takes events in.
#[derive(Clone)]
pub struct Door {
    filing: Filing,
    publishers: Arc<Publishers>,
    clock: Clock,
}

/// How events stand in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// One event, structured (`application/cloudevents+json`) or binary (`ce-` headers).
    One,
    /// An array of structured events (`application/cloudevents-batch+json`).
    Batch,
}

/// Why a request is not even looked at.
#[derive(Debug)]
pub enum DoorError {
    /// Neither of the media types of the contract.
    MediaType,
    /// Not a JSON array of at most [`MOST`] events.
    Batch,
    /// Something went wrong with the journal: send it again.
    Journal(JournalError),
}

impl Door {
    /// A door to `filing` for these publishers.
    pub const fn new(filing: Filing, publishers: Arc<Publishers>, clock: Clock) -> Self {
        Self { filing, publishers, clock }
    }

    /// Who signs in under a name.
    pub fn publisher(&self, name: &str) -> Option<&Publisher> {
        self.publishers.named(name)
    }

    /// Files the events of a request, and answers for each, in order, its own id and what became of it.
    ///
    /// # Errors
    /// See [`DoorError`]. When something went wrong with the journal, some may be filed; sending all again does no harm.
    pub async fn take(
        &self,
        publisher: &Publisher,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Vec<(Option<String>, Outcome)>, DoorError> {
        let received = match mode(headers).ok_or(DoorError::MediaType)? {
            Mode::One => vec![Received::new(&plain(headers), body)],
            Mode::Batch => {
                // Each event keeps the bytes it was sent in: read by the same reader, and kept as it came.
                let events = each(body).filter(|events| (1..=MOST).contains(&events.len())).ok_or(DoorError::Batch)?;
                events.into_iter().map(|event| Received::new(&[], event)).collect()
            }
        };
        let (ids, arrivals): (Vec<Option<String>>, Vec<Arrival>) =
            received.into_iter().map(|received| self.arrival(publisher, received)).unzip();
        let outcomes = self.filing.file_each(arrivals).await.map_err(DoorError::Journal)?;
        Ok(ids.into_iter().zip(outcomes).collect())
    }

    fn arrival(&self, publisher: &Publisher, received: Received) -> (Option<String>, Arrival) {
        let event = received.event().ok();
        let id = event.as_ref().and_then(envelope::sent_id);
        let sent = event.as_ref().and_then(envelope::kind);
        // Over HTTP the subject follows from who speaks and of what. Where that is not the publisher's own, or cannot be
        // told, the answer goes to who sent it all the same.
        let jurisdiction =
            sent.as_ref().map(|kind| kind.jurisdiction).filter(|of| publisher.jurisdictions.contains(of));
        let own = jurisdiction.or_else(|| publisher.jurisdictions.first().copied());
        let channel = |jurisdiction, what: Option<&str>| {
            let what = what.unwrap_or(Channel::NOTHING_KNOWN).to_owned();
            Channel { jurisdiction, court: publisher.court, what }.to_string()
        };
        let what = sent.as_ref().map(|kind| kind.what.as_str());
        let answer = own.map_or_else(|| Channel::UNKNOWN.to_owned(), |own| channel(own, what));
        let subject = sent.as_ref().map_or_else(|| answer.clone(), |kind| channel(kind.jurisdiction, what));
        let arrival = Arrival::read(&self.publishers, &subject, received, self.clock.now()).answered_on(answer);
        let source = event.as_ref().and_then(|event| event.get("source")).and_then(Value::as_str);
        if source.is_some_and(|source| source != publisher.source) {
            let reason = Reason {
                pointer: "/source".to_owned(),
                code: "source.credentials".to_owned(),
                text: "this source is not the one of who signed in".to_owned(),
            };
            return (id, arrival.refused_also(reason));
        }
        (id, arrival)
    }
}

fn mode(headers: &HeaderMap) -> Option<Mode> {
    let content = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    // Media types are the same in capitals (RFC 9110, 8.3.1).
    match content.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/cloudevents+json" => Some(Mode::One),
        "application/cloudevents-batch+json" => Some(Mode::Batch),
        "application/json" if headers.contains_key("ce-specversion") => Some(Mode::One),
        _ => None,
    }
}

/// The headers that can be part of an event.
fn plain(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| name.as_str() == "content-type" || name.as_str().starts_with("ce-"))
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect()
}

/// The bytes of a header as text: none is left out, so that what does not belong there is refused and kept.
fn text(bytes: &[u8]) -> String {
    // What is not UTF-8 reads as ISO 8859-1, as headers once did: each byte is a character of its own.
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

/// The events of a JSON array, each in its own bytes; nothing when it is no array. A byte in one of them that is no UTF-8 is
/// that one's fault alone.
fn each(body: &[u8]) -> Option<Vec<&[u8]>> {
    let mut text = String::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        // One for one, so that the places stay.
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    let events: Vec<&RawValue> = serde_json::from_str(&text).ok()?;
    let places = events.iter().map(|event| {
        let from = (event.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        body.get(from..from + event.get().len())
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_of_a_batch_keeps_its_bytes() {
        let body = b" [ {\"a\":\"\xff\"} ,{\"b\": 1}]";
        assert_eq!(each(body), Some(vec![b"{\"a\":\"\xff\"}".as_slice(), b"{\"b\": 1}"]));
        assert_eq!(each(b"[]"), Some(Vec::new()));
        for broken in [b"{}".as_slice(), b"[\xff]", b"[{}", b"", b"[{}]x"] {
            assert_eq!(each(broken), None);
        }
    }

    #[test]
    fn no_header_is_left_out_and_media_types_are_the_same_in_capitals() {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", "Application/JSON; charset=utf-8".parse().unwrap());
        assert_eq!(mode(&headers), None);
        headers.insert("ce-specversion", "1.0".parse().unwrap());
        assert_eq!(mode(&headers), Some(Mode::One));
        headers.insert("ce-nickname", axum::http::HeaderValue::from_bytes(b"Zo\xeb").unwrap());
        headers.insert("ce-nom", axum::http::HeaderValue::from_bytes("Zo\u{eb}".as_bytes()).unwrap());
        let plain = plain(&headers);
        for name in ["ce-nickname", "ce-nom"] {
            assert!(plain.contains(&(name.to_owned(), "Zo\u{eb}".to_owned())), "{plain:?}");
        }
        headers.insert("content-type", "application/CloudEvents-batch+JSON".parse().unwrap());
        assert_eq!(mode(&headers), Some(Mode::Batch));
    }
}
