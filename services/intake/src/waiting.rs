//! What waits for something that has not come: a verdict for its charge, a party for its case, a correction for what it
//! corrects. Nothing is held back meanwhile; the facts are in the journal, and take effect when the rest comes. What was
//! taken back has not come: whatever speaks of it waits again.
//!
//! Invariants: what waits is a function of the set of events and not of the order in which they came (`intake.waiting`, a view
//! over what may wait: all that is missing is among `intake.awaited`). Which events are taken back is told by the domain's own
//! rule ([`Revisions`]) from every fact of the case, whenever one of them may change that.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tags;
use domain::decisions::docket::Revisions;
use domain::fact::intake::Thing;
use domain::fact::{Body, IntakeFact};
use domain::ids::{CaseId, EventId};
use journal::{Journal, JournalError, Transaction};
use uuid::Uuid;

/// Under which number transactions agree who may look at what waits while an event is taken back.
const LOCK: i64 = 0x696e_7461_6b65_0001;

/// Begins a transaction that files events: any number of them at once, but one alone where an event may take back another, so
/// that it sees whatever speaks of that one.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn begin(transaction: &mut Transaction, revises: bool) -> Result<(), JournalError> {
    if revises {
        sqlx::query!("select count(pg_advisory_xact_lock($1))", LOCK).fetch_one(transaction.sql()).await?;
    } else {
        sqlx::query!("select count(pg_advisory_xact_lock_shared($1))", LOCK).fetch_one(transaction.sql()).await?;
    }
    Ok(())
}

/// Something an event speaks of.
struct Mention {
    event: Uuid,
    /// The case of the event.
    about: Option<CaseId>,
    thing: Thing,
    id: Uuid,
}

impl Mention {
    fn of(event: Uuid, fact: &IntakeFact) -> impl Iterator<Item = Self> {
        let about = fact.case();
        fact.speaks_of().into_iter().map(move |(thing, id)| Self { event, about, thing, id })
    }
}

/// Notes what a transaction's facts speak of that has not come, each with the event it came from, and which events do not
/// stand any more, or again. What the facts bring was noted with their events, earlier in this transaction.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note(transaction: &mut Transaction, facts: &[(Uuid, &IntakeFact)]) -> Result<(), JournalError> {
    let spoken: Vec<Mention> = facts.iter().flat_map(|(event, fact)| Mention::of(*event, fact)).collect();
    note_missing(transaction, &spoken).await?;
    note_crossing(transaction, &spoken).await?;
    let revised = facts
        .iter()
        .filter(|(_, fact)| matches!(fact, IntakeFact::EventRetracted(_) | IntakeFact::EventCorrected(_)))
        .filter_map(|(_, fact)| fact.case());
    let mut cases: BTreeSet<CaseId> = revised.collect();
    // An event that one before it revises: whether it is older than that one is known only now.
    let events: Vec<Uuid> = facts.iter().filter(|(_, fact)| fact.case().is_some()).map(|(event, _)| *event).collect();
    let waited = sqlx::query_scalar!(
        "select distinct id from intake.awaited where thing = $1 and id = any($2)",
        Thing::Event.as_str(),
        &events
    )
    .fetch_all(transaction.sql())
    .await?;
    cases.extend(facts.iter().filter(|(event, _)| waited.contains(event)).filter_map(|(_, fact)| fact.case()));
    settle(transaction, &cases).await
}

/// Adds what is not there to what may wait.
async fn note_missing(transaction: &mut Transaction, spoken: &[Mention]) -> Result<(), JournalError> {
    if spoken.is_empty() {
        return Ok(());
    }
    // Most events speak of a case that is there: asked once for each thing, not for each event. An event is there for its own
    // case only.
    let key = |one: &Mention| (one.id, one.about.filter(|_| one.thing == Thing::Event).map(CaseId::uuid));
    let asked: BTreeSet<(Uuid, Option<Uuid>)> = spoken.iter().map(key).collect();
    let (ids, about): (Vec<Uuid>, Vec<Option<Uuid>>) = asked.into_iter().unzip();
    let missing = sqlx::query!(
        r#"select id as "id!", about from unnest($1::uuid[], $2::uuid[]) as asked(id, about)
           where not exists (select from intake.events where events.brings = asked.id
                             and not exists (select from intake.retracted where retracted.event = events.event))
             and not exists (select from intake.events where events.event = asked.id
                             and coalesce(events.about = asked.about, true))"#,
        &ids,
        &about as &[Option<Uuid>]
    )
    .fetch_all(transaction.sql())
    .await?;
    let missing: BTreeSet<(Uuid, Option<Uuid>)> = missing.into_iter().map(|row| (row.id, row.about)).collect();
    add(transaction, spoken.iter().filter(|one| missing.contains(&key(one)))).await
}

