//! The desk's API under `/v1`, for stewards only.
//!
//! Invariants: the shapes on the wire live in `shapes.rs`; an address holds opaque ids only, never a case number or anything
//! personal; a decision names the version it rests on, and itself. What anybody is charged with has no place in any of these
//! shapes, nor what another steward thinks before it is a ruling.

mod articles;
mod asks;
mod decisions;
mod groups;
mod operations;
mod quality;
mod reveals;
mod shapes;
mod tasks;

pub(crate) use articles::articles_of;
pub(crate) use tasks::refused;

use axum::extract::{FromRef, State};
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use domain::fact::Subject;
use domain::ids::MatchId;
use domain::personal::Personal;
use journal::JournalError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{Auth, FieldError, Json, Path, Principal, Problem, Query, Role};

use self::shapes::{QuestionDetail, QuestionEntry, QuestionPage, QueueQuery};
use crate::App;
use crate::cursor;
use crate::desk::DeskError;
use crate::queue::{self, Entry, Pools, Wanted};
use crate::rulings::LONGEST_NOTE;
use crate::standing::{Kind, Status};

/// The most questions of one page.
pub(crate) const MOST: u32 = 100;
/// How many questions a page has when the caller does not say.
const USUAL: u32 = 50;

impl FromRef<App> for Auth {
    fn from_ref(app: &App) -> Self {
        app.auth.clone()
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Journal(error) => service::problem(error),
            other => Self::internal(&other),
        }
    }
}

/// Who works at the desk: a steward, by a name that can stand in the journal.
///
/// # Errors
/// 403 for everybody else.
pub(crate) fn steward(principal: &Principal) -> Result<Subject, Problem> {
    service::acting(principal, Role::Steward)
}

/// The pools that a steward's work is confined to.
pub(crate) fn pools(principal: &Principal) -> Pools {
    principal.pools.as_ref().map(|pools| pools.iter().cloned().collect())
}

/// Who works at the desk on a question: as [`steward`], and one of whose pools the question has a record of; of a control question none
/// who had a part in what is known.
///
/// # Errors
/// 403 for who is no steward; 404 for who it is not for, as if there were no such question.
pub(crate) async fn steward_of(app: &App, principal: &Principal, question: Uuid) -> Result<Subject, Problem> {
    let by = steward(principal)?;
    let found = queue::is_for(app.desk.journal.pool(), MatchId::from_uuid(question), &by, &pools(principal)).await;
    if found.map_err(service::problem)? { Ok(by) } else { Err(Problem::not_found()) }
}

/// A note as a steward typed it: nothing when it is blank.
///
/// # Errors
/// 400 when it is too long.
pub(crate) fn note(place: &'static str, text: Option<&str>) -> Result<Option<Personal<String>>, FieldError> {
    let text = text.unwrap_or_default();
    if text.chars().count() > LONGEST_NOTE {
        return Err(FieldError::at(place, "note", "invalid", "has more than 2000 characters"));
    }
    let text = text.trim();
    Ok((!text.is_empty()).then(|| Personal::new(text.to_owned())))
}

pub(crate) fn api() -> OpenApiRouter<App> {
    let described = web::openapi::describe(
        "Verband steward",
        "The desk where data stewards say whether two party records are one person.",
    );
    OpenApiRouter::with_openapi(described)
        .routes(routes!(list_questions))
        .routes(routes!(read_question))
        .merge(tasks::routes())
        .merge(decisions::routes())
        .merge(reveals::routes())
        .merge(groups::routes())
        .merge(quality::routes())
        .merge(operations::routes())
        .merge(asks::routes())
        .merge(articles::routes())
}

/// The description of this service's API.
pub fn document() -> utoipa::openapi::OpenApi {
    web::openapi::document(api())
}

/// Lists the questions that wait for a steward.
#[utoipa::path(get, path = "/questions", params(QueueQuery),
    responses((status = 200, description = "A page of the queue.", body = QuestionPage)))]
async fn list_questions(
    State(app): State<App>,
    principal: Principal,
    Query(query): Query<QueueQuery>,
) -> Result<Json<QuestionPage>, Problem> {
    let by = steward(&principal)?;
    let limit = query.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::malformed(vec![FieldError::query("limit", "invalid", "is a number from 1 to 100")]));
    }
    let is_code = |pool: &str| {
        (1..=40).contains(&pool.len()) && pool.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-".contains(&byte))
    };
    if query.pool.as_deref().is_some_and(|pool| !is_code(pool)) {
        return Err(Problem::malformed(vec![FieldError::query(
            "pool",
            "invalid",
            "is a court, or a court/jurisdiction",
        )]));
    }
    let after = query.cursor.as_deref().map(cursor::read).transpose().map_err(|_| {
        Problem::malformed(vec![FieldError::query("cursor", "invalid", "is not the `next` of a page before")])
    })?;
    let wanted = Wanted {
        by: by.clone(),
        pools: pools(&principal),
        pool: query.pool,
        kind: query.kind.map(Kind::from),
        status: query.status.map_or(Status::Open, Status::from),
        after,
        limit,
        now: app.desk.clock.now(),
        today: app.desk.clock.today(),
    };
    let today = wanted.today;
    let (entries, next) = page_of(&app, wanted).await?;
    let seen_by = |entry| QuestionEntry::seen_by(&by, entry, today);
    Ok(Json(QuestionPage { questions: entries.into_iter().map(seen_by).collect(), next }))
}

/// One page of the queue, and the cursor of the next.
///
/// # Errors
/// 500 or 503 when the queue cannot be read.
pub(crate) async fn page_of(app: &App, wanted: Wanted) -> Result<(Vec<Entry>, Option<String>), Problem> {
    // One more than asked for tells whether there is a next page.
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let peek = Wanted { limit: wanted.limit.saturating_add(1), ..wanted };
    let found = queue::list(app.desk.journal.pool(), &peek).await;
    let mut entries = found.map_err(|error: JournalError| Problem::from(DeskError::from(error)))?;
    let more = entries.len() > size;
    entries.truncate(size);
    let next = entries.last().filter(|_| more).map(|last| cursor::write(&last.place()));
    Ok((entries, next))
}

/// Opens a question: its two records side by side. That it was opened, and by whom, is logged.
#[utoipa::path(get, path = "/questions/{questionId}",
    params(("questionId" = Uuid, Path, description = "The question.")),
    responses(
        (status = 200, description = "The question.", body = QuestionDetail,
            headers(("ETag" = String, description = "What a ruling names in `If-Match`."))),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json")))]
async fn read_question(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let question = app.desk.open(MatchId::from_uuid(id), &by).await?.ok_or(Problem::not_found())?;
    let tag = question.version.entity_tag();
    Ok(([(ETAG, tag)], Json(QuestionDetail::from(question))).into_response())
}

#[cfg(test)]
pub(crate) mod tests;
