//! The proceedings between the parties of a case, on request; and the figures of the register as a whole.

use courthouse::events::{CaseEvent, CaseStory, people};
use serde_json::{Value, json};
use verband_tests::World;

use crate::handled::like_unknown;
use crate::{assault_case, contact_case, id};

/// A case that one of the two brought against the other, and what came of it.
fn brought(name: &'static str, number: &str, on: &str, by_father: bool, dictum: Option<&str>) -> Vec<CaseEvent> {
    let mut case = CaseStory::new("family", "RBAMS", name);
    let registered =
        json!({ "proceeding": "contact-arrangement", "court": "RBAMS", "numbers": number, "registeredOn": on });
    let (father, mother) = if by_father { ("petitioner", "respondent") } else { ("respondent", "petitioner") };
    let mut events = vec![
        case.event("case-registered", &registered),
        case.party("q1", &[father], Some("father"), &people::pieter()),
        case.party("q2", &[mother], Some("mother"), &people::samira()),
    ];
    if let Some(dictum) = dictum {
        let given = json!({ "decisionId": "b1", "kind": "final", "on": "2026-08-01", "dicta": [dictum], "immediatelyEnforceable": false });
        events.push(case.event("decision-given", &given));
    }
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_27_what_both_brought_stands_in_one_neutral_table_and_only_on_request() {
    let world = World::open().await;
    let (contact, told) = contact_case();
    let case = contact.case_id();
    let earlier = [
        brought("one", "C/13/700001 / FA RK 24-1", "2024-12-01", true, Some("rejected")),
        brought("two", "C/13/700002 / FA RK 25-2", "2025-05-01", true, Some("rejected")),
        brought("three", "C/13/700003 / FA RK 25-3", "2025-09-01", false, Some("granted")),
        brought("four", "C/13/700004 / FA RK 26-4", "2026-02-01", true, None),
        brought("long-ago", "C/13/700005 / FA RK 20-5", "2020-02-01", true, Some("rejected")),
    ];
    // That a case about parentage exists may be a secret.
    let mut secret = CaseStory::new("family", "RBAMS", "secret");
    let secret = [
        secret.registered("parentage", "C/13/700006 / FA RK 26-6"),
        secret.party("q1", &["petitioner"], Some("father"), &people::pieter()),
        secret.party("q2", &["respondent"], Some("mother"), &people::samira()),
    ];
    let (_, assault) = assault_case();
    world.hears(told.into_iter().chain(earlier.into_iter().flatten()).chain(secret).chain(assault)).await;
    let anna = world.judge("judge-anna");
    assert_eq!(anna.inbox().await.len(), 1, "no proceeding is pushed as a signal");

    let path = |case: &str| format!("/cases/{case}/procedure-histories");
    for _ in 0..2 {
        let asked = anna.post(&path(&case.to_string()), &Value::Null).await;
        assert_eq!(asked.status, 200, "{asked:?}");
        let rows: Vec<(String, String, String)> = asked.body["proceedings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                (text(&row["month"]), text(&row["broughtBy"][0]["nl"]), text(&row["outcome"]["code"]))
            })
            .collect();
        let row = |month: &str, by: &str, outcome: &str| (month.to_owned(), by.to_owned(), outcome.to_owned());
        let (father, mother) = ("verzoeker (vader)", "verweerster (moeder)");
        assert_eq!(
            rows,
            [
                row("2026-02", father, "pending"),
                row("2025-09", mother, "granted"),
                row("2025-05", father, "rejected"),
                row("2024-12", father, "rejected"),
            ]
        );
        let said = asked.body.to_string();
        for hint in ["RBAMS", "Amsterdam", "700", "parentage", "total", "count"] {
            assert!(!said.contains(hint), "{hint} in {said}");
        }
    }
    assert_eq!(world.facts("alerts.procedure-history-asked").await, 1, "asked twice on one day");
    let carla = world.judge("judge-carla");
    let unknown = "0190c9a2-7f3e-7c11-8d52-0242ac120002";
    let theirs = like_unknown(carla.post(&path(&case.to_string()), &Value::Null).await);
    assert_eq!(theirs, like_unknown(carla.post(&path(unknown), &Value::Null).await));
    assert_eq!(theirs.0, 404);
    assert_eq!(world.facts("alerts.access-refused").await, 2);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_the_operator_and_say_nothing_of_a_few() {
    let world = World::open().await;
    let ((_, contact), (_, assault)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(assault)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;
    anna.handles(&signal, &json!({ "version": 1, "done": "set-aside", "reason": "already-known" })).await;

    let figures = world.at_alerts("operator-femke", &["operator"]).get("/figures").await;
    assert_eq!(figures.status, 200, "{figures:?}");
    let shown: Vec<_> = figures.body.as_object().unwrap().keys().cloned().collect();
    assert_eq!(shown, ["asOf", "least", "ratingReasons", "setAsideReasons"], "two signals are too few to count");
    assert!(figures.body["setAsideReasons"].as_array().unwrap().iter().all(|reason| reason["count"].is_null()));
    for roles in [&["judge"][..], &["clerk"], &["steward"], &["auditor"]] {
        assert_eq!(world.at_alerts("somebody", roles).get("/figures").await.status, 403, "{roles:?}");
    }
    world.close().await;
}
