//! `GET /v1/waiting-events`.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{Json, Principal, Problem, Query, Role};

use super::{Api, MOST, problem};
use crate::waiting;

/// How much of the list.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LongestQuery {
    /// How many entries at most, 1 to 100.
    limit: Option<u32>,
}

/// What waits for something that has not come.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WaitingEvents {
    /// How many events wait, by what they wait for: case, party, charge, hearing, order or event.
    counts: BTreeMap<&'static str, i64>,
    /// The longest waits.
    longest: Vec<Wait>,
}

/// An event that was filed and waits for something it speaks of.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Wait {
    /// The event, derived from its source and id.
    event: uuid::Uuid,
    /// What it waits for.
    thing: String,
    /// The id of that, as it is known here.
    id: uuid::Uuid,
    /// Since when.
    since: String,
}

/// Lists what waits: nothing is held back meanwhile, and it takes effect when the rest comes.
#[utoipa::path(get, path = "/waiting-events", params(LongestQuery), responses((status = 200, description = "What waits.", body = WaitingEvents)))]
pub async fn list_waiting(
    State(api): State<Api>,
    principal: Principal,
    Query(query): Query<LongestQuery>,
) -> Result<Json<WaitingEvents>, Problem> {
    principal.require(Role::Operator)?;
    let limit = i64::from(query.limit.unwrap_or(MOST).clamp(1, MOST));
    let counts = waiting::counts(&api.journal).await.map_err(problem)?;
    let longest = waiting::list(&api.journal, limit).await.map_err(problem)?;
    let longest = longest.into_iter().map(|wait| Wait {
        event: wait.event.uuid(),
        thing: wait.thing,
        id: wait.id,
        since: wait.since.to_string(),
    });
    Ok(Json(WaitingEvents { counts, longest: longest.collect() }))
}
