//! What every surface of the house has in common, asked over real sockets.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod matrix;
mod pages;
mod sign_in;

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;
use verband_tests::World;

/// Each service with an API.
fn surfaces(world: &World) -> [(&'static str, String); 3] {
    [
        ("intake", format!("http://{}", world.addresses.intake)),
        ("alerts", format!("http://{}", world.addresses.alerts)),
        ("steward", format!("http://{}", world.addresses.steward)),
    ]
}

async fn document(base: &str) -> Value {
    reqwest::get(format!("{base}/v1/openapi.json")).await.unwrap().json().await.unwrap()
}

/// Every operation of a surface, with ids filled in.
fn operations(document: &Value) -> Vec<(Method, String)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path: String = path
            .split('/')
            .map(|part| if part.starts_with('{') { "0190c9a2-7f3e-7c11-8d52-0242ac120002" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        for method in item.as_object().unwrap().keys() {
            if let Ok(method) = method.to_uppercase().parse::<Method>() {
                operations.push((method, path.clone()));
            }
        }
    }
    operations
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_answers_without_a_token_and_nothing_to_a_role_it_is_not_for() {
    let world = World::open().await;
    let client = Client::new();
    for (name, base) in surfaces(&world) {
        let operations = operations(&document(&base).await);
        assert!(!operations.is_empty(), "{name}");
        for (method, path) in operations {
            let url = format!("{base}/v1{path}");
            let bare = client.request(method.clone(), &url).send().await.unwrap();
            assert_eq!(bare.status(), StatusCode::UNAUTHORIZED, "{name} {method} {path}");
            assert!(bare.headers().contains_key("www-authenticate"));
            assert_eq!(bare.headers()["content-type"], "application/problem+json");
            let auditor = world.at_alerts("auditor-guus", &["auditor"]).token();
            let refused = client
                .request(method.clone(), &url)
                .bearer_auth(&auditor)
                .json(&serde_json::json!({}))
                .send()
                .await
                .unwrap();
            assert!(
                matches!(refused.status(), StatusCode::FORBIDDEN | StatusCode::BAD_REQUEST),
                "{name} {method} {path}: {}",
                refused.status()
            );
            let in_query =
                client.request(method.clone(), format!("{url}?access_token={auditor}")).send().await.unwrap();
            assert_eq!(in_query.status(), StatusCode::UNAUTHORIZED, "a token in the address counts for nothing");
        }
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_house_headers_and_every_error_is_a_problem() {
    let world = World::open().await;
    let client = Client::new();
    for (name, base) in surfaces(&world) {
        for (path, status) in [
            ("/healthz", 200),
            ("/readyz", 200),
            ("/metrics", 200),
            ("/v1/openapi.json", 200),
            ("/v1/nowhere", 404),
            ("/v1/openapi.json/", 404),
        ] {
            let answer = client.get(format!("{base}{path}")).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{name} {path}");
            for header in [
                "api-version",
                "content-security-policy",
                "x-content-type-options",
                "strict-transport-security",
                "cache-control",
            ] {
                assert!(answer.headers().contains_key(header), "{name} {path}: {header}");
            }
            if status >= 400 {
                assert_eq!(answer.headers()["content-type"], "application/problem+json", "{name} {path}");
                let problem: Value = answer.json().await.unwrap();
                assert_eq!(problem["status"], status);
            }
        }
        let wrong_method = client.delete(format!("{base}/v1/openapi.json")).send().await.unwrap();
        assert_eq!(wrong_method.status(), 405, "{name}");
        assert!(wrong_method.headers().contains_key("allow"), "{name}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_input_is_answered_with_400() {
    let world = World::open().await;
    let judge = world.judge("judge-anna");
    for path in
        ["/signals?limit=0", "/signals?limit=many", "/signals?cursor=%00", "/signals?unknown=1", "/signals/not-an-id"]
    {
        let answer = judge.get(path).await;
        assert_eq!(answer.status, 400, "{path}: {answer:?}");
        assert_eq!(answer.body["status"], 400, "{path}");
    }
    let answer = judge.handles("0190c9a2-7f3e-7c11-8d52-0242ac120002", &serde_json::json!({ "version": "one" })).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn readiness_tells_when_the_bus_is_away_and_heals_when_it_is_back() {
    let mut world = World::open().await;
    let ready = format!("http://{}/readyz", world.addresses.alerts);
    assert_eq!(reqwest::get(&ready).await.unwrap().status(), 200);
    world.nats.kill().unwrap();
    let mut last = 200;
    for _ in 0..40 {
        last = reqwest::get(&ready).await.unwrap().status().as_u16();
        if last == 503 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    assert_eq!(last, 503);
    world.nats.restart().unwrap();
    for _ in 0..80 {
        last = reqwest::get(&ready).await.unwrap().status().as_u16();
        if last == 200 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
    }
    assert_eq!(last, 200);
    world.close().await;
}
