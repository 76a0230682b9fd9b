//! The description of the API keeps the design rules, is the committed one, and says nothing about offences.

use super::*;

/// Words of what anybody is charged with or a judge is told: none of them belongs on this desk, in either language.
pub(crate) const FORBIDDEN: [&str; 14] = [
    "offence",
    "charge",
    "indicator",
    "violence",
    "verdict",
    "convict",
    "signal",
    "tier",
    "delict",
    "feit",
    "geweld",
    "aanklacht",
    "veroordeel",
    "signaal",
];

#[test]
fn the_description_follows_the_api_design_rules() {
    assert_eq!(web::adr_violations(&document()), Vec::<String>::new());
}

#[test]
fn the_description_is_the_committed_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    assert_eq!(web::openapi::committed(&document(), path), Ok(()));
}

#[test]
fn nothing_on_the_wire_is_about_an_offence() {
    let schemas = serde_json::to_value(document().components).expect("a document").to_string().to_lowercase();
    for word in FORBIDDEN {
        assert!(!schemas.contains(word), "{word}");
    }
}

#[test]
fn a_note_is_trimmed_blank_is_none_and_too_long_is_refused() {
    assert_eq!(note("body", None), Ok(None));
    assert_eq!(note("body", Some("  \n")), Ok(None));
    assert_eq!(note("body", Some(" asked the court ")), Ok(Some(Personal::new("asked the court".to_owned()))));
    let refused = note("form", Some(&"x".repeat(2001))).expect_err("too long");
    assert_eq!((refused.place, refused.name.as_str()), ("form", "note"));
}
