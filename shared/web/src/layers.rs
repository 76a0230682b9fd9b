//! What every answer has, whatever route it comes from and however it fails: version and security headers, a problem
//! document for every error, limits on size and time, protection against cross-site requests, one log line, two metrics.
//!
//! Invariants: the log line and the metrics name the route's template, never the address that was asked; no layer reads
//! a `Forwarded` or `X-Forwarded-*` header.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower::{Layer, ServiceExt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tracing::Instrument;

use crate::page;
use crate::problem::{Kind, PROBLEM_JSON, Problem};
use crate::session::{Cookies, SESSION};
use crate::text::{Lang, Texts};
use crate::trace;

/// Largest request body, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// How long a handler may take until its answer begins. A stream of events begins at once and may then last.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Version of the API (semantic), told in `API-Version` on every answer (API Design Rules, version-header).
pub const API_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What may be loaded, framed and submitted on a page: only what comes from this site.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Headers of every answer (API Design Rules, transport/security-headers; OWASP ASVS 5.0 §3.4).
const HEADERS: [(&str, &str); 10] = [
    ("api-version", API_VERSION),
    ("cache-control", "no-store"),
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("vary", "accept, accept-language, cookie"),
];

/// How one service differs from another.
#[derive(Clone, Default)]
pub struct Settings {
    /// Texts, for a service with pages: a browser then sees errors as pages, and is sent to `/sign-in` instead of 401.
    pub pages: Option<Arc<Texts>>,
    /// Whether cookies carry `Secure` and `__Host-`; false only for development over plain HTTP on one machine.
    pub secure_cookies: bool,
}

/// The whole of a service's routes, in the house style. Call it last, on the router that is served.
pub fn house(router: Router, settings: &Settings) -> Router {
    router
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        // The one above is the limit; axum's own, smaller one would hide it.
        .layer(DefaultBodyLimit::disable())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(middleware::from_fn_with_state(Cookies { secure: settings.secure_cookies }, same_site))
        .layer(CatchPanicLayer::custom(|_| {
            metrics::counter!("http_panics_total").increment(1);
            tracing::error!(trace_id = trace::current().as_deref().unwrap_or("none"), "a handler panicked");
            Problem::new(Kind::Internal).into_response()
        }))
        .layer(middleware::from_fn_with_state(settings.clone(), explain))
        .layer(middleware::from_fn(observe))
}

/// Outermost: trace id, log line, metrics and headers.
async fn observe(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let trace_id = trace::of_request(request.headers());
    let method = method_label(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", trace_id, method, route);
    let mut response = trace::scope(trace_id.clone(), next.run(request)).instrument(span).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let status = response.status().as_u16();
    let took = begun.elapsed();
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method, route, status, milliseconds, trace_id, "answered");
    let labels = [("method", method.to_owned()), ("route", route), ("status", status.to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels).record(took.as_secs_f64());
    response
}

/// The method, with every unusual one as one: a caller must not be able to multiply the series of a metric.
fn method_label(method: &Method) -> &'static str {
    const USUAL: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    USUAL.into_iter().find(|usual| *usual == method.as_str()).unwrap_or("OTHER")
}

/// Gives every error a problem document, or a page to a browser of a service with pages.
async fn explain(State(settings): State<Settings>, request: Request, next: Next) -> Response {
    let texts = settings.pages.filter(|_| page::wants_html(request.headers()));
    let lang = Lang::of_request(request.headers());
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = request.uri().path_and_query().map(ToString::to_string);
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>();
    let explained =
        problem.is_some() && response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t == PROBLEM_JSON);
    let problem = problem.unwrap_or_else(|| Problem::new(Kind::of_status(status)));
    let mut explanation = match texts {
        Some(_) if problem.kind() == Kind::Unauthenticated && readable => {
            page::to_sign_in(asked.as_deref().unwrap_or("/"))
        }
        Some(texts) => page::of_problem(&problem, &texts, lang),
        None if explained => return response,
        None => problem.into_response(),
    };
    for name in [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE] {
        for value in response.headers().get_all(&name) {
            explanation.headers_mut().append(name.clone(), value.clone());
        }
    }
    explanation
}

