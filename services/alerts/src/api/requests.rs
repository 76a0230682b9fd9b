//! Requests for information to other courts, as JSON.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::decisions::request_information::{Request, Wish};
use domain::ids::{RequestId, SignalId};
use domain::information::{InformationBasis, InformationKind};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use uuid::Uuid;
use web::openapi::word;
use web::{Json, Path, Principal, Problem, Query};

use super::cases::PageQuery;
use super::shape::{CaseRecord, Coded};
use super::{Api, judge, limited, read_id};
use crate::act::{problem, refused};
use crate::requests::{self, Listed};
use crate::{inbox, words};

/// What is asked of the other court.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InformationRequest {
    /// The version of the signal that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    pub version: u32,
    /// What is asked: a code of the list of information.
    #[schema(schema_with = kinds)]
    pub information: InformationKind,
    /// On what legal basis: a code of the list of bases.
    #[schema(schema_with = bases)]
    pub basis: InformationBasis,
    /// The last day for an answer; ten working days from now when absent.
    pub answer_by: Option<Date>,
}

fn kinds() -> Object {
    word("What is asked: a code of the list of information.", InformationKind::all().map(InformationKind::code))
}

fn bases() -> Object {
    word("On what legal basis: a code of the list of bases.", InformationBasis::all().map(InformationBasis::code))
}

impl InformationRequest {
    /// The wish.
    pub const fn wish(&self) -> Wish {
        Wish::Ask { version: self.version, information: self.information, basis: self.basis, answer_by: self.answer_by }
    }
}

/// A request for information, and how it stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestRecord {
    /// Its id.
    id: Uuid,
    /// The signal on which it was made.
    signal: Uuid,
    /// When it was asked.
    asked_at: Timestamp,
    /// What is asked.
    information: Coded,
    /// On what legal basis.
    basis: Coded,
    /// Whether a jurist has yet to confirm that basis.
    basis_uncertain: bool,
    /// The last day for an answer.
    answer_by: Date,
    /// `sent`, `received`, `answered`, `answered-in-part`, `refused` or `withdrawn`.
    state: Coded,
    /// The day on which the other court did that.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    /// Why it refused, or a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Coded>,
    /// Whether the answer is late.
    overdue: bool,
}

impl RequestRecord {
    /// The record of a request, as of `today`.
    pub fn of(request: &Request, today: Date) -> Self {
        let asked = &request.asked;
        Self {
            id: asked.request.uuid(),
            signal: asked.signal.uuid(),
            asked_at: request.at,
            information: Coded::of(asked.information.code(), |lang| asked.information.label(lang)),
            basis: Coded::of(asked.basis.code(), |lang| asked.basis.label(lang)),
            basis_uncertain: asked.basis.is_uncertain(),
            answer_by: asked.answer_by,
            state: Coded::of(request.state.as_str(), |lang| words::request(request.state, lang)),
            on: request.on,
            reason: request.reason.map(|reason| Coded::of(reason.code(), |lang| reason.label(lang))),
            overdue: request.is_overdue(today),
        }
    }
}

/// The requests on a signal, oldest first.
#[derive(Serialize, ToSchema)]
pub struct SignalRequests {
    /// The requests.
    requests: Vec<RequestRecord>,
}

/// A page of the requests in the caller's cases, newest first.
#[derive(Serialize, ToSchema)]
pub struct RequestPage {
    /// The requests.
    requests: Vec<ListedRequest>,
    /// Where the next page begins; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A request with the cases between which it goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ListedRequest {
    /// The request.
    #[serde(flatten)]
    request: RequestRecord,
    /// The caller's case.
    own_case: CaseRecord,
    /// The case that is asked about; absent once the signal was withdrawn, and while its court is not named to the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_case: Option<CaseRecord>,
}

impl ListedRequest {
    fn of(listed: &Listed, today: Date) -> Self {
        Self {
            request: RequestRecord::of(&listed.request, today),
            own_case: CaseRecord::of(&listed.own),
            parallel_case: listed.parallel.as_ref().map(CaseRecord::of),
        }
    }
}

/// Asks the court of the parallel case for information. While a request of the same kind is open, asking again changes nothing.
#[utoipa::path(post, path = "/signals/{signalId}/information-requests",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = InformationRequest,
    responses((status = 201, description = "The requests on the signal.", body = SignalRequests),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed, or was withdrawn; `detail` says which.", body = Problem, content_type = "application/problem+json")))]
pub async fn request_information(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<InformationRequest>,
) -> Result<impl IntoResponse, Problem> {
    let judge = judge(&principal)?;
    let all = requests::act(&api.service, &judge, SignalId::from_uuid(signal), request.wish()).await?;
    Ok((StatusCode::CREATED, Json(of_signal(&api, &all))))
}

/// Lists the requests on a signal.
#[utoipa::path(get, path = "/signals/{signalId}/information-requests",
    params(("signalId" = Uuid, Path, description = "The signal.")),
    responses((status = 200, description = "The requests on the signal.", body = SignalRequests),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json")))]
pub async fn list_signal_requests(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
) -> Result<Json<SignalRequests>, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    let found = inbox::one(api.service.journal.pool(), &judge, signal).await.map_err(|error| problem(&error))?;
    if found.is_none() {
        refused(&api.service, &judge, signal.uuid(), "list-requests").await.map_err(|error| problem(&error))?;
        return Err(Problem::not_found());
    }
    let all = requests::of_signal(&api.service, signal).await.map_err(|error| problem(&error))?;
    Ok(Json(of_signal(&api, &all)))
}

/// Takes a request back. Done again, it changes nothing.
#[utoipa::path(post, path = "/information-requests/{requestId}/withdrawals",
    params(("requestId" = Uuid, Path, description = "The request.")),
    responses((status = 200, description = "The requests on the signal.", body = SignalRequests),
              (status = 404, description = "There is no such request, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "It was answered.", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw_request(
    State(api): State<Api>,
    principal: Principal,
    Path(request): Path<Uuid>,
) -> Result<Json<SignalRequests>, Problem> {
    let judge = judge(&principal)?;
    let request = RequestId::from_uuid(request);
    // A request nobody made has no signal; one that cannot be leads the same way as another's.
    let signal = requests::signal_of(&api.service, request).await.map_err(|error| problem(&error))?;
    let signal = signal.unwrap_or_else(|| SignalId::from_uuid(Uuid::nil()));
    let all = requests::act(&api.service, &judge, signal, Wish::TakeBack(request)).await?;
    Ok(Json(of_signal(&api, &all)))
}

/// Lists the requests in the caller's cases, newest first.
#[utoipa::path(get, path = "/information-requests", params(PageQuery),
    responses((status = 200, description = "A page of requests.", body = RequestPage)))]
pub async fn list_requests(
    State(api): State<Api>,
    principal: Principal,
    Query(query): Query<PageQuery>,
) -> Result<Json<RequestPage>, Problem> {
    let judge = judge(&principal)?;
    let limit = limited(query.limit)?;
    let after = query.cursor.as_deref().map(read_id).transpose()?.map(RequestId::from_uuid);
    let mut found =
        requests::of_judge(&api.service, &judge, after, i64::from(limit) + 1).await.map_err(|error| problem(&error))?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.request.asked.request.uuid().simple().to_string());
    let today = api.service.clock.today();
    Ok(Json(RequestPage { requests: found.iter().map(|listed| ListedRequest::of(listed, today)).collect(), next }))
}

fn of_signal(api: &Api, all: &[Request]) -> SignalRequests {
    let today = api.service.clock.today();
    SignalRequests { requests: all.iter().map(|request| RequestRecord::of(request, today)).collect() }
}
