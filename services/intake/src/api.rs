//! Where courts' systems without NATS send events, and what operators see of the quarantine and do with it.

mod events;
mod waiting;

use axum::Router;
use axum::extract::{FromRef, State};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::fact::Subject;
use domain::fact::intake::{DiscardReason, Reason};
use domain::ids::FactId;
use journal::Journal;
use serde::{Deserialize, Serialize};
use service::{Service, problem};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Auth, FieldError, Json, Path, Principal, Problem, Query, Role};

use crate::door::Door;
use crate::quarantine::{self, ActError, Quarantine};

/// The most entries of one page.
const MOST: u32 = 100;

#[derive(Clone)]
struct Api {
    journal: Journal,
    quarantine: Quarantine,
    door: Door,
    auth: Auth,
}

impl FromRef<Api> for Auth {
    fn from_ref(api: &Api) -> Self {
        api.auth.clone()
    }
}

/// The routes of this service.
///
/// # Errors
/// When whose tokens count cannot be told from the settings.
pub fn routes(service: &Service, quarantine: Quarantine, door: Door) -> anyhow::Result<Router> {
    let auth = service.auth()?;
    let (router, _) = web::openapi::mount(api(), &auth);
    Ok(router.with_state(Api { journal: service.journal.clone(), quarantine, door, auth }))
}

fn api() -> OpenApiRouter<Api> {
    let described = web::openapi::describe(
        "Verband intake",
        "Takes case events in, and shows operators those that could not be understood.",
    );
    OpenApiRouter::with_openapi(described)
        .routes(routes!(events::send_events))
        .routes(routes!(waiting::list_waiting))
        .routes(routes!(list_quarantine))
        .routes(routes!(read_quarantined))
        .routes(routes!(inspect_quarantined))
        .routes(routes!(release_quarantined))
        .routes(routes!(discard_quarantined))
}

/// The description of this service's API.
pub fn document() -> utoipa::openapi::OpenApi {
    web::openapi::document(api())
}

/// Which page of the list.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PageQuery {
    /// Where to go on: `next` of the page before.
    cursor: Option<uuid::Uuid>,
    /// How many entries at most, 1 to 100.
    limit: Option<u32>,
}

/// A page of quarantined events, oldest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QuarantinePage {
    /// The entries.
    entries: Vec<QuarantinedEvent>,
    /// Where the next page begins; missing on the last page.
    next: Option<uuid::Uuid>,
}

/// An event that could not be understood. Its body stays sealed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QuarantinedEvent {
    /// Its id in the quarantine.
    id: uuid::Uuid,
    /// The event, derived from its source and id.
    event: uuid::Uuid,
    /// The subject it came in on.
    channel: String,
    /// Everything that is wrong with it.
    reasons: Vec<QuarantineReason>,
    /// Since when it is kept.
    since: String,
}

/// One thing that is wrong with an event.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct QuarantineReason {
    /// Where, as a JSON pointer.
    pointer: String,
    /// A stable code.
    code: String,
    /// What is wrong and what to do.
    text: String,
}

/// The body of a quarantined event as it was received.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Inspection {
    /// The message as text; headers first where the publisher used them. Bytes that are no text show as U+FFFD.
    body: String,
    /// The same, byte for byte (RFC 4648 base64).
    bytes: String,
}

/// How a quarantined event is released.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRelease {
    /// The subject it should have come in on, where the one it came in on was not understood.
    channel: Option<String>,
    /// Whether identifiers that do not read are set aside: kept as written, and never used for matching.
    #[serde(default)]
    set_aside: bool,
}

/// A quarantined event that was released.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Release {
    /// The places that were set aside, as JSON pointers.
    set_aside: Vec<String>,
}

/// Why a quarantined event is discarded.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewDiscard {
    /// The reason.
    reason: WhyDiscard,
}

/// A reason to discard an event.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum WhyDiscard {
    /// The publisher sent a mended event in its place.
    Replaced,
    /// It is about nothing that this house is for.
    NotForThisHouse,
    /// It was a test.
    Test,
    /// Nobody can tell what it is.
    Unreadable,
    /// The publisher took it back.
    TakenBack,
}

/// A quarantined event that was discarded.
#[derive(Serialize, ToSchema)]
struct Discard {
    /// Its id in the quarantine.
    id: uuid::Uuid,
}

/// Lists what is in quarantine.
#[utoipa::path(get, path = "/quarantined-events", params(PageQuery), responses((status = 200, description = "A page of quarantined events.", body = QuarantinePage)))]
async fn list_quarantine(
    State(api): State<Api>,
    principal: Principal,
    Query(page): Query<PageQuery>,
) -> Result<Json<QuarantinePage>, Problem> {
    principal.require(Role::Operator)?;
    let limit = page.limit.unwrap_or(MOST).clamp(1, MOST);
    let kept = quarantine::kept(&api.journal, page.cursor, i64::from(limit) + 1).await.map_err(problem)?;
    let more = kept.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    let entries: Vec<QuarantinedEvent> =
        kept.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(QuarantinedEvent::of).collect();
    let next = entries.last().map(|entry| entry.id).filter(|_| more);
    Ok(Json(QuarantinePage { entries, next }))
}

