//! When a clerk hears that a signal waits, and when not.

use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::court::Court;
use crate::fact::alerts::{SignalSeen, SignalWithdrawn};
use crate::fact::intake::{CaseRegistered, JudgesAssigned};
use crate::fact::{Actor, Author, IntakeFact, SourceVersion};
use crate::ids::{EventId, FactId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;
use crate::violence::assessment::WithdrawalReason;
use crate::violence::urgency::Urgency;

/// A Monday; the hearing is four weeks later, and near from 28 September.
const RAISED: Date = date(2026, 9, 14);
const HEARING: Date = date(2026, 10, 12);
/// The last working day before that.
const EVE: Date = date(2026, 9, 25);

fn own() -> CaseId {
    CaseId::derived(&["own"])
}

fn signal() -> SignalId {
    SignalId::derived(&["signal"])
}

fn judge(name: &str) -> Subject {
    Subject::parse(name).unwrap()
}

fn fact(body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId::derived(&["fact"]),
        body: body.into(),
        cause: uuid::Uuid::nil(),
        actor: Actor::service(Author::Alerts),
        event_time: Timestamp::UNIX_EPOCH,
        recorded_at: Timestamp::UNIX_EPOCH,
    }
}

fn version(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
}

fn registered() -> Fact {
    fact(IntakeFact::CaseRegistered(CaseRegistered {
        case: own(),
        version: version(1),
        jurisdiction: Jurisdiction::Family,
        proceeding: ProceedingKind::parse("contact-arrangement").unwrap(),
        court: Court::parse("RBROT").unwrap(),
        numbers: Vec::new(),
        registered_on: date(2026, 9, 1),
        follows: None,
    }))
}

fn assigned(sequence: u64, judges: &[&str]) -> Fact {
    let judges = judges.iter().map(|name| judge(name)).collect();
    fact(IntakeFact::JudgesAssigned(JudgesAssigned { case: own(), version: version(sequence), judges }))
}

fn stands(version: u32, on: Date, urgency: Urgency, hearing: Option<Date>) -> Fact {
    let text = include_str!("../../../fixtures/alerts.signal-raised.json");
    let sample: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut told = Signal {
        signal: signal(),
        own: own(),
        parallel: CaseId::derived(&["parallel"]),
        version,
        as_of: on,
        assessment: serde_json::from_value(sample["assessment"].clone()).unwrap(),
    };
    (told.assessment.urgency, told.assessment.own_hearing) = (urgency, hearing);
    fact(if version == 1 { AlertsFact::SignalRaised(told) } else { AlertsFact::SignalUpdated(told) })
}

fn raised() -> Fact {
    stands(1, RAISED, Urgency::Normal, Some(HEARING))
}

fn read(version: u32, by: &str) -> Fact {
    fact(AlertsFact::SignalRead(SignalSeen { signal: signal(), own: own(), version, by: judge(by) }))
}

fn decided(facts: &[Fact], today: Date) -> Option<SignalEscalated> {
    let decision = EscalateSignal { signal: signal(), own: own(), today, policies: Policies::default() };
    let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    let Ok(writes) = decision.decide(&known);
    assert!(writes.len() <= 1);
    writes.into_iter().next().map(|write| match write {
        AlertsFact::SignalEscalated(escalated) => escalated,
        other => panic!("{other:?}"),
    })
}

#[test]
fn nobody_has_read_it_and_one_working_day_is_left() {
    let facts = [registered(), assigned(2, &["judge-anna"]), raised()];
    assert_eq!(decided(&facts, EVE.yesterday().unwrap()), None);
    let escalated = decided(&facts, EVE).unwrap();
    assert_eq!((escalated.version, escalated.on, escalated.read_by), (1, EVE, date(2026, 9, 28)));
    assert!(!escalated.without_judge);
    // The house stood still for a while: late, and still said.
    assert!(decided(&facts, HEARING).is_some());
}

#[test]
fn once_for_each_version() {
    let mut facts = vec![registered(), assigned(2, &["judge-anna"]), raised()];
    let first = decided(&facts, EVE).unwrap();
    facts.push(fact(AlertsFact::SignalEscalated(first)));
    assert_eq!(decided(&facts, HEARING), None);
    facts.push(stands(2, date(2026, 9, 28), Urgency::High, Some(HEARING)));
    let second = decided(&facts, date(2026, 9, 28)).unwrap();
    assert_eq!((second.version, second.read_by), (2, date(2026, 9, 28)), "it is unread since its first version");
    facts.push(fact(AlertsFact::SignalEscalated(second)));
    assert_eq!(decided(&facts, HEARING), None);
}

#[test]
fn one_judge_of_the_case_who_has_read_it_is_enough() {
    let mut facts = vec![registered(), assigned(2, &["judge-anna", "judge-bram"]), raised(), read(1, "judge-bram")];
    assert_eq!(decided(&facts, HEARING), None);
    // A later version is unread since that version came.
    let late = date(2026, 10, 5);
    facts.push(stands(2, late, Urgency::High, Some(HEARING)));
    assert_eq!(decided(&facts, late), None, "a working day is left to the judges");
    assert_eq!(decided(&facts, date(2026, 10, 6)).map(|one| one.read_by), Some(late));
    // The case went to somebody who has read nothing.
    facts.push(read(2, "judge-anna"));
    assert_eq!(decided(&facts, HEARING), None);
    facts.push(assigned(3, &["judge-cas"]));
    assert!(decided(&facts, HEARING).is_some());
}

#[test]
fn nobody_has_the_case() {
    let facts = [registered(), assigned(2, &["judge-anna"]), raised(), read(1, "judge-anna"), assigned(3, &[])];
    assert!(decided(&facts, EVE).unwrap().without_judge);
}

#[test]
fn what_may_wait_or_does_not_stand_escalates_never() {
    let before = [registered(), assigned(2, &["judge-anna"])];
    let with = |more: Vec<Fact>| before.iter().cloned().chain(more).collect::<Vec<_>>();
    assert_eq!(decided(&with(vec![stands(1, RAISED, Urgency::Low, Some(HEARING))]), HEARING), None);
    assert_eq!(decided(&with(vec![stands(1, RAISED, Urgency::Normal, None)]), HEARING), None, "no term is known");
    let gone = SignalWithdrawn {
        signal: signal(),
        own: own(),
        parallel: CaseId::derived(&["parallel"]),
        version: 2,
        because: WithdrawalReason::LinkWithdrawn,
        after_decision: false,
    };
    assert_eq!(decided(&with(vec![raised(), fact(AlertsFact::SignalWithdrawn(gone))]), HEARING), None);
    assert_eq!(decided(&before, HEARING), None);
}

#[test]
fn what_is_urgent_is_escalated_the_next_working_day_without_a_hearing() {
    let facts = [registered(), assigned(2, &["judge-anna"]), stands(1, EVE, Urgency::Urgent, None)];
    assert_eq!(decided(&facts, EVE), None);
    assert_eq!(decided(&facts, date(2026, 9, 27)), None, "a Sunday");
    assert_eq!(decided(&facts, date(2026, 9, 28)).map(|one| one.read_by), Some(EVE));
}
