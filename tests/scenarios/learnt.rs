//! What stewards ruled counts where a model is trained on the register; and what two records weigh is told to who asks, and decides
//! nothing.

use matching::engine::Engine;
use matching::gate::Policy;
use matching::model::Model;
use serde_json::{Value, json};
use verband_tests::World;

use crate::desk::doubtful;

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_learnt_from_the_register_and_from_every_ruling_that_stands() {
    let world = World::open().await;
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    world.hears(doubtful(8)).await;
    let questions: Vec<String> =
        dirk.queue().await.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(questions.len(), 8);
    let without = world.learns("before").await;
    assert_eq!((without.records, without.rulings), (16, 0));

    // Five rulings; one is taken back, one overruled by two, one question gets an opinion and no ruling.
    for (question, same) in questions.iter().zip([true, true, false, true, true]) {
        // What follows from one ruling is known before the next is given.
        world.rests().await;
        let answer = dirk.says(question, same, "seen-in-file").await;
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    let taken = dirk.opens(&questions[3]).await.body["withdrawableRuling"].as_str().expect("an id").to_owned();
    let withdrawal = format!("rulings/{taken}/withdrawals");
    assert_eq!(dirk.sends(&questions[3], &withdrawal, &Value::Null).await.status, 201);
    // Whoever overrules sees what became of the two records by the first ruling.
    world.rests().await;
    assert_eq!(hanna.says(&questions[4], false, "data-contradicts").await.status, 202);
    let ivo = world.at_desk("steward-ivo", &["steward"]);
    assert_eq!(ivo.says(&questions[4], false, "data-contradicts").await.status, 201);
    assert_eq!(hanna.sends(&questions[5], "escalations", &json!({})).await.status, 202);
    world.rests().await;
    let learnt = world.learns("after").await;
    assert_eq!((learnt.records, learnt.rulings), (16, 4), "one on each pair, the newest that stands");
    assert_ne!(learnt.id, without.id);
    let model = Model::from_toml(&learnt.model).expect("a model");
    assert!(Engine::new(model, Policy::Numbers).is_ok(), "that a register can be decided by");
    for name in ["Aalbersberg", "AALBERSBERG", "Aaltje", "steward-dirk"] {
        assert!(!learnt.model.contains(name), "{name}");
    }
    assert_eq!(world.learns("after").await.id, learnt.id, "twice the same");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_records_weigh_is_told_and_nothing_is_decided() {
    let world = World::open().await;
    let dirk = world.at_models("steward-dirk", &["steward"]);
    let pieter = json!({ "prefix": "van den", "surname": "Berg", "givenNames": "Pieter", "birthDate": "1987-11-02", "bsn": "999991036" });
    let facts = async || world.database.count("select count(*) from journal.facts").await;
    let before = facts().await;
    let same = dirk.post("/scores", &json!({ "a": pieter, "b": pieter })).await;
    assert_eq!(same.status, 200, "{same:?}");
    let other = json!({ "surname": "Wijnands", "givenNames": "Lourens", "birthDate": "1950-01-07" });
    let apart = dirk.post("/scores", &json!({ "a": pieter, "b": other })).await;
    let total = |answer: &Value| answer["millibits"].as_i64().expect("a total");
    assert!(total(&same.body) > 10_000 && total(&apart.body) < 0, "{same:?} {apart:?}");
    assert_eq!(total(&dirk.post("/scores", &json!({ "a": other, "b": pieter })).await.body), total(&apart.body));
    for body in [&same.body, &apart.body] {
        let fields = body["fields"].as_array().expect("fields");
        let sum: i64 =
            fields.iter().map(|f| f["millibits"].as_i64().unwrap() + f["rarity"].as_i64().unwrap_or(0)).sum();
        assert_eq!(body["prior"].as_i64().unwrap() + sum + body["household"].as_i64().unwrap(), total(body), "{body}");
    }
    assert!(same.body["gate"].as_str().is_some_and(|gate| gate.starts_with("number-")), "{same:?}");
    let twice = dirk.post("/scores", &json!({ "a": other, "b": other, "sameCase": true })).await;
    assert_eq!(twice.body["gate"], json!("same-case"), "{twice:?}");
    // What is wrong is named, all of it, and never repeated.
    let wrong = json!({ "a": { "bsn": "999991037" }, "b": { "birthDate": "31-02-1987", "sex": "Zwartjes" } });
    let refused = dirk.post("/scores", &wrong).await;
    let names: Vec<&str> =
        refused.body["errors"].as_array().expect("errors").iter().filter_map(|error| error["name"].as_str()).collect();
    assert_eq!((refused.status, names), (400, vec!["a.bsn", "b.birthDate", "b.sex"]));
    assert!(!refused.body.to_string().contains("Zwartjes") && !refused.body.to_string().contains("999991037"));
    assert_eq!(facts().await, before, "nothing is written");
    world.close().await;
}
