use proptest::prelude::*;
use serde_json::json;

use super::*;

fn party_added(person: &Value) -> Value {
    json!({
        "specversion": "1.0",
        "id": "7d9f2d52-9f3c-4b2a-9a63-3d1c4b0e9f11",
        "source": "urn:nld:oin:00000001823288444000:systeem:civiel",
        "type": "nl.family-cases.party-added.v1",
        "subject": "0190c9a2-7f3e-7c11-8d52-0242ac120002",
        "time": "2026-11-23T10:00:00Z",
        "sequence": "17",
        "data": { "partyId": "p1", "roles": ["petitioner"], "capacity": "father", "person": person }
    })
}

fn read(event: &Value) -> Result<Understood, Vec<Reason>> {
    super::event("cases.v1.family.rbrot.party-added", event.to_string().as_bytes())
}

fn codes(event: &Value) -> Vec<(String, String)> {
    match read(event) {
        Ok(_) => Vec::new(),
        Err(reasons) => reasons.into_iter().map(|reason| (reason.pointer, reason.code)).collect(),
    }
}

#[test]
fn a_party_is_understood() {
    let event = party_added(&json!({
        "bsn": "9999.91.036", "surname": "Berg", "prefix": "van den", "givenNames": "Pieter", "birthDate": "02-11-1987",
        "address": { "street": "Voorbeeldstraat", "houseNumber": "1", "postcode": "3011 AA", "town": "Rotterdam" }
    }));
    let Ok(Understood { draft: Draft::Party { roles, details, .. }, .. }) = read(&event) else { panic!("reads") };
    assert_eq!(roles.len(), 1);
    assert!(details.bsn.is_some() && details.birth.is_some() && details.address.is_some());
}

#[test]
fn every_fault_is_told_at_once_and_none_quotes_a_value() {
    let event = party_added(&json!({ "bsn": "999991001", "surname": "Berg", "birthDate": "31-02-1987", "sex": "x" }));
    let Err(reasons) = read(&event) else { panic!("is refused") };
    let places: Vec<&str> = reasons.iter().map(|reason| reason.pointer.as_str()).collect();
    assert_eq!(places, ["/data/person/birthDate", "/data/person/bsn", "/data/person/sex"]);
    let told = format!("{reasons:?}");
    for value in ["999991001", "31-02", "Berg"] {
        assert!(!told.contains(value), "{told}");
    }
}

#[test]
fn a_placeholder_means_that_no_number_is_known() {
    for placeholder in ["000000000", "000000012", "111222333", "123456782"] {
        let event = party_added(&json!({ "bsn": placeholder, "surname": "Berg" }));
        let Ok(Understood { draft: Draft::Party { details, .. }, .. }) = read(&event) else { panic!("{placeholder}") };
        assert!(details.bsn.is_none() && details.unusable_bsn.is_some(), "{placeholder}");
    }
}

#[test]
fn a_partial_birth_date_is_taken_and_an_unknown_one_is_missing() {
    for (written, known) in
        [(json!("19850000"), true), (json!("00000000"), false), (json!({"type": "JaarDatum", "jaar": 1985}), true)]
    {
        let event = party_added(&json!({ "surname": "Berg", "birthDate": written }));
        let Ok(Understood { draft: Draft::Party { details, .. }, .. }) = read(&event) else { panic!("{written}") };
        assert_eq!(details.birth.is_some(), known, "{written}");
    }
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let good = party_added(&json!({ "surname": "Berg" }));
    let mut suspect = good.clone();
    suspect["data"]["roles"] = json!(["suspect"]);
    assert_eq!(codes(&suspect), [("/data/roles/0".to_owned(), "role.jurisdiction".to_owned())]);
    let mut unknown = good.clone();
    unknown["type"] = json!("nl.family-cases.party-sung.v1");
    assert!(codes(&unknown).iter().any(|(_, code)| code == "type.unknown"));
    let elsewhere = super::event("cases.v1.criminal.rbrot.party-added", good.to_string().as_bytes());
    assert!(matches!(elsewhere, Err(reasons) if reasons.iter().any(|reason| reason.code == "channel.mismatch")));
    let nowhere = super::event("cases.v1.family.atlantis.party-added", good.to_string().as_bytes());
    assert!(matches!(nowhere, Err(reasons) if reasons.iter().any(|reason| reason.code == "channel.court")));
}

#[test]
fn nobody_speaks_of_another_courts_case() {
    let event = party_added(&json!({ "surname": "Berg" }));
    let case = |channel: &str| super::event(channel, event.to_string().as_bytes()).ok().map(|read| read.case);
    let own = case("cases.v1.family.rbrot.party-added");
    assert!(own.is_some());
    assert_ne!(own, case("cases.v1.family.rbams.party-added"));
}

#[test]
fn what_is_kept_of_a_subject_is_made_of_known_words() {
    assert_eq!(channel("cases.v1.family.rbrot.party-added"), "cases.v1.family.rbrot.party-added");
    for subject in ["cases.v1.family.samira-el-amrani.999991000", "cases.v1.odd", "", "cases.v1.family.rbrot.999991000"]
    {
        assert_eq!(channel(subject), "cases.v1.unknown.unknown.unknown", "{subject}");
    }
}

#[test]
fn of_a_thousand_faults_fifty_are_told() {
    let mut event = party_added(&json!({}));
    event["type"] = json!("nl.criminal-cases.verdict-given.v1");
    event["data"] = json!({ "outcomes": vec![json!({}); 500] });
    let Err(reasons) = super::event("cases.v1.criminal.rbrot.verdict-given", event.to_string().as_bytes()) else {
        panic!("is refused")
    };
    assert_eq!(reasons.len(), 51);
    assert_eq!(reasons.last().map(|reason| reason.code.as_str()), Some("faults.more"));
}

#[test]
fn a_charge_in_a_family_case_is_refused() {
    let mut event = party_added(&json!({}));
    event["type"] = json!("nl.family-cases.charge-brought.v1");
    event["data"] =
        json!({ "chargeId": "c1", "suspect": "p1", "articles": ["300"], "period": { "from": "2026-03-01" } });
    let read = super::event("cases.v1.family.rbrot.charge-brought", event.to_string().as_bytes());
    assert!(matches!(read, Err(reasons) if reasons.iter().any(|reason| reason.code == "type.jurisdiction")));
}

proptest! {
    #[test]
    fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..300), channel in ".{0,60}") {
        drop(super::event(&channel, &bytes));
    }

    #[test]
    fn no_value_in_any_field_brings_it_down(text in ".{0,60}", number in any::<i64>()) {
        for field in ["bsn", "surname", "prefix", "givenNames", "initials", "birthDate", "sex", "address"] {
            drop(read(&party_added(&json!({ field: text }))));
            drop(read(&party_added(&json!({ field: number }))));
        }
    }
}
