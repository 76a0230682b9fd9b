//! What must hold of the decoder for whatever bytes: it answers, and it answers the same again. The fuzzer runs this, and
//! the tests run it on everything that the fuzzer has found worth keeping.

use std::sync::LazyLock;

use contract::{Draft, Publishers, Received, envelope, read, read_setting_aside};
use domain::party::PartyDetails;

/// The systems that the events of the corpus come from.
static PUBLISHERS: LazyLock<Publishers> =
    LazyLock::new(|| Publishers::parse(include_str!("publishers.toml")).expect("a list of publishers"));

/// Reads an input: a line with the subject of a message, and the message in the form in which it is kept.
pub fn decode(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (subject, kept) = (String::from_utf8_lossy(&bytes[..end]), bytes.get(end + 1..).unwrap_or_default());
    let received = Received::from_bytes(kept);
    assert!(Received::from_bytes(&received.to_bytes()) == received, "a message is kept as it came");
    let Ok(event) = received.event() else { return };
    let understood = read(&subject, &event);
    assert_eq!(read(&subject, &event), understood, "an event says the same twice");
    match &understood {
        Ok(understood) => {
            if let Draft::Party { details, .. } | Draft::Details { details, .. } = &understood.draft {
                let again = PartyDetails::from_plaintext(&details.to_plaintext());
                assert_eq!(again.as_ref(), Ok(&**details), "who a party is survives being sealed");
            }
        }
        Err(reasons) => assert!(!reasons.is_empty(), "a refusal has a reason"),
    }
    if let Err(reasons) = read_setting_aside(&PUBLISHERS, &subject, &event) {
        assert!(!reasons.is_empty(), "a refusal has a reason");
    }
    drop(envelope::canonical(event));
}
