//! A judge reads, acknowledges or handles a signal of a case that is theirs.

use std::collections::BTreeSet;

use super::docket::Docket;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{CourtRevealed, Handling, RevealReason, SignalHandled, SignalSeen};
use crate::fact::{AlertsFact, Body, Fact, Subject};
use crate::ids::{CaseId, SignalId};

/// What a judge does with a signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Opens it. Noted once for each version and judge.
    Read,
    /// Confirms having taken note of it.
    Acknowledge,
    /// Records what was done with it.
    Handle(Handling),
    /// Has the court of the parallel case named, where it is not.
    Reveal(RevealReason),
}

/// A judge's act, to be written down.
#[derive(Debug, Clone)]
pub struct ActOnSignal {
    /// The signal.
    pub signal: SignalId,
    /// The case it was raised in.
    pub own: CaseId,
    /// Who acts.
    pub by: Subject,
    /// What is done.
    pub act: Act,
    /// The version the judge had before them; nothing when they ask for the newest.
    pub version: Option<u32>,
}

/// The signal and the judges of its case.
#[derive(Debug, Clone, Default)]
pub struct Known {
    own: Docket,
    version: Option<u32>,
    seen: BTreeSet<(bool, u32, Subject)>,
    revealed: BTreeSet<Subject>,
}

/// Why an act was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such signal, or the case is not theirs: which of the two is not said.
    #[error("no such signal")]
    NotTheirs,
    /// The signal has changed since the judge saw it.
    #[error("the signal has changed: it is now at version {current}")]
    Stale {
        /// The version that stands now.
        current: u32,
    },
}

impl Decision for ActOnSignal {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Tags::from([self.signal.into(), self.own.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.own) => known.own.fold(fact),
            Body::Alerts(AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f)) if f.signal == self.signal => {
                known.version = Some(f.version);
            }
            Body::Alerts(AlertsFact::SignalWithdrawn(f)) if f.signal == self.signal => known.version = Some(f.version),
            Body::Alerts(AlertsFact::SignalRead(f)) if f.signal == self.signal => {
                known.seen.insert((false, f.version, f.by.clone()));
            }
            Body::Alerts(AlertsFact::SignalAcknowledged(f)) if f.signal == self.signal => {
                known.seen.insert((true, f.version, f.by.clone()));
            }
            Body::Alerts(AlertsFact::CourtRevealed(f)) if f.signal == self.signal => {
                known.revealed.insert(f.by.clone());
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Refusal> {
        let Some(current) = known.version.filter(|_| known.own.judges().contains(&self.by)) else {
            return Err(Refusal::NotTheirs);
        };
        if self.version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current });
        }
        let seen = || SignalSeen { signal: self.signal, own: self.own, version: current, by: self.by.clone() };
        let already = |acknowledged| known.seen.contains(&(acknowledged, current, self.by.clone()));
        Ok(match &self.act {
            Act::Read if already(false) => Vec::new(),
            Act::Read => vec![AlertsFact::SignalRead(seen())],
            Act::Acknowledge if already(true) => Vec::new(),
            Act::Acknowledge => vec![AlertsFact::SignalAcknowledged(seen())],
            Act::Handle(handling) => vec![AlertsFact::SignalHandled(SignalHandled {
                signal: self.signal,
                own: self.own,
                version: current,
                by: self.by.clone(),
                handling: handling.clone(),
            })],
            Act::Reveal(_) if known.revealed.contains(&self.by) => Vec::new(),
            Act::Reveal(reason) => vec![AlertsFact::CourtRevealed(CourtRevealed {
                signal: self.signal,
                own: self.own,
                version: current,
                by: self.by.clone(),
                reason: *reason,
            })],
        })
    }
}