/// Adds to what may wait. What is there already, or comes, is left out by the view.
async fn add(transaction: &mut Transaction, mentions: impl Iterator<Item = &Mention>) -> Result<(), JournalError> {
    let (mut events, mut ids, mut things) = (Vec::new(), Vec::new(), Vec::new());
    for mention in mentions {
        events.push(mention.event);
        ids.push(mention.id);
        things.push(mention.thing.as_str().to_owned());
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

/// Keeps which events speak of another case than their own: nothing in the journal leads from that case to them.
async fn note_crossing(transaction: &mut Transaction, spoken: &[Mention]) -> Result<(), JournalError> {
    let crossing =
        spoken.iter().filter(|one| one.thing == Thing::Case && one.about.is_none_or(|case| case.uuid() != one.id));
    let (events, ids): (Vec<Uuid>, Vec<Uuid>) = crossing.map(|one| (one.event, one.id)).unzip();
    if !ids.is_empty() {
        sqlx::query!(
            "insert into intake.crossings (event, id) select * from unnest($1::uuid[], $2::uuid[])
             on conflict do nothing",
            &events,
            &ids
        )
        .execute(transaction.sql())
        .await?;
    }
    Ok(())
}

/// Says anew which events of these cases stand, and that whatever is spoken of in them, or of them, may wait.
async fn settle(transaction: &mut Transaction, cases: &BTreeSet<CaseId>) -> Result<(), JournalError> {
    if cases.is_empty() {
        return Ok(());
    }
    let tags: Tags = cases.iter().map(|case| (*case).into()).collect();
    // Two transactions that settle one case see each other's events.
    transaction.lock(&tags).await?;
    let facts = transaction.facts(&tags).await?;
    let mut revisions: BTreeMap<CaseId, Revisions> = BTreeMap::new();
    let mut mentions = Vec::new();
    for fact in &facts {
        let Body::Intake(said) = &fact.body else { continue };
        if let Some(case) = said.case().filter(|case| cases.contains(case)) {
            revisions.entry(case).or_default().note(said);
            mentions.extend(Mention::of(fact.cause, said));
        }
    }
    let (mut standing, mut void) = (Vec::new(), Vec::new());
    for of_case in revisions.values() {
        let gone = of_case.void();
        for event in of_case.known() {
            if gone.contains(&event) { void.push(event.uuid()) } else { standing.push(event.uuid()) }
        }
    }
    sqlx::query!("delete from intake.retracted where event = any($1)", &standing).execute(transaction.sql()).await?;
    sqlx::query!(
        "insert into intake.retracted (event) select distinct * from unnest($1::uuid[]) on conflict do nothing",
        &void
    )
    .execute(transaction.sql())
    .await?;
    add(transaction, mentions.iter()).await?;
    let ids: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    sqlx::query!(
        "insert into intake.awaited (event, id, thing) select event, id, $2 from intake.crossings where id = any($1)
         on conflict do nothing",
        &ids,
        Thing::Case.as_str()
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
        r#"select event as "event!", id as "id!", thing as "thing!", since as "since!: jiff_sqlx::Timestamp"
           from intake.waiting
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
        r#"select thing as "thing!", count(distinct event) as "events!" from intake.waiting group by thing"#
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
    let mut transaction = journal.begin().await?;
    begin(&mut transaction, false).await?;
    sqlx::query!(
        "delete from intake.awaited where not exists (
             select from intake.waiting where waiting.event = awaited.event and waiting.id = awaited.id)"
    )
    .execute(transaction.sql())
    .await?;
    transaction.commit().await?;
    for (thing, events) in counts(journal).await? {
        let events = f64::from(u32::try_from(events).unwrap_or(u32::MAX));
        metrics::gauge!("intake_events_waiting", "for" => thing).set(events);
    }
    Ok(())
}
