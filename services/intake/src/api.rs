//! What operators see of the quarantine.

use axum::Router;
use axum::extract::{FromRef, State};
use journal::Journal;
use serde::{Deserialize, Serialize};
use service::Service;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Auth, Json, Principal, Problem, Query, Role};

use crate::quarantine;

/// The most entries of one page.
const MOST: u32 = 100;

#[derive(Clone)]
struct Api {
    journal: Journal,
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
pub fn routes(service: &Service) -> anyhow::Result<Router> {
    let auth = service.auth()?;
    let (router, _) = web::openapi::mount(api(), &auth);
    Ok(router.with_state(Api { journal: service.journal.clone(), auth }))
}

fn api() -> OpenApiRouter<Api> {
    let described =
        web::openapi::describe("Verband intake", "What operators see of the events that could not be understood.");
    OpenApiRouter::with_openapi(described).routes(routes!(list_quarantine))
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

/// Lists what is in quarantine.
#[utoipa::path(get, path = "/quarantined-events", params(PageQuery), responses((status = 200, description = "A page of quarantined events.", body = QuarantinePage)))]
async fn list_quarantine(
    State(api): State<Api>,
    principal: Principal,
    Query(page): Query<PageQuery>,
) -> Result<Json<QuarantinePage>, Problem> {
    principal.require(Role::Operator)?;
    let limit = page.limit.unwrap_or(MOST).clamp(1, MOST);
    let kept = quarantine::kept(&api.journal, page.cursor, i64::from(limit) + 1)
        .await
        .map_err(|error| if error.is_outage() { Problem::unavailable() } else { Problem::internal(&error) })?;
    let more = kept.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    let entries: Vec<QuarantinedEvent> =
        kept.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)).map(QuarantinedEvent::of).collect();
    let next = entries.last().map(|entry| entry.id).filter(|_| more);
    Ok(Json(QuarantinePage { entries, next }))
}

impl QuarantinedEvent {
    fn of(kept: quarantine::Kept) -> Self {
        Self {
            id: kept.fact,
            event: kept.event.uuid(),
            channel: kept.channel,
            reasons: kept
                .reasons
                .into_iter()
                .map(|reason| QuarantineReason { pointer: reason.pointer, code: reason.code, text: reason.text })
                .collect(),
            since: kept.since.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_follows_the_api_design_rules() {
        assert_eq!(web::adr_violations(&super::document()), Vec::<String>::new());
    }
}
