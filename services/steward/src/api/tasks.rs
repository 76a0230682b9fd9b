//! Taking up a question, keeping it, laying it down and setting it aside.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::decisions::claim_task::{Handling, Refusal};
use domain::ids::MatchId;
use journal::DecideError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{FieldError, Json, Path, Principal, Problem};

use super::shapes::{Claimed, NewDeferral, TaskClaimed};
use super::{pools, steward, steward_of};
use crate::App;
use crate::tasks::TaskError;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(claim_next))
        .routes(routes!(claim_question, release_question))
        .routes(routes!(defer_question))
}

/// What is answered when a question was not taken up, or not set aside.
pub(crate) fn refused(error: TaskError) -> Problem {
    match error {
        DecideError::Refused(Refusal::NeverAsked) => Problem::not_found(),
        DecideError::Refused(Refusal::Until) => {
            let message = "is a moment within the next fourteen days";
            Problem::malformed(vec![FieldError::body("until", "invalid", message)])
        }
        DecideError::Refused(refusal @ (Refusal::NotOpen | Refusal::Claimed | Refusal::SpokenBefore)) => {
            Problem::conflict(refusal.to_string())
        }
        DecideError::Journal(error) => service::problem(error),
    }
}

/// Takes up the most pressing question that is for the caller: open, in nobody's hand, not set aside by them, and on which they have
/// not spoken.
#[utoipa::path(post, path = "/claims",
    responses(
        (status = 201, description = "It is in the caller's hand.", body = TaskClaimed),
        (status = 204, description = "There is none.")))]
async fn claim_next(State(app): State<App>, principal: Principal) -> Result<Response, Problem> {
    let by = steward(&principal)?;
    Ok(match app.desk.next(&by, &pools(&principal)).await.map_err(service::problem)? {
        Some((question, until)) => {
            (StatusCode::CREATED, Json(TaskClaimed { question: question.uuid(), until })).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Takes up a question for a quarter of an hour, or keeps it for another. Nobody else decides on it meanwhile; others see that
/// somebody has it in hand, not who. It ends by itself, and with the decision.
#[utoipa::path(put, path = "/questions/{questionId}/claim",
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 200, description = "It is in the caller's hand.", body = Claimed),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another steward has it in hand or must speak now, or the question is not open.", body = Problem, content_type = "application/problem+json")))]
async fn claim_question(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<Json<Claimed>, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let claimed = app.desk.handle(MatchId::from_uuid(id), &by, Handling::Claim).await.map_err(refused)?;
    // A claim that was granted has an end.
    let until = claimed.ok_or_else(|| refused(DecideError::Refused(Refusal::Claimed)))?;
    Ok(Json(Claimed { until }))
}

/// Lays a question down. What is in another's hand stays there.
#[utoipa::path(delete, path = "/questions/{questionId}/claim",
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 204, description = "It is not in the caller's hand."),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json")))]
async fn release_question(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    app.desk.handle(MatchId::from_uuid(id), &by, Handling::Release).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does not want to be offered a question for a while: an hour, or until a moment within fourteen days. Others are offered it all
/// the same.
#[utoipa::path(post, path = "/questions/{questionId}/deferrals", request_body = NewDeferral,
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 204, description = "It is set aside."),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The question is not open.", body = Problem, content_type = "application/problem+json")))]
async fn defer_question(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Json(deferral): Json<NewDeferral>,
) -> Result<StatusCode, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    app.desk.handle(MatchId::from_uuid(id), &by, Handling::SetAside(deferral.until)).await.map_err(refused)?;
    Ok(StatusCode::NO_CONTENT)
}
