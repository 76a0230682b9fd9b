//! The shapes of the API on the wire, and how they follow from what the desk knows. They never leave `api`.

mod asks;
mod compared;
mod groups;
mod proposals;
mod records;

use asks::AskDetail;
pub(super) use asks::{AskTaken, NewAsk};
use compared::{FieldDetail, WeighingDetail};
pub(super) use compared::{NewReveal, RevealTaken};
pub(super) use groups::{GroupDetail, NewSplit, NewSuspicion, SplitTaken, SuspicionTaken};
pub(super) use proposals::{NewProposal, ProposalDetail, ProposalTaken};
use records::{OtherRecord, RecordDetail};

use domain::decisions::task::WhyTwo;
use domain::fact::Subject;
use domain::fact::linker::FieldEvidence;
use domain::fact::steward::RulingReason;
use domain::ids::FactId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::Object;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use web::openapi::word;

use crate::desk::{Comparison, Ruled, is_soon};
use crate::queue::{CaseCard, Entry};
use crate::standing::{Kind, Status, because};
use crate::weighing::Weighing;

/// Why a question is asked.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum QuestionKind {
    /// The two records may be one person.
    Possible,
    /// The two records share an identifier and contradict each other.
    Conflict,
    /// The two records are taken for one person, and a judge doubts it, or a steward who looked at it anew.
    Doubted,
    /// The two records are taken for one person, by a link that holds it together badly.
    Split,
}

/// Whether a question waits for an answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum QuestionStatus {
    /// It waits.
    Open,
    /// A steward ruled; a later ruling can still take the place of this one.
    Ruled,
    /// It is no longer asked.
    Withdrawn,
}

/// Which part of the queue.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct QueueQuery {
    /// Only questions of this kind.
    pub(super) kind: Option<QuestionKind>,
    /// Only questions that stand so; `open` when left out.
    pub(super) status: Option<QuestionStatus>,
    /// Only questions with a record of this court, by its ECLI code, or of what it has of one jurisdiction.
    #[param(example = "RBROT/family", pattern = "^[A-Za-z0-9/-]{1,40}$")]
    pub(super) pool: Option<String>,
    /// Where to go on: `next` of the page before.
    #[param(pattern = "^[0-9a-f]{64}$")]
    pub(super) cursor: Option<String>,
    /// How many questions at most, 1 to 100; 50 when left out.
    #[param(minimum = 1, maximum = 100)]
    pub(super) limit: Option<u32>,
}

/// A page of the queue: the question with the earliest hearing first, then the one that has waited longest.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuestionPage {
    /// The questions.
    pub(super) questions: Vec<QuestionEntry>,
    /// Where the next page begins; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

/// A question in the queue. Who the records are about is shown only where it is opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuestionEntry {
    /// The question.
    id: Uuid,
    /// Why it is asked.
    kind: QuestionKind,
    /// Whether it waits for an answer.
    status: QuestionStatus,
    /// The rule that asks.
    #[schema(example = "name-birth")]
    rule: String,
    /// Field by field how far the records agree.
    fields: Vec<FieldLevel>,
    /// The cases of the first and the second record; null where the court has not told of the registration yet.
    cases: Vec<Option<CaseEntry>>,
    /// The first hearing from today on in any case in which either person stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest_hearing: Option<Date>,
    /// Since when it has been asked.
    opened_at: Timestamp,
    /// Why it is no longer asked: `ruled`, `evidence-changed`, `superseded` or `joined`.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_because: Option<String>,
    /// In how many cases the two persons stand for certain.
    #[schema(example = 3)]
    cases_concerned: u32,
    /// Who has it in hand.
    in_hand: InHand,
    /// How many stewards said what they think while it is no ruling. Where one may decide alone that somebody spoke is not told to who
    /// did not: nobody is to know that another could not tell.
    opinions: usize,
    /// Whether the caller did: it is for others then.
    spoken: bool,
    /// Why two must agree: `veto`, `confirmed-groups`, `many-cases`, `hearing-soon` or `reversal`; empty where one
    /// may decide alone.
    #[schema(example = json!(["many-cases"]))]
    two_because: Vec<String>,
    /// Where a court was asked about a record: `waits`, `late` or `answered`.
    #[schema(example = "waits")]
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Until when its answer is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_until: Option<Date>,
}

/// Who has a question in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum InHand {
    /// Nobody.
    Nobody,
    /// The caller.
    Caller,
    /// Another steward: who is not told.
    Another,
}

/// How far two records agree in one field.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FieldLevel {
    /// The field.
    #[schema(example = "birth-date")]
    field: String,
    /// `equal`, `compatible`, `different` or `missing`.
    #[schema(example = "equal")]
    level: String,
    /// The level in the matching model's own words.
    #[schema(example = "day-month-swapped")]
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What the level weighs against two strangers, in thousandths of a bit.
    #[schema(example = 7400)]
    #[serde(skip_serializing_if = "Option::is_none")]
    millibits: Option<i32>,
}

