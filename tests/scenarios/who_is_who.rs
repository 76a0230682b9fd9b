//! Who is who, where it is hard to say.

use std::collections::BTreeSet;

use courthouse::events::{CaseEvent, CaseStory, people, person};
use serde_json::{Value, json};
use verband_tests::World;

use crate::{assault_case, contact_case};

/// A criminal case at Amsterdam with these parties (name in the case, role, person), the first of whom is charged with assault of
/// the second.
fn case_against(name: &str, number: &str, parties: &[(&str, &str, Value)]) -> (CaseStory, Vec<CaseEvent>) {
    let mut story = CaseStory::new("criminal", "RBAMS", name);
    let mut events = vec![story.registered("adult-criminal", number), story.judges(&["judge-bram"])];
    events.extend(parties.iter().map(|(party, role, who)| story.party(party, &[role], None, who)));
    let victims: Vec<&str> = parties.iter().skip(1).map(|(party, ..)| *party).collect();
    events.push(story.charge("c1", parties[0].0, &victims, &["300"], "2026-05-02"));
    (story, events)
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_2_the_criminal_case_first_and_the_victim_known_by_name_only() {
    let world = World::open().await;
    let victim = person(["", "Elamrani", "S.", "1990-03-14", ""]);
    let (_, criminal) =
        case_against("a", "13/100200-26", &[("d1", "suspect", people::pieter()), ("d2", "victim", victim)]);
    world.hears(criminal).await;
    world.hears(contact_case().1).await;
    let anna = world.judge("judge-anna");
    assert_eq!(world.facts("linker.cases-linked").await, 1, "Pieter links them by his number");
    assert!(anna.inbox().await.is_empty(), "but nobody says that the victim is the mother");
    let steward = world.steward();
    let queue = steward.queue().await;
    assert_eq!(queue.len(), 1, "a steward is asked: {queue:#?}");
    assert_eq!(steward.rules(queue[0]["id"].as_str().unwrap(), true, "source-confirmed").await.status, 201);
    world.rests().await;
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1, "now it is known");
    let told = anna.opens(inbox[0]["signal"].as_str().unwrap()).await.body;
    let victims = &told["told"]["indicators"][0]["victims"];
    assert!(victims.to_string().contains("mother"), "in her role: {victims}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_5_father_and_son_of_one_name_at_one_address() {
    let world = World::open().await;
    let at_home = |birth: &str| {
        let mut jan = person(["", "Jansen", "Jan", birth, ""]);
        jan["address"] =
            json!({ "street": "Verzonnenlaan", "houseNumber": "7", "postcode": "3099 ZY", "town": "Denkbeeldstad" });
        jan
    };
    let mut family = CaseStory::new("family", "RBROT", "divorce");
    let events = [
        family.registered("divorce", "C/10/712399 / FA RK 26-900"),
        family.party("p1", &["petitioner"], None, &at_home("1985-05-05")),
        family.judges(&["judge-anna"]),
    ];
    let victim = ("d2", "victim", people::noor());
    let (_, criminal) = case_against("a", "13/100201-26", &[("d1", "suspect", at_home("1955-03-01")), victim]);
    world.hears(events.into_iter().chain(criminal)).await;
    assert_eq!(world.facts("linker.cases-linked").await, 0);
    assert!(world.judge("judge-anna").inbox().await.is_empty());
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_6_one_of_twins_known_by_her_initial() {
    let world = World::open().await;
    let mut youth = CaseStory::new("youth", "RBROT", "supervision");
    let twin = |given: &str| person(["", "Yilmaz", given, "2015-05-05", ""]);
    let events = [
        youth.registered("supervision-order", "C/10/713000 / JE RK 26-77"),
        youth.party("v", &["parent-with-authority"], Some("father"), &people::pieter()),
        youth.party("k1", &["minor"], Some("child"), &twin("Selin")),
        youth.party("k2", &["minor"], Some("child"), &twin("Sena")),
        youth.judges(&["judge-anna"]),
    ];
    let suspect = ("d1", "suspect", people::pieter());
    let (_, criminal) = case_against("a", "13/100202-26", &[suspect, ("d2", "victim", twin("S."))]);
    world.hears(events.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    assert!(anna.inbox().await.is_empty(), "nobody knows which of them it was");
    let steward = world.steward();
    let mut asked = BTreeSet::new();
    while let Some(question) = steward.queue().await.first() {
        let id = question["id"].as_str().unwrap();
        let shown = steward.opens(id).await.body.to_string();
        let selin = shown.contains("Selin");
        assert!(asked.insert(selin), "each twin is asked about once");
        assert_eq!(steward.rules(id, selin, "source-confirmed").await.status, 201);
        world.rests().await;
    }
    assert!(asked.contains(&true), "it is asked about Selin");
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    let told = anna.opens(inbox[0]["signal"].as_str().unwrap()).await.body;
    let victims = told["told"]["indicators"][0]["victims"].as_array().unwrap().clone();
    assert_eq!(victims.len(), 1, "one of the twins, and by her place among the children only: {victims:#?}");
    assert!(!told.to_string().contains("Selin"));
    let persons = world.state().await.into_iter().filter(|line| line.starts_with("linker.person-certain")).count();
    assert_eq!(persons, 2, "Pieter and she; the other is not taken for her");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_8_a_rejection_lasts_until_the_records_say_something_else() {
    let world = World::open().await;
    let mut family = CaseStory::new("family", "RBROT", "divorce");
    let mehmet = |surname: &str, town: &str| {
        let mut mehmet = person(["", surname, "Mehmet", "1985-01-01", ""]);
        mehmet["address"] = json!({ "street": "Verzonnenlaan", "houseNumber": "1", "town": town });
        mehmet
    };
    let registered = family.registered("divorce", "C/10/712400 / FA RK 26-901");
    let party = family.party("p1", &["petitioner"], None, &mehmet("Yıldız", "Denkbeeldstad"));
    let judged = family.judges(&["judge-anna"]);
    let suspect = ("d1", "suspect", mehmet("Yildiz", "Verzonnendorp"));
    let (mut story, criminal) = case_against("a", "13/100203-26", &[suspect, ("d2", "victim", people::noor())]);
    let told_again: Vec<CaseEvent> = criminal.iter().cloned().chain([party.clone()]).collect();
    world.hears([registered, party, judged].into_iter().chain(criminal)).await;

    let steward = world.steward();
    let queue = steward.queue().await;
    assert_eq!(queue.len(), 1, "{queue:#?}");
    let question = queue[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(steward.rules(&question, false, "data-contradicts").await.status, 201);
    world.rests().await;
    assert!(steward.queue().await.is_empty());

    world.hears(told_again).await;
    world.hears([family.details("p1", &mehmet("Yıldız", "Denkbeeldstad"))]).await;
    assert!(steward.queue().await.is_empty(), "nothing new was said");

    // The petitioner has moved to where the suspect lives.
    world.hears([family.details("p1", &mehmet("Yıldız", "Verzonnendorp"))]).await;
    let queue = steward.queue().await;
    assert_eq!(queue.len(), 1, "what it rested on is different now");
    assert_eq!((queue[0]["id"].as_str(), queue[0]["rule"].as_str()), (Some(&question[..]), Some("ruling-overtaken")));
    assert_eq!(world.facts("linker.person-certain").await, 0, "and the ruling holds meanwhile");
    assert_eq!(steward.rules(&question, false, "source-confirmed").await.status, 201);
    world.rests().await;
    assert!(steward.queue().await.is_empty(), "the same word again, on what is known now");
    assert_eq!(world.facts("steward.pair-rejected").await, 2);
    world.hears([story.details("d1", &mehmet("Yildiz", "Verzonnendorp"))]).await;
    assert!(steward.queue().await.is_empty());
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_21_an_unborn_child_is_nobody_yet_and_becomes_who_it_is() {
    let world = World::open().await;
    let mut youth = CaseStory::new("youth", "RBROT", "supervision");
    let unborn = json!({ "surname": "Amrani", "prefix": "El", "birthDate": "2026-10-01", "unborn": true });
    let events = [
        youth.registered("supervision-order", "C/10/713001 / JE RK 26-78"),
        youth.party("m", &["parent-with-authority"], Some("mother"), &people::samira()),
        youth.party("k", &["unborn-child"], Some("child"), &unborn),
        youth.judges(&["judge-anna"]),
    ];
    world.hears(contact_case().1.into_iter().chain(events)).await;
    let suspect = ("d1", "suspect", people::pieter());
    let victims = [suspect, ("d2", "victim", people::samira()), ("d3", "victim", unborn)];
    let (_, criminal) = case_against("a", "13/100204-26", &victims);
    world.hears(criminal).await;
    let persons =
        |state: BTreeSet<String>| state.into_iter().filter(|line| line.starts_with("linker.person-certain")).count();
    assert_eq!(persons(world.state().await), 2, "the mother and Pieter: of a child that is expected nobody is made");
    let links = world.facts("linker.cases-linked").await;
    assert_eq!(links, 3);

    // It is born, and has a number; another case names it under that.
    let born = person(["El", "Amrani", "Zahra", "2026-09-28", "999991334"]);
    world.hears([youth.details("k", &born)]).await;
    let mut later = CaseStory::new("family", "RBROT", "custody");
    let events = [
        later.registered("custody-change", "C/10/712401 / FA RK 26-902"),
        later.party("k", &["minor"], Some("child"), &born),
    ];
    world.hears(events).await;
    assert_eq!(persons(world.state().await), 3);
    assert_eq!(world.facts("linker.link-withdrawn").await, 0, "what was linked by the mother still is");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_25_a_link_that_was_wrong_is_taken_back_where_it_was_told() {
    let world = World::open().await;
    let suspect = person(["van den", "Berg", "Pieter", "1987-11-02", ""]);
    // Images of abuse concern whoever has children about, though no victim is known.
    let mut images = CaseStory::new("criminal", "RBAMS", "images");
    let criminal = [
        images.registered("adult-criminal", "13/100205-26"),
        images.party("d1", &["suspect"], None, &suspect),
        images.charge("c1", "d1", &[], &["252"], "2026-05-02"),
    ];
    let mut divorce = CaseStory::new("family", "RBROT", "divorce");
    let family = [
        divorce.registered("divorce", "C/10/712402 / FA RK 26-903"),
        divorce.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        divorce.party("p2", &["minor"], Some("child"), &people::noor()),
        divorce.judges(&["judge-anna"]),
    ];
    world.hears(family.into_iter().chain(criminal)).await;
    let (steward, anna) = (world.steward(), world.judge("judge-anna"));
    let queue = steward.queue().await;
    let question = queue[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(steward.rules(&question, true, "data-agrees").await.status, 201);
    world.rests().await;
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    let signal = inbox[0]["signal"].as_str().unwrap().to_owned();
    let told = anna.opens(&signal).await.body;
    assert_eq!(told["told"]["linkBasis"]["code"], "confirmed-by-steward");

    assert_eq!(steward.rules(&question, false, "source-confirmed").await.status, 201);
    world.rests().await;
    assert!(anna.inbox().await.is_empty());
    let opened = anna.opens(&signal).await.body;
    assert_eq!(opened["withdrawn"]["because"]["code"], "link-withdrawn");
    assert!(opened["told"].is_null(), "what was told is gone: {opened}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_31_two_chain_numbers_of_one_suspect_and_their_parting() {
    let world = World::open().await;
    let known_as = |skn: &str| json!({ "surname": "Berg", "prefix": "van den", "givenNames": "Pieter", "birthDate": "1987-11-02", "skn": skn });
    let (_, first) = case_against("a", "13/100206-26", &[("d1", "suspect", known_as("1234567"))]);
    let (_, second) = case_against("b", "13/100207-26", &[("d1", "suspect", known_as("7654321"))]);
    world.hears(first.into_iter().chain(second)).await;
    let linked = async |world: &World| world.state().await.iter().filter(|line| line.starts_with("link ")).count();
    assert_eq!(linked(&world).await, 0, "two numbers are two persons until somebody knows better");

    let mut registry = CaseStory::new("criminal", "RBAMS", "registry");
    let merged = registry.event("criminal-chain-numbers-merged", &json!({ "goingOn": "7654321", "ended": "1234567" }));
    let merged_by = merged.body["id"].clone();
    let circle = registry.event("criminal-chain-numbers-merged", &json!({ "goingOn": "1234567", "ended": "7654321" }));
    let circled_by = circle.body["id"].clone();
    world.hears([merged]).await;
    assert_eq!(linked(&world).await, 1, "one number, one person");
    assert!(world.steward().queue().await.is_empty());
    let before = world.state().await;
    world.hears([circle]).await;
    assert_eq!(world.state().await, before, "which number leads to which changes nothing");

    world.hears([registry.event("event-retracted", &json!({ "eventId": merged_by }))]).await;
    assert_eq!(linked(&world).await, 1, "the other one still says so");
    world.hears([registry.event("event-retracted", &json!({ "eventId": circled_by }))]).await;
    assert_eq!(linked(&world).await, 0, "and parted again");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_a_removal_and_an_ended_role_reach_the_judge() {
    let world = World::open().await;
    let ((mut contact, family), (mut assault, criminal)) = (contact_case(), assault_case());
    let suspected = criminal.iter().find(|event| event.subject.ends_with("party-added")).unwrap().body["id"].clone();
    world.hears(family.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    assert_eq!(anna.inbox().await.len(), 1);

    // The court had entered the wrong man: the very event is corrected.
    let mut corrected = assault.party("d1", &["suspect"], None, &people::jansen());
    corrected.body["corrects"] = suspected;
    let correction = corrected.body["id"].clone();
    world.hears([corrected]).await;
    assert!(anna.inbox().await.is_empty(), "somebody else is suspected");
    // That was the mistake.
    world.hears([assault.event("event-retracted", &json!({ "eventId": correction }))]).await;
    assert_eq!(anna.inbox().await.len(), 1);

    let ended =
        contact.event("party-roles-ended", &json!({ "partyId": "p1", "roles": ["petitioner"], "on": "2026-09-10" }));
    let ended_by = ended.body["id"].clone();
    world.hears([ended]).await;
    assert!(anna.inbox().await.is_empty(), "he has no part in her case any more");
    let told = anna.opens(anna.withdrawn().await[0]["signal"].as_str().unwrap()).await.body;
    assert_eq!(told["withdrawn"]["because"]["code"], "particulars-changed");
    world.hears([contact.event("event-retracted", &json!({ "eventId": ended_by }))]).await;
    assert_eq!(anna.inbox().await.len(), 1);

    world.hears([assault.event("party-removed", &json!({ "partyId": "d1" }))]).await;
    assert!(anna.inbox().await.is_empty(), "he was registered in error");
    world.close().await;
}
