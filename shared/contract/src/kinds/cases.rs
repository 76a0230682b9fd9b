//! A case begins, gets its judges, and ends.

use domain::court::Court;
use domain::fact::Subject;
use domain::fact::intake::{self, IntakeFact, Reason};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{At, Draft, Event};
use crate::fault::fault;
use crate::value::{CaseNumbers, Is};

/// A case was registered at a court.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseRegistered {
    proceeding: Is<ProceedingKind>,
    court: Is<Court>,
    numbers: Is<CaseNumbers>,
    /// The day of registration.
    registered_on: Is<Date>,
}

impl Event for CaseRegistered {
    const NAME: &'static str = "case-registered";

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        if self.court.0 != at.court {
            let text = "the case's court is not the one the event was published for";
            return Err(vec![fault("court.mismatch", &text).at("/court")]);
        }
        Ok(Draft::Open(IntakeFact::CaseRegistered(intake::CaseRegistered {
            case: at.case,
            version: at.version,
            jurisdiction: at.jurisdiction,
            proceeding: self.proceeding.0,
            court: self.court.0,
            numbers: self.numbers.0.0,
            registered_on: self.registered_on.0,
        })))
    }

    fn example(of: Jurisdiction) -> Value {
        let (proceeding, numbers) = match of {
            Jurisdiction::Family => ("contact-arrangement", "C/10/712345 / FA RK 26-812"),
            Jurisdiction::Youth => ("supervision-order", "C/10/698765 / JE RK 26-1523"),
            Jurisdiction::Criminal => ("adult-criminal", "10/123456-26"),
        };
        json!({ "proceeding": proceeding, "court": "RBROT", "numbers": numbers, "registeredOn": "2026-09-01" })
    }
}

/// A case was closed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseClosed {
    /// The day it ended.
    on: Is<Date>,
}

impl Event for CaseClosed {
    const NAME: &'static str = "case-closed";

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        let (case, version) = (at.case, at.version);
        Ok(Draft::Open(IntakeFact::CaseClosed(intake::CaseClosed { case, version, on: self.on.0 })))
    }

    fn example(_: Jurisdiction) -> Value {
        json!({ "on": "2026-12-01" })
    }
}

/// Judges were assigned; the newest assignment replaces the one before.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct JudgeAssigned {
    /// All judges who have the case from now on.
    #[schemars(length(min = 1, max = 500))]
    judges: Vec<Is<Subject>>,
}

impl Event for JudgeAssigned {
    const NAME: &'static str = "judge-assigned";

    fn draft(self, at: &At) -> Result<Draft, Vec<Reason>> {
        let judges = self.judges.into_iter().map(|judge| judge.0).collect();
        let (case, version) = (at.case, at.version);
        Ok(Draft::Open(IntakeFact::JudgesAssigned(intake::JudgesAssigned { case, version, judges })))
    }

    fn example(_: Jurisdiction) -> Value {
        json!({ "judges": ["judge-anna"] })
    }
}
