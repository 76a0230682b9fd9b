//! Showing a masked identifier whole.

use axum::extract::State;
use axum::http::StatusCode;
use domain::decisions::reveal_identifier::Refusal;
use domain::ids::MatchId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{Json, Path, Principal, Problem};

use super::shapes::{NewReveal, RevealTaken};
use super::steward_of;
use crate::App;
use crate::reveals::RevealError;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reveal_identifier))
}

impl From<RevealError> for Problem {
    fn from(error: RevealError) -> Self {
        match error {
            RevealError::Unknown | RevealError::Refused(Refusal::NeverAsked) => Self::not_found(),
            RevealError::Nothing => Self::conflict("the record has no such identifier, or it was erased"),
            RevealError::Refused(refusal @ (Refusal::NotOpen | Refusal::Claimed)) => {
                Self::conflict(refusal.to_string())
            }
            RevealError::Desk(error) => error.into(),
        }
    }
}

/// Shows an identifier whole, after it was written down who asked for it and what for. Each request is a showing of its own.
#[utoipa::path(post, path = "/questions/{questionId}/reveals", request_body = NewReveal,
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 201, description = "It was written down; this is the identifier.", body = RevealTaken),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another steward has the question in hand, it is not open, or the record has no such identifier.", body = Problem, content_type = "application/problem+json")))]
async fn reveal_identifier(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Json(wish): Json<NewReveal>,
) -> Result<(StatusCode, Json<RevealTaken>), Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let revealed = app.desk.reveal(MatchId::from_uuid(id), &by, wish.into()).await?;
    Ok((StatusCode::CREATED, Json(RevealTaken::from(revealed))))
}
