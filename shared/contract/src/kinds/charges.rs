//! Criminal cases: what somebody is charged with, and what became of it.

use domain::article::Article;
use domain::fact::intake::{self, IntakeFact, Reason};
use domain::jurisdiction::Jurisdiction;
use domain::violence::particulars::{ChargeParticulars, OffencePeriod};
use domain::violence::status::{DismissalCode, Instance, Outcome, VerdictStep};
use domain::violence::tag::Tag;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{At, Draft, Event};
use crate::fault::fault;
use crate::value::{Is, OpaqueId};

const CRIMINAL: &[Jurisdiction] = &[Jurisdiction::Criminal];

/// A charge was brought.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChargeBrought {
    charge_id: Is<OpaqueId>,
    /// The party who is charged.
    suspect: Is<OpaqueId>,
    /// The parties against whom the offence is said to have been committed.
    #[serde(default)]
    #[schemars(length(max = 500))]
    victims: Vec<Is<OpaqueId>>,
    /// The articles the charge rests on.
    #[schemars(length(min = 1, max = 500))]
    articles: Vec<Is<Article>>,
    period: Period,
    /// What the law has no article of its own for.
    #[serde(default)]
    #[schemars(length(max = 500))]
    tags: Vec<Is<Tag>>,
}

/// When the offence is said to have been committed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Period {
    /// The first day.
    from: Is<Date>,
    /// The last day; missing when it was one day.
    to: Option<Is<Date>>,
}

impl Event for ChargeBrought {
    const NAME: &'static str = "charge-brought";
    const OF: &'static [Jurisdiction] = CRIMINAL;

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        let period = OffencePeriod::new(self.period.from.0, self.period.to.map(|to| to.0))
            .map_err(|error| vec![fault(error.code(), &error).at("/period")])?;
        Ok(Draft::Open(IntakeFact::ChargeBrought(intake::ChargeBrought {
            case: at.case,
            charge: at.charge(&self.charge_id),
            version: at.version,
            suspect: at.party(&self.suspect),
            victims: self.victims.iter().map(|victim| at.party(victim)).collect(),
            particulars: ChargeParticulars {
                articles: self.articles.into_iter().map(|article| article.0).collect(),
                period,
                tags: self.tags.into_iter().map(|tag| tag.0).collect(),
            },
        })))
    }

    fn example(_: Jurisdiction) -> Value {
        json!({
            "chargeId": "c1", "suspect": "p1", "victims": ["p2"], "articles": ["Sr 300 lid 1", "Sr 304"],
            "period": { "from": "2026-03-07" }, "tags": ["domestic-violence"],
        })
    }
}

/// The prosecution of some or all charges was dropped.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ProsecutionDismissed {
    /// The charges it covers; none named means every charge of the case.
    #[serde(default)]
    #[schemars(length(max = 500))]
    charges: Vec<Is<OpaqueId>>,
    code: Is<DismissalCode>,
}

impl Event for ProsecutionDismissed {
    const NAME: &'static str = "prosecution-dismissed";
    const OF: &'static [Jurisdiction] = CRIMINAL;

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        Ok(Draft::Open(IntakeFact::ProsecutionDismissed(intake::ProsecutionDismissed {
            case: at.case,
            version: at.version,
            charges: self.charges.iter().map(|charge| at.charge(charge)).collect(),
            code: self.code.0,
        })))
    }

    fn example(_: Jurisdiction) -> Value {
        json!({ "charges": ["c1"], "code": "02" })
    }
}

/// A verdict was given on one or more charges.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct VerdictGiven {
    /// The outcome, charge by charge.
    #[schemars(length(min = 1, max = 500))]
    outcomes: Vec<ChargeOutcome>,
}

/// The outcome of one charge.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ChargeOutcome {
    charge_id: Is<OpaqueId>,
    instance: Is<Instance>,
    outcome: Is<Outcome>,
}

impl Event for VerdictGiven {
    const NAME: &'static str = "verdict-given";
    const OF: &'static [Jurisdiction] = CRIMINAL;

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        let outcomes = self
            .outcomes
            .into_iter()
            .map(|one| intake::ChargeOutcome {
                charge: at.charge(&one.charge_id),
                step: VerdictStep { instance: one.instance.0, outcome: one.outcome.0 },
            })
            .collect();
        let (case, version) = (at.case, at.version);
        Ok(Draft::Open(IntakeFact::VerdictGiven(intake::VerdictGiven { case, version, outcomes })))
    }

    fn example(_: Jurisdiction) -> Value {
        json!({ "outcomes": [{ "chargeId": "c1", "instance": "first", "outcome": "convicted" }] })
    }
}
