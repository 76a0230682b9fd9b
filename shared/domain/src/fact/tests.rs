//! Every kind of fact ever written has a frozen sample in `fixtures/`, and still reads.

use super::*;

fn fixtures() -> Vec<(String, Value)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut fixtures: Vec<(String, Value)> = std::fs::read_dir(folder)
        .expect("a folder of fixtures")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let kind = path.file_stem().and_then(|name| name.to_str()).expect("a kind").to_owned();
            let text = std::fs::read_to_string(&path).expect("a text");
            (kind, serde_json::from_str(&text).expect("JSON"))
        })
        .collect();
    fixtures.sort_by(|one, other| one.0.cmp(&other.0));
    fixtures
}

/// The kinds as the enums name them: a new variant without a sample fails here.
const KINDS: [&str; 113] = [
    "alerts.access-refused",
    "alerts.article-settled",
    "alerts.article-unknown",
    "alerts.consultation-attested",
    "alerts.court-revealed",
    "alerts.information-request-overdue",
    "alerts.information-request-withdrawn",
    "alerts.information-requested",
    "alerts.link-doubted",
    "alerts.party-version-checked",
    "alerts.party-version-prepared",
    "alerts.party-version-told",
    "alerts.procedure-history-asked",
    "alerts.signal-acknowledged",
    "alerts.signal-escalated",
    "alerts.signal-handled",
    "alerts.signal-raised",
    "alerts.signal-rated",
    "alerts.signal-read",
    "alerts.signal-updated",
    "alerts.signal-withdrawn",
    "intake.appeal-lodged",
    "intake.case-became-final",
    "intake.case-closed",
    "intake.case-joined",
    "intake.case-referred",
    "intake.case-registered",
    "intake.case-split",
    "intake.case-withdrawn",
    "intake.charge-amended",
    "intake.charge-brought",
    "intake.clerks-assigned",
    "intake.contact-arranged",
    "intake.contact-denied",
    "intake.council-investigation-ordered",
    "intake.council-report-received",
    "intake.criminal-chain-numbers-merged",
    "intake.custody-changed",
    "intake.decision-given",
    "intake.destruction-ordered",
    "intake.detention-changed",
    "intake.embargo-imposed",
    "intake.embargo-lifted",
    "intake.event-corrected",
    "intake.event-discarded",
    "intake.event-inspected",
    "intake.event-quarantined",
    "intake.event-released",
    "intake.event-retracted",
    "intake.hearing-cancelled",
    "intake.hearing-moved",
    "intake.hearing-planned",
    "intake.information-request-answered",
    "intake.judges-assigned",
    "intake.order-breached",
    "intake.order-changed",
    "intake.order-ended",
    "intake.order-imposed",
    "intake.order-suspended",
    "intake.party-added",
    "intake.party-details-changed",
    "intake.party-removed",
    "intake.party-roles-ended",
    "intake.phase-entered",
    "intake.prosecution-dismissed",
    "intake.prosecution-ordered",
    "intake.prosecution-settled",
    "intake.record-confirmed",
    "intake.shielding-changed",
    "intake.special-guardian-appointed",
    "intake.suspended-sentence-called-in",
    "intake.suspicion-registered",
    "intake.verdict-given",
    "intake.violence-alleged",
    "linker.cases-linked",
    "linker.conflict-found",
    "linker.consequences-foreseen",
    "linker.group-weighed",
    "linker.link-changed",
    "linker.link-withdrawn",
    "linker.match-possible",
    "linker.matter-dissolved",
    "linker.matter-formed",
    "linker.model-activated",
    "linker.model-proposed",
    "linker.person-certain",
    "linker.person-dissolved",
    "linker.person-split",
    "linker.persons-merged",
    "linker.proposal-rejected",
    "linker.question-withdrawn",
    "steward.article-passed-on",
    "steward.control-drawn",
    "steward.group-examined",
    "steward.group-parted",
    "steward.group-suspected",
    "steward.identifier-revealed",
    "steward.opinion-given",
    "steward.opinion-lapsed",
    "steward.pair-confirmed",
    "steward.pair-rejected",
    "steward.pair-reviewed",
    "steward.parting-undone",
    "steward.question-lapsed",
    "steward.question-raised",
    "steward.question-reopened",
    "steward.review-undone",
    "steward.ruling-proposed",
    "steward.ruling-undone",
    "steward.source-asked",
    "steward.task-claimed",
    "steward.task-released",
    "steward.task-set-aside",
];

