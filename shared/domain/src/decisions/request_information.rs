//! A judge asks the court of a parallel case for information, takes it back, and sees what came of it: the exchange that takes
//! the place of a combined hearing.
//!
//! Invariants: a request is made on a standing signal of the judge's own case; one request of a kind is open at a time; only the
//! court of the case that is asked about answers; how a request stands follows from the set of facts, not from their order of
//! arrival.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::docket::{Docket, Revisions};
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{
    InformationRequestOverdue, InformationRequestWithdrawn, InformationRequested, Signal, WhyRequestWithdrawn,
};
use crate::fact::intake::requests::InformationRequestAnswered;
use crate::fact::{AlertsFact, Body, Fact, IntakeFact, SourceVersion, Subject};
use crate::ids::{CaseId, RequestId, SignalId};
use crate::information::{InformationAnswer, InformationBasis, InformationKind, InformationRefusal};
use crate::jurisdiction::Jurisdiction;
use crate::violence::working_days;

/// Within how many working days an answer is asked for where the judge names no day.
pub const USUAL_TERM: u16 = 10;
/// The most working days that may be given.
pub const LONGEST_TERM: u16 = 130;

/// How a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestState {
    /// It was sent.
    Sent,
    /// The other court said what it did with it.
    Answered(InformationAnswer),
    /// It is no longer made.
    Withdrawn(WhyRequestWithdrawn),
}

impl RequestState {
    /// Whether an answer is waited for.
    pub fn is_open(self) -> bool {
        match self {
            Self::Sent => true,
            Self::Answered(answer) => !answer.ends(),
            Self::Withdrawn(_) => false,
        }
    }

    /// The word on the wire and in the keys of texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Answered(answer) => answer.code(),
            Self::Withdrawn(_) => "withdrawn",
        }
    }
}

/// A request and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What was asked.
    pub asked: InformationRequested,
    /// When.
    pub at: Timestamp,
    /// How it stands.
    pub state: RequestState,
    /// The day on which the other court did what it did last.
    pub on: Option<Date>,
    /// Why it refused, or a part of it.
    pub reason: Option<InformationRefusal>,
    /// Whether the other court was reminded.
    pub reminded: bool,
}

impl Request {
    /// Whether an answer is waited for and late.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state.is_open() && today > self.asked.answer_by
    }
}

/// The kinds of facts, under the tags of requests and of the cases they are about, from which it follows how they stand.
pub const KINDS: [&str; 6] = [
    "alerts.information-request-overdue",
    "alerts.information-request-withdrawn",
    "alerts.information-requested",
    "intake.event-corrected",
    "intake.event-retracted",
    "intake.information-request-answered",
];

/// Requests, and what was said of them.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    asked: BTreeMap<RequestId, (InformationRequested, Timestamp)>,
    withdrawn: BTreeMap<RequestId, WhyRequestWithdrawn>,
    reminded: BTreeSet<RequestId>,
    answers: BTreeMap<CaseId, BTreeMap<SourceVersion, InformationRequestAnswered>>,
    revisions: BTreeMap<CaseId, Revisions>,
}

impl Requests {
    /// Folds one fact.
    pub fn hear(&mut self, fact: &Fact) {
        match &fact.body {
            Body::Alerts(AlertsFact::InformationRequested(f)) => {
                self.asked.insert(f.request, (f.clone(), fact.event_time));
            }
            Body::Alerts(AlertsFact::InformationRequestWithdrawn(f)) => {
                self.withdrawn.insert(f.request, f.because);
            }
            Body::Alerts(AlertsFact::InformationRequestOverdue(f)) => {
                self.reminded.insert(f.request);
            }
            Body::Intake(
                told @ (IntakeFact::InformationRequestAnswered(_)
                | IntakeFact::EventRetracted(_)
                | IntakeFact::EventCorrected(_)),
            ) => {
                let (Some(case), Some(version)) = (told.case(), told.version()) else { return };
                self.revisions.entry(case).or_default().note(told);
                if let IntakeFact::InformationRequestAnswered(answer) = told {
                    self.answers.entry(case).or_default().insert(version, answer.clone());
                }
            }
            _ => {}
        }
    }

    /// Every request, the oldest first. `may_answer` says which cases are, or are one matter with, the case that a request is
    /// about.
    pub fn all(&self, may_answer: impl Fn(&InformationRequested, CaseId) -> bool) -> Vec<Request> {
        let mut all: Vec<Request> = self.asked.values().map(|(asked, at)| self.one(asked, *at, &may_answer)).collect();
        all.sort_by_key(|request| (request.at, request.asked.request));
        all
    }

    fn one(
        &self,
        asked: &InformationRequested,
        at: Timestamp,
        may_answer: impl Fn(&InformationRequested, CaseId) -> bool,
    ) -> Request {
        let theirs = self.answers.iter().filter(|(case, _)| may_answer(asked, **case));
        let counting = theirs.flat_map(|(case, answers)| {
            let none = Revisions::default();
            let order = self.revisions.get(case).unwrap_or(&none).counting(answers.keys());
            order.into_iter().filter_map(|version| answers.get(&version))
        });
        let last = counting.filter(|answer| answer.request == asked.request).last();
        let state = match (self.withdrawn.get(&asked.request), last) {
            (Some(because), _) => RequestState::Withdrawn(*because),
            (None, Some(answer)) => RequestState::Answered(answer.answer),
            (None, None) => RequestState::Sent,
        };
        Request {
            asked: asked.clone(),
            at,
            state,
            on: last.map(|answer| answer.on),
            reason: last.and_then(|answer| answer.reason),
            reminded: self.reminded.contains(&asked.request),
        }
    }
}

