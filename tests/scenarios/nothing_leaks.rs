//! After everything, nobody can be named from what is left lying about.

use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use courthouse::dev::demo;
use verband_tests::{TODAY, World, postgres};

/// Every place in `folder` (any file, any depth) where one of the values stands in the clear.
fn found_in(folder: &Path, values: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                found.extend(values_in(&bytes, values).map(|value| format!("{}: {value}", path.display())));
            }
        }
    }
    found
}

fn values_in<'v>(bytes: &[u8], values: &'v [&'v str]) -> impl Iterator<Item = &'v str> {
    let text = legible(&String::from_utf8_lossy(bytes)).to_lowercase();
    values.iter().copied().filter(move |value| text.contains(&value.to_lowercase()))
}

/// The text with every quoted ciphertext replaced by what it decodes to: among a hundred thousand characters of base64
/// any given four letters turn up once in ten runs, whereas base64 that hides a name shows it here.
fn legible(text: &str) -> String {
    let pieces = text.split('"').map(|piece| match STANDARD.decode(piece) {
        Ok(decoded) if piece.len() >= 40 => String::from_utf8(decoded).unwrap_or_default(),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("\"")
}

#[test]
fn a_name_in_base64_is_found_and_noise_is_not() {
    let hidden = STANDARD.encode("the court writes about Samira Amrani here");
    assert_eq!(values_in(format!("{{\"note\": \"{hidden}\"}}").as_bytes(), &["Amrani"]).count(), 1);
    let noise = [&[0xff; 30][..], &STANDARD.decode("xxNoorxx").unwrap()].concat();
    assert_eq!(values_in(format!("\"{}\"", STANDARD.encode(noise)).as_bytes(), &["Noor"]).count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_of_the_database_the_stream_store_and_the_logs_names_nobody() {
    let world = World::open().await;
    crate::logs();
    let values = demo::personal_values();

    world.hears(demo::caseload(TODAY).unwrap()).await;
    // People use it, too: what they see passes through logs and metrics.
    for signal in world.judge("judge-anna").inbox().await {
        world.judge("judge-anna").opens(signal["signal"].as_str().unwrap()).await;
    }
    let queue = world.steward().queue().await;
    assert!(!queue.is_empty(), "there is something to look at");
    for question in &queue {
        let shown = world.steward().opens(question["id"].as_str().unwrap()).await;
        assert!(
            !values_in(shown.body.to_string().as_bytes(), &values).collect::<Vec<_>>().is_empty(),
            "stewards do see people"
        );
    }
    world.rests().await;

    let dump =
        Command::new("pg_dump").arg("--dbname").arg(world.database.url("postgres")).output().expect("pg_dump runs");
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    assert!(dump.stdout.len() > 50_000, "the dump holds the journal");
    assert_eq!(values_in(&dump.stdout, &values).collect::<Vec<_>>(), Vec::<&str>::new(), "in the database");
    assert_eq!(found_in(world.nats.folder(), &values), Vec::<String>::new(), "in the stream store");
    let postgres_log = std::fs::read(postgres().log_file()).unwrap_or_default();
    assert_eq!(values_in(&postgres_log, &values).collect::<Vec<_>>(), Vec::<&str>::new(), "in PostgreSQL's log");
    let own = crate::logged();
    assert!(!own.is_empty());
    assert_eq!(values_in(own.as_bytes(), &values).collect::<Vec<_>>(), Vec::<&str>::new(), "in the log");
    for address in [world.addresses.intake, world.addresses.linker, world.addresses.alerts, world.addresses.steward] {
        let metrics = reqwest::get(format!("http://{address}/metrics")).await.unwrap().text().await.unwrap();
        assert_eq!(values_in(metrics.as_bytes(), &values).collect::<Vec<_>>(), Vec::<&str>::new(), "in metrics");
    }
    world.close().await;
}
