//! The proceedings between the parties of a case, on request; and the figures of the register as a whole.

use axum::extract::State;
use domain::decisions::procedure_history::Proceeding;
use domain::figures::{Figures, KINDS, Report};
use domain::ids::CaseId;
use domain::violence::wording;
use jiff::civil::Date;
use journal::Which;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Json, Path, Principal, Problem, Role};

use super::shape::{Coded, Text, code};
use super::{Api, judge};
use crate::act::problem;
use crate::history;

/// The proceedings between the parties of a case in the last 36 months, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcedureHistory {
    /// As of this day.
    as_of: Date,
    /// The proceedings. What may not be told is not among them.
    proceedings: Vec<ProceedingRecord>,
}

/// A proceeding between the parties.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ProceedingRecord {
    /// The month of its registration.
    #[schema(example = "2026-03")]
    month: String,
    /// What kind of proceeding.
    proceeding: Coded,
    /// Who of the parties brought it, by role in the caller's case; nobody where somebody else did.
    brought_by: Vec<Text>,
    /// What came of it.
    outcome: Coded,
}

impl ProceedingRecord {
    fn of(proceeding: &Proceeding) -> Self {
        Self {
            month: proceeding.month.clone(),
            proceeding: Coded::of(proceeding.kind.code(), |lang| proceeding.kind.label(lang)),
            brought_by: proceeding.brought_by.iter().map(|line| Text::of(|lang| wording::role(line, lang))).collect(),
            outcome: Coded::of(proceeding.outcome.as_str(), |lang| proceeding.outcome.label(lang)),
        }
    }
}

/// Asks for the proceedings between the parties of a case of the caller's. That it was asked is written down, once a day.
#[utoipa::path(post, path = "/cases/{caseId}/procedure-histories",
    params(("caseId" = Uuid, Path, description = "The case.")),
    responses((status = 200, description = "The proceedings.", body = ProcedureHistory),
              (status = 404, description = "There is no such case, or it is not the caller's.", body = Problem, content_type = "application/problem+json")))]
pub async fn ask_procedure_history(
    State(api): State<Api>,
    principal: Principal,
    Path(case): Path<Uuid>,
) -> Result<Json<ProcedureHistory>, Problem> {
    let judge = judge(&principal)?;
    let found = history::ask(&api.service, &judge, CaseId::from_uuid(case)).await?;
    let proceedings = found.iter().map(ProceedingRecord::of).collect();
    Ok(Json(ProcedureHistory { as_of: api.service.clock.today(), proceedings }))
}

/// How the register is used, over all courts together. What is absent is fewer than ten, or would let such a number be worked out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FiguresRecord {
    /// As of this day.
    as_of: Date,
    /// The smallest number that is shown.
    least: usize,
    /// Signals that were raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    raised: Option<usize>,
    /// Of these, read by a judge.
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<usize>,
    /// Minutes from the event to the first reading: half of them took no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes_to_read_median: Option<i64>,
    /// The same for nine in ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes_to_read_p90: Option<i64>,
    /// Signals whose hearing has been held.
    #[serde(skip_serializing_if = "Option::is_none")]
    heard: Option<usize>,
    /// Of these, read on or before the day of the hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_before_hearing: Option<usize>,
    /// Weighed in a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    weighed: Option<usize>,
    /// Told to the parties.
    #[serde(skip_serializing_if = "Option::is_none")]
    told_to_parties: Option<usize>,
    /// Left out of consideration.
    #[serde(skip_serializing_if = "Option::is_none")]
    set_aside: Option<usize>,
    /// Why, by reason.
    set_aside_reasons: Vec<Count>,
    /// Judges' words that a signal was of use.
    #[serde(skip_serializing_if = "Option::is_none")]
    useful: Option<usize>,
    /// And that it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_useful: Option<usize>,
    /// Why, by reason.
    rating_reasons: Vec<Count>,
}

/// How often a reason was given.
#[derive(Serialize, ToSchema)]
struct Count {
    /// The reason.
    #[schema(example = "already-known")]
    reason: String,
    /// How often; absent where that may not be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

impl FiguresRecord {
    fn of(report: &Report, as_of: Date) -> Self {
        Self {
            as_of,
            least: domain::figures::LEAST,
            raised: report.raised,
            read: report.read,
            minutes_to_read_median: report.minutes_to_read_median,
            minutes_to_read_p90: report.minutes_to_read_p90,
            heard: report.heard,
            read_before_hearing: report.read_before_hearing,
            weighed: report.weighed,
            told_to_parties: report.told_to_parties,
            set_aside: report.set_aside,
            set_aside_reasons: report
                .set_aside_reasons
                .iter()
                .map(|(reason, count)| Count { reason: code(reason), count: *count })
                .collect(),
            useful: report.useful,
            not_useful: report.not_useful,
            rating_reasons: report
                .rating_reasons
                .iter()
                .map(|(reason, count)| Count { reason: reason.as_str().to_owned(), count: *count })
                .collect(),
        }
    }
}

/// Tells how the register is used: how soon signals are read, and what is done with them. Over all courts together, never by judge.
#[utoipa::path(get, path = "/figures", responses((status = 200, description = "The figures.", body = FiguresRecord)))]
pub async fn read_figures(State(api): State<Api>, principal: Principal) -> Result<Json<FiguresRecord>, Problem> {
    principal.require(Role::Operator)?;
    let today = api.service.clock.today();
    let mut figures = Figures::default();
    let mut transaction = api.service.journal.begin().await.map_err(|error| problem(&error))?;
    transaction.each(Which::All, &KINDS, |fact| figures.hear(fact)).await.map_err(|error| problem(&error))?;
    Ok(Json(FiguresRecord::of(&figures.report(today), today)))
}
