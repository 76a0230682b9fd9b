//! What could not be understood, and what operators did with it. Facts of intake.

use serde::{Deserialize, Serialize};

use crate::ids::{EventId, FactId};
use crate::sealed::Sealed;

/// See [`super::IntakeFact::EventQuarantined`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventQuarantined {
    /// The event, derived from its source and id, or from its bytes when it has none that read.
    pub event: EventId,
    /// The publisher's own id of it, when that reads and says nothing personal.
    pub sent_id: Option<String>,
    /// The subject it came in on, or the HTTP route: never personal.
    pub channel: String,
    /// What is wrong with it, all reasons at once.
    pub reasons: Vec<Reason>,
    /// The bytes as received, to be looked at and released by a person.
    pub body: Sealed<RawEvent>,
}

/// See [`super::IntakeFact::EventInspected`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventInspected {
    /// The event.
    pub event: EventId,
    /// The fact that says it is in quarantine.
    pub quarantined: FactId,
}

/// See [`super::IntakeFact::EventReleased`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventReleased {
    /// The event.
    pub event: EventId,
    /// The fact that says it is in quarantine.
    pub quarantined: FactId,
    /// The places of identifiers that do not read and were set aside: kept as written, and never used for matching.
    pub set_aside: Vec<String>,
}

/// See [`super::IntakeFact::EventDiscarded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventDiscarded {
    /// The event.
    pub event: EventId,
    /// The fact that says it is in quarantine.
    pub quarantined: FactId,
    /// Why.
    pub reason: DiscardReason,
}

/// Why a quarantined event is not to be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiscardReason {
    /// The publisher sent a mended event in its place.
    Replaced,
    /// It is about nothing that this house is for.
    NotForThisHouse,
    /// It was a test.
    Test,
    /// Nobody can tell what it is.
    Unreadable,
    /// The publisher took it back.
    TakenBack,
}

/// The bytes of an event as they were received.
#[derive(Clone, PartialEq, Eq)]
pub struct RawEvent(pub Vec<u8>);

/// Why an event was refused, for machines and for people. Never quotes a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Where in the event, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// A stable code, such as `bsn.eleven-test`.
    pub code: String,
    /// What is wrong and what to do, in English.
    pub text: String,
}