/// Refuses a request with a session cookie that another site made the browser send. Bearer calls and calls without a
/// session have nothing that a browser adds by itself.
async fn same_site(State(cookies): State<Cookies>, request: Request, next: Next) -> Response {
    let by_cookie = cookies.read(request.headers(), SESSION).is_some();
    if !by_cookie || request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let refuse = |_| {
        metrics::counter!("cross_site_refusals_total").increment(1);
        Problem::forbidden().into_response()
    };
    match CsrfLayer::new().with_rejection_response(refuse).layer(next).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};

    use super::*;
    use crate::extract::Json;
    use crate::testing::{json_of, send, text_of};

    async fn broken() {
        panic!("Zwartjes");
    }

    fn router(pages: bool) -> Router {
        let pages = pages.then(|| Arc::new(Texts::load("", "").unwrap()));
        let routes = Router::new()
            .route("/ok", get(|| async { "fine" }))
            .route("/panic", get(broken))
            .route("/fault", get(|| async { Problem::internal(&std::io::Error::other("Zwartjes")) }))
            .route("/plain", get(|| async { (StatusCode::IM_A_TEAPOT, "Zwartjes") }))
            .route("/closed", get(|| async { Problem::unauthenticated() }))
            .route("/act", post(|| async { "done" }))
            .route("/echo", post(|Json(body): Json<serde_json::Value>| async { Json(body) }));
        house(routes, &Settings { pages, secure_cookies: true })
    }

    #[tokio::test]
    async fn every_answer_has_the_headers() {
        for (method, path, status) in [
            ("GET", "/ok", 200),
            ("GET", "/nowhere", 404),
            ("GET", "/ok/", 404),
            ("POST", "/ok", 405),
            ("TRACE", "/ok", 405),
            ("GET", "/panic", 500),
            ("GET", "/fault", 500),
            ("GET", "/plain", 400),
            ("GET", "/closed", 401),
        ] {
            for pages in [false, true] {
                let response = send(router(pages), method, path, &[], "").await;
                assert_eq!(response.status(), status, "{method} {path}");
                for (name, value) in HEADERS {
                    assert_eq!(response.headers()[name], value, "{name} of {method} {path}");
                }
                if status == 200 {
                    continue;
                }
                assert_eq!(response.headers()["content-type"], PROBLEM_JSON, "{method} {path}");
                let body = json_of(response).await;
                assert_eq!(body["status"], status);
                assert_eq!(body["traceId"].as_str().map(str::len), Some(32), "{method} {path}");
                assert!(!body.to_string().contains("Zwartjes"));
            }
        }
    }

    #[tokio::test]
    async fn a_wrong_method_is_told_the_right_ones() {
        let response = send(router(false), "DELETE", "/ok", &[], "").await;
        assert_eq!(response.status(), 405);
        assert_eq!(response.headers()["allow"], "GET,HEAD");
    }

    #[tokio::test]
    async fn the_trace_id_of_the_caller_is_kept() {
        let id = "0af7651916cd43dd8448eb211c80319c";
        let traceparent = format!("00-{id}-b7ad6b7169203331-01");
        let response = send(router(false), "GET", "/nowhere", &[("traceparent", &traceparent)], "").await;
        assert_eq!(json_of(response).await["traceId"], id);
    }

    #[tokio::test]
    async fn a_browser_sees_pages() {
        let browser = [("accept", "text/html,*/*;q=0.8"), ("accept-language", "en")];
        let response = send(router(true), "GET", "/nowhere", &browser, "").await;
        assert_eq!(response.status(), 404);
        assert!(text_of(response).await.contains("<h1>Not found</h1>"));
        let response = send(router(true), "GET", "/closed?a=1&b=2", &browser, "").await;
        assert_eq!(response.status(), 303);
        assert_eq!(response.headers()["location"], "/sign-in?returnTo=%2Fclosed%3Fa%3D1%26b%3D2");
        let response = send(router(true), "GET", "/panic", &browser, "").await;
        assert_eq!(response.status(), 500);
        assert!(!text_of(response).await.contains("Zwartjes"));
        assert_eq!(send(router(false), "GET", "/closed", &browser, "").await.status(), 401);
    }

    #[tokio::test]
    async fn another_site_cannot_act_through_a_session() {
        let cookie = ("cookie", "__Host-verband=abc");
        let host = ("host", "verband.example");
        let cross = ("sec-fetch-site", "cross-site");
        let act = |headers: Vec<(&'static str, &'static str)>| async move {
            send(router(false), "POST", "/act", &headers, "").await.status().as_u16()
        };
        assert_eq!(act(vec![host, cookie, cross]).await, 403);
        assert_eq!(act(vec![host, cookie, ("sec-fetch-site", "same-site")]).await, 403);
        assert_eq!(act(vec![host, cookie, ("origin", "https://evil.example")]).await, 403);
        assert_eq!(act(vec![host, cookie, ("origin", "null")]).await, 403);
        assert_eq!(act(vec![host, cookie, ("sec-fetch-site", "same-origin")]).await, 200);
        assert_eq!(act(vec![host, cookie, ("origin", "https://verband.example")]).await, 200);
        assert_eq!(act(vec![host, cookie]).await, 200);
        assert_eq!(act(vec![host, cross]).await, 200, "without a session there is nothing to abuse");
        assert_eq!(act(vec![host, cookie, cross, ("authorization", "Bearer x")]).await, 200);
    }

    #[tokio::test]
    async fn a_body_has_a_limit() {
        let json = [("content-type", "application/json")];
        let fits = format!("\"{}\"", "x".repeat(BODY_LIMIT - 2));
        assert_eq!(send(router(false), "POST", "/echo", &json, &fits).await.status(), 200);
        let response = send(router(false), "POST", "/echo", &json, &format!("{fits} ")).await;
        assert_eq!(response.status(), 413);
        assert_eq!(json_of(response).await["type"], "/problems/too-large");
    }

    #[test]
    fn an_unusual_method_is_one_label() {
        assert_eq!(method_label(&Method::PATCH), "PATCH");
        assert_eq!(method_label(&Method::from_bytes(b"XYZ").unwrap()), "OTHER");
    }
}
