//! The one error answer of every HTTP surface: a problem document (RFC 9457).
//!
//! Invariants: a problem never quotes what the caller sent, a 500 never tells why (the log does, once, under the
//! same trace id), and the `type` of a problem is one of the closed list [`Kind`].

use std::borrow::Cow;
use std::error::Error;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{PartialSchema, ToSchema};

use crate::trace;

/// Media type of a problem document (RFC 9457 §3).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What can go wrong between a caller and a service; each has its own stable `type` address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// 400: the request does not have the documented shape.
    Malformed,
    /// 401: no credential, or one that is not accepted.
    Unauthenticated,
    /// 403: known, and not allowed.
    Forbidden,
    /// 403: the identity provider did not complete a sign-in.
    SignInRefused,
    /// 404: there is no such thing, or not for this caller.
    NotFound,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// 406: none of the accepted media types can be served.
    NotAcceptable,
    /// 408: the request was not received in time.
    RequestTimeout,
    /// 409: the request contradicts the present state.
    Conflict,
    /// 412: `If-Match` names an outdated version.
    PreconditionFailed,
    /// 413: the body is larger than allowed.
    TooLarge,
    /// 415: the body is of another media type than documented.
    UnsupportedMediaType,
    /// 428: the request must say which version it rests on (`If-Match`).
    PreconditionRequired,
    /// 500: a fault of ours.
    Internal,
    /// 503: something this service rests on does not answer, or did not answer in time.
    Unavailable,
}

impl Kind {
    /// HTTP status of this kind.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::SignInRefused => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Stable address of this kind, relative to the service (`/problems/<slug>`).
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Malformed => "/problems/malformed",
            Self::Unauthenticated => "/problems/unauthenticated",
            Self::Forbidden => "/problems/forbidden",
            Self::SignInRefused => "/problems/sign-in-refused",
            Self::NotFound => "/problems/not-found",
            Self::MethodNotAllowed => "/problems/method-not-allowed",
            Self::NotAcceptable => "/problems/not-acceptable",
            Self::RequestTimeout => "/problems/request-timeout",
            Self::Conflict => "/problems/conflict",
            Self::PreconditionFailed => "/problems/precondition-failed",
            Self::TooLarge => "/problems/too-large",
            Self::UnsupportedMediaType => "/problems/unsupported-media-type",
            Self::PreconditionRequired => "/problems/precondition-required",
            Self::Internal => "/problems/internal",
            Self::Unavailable => "/problems/unavailable",
        }
    }

    /// Short text that is the same for every problem of this kind.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request is malformed",
            Self::Unauthenticated => "Authentication is required",
            Self::Forbidden => "This is not allowed",
            Self::SignInRefused => "Signing in did not succeed",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "The method is not allowed here",
            Self::NotAcceptable => "No acceptable media type",
            Self::RequestTimeout => "The request took too long to arrive",
            Self::Conflict => "The request conflicts with the present state",
            Self::PreconditionFailed => "The version has been overtaken",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedMediaType => "The media type is not supported",
            Self::PreconditionRequired => "The version must be named",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "The service is temporarily unavailable",
        }
    }

    /// The kind that stands for a bare status, such as one a layer of the HTTP stack produced.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::Unauthenticated,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::NOT_ACCEPTABLE => Self::NotAcceptable,
            StatusCode::REQUEST_TIMEOUT => Self::RequestTimeout,
            StatusCode::CONFLICT => Self::Conflict,
            StatusCode::PRECONDITION_FAILED => Self::PreconditionFailed,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::UnsupportedMediaType,
            StatusCode::PRECONDITION_REQUIRED => Self::PreconditionRequired,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => Self::Unavailable,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::Internal,
        }
    }
}

/// One thing that is wrong with a request. All of them are told together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Where the field stands: `body`, `path`, `query`, `header` or `form`; for a readiness answer `check`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// Name or path of the field, such as `parties[0].role`; empty when the whole is meant.
    pub name: String,
    /// Stable word for programs: `missing`, `unknown`, `invalid` or a word of the service's own.
    pub code: &'static str,
    /// Sentence for people. Never repeats the value.
    pub message: Cow<'static, str>,
}

impl FieldError {
    /// An error in the request body.
    pub fn body(name: impl Into<String>, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::at("body", name, code, message)
    }

    /// An error in the query string.
    pub fn query(name: impl Into<String>, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::at("query", name, code, message)
    }

    /// An error in a header.
    pub fn header(name: impl Into<String>, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::at("header", name, code, message)
    }

    /// An error at any place.
    pub fn at(
        place: &'static str,
        name: impl Into<String>,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { place, name: name.into(), code, message: message.into() }
    }
}

/// An error answer. Make it with one of the constructors; it becomes a response by `IntoResponse`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    kind: Kind,
    detail: Option<Cow<'static, str>>,
    errors: Vec<FieldError>,
    trace_id: Option<String>,
}

