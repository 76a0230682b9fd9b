//! What a case keeps from others stays kept: on appeal, when it comes late, and where only a child leads to who hides.

use courthouse::events::{CaseStory, people};
use serde_json::json;
use verband_tests::World;

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_against_a_minor_stays_closed_on_appeal() {
    let world = World::open().await;
    let mut youth = CaseStory::new("criminal", "RBROT", "against-minor");
    let first = [
        youth.registered("youth-criminal", "10/525252-26"),
        youth.party("d1", &["suspect"], None, &people::noor()),
        youth.party("d2", &["victim"], None, &people::samira()),
        youth.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
    ];
    let mut hof = CaseStory::new("criminal", "GHDHA", "against-minor-appeal");
    let appealed = json!({
        "proceeding": "criminal-appeal", "court": "GHDHA", "numbers": "22-000523-26", "registeredOn": "2026-11-01",
        "follows": { "court": "RBROT", "number": "10/525252-26" },
    });
    let second = [
        hof.event("case-registered", &appealed),
        hof.party("d1", &["suspect"], None, &people::noor()),
        hof.party("d2", &["victim"], None, &people::samira()),
        hof.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
        hof.judges(&["judge-dora"]),
    ];
    world.hears(contact_case().1.into_iter().chain(first).chain(second)).await;
    assert!(world.facts("linker.cases-linked").await > 0, "the same persons stand in all three");
    // Whether it was told for a moment, before the two were known to be one matter, is another question.
    for judge in ["judge-anna", "judge-dora"] {
        let told = world.judge(judge).inbox().await;
        assert!(told.is_empty(), "{judge}: {told:#?}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_about_parentage_stays_a_secret_on_appeal() {
    let world = World::open().await;
    let mut secret = CaseStory::new("family", "RBROT", "parentage");
    let first = [
        secret.registered("parentage", "C/10/535353 / FA RK 26-53"),
        secret.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        secret.party("p2", &["respondent"], Some("mother"), &people::samira()),
    ];
    let mut hof = CaseStory::new("family", "GHDHA", "parentage-appeal");
    let appealed = json!({
        "proceeding": "family-appeal", "court": "GHDHA", "numbers": "200.535.353/01", "registeredOn": "2026-11-01",
        "follows": { "court": "RBROT", "number": "C/10/535353 / FA RK 26-53" },
    });
    let second = [
        hof.event("case-registered", &appealed),
        hof.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        hof.party("p2", &["respondent"], Some("mother"), &people::samira()),
    ];
    world.hears(assault_case().1.into_iter().chain(first).chain(second)).await;
    let told = world.judge("judge-bram").inbox().await;
    assert!(told.is_empty(), "{told:#?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_the_child_leads_to_who_hides_the_court_is_not_named() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBNNE", "hides");
    let mut assault = CaseStory::new("criminal", "RBROT", "of-the-child");
    world
        .hears([
            contact.registered("contact-arrangement", "C/18/712999 / FA RK 26-99"),
            contact.party("p1", &["petitioner"], Some("father"), &people::pieter()),
            contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
            contact.party("p3", &["minor"], Some("child"), &people::noor()),
            contact.event("shielding-changed", &json!({ "partyId": "p2", "address": true, "person": false })),
            assault.registered("adult-criminal", "10/129999-26"),
            assault.party("d1", &["suspect"], None, &people::pieter()),
            assault.party("d3", &["victim"], None, &people::noor()),
            assault.judges(&["judge-bram"]),
            assault.charge("c1", "d1", &["d3"], &["300", "304"], "2026-03-07"),
        ])
        .await;
    let bram = world.judge("judge-bram");
    let inbox = bram.inbox().await;
    assert_eq!(inbox.len(), 1, "that there is a family case is told");
    let opened = bram.opens(&id(&inbox[0])).await.body.to_string();
    for tells in ["712999", "Noord-Nederland", "RBNNE"] {
        assert!(!opened.contains(tells) && !inbox[0].to_string().contains(tells), "{tells}: {opened}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embargo_that_comes_late_takes_back_what_was_told_and_says_nothing_wrong() {
    let world = World::open().await;
    let (mut assault, criminal) = assault_case();
    world.hears(contact_case().1.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    world.hears([assault.event("embargo-imposed", &json!({ "on": "2026-11-20" }))]).await;
    assert!(anna.inbox().await.is_empty());
    let withdrawn = anna.opens(&signal).await.body;
    let because = &withdrawn["withdrawn"]["because"]["code"];
    assert_eq!(because, "nothing-to-tell", "the two cases do concern one person: {withdrawn}");
    world.hears([assault.event("embargo-lifted", &json!({ "on": "2026-11-25" }))]).await;
    assert_eq!(anna.inbox().await.len(), 1, "and it is told again");
    world.close().await;
}
