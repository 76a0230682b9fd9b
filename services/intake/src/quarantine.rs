//! The quarantine: what could not be understood, kept whole for a person and answered to its publisher.
//!
//! Invariants: what an operator does with an event is a fact of its own, with the operator as its actor; looking at a body
//! is such an act. An event leaves the list in the transaction that says why, once; released twice it is filed once.

use std::sync::Arc;

use bus::{Outgoing, subjects};
use contract::outgoing::{Rejection, SOURCE};
use contract::{Channel, Publishers, Received, envelope};
use domain::fact::intake::{DiscardReason, EventDiscarded, EventInspected, EventQuarantined, EventReleased, Reason};
use domain::fact::{Actor, Body, Fact, IntakeFact, Subject};
use domain::ids::{EventId, FactId, KeyId};
use journal::{Cause, Journal, JournalError, Vault};
use runtime::Clock;
use serde_json::json;
use sqlx::PgConnection;

use crate::arrival::Arrival;
use crate::filing::{Filing, Outcome};

/// The rejection that the publisher of a quarantined event is sent; nothing for other facts. It names places and codes,
/// never a value.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn rejection(fact: &Fact) -> anyhow::Result<Vec<Outgoing>> {
    let Body::Intake(IntakeFact::EventQuarantined(quarantined)) = &fact.body else { return Ok(Vec::new()) };
    let id = format!("rejection-{}", fact.id);
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": SOURCE,
        "type": Rejection::TYPE,
        "time": fact.recorded_at.to_string(),
        "datacontenttype": "application/json",
        "data": Rejection {
            event: quarantined.event.to_string(),
            event_id: quarantined.sent_id.clone(),
            channel: quarantined.channel.clone(),
            reasons: quarantined.reasons.iter().cloned().map(Into::into).collect(),
        },
    });
    Ok(vec![Outgoing {
        subject: subjects::rejection(&quarantined.channel),
        id: Some(id),
        headers: vec![("content-type", "application/cloudevents+json".to_owned())],
        payload: serde_json::to_vec(&event)?.into(),
    }])
}

/// Adds a quarantined event to the list that operators see.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn list(sql: &mut PgConnection, fact: uuid::Uuid, event: &EventQuarantined) -> Result<(), JournalError> {
    sqlx::query!(
        "insert into intake.quarantine (fact, event, channel, reasons) values ($1, $2, $3, $4) on conflict do nothing",
        fact,
        event.event.uuid(),
        event.channel,
        serde_json::to_value(&event.reasons)?
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// A quarantined event as an operator sees it.
pub struct Kept {
    /// The fact that says so.
    pub fact: uuid::Uuid,
    /// The event.
    pub event: EventId,
    /// Where it came in.
    pub channel: String,
    /// What is wrong with it.
    pub reasons: Vec<Reason>,
    /// Since when it is kept.
    pub since: jiff::Timestamp,
}

/// At most `limit` quarantined events after `after`, oldest first.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn kept(journal: &Journal, after: Option<uuid::Uuid>, limit: i64) -> Result<Vec<Kept>, JournalError> {
    let rows = sqlx::query_as!(
        KeptRow,
        r#"select fact, event, channel, reasons, since as "since: jiff_sqlx::Timestamp" from intake.quarantine
           where $1::uuid is null or (since, fact) > (
               -- The entry may have left the list since; it was written before it was listed.
               coalesce((select since from intake.quarantine where fact = $1),
                        (select recorded_at from journal.facts where id = $1)), $1)
           order by since, fact limit $2"#,
        after,
        limit
    )
    .fetch_all(journal.pool())
    .await?;
    rows.into_iter().map(KeptRow::read).collect()
}

/// One quarantined event, or nothing when it is not in quarantine.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn kept_one(journal: &Journal, fact: uuid::Uuid) -> Result<Option<Kept>, JournalError> {
    let row = sqlx::query_as!(
        KeptRow,
        r#"select fact, event, channel, reasons, since as "since: jiff_sqlx::Timestamp" from intake.quarantine
           where fact = $1"#,
        fact
    )
    .fetch_optional(journal.pool())
    .await?;
    row.map(KeptRow::read).transpose()
}

struct KeptRow {
    fact: uuid::Uuid,
    event: uuid::Uuid,
    channel: String,
    reasons: serde_json::Value,
    since: jiff_sqlx::Timestamp,
}

impl KeptRow {
    fn read(self) -> Result<Kept, JournalError> {
        Ok(Kept {
            fact: self.fact,
            event: EventId::from_uuid(self.event),
            channel: self.channel,
            reasons: serde_json::from_value(self.reasons)?,
            since: self.since.to_jiff(),
        })
    }
}

/// Why an operator's act on a quarantined event cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It is not, or no longer, in quarantine.
    #[error("no such event in quarantine")]
    Unknown,
    /// Its body was erased: the key under which it was sealed is gone.
    #[error("the body of this event was erased")]
    Erased,
    /// It is still wrong.
    #[error("the event still cannot be understood")]
    Refused(Vec<Reason>),
    /// Something went wrong with the journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// What operators do with what is kept.
#[derive(Clone)]
pub struct Quarantine {
    journal: Journal,
    vault: Vault,
    filing: Filing,
    publishers: Arc<Publishers>,
    clock: Clock,
}

/// A quarantined event, opened.
struct Opened {
    fact: EventQuarantined,
    received: Received,
}

