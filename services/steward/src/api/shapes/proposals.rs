//! A ruling that is proposed, and what would follow.

use std::collections::BTreeSet;

use domain::fact::linker::ConsequencesForeseen;
use domain::ids::MatchId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::proposals::{Proposal, becomes};

/// A ruling whose consequences are asked.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewProposal {
    /// Whether the two records would be one person.
    #[schema(example = true)]
    pub(crate) same: bool,
    /// The records that would be moved out of the group that both are of; `same` is false then.
    #[serde(default)]
    pub(crate) moved: Option<Vec<Uuid>>,
}

/// A proposal that was taken.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProposalTaken {
    /// The proposal.
    pub(crate) id: Uuid,
}

/// A proposal, and what would follow.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProposalDetail {
    /// The proposal.
    id: Uuid,
    /// Whether the two records would be one person.
    same: bool,
    /// The records that would be moved out of their group, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<Vec<Uuid>>,
    /// What would follow; missing while that is being found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    consequences: Option<Consequences>,
}

/// What would follow from a ruling, decided as if it had been given.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Consequences {
    /// The persons that would hold other records than today.
    persons: Vec<PersonForeseen>,
    /// The persons that would be no more.
    ended: Vec<Uuid>,
    /// The links that would come, change or go.
    links: Vec<LinkForeseenEntry>,
    /// The questions that would be asked.
    asked: Vec<Uuid>,
    /// The other questions that would not be asked any more.
    withdrawn: Vec<Uuid>,
    /// How many notices would go to judges.
    notices: NoticesForeseen,
}

/// A person as it would be.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PersonForeseen {
    /// The person.
    id: Uuid,
    /// How many records it would hold.
    #[schema(example = 3)]
    records: usize,
    /// In which cases.
    cases: Vec<Uuid>,
}

/// What would become of a link between two cases.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LinkForeseenEntry {
    /// The link.
    id: Uuid,
    /// The two cases.
    cases: [Uuid; 2],
    /// `linked`, `changed` or `unlinked`.
    #[schema(example = "linked")]
    becomes: String,
}

/// How many notices would go to judges; what they say is not told.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NoticesForeseen {
    /// New ones.
    #[schema(example = 1)]
    sent: u32,
    /// That an earlier one changed.
    #[schema(example = 0)]
    updated: u32,
    /// That an earlier one no longer stands.
    #[schema(example = 0)]
    withdrawn: u32,
}

impl From<Proposal> for ProposalDetail {
    fn from(proposal: Proposal) -> Self {
        Self {
            id: proposal.id.uuid(),
            same: proposal.same,
            moved: proposal.cut.as_ref().map(|cut| cut.moved.iter().map(|party| party.uuid()).collect()),
            consequences: proposal.foreseen.as_ref().map(Consequences::from),
        }
    }
}

impl From<&ConsequencesForeseen> for Consequences {
    fn from(foreseen: &ConsequencesForeseen) -> Self {
        let persons = foreseen.persons.iter().map(|(id, members)| {
            let cases: BTreeSet<Uuid> = members.iter().map(|member| member.case.uuid()).collect();
            PersonForeseen { id: id.uuid(), records: members.len(), cases: cases.into_iter().collect() }
        });
        let links = foreseen.links.iter().map(|(id, link)| LinkForeseenEntry {
            id: id.uuid(),
            cases: [link.cases.a.uuid(), link.cases.b.uuid()],
            becomes: becomes(link).to_owned(),
        });
        Self {
            persons: persons.collect(),
            ended: foreseen.ended.iter().map(|person| person.uuid()).collect(),
            links: links.collect(),
            asked: foreseen.asked.iter().copied().map(MatchId::uuid).collect(),
            withdrawn: foreseen.withdrawn.iter().copied().map(MatchId::uuid).collect(),
            notices: NoticesForeseen {
                sent: foreseen.notices.sent,
                updated: foreseen.notices.updated,
                withdrawn: foreseen.notices.withdrawn,
            },
        }
    }
}
