//! The house as its people meet it: events in, signals and questions out. Each scenario is written to be read aloud.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod any_order;
mod articles;
mod asked;
mod asked_source;
mod at_the_door;
mod attested;
mod blind;
mod desk;
mod desk_foresees;
mod disclosed;
mod doubted;
mod escalated;
mod exact_sum;
mod from_a_file;
mod handled;
mod history;
mod kept_apart;
mod ladder;
mod late;
mod learnt;
mod links;
mod matters;
mod measures;
mod models;
mod never;
mod nothing_is_swallowed;
mod nothing_leaks;
mod operated;
mod peer_scenarios;
mod policies;
mod pools;
mod publishers;
mod sampled;
mod split;
mod surfaces;
mod third_cases;
mod thousands;
mod told;
mod webhooks;
mod whatever_the_order;
mod who_is_who;
mod withdrawn;

use courthouse::events::{CaseEvent, CaseStory, people};
use jiff::ToSpan;
use serde_json::Value;
use verband_tests::TODAY;

/// The family court has a case on contact: Pieter asks, Samira answers, it is about Noortje; judge-anna hears it in four weeks.
pub fn contact_case() -> (CaseStory, Vec<CaseEvent>) {
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let events = vec![
        contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812"),
        contact.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
        contact.party("p3", &["minor"], Some("child"), &people::noor()),
        contact.judges(&["judge-anna"]),
        contact.hearing("h1", TODAY.checked_add(28.days()).unwrap()),
    ];
    (contact, events)
}

/// The criminal court prosecutes Pieter for assault of Samira; judge-bram hears it.
pub fn assault_case() -> (CaseStory, Vec<CaseEvent>) {
    let mut assault = CaseStory::new("criminal", "RBROT", "assault");
    let events = vec![
        assault.registered("adult-criminal", "10/123456-26"),
        assault.party("d1", &["suspect"], None, &people::pieter()),
        assault.party("d2", &["victim"], None, &people::samira()),
        assault.judges(&["judge-bram"]),
        assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
    ];
    (assault, events)
}

/// Begins to log everything that this test process does, in every detail, into a file that goes with it. Of a long run less is said.
#[expect(clippy::disallowed_methods, reason = "how long a test runs is for who runs it to say")]
pub fn logs() -> &'static std::fs::File {
    static LOG: std::sync::OnceLock<std::fs::File> = std::sync::OnceLock::new();
    LOG.get_or_init(|| {
        let path = std::env::temp_dir().join(format!("verband-leak-{}.log", std::process::id()));
        let filter = std::env::var("FAMILIES").map_or("trace", |_| "info").to_owned();
        let settings = runtime::config::Log { filter, file: Some(path.clone()) };
        // A service logs where it panicked and not what it said; a test that fails says why.
        let says = std::panic::take_hook();
        runtime::telemetry::log(&settings).expect("this process logs to a file");
        std::panic::set_hook(says);
        let file = std::fs::File::open(&path).expect("a log");
        std::fs::remove_file(path).expect("a file");
        file
    })
}

/// What this process logged since [`logs`].
pub fn logged() -> String {
    use std::os::unix::fs::FileExt as _;
    let log = logs();
    let mut bytes = vec![0; usize::try_from(log.metadata().expect("a log").len()).expect("a size")];
    log.read_exact_at(&mut bytes, 0).expect("a log");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The id of a signal as the API gives it.
pub fn id(signal: &Value) -> String {
    signal["signal"].as_str().expect("a signal has an id").to_owned()
}
