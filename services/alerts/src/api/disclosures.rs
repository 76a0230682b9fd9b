//! What parties are told of a signal, as JSON: for the judge who asks, and for the clerk who checks.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::decisions::disclose::{Act, State as Standing};
use domain::fact::Subject;
use domain::fact::alerts::CheckRefusal;
use domain::ids::{PartyId, PartyVersionId, SignalId};
use domain::violence::wording;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use uuid::Uuid;
use web::openapi::word_or_nothing;
use web::{FieldError, Json, Path, Principal, Problem, Role};

use super::shape::{CaseRecord, Text};
use super::{Api, judge};
use crate::act::{problem, refused};
use crate::disclosures::{self, Disclosure, Seat};
use crate::{inbox, words};

/// The most party versions that are shown to a clerk at once.
const MOST: i64 = 100;

/// A party who can be told.
#[derive(Serialize, ToSchema)]
struct Recipient {
    /// The party's record in the caller's case.
    id: Uuid,
    /// By role, such as `verweerder (vader)`.
    label: Text,
}

/// The parties who can be told.
#[derive(Serialize, ToSchema)]
pub struct Recipients {
    /// The parties.
    recipients: Vec<Recipient>,
}

/// For whom a party version is asked.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartyVersionRequest {
    /// The version of the signal that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    pub version: u32,
    /// The party, by its record in the caller's case.
    pub recipient: Uuid,
}

/// A clerk's word about a party version: it may go out, or it may not, and then why.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckRequest {
    /// Whether it may go out.
    pub released: bool,
    /// Why not; only then.
    #[schema(schema_with = check_refusals)]
    pub reason: Option<CheckRefusal>,
}

fn check_refusals() -> Object {
    word_or_nothing("Why not; only then.", CheckRefusal::ALL.iter().map(|reason| reason.as_str()))
}

impl CheckRequest {
    /// Why it may not go out; nothing where it may. `place` is where the fields stood, for the error.
    ///
    /// # Errors
    /// 400 when a reason is missing, or stands beside a release.
    pub fn read(&self, place: &'static str) -> Result<Option<CheckRefusal>, Problem> {
        let field =
            |code, message: &'static str| Problem::malformed(vec![FieldError::at(place, "reason", code, message)]);
        match (self.released, self.reason) {
            (true, Some(_)) => Err(field("unknown", "has no meaning beside a release")),
            (false, None) => Err(field("missing", "is required where it may not go out")),
            (_, reason) => Ok(reason),
        }
    }
}

/// That a party was told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TellingRequest {
    /// The day of it.
    pub on: Date,
}

/// What one party is told, and how far it has come.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartyVersionRecord {
    /// Its id.
    id: Uuid,
    /// The case whose party is told.
    case: CaseRecord,
    /// The version of the signal it was made of.
    version: u32,
    /// The recipient, by role.
    recipient: Text,
    /// `waiting`, `released`, `refused` or `told`.
    #[schema(value_type = String, example = "waiting")]
    state: &'static str,
    /// Why a clerk refused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "reveals-residence")]
    reason: Option<&'static str>,
    /// The day on which it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    told_on: Option<Date>,
    /// Whether it had been disclosed and the signal has changed, or was withdrawn, since: the recipient was told what no longer is so.
    had_been_disclosed: bool,
    /// Whether the signal has changed, or was withdrawn, since it was made.
    overtaken: bool,
    /// What it says, a paragraph each. Absent once the signal was withdrawn: what it told is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Vec<Text>>,
}

