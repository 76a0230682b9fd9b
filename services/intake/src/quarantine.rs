//! The quarantine: what could not be understood, kept whole for a person and answered to its publisher.

use bus::{Outgoing, subjects};
use domain::fact::intake::{EventQuarantined, Reason};
use domain::fact::{Body, IntakeFact};
use domain::ids::EventId;
use journal::{Journal, JournalError, Settled};
use serde_json::json;
use sqlx::PgConnection;

/// Who says so, in the `source` of a rejection.
const SOURCE: &str = "urn:nld:oin:00000000000000000000:systeem:verband";

/// The rejection that the publisher of a quarantined event is sent; nothing for other facts. It names places and codes,
/// never a value.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn rejection(settled: &Settled) -> anyhow::Result<Vec<Outgoing>> {
    let Body::Intake(IntakeFact::EventQuarantined(quarantined)) = &settled.fact.body else { return Ok(Vec::new()) };
    let id = format!("rejection-{}", settled.fact.id);
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": SOURCE,
        "type": "nl.case-events.event-rejected.v1",
        "time": settled.fact.recorded_at.to_string(),
        "datacontenttype": "application/json",
        "data": {
            "event": quarantined.event,
            "eventId": quarantined.sent_id,
            "channel": quarantined.channel,
            "reasons": quarantined.reasons,
        }
    });
    Ok(vec![Outgoing {
        subject: subjects::rejection(&quarantined.channel),
        id,
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
    let rows = sqlx::query!(
        r#"select fact, event, channel, reasons, since as "since: jiff_sqlx::Timestamp" from intake.quarantine
           where $1::uuid is null or (since, fact) > (select since, fact from intake.quarantine where fact = $1)
           order by since, fact limit $2"#,
        after,
        limit
    )
    .fetch_all(journal.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Kept {
                fact: row.fact,
                event: EventId::from_uuid(row.event),
                channel: row.channel,
                reasons: serde_json::from_value(row.reasons)?,
                since: row.since.to_jiff(),
            })
        })
        .collect()
}
