//! Attestations that the register was consulted: asking for one, reading one, and whether one still holds.
//!
//! Invariants: an attestation is decided on while its case is locked, so that nothing can be told of the case meanwhile; while a
//! fact about the case is yet to be handled there is none; whether one holds is derived from the journal each time.

use domain::decision::{Decision, Tags};
use domain::decisions::attest::{Attest, KINDS, Refusal, Standing, attestations};
use domain::fact::alerts::ConsultationAttested;
use domain::fact::{Actor, AlertsFact, Body, Subject};
use domain::ids::{AttestationId, CaseId, SignalId};
use jiff::Timestamp;
use journal::{DecideError, JournalError, Transaction};
use service::Service;
use web::Problem;

use crate::act::{problem, refused};
use crate::{inbox, listen, read_model, sources};

/// An attestation, and how it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// What it says.
    pub said: ConsultationAttested,
    /// The moment of it.
    pub at: Timestamp,
    /// How it stands.
    pub standing: Standing,
}

/// Why there is no attestation.
#[derive(Debug, thiserror::Error)]
pub enum AttestError {
    /// There is a reason in the case.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something that courts told of the case has not been handled yet, so it is not known what there is to tell.
    #[error("something about this case is being handled: ask again in a minute")]
    BeingHandled,
    /// It could not be done.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<AttestError> for Problem {
    fn from(error: AttestError) -> Self {
        match error {
            AttestError::Refused(Refusal::NotTheirs) => Self::not_found(),
            AttestError::Refused(_) | AttestError::BeingHandled => Self::conflict(error.to_string()),
            AttestError::Journal(error) => problem(&error),
        }
    }
}

/// Attests that the judge consulted the register for the case; the one given before where nothing is new since.
///
/// # Errors
/// See [`AttestError`].
pub async fn attest(service: &Service, judge: &Subject, case: CaseId) -> Result<Attested, AttestError> {
    sources::refresh(service).await?;
    let outcome = match try_attest(service, judge, case).await {
        Err(AttestError::Journal(error)) if error.is_deadlock() => try_attest(service, judge, case).await,
        outcome => outcome,
    };
    if matches!(outcome, Err(AttestError::Refused(Refusal::NotTheirs))) {
        refused(service, judge, case.uuid(), "attest").await?;
    }
    outcome?;
    let given = of_case(service, case).await?.into_iter().rfind(|attested| attested.said.by == *judge);
    Ok(given.ok_or(JournalError::Impossible { table: "journal.facts", column: "kind" })?)
}

async fn try_attest(service: &Service, judge: &Subject, case: CaseId) -> Result<(), AttestError> {
    let mut transaction = service.journal.begin().await?;
    transaction.lock(&Tags::from([case.into()])).await?;
    let because = service.asked_by(Actor::user(judge));
    let decision = Attest {
        case,
        by: judge.clone(),
        // Whoever reads or changes a signal holds the lock of its case, so these need none of their own.
        signals: signals_of(&mut transaction, case).await?,
        sources: sources::all(service).await?,
        request: because.id,
        today: service.clock.today(),
        at: service.clock.now(),
    };
    let writes = match transaction.decide(&decision, &because).await {
        Ok(writes) => writes,
        Err(DecideError::Refused(refusal)) => return Err(refusal.into()),
        Err(DecideError::Journal(error)) => return Err(error.into()),
    };
    if is_being_handled(&mut transaction, &decision).await? {
        return Err(AttestError::BeingHandled);
    }
    read_model::note(transaction.sql(), &writes).await?;
    Ok(transaction.commit().await?)
}

async fn signals_of(
    transaction: &mut Transaction,
    case: CaseId,
) -> Result<std::collections::BTreeSet<SignalId>, JournalError> {
    let rows = sqlx::query_scalar!("select signal from alerts.signals where own_case = $1", case.uuid())
        .fetch_all(transaction.sql())
        .await?;
    Ok(rows.into_iter().map(SignalId::from_uuid).collect())
}

/// Whether a fact about the case, or about what it is or was linked with, has not been handled here.
async fn is_being_handled(transaction: &mut Transaction, decision: &Attest) -> Result<bool, JournalError> {
    let around = read_model::surroundings(transaction.sql(), &[decision.case].into()).await?;
    let tags: Tags = around.cases().into_iter().map(Into::into).chain(decision.rests_on()).collect();
    let tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
    let kinds: Vec<String> =
        listen::KINDS.iter().filter(|kind| !kind.starts_with("alerts.")).map(|kind| (*kind).to_owned()).collect();
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from journal.facts f where f.tags && $1 and f.kind = any($2)
               and not exists (select from journal.inbox i where i.consumer = current_user and i.fact = f.id)
           ) as "is!""#,
        &tags,
        &kinds
    )
    .fetch_one(transaction.sql())
    .await?)
}

/// Every attestation of a case, oldest first. The caller has found the case among the judge's own before.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_case(service: &Service, case: CaseId) -> Result<Vec<Attested>, JournalError> {
    let mut transaction = service.journal.begin().await?;
    let facts = transaction.facts_of(&Tags::from([case.into()]), &KINDS).await?;
    let all = attestations(case, &facts, service.clock.today()).into_iter();
    Ok(all.map(|(fact, said, standing)| Attested { said: said.clone(), at: fact.event_time, standing }).collect())
}

/// One attestation, whoever's it is; nothing when there is none.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn one(service: &Service, attestation: AttestationId) -> Result<Option<Attested>, JournalError> {
    let mut transaction = service.journal.begin().await?;
    let facts = transaction.facts_of(&Tags::from([attestation.into()]), &["alerts.consultation-attested"]).await?;
    let case = facts.first().and_then(|fact| match &fact.body {
        Body::Alerts(AlertsFact::ConsultationAttested(attested)) => Some(attested.case),
        _ => None,
    });
    drop(transaction);
    let Some(case) = case else { return Ok(None) };
    Ok(of_case(service, case).await?.into_iter().find(|attested| attested.said.attestation == attestation))
}

/// One attestation of a case of the judge's; an attempt at another's is written down.
///
/// # Errors
/// 404 when there is none, or its case is not theirs.
pub async fn of_judge(service: &Service, judge: &Subject, attestation: AttestationId) -> Result<Attested, Problem> {
    let found = one(service, attestation).await.map_err(|error| problem(&error))?;
    if let Some(found) = found
        && inbox::has_case(service.journal.pool(), judge, found.said.case).await.map_err(|error| problem(&error))?
    {
        return Ok(found);
    }
    refused(service, judge, attestation.uuid(), "read-attestation").await.map_err(|error| problem(&error))?;
    Err(Problem::not_found())
}
