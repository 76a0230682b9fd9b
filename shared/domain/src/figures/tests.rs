//! What is counted, and what is never shown.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::fact::alerts::{Signal, SignalHandled, SignalRated, SignalSeen};
use crate::fact::{Actor, Author};
use crate::ids::{CaseId, FactId};

const DAY: Date = date(2026, 9, 1);

fn fact(told: AlertsFact, at: Timestamp) -> Fact {
    Fact {
        id: FactId::derived(&["fact"]),
        body: told.into(),
        cause: uuid::Uuid::nil(),
        actor: Actor::service(Author::Alerts),
        event_time: at,
        recorded_at: at,
    }
}

fn morning() -> Timestamp {
    DAY.at(8, 0, 0, 0).in_tz("UTC").unwrap().timestamp()
}

fn signal(number: u32) -> SignalId {
    SignalId::derived(&[&number.to_string()])
}

fn raised(number: u32, hearing: Option<Date>) -> Fact {
    let text = include_str!("../../fixtures/alerts.signal-raised.json");
    let sample: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut assessment: crate::violence::assessment::Assessment =
        serde_json::from_value(sample["assessment"].clone()).unwrap();
    assessment.own_hearing = hearing;
    let (own, parallel) = (CaseId::derived(&["own"]), CaseId::derived(&["parallel"]));
    let raised = Signal { signal: signal(number), own, parallel, version: 1, as_of: DAY, assessment };
    fact(AlertsFact::SignalRaised(raised), morning())
}

fn anna() -> Subject {
    Subject::parse("judge-anna").unwrap()
}

fn read(number: u32, minutes: i64) -> Fact {
    let seen = SignalSeen { signal: signal(number), own: CaseId::derived(&["own"]), version: 1, by: anna() };
    fact(AlertsFact::SignalRead(seen), morning().checked_add(minutes.minutes()).unwrap())
}

fn handled(number: u32, handling: Handling) -> Fact {
    let (own, by) = (CaseId::derived(&["own"]), anna());
    fact(AlertsFact::SignalHandled(SignalHandled { signal: signal(number), own, version: 1, by, handling }), morning())
}

fn report(facts: impl IntoIterator<Item = Fact>, today: Date) -> Report {
    let mut figures = Figures::default();
    for fact in facts {
        figures.hear(&fact);
    }
    figures.report(today)
}

#[test]
fn under_ten_nothing_is_shown_at_all() {
    let facts = (0..9).flat_map(|number| [raised(number, Some(DAY)), read(number, 5)]);
    let cells = report(facts, date(2026, 10, 1));
    let none = report([], date(2026, 10, 1));
    assert_eq!(cells, none, "nine look like none");
    assert_eq!((cells.raised, cells.minutes_to_read_median), (None, None));
}

#[test]
fn how_soon_and_whether_before_the_hearing() {
    let hearing = date(2026, 9, 3);
    let facts = (0..40).flat_map(|number| {
        // Ten are read after the hearing, and ten never.
        let minutes = if number < 20 { i64::from(number) } else { 5 * 24 * 60 };
        let seen = (number < 30).then(|| read(number, minutes));
        [Some(raised(number, Some(hearing))), seen].into_iter().flatten()
    });
    let facts: Vec<Fact> = facts.collect();
    let cells = report(facts.clone(), date(2026, 9, 10));
    assert_eq!((cells.raised, cells.read, cells.heard), (Some(40), Some(30), Some(40)));
    assert_eq!(cells.read_before_hearing, Some(20));
    assert_eq!((cells.minutes_to_read_median, cells.minutes_to_read_p90), (Some(14), Some(7200)));
    assert_eq!(report(facts, hearing).heard, None, "the hearing is not over");
}

#[test]
fn what_is_left_over_is_not_given_away_by_the_rest() {
    // 25 raised, 20 read: that five were not could be worked out.
    let facts = (0..25).flat_map(|number| {
        let seen = (number < 20).then(|| read(number, 1));
        [Some(raised(number, None)), seen].into_iter().flatten()
    });
    let cells = report(facts, DAY);
    assert_eq!((cells.raised, cells.read), (Some(25), None));

    let counts = [("a", 30), ("b", 12), ("c", 3)];
    assert_eq!(parts(counts), [("a", Some(30)), ("b", None), ("c", None)]);
    assert_eq!(parts([("a", 30), ("b", 12), ("c", 10)]).iter().filter(|(_, cell)| cell.is_none()).count(), 0);
    assert_eq!(parts([("a", 30), ("b", 2), ("c", 3)]), [("a", Some(30)), ("b", None), ("c", None)]);
}

#[test]
fn what_was_done_and_why_and_a_judges_last_word_about_use() {
    let decision = crate::decision_kind::DecisionKind::parse("final").unwrap();
    let rated = |number, useful, reason| {
        let (own, by) = (CaseId::derived(&["own"]), anna());
        let rating = Rating::of(useful, Some(reason)).unwrap();
        fact(AlertsFact::SignalRated(SignalRated { signal: signal(number), own, version: 1, by, rating }), morning())
    };
    let facts = (0..40).flat_map(|number| {
        let mut all = vec![raised(number, None)];
        if number < 15 {
            all.push(handled(number, Handling::WeighedInDecision { on: DAY, decision }));
            all.push(rated(number, false, RatingReason::Unclear));
            all.push(rated(number, true, RatingReason::NewToMe));
        } else if number < 27 {
            all.push(handled(number, Handling::SetAside { reason: SetAsideReason::NotRelevant }));
            all.push(rated(number, false, RatingReason::NotRelevant));
        }
        all
    });
    let cells = report(facts, DAY);
    assert_eq!((cells.weighed, cells.set_aside), (Some(15), Some(12)));
    assert_eq!((cells.useful, cells.not_useful), (Some(15), Some(12)));
    let of = |reason| cells.rating_reasons.iter().find(|(one, _)| *one == reason).unwrap().1;
    assert_eq!((of(RatingReason::NewToMe), of(RatingReason::Unclear)), (Some(15), None));
    let of = |reason| cells.set_aside_reasons.iter().find(|(one, _)| *one == reason).unwrap().1;
    assert_eq!((of(SetAsideReason::NotRelevant), of(SetAsideReason::LinkDoubted)), (Some(12), None));
}
