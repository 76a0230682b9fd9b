//! A steward who is confined to courts and jurisdictions works on what concerns them, and knows of nothing else.

use courthouse::events::{CaseEvent, CaseStory, person};
use reqwest::Method;
use serde_json::{Value, json};
use verband_tests::{Steward, World};

/// Somebody in a family case of the one court and in a criminal case of the other, without a number: a question.
fn question_between(name: &str, family: &'static str, criminal: &'static str, number: usize) -> Vec<CaseEvent> {
    let who = person(["", name, "Sjoerd", &format!("{}-03-04", 1960 + number), ""]);
    let mut one = CaseStory::new("family", family, name);
    let mut other = CaseStory::new("criminal", criminal, name);
    vec![
        one.registered("divorce", &format!("C/10/{} / FA RK 26-{}", 751_000 + number, 4_000 + number)),
        other.registered("adult-criminal", &format!("13/{}-26", 500_000 + number)),
        one.party("p1", &["petitioner"], None, &who),
        other.party("d1", &["victim"], None, &who),
    ]
}

async fn sees(steward: &Steward, filter: &str) -> Vec<String> {
    let answer = steward.get(&format!("/questions?status=open{filter}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let questions = answer.body["questions"].as_array().expect("questions").iter();
    let mut ids: Vec<String> = questions.map(|one| one["id"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_confined_to_pools_sees_offers_and_opens_what_has_a_record_of_them() {
    let world = World::open().await;
    world.hears(question_between("Zwart", "RBROT", "RBAMS", 0)).await;
    let everywhere = world.at_desk("steward-dirk", &["steward"]);
    let first = sees(&everywhere, "").await;
    world.hears(question_between("Verhoef", "RBGEL", "RBGEL", 1)).await;
    let both = sees(&everywhere, "").await;
    let second: Vec<String> = both.iter().filter(|id| !first.contains(id)).cloned().collect();
    assert_eq!((first.len(), second.len()), (1, 1));

    let confined = |pools: &[&str]| world.at_desk("steward-hanna", pools);
    for (roles, seen) in [
        (&["steward@RBROT"][..], &first),
        (&["steward@RBAMS/criminal"], &first),
        (&["steward@RBAMS/family"], &Vec::new()),
        (&["steward@RBGEL"], &second),
        (&["steward@RBGEL/family", "steward@RBROT"], &both),
        (&["steward@rbrot"], &Vec::new()),
        (&["steward", "steward@RBGEL"], &both),
    ] {
        let steward = confined(roles);
        assert_eq!(&sees(&steward, "").await, seen, "{roles:?}");
        let next = steward.takes_up_the_next().await;
        assert_eq!(next.status, if seen.is_empty() { 204 } else { 201 }, "{roles:?}: {next:?}");
        if let Some(question) = next.body["question"].as_str() {
            assert!(seen.iter().any(|id| id == question), "{roles:?} is offered another's");
            assert_eq!(steward.does(Method::DELETE, question, "claim").await.status, 204);
        }
    }
    assert_eq!(sees(&everywhere, "&pool=RBGEL/criminal").await, second);
    assert_eq!(sees(&everywhere, "&pool=RBROT").await, first);
    assert_eq!(sees(&everywhere, "&pool=RBROT/criminal").await, Vec::<String>::new());
    assert_eq!(sees(&confined(&["steward@RBROT"]), "&pool=RBGEL").await, Vec::<String>::new());

    // Whatever is asked about another's question is answered as about one that does not exist.
    let (hers, others) = (confined(&["steward@RBROT"]), &second[0]);
    let anything = uuid::Uuid::nil().to_string();
    let tag = everywhere.opens(others).await.etag;
    let ruling = json!({ "same": true, "reason": "seen-in-file" });
    let split = json!({ "moved": [], "reason": "seen-in-file" });
    let reveal = json!({ "record": "first", "identifier": "bsn", "reason": "find-in-file" });
    for (what, body) in [
        ("rulings", ruling),
        ("escalations", json!({})),
        ("proposals", json!({ "same": true })),
        ("deferrals", json!({})),
        ("reveals", reveal),
        ("splits", split),
        ("suspicions", json!({ "record": "first" })),
        (&format!("rulings/{anything}/withdrawals"), Value::Null),
        (&format!("splits/{anything}/withdrawals"), Value::Null),
    ] {
        let refused = hers.sends_as("other", tag.as_deref(), others, what, &body).await;
        assert_eq!(refused.status, 404, "{what}: {refused:?}");
    }
    for (method, what) in [(Method::PUT, "claim"), (Method::DELETE, "claim"), (Method::PUT, "group/weighing")] {
        assert_eq!(hers.does(method, others, what).await.status, 404, "{what}");
    }
    for path in ["", "/group", &format!("/proposals/{anything}")] {
        assert_eq!(hers.get(&format!("/questions/{others}{path}")).await.status, 404, "{path}");
    }
    for path in ["", "/group"] {
        assert_eq!(hers.page("nl", &format!("/questions/{others}{path}")).await.0, 404, "{path}");
    }
    let forms = ["claim", "release", "deferrals", "reveals", "preview", "rulings", "escalations", "withdrawals"];
    for form in forms.into_iter().chain(["suspicions", "group", "splits", "splits/preview", "splits/withdrawals"]) {
        let filled = [
            ("seen", "x"),
            ("request", "x"),
            ("ruling", anything.as_str()),
            ("split", &anything),
            ("record", "first"),
            ("hours", "1"),
            ("what", "0-bsn"),
            ("why", "find-in-file"),
        ];
        assert_eq!(hers.fills_in(&format!("/questions/{others}/{form}"), &filled).await.0, 404, "{form}");
    }
    let (status, page) = hers.page("en", "/").await;
    assert!(status == 200 && page.contains(&first[0]) && !page.contains(others.as_str()), "{page}");
    assert_eq!(world.facts("steward.opinion-given").await + world.facts("steward.pair-confirmed").await, 0);

    let (_, page) = everywhere.page("en", "/?status=open&pool=RBGEL/family").await;
    assert!(page.contains(others.as_str()) && !page.contains(&first[0]) && page.contains("selected"), "{page}");
    assert_eq!(everywhere.page("en", "/?pool=elsewhere").await.0, 400);
    world.close().await;
}
