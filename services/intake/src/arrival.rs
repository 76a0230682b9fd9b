//! An event on its way into the journal: what it says, or why it was refused.

use contract::{Channel, Draft, Publishers, Received, Understood, envelope, fault};
use domain::fact::intake::cases::EventCorrected;
use domain::fact::intake::criminal::CriminalChainNumbersMerged;
use domain::fact::intake::{EventQuarantined, PartyAdded, PartyDetailsChanged, RawEvent, Reason};
use domain::fact::{Actor, Author, IntakeFact};
use domain::ids::{CaseId, EventId, KeyId};
use domain::sealed::Sealed;
use jiff::Timestamp;
use journal::{Cause, DataKey, JournalError};
use serde_json::json;
use uuid::Uuid;

/// An event on its way into the journal.
#[derive(Clone)]
pub struct Arrival {
    /// What makes it the same event when it comes again.
    pub once: Uuid,
    /// On whose behalf it is filed.
    pub cause: Cause,
    /// What it says.
    pub content: Content,
    origin: Origin,
}

/// What an event says, or why it was refused.
#[derive(Clone)]
pub enum Content {
    /// It was understood; `canonical` is everything it says, in one form.
    Understood { understood: Box<Understood>, canonical: String },
    /// It was not.
    Refused { event: EventId, sent_id: Option<String>, reasons: Vec<Reason> },
}

/// Where an event came from, and as what: all that is needed to keep it.
#[derive(Clone)]
struct Origin {
    subject: String,
    received: Received,
    at: Timestamp,
}

impl Arrival {
    /// Reads what was received on `subject` at a moment.
    pub fn read(publishers: &Publishers, subject: &str, received: Received, at: Timestamp) -> Self {
        let origin = Origin { subject: subject.to_owned(), received, at };
        let read = origin.received.event().map_err(|reason| vec![reason]).and_then(|event| {
            let understood = contract::read_from(publishers, subject, &event)?;
            Ok((understood, envelope::canonical(event)))
        });
        match read {
            Ok((understood, canonical)) => Self::of_understood(origin, understood, canonical),
            Err(reasons) => Self::of_refused(origin, reasons),
        }
    }

    /// Reads what was kept in quarantine, as an operator releases it. Answers the places that were set aside too.
    ///
    /// # Errors
    /// What is still wrong with it.
    pub fn release(
        publishers: &Publishers,
        subject: &str,
        received: Received,
        set_aside: bool,
        at: Timestamp,
    ) -> Result<(Self, Vec<String>), Vec<Reason>> {
        let event = received.event().map_err(|reason| vec![reason])?;
        let (understood, aside) = if set_aside {
            contract::read_setting_aside(publishers, subject, &event)?
        } else {
            (contract::read_from(publishers, subject, &event)?, Vec::new())
        };
        let origin = Origin { subject: subject.to_owned(), received, at };
        Ok((Self::of_understood(origin, understood, envelope::canonical(event)), aside))
    }

    fn of_understood(origin: Origin, understood: Understood, canonical: String) -> Self {
        Self {
            once: understood.envelope.event.uuid(),
            cause: Cause {
                id: understood.envelope.event.uuid(),
                actor: Actor::publisher(&understood.envelope.source),
                event_time: understood.envelope.version.time,
            },
            content: Content::Understood { understood: Box::new(understood), canonical },
            origin,
        }
    }

    /// The same event, refused for these reasons.
    pub fn refused(&self, reasons: Vec<Reason>) -> Self {
        Self::of_refused(self.origin.clone(), reasons)
    }

    /// The same event, refused for this reason beside all others there are.
    pub fn refused_also(&self, reason: Reason) -> Self {
        let mut reasons = match &self.content {
            Content::Understood { .. } => Vec::new(),
            Content::Refused { reasons, .. } => reasons.clone(),
        };
        reasons.push(reason);
        self.refused(fault::told(reasons))
    }

    /// The same event, kept as if it had come in on this subject: there its publisher hears what was refused.
    #[must_use]
    pub fn answered_on(mut self, subject: String) -> Self {
        self.origin.subject = subject;
        self
    }

    /// The same bytes refused twice in one place are refused once; any others under the same id are another attempt, which is
    /// told of what is wrong with it.
    fn of_refused(origin: Origin, reasons: Vec<Reason>) -> Self {
        let bytes = origin.received.to_bytes();
        let value = origin.received.event().ok();
        let event = envelope::identity(&bytes, value.as_ref());
        let sent_id = value.as_ref().and_then(envelope::sent_id);
        let place = Channel::kept(&origin.subject);
        let once = EventId::derived(&["refused", &event.to_string(), &place, &envelope::digest(&bytes)]).uuid();
        let cause = Cause { id: once, actor: Actor::service(Author::Intake), event_time: origin.at };
        Self { once, cause, content: Content::Refused { event, sent_id, reasons }, origin }
    }

