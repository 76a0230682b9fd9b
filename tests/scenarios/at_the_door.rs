//! What is not understood is kept, and its publisher is told.

use std::time::Duration;

use courthouse::events::{CaseStory, people, person};
use futures::StreamExt;
use serde_json::{Value, json};
use verband_tests::World;

use crate::contact_case;

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_none_goes_to_quarantine_and_the_court_hears_why() {
    let world = World::open().await;
    let mut rejections = world.bus.client().subscribe("rejections.v1.family.rbrot").await.unwrap();
    let (mut contact, events) = contact_case();
    let broken = contact.party("p9", &["minor"], None, &person(["", "Yilmaz", "Selin", "2015-05-05", "999990018"]));
    world.hears(events.into_iter().chain([broken.clone(), broken])).await;

    let message = tokio::time::timeout(Duration::from_secs(10), rejections.next()).await.unwrap().unwrap();
    let rejection: Value = serde_json::from_slice(&message.payload).unwrap();
    assert_eq!(rejection["data"]["reasons"][0]["code"], "bsn.eleven-test");
    assert_eq!(rejection["data"]["reasons"][0]["pointer"], "/data/person/bsn");
    assert!(!rejection.to_string().contains("999990018") && !rejection.to_string().contains("Yilmaz"));

    assert_eq!(world.facts("intake.event-quarantined").await, 1, "the same bytes twice are one matter");
    let kept = world.operator().get("/quarantined-events").await;
    assert_eq!(kept.body["entries"].as_array().unwrap().len(), 1);
    assert!(!kept.body.to_string().contains("Yilmaz"));

    // Mended, under the same id, it is taken.
    let mut again = CaseStory::new("family", "RBROT", "contact");
    for _ in 0..6 {
        again.event("skipped", &Value::Null);
    }
    let mended = again.party("p9", &["minor"], None, &person(["", "Yilmaz", "Selin", "2015-05-05", ""]));
    world.hears([mended]).await;
    assert_eq!(world.facts("intake.party-added").await, 4);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_bytes_come_in_others_go_through() {
    let world = World::open().await;
    let context = async_nats::jetstream::new(world.bus.client().clone());
    let junk: [&[u8]; 5] = [b"", b"\xff\xfe", b"[]", b"{\"specversion\":\"1.0\"}", &vec![b'x'; 70_000]];
    for bytes in junk {
        context.publish("cases.v1.family.rbrot.party-added", bytes.to_vec().into()).await.unwrap().await.unwrap();
    }
    context.publish("cases.v1.odd", b"{}".to_vec().into()).await.unwrap().await.unwrap();
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    world
        .hears([
            contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812"),
            contact.party("p1", &["petitioner"], None, &people::pieter()),
        ])
        .await;
    assert_eq!(world.facts("intake.event-quarantined").await, 6);
    assert_eq!(world.facts("intake.party-added").await, 1);
    let held = context.get_stream("CASES").await.unwrap().cached_info().state.messages;
    assert_eq!(held, 0, "and the inbound stream is empty again");
    world.close().await;
}

/// An event that reads and cannot be filed comes again and again, and holds up nobody meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn one_poisoned_event_delays_no_other_case() {
    let world = World::open().await;
    let mut poisoned = CaseStory::new("family", "RBROT", "poisoned");
    let poison = poisoned.registered("contact-arrangement", "C/10/712345 / FA RK 26-812");
    let event = contract::envelope::identity(&[], Some(&poison.body)).uuid();
    let mut owner = world.database.connect("postgres").await;
    let trap = format!(
        "create function public.spoil() returns trigger language plpgsql as $$ begin
             if new.event = '{event}' then raise exception 'spoiled'; end if; return new; end $$;
         create trigger spoil before insert on intake.events for each row execute function public.spoil();"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(trap)).execute(&mut owner).await.unwrap();
    let others = (0..60).map(|number| {
        CaseStory::new("family", "RBROT", &format!("other-{number}"))
            .registered("contact-arrangement", &format!("C/10/{} / FA RK 26-1", 700_000 + number))
    });
    world.publish(std::iter::once(poison).chain(others)).await;
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while world.facts("intake.case-registered").await < 60 {
        assert!(std::time::Instant::now() < deadline, "the others wait for the poisoned one");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(world.facts("intake.event-quarantined").await, 0, "it is still tried");
    sqlx::raw_sql("drop trigger spoil on intake.events").execute(&mut owner).await.unwrap();
    world.rests().await;
    assert_eq!(world.facts("intake.case-registered").await, 61, "and it is not lost");
    world.close().await;
}

/// What was known of a party was destroyed; what comes about it afterwards is kept, told, and filed for nobody.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_new_is_taken_about_a_party_who_was_erased() {
    let world = World::open().await;
    let (mut contact, events) = contact_case();
    world.hears(events).await;
    let mut owner = world.database.connect("postgres").await;
    sqlx::raw_sql("update journal.keys set wrapped = null, dropped_at = now()").execute(&mut owner).await.unwrap();
    let before = world.facts("intake.hearing-planned").await;
    // In one batch with something that can be filed.
    world
        .hears([contact.details("p1", &people::pieter()), contact.hearing("h9", jiff::civil::date(2026, 11, 2))])
        .await;
    assert_eq!(world.facts("intake.hearing-planned").await, before + 1);
    assert_eq!(world.facts("intake.party-details-changed").await, 0);
    let kept = world.operator().get("/quarantined-events").await;
    assert_eq!(kept.body["entries"][0]["reasons"][0]["code"], "party.erased", "{kept:?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_id_with_other_words_is_a_conflict_that_is_kept_and_told() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let first = contact.hearing("h1", jiff::civil::date(2026, 10, 12));
    let mut other = first.clone();
    other.body["data"]["on"] = json!("2026-10-13");
    let mut retried = first.clone();
    retried.body["traceparent"] = json!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    // The first words stand, and one conflict is kept. They are sent first: several batches are in hand, and of words that
    // come at once those stand that were filed first.
    world.hears([first.clone()]).await;
    world.hears([other.clone(), retried.clone()]).await;
    world.hears([other, retried, first]).await;
    assert_eq!(world.facts("intake.hearing-planned").await, 1);
    assert_eq!(world.facts("intake.event-quarantined").await, 1);
    let operator = world.operator();
    let kept = operator.get("/quarantined-events").await;
    let entry = &kept.body["entries"][0];
    assert_eq!(entry["reasons"][0]["code"], "event.conflict");
    // Releasing does not make the other words true.
    let path = format!("/quarantined-events/{}", entry["id"].as_str().unwrap());
    let released = operator.post(&format!("{path}/releases"), &json!({})).await;
    assert_eq!(released.status, 409, "{released:?}");
    assert_eq!(operator.get(&path).await.status, 200, "it is still kept");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_in_binary_mode_is_the_same_event() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let event = contact.hearing("h1", jiff::civil::date(2026, 10, 12));
    let context = async_nats::jetstream::new(world.bus.client().clone());
    for broken in [false, true] {
        let mut headers = async_nats::HeaderMap::new();
        for (name, value) in event.body.as_object().unwrap() {
            if let (false, Some(text)) = (name == "datacontenttype", value.as_str()) {
                headers.insert(format!("ce-{name}"), text);
            }
        }
        let mut data = event.body["data"].clone();
        if broken {
            headers.insert("ce-id", "another");
            data["on"] = json!("the day after");
        }
        headers.insert("content-type", "application/json");
        let payload = data.to_string().into();
        context.publish_with_headers(event.subject.clone(), headers, payload).await.unwrap().await.unwrap();
    }
    world.hears([event]).await;
    assert_eq!(world.facts("intake.hearing-planned").await, 1);
    let operator = world.operator();
    let kept = operator.get("/quarantined-events").await;
    assert_eq!(kept.body["entries"].as_array().unwrap().len(), 1);
    let path = format!("/quarantined-events/{}", kept.body["entries"][0]["id"].as_str().unwrap());
    let inspected = operator.post(&format!("{path}/inspections"), &json!({})).await;
    let body = inspected.body["body"].as_str().unwrap();
    assert!(
        body.starts_with("NATS/1.0") && body.contains("ce-id: another") && body.contains("the day after"),
        "{body}"
    );
    assert_eq!(world.facts("intake.event-inspected").await, 1);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_releases_what_was_kept_or_discards_it_with_a_reason() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let broken = contact.party("p9", &["minor"], None, &person(["", "Yilmaz", "Selin", "2015-05-05", "999990018"]));
    let hopeless = contact.event("hearing-planned", &json!({ "hearingId": "h1", "on": "soon" }));
    let mut lost = contact.hearing("h2", jiff::civil::date(2026, 10, 12));
    lost.subject = "cases.v1.family.atlantis.hearing-planned".to_owned();
    world.hears([broken, hopeless, lost]).await;
    let operator = world.operator();
    let page = operator.get("/quarantined-events").await;
    let entry = |code: &str| {
        let entries = page.body["entries"].as_array().unwrap();
        let found = entries.iter().find(|entry| entry["reasons"][0]["code"] == code).expect("an entry");
        format!("/quarantined-events/{}", found["id"].as_str().unwrap())
    };
    let (broken, hopeless, lost) = (entry("bsn.eleven-test"), entry("date.format"), entry("channel.court"));

    // As it is, it cannot be released; with the number set aside it can, once.
    let refused = operator.post(&format!("{broken}/releases"), &json!({})).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    assert!(!refused.body.to_string().contains("999990018"));
    let released = operator.post(&format!("{broken}/releases"), &json!({ "setAside": true })).await;
    assert_eq!((released.status, &released.body["setAside"]), (200, &json!(["/data/person/bsn"])), "{released:?}");
    assert_eq!(operator.post(&format!("{broken}/releases"), &json!({ "setAside": true })).await.status, 404);
    let channel = json!({ "channel": "cases.v1.family.rbrot.hearing-planned" });
    assert_eq!(operator.post(&format!("{lost}/releases"), &channel).await.status, 200);

    let why = json!({ "reason": "replaced" });
    assert_eq!(operator.post(&format!("{hopeless}/discards"), &json!({})).await.status, 400);
    assert_eq!(operator.post(&format!("{hopeless}/discards"), &why).await.status, 200);
    assert_eq!(operator.post(&format!("{hopeless}/discards"), &why).await.status, 404);
    world.rests().await;
    for (kind, count) in [
        ("intake.party-added", 1),
        ("intake.hearing-planned", 1),
        ("intake.event-released", 2),
        ("intake.event-discarded", 1),
    ] {
        assert_eq!(world.facts(kind).await, count, "{kind}");
    }
    assert_eq!(operator.get("/quarantined-events").await.body["entries"], json!([]));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_seen_and_counted_until_the_rest_comes() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let registered = contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812");
    let planned = contact.hearing("h1", jiff::civil::date(2026, 10, 12));
    let moved = contact.event("hearing-moved", &json!({ "hearingId": "h1", "on": "2026-11-02" }));
    let back = contact.event("event-retracted", &json!({ "eventId": moved.body["id"] }));
    let again = contact.event("hearing-moved", &json!({ "hearingId": "h1", "on": "2026-11-09" }));
    let operator = world.operator();
    let waiting = async || {
        let answer = operator.get("/waiting-events").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let counts = answer.body["counts"].clone();
        let longest = answer.body["longest"].as_array().unwrap().len();
        (["case", "hearing", "event"].map(|thing| counts[thing].as_i64().unwrap()), longest)
    };
    assert_eq!(waiting().await, ([0, 0, 0], 0));
    world.hears([back]).await;
    assert_eq!(waiting().await, ([1, 0, 1], 2));
    // What was taken back waits for nothing.
    world.hears([moved]).await;
    assert_eq!(waiting().await, ([1, 0, 0], 1));
    world.hears([again]).await;
    assert_eq!(waiting().await, ([2, 1, 0], 3));
    world.hears([planned]).await;
    assert_eq!(waiting().await, ([3, 0, 0], 3));
    world.hears([registered]).await;
    assert_eq!(waiting().await, ([0, 0, 0], 0));
    world.close().await;
}
