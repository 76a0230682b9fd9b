mod codes;
mod evolution;
mod modes;
mod quality;
mod traps;
mod values;

use std::sync::LazyLock;

use domain::jurisdiction::Jurisdiction;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::kinds::{KINDS, Kind};

/// An event of a kind with its example as data, and the subject it is published on.
fn example(kind: &Kind, of: Jurisdiction) -> (String, Value) {
    (files::example_subject(kind, of), files::example(kind, of))
}

fn examples() -> impl Iterator<Item = (String, Value)> {
    KINDS.iter().flat_map(|kind| kind.of.iter().map(|of| example(kind, *of)))
}

fn party_added(person: &Value) -> Value {
    let kind = KINDS.iter().find(|kind| kind.name == "party-added").expect("a kind");
    let (_, mut event) = example(kind, Jurisdiction::Family);
    event["data"]["person"] = person.clone();
    event
}

const PARTIES: &str = "cases.v1.family.rbrot.party-added";

fn faults(event: &Value) -> Vec<(String, String)> {
    match read(PARTIES, event) {
        Ok(_) => Vec::new(),
        Err(reasons) => reasons.into_iter().map(|reason| (reason.pointer, reason.code)).collect(),
    }
}

#[test]
fn every_example_reads() {
    for (subject, event) in examples() {
        if let Err(reasons) = read(&subject, &event) {
            panic!("{subject}: {reasons:?}");
        }
    }
}

#[test]
fn each_attribute_is_refused_by_its_own_code() {
    for (field, value, code) in [
        ("specversion", json!("0.3"), "specversion.unknown"),
        ("source", json!("urn:nld:oin:12"), "source.format"),
        ("type", json!("nl.tax-cases.party-added.v1"), "type.jurisdiction"),
        ("type", json!("nl.family-cases.party-added.v2"), "type.version"),
        ("type", json!("party-added"), "type.format"),
        ("type", json!(7), "text.expected"),
        ("subject", json!("999991000"), "id.personal"),
        ("subject", json!("El Amrani"), "id.format"),
        ("subject", json!("el-amrani"), "id.words"),
        ("subject", json!("9999.91.000"), "id.personal"),
        ("id", json!("berg-1990-03-14"), "id.personal"),
        ("source", json!("urn:nld:oin:00000001823288444000:systeem:bsn-999991000"), "source.personal"),
        ("time", json!("yesterday"), "time.format"),
        ("time", json!("2026-11-23 10Z"), "time.format"),
        ("time", json!("2026-11-23 10:00:00Z"), "time.format"),
        ("time", json!("2026-11-23T10:00Z"), "time.format"),
        ("time", json!("2026-11-23T10:00:00"), "time.format"),
        ("time", json!("2026-11-23T10:00:00+01"), "time.format"),
        ("time", json!("2026-11-23T10:00:00Z[UTC]"), "time.format"),
        ("time", json!("2026-11-23T10:00:00+25:00"), "time.format"),
        ("time", json!("2026-11-23T10:00:00-02:60"), "time.format"),
        ("time", json!("2026-13-23T10:00:00Z"), "time.format"),
        ("time", json!("-005000-01-01T00:00:00Z"), "time.format"),
        ("time", json!("0001-01-01T00:00:00Z"), "time.range"),
        ("time", json!("9999-01-01T00:00:00Z"), "time.range"),
        ("sequence", json!("-1"), "sequence.format"),
        ("sequence", json!("+1"), "sequence.format"),
        ("traceparent", json!("00-xyz"), "traceparent.format"),
        ("tracestate", json!("no state"), "tracestate.format"),
        ("tracestate", json!("a=999991000"), "tracestate.personal"),
        ("datacontenttype", json!("text/xml"), "datacontenttype.unknown"),
        ("datacontenttype", json!("application/json; bsn=999991000"), "datacontenttype.unknown"),
        ("datacontenttype", json!("application/json; charset=jansen"), "datacontenttype.unknown"),
        ("datacontenttype", json!("application/json; charset=utf-8; a=b"), "datacontenttype.unknown"),
        ("dataschema", json!("urn:verband:contract:v1:nl.family-cases.case-closed.v1"), "dataschema.type"),
        ("subject", json!("99999100-0000-4000-8000-000000000000"), "id.personal"),
        ("dataschema", json!("not a uri"), "dataschema.format"),
        ("dataschema", json!("https://example.nl/999.991.000/v1"), "dataschema.personal"),
        ("dataref", json!("https://example.nl/data/1"), "dataref.not-taken"),
        ("sequencetype", json!("String"), "sequencetype.unknown"),
        ("corrects", json!("999991000"), "id.personal"),
        ("data", json!([]), "object.expected"),
    ] {
        let mut event = party_added(&json!({ "surname": "Berg" }));
        event[field] = value.clone();
        let (pointer, told) = faults(&event).into_iter().next().expect("is refused");
        assert_eq!((pointer, told), (format!("/{field}"), code.to_owned()), "{field} {value}");
    }
}

