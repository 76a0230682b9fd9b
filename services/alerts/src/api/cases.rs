//! A judge's own cases as JSON, the attestation that the register was consulted, and its verification.
//!
//! Invariant: a case number is sent in a body, never in an address; what is attested says nothing of what was found.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::case_number::CaseNumber;
use domain::decisions::attest::Standing;
use domain::fact::alerts::SourceSeen;
use domain::ids::{AttestationId, CaseId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use web::{Json, Path, Principal, Problem, Query, Role};

use super::shape::{CaseRecord, Coded, Text};
use super::{Api, judge, limited, read_id};
use crate::act::{problem, refused};
use crate::attest::{self, Attested};
use crate::cases::{self, OwnCase};
use crate::words;

/// A page of the caller's open cases, by their numbers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CasePage {
    /// The cases.
    cases: Vec<CaseSummary>,
    /// Where the next page begins; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A case of the caller's.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseSummary {
    /// What it is called and where it is heard.
    #[serde(flatten)]
    case: CaseRecord,
    /// How many of its signals have a version that the caller has yet to open.
    unread: u32,
    /// How many of its signals stand.
    stands: u32,
    /// When the register was last consulted for it.
    consultation: Consultation,
}

/// When the register was last consulted for a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Consultation {
    /// The day of it; absent when it never was, or something is unread.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_look: Option<Date>,
    /// Whether it has to be done again before a decision.
    recheck_needed: bool,
    /// Why: `never`, `unread`, `old` (more than 31 days ago), or `holds`.
    recheck: Coded,
    /// The caller's newest attestation.
    #[serde(skip_serializing_if = "Option::is_none")]
    attestation: Option<Uuid>,
}

impl CaseSummary {
    fn of(own: &OwnCase, today: Date) -> Self {
        let recheck = own.look.recheck(today);
        Self {
            case: CaseRecord::of(&own.case),
            unread: own.unread,
            stands: own.stands,
            consultation: Consultation {
                last_look: own.look.on,
                recheck_needed: recheck.is_needed(),
                recheck: Coded::of(recheck.as_str(), |lang| words::recheck(recheck, lang)),
                attestation: own.look.attested.map(|(attestation, _)| attestation.uuid()),
            },
        }
    }
}

/// A case of the caller's, with its attestations.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseDetail {
    /// What the list says of it.
    #[serde(flatten)]
    summary: CaseSummary,
    /// That the register was consulted, oldest first.
    attestations: Vec<AttestationRecord>,
    /// What was not looked at.
    not_checked: Text,
}

/// That the register was consulted for a case. Nothing in it says what was found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AttestationRecord {
    /// Its id, under which it can be verified.
    id: Uuid,
    /// The numbers of the case.
    numbers: Vec<String>,
    /// The court that has it.
    court: Coded,
    /// When the register was consulted.
    consulted_at: Timestamp,
    /// The last day on which it holds; after that the register is to be consulted again.
    repeat_after: Date,
    /// What may stand in a decision.
    statement: Text,
    /// For the judge, and only where no signal of the case stood: that no link was found in the sources named. It is no
    /// reassurance, and does not belong in the decision: where it is left out elsewhere, that would tell something.
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<Text>,
    /// The sources that were connected.
    sources: Vec<SourceRecord>,
    /// What was not consulted.
    not_consulted: Text,
    /// How it stands now.
    state: AttestationState,
}

/// A source of the register.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SourceRecord {
    /// The court.
    court: Coded,
    /// Of which of its cases.
    jurisdiction: Coded,
    /// When it was last heard.
    heard_on: Date,
    /// Whether that was so recent that it counted as connected at the time.
    current: bool,
}

impl SourceRecord {
    fn of(source: &SourceSeen) -> Self {
        Self {
            court: Coded::of(source.court.code(), |lang| source.court.label(lang)),
            jurisdiction: Coded::of(source.jurisdiction.as_str(), |lang| source.jurisdiction.label(lang)),
            heard_on: source.heard_on,
            current: source.current,
        }
    }
}

/// How an attestation stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AttestationState {
    /// `valid`; `superseded`: the register was consulted anew, or tells something else by now; `expired`; or `unknown`.
    #[schema(value_type = String, example = "valid")]
    standing: &'static str,
    /// Since which day it no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Date>,
}

impl From<Standing> for AttestationState {
    fn from(standing: Standing) -> Self {
        let since = match standing {
            Standing::Valid => None,
            Standing::Superseded { since } => Some(words::day_of(since)),
            Standing::Expired { since } => Some(since),
        };
        Self { standing: standing.as_str(), since }
    }
}

impl AttestationRecord {
    fn of(attested: &Attested) -> Self {
        let said = &attested.said;
        Self {
            id: said.attestation.uuid(),
            numbers: said.numbers.iter().map(ToString::to_string).collect(),
            court: Coded::of(said.court.code(), |lang| said.court.label(lang)),
            consulted_at: attested.at,
            repeat_after: said.repeat_after,
            statement: Text::of(|lang| words::statement(attested, lang)),
            finding: said.found_nothing().then(|| Text::of(|lang| words::finding(&said.sources, lang))),
            sources: said.sources.iter().map(SourceRecord::of).collect(),
            not_consulted: Text::of(words::not_consulted),
            state: attested.standing.into(),
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Where to go on: `next` of the page before.
    #[param(pattern = "^[0-9a-f]{32}$")]
    pub cursor: Option<String>,
    /// How many at most, 1 to 100; 25 when absent.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// Lists the caller's open cases, also those of which nothing is told, each with when the register was last consulted for it.
#[utoipa::path(get, path = "/cases", params(PageQuery),
    responses((status = 200, description = "A page of cases.", body = CasePage)))]
pub async fn list_cases(
    State(api): State<Api>,
    principal: Principal,
    Query(query): Query<PageQuery>,
) -> Result<Json<CasePage>, Problem> {
    let judge = judge(&principal)?;
    let limit = limited(query.limit)?;
    let after = query.cursor.as_deref().map(read_id).transpose()?.map(CaseId::from_uuid);
    let pool = api.service.journal.pool();
    let mut found = cases::list(pool, &judge, after, i64::from(limit) + 1).await.map_err(|error| problem(&error))?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.case.id.uuid().simple().to_string());
    let today = api.service.clock.today();
    Ok(Json(CasePage { cases: found.iter().map(|own| CaseSummary::of(own, today)).collect(), next }))
}

