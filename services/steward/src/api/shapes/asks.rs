//! What is asked of a court about a record, and how it stands.

use domain::decisions::ask_source::AskState;
use domain::fact::steward::{AskedField, SourceAsked};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, ArrayBuilder};
use uuid::Uuid;
use web::openapi::word;

use super::compared::RecordSide;
use crate::asks::Wish;

/// What a court is to look up.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewAsk {
    /// About which record.
    record: RecordSide,
    /// What is doubted.
    #[schema(schema_with = asked_fields)]
    fields: Vec<AskedField>,
    /// The last day for an answer, within 65 working days; ten working days from now when left out.
    #[serde(default)]
    answer_by: Option<Date>,
}

/// The fields that can be doubted.
fn asked_fields() -> Array {
    let field = word("A field.", AskedField::ALL.iter().map(|field| field.as_str()));
    ArrayBuilder::new().description(Some("What is doubted.")).items(field).min_items(Some(1)).build()
}

/// That a court is asked.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AskTaken {
    /// Under which the court is asked.
    pub(crate) request: Uuid,
    /// The last day on which an answer is in time.
    pub(crate) answer_by: Date,
}

/// What a court was asked, and how that stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AskDetail {
    /// Under which the court was asked.
    request: Uuid,
    /// The court, by its ECLI code.
    #[schema(example = "RBROT")]
    court: String,
    /// What was doubted.
    #[schema(example = json!(["birth-date"]))]
    fields: Vec<String>,
    /// When it was asked.
    on: Date,
    /// The last day on which an answer is in time.
    answer_by: Date,
    /// `waits`, `late`, `corrected` or `confirmed`.
    #[schema(example = "waits")]
    state: String,
}

impl From<NewAsk> for Wish {
    fn from(new: NewAsk) -> Self {
        Self { side: new.record.into(), fields: new.fields.into_iter().collect(), answer_by: new.answer_by }
    }
}

impl From<&(SourceAsked, AskState)> for AskDetail {
    fn from((asked, state): &(SourceAsked, AskState)) -> Self {
        Self {
            request: asked.request.uuid(),
            court: asked.court.code().to_owned(),
            fields: asked.fields.iter().map(|field| field.as_str().to_owned()).collect(),
            on: asked.on,
            answer_by: asked.answer_by,
            state: state.as_str().to_owned(),
        }
    }
}
