//! What a judge does with a signal: opens it, acknowledges it, records what was done.
//!
//! Invariants: who acts has the signal's case, by the facts and not by a table; a request for what is another's or does not
//! exist is refused in one and the same way and written down; doing the same again changes nothing.

use domain::decisions::act_on_signal::{Act, ActOnSignal, Refusal};
use domain::fact::alerts::AccessRefused;
use domain::fact::{Actor, AlertsFact, Subject};
use domain::ids::SignalId;
use journal::{DecideError, JournalError};
use service::Service;
use uuid::Uuid;
use web::{FieldError, Problem};

use crate::{inbox, read_model};

/// How often an act is tried when two stood in each other's way.
const TRIES: u8 = 5;

/// Why an act did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// There is no such signal, or the case is not theirs.
    #[error("no such signal")]
    NotTheirs,
    /// The signal has changed since the judge saw it.
    #[error("the signal has changed: it is now at version {current}")]
    Stale {
        /// The version that stands now.
        current: u32,
    },
    /// The signal was withdrawn, and what was asked has a meaning only while it stands.
    #[error("the signal was withdrawn")]
    Withdrawn,
    /// No such decision is given in a case of this jurisdiction.
    #[error("no such decision is given in a case of this kind")]
    NoSuchDecision,
    /// It could not be done.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Does what the judge asks, and writes it down. `version` is the one they had before them, where that matters.
///
/// # Errors
/// See [`ActError`].
pub async fn act(
    service: &Service,
    judge: &Subject,
    signal: SignalId,
    act: Act,
    version: Option<u32>,
) -> Result<(), ActError> {
    let name = name(&act);
    let mut sql = service.journal.pool().acquire().await.map_err(JournalError::from)?;
    let cases = inbox::cases_of(&mut sql, signal).await?;
    let outcome = match cases {
        Some(cases) => {
            let both = [cases.own, cases.parallel];
            let found = read_model::matters(&mut sql, &both.into()).await?;
            drop(sql);
            let matters = both.map(|case| found.get(&case).map(|matter| matter.cases.clone()).unwrap_or_default());
            let (own, at) = (cases.own, service.clock.now());
            decide(service, &ActOnSignal { signal, own, by: judge.clone(), act, version, at, matters }).await
        }
        None => Err(ActError::NotTheirs),
    };
    if matches!(outcome, Err(ActError::NotTheirs)) {
        refused(service, judge, signal.uuid(), name).await?;
    }
    outcome
}

/// Writes down that somebody asked for what is not theirs or does not exist.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn refused(service: &Service, by: &Subject, asked: Uuid, action: &str) -> Result<(), JournalError> {
    metrics::counter!("alerts_access_refused_total").increment(1);
    let fact = AlertsFact::AccessRefused(AccessRefused { asked, by: by.clone(), action: action.to_owned() });
    let mut transaction = service.journal.begin().await?;
    transaction.append(vec![fact], &service.asked_by(Actor::user(by))).await?;
    transaction.commit().await
}

async fn decide(service: &Service, decision: &ActOnSignal) -> Result<(), ActError> {
    for _ in 1..TRIES {
        match try_decide(service, decision).await {
            Err(ActError::Journal(error)) if error.is_deadlock() => {}
            outcome => return outcome,
        }
    }
    try_decide(service, decision).await
}

async fn try_decide(service: &Service, decision: &ActOnSignal) -> Result<(), ActError> {
    use domain::decision::Decision;

    let mut transaction = service.journal.begin().await?;
    transaction.lock(&decision.rests_on()).await?;
    if let (Act::Handle(handling), Some(version)) = (&decision.act, decision.version)
        && inbox::is_handled(transaction.sql(), &decision.by, decision.signal, version, handling).await?
    {
        return Ok(());
    }
    let cause = service.asked_by(Actor::user(&decision.by));
    let recorded = transaction.decide(decision, &cause).await.map_err(|error| match error {
        DecideError::Refused(Refusal::NotTheirs) => ActError::NotTheirs,
        DecideError::Refused(Refusal::Stale { current }) => ActError::Stale { current },
        DecideError::Refused(Refusal::Withdrawn) => ActError::Withdrawn,
        DecideError::Refused(Refusal::NoSuchDecision) => ActError::NoSuchDecision,
        DecideError::Journal(error) => ActError::Journal(error),
    })?;
    read_model::note(transaction.sql(), &recorded).await?;
    transaction.commit().await?;
    Ok(())
}

const fn name(act: &Act) -> &'static str {
    match act {
        Act::Read => "read",
        Act::Acknowledge => "acknowledge",
        Act::Handle(_) => "handle",
        Act::Rate(_) => "rate",
        Act::Doubt(_) => "doubt",
        Act::Reveal(_) => "reveal",
    }
}

/// What a caller is told when the journal fails them.
pub fn problem(error: &JournalError) -> Problem {
    if error.is_outage() {
        tracing::error!(error = %error, "the database does not answer");
        Problem::unavailable()
    } else {
        Problem::internal(error)
    }
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NotTheirs => Self::not_found(),
            ActError::Stale { current } => Self::conflict(format!("the signal is now at version {current}")),
            ActError::Withdrawn => Self::conflict("the signal was withdrawn".to_owned()),
            ActError::NoSuchDecision => Self::malformed(vec![FieldError::body(
                "decision",
                "unknown",
                "is no decision of a case of this jurisdiction",
            )]),
            ActError::Journal(error) => problem(&error),
        }
    }
}
