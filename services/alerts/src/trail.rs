//! What became of a signal in the hands of its judges, read from the facts about it: how it was rated, whether its link was
//! doubted and what was answered.
//!
//! Invariant: the caller has found the signal among the judge's own before; nothing here is looked up for anybody else.

use domain::decision::Tags;
use domain::decisions::doubt_link::{self, DoubtState};
use domain::fact::alerts::{DoubtReason, LinkDoubted, Rating};
use domain::fact::{AlertsFact, Body, Subject};
use domain::ids::SignalId;
use jiff::Timestamp;
use journal::JournalError;
use service::Service;

/// What became of a signal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    /// The judge's newest word about its use.
    pub rating: Option<Rating>,
    /// Reports that its link looks wrong, oldest first.
    pub doubts: Vec<Doubt>,
}

/// A report that a link looks wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// When it was reported.
    pub reported_at: Timestamp,
    /// Which version was before the judge.
    pub version: u32,
    /// What looks wrong.
    pub reason: DoubtReason,
    /// What became of it.
    pub state: DoubtState,
}

/// What became of a signal, for one of its judges.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn of(service: &Service, judge: &Subject, signal: SignalId) -> Result<Trail, JournalError> {
    let mut transaction = service.journal.begin().await?;
    let about = Tags::from([signal.into()]);
    let facts = transaction.facts_of(&about, &["alerts.link-doubted", "alerts.signal-rated"]).await?;
    let mut trail = Trail::default();
    let mut doubts: Vec<LinkDoubted> = Vec::new();
    for fact in facts {
        match fact.body {
            Body::Alerts(AlertsFact::SignalRated(rated)) if rated.by == *judge => trail.rating = Some(rated.rating),
            Body::Alerts(AlertsFact::LinkDoubted(doubt)) => doubts.push(doubt),
            _ => {}
        }
    }
    let answers = transaction.facts_of(&doubt_link::tags(&doubts), &doubt_link::KINDS).await?;
    let reports = doubt_link::reports(&answers).into_iter().filter(|(_, doubt, _)| doubt.signal == signal);
    trail.doubts = reports
        .map(|(fact, doubt, state)| Doubt {
            reported_at: fact.event_time,
            version: doubt.version,
            reason: doubt.reason,
            state,
        })
        .collect();
    Ok(trail)
}
