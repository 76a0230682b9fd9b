//! What was decided, and what would be decided if everything were known at once.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Decision as _;
use domain::decisions::docket::Told;
use domain::decisions::form_matters::{FormMatters, Known};
use domain::fact::linker::Member;
use domain::fact::{Actor, Author, Fact, IntakeFact, LinkerFact};
use domain::ids::{CaseId, FactId, Pair, PartyId};
use domain::role::Role;
use domain::skn::Skn;
use matching::engine::{Asked, Engine, Ruling, Rulings, Solution, crowded};
use matching::record::Record;
use verband_tests::state;

use crate::facts::facts;
use crate::register::{Register, ruling_of};
use crate::story::{Said, Story, What};

/// Who is who and what is asked, as it stands in the journal.
pub async fn decided(register: &Register) -> BTreeSet<String> {
    let state = state(&register.database.url("postgres")).await;
    state.iter().map(|line| told(line)).collect()
}

/// A line of the state with the fields of its JSON in order; of a link, the two cases and who stands in both.
fn told(line: &str) -> String {
    let (what, data) = line.split_once(' ').unwrap();
    let mut data: serde_json::Value = serde_json::from_str(data).unwrap();
    if what != "link" {
        // What a change of model changed nothing about keeps the model by which it was decided, what that model's policy said at
        // the gate, and how much the rule that opens it asks for; all else that a question was weighed by is the same.
        data.as_object_mut().unwrap().remove("model");
        if let Some(weighed) = data.get_mut("weighed").and_then(|weighed| weighed.as_object_mut()) {
            for said in ["gate", "certain"] {
                assert!(weighed.remove(said).is_some(), "what is asked says what was said at the gate");
            }
        }
        return format!("{what} {data}");
    }
    let persons = data["persons"].as_array().unwrap().iter().map(|person| person["person"].to_string());
    let cases: Pair<CaseId> = serde_json::from_value(data["cases"].clone()).unwrap();
    link(cases, &persons.collect())
}

fn link(cases: Pair<CaseId>, persons: &BTreeSet<String>) -> String {
    format!("link {} {} {persons:?}", cases.a, cases.b)
}

/// The same, of all records at once.
pub fn at_once(engine: &Engine, story: &Story) -> BTreeSet<String> {
    let records = records(story);
    let found_by: Vec<_> = records.iter().map(|record| engine.found_by(record)).collect();
    let crowded = crowded(&found_by);
    let mut rulings = Rulings::new();
    for (number, said) in story.said.iter().enumerate() {
        if let Said::Ruled { pair, same, seen, .. } = said
            && story.rulings_in_force(*pair).last() == Some(&number)
        {
            let fact = ruling_of(number);
            rulings.insert(*pair, Ruling { same: *same, fact, seen: seen.as_deref().cloned() });
        }
    }
    let solution = engine.solve(&records, &crowded, &rulings);
    let mut outcome = links(story, &solution);
    outcome.extend(matters(story));
    for (id, person) in solution.persons {
        let data = serde_json::json!({
            "person": id, "members": person.members, "evidence": person.evidence,
        });
        outcome.insert(format!("linker.person-certain {data}"));
    }
    for (asked, question) in solution.questions.into_values() {
        let kind = if asked == Asked::Conflict { "linker.conflict-found" } else { "linker.match-possible" };
        outcome.insert(told(&format!("{kind} {}", serde_json::to_value(question).unwrap())));
    }
    outcome
}

/// The matters of all cases at once.
fn matters(story: &Story) -> BTreeSet<String> {
    let told: Vec<_> =
        story.said.iter().enumerate().flat_map(|(number, said)| facts(number, said, &|_, _| String::new())).collect();
    let decision = FormMatters { cases: told.iter().filter_map(IntakeFact::case).collect() };
    let known = told.into_iter().fold(Known::default(), |known, fact| {
        let fact = Fact {
            id: FactId::derived(&["x"]),
            body: fact.into(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Intake),
            event_time: jiff::Timestamp::UNIX_EPOCH,
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
        };
        decision.evolve(known, &fact)
    });
    let formed = decision.decide(&known).unwrap().into_iter().map(|fact| {
        let LinkerFact::MatterFormed(matter) = fact else { panic!("nothing was formed before: {fact:?}") };
        let mut data = serde_json::to_value(matter).unwrap();
        data.as_object_mut().unwrap().remove("former");
        format!("linker.matter-formed {data}")
    });
    formed.collect()
}

