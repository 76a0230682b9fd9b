//! What parties are told of a signal: who can be told, a version for one of them, the clerk's check, and that it was told.
//!
//! Invariants: a judge acts on signals of their own cases, a clerk on party versions of cases that are assigned to them; what is
//! another's answers like what does not exist, and the attempt is written down; once the signal is withdrawn only that something
//! was told is shown, and no longer what.

use domain::decision::{Decision as _, Tags};
use domain::decisions::disclose::{Act, Disclose, KINDS, PartyVersion, PartyVersions, Refusal, recipients};
use domain::fact::{Actor, Body, Subject};
use domain::ids::{CaseId, PartyId, PartyVersionId, SignalId};
use domain::violence::assessment::RoleLine;
use journal::{DecideError, JournalError, Transaction};
use service::Service;
use web::{FieldError, Problem};

use crate::act::{problem, refused};
use crate::inbox::{self, CaseReference};
use crate::{read_model, signals};

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum DiscloseError {
    /// There is a reason in the case.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be done.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<DiscloseError> for Problem {
    fn from(error: DiscloseError) -> Self {
        let field = |name, message| Self::malformed(vec![FieldError::body(name, "invalid", message)]);
        match error {
            DiscloseError::Refused(Refusal::NotTheirs) => Self::not_found(),
            DiscloseError::Refused(Refusal::NoSuchRecipient) => field("recipient", "is no party that can be told"),
            DiscloseError::Refused(Refusal::InTheFuture) => field("on", "lies in the future"),
            DiscloseError::Refused(refusal) => Self::conflict(refusal.to_string()),
            DiscloseError::Journal(error) => problem(&error),
        }
    }
}

/// A party version with the case it is for.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// The party version.
    pub version: PartyVersion,
    /// The case whose party is told.
    pub own: CaseReference,
}

/// Does what a judge or clerk asks about telling a party, and answers every party version of the signal.
///
/// # Errors
/// See [`DiscloseError`].
pub async fn act(
    service: &Service,
    by: &Subject,
    signal: SignalId,
    act: Act,
    version: Option<u32>,
) -> Result<Vec<Disclosure>, DiscloseError> {
    let asked = match &act {
        Act::Prepare(_) => signal.uuid(),
        Act::Check(party_version, _) | Act::Tell(party_version, _) => party_version.uuid(),
    };
    let outcome = match try_act(service, by, signal, &act, version).await {
        Err(DiscloseError::Journal(error)) if error.is_deadlock() => try_act(service, by, signal, &act, version).await,
        outcome => outcome,
    };
    if matches!(outcome, Err(DiscloseError::Refused(Refusal::NotTheirs))) {
        refused(service, by, asked, "disclose").await?;
    }
    outcome?;
    Ok(of_signal(service, signal).await?)
}

async fn try_act(
    service: &Service,
    by: &Subject,
    signal: SignalId,
    act: &Act,
    version: Option<u32>,
) -> Result<(), DiscloseError> {
    let mut transaction = service.journal.begin().await?;
    let Some(cases) = inbox::cases_of(transaction.sql(), signal).await? else { return Err(Refusal::NotTheirs.into()) };
    transaction.lock(&Tags::from([signal.into(), cases.own.into(), cases.parallel.into()])).await?;
    let decision = Disclose {
        signal,
        own: cases.own,
        parallel: cases.parallel,
        by: by.clone(),
        act: act.clone(),
        version,
        today: service.clock.today(),
    };
    let mut facts = transaction.facts(&decision.rests_on()).await?;
    let cases = [cases.own, cases.parallel].into();
    facts.extend(signals::said_elsewhere(&mut transaction, &cases, &facts).await?);
    let because = service.asked_by(Actor::user(by));
    let writes = match transaction.decide_on(&decision, &facts, |_| because.clone()).await {
        Ok(writes) => writes,
        Err(DecideError::Refused(refusal)) => return Err(refusal.into()),
        Err(DecideError::Journal(error)) => return Err(error.into()),
    };
    read_model::note(transaction.sql(), &writes).await?;
    Ok(transaction.commit().await?)
}

