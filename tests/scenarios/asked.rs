//! What a judge asks another court, in the place of a combined hearing: what goes out, what comes back, and what does not.

use courthouse::events::{CaseEvent, CaseStory};
use futures::StreamExt as _;
use jiff::SignedDuration;
use serde_json::{Value, json};
use verband_tests::World;

use crate::handled::like_unknown;
use crate::{assault_case, contact_case, id};

fn asks() -> Value {
    json!({ "version": 1, "information": "state-of-affairs", "basis": "wjsg-8-1" })
}

fn answer(case: &mut CaseStory, request: &str, answer: &str, reason: Option<&str>) -> CaseEvent {
    let mut data = json!({ "requestId": request, "answer": answer, "on": "2026-09-20" });
    if let Some(reason) = reason {
        data["reason"] = json!(reason);
    }
    case.event("information-request-answered", &data)
}

/// The next event that a court hears on its subjects.
pub async fn hears(heard: &mut async_nats::Subscriber) -> (String, Value) {
    let message = tokio::time::timeout(std::time::Duration::from_secs(10), heard.next()).await.unwrap().unwrap();
    (message.subject.to_string(), serde_json::from_slice(&message.payload).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_asks_the_other_court_hears_it_and_its_answer_is_seen() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let mut heard = world.bus.client().subscribe("requests.v1.>").await.unwrap();
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let path = format!("/signals/{signal}/information-requests");

    let mut ids = Vec::new();
    for _ in 0..2 {
        let asked = anna.post(&path, &asks()).await;
        assert_eq!(asked.status, 201, "{asked:?}");
        let requests = asked.body["requests"].as_array().unwrap();
        assert_eq!(requests.len(), 1, "asked twice, sent once");
        assert_eq!(requests[0]["state"]["code"], "sent");
        assert_eq!(requests[0]["answerBy"], "2026-09-28", "ten working days");
        assert_eq!(requests[0]["basisUncertain"], true, "a jurist has yet to confirm it");
        ids.push(requests[0]["id"].as_str().unwrap().to_owned());
    }
    world.rests().await;
    let (subject, event) = hears(&mut heard).await;
    assert_eq!(subject, "requests.v1.criminal.rbrot.information-requested");
    assert_eq!(event["type"], "nl.information-requests.information-requested.v1");
    assert_eq!(event["data"]["caseNumbers"], json!(["10-123456-26"]), "the recipient's own case");
    assert_eq!(event["data"]["requestingCourt"], "RBROT");
    let said = event.to_string();
    assert!(!said.contains("712345") && !said.contains("judge-anna"), "{said}");
    for value in courthouse::dev::demo::personal_values() {
        assert!(!said.contains(value), "{value} is published");
    }

    let state = || async { anna.get(&path).await.body["requests"][0]["state"]["code"].clone() };
    world.hears([answer(&mut assault, &ids[0], "received", None)]).await;
    assert_eq!(state().await, "received");
    world.hears([answer(&mut assault, &ids[0], "answered-in-part", Some("investigation-interest"))]).await;
    let requests = anna.get(&path).await.body["requests"].clone();
    assert_eq!((&requests[0]["state"]["code"], &requests[0]["on"]), (&json!("answered-in-part"), &json!("2026-09-20")));
    assert_eq!(requests[0]["reason"]["label"]["nl"], "belang van het onderzoek");
    let listed = anna.get("/information-requests").await.body;
    assert_eq!(listed["requests"][0]["parallelCase"]["numbers"], json!(["10-123456-26"]));
    // What is answered can be asked again, as a request of its own.
    let again = anna.post(&path, &asks()).await.body;
    assert_eq!(again["requests"].as_array().unwrap().len(), 2);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_court_cannot_answer_and_an_answer_needs_a_reason_only_where_it_refuses() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let path = format!("/signals/{signal}/information-requests");
    let asked = anna.post(&path, &asks()).await.body;
    let request = asked["requests"][0]["id"].as_str().unwrap().to_owned();

    world.hears([answer(&mut contact, &request, "answered", None)]).await;
    assert_eq!(anna.get(&path).await.body["requests"][0]["state"]["code"], "sent", "that court was not asked");
    world.hears([answer(&mut assault, &request, "refused", None)]).await;
    assert_eq!(world.facts("intake.event-quarantined").await, 1, "a refusal says why");
    assert_eq!(anna.get(&path).await.body["requests"][0]["state"]["code"], "sent");

    for (wrong, status) in [
        (json!({ "version": 1, "information": "gossip", "basis": "wjsg-8-1" }), 400),
        (json!({ "version": 1, "information": "decision", "basis": "rv-810" }), 400),
        (json!({ "version": 1, "information": "decision", "basis": "wjsg-8-1", "answerBy": "2026-09-14" }), 400),
        (json!({ "version": 2, "information": "decision", "basis": "wjsg-8-1" }), 409),
    ] {
        assert_eq!(anna.post(&path, &wrong).await.status, status, "{wrong}");
    }
    let carla = world.judge("judge-carla");
    let unknown = "0190c9a2-7f3e-7c11-8d52-0242ac120002";
    let other = format!("/signals/{unknown}/information-requests");
    assert_eq!(like_unknown(carla.post(&path, &asks()).await), like_unknown(carla.post(&other, &asks()).await));
    assert_eq!(like_unknown(carla.get(&path).await), like_unknown(carla.get(&other).await));
    let back = |id: &str| format!("/information-requests/{id}/withdrawals");
    let theirs = like_unknown(carla.post(&back(&request), &Value::Null).await);
    assert_eq!(theirs, like_unknown(carla.post(&back(unknown), &Value::Null).await));
    assert_eq!(theirs.0, 404);
    assert_eq!(world.facts("alerts.access-refused").await, 6, "each attempt is on record");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_raises_attention_and_reminds_once() {
    let world = World::open().await;
    let ((_, contact), (_, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let path = format!("/signals/{signal}/information-requests");
    anna.post(&path, &asks()).await;
    world.rests().await;
    let mut heard = world.bus.client().subscribe("requests.v1.>").await.unwrap();

    world.clock.advance(SignedDuration::from_hours(15 * 24));
    assert_eq!(anna.get(&path).await.body["requests"][0]["overdue"], true);
    // The calendar is looked at every ten seconds.
    let begun = std::time::Instant::now();
    while world.facts("alerts.information-request-overdue").await == 0 {
        assert!(begun.elapsed().as_secs() < 40, "nobody was reminded");
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    world.rests().await;
    let (subject, event) = hears(&mut heard).await;
    assert_eq!(subject, "requests.v1.criminal.rbrot.information-request-overdue");
    assert_eq!(event["data"]["answerBy"], "2026-09-28");
    world.clock.advance(SignedDuration::from_hours(24));
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    assert_eq!(world.facts("alerts.information-request-overdue").await, 1);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_signal_its_requests_end_and_a_hidden_court_is_not_named() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    let hidden = contact.event("shielding-changed", &json!({ "partyId": "p2", "address": true, "person": false }));
    world.hears(told.into_iter().chain(events).chain([hidden])).await;
    let mut heard = world.bus.client().subscribe("requests.v1.>").await.unwrap();
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let path = format!("/signals/{signal}/information-requests");
    assert_eq!(anna.post(&path, &asks()).await.status, 201);
    world.rests().await;
    let (_, event) = hears(&mut heard).await;
    assert!(event["data"]["requestingCourt"].is_null(), "where she lives could be worked out from it: {event}");

    world.hears([assault.dismissed("01")]).await;
    let (subject, _) = hears(&mut heard).await;
    assert_eq!(subject, "requests.v1.criminal.rbrot.information-request-withdrawn");
    assert_eq!(anna.get(&path).await.body["requests"][0]["state"]["code"], "withdrawn");
    assert!(anna.get("/information-requests").await.body["requests"][0]["parallelCase"].is_null());
    let of_withdrawn = json!({ "version": 2, "information": "decision", "basis": "wjsg-8-1" });
    assert_eq!(anna.post(&path, &of_withdrawn).await.status, 409);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_takes_a_request_back() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let asked = anna.post(&format!("/signals/{signal}/information-requests"), &asks()).await.body;
    let request = asked["requests"][0]["id"].as_str().unwrap().to_owned();
    let back = format!("/information-requests/{request}/withdrawals");
    for _ in 0..2 {
        let withdrawn = anna.post(&back, &Value::Null).await;
        assert_eq!((withdrawn.status, &withdrawn.body["requests"][0]["state"]["code"]), (200, &json!("withdrawn")));
    }
    assert_eq!(world.facts("alerts.information-request-withdrawn").await, 1);
    world.hears([answer(&mut assault, &request, "answered", None)]).await;
    let after = anna.get(&format!("/signals/{signal}/information-requests")).await.body;
    assert_eq!(after["requests"][0]["state"]["code"], "withdrawn", "an answer that crosses changes nothing");
    world.close().await;
}
