//! Cases that go on in one another are one matter; a case that is withdrawn is none.

use courthouse::events::{CaseStory, people};
use serde_json::json;
use verband_tests::World;

use crate::{assault_case, contact_case, id};

fn joined(from: &mut CaseStory, court: &str, number: &str) -> courthouse::events::CaseEvent {
    from.event("case-joined", &json!({ "into": { "court": court, "number": number }, "on": "2026-10-01" }))
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_22_joined_and_referred_cases_are_told_of_once() {
    let world = World::open().await;
    let ((mut contact, family), (mut assault, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);

    // Another case against Pieter, for stalking; the assault is joined to it at the hearing.
    let mut stalking = CaseStory::new("criminal", "RBROT", "stalking");
    let events = [
        stalking.registered("adult-criminal", "10/222222-26"),
        stalking.party("d1", &["suspect"], None, &people::pieter()),
        stalking.party("d2", &["victim"], None, &people::samira()),
        stalking.judges(&["judge-bram"]),
        stalking.charge("c1", "d1", &["d2"], &["285b"], "2026-06-01"),
    ];
    world.hears(events).await;
    assert_eq!(anna.inbox().await.len(), 2, "two cases, two signals");

    let joinder = joined(&mut assault, "RBROT", "10/222222-26");
    let joined_by = joinder.body["id"].clone();
    world.hears([joinder]).await;
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1, "one matter, one signal: {inbox:#?}");
    assert_eq!(id(&inbox[0]), signal, "the one that the judge has had from the start");
    let told = anna.opens(&signal).await.body;
    assert_eq!(told["told"]["parallelCase"]["numbers"], json!(["10-222222-26", "10-123456-26"]), "under both numbers");
    let mut indicators: Vec<&str> = told["told"]["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line["indicator"]["code"].as_str())
        .collect();
    indicators.sort_unstable();
    assert_eq!(indicators, ["assault-simple", "stalking"], "with what is charged in either");
    let withdrawn = anna.withdrawn().await;
    assert_eq!(withdrawn.len(), 1);
    let told = anna.opens(&id(&withdrawn[0])).await.body;
    assert_eq!(told["withdrawn"]["because"]["code"], "goes-on-elsewhere", "{told:#}");
    assert_eq!(world.judge("judge-bram").inbox().await.len(), 1, "and so it is the other way round");

    // The family case goes to another court, where another judge has it.
    let mut there = CaseStory::new("family", "RBDHA", "contact");
    let events = [
        contact.event(
            "case-referred",
            &json!({ "to": { "court": "RBDHA", "number": "C/09/680111 / FA RK 26-17" }, "on": "2026-10-02" }),
        ),
        there.registered("contact-arrangement", "C/09/680111 / FA RK 26-17"),
        there.judges(&["judge-carla"]),
    ];
    world.hears(events).await;
    let carla = world.judge("judge-carla");
    let inbox = carla.inbox().await;
    assert_eq!(inbox.len(), 1, "before any party is registered there: {inbox:#?}");
    assert_eq!(id(&inbox[0]), signal, "it is the same signal");
    assert_eq!(anna.inbox().await.len(), 0, "the judge of before has no say in it any more");
    let parties = [
        there.party("q1", &["petitioner"], Some("father"), &people::pieter()),
        there.party("q2", &["respondent"], Some("mother"), &people::samira()),
        there.party("q3", &["minor"], Some("child"), &people::noor()),
    ];
    world.hears(parties).await;
    assert_eq!(carla.inbox().await.len(), 1, "no second one");
    let linked = world.state().await.into_iter().filter(|line| line.starts_with("link ")).count();
    assert_eq!(linked, 4, "either case of the one matter with either of the other, and none within a matter");

    // It was a mistake: the joinder is taken back.
    world.hears([assault.event("event-retracted", &json!({ "eventId": joined_by }))]).await;
    assert_eq!(carla.inbox().await.len(), 2, "they are two again");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_23_an_earlier_suspended_sentence_is_no_second_case() {
    let world = World::open().await;
    let ((_, family), (mut assault, criminal)) = (contact_case(), assault_case());
    let called_in = assault.event(
        "suspended-sentence-called-in",
        &json!({ "suspect": "d1", "earlier": "10-654321-24", "on": "2026-10-01" }),
    );
    world.hears(family.into_iter().chain(criminal).chain([called_in])).await;
    assert_eq!(world.judge("judge-anna").inbox().await.len(), 1);
    assert_eq!(world.facts("linker.matter-formed").await, 0, "nobody registered the earlier case here");
    let told = world.judge("judge-anna").inbox().await;
    assert!(!format!("{told:?}").contains("654321"), "nor is it told as if it were pending");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_is_withdrawn_links_nothing_and_its_judge_is_not_troubled() {
    let world = World::open().await;
    let ((mut contact, family), (_, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal)).await;
    assert_eq!(world.judge("judge-bram").inbox().await.len(), 1);
    world.hears([contact.event("case-withdrawn", &json!({ "on": "2026-10-01" }))]).await;
    assert!(world.judge("judge-anna").inbox().await.is_empty());
    let bram = world.judge("judge-bram");
    assert!(bram.inbox().await.is_empty());
    let told = bram.opens(&id(&bram.withdrawn().await[0])).await.body;
    assert_eq!(told["withdrawn"]["because"]["code"], "parallel-case-closed", "and not that it was a mistake");
    assert!(!world.state().await.iter().any(|line| line.starts_with("link ")));
    world.close().await;
}
