//! Whether the process lives (`/healthz`), whether it can do its work (`/readyz`), and its figures (`/metrics`).
//!
//! Invariants: open without login, and therefore silent about why: the answer names the check that fails, the log tells
//! the reason.

use std::fmt::Display;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;

use crate::extract::Json;
use crate::problem::{FieldError, Problem};

/// How long one check may take.
const TIMEOUT: Duration = Duration::from_secs(2);

type Probe = dyn Fn() -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> + Send + Sync;

/// One thing that a service needs to do its work. Cheap to clone.
#[derive(Clone)]
pub struct Check {
    name: &'static str,
    timeout: Duration,
    probe: Arc<Probe>,
}

impl Check {
    /// A check of this name, a short word such as `database`. It fails when `probe` does, or takes more than 2 seconds.
    /// The error goes to the log only.
    pub fn new<P, F, E>(name: &'static str, probe: P) -> Self
    where
        P: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Display,
    {
        let probe = move || -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>> {
            let answer = probe();
            Box::pin(async move { answer.await.map_err(|error| error.to_string()) })
        };
        Self { name, timeout: TIMEOUT, probe: Arc::new(probe) }
    }

    /// The same with another limit.
    #[must_use]
    pub fn within(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// What it is called.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it holds now.
    async fn holds(&self) -> bool {
        let error = match tokio::time::timeout(self.timeout, (self.probe)()).await {
            Ok(Ok(())) => return true,
            Ok(Err(error)) => error,
            Err(_) => "no answer in time".to_owned(),
        };
        tracing::warn!(check = self.name, error, "not ready");
        false
    }
}

/// The routes `/healthz`, `/readyz` and `/metrics`.
pub fn routes<S: Clone + Send + Sync + 'static>(checks: Vec<Check>, metrics: PrometheusHandle) -> Router<S> {
    Router::new()
        .route("/healthz", get(|| async { Json(json!({"status": "alive"})) }))
        .route("/readyz", get(ready).with_state(Arc::from(checks)))
        .route("/metrics", get(figures).with_state(metrics))
}

/// Whether each of these holds now, in their order. Side by side: it takes as long as the slowest check, not as all of them together.
pub async fn held(checks: &[Check]) -> Vec<bool> {
    let mut running = tokio::task::JoinSet::new();
    for (place, check) in checks.iter().cloned().enumerate() {
        running.spawn(async move { (place, check.holds().await) });
    }
    let mut held = vec![false; checks.len()];
    while let Some(done) = running.join_next().await {
        // A probe that panicked has no result and so does not hold.
        if let Ok((place, holds)) = done {
            held[place] = holds;
        }
    }
    held
}

async fn ready(State(checks): State<Arc<[Check]>>) -> Response {
    let held = held(&checks).await;
    let failing: Vec<_> = checks.iter().zip(held).filter(|(_, holds)| !holds).map(|(check, _)| check.name).collect();
    if failing.is_empty() {
        let names: Vec<_> = checks.iter().map(|check| check.name).collect();
        return Json(json!({"status": "ready", "checks": names})).into_response();
    }
    let errors = failing.into_iter().map(|name| FieldError::at("check", name, "failing", "does not hold now"));
    Problem::unavailable().with_errors(errors.collect()).into_response()
}

async fn figures(State(metrics): State<PrometheusHandle>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics.render()).into_response()
}

#[cfg(test)]
mod tests {
    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;
    use crate::testing::{json_of, send, text_of};

    fn router(checks: Vec<Check>) -> Router {
        routes(checks, PrometheusBuilder::new().build_recorder().handle())
    }

    #[tokio::test]
    async fn names_what_fails_and_not_why() {
        let checks = vec![
            Check::new("database", || async { Ok::<_, String>(()) }),
            Check::new("bus", || async { Err("nats://user:secret@host refused") }),
            Check::new("keys", std::future::pending::<Result<(), String>>).within(Duration::from_millis(10)),
            Check::new("clock", || async { if true { panic!("broken probe") } else { Ok::<_, String>(()) } }),
        ];
        let response = send(router(checks), "GET", "/readyz", &[], "").await;
        assert_eq!(response.status(), 503);
        let body = json_of(response).await;
        let names: Vec<_> = body["errors"].as_array().unwrap().iter().map(|e| e["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["bus", "keys", "clock"]);
        assert!(!body.to_string().contains("secret"));
    }

    #[tokio::test]
    async fn ready_alive_and_measured() {
        let router = router(vec![Check::new("database", || async { Ok::<_, String>(()) })]);
        let ready = send(router.clone(), "GET", "/readyz", &[], "").await;
        assert_eq!(json_of(ready).await, json!({"status": "ready", "checks": ["database"]}));
        assert_eq!(send(router.clone(), "GET", "/healthz", &[], "").await.status(), 200);
        let metrics = send(router, "GET", "/metrics", &[], "").await;
        assert!(metrics.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
        text_of(metrics).await;
    }
}