/// Reads a quarantined event; its body stays sealed.
#[utoipa::path(get, path = "/quarantined-events/{id}", params(("id" = uuid::Uuid, Path, description = "Its id in the quarantine.")), responses((status = 200, description = "A quarantined event.", body = QuarantinedEvent)))]
async fn read_quarantined(
    State(api): State<Api>,
    principal: Principal,
    Path(id): Path<uuid::Uuid>,
) -> Result<Json<QuarantinedEvent>, Problem> {
    principal.require(Role::Operator)?;
    let kept = quarantine::kept_one(&api.journal, id).await.map_err(problem)?;
    kept.map(|kept| Json(QuarantinedEvent::of(kept))).ok_or_else(Problem::not_found)
}

/// Opens the body of a quarantined event. That the operator looked is written down first.
#[utoipa::path(post, path = "/quarantined-events/{id}/inspections", params(("id" = uuid::Uuid, Path, description = "Its id in the quarantine.")), responses((status = 200, description = "Its body.", body = Inspection)))]
async fn inspect_quarantined(
    State(api): State<Api>,
    principal: Principal,
    Path(id): Path<uuid::Uuid>,
) -> Result<Json<Inspection>, Problem> {
    let who = operator(&principal)?;
    let bytes = api.quarantine.inspect(FactId::from_uuid(id), &who).await?;
    Ok(Json(Inspection { body: String::from_utf8_lossy(&bytes).into_owned(), bytes: BASE64.encode(&bytes) }))
}

/// Reads a quarantined event again, and files it: after this house learned what it did not know.
#[utoipa::path(post, path = "/quarantined-events/{id}/releases", params(("id" = uuid::Uuid, Path, description = "Its id in the quarantine.")), request_body = NewRelease, responses((status = 200, description = "It is filed.", body = Release)))]
async fn release_quarantined(
    State(api): State<Api>,
    principal: Principal,
    Path(id): Path<uuid::Uuid>,
    Json(release): Json<NewRelease>,
) -> Result<Json<Release>, Problem> {
    let who = operator(&principal)?;
    let id = FactId::from_uuid(id);
    let set_aside = api.quarantine.release(id, release.channel.as_deref(), release.set_aside, &who).await?;
    Ok(Json(Release { set_aside }))
}

/// Takes a quarantined event off the list, for a reason.
#[utoipa::path(post, path = "/quarantined-events/{id}/discards", params(("id" = uuid::Uuid, Path, description = "Its id in the quarantine.")), request_body = NewDiscard, responses((status = 200, description = "It is off the list.", body = Discard)))]
async fn discard_quarantined(
    State(api): State<Api>,
    principal: Principal,
    Path(id): Path<uuid::Uuid>,
    Json(discard): Json<NewDiscard>,
) -> Result<Json<Discard>, Problem> {
    let who = operator(&principal)?;
    api.quarantine.discard(FactId::from_uuid(id), discard.reason.into(), &who).await?;
    Ok(Json(Discard { id }))
}

/// Who works at the quarantine: an operator, by a name that can stand in the journal.
fn operator(principal: &Principal) -> Result<Subject, Problem> {
    service::acting(principal, Role::Operator)
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Unknown => Self::not_found(),
            ActError::Erased => Self::conflict("the body of this event was erased; it can only be discarded"),
            ActError::Refused(reasons) => Self::conflict("the event still cannot be understood")
                .with_errors(reasons.into_iter().map(told).collect()),
            ActError::Journal(error) => problem(error),
        }
    }
}

fn told(reason: Reason) -> FieldError {
    let place = if reason.pointer.is_empty() { "/".to_owned() } else { reason.pointer };
    FieldError::body(place, "invalid", format!("{}: {}", reason.code, reason.text))
}

impl From<WhyDiscard> for DiscardReason {
    fn from(why: WhyDiscard) -> Self {
        match why {
            WhyDiscard::Replaced => Self::Replaced,
            WhyDiscard::NotForThisHouse => Self::NotForThisHouse,
            WhyDiscard::Test => Self::Test,
            WhyDiscard::Unreadable => Self::Unreadable,
            WhyDiscard::TakenBack => Self::TakenBack,
        }
    }
}

impl QuarantineReason {
    fn of(reason: Reason) -> Self {
        Self { pointer: reason.pointer, code: reason.code, text: reason.text }
    }
}

impl QuarantinedEvent {
    fn of(kept: quarantine::Kept) -> Self {
        Self {
            id: kept.fact,
            event: kept.event.uuid(),
            channel: kept.channel,
            reasons: kept.reasons.into_iter().map(QuarantineReason::of).collect(),
            since: kept.since.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_follows_the_api_design_rules() {
        assert_eq!(web::adr_violations(&document()), Vec::<String>::new());
    }

    #[test]
    fn the_description_is_the_committed_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        assert_eq!(web::openapi::committed(&document(), path), Ok(()));
    }
}
