//! `POST /v1/events`.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;
use web::{FieldError, Json, Principal, Problem, Role};

use super::{Api, QuarantineReason, problem};
use crate::door::{DoorError, MOST};
use crate::filing::Outcome;

/// What became of each event of a request, in order.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventResults {
    /// One result an event.
    results: Vec<EventResult>,
}

/// What became of an event.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventResult {
    /// The publisher's own id of the event, when that reads.
    event_id: Option<String>,
    /// What became of it.
    outcome: EventOutcome,
    /// Everything that is wrong with it; empty unless it is in quarantine.
    reasons: Vec<QuarantineReason>,
}

/// What may become of an event.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventOutcome {
    /// It was taken.
    Filed,
    /// It was taken before; nothing changed.
    Duplicate,
    /// It could not be understood, and is kept for an operator. Send it again when it is mended.
    Quarantined,
}

impl EventResult {
    fn of((event_id, outcome): (Option<String>, Outcome)) -> Self {
        let (outcome, reasons) = match outcome {
            Outcome::Filed => (EventOutcome::Filed, Vec::new()),
            Outcome::Duplicate => (EventOutcome::Duplicate, Vec::new()),
            Outcome::Quarantined(reasons) => (EventOutcome::Quarantined, reasons),
        };
        Self { event_id, outcome, reasons: reasons.into_iter().map(QuarantineReason::of).collect() }
    }
}

/// Takes one event or a batch of them: at most 500 events and 1 MiB in all. The answer comes after they are filed; 207 when
/// one or more are in quarantine.
#[utoipa::path(
    post,
    path = "/events",
    request_body(
        content((serde_json::Value = "application/cloudevents+json"), (Vec<serde_json::Value> = "application/cloudevents-batch+json")),
        description = "A case event, or an array of them, as the schemas of the contract describe.",
    ),
    responses(
        (status = 200, description = "Every event is taken.", body = EventResults),
        (status = 207, description = "One or more events are in quarantine; the others are taken.", body = EventResults),
        (status = 413, description = "The body is larger than 1 MiB: send fewer events at once."),
        (status = 415, description = "The content type is none of the two of CloudEvents, nor JSON with `ce-` headers."),
    )
)]
pub async fn send_events(
    State(api): State<Api>,
    principal: Principal,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<EventResults>), Problem> {
    principal.require(Role::Publisher)?;
    let publisher = api
        .door
        .publisher(principal.subject.as_str())
        .ok_or_else(|| Problem::forbidden().with_detail("this account is not in the list of publishers"))?;
    let outcomes = api.door.take(publisher, &headers, &body).await.map_err(|error| match error {
        DoorError::MediaType => Problem::unsupported_media_type(),
        DoorError::Batch => {
            let text = format!("is not a JSON array of 1 to {MOST} events");
            Problem::malformed(vec![FieldError::body("", "invalid", text)])
        }
        DoorError::Journal(error) => problem(error),
    })?;
    let refused = outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Quarantined(_)));
    let status = if refused { StatusCode::MULTI_STATUS } else { StatusCode::OK };
    Ok((status, Json(EventResults { results: outcomes.into_iter().map(EventResult::of).collect() })))
}
