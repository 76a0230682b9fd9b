//! What waits for something that has not come: a verdict for its charge, a party for its case, a correction for what it
//! corrects. Nothing is held back meanwhile; the facts are in the journal, and take effect when the rest comes. What was
//! taken back has not come: whatever speaks of it waits again.

use std::collections::BTreeMap;

use domain::fact::IntakeFact;
use domain::fact::intake::Thing;
use domain::ids::EventId;
use journal::{Journal, JournalError, Transaction};
use uuid::Uuid;

/// Notes what a transaction's facts speak of that has not come, each with the event it came from. What the facts
/// bring was noted with their events, earlier in this transaction.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note(transaction: &mut Transaction, facts: &[(Uuid, &IntakeFact)]) -> Result<(), JournalError> {
    let mut spoken: BTreeMap<Uuid, (Thing, Vec<Uuid>)> = BTreeMap::new();
    for (event, fact) in facts {
        for (thing, id) in fact.speaks_of() {
            spoken.entry(id).or_insert_with(|| (thing, Vec::new())).1.push(*event);
        }
    }
    if spoken.is_empty() {
        return Ok(());
    }
    // Most events speak of a case that is there: asked once for each thing, not for each event.
    let ids: Vec<Uuid> = spoken.keys().copied().collect();
    let missing = sqlx::query_scalar!(
        r#"select id as "id!" from unnest($1::uuid[]) as id
           where not exists (select from intake.events where events.brings = id
                             and not exists (select from intake.retracted where retracted.event = events.event))
             and not exists (select from intake.events where events.event = id)"#,
        &ids
    )
    .fetch_all(transaction.sql())
    .await?;
    let (mut events, mut ids, mut things) = (Vec::new(), Vec::new(), Vec::new());
    for id in missing {
        if let Some((thing, speaking)) = spoken.remove(&id) {
            things.extend(speaking.iter().map(|_| thing.as_str().to_owned()));
            ids.extend(speaking.iter().map(|_| id));
            events.extend(speaking);
        }
    }
    if !ids.is_empty() {
        sqlx::query!(
            "insert into intake.awaited (event, id, thing) select * from unnest($1::uuid[], $2::uuid[], $3::text[])
             on conflict do nothing",
            &events,
            &ids,
            &things
        )
        .execute(transaction.sql())
        .await?;
    }
    Ok(())
}

/// Notes the events that a transaction's facts take back, and that whatever spoke of the case or the party that one of them
/// brought waits for it again. Call it before the transaction's own waits are noted.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note_retracted(transaction: &mut Transaction, facts: &[(Uuid, &IntakeFact)]) -> Result<(), JournalError> {
    let retracted: Vec<Uuid> = facts
        .iter()
        .filter_map(|(_, fact)| match fact {
            IntakeFact::EventRetracted(fact) => Some(fact.retracts.uuid()),
            _ => None,
        })
        .collect();
    if retracted.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into intake.retracted (event) select distinct * from unnest($1::uuid[]) on conflict do nothing",
        &retracted
    )
    .execute(transaction.sql())
    .await?;
    sqlx::query!(
        "insert into intake.awaited (event, id, thing)
         select distinct fact.cause, brought.brings,
                case when 'case:' || brought.brings = any(fact.tags) then $2::text else $3::text end
         from intake.events brought
         join journal.facts fact on fact.tags && array['case:' || brought.brings, 'party:' || brought.brings]
         where brought.event = any($1) and fact.cause <> brought.event
           and exists (select from intake.events speaking where speaking.event = fact.cause)
         on conflict do nothing",
        &retracted,
        Thing::Case.as_str(),
        Thing::Party.as_str()
    )
    .execute(transaction.sql())
    .await?;
    Ok(())
}

/// Something that an event waits for.
pub struct Waiting {
    /// The event.
    pub event: EventId,
    /// What it waits for.
    pub thing: String,
    /// The id of that.
    pub id: Uuid,
    /// Since when.
    pub since: jiff::Timestamp,
}

/// The `limit` longest waits.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn list(journal: &Journal, limit: i64) -> Result<Vec<Waiting>, JournalError> {
    let rows = sqlx::query!(
        r#"select event, id, thing, since as "since: jiff_sqlx::Timestamp" from intake.awaited
           where not exists (select from intake.events where events.brings = awaited.id
                             and not exists (select from intake.retracted where retracted.event = events.event))
             and not exists (select from intake.events where events.event = awaited.id)
             and not exists (select from intake.retracted where retracted.event = awaited.event)
           order by since, event, id limit $1"#,
        limit
    )
    .fetch_all(journal.pool())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            event: EventId::from_uuid(row.event),
            thing: row.thing,
            id: row.id,
            since: row.since.to_jiff(),
        })
        .collect())
}

/// How many events wait, by what they wait for.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn counts(journal: &Journal) -> Result<BTreeMap<&'static str, i64>, JournalError> {
    let rows = sqlx::query!(
        r#"select thing, count(distinct event) as "events!" from intake.awaited
           where not exists (select from intake.events where events.brings = awaited.id
                             and not exists (select from intake.retracted where retracted.event = events.event))
             and not exists (select from intake.events where events.event = awaited.id)
             and not exists (select from intake.retracted where retracted.event = awaited.event)
           group by thing"#
    )
    .fetch_all(journal.pool())
    .await?;
    let of = |thing: &str| rows.iter().find(|row| row.thing == thing).map_or(0, |row| row.events);
    Ok(Thing::ALL.into_iter().map(|thing| (thing.as_str(), of(thing.as_str()))).collect())
}

/// Forgets the waits that are over, and says in the metrics how many there are.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn tidy(journal: &Journal) -> Result<(), JournalError> {
    sqlx::query!(
        "delete from intake.awaited where exists (select from intake.events where events.brings = awaited.id
                                                  and not exists (select from intake.retracted where retracted.event = events.event))
         or exists (select from intake.events where events.event = awaited.id)
         or exists (select from intake.retracted where retracted.event = awaited.event)"
    )
    .execute(journal.pool())
    .await?;
    for (thing, events) in counts(journal).await? {
        let events = f64::from(u32::try_from(events).unwrap_or(u32::MAX));
        metrics::gauge!("intake_events_waiting", "for" => thing).set(events);
    }
    Ok(())
}
