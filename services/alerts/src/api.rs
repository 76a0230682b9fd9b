//! The judge's API: list, open, acknowledge, handle, and a stream of news. Every route asks for the role of judge, and every
//! answer is about cases that are the caller's.
//!
//! Invariant: what is another's answers byte for byte like what does not exist (but for the trace id), and is written down.
//! `GET` of one signal writes the fact that it was read; no other `GET` writes, but for a refusal.

mod cases;
mod disclosures;
mod escalations;
mod feedback;
mod figures;
mod handling;
mod requests;
mod shape;

use axum::extract::{FromRef, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::decisions::act_on_signal::Act;
use domain::fact::Subject;
use domain::ids::{CaseId, SignalId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use service::Service;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::{Auth, FieldError, Json, Path, Principal, Problem, Query, Role};

pub use self::disclosures::{CheckRequest, PartyVersionRequest, TellingRequest, clerk};
use self::feedback::OpenedSignal;
pub use self::feedback::{DoubtRequest, RatingForm};
pub use self::handling::{AcknowledgementRequest, HandlingRequest, RevealRequest};
pub use self::requests::InformationRequest;
use self::shape::{SignalDetail, SignalPage};
use crate::act::{act, problem, refused};
use crate::changes::{Bookmark, Changes};
use crate::events;
use crate::inbox::{self, Filter, Place};
use crate::trail;

/// The most signals on one page.
const MOST: u32 = 100;
/// How many there are when nothing is asked.
const USUAL: u32 = 25;

/// What the handlers of this service share. Cheap to clone.
#[derive(Clone)]
pub struct Api {
    /// The service.
    pub service: Service,
    /// Who is let in.
    pub auth: Auth,
    /// Where streams hear of changes.
    pub changes: Changes,
}

impl FromRef<Api> for Auth {
    fn from_ref(api: &Api) -> Self {
        api.auth.clone()
    }
}

/// The routes, with their description.
pub fn api() -> OpenApiRouter<Api> {
    let described = web::openapi::describe(
        "Verband alerts",
        "Signals for judges: that a case of theirs concerns the same persons as another, in particulars only.",
    );
    OpenApiRouter::with_openapi(described)
        .routes(routes!(list_signals))
        .routes(routes!(stream_events))
        .routes(routes!(open_signal))
        .routes(routes!(acknowledge_signal))
        .routes(routes!(handle_signal))
        .routes(routes!(feedback::rate_signal))
        .routes(routes!(feedback::doubt_signal))
        .routes(routes!(reveal_court))
        .routes(routes!(list_case_signals))
        .routes(routes!(cases::list_cases))
        .routes(routes!(cases::open_case))
        .routes(routes!(cases::attest_consultation))
        .routes(routes!(cases::open_attestation))
        .routes(routes!(cases::verify_attestation))
        .routes(routes!(requests::request_information, requests::list_signal_requests))
        .routes(routes!(requests::withdraw_request))
        .routes(routes!(requests::list_requests))
        .routes(routes!(disclosures::list_recipients))
        .routes(routes!(disclosures::prepare_party_version, disclosures::list_signal_party_versions))
        .routes(routes!(disclosures::list_party_versions))
        .routes(routes!(disclosures::check_party_version))
        .routes(routes!(disclosures::tell_party_version))
        .routes(routes!(escalations::list_escalations))
        .routes(routes!(figures::ask_procedure_history))
        .routes(routes!(figures::read_figures))
}

/// The description of this service's API.
pub fn document() -> utoipa::openapi::OpenApi {
    web::openapi::document(api())
}

/// The judge who calls.
///
/// # Errors
/// 403 for anybody else, and for an identifier that no court can have assigned a case to.
pub fn judge(principal: &Principal) -> Result<Subject, Problem> {
    principal.require(Role::Judge)?;
    Subject::parse(principal.subject.as_str()).map_err(|_| Problem::forbidden())
}

/// Whether a signal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum StandingFilter {
    /// It stands.
    Stands,
    /// It was withdrawn.
    Withdrawn,
}

/// Which signals, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Only signals that stand, or only withdrawn ones.
    standing: Option<StandingFilter>,
    /// Only signals whose newest version was not opened yet, or only opened ones.
    unread: Option<bool>,
    /// Only signals whose next hearing in the own case is before this day.
    hearing_before: Option<Date>,
    /// Where to go on: `next` of the page before.
    #[param(pattern = "^[0-9a-f]{48}$")]
    cursor: Option<String>,
    /// How many signals at most, 1 to 100; 25 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Lists the signals of the caller's cases, the last changed first.
#[utoipa::path(get, path = "/signals", params(ListQuery),
    responses((status = 200, description = "A page of signals.", body = SignalPage)))]
async fn list_signals(
    State(api): State<Api>,
    principal: Principal,
    Query(query): Query<ListQuery>,
) -> Result<Json<SignalPage>, Problem> {
    let judge = judge(&principal)?;
    page(&api, &judge, None, query).await
}

