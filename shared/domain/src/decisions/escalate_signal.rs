//! A signal waits unread while its term nears: the clerks of the case are to hear of it, so that a judge reads it in time.
//!
//! Invariants: once for each signal and version; a judge of the case who has read a version has read all before it; a case that
//! nobody has counts as unread, whoever read the signal before; what may wait in the list escalates never.

use std::collections::BTreeMap;
use std::convert::Infallible;

use jiff::civil::Date;

use super::docket::Docket;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{Signal, SignalEscalated};
use crate::fact::{AlertsFact, Body, Fact, Subject};
use crate::ids::{CaseId, SignalId};
use crate::violence::policy::Policies;
use crate::violence::urgency::{escalates_on, read_by};

/// Is a clerk to hear of a signal, as things stand on a day?
#[derive(Debug, Clone)]
pub struct EscalateSignal {
    /// The signal.
    pub signal: SignalId,
    /// The case it was raised in.
    pub own: CaseId,
    /// The day.
    pub today: Date,
    /// What courts decided where the rules leave them a choice.
    pub policies: Policies,
}

/// The signal, its case, and who has read it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    own: Docket,
    stands: Option<Box<Signal>>,
    /// The day since which each version stands, of those since it was last raised.
    since: BTreeMap<u32, Date>,
    read: BTreeMap<Subject, u32>,
    escalated: u32,
}

impl Decision for EscalateSignal {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Tags::from([self.signal.into(), self.own.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.own) => known.own.fold(fact),
            Body::Alerts(told) => known.hear(self.signal, told),
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Infallible> {
        Ok(self.escalated(known).map(AlertsFact::SignalEscalated).into_iter().collect())
    }
}

impl EscalateSignal {
    fn escalated(&self, known: &Known) -> Option<SignalEscalated> {
        // A signal that went to another case with the matter is looked at there.
        let signal = known.stands.as_ref().filter(|signal| signal.own == self.own)?;
        let own = known.own.view()?;
        let judges = known.own.judges();
        let read = judges.iter().filter_map(|judge| known.read.get(judge)).max().copied().unwrap_or(0);
        if read >= signal.version || known.escalated >= signal.version {
            return None;
        }
        let since = known.since.range(read + 1..).next().map_or(signal.as_of, |(_, since)| *since);
        let told = &signal.assessment;
        let term = self.policies.of(own.court, self.today).term(own.kind);
        let read_by = read_by(told.urgency, term, own.registered_on, told.own_hearing, since)?;
        (self.today >= escalates_on(read_by, since)).then_some(SignalEscalated {
            signal: self.signal,
            own: self.own,
            version: signal.version,
            on: self.today,
            read_by,
            without_judge: judges.is_empty(),
        })
    }
}

impl Known {
    fn hear(&mut self, signal: SignalId, told: &AlertsFact) {
        match told {
            AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f) if f.signal == signal => {
                self.since.insert(f.version, f.as_of);
                self.stands = Some(Box::new(f.clone()));
            }
            AlertsFact::SignalWithdrawn(f) if f.signal == signal => {
                self.since.clear();
                self.stands = None;
            }
            // Who acknowledges has it before them.
            AlertsFact::SignalRead(f) | AlertsFact::SignalAcknowledged(f) if f.signal == signal => {
                let read = self.read.entry(f.by.clone()).or_default();
                *read = (*read).max(f.version);
            }
            AlertsFact::SignalEscalated(f) if f.signal == signal => self.escalated = self.escalated.max(f.version),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
