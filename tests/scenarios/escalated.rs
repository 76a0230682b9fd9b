//! A signal that nobody reads while the hearing nears: the clerks of the case hear that it waits.

use jiff::SignedDuration;
use serde_json::json;
use verband_tests::World;

use crate::asked::hears;
use crate::{assault_case, contact_case, id};

/// The calendar is looked at every ten seconds.
async fn looks(world: &World, escalated: i64) {
    let begun = std::time::Instant::now();
    while world.facts("alerts.signal-escalated").await < escalated {
        assert!(begun.elapsed().as_secs() < 40, "nobody heard of it");
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    world.rests().await;
}

async fn passes(world: &World, days: i64) {
    world.clock.advance(SignedDuration::from_hours(days * 24));
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    world.rests().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_reads_while_the_hearing_nears_is_shown_to_the_clerks_of_the_case_without_what_it_says() {
    let world = World::open().await;
    let ((mut contact, told), (_, events)) = (contact_case(), assault_case());
    let clerk = contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] }));
    world.hears(told.into_iter().chain(events).chain([clerk])).await;
    let anna = world.judge("judge-anna");
    let (elif, other) = (world.at_alerts("clerk-elif", &["clerk"]), world.at_alerts("clerk-else", &["clerk"]));
    let waiting = |body: &serde_json::Value| body["escalations"].as_array().unwrap().clone();
    let mut heard = world.bus.client().subscribe("alerts.v1.>").await.unwrap();

    // The hearing is on 12 October: it is near from Monday 28 September, and on Thursday the 24th there is time left.
    passes(&world, 10).await;
    assert_eq!(world.facts("alerts.signal-escalated").await, 0);
    assert!(waiting(&elif.get("/escalations").await.body).is_empty());

    world.clock.advance(SignedDuration::from_hours(24));
    looks(&world, 1).await;
    let shown = elif.get("/escalations").await.body;
    let [one] = &waiting(&shown)[..] else { panic!("{shown:#}") };
    assert_eq!(one["case"]["numbers"], json!(["C/10/712345 / FA RK 26-812"]));
    assert_eq!((&one["readBy"], &one["escalatedOn"]), (&json!("2026-09-28"), &json!("2026-09-25")));
    assert_eq!(one["hasJudge"], true);
    let (status, page) = elif.page("/escalations").await;
    assert_eq!(status, 200);
    assert!(page.contains("C/10/712345 / FA RK 26-812") && page.contains("28 september 2026"), "{page}");
    let (subject, event) = hears(&mut heard).await;
    assert_eq!(subject, "alerts.v1.rbrot.signal-escalated");
    assert_eq!((&event["data"]["readBy"], &event["data"]["withoutJudge"]), (&json!("2026-09-28"), &json!(false)));
    // What the signal says is nowhere: no other case, no offence, nobody.
    for secret in ["123456", "strafzaak", "criminal", "assault", "mishandeling", "vader", "father", "Pieter"] {
        for said in [&shown.to_string(), &page, &event.to_string()] {
            assert!(!said.contains(secret), "{secret} in {said}");
        }
    }
    // A clerk of another case sees nothing of it; a judge is no clerk; what the signal says is no clerk's.
    assert!(waiting(&other.get("/escalations").await.body).is_empty());
    assert_eq!(anna.get("/escalations").await.status, 403);
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(elif.get(&format!("/signals/{signal}")).await.status, 403);

    // The judge sees that the clerks know; once it is read nothing waits.
    assert_eq!(anna.inbox().await[0]["escalatedOn"], "2026-09-25");
    let (_, page) = anna.page("/").await;
    assert!(page.contains("de griffie weet dat sinds"), "{page}");
    anna.opens(&signal).await;
    assert!(anna.inbox().await[0]["escalatedOn"].is_null());
    assert!(waiting(&elif.get("/escalations").await.body).is_empty());

    // On Monday the hearing is near: a new version, of which a judge has a working day to read it. Then it is said once more.
    passes(&world, 3).await;
    assert_eq!(anna.inbox().await[0]["version"], 2);
    assert_eq!(world.facts("alerts.signal-escalated").await, 1);
    world.clock.advance(SignedDuration::from_hours(24));
    looks(&world, 2).await;
    assert_eq!(waiting(&elif.get("/escalations").await.body).len(), 1);
    passes(&world, 1).await;
    assert_eq!(world.facts("alerts.signal-escalated").await, 2, "once for each version");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_nobody_has_is_the_clerks_to_assign_and_what_is_withdrawn_waits_no_more() {
    let world = World::open().await;
    let ((mut contact, told), (mut assault, events)) = (contact_case(), assault_case());
    let unassigned = told.into_iter().filter(|event| !event.subject.ends_with(".judge-assigned"));
    // The court has told of no clerk yet; its own system hears of it all the same.
    world.hears(unassigned.chain(events)).await;
    let mut heard = world.bus.client().subscribe("alerts.v1.rbrot.signal-escalated").await.unwrap();
    world.clock.advance(SignedDuration::from_hours(11 * 24));
    looks(&world, 1).await;
    assert_eq!(hears(&mut heard).await.1["data"]["withoutJudge"], true);

    let elif = world.at_alerts("clerk-elif", &["clerk"]);
    let shown = || async { elif.get("/escalations").await.body["escalations"].as_array().unwrap().clone() };
    assert!(shown().await.is_empty());
    // The clerk comes late, and then the judge.
    world.hears([contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] }))]).await;
    assert_eq!(shown().await[0]["hasJudge"], false);
    let (_, page) = elif.page("/escalations").await;
    assert!(page.contains("geen rechter"), "{page}");
    world.hears([contact.judges(&["judge-cas"])]).await;
    assert_eq!(shown().await[0]["hasJudge"], true);

    world.hears([assault.dismissed("01")]).await;
    assert!(shown().await.is_empty());
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}
