//! The clerk's cases in which a signal waits unread, as JSON: which case and by when, and nothing of what it says.

use axum::extract::State;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Json, Principal, Problem};

use super::shape::CaseRecord;
use super::{Api, clerk};
use crate::act::problem;
use crate::escalations::{self, Waiting};

/// The most cases that are shown to a clerk at once.
pub const MOST: i64 = 100;

/// A case in which something waits to be read by a judge.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct EscalationRecord {
    /// The case.
    case: CaseRecord,
    /// The day by which a judge should read it.
    read_by: Date,
    /// The day on which it was first said here.
    escalated_on: Date,
    /// Whether a judge has the case; where none has, nobody can read it.
    has_judge: bool,
}

impl EscalationRecord {
    fn of(waiting: &Waiting) -> Self {
        Self {
            case: CaseRecord::of(&waiting.case),
            read_by: waiting.read_by,
            escalated_on: waiting.escalated_on,
            has_judge: waiting.has_judge,
        }
    }
}

/// Cases in which something waits, the soonest first.
#[derive(Serialize, ToSchema)]
pub struct EscalationsList {
    /// The cases, each once.
    escalations: Vec<EscalationRecord>,
}

/// Lists the caller's cases in which a signal waits that no judge has read while its term nears. What it says is the judge's alone.
#[utoipa::path(get, path = "/escalations",
    responses((status = 200, description = "The cases, the soonest first.", body = EscalationsList)))]
pub async fn list_escalations(State(api): State<Api>, principal: Principal) -> Result<Json<EscalationsList>, Problem> {
    let clerk = clerk(&principal)?;
    let waiting = escalations::of_clerk(&api.service, &clerk, MOST).await.map_err(|error| problem(&error))?;
    Ok(Json(EscalationsList { escalations: waiting.iter().map(EscalationRecord::of).collect() }))
}