/// Lists the signals of one case of the caller's.
#[utoipa::path(get, path = "/cases/{caseId}/signals",
    params(("caseId" = Uuid, Path, description = "The case."), ListQuery),
    responses((status = 200, description = "A page of signals.", body = SignalPage),
              (status = 404, description = "There is no such case, or it is not the caller's.", body = Problem, content_type = "application/problem+json")))]
async fn list_case_signals(
    State(api): State<Api>,
    principal: Principal,
    Path(case): Path<Uuid>,
    Query(query): Query<ListQuery>,
) -> Result<Json<SignalPage>, Problem> {
    let judge = judge(&principal)?;
    let case = CaseId::from_uuid(case);
    let theirs = inbox::has_case(api.service.journal.pool(), &judge, case).await;
    if !theirs.map_err(|error| problem(&error))? {
        refused(&api.service, &judge, case.uuid(), "list").await.map_err(|error| problem(&error))?;
        return Err(Problem::not_found());
    }
    page(&api, &judge, Some(case), query).await
}

async fn page(api: &Api, judge: &Subject, case: Option<CaseId>, query: ListQuery) -> Result<Json<SignalPage>, Problem> {
    let limit = limited(query.limit)?;
    let after = query.cursor.as_deref().map(read_cursor).transpose()?;
    let filter = Filter {
        case,
        stands: query.standing.map(|standing| standing == StandingFilter::Stands),
        unread: query.unread,
        hearing_before: query.hearing_before,
    };
    let pool = api.service.journal.pool();
    let mut entries =
        inbox::list(pool, judge, &filter, after, i64::from(limit) + 1).await.map_err(|error| problem(&error))?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries
        .last()
        .filter(|_| more)
        .map(|last| write_cursor(Place { changed_at: last.changed_at, signal: last.signal }));
    Ok(Json(SignalPage::of(&entries, next)))
}

/// How many a caller asks for.
///
/// # Errors
/// 400 when that is none, or too many.
fn limited(limit: Option<u32>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(USUAL);
    let fits = (1..=MOST).contains(&limit).then_some(limit);
    fits.ok_or_else(|| Problem::malformed(vec![FieldError::query("limit", "invalid", "is a number from 1 to 100")]))
}

/// What was read of a request about a signal. Where that does not read, a signal that is not the caller's is still answered as if it
/// did not exist.
///
/// # Errors
/// 404 in place of 400 where the signal is not the caller's.
async fn or_absent<T>(api: &Api, judge: &Subject, signal: SignalId, read: Result<T, Problem>) -> Result<T, Problem> {
    if read.is_err() {
        disclosures::theirs(api, judge, signal).await?;
    }
    read
}

/// The id at which a page ended, as a client keeps it.
///
/// # Errors
/// 400 when it is none.
fn read_id(text: &str) -> Result<Uuid, Problem> {
    let is_ours = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    Uuid::try_parse(text).ok().filter(|_| is_ours).ok_or_else(|| {
        Problem::malformed(vec![FieldError::query("cursor", "invalid", "is not `next` of a page of this list")])
    })
}

/// A place in the list as a client keeps it: opaque. Every text of its form is one, so that what the description lets through is never
/// refused.
pub fn write_cursor(place: Place) -> String {
    format!("{:016x}{}", place.changed_at.as_microsecond(), place.signal.uuid().simple())
}

/// A place in the list that a client kept.
///
/// # Errors
/// 400 when it is none.
pub fn read_cursor(text: &str) -> Result<Place, Problem> {
    let read = || {
        let is_ours = text.len() == 48 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let (at, signal) = text.split_at_checked(16).filter(|_| is_ours)?;
        // A moment that no calendar has is as late as can be.
        let at = i64::try_from(u64::from_str_radix(at, 16).ok()?).ok();
        let changed_at = at.and_then(|at| Timestamp::from_microsecond(at).ok()).unwrap_or(Timestamp::MAX);
        Some(Place { changed_at, signal: SignalId::from_uuid(Uuid::try_parse(signal).ok()?) })
    };
    read().ok_or_else(|| {
        Problem::malformed(vec![FieldError::query("cursor", "invalid", "is not `next` of a page of this list")])
    })
}