/// Every party version of a signal, the oldest first. The caller has found the signal among their own before.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_signal(service: &Service, signal: SignalId) -> Result<Vec<Disclosure>, JournalError> {
    let mut transaction = service.journal.begin().await?;
    let Some(cases) = inbox::cases_of(transaction.sql(), signal).await? else { return Ok(Vec::new()) };
    let Some(own) = inbox::case(transaction.sql(), cases.own).await? else { return Ok(Vec::new()) };
    let all = fold(&mut transaction, signal).await?.all().into_iter();
    Ok(all.map(|version| Disclosure { version, own: own.clone() }).collect())
}

async fn fold(transaction: &mut Transaction, signal: SignalId) -> Result<PartyVersions, JournalError> {
    let mut versions = PartyVersions::default();
    for fact in transaction.facts_of(&Tags::from([signal.into()]), &KINDS).await? {
        if let Body::Alerts(told) = &fact.body {
            versions.hear(told);
        }
    }
    Ok(versions)
}

/// The parties of a signal's own case who can be told, by role.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn recipients_of(service: &Service, own: CaseId) -> Result<Vec<(PartyId, RoleLine)>, JournalError> {
    let mut transaction = service.journal.begin().await?;
    let facts = transaction.facts(&Tags::from([own.into()])).await?;
    Ok(signals::fold(own, &facts).view().map(|view| recipients(&view)).unwrap_or_default())
}

/// Whose a party version is to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// A judge who has the case.
    Judge,
    /// A clerk who has the case.
    Clerk,
}

/// One party version of a case that is the caller's; an attempt at another's is written down.
///
/// # Errors
/// 404 when there is none, or its case is not theirs.
pub async fn one(
    service: &Service,
    by: &Subject,
    seat: Seat,
    party_version: PartyVersionId,
) -> Result<(SignalId, Disclosure), Problem> {
    if let Some(found) = find(service, by, seat, party_version).await.map_err(|error| problem(&error))? {
        return Ok(found);
    }
    refused(service, by, party_version.uuid(), "read-party-version").await.map_err(|error| problem(&error))?;
    Err(Problem::not_found())
}

async fn find(
    service: &Service,
    by: &Subject,
    seat: Seat,
    party_version: PartyVersionId,
) -> Result<Option<(SignalId, Disclosure)>, JournalError> {
    let row = sqlx::query!(
        r#"select v.signal,
             exists (select from alerts.assignments a where a.case_id = s.own_case and a.judge = $2) as "judge!",
             exists (select from alerts.clerks c where c.case_id = s.own_case and c.clerk = $2) as "clerk!"
           from alerts.party_versions v join alerts.signals s on s.signal = v.signal where v.party_version = $1"#,
        party_version.uuid(),
        by.as_str()
    )
    .fetch_optional(service.journal.pool())
    .await?;
    let theirs = |judge: bool, clerk: bool| match seat {
        Seat::Judge => judge,
        Seat::Clerk => clerk,
    };
    let Some(row) = row.filter(|row| theirs(row.judge, row.clerk)) else { return Ok(None) };
    let signal = SignalId::from_uuid(row.signal);
    let mut all = of_signal(service, signal).await?.into_iter();
    Ok(all.find(|one| one.version.prepared.party_version == party_version).map(|one| (signal, one)))
}

/// At most `limit` party versions that wait for this clerk, the oldest first.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn waiting(service: &Service, clerk: &Subject, limit: i64) -> Result<Vec<Disclosure>, JournalError> {
    let rows = sqlx::query!(
        "select v.party_version, v.signal from alerts.party_versions v
         join alerts.signals s on s.signal = v.signal and s.standing = 'stands' and s.version = v.version
         join alerts.clerks c on c.case_id = s.own_case
         where c.clerk = $1 and not v.checked order by v.prepared_at, v.party_version limit $2",
        clerk.as_str(),
        limit
    )
    .fetch_all(service.journal.pool())
    .await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for row in rows {
        let all = of_signal(service, SignalId::from_uuid(row.signal)).await?.into_iter();
        waiting.extend(all.filter(|one| one.version.prepared.party_version.uuid() == row.party_version));
    }
    Ok(waiting)
}
