//! That the register was consulted, said so that it can stand in a decision, and nothing beyond that.

use jiff::ToSpan;
use serde_json::{Value, json};
use verband_tests::{TODAY, World};

use crate::handled::like_unknown;
use crate::{assault_case, contact_case, id};

/// What stands on an attestation, as somebody types it in to verify it.
fn as_printed(attestation: &Value) -> Value {
    json!({
        "attestation": attestation["id"],
        "caseNumber": attestation["numbers"][0],
        "consultedOn": TODAY.to_string(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_35_nothing_was_found_and_the_attestation_does_not_reassure() {
    let world = World::open().await;
    let (contact, events) = contact_case();
    let case = contact.case_id();
    world.hears(events).await;
    let anna = world.judge("judge-anna");
    let cases = anna.get("/cases").await.body;
    assert_eq!(cases["cases"][0]["id"], case.to_string(), "a case of which nothing is told is listed too: {cases}");
    assert_eq!(cases["cases"][0]["consultation"]["recheck"]["code"], "never");

    let given = anna.post(&format!("/cases/{case}/attestations"), &Value::Null).await;
    assert_eq!(given.status, 201, "{given:?}");
    let again = anna.post(&format!("/cases/{case}/attestations"), &Value::Null).await;
    assert_eq!(given.body["id"], again.body["id"], "asked twice, given once");
    assert_eq!(world.facts("alerts.consultation-attested").await, 1);

    let attestation = given.body;
    let finding = attestation["finding"]["nl"].as_str().unwrap();
    assert!(finding.starts_with("Geen koppeling gevonden in bronnen: rechtbank Rotterdam (familierecht)"), "{finding}");
    let statement = attestation["statement"]["nl"].as_str().unwrap();
    assert!(statement.contains("op 14 september 2026 in de zaak C/10/712345 / FA RK 26-812"), "{statement}");
    assert_eq!(attestation["repeatAfter"], "2026-10-15");
    let said = attestation.to_string().to_lowercase();
    for word in ["geen geweld", "no violence", "judge-anna", "amrani", "berg"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    let of_case = anna.get(&format!("/cases/{case}")).await.body;
    assert_eq!(of_case["consultation"]["recheckNeeded"], false);
    assert_eq!(of_case["attestations"][0]["id"], attestation["id"]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attestation_waits_for_what_is_unread_and_falls_when_something_changes() {
    let world = World::open().await;
    let ((contact, told), (mut assault, events)) = (contact_case(), assault_case());
    let case = contact.case_id();
    world.hears(told.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let attest = format!("/cases/{case}/attestations");
    let refused = anna.post(&attest, &Value::Null).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body["detail"].as_str().unwrap().contains("open them and ask again"), "{refused:?}");

    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;
    let given = anna.post(&attest, &Value::Null).await;
    assert_eq!(given.status, 201, "{given:?}");
    let said = given.body.to_string();
    assert!(given.body["finding"].is_null() && !said.contains("123456"), "it says nothing of what was found: {said}");

    let clerk = world.at_alerts("clerk-elif", &["clerk"]);
    let printed = as_printed(&given.body);
    let verified = clerk.post("/attestations/_verify", &printed).await;
    assert_eq!((verified.status, &verified.body["standing"]), (200, &json!("valid")));
    for (field, value) in [
        ("attestation", json!("0190c9a2-7f3e-7c11-8d52-0242ac120002")),
        ("caseNumber", json!("C/10/700001 / FA RK 26-1")),
        ("consultedOn", json!("2026-09-13")),
    ] {
        let mut forged = printed.clone();
        forged[field] = value;
        let unknown = clerk.post("/attestations/_verify", &forged).await;
        assert_eq!((unknown.status, &unknown.body), (200, &json!({ "standing": "unknown" })), "{field}");
    }

    world.hears([assault.verdict("c1", "convicted")]).await;
    let overtaken = clerk.post("/attestations/_verify", &printed).await;
    assert_eq!(overtaken.body["standing"], "superseded");
    assert_eq!(anna.get(&format!("/cases/{case}")).await.body["consultation"]["recheck"]["code"], "unread");
    assert_eq!(anna.post(&attest, &Value::Null).await.status, 409);
    anna.opens(&signal).await;
    let anew = anna.post(&attest, &Value::Null).await;
    assert_eq!(anew.status, 201);
    assert_ne!(anew.body["id"], given.body["id"]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_30_a_look_of_35_days_ago_is_looked_at_again_before_the_decision() {
    let world = World::open().await;
    let ((mut contact, told), (_, events)) = (contact_case(), assault_case());
    let case = contact.case_id();
    // Far enough away that the calendar alone changes nothing in between.
    let hearing = contact.hearing("h1", TODAY.checked_add(150.days()).unwrap());
    world.hears(told.into_iter().chain(events).chain([hearing])).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    anna.opens(&signal).await;
    let of_case = || async { anna.get(&format!("/cases/{case}")).await.body["consultation"].clone() };
    assert_eq!(of_case().await["recheck"]["code"], "holds");

    world.clock.advance(jiff::SignedDuration::from_hours(35 * 24));
    let consultation = of_case().await;
    assert_eq!((&consultation["recheck"]["code"], &consultation["recheckNeeded"]), (&json!("old"), &json!(true)));
    assert!(consultation["recheck"]["label"]["nl"].as_str().unwrap().starts_with("hercontrole nodig"));
    let attest = format!("/cases/{case}/attestations");
    let refused = anna.post(&attest, &Value::Null).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body["detail"].as_str().unwrap().contains("31 days"), "{refused:?}");
    anna.opens(&signal).await;
    assert_eq!(anna.post(&attest, &Value::Null).await.status, 201);
    assert_eq!(world.facts("alerts.signal-read").await, 2, "the second look is on record");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_judge_can_neither_attest_nor_read_and_both_attempts_are_on_record() {
    let world = World::open().await;
    let (contact, events) = contact_case();
    let case = contact.case_id();
    world.hears(events).await;
    let (anna, carla) = (world.judge("judge-anna"), world.judge("judge-carla"));
    let given = anna.post(&format!("/cases/{case}/attestations"), &Value::Null).await.body;
    let unknown = "0190c9a2-7f3e-7c11-8d52-0242ac120002";
    let (attestation, of) = (given["id"].as_str().unwrap(), |id: &str| format!("/attestations/{id}"));
    assert_eq!(like_unknown(carla.get(&of(attestation)).await), like_unknown(carla.get(&of(unknown)).await));
    let of = |id: &str| format!("/cases/{id}");
    assert_eq!(like_unknown(carla.get(&of(&case.to_string())).await), like_unknown(carla.get(&of(unknown)).await));
    let of = |id: &str| format!("/cases/{id}/attestations");
    let theirs = like_unknown(carla.post(&of(&case.to_string()), &Value::Null).await);
    assert_eq!(theirs, like_unknown(carla.post(&of(unknown), &Value::Null).await));
    assert_eq!(theirs.0, 404);
    assert_eq!(world.facts("alerts.access-refused").await, 6, "each attempt is on record");
    assert!(carla.get("/cases").await.body["cases"].as_array().unwrap().is_empty());
    assert_eq!(
        world
            .at_alerts("operator-femke", &["operator"])
            .post("/attestations/_verify", &as_printed(&given))
            .await
            .status,
        403
    );

    // A case that is over is attested no more.
    let mut contact = contact;
    world.hears([contact.closed("2026-09-14")]).await;
    assert_eq!(anna.post(&format!("/cases/{case}/attestations"), &Value::Null).await.status, 409);
    assert!(anna.get("/cases").await.body["cases"].as_array().unwrap().is_empty());
    world.close().await;
}
