//! What was told and no longer stands.

use verband_tests::World;

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_10_wrongly_suspected_the_signal_goes_and_the_judge_is_told_so() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;

    world.hears([assault.dismissed("01")]).await;

    assert!(anna.inbox().await.is_empty(), "the list is empty");
    let withdrawn = anna.withdrawn().await;
    assert_eq!(withdrawn.len(), 1);
    let notice = anna.opens(&signal).await;
    assert_eq!(notice.status, 200);
    let said = notice.body.to_string();
    for gone in ["10-123456-26", "assault-simple", "S30", "Sr 300"] {
        assert!(!said.contains(gone), "{gone} is still told: {said}");
    }
    assert!(notice.body["told"].is_null());
    assert_eq!(notice.body["withdrawn"]["because"]["code"], "dismissed-wrongly-suspected");
    assert!(world.judge("judge-bram").inbox().await.is_empty(), "its counterpart went with it");
    // What happened stays on record.
    assert!(world.facts("alerts.signal-raised").await >= 1);
    assert_eq!(world.facts("alerts.signal-read").await, 2, "the signal, and then its withdrawal");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conviction_updates_and_a_closed_case_withdraws() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);

    world.hears([assault.verdict("c1", "convicted")]).await;
    let opened = anna.opens(&signal).await.body;
    assert_eq!(opened["told"]["indicators"][0]["status"]["code"], "S40");
    assert_eq!(opened["version"], 2);

    world.hears([contact.closed("2026-09-14")]).await;
    assert!(anna.inbox().await.is_empty(), "there is nothing left to decide");
    world.close().await;
}
