//! Deciding by another model or policy: proposed by one operator, approved by another.

use courthouse::events::{CaseStory, person};
use courthouse::verbs::models::Act;
use serde_json::json;
use verband_tests::World;

use crate::contact_case;

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_proposed_by_one_and_approved_by_another_and_what_was_decided_keeps_its_reasons() {
    let world = World::open().await;
    let mut threat = CaseStory::new("criminal", "RBDHA", "threat");
    let events = [
        threat.registered("adult-criminal", "09/222333-26"),
        threat.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""])),
        threat.party("d2", &["victim"], None, &person(["El", "Amrani", "Samira", "1990-03-14", "999991000"])),
        threat.charge("c1", "d1", &["d2"], &["285"], "2026-06-20"),
    ];
    world.hears(contact_case().1.into_iter().chain(events)).await;
    let (steward, anna) = (world.steward(), world.judge("judge-anna"));
    assert_eq!(steward.queue().await.len(), 1, "without a number a steward is asked");
    assert!(anna.inbox().await.is_empty());
    let before = world.state().await;

    let (femke, gerda) = (world.operator_of_models("operator-femke"), world.operator_of_models("operator-gerda"));
    let nonsense = femke.post("/models", &json!({ "policy": "whatever" })).await;
    assert_eq!((nonsense.status, nonsense.body["errors"][0]["in"].as_str()), (400, Some("body")), "{nonsense:?}");
    let broken = femke.post("/models", &json!({ "policy": "rules", "model": "no model" })).await;
    assert_eq!(broken.status, 400, "{broken:?}");
    let proposed = femke.post("/models", &json!({ "policy": "rules" })).await;
    assert_eq!(proposed.status, 201, "{proposed:?}");
    let proposal = &proposed.body["proposals"][0];
    assert_eq!(
        (proposal["status"].as_str(), proposal["proposedBy"].as_str()),
        (Some("proposed"), Some("operator-femke"))
    );
    let approvals = format!("/models/{}/approvals", proposal["id"].as_str().unwrap());
    assert_eq!(femke.post(&approvals, &json!({})).await.status, 409, "not by who proposed it");
    world.rests().await;
    assert_eq!(world.state().await, before, "a proposal changes nothing");
    assert_eq!(world.at_models("steward-dirk", &["steward"]).post(&approvals, &json!({})).await.status, 403);

    let (at, token) = gerda.address();
    let act = Act::Approve { id: proposal["id"].as_str().unwrap().parse().unwrap() };
    let approved = courthouse::verbs::models::run(at, token, act).await.unwrap();
    // Whether part of the register is still to be decided anew by then is a matter of who is faster.
    assert!(approved[0].starts_with("in force") && approved[0].contains("/rules"), "{approved:?}");
    world.rests().await;
    let listed = courthouse::verbs::models::run(at, token, Act::List).await.unwrap();
    assert!(listed[0].starts_with("in force") && listed[0].ends_with("/rules"), "{listed:?}");
    assert!(listed[2].contains("approved") && listed[2].ends_with("settled by operator-gerda"), "{listed:?}");
    let again = courthouse::verbs::models::run(at, token, Act::Approve { id: uuid::Uuid::nil() }).await;
    assert!(again.is_err_and(|error| error.to_string().contains("linker says 404")));
    assert!(steward.queue().await.is_empty(), "names and birth date beside somebody of the family are enough now");
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    let persons = world.state().await.into_iter().filter(|line| line.starts_with("linker.person-certain"));
    let models: Vec<bool> = persons.map(|line| line.contains("/rules")).collect();
    assert_eq!(models.len(), 2);
    assert!(
        models.contains(&true) && models.contains(&false),
        "who was known by her number still is, by the old model"
    );
    assert_eq!(gerda.post(&approvals, &json!({})).await.status, 409, "once");

    // What comes later is decided by it too.
    let mut later = CaseStory::new("criminal", "RBAMS", "later");
    let events = [
        later.registered("adult-criminal", "13/222334-26"),
        later.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""])),
        later.party("d2", &["victim"], None, &person(["El", "Amrani", "Samira", "1990-03-14", "999991000"])),
    ];
    world.hears(events).await;
    assert!(steward.queue().await.is_empty());
    assert_eq!(world.state().await.iter().filter(|line| line.starts_with("link ")).count(), 3);

    // And back again: the built-in model under the policy of before is a proposal like any other.
    let back = gerda.post("/models", &json!({ "policy": "numbers" })).await;
    let open =
        back.body["proposals"].as_array().unwrap().iter().find(|one| one["status"] == "proposed").unwrap().clone();
    let approvals = format!("/models/{}/approvals", open["id"].as_str().unwrap());
    assert_eq!(femke.post(&approvals, &json!({})).await.status, 200);
    world.rests().await;
    assert!(anna.inbox().await.is_empty(), "the judge is told that it no longer stands");
    assert!(!steward.queue().await.is_empty(), "and a steward is asked again");
    world.close().await;
}
