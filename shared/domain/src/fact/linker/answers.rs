//! What the linker answers the desk: what would follow from a ruling, and what the records of a group weigh together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Member, PairEvidence, Weighed};
use crate::ids::{CaseId, FactId, LinkId, MatchId, Pair, PartyId, PersonId};

/// See [`super::LinkerFact::ConsequencesForeseen`]. Says how much and between which cases, never what a judge would read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsequencesForeseen {
    /// The proposal.
    pub proposal: FactId,
    /// The question it is about.
    pub question: MatchId,
    /// Persons that would hold other records than today, with all that they would hold.
    pub persons: BTreeMap<PersonId, BTreeSet<Member>>,
    /// Persons that would be no more.
    pub ended: BTreeSet<PersonId>,
    /// Links that would come, change or go.
    pub links: BTreeMap<LinkId, LinkForeseen>,
    /// Questions that would be asked, this one too if it is not answered by it.
    pub asked: BTreeSet<MatchId>,
    /// Other questions that would not be asked any more.
    pub withdrawn: BTreeSet<MatchId>,
    /// How many judges' notices would go out.
    pub notices: Notices,
    /// The matching model that decided.
    pub model: String,
}

/// What would become of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkForeseen {
    /// The two cases.
    pub cases: Pair<CaseId>,
    /// Whether it would come, change or go.
    pub becomes: LinkBecomes,
}

/// See [`LinkForeseen`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkBecomes {
    /// The cases would be linked.
    Linked,
    /// They are linked, and would be by other persons or more strongly.
    Changed,
    /// They would not be linked any more.
    Unlinked,
}

/// How many notices would go to judges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notices {
    /// New ones.
    pub sent: u32,
    /// That an earlier one changed.
    pub updated: u32,
    /// That an earlier one no longer stands.
    pub withdrawn: u32,
}

/// See [`super::LinkerFact::GroupWeighed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupWeighed {
    /// The fact that asked.
    pub examination: FactId,
    /// The question it is about.
    pub question: MatchId,
    /// Of every two records that can be compared: the odds that they are one person, in thousandths of a bit.
    pub totals: Vec<PairTotal>,
    /// Where the group is of two records: how far they agree and how that is summed up, as if nobody had ruled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<PairWeighed>,
    /// The matching model that weighed.
    pub model: String,
}

/// Two records, weighed by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairWeighed {
    /// How far they agree, field by field.
    pub evidence: PairEvidence,
    /// How the odds are summed up.
    pub weighed: Weighed,
}

/// See [`GroupWeighed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PairTotal {
    /// The two records.
    pub pair: Pair<PartyId>,
    /// The odds that they are one person, in thousandths of a bit.
    pub millibits: i32,
}
