//! Writing the read model: a function of facts, kept in the transaction that decides on them.
//!
//! Invariant: a row never goes back. A signal's row moves to a higher version only, and a case's row is the fold of all facts
//! about the case, made while the case is locked.

use std::collections::BTreeSet;

use domain::decisions::matter::Matter;
use domain::fact::AlertsFact;
use domain::fact::alerts::{Signal, SignalSeen, SignalWithdrawn};
use domain::ids::{CaseId, FactId, Pair};
use jiff_sqlx::ToSqlx;
use journal::JournalError;
use serde::Serialize;
use sqlx::PgConnection;

/// The cases that `case` is or ever was linked with.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn partners(sql: &mut PgConnection, case: CaseId) -> Result<BTreeSet<CaseId>, JournalError> {
    let partners =
        sqlx::query_scalar!("select other from alerts.links where one = $1", case.uuid()).fetch_all(sql).await?;
    Ok(partners.into_iter().map(CaseId::from_uuid).collect())
}

/// Notes that two cases are, or were, linked.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note_link(sql: &mut PgConnection, cases: Pair<CaseId>) -> Result<(), JournalError> {
    sqlx::query!(
        "insert into alerts.links (one, other) values ($1, $2), ($2, $1) on conflict do nothing",
        cases.a.uuid(),
        cases.b.uuid()
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Writes what a case is called and who has it.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn update_case(sql: &mut PgConnection, case: CaseId, matter: &Matter) -> Result<(), JournalError> {
    if let Some(view) = matter.view() {
        let numbers: Vec<String> = view.numbers.iter().map(ToString::to_string).collect();
        sqlx::query!(
            "insert into alerts.cases as kept (id, jurisdiction, proceeding, court, numbers) values ($1, $2, $3, $4, $5)
             on conflict (id) do update
             set (jurisdiction, proceeding, court, numbers)
                 = (excluded.jurisdiction, excluded.proceeding, excluded.court, excluded.numbers)
             where (kept.jurisdiction, kept.proceeding, kept.court, kept.numbers)
                 is distinct from (excluded.jurisdiction, excluded.proceeding, excluded.court, excluded.numbers)",
            case.uuid(),
            view.jurisdiction.as_str(),
            view.kind.code(),
            view.court.code(),
            &numbers
        )
        .execute(&mut *sql)
        .await?;
    }
    let judges: Vec<String> = matter.judges().into_iter().map(Into::into).collect();
    sqlx::query!(
        "with gone as (delete from alerts.assignments where case_id = $1 and judge <> all($2))
         insert into alerts.assignments (case_id, judge) select $1, judge from unnest($2::text[]) as judge
         on conflict do nothing",
        case.uuid(),
        &judges
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Notes one fact of this service, just written.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note(sql: &mut PgConnection, id: FactId, fact: &AlertsFact) -> Result<(), JournalError> {
    match fact {
        AlertsFact::SignalRaised(signal) | AlertsFact::SignalUpdated(signal) => stands(sql, id, signal).await,
        AlertsFact::SignalWithdrawn(signal) => withdrawn(sql, id, signal).await,
        AlertsFact::SignalRead(seen) => note_seen(sql, seen, false).await,
        AlertsFact::SignalAcknowledged(seen) => note_seen(sql, seen, true).await,
        AlertsFact::SignalHandled(handled) => {
            sqlx::query!(
                "insert into alerts.handlings (fact, signal, judge, version, handling, recorded_at)
                 select id, $2, $3, $4, $5, recorded_at from journal.facts where id = $1
                 on conflict do nothing",
                id.uuid(),
                handled.signal.uuid(),
                handled.by.as_str(),
                number(handled.version),
                serde_json::to_value(&handled.handling)?
            )
            .execute(sql)
            .await?;
            Ok(())
        }
        AlertsFact::AccessRefused(_) => Ok(()),
    }
}

async fn stands(sql: &mut PgConnection, id: FactId, signal: &Signal) -> Result<(), JournalError> {
    let told = &signal.assessment;
    sqlx::query_file!(
        "src/read_model/stands.sql",
        id.uuid(),
        signal.signal.uuid(),
        signal.own.uuid(),
        signal.parallel.uuid(),
        number(signal.version),
        word(&told.kind)?,
        word(&told.urgency)?,
        told.tier.map(i16::from),
        signal.as_of.to_sqlx() as jiff_sqlx::Date,
        told.own_hearing.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        serde_json::to_value(told)?
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn withdrawn(sql: &mut PgConnection, id: FactId, signal: &SignalWithdrawn) -> Result<(), JournalError> {
    sqlx::query_file!(
        "src/read_model/withdrawn.sql",
        id.uuid(),
        signal.signal.uuid(),
        signal.own.uuid(),
        signal.parallel.uuid(),
        number(signal.version),
        serde_json::to_value(signal.because)?
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn note_seen(sql: &mut PgConnection, seen: &SignalSeen, acknowledged: bool) -> Result<(), JournalError> {
    // Who acknowledges has it in front of them: that counts as having read it.
    sqlx::query!(
        "insert into alerts.seen as kept (signal, judge, read, acknowledged) values ($1, $2, $3, $4)
         on conflict (signal, judge) do update
         set read = greatest(kept.read, excluded.read), acknowledged = greatest(kept.acknowledged, excluded.acknowledged)",
        seen.signal.uuid(),
        seen.by.as_str(),
        number(seen.version),
        if acknowledged { number(seen.version) } else { 0 }
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// A version as PostgreSQL keeps it. Versions count changes one by one and stay far below its limit.
pub fn number(version: u32) -> i32 {
    i32::try_from(version).unwrap_or(i32::MAX)
}

/// The word under which a plain enumeration is stored and sent.
pub fn word<T: Serialize>(value: &T) -> Result<String, JournalError> {
    Ok(serde_json::from_value(serde_json::to_value(value)?)?)
}