/// Opens a signal. That it was read, and in which version, is written down.
#[utoipa::path(get, path = "/signals/{signalId}", params(("signalId" = Uuid, Path, description = "The signal.")),
    responses((status = 200, description = "The signal; its version is the ETag.", body = OpenedSignal,
               headers(("ETag" = String, description = "The version."))),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json")))]
async fn open_signal(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    act(&api.service, &judge, signal, Act::Read, None).await?;
    detail(&api, &judge, signal).await
}

/// Acknowledges a signal in the version that the caller had before them. Doing it again changes nothing.
#[utoipa::path(post, path = "/signals/{signalId}/acknowledgements",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = AcknowledgementRequest,
    responses((status = 200, description = "The signal.", body = OpenedSignal),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed; `detail` names its version.", body = Problem, content_type = "application/problem+json")))]
async fn acknowledge_signal(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<AcknowledgementRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    act(&api.service, &judge, signal, Act::Acknowledge, Some(request.version)).await?;
    detail(&api, &judge, signal).await
}

/// Records what the caller did with a signal. Recording the same of the same version again changes nothing.
#[utoipa::path(post, path = "/signals/{signalId}/handlings",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = HandlingRequest,
    responses((status = 200, description = "The signal.", body = OpenedSignal),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed; `detail` names its version.", body = Problem, content_type = "application/problem+json")))]
async fn handle_signal(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<HandlingRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    let (version, handling) = or_absent(&api, &judge, signal, request.read("body")).await?;
    act(&api.service, &judge, signal, Act::Handle(handling), Some(version)).await?;
    detail(&api, &judge, signal).await
}

/// Names the court and the numbers of the parallel case to the caller, where they are not named because they may tell where a
/// shielded person lives. It is written down with its reason, and holds for this judge and this signal.
#[utoipa::path(post, path = "/signals/{signalId}/reveals",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = RevealRequest,
    responses((status = 200, description = "The signal.", body = SignalDetail),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed; `detail` names its version.", body = Problem, content_type = "application/problem+json")))]
async fn reveal_court(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<RevealRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    act(&api.service, &judge, signal, Act::Reveal(request.reason()), Some(request.version)).await?;
    detail(&api, &judge, signal).await
}

async fn detail(api: &Api, judge: &Subject, signal: SignalId) -> Result<Response, Problem> {
    let pool = api.service.journal.pool();
    let entry = inbox::one(pool, judge, signal).await.map_err(|error| problem(&error))?;
    let entry = entry.ok_or_else(Problem::not_found)?;
    let handlings = inbox::handlings(pool, judge, signal).await.map_err(|error| problem(&error))?;
    let trail = trail::of(&api.service, judge, signal).await.map_err(|error| problem(&error))?;
    let tag = format!("\"{}\"", entry.version);
    let opened = OpenedSignal::of(SignalDetail::of(&entry, &handlings), &trail);
    Ok(([(header::ETAG, tag)], Json(opened)).into_response())
}

/// Streams news: an event `news` for each signal of the caller's cases that is raised, updated or withdrawn, with its id and
/// version and nothing else. An event's id is opaque; sent back as `Last-Event-ID`, the stream goes on after it.
#[utoipa::path(get, path = "/signals/events",
    params(("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was received.")),
    responses((status = 200, description = "A stream of server-sent events.", body = String, content_type = "text/event-stream")))]
async fn stream_events(State(api): State<Api>, principal: Principal, headers: HeaderMap) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let last = headers.get("last-event-id").filter(|last| !last.is_empty());
    let from = last
        .map(|last| last.to_str().ok().and_then(|last| last.parse::<Bookmark>().ok()))
        .map(|read| {
            read.ok_or_else(|| {
                Problem::malformed(vec![FieldError::header("Last-Event-ID", "invalid", "is not the id of an event")])
            })
        })
        .transpose()?;
    let source = events::Source { service: api.service, auth: api.auth, changes: api.changes };
    let stream = events::stream(source, judge, headers, from).await.map_err(|error| problem(&error))?;
    Ok(stream.into_response())
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

    #[test]
    fn a_cursor_reads_back_and_garbage_is_refused() {
        let place =
            Place { changed_at: "2026-09-01T10:00:00.123456Z".parse().unwrap(), signal: SignalId::derived(&["one"]) };
        assert_eq!(read_cursor(&write_cursor(place)), Ok(place));
        // Every text of the form that the description gives is one: a moment that no calendar has is as late as can be.
        assert_eq!(read_cursor(&"f".repeat(48)).unwrap().changed_at, Timestamp::MAX);
        for bad in [
            "",
            "x",
            &"F".repeat(48),
            &"é".repeat(24),
            &"0".repeat(47),
            &"0".repeat(49),
            &format!("+{}", "0".repeat(47)),
        ] {
            assert_eq!(read_cursor(bad).unwrap_err().status(), 400, "{bad}");
        }
    }

    #[test]
    fn only_judges_get_in() {
        let who = |role: Role| {
            let subject = web::Subject::parse("u-1").unwrap();
            judge(&Principal::new(subject, [role.name()])).map(|subject| subject.as_str().to_owned())
        };
        assert_eq!(who(Role::Judge).unwrap(), "u-1");
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Judge) {
            assert_eq!(who(role).unwrap_err().status(), 403, "{role:?}");
        }
        let odd = web::Subject::parse("u 1").unwrap();
        assert_eq!(judge(&Principal::new(odd, ["judge"])).unwrap_err().status(), 403);
    }
}
