//! A judge reads, acknowledges, handles, rates or doubts a signal of a case that is theirs.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::docket::Docket;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{
    CourtRevealed, DoubtReason, Handling, LinkDoubted, Rating, RevealReason, SetAsideReason, Signal, SignalHandled,
    SignalRated, SignalSeen,
};
use crate::fact::linker::CasesLinked;
use crate::fact::{AlertsFact, Body, Fact, LinkerFact, Subject};
use crate::ids::{CaseId, Pair, SignalId};

/// For how long a look at a signal holds: before a decision it is looked at again after that.
pub const LOOK_HOLDS: SignedDuration = SignedDuration::from_hours(31 * 24);

/// What a judge does with a signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Opens it. Noted once for each version and judge, and again when the last time is longer ago than a look holds.
    Read,
    /// Confirms having taken note of it.
    Acknowledge,
    /// Records what was done with it.
    Handle(Handling),
    /// Says whether it was of use.
    Rate(Rating),
    /// Reports that the link it rests on looks wrong.
    Doubt(DoubtReason),
    /// Has the court of the parallel case named, where it is not; of another case that it goes on as, anew.
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
    /// When.
    pub at: Timestamp,
    /// The cases of the matters of both cases, each with its own: the link may be between earlier ones of them.
    pub matters: [BTreeSet<CaseId>; 2],
}

/// The signal and the judges of its case.
#[derive(Debug, Clone, Default)]
pub struct Known {
    own: Docket,
    version: Option<u32>,
    stands: Option<Box<Signal>>,
    read: BTreeMap<(u32, Subject), Timestamp>,
    acknowledged: BTreeSet<(u32, Subject)>,
    ratings: BTreeMap<Subject, SignalRated>,
    links: BTreeMap<Pair<CaseId>, CasesLinked>,
    doubts: Vec<LinkDoubted>,
    /// The case that was told of last.
    parallel: Option<CaseId>,
    /// Who had the court of which case named.
    revealed: BTreeSet<(Subject, Option<CaseId>)>,
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
    /// It does not stand any more, so there is no link to doubt.
    #[error("the signal was withdrawn")]
    Withdrawn,
    /// No such decision is given in a case of this jurisdiction.
    #[error("no such decision is given in a case of this kind")]
    NoSuchDecision,
}

