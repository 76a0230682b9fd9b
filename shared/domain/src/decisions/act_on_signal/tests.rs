//! What a judge may do with a signal, and what doing it twice, late or on an old version comes to.

use jiff::civil::date;

use super::*;
use crate::decision_kind::DecisionKind;
use crate::decisions::doubt_link::{DoubtState, reports};
use crate::fact::alerts::{RatingReason, SignalWithdrawn};
use crate::fact::intake::{CaseRegistered, JudgesAssigned};
use crate::fact::linker::{LinkWithdrawn, LinkedPerson, WhyUnlinked};
use crate::fact::steward::{Ruling, RulingReason};
use crate::fact::{Actor, Author, IntakeFact, SourceVersion, StewardFact};
use crate::ids::{EventId, FactId, LinkId, MatchId, PartyId, PersonId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;
use crate::violence::assessment::{Assessment, WithdrawalReason};
use crate::violence::view::LinkBasis;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

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

fn pair() -> Pair<PartyId> {
    Pair::of(PartyId::derived(&["p1"]), PartyId::derived(&["d1"]))
}

fn fact(body: impl Into<Body>, time: &str) -> Fact {
    Fact {
        id: FactId::derived(&[time]),
        body: body.into(),
        cause: uuid::Uuid::nil(),
        actor: Actor::service(Author::Alerts),
        event_time: at(time),
        recorded_at: at(time),
    }
}

fn version(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
}

fn assessment() -> Assessment {
    let text = include_str!("../../../fixtures/alerts.signal-raised.json");
    let sample: serde_json::Value = serde_json::from_str(text).unwrap();
    serde_json::from_value(sample["assessment"].clone()).unwrap()
}

fn raised(version: u32) -> AlertsFact {
    AlertsFact::SignalRaised(Signal {
        signal: signal(),
        own: own(),
        parallel: parallel(),
        version,
        as_of: date(2026, 9, 1),
        assessment: assessment(),
    })
}

fn withdrawn(version: u32) -> AlertsFact {
    let (signal, own, parallel, because) = (signal(), own(), parallel(), WithdrawalReason::LinkWithdrawn);
    AlertsFact::SignalWithdrawn(SignalWithdrawn { signal, own, parallel, version, because, after_decision: false })
}

fn link() -> CasesLinked {
    let (case_a, in_a) = (Pair::of(own(), parallel()).a, if own() < parallel() { "p1" } else { "d1" });
    let in_b = if in_a == "p1" { "d1" } else { "p1" };
    let cases = Pair::of(own(), parallel());
    assert_eq!(cases.a, case_a);
    let person = LinkedPerson {
        person: PersonId::derived(&["p"]),
        in_a: [PartyId::derived(&[in_a])].into(),
        in_b: [PartyId::derived(&[in_b])].into(),
        basis: LinkBasis::Hard,
        roles_in_a: BTreeSet::new(),
        roles_in_b: BTreeSet::new(),
    };
    CasesLinked { link: LinkId::between(cases), cases, persons: [person].into() }
}

/// A family case of judge-anna's with a signal in its first version.
fn before() -> Vec<Fact> {
    let registered = CaseRegistered {
        case: own(),
        version: version(1),
        jurisdiction: Jurisdiction::Family,
        proceeding: ProceedingKind::parse("contact-arrangement").unwrap(),
        court: crate::court::Court::parse("RBROT").unwrap(),
        numbers: Vec::new(),
        registered_on: date(2026, 9, 1),
        follows: None,
    };
    let judges = JudgesAssigned { case: own(), version: version(2), judges: [anna()].into() };
    vec![
        fact(IntakeFact::CaseRegistered(registered), "2026-09-01T08:00:00Z"),
        fact(IntakeFact::JudgesAssigned(judges), "2026-09-01T08:01:00Z"),
        fact(LinkerFact::CasesLinked(link()), "2026-09-01T08:02:00Z"),
        fact(raised(1), "2026-09-01T08:03:00Z"),
    ]
}

fn decide(facts: &[Fact], act: Act, version: Option<u32>, time: &str) -> Result<Vec<AlertsFact>, Refusal> {
    let matters = [[own()].into(), BTreeSet::new()];
    let decision = ActOnSignal { signal: signal(), own: own(), by: anna(), act, version, at: at(time), matters };
    let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    decision.decide(&known)
}

/// The case is another judge's from now on.
fn reassigned() -> Fact {
    let judges = [Subject::parse("judge-bas").unwrap()].into();
    fact(
        IntakeFact::JudgesAssigned(JudgesAssigned { case: own(), version: version(3), judges }),
        "2026-09-03T08:00:00Z",
    )
}

#[test]
fn what_is_withdrawn_reaches_who_read_it_though_the_case_is_anothers_now() {
    let mut facts = before();
    does(&mut facts, &Act::Read, Some(1), "2026-09-02T08:00:00Z");
    facts.push(reassigned());
    let read = |facts: &[Fact]| decide(facts, Act::Read, None, "2026-09-04T08:00:00Z").map(|writes| writes.len());
    assert_eq!(read(&facts), Err(Refusal::NotTheirs), "while it stands it is the other judge's");
    facts.push(fact(withdrawn(2), "2026-09-04T07:00:00Z"));
    assert_eq!(read(&facts), Ok(1));
    assert_eq!(does(&mut facts, &Act::Acknowledge, Some(2), "2026-09-04T08:00:00Z"), 1);
    assert_eq!(does(&mut facts, &Act::Acknowledge, Some(2), "2026-09-04T09:00:00Z"), 0, "once");
    let sets_aside = decide(
        &facts,
        Act::Handle(Handling::SetAside { reason: SetAsideReason::LinkDoubted }),
        None,
        "2026-09-04T09:00:00Z",
    );
    assert_eq!(sets_aside, Err(Refusal::NotTheirs), "nothing else");
    facts.push(fact(raised(3), "2026-09-05T07:00:00Z"));
    assert_eq!(read(&facts), Err(Refusal::NotTheirs), "told again, it is the other judge's");
}

#[test]
fn who_never_read_it_learns_nothing_of_a_withdrawal_in_anothers_case() {
    let mut facts = before();
    facts.extend([reassigned(), fact(withdrawn(2), "2026-09-04T07:00:00Z")]);
    assert_eq!(decide(&facts, Act::Read, None, "2026-09-04T08:00:00Z"), Err(Refusal::NotTheirs));
}

/// Does it and keeps what was written.
fn does(facts: &mut Vec<Fact>, act: &Act, version: Option<u32>, time: &str) -> usize {
    let writes = decide(facts, act.clone(), version, time).unwrap();
    let count = writes.len();
    facts.extend(writes.into_iter().map(|write| fact(write, time)));
    count
}

#[test]
fn a_look_is_noted_once_and_again_when_it_no_longer_holds() {
    let mut facts = before();
    assert_eq!(does(&mut facts, &Act::Read, None, "2026-09-01T09:00:00Z"), 1);
    assert_eq!(does(&mut facts, &Act::Read, None, "2026-10-02T09:00:00Z"), 0, "31 days later to the second");
    assert_eq!(does(&mut facts, &Act::Read, None, "2026-10-02T09:00:01Z"), 1);
    assert_eq!(does(&mut facts, &Act::Read, None, "2026-10-03T09:00:00Z"), 0, "the newest look counts");
}

#[test]
fn weighing_asks_for_a_decision_of_the_own_kind_of_case() {
    let facts = before();
    let weighed = |code: &str| {
        let handling =
            Handling::WeighedInDecision { on: date(2026, 10, 1), decision: DecisionKind::parse(code).unwrap() };
        decide(&facts, Act::Handle(handling), Some(1), "2026-10-01T09:00:00Z")
    };
    assert!(matches!(&weighed("final").unwrap()[..], [AlertsFact::SignalHandled(handled)] if handled.version == 1));
    assert_eq!(weighed("criminal-judgment"), Err(Refusal::NoSuchDecision));
    let elsewhere = decide(&facts, Act::Read, Some(2), "2026-10-01T09:00:00Z");
    assert_eq!(elsewhere, Err(Refusal::Stale { current: 1 }));
}

#[test]
fn the_same_word_about_its_use_changes_nothing_and_another_does() {
    let mut facts = before();
    let rate = |useful, reason| Act::Rate(Rating::of(useful, Some(reason)).unwrap());
    let new = rate(true, RatingReason::NewToMe);
    assert_eq!(does(&mut facts, &new, Some(1), "2026-09-02T09:00:00Z"), 1);
    assert_eq!(does(&mut facts, &new, Some(1), "2026-09-02T09:01:00Z"), 0);
    assert_eq!(does(&mut facts, &rate(false, RatingReason::TooLate), Some(1), "2026-09-02T09:02:00Z"), 1);
    assert_eq!(does(&mut facts, &new, Some(1), "2026-09-02T09:03:00Z"), 1, "minds change back too");
}

#[test]
fn a_doubt_names_the_records_is_reported_once_and_waits_for_a_person() {
    let mut facts = before();
    let doubt = Act::Doubt(DoubtReason::OtherPerson);
    assert_eq!(does(&mut facts, &doubt, Some(1), "2026-09-02T09:00:00Z"), 1);
    assert_eq!(does(&mut facts, &doubt, Some(1), "2026-09-02T09:01:00Z"), 0);
    let aside = Act::Handle(Handling::SetAside { reason: SetAsideReason::LinkDoubted });
    assert_eq!(does(&mut facts, &aside, Some(1), "2026-09-02T09:02:00Z"), 1, "it was reported already");

    let states = |facts: &[Fact]| {
        let reports: Vec<_> =
            reports(facts).into_iter().map(|(_, doubt, state)| (doubt.records.clone(), state)).collect();
        reports
    };
    assert_eq!(states(&facts), [([pair()].into(), DoubtState::Waiting)]);
    let ruling = Ruling {
        question: MatchId::between(pair()),
        pair: pair(),
        by: Subject::parse("steward-dirk").unwrap(),
        reason: RulingReason::SeenInFile,
        note: None,
        evidence: None,
        opinions: Vec::new(),
        parted_in: None,
    };
    facts.push(fact(StewardFact::PairConfirmed(ruling.clone()), "2026-09-03T09:00:00Z"));
    assert_eq!(states(&facts)[0].1, DoubtState::Confirmed);
    facts.push(fact(StewardFact::PairRejected(ruling), "2026-09-04T09:00:00Z"));
    assert_eq!(states(&facts)[0].1, DoubtState::Corrected);
}

#[test]
fn who_sets_aside_because_of_the_link_reports_it_and_the_end_of_the_link_answers() {
    let mut facts = before();
    let aside = Act::Handle(Handling::SetAside { reason: SetAsideReason::LinkDoubted });
    assert_eq!(does(&mut facts, &aside, Some(1), "2026-09-02T09:00:00Z"), 2);
    let cases = Pair::of(own(), parallel());
    let gone = LinkWithdrawn {
        link: LinkId::between(cases),
        cases,
        because: WhyUnlinked::NotOnePerson,
        persons: [].into(),
        rulings: [].into(),
    };
    facts.push(fact(LinkerFact::LinkWithdrawn(gone), "2026-09-03T09:00:00Z"));
    facts.push(fact(withdrawn(2), "2026-09-03T09:00:01Z"));
    assert_eq!(reports(&facts)[0].2, DoubtState::Corrected);
    assert_eq!(
        decide(&facts, Act::Doubt(DoubtReason::WrongRole), Some(2), "2026-09-04T09:00:00Z"),
        Err(Refusal::Withdrawn)
    );
}

#[test]
fn somebody_elses_signal_and_one_that_does_not_exist_are_refused_alike() {
    for act in [Act::Read, Act::Doubt(DoubtReason::WrongCase), Act::Rate(Rating { useful: true, reason: None })] {
        let facts: Vec<Fact> = before().into_iter().filter(|fact| !matches!(fact.body, Body::Alerts(_))).collect();
        assert_eq!(decide(&facts, act.clone(), Some(1), "2026-09-02T09:00:00Z"), Err(Refusal::NotTheirs));
        let facts: Vec<Fact> = before()
            .into_iter()
            .filter(|fact| !matches!(fact.body, Body::Intake(IntakeFact::JudgesAssigned(_))))
            .collect();
        assert_eq!(decide(&facts, act, Some(1), "2026-09-02T09:00:00Z"), Err(Refusal::NotTheirs));
    }
}
