//! What the JSON says, and what it never says.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::samples;

fn details() -> Vec<Value> {
    let handlings = samples::handlings();
    samples::entries().iter().map(|entry| serde_json::to_value(SignalDetail::of(entry, &handlings)).unwrap()).collect()
}

/// Every key of a document.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

/// A list of what may be said rather than of what may not: a field that is not on it is thought about first.
#[test]
fn particulars_and_nothing_else_are_said() {
    const SAID: &str = "acknowledged acknowledgementAsked against allowed articles asOf because breachReported capacity categories changedAt \
        charge chargesNotInCatalogue children childrenIncluded code conflicts contact court decision detention disclaimer \
        done en escalatedOn exceptions forbids from grounds handlings id immediatelyEnforceable indicator indicators \
        jurisdiction killing kind label late lawFrom leftOut linkBasis nextHearing nextSteps nl notChecked notice number \
        numbers on orders ordinal own ownCase parallelCase parallelRoles parent period persons phase presumes proceeding \
        protects raisedAt read reason recordedAt relation requestFrom roles signal specialGuardian standing state status \
        suspect tier told tooSoon until urgency version victims who whom why with withdrawn";
    let mut found = BTreeSet::new();
    for detail in details() {
        keys(&detail, &mut found);
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), SAID.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_family_judge_reads_particulars() {
    let [detail, ..] = &details()[..] else { unreachable!() };
    assert_eq!(detail["version"], 2);
    assert_eq!(detail["standing"], "stands");
    assert_eq!(detail["read"], false);
    assert_eq!(detail["urgency"]["label"]["nl"], "HOOG");
    assert_eq!(detail["ownCase"]["nextHearing"], "2026-09-14");
    let told = &detail["told"];
    assert_eq!(told["asOf"], "2026-09-01");
    assert_eq!(told["parallelCase"]["numbers"][0], "10-123456-26");
    assert_eq!(told["linkBasis"]["code"], "hard");
    assert_eq!(told["persons"][0]["own"]["label"]["nl"], "verweerder (vader)");
    assert_eq!(told["persons"][0]["parallelRoles"][0]["code"], "suspect");
    let line = &told["indicators"][0];
    assert_eq!(line["indicator"]["code"], "assault-simple");
    assert_eq!(line["articles"], serde_json::json!(["Sr 300", "Sr 304"]));
    assert_eq!(line["status"]["label"]["nl"], "wordt vervolgd; niet veroordeeld");
    assert!(!line["disclaimer"]["en"].as_str().unwrap().is_empty());
    assert_eq!((&line["charge"], &told["indicators"][1]["charge"]), (&1.into(), &1.into()));
    assert!(told["indicators"][1]["tier"].is_null());
    assert_eq!(told["chargesNotInCatalogue"], 1);
    assert!(detail["withdrawn"].is_null());
    assert_eq!(detail["handlings"].as_array().unwrap().len(), 8);
}

#[test]
fn a_criminal_judge_reads_no_indicator() {
    let detail = &details()[1];
    assert_eq!(detail["kind"]["code"], "parallel-family-case");
    assert!(detail["told"]["indicators"].as_array().unwrap().is_empty());
    let parallel = &detail["told"]["parallelCase"];
    assert_eq!(
        (&parallel["court"]["code"], parallel["numbers"].as_array().unwrap().len()),
        (&"another-court".into(), 0)
    );
    assert!(!detail["told"].to_string().contains("C/10"), "the number would tell the court");
    assert!(detail["tier"].is_null());
}

#[test]
fn of_a_withdrawn_signal_the_content_is_gone() {
    let detail = &details()[2];
    assert_eq!(detail["standing"], "withdrawn");
    assert_eq!(detail["withdrawn"]["because"]["code"], "acquitted");
    assert_eq!(detail["acknowledgementAsked"], true, "the version before was read");
    assert!(detail["withdrawn"]["late"]["nl"].as_str().unwrap().contains("824"));
    for gone in ["told", "kind", "urgency", "tier"] {
        assert!(detail[gone].is_null(), "{gone}");
    }
    assert!(detail["why"].as_array().unwrap().is_empty());
    assert!(!detail.to_string().contains("10-123456-26"));
}

#[test]
fn every_code_and_text_is_there() {
    fn filled(value: &Value, at: &str) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, value)| filled(value, &format!("{at}/{key}"))),
            Value::Array(items) => items.iter().for_each(|item| filled(item, at)),
            Value::String(text) => assert!(!text.is_empty(), "{at}"),
            _ => {}
        }
    }
    let page = SignalPage::of(&samples::entries(), Some("next".to_owned()));
    filled(&serde_json::to_value(page).unwrap(), "");
    for detail in details() {
        filled(&detail, "");
    }
}
