//! Extractors that refuse with a [`Problem`]: 400 for a malformed request (API Design Rules, error-handling/invalid-input),
//! 413 for too much, 415 for another media type.
//!
//! Invariant: the refusal names the field and never repeats its value. Whether unknown fields are refused is for the
//! type to say (`#[serde(deny_unknown_fields)]`).

use std::error::Error;
use std::fmt;

use axum::extract::rejection::{BytesRejection, FormRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::de::{DeserializeOwned, Visitor};
use serde::{Deserializer, Serialize};

use crate::problem::{FieldError, Kind, Problem};

/// A JSON body, in or out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Json<T>(pub T);

/// Parameters in the path.
#[derive(Debug, Clone, Copy, Default)]
pub struct Path<T>(pub T);

/// Parameters in the query string.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

/// A body of `application/x-www-form-urlencoded`, as pages send it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Self(value)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Problem::unsupported_media_type()),
            Err(JsonRejection::BytesRejection(refusal)) => Err(unreadable(&refusal)),
            Err(JsonRejection::JsonSyntaxError(_)) => {
                Err(Problem::malformed(vec![FieldError::body("", "invalid", "the body is not JSON")]))
            }
            Err(refusal) => Err(Problem::malformed(vec![field_error("body", &refusal)])),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(refusal))
                if refusal.status() == StatusCode::BAD_REQUEST =>
            {
                Err(Problem::malformed(vec![FieldError::at(
                    "path",
                    "",
                    "invalid",
                    "does not have the documented form",
                )]))
            }
            // The route and the type that reads it do not agree: a fault of ours.
            Err(refusal) => Err(Problem::internal(&refusal)),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|refusal: QueryRejection| Problem::malformed(vec![field_error("query", &refusal)]))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Form::from_request(request, state).await {
            Ok(axum::Form(value)) => Ok(Self(value)),
            Err(FormRejection::InvalidFormContentType(_)) => Err(Problem::unsupported_media_type()),
            Err(FormRejection::BytesRejection(refusal)) => Err(unreadable(&refusal)),
            Err(refusal) => Err(Problem::malformed(vec![field_error("form", &refusal)])),
        }
    }
}

/// Reads a whole number as JSON has it, where `7.0` is one as well as `7`, and as a form has it.
///
/// # Errors
/// When it is none, or not between 0 and the greatest that fits.
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    struct Whole;

    impl Visitor<'_> for Whole {
        type Value = u32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<u32, E> {
            u32::try_from(number).map_err(|_| E::custom("not a whole number that fits"))
        }

        fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<u32, E> {
            // Exact: every such number is one that a double holds.
            let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
            let read = fits.then(|| format!("{number:.0}").parse().ok()).flatten();
            read.ok_or_else(|| E::custom("not a whole number that fits"))
        }

        fn visit_str<E: serde::de::Error>(self, number: &str) -> Result<u32, E> {
            number.parse().map_err(|_| E::custom("not a whole number that fits"))
        }
    }

    deserializer.deserialize_any(Whole)
}

/// A body that could not be read to its end.
fn unreadable(refusal: &BytesRejection) -> Problem {
    let kind = Kind::of_status(refusal.status());
    match kind {
        Kind::Malformed => Problem::malformed(vec![FieldError::body("", "invalid", "the body could not be read")]),
        kind => Problem::new(kind),
    }
}

