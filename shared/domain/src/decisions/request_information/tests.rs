//! Asking, asking again, being answered in any order, taking back.

use jiff::civil::date;

use super::*;
use crate::court::Court;
use crate::fact::alerts::SignalWithdrawn;
use crate::fact::intake::cases::EventRetracted;
use crate::fact::intake::{CaseRegistered, JudgesAssigned};
use crate::fact::{Actor, Author};
use crate::ids::{EventId, FactId};
use crate::proceeding::ProceedingKind;
use crate::violence::assessment::WithdrawalReason;

const TODAY: Date = date(2026, 9, 14);

fn own() -> CaseId {
    CaseId::derived(&["own"])
}

fn parallel() -> CaseId {
    CaseId::derived(&["parallel"])
}

fn signal() -> SignalId {
    SignalId::derived(&["signal"])
}

fn anna() -> Subject {
    Subject::parse("judge-anna").unwrap()
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

fn before() -> Vec<Fact> {
    let text = include_str!("../../../fixtures/alerts.signal-raised.json");
    let sample: serde_json::Value = serde_json::from_str(text).unwrap();
    let registered = CaseRegistered {
        case: own(),
        version: version(1),
        jurisdiction: Jurisdiction::Family,
        proceeding: ProceedingKind::parse("contact-arrangement").unwrap(),
        court: Court::parse("RBROT").unwrap(),
        numbers: Vec::new(),
        registered_on: TODAY,
        follows: None,
    };
    let judges = JudgesAssigned { case: own(), version: version(2), judges: [anna()].into() };
    let raised = Signal {
        signal: signal(),
        own: own(),
        parallel: parallel(),
        version: 1,
        as_of: TODAY,
        assessment: serde_json::from_value(sample["assessment"].clone()).unwrap(),
    };
    vec![
        fact(IntakeFact::CaseRegistered(registered)),
        fact(IntakeFact::JudgesAssigned(judges)),
        fact(AlertsFact::SignalRaised(raised)),
    ]
}

fn decide_as(by: &Subject, facts: &[Fact], wish: Wish) -> Result<Vec<AlertsFact>, Refusal> {
    let decision = RequestInformation {
        signal: signal(),
        own: own(),
        parallel: [parallel()].into(),
        of: Jurisdiction::Criminal,
        by: by.clone(),
        wish,
        today: TODAY,
        requests: BTreeSet::new(),
    };
    let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    decision.decide(&known)
}

fn ask(basis: &str, answer_by: Option<Date>) -> Wish {
    Wish::Ask {
        version: 1,
        information: InformationKind::parse("state-of-affairs").unwrap(),
        basis: InformationBasis::parse(basis).unwrap(),
        answer_by,
    }
}

/// Asks and keeps what was written; the request, if there is a new one.
fn asks(facts: &mut Vec<Fact>) -> Option<InformationRequested> {
    let mut writes = decide_as(&anna(), facts, ask("wjsg-8-1", None)).unwrap();
    facts.extend(writes.iter().cloned().map(fact));
    match writes.pop() {
        Some(AlertsFact::InformationRequested(asked)) => Some(asked),
        None => None,
        other => panic!("{other:?}"),
    }
}

fn answered(case: CaseId, sequence: u64, request: RequestId, answer: &str) -> Fact {
    fact(IntakeFact::InformationRequestAnswered(InformationRequestAnswered {
        case,
        version: version(sequence),
        request,
        answer: InformationAnswer::parse(answer).unwrap(),
        on: TODAY,
        reason: None,
    }))
}

fn state(facts: &[Fact]) -> RequestState {
    let mut requests = Requests::default();
    for fact in facts {
        requests.hear(fact);
    }
    requests.all(|asked, case| asked.parallel == case)[0].state
}

#[test]
fn one_request_of_a_kind_is_open_and_the_term_counts_working_days() {
    let mut facts = before();
    let asked = asks(&mut facts).unwrap();
    assert_eq!(asked.answer_by, date(2026, 9, 28), "ten working days");
    assert_eq!(asks(&mut facts), None, "asked twice, sent once");
    facts.push(answered(parallel(), 1, asked.request, "received"));
    assert_eq!(asks(&mut facts), None, "received is no answer");
    facts.push(answered(parallel(), 2, asked.request, "refused"));
    let again = asks(&mut facts).unwrap();
    assert_ne!(again.request, asked.request, "after a refusal one may ask again");
}

#[test]
fn only_the_court_that_is_asked_answers_and_its_newest_word_counts() {
    let mut facts = before();
    let asked = asks(&mut facts).unwrap();
    facts.push(answered(CaseId::derived(&["elsewhere"]), 9, asked.request, "answered"));
    assert_eq!(state(&facts), RequestState::Sent, "somebody else's word counts for nothing");
    facts.push(answered(parallel(), 5, asked.request, "answered"));
    facts.push(answered(parallel(), 4, asked.request, "received"));
    assert_eq!(state(&facts).as_str(), "answered", "whatever comes first");
    let retracted = EventRetracted { case: parallel(), version: version(6), retracts: EventId::derived(&["5"]) };
    facts.insert(0, fact(IntakeFact::EventRetracted(retracted)));
    assert_eq!(state(&facts).as_str(), "received", "what was taken back counts for nothing");
    assert!(state(&facts).is_open());
}

#[test]
fn it_is_late_from_the_day_after_the_last_until_it_is_answered() {
    let mut facts = before();
    let asked = asks(&mut facts).unwrap();
    let late = |facts: &[Fact], on| {
        let mut requests = Requests::default();
        for fact in facts {
            requests.hear(fact);
        }
        requests.all(|_, _| true)[0].is_overdue(on)
    };
    assert!(!late(&facts, date(2026, 9, 28)) && late(&facts, date(2026, 9, 29)));
    facts.push(answered(parallel(), 1, asked.request, "answered-in-part"));
    assert!(!late(&facts, date(2026, 9, 29)));
}

#[test]
fn what_is_not_open_is_not_taken_back_and_twice_is_once() {
    let mut facts = before();
    let asked = asks(&mut facts).unwrap();
    let back = |facts: &[Fact]| decide_as(&anna(), facts, Wish::TakeBack(asked.request));
    let writes = back(&facts).unwrap();
    facts.extend(writes.into_iter().map(fact));
    assert_eq!(back(&facts), Ok(Vec::new()));
    assert_eq!(state(&facts), RequestState::Withdrawn(WhyRequestWithdrawn::NotNeeded));
    assert_eq!(decide_as(&anna(), &facts, Wish::TakeBack(RequestId::derived(&["x"]))), Err(Refusal::NotTheirs));
    let mut other = before();
    let asked = asks(&mut other).unwrap();
    other.push(answered(parallel(), 1, asked.request, "answered"));
    assert_eq!(decide_as(&anna(), &other, Wish::TakeBack(asked.request)), Err(Refusal::NotOpen));
}

#[test]
fn a_wrong_basis_a_wrong_day_an_old_version_and_another_judge_are_refused() {
    let facts = before();
    let refused = |wish| decide_as(&anna(), &facts, wish).unwrap_err();
    assert_eq!(refused(ask("rv-810", None)), Refusal::Basis);
    assert_eq!(refused(ask("wjsg-8-1", Some(TODAY))), Refusal::Term);
    assert_eq!(refused(ask("wjsg-8-1", Some(date(2028, 1, 1)))), Refusal::Term);
    let carla = Subject::parse("judge-carla").unwrap();
    assert_eq!(decide_as(&carla, &facts, ask("wjsg-8-1", None)), Err(Refusal::NotTheirs));
    let mut later = facts.clone();
    let (signal, own, parallel) = (signal(), own(), parallel());
    let because = WithdrawalReason::LinkWithdrawn;
    later.push(fact(AlertsFact::SignalWithdrawn(SignalWithdrawn {
        signal,
        own,
        parallel,
        version: 2,
        because,
        after_decision: false,
    })));
    assert_eq!(decide_as(&anna(), &later, ask("wjsg-8-1", None)), Err(Refusal::Stale { current: 2 }));
    let mut of_new = ask("wjsg-8-1", None);
    if let Wish::Ask { version, .. } = &mut of_new {
        *version = 2;
    }
    assert_eq!(decide_as(&anna(), &later, of_new), Err(Refusal::Withdrawn));
}
