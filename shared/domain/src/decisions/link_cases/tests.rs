use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::fact::intake::PartyAdded;
use crate::fact::intake::cases::CaseWithdrawn;
use crate::fact::intake::parties::{PartyRemoved, PartyRolesEnded};
use crate::fact::linker::{MatterFormed, Member};
use crate::fact::{Actor, Author, IntakeFact, SourceVersion};
use crate::ids::{EventId, FactId, KeyId};
use crate::sealed::Sealed;

fn case(name: &str) -> CaseId {
    CaseId::derived(&[name])
}

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn member(case: &str, party: &str) -> Member {
    Member { case: CaseId::derived(&[case]), party: PartyId::derived(&[party]) }
}

fn at(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
}

fn roles(codes: &[&str]) -> BTreeSet<Role> {
    codes.iter().map(|code| Role::parse(code).unwrap()).collect()
}

fn stands(in_case: &str, name: &str, codes: &[&str]) -> Body {
    let details = Sealed::new(KeyId::of_party(party(name)), String::new());
    let (case, party, version) = (case(in_case), party(name), at(1));
    Body::Intake(IntakeFact::PartyAdded(PartyAdded {
        case,
        party,
        version,
        roles: roles(codes),
        capacity: None,
        details,
        died: false,
    }))
}

fn person(members: &[Member], rule: &str, ruled: bool) -> LinkerFact {
    let pair = Pair::of(members[0].party, members[1].party);
    LinkerFact::PersonCertain(PersonCertain {
        person: PersonId::derived(&["p"]),
        members: members.iter().copied().collect(),
        former: BTreeSet::new(),
        evidence: vec![PairEvidence {
            pair,
            rule: rule.to_owned(),
            fields: Vec::new(),
            ruling: ruled.then(|| FactId::derived(&["ruling"])),
            millibits: None,
        }],
        model: "test".to_owned(),
    })
}

/// What follows for the cases F and S.
fn given(facts: &[Body]) -> Vec<LinkerFact> {
    let decision = LinkCases { cases: [case("F"), case("S")].into() };
    let known = facts.iter().fold(Known::default(), |known, body| {
        let fact = Fact {
            id: FactId::derived(&["x"]),
            body: body.clone(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Linker),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        };
        decision.evolve(known, &fact)
    });
    decision.decide(&known).expect("never refuses")
}

/// Samira as the mother in F and the victim in S.
fn both() -> Vec<Body> {
    vec![
        stands("F", "m1", &["respondent"]),
        stands("S", "m2", &["victim"]),
        person(&[member("F", "m1"), member("S", "m2")], "number-birth-name", false).into(),
    ]
}

fn linked(facts: &[LinkerFact]) -> CasesLinked {
    let [LinkerFact::CasesLinked(link)] = facts else { panic!("linked: {facts:?}") };
    link.clone()
}

fn unlinked(facts: &[LinkerFact]) -> WhyUnlinked {
    let [LinkerFact::LinkWithdrawn(link)] = facts else { panic!("withdrawn: {facts:?}") };
    link.because
}

fn basis_of(rule: &str, ruled: bool) -> LinkBasis {
    let mut facts = both();
    facts[2] = person(&[member("F", "m1"), member("S", "m2")], rule, ruled).into();
    linked(&given(&facts)).persons.first().unwrap().basis
}

#[test]
fn a_person_in_both_links_once_and_its_end_withdraws() {
    let mut facts = both();
    let link = linked(&given(&facts));
    let shared = link.persons.first().unwrap();
    let (in_f, in_s) = if link.cases.a == case("F") {
        (&shared.roles_in_a, &shared.roles_in_b)
    } else {
        (&shared.roles_in_b, &shared.roles_in_a)
    };
    assert_eq!((in_f, in_s), (&roles(&["respondent"]), &roles(&["victim"])));
    let before = link.persons.clone();
    facts.push(LinkerFact::CasesLinked(link).into());
    assert_eq!(given(&facts), []);
    facts.push(person(&[member("F", "m1"), member("X", "m3")], "number-birth-name", false).into());
    let facts = given(&facts);
    assert_eq!(unlinked(&facts), WhyUnlinked::NotOnePerson);
    let [LinkerFact::LinkWithdrawn(link)] = facts.as_slice() else { panic!("withdrawn: {facts:?}") };
    assert_eq!((&link.persons, &link.rulings), (&before, &BTreeSet::new()), "by whom they were linked, and no ruling");
}