/// One case of the caller's.
#[utoipa::path(get, path = "/cases/{caseId}", params(("caseId" = Uuid, Path, description = "The case.")),
    responses((status = 200, description = "The case.", body = CaseDetail),
              (status = 404, description = "There is no such case, or it is not the caller's.", body = Problem, content_type = "application/problem+json")))]
pub async fn open_case(
    State(api): State<Api>,
    principal: Principal,
    Path(case): Path<Uuid>,
) -> Result<Json<CaseDetail>, Problem> {
    let judge = judge(&principal)?;
    let case = CaseId::from_uuid(case);
    let own = cases::one(api.service.journal.pool(), &judge, case).await.map_err(|error| problem(&error))?;
    let Some(own) = own else {
        refused(&api.service, &judge, case.uuid(), "read-case").await.map_err(|error| problem(&error))?;
        return Err(Problem::not_found());
    };
    let attested = attest::of_case(&api.service, case).await.map_err(|error| problem(&error))?;
    Ok(Json(CaseDetail {
        summary: CaseSummary::of(&own, api.service.clock.today()),
        attestations: attested.iter().map(AttestationRecord::of).collect(),
        not_checked: Text::of(domain::violence::wording::coverage),
    }))
}

/// Attests that the caller consulted the register for a case (raadpleegverklaring). Asked again on the same day with nothing new,
/// it is the same attestation.
#[utoipa::path(post, path = "/cases/{caseId}/attestations", params(("caseId" = Uuid, Path, description = "The case.")),
    responses((status = 201, description = "The attestation.", body = AttestationRecord),
              (status = 404, description = "There is no such case, or it is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "It cannot be given yet; `detail` says what to do first.", body = Problem, content_type = "application/problem+json")))]
pub async fn attest_consultation(
    State(api): State<Api>,
    principal: Principal,
    Path(case): Path<Uuid>,
) -> Result<impl IntoResponse, Problem> {
    let judge = judge(&principal)?;
    let attested = attest::attest(&api.service, &judge, CaseId::from_uuid(case)).await?;
    Ok((StatusCode::CREATED, Json(AttestationRecord::of(&attested))))
}

/// One attestation of a case of the caller's.
#[utoipa::path(get, path = "/attestations/{attestationId}",
    params(("attestationId" = Uuid, Path, description = "The attestation.")),
    responses((status = 200, description = "The attestation.", body = AttestationRecord),
              (status = 404, description = "There is no such attestation, or its case is not the caller's.", body = Problem, content_type = "application/problem+json")))]
pub async fn open_attestation(
    State(api): State<Api>,
    principal: Principal,
    Path(attestation): Path<Uuid>,
) -> Result<Json<AttestationRecord>, Problem> {
    let judge = judge(&principal)?;
    let found = attest::of_judge(&api.service, &judge, AttestationId::from_uuid(attestation)).await?;
    Ok(Json(AttestationRecord::of(&found)))
}

/// What stands on an attestation.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerificationRequest {
    /// Its id.
    attestation: Uuid,
    /// A number of the case, as printed.
    #[schema(example = "C/10/712345 / FA RK 26-812")]
    case_number: String,
    /// The day on which the register was consulted.
    consulted_on: Date,
}

/// Whether an attestation was given, and still holds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// How it stands. `unknown` where no attestation has this id, number and day together.
    #[serde(flatten)]
    state: AttestationState,
    /// The last day on which it holds, or held.
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_after: Option<Date>,
}

/// Verifies an attestation that somebody has before them, against the journal. For judges, clerks and auditors.
#[utoipa::path(post, path = "/attestations/_verify", request_body = VerificationRequest,
    responses((status = 200, description = "How it stands.", body = Verification)))]
pub async fn verify_attestation(
    State(api): State<Api>,
    principal: Principal,
    Json(request): Json<VerificationRequest>,
) -> Result<Json<Verification>, Problem> {
    principal.require_any(&[Role::Judge, Role::Clerk, Role::Auditor])?;
    let found = attest::one(&api.service, AttestationId::from_uuid(request.attestation))
        .await
        .map_err(|error| problem(&error))?;
    // What is no case number is the number of no attestation.
    let number = CaseNumber::parse(&request.case_number).ok();
    let matches = |attested: &Attested| {
        number.as_ref().is_some_and(|number| attested.said.numbers.contains(number))
            && attested.said.on == request.consulted_on
    };
    Ok(Json(found.filter(matches).map_or(
        Verification { state: AttestationState { standing: "unknown", since: None }, repeat_after: None },
        |found| Verification { state: found.standing.into(), repeat_after: Some(found.said.repeat_after) },
    )))
}
