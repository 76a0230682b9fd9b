//! Writing the read model: a function of facts, kept in the transaction that decides on them.
//!
//! Invariant: a row never goes back. A signal's row moves to a higher version only, and a case's row is the fold of all facts
//! about the case, made while the case is locked.

mod exchange;

use std::collections::{BTreeMap, BTreeSet};

use domain::decisions::raise_signal::Matter;
use domain::fact::alerts::{
    ArticleUnknown, ConsultationAttested, Signal, SignalEscalated, SignalSeen, SignalWithdrawn,
};
use domain::fact::linker::Step;
use domain::fact::{AlertsFact, Subject};
use domain::ids::{CaseId, FactId, Pair};
use domain::violence::view::MatterView;
use jiff_sqlx::ToSqlx;
use journal::{JournalError, Recorded};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// Some cases with what they are one matter with, and what those are or ever were linked with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Every case, with its matter.
    pub matters: BTreeMap<CaseId, Matter>,
    /// Pairs of cases that are or were linked, one of each in the matters asked about.
    pub linked: BTreeSet<(CaseId, CaseId)>,
}

impl Surroundings {
    /// All cases concerned.
    pub fn cases(&self) -> BTreeSet<CaseId> {
        self.matters.values().flat_map(|matter| matter.cases.iter().copied()).collect()
    }

    /// The pairs of matters between which something may be told, each once. Cases that are one matter have been told of each other
    /// before, perhaps: each as what it was then.
    pub fn pairs(&self) -> BTreeSet<(Matter, Matter)> {
        let of = |case: &CaseId| self.matters.get(case).cloned().unwrap_or_else(|| Matter::from(*case));
        let two = |(one, other): &(CaseId, CaseId)| {
            let (a, b) = (of(one), of(other));
            if a == b { (Matter::from(*one), Matter::from(*other)) } else { (a, b) }
        };
        let pairs = self.linked.iter().map(two);
        pairs.map(|(one, other)| if one < other { (one, other) } else { (other, one) }).collect()
    }
}

/// What surrounds these cases. In one statement: it is asked before and after every wait for locks.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn surroundings(sql: &mut PgConnection, cases: &BTreeSet<CaseId>) -> Result<Surroundings, JournalError> {
    let uuids: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    let rows = sqlx::query_file!("src/read_model/surroundings.sql", &uuids).fetch_all(sql).await?;
    let (mut linked, mut others, mut parts) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for row in rows {
        let (one, other) = (CaseId::from_uuid(row.one), CaseId::from_uuid(row.other));
        match row.goes_on_as {
            None => {
                linked.insert((one, other));
                others.insert(other);
            }
            Some(goes_on_as) => {
                let (case, began_as, goes_on_as) = (one, other, CaseId::from_uuid(goes_on_as));
                parts.push(Part { case, began_as, goes_on_as, steps: row.steps.unwrap_or_default() });
            }
        }
    }
    Ok(Surroundings { matters: formed(cases.union(&others), parts)?, linked })
}

/// The matters of these cases, by each case of them.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn matters(
    sql: &mut PgConnection,
    cases: &BTreeSet<CaseId>,
) -> Result<BTreeMap<CaseId, Matter>, JournalError> {
    let uuids: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    let rows = sqlx::query!(
        "select case_id, began_as, goes_on_as, steps from alerts.matters
         where began_as in (select began_as from alerts.matters where case_id = any($1))",
        &uuids
    )
    .fetch_all(sql)
    .await?;
    let parts = rows.into_iter().map(|row| Part {
        case: CaseId::from_uuid(row.case_id),
        began_as: CaseId::from_uuid(row.began_as),
        goes_on_as: CaseId::from_uuid(row.goes_on_as),
        steps: row.steps,
    });
    formed(cases, parts)
}

/// A case as part of a matter.
struct Part {
    case: CaseId,
    began_as: CaseId,
    goes_on_as: CaseId,
    /// What this case became.
    steps: serde_json::Value,
}

