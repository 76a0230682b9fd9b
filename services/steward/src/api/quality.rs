//! How good the decisions about who is who are: for stewards and operators alike, and never by steward.

use axum::extract::State;
use domain::quality::{self, Report};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Json, Principal, Problem, Role};

use crate::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_quality))
}

/// A share of a sample, with the interval in which that of the whole lies nineteen times in twenty (Wilson).
#[derive(Serialize, ToSchema)]
struct Share {
    /// How many.
    #[schema(example = 97)]
    hits: usize,
    /// Of how many; never fewer than ten.
    #[schema(example = 100)]
    of: usize,
    /// That is, as a part of one.
    #[schema(example = 0.97)]
    value: f64,
    /// The lower bound.
    #[schema(example = 0.9155)]
    low: f64,
    /// The upper bound.
    #[schema(example = 0.9897)]
    high: f64,
}

impl Share {
    fn of(share: &quality::Share) -> Self {
        let part = |value: u16| f64::from(value) / 10_000.0;
        let (low, high) = (part(share.low), part(share.high));
        Self { hits: share.hits, of: share.of, value: part(share.in_10000()), low, high }
    }
}

/// How many of what a rule asked were one person.
#[derive(Serialize, ToSchema)]
struct RuleShare {
    /// The rule that asked.
    #[schema(example = "possible")]
    rule: String,
    /// How many of the rulings say that it is one person.
    same: Share,
}

/// What a share of the whole is thought to be, with the interval in which it lies, from samples of its parts.
#[derive(Serialize, ToSchema)]
struct Estimate {
    /// As a part of one.
    #[schema(example = 0.9875)]
    value: f64,
    /// The lower bound.
    #[schema(example = 0.9611)]
    low: f64,
    /// The upper bound.
    #[schema(example = 0.9969)]
    high: f64,
}

impl Estimate {
    fn of(estimate: quality::Estimate) -> Self {
        let part = |value: u16| f64::from(value) / 10_000.0;
        Self { value: part(estimate.likely), low: part(estimate.low), high: part(estimate.high) }
    }
}

/// What stewards said of pairs that the linker is certain of without a person's word, shown to them as if it were not.
#[derive(Serialize, ToSchema)]
struct CertainShare {
    /// By what it is certain: `certain-by-number` or `certain-otherwise`.
    #[schema(example = "certain-by-number")]
    stratum: String,
    /// How many pairs hold persons together by that now.
    #[schema(example = 48_210)]
    pairs: usize,
    /// How many of the answers said that it is one person.
    right: Share,
}

/// How often a field of a court's records stood on a level, in questions of before and of now.
#[derive(Serialize, ToSchema)]
struct FieldDrift {
    /// The court, by its ECLI code.
    #[schema(example = "RBROT")]
    court: String,
    /// The field.
    #[schema(example = "birth-date")]
    field: String,
    /// `missing` or `different`.
    #[schema(example = "missing")]
    level: String,
    /// Before the last 28 days.
    before: Share,
    /// In the last 28 days.
    now: Share,
    /// Whether it changed by more than chance explains.
    changed: bool,
}

/// How good the decisions are. What is absent rests on fewer than ten.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct QualityReport {
    /// As of this day.
    as_of: Date,
    /// Rulings that were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    ruled: Option<usize>,
    /// Minutes from the asking to the ruling: half took no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes_median: Option<i64>,
    /// The same for nine in ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes_p90: Option<i64>,
    /// Of two who spoke, neither knowing what the other thought: how often they agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement: Option<Share>,
    /// Rulings taken back soon after they were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    undone: Option<Share>,
    /// Rulings in whose place the opposite came later.
    #[serde(skip_serializing_if = "Option::is_none")]
    overturned: Option<Share>,
    /// Links that were doubted and looked at again: how many were wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubts_right: Option<Share>,
    /// Rulings of one steward that another was shown as if there were none: how many were answered alike.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<Share>,
    /// The same of what two had ruled alike, so that the answer counts as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<Share>,
    /// Of pairs that the linker is certain of by itself: how many are right, by what it is certain.
    certain: Vec<CertainShare>,
    /// How many of all such pairs are right, each part weighted by how many pairs it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    precision: Option<Estimate>,
    /// How many of all pairs known to be one person the linker was certain of by itself. What nobody ever asked about is not
    /// counted: it is no more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    recall: Option<Estimate>,
    /// By the rule that asked.
    by_rule: Vec<RuleShare>,
    /// By court, field and level, where there is enough of before and of now.
    drift: Vec<FieldDrift>,
}

impl QualityReport {
    fn of(report: &Report, as_of: Date) -> Self {
        let share = |share: &Option<quality::Share>| share.as_ref().map(Share::of);
        let estimate = |estimate: Option<quality::Estimate>| estimate.map(Estimate::of);
        let certain = |row: &quality::CertainRight| CertainShare {
            stratum: row.stratum.as_str().to_owned(),
            pairs: row.pairs,
            right: Share::of(&row.right),
        };
        let rule = |row: &quality::ByRule| RuleShare { rule: row.rule.clone(), same: Share::of(&row.same) };
        let drift = |row: &quality::Drift| FieldDrift {
            court: row.court.code().to_owned(),
            field: row.field.clone(),
            level: row.level.to_owned(),
            before: Share::of(&row.before),
            now: Share::of(&row.now),
            changed: row.is_real(),
        };
        Self {
            as_of,
            ruled: report.ruled,
            minutes_median: report.minutes_median,
            minutes_p90: report.minutes_p90,
            agreement: share(&report.agreement),
            undone: share(&report.undone),
            overturned: share(&report.overturned),
            doubts_right: share(&report.doubts_right),
            reviewed: share(&report.reviewed),
            known: share(&report.known),
            certain: report.certain.iter().map(certain).collect(),
            precision: estimate(report.precision),
            recall: estimate(report.recall),
            by_rule: report.by_rule.iter().map(rule).collect(),
            drift: report.drift.iter().map(drift).collect(),
        }
    }
}

/// Tells how good the decisions about who is who are. Over all stewards together, and never of fewer than ten.
#[utoipa::path(get, path = "/quality", responses((status = 200, description = "The report.", body = QualityReport)))]
async fn read_quality(State(app): State<App>, principal: Principal) -> Result<Json<QualityReport>, Problem> {
    principal.require_any(&[Role::Steward, Role::Operator])?;
    let report = app.desk.quality().await.map_err(service::problem)?;
    Ok(Json(QualityReport::of(&report, app.desk.clock.today())))
}
