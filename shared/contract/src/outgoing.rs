//! What this house says to the courts' systems: that an event was refused, that a signal changed, that a judge of another court
//! asks for information, and that a steward doubts what was told of a party.

use domain::fact::intake::Reason;
use schemars::JsonSchema;
use serde::Serialize;

/// The system that speaks, as the Dutch profile of CloudEvents asks: an organisation's number (here one that nobody has)
/// and a name.
pub const SOURCE: &str = "urn:nld:oin:00000000000000000000:systeem:verband";

/// An event was refused, and is kept in quarantine.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rejection {
    /// The event, by the id under which it is known here.
    pub event: String,
    /// The publisher's own id of the event, when that reads and says nothing personal.
    pub event_id: Option<String>,
    /// The subject the event came in on, as far as it is made of known words.
    pub channel: String,
    /// Everything that is wrong, at once.
    pub reasons: Vec<RejectionReason>,
}

/// One thing that is wrong with an event. It never quotes a value.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RejectionReason {
    /// Where, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// A stable code, such as `bsn.eleven-test`.
    pub code: String,
    /// What is wrong and what to do, in English.
    pub text: String,
}

impl Rejection {
    /// The type of the event that carries it.
    pub const TYPE: &'static str = "nl.case-events.event-rejected.v1";
}

impl From<Reason> for RejectionReason {
    fn from(reason: Reason) -> Self {
        Self { pointer: reason.pointer, code: reason.code, text: reason.text }
    }
}

/// A signal was raised, updated or withdrawn, or waits unread while its term nears (escalated). It names the judge's own case and nobody; of the parallel case it says nothing.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalNews {
    /// The signal; the judge reads it in the inbox.
    pub signal: String,
    /// Which version of it; a higher one replaces a lower one.
    pub version: u32,
    /// The court of the judge's own case, by the code of its ECLI numbers.
    pub court: String,
    /// The numbers of the judge's own case.
    pub case_numbers: Vec<String>,
    /// What kind of signal; only when it was raised or updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// How soon it should be read: low, normal, high or urgent; only when it was raised or updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<String>,
    /// The weight of the gravest indicator, 1 (gravest) to 4; only when it was raised or updated, and there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u8>,
    /// The day by which a judge should read it; only when it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_by: Option<String>,
    /// Whether no judge had the case then, so that nobody could read it; only when it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_judge: Option<bool>,
}

impl SignalNews {
    /// What may have happened to a signal: the last word of subject and type.
    pub const WHAT: [&'static str; 4] = ["signal-raised", "signal-updated", "signal-withdrawn", "signal-escalated"];

    /// The type of the event that says so.
    pub fn event_type(what: &str) -> String {
        format!("nl.signals.{what}.v1")
    }
}

/// A steward of this house doubts what a court told of a party, and asks it to look. It names nobody: what was told stands at the
/// court. Who has something to correct corrects it, by an event as any other; who has not says so by `record-confirmed`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordQuestion {
    /// What is asked, by an id of its own: it stands in `record-confirmed`.
    pub request: String,
    /// The court that is asked, by the code of its ECLI numbers.
    pub court: String,
    /// The case, by the id under which it is known here: made of jurisdiction, court, `source` and `subject` of its events.
    pub case: String,
    /// The numbers of the case at this court.
    pub case_numbers: Vec<String>,
    /// The party, by the id under which it is known here: made of that of the case and the publisher's own `partyId`.
    pub party: String,
    /// The roles that the party has in the case: codes such as `petitioner`.
    pub roles: Vec<String>,
    /// What is doubted: `bsn`, `skn`, `v-number`, `names`, `birth-date`, `birth-place`, `sex`.
    pub fields: Vec<String>,
    /// The last day on which an answer is in time.
    pub answer_by: String,
}

impl RecordQuestion {
    /// The type of the event that carries it.
    pub const TYPE: &'static str = "nl.record-questions.record-questioned.v1";
}

/// A judge of another court asks for information about a case of this court, takes that back, or is still waiting. It names nobody.
/// What is answered goes to the court that asks by the courts' own channel; what was done is told by an
/// `information-request-answered` event about the case.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestNews {
    /// The request; it stands in the answer.
    pub request: String,
    /// The court that is asked, by the code of its ECLI numbers.
    pub court: String,
    /// The numbers of the case that is asked about, at this court.
    pub case_numbers: Vec<String>,
    /// What is asked: a code such as `state-of-affairs`.
    pub information: String,
    /// On what legal basis: a code such as `wjsg-8-1`.
    pub legal_basis: String,
    /// The last day on which an answer is in time.
    pub answer_by: String,
    /// The court that asks, by the code of its ECLI numbers; not there where it could show where somebody lives whose address is
    /// shielded. Then the registry of this system's operator passes the answer on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requesting_court: Option<String>,
}

impl RequestNews {
    /// What may have happened to a request: the last word of subject and type.
    pub const WHAT: [&'static str; 3] =
        ["information-requested", "information-request-withdrawn", "information-request-overdue"];

    /// The type of the event that says so.
    pub fn event_type(what: &str) -> String {
        format!("nl.information-requests.{what}.v1")
    }
}