#[test]
fn a_link_that_a_ruling_ended_names_it() {
    let mut facts = both();
    let link = linked(&given(&facts));
    facts.push(LinkerFact::CasesLinked(link.clone()).into());
    let (person, rulings) = (PersonId::derived(&["p"]), BTreeSet::from([FactId::derived(&["ruling"])]));
    let (former, model) = ([member("F", "m1"), member("S", "m2")].into(), "test".to_owned());
    let dissolved = PersonDissolved { person, former, rulings: rulings.clone(), model };
    facts.push(LinkerFact::PersonDissolved(dissolved).into());
    let expected = LinkWithdrawn {
        link: link.link,
        cases: link.cases,
        because: WhyUnlinked::NotOnePerson,
        persons: link.persons,
        rulings,
    };
    assert_eq!(given(&facts), [LinkerFact::LinkWithdrawn(expected)]);
    // Who left before that is parted by no ruling.
    let left = PartyRemoved { case: case("S"), version: at(2), party: party("m2") };
    facts.push(IntakeFact::PartyRemoved(left).into());
    let facts = given(&facts);
    assert_eq!(unlinked(&facts), WhyUnlinked::PartyLeft);
    assert!(matches!(facts.as_slice(), [LinkerFact::LinkWithdrawn(link)] if link.rulings.is_empty()));
}

#[test]
fn a_person_in_other_cases_or_nobody_knows_in_which_role_links_nothing_here() {
    let elsewhere = person(&[member("F", "m1"), member("X", "m3")], "number-birth-name", false);
    assert_eq!(given(&[stands("F", "m1", &["respondent"]), elsewhere.into()]), []);
    assert_eq!(given(&both()[1..]), []);
}

#[test]
fn a_link_says_by_what_it_is_one() {
    assert_eq!(basis_of("number-birth-name", false), LinkBasis::Hard);
    assert_eq!(basis_of("bsn-birth-name", false), LinkBasis::Hard, "as earlier models called it");
    assert_eq!(basis_of("name-birth", false), LinkBasis::Soft);
    assert_eq!(basis_of("ruling", true), LinkBasis::ConfirmedBySteward);
}

#[test]
fn a_link_ends_with_the_role_the_party_or_the_case() {
    let mut facts = both();
    facts.push(LinkerFact::CasesLinked(linked(&given(&facts))).into());
    let on = date(2026, 9, 1);
    let ended = PartyRolesEnded { case: case("S"), version: at(2), party: party("m2"), roles: roles(&["victim"]), on };
    let removed = PartyRemoved { case: case("S"), version: at(2), party: party("m2") };
    let withdrawn = CaseWithdrawn { case: case("F"), version: at(2), on };
    for end in
        [IntakeFact::PartyRolesEnded(ended), IntakeFact::PartyRemoved(removed), IntakeFact::CaseWithdrawn(withdrawn)]
    {
        let all: Vec<Body> = facts.iter().cloned().chain([end.into()]).collect();
        assert!(matches!(given(&all).as_slice(), [LinkerFact::LinkWithdrawn(_)]), "{:?}", all.last());
    }
    facts[1] = stands("S", "m2", &["victim", "injured-party"]);
    assert!(matches!(given(&facts).as_slice(), [LinkerFact::LinkChanged(_)]), "another role is told");
    facts[1] = stands("S", "m2", &["victim", "lawyer"]);
    assert_eq!(unlinked(&given(&facts)), WhyUnlinked::PartyLeft, "who is there for work links nothing");
}

#[test]
fn cases_of_one_matter_are_not_linked_with_each_other() {
    let mut facts = both();
    facts.push(LinkerFact::CasesLinked(linked(&given(&facts))).into());
    facts.push(
        LinkerFact::MatterFormed(MatterFormed {
            matter: MatterId::derived(&["m"]),
            cases: [case("F"), case("S")].into(),
            former: BTreeSet::new(),
            began_as: case("F"),
            goes_on_as: case("S"),
            steps: BTreeSet::new(),
        })
        .into(),
    );
    assert_eq!(unlinked(&given(&facts)), WhyUnlinked::OneMatter);
}