impl PartyVersionRecord {
    /// The record of a party version.
    pub fn of(disclosure: &Disclosure) -> Self {
        let (version, prepared) = (&disclosure.version, &disclosure.version.prepared);
        let (told_on, reason) = match version.state {
            Standing::Told(on) => (Some(on), None),
            Standing::Refused(reason) => (None, Some(reason.as_str())),
            Standing::Waiting | Standing::Released => (None, None),
        };
        let text = || {
            let (nl, en) = words::party_version(disclosure).into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
            nl.into_iter().zip(en).map(|(nl, en)| Text::both(nl, en)).collect()
        };
        Self {
            id: prepared.party_version.uuid(),
            case: CaseRecord::of(&disclosure.own),
            version: prepared.version,
            recipient: Text::of(|lang| wording::role(&prepared.role, lang)),
            state: version.state.as_str(),
            reason,
            told_on,
            had_been_disclosed: told_on.is_some() && version.overtaken,
            overtaken: version.overtaken,
            text: (!version.withdrawn).then(text),
        }
    }
}

/// Party versions, oldest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PartyVersionsList {
    /// The party versions.
    party_versions: Vec<PartyVersionRecord>,
}

impl PartyVersionsList {
    fn of(all: &[Disclosure]) -> Self {
        Self { party_versions: all.iter().map(PartyVersionRecord::of).collect() }
    }
}

/// The clerk who calls.
///
/// # Errors
/// 403 for anybody else, and for an identifier that no court can have assigned a case to.
pub fn clerk(principal: &Principal) -> Result<Subject, Problem> {
    principal.require(Role::Clerk)?;
    Subject::parse(principal.subject.as_str()).map_err(|_| Problem::forbidden())
}

/// Lists the parties of the caller's case who can be told of a signal.
#[utoipa::path(get, path = "/signals/{signalId}/recipients",
    params(("signalId" = Uuid, Path, description = "The signal.")),
    responses((status = 200, description = "The parties.", body = Recipients),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json")))]
pub async fn list_recipients(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
) -> Result<Json<Recipients>, Problem> {
    let judge = judge(&principal)?;
    let entry = theirs(&api, &judge, SignalId::from_uuid(signal)).await?;
    let found = disclosures::recipients_of(&api.service, entry.own.id).await.map_err(|error| problem(&error))?;
    let recipient = |(party, line): &(PartyId, _)| Recipient {
        id: party.uuid(),
        label: Text::of(|lang| wording::role(line, lang)),
    };
    Ok(Json(Recipients { recipients: found.iter().map(recipient).collect() }))
}

pub async fn theirs(api: &Api, judge: &Subject, signal: SignalId) -> Result<inbox::Entry, Problem> {
    let found = inbox::one(api.service.journal.pool(), judge, signal).await.map_err(|error| problem(&error))?;
    if let Some(found) = found {
        return Ok(found);
    }
    refused(&api.service, judge, signal.uuid(), "list-disclosures").await.map_err(|error| problem(&error))?;
    Err(Problem::not_found())
}

/// Asks for a version of a signal for one party. It goes out only after a clerk of the case has checked it. Asking again for the
/// same party and version changes nothing.
#[utoipa::path(post, path = "/signals/{signalId}/party-versions",
    params(("signalId" = Uuid, Path, description = "The signal.")), request_body = PartyVersionRequest,
    responses((status = 201, description = "The party versions of the signal.", body = PartyVersionsList),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "The signal has changed, or was withdrawn; `detail` says which.", body = Problem, content_type = "application/problem+json")))]
pub async fn prepare_party_version(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Json(request): Json<PartyVersionRequest>,
) -> Result<impl IntoResponse, Problem> {
    let judge = judge(&principal)?;
    let act = Act::Prepare(PartyId::from_uuid(request.recipient));
    let signal = SignalId::from_uuid(signal);
    let all = disclosures::act(&api.service, &judge, signal, act, Some(request.version)).await?;
    Ok((StatusCode::CREATED, Json(PartyVersionsList::of(&all))))
}

/// Lists what parties were, or are to be, told of a signal.
#[utoipa::path(get, path = "/signals/{signalId}/party-versions",
    params(("signalId" = Uuid, Path, description = "The signal.")),
    responses((status = 200, description = "The party versions of the signal.", body = PartyVersionsList),
              (status = 404, description = "There is no such signal, or its case is not the caller's.", body = Problem, content_type = "application/problem+json")))]
