//! Figures for who answers for the register as a whole: how soon judges read what they are told, and what they do with it.
//!
//! Invariants: counted over all courts together, never by judge or court; no cell under ten is shown, nor one from which such a
//! cell could be worked out; a figure says how the register is used, never what a case is about.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::fact::alerts::{Handling, Rating, RatingReason, SetAsideReason};
use crate::fact::{AlertsFact, Body, Fact, Subject};
use crate::ids::SignalId;

/// The smallest number that is shown.
pub const LEAST: usize = 10;

/// The kinds of facts that are counted.
pub const KINDS: [&str; 6] = [
    "alerts.signal-handled",
    "alerts.signal-raised",
    "alerts.signal-rated",
    "alerts.signal-read",
    "alerts.signal-updated",
    "alerts.signal-withdrawn",
];

/// A number, where it may be shown.
pub type Cell = Option<usize>;

/// What became of one signal.
#[derive(Debug, Clone, Default)]
struct Course {
    raised: Option<Timestamp>,
    read: Option<Timestamp>,
    hearing: Option<Date>,
    weighed: bool,
    told: bool,
    set_aside: Option<SetAsideReason>,
    ratings: BTreeMap<Subject, Rating>,
}

/// What became of all signals.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    signals: BTreeMap<SignalId, Course>,
}

/// The figures that may be shown. Whatever is not there is under ten, or would let such a number be worked out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Signals that were raised.
    pub raised: Cell,
    /// Of these, read by a judge.
    pub read: Cell,
    /// Minutes from the event to the first reading: half of them took no longer.
    pub minutes_to_read_median: Option<i64>,
    /// The same for nine in ten.
    pub minutes_to_read_p90: Option<i64>,
    /// Signals whose hearing has been held.
    pub heard: Cell,
    /// Of these, read on or before the day of the hearing.
    pub read_before_hearing: Cell,
    /// Weighed in a decision.
    pub weighed: Cell,
    /// Told to the parties.
    pub told_to_parties: Cell,
    /// Left out of consideration.
    pub set_aside: Cell,
    /// Why.
    pub set_aside_reasons: Vec<(SetAsideReason, Cell)>,
    /// Judges' words that a signal was of use.
    pub useful: Cell,
    /// And that it was not.
    pub not_useful: Cell,
    /// Why.
    pub rating_reasons: Vec<(RatingReason, Cell)>,
}

impl Figures {
    /// Folds one fact, in the journal's order.
    pub fn hear(&mut self, fact: &Fact) {
        let Body::Alerts(told) = &fact.body else { return };
        match told {
            AlertsFact::SignalRaised(f) | AlertsFact::SignalUpdated(f) => {
                let course = self.signals.entry(f.signal).or_default();
                course.raised.get_or_insert(fact.event_time);
                course.hearing = f.assessment.own_hearing.or(course.hearing);
            }
            AlertsFact::SignalRead(f) => {
                let course = self.signals.entry(f.signal).or_default();
                course.read.get_or_insert(fact.event_time);
            }
            AlertsFact::SignalHandled(f) => {
                let course = self.signals.entry(f.signal).or_default();
                match f.handling {
                    Handling::WeighedInDecision { .. } => course.weighed = true,
                    Handling::ToldToParties { .. } => course.told = true,
                    Handling::SetAside { reason } => course.set_aside = Some(reason),
                    Handling::DiscussedAtHearing { .. } | Handling::DocumentsRequested { .. } => {}
                }
            }
            AlertsFact::SignalRated(f) => {
                self.signals.entry(f.signal).or_default().ratings.insert(f.by.clone(), f.rating);
            }
            _ => {}
        }
    }

    /// The figures as of `today`.
    pub fn report(&self, today: Date) -> Report {
        let raised: Vec<&Course> = self.signals.values().filter(|course| course.raised.is_some()).collect();
        let count = |which: &dyn Fn(&Course) -> bool| raised.iter().filter(|course| which(course)).count();
        let all = raised.len();
        let heard = |course: &Course| course.hearing.is_some_and(|on| on < today);
        let in_time = |course: &Course| {
            let day = course.read.map(|at| at.to_zoned(TimeZone::UTC).date());
            heard(course) && day.zip(course.hearing).is_some_and(|(read, hearing)| read <= hearing)
        };
        let set_aside = count(&|course| course.set_aside.is_some());
        let reasons = [
            SetAsideReason::AlreadyKnown,
            SetAsideReason::NotRelevant,
            SetAsideReason::CannotBeHeard,
            SetAsideReason::LinkDoubted,
        ];
        let of_reason = reasons.map(|reason| (reason, count(&|course| course.set_aside == Some(reason))));
        let ratings: Vec<Rating> = raised.iter().flat_map(|course| course.ratings.values().copied()).collect();
        let useful = ratings.iter().filter(|rating| rating.useful).count();
        let of_rating = RatingReason::ALL
            .iter()
            .map(|reason| (*reason, ratings.iter().filter(|rating| rating.reason == Some(*reason)).count()));
        let minutes = minutes(&raised);
        Report {
            raised: shown(all),
            read: part(count(&|course| course.read.is_some()), all),
            minutes_to_read_median: quantile(&minutes, 50),
            minutes_to_read_p90: quantile(&minutes, 90),
            heard: part(count(&heard), all),
            read_before_hearing: part(count(&in_time), count(&heard)),
            weighed: part(count(&|course| course.weighed), all),
            told_to_parties: part(count(&|course| course.told), all),
            set_aside: part(set_aside, all),
            set_aside_reasons: parts(of_reason),
            useful: part(useful, ratings.len()),
            not_useful: part(ratings.len() - useful, ratings.len()),
            rating_reasons: parts(of_rating),
        }
    }
}

/// From event to first reading, in order.
fn minutes(raised: &[&Course]) -> Vec<i64> {
    let of = |course: &&Course| Some(course.read?.duration_since(course.raised?).as_mins().max(0));
    let mut minutes: Vec<i64> = raised.iter().filter_map(of).collect();
    minutes.sort_unstable();
    minutes
}

/// So many of a hundred are no larger than this; nothing where that would tell of one of a few.
pub(crate) fn quantile(sorted: &[i64], percent: usize) -> Option<i64> {
    // A quantile of few is one of them.
    let beyond = sorted.len() * (100 - percent) / 100;
    (sorted.len() >= LEAST && beyond > 0).then(|| sorted[(sorted.len() * percent).div_ceil(100).max(1) - 1])
}

const fn shown(count: usize) -> Cell {
    if count >= LEAST { Some(count) } else { None }
}

/// A part of a whole that is shown: not where it, or what is left, is too few.
const fn part(count: usize, of: usize) -> Cell {
    let rest = of.saturating_sub(count);
    if rest > 0 && rest < LEAST { None } else { shown(count) }
}

/// The parts of a whole: where one alone were too few, it could be worked out from the others, so the smallest of those goes too.
fn parts<R>(counts: impl IntoIterator<Item = (R, usize)>) -> Vec<(R, Cell)> {
    let counts: Vec<(R, usize)> = counts.into_iter().collect();
    let hidden = counts.iter().filter(|(_, count)| *count < LEAST).count();
    let smallest = counts.iter().map(|(_, count)| *count).filter(|count| *count >= LEAST).min();
    let mut besides = (hidden == 1).then_some(smallest).flatten();
    counts
        .into_iter()
        .map(|(reason, count)| {
            if besides == Some(count) {
                besides = None;
                return (reason, None);
            }
            (reason, shown(count))
        })
        .collect()
}

#[cfg(test)]
mod tests;
