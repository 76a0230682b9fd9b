//! Whatever a court sends is filed or kept with its reasons, and whoever sent it hears of it: also where its own client, its
//! spelling or one event among many would have it otherwise.

use std::time::Duration;

use courthouse::events::CaseStory;
use domain::fact::intake::HearingPlanned;
use domain::fact::{Actor, Author, IntakeFact, SourceVersion};
use domain::ids::{CaseId, EventId, FactId, HearingId};
use futures::StreamExt;
use jiff::Timestamp;
use jiff::civil::date;
use journal::{Cause, Journal, PoolOptions};
use serde_json::{Value, json};
use verband_tests::World;

use crate::publishers::{BATCH, ONE, client};

/// The next rejection of a subscription: the channel it tells of, and its codes.
async fn heard(rejections: &mut async_nats::Subscriber) -> (String, Vec<String>) {
    let message = tokio::time::timeout(Duration::from_secs(10), rejections.next()).await.unwrap().unwrap();
    let rejection: Value = serde_json::from_slice(&message.payload).unwrap();
    let codes = rejection["data"]["reasons"].as_array().unwrap().iter();
    let codes = codes.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect();
    (rejection["data"]["channel"].as_str().unwrap().to_owned(), codes)
}

/// What the followers whose names these are have handled of a case, and what was parked with them.
async fn handled(world: &World, tag: &str) -> Vec<(String, i64, i64)> {
    let mut owner = world.database.connect("postgres").await;
    let counted = sqlx::query_as(
        "select name, (select count(*) from journal.inbox join journal.facts on id = fact where consumer = name and tags @> array[$1]),
                (select count(*) from journal.parked join journal.facts on id = fact where consumer = name and tags @> array[$1])
         from unnest(array['alerts', 'steward']) as name order by name",
    );
    counted.bind(tag).fetch_all(&mut owner).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_version_wrote_is_parked_and_keeps_back_nothing_else_of_its_case() {
    let world = World::open().await;
    let case = CaseId::derived(&["strange"]);
    let tag = format!("case:{case}");
    let hearing = |number: u32| {
        let event = EventId::derived(&["hearing", &number.to_string()]);
        IntakeFact::HearingPlanned(HearingPlanned {
            case,
            hearing: HearingId::derived(&[&number.to_string()]),
            version: SourceVersion { sequence: 1, time: Timestamp::UNIX_EPOCH, event },
            on: date(2026, 10, 12),
            hearing_kind: None,
            closed_doors: None,
            chamber: None,
        })
    };
    let options = PoolOptions { max_connections: 1, application: "test" };
    let pool = journal::connect(&world.database.url("intake"), &options).unwrap();
    let intake = Journal::new(pool, Author::Intake);
    let because = Cause {
        id: EventId::derived(&["strange"]).uuid(),
        actor: Actor::service(Author::Intake),
        event_time: Timestamp::UNIX_EPOCH,
    };
    // In one transaction, so that all of it is announced, and handled, together.
    let mut transaction = intake.begin().await.unwrap();
    transaction.append((0..4).map(hearing).collect(), &because).await.unwrap();
    sqlx::query(
        "insert into journal.facts (id, kind, tags, data, cause, actor, event_time)
         values ($1, 'intake.hearing-planned', array[$2], '{\"case\": 7}', $1, 'service:intake', now())",
    )
    .bind(FactId::derived(&["strange"]).uuid())
    .bind(&tag)
    .execute(transaction.sql())
    .await
    .unwrap();
    transaction.append((4..8).map(hearing).collect(), &because).await.unwrap();
    transaction.commit().await.unwrap();

    let expected = [("alerts".to_owned(), 8, 1), ("steward".to_owned(), 8, 1)];
    let mut now = Vec::new();
    for _ in 0..200 {
        now = handled(&world, &tag).await;
        if now == expected {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(now, expected, "follower, handled, parked");
    // Who audits says of each that it is set aside, and why, and calls nothing else a fault.
    let report = world.audited().await;
    let found: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    let fact = FactId::derived(&["strange"]);
    let expected =
        ["alerts", "steward"].map(|who| format!("facts-are-handled: {who}: intake.hearing-planned {fact}, set aside"));
    assert_eq!((found.as_slice(), report.waiting), (expected.as_slice(), 0));
    let aside: Vec<(&str, u64)> = report.aside.iter().map(|aside| (aside.kind.as_str(), aside.count)).collect();
    assert_eq!(aside, [("alerts: intake.hearing-planned", 1), ("steward: intake.hearing-planned", 1)]);
    assert!(report.aside.iter().all(|aside| aside.reason.contains("does not read")), "{:?}", report.aside);
    let told = courthouse::operate::parked(&world.database.url("postgres")).await.unwrap();
    assert_eq!(told.len(), 2, "{told:?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_id_swallows_neither_a_conflict_nor_a_mended_event() {
    let world = World::open().await;
    let context = async_nats::jetstream::new(world.bus.client().clone());
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let good = contact.hearing("h1", date(2026, 10, 12));
    let mut other = good.clone();
    other.body["data"]["on"] = json!("2026-10-13");
    let mended = contact.hearing("h2", date(2026, 10, 12));
    let mut broken = mended.clone();
    broken.body["data"]["on"] = json!("soon");
    for event in [good, other, broken, mended] {
        let mut headers = async_nats::HeaderMap::new();
        headers.insert("Nats-Msg-Id", event.body["id"].as_str().unwrap());
        let payload = event.body.to_string().into();
        context.publish_with_headers(event.subject, headers, payload).await.unwrap().await.unwrap();
        // As long as the server remembers an id.
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    world.rests().await;
    assert_eq!(world.facts("intake.hearing-planned").await, 2);
    let kept = world.operator().get("/quarantined-events").await;
    let codes: Vec<&str> = kept.body["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["reasons"][0]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["event.conflict", "date.format"]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_meaning_in_two_spellings_is_one_event() {
    let world = World::open().await;
    let court = world.publisher("rbrot-civiel");
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let event = contact.hearing("h1", date(2026, 10, 12)).body;
    let mut spelt = event.clone();
    spelt["sequence"] = json!(1);
    spelt["time"] = json!(event["time"].as_str().unwrap().replace('Z', ".000+00:00"));
    spelt["dataschema"] = json!("urn:verband:contract:v1:nl.family-cases.hearing-planned.v1");
    let headers: Vec<(String, String)> = event
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, value)| name.as_str() != "datacontenttype" && value.is_string())
        .map(|(name, value)| (format!("ce-{name}"), value.as_str().unwrap().replace('Z', "+00:00")))
        .collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let outcome = |answer: verband_tests::Answer| answer.body["results"][0]["outcome"].clone();
    assert_eq!(outcome(court.sends(ONE, &[], &event).await), "filed");
    assert_eq!(outcome(court.sends(ONE, &[], &spelt).await), "duplicate");
    assert_eq!(outcome(court.sends("application/json", &headers, &event["data"]).await), "duplicate");
    spelt["sequence"] = json!(2);
    assert_eq!(outcome(court.sends(ONE, &[], &spelt).await), "quarantined");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_that_cannot_be_filed_fails_no_other_of_its_request() {
    let world = World::open().await;
    let court = world.publisher("rbrot-civiel");
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut next = |hearing: &str| contact.hearing(hearing, date(2026, 10, 12)).body;
    let (first, poisoned, last) = (next("h1"), next("h2"), next("h3"));
    let event = contract::value::event_id(poisoned["source"].as_str().unwrap(), poisoned["id"].as_str().unwrap());
    // What nobody thought of: the database takes everything but this one.
    let mut sql = world.database.connect("postgres").await;
    let constraint = format!("alter table intake.events add constraint poison check (event <> '{}')", event.uuid());
    sqlx::query(sqlx::AssertSqlSafe(constraint)).execute(&mut sql).await.unwrap();
    let answer = court.sends(BATCH, &[], &json!([first, poisoned, last])).await;
    assert_eq!(answer.status, 207, "{answer:?}");
    let results = answer.body["results"].as_array().unwrap();
    let outcomes: Vec<&str> = results.iter().map(|one| one["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["filed", "quarantined", "filed"]);
    assert_eq!(results[1]["reasons"][0]["code"], "event.not-filed");
    assert_eq!(court.sends(ONE, &[], &poisoned).await.body["results"][0]["outcome"], "quarantined");
    assert_eq!(world.facts("intake.event-quarantined").await, 1, "the same words refused twice are refused once");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_batch_every_event_is_read_as_it_was_written() {
    let world = World::open().await;
    let court = world.publisher("rbrot-civiel");
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let good = contact.hearing("h1", date(2026, 10, 12)).body.to_string();
    let twice = contact.hearing("h2", date(2026, 10, 12)).body.to_string();
    let twice = twice.replace(r#""on":"2026-10-12""#, r#""on":"2026-10-12", "on":"2026-10-13""#);
    let answer = court.sends_text(BATCH, &[], format!("[{good}, {twice}]")).await;
    let results = answer.body["results"].as_array().unwrap();
    assert_eq!(results[0]["outcome"], "filed");
    assert_eq!(results[1]["reasons"][0]["code"], "event.field-twice");
    // It is kept byte for byte.
    let operator = world.operator();
    let kept = operator.get("/quarantined-events").await;
    let path = format!("/quarantined-events/{}/inspections", kept.body["entries"][0]["id"].as_str().unwrap());
    let inspected = operator.post(&path, &json!({})).await;
    assert_eq!(inspected.body["body"], json!(twice));
    let bytes = inspected.body["bytes"].as_str().unwrap();
    assert_eq!(base64::Engine::decode(&base64::engine::general_purpose::STANDARD, bytes).unwrap(), twice.as_bytes());
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sent_an_event_hears_that_it_was_refused() {
    let world = World::open().await;
    let civil = client(&world, "rbrot-civiel").await;
    let mut family = civil.subscribe("rejections.v1.family.rbrot").await.unwrap();
    let mut criminal = client(&world, "rbrot-straf").await.subscribe("rejections.v1.criminal.rbrot").await.unwrap();
    civil.flush().await.unwrap();
    let court = world.publisher("rbrot-civiel");
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut next = |hearing: &str| contact.hearing(hearing, date(2026, 10, 12));

    // Over NATS, on a subject whose last word is odd.
    let odd = next("h1");
    let context = async_nats::jetstream::new(civil.clone());
    let subject = "cases.v1.family.rbrot.Hearing_Planned";
    context.publish(subject, odd.body.to_string().into()).await.unwrap().await.unwrap();
    let (channel, codes) = heard(&mut family).await;
    assert_eq!((channel.as_str(), codes), ("cases.v1.family.rbrot.unknown", vec!["channel.format".to_owned()]));
    // An operator releases it as what its type says.
    let operator = world.operator();
    let kept = operator.get("/quarantined-events").await;
    let path = format!("/quarantined-events/{}/releases", kept.body["entries"][0]["id"].as_str().unwrap());
    assert_eq!(operator.post(&path, &json!({})).await.status, 200);

    // Over HTTP, without a type that reads; and of another's jurisdiction, with another's source: told to who sent it.
    let mut untyped = next("h2").body;
    untyped["type"] = json!("hearing");
    assert_eq!(court.sends(ONE, &[], &untyped).await.status, 207);
    let mut foreign = next("h3").body;
    foreign["type"] = json!("nl.criminal-cases.hearing-planned.v1");
    foreign["source"] = json!("urn:nld:oin:00000001823288444000:systeem:straf-rbrot");
    foreign["data"]["on"] = json!("soon");
    let answer = court.sends(ONE, &[], &foreign).await;
    let told = answer.body["results"][0]["reasons"].as_array().unwrap().iter();
    let told: Vec<&str> = told.map(|reason| reason["code"].as_str().unwrap()).collect();
    assert_eq!(told, ["date.format", "source.credentials"], "everything at once");
    // Where the jurisdiction cannot be told or is not its own, on the first of its own.
    assert_eq!(heard(&mut family).await.1, ["type.format"]);
    let (channel, codes) = heard(&mut family).await;
    assert_eq!(channel, "cases.v1.family.rbrot.hearing-planned");
    assert_eq!(codes, ["date.format", "source.credentials"]);
    let elsewhere = tokio::time::timeout(Duration::from_millis(300), criminal.next()).await;
    assert!(!matches!(elsewhere, Ok(Some(_))), "another's subject stays silent");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_has_not_come() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let registered = contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812");
    let hearing = contact.hearing("h1", date(2026, 10, 12));
    let back = contact.event("event-retracted", &json!({ "eventId": registered.body["id"] }));
    let again = contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812");
    let operator = world.operator();
    let waiting = async || operator.get("/waiting-events").await.body["counts"]["case"].as_i64().unwrap();
    world.hears([registered, hearing]).await;
    assert_eq!(waiting().await, 0);
    world.hears([back.clone()]).await;
    assert_eq!(waiting().await, 2, "the hearing, and what takes the registration back");
    world.hears([again]).await;
    assert_eq!(waiting().await, 0);
    world.close().await;

    // The other way round: taken back before it came.
    let world = World::open().await;
    let operator = world.operator();
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let registered = contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812");
    world.hears([back, registered]).await;
    let waiting = operator.get("/waiting-events").await.body["counts"].clone();
    assert_eq!((&waiting["case"], &waiting["event"]), (&json!(1), &json!(0)));
    world.close().await;
}
