//! From the bus to the journal: as many events as are waiting, one transaction, acknowledged after it.

use std::time::Duration;

use bus::{Consumer, Delivery, Stream, Verdict};
use domain::fact::intake::{EventQuarantined, PartyAdded, PartyDetailsChanged, RawEvent, Reason};
use domain::fact::{Actor, Author, IntakeFact};
use domain::ids::{EventId, KeyId};
use domain::sealed::Sealed;
use journal::{Cause, DataKey, JournalError, Vault};
use service::Service;
use uuid::Uuid;

use crate::parse::{Draft, Understood};
use crate::{event, parse, quarantine};

/// How many events go into one transaction.
const BATCH: usize = 256;
/// Where the courts' events wait.
const QUEUE: Consumer = Consumer { stream: Stream::Cases, durable: Author::Intake.as_str() };
/// How often to look for what a killed server left behind.
const CLEAR: Duration = Duration::from_secs(5);
/// After how many deliveries an event that is understood but cannot be filed goes to quarantine.
const DELIVERIES: u64 = 8;

/// Files events.
#[derive(Clone)]
pub struct Intake {
    service: Service,
    vault: Vault,
}

/// An event on its way into the journal.
struct Arrival {
    /// What makes it the same event when it comes again.
    once: Uuid,
    cause: Cause,
    content: Content,
}

enum Content {
    Understood(Box<Understood>),
    Refused { event: EventId, sent_id: Option<String>, channel: String, reasons: Vec<Reason>, bytes: Vec<u8> },
}

impl Intake {
    /// Files the events of `service`'s bus into its journal, sealing with `vault`.
    pub const fn new(service: Service, vault: Vault) -> Self {
        Self { service, vault }
    }

    /// Files events until the service stops.
    pub async fn listen(self) {
        let (bus, stop) = (self.service.bus.clone(), self.service.stopping());
        let back = || async { self.service.journal.cursor("probe").await.is_ok() };
        bus.consume(QUEUE, BATCH, &stop, |deliveries| self.batch(deliveries), back).await;
    }

