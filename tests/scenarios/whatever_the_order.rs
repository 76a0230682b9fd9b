//! What waits follows from the set of events, and not from the order in which they came.

use std::collections::BTreeMap;

use courthouse::events::{CaseEvent, CaseStory};
use jiff::civil::date;
use serde_json::json;
use verband_tests::World;

use crate::publishers::ONE;

/// A case's story, told of a case of this name.
type Story = fn(&str) -> Vec<CaseEvent>;
/// How many events wait for which thing.
type Waiting = &'static [(&'static str, usize)];

fn charge_taken_back(name: &str) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("criminal", "RBROT", name);
    let charge = case.charge("c1", "p1", &[], &["Sr 300"], "2026-07-04");
    let verdict = case.verdict("c1", "convicted");
    let back = case.event("event-retracted", &json!({ "eventId": charge.body["id"] }));
    vec![charge, verdict, back]
}

fn planning_taken_back(name: &str) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("family", "RBROT", name);
    let planned = case.hearing("h1", date(2026, 10, 12));
    let moved = case.event("hearing-moved", &json!({ "hearingId": "h1", "on": "2026-11-09" }));
    let back = case.event("event-retracted", &json!({ "eventId": planned.body["id"] }));
    vec![planned, moved, back]
}

fn child_taken_back(name: &str) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("family", "RBROT", name);
    let child = case.party("p3", &["minor"], None, &courthouse::events::people::noor());
    let denied = case.event(
        "contact-denied",
        &json!({ "children": ["p3"], "with": "p1", "from": "2026-11-02", "until": "2027-11-02" }),
    );
    let back = case.event("event-retracted", &json!({ "eventId": child.body["id"] }));
    vec![child, denied, back]
}

fn party_corrected_to_another(name: &str) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("criminal", "RBROT", name);
    let wrong = case.party("p1", &["suspect"], None, &courthouse::events::people::pieter());
    let charge = case.charge("c1", "p1", &[], &["Sr 300"], "2026-07-04");
    let mut right = case.party("p2", &["suspect"], None, &courthouse::events::people::pieter());
    right.body["corrects"] = wrong.body["id"].clone();
    vec![wrong, charge, right]
}

/// What was taken back stands again when that is taken back.
fn taken_back_and_again(name: &str) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("family", "RBROT", name);
    let planned = case.hearing("h1", date(2026, 10, 12));
    let moved = case.event("hearing-moved", &json!({ "hearingId": "h1", "on": "2026-11-09" }));
    let back = case.event("event-retracted", &json!({ "eventId": planned.body["id"] }));
    let again = case.event("event-retracted", &json!({ "eventId": back.body["id"] }));
    vec![planned, moved, back, again]
}

/// An event takes back no newer one.
fn taken_back_too_early(name: &str) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("family", "RBROT", name);
    case.event("skipped", &json!(null));
    let planned = case.hearing("h1", date(2026, 10, 12));
    let moved = case.event("hearing-moved", &json!({ "hearingId": "h1", "on": "2026-11-09" }));
    let mut back = case.event("event-retracted", &json!({ "eventId": planned.body["id"] }));
    back.body["sequence"] = json!("1");
    vec![planned, moved, back]
}

