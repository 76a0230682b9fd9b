//! Taking up a question, laying it down, setting it aside, and going on to the next.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::decisions::claim_task::{Handling, Refusal};
use domain::ids::MatchId;
use jiff::SignedDuration;
use journal::DecideError;
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Path, Principal, Problem};

use crate::App;
use crate::api::{pools, refused, steward, steward_of};

/// What the queue says when there is nothing left to take up.
pub(super) const NONE_LEFT: &str = "none-left";
/// For how long a question can be set aside, in hours.
pub(super) const HOURS: [i64; 4] = [1, 24, 72, 168];

/// Goes on to the most pressing question that is for this steward.
pub(super) async fn next(State(app): State<App>, principal: Principal) -> Result<Redirect, Problem> {
    let by = steward(&principal)?;
    let next = app.desk.next(&by, &pools(&principal)).await.map_err(service::problem)?;
    Ok(Redirect::to(
        &next.map_or_else(|| format!("/?notice={NONE_LEFT}"), |(question, _)| format!("/questions/{question}")),
    ))
}

pub(super) async fn claim(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<Redirect, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let notice = match app.desk.handle(MatchId::from_uuid(id), &by, Handling::Claim).await {
        Ok(_) => "claimed",
        // Somebody was quicker: the page says who may do what.
        Err(DecideError::Refused(Refusal::Claimed | Refusal::SpokenBefore | Refusal::NotOpen)) => "not-claimed",
        Err(error) => return Err(refused(error)),
    };
    Ok(Redirect::to(&format!("/questions/{id}?notice={notice}")))
}

pub(super) async fn release(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<Redirect, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    app.desk.handle(MatchId::from_uuid(id), &by, Handling::Release).await.map_err(refused)?;
    Ok(Redirect::to("/"))
}

/// For how many hours a question is set aside.
#[derive(Deserialize)]
pub(super) struct Deferral {
    hours: i64,
}

/// Sets a question aside and goes on to the next.
pub(super) async fn defer(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Form(deferral): Form<Deferral>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let hours = HOURS.into_iter().find(|hours| *hours == deferral.hours);
    let until = hours.and_then(|hours| app.desk.clock.now().checked_add(SignedDuration::from_hours(hours)).ok());
    match app.desk.handle(MatchId::from_uuid(id), &by, Handling::SetAside(until)).await {
        // What was answered meanwhile is out of the way as well.
        Ok(_) | Err(DecideError::Refused(Refusal::NotOpen)) => {}
        Err(error) => return Err(refused(error)),
    }
    Ok(next(State(app), principal).await?.into_response())
}
