//! What links two cases, what must not, and what a steward has to say.

use courthouse::events::{CaseStory, people, person};
use verband_tests::World;

use crate::{assault_case, contact_case};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_4_a_shared_lawyer_links_nothing() {
    let world = World::open().await;
    let (mut contact, events) = contact_case();
    let mut other = CaseStory::new("criminal", "RBAMS", "other");
    let shared = |story: &mut CaseStory, party: &str, role: &str| story.party(party, &[role], None, &people::bakker());
    let all = events.into_iter().chain([
        shared(&mut contact, "p7", "lawyer"),
        shared(&mut contact, "p8", "interpreter"),
        shared(&mut contact, "p9", "child-protection-worker"),
        other.registered("adult-criminal", "13/654321-26"),
        other.party("d1", &["suspect"], None, &people::jansen()),
        shared(&mut other, "d7", "lawyer"),
        shared(&mut other, "d8", "interpreter"),
        other.charge("c1", "d1", &[], &["300"], "2026-05-02"),
    ]);
    world.hears(all).await;
    for kind in ["linker.person-certain", "linker.match-possible", "linker.cases-linked", "alerts.signal-raised"] {
        assert_eq!(world.facts(kind).await, 0, "{kind}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_7_a_swapped_number_is_a_conflict_and_its_correction_a_link() {
    let world = World::open().await;
    let (_, assault) = assault_case();
    world.hears(assault).await;
    // The petition lists Pieter under Samira's number.
    let swapped = person(["van den", "Berg", "Pieter", "1987-11-02", "999991000"]);
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let petition = [
        contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812"),
        contact.party("p1", &["petitioner"], Some("father"), &swapped),
        contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
        contact.party("p3", &["minor"], Some("child"), &people::noor()),
        contact.judges(&["judge-anna"]),
    ];
    world.hears(petition).await;

    let queue = world.steward().queue().await;
    let mut rules: Vec<&str> = queue.iter().filter_map(|question| question["rule"].as_str()).collect();
    rules.sort_unstable();
    // Whose number it is that two have; and why one person has two.
    assert_eq!(rules, ["number-contradicted", "numbers-differ"], "{queue:#?}");
    assert!(queue.iter().all(|question| question["kind"] == "conflict"));
    assert_eq!(world.facts("linker.cases-linked").await, 1, "Samira links the cases all the same");
    assert!(world.judge("judge-anna").inbox().await.is_empty(), "but nobody says who the suspect is to this child");

    world.hears([contact.details("p1", &people::pieter())]).await;
    assert!(world.steward().queue().await.is_empty(), "nothing contradicts any more");
    let inbox = world.judge("judge-anna").inbox().await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0]["kind"]["code"], "violence-indication");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_decides_what_the_rules_must_not() {
    let world = World::open().await;
    let (_, contact) = contact_case();
    let mut threat = CaseStory::new("criminal", "RBDHA", "threat");
    // The police know the suspect by name and birth date only.
    let events = [
        threat.registered("adult-criminal", "09/222333-26"),
        threat.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""])),
        threat.party("d2", &["victim"], None, &people::samira()),
        threat.charge("c1", "d1", &["d2"], &["285"], "2026-06-20"),
    ];
    world.hears(contact.into_iter().chain(events)).await;
    let (steward, anna) = (world.steward(), world.judge("judge-anna"));
    assert!(anna.inbox().await.is_empty(), "a possible match tells nobody anything");

    let queue = steward.queue().await;
    assert_eq!(queue.len(), 1, "{queue:#?}");
    let question = queue[0]["id"].as_str().unwrap().to_owned();
    let shown = steward.opens(&question).await.body.to_string();
    assert!(shown.contains("Pieter"), "the steward sees who it is");
    assert!(!shown.contains("999991036"), "but no whole number");
    for word in ["285", "threat", "bedreiging", "suspicion"] {
        assert!(!shown.contains(word), "and nothing of what it is about: {word}");
    }

    assert_eq!(steward.rules(&question, true, "seen-in-file").await.status, 201);
    world.rests().await;
    assert!(steward.queue().await.is_empty());
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    let told = anna.opens(inbox[0]["signal"].as_str().unwrap()).await.body;
    assert_eq!(told["told"]["linkBasis"]["code"], "hard", "Samira links by her number");

    // On second thoughts they are two.
    assert_eq!(steward.rules(&question, false, "source-confirmed").await.status, 201);
    world.rests().await;
    assert!(anna.inbox().await.is_empty());
    assert_eq!(anna.withdrawn().await.len(), 1, "and the judge is told that it no longer stands");
    assert!(steward.queue().await.is_empty(), "a rejected pair does not come back");
    world.close().await;
}
