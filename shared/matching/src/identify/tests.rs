use std::sync::LazyLock;

use domain::birth::BirthDate;
use domain::bsn::Bsn;
use domain::fact::linker::Member;
use domain::fact::steward::{Ruling as Ruled, RulingReason};
use domain::fact::{Actor, Author, StewardFact, Subject};
use domain::ids::{CaseId, FactId};
use domain::name::{NameParts, PersonName};
use domain::party::PartyDetails;
use jiff::Timestamp;

use super::*;
use crate::gate::Policy;
use crate::model::Model;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Model::of_courts().unwrap(), Policy::Numbers).unwrap());

/// A record of a fictitious person: `surname, given names, birth date, number`; empty means unknown.
fn record(case: &str, who: [&str; 4]) -> Record {
    known_as(case, who, &[])
}

/// The same, known under other names too: `surname, given names`.
fn known_as(case: &str, [surname, given, birth, bsn]: [&str; 4], aliases: &[[&str; 2]]) -> Record {
    let some = |text| Some(text).filter(|text: &&str| !text.is_empty());
    let name = |surname, given| {
        let parts = NameParts { surname: some(surname), given_names: some(given), ..NameParts::default() };
        PersonName::parse(&parts).unwrap()
    };
    let details = PartyDetails {
        bsn: some(bsn).map(|bsn| Bsn::parse(bsn).unwrap()),
        name: name(surname, given),
        aliases: aliases.iter().map(|[surname, given]| name(surname, given)).collect(),
        birth: BirthDate::parse(birth).unwrap(),
        ..PartyDetails::default()
    };
    let member =
        Member { party: PartyId::derived(&[case, surname, given, birth, bsn]), case: CaseId::derived(&[case]) };
    Record::prepare(member, Timestamp::UNIX_EPOCH, false, &details)
}

fn fact(number: u32, body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId::derived(&[&number.to_string()]),
        body: body.into(),
        cause: uuid::Uuid::nil(),
        actor: Actor::service(Author::Linker),
        event_time: Timestamp::UNIX_EPOCH,
        recorded_at: Timestamp::UNIX_EPOCH,
    }
}

fn decide_about(parties: &[Record], records: &[Record], history: &[Fact]) -> Vec<LinkerFact> {
    let decision = Identify {
        engine: &ENGINE,
        parties: parties.iter().map(|record| record.member.party).collect(),
        records: records.to_vec(),
        crowded: BTreeSet::new(),
    };
    let known = history.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    decision.decide(&known).unwrap()
}

fn decide(records: &[Record], history: &[Fact]) -> Vec<LinkerFact> {
    decide_about(records, records, history)
}

fn history(facts: Vec<LinkerFact>, from: u32) -> Vec<Fact> {
    facts.into_iter().zip(from..).map(|(f, n)| fact(n, f)).collect()
}

const SAMIRA: [&str; 4] = ["El Amrani", "Samira", "1990-03-14", "999991000"];
const WITHOUT_DATE: [&str; 4] = ["El Amrani", "Samira", "", ""];

#[test]
fn one_person_is_said_once_and_why() {
    let records = [record("F", SAMIRA), record("S", SAMIRA)];
    let facts = decide(&records, &[]);
    let [LinkerFact::PersonCertain(person)] = facts.as_slice() else { panic!("{facts:?}") };
    assert_eq!((person.members.len(), person.model.as_str()), (2, ENGINE.id()));
    let [evidence] = person.evidence.as_slice() else { panic!("{:?}", person.evidence) };
    assert_eq!(evidence.rule, "number-birth-name");
    assert!(evidence.millibits.is_some_and(|odds| odds >= 6_000), "{evidence:?}");
    let of = |field: &str| evidence.fields.iter().find(|one| one.field == field).map(|one| one.level.clone());
    assert_eq!(of("bsn").as_deref(), Some("equal"));
    assert_eq!(of("address").as_deref(), Some("missing"));
    assert_eq!(decide(&records, &history(facts, 1)), []);
}