/// What the deserialiser objects to, without what it quotes of the request.
///
/// Its text is `[<path>: ]<complaint>`. The names in "missing field" and in the path of a known field come from our own
/// schema; everything else may be the caller's words and is left out.
fn field_error(place: &'static str, refusal: &(dyn Error + 'static)) -> FieldError {
    let mut innermost = refusal;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    let text = innermost.to_string();
    let is_path = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.[]".contains(&b));
    let (path, complaint) = text.split_once(": ").filter(|(path, _)| is_path(path)).unwrap_or(("", text.as_str()));
    let path = path.trim_start_matches('.');
    if let Some(rest) = complaint.strip_prefix("missing field `") {
        let field = rest.split('`').next().unwrap_or_default();
        let name = if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
        FieldError::at(place, name, "missing", "is required")
    } else if complaint.starts_with("unknown field `") {
        FieldError::at(place, "", "unknown", "there is a field that is not documented")
    } else {
        FieldError::at(place, path, "invalid", "does not have the documented form")
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::{get, post};
    use serde::Deserialize;

    use super::*;
    use crate::testing::{json_of, send};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Party {
        role: String,
        born: u16,
    }

    #[derive(Deserialize)]
    struct Version {
        #[serde(deserialize_with = "whole")]
        version: u32,
    }

    #[test]
    fn a_whole_number_is_one_however_it_is_written() {
        let read = |text: &str| serde_json::from_str::<Version>(text).map(|read| read.version).ok();
        assert_eq!(read(r#"{"version": 7}"#), Some(7));
        assert_eq!(read(r#"{"version": 7.0}"#), Some(7));
        assert_eq!(read(r#"{"version": 4294967295.0}"#), Some(u32::MAX));
        for wrong in ["7.5", "-1", "-0.5", "4294967296", "1e300", "null", "true", "\"seven\""] {
            assert_eq!(read(&format!(r#"{{"version": {wrong}}}"#)), None, "{wrong}");
        }
        assert_eq!(serde_json::from_str::<Version>("{}").map(|read| read.version).ok(), None);
    }

    #[derive(Deserialize)]
    struct Case {
        parties: Vec<Party>,
    }

    #[derive(Deserialize)]
    struct Paging {
        limit: u8,
    }

    fn router() -> Router {
        let count = |Json(case): Json<Case>| async move {
            Json(case.parties.iter().map(|p| p.role.len() + usize::from(p.born)).sum::<usize>())
        };
        Router::new()
            .route("/cases", post(count))
            .route("/form", post(|Form(paging): Form<Paging>| async move { Json(paging.limit) }))
            .route("/pages", get(|Query(paging): Query<Paging>| async move { Json(paging.limit) }))
            .route("/cases/{number}", get(|Path(number): Path<u32>| async move { Json(number) }))
            .layer(axum::extract::DefaultBodyLimit::max(200))
    }

    async fn post_json(body: &str) -> Response {
        send(router(), "POST", "/cases", &[("content-type", "application/json")], body).await
    }

    async fn refused(body: &str) -> serde_json::Value {
        let response = post_json(body).await;
        assert_eq!(response.status(), 400, "{body}");
        json_of(response).await["errors"][0].clone()
    }

    #[tokio::test]
    async fn a_good_body_passes() {
        let response = post_json(r#"{"parties":[{"role":"child","born":2001}]}"#).await;
        assert_eq!(response.status(), 200);
        assert_eq!(json_of(response).await, 2006);
    }

    #[tokio::test]
    async fn names_the_field_and_never_its_value() {
        let missing = refused(r#"{"parties":[{"role":"child"}]}"#).await;
        assert_eq!((&missing["name"], &missing["code"]), (&"parties[0].born".into(), &"missing".into()));
        assert_eq!(refused("{}").await["name"], "parties");
        let wrong = refused(r#"{"parties":[{"role":"child","born":"Zwartjes"}]}"#).await;
        assert_eq!((&wrong["name"], &wrong["code"]), (&"parties[0].born".into(), &"invalid".into()));
        assert!(!wrong.to_string().contains("Zwartjes"));
        let unknown = refused(r#"{"parties":[{"role":"child","born":1,"Zwartjes":2}]}"#).await;
        assert_eq!(unknown["code"], "unknown");
        assert!(!unknown.to_string().contains("Zwartjes"));
        assert_eq!(refused(r#"{"parties":[{"#).await["message"], "the body is not JSON");
    }

    #[tokio::test]
    async fn other_media_type_and_too_much() {
        assert_eq!(send(router(), "POST", "/cases", &[("content-type", "text/plain")], "{}").await.status(), 415);
        assert_eq!(send(router(), "POST", "/form", &[("content-type", "application/json")], "{}").await.status(), 415);
        assert_eq!(post_json(&format!("\"{}\"", "x".repeat(300))).await.status(), 413);
    }

    #[tokio::test]
    async fn path_query_and_form_are_refused_with_400() {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        for (method, uri, headers, body) in [
            ("GET", "/cases/Zwartjes", &[][..], ""),
            ("GET", "/pages", &[], ""),
            ("GET", "/pages?limit=Zwartjes", &[], ""),
            ("POST", "/form", &form, "limit=Zwartjes"),
        ] {
            let response = send(router(), method, uri, headers, body).await;
            assert_eq!(response.status(), 400, "{uri}");
            let body = json_of(response).await;
            assert_eq!(body["type"], "/problems/malformed", "{uri}");
            assert!(!body.to_string().contains("Zwartjes"), "{uri}");
        }
        assert_eq!(json_of(send(router(), "GET", "/pages?limit=7", &[], "").await).await, 7);
    }
}
