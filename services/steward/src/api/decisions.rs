//! What a steward says about a question, what would follow from it, and taking it back.

use axum::extract::State;
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::decisions::part_group;
use domain::decisions::rule_on_pair::{Refusal, Says, UndoRefusal};
use domain::ids::{FactId, MatchId, PartyId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{FieldError, Json, Path, Principal, Problem};

use super::shapes::{
    NewEscalation, NewProposal, NewRuling, ProposalDetail, ProposalTaken, RulingTaken, RulingWithdrawn, Worth,
};
use super::{note, steward, steward_of};
use crate::App;
use crate::rulings::{Outcome, Request, RulingError, Taken, Verdict};

/// The longest name of a request.
const LONGEST_REQUEST: usize = 128;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(rule_on_question))
        .routes(routes!(escalate_question))
        .routes(routes!(withdraw_ruling))
        .routes(routes!(propose_ruling))
        .routes(routes!(read_proposal))
}

impl From<RulingError> for Problem {
    fn from(error: RulingError) -> Self {
        match error {
            RulingError::Unknown | RulingError::Refused(Refusal::NeverAsked) => Self::not_found(),
            RulingError::Stale(changed) => {
                let changed = changed
                    .into_iter()
                    .map(|what| FieldError::header("If-Match", what.as_str(), "changed since it was read"));
                Self::precondition_failed()
                    .with_detail("the question was overtaken: read it again before deciding")
                    .with_errors(changed.collect())
            }
            RulingError::RequestReused => Self::conflict("this Idempotency-Key was used for another request"),
            RulingError::NoteOfErased => {
                Self::conflict("a note cannot be kept, because the record it would be sealed under was erased")
            }
            RulingError::Refused(Refusal::NoteMissing) => Self::malformed(vec![FieldError::body(
                "note",
                "missing",
                "is required where a contradiction, a veto or an earlier ruling is overridden",
            )]),
            RulingError::Refused(refusal @ (Refusal::Claimed | Refusal::SpokenBefore | Refusal::NotOpen)) => {
                Self::conflict(refusal.to_string())
            }
            RulingError::NotParted(part_group::Refusal::NeverAsked | part_group::Refusal::NoGroup) => {
                Self::not_found().with_detail("the question is not about a group of three records or more")
            }
            RulingError::NotParted(part_group::Refusal::NoteMissing) => Self::malformed(vec![FieldError::body(
                "note",
                "missing",
                "is required where an earlier ruling is overridden",
            )]),
            RulingError::NotParted(refusal @ (part_group::Refusal::OtherRecords | part_group::Refusal::TooMany)) => {
                Self::malformed(vec![FieldError::body("moved", "invalid", refusal.to_string())])
            }
            RulingError::NotParted(refusal) => Self::conflict(refusal.to_string()),
            RulingError::NotUndone(UndoRefusal::NotTheirs) => {
                Self::forbidden().with_detail("only who gave a ruling can take it back")
            }
            RulingError::NotUndone(
                refusal @ (UndoRefusal::NotInForce | UndoRefusal::OfParting | UndoRefusal::TooLate),
            ) => Self::conflict(refusal.to_string()),
            RulingError::Desk(error) => error.into(),
        }
    }
}

/// Says whether the two records are one person. Where one steward may decide alone it is in force at once; where two must agree
/// it is an opinion, which nobody else is shown, until a second steward rules the same. Where they disagree a third decides.
#[utoipa::path(post, path = "/questions/{questionId}/rulings", request_body = NewRuling,
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("If-Match" = String, Header, description = "The entity tag of the question as the steward saw it."),
        ("Idempotency-Key" = String, Header,
            description = "A name for this request, 1 to 128 printable characters without spaces: the same request sent again under it writes nothing new and is answered alike.")),
    responses(
        (status = 201, description = "The ruling was written and is in force.", body = RulingTaken,
            headers(("ETag" = String, description = "The question after the ruling."))),
        (status = 202, description = "The opinion was written; another steward must speak before it is a ruling.", body = RulingTaken,
            headers(("ETag" = String, description = "The question after the opinion."))),
        (status = 200, description = "The same ruling was in force already; nothing was written.", body = RulingTaken,
            headers(("ETag" = String, description = "The question as it stands."))),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another steward has it in hand or must speak now, the request's name was used for another request, or a note cannot be kept because its record was erased.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question, one of its records or the persons they are part of changed since it was read; `errors` names which.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn rule_on_question(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(ruling): Json<NewRuling>,
) -> Result<Response, Problem> {
    let request = request(&app, &principal, id, &headers, true).await?;
    let verdict = Verdict {
        says: Says::Rules { same: ruling.same, reason: ruling.reason },
        note: note("body", ruling.note.as_deref()).map_err(|error| Problem::malformed(vec![error]))?,
    };
    Ok(answer(&app.desk.rule(&request, &verdict).await?))
}

