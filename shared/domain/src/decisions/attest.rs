//! A judge attests that the register was consulted for a case (raadpleegverklaring), so that a decision can say so.
//!
//! Invariants: an attestation is given only to a judge who has read every signal of the case in its newest version, not longer
//! ago than a look holds; it says nothing of what was found; and whether it still holds follows from the facts, not from itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::act_on_signal::LOOK_HOLDS;
use super::docket::Docket;
use super::form_matters::Matters;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{ConsultationAttested, SeenSignal, SourceSeen};
use crate::fact::linker::MatterFormed;
use crate::fact::{AlertsFact, Body, Fact, Subject};
use crate::ids::{AttestationId, CaseId, SignalId};

/// For how many days an attestation holds: before a decision it is repeated after that.
pub const HOLDS_DAYS: i32 = 31;

/// A judge asks for an attestation.
#[derive(Debug, Clone)]
pub struct Attest {
    /// The case.
    pub case: CaseId,
    /// Who asks.
    pub by: Subject,
    /// Every signal that is told in the case now, by the read model: what is told elsewhere by now is not among them. Nothing can
    /// be told of the case while its lock is held.
    pub signals: BTreeSet<SignalId>,
    /// The sources that have ever reported anything.
    pub sources: Vec<SourceSeen>,
    /// The request, which gives the attestation its id.
    pub request: Uuid,
    /// The day it is.
    pub today: Date,
    /// The moment it is.
    pub at: Timestamp,
}

/// The case, what was told of it, and what the judge has read.
#[derive(Debug, Clone, Default)]
pub struct Known {
    docket: Docket,
    matters: Matters,
    said: BTreeMap<SignalId, SeenSignal>,
    read: BTreeMap<(SignalId, u32), Timestamp>,
    attested: Option<ConsultationAttested>,
}

/// Why there is no attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such case, or it is not theirs.
    #[error("no such case")]
    NotTheirs,
    /// The case is not registered, or is over: nothing is told in it.
    #[error("the register tells nothing in this case: it is not registered, or it is closed")]
    NotOpen,
    /// The case goes on in another: what there is to tell is told there.
    #[error("the case goes on in another: ask for the attestation there")]
    GoesOnElsewhere,
    /// There are signals that have not been opened in their newest version.
    #[error("{0} signals of this case are unread: open them and ask again")]
    Unread(usize),
    /// There are signals that were last opened too long ago.
    #[error("{0} signals of this case were last opened more than 31 days ago: open them again and ask again")]
    LookTooOld(usize),
}

