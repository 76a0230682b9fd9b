//! What two records say, field by field, how it was weighed, and identifiers shown whole.

use domain::fact::steward::{Identifier, RevealReason};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use uuid::Uuid;
use web::openapi::word;

use crate::desk::Row;
use crate::reveals::{Revealed, Side, Wish};
use crate::weighing::{Of, Step, Weighing};

/// One field of both records.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldDetail {
    /// The field.
    #[schema(example = "surname")]
    field: String,
    /// What the first record says; missing where it says nothing. An identifier is masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<String>,
    /// What the second record says.
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<String>,
    /// The forms under which the first record's name is looked up.
    #[schema(example = "AMRANI, ELAMRANI")]
    #[serde(skip_serializing_if = "Option::is_none")]
    normalised_a: Option<String>,
    /// The forms under which the second record's name is looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    normalised_b: Option<String>,
    /// `equal`, `compatible`, `different` or `missing`; missing for a field that is shown but not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    /// The level in the matching model's own words.
    #[schema(example = "day-month-swapped")]
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What the level weighs against two strangers, in thousandths of a bit.
    #[schema(example = 7400)]
    #[serde(skip_serializing_if = "Option::is_none")]
    millibits: Option<i32>,
    /// What the frequency of the shared value adds, or takes off where many have it, in thousandths of a bit.
    #[schema(example = -2100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    rarity_millibits: Option<i32>,
}

/// How the odds were summed up, as the linker kept it with the question.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WeighingDetail {
    /// The steps, which add up to the total.
    steps: Vec<StepDetail>,
    /// The total, in thousandths of a bit.
    #[schema(example = 3400)]
    total: i32,
    /// Of at least how many in a hundred pairs that weigh about as much both records are of one person, by the model.
    #[schema(example = 80)]
    from_in_hundred: u32,
    /// Of at most how many.
    #[schema(example = 97)]
    to_in_hundred: u32,
    /// From which total on it is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    possible: Option<i32>,
    /// From which total on it is certain, if the gate lets it pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    certain: Option<i32>,
    /// What speaks at the gate: a rule, a veto, a contradiction, or the first condition that fails.
    #[schema(example = "policy")]
    #[serde(skip_serializing_if = "Option::is_none")]
    gate: Option<String>,
}

/// A step of the sum.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepDetail {
    /// `prior`, `field`, `rarity`, `household`, `family`, or `rest` for what an earlier question did not keep apart.
    #[schema(example = "field")]
    of: &'static str,
    /// The field, where it is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What it adds, in thousandths of a bit.
    millibits: i32,
    /// The sum with it.
    sum: i32,
}

/// One of the two records of a question.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RecordSide {
    /// The first.
    First,
    /// The second.
    Second,
}

/// An identifier that a steward has to see whole.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewReveal {
    /// Of which record.
    record: RecordSide,
    /// Which.
    #[schema(schema_with = identifiers)]
    identifier: Identifier,
    /// What for.
    #[schema(schema_with = reveal_reasons)]
    reason: RevealReason,
}

fn identifiers() -> Object {
    word("Which.", Identifier::ALL.iter().map(|identifier| identifier.as_str()))
}

fn reveal_reasons() -> Object {
    word("What for.", RevealReason::ALL.iter().map(|reason| reason.as_str()))
}

/// An identifier that is shown, after it was written down who saw it and what for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RevealTaken {
    /// Under which it is written.
    id: Uuid,
    /// The identifier as its court wrote it.
    #[schema(example = "999991103")]
    value: String,
}

impl From<Row> for FieldDetail {
    fn from(row: Row) -> Self {
        let [normalised_a, normalised_b] = row.normalised;
        let (level, detail, millibits) =
            row.evidence.map_or((None, None, None), |found| (Some(found.level), found.detail, found.millibits));
        let field = row.field.code().to_owned();
        let rarity_millibits = row.rarity;
        Self { field, a: row.a, b: row.b, normalised_a, normalised_b, level, detail, millibits, rarity_millibits }
    }
}

impl From<Weighing> for WeighingDetail {
    fn from(weighing: Weighing) -> Self {
        let (from_in_hundred, to_in_hundred) = weighing.in_hundred();
        let limits = weighing.limits;
        Self {
            steps: weighing.steps.into_iter().map(StepDetail::from).collect(),
            total: weighing.total,
            from_in_hundred,
            to_in_hundred,
            possible: limits.as_ref().map(|limits| limits.possible),
            certain: limits.as_ref().map(|limits| limits.certain),
            gate: limits.and_then(|limits| limits.gate),
        }
    }
}

impl From<Step> for StepDetail {
    fn from(step: Step) -> Self {
        let (of, field) = match step.of {
            Of::Prior => ("prior", None),
            Of::Field(evidence) => ("field", Some(evidence.field)),
            Of::Rarity(field) => ("rarity", Some(field)),
            Of::Household => ("household", None),
            Of::Family => ("family", None),
            Of::Rest => ("rest", None),
        };
        Self { of, field, millibits: step.bits, sum: step.sum }
    }
}

impl From<RecordSide> for Side {
    fn from(side: RecordSide) -> Self {
        match side {
            RecordSide::First => Self::First,
            RecordSide::Second => Self::Second,
        }
    }
}

impl From<NewReveal> for Wish {
    fn from(new: NewReveal) -> Self {
        Self { side: new.record.into(), identifier: new.identifier, reason: new.reason }
    }
}

impl From<Revealed> for RevealTaken {
    fn from(revealed: Revealed) -> Self {
        Self { id: revealed.id.uuid(), value: revealed.value.reveal().clone() }
    }
}
