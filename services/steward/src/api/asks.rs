//! Asking the court that told of a record.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::decisions::ask_source::Refusal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{FieldError, Json, Path, Principal, Problem};

use super::decisions::request;
use super::shapes::{AskTaken, NewAsk};
use crate::App;
use crate::asks::AskError;
use crate::rulings::RulingError;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask_source))
}

impl From<AskError> for Problem {
    fn from(error: AskError) -> Self {
        let field = |name, message: &'static str| Self::malformed(vec![FieldError::body(name, "invalid", message)]);
        match error {
            AskError::Refused(Refusal::NeverAsked) => Self::not_found(),
            AskError::Refused(Refusal::Nothing) => field("fields", "names at least one field"),
            AskError::Refused(Refusal::Term) => field("answerBy", "is not after today, or too far away"),
            AskError::Refused(refusal) => Self::conflict(refusal.to_string()),
            AskError::RequestReused => Self::conflict("this Idempotency-Key was used for another request"),
            AskError::Stale(changed) => RulingError::Stale(changed).into(),
            AskError::Desk(error) => error.into(),
        }
    }
}

/// Asks the court that told of one of the two records to look: an event on its own subject, which names nobody. Whatever the court tells
/// of the record since is an answer, and so is that it has nothing to correct. Until then, or until the day has passed, the question is
/// offered to nobody. Of one record one thing is asked at a time.
#[utoipa::path(post, path = "/questions/{questionId}/source-questions", request_body = NewAsk,
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("If-Match" = String, Header, description = "The entity tag of the question as the steward saw it."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "The court is asked.", body = AskTaken),
        (status = 200, description = "The court was asked about this record before, and has not answered; nothing was written.", body = AskTaken),
        (status = 400, description = "No field is named, or the day is not after today or too far away.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another steward has it in hand, the question is not open, the court has not told of the record, or the request's name was used for another request.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question, one of its records or the persons they are part of changed since it was read.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn ask_source(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(ask): Json<NewAsk>,
) -> Result<Response, Problem> {
    let (asked, is_new) = app.desk.ask(&request(&app, &principal, id, &headers, true).await?, &ask.into()).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(AskTaken { request: asked.request.uuid(), answer_by: asked.answer_by })).into_response())
}