/// The links between cases in which a person stands today, but for those of one matter.
fn links(story: &Story, solution: &Solution) -> BTreeSet<String> {
    let (parties, void) = (parties(story), void(story));
    let mut matter: BTreeMap<CaseId, CaseId> = BTreeMap::new();
    let mut withdrawn = BTreeSet::new();
    let told = story.said.iter().enumerate().filter(|(number, _)| !void.contains(number));
    for said in told.map(|(_, said)| said) {
        match said {
            Said::Told { case, what: What::Joined { into }, .. } => {
                let (one, other) = (*matter.get(case).unwrap_or(case), *matter.get(into).unwrap_or(into));
                matter.insert(*case, one);
                matter.insert(*into, other);
                matter.values_mut().filter(|of| **of == other).for_each(|of| *of = one);
            }
            Said::Told { case, what: What::Withdrawn, .. } => drop(withdrawn.insert(*case)),
            _ => {}
        }
    }
    let stands = |member: &Member| {
        !withdrawn.contains(&member.case)
            && parties.get(&member.party).is_some_and(|told| Role::link(&told.now().roles))
    };
    let mut links: BTreeMap<Pair<CaseId>, BTreeSet<String>> = BTreeMap::new();
    for (id, person) in &solution.persons {
        let members: Vec<&Member> = person.members.iter().filter(|member| stands(member)).collect();
        for a in &members {
            for b in members.iter().filter(|b| a.case < b.case) {
                let of = |case| matter.get(&case).copied().unwrap_or(case);
                if of(a.case) != of(b.case) {
                    links.entry(Pair::of(a.case, b.case)).or_default().insert(format!("\"{id}\""));
                }
            }
        }
    }
    links.into_iter().map(|(cases, persons)| link(cases, &persons)).collect()
}

/// What counts for nothing: taken back or replaced, by something that counts itself.
fn void(story: &Story) -> BTreeSet<usize> {
    let mut void = BTreeSet::new();
    // Whoever revises something was told after it.
    for (number, said) in story.said.iter().enumerate().rev().filter(|(_, said)| matches!(said, Said::Told { .. })) {
        let Said::Told { corrects, what, .. } = said else { continue };
        let retracts = if let What::Retracted { of } = what { Some(*of) } else { None };
        if !void.contains(&number) {
            void.extend(corrects.iter().copied().chain(retracts));
        }
    }
    void
}

/// What was told of each party.
fn parties(story: &Story) -> BTreeMap<PartyId, Told> {
    let mut parties: BTreeMap<PartyId, Told> = BTreeMap::new();
    let told: Vec<_> = story
        .said
        .iter()
        .enumerate()
        .map(|(number, said)| (said, facts(number, said, &|_, _| number.to_string())))
        .collect();
    for (said, _) in &told {
        if let Said::Told { what: What::Added { party, .. } | What::Details { party, .. }, .. } = said {
            let of_them = parties.entry(*party).or_default();
            told.iter().flat_map(|(_, facts)| facts).for_each(|fact| of_them.fold(*party, fact));
        }
    }
    parties
}

/// The records as their courts last told of them, under one number where several are one person's.
fn records(story: &Story) -> Vec<Record> {
    let numbers = numbers(story);
    let record = |told: &Told| {
        let now = told.now();
        let number: usize = now.details.as_ref()?.sealed.parse().unwrap();
        let Said::Told { what: What::Added { details, .. } | What::Details { details, .. }, .. } = &story.said[number]
        else {
            panic!("details are of a party")
        };
        let mut details = (**details).clone();
        details.skn = details.skn.map(|skn| numbers.get(skn.digits()).cloned().unwrap_or(skn));
        let beside = now.registered_as.iter().any(|role| role.stands_beside());
        Role::link(&now.registered_as)
            .then(|| Record::prepare(told.member().unwrap(), told.since().unwrap(), beside, &details))
    };
    let known = parties(story).into_iter().filter(|(party, _)| !story.erased.contains(party));
    known.filter_map(|(_, told)| record(&told)).collect()
}

/// For each merged number the one that all which are one are compared under: whichever, since nobody sees it.
fn numbers(story: &Story) -> BTreeMap<String, Skn> {
    let void = void(story);
    let mut one: BTreeMap<String, Skn> = BTreeMap::new();
    for (number, said) in story.said.iter().enumerate() {
        let Said::Told { what: What::Merged { going_on, ended }, .. } = said else { continue };
        if void.contains(&number) {
            continue;
        }
        let a = one.get(going_on.digits()).unwrap_or(going_on).clone();
        let b = one.get(ended.digits()).unwrap_or(ended).clone();
        one.insert(going_on.digits().to_owned(), a.clone());
        one.insert(ended.digits().to_owned(), b.clone());
        one.values_mut().filter(|of| of.digits() == b.digits()).for_each(|of| *of = a.clone());
    }
    one
}