#[test]
fn a_missing_attribute_is_named() {
    for field in ["specversion", "id", "source", "type", "subject", "time", "sequence", "data"] {
        let mut event = party_added(&json!({ "surname": "Berg" }));
        event.as_object_mut().expect("an object").remove(field);
        assert!(faults(&event).contains(&(format!("/{field}"), "field.missing".to_owned())), "{field}");
    }
}

#[test]
fn an_attribute_of_the_publishers_own_is_refused_and_not_repeated() {
    let mut event = party_added(&json!({ "surname": "Berg" }));
    event["surname"] = json!("Berg");
    assert_eq!(faults(&event), [("/surname".to_owned(), "field.unknown".to_owned())]);
    let mut event = party_added(&json!({ "surname": "Berg" }));
    event["Samira El Amrani"] = json!("x");
    assert_eq!(faults(&event), [(String::new(), "field.unknown".to_owned())]);
}

#[test]
fn the_attributes_of_the_standard_are_taken_and_change_nothing() {
    let plain = party_added(&json!({ "surname": "Berg" }));
    let mut full = plain.clone();
    for (name, value) in [
        ("dataschema", "urn:verband:contract:v1:nl.family-cases.party-added.v1"),
        ("sequencetype", "Integer"),
        ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ("tracestate", "rojo=00f067aa0ba902b7, dd=s:1"),
        ("datacontenttype", "Application/JSON;charset=UTF-8"),
        ("time", "2026-11-23T11:00:00.000+01:00"),
    ] {
        full[name] = json!(value);
    }
    full["sequence"] = json!(17);
    assert_eq!(read(PARTIES, &full), read(PARTIES, &plain));
    assert_eq!(envelope::canonical(full.clone()), envelope::canonical(plain.clone()));
    for (name, value) in [("sequence", "18"), ("time", "2026-11-23T10:00:00.001Z"), ("subject", "case-2")] {
        let mut other = full.clone();
        other[name] = json!(value);
        assert_ne!(envelope::canonical(other), envelope::canonical(plain.clone()), "{name}");
    }
}

#[test]
fn an_event_without_its_data_hears_that_a_reference_is_not_taken() {
    let mut event = party_added(&json!({ "surname": "Berg" }));
    event.as_object_mut().expect("an object").remove("data");
    event["dataref"] = json!("https://example.nl/data/1");
    let told: Vec<_> = faults(&event);
    assert_eq!(
        told,
        [("/data".to_owned(), "field.missing".to_owned()), ("/dataref".to_owned(), "dataref.not-taken".to_owned())]
    );
}

#[test]
fn a_day_is_one_of_the_calendar_and_of_our_time() {
    let kind = KINDS.iter().find(|kind| kind.name == "hearing-planned").expect("a kind");
    for (day, code) in [
        ("2026-12-14", None),
        ("1900-01-01", None),
        ("20261214", Some("date.format")),
        ("2026-12-32", Some("date.format")),
        ("-0500-1-01", Some("date.format")),
        ("0026-12-14", Some("date.range")),
        ("9999-12-14", Some("date.range")),
    ] {
        let (subject, mut event) = example(kind, Jurisdiction::Family);
        event["data"]["on"] = json!(day);
        let told = read(&subject, &event).err().map(|reasons| reasons[0].code.clone());
        assert_eq!(told.as_deref(), code, "{day}");
    }
}

