//! The turn of the day: how urgent a signal is depends on how near the hearing is, so every standing signal is decided on anew
//! once a day, and at the start; then what is late is followed up: signals that nobody has read, requests without an answer.
//!
//! Invariants: the cause of what is written follows from the signal and the day, so that replicas write it once; one signal, case or
//! request that cannot be decided on keeps back no other, and is told of in the log and counted.

use std::time::Duration;

use domain::ids::{CaseId, FactId, Pair, SignalId};
use jiff::civil::Date;
use journal::JournalError;
use service::Service;
use uuid::Uuid;

use crate::{articles, escalations, inbox, requests, signals};

/// How often the calendar is looked at.
const LOOK: Duration = Duration::from_secs(10);
/// How many signals are looked up at once.
const BATCH: i64 = 200;
/// How long after a day of which part could not be decided on that part is tried again.
const AGAIN: Duration = Duration::from_mins(10);

/// Watches the calendar until the sign to stop.
pub async fn watch(service: Service) -> anyhow::Result<()> {
    let stopping = service.stopping();
    let mut done = None;
    while !stopping.is_cancelled() {
        let today = service.clock.today();
        let mut pause = LOOK;
        if done != Some(today) {
            match decide_all(&service, today).await {
                Ok(0) => done = Some(today),
                Ok(left) => {
                    tracing::error!(left, "not everything could be decided on for the day; trying again later");
                    pause = AGAIN;
                }
                Err(error) => {
                    tracing::warn!(error = %error, "signals could not be decided on for the day; trying again");
                }
            }
        }
        tokio::select! {
            () = stopping.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    Ok(())
}

/// Of what came of one thing of many, whether it is left: 1 where it is, as only it is at fault. It is told of by an id, never by what
/// it says.
///
/// # Errors
/// When PostgreSQL is away: then there is nothing wrong with it, nor is there a next.
pub(crate) fn left(outcome: Result<(), JournalError>, what: &'static str, id: Uuid) -> Result<u32, JournalError> {
    match outcome {
        Ok(()) => Ok(0),
        Err(error) if error.is_outage() => Err(error),
        Err(error) => {
            tracing::error!(what, %id, error = %error, "could not be decided on for the day");
            metrics::counter!("alerts_daily_failures_total", "what" => what).increment(1);
            Ok(1)
        }
    }
}

/// Decides on everything that waits for the day; answers how much of it could not be.
async fn decide_all(service: &Service, today: Date) -> Result<u32, JournalError> {
    let mut failed = 0;
    let mut after = SignalId::from_uuid(Uuid::nil());
    loop {
        let standing = inbox::standing(service.journal.pool(), after, BATCH).await?;
        let Some(last) = standing.last() else { break };
        after = last.signal;
        for one in standing {
            if service.stopping().is_cancelled() {
                return Ok(failed);
            }
            let outcome = again(service, one.signal, Pair::of(one.own, one.parallel), today).await;
            failed += left(outcome, "signal", one.signal.uuid())?;
        }
    }
    failed += escalations::of_day(service, today).await?;
    failed += articles::of_day(service, today).await?;
    Ok(failed + requests::remind(service, today).await?)
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
