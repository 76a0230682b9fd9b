//! What an operator sees of the house: what flows, what was refused, by what is decided; and how good the decisions are.

use courthouse::events::CaseStory;
use serde_json::{Value, json};
use sqlx::Connection as _;
use verband_tests::World;

use crate::desk::doubtful;
use crate::{assault_case, contact_case};

async fn operations(world: &World) -> Value {
    let answer = world.at_desk("operator-femke", &["operator"]).get("/operations").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sees_what_flows_what_lags_and_what_was_refused() {
    let world = World::open_with(runtime::Clock::system()).await;
    let empty = operations(&world).await;
    assert_eq!((&empty["quarantine"], &empty["latency"]), (&json!([]), &Value::Null), "{empty:#}");
    let ((mut contact, told), (_, events)) = (contact_case(), assault_case());
    let mut late = CaseStory::new("criminal", "RBAMS", "late");
    late.registered("adult-criminal", "13/700000-26");
    let person = json!({ "partyId": "p9", "roles": ["minor"], "person": { "surname": "Smit", "bsn": "999990018" } });
    let broken = [contact.event("party-added", &person), contact.event("party-added", &person)];
    // A hearing of a case that was never registered waits for it.
    let early = late.hearing("h1", verband_tests::TODAY);
    world.hears(told.into_iter().chain(events).chain(broken).chain([early])).await;
    let seen = operations(&world).await;
    let flow = |author: &str| {
        let of = seen["flow"].as_array().unwrap().iter().find(|flow| flow["author"] == author);
        let minutes = of.unwrap_or_else(|| panic!("{author} in {seen:#}"))["minutes"].as_array().unwrap().clone();
        assert_eq!(minutes.len(), 60);
        minutes.iter().map(|facts| facts.as_i64().unwrap()).sum::<i64>()
    };
    let written = world.database.count("select count(*) from journal.facts").await;
    assert_eq!(flow("intake") + flow("linker") + flow("alerts"), written, "every fact is counted once");
    assert_eq!(seen["quarantine"][0]["count"], 2, "{seen:#}");
    assert_eq!((&seen["waiting"][0]["code"], &seen["waiting"][0]["count"]), (&json!("case"), &json!(1)), "{seen:#}");
    assert!(seen["latency"]["of"].as_u64() >= Some(1) && seen["latency"]["p50"].as_u64() < Some(60_000), "{seen:#}");
    for consumer in ["intake", "linker", "alerts", "steward"] {
        assert_eq!(seen["backlog"][consumer], 0, "at rest nothing waits: {seen:#}");
    }
    assert_eq!(seen["decider"]["policy"], "numbers");
    let held = json!({ "database": true, "bus": true, "keys": true, "sign-in": true });
    assert_eq!((&seen["health"], &seen["audited"]), (&held, &Value::Null), "no audit has ended yet");
    assert_eq!((&seen["building"], &seen["decidingAnew"]), (&Value::Null, &Value::Null));
    for reader in ["sweep:linker", "sweep:alerts", "sweep:steward", "relay:intake", "relay:linker", "relay:alerts"] {
        let known = seen["readers"].as_array().unwrap().iter().any(|one| one["reader"] == reader);
        assert!(known, "{reader} in {seen:#}");
    }
    for value in courthouse::dev::demo::personal_values() {
        assert!(!seen.to_string().contains(value), "{value}");
    }

    // What a consumer set aside, and a read model on its way, as they would stand there.
    let mut sql = sqlx::PgConnection::connect(&world.database.url("postgres")).await.unwrap();
    let parking = "insert into journal.parked (consumer, fact, reason) select 'alerts', id, 'does not read' from journal.facts limit 1";
    sqlx::query(parking).execute(&mut sql).await.unwrap();
    sqlx::query("insert into linker.building default values").execute(&mut sql).await.unwrap();
    let audited = "insert into operations.audits (at, persons, links, questions, findings)
                   values ('2026-09-14T04:00Z', 2, 1, 0, '{\"matters-are-whole\": 2}')";
    sqlx::query(audited).execute(&mut sql).await.unwrap();
    let later = operations(&world).await;
    assert_eq!(
        (&later["audited"]["persons"], &later["audited"]["findings"]["matters-are-whole"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        (&later["parked"][0]["consumer"], &later["parked"][0]["reason"]),
        (&json!("alerts"), &json!("does not read"))
    );
    assert_eq!((&later["building"]["records"], &later["building"]["built"]), (&json!(5), &json!(0)), "{later:#}");
    sqlx::query("delete from journal.parked").execute(&mut sql).await.unwrap();
    sqlx::query("delete from linker.building").execute(&mut sql).await.unwrap();
    sql.close().await.unwrap();
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_good_decisions_are_is_told_of_ten_and_more_and_never_by_steward() {
    let world = World::open().await;
    world.hears(doubtful(12)).await;
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let questions: Vec<String> =
        dirk.queue().await.iter().map(|question| question["id"].as_str().unwrap().to_owned()).collect();
    let quality = async || world.at_desk("operator-femke", &["operator"]).get("/quality").await.body;
    let decides = async |question: &str, same: bool| {
        assert_eq!(
            dirk.sends(question, "rulings", &json!({ "same": same, "reason": "seen-in-file" })).await.status,
            201
        );
    };
    for question in &questions[..9] {
        decides(question, true).await;
    }
    let few = quality().await;
    assert_eq!((&few["ruled"], &few["byRule"]), (&Value::Null, &json!([])), "of nine nothing is said: {few:#}");
    for question in &questions[9..] {
        decides(question, false).await;
    }
    let told = quality().await;
    assert_eq!(told["ruled"], 12);
    assert_eq!((&told["byRule"][0]["same"]["hits"], &told["byRule"][0]["same"]["of"]), (&json!(9), &json!(12)));
    assert_eq!((&told["overturned"]["hits"], &told["undone"]["hits"]), (&json!(0), &json!(0)));
    let (low, high) = (told["undone"]["low"].as_f64().unwrap(), told["undone"]["high"].as_f64().unwrap());
    assert!(low == 0.0 && (0.2..0.3).contains(&high), "none of twelve may still be a quarter: {told:#}");

    // One is taken back, and one is replaced by the opposite, on which two agree.
    let ruled = dirk.opens(&questions[0]).await.body["rulings"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(dirk.sends(&questions[0], &format!("rulings/{ruled}/withdrawals"), &Value::Null).await.status, 201);
    assert_eq!(dirk.says(&questions[1], false, "source-confirmed").await.status, 202);
    assert_eq!(hanna.says(&questions[1], false, "source-confirmed").await.status, 201);
    let after = quality().await;
    assert_eq!((&after["undone"]["hits"], &after["overturned"]["hits"]), (&json!(1), &json!(1)), "{after:#}");
    for word in ["dirk", "hanna"] {
        assert!(!after.to_string().contains(word));
    }
    world.close().await;
}