#[test]
fn every_fault_is_told_at_once_and_none_quotes_a_value() {
    let mut event = party_added(&json!({
        "bsn": "999991001", "surname": "Berg\u{0}", "birthDate": "31-02-1987", "sex": "x", "religion": "Y",
        "address": { "street": 7 }
    }));
    event["time"] = json!("Jansen");
    event["data"]["roles"] = json!([]);
    let Err(reasons) = read(PARTIES, &event) else { panic!("is refused") };
    let places: Vec<&str> = reasons.iter().map(|reason| reason.pointer.as_str()).collect();
    assert_eq!(
        places,
        [
            "/data/person/address/street",
            "/data/person/birthDate",
            "/data/person/bsn",
            "/data/person/religion",
            "/data/person/sex",
            "/data/person/surname",
            "/data/roles",
            "/time",
        ]
    );
    let told = format!("{reasons:?}");
    for value in ["999991001", "31-02", "Berg", "Jansen"] {
        assert!(!told.contains(value), "{told}");
    }
}

#[test]
fn a_placeholder_means_that_no_number_is_known() {
    for placeholder in ["000000000", "000000012", "111222333", "123456782"] {
        let event = party_added(&json!({ "bsn": placeholder, "surname": "Berg" }));
        let Ok(Understood { draft: Draft::Party { details, .. }, .. }) = read(PARTIES, &event) else {
            panic!("{placeholder}")
        };
        assert!(details.bsn.is_none() && details.unusable.contains_key(&Checked::Bsn), "{placeholder}");
    }
}

#[test]
fn a_partial_birth_date_is_taken_and_an_unknown_one_is_missing() {
    for (written, known) in
        [(json!("19850000"), true), (json!("00000000"), false), (json!({"type": "JaarDatum", "jaar": 1985}), true)]
    {
        let event = party_added(&json!({ "surname": "Berg", "birthDate": written }));
        let Ok(Understood { draft: Draft::Party { details, .. }, .. }) = read(PARTIES, &event) else {
            panic!("{written}")
        };
        assert_eq!(details.birth.is_some(), known, "{written}");
    }
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let good = party_added(&json!({ "surname": "Berg" }));
    let mut suspect = good.clone();
    suspect["data"]["roles"] = json!(["suspect"]);
    assert_eq!(faults(&suspect), [("/data/roles/0".to_owned(), "role.jurisdiction".to_owned())]);
    let mut unknown = good.clone();
    unknown["type"] = json!("nl.family-cases.party-sung.v1");
    assert!(faults(&unknown).iter().any(|(_, code)| code == "type.unknown"));
    let mut charge = good.clone();
    charge["type"] = json!("nl.family-cases.charge-brought.v1");
    assert!(faults(&charge).iter().any(|(_, code)| code == "type.jurisdiction"));
    for (subject, code) in [
        ("cases.v1.criminal.rbrot.party-added", "channel.mismatch"),
        ("cases.v1.family.atlantis.party-added", "channel.court"),
        ("cases.v1.tax.rbrot.party-added", "channel.jurisdiction"),
        ("elsewhere", "channel.format"),
    ] {
        let reasons = read(subject, &good).expect_err(subject);
        assert!(reasons.iter().any(|reason| reason.code == code), "{subject}: {reasons:?}");
    }
}

#[test]
fn nobody_speaks_of_another_courts_case() {
    let event = party_added(&json!({ "surname": "Berg" }));
    let case = |subject: &str| read(subject, &event).expect("reads").case;
    assert_ne!(case(PARTIES), case("cases.v1.family.rbams.party-added"));
}