/// The matters of these parts, by each case of them; each of these cases that is part of none is a matter of its own.
fn formed<'c>(
    cases: impl IntoIterator<Item = &'c CaseId>,
    parts: impl IntoIterator<Item = Part>,
) -> Result<BTreeMap<CaseId, Matter>, JournalError> {
    let mut by_first: BTreeMap<CaseId, Matter> = BTreeMap::new();
    for Part { case, began_as, goes_on_as, steps } in parts {
        let empty = Matter { began_as, goes_on_as, cases: BTreeSet::new(), steps: BTreeSet::new() };
        let matter = by_first.entry(began_as).or_insert(empty);
        matter.cases.insert(case);
        matter.steps.extend(serde_json::from_value::<Vec<Step>>(steps)?);
    }
    let alone = cases.into_iter().map(|case| (*case, Matter::from(*case)));
    let formed = by_first
        .into_values()
        .flat_map(|matter| matter.cases.clone().into_iter().map(move |case| (case, matter.clone())));
    Ok(alone.chain(formed).collect())
}

/// Keeps which of these cases are part of which matter; one that is a matter of its own has no row.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn keep_matters(sql: &mut PgConnection, matters: &BTreeMap<CaseId, Matter>) -> Result<(), JournalError> {
    let all: Vec<Uuid> = matters.keys().map(|case| case.uuid()).collect();
    sqlx::query!("delete from alerts.matters where case_id = any($1)", &all).execute(&mut *sql).await?;
    let of_several = || matters.iter().filter(|(_, matter)| matter.cases.len() > 1);
    let column =
        |of: fn(&CaseId, &Matter) -> Uuid| of_several().map(|(case, matter)| of(case, matter)).collect::<Vec<_>>();
    let steps = of_several().map(|(case, matter)| {
        serde_json::to_value(matter.steps.iter().filter(|step| step.from == *case).collect::<Vec<_>>())
    });
    sqlx::query!(
        "insert into alerts.matters (case_id, began_as, goes_on_as, steps)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::jsonb[])",
        &column(|case, _| case.uuid()),
        &column(|_, matter| matter.began_as.uuid()),
        &column(|_, matter| matter.goes_on_as.uuid()),
        &steps.collect::<Result<Vec<_>, _>>()?
    )
    .execute(&mut *sql)
    .await?;
    Ok(())
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
pub async fn update_case(
    sql: &mut PgConnection,
    case: CaseId,
    view: Option<&MatterView>,
    judges: &BTreeSet<Subject>,
    clerks: &BTreeSet<Subject>,
) -> Result<(), JournalError> {
    let numbers: Vec<String> = view.into_iter().flat_map(|view| &view.numbers).map(ToString::to_string).collect();
    let judges: Vec<String> = judges.iter().map(|judge| judge.as_str().to_owned()).collect();
    let clerks: Vec<String> = clerks.iter().map(|clerk| clerk.as_str().to_owned()).collect();
    sqlx::query_file!(
        "src/read_model/case.sql",
        case.uuid(),
        view.map(|view| view.jurisdiction.as_str()),
        view.map(|view| view.kind.code()),
        view.map(|view| view.court.code()),
        &numbers,
        view.and_then(|view| view.closed_on).map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        &judges,
        &clerks
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Notes facts of this service, just written.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note(sql: &mut PgConnection, written: &[Recorded<AlertsFact>]) -> Result<(), JournalError> {
    for one in written {
        note_one(sql, one.id, &one.fact).await?;
    }
    Ok(())
}

async fn note_one(sql: &mut PgConnection, id: FactId, fact: &AlertsFact) -> Result<(), JournalError> {
    match fact {
        AlertsFact::SignalRaised(signal) | AlertsFact::SignalUpdated(signal) => stands(sql, id, signal).await,
        AlertsFact::SignalWithdrawn(signal) => withdrawn(sql, id, signal).await,
        AlertsFact::SignalRead(seen) => note_seen(sql, id, seen, false).await,
        AlertsFact::SignalAcknowledged(seen) => note_seen(sql, id, seen, true).await,
        AlertsFact::ConsultationAttested(attested) => note_attested(sql, id, attested).await,
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
        AlertsFact::SignalEscalated(escalated) => note_escalated(sql, escalated).await,
        AlertsFact::ArticleUnknown(unknown) => note_article(sql, unknown, false).await,
        AlertsFact::ArticleSettled(settled) => note_article(sql, &settled.unknown, true).await,
        // Read from the facts themselves.
        AlertsFact::SignalRated(_)
        | AlertsFact::LinkDoubted(_)
        | AlertsFact::PartyVersionTold(_)
        | AlertsFact::ProcedureHistoryAsked(_)
        | AlertsFact::AccessRefused(_) => Ok(()),
        AlertsFact::InformationRequested(_)
        | AlertsFact::InformationRequestWithdrawn(_)
        | AlertsFact::InformationRequestOverdue(_)
        | AlertsFact::PartyVersionPrepared(_)
        | AlertsFact::PartyVersionChecked(_) => exchange::note(sql, id, fact).await,
        AlertsFact::CourtRevealed(revealed) => {
            sqlx::query!(
                "insert into alerts.revealed_cases (signal, judge, parallel_case)
                 select signal, $2, parallel_case from alerts.signals where signal = $1
                 on conflict do nothing",
                revealed.signal.uuid(),
                revealed.by.as_str()
            )
            .execute(sql)
            .await?;
            Ok(())
        }
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
        serde_json::to_value(signal.because)?,
        signal.after_decision
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn note_attested(
    sql: &mut PgConnection,
    id: FactId,
    attested: &ConsultationAttested,
) -> Result<(), JournalError> {
    sqlx::query!(
        "insert into alerts.attestations (attestation, case_id, judge, attested_on, repeat_after, txid, position)
         select $2, $3, $4, $5, $6, txid, position from journal.facts where id = $1
         on conflict do nothing",
        id.uuid(),
        attested.attestation.uuid(),
        attested.case.uuid(),
        attested.by.as_str(),
        attested.on.to_sqlx() as jiff_sqlx::Date,
        attested.repeat_after.to_sqlx() as jiff_sqlx::Date
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn note_seen(
    sql: &mut PgConnection,
    id: FactId,
    seen: &SignalSeen,
    acknowledged: bool,
) -> Result<(), JournalError> {
    // Who acknowledges has it in front of them: that counts as having read it.
    sqlx::query!(
        "insert into alerts.seen as kept (signal, judge, read, acknowledged, first_read, read_at)
         select $1, $2, $3, $4, $3, event_time from journal.facts where id = $5
         on conflict (signal, judge) do update
         set read_at = case when excluded.read < kept.read then kept.read_at
                            else greatest(kept.read_at, excluded.read_at) end,
             read = greatest(kept.read, excluded.read),
             first_read = least(kept.first_read, excluded.first_read),
             acknowledged = greatest(kept.acknowledged, excluded.acknowledged)",
        seen.signal.uuid(),
        seen.by.as_str(),
        number(seen.version),
        if acknowledged { number(seen.version) } else { 0 },
        id.uuid()
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn note_article(sql: &mut PgConnection, unknown: &ArticleUnknown, settled: bool) -> Result<(), JournalError> {
    let (case, article) = (unknown.case.uuid(), unknown.article.to_string());
    if settled {
        sqlx::query!(
            "delete from alerts.unknown_articles where case_id = $1 and article = $2 and period = $3",
            case,
            article,
            unknown.period
        )
        .execute(sql)
        .await?;
    } else {
        sqlx::query!(
            "insert into alerts.unknown_articles (case_id, article, period) values ($1, $2, $3) on conflict do nothing",
            case,
            article,
            unknown.period
        )
        .execute(sql)
        .await?;
    }
    Ok(())
}

async fn note_escalated(sql: &mut PgConnection, escalated: &SignalEscalated) -> Result<(), JournalError> {
    sqlx::query!(
        "insert into alerts.escalations as kept (signal, version, escalated_on, read_by) values ($1, $2, $3, $4)
         on conflict (signal) do update
         set (version, escalated_on, read_by) = (excluded.version, excluded.escalated_on, excluded.read_by)
         where kept.version < excluded.version",
        escalated.signal.uuid(),
        number(escalated.version),
        escalated.on.to_sqlx() as jiff_sqlx::Date,
        escalated.read_by.to_sqlx() as jiff_sqlx::Date
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
