//! When an attestation is given, when it is refused, and how long it holds.

use jiff::civil::date;

use super::*;
use crate::court::Court;
use crate::fact::alerts::{Signal, SignalSeen, SignalWithdrawn};
use crate::fact::intake::{CaseClosed, CaseRegistered, JudgesAssigned};
use crate::fact::linker::{MatterFormed, Passage, Step};
use crate::fact::{Actor, Author, IntakeFact, LinkerFact, SourceVersion};
use crate::ids::{EventId, FactId, MatterId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;
use crate::violence::assessment::WithdrawalReason;

fn case() -> CaseId {
    CaseId::derived(&["own"])
}

fn signal() -> SignalId {
    SignalId::derived(&["signal"])
}

fn anna() -> Subject {
    Subject::parse("judge-anna").unwrap()
}

fn fact(body: impl Into<Body>, day: Date) -> Fact {
    let at = day.at(10, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
    Fact {
        id: FactId::derived(&["fact"]),
        body: body.into(),
        cause: Uuid::nil(),
        actor: Actor::service(Author::Alerts),
        event_time: at,
        recorded_at: at,
    }
}

fn version(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
}

fn raised(version: u32, day: Date) -> Fact {
    let text = include_str!("../../../fixtures/alerts.signal-raised.json");
    let sample: serde_json::Value = serde_json::from_str(text).unwrap();
    let signal = Signal {
        signal: signal(),
        own: case(),
        parallel: CaseId::derived(&["parallel"]),
        version,
        as_of: day,
        assessment: serde_json::from_value(sample["assessment"].clone()).unwrap(),
    };
    fact(AlertsFact::SignalRaised(signal), day)
}

fn read(version: u32, by: &Subject, day: Date) -> Fact {
    fact(AlertsFact::SignalRead(SignalSeen { signal: signal(), own: case(), version, by: by.clone() }), day)
}

/// A family case of judge-anna's.
fn before() -> Vec<Fact> {
    let registered = CaseRegistered {
        case: case(),
        version: version(1),
        jurisdiction: Jurisdiction::Family,
        proceeding: ProceedingKind::parse("contact-arrangement").unwrap(),
        court: Court::parse("RBROT").unwrap(),
        numbers: Vec::new(),
        registered_on: date(2026, 9, 1),
        follows: None,
    };
    let judges = JudgesAssigned { case: case(), version: version(2), judges: [anna()].into() };
    vec![
        fact(IntakeFact::CaseRegistered(registered), date(2026, 9, 1)),
        fact(IntakeFact::JudgesAssigned(judges), date(2026, 9, 1)),
    ]
}

fn asks(facts: &[Fact], today: Date) -> Result<Vec<AlertsFact>, Refusal> {
    asks_as(&anna(), facts, today)
}

fn asks_as(by: &Subject, facts: &[Fact], today: Date) -> Result<Vec<AlertsFact>, Refusal> {
    let of_case = |fact: &Fact| match &fact.body {
        Body::Alerts(AlertsFact::SignalRaised(f)) => Some(f.signal),
        _ => None,
    };
    let decision = Attest {
        case: case(),
        by: by.clone(),
        signals: facts.iter().filter_map(of_case).collect(),
        sources: vec![SourceSeen::heard(Court::parse("RBROT").unwrap(), Jurisdiction::Criminal, today, today)],
        request: Uuid::from_u128(u128::try_from(facts.len()).unwrap()),
        today,
        at: today.at(10, 0, 0, 0).in_tz("UTC").unwrap().timestamp(),
    };
    let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    decision.decide(&known)
}

/// Asks and keeps what was written.
fn attests(facts: &mut Vec<Fact>, today: Date) -> usize {
    let writes = asks(facts, today).unwrap();
    let count = writes.len();
    facts.extend(writes.into_iter().map(|write| fact(write, today)));
    count
}

fn standings(facts: &[Fact], today: Date) -> Vec<&'static str> {
    attestations(case(), facts, today).into_iter().map(|(.., standing)| standing.as_str()).collect()
}

#[test]
fn where_nothing_is_told_it_is_given_holds_31_days_and_is_repeated() {
    let mut facts = before();
    let today = date(2026, 9, 14);
    assert_eq!(attests(&mut facts, today), 1);
    assert_eq!(attests(&mut facts, today), 0, "asked twice on one day");
    let Body::Alerts(AlertsFact::ConsultationAttested(attested)) = &facts[2].body else { panic!("{facts:?}") };
    assert!(attested.found_nothing());
    assert_eq!(attested.repeat_after, date(2026, 10, 15));
    assert_eq!(standings(&facts, date(2026, 10, 15)), ["valid"]);
    assert_eq!(standings(&facts, date(2026, 10, 16)), ["expired"]);
    assert_eq!(attests(&mut facts, date(2026, 10, 16)), 1, "the register is consulted anew");
    assert_eq!(standings(&facts, date(2026, 10, 16)), ["expired", "valid"]);
}

#[test]
fn it_waits_for_what_is_unread_and_falls_with_what_is_new() {
    let mut facts = before();
    facts.push(raised(1, date(2026, 9, 2)));
    assert_eq!(asks(&facts, date(2026, 9, 14)), Err(Refusal::Unread(1)));
    let carla = Subject::parse("judge-carla").unwrap();
    facts.push(read(1, &carla, date(2026, 9, 3)));
    assert_eq!(asks(&facts, date(2026, 9, 14)), Err(Refusal::Unread(1)), "what a colleague read does not count");
    facts.push(read(1, &anna(), date(2026, 9, 3)));
    assert_eq!(attests(&mut facts, date(2026, 9, 14)), 1);
    assert_eq!(standings(&facts, date(2026, 9, 14)), ["valid"]);

    facts.push(raised(2, date(2026, 9, 20)));
    assert_eq!(standings(&facts, date(2026, 9, 20)), ["superseded"]);
    assert_eq!(asks(&facts, date(2026, 9, 20)), Err(Refusal::Unread(1)));
    facts.push(read(2, &anna(), date(2026, 9, 21)));
    assert_eq!(attests(&mut facts, date(2026, 9, 21)), 1);
    assert_eq!(standings(&facts, date(2026, 9, 21)), ["superseded", "valid"]);
}

#[test]
fn a_look_of_five_weeks_ago_does_not_do() {
    let mut facts = before();
    facts.push(raised(1, date(2026, 9, 2)));
    facts.push(read(1, &anna(), date(2026, 9, 3)));
    assert!(asks(&facts, date(2026, 10, 4)).is_ok(), "31 days");
    assert_eq!(asks(&facts, date(2026, 10, 8)), Err(Refusal::LookTooOld(1)), "35 days");
    facts.push(read(1, &anna(), date(2026, 10, 8)));
    assert!(asks(&facts, date(2026, 10, 8)).is_ok());
}

#[test]
fn what_was_withdrawn_is_read_once_and_then_found_nothing() {
    let mut facts = before();
    facts.push(raised(1, date(2026, 9, 2)));
    let (signal, own, parallel) = (signal(), case(), CaseId::derived(&["parallel"]));
    let because = WithdrawalReason::Acquitted;
    let withdrawn = SignalWithdrawn { signal, own, parallel, version: 2, because, after_decision: false };
    facts.push(fact(AlertsFact::SignalWithdrawn(withdrawn), date(2026, 9, 3)));
    assert_eq!(asks(&facts, date(2026, 9, 3)), Err(Refusal::Unread(1)), "a correction is to be read too");
    facts.push(read(2, &anna(), date(2026, 9, 3)));
    let writes = asks(&facts, date(2026, 12, 1)).unwrap();
    assert!(matches!(&writes[..], [AlertsFact::ConsultationAttested(attested)] if attested.found_nothing()));
}

#[test]
fn a_case_that_is_elsewhere_over_or_anothers_has_none() {
    let mut facts = before();
    assert_eq!(asks_as(&Subject::parse("judge-carla").unwrap(), &facts, date(2026, 9, 14)), Err(Refusal::NotTheirs));
    let later = CaseId::derived(&["later"]);
    let formed = MatterFormed {
        matter: MatterId::derived(&["m"]),
        cases: [case(), later].into(),
        former: BTreeSet::new(),
        began_as: case(),
        goes_on_as: later,
        steps: [Step { from: case(), to: later, how: Passage::Joined }].into(),
    };
    let elsewhere: Vec<Fact> =
        facts.iter().cloned().chain([fact(LinkerFact::MatterFormed(formed), date(2026, 9, 10))]).collect();
    assert_eq!(asks(&elsewhere, date(2026, 9, 14)), Err(Refusal::GoesOnElsewhere));
    let closed = CaseClosed { case: case(), version: version(3), on: date(2026, 9, 12) };
    facts.push(fact(IntakeFact::CaseClosed(closed), date(2026, 9, 12)));
    assert_eq!(asks(&facts, date(2026, 9, 14)), Err(Refusal::NotOpen));
    assert_eq!(asks(&facts[1..2], date(2026, 9, 14)), Err(Refusal::NotOpen), "it was never registered");
}

#[test]
fn a_source_that_has_been_silent_for_over_a_week_is_not_current() {
    let (court, of, today) = (Court::parse("RBROT").unwrap(), Jurisdiction::Criminal, date(2026, 9, 14));
    let current = |day| SourceSeen::heard(court, of, day, today).current;
    assert!(current(today) && current(date(2026, 9, 7)) && current(date(2026, 9, 15)));
    assert!(!current(date(2026, 9, 6)));
}
