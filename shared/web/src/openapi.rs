//! The description of an API, generated from the code: what all of them share, and where it is served.
//!
//! Invariant: what the kit itself adds to every operation (the version header, the refusals of extractors and of
//! authentication) is documented here, once, and so never forgotten.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use serde_json::Value;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{ComponentsBuilder, Object, ObjectBuilder, SchemaType, Type};
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
        .description(Some(format!("{description}\n\n{}", crate::deprecation::POLICY)))
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
        ("413", operation.request_body.is_some(), "The body is larger than allowed."),
        ("415", operation.request_body.is_some(), "The body is not of a documented media type."),
        ("500", true, "A fault of the service; the log tells more under `traceId`."),
        ("503", true, "Something the service rests on does not answer."),
    ];
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(schema) = header_schema(&parameter.name)
        {
            parameter.schema = Some(schema.into());
        }
    }
    let responses = &mut operation.responses.responses;
    for (status, applies, description) in shared {
        if applies {
            responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(problem(description)));
        }
    }
    let is_to_go = operation.deprecated.is_some();
    for response in responses.values_mut() {
        if let RefOr::T(response) = response {
            let mut documents = |name: &str, description| {
                response.headers.entry(name.to_owned()).or_insert_with(|| RefOr::T(text_header(description)));
            };
            documents("API-Version", "Version of the API (semantic)");
            if is_to_go {
                documents("Deprecation", "Since when it is known that the route is to go (RFC 9745)");
                documents("Sunset", "Until when it stands (RFC 8594)");
            }
        }
    }
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build()
}

/// What a header that the house knows must look like, so that whoever reads the description knows what is refused.
fn header_schema(header: &str) -> Option<ObjectBuilder> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    match header {
        // A strong or weak entity tag (RFC 9110 §8.8.3); `*` names no version.
        "If-Match" => Some(text.pattern(Some("^(W/)?\"[!-~]*\"$"))),
        "Idempotency-Key" => Some(text.min_length(Some(1)).max_length(Some(128)).pattern(Some("^[!-~]+$"))),
        _ => None,
    }
}

/// A text that is one of a closed list of words.
pub fn word<'w>(description: &str, words: impl IntoIterator<Item = &'w str>) -> Object {
    choice(description, words, false)
}

/// The same, where it may be left out.
pub fn word_or_nothing<'w>(description: &str, words: impl IntoIterator<Item = &'w str>) -> Object {
    choice(description, words, true)
}

fn choice<'w>(description: &str, words: impl IntoIterator<Item = &'w str>, optional: bool) -> Object {
    let words: Vec<Value> = words.into_iter().map(Value::from).collect();
    let example = words.first().cloned();
    let kinds = [Type::String, Type::Null];
    ObjectBuilder::new()
        .schema_type(if optional { SchemaType::from_iter(kinds) } else { Type::String.into() })
        .description(Some(description))
        .examples(example)
        .enum_values(Some(words.into_iter().chain(optional.then_some(Value::Null))))
        .build()
}

fn text_header(description: &str) -> Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .description(Some(description))
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
