//! What a judge does with a signal, beyond reading it.

use serde_json::{Value, json};
use verband_tests::{Answer, World};

use crate::{assault_case, contact_case, id};

/// An answer without the one thing that differs between any two.
pub fn like_unknown(mut answer: Answer) -> (u16, Value) {
    answer.body.as_object_mut().expect("a problem").remove("traceId");
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_judge_weighs_a_signal_says_it_was_of_use_and_the_trail_shows_it() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);

    let weighed = json!({ "version": 1, "done": "weighed-in-decision", "on": "2026-09-14", "decision": "interim" });
    for _ in 0..2 {
        let trail = anna.handles(&signal, &weighed).await;
        assert_eq!(trail.status, 200, "{trail:?}");
        assert_eq!(trail.body["handlings"].as_array().unwrap().len(), 1, "the same again changes nothing");
        assert_eq!(trail.body["handlings"][0]["decision"]["label"]["nl"], "tussenbeschikking of tussenvonnis");
    }
    let wrong = json!({ "version": 1, "done": "weighed-in-decision", "on": "2026-09-14", "decision": "warrant" });
    assert_eq!(anna.handles(&signal, &wrong).await.status, 400, "a family judge gives no warrant");

    let rating = json!({ "version": 1, "useful": true, "reason": "led-to-questions" });
    for _ in 0..2 {
        let rated = anna.rates(&signal, &rating).await;
        assert_eq!((rated.status, &rated.body["rating"]["reason"]), (200, &json!("led-to-questions")));
    }
    assert_eq!(world.facts("alerts.signal-rated").await, 1);
    let odd = json!({ "version": 1, "useful": false, "reason": "led-to-questions" });
    assert_eq!(anna.rates(&signal, &odd).await.status, 400);

    // What has changed cannot be weighed or rated as it was.
    world.hears([assault.verdict("c1", "convicted")]).await;
    assert_eq!(
        anna.handles(&signal, &weighed).await.status,
        200,
        "a request that is sent again still answers the same"
    );
    let later = json!({ "version": 1, "done": "weighed-in-decision", "on": "2026-09-15", "decision": "final" });
    assert_eq!(anna.handles(&signal, &later).await.status, 409);
    assert_eq!(anna.rates(&signal, &odd).await.status, 400);
    assert_eq!(anna.rates(&signal, &rating).await.status, 409);
    assert_eq!(anna.opens(&signal).await.body["handlings"][0]["version"], 1, "what was done stays on its version");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubted_link_waits_for_the_steward_and_the_judge_sees_what_became_of_it() {
    let world = World::open().await;
    let ((contact, told), (assault, events)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);

    let doubt = json!({ "version": 1, "reason": "other-person" });
    for _ in 0..2 {
        let doubted = anna.doubts(&signal, &doubt).await;
        assert_eq!(doubted.status, 200, "{doubted:?}");
        assert_eq!(doubted.body["doubts"].as_array().unwrap().len(), 1, "once is enough");
        assert_eq!(doubted.body["doubts"][0]["state"], "waiting");
    }
    assert_eq!(anna.inbox().await.len(), 1, "it stands until somebody rules");
    // The report names the records that a person has to look at.
    let report = world.fact_data("alerts.link-doubted").await;
    let mut records = [contact.party_id("p1").to_string(), assault.party_id("d1").to_string()];
    records.sort();
    let pairs = report["records"].as_array().unwrap();
    assert!(pairs.contains(&json!({ "a": records[0], "b": records[1] })), "{pairs:?}");

    // Setting it aside for that reason reports the same, and says nothing new.
    let aside = json!({ "version": 1, "done": "set-aside", "reason": "link-doubted" });
    assert_eq!(anna.handles(&signal, &aside).await.status, 200);
    assert_eq!(world.facts("alerts.link-doubted").await, 1);

    // The court takes back who the suspect was: the link goes, and the report is answered.
    let mut assault = assault;
    world.hears([assault.event("party-removed", &json!({ "partyId": "d1" }))]).await;
    assert!(anna.inbox().await.is_empty());
    let answered = anna.opens(&signal).await;
    assert_eq!(answered.body["doubts"][0]["state"], "corrected");
    assert_eq!(anna.doubts(&signal, &json!({ "version": 2, "reason": "wrong-case" })).await.status, 409);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_can_neither_rate_nor_doubt_what_is_not_theirs() {
    let world = World::open().await;
    let ((_, contact), (_, assault)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(assault)).await;
    let signal = id(&world.judge("judge-anna").inbox().await[0]);
    let carla = world.judge("judge-carla");
    let unknown = "0190c9a2-7f3e-7c11-8d52-0242ac120002";
    let rating = json!({ "version": 1, "useful": true });
    let doubt = json!({ "version": 1, "reason": "other-person" });
    assert_eq!(like_unknown(carla.rates(&signal, &rating).await), like_unknown(carla.rates(unknown, &rating).await));
    assert_eq!(like_unknown(carla.doubts(&signal, &doubt).await), like_unknown(carla.doubts(unknown, &doubt).await));
    assert_eq!(carla.doubts(&signal, &doubt).await.status, 404);
    assert_eq!(world.facts("alerts.access-refused").await, 5, "each attempt is on record");
    assert_eq!(world.facts("alerts.link-doubted").await + world.facts("alerts.signal-rated").await, 0);
    world.close().await;
}