#[test]
fn of_a_thousand_faults_fifty_are_told() {
    let kind = KINDS.iter().find(|kind| kind.name == "verdict-given").expect("a kind");
    let (subject, mut event) = example(kind, Jurisdiction::Criminal);
    event["data"] = json!({ "outcomes": vec![json!({}); 500] });
    let reasons = read(&subject, &event).expect_err("is refused");
    assert_eq!(reasons.len(), 51);
    assert_eq!(reasons.last().map(|reason| reason.code.as_str()), Some("faults.more"));
    event["data"] = json!({ "outcomes": vec![json!({}); 501] });
    let reasons = read(&subject, &event).expect_err("is refused");
    assert!(reasons.iter().any(|reason| reason.code == "faults.more"));
}

#[test]
fn bytes_that_are_no_event_are_told_apart() {
    let code = |bytes: &[u8]| Received::new(&[], bytes).event().expect_err("no event").code;
    assert_eq!(code(&[0xff, 0xfe]), "event.encoding");
    assert_eq!(code(b"[1]"), "event.json");
    assert_eq!(code(br#"{"id":"a","id":"b"}"#), "event.field-twice");
    assert_eq!(code(&vec![b' '; envelope::LARGEST + 1]), "event.too-large");
}

/// A validator that knows nothing of this house takes the examples by the published schemas, and refuses what they rule out.
#[test]
fn the_published_schemas_hold_for_any_validator() {
    for kind in KINDS {
        for of in kind.of {
            let schema = files::event_schema(kind, *of);
            let validator = jsonschema::validator_for(&schema).expect("a schema");
            let (_, event) = example(kind, *of);
            assert!(validator.is_valid(&event), "{}: {:?}", kind.name, validator.iter_errors(&event).next());
            for field in ["id", "data", "sequence"] {
                let mut without = event.clone();
                without.as_object_mut().expect("an object").remove(field);
                assert!(!validator.is_valid(&without), "{} without {field}", kind.name);
            }
            let mut odd = event.clone();
            odd["data"]["somethingElse"] = json!(1);
            assert!(!validator.is_valid(&odd), "{}", kind.name);
        }
    }
}

fn publishers() -> Publishers {
    Publishers::new(vec![Publisher {
        name: "rbrot-civiel".to_owned(),
        source: "urn:nld:oin:00000001823288444000:systeem:civiel-rbrot".to_owned(),
        court: domain::court::Court::parse("RBROT").expect("a court"),
        jurisdictions: [Jurisdiction::Family].into(),
        nkey: None,
        more_nkeys: [].into(),
    }])
    .expect("a list")
}

#[test]
fn a_stranger_is_refused_beside_whatever_else_is_wrong() {
    let mut event = party_added(&json!({ "surname": "Berg", "sex": "x" }));
    event["source"] = json!("urn:nld:oin:00000001823288444000:systeem:civiel-rbams");
    let reasons = read_from(&publishers(), PARTIES, &event).expect_err("is refused");
    let codes: Vec<&str> = reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["sex.unknown", "source.unknown"]);
}

#[test]
fn what_is_no_number_or_date_is_set_aside_on_release_and_never_matched() {
    let person = json!({
        "bsn": "999991001", "skn": 1234, "vNumber": "280", "birthDate": { "type": "Datum", "datum": "1987-02-31" },
        "deceasedOn": "yesterday", "surname": "Berg",
    });
    let event = party_added(&person);
    assert_eq!(read_from(&publishers(), PARTIES, &event).expect_err("is refused").len(), 5);
    let (understood, aside) = read_setting_aside(&publishers(), PARTIES, &event).expect("is released");
    let Draft::Party { details, .. } = understood.draft else { panic!("a party") };
    assert_eq!(aside, CHECKED.map(|(place, _)| place.to_owned()));
    assert!(details.bsn.is_none() && details.skn.is_none() && details.v_number.is_none());
    assert!(details.birth.is_none() && details.deceased.is_none());
    let kept = |field| details.unusable.get(&field).map(|written: &Personal<String>| written.reveal().as_str());
    assert_eq!(
        Checked::ALL.map(kept),
        [
            Some("999991001"),
            Some("1234"),
            Some("280"),
            Some(r#"{"datum":"1987-02-31","type":"Datum"}"#),
            Some("yesterday")
        ]
    );

    let worse = party_added(&json!({ "bsn": "999991001", "surname": "Berg", "sex": "x" }));
    let reasons = read_setting_aside(&publishers(), PARTIES, &worse).expect_err("something else is wrong too");
    assert_eq!(reasons.iter().map(|reason| reason.pointer.as_str()).collect::<Vec<_>>(), ["/data/person/sex"]);
}

#[test]
fn a_party_is_a_person_or_an_organisation() {
    let mut event = party_added(&json!({ "surname": "Berg" }));
    event["data"]["organisation"] = json!({ "name": "Jeugdhulp Voorbeeld", "kvk": "1234 5678", "rsin": "999991103" });
    let who = [("/data".to_owned(), "party.who".to_owned())];
    assert_eq!(faults(&event), who);
    event["data"].as_object_mut().expect("an object").remove("person");
    let Ok(Understood { draft: Draft::Party { details, .. }, .. }) = read(PARTIES, &event) else { panic!("a party") };
    // Its tax number has the form of a citizen service number, and is none.
    assert!(details.bsn.is_none() && details.name.parts().surname.is_none());
    let organisation = details.organisation.expect("an organisation");
    assert_eq!(organisation.rsin.as_ref().map(domain::organisation::Rsin::digits), Some("999991103"));
    assert_eq!(organisation.kvk.as_ref().map(domain::organisation::Kvk::digits), Some("12345678"));
    event["data"]["organisation"] = json!({ "kvk": "1", "rsin": "999991104", "establishment": "2" });
    let codes: Vec<String> = faults(&event).into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["establishment.format", "kvk.format", "rsin.format"]);
    event["data"].as_object_mut().expect("an object").remove("organisation");
    assert_eq!(faults(&event), who);
}

#[test]
fn what_the_population_register_writes_for_nothing_is_nothing() {
    let event = party_added(&json!({
        "surname": ".", "givenNames": "Dian Marini Maya", "birthDate": "00000000", "birthPlace": ".",
        "skn": "0000000", "vNumber": "000.000.0000",
        "address": { "street": ".", "houseNumber": "0", "postcode": "", "town": "Rotterdam" },
    }));
    let Ok(Understood { draft: Draft::Party { details, .. }, .. }) = read(PARTIES, &event) else { panic!("a party") };
    let address = details.address.as_ref().expect("an address").reveal();
    assert!(address.street.is_none() && address.house_number.is_none() && address.postcode.is_none());
    assert_eq!(address.town.as_deref(), Some("Rotterdam"));
    assert!(details.name.parts().surname.is_none() && details.birth.is_none() && details.birth_place.is_none());
    assert!(details.skn.is_none() && details.v_number.is_none());
    assert_eq!(details.unusable.keys().collect::<Vec<_>>(), [&Checked::Skn, &Checked::VNumber]);
}

/// Puts `value` at the `place`-th spot of a document, counted depth first.
fn put(document: &mut Value, place: &mut usize, value: &Value) {
    if *place == 0 {
        *document = value.clone();
        *place = usize::MAX;
        return;
    }
    *place -= 1;
    match document {
        Value::Array(parts) => {
            for part in parts {
                if *place == usize::MAX {
                    return;
                }
                put(part, place, value);
            }
        }
        Value::Object(parts) => {
            for part in parts.values_mut() {
                if *place == usize::MAX {
                    return;
                }
                put(part, place, value);
            }
        }
        _ => {}
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        "[0-9./ -]{0,20}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!({ "type": "Datum" })),
        Just(json!([[["a"]]])),
    ]
}

proptest! {
    #[test]
    fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..300), subject in ".{0,60}") {
        if let Ok(event) = Received::from_bytes(&bytes).event() {
            drop(read(&subject, &event));
        }
    }

    #[test]
    fn no_value_in_any_place_of_any_kind_brings_it_down(
        which in any::<prop::sample::Index>(), place in 0_usize..60, value in any_json(),
    ) {
        let all: Vec<(String, Value)> = examples().collect();
        let (subject, mut event) = all[which.index(all.len())].clone();
        put(&mut event, &mut { place }, &value);
        schema::drop_nulls(&mut event);
        if let Err(reasons) = read(&subject, &event) {
            prop_assert!(!reasons.is_empty());
        }
    }
}
