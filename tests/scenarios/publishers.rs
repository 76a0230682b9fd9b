//! Courts' systems publish what is theirs, over NATS and over HTTP, and nothing else.

use std::collections::BTreeSet;
use std::time::Duration;

use async_nats::ConnectOptions;
use contract::files;
use contract::kinds::KINDS;
use courthouse::events::CaseStory;
use futures::StreamExt;
use serde_json::{Value, json};
use verband_tests::World;

/// A court's own client: its nkey, its own inbox.
pub async fn client(world: &World, name: &str) -> async_nats::Client {
    let publisher = world.publishers.list.named(name).expect("a publisher");
    ConnectOptions::with_nkey(world.publishers.seed(name).expect("a seed"))
        .custom_inbox_prefix(format!("_INBOX_{}", publisher.inbox()))
        .connect(format!("nats://127.0.0.1:{}", world.nats.port()))
        .await
        .expect("signs in")
}

/// An example of every kind in every jurisdiction, each an event of its own.
fn examples() -> Vec<(String, Value)> {
    let all = KINDS.iter().flat_map(|kind| kind.of.iter().map(move |of| (kind, *of)));
    all.enumerate()
        .map(|(place, (kind, of))| {
            let mut event = files::example(kind, of);
            event["id"] = json!(format!("example-{place}"));
            event["sequence"] = json!(place.to_string());
            (files::example_subject(kind, of), event)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_in_every_jurisdiction_becomes_a_fact() {
    let world = World::open().await;
    let examples = examples();
    for system in ["civiel", "straf", "bestuur"] {
        let client = client(&world, &format!("rbrot-{system}")).await;
        let context = async_nats::jetstream::new(client);
        for (subject, event) in &examples {
            if event["source"].as_str().unwrap().contains(system) {
                let acknowledged = context.publish(subject.clone(), event.to_string().into()).await.expect("sent");
                acknowledged.await.expect("taken");
            }
        }
    }
    world.rests().await;
    let kept = world.operator().get("/quarantined-events").await;
    assert_eq!(kept.body["entries"], json!([]));
    let types: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name).collect();
    for what in &types {
        // The kinds whose facts have another name than their events: one event assigns everybody.
        let kind = match *what {
            "judge-assigned" => "intake.judges-assigned".to_owned(),
            "clerk-assigned" => "intake.clerks-assigned".to_owned(),
            what => format!("intake.{what}"),
        };
        let told = examples.iter().filter(|(subject, _)| subject.rsplit('.').next() == Some(what)).count();
        assert_eq!(world.facts(&kind).await, i64::try_from(told).unwrap(), "{kind}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_broker_refuses_another_courts_subject_and_another_courts_rejections() {
    let world = World::open().await;
    let civil = client(&world, "rbrot-civiel").await;
    let mut own = civil.subscribe("rejections.v1.family.rbrot").await.unwrap();
    let mut foreign = civil.subscribe("rejections.v1.family.rbams").await.unwrap();
    let context = async_nats::jetstream::new(civil.clone());
    for subject in
        ["cases.v1.criminal.rbrot.case-closed", "cases.v1.family.rbams.case-closed", "rejections.v1.family.rbrot"]
    {
        let sent = context.publish(subject, "{}".into()).await.expect("handed to the client");
        assert!(tokio::time::timeout(Duration::from_millis(700), sent).await.is_err(), "{subject} is acknowledged");
    }
    context.publish("cases.v1.family.rbrot.case-closed", "{}".into()).await.unwrap().await.expect("its own subject");
    let rejection = tokio::time::timeout(Duration::from_secs(10), own.next()).await.unwrap().unwrap();
    let rejection: Value = serde_json::from_slice(&rejection.payload).unwrap();
    assert_eq!(rejection["type"], "nl.case-events.event-rejected.v1");
    assert_eq!(world.facts("intake.event-quarantined").await, 1, "the other three never came in");
    let heard = tokio::time::timeout(Duration::from_millis(300), foreign.next()).await;
    assert!(!matches!(heard, Ok(Some(_))), "nobody hears another court's rejections");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_whose_source_is_not_its_publishers_is_refused() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut stranger = contact.hearing("h1", jiff::civil::date(2026, 10, 12));
    stranger.body["source"] = json!("urn:nld:oin:00000001823288444000:systeem:civiel-rbams");
    let mut unknown = contact.hearing("h2", jiff::civil::date(2026, 10, 12));
    unknown.body["source"] = json!("urn:nld:oin:00000001823288444000:systeem:nobody");
    world.hears([stranger, unknown]).await;
    let kept = world.operator().get("/quarantined-events").await;
    let codes: BTreeSet<&str> = kept.body["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reasons"][0]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["source.channel", "source.unknown"].into());
    world.close().await;
}

pub const ONE: &str = "application/cloudevents+json";
pub const BATCH: &str = "application/cloudevents-batch+json";

#[tokio::test(flavor = "multi_thread")]
async fn events_come_over_http_one_by_one_and_in_batches() {
    let world = World::open().await;
    let court = world.publisher("rbrot-civiel");
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut next = |hearing: &str| contact.hearing(hearing, jiff::civil::date(2026, 10, 12)).body;
    let (first, second) = (next("h1"), next("h2"));
    let mut broken = next("h3");
    broken["data"]["on"] = json!("soon");
    let mut foreign = next("h4");
    foreign["source"] = json!("urn:nld:oin:00000001823288444000:systeem:straf-rbrot");
    let mut elsewhere = next("h5");
    elsewhere["type"] = json!("nl.criminal-cases.hearing-planned.v1");

    let answer = court.sends(ONE, &[], &first).await;
    assert_eq!((answer.status, &answer.body["results"][0]["outcome"]), (200, &json!("filed")), "{answer:?}");
    let answer = court.sends(BATCH, &[], &json!([first, second, broken, foreign, elsewhere])).await;
    assert_eq!(answer.status, 207);
    let results = answer.body["results"].as_array().unwrap();
    let outcomes: Vec<&str> = results.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["duplicate", "filed", "quarantined", "quarantined", "quarantined"]);
    let codes = |one: &Value| -> Vec<String> {
        let reasons = one["reasons"].as_array().unwrap().iter();
        reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&results[2]), ["date.format"]);
    assert_eq!(codes(&results[3]), ["source.channel", "source.credentials"]);
    assert_eq!(codes(&results[4]), ["source.channel"]);
    assert_eq!(results[1]["eventId"], second["id"]);

    let binary = next("h6");
    let headers: Vec<(String, String)> = binary
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, value)| name.as_str() != "datacontenttype" && value.is_string())
        .map(|(name, value)| (format!("ce-{name}"), value.as_str().unwrap().to_owned()))
        .collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = court.sends("application/json", &headers, &binary["data"]).await;
    assert_eq!((answer.status, &answer.body["results"][0]["outcome"]), (200, &json!("filed")), "{answer:?}");

    assert_eq!(court.sends("text/plain", &[], &first).await.status, 415);
    assert_eq!(court.sends(BATCH, &[], &first).await.status, 400);
    assert_eq!(court.sends(BATCH, &[], &json!([])).await.status, 400);
    assert_eq!(court.sends(BATCH, &[], &json!(vec![first.clone(); 501])).await.status, 400, "at most 500");
    let large = format!("[{}]", " ".repeat(1024 * 1024));
    assert_eq!(court.sends_text(BATCH, &[], large).await.status, 413, "and 1 MiB in all");
    assert_eq!(world.publisher("nobody").sends(ONE, &[], &first).await.status, 403);
    assert_eq!(world.operator().post("/events", &first).await.status, 403);
    world.rests().await;
    assert_eq!(world.facts("intake.hearing-planned").await, 3);
    assert_eq!(world.facts("intake.event-quarantined").await, 3);
    world.close().await;
}