impl Decision for Attest {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        self.signals.iter().map(|signal| (*signal).into()).chain([self.case.into()]).collect()
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.case) => known.docket.fold(fact),
            Body::Linker(fact) => known.matters.hear(fact),
            Body::Alerts(AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f)) => {
                known.said.insert(f.signal, SeenSignal { signal: f.signal, version: f.version, stands: true });
            }
            Body::Alerts(AlertsFact::SignalWithdrawn(f)) => {
                known.said.insert(f.signal, SeenSignal { signal: f.signal, version: f.version, stands: false });
            }
            Body::Alerts(AlertsFact::SignalRead(f) | AlertsFact::SignalAcknowledged(f)) if f.by == self.by => {
                known.read.insert((f.signal, f.version), fact.event_time);
            }
            Body::Alerts(AlertsFact::ConsultationAttested(f)) if f.case == self.case => {
                known.attested = Some(f.clone());
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Refusal> {
        if !known.docket.judges().contains(&self.by) {
            return Err(Refusal::NotTheirs);
        }
        let goes_on_in =
            |matter: &MatterFormed| matter.goes_on_as == self.case || matter.beside().contains_key(&self.case);
        if known.matters.of(self.case).is_some_and(|matter| !goes_on_in(matter)) {
            return Err(Refusal::GoesOnElsewhere);
        }
        let view = known.docket.view().filter(|view| view.closed_on.is_none()).ok_or(Refusal::NotOpen)?;
        let seen: Vec<SeenSignal> =
            known.said.values().filter(|said| self.signals.contains(&said.signal)).copied().collect();
        let read = |said: &SeenSignal| known.read.get(&(said.signal, said.version));
        let unread = seen.iter().filter(|said| read(said).is_none()).count();
        if unread > 0 {
            return Err(Refusal::Unread(unread));
        }
        let holds = |at: &Timestamp| self.at.duration_since(*at) <= LOOK_HOLDS;
        // What was withdrawn says nothing any more that could have been forgotten.
        let old = seen.iter().filter(|said| said.stands && !read(said).is_some_and(holds)).count();
        if old > 0 {
            return Err(Refusal::LookTooOld(old));
        }
        let attested = ConsultationAttested {
            attestation: AttestationId::derived(&[&self.case.to_string(), &self.request.to_string()]),
            case: self.case,
            by: self.by.clone(),
            court: view.court,
            numbers: view.numbers,
            on: self.today,
            repeat_after: self.today.saturating_add(HOLDS_DAYS.days()),
            sources: self.sources.clone(),
            seen,
        };
        // Asked twice on one day, with nothing new between: one attestation.
        let again = known.attested.as_ref().is_some_and(|last| {
            let as_last = ConsultationAttested { attestation: last.attestation, ..attested.clone() };
            *last == as_last
        });
        Ok(if again { Vec::new() } else { vec![AlertsFact::ConsultationAttested(attested)] })
    }
}

/// Whether an attestation still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Valid,
    /// Something changed in what the register tells, or it was consulted anew.
    Superseded {
        /// When.
        since: Timestamp,
    },
    /// It is older than it holds for.
    Expired {
        /// The first day on which it no longer held.
        since: Date,
    },
}

impl Standing {
    /// The word on the wire and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Superseded { .. } => "superseded",
            Self::Expired { .. } => "expired",
        }
    }
}

/// The kinds of facts, under the tag of a case, from which it follows whether its attestations hold.
pub const KINDS: [&str; 4] =
    ["alerts.consultation-attested", "alerts.signal-raised", "alerts.signal-updated", "alerts.signal-withdrawn"];

/// The attestations of a case, oldest first, and how each stands on `today`. `facts` are those of [`KINDS`] about the case, in the
/// journal's order.
pub fn attestations<'f>(
    case: CaseId,
    facts: impl IntoIterator<Item = &'f Fact>,
    today: Date,
) -> Vec<(&'f Fact, &'f ConsultationAttested, Standing)> {
    let mut found: Vec<(&Fact, &ConsultationAttested, Option<Timestamp>)> = Vec::new();
    for fact in facts {
        let (overtakes, attested) = match &fact.body {
            Body::Alerts(AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f)) => (f.own == case, None),
            Body::Alerts(AlertsFact::SignalWithdrawn(f)) => (f.own == case, None),
            Body::Alerts(AlertsFact::ConsultationAttested(f)) => (f.case == case, Some(f)),
            _ => (false, None),
        };
        if overtakes {
            for (.., since) in &mut found {
                since.get_or_insert(fact.event_time);
            }
        }
        found.extend(attested.filter(|f| f.case == case).map(|f| (fact, f, None)));
    }
    let standing = |attested: &ConsultationAttested, overtaken: Option<Timestamp>| match overtaken {
        // What changed after its time was up, changed nothing about it.
        Some(since) if since.to_zoned(TimeZone::UTC).date() <= attested.repeat_after => Standing::Superseded { since },
        _ if today > attested.repeat_after => {
            Standing::Expired { since: attested.repeat_after.saturating_add(1.day()) }
        }
        _ => Standing::Valid,
    };
    found.into_iter().map(|(fact, attested, since)| (fact, attested, standing(attested, since))).collect()
}

#[cfg(test)]
mod tests;
