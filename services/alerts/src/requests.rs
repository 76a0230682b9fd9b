//! A judge's requests for information to other courts: asking, taking back, how each stands, and reminding.
//!
//! Invariants: how a request stands is folded from facts each time, so a court's answer that is late, doubled or taken back is right
//! at once; with the signal on which it was made a request ends; a court is reminded once.

mod send;

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::{Decision, Tags};
use domain::decisions::request_information::{
    KINDS, Refusal, Request, RequestInformation, Requests, Wish, overdue, withdrawn,
};
use domain::fact::alerts::{InformationRequested, WhyRequestWithdrawn};
use domain::fact::{Actor, AlertsFact, Body, Fact, Subject};
use domain::ids::{CaseId, FactId, RequestId, SignalId};
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use journal::{Cause, DecideError, JournalError, Transaction};
use service::Service;
use sqlx::PgConnection;
use web::{FieldError, Problem};

pub use self::send::send;
use crate::act::{problem, refused};
use crate::daily::left;
use crate::inbox::{self, CaseReference};
use crate::read_model;

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// There is a reason in the case.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be done.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<RequestError> for Problem {
    fn from(error: RequestError) -> Self {
        let field = |name, message| Self::malformed(vec![FieldError::body(name, "invalid", message)]);
        match error {
            RequestError::Refused(Refusal::NotTheirs) => Self::not_found(),
            RequestError::Refused(Refusal::Basis) => field("basis", "does not serve between these jurisdictions"),
            RequestError::Refused(Refusal::Term) => field("answerBy", "is not after today, or too far away"),
            RequestError::Refused(refusal) => Self::conflict(refusal.to_string()),
            RequestError::Journal(error) => problem(&error),
        }
    }
}

/// A request with the judge's case and the case that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The request.
    pub request: Request,
    /// The judge's case.
    pub own: CaseReference,
    /// The case that is asked about; nothing once the signal was withdrawn.
    pub parallel: Option<CaseReference>,
}

/// Does what the judge wishes, and answers every request of the signal.
///
/// # Errors
/// See [`RequestError`].
pub async fn act(
    service: &Service,
    judge: &Subject,
    signal: SignalId,
    wish: Wish,
) -> Result<Vec<Request>, RequestError> {
    let asked = match &wish {
        Wish::Ask { .. } => signal.uuid(),
        Wish::TakeBack(request) => request.uuid(),
    };
    let outcome = match try_act(service, judge, signal, &wish).await {
        Err(RequestError::Journal(error)) if error.is_deadlock() => try_act(service, judge, signal, &wish).await,
        outcome => outcome,
    };
    if matches!(outcome, Err(RequestError::Refused(Refusal::NotTheirs))) {
        refused(service, judge, asked, "request-information").await?;
    }
    outcome?;
    Ok(of_signal(service, signal).await?)
}

async fn try_act(service: &Service, judge: &Subject, signal: SignalId, wish: &Wish) -> Result<(), RequestError> {
    let mut transaction = service.journal.begin().await?;
    let Some(cases) = inbox::cases_of(transaction.sql(), signal).await? else { return Err(Refusal::NotTheirs.into()) };
    transaction.lock(&Tags::from([signal.into(), cases.own.into()])).await?;
    let of = inbox::case(transaction.sql(), cases.parallel).await?.ok_or(Refusal::NotTheirs)?.jurisdiction;
    let decision = RequestInformation {
        signal,
        own: cases.own,
        parallel: matter_of(transaction.sql(), cases.parallel).await?,
        of,
        by: judge.clone(),
        wish: wish.clone(),
        today: service.clock.today(),
        requests: asked_on(&mut transaction, signal).await?.into_iter().map(|asked| asked.request).collect(),
    };
    let cause = service.asked_by(Actor::user(judge));
    let writes = match transaction.decide(&decision, &cause).await {
        Ok(writes) => writes,
        Err(DecideError::Refused(refusal)) => return Err(refusal.into()),
        Err(DecideError::Journal(error)) => return Err(error.into()),
    };
    debug_assert!(decision.rests_on().contains(&signal.into()));
    read_model::note(transaction.sql(), &writes).await?;
    Ok(transaction.commit().await?)
}

async fn matter_of(sql: &mut PgConnection, case: CaseId) -> Result<BTreeSet<CaseId>, JournalError> {
    let matters = read_model::matters(sql, &[case].into()).await?;
    Ok(matters.get(&case).map_or_else(|| [case].into(), |matter| matter.cases.clone()))
}

async fn asked_on(transaction: &mut Transaction, signal: SignalId) -> Result<Vec<InformationRequested>, JournalError> {
    let facts = transaction.facts_of(&Tags::from([signal.into()]), &["alerts.information-requested"]).await?;
    let asked = facts.into_iter().filter_map(|fact| match fact.body {
        Body::Alerts(AlertsFact::InformationRequested(asked)) => Some(asked),
        _ => None,
    });
    Ok(asked.collect())
}

/// Every request on a signal, the oldest first. The caller has found the signal among the judge's own before.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_signal(service: &Service, signal: SignalId) -> Result<Vec<Request>, JournalError> {
    fold(&mut service.journal.begin().await?, signal).await
}

async fn fold(transaction: &mut Transaction, signal: SignalId) -> Result<Vec<Request>, JournalError> {
    let asked = asked_on(transaction, signal).await?;
    let mut may_answer: BTreeMap<CaseId, BTreeSet<CaseId>> = BTreeMap::new();
    for case in asked.iter().map(|asked| asked.parallel) {
        may_answer.insert(case, matter_of(transaction.sql(), case).await?);
    }
    let cases = may_answer.values().flatten().map(|case| (*case).into());
    let tags: Tags = asked.iter().map(|asked| asked.request.into()).chain(cases).collect();
    let mut requests = Requests::default();
    for fact in &transaction.facts_of(&tags, &KINDS).await? {
        requests.hear(fact);
    }
    let theirs =
        |asked: &InformationRequested, case| may_answer.get(&asked.parallel).is_some_and(|of| of.contains(&case));
    Ok(requests.all(theirs).into_iter().filter(|request| request.asked.signal == signal).collect())
}