#[test]
fn a_swapped_number_is_asked_about_and_breaks_nothing() {
    let swapped = ["van den Berg", "Pieter", "1987-11-02", "999991000"];
    let mut records = vec![record("F", SAMIRA), record("S", SAMIRA)];
    let before = history(decide(&records, &[]), 1);
    records.push(record("F", swapped));
    let facts = decide(&records, &before);
    assert!(matches!(facts.as_slice(), [LinkerFact::ConflictFound(_)]), "{facts:?}");
}

#[test]
fn a_ruling_joins_and_a_later_one_parts() {
    let records = [record("F", SAMIRA), record("S", WITHOUT_DATE)];
    let mut known = history(decide(&records, &[]), 1);
    let Some(Body::Linker(LinkerFact::MatchPossible(question))) = known.first().map(|f| f.body.clone()) else {
        panic!("a question is asked: {known:?}")
    };
    let ruling = Ruled {
        question: question.question,
        pair: question.pair,
        by: Subject::parse("steward").unwrap(),
        reason: RulingReason::SeenInFile,
        note: None,
        evidence: None,
        opinions: Vec::new(),
        parted_in: None,
    };
    known.push(fact(10, StewardFact::PairConfirmed(ruling.clone())));
    let facts = decide(&records, &known);
    let joined = facts.iter().find_map(|fact| match fact {
        LinkerFact::PersonCertain(person) => Some(person),
        _ => None,
    });
    let evidence = joined.map(|person| person.evidence.clone()).unwrap_or_default();
    assert!(evidence.iter().all(|one| one.rule == "ruling" && one.ruling == Some(fact(10, ruled(&ruling)).id)));
    assert_eq!(evidence.len(), 1);
    assert!(facts.iter().any(|f| matches!(f, LinkerFact::QuestionWithdrawn(w) if w.because == WhyWithdrawn::Ruled)));
    known.extend(history(facts, 20));
    known.push(fact(30, StewardFact::PairRejected(ruling.clone())));
    let facts = decide(&records, &known);
    let [LinkerFact::PersonDissolved(person)] = facts.as_slice() else { panic!("{facts:?}") };
    assert_eq!(person.rulings, [fact(30, ruled(&ruling)).id].into(), "on which ruling it rests");
    known.extend(history(facts, 40));
    assert_eq!(decide(&records, &known), [], "a rejected pair does not come back");
}

fn ruled(ruling: &Ruled) -> StewardFact {
    StewardFact::PairConfirmed(ruling.clone())
}

#[test]
fn without_a_number_a_person_is_asked_unless_the_court_allows_otherwise() {
    let named = ["El Amrani", "Samira", "1990-03-14", ""];
    let records = [record("F", SAMIRA), record("S", named)];
    let facts = decide(&records, &[]);
    let [LinkerFact::MatchPossible(question)] = facts.as_slice() else { panic!("{facts:?}") };
    assert_eq!(question.evidence.rule, "possible");
    // What is kept adds up to what was decided by, to the thousandth of a bit.
    let weighed = question.weighed.as_ref().expect("how it was summed up");
    let fields: i32 = question.evidence.fields.iter().filter_map(|field| field.millibits).sum();
    let parts = weighed.prior + fields + weighed.rarity.values().sum::<i32>() + weighed.household + weighed.family;
    assert_eq!(question.evidence.millibits, Some(parts));
    assert!(weighed.prior < 0 && weighed.household <= 0 && weighed.possible < weighed.certain, "{weighed:?}");
    assert_eq!(weighed.gate.as_deref(), Some("policy"), "without a number a person decides");
    let by_rules = Engine::new(Model::of_courts().unwrap(), Policy::Rules).unwrap();
    let solution = by_rules.solve(&records, &BTreeSet::new(), &crate::engine::Rulings::new());
    let rules: Vec<&str> = solution.persons.values().flat_map(|person| &person.evidence).map(|e| &e.rule[..]).collect();
    assert_eq!(rules, ["name-birth-alone"]);
    assert!(solution.questions.is_empty());
}

