//! An article that the code list of offences does not know makes a task, and never silence.

use serde_json::json;
use verband_tests::World;

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_article_is_noted_once_for_a_case_and_settled_when_nobody_is_charged_with_it() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    let unknown = assault.charge("c2", "d1", &["d2"], &["999"], "2026-03-08");
    let again = assault.charge("c3", "d1", &["d2"], &["999"], "2026-03-09");
    // Everything twice, the charge before the case itself.
    let all: Vec<_> = events.iter().cloned().chain([unknown.clone(), again.clone()]).rev().collect();
    world.hears(all.iter().cloned().chain(contact).chain(all.iter().cloned())).await;
    assert_eq!(world.facts("alerts.article-unknown").await, 1);
    let noted = world.fact_data("alerts.article-unknown").await;
    assert_eq!((&noted["article"], &noted["period"]), (&json!("Sr 999"), &json!("2026-03")));
    assert_eq!(noted.as_object().map(serde_json::Map::len), Some(3), "the case, and nobody: {noted}");
    // The judge is told all that is known, and that something is not.
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(anna.opens(&signal).await.body["told"]["chargesNotInCatalogue"], 2);

    let amended =
        |charge: &str| json!({ "chargeId": charge, "articles": ["Sr 300"], "period": { "from": "2026-03-08" } });
    world.hears([assault.event("charge-amended", &amended("c2"))]).await;
    assert_eq!(world.facts("alerts.article-settled").await, 0, "another charge still names it");
    world.hears([assault.event("charge-amended", &amended("c3"))]).await;
    assert_eq!(world.fact_data("alerts.article-settled").await["because"], "gone");
    assert_eq!(world.facts("alerts.article-unknown").await, 1);
    world.close().await;
}