/// Says that nobody can tell from what is there: two others must agree.
#[utoipa::path(post, path = "/questions/{questionId}/escalations", request_body = NewEscalation,
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("If-Match" = String, Header, description = "The entity tag of the question as the steward saw it."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 202, description = "It was written; others are asked.", body = RulingTaken,
            headers(("ETag" = String, description = "The question after it."))),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another steward has it in hand, the question is not open, this steward spoke already, or the request's name was used for another request.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question, one of its records or the persons they are part of changed since it was read.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn escalate_question(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(escalation): Json<NewEscalation>,
) -> Result<Response, Problem> {
    let request = request(&app, &principal, id, &headers, true).await?;
    let note = note("body", escalation.note.as_deref()).map_err(|error| Problem::malformed(vec![error]))?;
    Ok(answer(&app.desk.rule(&request, &Verdict { says: Says::CannotTell, note }).await?))
}

pub(super) fn answer(taken: &Taken) -> Response {
    let (status, worth) = match taken.outcome {
        Outcome::InForce => (StatusCode::CREATED, Worth::InForce),
        Outcome::Waits => (StatusCode::ACCEPTED, Worth::Waits),
        Outcome::Unchanged => (StatusCode::OK, Worth::InForce),
    };
    let body = Json(RulingTaken { id: taken.fact.uuid(), worth });
    (status, [(ETAG, taken.version.entity_tag())], body).into_response()
}

/// Takes back a ruling within a quarter of an hour, by who gave it: what held before it holds again. Later the opposite ruling does
/// it, which is a decision of its own.
#[utoipa::path(post, path = "/questions/{questionId}/rulings/{rulingId}/withdrawals",
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("rulingId" = Uuid, Path, description = "The ruling."),
        ("If-Match" = String, Header, description = "The entity tag of the question as the steward saw it."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "It was taken back.", body = RulingWithdrawn,
            headers(("ETag" = String, description = "The question after it."))),
        (status = 403, description = "Others gave it.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The ruling is not in force, it is too long ago, or the request's name was used for another request.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "The question, one of its records or the persons they are part of changed since it was read.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "`If-Match` is missing.", body = Problem, content_type = "application/problem+json")))]
async fn withdraw_ruling(
    State(app): State<App>,
    principal: Principal,
    Path((id, ruling)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let taken = app.desk.undo(&request(&app, &principal, id, &headers, true).await?, FactId::from_uuid(ruling)).await?;
    let body = Json(RulingWithdrawn { id: taken.fact.uuid() });
    Ok((StatusCode::CREATED, [(ETAG, taken.version.entity_tag())], body).into_response())
}

/// Asks what would follow from a ruling, or from parting the group that the two records are of. Nothing is decided by it, and nobody
/// else is shown the answer.
#[utoipa::path(post, path = "/questions/{questionId}/proposals", request_body = NewProposal,
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "It is being found out: read the proposal.", body = ProposalTaken),
        (status = 400, description = "`moved` does not lay the group in two heaps.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such question.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The request's name was used for another request.", body = Problem, content_type = "application/problem+json")))]
async fn propose_ruling(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(proposal): Json<NewProposal>,
) -> Result<Response, Problem> {
    let request = request(&app, &principal, id, &headers, false).await?;
    let moved = proposal.moved.map(|moved| moved.into_iter().map(PartyId::from_uuid).collect());
    if moved.is_some() && proposal.same {
        return Err(Problem::malformed(vec![FieldError::body(
            "same",
            "invalid",
            "is false where records are moved out",
        )]));
    }
    let proposal = app.desk.propose(&request, proposal.same, moved.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(ProposalTaken { id: proposal.uuid() })).into_response())
}