impl Problem {
    /// A problem of this kind, without detail.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, detail: None, errors: Vec::new(), trace_id: None }
    }

    /// The same with a sentence for this occurrence. It must not repeat anything personal.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same with the fields that are wrong.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// 400 with everything that is wrong.
    pub fn malformed(errors: Vec<FieldError>) -> Self {
        Self::new(Kind::Malformed).with_errors(errors)
    }

    /// 401; the answer carries `WWW-Authenticate: Bearer` (RFC 6750 §3).
    pub const fn unauthenticated() -> Self {
        Self::new(Kind::Unauthenticated)
    }

    /// 403.
    pub const fn forbidden() -> Self {
        Self::new(Kind::Forbidden)
    }

    /// 404: for what does not exist and for what this caller may not know of, without difference.
    pub const fn not_found() -> Self {
        Self::new(Kind::NotFound)
    }

    /// 405.
    pub const fn method_not_allowed() -> Self {
        Self::new(Kind::MethodNotAllowed)
    }

    /// 409 with the reason.
    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Conflict).with_detail(detail)
    }

    /// 412: the version in `If-Match` has been overtaken.
    pub const fn precondition_failed() -> Self {
        Self::new(Kind::PreconditionFailed)
    }

    /// 428: the request must carry `If-Match`.
    pub const fn precondition_required() -> Self {
        Self::new(Kind::PreconditionRequired)
    }

    /// 413.
    pub const fn too_large() -> Self {
        Self::new(Kind::TooLarge)
    }

    /// 415.
    pub const fn unsupported_media_type() -> Self {
        Self::new(Kind::UnsupportedMediaType)
    }

    /// 503: something this service rests on does not answer. Say why in the log, not here.
    pub const fn unavailable() -> Self {
        Self::new(Kind::Unavailable)
    }

    /// 500: logs `error` with all its causes once, under the trace id that the answer carries; the answer says nothing
    /// of it.
    pub fn internal(error: &(dyn Error + 'static)) -> Self {
        let trace_id = trace::current();
        tracing::error!(trace_id = trace_id.as_deref().unwrap_or("none"), error = %chain(error), "request failed");
        Self { trace_id, ..Self::new(Kind::Internal) }
    }

    /// What kind of problem this is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// HTTP status of the answer.
    pub const fn status(&self) -> StatusCode {
        self.kind.status()
    }

    /// The sentence for this occurrence.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The fields that are wrong.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The document that goes over the wire.
    fn document(&self) -> Document<'_> {
        Document {
            kind: self.kind.uri(),
            title: self.kind.title(),
            status: self.kind.status().as_u16(),
            detail: self.detail.as_deref(),
            trace_id: self.trace_id.as_deref(),
            errors: &self.errors,
        }
    }
}

/// A database that does not answer is 503, everything else it says is 500.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                tracing::error!(error = %chain(&error), "the database does not answer");
                Self::unavailable()
            }
            error => Self::internal(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        self.trace_id = self.trace_id.or_else(trace::current);
        let body = match serde_json::to_vec(&self.document()) {
            Ok(body) => body,
            // The status alone still says what matters.
            Err(error) => {
                tracing::error!(%error, "a problem document could not be written");
                Vec::new()
            }
        };
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if self.kind == Kind::Unauthenticated {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // Kept beside the body, so that a page can be made of it for a browser.
        response.extensions_mut().insert(self);
        response
    }
}

/// Problem document (RFC 9457): the shape of every error answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    /// Address that identifies the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not-found")]
    kind: &'a str,
    /// Short text, the same for every problem of this kind.
    #[schema(example = "Not found")]
    title: &'a str,
    /// HTTP status code.
    #[schema(example = 404)]
    status: u16,
    /// Sentence for this occurrence.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// Trace id under which the log tells more.
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<&'a str>,
    /// The fields that are wrong, all of them.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

impl PartialSchema for Problem {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Document::schema()
    }
}

impl ToSchema for Problem {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Problem")
    }

    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        Document::schemas(schemas);
    }
}

/// An error with all its causes on one line.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::json_of;

    #[tokio::test]
    async fn tells_kind_status_and_fields() {
        let errors = vec![FieldError::body("parties[0].role", "missing", "is required")];
        let response = Problem::malformed(errors).with_detail("one field is wrong").into_response();
        assert_eq!(response.status(), 400);
        assert_eq!(response.headers()["content-type"], PROBLEM_JSON);
        let expected = serde_json::json!({
            "type": "/problems/malformed", "title": "The request is malformed", "status": 400,
            "detail": "one field is wrong",
            "errors": [{"in": "body", "name": "parties[0].role", "code": "missing", "message": "is required"}],
        });
        assert_eq!(json_of(response).await, expected);
    }

    #[tokio::test]
    async fn a_fault_of_ours_says_nothing_but_its_trace_id() {
        let fault = std::io::Error::other("password of the database is hunter2");
        let response = trace::scope("0af7651916cd43dd8448eb211c80319c".into(), async move {
            Problem::internal(&fault).into_response()
        })
        .await;
        let expected = serde_json::json!({
            "type": "/problems/internal", "title": "Something went wrong on our side", "status": 500,
            "traceId": "0af7651916cd43dd8448eb211c80319c",
        });
        assert_eq!(json_of(response).await, expected);
    }

    #[test]
    fn unauthenticated_names_the_scheme() {
        let response = Problem::unauthenticated().into_response();
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        assert_eq!(Problem::forbidden().into_response().headers().get("www-authenticate"), None);
    }

    #[test]
    fn a_status_maps_to_a_kind_of_the_same_class() {
        for status in (400..=599).filter_map(|code| StatusCode::from_u16(code).ok()) {
            let kind = Kind::of_status(status);
            assert_eq!(kind.status().is_client_error(), status.is_client_error(), "{status}");
        }
    }

    #[test]
    fn a_silent_database_is_unavailable() {
        assert_eq!(Problem::from(sqlx::Error::PoolTimedOut).kind(), Kind::Unavailable);
        assert_eq!(Problem::from(sqlx::Error::RowNotFound).kind(), Kind::Internal);
    }
}
