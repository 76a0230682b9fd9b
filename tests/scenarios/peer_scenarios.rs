//! What well-made systems beside this one hold of their desks, jobs and roles. That paging through a queue that changes skips nothing
//! stands with the desk.

use courthouse::events::{CaseEvent, CaseStory, people};
use domain::ids::FactId;
use jiff::{SignedDuration, ToSpan};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;
use verband_tests::{TODAY, World};

use crate::desk::doubtful;
use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_85_of_two_stewards_the_second_hears_of_the_first_and_a_decision_says_by_whom_and_why() {
    let world = World::open().await;
    world.hears(doubtful(1)).await;
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let question = dirk.queue().await[0]["id"].as_str().unwrap().to_owned();
    let seen = hanna.opens(&question).await.etag.unwrap();
    let decides =
        json!({ "same": true, "reason": "seen-in-file", "note": "Both files have the same birth certificate." });
    assert_eq!(dirk.sends(&question, "rulings", &decides).await.status, 201);
    let late = json!({ "same": false, "reason": "data-contradicts" });
    let answer = hanna.sends_as("too-late", Some(&seen), &question, "rulings", &late).await;
    assert_eq!(answer.status, 412, "{answer:?}");
    assert!(answer.etag.is_some() || answer.body["detail"].is_string(), "the second hears why: {answer:?}");

    let shown = hanna.opens(&question).await.body;
    let rulings = shown["rulings"].as_array().unwrap();
    assert_eq!(rulings.len(), 1, "{shown:#}");
    assert_eq!((&rulings[0]["by"], &rulings[0]["reason"]), (&json!(["steward-dirk"]), &json!("seen-in-file")));
    assert!(rulings[0]["note"].as_str().unwrap().contains("birth certificate") && rulings[0]["at"].is_string());
    // And so it stands on record: who, on what ground, and which evidence they saw.
    let mut sql = world.database.connect("postgres").await;
    let (actor, data): (String, serde_json::Value) =
        sqlx::query_as("select actor, data from journal.facts where kind = 'steward.pair-confirmed'")
            .fetch_one(&mut sql)
            .await
            .unwrap();
    assert!(actor.contains("steward-dirk") && data.to_string().contains("seen-in-file"), "{actor} {data}");
    assert_eq!(world.facts("steward.pair-rejected").await, 0);
    world.close().await;
}

