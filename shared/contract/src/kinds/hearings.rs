//! When the judge sees the parties.

use domain::fact::intake::{self, IntakeFact, Reason};
use domain::ids::HearingId;
use domain::jurisdiction::Jurisdiction;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{At, Draft, Event};
use crate::value::{Is, OpaqueId};

/// A hearing was planned, or planned anew.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HearingPlanned {
    /// The hearing; the same one planned anew keeps its id.
    hearing_id: Is<OpaqueId>,
    /// The day of the hearing.
    on: Is<Date>,
}

impl Event for HearingPlanned {
    const NAME: &'static str = "hearing-planned";

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        Ok(Draft::Open(IntakeFact::HearingPlanned(intake::HearingPlanned {
            case: at.case,
            hearing: HearingId::derived(&[&at.case.to_string(), &self.hearing_id.0.0]),
            version: at.version,
            on: self.on.0,
        })))
    }

    fn example(_: Jurisdiction) -> Value {
        json!({ "hearingId": "h1", "on": "2026-12-14" })
    }
}
