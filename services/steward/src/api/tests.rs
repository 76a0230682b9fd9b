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
fn a_version_must_be_named() {
    let of = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MATCH, value.parse().expect("a header"));
        seen(&headers)
    };
    assert_eq!(of("\"a.b.c\""), Ok("a.b.c".to_owned()));
    assert_eq!(of("W/\"a.b.c\""), Ok(String::new()), "a weak tag matches nothing");
    assert_eq!(of("*").map_err(|problem| problem.status().as_u16()), Err(428));
    assert_eq!(seen(&HeaderMap::new()).map_err(|problem| problem.status().as_u16()), Err(428));
}

#[test]
fn the_name_of_a_request_is_short_and_printable() {
    let of = |value: &str| {
        let mut headers = HeaderMap::new();
        headers.insert("idempotency-key", value.parse().expect("a header"));
        request_name(&headers)
    };
    assert_eq!(request_name(&HeaderMap::new()), Ok(None));
    assert_eq!(of("8e03978e"), Ok(Some("8e03978e".to_owned())));
    for bad in ["", "é", &"x".repeat(129)] {
        assert_eq!(of(bad).map_err(|problem| problem.status().as_u16()), Err(400));
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
