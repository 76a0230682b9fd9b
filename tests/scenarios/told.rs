//! Who is told, what, and who is not.

use courthouse::events::{CaseStory, people};
use jiff::ToSpan;
use serde_json::json;
use verband_tests::{TODAY, World};

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_1_the_family_judge_learns_that_a_criminal_case_runs_against_the_father() {
    let world = World::open().await;
    let (_, contact) = contact_case();
    let (_, assault) = assault_case();

    world.hears(contact).await;
    let anna = world.judge("judge-anna");
    assert!(anna.inbox().await.is_empty(), "there is nothing to tell yet");
    world.hears(assault).await;

    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0]["kind"]["code"], "violence-indication");
    assert_eq!(inbox[0]["tier"]["number"], 2);
    assert_eq!(inbox[0]["urgency"]["code"], "normal");
    assert_eq!(inbox[0]["ownCase"]["numbers"], json!(["C/10/712345 / FA RK 26-812"]));

    let opened = anna.opens(&id(&inbox[0])).await;
    assert_eq!(opened.status, 200);
    let told = &opened.body["told"];
    assert_eq!(told["parallelCase"]["numbers"], json!(["10-123456-26"]));
    assert_eq!(told["linkBasis"]["code"], "hard");
    assert_eq!(told["indicators"][0]["indicator"]["code"], "assault-simple");
    assert_eq!(told["indicators"][0]["status"]["code"], "S30");
    assert_eq!(told["indicators"][0]["status"]["label"]["nl"], "wordt vervolgd; niet veroordeeld");
    assert_eq!(told["indicators"][0]["suspect"]["capacity"]["code"], "father");
    assert_eq!(told["indicators"][0]["victims"][0]["capacity"]["code"], "mother");
    assert_eq!(told["persons"].as_array().unwrap().len(), 2);

    // The criminal judge learns that the family case exists.
    let counterpart = world.judge("judge-bram").inbox().await;
    assert_eq!(counterpart.len(), 1);
    assert_eq!(counterpart[0]["kind"]["code"], "parallel-family-case");

    // And nobody is named, anywhere in what is told.
    let said = format!("{}{}{}", inbox[0], opened.body, counterpart[0]);
    for value in courthouse::dev::demo::personal_values() {
        assert!(!said.contains(value), "{value} is told");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_3_a_robbery_by_a_stranger_is_told_to_nobody() {
    let world = World::open().await;
    let (_, contact) = contact_case();
    let mut robbery = CaseStory::new("criminal", "RBAMS", "robbery");
    let events = [
        robbery.registered("adult-criminal", "13/654321-26"),
        robbery.party("d1", &["suspect"], None, &people::jansen()),
        robbery.party("d2", &["victim"], None, &people::samira()),
        robbery.judges(&["judge-bram"]),
        robbery.charge("c1", "d1", &["d2"], &["317"], "2026-05-02"),
    ];
    world.hears(contact.into_iter().chain(events)).await;

    assert_eq!(world.facts("linker.cases-linked").await, 1, "the house knows that Samira is the same person");
    assert!(world.judge("judge-anna").inbox().await.is_empty());
    assert!(world.judge("judge-bram").inbox().await.is_empty());
    assert_eq!(world.facts("alerts.signal-raised").await, 0);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_33_a_colleague_learns_nothing_not_even_that_there_is_something() {
    let world = World::open().await;
    let ((contact, told), (_, assault)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(assault)).await;
    let signal = id(&world.judge("judge-anna").inbox().await[0]);
    let carla = world.judge("judge-carla");

    assert!(carla.inbox().await.is_empty());
    let unknown = "0190c9a2-7f3e-7c11-8d52-0242ac120002";
    let like_unknown = |mut answer: verband_tests::Answer| {
        // The one thing that differs between any two answers.
        answer.body.as_object_mut().expect("a problem").remove("traceId");
        (answer.status, answer.body)
    };
    let others = like_unknown(carla.opens(&signal).await);
    assert_eq!(others.0, 404);
    assert_eq!(others, like_unknown(carla.opens(unknown).await));
    assert_eq!(like_unknown(carla.acknowledges(&signal, 1).await), like_unknown(carla.acknowledges(unknown, 1).await));
    let handling = json!({ "version": 1, "done": "set-aside", "reason": "already-known" });
    assert_eq!(
        like_unknown(carla.handles(&signal, &handling).await),
        like_unknown(carla.handles(unknown, &handling).await)
    );
    let case = contact.case_id();
    assert_eq!(
        like_unknown(carla.get(&format!("/cases/{case}/signals")).await),
        like_unknown(carla.get(&format!("/cases/{unknown}/signals")).await)
    );
    assert_eq!(world.facts("alerts.access-refused").await, 8, "each attempt is on record");

    // A steward and an operator are no judges, whatever they ask.
    for roles in [&["steward"][..], &["operator"], &["auditor"], &["publisher"], &[]] {
        assert_eq!(world.at_alerts("somebody", roles).get("/signals").await.status, 403, "{roles:?}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_judge_reads_acknowledges_and_handles_a_signal() {
    let world = World::open().await;
    let ((mut contact, told), (_, assault)) = (contact_case(), assault_case());
    world.hears(told.into_iter().chain(assault)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(anna.inbox().await[0]["read"], false);

    anna.opens(&signal).await;
    anna.opens(&signal).await;
    assert_eq!(anna.inbox().await[0]["read"], true);
    assert_eq!(world.facts("alerts.signal-read").await, 1, "opened twice, read once");

    assert!(anna.acknowledges(&signal, 1).await.status < 300);
    assert!(anna.acknowledges(&signal, 1).await.status < 300, "the same again does no harm");
    assert_eq!(world.facts("alerts.signal-acknowledged").await, 1);
    let discussed = json!({ "version": 1, "done": "discussed-at-hearing", "on": "2026-10-12" });
    assert!(anna.handles(&signal, &discussed).await.status < 300);
    assert_eq!(anna.opens(&signal).await.body["handlings"].as_array().unwrap().len(), 1);

    // The hearing comes nearer: the signal is a new version, and more urgent.
    world.hears([contact.hearing("h1", TODAY.checked_add(3.days()).unwrap())]).await;
    let inbox = anna.inbox().await;
    assert_eq!((inbox.len(), &inbox[0]["version"], &inbox[0]["urgency"]["code"]), (1, &json!(2), &json!("high")));
    assert_eq!(inbox[0]["read"], false, "what has changed is to be read again");
    let stale = anna.acknowledges(&signal, 1).await;
    assert!(matches!(stale.status, 409 | 412), "an old version cannot be acknowledged: {stale:?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_judge_is_told_on_the_courts_own_subject_and_by_server_sent_events() {
    use futures::StreamExt as _;
    let world = World::open().await;
    let mut heard = world.bus.client().subscribe("alerts.v1.>").await.unwrap();
    let mut news = world.judge("judge-anna").events(None).await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;

    let message = tokio::time::timeout(std::time::Duration::from_secs(10), heard.next()).await.unwrap().unwrap();
    assert!(message.subject.starts_with("alerts.v1.rbrot.signal-"), "{}", message.subject);
    let event: serde_json::Value = serde_json::from_slice(&message.payload).unwrap();
    assert_eq!(event["specversion"], "1.0");
    let said = event.to_string();
    for value in courthouse::dev::demo::personal_values() {
        assert!(!said.contains(value), "{value} is published");
    }

    let (first, text) = news.next().await;
    assert!(text.contains("\"signal\"") && text.contains("\"version\""), "{text}");
    // Somebody who was away goes on where they left off.
    world.hears([assault.verdict("c1", "convicted")]).await;
    let (_, later) = world.judge("judge-anna").events(Some(&first)).await.next().await;
    assert!(later.contains("\"version\":2"), "{later}");
    world.close().await;
}