/// What would follow from a ruling that the caller proposed: which persons, links and questions, and how many notices to judges,
/// never what those say.
#[utoipa::path(get, path = "/questions/{questionId}/proposals/{proposalId}",
    params(
        ("questionId" = Uuid, Path, description = "The question."),
        ("proposalId" = Uuid, Path, description = "The proposal.")),
    responses(
        (status = 200, description = "The proposal; without `consequences` while they are being found out.", body = ProposalDetail),
        (status = 404, description = "The caller made no such proposal.", body = Problem, content_type = "application/problem+json")))]
async fn read_proposal(
    State(app): State<App>,
    principal: Principal,
    Path((id, proposal)): Path<(Uuid, Uuid)>,
) -> Result<Json<ProposalDetail>, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let (question, proposal) = (MatchId::from_uuid(id), FactId::from_uuid(proposal));
    let found = app.desk.proposal(question, proposal, &by).await.map_err(service::problem)?;
    Ok(Json(found.ok_or(Problem::not_found())?.into()))
}

/// A request about a question, by what its headers say. One that decides must name the version that was seen.
/// What it names is looked at before it is looked whether there is such a question, so that what lacks is told to whoever asks.
pub(super) async fn request(
    app: &App,
    principal: &Principal,
    id: Uuid,
    headers: &HeaderMap,
    decides: bool,
) -> Result<Request, Problem> {
    steward(principal)?;
    let seen = if decides { seen(headers)? } else { String::new() };
    let name = request_name(headers)?;
    let by = steward_of(app, principal, id).await?;
    Ok(Request { question: MatchId::from_uuid(id), by, name, seen })
}

/// The version that a request rests on. `*` names none, and a weak tag never matches (RFC 9110 §13.1.1).
fn seen(headers: &HeaderMap) -> Result<String, Problem> {
    let value = headers.get(IF_MATCH).ok_or(Problem::precondition_required())?;
    let tag = value.to_str().unwrap_or_default().trim();
    if tag == "*" {
        return Err(Problem::precondition_required().with_detail("If-Match must name the version that was seen"));
    }
    let opaque = |tag: &str| tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).map(str::to_owned);
    match (opaque(tag), tag.strip_prefix("W/").and_then(opaque)) {
        (Some(tag), _) => Ok(tag),
        (None, Some(_)) => Ok(String::new()),
        (None, None) => {
            let message = "is an entity tag, in quotation marks";
            Err(Problem::malformed(vec![FieldError::header("If-Match", "invalid", message)]))
        }
    }
}

/// What a client calls a request.
pub(super) fn request_name(headers: &HeaderMap) -> Result<String, Problem> {
    let wrong = |code, message| Problem::malformed(vec![FieldError::header("Idempotency-Key", code, message)]);
    let Some(value) = headers.get("idempotency-key") else {
        return Err(wrong("missing", "is required: a request that is sent twice must be known again"));
    };
    let name = value.to_str().unwrap_or_default();
    if name.is_empty() || name.len() > LONGEST_REQUEST || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong("invalid", "is 1 to 128 printable ASCII characters without spaces"));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_must_be_named() {
        let of = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(IF_MATCH, value.parse().expect("a header"));
            seen(&headers)
        };
        assert_eq!(of("\"a.b.c\""), Ok("a.b.c".to_owned()));
        assert_eq!(of("W/\"a.b.c\""), Ok(String::new()), "a weak tag matches nothing");
        for bad in ["a.b.c", "\"", "W/a", ""] {
            assert_eq!(of(bad).map_err(|problem| problem.status().as_u16()), Err(400), "{bad}");
        }
        assert_eq!(of("*").map_err(|problem| problem.status().as_u16()), Err(428));
        assert_eq!(seen(&HeaderMap::new()).map_err(|problem| problem.status().as_u16()), Err(428));
    }

    #[test]
    fn the_name_of_a_request_is_there_short_and_printable() {
        let of = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("idempotency-key", value.parse().expect("a header"));
            request_name(&headers)
        };
        assert_eq!(request_name(&HeaderMap::new()).map_err(|problem| problem.status().as_u16()), Err(400));
        assert_eq!(of("8e03978e"), Ok("8e03978e".to_owned()));
        for bad in ["", "é", "a b", "a\tb", &"x".repeat(129)] {
            assert_eq!(of(bad).map_err(|problem| problem.status().as_u16()), Err(400));
        }
    }
}