    /// The same event, refused as before, after an operator discarded what was kept of it: another matter.
    pub fn after_discard(&self) -> Self {
        let once = EventId::derived(&["discarded", &self.once.to_string()]).uuid();
        Self { once, cause: Cause { id: once, ..self.cause.clone() }, ..self.clone() }
    }

    /// The data key under which its personal part is sealed.
    pub fn key(&self) -> Option<KeyId> {
        match &self.content {
            Content::Understood { understood, .. } => match &understood.draft {
                Draft::Open(_) => None,
                Draft::Merged { .. } => Some(KeyId::of_event(understood.envelope.event)),
                Draft::Party { party, .. } | Draft::Details { party, .. } => Some(KeyId::of_party(*party)),
            },
            Content::Refused { event, .. } => Some(KeyId::of_event(*event)),
        }
    }

    /// The case it is about.
    pub fn about(&self) -> Option<CaseId> {
        match &self.content {
            Content::Understood { understood, .. } => Some(understood.case),
            Content::Refused { .. } => None,
        }
    }

    /// The earlier event that it takes back or replaces, and where it says so.
    pub fn revises(&self) -> Option<(EventId, &'static str)> {
        let Content::Understood { understood, .. } = &self.content else { return None };
        let corrects = understood.envelope.corrects.map(|corrects| (corrects, "/corrects"));
        corrects.or(match &understood.draft {
            Draft::Open(IntakeFact::EventRetracted(fact)) => Some((fact.retracts, "/data/eventId")),
            _ => None,
        })
    }

    /// What it brings into being, which other events may speak of and wait for.
    pub fn brings(&self) -> Option<Uuid> {
        match &self.content {
            Content::Understood { understood, .. } => match &understood.draft {
                Draft::Open(fact) => fact.brings(),
                Draft::Party { party, .. } => Some(party.uuid()),
                Draft::Merged { .. } | Draft::Details { .. } => None,
            },
            Content::Refused { .. } => None,
        }
    }

    /// The facts it becomes, sealed with its key: what it says, and that it replaces an earlier event where it does.
    ///
    /// # Errors
    /// When there is no key, or sealing fails.
    pub fn facts(&self, key: Option<&DataKey>) -> Result<Vec<IntakeFact>, JournalError> {
        let mut facts = vec![self.fact(key)?];
        if let Content::Understood { understood, .. } = &self.content
            && let Some(replaces) = understood.envelope.corrects
        {
            let (case, version) = (understood.case, understood.envelope.version);
            facts.push(IntakeFact::EventCorrected(EventCorrected { case, version, replaces }));
        }
        Ok(facts)
    }

    fn fact(&self, key: Option<&DataKey>) -> Result<IntakeFact, JournalError> {
        match &self.content {
            Content::Understood { understood, .. } => {
                let (case, version) = (understood.case, understood.envelope.version);
                Ok(match &understood.draft {
                    Draft::Open(fact) => fact.clone(),
                    Draft::Party { party, roles, capacity, details } => IntakeFact::PartyAdded(PartyAdded {
                        case,
                        party: *party,
                        version,
                        roles: roles.clone(),
                        capacity: *capacity,
                        details: sealed(key, "party", &details.to_plaintext())?,
                        died: details.deceased.is_some(),
                    }),
                    Draft::Merged { going_on, ended } => {
                        let numbers = json!({ "v": 1, "going_on": going_on.digits(), "ended": ended.digits() });
                        IntakeFact::CriminalChainNumbersMerged(CriminalChainNumbersMerged {
                            case,
                            version,
                            numbers: sealed(key, "numbers", numbers.to_string().as_bytes())?,
                        })
                    }
                    Draft::Details { party, details } => IntakeFact::PartyDetailsChanged(PartyDetailsChanged {
                        case,
                        party: *party,
                        version,
                        details: sealed(key, "party", &details.to_plaintext())?,
                        died: details.deceased.is_some(),
                    }),
                })
            }
            Content::Refused { event, sent_id, reasons } => {
                let body: Sealed<RawEvent> = sealed(key, "event", &self.origin.received.to_bytes())?;
                Ok(IntakeFact::EventQuarantined(EventQuarantined {
                    event: *event,
                    sent_id: sent_id.clone(),
                    channel: Channel::kept(&self.origin.subject),
                    reasons: reasons.clone(),
                    body,
                }))
            }
        }
    }
}

fn sealed<T>(key: Option<&DataKey>, what: &str, plaintext: &[u8]) -> Result<Sealed<T>, JournalError> {
    let key = key.ok_or(JournalError::Impossible { table: "journal.keys", column: "id" })?;
    Ok(key.seal(what, plaintext)?)
}
