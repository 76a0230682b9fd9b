//! Late, early, again: the same events give the same state.

use std::collections::BTreeSet;

use courthouse::events::CaseEvent;
use verband_tests::World;

use crate::{assault_case, contact_case};

/// An order that follows from the seed (Fisher–Yates with a linear congruential generator, Knuth's constants).
fn shuffled(mut events: Vec<CaseEvent>, seed: u64) -> Vec<CaseEvent> {
    let mut x = seed;
    for place in (1..events.len()).rev() {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        events.swap(place, usize::try_from(x >> 33).unwrap() % (place + 1));
    }
    events
}

fn whole_story() -> Vec<CaseEvent> {
    let ((_, contact), (mut assault, mut events)) = (contact_case(), assault_case());
    events.push(assault.verdict("c1", "convicted"));
    let today = verband_tests::TODAY;
    let demo = courthouse::dev::demo::caseload(today).unwrap();
    contact.into_iter().chain(events).chain(demo).chain(crate::matters::many_things_happen()).collect()
}

async fn state_after(events: Vec<CaseEvent>) -> (BTreeSet<String>, i64) {
    let world = World::open().await;
    world.hears(events).await;
    let state = (
        world.state().await,
        world.database.count("select count(*) from journal.facts where kind like 'intake.%'").await,
    );
    world.close().await;
    state
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_24_the_verdict_before_the_charge_and_every_event_three_times() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    let verdict = assault.verdict("c1", "convicted");
    let anna = world.judge("judge-anna");

    world.hears(contact.into_iter().chain([verdict.clone()])).await;
    assert!(anna.inbox().await.is_empty(), "a verdict on a charge that nobody knows yet waits");
    world.hears(events.clone()).await;
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    let signal = inbox[0]["signal"].as_str().unwrap().to_owned();
    assert_eq!(anna.opens(&signal).await.body["told"]["indicators"][0]["status"]["code"], "S40");

    let (before, raised, updated) =
        (world.state().await, world.facts("alerts.signal-raised").await, world.facts("alerts.signal-updated").await);
    for _ in 0..2 {
        world.hears(events.iter().cloned().chain([verdict.clone()])).await;
    }
    assert_eq!(world.state().await, before);
    assert_eq!(world.facts("alerts.signal-raised").await, raised, "nobody is told twice");
    assert_eq!(world.facts("alerts.signal-updated").await, updated);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_order_three_times_each_gives_the_same_links_signals_and_ids() {
    let story = whole_story();
    let (expected, facts) = state_after(story.clone()).await;
    assert!(expected.iter().any(|line| line.starts_with("signal")), "{expected:#?}");
    for seed in [1, 2, 3, 4] {
        let thrice: Vec<CaseEvent> = (0..3).flat_map(|_| story.clone()).collect();
        let (state, intake) = state_after(shuffled(thrice, seed)).await;
        let differs: Vec<&String> = state.symmetric_difference(&expected).collect();
        assert!(differs.is_empty(), "seed {seed}: {differs:#?}");
        assert_eq!(intake, facts, "seed {seed}: each event is one fact");
    }
}