/// What is to be done with requests of a signal.
#[derive(Debug, Clone)]
pub enum Wish {
    /// To ask, having the signal in a version before one.
    Ask {
        /// The version.
        version: u32,
        /// What is asked.
        information: InformationKind,
        /// On what basis.
        basis: InformationBasis,
        /// The last day for an answer; the usual term where none is named.
        answer_by: Option<Date>,
    },
    /// To take a request back.
    TakeBack(RequestId),
}

/// A judge asks for information, or takes a request back.
#[derive(Debug, Clone)]
pub struct RequestInformation {
    /// The signal.
    pub signal: SignalId,
    /// The case it was raised in.
    pub own: CaseId,
    /// The cases of the matter that is told of: any of them may answer.
    pub parallel: BTreeSet<CaseId>,
    /// The jurisdiction of the case that is told of.
    pub of: Jurisdiction,
    /// Who acts.
    pub by: Subject,
    /// What is to be done.
    pub wish: Wish,
    /// The day it is.
    pub today: Date,
    /// Requests of the signal so far: what was said of them is read under their tags.
    pub requests: BTreeSet<RequestId>,
}

/// The case, its signal and the requests so far.
#[derive(Debug, Clone, Default)]
pub struct Known {
    own: Docket,
    version: Option<u32>,
    stands: Option<Box<Signal>>,
    requests: Requests,
}

/// Why nothing was asked or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such signal or request, or the case is not theirs.
    #[error("no such signal")]
    NotTheirs,
    /// The signal has changed since the judge saw it.
    #[error("the signal is now at version {current}")]
    Stale {
        /// The version that stands now.
        current: u32,
    },
    /// The signal was withdrawn: there is nothing to ask about.
    #[error("the signal was withdrawn")]
    Withdrawn,
    /// The basis does not serve between these jurisdictions.
    #[error("this basis does not serve for a request between these jurisdictions")]
    Basis,
    /// The day is not in the future, or too far away.
    #[error("the day is not after today, or too far away")]
    Term,
    /// The request was answered, or taken back: nothing is waited for.
    #[error("the request is not open any more")]
    NotOpen,
}

impl Decision for RequestInformation {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        let requests = self.requests.iter().map(|request| (*request).into());
        let parallel = self.parallel.iter().map(|case| (*case).into());
        requests.chain(parallel).chain([self.signal.into(), self.own.into()]).collect()
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        known.requests.hear(fact);
        match &fact.body {
            Body::Intake(fact) if fact.case() == Some(self.own) => known.own.fold(fact),
            Body::Alerts(AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f)) if f.signal == self.signal => {
                known.version = Some(f.version);
                known.stands = Some(Box::new(f.clone()));
            }
            Body::Alerts(AlertsFact::SignalWithdrawn(f)) if f.signal == self.signal => {
                known.version = Some(f.version);
                known.stands = None;
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Refusal> {
        let Some(current) = known.version.filter(|_| known.own.judges().contains(&self.by)) else {
            return Err(Refusal::NotTheirs);
        };
        let all = known.requests.all(|_, case| self.parallel.contains(&case));
        let mut of_signal = all.iter().filter(|request| request.asked.signal == self.signal);
        match &self.wish {
            Wish::TakeBack(request) => {
                let request = of_signal.find(|one| one.asked.request == *request).ok_or(Refusal::NotTheirs)?;
                match request.state {
                    RequestState::Withdrawn(_) => Ok(Vec::new()),
                    state if state.is_open() => Ok(vec![withdrawn(&request.asked, WhyRequestWithdrawn::NotNeeded)]),
                    _ => Err(Refusal::NotOpen),
                }
            }
            Wish::Ask { version, information, basis, answer_by } => {
                if *version != current {
                    return Err(Refusal::Stale { current });
                }
                let signal = known.stands.as_ref().ok_or(Refusal::Withdrawn)?;
                let from = known.own.course().jurisdiction.ok_or(Refusal::Basis)?;
                if !basis.serves(from, self.of) {
                    return Err(Refusal::Basis);
                }
                let answer_by = answer_by.unwrap_or_else(|| working_days::add(self.today, USUAL_TERM));
                if answer_by <= self.today || answer_by > working_days::add(self.today, LONGEST_TERM) {
                    return Err(Refusal::Term);
                }
                let same: Vec<&Request> =
                    of_signal.filter(|request| request.asked.information == *information).collect();
                if same.iter().any(|request| request.state.is_open()) {
                    return Ok(Vec::new());
                }
                let place = same.len().to_string();
                let request = RequestId::derived(&[&self.signal.to_string(), information.code(), &place]);
                Ok(vec![AlertsFact::InformationRequested(InformationRequested {
                    request,
                    signal: self.signal,
                    own: self.own,
                    parallel: signal.parallel,
                    version: current,
                    by: self.by.clone(),
                    information: *information,
                    basis: *basis,
                    on: self.today,
                    answer_by,
                })])
            }
        }
    }
}

/// That a request is no longer made.
pub fn withdrawn(asked: &InformationRequested, because: WhyRequestWithdrawn) -> AlertsFact {
    AlertsFact::InformationRequestWithdrawn(InformationRequestWithdrawn {
        request: asked.request,
        signal: asked.signal,
        own: asked.own,
        parallel: asked.parallel,
        because,
    })
}

/// That an answer to a request is late.
pub fn overdue(asked: &InformationRequested) -> AlertsFact {
    AlertsFact::InformationRequestOverdue(InformationRequestOverdue {
        request: asked.request,
        signal: asked.signal,
        own: asked.own,
        parallel: asked.parallel,
    })
}

#[cfg(test)]
mod tests;