pub async fn list_signal_party_versions(
    State(api): State<Api>,
    principal: Principal,
    Path(signal): Path<Uuid>,
) -> Result<Json<PartyVersionsList>, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    theirs(&api, &judge, signal).await?;
    let all = disclosures::of_signal(&api.service, signal).await.map_err(|error| problem(&error))?;
    Ok(Json(PartyVersionsList::of(&all)))
}

/// Lists the party versions that wait for the caller, a clerk, in cases assigned to them: the oldest first, at most a hundred.
#[utoipa::path(get, path = "/party-versions",
    responses((status = 200, description = "The party versions that wait.", body = PartyVersionsList)))]
pub async fn list_party_versions(
    State(api): State<Api>,
    principal: Principal,
) -> Result<Json<PartyVersionsList>, Problem> {
    let clerk = clerk(&principal)?;
    let all = disclosures::waiting(&api.service, &clerk, MOST).await.map_err(|error| problem(&error))?;
    Ok(Json(PartyVersionsList::of(&all)))
}

/// Releases a party version, or says why it may not go out. For a clerk to whom the case is assigned. The same again changes
/// nothing.
#[utoipa::path(post, path = "/party-versions/{partyVersionId}/checks",
    params(("partyVersionId" = Uuid, Path, description = "The party version.")), request_body = CheckRequest,
    responses((status = 200, description = "The party version.", body = PartyVersionRecord),
              (status = 404, description = "There is no such party version, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "It was checked otherwise, or the signal has changed; `detail` says which.", body = Problem, content_type = "application/problem+json")))]
pub async fn check_party_version(
    State(api): State<Api>,
    principal: Principal,
    Path(party_version): Path<Uuid>,
    Json(request): Json<CheckRequest>,
) -> Result<Json<PartyVersionRecord>, Problem> {
    let clerk = clerk(&principal)?;
    let id = PartyVersionId::from_uuid(party_version);
    let refusal = request.read("body");
    if refusal.is_err() {
        // What is not theirs looks the same whatever they say of it.
        disclosures::one(&api.service, &clerk, Seat::Clerk, id).await?;
    }
    let refusal = refusal?;
    done(&api, &clerk, Seat::Clerk, id, Act::Check(id, refusal)).await
}

/// Records that the recipient was told. Only what a clerk has released can have been. The same again changes nothing.
#[utoipa::path(post, path = "/party-versions/{partyVersionId}/tellings",
    params(("partyVersionId" = Uuid, Path, description = "The party version.")), request_body = TellingRequest,
    responses((status = 200, description = "The party version.", body = PartyVersionRecord),
              (status = 404, description = "There is no such party version, or its case is not the caller's.", body = Problem, content_type = "application/problem+json"),
              (status = 409, description = "It was not released, or the signal has changed; `detail` says which.", body = Problem, content_type = "application/problem+json")))]
pub async fn tell_party_version(
    State(api): State<Api>,
    principal: Principal,
    Path(party_version): Path<Uuid>,
    Json(request): Json<TellingRequest>,
) -> Result<Json<PartyVersionRecord>, Problem> {
    let judge = judge(&principal)?;
    let id = PartyVersionId::from_uuid(party_version);
    done(&api, &judge, Seat::Judge, id, Act::Tell(id, request.on)).await
}

async fn done(
    api: &Api,
    by: &Subject,
    seat: Seat,
    party_version: PartyVersionId,
    act: Act,
) -> Result<Json<PartyVersionRecord>, Problem> {
    let (signal, _) = disclosures::one(&api.service, by, seat, party_version).await?;
    disclosures::act(&api.service, by, signal, act, None).await?;
    let (_, disclosure) = disclosures::one(&api.service, by, seat, party_version).await?;
    Ok(Json(PartyVersionRecord::of(&disclosure)))
}