#[test]
fn every_kind_has_a_sample_that_reads_and_writes_back_as_it_was() {
    let fixtures = fixtures();
    let kinds: Vec<&str> = fixtures.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, KINDS);
    for (kind, data) in fixtures {
        let body = from_stored(&kind, &data).unwrap_or_else(|error| panic!("{kind}: {error:?}"));
        let stored = match &body {
            Body::Intake(fact) => to_stored(fact),
            Body::Linker(fact) => to_stored(fact),
            Body::Alerts(fact) => to_stored(fact),
            Body::Steward(fact) => to_stored(fact),
        };
        assert_eq!(stored.expect("writes"), (kind, data));
    }
}

/// While services are updated one by one, those that are not yet read what the others write.
#[test]
fn a_field_that_a_later_version_adds_is_passed_over() {
    for (kind, mut data) in fixtures() {
        let before = from_stored(&kind, &data).unwrap_or_else(|error| panic!("{kind}: {error:?}"));
        data["added_later"] = serde_json::json!({ "any": ["thing"] });
        let after = from_stored(&kind, &data).unwrap_or_else(|error| panic!("{kind}: {error:?}"));
        assert_eq!(before, after, "{kind}");
    }
}

#[test]
fn what_an_appeal_was_found_to_lack_is_open_in_old_facts_and_kept_in_new_ones() {
    let (kind, mut data) = fixtures().into_iter().find(|(kind, _)| kind == "intake.appeal-lodged").expect("a sample");
    let read = |data: &Value| match from_stored(&kind, data) {
        Ok(Body::Intake(IntakeFact::AppealLodged(fact))) => (fact.jointly_with.len(), fact.by_prosecution),
        other => panic!("{other:?}"),
    };
    assert_eq!(read(&data), (0, None));
    data["jointly_with"] = serde_json::json!(["1ba4f24c-49cb-5220-95cb-45a45eae1a87"]);
    data["by_prosecution"] = serde_json::json!(true);
    assert_eq!(read(&data), (1, Some(true)));
    let body = from_stored(&kind, &data).expect("reads");
    let Body::Intake(fact) = &body else { panic!("a fact of intake") };
    assert_eq!(to_stored(fact).expect("writes"), (kind, data));
}

#[test]
fn what_facts_were_found_to_lack_is_open_in_old_ones_and_kept_in_new_ones() {
    for (of, place, field, value) in [
        ("intake.order-imposed", "/terms", "legal_basis", serde_json::json!("Wth 2")),
        ("intake.order-changed", "/terms", "imposed_by", serde_json::json!("mayor")),
        ("intake.verdict-given", "", "on", serde_json::json!("2026-11-02")),
        ("intake.charge-brought", "", "on", serde_json::json!("2026-09-01")),
        ("intake.prosecution-dismissed", "", "on", serde_json::json!("2026-10-05")),
        ("intake.hearing-planned", "", "chamber", serde_json::json!("ek-12")),
        ("linker.person-dissolved", "", "rulings", serde_json::json!(["1ba4f24c-49cb-5220-95cb-45a45eae1a87"])),
        ("linker.link-withdrawn", "", "rulings", serde_json::json!(["1ba4f24c-49cb-5220-95cb-45a45eae1a87"])),
    ] {
        let (kind, old) = fixtures().into_iter().find(|(kind, _)| kind == of).expect("a sample");
        let mut new = old.clone();
        new.pointer_mut(place).expect("an object")[field] = value;
        let [old, told] = [&old, &new].map(|data| from_stored(&kind, data).expect("reads"));
        assert_ne!(old, told, "{kind}");
        let stored = match &told {
            Body::Intake(fact) => to_stored(fact),
            Body::Linker(fact) => to_stored(fact),
            _ => panic!("a fact of intake or of the linker"),
        };
        assert_eq!(stored.expect("writes"), (kind, new));
    }
}

#[test]
fn a_kind_nobody_knows_is_an_error_and_not_a_panic() {
    for kind in ["", "intake", "somebody.did-something", "intake.", "intake.sang"] {
        assert!(from_stored(kind, &Value::Null).is_err(), "{kind}");
    }
}

#[test]
fn a_subject_is_plain() {
    assert!(Subject::parse("judge-anna").is_ok());
    for text in ["", "Anna Jansen", "a/b", &"x".repeat(129)] {
        assert_eq!(Subject::parse(text), Err(SubjectError));
    }
}
