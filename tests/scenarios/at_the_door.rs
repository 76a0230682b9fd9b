//! What is not understood is kept, and its publisher is told.

use std::time::Duration;

use courthouse::events::{CaseStory, people, person};
use futures::StreamExt;
use serde_json::Value;
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
