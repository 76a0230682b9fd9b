//! What the rules leave to a court, and what they leave to none.

use serde_json::json;
use verband_tests::World;

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_11_a_technical_dismissal_keeps_a_neutral_line_where_the_court_decided_so() {
    let world = World::open_under(
        r#"
        [[row]]
        court = "RBROT"
        shows_technical_dismissals = true
        source = "a decision of the court's board, in this scenario"
        "#,
    )
    .await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let (anna, bram) = (world.judge("judge-anna"), world.judge("judge-bram"));
    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;

    let dropped = json!({ "code": "02", "on": "2026-10-05" });
    world.hears([assault.event("prosecution-dismissed", &dropped)]).await;
    let opened = anna.opens(&signal).await.body;
    assert_eq!((&opened["standing"], &opened["version"]), (&json!("stands"), &json!(2)), "{opened:#}");
    assert!(opened["tier"].is_null(), "no word of how serious it is: {opened:#}");
    assert_eq!(opened["urgency"]["code"], "low");
    let line = &opened["told"]["indicators"][0];
    assert_eq!((&line["status"]["label"]["nl"], &line["tier"]), (&json!("geseponeerd"), &json!(null)));
    let ground = json!({ "code": "02", "ground": { "nl": "onvoldoende bewijs", "en": "insufficient evidence" }, "on": "2026-10-05" });
    assert_eq!(line["dismissal"], ground, "with the ground and the day");
    let disclaimer = line["disclaimer"]["nl"].as_str().unwrap();
    assert!(disclaimer.contains("niets ten nadele"), "{disclaimer}");
    let (_, page) = anna.page(&format!("/signals/{signal}")).await;
    assert!(page.contains("</strong> (onvoldoende bewijs, 5 oktober 2026)"), "{page}");
    assert!(page.contains("geseponeerd") && !page.contains("dader") && !page.contains("schuldig"), "{page}");
    assert_eq!(bram.inbox().await.len(), 1, "both judges are told alike");

    // Whoever was wrongly suspected is left in peace, whatever a court decided.
    world.hears([assault.dismissed("01")]).await;
    assert!(anna.inbox().await.is_empty() && bram.inbox().await.is_empty());
    let withdrawn = anna.opens(&signal).await.body;
    assert_eq!(withdrawn["withdrawn"]["because"]["code"], "dismissed-wrongly-suspected");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_court_has_switched_off_is_not_told_and_a_signal_says_what_that_is() {
    let world = World::open_under(
        r#"
        [[row]]
        court = "RBROT"
        hides = ["assault-simple", "doxing"]
        source = "a decision of the court's board, in this scenario"
        [[row]]
        court = "RBROT"
        valid_from = "2026-09-15"
        hides = ["doxing"]
        source = "a later one"
        "#,
    )
    .await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let (anna, bram) = (world.judge("judge-anna"), world.judge("judge-bram"));
    assert!(anna.inbox().await.is_empty() && bram.inbox().await.is_empty());

    let threat = assault.charge("c2", "d1", &["d2"], &["285"], "2026-03-08");
    world.hears([threat]).await;
    let signal = id(&anna.inbox().await[0]);
    let opened = anna.opens(&signal).await.body;
    let told: Vec<_> =
        opened["told"]["indicators"].as_array().unwrap().iter().map(|line| &line["indicator"]["code"]).collect();
    assert_eq!(told, [&json!("threat")]);
    let left_out: Vec<_> = opened["told"]["leftOut"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(left_out, [&json!("assault-simple"), &json!("doxing")], "also that with which nobody is charged");
    let (_, page) = anna.page(&format!("/signals/{signal}")).await;
    assert!(page.contains("Volgens het beleid van uw gerecht wordt hier niet gemeld"), "{page}");

    // On the day from which the court decided otherwise, the same signal tells more.
    world.clock.advance(jiff::SignedDuration::from_hours(24));
    let begun = std::time::Instant::now();
    while anna.inbox().await[0]["version"] == 1 {
        assert!(begun.elapsed().as_secs() < 40, "the day has passed and nothing was decided on anew");
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    let opened = anna.opens(&signal).await.body;
    assert_eq!(opened["told"]["indicators"].as_array().map(Vec::len), Some(2), "{opened:#}");
    world.close().await;
}