/// Where a case runs and when it is heard.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CaseEntry {
    /// The court, by its ECLI code.
    #[schema(example = "RBROT")]
    court: String,
    /// `family`, `youth` or `criminal`.
    jurisdiction: String,
    /// The kind of proceeding.
    #[schema(example = "contact-arrangement")]
    kind: String,
    /// The first hearing from today on.
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest_hearing: Option<Date>,
}

/// A question with its two records side by side.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct QuestionDetail {
    /// The question.
    id: Uuid,
    /// Why it is asked.
    kind: QuestionKind,
    /// Whether it waits for an answer.
    status: QuestionStatus,
    /// The rule that asks.
    #[schema(example = "name-birth")]
    rule: String,
    /// Since when it has been asked.
    opened_at: Timestamp,
    /// When anything was last said about it, but for opinions.
    changed_at: Timestamp,
    /// Why it is no longer asked: `ruled`, `evidence-changed`, `superseded` or `joined`.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_because: Option<String>,
    /// Whether a judge doubts that the two are one person; which, and why, is not told.
    doubted: bool,
    /// The first and the second record.
    records: Vec<RecordDetail>,
    /// The other records of the persons that the first and the second are of.
    others: Vec<Vec<OtherRecord>>,
    /// What was asked of the courts that told of the records, the oldest first.
    source_questions: Vec<AskDetail>,
    /// What they say, field by field.
    fields: Vec<FieldDetail>,
    /// How the odds were summed up; missing where the model that asked had no weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    weighing: Option<WeighingDetail>,
    /// Every ruling, the newest last; of those that were not taken back that one holds.
    rulings: Vec<RulingDetail>,
    /// Who has it in hand.
    in_hand: InHand,
    /// Until when the caller has it in hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_until: Option<Timestamp>,
    /// How many stewards said what they think while it is no ruling. Where one may decide alone that somebody spoke is not told to who
    /// did not: nobody is to know that another could not tell.
    opinions: usize,
    /// Whether the caller did: it is for others then.
    spoken: bool,
    /// Why two must agree: `veto`, `confirmed-groups`, `many-cases`, `hearing-soon` or `reversal`; empty where one
    /// may decide alone.
    #[schema(example = json!(["veto"]))]
    two_because: Vec<String>,
    /// The ruling in force, where the caller may still take it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawable_ruling: Option<Uuid>,
    /// The split of the whole group, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawable_split: Option<Uuid>,
    /// How many records the person has that both are of for certain; 0 where they are not of one.
    #[schema(example = 0)]
    group_records: usize,
}

/// A ruling that was given.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RulingDetail {
    /// The ruling.
    id: Uuid,
    /// Whether the two records are one person.
    same: bool,
    /// On what ground.
    reason: String,
    /// In the steward's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Who ruled, as the identity provider names them; two, where two had to agree.
    by: Vec<String>,
    /// When.
    at: Timestamp,
    /// Whether it was taken back.
    withdrawn: bool,
}

/// The grounds of a ruling.
pub(super) fn reasons() -> Object {
    word("On what ground.", RulingReason::ALL.iter().map(|reason| reason.as_str()))
}

/// What a steward rules.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewRuling {
    /// Whether the two records are one person.
    #[schema(example = true)]
    pub(super) same: bool,
    /// On what ground.
    #[schema(schema_with = reasons)]
    pub(super) reason: RulingReason,
    /// In the steward's own words, at most 2000 characters; stored sealed. Required where a contradiction, a veto or an earlier
    /// ruling is overridden.
    #[schema(example = "The court's file has a copy of the passport.", max_length = 2000)]
    pub(super) note: Option<String>,
}

/// Why a steward cannot tell.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewEscalation {
    /// In the steward's own words, at most 2000 characters; stored sealed.
    #[schema(example = "Neither record has a number, and the file is at another court.", max_length = 2000)]
    pub(super) note: Option<String>,
}

/// What a steward's word is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Worth {
    /// It is in force.
    InForce,
    /// Another steward must speak first.
    Waits,
}

/// What became of a steward's word.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RulingTaken {
    /// The ruling that is in force, or the opinion.
    pub(super) id: Uuid,
    /// What it is worth.
    pub(super) worth: Worth,
}

/// A ruling was taken back.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RulingWithdrawn {
    /// Under which this is written.
    pub(super) id: Uuid,
}

/// A question in the caller's hand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TaskClaimed {
    /// The question.
    pub(super) question: Uuid,
    /// Until when.
    pub(super) until: Timestamp,
}

/// How long a question is in the caller's hand.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Claimed {
    /// Until when.
    pub(super) until: Timestamp,
}

/// Until when a question is set aside.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct NewDeferral {
    /// Until when, within fourteen days; an hour from now when left out.
    pub(super) until: Option<Timestamp>,
}

