//! What can be done with an answer, and that nobody chooses what is drawn.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_taken_back_as_a_ruling_is_and_has_no_consequences_before() {
    let world = World::open().await;
    let [dirk, hanna, ivo] = stewards(&world);
    let (_, control) = ruled_and_asked_again(&world, &dirk, &hanna).await;
    let answered = hanna.says(&control, false, "data-contradicts").await;
    assert_eq!(answered.status, 201, "{answered:?}");
    let review = hanna.opens(&control).await.body["withdrawableRuling"].as_str().expect("it can be").to_owned();
    assert_eq!(answered.body["id"], json!(review));
    let withdrawal = format!("rulings/{review}/withdrawals");
    let tag = hanna.opens(&control).await.etag;
    let undone = hanna.sends_as("back", tag.as_deref(), &control, &withdrawal, &Value::Null).await;
    assert_eq!(undone.status, 201, "{undone:?}");
    let again = hanna.sends_as("back", tag.as_deref(), &control, &withdrawal, &Value::Null).await;
    assert_eq!((again.status, again.body), (201, undone.body), "sent again it is answered alike");
    let shown = hanna.opens(&control).await.body;
    assert_eq!((&shown["status"], &shown["rulings"][0]["withdrawn"]), (&json!("open"), &json!(true)));
    world.clock.advance(SignedDuration::from_mins(16));
    until("it is followed", async || world.database.count("select count(*) from steward.answers").await == 0).await;
    assert_eq!(world.facts("steward.question-reopened").await, 0);
    // Whoever answers now and leaves it at that is followed, and not before it can be taken back no more.
    assert_eq!(ivo.says(&control, false, "data-contradicts").await.status, 201);
    world.rests().await;
    assert_eq!(world.facts("steward.question-reopened").await, 0);
    world.clock.advance(SignedDuration::from_mins(16));
    until("it is asked in earnest", async || world.facts("steward.question-reopened").await == 1).await;
    let late = ivo.opens(&control).await.body;
    assert_eq!((&late["status"], &late["withdrawableRuling"]), (&json!("ruled"), &Value::Null));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_to_it_that_they_are_never_sampled() {
    let world = World::open().await;
    let [dirk, ..] = stewards(&world);
    world.hears(father().2).await;
    let question = ids(&dirk.queue().await).pop_first().expect("a question");
    // What anybody can work out of a ruling before they give it: its id, which follows from how its request is named.
    let id = |name: &str| {
        let cause = FactId::derived(&["ruling", "steward-dirk", &question, name]);
        FactId::derived(&["steward", &cause.to_string(), "1"])
    };
    let without_key = |name: &str| {
        let bytes = FactId::derived(&["draw", "ruled", &id(name).to_string()]).uuid().into_bytes();
        draws(Stratum::Ruled, &bytes)
    };
    let names: Vec<String> = (0..10_000).map(|number| format!("drawn-{number}")).collect();
    let safe = names.iter().filter(|name| !without_key(name));
    let mut drawn = safe.filter(|name| is_drawn_under(&world, "steward-dirk", &question, name));
    let name = drawn.next().expect("one in fifty of those as well");
    let tag = dirk.opens(&question).await.etag;
    let ruling = json!({ "same": true, "reason": "seen-in-file" });
    assert_eq!(dirk.sends_as(name, tag.as_deref(), &question, "rulings", &ruling).await.status, 201);
    is_drawn(&world, 1).await;
    // Nor is the id under which it is asked anybody's guess.
    let drawn = world.fact_data("steward.control-drawn").await;
    let guess = MatchId::derived(&["control", "ruled", &id(name).to_string()]);
    assert_ne!(drawn["asked"]["question"], json!(guess.to_string()));
    world.close().await;
}
