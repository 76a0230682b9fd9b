//! Routes that are to go: how callers hear of it, and until when they stand.
//!
//! The policy, which the description of every API states: a route that is to go is marked `deprecated` in the description and says so
//! in every answer, `Deprecation` (RFC 9745) since when and `Sunset` (RFC 8594) until when, for at least [`NOTICE`] days; a route never
//! changes so that a client of before fails, and two major versions stand side by side for as long.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use utoipa_axum::router::OpenApiRouter;

/// How many days a route stands after it was said that it is to go.
pub const NOTICE: i32 = 180;

/// The policy in words, for the description of an API.
pub const POLICY: &str = "A route that is to go is marked as deprecated here and answers with `Deprecation` (RFC 9745) and `Sunset` \
     (RFC 8594) for at least 180 days; two major versions stand side by side for as long.";

/// These routes are to go: each answer says since when that is known and until when they stand.
///
/// # Panics
/// Never: days outside of the calendar of HTTP leave the headers out.
pub fn deprecated<S>(routes: OpenApiRouter<S>, since: Date, until: Date) -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
{
    let headers = headers(since, until);
    routes.layer(from_fn(move |request: Request, next: Next| {
        let headers = headers.clone();
        async move {
            let mut response: Response = next.run(request).await;
            response.headers_mut().extend(headers);
            response
        }
    }))
}

fn headers(since: Date, until: Date) -> Vec<(HeaderName, HeaderValue)> {
    let midnight = |day: Date| day.to_zoned(TimeZone::UTC).ok();
    let deprecation = midnight(since).map(|at| format!("@{}", at.timestamp().as_second()));
    let sunset = midnight(until).map(|at| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let named = [("deprecation", deprecation), ("sunset", sunset)];
    let header = |(name, value): (&'static str, Option<String>)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(&value?).ok()?))
    };
    named.into_iter().filter_map(header).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use utoipa_axum::routes;

    use super::*;
    use crate::extract::Json;
    use crate::testing::send;

    /// The old one.
    #[utoipa::path(get, path = "/old", responses((status = 200, description = "It.", body = String)))]
    #[deprecated]
    async fn old() -> Json<&'static str> {
        Json("old")
    }

    /// The new one.
    #[utoipa::path(get, path = "/new", responses((status = 200, description = "It.", body = String)))]
    async fn new() -> Json<&'static str> {
        Json("new")
    }

    #[tokio::test]
    async fn what_is_to_go_says_since_when_and_until_when_and_the_rest_says_nothing() {
        #[expect(deprecated, reason = "that is what it is for")]
        let old = OpenApiRouter::new().routes(routes!(old));
        let both =
            OpenApiRouter::new().merge(deprecated(old, date(2026, 9, 14), date(2027, 3, 15))).routes(routes!(new));
        let (router, document) = both.split_for_parts();
        let answer = send(router.clone(), "GET", "/old", &[], "").await;
        assert_eq!(answer.headers()["deprecation"], "@1789344000");
        assert_eq!(answer.headers()["sunset"], "Mon, 15 Mar 2027 00:00:00 GMT");
        let answer = send(router, "GET", "/new", &[], "").await;
        assert!(!answer.headers().contains_key("deprecation") && !answer.headers().contains_key("sunset"));
        let document = serde_json::to_value(document).expect("a document");
        assert_eq!(document["paths"]["/old"]["get"]["deprecated"], true);
        assert!(document["paths"]["/new"]["get"]["deprecated"].is_null());
    }

    #[test]
    fn the_policy_names_the_term() {
        assert!(POLICY.contains(&NOTICE.to_string()));
    }
}
