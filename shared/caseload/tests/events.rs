//! The caseload as events is one that the contract takes, and says what the records say.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use caseload::Caseload;
use caseload::events::record_id;
use contract::{Draft, files};
use domain::jurisdiction::Jurisdiction;

#[test]
fn the_contract_takes_every_event() {
    let mut kinds = BTreeSet::new();
    for seed in [1, 2, 77] {
        let caseload = Caseload::new(seed);
        for number in 0..200 {
            for event in caseload.family(number).events() {
                let read = contract::read(&event.subject, &event.body);
                let understood = read.unwrap_or_else(|reasons| panic!("family {number} of {seed}: {reasons:?}"));
                kinds.insert(event.body["type"].as_str().unwrap().to_owned());
                let of = understood.envelope.jurisdiction;
                let system = files::system(of);
                let (court, of_publisher) = event.publisher.split_once('-').unwrap();
                assert_eq!(of_publisher, system);
                let source = format!("urn:nld:oin:00000001823288444000:systeem:{system}-{court}");
                assert_eq!(event.body["source"], source);
                assert!(event.subject.contains(&format!(".{court}.")));
            }
        }
    }
    for of in Jurisdiction::ALL {
        for what in ["case-registered", "party-added", "hearing-planned", "judge-assigned", "case-closed"] {
            assert!(kinds.contains(&format!("nl.{}-cases.{what}.v1", of.as_str())), "{what} {}", of.as_str());
        }
    }
    for what in
        ["criminal-cases.charge-brought", "criminal-cases.verdict-given", "criminal-cases.prosecution-dismissed"]
    {
        assert!(kinds.contains(&format!("nl.{what}.v1")));
    }
    assert!(kinds.contains("nl.family-cases.shielding-changed.v1"));
}

#[test]
fn what_becomes_of_cases_is_told_after_all_else_and_the_contract_takes_it() {
    let caseload = Caseload::new(3);
    let mut kinds = BTreeSet::new();
    for number in 0..300 {
        let family = caseload.family(number);
        let (plain, eventful) = (family.events(), caseload.eventful(&family));
        for case in &family.cases {
            let id = case.id.to_string();
            let of_case = |events: &[caseload::events::CaseEvent]| -> Vec<serde_json::Value> {
                let bodies = events.iter().map(|event| event.body.clone());
                bodies.filter(|body| body["subject"] == id.as_str()).collect()
            };
            let (before, all) = (of_case(&plain), of_case(&eventful));
            assert_eq!(before, all[..before.len()], "case {id}");
            kinds.extend(all[before.len()..].iter().map(|body| body["type"].as_str().unwrap().to_owned()));
        }
        for event in eventful {
            let read = contract::read(&event.subject, &event.body);
            read.unwrap_or_else(|reasons| panic!("family {number}: {reasons:?} in {}", event.body));
        }
    }
    for what in [
        "family-cases.contact-arranged",
        "family-cases.contact-denied",
        "family-cases.hearing-moved",
        "youth-cases.order-imposed",
        "criminal-cases.order-imposed",
        "criminal-cases.order-ended",
        "criminal-cases.charge-brought",
        "criminal-cases.embargo-imposed",
        "criminal-cases.embargo-lifted",
        "criminal-cases.case-became-final",
        "huisverbod-cases.order-imposed",
        "family-cases.case-withdrawn",
        "family-cases.party-removed",
    ] {
        assert!(kinds.contains(&format!("nl.{what}.v1")), "{what}");
    }
}

#[test]
fn a_party_event_says_what_its_record_says() {
    let caseload = Caseload::new(5);
    for number in 0..200 {
        let family = caseload.family(number);
        let mut told = BTreeSet::new();
        for event in family.events().into_iter().filter(|event| event.subject.ends_with(".party-added")) {
            let id = record_id(&event.body).unwrap();
            let record = family.records.iter().find(|record| record.record_id == id).unwrap();
            assert!(told.insert(id));
            let Draft::Party { details, .. } = contract::read(&event.subject, &event.body).unwrap().draft else {
                panic!("no party");
            };
            let person = &event.body["data"]["person"];
            if details.organisation.is_none() {
                assert_eq!(person["surname"].as_str().unwrap_or_default(), record.surname);
                assert_eq!(person["givenNames"].as_str().unwrap_or_default(), record.given_names);
                assert_eq!(person["birthDate"].as_str().unwrap_or_default(), record.birth_date);
                let marked = record.slips.has(caseload::Slip::BsnInvalid);
                assert_eq!(person["bsn"].as_str().unwrap_or_default(), if marked { "" } else { record.bsn.as_str() });
            }
        }
        assert_eq!(told.len(), family.records.len());
    }
}

#[test]
fn an_id_is_of_one_event_only() {
    let caseload = Caseload::new(5);
    let mut ids = BTreeSet::new();
    for number in 0..200 {
        for event in caseload.family(number).events() {
            assert!(ids.insert(event.body["id"].as_str().unwrap().to_owned()));
        }
    }
}