impl Quarantine {
    /// The quarantine of a journal.
    pub const fn new(
        journal: Journal,
        vault: Vault,
        filing: Filing,
        publishers: Arc<Publishers>,
        clock: Clock,
    ) -> Self {
        Self { journal, vault, filing, publishers, clock }
    }

    /// The body of an event as it was received. That somebody looked is written down before it is shown.
    ///
    /// # Errors
    /// See [`ActError`].
    pub async fn inspect(&self, id: FactId, who: &Subject) -> Result<Vec<u8>, ActError> {
        let opened = self.open(id).await?;
        let now = self.clock.now();
        let inspected = EventInspected { event: opened.fact.event, quarantined: id };
        let cause = self.cause(&["inspected", &id.to_string(), who.as_str(), &now.to_string()], who);
        let mut transaction = self.journal.begin().await?;
        transaction.append(vec![IntakeFact::EventInspected(inspected)], &cause).await?;
        transaction.commit().await?;
        Ok(opened.received.to_bytes())
    }

    /// Reads an event again and files it; `subject` replaces the one it came in on where that was not understood. Where its
    /// court and jurisdiction were, its own type says the rest. With
    /// `set_aside`, identifiers that do not read are kept as written and never matched. Answers the places set aside.
    ///
    /// # Errors
    /// See [`ActError`].
    pub async fn release(
        &self,
        id: FactId,
        subject: Option<&str>,
        set_aside: bool,
        who: &Subject,
    ) -> Result<Vec<String>, ActError> {
        let Opened { fact, received } = self.open(id).await?;
        let subject = subject.map_or_else(|| told(&fact.channel, &received), str::to_owned);
        let (arrival, aside) = Arrival::release(&self.publishers, &subject, received, set_aside, self.clock.now())
            .map_err(ActError::Refused)?;
        // Filed before it leaves the list: whoever dies in between releases it again, and finds it filed.
        if let Some(Outcome::Quarantined(reasons)) = self.filing.file(vec![arrival]).await?.pop() {
            return Err(ActError::Refused(reasons));
        }
        let released = EventReleased { event: fact.event, quarantined: id, set_aside: aside.clone() };
        self.leave(id, IntakeFact::EventReleased(released), who).await?;
        Ok(aside)
    }

    /// Takes an event off the list for good. Its fact and its sealed body stay in the journal.
    ///
    /// # Errors
    /// See [`ActError`].
    pub async fn discard(&self, id: FactId, reason: DiscardReason, who: &Subject) -> Result<(), ActError> {
        let event = self.quarantined(id).await?.event;
        let discarded = EventDiscarded { event, quarantined: id, reason };
        self.leave(id, IntakeFact::EventDiscarded(discarded), who).await
    }

    async fn leave(&self, id: FactId, fact: IntakeFact, who: &Subject) -> Result<(), ActError> {
        let mut transaction = self.journal.begin().await?;
        let gone = sqlx::query!("delete from intake.quarantine where fact = $1", id.uuid())
            .execute(transaction.sql())
            .await
            .map_err(JournalError::from)?;
        if gone.rows_affected() == 0 {
            return Err(ActError::Unknown);
        }
        if matches!(fact, IntakeFact::EventDiscarded(_)) {
            // Sent again as it was, it is told again: nobody looks at it any more.
            sqlx::query!(
                "insert into intake.discarded (event) select cause from journal.facts where id = $1 on conflict do nothing",
                id.uuid()
            )
            .execute(transaction.sql())
            .await
            .map_err(JournalError::from)?;
        }
        transaction.append(vec![fact], &self.cause(&["left", &id.to_string()], who)).await?;
        Ok(transaction.commit().await?)
    }

    async fn quarantined(&self, id: FactId) -> Result<EventQuarantined, ActError> {
        let listed = sqlx::query_scalar!("select fact from intake.quarantine where fact = $1", id.uuid())
            .fetch_optional(self.journal.pool())
            .await
            .map_err(JournalError::from)?;
        match listed.map(|_| self.journal.fact(id)) {
            Some(fact) => match fact.await?.map(|fact| fact.body) {
                Some(Body::Intake(IntakeFact::EventQuarantined(fact))) => Ok(fact),
                _ => Err(ActError::Unknown),
            },
            None => Err(ActError::Unknown),
        }
    }

    async fn open(&self, id: FactId) -> Result<Opened, ActError> {
        let fact = self.quarantined(id).await?;
        let mut sql = self.journal.pool().acquire().await.map_err(JournalError::from)?;
        let keys = self.vault.keys(&mut sql, &[KeyId::of_event(fact.event)]).await.map_err(JournalError::from)?;
        let key = keys.into_iter().next().flatten().ok_or(ActError::Erased)?;
        let bytes = key.open("event", &fact.body).map_err(JournalError::from)?;
        Ok(Opened { received: Received::from_bytes(&bytes), fact })
    }

    fn cause(&self, parts: &[&str], who: &Subject) -> Cause {
        Cause { id: FactId::derived(parts).uuid(), actor: Actor::user(who), event_time: self.clock.now() }
    }
}

/// The subject that was kept, its last word out of the event's type where none was.
fn told(channel: &str, received: &Received) -> String {
    let kind = received.event().ok().as_ref().and_then(envelope::kind);
    match (Channel::parse(channel), kind) {
        (Ok(channel), Some(kind)) if channel.what == Channel::NOTHING_KNOWN => {
            Channel { what: kind.what, ..channel }.to_string()
        }
        _ => channel.to_owned(),
    }
}