/// Every order of as many things.
fn orders(of: usize) -> Vec<Vec<usize>> {
    if of == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(of - 1);
    shorter
        .iter()
        .flat_map(|order| (0..of).map(|place| [&order[..place], &[of - 1][..], &order[place..]].concat()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_follows_from_the_set_of_events() {
    let world = World::open().await;
    let operator = world.operator();
    // For each story, how many of its events wait for which thing. The case of each was never registered.
    let stories: [(&str, Story, Waiting); 6] = [
        ("charge", charge_taken_back, &[("case", 2), ("charge", 1)]),
        ("planning", planning_taken_back, &[("case", 2), ("hearing", 1)]),
        ("child", child_taken_back, &[("case", 2), ("party", 2)]),
        ("party", party_corrected_to_another, &[("case", 2), ("party", 1)]),
        ("again", taken_back_and_again, &[("case", 3)]),
        ("early", taken_back_too_early, &[("case", 3)]),
    ];
    for (name, story, expected) in stories {
        let expected: BTreeMap<String, usize> =
            expected.iter().map(|(thing, count)| ((*thing).to_owned(), *count)).collect();
        let count = story("any").len();
        let told: Vec<Vec<CaseEvent>> =
            (0..orders(count).len()).map(|number| story(&format!("{name}-{number}"))).collect();
        // One event of every case, then the next of every case, each in an order of its own.
        for step in 0..count {
            let step =
                orders(count).iter().zip(&told).map(|(order, story)| story[order[step]].clone()).collect::<Vec<_>>();
            world.hears(step).await;
        }
        for (order, story) in orders(count).iter().zip(&told) {
            let ids: Vec<String> = story
                .iter()
                .map(|event| contract::envelope::identity(&[], Some(&event.body)).uuid().to_string())
                .collect();
            let rows: Vec<(uuid::Uuid, String)> = sqlx::query_as("select event, thing from intake.waiting")
                .fetch_all(&mut world.database.connect("postgres").await)
                .await
                .unwrap();
            let mut waiting: BTreeMap<String, usize> = BTreeMap::new();
            for (event, thing) in rows {
                if ids.contains(&event.to_string()) {
                    *waiting.entry(thing).or_default() += 1;
                }
            }
            assert_eq!(waiting, expected, "{name} in the order {order:?}");
        }
    }
    assert_eq!(operator.get("/quarantined-events").await.body["entries"], json!([]));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_back_what_another_case_said() {
    let world = World::open().await;
    let (mut one, mut other) = (CaseStory::new("family", "RBROT", "one"), CaseStory::new("family", "RBROT", "other"));
    let planned = one.hearing("h1", date(2026, 10, 12));
    let back = other.event("event-retracted", &json!({ "eventId": planned.body["id"] }));
    let mut corrects = other.hearing("h2", date(2026, 10, 13));
    corrects.body["corrects"] = planned.body["id"].clone();
    // One after another: intake has several batches in hand, and what is not known yet can only wait.
    world.hears([planned]).await;
    world.hears([back, corrects]).await;
    let operator = world.operator();
    let kept = operator.get("/quarantined-events").await;
    let reasons: std::collections::BTreeSet<(&str, &str)> = kept.body["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let reason = &entry["reasons"][0];
            (reason["code"].as_str().unwrap(), reason["pointer"].as_str().unwrap())
        })
        .collect();
    assert_eq!(reasons, [("event.other-case", "/data/eventId"), ("event.other-case", "/corrects")].into());

    // Where the other comes later, what would take it back is seen to wait, and does nothing.
    let later = one.hearing("h3", date(2026, 10, 14));
    let moved = one.event("hearing-moved", &json!({ "hearingId": "h3", "on": "2026-11-09" }));
    let early = other.event("event-retracted", &json!({ "eventId": later.body["id"] }));
    world.hears([early]).await;
    world.hears([later, moved]).await;
    let counts = operator.get("/waiting-events").await.body["counts"].clone();
    assert_eq!((&counts["event"], &counts["hearing"]), (&json!(1), &json!(0)), "{counts}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_event_with_other_faults_or_after_a_discard_is_told_again() {
    let world = World::open().await;
    let (court, operator) = (world.publisher("rbrot-civiel"), world.operator());
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut event = contact.hearing("h1", date(2026, 10, 12)).body;
    let entries = async || operator.get("/quarantined-events").await.body["entries"].as_array().unwrap().clone();
    // The same words, and each time another attribute that says nothing of what happened.
    event["traceparent"] = json!("00-xyz");
    assert_eq!(court.sends(ONE, &[], &event).await.body["results"][0]["outcome"], "quarantined");
    assert_eq!(court.sends(ONE, &[], &event).await.body["results"][0]["outcome"], "quarantined");
    assert_eq!(entries().await.len(), 1, "the same bytes are kept once");
    event["traceparent"] = json!(null);
    event["sequencetype"] = json!("String");
    assert_eq!(court.sends(ONE, &[], &event).await.body["results"][0]["outcome"], "quarantined");
    let kept = entries().await;
    let codes: Vec<&str> = kept.iter().map(|entry| entry["reasons"][0]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["traceparent.format", "sequencetype.unknown"]);

    // Discarded and sent again, as often as that happens, it is a matter of its own.
    for (round, facts) in [(1, 3), (2, 4)] {
        let entry = entries().await.last().unwrap()["id"].as_str().unwrap().to_owned();
        let path = format!("/quarantined-events/{entry}/discards");
        assert_eq!(operator.post(&path, &json!({ "reason": "test" })).await.status, 200);
        assert_eq!(entries().await.len(), 1);
        for _ in 0..2 {
            assert_eq!(court.sends(ONE, &[], &event).await.body["results"][0]["outcome"], "quarantined");
        }
        assert_eq!(entries().await.len(), 2, "round {round}");
        assert_eq!(world.facts("intake.event-quarantined").await, facts, "round {round}");
    }
    world.close().await;
}
