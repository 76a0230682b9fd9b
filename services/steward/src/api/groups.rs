//! The group that the records of a question are of: opening it, parting it, and asking whether it is one person at all.

use axum::extract::State;
use axum::http::header::ETAG;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::ids::{FactId, MatchId, PartyId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{Json, Path, Principal, Problem};

use super::decisions::{answer, request};
use super::shapes::{GroupDetail, NewSplit, NewSuspicion, RulingTaken, SplitTaken, SuspicionTaken};
use super::{note, steward_of};
use crate::App;
use crate::group::Parting;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read_group))
        .routes(routes!(weigh_group))
        .routes(routes!(split_group))
        .routes(routes!(withdraw_split))
        .routes(routes!(suspect_person))
}

/// Opens the person that both records of a question are of for certain, with all its records. That it was opened, and by whom, is
/// logged.
#[utoipa::path(get, path = "/questions/{questionId}/group",
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 200, description = "The group.", body = GroupDetail,
            headers(("ETag" = String, description = "What a split names in `If-Match`."))),
        (status = 404, description = "There is no such question, or its records are not of one person.", body = Problem, content_type = "application/problem+json")))]
async fn read_group(State(app): State<App>, principal: Principal, Path(id): Path<Uuid>) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let group = app.desk.group(MatchId::from_uuid(id), &by).await?.ok_or(Problem::not_found())?;
    let tag = format!("\"{}\"", group.version);
    Ok(([(ETAG, tag)], Json(GroupDetail::from(group))).into_response())
}

/// Has every two records of the group weighed by the model in force, once for as long as the group is as it is; `totals` of the group
/// then tells.
#[utoipa::path(put, path = "/questions/{questionId}/group/weighing",
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 204, description = "It is weighed, or will be in a moment."),
        (status = 404, description = "There is no such question, or its records are not of one person.", body = Problem, content_type = "application/problem+json")))]
async fn weigh_group(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    app.desk.examine(MatchId::from_uuid(id), &by).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says that the records of the group are of two persons, and which are of which. Two stewards must part it alike: the first one's is an
/// opinion, which nobody else is shown; where they do not agree a third decides. Then every two records across the cut are ruled to be two
/// persons, in one transaction.
#[utoipa::path(post, path = "/questions/{questionId}/splits", request_body = NewSplit,
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("If-Match" = String, Header, description = "The entity tag of the group as the steward saw it."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "The group is parted.", body = RulingTaken,
            headers(("ETag" = String, description = "The question after it."))),
        (status = 202, description = "The opinion was written; another steward must part it alike.", body = RulingTaken,
            headers(("ETag" = String, description = "The question after it."))),
        (status = 400, description = "`moved` does not lay the group in two heaps, would take more than 400 rulings, or a note is missing.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such question, or it is not about a group of three records or more.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another steward has it in hand or must speak now, the question is not open, or the request's name was used for another request.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question or the group changed since it was read; `errors` names what.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn split_group(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(split): Json<NewSplit>,
) -> Result<Response, Problem> {
    let parting = Parting {
        moved: split.moved.into_iter().map(PartyId::from_uuid).collect(),
        reason: split.reason,
        note: note("body", split.note.as_deref()).map_err(|error| Problem::malformed(vec![error]))?,
    };
    Ok(answer(&app.desk.part(&request(&app, &principal, id, &headers, true).await?, &parting).await?))
}

/// Takes back a split within a quarter of an hour, by who decided it: the group is what it was.
#[utoipa::path(post, path = "/questions/{questionId}/splits/{splitId}/withdrawals",
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("splitId" = Uuid, Path, description = "The split."),
        ("If-Match" = String, Header, description = "The entity tag of the question as the steward saw it."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "It was taken back.", body = SplitTaken,
            headers(("ETag" = String, description = "The question after it."))),
        (status = 403, description = "Others decided it.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The split is not in force, or a part of it was ruled on otherwise since; it is too long ago; or the request's name was used for another request.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question or one of its records changed since it was read.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn withdraw_split(
    State(app): State<App>,
    principal: Principal,
    Path((id, split)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let taken =
        app.desk.rejoin(&request(&app, &principal, id, &headers, true).await?, FactId::from_uuid(split)).await?;
    let body = Json(SplitTaken { id: taken.fact.uuid() });
    Ok((StatusCode::CREATED, [(ETAG, taken.version.entity_tag())], body).into_response())
}

/// Asks whether the person that one of the two records is of is one person. What is asked is asked about the two records between which it
/// is held together least.
#[utoipa::path(post, path = "/questions/{questionId}/suspicions", request_body = NewSuspicion,
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("If-Match" = String, Header, description = "The entity tag of the question as the steward saw it."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "It is asked, or was already.", body = SuspicionTaken),
        (status = 404, description = "There is no such question, or the record is of no person with others.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The request's name was used for another request.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question, one of its records or the persons they are part of changed since it was read.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn suspect_person(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(suspicion): Json<NewSuspicion>,
) -> Result<(StatusCode, Json<SuspicionTaken>), Problem> {
    let asked =
        app.desk.suspect(&request(&app, &principal, id, &headers, true).await?, suspicion.record.into()).await?;
    Ok((StatusCode::CREATED, Json(SuspicionTaken { question: asked.uuid() })))
}
