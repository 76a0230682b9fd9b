//! A group with all its records, and how it is parted.

use domain::fact::linker::PairEvidence;
use domain::fact::steward::RulingReason;
use domain::ids::{Pair, PartyId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::compared::RecordSide;
use super::records::RecordDetail;
use crate::group::{Group, Grouped};
use crate::record::{Field, Person};

/// The person that both records of a question are of for certain, with all its records.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GroupDetail {
    /// The question on which it was opened.
    question: Uuid,
    /// Its records: first the two of the question.
    records: Vec<GroupedRecord>,
    /// What holds it together, the weakest first.
    links: Vec<LinkDetail>,
    /// What every two of its records weigh together; missing while nobody asked since the group is as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    totals: Option<Vec<TotalDetail>>,
    /// The records that the cut through the weakest link would move out.
    at_weakest: Vec<Uuid>,
}

/// A record of a group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupedRecord {
    /// The record.
    id: Uuid,
    /// Its part in its case.
    record: RecordDetail,
    /// What it says, as a steward may see it: identifiers are masked.
    fields: Vec<GroupedField>,
}

/// A field of one record.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct GroupedField {
    /// The field.
    #[schema(example = "surname")]
    field: String,
    /// What the record says.
    #[schema(example = "Jansen")]
    value: String,
}

/// Two records by which a group hangs together.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LinkDetail {
    /// The two records.
    records: [Uuid; 2],
    /// The rule by which they are one person.
    #[schema(example = "number-birth-name")]
    rule: String,
    /// The odds that they are, in thousandths of a bit.
    #[serde(skip_serializing_if = "Option::is_none")]
    millibits: Option<i32>,
    /// Whether a steward ruled it.
    ruled: bool,
}

/// What two records weigh together.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TotalDetail {
    /// The two records.
    records: [Uuid; 2],
    /// The odds that they are one person, in thousandths of a bit.
    #[schema(example = 14200)]
    millibits: i32,
}

/// How a group is to be parted.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewSplit {
    /// The records that are moved out; all others of the group stay together.
    pub(crate) moved: Vec<Uuid>,
    /// On what ground.
    #[schema(schema_with = super::reasons)]
    pub(crate) reason: RulingReason,
    /// In the steward's own words, at most 2000 characters; stored sealed. Required where an earlier ruling is overridden.
    #[schema(example = "Father and son: the file has both.", max_length = 2000)]
    pub(crate) note: Option<String>,
}

/// A split was taken back.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SplitTaken {
    /// Under which this is written.
    pub(crate) id: Uuid,
}

/// Whose person may not be one.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewSuspicion {
    /// The person that this record of the question is of.
    pub(crate) record: RecordSide,
}

/// What is asked of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SuspicionTaken {
    /// The question.
    pub(crate) question: Uuid,
}

const fn both(pair: Pair<PartyId>) -> [Uuid; 2] {
    [pair.a.uuid(), pair.b.uuid()]
}

impl From<Group> for GroupDetail {
    fn from(group: Group) -> Self {
        let total = |(pair, millibits): (Pair<PartyId>, i32)| TotalDetail { records: both(pair), millibits };
        let moved = group.at_weakest.into_iter().flat_map(|cut| cut.moved);
        Self {
            question: group.standing.asked.question.uuid(),
            records: group.records.into_iter().map(GroupedRecord::from).collect(),
            links: group.links.into_iter().map(LinkDetail::from).collect(),
            totals: group.totals.map(|totals| totals.into_iter().map(total).collect()),
            at_weakest: moved.map(PartyId::uuid).collect(),
        }
    }
}

impl From<PairEvidence> for LinkDetail {
    fn from(evidence: PairEvidence) -> Self {
        let (records, ruled) = (both(evidence.pair), evidence.ruling.is_some());
        Self { records, rule: evidence.rule, millibits: evidence.millibits, ruled }
    }
}

impl From<Grouped> for GroupedRecord {
    fn from(grouped: Grouped) -> Self {
        let shown = |field: Field| match &grouped.record.person {
            Person::Known(details) => field.shown(details),
            Person::Erased | Person::Untold => None,
        };
        let field = |field: Field| Some(GroupedField { field: field.code().to_owned(), value: shown(field)? });
        let fields = Field::ALL.into_iter().filter_map(field).collect();
        Self { id: grouped.party.uuid(), record: grouped.record.into(), fields }
    }
}
