//! Corrections that come after the decision, or after the case went to another judge.

use serde_json::json;
use verband_tests::{TODAY, World};

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn who_read_what_was_wrong_is_told_so_though_the_case_was_decided_and_is_anothers_now() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(events)).await;
    let (anna, cas) = (world.judge("judge-anna"), world.judge("judge-cas"));
    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;

    let decided = json!({
        "decisionId": "b1", "kind": "final", "on": TODAY.to_string(), "dicta": ["granted"], "immediatelyEnforceable": false
    });
    world.hears([contact.event("decision-given", &decided), contact.judges(&["judge-cas"])]).await;
    assert!(anna.inbox().await.is_empty(), "it is the other judge's");
    assert_eq!(anna.opens(&signal).await.status, 404);
    assert_eq!(cas.inbox().await.len(), 1);

    world.hears([assault.dismissed("01")]).await;
    let withdrawn = anna.withdrawn().await;
    assert_eq!(withdrawn.len(), 1, "who read it learns that it does not stand");
    let correction = anna.opens(&signal).await;
    assert_eq!(correction.status, 200);
    assert_eq!(correction.body["acknowledgementAsked"], true);
    let late = correction.body["withdrawn"]["late"]["nl"].as_str().unwrap_or_else(|| panic!("{correction:#?}"));
    assert!(late.contains("824") && !late.contains("Pieter"), "{late}");
    assert_eq!(anna.acknowledges(&signal, correction.body["version"].as_u64().unwrap()).await.status / 100, 2);
    assert_eq!(anna.opens(&signal).await.body["acknowledgementAsked"], false);
    assert_eq!(
        anna.handles(&signal, &json!({ "version": 2, "done": "discussed-at-hearing", "on": TODAY.to_string() }))
            .await
            .status,
        404
    );
    let (status, page) = anna.page(&format!("/signals/{signal}")).await;
    assert_eq!(status, 200);
    assert!(page.contains("824"), "{page}");

    // Who never read it has it among what was withdrawn of the case, and is asked nothing; who had nothing to do with it finds
    // nothing.
    let of_cas = cas.opens(&signal).await.body;
    assert_eq!(of_cas["acknowledgementAsked"], false, "it corrects nothing that was read");
    assert_eq!(world.judge("judge-dora").opens(&signal).await.status, 404);
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}
