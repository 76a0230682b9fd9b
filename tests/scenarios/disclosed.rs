//! What parties are told of a signal, and what never.

use courthouse::events::{CaseStory, people};
use serde_json::{Value, json};
use verband_tests::{Judge, World};

use crate::handled::like_unknown;
use crate::{assault_case, contact_case, id};

/// The recipient of a role, as the API names them.
async fn recipient(judge: &Judge, signal: &str, label: &str) -> String {
    let all = judge.get(&format!("/signals/{signal}/recipients")).await.body;
    let all = all["recipients"].as_array().unwrap().clone();
    let found = all.iter().find(|one| one["label"]["nl"] == label);
    found.unwrap_or_else(|| panic!("{label} in {all:?}"))["id"].as_str().unwrap().to_owned()
}

/// What a party version says, in both languages.
fn said(party_version: &Value) -> String {
    party_version["text"].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_is_told_of_their_own_case_after_a_clerk_let_it_go() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    let clerk = contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] }));
    world.hears(told.into_iter().chain(events).chain([clerk])).await;
    let anna = world.judge("judge-anna");
    let elif = world.at_alerts("clerk-elif", &["clerk"]);
    let signal = id(&anna.inbox().await[0]);
    let father = recipient(&anna, &signal, "verzoeker (vader)").await;
    let path = format!("/signals/{signal}/party-versions");

    let asks = json!({ "version": 1, "recipient": father });
    for _ in 0..2 {
        let asked = anna.post(&path, &asks).await;
        assert_eq!((asked.status, asked.body["partyVersions"].as_array().map(Vec::len)), (201, Some(1)), "{asked:?}");
    }
    let waiting = elif.get("/party-versions").await.body;
    let version = &waiting["partyVersions"][0];
    let text = said(version);
    assert!(text.contains("10-123456-26") && text.contains("verdachte"), "{text}");
    assert!(!text.contains("slachtoffer") && !text.contains("moeder"), "nobody else stands in it: {text}");
    let id = version["id"].as_str().unwrap().to_owned();

    let tells = json!({ "on": "2026-09-14" });
    let telling = format!("/party-versions/{id}/tellings");
    assert_eq!(anna.post(&telling, &tells).await.status, 409, "nobody has checked it");
    let check = format!("/party-versions/{id}/checks");
    assert_eq!(anna.post(&check, &json!({ "released": true })).await.status, 403, "a judge is no clerk");
    assert_eq!(elif.post(&check, &json!({ "released": false })).await.status, 400, "a refusal says why");
    for _ in 0..2 {
        let released = elif.post(&check, &json!({ "released": true })).await;
        assert_eq!((released.status, &released.body["state"]), (200, &json!("released")));
    }
    let refuses = json!({ "released": false, "reason": "others-case" });
    assert_eq!(elif.post(&check, &refuses).await.status, 409);
    for _ in 0..2 {
        assert_eq!(anna.post(&telling, &tells).await.body["state"], "told");
    }
    assert_eq!(world.facts("alerts.party-version-told").await, 1);
    assert!(elif.get("/party-versions").await.body["partyVersions"].as_array().unwrap().is_empty());

    // Scenario 25: the correction shows that it had been disclosed, and no longer what.
    world.hears([assault.dismissed("01")]).await;
    let after = anna.get(&path).await.body["partyVersions"][0].clone();
    assert_eq!((&after["hadBeenDisclosed"], &after["toldOn"]), (&json!(true), &json!("2026-09-14")));
    assert!(after["text"].is_null() && !after.to_string().contains("123456"), "{after}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_17_a_hidden_court_is_hinted_at_to_nobody_by_a_party_version() {
    let world = World::open().await;
    let (mut contact, told) = contact_case();
    // She moved, and her case is where she lives now.
    let mut assault = CaseStory::new("criminal", "RBAMS", "assault-elsewhere");
    let events = [
        contact.event("shielding-changed", &json!({ "partyId": "p2", "address": true, "person": false })),
        contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] })),
        assault.registered("adult-criminal", "13/654321-26"),
        assault.party("d1", &["suspect"], None, &people::pieter()),
        assault.party("d2", &["victim"], None, &people::samira()),
        assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
    ];
    world.hears(told.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let path = format!("/signals/{signal}/party-versions");
    let father = recipient(&anna, &signal, "verzoeker (vader)").await;
    let for_father = anna.post(&path, &json!({ "version": 1, "recipient": father })).await.body;
    let text = said(&for_father["partyVersions"][0]);
    for hint in ["Amsterdam", "RBAMS", "654321", "strafzaak", "verdachte", "criminal"] {
        assert!(!text.contains(hint), "{hint} in {text}");
    }
    let mother = recipient(&anna, &signal, "verweerster (moeder)").await;
    let for_mother = anna.post(&path, &json!({ "version": 1, "recipient": mother })).await.body;
    let hers = said(&for_mother["partyVersions"][1]);
    assert!(hers.contains("654321") && hers.contains("slachtoffer") && !hers.contains("verdachte"), "{hers}");
    for value in courthouse::dev::demo::personal_values() {
        assert!(!text.contains(value) && !hers.contains(value), "{value} is told");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_the_case_learns_nothing_of_what_parties_are_told() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    let clerk = contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] }));
    world.hears(told.into_iter().chain(events).chain([clerk])).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let father = recipient(&anna, &signal, "verzoeker (vader)").await;
    let asks = json!({ "version": 1, "recipient": father });
    let path = |id: &str| format!("/signals/{id}/party-versions");
    let asked = anna.post(&path(&signal), &asks).await.body;
    let version = asked["partyVersions"][0]["id"].as_str().unwrap().to_owned();
    let unknown = "0190c9a2-7f3e-7c11-8d52-0242ac120002";

    let carla = world.judge("judge-carla");
    assert_eq!(
        like_unknown(carla.post(&path(&signal), &asks).await),
        like_unknown(carla.post(&path(unknown), &asks).await)
    );
    assert_eq!(like_unknown(carla.get(&path(&signal)).await), like_unknown(carla.get(&path(unknown)).await));
    let recipients = |id: &str| format!("/signals/{id}/recipients");
    assert_eq!(
        like_unknown(carla.get(&recipients(&signal)).await),
        like_unknown(carla.get(&recipients(unknown)).await)
    );
    let telling = |id: &str| format!("/party-versions/{id}/tellings");
    let tells = json!({ "on": "2026-09-14" });
    assert_eq!(
        like_unknown(carla.post(&telling(&version), &tells).await),
        like_unknown(carla.post(&telling(unknown), &tells).await)
    );
    let other = world.at_alerts("clerk-else", &["clerk"]);
    let check = |id: &str| format!("/party-versions/{id}/checks");
    let releases = json!({ "released": true });
    let theirs = like_unknown(other.post(&check(&version), &releases).await);
    assert_eq!(theirs, like_unknown(other.post(&check(unknown), &releases).await));
    assert_eq!(theirs.0, 404);
    assert!(other.get("/party-versions").await.body["partyVersions"].as_array().unwrap().is_empty());
    assert_eq!(world.facts("alerts.access-refused").await, 10, "each attempt is on record");

    // What has changed is neither released nor told.
    world.hears([assault.verdict("c1", "convicted")]).await;
    let elif = world.at_alerts("clerk-elif", &["clerk"]);
    assert_eq!(elif.post(&check(&version), &releases).await.status, 409);
    assert_eq!(anna.post(&path(&signal), &asks).await.status, 409);
    assert_eq!(anna.post(&path(&signal), &json!({ "version": 2, "recipient": unknown })).await.status, 400);
    world.close().await;
}
