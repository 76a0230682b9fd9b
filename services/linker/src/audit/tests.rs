use domain::bsn::Bsn;
use domain::fact::linker::PairEvidence;
use domain::fact::linker::Question;
use domain::fact::steward::{Ruling, RulingReason};
use domain::fact::{Actor, Author, Body, Fact, LinkerFact, StewardFact, Subject};
use domain::ids::{FactId, LinkId, MatchId};
use domain::party::PartyDetails;
use domain::violence::view::LinkBasis;
use jiff::Timestamp;

use super::*;

fn case(name: &str) -> CaseId {
    CaseId::derived(&[name])
}

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn member(record: (&str, &str)) -> Member {
    Member { party: party(record.1), case: case(record.0) }
}

fn pair(one: &str, other: &str) -> Pair<PartyId> {
    Pair::of(party(one), party(other))
}

fn because(one: &str, other: &str, rule: &str) -> PairEvidence {
    PairEvidence { pair: pair(one, other), rule: rule.to_owned(), fields: Vec::new(), ruling: None, millibits: None }
}

fn person(name: &str, records: &[(&str, &str)]) -> LinkerFact {
    LinkerFact::PersonCertain(PersonCertain {
        person: PersonId::derived(&[name]),
        members: records.iter().map(|record| member(*record)).collect(),
        former: BTreeSet::new(),
        evidence: records.windows(2).map(|two| because(two[0].1, two[1].1, "number-birth-name")).collect(),
        model: "test".to_owned(),
    })
}

fn link(name: &str, one: (&str, &str), other: (&str, &str)) -> LinkerFact {
    let cases = Pair::of(case(one.0), case(other.0));
    let (in_a, in_b) = if cases.a == case(one.0) { (one.1, other.1) } else { (other.1, one.1) };
    let linked = LinkedPerson {
        person: PersonId::derived(&[name]),
        in_a: [party(in_a)].into(),
        in_b: [party(in_b)].into(),
        basis: LinkBasis::Hard,
        roles_in_a: BTreeSet::new(),
        roles_in_b: BTreeSet::new(),
    };
    LinkerFact::CasesLinked(CasesLinked { link: LinkId::between(cases), cases, persons: [linked].into() })
}

fn asked(one: &str, other: &str) -> LinkerFact {
    LinkerFact::MatchPossible(Question {
        question: MatchId::between(pair(one, other)),
        pair: pair(one, other),
        cases: (case("F"), case("S")),
        evidence: because(one, other, "possible"),
        model: "test".to_owned(),
        weighed: None,
    })
}

fn ruled(one: &str, other: &str, same: bool) -> StewardFact {
    let ruling = Ruling {
        question: MatchId::between(pair(one, other)),
        pair: pair(one, other),
        by: Subject::parse("steward").unwrap(),
        reason: RulingReason::SeenInFile,
        note: None,
        evidence: None,
        opinions: Vec::new(),
        parted_in: None,
    };
    if same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) }
}

fn state(bodies: Vec<Body>) -> State {
    let mut state = State::default();
    for (number, body) in bodies.into_iter().enumerate() {
        state.fold(&Fact {
            id: FactId::derived(&[&number.to_string()]),
            body,
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Linker),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        });
    }
    state
}

const ONE: &str = "999990019";
const OTHER: &str = "999990020";

/// Records with their numbers, all of whom stand in their cases.
fn known(records: &[(&str, &str, &str)]) -> Evidence {
    let mut evidence = Evidence::default();
    for (of, name, bsn) in records {
        let bsn = (!bsn.is_empty()).then(|| Bsn::parse(bsn).unwrap());
        let marks = Marks::of(&PartyDetails { bsn, ..PartyDetails::default() });
        let known = Known { member: member((of, name)), beside: false, marks };
        evidence.records.insert(party(name), known);
        evidence.standing.entry(case(of)).or_default().insert(party(name));
    }
    evidence
}

fn broken(state: &State, evidence: &Evidence) -> Vec<Rule> {
    findings(state, evidence).into_iter().map(|finding| finding.rule).collect()
}

const BOTH: [(&str, &str); 2] = [("F", "m1"), ("S", "m2")];

fn sound() -> Vec<Body> {
    vec![person("p", &BOTH).into(), link("p", BOTH[0], BOTH[1]).into()]
}

#[test]
fn what_holds_is_not_reported() {
    assert_eq!(broken(&state(sound()), &known(&[("F", "m1", ONE), ("S", "m2", ONE)])), []);
    assert_eq!(broken(&State::default(), &Evidence::default()), []);
}

#[test]
fn a_person_without_its_records_or_its_link_is_found() {
    let whole = known(&[("F", "m1", ONE), ("S", "m2", ONE)]);
    assert_eq!(broken(&state(vec![person("p", &BOTH).into()]), &whole), [Rule::PersonsLinkTheirCases]);
    let gone = known(&[("F", "m1", ONE)]);
    assert_eq!(broken(&state(sound()), &gone), [Rule::RecordsAreKnown, Rule::LinksHaveTheirPersons]);
    assert_eq!(broken(&state(vec![link("p", BOTH[0], BOTH[1]).into()]), &whole), [Rule::LinksHaveTheirPersons]);
    let twice = state(vec![person("p", &BOTH).into(), link("p", BOTH[0], BOTH[1]).into(), person("q", &BOTH).into()]);
    let rules: BTreeSet<Rule> = broken(&twice, &whole).into_iter().collect();
    assert!(rules.contains(&Rule::OnePersonARecord), "{rules:?}");
}

#[test]
fn two_numbers_and_two_parties_of_a_case_are_found_unless_a_steward_said_so() {
    let differ = known(&[("F", "m1", ONE), ("S", "m2", OTHER)]);
    assert_eq!(broken(&state(sound()), &differ), [Rule::VetoesAreObeyed]);
    let mut facts = sound();
    facts.push(ruled("m1", "m2", true).into());
    assert_eq!(broken(&state(facts), &differ), []);
    let twins = state(vec![person("p", &[("F", "k1"), ("F", "k2")]).into()]);
    assert_eq!(broken(&twins, &known(&[("F", "k1", ""), ("F", "k2", "")])), [Rule::VetoesAreObeyed]);
}

#[test]
fn evidence_that_does_not_reach_and_a_rejected_pair_are_found() {
    let mut loose = person("p", &BOTH);
    if let LinkerFact::PersonCertain(person) = &mut loose {
        person.evidence.clear();
    }
    let whole = known(&[("F", "m1", ONE), ("S", "m2", ONE)]);
    let facts = vec![loose.into(), link("p", BOTH[0], BOTH[1]).into()];
    assert_eq!(broken(&state(facts), &whole), [Rule::EvidenceHoldsTogether]);
    let mut facts = sound();
    facts.push(ruled("m1", "m2", false).into());
    assert_eq!(broken(&state(facts), &whole), [Rule::RejectedStaysApart]);
}

#[test]
fn what_is_asked_though_it_is_decided_is_found() {
    let whole = known(&[("F", "m1", ONE), ("S", "m2", ONE)]);
    let mut facts = sound();
    facts.push(asked("m1", "m2").into());
    assert_eq!(broken(&state(facts), &whole), [Rule::QuestionsAreOpen]);
    let facts = vec![ruled("m1", "m2", false).into(), asked("m1", "m2").into()];
    assert_eq!(broken(&state(facts), &whole), [Rule::RuledIsNotAsked]);
}