    /// Files and removes what a killed server left behind, until the service stops.
    pub async fn clear(self) {
        let stop = self.service.stopping();
        while !stop.is_cancelled() {
            match self.service.bus.leftovers(QUEUE).await {
                Ok(leftovers) => {
                    for leftover in leftovers {
                        self.clear_one(leftover).await;
                    }
                }
                Err(error) => tracing::debug!(%error, "the queue could not be looked through"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(CLEAR) => {}
            }
        }
    }

    async fn clear_one(&self, leftover: bus::Leftover) {
        let verdicts = self.batch(vec![leftover.delivery]).await;
        if verdicts == [Verdict::Done] {
            metrics::counter!("intake_leftovers_removed_total").increment(1);
            if let Err(error) = self.service.bus.remove(QUEUE, leftover.sequence).await {
                tracing::debug!(%error, "a leftover was filed and not yet removed");
            }
        }
    }

    async fn batch(&self, deliveries: Vec<Delivery>) -> Vec<Verdict> {
        let arrivals: Vec<Arrival> = deliveries.iter().map(|delivery| self.arrival(delivery)).collect();
        match self.file(&arrivals).await {
            Ok(()) => vec![Verdict::Done; deliveries.len()],
            Err(error) if error.is_outage() => vec![Verdict::Away; deliveries.len()],
            Err(_) if deliveries.len() > 1 => {
                // One of them spoils the batch; alone, the others go through.
                let mut verdicts = Vec::with_capacity(deliveries.len());
                for (delivery, arrival) in deliveries.iter().zip(&arrivals) {
                    verdicts.push(self.single(delivery, arrival).await);
                }
                verdicts
            }
            Err(error) => match (deliveries.first(), arrivals.first()) {
                (Some(delivery), Some(arrival)) => vec![self.failed(delivery, arrival, &error).await],
                _ => Vec::new(),
            },
        }
    }

    async fn single(&self, delivery: &Delivery, arrival: &Arrival) -> Verdict {
        match self.file(std::slice::from_ref(arrival)).await {
            Ok(()) => Verdict::Done,
            Err(error) => self.failed(delivery, arrival, &error).await,
        }
    }

    /// An event that could not be filed comes again; after a bounded number of times it is kept for a person.
    async fn failed(&self, delivery: &Delivery, arrival: &Arrival, error: &JournalError) -> Verdict {
        if error.is_outage() {
            return Verdict::Away;
        }
        tracing::warn!(event = %arrival.once, deliveries = delivery.deliveries, %error, "event could not be filed");
        if delivery.deliveries < DELIVERIES {
            return Verdict::Again(Duration::from_millis(200 << delivery.deliveries.min(6)));
        }
        let reason = Reason {
            pointer: String::new(),
            code: "event.not-filed".to_owned(),
            text: "the event was understood but could not be filed; an operator will look at it".to_owned(),
        };
        let kept = self.refused(delivery, vec![reason]);
        match self.file(std::slice::from_ref(&kept)).await {
            Ok(()) => Verdict::Done,
            Err(error) if error.is_outage() => Verdict::Away,
            Err(_) => Verdict::Again(Duration::from_secs(30)),
        }
    }

    fn arrival(&self, delivery: &Delivery) -> Arrival {
        match parse::event(&delivery.subject, &delivery.payload) {
            Ok(understood) => Arrival {
                once: understood.envelope.event.uuid(),
                cause: Cause {
                    id: understood.envelope.event.uuid(),
                    actor: Actor::publisher(&understood.envelope.source),
                    event_time: understood.envelope.version.time,
                },
                content: Content::Understood(Box::new(understood)),
            },
            Err(reasons) => self.refused(delivery, reasons),
        }
    }

    /// The same bytes refused twice are refused once; mended bytes under the same id are another attempt.
    fn refused(&self, delivery: &Delivery, reasons: Vec<Reason>) -> Arrival {
        let value = event::json(&delivery.payload).ok();
        let event = event::identity(&delivery.payload, value.as_ref());
        let sent_id = value.as_ref().and_then(event::sent_id);
        let once = EventId::derived(&["refused", &event.to_string(), &event::digest(&delivery.payload)]).uuid();
        metrics::counter!("intake_events_quarantined_total").increment(1);
        Arrival {
            once,
            cause: Cause { id: once, actor: Actor::service(Author::Intake), event_time: self.service.clock.now() },
            content: Content::Refused {
                event,
                sent_id,
                channel: parse::channel(&delivery.subject),
                reasons,
                bytes: delivery.payload.to_vec(),
            },
        }
    }

    /// Files arrivals in one transaction: those seen before leave no second trace.
    async fn file(&self, arrivals: &[Arrival]) -> Result<(), JournalError> {
        let mut transaction = self.service.journal.begin().await?;
        let all: Vec<Uuid> = arrivals.iter().map(|arrival| arrival.once).collect();
        let mut fresh: std::collections::BTreeSet<Uuid> = transaction.first_times(&all).await?.into_iter().collect();
        // The same event twice in one batch is one event.
        let arrivals: Vec<&Arrival> = arrivals.iter().filter(|arrival| fresh.remove(&arrival.once)).collect();
        let wanted: Vec<Option<KeyId>> = arrivals.iter().map(|arrival| arrival.content.key()).collect();
        let ids: Vec<KeyId> = wanted.iter().flatten().copied().collect();
        let mut keys =
            if ids.is_empty() { Vec::new() } else { self.vault.make_keys(transaction.sql(), &ids).await? }.into_iter();
        let mut facts = Vec::with_capacity(arrivals.len());
        for (arrival, wanted) in arrivals.iter().zip(&wanted) {
            let key = wanted.and_then(|_| keys.next());
            facts.push((arrival.content.fact(key.as_ref())?, arrival.cause.clone()));
        }
        let recorded = transaction.append_each(facts).await?;
        for fact in &recorded {
            if let IntakeFact::EventQuarantined(event) = &fact.fact {
                quarantine::list(transaction.sql(), fact.id.uuid(), event).await?;
            }
        }
        transaction.commit().await?;
        metrics::counter!("intake_events_filed_total").increment(recorded.len() as u64);
        Ok(())
    }
}

impl Content {
    /// The data key under which its personal part is sealed.
    fn key(&self) -> Option<KeyId> {
        match self {
            Self::Understood(understood) => match &understood.draft {
                Draft::Open(_) => None,
                Draft::Party { party, .. } | Draft::Details { party, .. } => Some(KeyId::of_party(*party)),
            },
            Self::Refused { event, .. } => Some(KeyId::of_event(*event)),
        }
    }

    fn fact(&self, key: Option<&DataKey>) -> Result<IntakeFact, JournalError> {
        match self {
            Self::Understood(understood) => {
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
                    }),
                    Draft::Details { party, details } => IntakeFact::PartyDetailsChanged(PartyDetailsChanged {
                        case,
                        party: *party,
                        version,
                        details: sealed(key, "party", &details.to_plaintext())?,
                    }),
                })
            }
            Self::Refused { event, sent_id, channel, reasons, bytes } => {
                let body: Sealed<RawEvent> = sealed(key, "event", bytes)?;
                Ok(IntakeFact::EventQuarantined(EventQuarantined {
                    event: *event,
                    sent_id: sent_id.clone(),
                    channel: channel.clone(),
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