#[test]
fn a_record_that_left_dissolves_its_person() {
    let records = [record("F", SAMIRA), record("S", SAMIRA)];
    let before = history(decide(&records, &[]), 1);
    let facts = decide(&records[..1], &before);
    assert!(
        matches!(facts.as_slice(), [LinkerFact::PersonDissolved(p)] if p.former.len() == 2 && p.rulings.is_empty())
    );
}

#[test]
fn who_left_a_person_dissolves_nothing_later() {
    let mut records = vec![record("F", SAMIRA), record("S", SAMIRA), record("T", SAMIRA)];
    let mut known = history(decide(&records, &[]), 1);
    let left = records.remove(2);
    let facts = decide_about(&[records.clone(), vec![left.clone()]].concat(), &records, &known);
    assert!(matches!(facts.as_slice(), [LinkerFact::PersonCertain(p)] if p.former.len() == 1), "{facts:?}");
    known.extend(history(facts, 10));
    assert_eq!(decide_about(std::slice::from_ref(&left), std::slice::from_ref(&left), &known), []);
}

#[test]
fn about_records_that_only_stand_beside_nothing_is_decided() {
    let records = [record("F", SAMIRA), record("S", SAMIRA), record("T", ["Yılmaz", "Deniz", "2015-06-01", ""])];
    assert_eq!(decide_about(&records[2..], &records, &[]), []);
}

#[test]
fn what_a_pair_weighs_and_is_found_by_does_not_depend_on_who_is_asked_beside() {
    let (one, other) = (record("F", SAMIRA), record("S", WITHOUT_DATE));
    let third = record("T", ["Amrani", "Sam", "1990-03-14", ""]);
    let none = BTreeSet::new();
    let weight = |ties: Vec<crate::engine::Tie>, party| ties.into_iter().find(|tie| tie.other == party);
    let alone = weight(ENGINE.ties(&one, [&other], &none), other.member.party).map(|tie| tie.weight);
    let among = weight(ENGINE.ties(&one, [&third, &other], &none), other.member.party).map(|tie| tie.weight);
    let back = weight(ENGINE.ties(&other, [&one, &third], &none), one.member.party).map(|tie| tie.weight);
    assert!(alone.is_some() && alone == among && alone == back, "{alone:?} {among:?} {back:?}");
    assert!(!ENGINE.found_by(&one).keys.is_disjoint(&ENGINE.found_by(&other).keys));
}

#[test]
fn a_further_surname_is_found_and_compared_and_an_alias_as_a_whole_is_not_taken_apart() {
    const ANOUK: [&str; 4] = ["Hoogstra", "Anouk", "1985-03-14", ""];
    let level = |aliases: &[[&str; 2]], other: [&str; 2], field: &str| {
        let records = [known_as("F", ANOUK, aliases), record("S", [other[0], other[1], "1985-03-14", ""])];
        let found = !ENGINE.found_by(&records[0]).keys.is_disjoint(&ENGINE.found_by(&records[1]).keys);
        let facts = decide(&records, &[]);
        let question = facts.iter().find_map(|fact| match fact {
            LinkerFact::MatchPossible(question) => Some(question),
            _ => None,
        });
        let fields = question.into_iter().flat_map(|question| &question.evidence.fields);
        found.then(|| fields.filter(|one| one.field == field).map(|one| one.level.clone()).next()).flatten()
    };
    let surname = |alias: [&str; 2]| level(&[alias], ["Terpstra", "Anouk"], "surname");
    for alias in [["Terpstra", ""], ["Terpstra", "Anouk"], ["Terpstra", "A."]] {
        assert_eq!(surname(alias).as_deref(), Some("compatible"), "{alias:?}");
    }
    assert_eq!(level(&[], ["Terpstra", "Anouk"], "surname").as_deref(), Some("different"));
    assert_eq!(surname(["Terpstra", "Fatima"]).as_deref(), Some("different"), "Anouk Terpstra is nobody's name");
    let given = |aliases: &[[&str; 2]]| level(aliases, ["Hoogstra", "Fatima"], "given-names");
    assert_eq!(given(&[["Terpstra", "Fatima"]]), given(&[]), "nor is Fatima Hoogstra");
}
