//! The description of an API, generated from the code: what all of them share, and where it is served.
//!
//! Invariant: what the kit itself adds to every operation (the version header, the refusals of extractors and of
//! authentication) is documented here, once, and so never forgotten.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{ComponentsBuilder, ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContactBuilder, ContentBuilder, Header, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Response,
    ResponseBuilder, Server,
};
use utoipa_axum::router::OpenApiRouter;

use crate::auth::Auth;
use crate::extract::Json;
use crate::layers::API_VERSION;
use crate::problem::{FieldError, PROBLEM_JSON, Problem};

/// Name of the security scheme in the document.
const BEARER: &str = "bearer";

/// The frame of a document: title, version, contact, server `/v1`, bearer tokens required everywhere. Give it to
/// [`OpenApiRouter::with_openapi`] and add routes with paths that do not begin with `/v1`.
pub fn describe(title: &str, description: &str) -> OpenApi {
    let contact = ContactBuilder::new()
        .name(Some("Verband"))
        .url(Some("https://verband.example"))
        .email(Some("contact@verband.example"))
        .build();
    let info = InfoBuilder::new()
        .title(title)
        .version(API_VERSION)
        .description(Some(description))
        .contact(Some(contact))
        .license(Some(LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()))
        .build();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = ComponentsBuilder::new()
        .schema_from::<Problem>()
        .schema_from::<FieldError>()
        .security_scheme(BEARER, SecurityScheme::Http(bearer))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/v1")]))
        .components(Some(components))
        .security(Some([SecurityRequirement::new::<_, [&str; 0], &str>(BEARER, [])]))
        .build()
}

/// The routes of an API under `/v1`, closed to callers who are not known, and beside them the document at
/// `/v1/openapi.json`, open to everyone (API Design Rules, doc-openapi). The document is given back too, for a snapshot.
pub fn mount<S: Clone + Send + Sync + 'static>(api: OpenApiRouter<S>, auth: &Auth) -> (Router<S>, OpenApi) {
    let (router, document) = split(api);
    let served = Arc::new(document.clone());
    let open = [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")];
    let here = get(move || async move { (open, Json(served)) });
    (Router::new().nest("/v1", auth.guard(router).route("/openapi.json", here)), document)
}

/// The document of an API, for a test that needs nobody to authenticate.
pub fn document<S: Clone + Send + Sync + 'static>(api: OpenApiRouter<S>) -> OpenApi {
    split(api).1
}

fn split<S: Clone + Send + Sync + 'static>(api: OpenApiRouter<S>) -> (Router<S>, OpenApi) {
    let (router, mut document) = api.split_for_parts();
    let secured = document.security.is_some();
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            complete(operation, secured);
        }
    }
    (router, document)
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten()
}

/// Adds what the kit does for every operation to what the operation says of itself.
fn complete(operation: &mut Operation, secured_by_default: bool) {
    let takes_input = operation.request_body.is_some() || operation.parameters.as_ref().is_some_and(|p| !p.is_empty());
    let secured = operation.security.as_ref().map_or(secured_by_default, |own| !own.is_empty());
    let shared = [
        ("400", takes_input, "The request does not have the documented form; `errors` names every field."),
        ("401", secured, "No accepted credential."),
        ("403", secured, "The caller's role does not allow this."),
        ("500", true, "A fault of the service; the log tells more under `traceId`."),
        ("503", true, "Something the service rests on does not answer."),
    ];
    let responses = &mut operation.responses.responses;
    for (status, applies, description) in shared {
        if applies {
            responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(problem(description)));
        }
    }
    for response in responses.values_mut() {
        if let RefOr::T(response) = response {
            response.headers.entry("API-Version".to_owned()).or_insert_with(|| RefOr::T(version_header()));
        }
    }
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build()
}

fn version_header() -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some("Version of the API (semantic)"))
        .build()
}

/// For the test of an API: that its description is the one committed in `path`. With `UPDATE_SNAPSHOTS` set the file is
/// written anew first.
///
/// # Errors
/// What to do, when the description is another or the file cannot be written.
pub fn committed(document: &OpenApi, path: &str) -> Result<(), String> {
    let described = serde_json::to_string_pretty(document).map_err(|error| error.to_string())? + "\n";
    #[expect(clippy::disallowed_methods, reason = "a test may be told to write its snapshot anew")]
    if std::env::var("UPDATE_SNAPSHOTS").is_ok() {
        std::fs::write(path, &described).map_err(|error| format!("{path}: {error}"))?;
    }
    if std::fs::read_to_string(path).unwrap_or_default() == described {
        Ok(())
    } else {
        Err("the API changed: run this test with UPDATE_SNAPSHOTS=1 and read the difference".to_owned())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;
    use utoipa_axum::routes;

    use super::*;
    use crate::auth::tests::auth_of;
    use crate::design_rules::adr_violations;
    use crate::extract::{Path, Query};
    use crate::testing::{Issuer, json_of, send};

    #[derive(serde::Deserialize, utoipa::IntoParams)]
    #[serde(rename_all = "camelCase")]
    struct Filter {
        /// Court.
        court_code: Option<String>,
    }

    /// One alert.
    #[utoipa::path(get, path = "/alerts/{alertId}", params(("alertId" = u32, Path, description = "Id"), Filter),
        responses((status = 200, description = "The alert", body = String)))]
    async fn alert(Path(id): Path<u32>, Query(filter): Query<Filter>) -> Json<String> {
        Json(format!("{id}{}", filter.court_code.unwrap_or_default()))
    }

    pub(crate) fn api() -> OpenApiRouter {
        OpenApiRouter::with_openapi(describe("Alerts", "Alerts for judges")).routes(routes!(alert))
    }

    #[test]
    fn a_document_of_the_kit_follows_the_rules() {
        let document = document(api());
        assert_eq!(adr_violations(&document), Vec::<String>::new());
        let value = serde_json::to_value(&document).unwrap();
        let operation = &value["paths"]["/alerts/{alertId}"]["get"];
        let statuses: Vec<_> = operation["responses"].as_object().unwrap().keys().collect();
        assert_eq!(statuses, ["200", "400", "401", "403", "500", "503"]);
        assert_eq!(value["components"]["schemas"]["Problem"]["properties"]["traceId"]["type"][0], "string");
        assert_eq!(value["components"]["schemas"]["FieldError"]["required"][0], "in");
    }

    #[tokio::test]
    async fn only_the_document_is_open() {
        let issuer = Issuer::new("kid-1");
        let (router, _) = mount(api(), &auth_of(&issuer, "mount"));
        let response = send(router.clone(), "GET", "/v1/openapi.json", &[], "").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(json_of(response).await["servers"], json!([{"url": "/v1"}]));
        assert_eq!(send(router.clone(), "GET", "/v1/alerts/7", &[], "").await.status(), 401);
        let bearer = format!("Bearer {}", issuer.sign(&Issuer::claims(|_| ())));
        let known = [("authorization", bearer.as_str())];
        assert_eq!(json_of(send(router.clone(), "GET", "/v1/alerts/7", &known, "").await).await, "7");
        assert_eq!(send(router.clone(), "GET", "/v1/alerts/7/", &known, "").await.status(), 404);
        assert_eq!(send(router, "GET", "/v1/alerts/x", &known, "").await.status(), 400);
    }
}
