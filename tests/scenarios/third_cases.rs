//! What was decided for good in a third case counts in two others; and what comes while a decision is pending, or after somebody read,
//! is not left lying.

use courthouse::events::{CaseEvent, CaseStory, people};
use serde_json::{Value, json};
use verband_tests::{Judge, TODAY, World};

use crate::{assault_case, contact_case, id};

/// The indicators, tiers and statuses of the signal about the case with this number.
async fn lines(judge: &Judge, number: &str) -> Vec<(String, u64, String)> {
    for signal in judge.inbox().await {
        let told = judge.opens(&id(&signal)).await.body;
        if told["told"]["parallelCase"]["numbers"].to_string().contains(number) {
            let lines = told["told"]["indicators"].as_array().cloned().unwrap_or_default();
            let code = |line: &Value, what: &str| line[what]["code"].as_str().unwrap_or_default().to_owned();
            let line = |line: &Value| {
                (code(line, "indicator"), line["tier"]["number"].as_u64().unwrap_or_default(), code(line, "status"))
            };
            return lines.iter().map(line).collect();
        }
    }
    Vec::new()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_convicted_before_is_told_of_with_that_whichever_comes_last() {
    let (mut earlier, mut threat) =
        (CaseStory::new("criminal", "RBAMS", "earlier"), CaseStory::new("criminal", "RBROT", "threat"));
    let mut convicted: Vec<CaseEvent> = vec![
        earlier.registered("adult-criminal", "13/616162-24"),
        earlier.party("d1", &["suspect"], None, &people::pieter()),
        earlier.party("d2", &["victim"], None, &people::samira()),
        earlier.charge("c1", "d1", &["d2"], &["300", "304"], "2024-06-01"),
        earlier.verdict("c1", "convicted"),
    ];
    let last = earlier.event("case-became-final", &json!({ "on": "2025-02-01" }));
    convicted.push(last.clone());
    let charged = [
        threat.registered("adult-criminal", "10/616161-26"),
        threat.party("d1", &["suspect"], None, &people::pieter()),
        threat.party("d2", &["victim"], None, &people::samira()),
        threat.charge("c1", "d1", &["d2"], &["285"], "2026-06-01"),
    ];
    let line = |indicator: &str, tier, status: &str| (indicator.to_owned(), tier, status.to_owned());
    let expected = [line("threat", 2, "S30"), line("recidivism-dv", 2, "S50")];
    for reversed in [false, true] {
        let world = World::open().await;
        let anna = world.judge("judge-anna");
        world.hears(contact_case().1).await;
        if reversed {
            for event in convicted.iter().chain(&charged).rev() {
                world.hears([event.clone()]).await;
            }
        } else {
            world.hears(charged.clone()).await;
            assert_eq!(lines(&anna, "616161").await, [line("threat", 3, "S30")]);
            world.hears(convicted.clone()).await;
        }
        let mut told = lines(&anna, "616161").await;
        told.sort_by_key(|(indicator, ..)| indicator != "threat");
        assert_eq!(told, expected, "reversed: {reversed}");
        if !reversed {
            world.hears([earlier.event("event-retracted", &json!({ "eventId": last.body["id"] }))]).await;
            assert_eq!(lines(&anna, "616161").await, [line("threat", 3, "S30")], "it was not final");
        }
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_20_a_request_for_contact_that_comes_too_soon_in_another_case() {
    let world = World::open().await;
    let (mut contact, family) = contact_case();
    let mut killing = CaseStory::new("criminal", "RBROT", "killing");
    let mut again = CaseStory::new("family", "RBROT", "again");
    let denied = json!({ "children": ["p3"], "with": "p1", "from": "2026-10-10", "until": "2029-10-10" });
    let events = [
        killing.registered("adult-criminal", "10/202021-26"),
        killing.party("d1", &["suspect"], None, &people::pieter()),
        killing.party("d2", &["victim"], None, &people::samira()),
        killing.charge("c1", "d1", &["d2"], &["287"], "2026-09-05"),
        again.event(
            "case-registered",
            &json!({
                "proceeding": "contact-arrangement", "court": "RBROT", "numbers": "C/10/712346 / FA RK 28-1",
                "registeredOn": "2028-05-01",
            }),
        ),
        again.party("q1", &["petitioner"], Some("father"), &people::pieter()),
        again.party("q2", &["interested-party"], Some("mother"), &people::samira()),
        again.party("q3", &["minor"], Some("child"), &people::noor()),
        again.judges(&["judge-carla"]),
        contact.event("contact-denied", &denied),
    ];
    world.hears(family.into_iter().chain(events)).await;
    let carla = world.judge("judge-carla");
    let told = async || {
        let mut of_kind = carla.inbox().await.into_iter().filter(|signal| signal["kind"]["code"] == "partner-killing");
        let signal = id(&of_kind.next().expect("the killing is told"));
        (carla.opens(&signal).await.body["told"]["killing"].clone(), carla.page(&format!("/signals/{signal}")).await.1)
    };
    let (line, page) = told().await;
    assert!(line["requestFrom"].is_null() && !page.contains("te vroeg"), "it is not final yet: {line}");
    world.hears([contact.event("case-became-final", &json!({ "on": "2027-01-10" }))]).await;
    let (line, page) = told().await;
    assert_eq!((&line["requestFrom"], &line["tooSoon"]), (&json!("2029-01-10"), &json!(true)), "{line}");
    assert!(page.contains("mogelijk te vroeg"), "{page}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_serious_is_urgent_while_a_decision_is_pending() {
    let world = World::open().await;
    let (mut contact, family) = contact_case();
    world.hears(family.into_iter().chain(assault_case().1)).await;
    let anna = world.judge("judge-anna");
    let urgency = async || anna.inbox().await[0]["urgency"]["code"].clone();
    assert_eq!(urgency().await, "normal");
    let phase = |contact: &mut CaseStory, phase: &str| {
        contact.event("phase-entered", &json!({ "phase": phase, "on": TODAY.to_string() }))
    };
    world.hears([phase(&mut contact, "decision-scheduled")]).await;
    assert_eq!(urgency().await, "urgent");
    // It is reopened.
    world.hears([phase(&mut contact, "adjourned")]).await;
    assert_eq!(urgency().await, "normal");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_after_reading_stands_a_step_higher_for_who_read() {
    let world = World::open().await;
    let ((mut contact, family), (mut assault, criminal)) = (contact_case(), assault_case());
    let both = contact.judges(&["judge-anna", "judge-cas"]);
    world.hears(family.into_iter().chain(criminal).chain([both])).await;
    let (anna, cas) = (world.judge("judge-anna"), world.judge("judge-cas"));
    let urgency = async |judge: &Judge| judge.inbox().await[0]["urgency"]["code"].clone();
    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;
    world.hears([contact.hearing("h2", TODAY.checked_add(jiff::ToSpan::days(40)).unwrap())]).await;
    assert_eq!(urgency(&anna).await, "normal", "another hearing is no news of that kind");
    world.hears([assault.verdict("c1", "convicted")]).await;
    assert_eq!((urgency(&anna).await, urgency(&cas).await), (json!("high"), json!("normal")), "news for who read");
    anna.opens(&signal).await;
    assert_eq!(urgency(&anna).await, "normal", "and now she has");
    world.close().await;
}
