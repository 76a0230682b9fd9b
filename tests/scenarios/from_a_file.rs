//! `verband publish`: a file is published by what it says, and not by what it is called.

use std::path::Path;

use bus::{Bus, BusOptions};
use courthouse::events::{CaseEvent, CaseStory};
use courthouse::verbs::publish;
use jiff::civil::date;
use runtime::dev::Scratch;
use serde_json::json;
use verband_tests::World;

/// The bus as a publisher reaches it: with its own key.
async fn bus(world: &World, name: &str) -> Bus {
    let publisher = world.publishers.list.named(name).unwrap();
    let options = BusOptions {
        url: format!("nats://127.0.0.1:{}", world.nats.port()),
        credentials: None,
        nkey_seed: Some(world.publishers.seed(name).unwrap()),
        name: "publish",
        inbox: Some(format!("_INBOX_{}", publisher.inbox())),
    };
    Bus::connect(&options).await.unwrap()
}

fn write(file: &Path, events: &[&CaseEvent]) {
    let lines: Vec<String> = events.iter().map(|event| event.body.to_string()).collect();
    std::fs::write(file, lines.join("\n")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_mended_or_written_anew_is_published_and_nothing_is_twice() {
    let world = World::open().await;
    let bus = bus(&world, "rbrot-civiel").await;
    let publisher = world.publishers.list.named("rbrot-civiel").unwrap();
    let folder = Scratch::new("events").unwrap();
    let file = folder.path().join("events.ndjson");
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut next = |hearing: &str| contact.hearing(hearing, date(2026, 10, 12));
    let (first, second, third, fourth) = (next("h1"), next("h2"), next("h3"), next("h4"));
    let context = async_nats::jetstream::new(world.bus.client().clone());
    // Whether the command ended well, how many messages ever came, and how many facts there are.
    let run = async || {
        let ended = publish::run(&bus, &file, publisher).await;
        world.rests().await;
        let came = context.get_stream("CASES").await.unwrap().cached_info().state.last_sequence;
        (ended.is_ok(), came, world.facts("intake.hearing-planned").await)
    };

    // One line is refused here: the others are published, and the command fails.
    let mut broken = second.clone();
    broken.body["data"]["on"] = json!("soon");
    write(&file, &[&first, &broken]);
    assert_eq!(run().await, (false, 1, 1));
    // Mended in the same file, it is published.
    write(&file, &[&first, &second]);
    assert_eq!(run().await, (true, 2, 2));
    // The very same file again: nothing to do, and that is no failure.
    assert_eq!(run().await, (true, 2, 2));
    // Another file under the same name, as long as the one before.
    write(&file, &[&third, &fourth]);
    assert_eq!(run().await, (true, 4, 4));

    // Bytes that are no text are told, and the other lines go on; nothing was refused by the house itself.
    let mut bytes = b"\xff\xfe\n".to_vec();
    bytes.extend(next("h5").body.to_string().into_bytes());
    std::fs::write(&file, bytes).unwrap();
    assert_eq!(run().await, (false, 5, 5));
    assert_eq!(world.facts("intake.event-quarantined").await, 0);
    world.close().await;
}
