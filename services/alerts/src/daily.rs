//! The turn of the day: how urgent a signal is depends on how near the hearing is, so every standing signal is decided on anew
//! once a day, and at the start; then what is late is followed up: signals that nobody has read, requests without an answer.
//!
//! Invariant: the cause of what is written follows from the signal and the day, so that replicas write it once.

use std::time::Duration;

use domain::ids::{CaseId, FactId, Pair, SignalId};
use jiff::civil::Date;
use journal::JournalError;
use service::Service;

use crate::{articles, escalations, inbox, requests, signals};

/// How often the calendar is looked at.
const LOOK: Duration = Duration::from_secs(10);
/// How many signals are looked up at once.
const BATCH: i64 = 200;

/// Watches the calendar until the sign to stop.
pub async fn watch(service: Service) -> anyhow::Result<()> {
    let stopping = service.stopping();
    let mut done = None;
    while !stopping.is_cancelled() {
        let today = service.clock.today();
        if done != Some(today) {
            match decide_all(&service, today).await {
                Ok(()) => done = Some(today),
                Err(error) => {
                    tracing::warn!(error = %error, "signals could not be decided on for the day; trying again");
                }
            }
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    Ok(())
}

async fn decide_all(service: &Service, today: Date) -> Result<(), JournalError> {
    let mut after = SignalId::from_uuid(uuid::Uuid::nil());
    loop {
        let standing = inbox::standing(service.journal.pool(), after, BATCH).await?;
        let Some(last) = standing.last() else { break };
        after = last.signal;
        for one in standing {
            if service.stopping().is_cancelled() {
                return Ok(());
            }
            again(service, one.signal, Pair::of(one.own, one.parallel), today).await?;
        }
    }
    escalations::of_day(service, today).await?;
    articles::of_day(service, today).await?;
    requests::remind(service, today).await
}

async fn again(service: &Service, signal: SignalId, cases: Pair<CaseId>, today: Date) -> Result<(), JournalError> {
    let id = FactId::derived(&["day", &signal.to_string(), &today.to_string()]).uuid();
    let cause = service.because_of(id, service.clock.now());
    match signals::of_day(service, cases, today, &cause).await {
        // Tomorrow's look, or the next fact about these cases, decides again.
        Err(error) if error.is_deadlock() => signals::of_day(service, cases, today, &cause).await,
        outcome => outcome,
    }
}