impl Decision for ActOnSignal {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        let earlier = self.matters[0].iter().map(|case| (*case).into());
        earlier.chain([self.signal.into(), self.own.into()]).collect()
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.own) => known.own.fold(fact),
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link)) => {
                known.links.insert(link.cases, link.clone());
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) => drop(known.links.remove(&link.cases)),
            Body::Alerts(told) => known.hear(self.signal, told, fact.event_time),
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Refusal> {
        let Some(current) = known.version.filter(|_| known.concerns(&self.by, &self.act)) else {
            return Err(Refusal::NotTheirs);
        };
        if self.version.is_some_and(|seen| seen != current) {
            return Err(Refusal::Stale { current });
        }
        let seen = || SignalSeen { signal: self.signal, own: self.own, version: current, by: self.by.clone() };
        let who = (current, self.by.clone());
        let holds = |last: &Timestamp| self.at.duration_since(*last) <= LOOK_HOLDS;
        Ok(match &self.act {
            Act::Read if known.read.get(&who).is_some_and(holds) => Vec::new(),
            Act::Read => vec![AlertsFact::SignalRead(seen())],
            Act::Acknowledge if known.acknowledged.contains(&who) => Vec::new(),
            Act::Acknowledge => vec![AlertsFact::SignalAcknowledged(seen())],
            Act::Handle(handling) => self.handle(known, current, handling)?,
            Act::Rate(rating) => {
                let (signal, own, by) = (self.signal, self.own, self.by.clone());
                let rated = SignalRated { signal, own, version: current, by, rating: *rating };
                let again = known.ratings.get(&self.by) == Some(&rated);
                if again { Vec::new() } else { vec![AlertsFact::SignalRated(rated)] }
            }
            Act::Doubt(_) if known.stands.is_none() => return Err(Refusal::Withdrawn),
            Act::Doubt(reason) => self.doubt(known, *reason).into_iter().collect(),
            Act::Reveal(_) if known.revealed.contains(&(self.by.clone(), known.parallel)) => Vec::new(),
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

impl ActOnSignal {
    fn handle(&self, known: &Known, current: u32, handling: &Handling) -> Result<Vec<AlertsFact>, Refusal> {
        if let Handling::WeighedInDecision { decision, .. } = handling {
            let of = known.own.course().jurisdiction;
            if of.is_some_and(|of| !decision.jurisdictions().contains(&of)) {
                return Err(Refusal::NoSuchDecision);
            }
        }
        let handled = AlertsFact::SignalHandled(SignalHandled {
            signal: self.signal,
            own: self.own,
            version: current,
            by: self.by.clone(),
            handling: handling.clone(),
        });
        // Who sets it aside because of the link has said that somebody should look again.
        let doubted = matches!(handling, Handling::SetAside { reason: SetAsideReason::LinkDoubted });
        let doubt = doubted.then(|| self.doubt(known, DoubtReason::NotSaid)).flatten();
        Ok([Some(handled), doubt].into_iter().flatten().collect())
    }

    /// The report; nothing where the same was reported of this version already, or the signal does not stand. That a reason was
    /// not said adds nothing to any other report.
    fn doubt(&self, known: &Known, reason: DoubtReason) -> Option<AlertsFact> {
        let signal = known.stands.as_ref()?;
        let mut of_version = known.doubts.iter().filter(|doubt| doubt.version == signal.version);
        if of_version.any(|doubt| doubt.reason == reason || reason == DoubtReason::NotSaid) {
            return None;
        }
        let [own, parallel] = &self.matters;
        let of = |case: CaseId, matter: &BTreeSet<CaseId>, now: CaseId| case == now || matter.contains(&case);
        let between = |link: &&CasesLinked| {
            let (a, b) = (link.cases.a, link.cases.b);
            let both = |one, other| of(one, own, self.own) && of(other, parallel, signal.parallel);
            both(a, b) || both(b, a)
        };
        let links = known.links.values().filter(between);
        let records = links
            .flat_map(|link| &link.persons)
            .flat_map(|person| person.in_a.iter().flat_map(|a| person.in_b.iter().map(|b| Pair::of(*a, *b))));
        Some(AlertsFact::LinkDoubted(LinkDoubted {
            signal: self.signal,
            own: self.own,
            parallel: signal.parallel,
            version: signal.version,
            by: self.by.clone(),
            reason,
            records: records.collect(),
        }))
    }
}

impl Known {
    /// Whether somebody may do this with the signal: who has the case may; who had it and read what was withdrawn since must be
    /// able to learn that, and to confirm it.
    fn concerns(&self, by: &Subject, act: &Act) -> bool {
        let takes_note = matches!(act, Act::Read | Act::Acknowledge);
        let has_read = || self.read.keys().any(|(_, judge)| judge == by);
        self.own.judges().contains(by) || (self.stands.is_none() && takes_note && has_read())
    }

    fn hear(&mut self, signal: SignalId, told: &AlertsFact, at: Timestamp) {
        match told {
            AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f) if f.signal == signal => {
                self.version = Some(f.version);
                self.parallel = Some(f.parallel);
                self.stands = Some(Box::new(f.clone()));
            }
            AlertsFact::SignalWithdrawn(f) if f.signal == signal => {
                self.version = Some(f.version);
                self.stands = None;
            }
            AlertsFact::SignalRead(f) if f.signal == signal => {
                self.read.insert((f.version, f.by.clone()), at);
            }
            AlertsFact::SignalAcknowledged(f) if f.signal == signal => {
                self.acknowledged.insert((f.version, f.by.clone()));
            }
            AlertsFact::SignalRated(f) if f.signal == signal => {
                self.ratings.insert(f.by.clone(), f.clone());
            }
            AlertsFact::LinkDoubted(f) if f.signal == signal => self.doubts.push(f.clone()),
            AlertsFact::CourtRevealed(f) if f.signal == signal => {
                self.revealed.insert((f.by.clone(), self.parallel));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
