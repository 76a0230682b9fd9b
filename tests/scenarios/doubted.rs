//! A judge doubts a link: stewards are asked about it, and what they rule is what the judge is shown.

use courthouse::events::{CaseStory, people};
use serde_json::{Value, json};
use verband_tests::{Steward, World};

use crate::{assault_case, contact_case, id};

/// A house in which judge-anna has a signal, and doubts it; with what the report names.
async fn doubted() -> (World, CaseStory, String) {
    let world = World::open().await;
    let ((_, contact), (assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    assert!(world.steward().queue().await.is_empty(), "by itself nobody would be asked");
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(anna.doubts(&signal, &json!({ "version": 1, "reason": "other-person" })).await.status, 200);
    world.rests().await;
    (world, assault, signal)
}

async fn state(world: &World, signal: &str) -> Value {
    world.judge("judge-anna").opens(signal).await.body["doubts"][0]["state"].clone()
}

fn ids(queue: &[Value]) -> Vec<String> {
    queue.iter().filter_map(|entry| entry["id"].as_str()).map(str::to_owned).collect()
}

/// Two stewards say the same of a question.
async fn two_say(stewards: &[Steward; 2], question: &str, same: bool, reason: &str) {
    for (steward, status) in stewards.iter().zip([202, 201]) {
        let said = steward.says(question, same, reason).await;
        assert_eq!(said.status, status, "{said:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_asks_stewards_and_when_they_confirm_the_judge_sees_it() {
    let (world, _, signal) = doubted().await;
    let stewards = ["steward-dirk", "steward-hanna"].map(|name| world.at_desk(name, &["steward"]));
    let queue = stewards[0].queue().await;
    assert_eq!(world.facts("steward.question-raised").await, 2, "one for each person that the cases share");
    assert_eq!(queue.len(), 2, "{queue:#?}");
    for entry in &queue {
        assert_eq!((&entry["kind"], &entry["twoBecause"]), (&json!("doubted"), &json!(["confirmed-groups"])));
        assert_eq!(entry["cases"].as_array().unwrap().len(), 2);
        assert!(entry["cases"].as_array().unwrap().iter().all(|case| case["court"] == "RBROT"), "{entry}");
        let text = entry.to_string();
        assert!(!text.contains("anna") && !text.contains("300"), "who doubts, and about what, is not for the desk");
    }
    assert_eq!(stewards[0].get("/questions?kind=doubted").await.body["questions"].as_array().unwrap().len(), 2);
    assert_eq!(stewards[0].opens(&ids(&queue)[0]).await.body["kind"], "doubted");

    for question in ids(&queue) {
        assert_eq!(state(&world, &signal).await == "waiting", question == ids(&queue)[0]);
        two_say(&stewards, &question, true, "seen-in-file").await;
        world.rests().await;
    }
    assert_eq!(state(&world, &signal).await, "confirmed");
    assert!(stewards[0].queue().await.is_empty());
    assert_eq!(world.judge("judge-anna").inbox().await.len(), 1, "and the signal stands");
    assert!(world.follows_from_the_journal().await);

    // The same report again is the same; another judge's asks anew, and what was ruled stays on record.
    let bram = world.judge("judge-bram");
    let other = bram.inbox().await.remove(0);
    let doubt = json!({ "version": other["version"], "reason": "wrong-role" });
    assert_eq!(bram.doubts(&id(&other), &doubt).await.status, 200);
    world.rests().await;
    let queue = stewards[0].queue().await;
    assert_eq!(queue.len(), 2);
    assert_eq!(stewards[0].opens(&ids(&queue)[0]).await.body["rulings"].as_array().unwrap().len(), 1);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_stewards_reject_the_link_goes_and_the_judge_sees_that_too() {
    let (world, _, signal) = doubted().await;
    let stewards = ["steward-dirk", "steward-hanna"].map(|name| world.at_desk(name, &["steward"]));
    for question in ids(&stewards[0].queue().await) {
        two_say(&stewards, &question, false, "identifier-swapped").await;
        world.rests().await;
    }
    assert_eq!(state(&world, &signal).await, "corrected");
    assert!(world.judge("judge-anna").inbox().await.is_empty(), "the signal is withdrawn");
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_court_corrects_before_anybody_rules_is_asked_no_more() {
    let (world, mut assault, signal) = doubted().await;
    let dirk = world.steward();
    let before = ids(&dirk.queue().await);
    world.hears([assault.event("party-removed", &json!({ "partyId": "d1" }))]).await;
    let after = ids(&dirk.queue().await);
    assert_eq!((before.len(), after.len()), (2, 1), "the other person is still taken for one");
    let gone = before.iter().find(|question| !after.contains(question)).unwrap();
    let shown = dirk.opens(gone).await.body;
    assert_eq!((&shown["status"], &shown["withdrawnBecause"]), (&json!("withdrawn"), &json!("evidence-changed")));
    assert_eq!(world.facts("steward.question-lapsed").await, 1);
    assert_eq!(state(&world, &signal).await, "corrected");
    assert_eq!(dirk.does(reqwest::Method::PUT, gone, "claim").await.status, 409, "nobody takes it up any more");
    // It comes back as somebody else: nothing is asked about that, since nobody doubted it.
    world.hears([assault.party("d9", &["suspect"], None, &people::pieter())]).await;
    assert_eq!(ids(&dirk.queue().await), after);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_about_a_case_that_went_on_in_another_asks_about_the_records_of_the_earlier_one() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    let mut threat = CaseStory::new("criminal", "RBROT", "threat");
    let into = json!({ "into": { "court": "RBROT", "number": "10/123457-26" }, "on": "2026-09-10" });
    let joined = [
        threat.registered("adult-criminal", "10/123457-26"),
        threat.judges(&["judge-bram"]),
        assault.event("case-joined", &into),
    ];
    world.hears(contact.into_iter().chain(events).chain(joined)).await;
    let anna = world.judge("judge-anna");
    let signal = anna.inbox().await.remove(0);
    let doubt = json!({ "version": signal["version"], "reason": "other-person" });
    assert_eq!(anna.doubts(&id(&signal), &doubt).await.status, 200);
    world.rests().await;
    let data = world.fact_data("alerts.link-doubted").await;
    assert_ne!(data["parallel"], json!(assault.case_id().to_string()), "it goes on as the other");
    let dirk = world.steward();
    let queue = dirk.queue().await;
    assert_eq!(queue.len(), 2, "{queue:#?}");
    for question in ids(&queue) {
        let opened = dirk.opens(&question).await.body;
        assert_eq!((&opened["kind"], &opened["doubted"]), (&json!("doubted"), &json!(true)));
        let numbers: Vec<&Value> =
            opened["records"].as_array().unwrap().iter().map(|one| &one["caseNumbers"]).collect();
        assert!(numbers.iter().any(|of| of.to_string().contains("123456")), "the earlier case: {numbers:?}");
    }
    let stewards = ["steward-dirk", "steward-hanna"].map(|name| world.at_desk(name, &["steward"]));
    for question in ids(&queue) {
        two_say(&stewards, &question, true, "seen-in-file").await;
        world.rests().await;
    }
    assert_eq!(state(&world, &id(&signal)).await, "confirmed");
    world.close().await;
}