impl From<QuestionKind> for Kind {
    fn from(kind: QuestionKind) -> Self {
        match kind {
            QuestionKind::Possible => Self::Possible,
            QuestionKind::Conflict => Self::Conflict,
            QuestionKind::Doubted => Self::Doubted,
            QuestionKind::Split => Self::Split,
        }
    }
}

impl From<Kind> for QuestionKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Possible => Self::Possible,
            Kind::Conflict => Self::Conflict,
            Kind::Doubted => Self::Doubted,
            Kind::Split => Self::Split,
        }
    }
}

impl From<QuestionStatus> for Status {
    fn from(status: QuestionStatus) -> Self {
        match status {
            QuestionStatus::Open => Self::Open,
            QuestionStatus::Ruled => Self::Ruled,
            QuestionStatus::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<Status> for QuestionStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Ruled => Self::Ruled,
            Status::Withdrawn => Self::Withdrawn,
        }
    }
}

impl QuestionEntry {
    /// A question as one steward may see it.
    pub(super) fn seen_by(by: &Subject, entry: Entry, today: Date) -> Self {
        let opinions = entry.spoken_as_told(by, today);
        let soon = is_soon(entry.hearing, today).then(|| WhyTwo::HearingSoon.as_str().to_owned());
        let in_hand = match &entry.claimed_by {
            None => InHand::Nobody,
            Some(claimed) if claimed == by.as_str() => InHand::Caller,
            Some(_) => InHand::Another,
        };
        let source = entry.source(today).map(str::to_owned);
        let level = |FieldEvidence { field, level, detail, millibits }| FieldLevel { field, level, detail, millibits };
        Self {
            id: entry.question.uuid(),
            kind: entry.kind.into(),
            status: entry.status.into(),
            rule: entry.rule,
            fields: entry.fields.into_iter().map(level).collect(),
            cases: entry.cases.iter().map(|case| case.as_ref().map(CaseEntry::from)).collect(),
            earliest_hearing: entry.hearing,
            opened_at: entry.opened_at,
            withdrawn_because: entry.withdrawn,
            cases_concerned: entry.concerned,
            in_hand,
            opinions,
            spoken: entry.spoken.iter().any(|spoken| spoken == by.as_str()),
            two_because: entry.why_two.into_iter().chain(soon).collect(),
            source,
            waits_until: entry.waits_until,
        }
    }
}

impl From<&CaseCard> for CaseEntry {
    fn from(case: &CaseCard) -> Self {
        Self {
            court: case.court.code().to_owned(),
            jurisdiction: case.jurisdiction.as_str().to_owned(),
            kind: case.kind.code().to_owned(),
            earliest_hearing: case.hearing,
        }
    }
}

impl From<Comparison> for QuestionDetail {
    fn from(comparison: Comparison) -> Self {
        let fields = comparison.rows().into_iter().map(FieldDetail::from).collect();
        let weighing = Weighing::of(&comparison.standing.asked).map(WeighingDetail::from);
        let Comparison { standing, records, others, asks, rulings, hand, .. } = comparison;
        Self {
            id: standing.asked.question.uuid(),
            kind: standing.kind.into(),
            status: standing.status.into(),
            opened_at: standing.opened_at,
            changed_at: standing.changed_at,
            withdrawn_because: standing.withdrawn.map(|why| because(why).to_owned()),
            rule: standing.asked.evidence.rule,
            doubted: !standing.task.doubts.is_empty(),
            records: records.into_iter().map(RecordDetail::from).collect(),
            source_questions: asks.iter().map(AskDetail::from).collect(),
            others: others.iter().map(|others| others.iter().map(OtherRecord::from).collect()).collect(),
            fields,
            weighing,
            rulings: rulings.into_iter().map(RulingDetail::from).collect(),
            in_hand: match (hand.mine_until, hand.is_anothers) {
                (Some(_), _) => InHand::Caller,
                (None, true) => InHand::Another,
                (None, false) => InHand::Nobody,
            },
            claimed_until: hand.mine_until,
            opinions: hand.spoken,
            spoken: hand.has_spoken,
            two_because: hand.why_two.into_iter().map(|why| why.as_str().to_owned()).collect(),
            withdrawable_ruling: hand.may_undo.map(FactId::uuid),
            withdrawable_split: hand.may_rejoin.map(FactId::uuid),
            group_records: standing.task.together().map_or(0, |person| person.members.len()),
        }
    }
}

impl From<Ruled> for RulingDetail {
    fn from(ruled: Ruled) -> Self {
        Self {
            id: ruled.given.fact.uuid(),
            same: ruled.given.same,
            reason: ruled.given.ruling.reason.as_str().to_owned(),
            note: ruled.note,
            by: ruled.given.by.iter().map(|by| by.as_str().to_owned()).collect(),
            at: ruled.given.at,
            withdrawn: ruled.given.is_undone,
        }
    }
}