/// At most `limit` requests in the judge's cases, the newest first, after the one named.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_judge(
    service: &Service,
    judge: &Subject,
    after: Option<RequestId>,
    limit: i64,
) -> Result<Vec<Listed>, JournalError> {
    let rows = sqlx::query_file!(
        "src/requests/list.sql",
        judge.as_str(),
        after.map(RequestId::uuid) as Option<uuid::Uuid>,
        limit
    )
    .fetch_all(service.journal.pool())
    .await?;
    let mut transaction = service.journal.begin().await?;
    let mut folded: BTreeMap<SignalId, Vec<Request>> = BTreeMap::new();
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        let signal = SignalId::from_uuid(row.signal);
        if let std::collections::btree_map::Entry::Vacant(place) = folded.entry(signal) {
            place.insert(fold(&mut transaction, signal).await?);
        }
        let of_signal = folded.get(&signal).into_iter().flatten();
        let request = of_signal.clone().find(|one| one.asked.request.uuid() == row.request).cloned();
        let own = inbox::case(transaction.sql(), CaseId::from_uuid(row.own_case)).await?;
        let parallel =
            if row.named { inbox::case(transaction.sql(), CaseId::from_uuid(row.parallel_case)).await? } else { None };
        if let (Some(request), Some(own)) = (request, own) {
            listed.push(Listed { request, own, parallel });
        }
    }
    Ok(listed)
}

/// How many requests in the judge's cases wait for an answer that is late.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn late(service: &Service, judge: &Subject) -> Result<u32, JournalError> {
    let today = service.clock.today();
    let signals = sqlx::query_scalar!(
        "select distinct r.signal from alerts.requests r
         join alerts.signals s on s.signal = r.signal
         join alerts.assignments a on a.case_id = s.own_case
         where a.judge = $1 and not r.withdrawn and r.answer_by < $2",
        judge.as_str(),
        today.to_sqlx() as jiff_sqlx::Date
    )
    .fetch_all(service.journal.pool())
    .await?;
    let mut late = 0;
    if signals.is_empty() {
        return Ok(late);
    }
    let mut transaction = service.journal.begin().await?;
    for signal in signals {
        let requests = fold(&mut transaction, SignalId::from_uuid(signal)).await?;
        late += u32::try_from(requests.iter().filter(|request| request.is_overdue(today)).count()).unwrap_or(u32::MAX);
    }
    Ok(late)
}

/// The signal on which a request was made.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn signal_of(service: &Service, request: RequestId) -> Result<Option<SignalId>, JournalError> {
    let signal = sqlx::query_scalar!("select signal from alerts.requests where request = $1", request.uuid())
        .fetch_optional(service.journal.pool())
        .await?;
    Ok(signal.map(SignalId::from_uuid))
}

/// Ends the open requests on a signal that was withdrawn: the link on which they were made may have been wrong. Run again, it
/// finds none.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn end_with(service: &Service, fact: &Fact) -> Result<(), JournalError> {
    let Body::Alerts(AlertsFact::SignalWithdrawn(gone)) = &fact.body else { return Ok(()) };
    let cause = service.because_of(FactId::derived(&["ended", &fact.id.to_string()]).uuid(), fact.event_time);
    write(service, gone.signal, gone.own, &cause, |request, stands| {
        (!stands && request.state.is_open()).then(|| withdrawn(&request.asked, WhyRequestWithdrawn::SignalWithdrawn))
    })
    .await
}

/// Reminds courts whose answer is late, each once for a request. Answers of how many it could not be decided.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn remind(service: &Service, today: Date) -> Result<u32, JournalError> {
    let mut failed = 0;
    let late = sqlx::query!(
        "select r.request, r.signal, s.own_case from alerts.requests r join alerts.signals s on s.signal = r.signal
         where not r.withdrawn and not r.reminded and r.answer_by < $1 order by r.answer_by limit 1000",
        today.to_sqlx() as jiff_sqlx::Date
    )
    .fetch_all(service.journal.pool())
    .await?;
    for row in late {
        let request = RequestId::from_uuid(row.request);
        let id = FactId::derived(&["overdue", &request.to_string()]).uuid();
        let cause = service.because_of(id, service.clock.now());
        let (signal, own) = (SignalId::from_uuid(row.signal), CaseId::from_uuid(row.own_case));
        let outcome = write(service, signal, own, &cause, |one, _| {
            let due = one.asked.request == request && one.is_overdue(today) && !one.reminded;
            due.then(|| overdue(&one.asked))
        });
        failed += left(outcome.await, "request", row.request)?;
    }
    Ok(failed)
}

/// Writes what follows for each request on a signal, given whether the signal stands.
async fn write(
    service: &Service,
    signal: SignalId,
    own: CaseId,
    cause: &Cause,
    follows: impl Fn(&Request, bool) -> Option<AlertsFact>,
) -> Result<(), JournalError> {
    let mut transaction = service.journal.begin().await?;
    transaction.lock(&Tags::from([signal.into(), own.into()])).await?;
    let stands = inbox::stands(transaction.sql(), signal).await?;
    let requests = fold(&mut transaction, signal).await?;
    let writes: Vec<AlertsFact> = requests.iter().filter_map(|request| follows(request, stands)).collect();
    let written = transaction.append(writes, cause).await?;
    read_model::note(transaction.sql(), &written).await?;
    transaction.commit().await
}
