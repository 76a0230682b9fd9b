//! What somebody is charged with, and what became of it.

use domain::article::Article;
use domain::fact::intake::{ChargeOutcome, Reason};
use domain::settlement::Settlement;
use domain::violence::particulars::{ChargeParticulars, OffencePeriod};
use domain::violence::status::{DismissalCode, Instance, Outcome, VerdictStep};
use domain::violence::tag::Tag;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{CRIMINAL, event, fact, none_of, not_in_force};
use crate::fault::fault;
use crate::value::{Is, OpaqueId};

/// When the offence is said to have been committed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Period {
    /// The first day.
    from: Is<Date>,
    /// The last day; left out when it was one day.
    to: Option<Is<Date>>,
}

/// The outcome of one charge.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OneOutcome {
    charge_id: Is<OpaqueId>,
    instance: Is<Instance>,
    outcome: Is<Outcome>,
}

fn particulars(
    articles: Vec<Is<Article>>,
    period: Period,
    tags: Vec<Is<Tag>>,
) -> Result<ChargeParticulars, Vec<Reason>> {
    let period = OffencePeriod::new(period.from.0, period.to.map(|to| to.0))
        .map_err(|error| vec![fault(error.code(), &error).at("/period")])?;
    Ok(ChargeParticulars {
        articles: articles.into_iter().map(|article| article.0).collect(),
        period,
        tags: tags.into_iter().map(|tag| tag.0).collect(),
    })
}

event! {
    /// A charge was brought.
    ChargeBrought = "charge-brought" in CRIMINAL;
    {
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
        /// The day on which it was brought.
        on: Option<Is<Date>>,
    }
    event, at => fact!(at, ChargeBrought {
        charge: at.charge(&event.charge_id),
        suspect: at.party(&event.suspect),
        victims: at.parties(&event.victims),
        particulars: particulars(event.articles, event.period, event.tags)?,
        on: event.on.map(|on| on.0),
    });
    _of => json!({
        "chargeId": "c1", "suspect": "p1", "victims": ["p2"], "articles": ["Sr 300 lid 1", "Sr 304"],
        "period": { "from": "2026-03-07" }, "tags": ["domestic-violence"], "on": "2026-09-01",
    });
}

event! {
    /// A charge was amended; the new particulars replace the old ones.
    ChargeAmended = "charge-amended" in CRIMINAL;
    {
        charge_id: Is<OpaqueId>,
        /// The articles the charge rests on.
        #[schemars(length(min = 1, max = 500))]
        articles: Vec<Is<Article>>,
        period: Period,
        /// What the law has no article of its own for.
        #[serde(default)]
        #[schemars(length(max = 500))]
        tags: Vec<Is<Tag>>,
    }
    event, at => fact!(at, criminal::ChargeAmended {
        charge: at.charge(&event.charge_id),
        particulars: particulars(event.articles, event.period, event.tags)?,
    });
    _of => json!({ "chargeId": "c1", "articles": ["Sr 302"], "period": { "from": "2026-03-07", "to": "2026-03-09" } });
}

event! {
    /// The prosecution of some or all charges was dropped.
    ProsecutionDismissed = "prosecution-dismissed" in CRIMINAL;
    {
        /// The charges it covers; none named means every charge of the case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        charges: Vec<Is<OpaqueId>>,
        code: Is<DismissalCode>,
        /// The day.
        on: Option<Is<Date>>,
    }
    event, at => fact!(at, ProsecutionDismissed {
        charges: at.charges(&event.charges),
        code: event.code.0,
        on: event.on.map(|on| on.0),
    });
    _of => json!({ "charges": ["c1"], "code": "02", "on": "2026-10-05" });
}

event! {
    /// The prosecution service settled some or all charges itself.
    ProsecutionSettled = "prosecution-settled" in CRIMINAL;
    {
        /// The charges it covers; none named means every charge of the case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        charges: Vec<Is<OpaqueId>>,
        settlement: Is<Settlement>,
        /// The day.
        on: Is<Date>,
    }
    event, at => {
        none_of(not_in_force([("/settlement".to_owned(), event.settlement.0.is_valid_on(event.on.0))]))?;
        fact!(at, criminal::ProsecutionSettled {
            charges: at.charges(&event.charges),
            settlement: event.settlement.0,
            on: event.on.0,
        })
    };
    _of => json!({ "charges": ["c1"], "settlement": "penalty-order", "on": "2026-10-05" });
}

event! {
    /// The court of appeal ordered that dropped charges are prosecuted after all (Sv 12).
    ProsecutionOrdered = "prosecution-ordered" in CRIMINAL;
    {
        /// The charges it covers; none named means every charge of the case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        charges: Vec<Is<OpaqueId>>,
        /// The day of the order.
        on: Is<Date>,
    }
    event, at => fact!(at, criminal::ProsecutionOrdered { charges: at.charges(&event.charges), on: event.on.0 });
    _of => json!({ "charges": ["c1"], "on": "2026-12-08" });
}

event! {
    /// A verdict was given on one or more charges.
    VerdictGiven = "verdict-given" in CRIMINAL;
    {
        /// The outcome, charge by charge.
        #[schemars(length(min = 1, max = 500))]
        outcomes: Vec<OneOutcome>,
        /// The day on which it was given.
        on: Option<Is<Date>>,
    }
    event, at => fact!(at, VerdictGiven {
        outcomes: event.outcomes.into_iter().map(|one| ChargeOutcome {
            charge: at.charge(&one.charge_id),
            step: VerdictStep { instance: one.instance.0, outcome: one.outcome.0 },
        }).collect(),
        on: event.on.map(|on| on.0),
    });
    _of => json!({ "outcomes": [{ "chargeId": "c1", "instance": "first", "outcome": "convicted" }], "on": "2026-11-02" });
}