/// Another family, with a judge of its own and a criminal case beside it.
fn another_family() -> Vec<CaseEvent> {
    let mut divorce = CaseStory::new("family", "RBROT", "peer-divorce");
    let mut stalking = CaseStory::new("criminal", "RBROT", "peer-stalking");
    vec![
        divorce.registered("divorce", "C/10/868686 / FA RK 26-86"),
        divorce.party("p1", &["petitioner"], None, &people::bakker()),
        divorce.party("p2", &["respondent"], None, &people::jansen()),
        divorce.judges(&["judge-cas"]),
        divorce.hearing("h1", TODAY.checked_add(28.days()).unwrap()),
        stalking.registered("adult-criminal", "10/868687-26"),
        stalking.party("d1", &["suspect"], None, &people::jansen()),
        stalking.party("d2", &["victim"], None, &people::bakker()),
        stalking.charge("c1", "d1", &["d2"], &["285b"], "2026-03-07"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_86_what_cannot_be_decided_on_for_the_day_keeps_back_nothing_else_and_is_told_of() {
    crate::logs();
    let world = World::open().await;
    world.hears(contact_case().1.into_iter().chain(assault_case().1).chain(another_family())).await;
    let judges = ["judge-anna", "judge-cas"].map(|name| world.judge(name));
    let mut signals = Vec::new();
    for judge in &judges {
        let inbox = judge.inbox().await;
        assert_eq!((inbox.len(), &inbox[0]["urgency"]["code"]), (1, &json!("normal")));
        signals.push(id(&inbox[0]));
    }
    // A fact that no version wrote is about the case that is decided on first.
    let (first, other) = if signals[0] < signals[1] { (0, 1) } else { (1, 0) };
    let mut owner = world.database.connect("postgres").await;
    let case: Uuid = sqlx::query_scalar("select own_case from alerts.signals where signal = $1")
        .bind(signals[first].parse::<Uuid>().unwrap())
        .fetch_one(&mut owner)
        .await
        .unwrap();
    let mut intake = world.database.connect("intake").await;
    sqlx::query(
        "insert into journal.facts (id, kind, tags, data, cause, actor, event_time)
         values ($1, 'intake.hearing-planned', array[$2], '{\"case\": 7}', $1, 'service:intake', now())",
    )
    .bind(FactId::derived(&["bad item"]).uuid())
    .bind(format!("case:{case}"))
    .execute(&mut intake)
    .await
    .unwrap();

    // Two weeks on, both hearings are near.
    world.clock.advance(SignedDuration::from_hours(20 * 24));
    let begun = std::time::Instant::now();
    while judges[other].inbox().await[0]["urgency"]["code"] != "high" {
        assert!(begun.elapsed().as_secs() < 40, "one bad item keeps back the other");
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    assert_eq!(judges[first].inbox().await[0]["version"], 1, "it waits, as it was");
    let told = || async {
        let metrics = reqwest::get(format!("http://{}/metrics", world.addresses.alerts)).await.unwrap();
        metrics.text().await.unwrap()
    };
    assert!(told().await.contains("alerts_daily_failures_total{what=\"signal\"}"), "it is counted");
    assert!(crate::logged().contains(&signals[first]), "and named in the log, by its id");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_87_every_page_of_operators_clerks_and_stewards_is_for_them_alone() {
    // Of every route of the four services `tests/contract/matrix.txt` says so; these are the pages, which no description lists.
    let world = World::open().await;
    world.hears(contact_case().1.into_iter().chain(assault_case().1).chain(doubtful(1))).await;
    let question = world.steward().queue().await[0]["id"].as_str().unwrap().to_owned();
    let (alerts, steward) = (world.addresses.alerts, world.addresses.steward);
    let question = |what: &str| format!("/questions/{question}{what}");
    let pages = [
        (steward, Method::GET, "/operations".to_owned(), &["operator"][..]),
        (steward, Method::GET, "/quality".to_owned(), &["operator", "steward"]),
        (steward, Method::GET, question(""), &["steward"]),
        (steward, Method::GET, question("/group"), &["steward"]),
        (steward, Method::POST, "/next".to_owned(), &["steward"]),
        (steward, Method::POST, question("/claim"), &["steward"]),
        (steward, Method::POST, question("/release"), &["steward"]),
        (alerts, Method::GET, "/party-versions".to_owned(), &["clerk"]),
        (alerts, Method::GET, "/escalations".to_owned(), &["clerk"]),
        (alerts, Method::GET, "/cases".to_owned(), &["judge"]),
        (alerts, Method::GET, "/information-requests".to_owned(), &["judge"]),
    ];
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for (address, method, path, allowed) in pages {
        let asks = async |token: Option<String>| {
            let request = client.request(method.clone(), format!("http://{address}{path}"));
            let request = match token {
                Some(token) => request.bearer_auth(token),
                None => request,
            };
            request.send().await.unwrap().status().as_u16()
        };
        assert_eq!(asks(None).await, 401, "{method} {path} without a token");
        for role in ["judge", "clerk", "steward", "operator", "auditor", "publisher"] {
            let status = asks(Some(world.at_desk("somebody", &[role]).token())).await;
            if allowed.contains(&role) {
                assert!(!matches!(status, 401 | 403 | 500..), "{method} {path} as {role}: {status}");
            } else {
                assert_eq!(status, 403, "{method} {path} as {role}");
            }
        }
    }
    world.close().await;
}
