//! Who is who, and which cases belong together. Written by `linker` alone.

mod answers;
mod matters;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use answers::{ConsequencesForeseen, GroupWeighed, LinkBecomes, LinkForeseen, Notices, PairTotal, PairWeighed};
pub use matters::{MatterDissolved, MatterFormed, Passage, Step, ends_beside};

use super::{Author, Authored, Subject};
use crate::decision::{Tag, Tags};
use crate::ids::{CaseId, FactId, LinkId, MatchId, Pair, PartyId, PersonId, ProposalId};
use crate::role::Role;
use crate::violence::view::LinkBasis;

/// A fact about identities or links.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum LinkerFact {
    /// Two or more party records are certainly one person. The newest such fact about a person replaces the one before.
    PersonCertain(PersonCertain),
    /// What was taken for one person no longer is: its records stand alone.
    PersonDissolved(PersonDissolved),
    /// Two persons turned out to be one: the one id is no more, and leads to the other.
    PersonsMerged(PersonsMerged),
    /// Records that were taken for one person are of several.
    PersonSplit(PersonSplit),
    /// Two party records may be one person: a steward is asked.
    MatchPossible(Question),
    /// Two party records share an identifier and contradict each other: a steward is asked, nothing is linked on it.
    ConflictFound(Question),
    /// A question no longer needs an answer.
    QuestionWithdrawn(QuestionWithdrawn),
    /// What every two records of a group weigh together, as the desk asked.
    GroupWeighed(GroupWeighed),
    /// Two cases concern the same person in roles that link.
    CasesLinked(CasesLinked),
    /// The persons or the strength of a link changed.
    LinkChanged(CasesLinked),
    /// Two cases no longer share a person in roles that link.
    LinkWithdrawn(LinkWithdrawn),
    /// Two or more cases are one matter: an appeal and what it is against, cases that were joined, a case and where it was
    /// referred to. The newest such fact about a matter replaces the one before.
    MatterFormed(MatterFormed),
    /// What was one matter no longer is.
    MatterDissolved(MatterDissolved),
    /// What would follow from a ruling that a steward proposed, decided as if it had been given.
    ConsequencesForeseen(ConsequencesForeseen),
    /// An operator proposes to decide by another model, or under another policy.
    ModelProposed(ModelProposed),
    /// Another operator approved: from here on it is decided by it. What was decided before keeps its own model and evidence.
    ModelActivated(ModelActivated),
    /// A proposal was rejected, or taken back.
    ProposalRejected(ProposalRejected),
}

/// A party record and its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Member {
    /// The party's record.
    pub party: PartyId,
    /// The case it stands in.
    pub case: CaseId,
}

/// See [`LinkerFact::PersonCertain`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonCertain {
    /// The person.
    pub person: PersonId,
    /// All records of the person.
    pub members: BTreeSet<Member>,
    /// Records that were the person's before this fact and are not any more.
    pub former: BTreeSet<Member>,
    /// Why, pair by pair.
    pub evidence: Vec<PairEvidence>,
    /// The matching model that decided.
    pub model: String,
}

/// See [`LinkerFact::PersonDissolved`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonDissolved {
    /// The person that is no more.
    pub person: PersonId,
    /// The records that were taken for it.
    pub former: BTreeSet<Member>,
    /// The rulings that its records are not of one person, if any; earlier facts named none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rulings: BTreeSet<FactId>,
    /// The matching model that decided.
    pub model: String,
}

/// See [`LinkerFact::PersonsMerged`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonsMerged {
    /// The person that is no more.
    pub person: PersonId,
    /// The person that it turned out to be.
    pub into: PersonId,
    /// The records that were its own.
    pub former: BTreeSet<Member>,
    /// Why: the pairs that lead from its records to the others.
    pub evidence: Vec<PairEvidence>,
    /// The matching model that decided.
    pub model: String,
}

/// See [`LinkerFact::PersonSplit`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonSplit {
    /// The person.
    pub person: PersonId,
    /// The persons that its records are part of now; it is among them if it goes on.
    pub into: BTreeSet<PersonId>,
    /// The records that were its own.
    pub former: BTreeSet<Member>,
    /// The rulings that its records are not of one person, if any.
    pub rulings: BTreeSet<FactId>,
    /// The matching model that decided.
    pub model: String,
}

/// What two records have in common and what not. Holds codes only: the values stay sealed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PairEvidence {
    /// The two records.
    pub pair: Pair<PartyId>,
    /// The rule that decided, such as `number-birth-name` or `ruling`.
    pub rule: String,
    /// Field by field: how far the values agree, such as (`birth-date`, `equal`).
    pub fields: Vec<FieldEvidence>,
    /// The steward's ruling it rests on, if any.
    pub ruling: Option<FactId>,
    /// The odds that the two are one person, in thousandths of a bit. Earlier models had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub millibits: Option<i32>,
}

impl PairEvidence {
    /// Whether it rests on a number that only one person has. Earlier models called the rule by the name of the number.
    pub fn rests_on_number(&self) -> bool {
        self.rule.starts_with("number-") || self.rule.starts_with("bsn-")
    }
}

/// How far two records agree in one field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FieldEvidence {
    /// The field: `bsn`, `birth-date`, `surname`, `given-names`.
    pub field: String,
    /// The level: `equal`, `compatible` (it speaks for one person all the same), `different`, `missing`.
    pub level: String,
    /// The level in the model's own words, such as `spelled-alike` or `day-month-swapped`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What the level weighs against two strangers, in thousandths of a bit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub millibits: Option<i32>,
}

/// A question to a steward about two party records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub question: MatchId,
    /// The two records, the smaller first.
    pub pair: Pair<PartyId>,
    /// Their cases, in the same order as the records.
    pub cases: (CaseId, CaseId),
    /// Why it is asked.
    pub evidence: PairEvidence,
    /// The matching model that asks.
    pub model: String,
    /// How its odds were summed up. Earlier questions did not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighed: Option<Weighed>,
}

/// What the odds of two records were summed up from beside what each field weighs ([`FieldEvidence::millibits`]), and what they
/// were held against. Thousandths of a bit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// The odds before anything is compared, against two strangers.
    pub prior: i32,
    /// By field: what the frequency of a shared value adds, or takes off where many have it.
    pub rarity: BTreeMap<String, i32>,
    /// What it takes off that two of one household would agree as well.
    pub household: i32,
    /// What co-parties add.
    pub family: i32,
    /// From here on certain, through the gate.
    pub certain: i32,
    /// From here on asked.
    pub possible: i32,
    /// What speaks at the gate: the code of a rule that lets the two pass, of a veto, of a contradiction, or of the first
    /// condition that fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
}

/// See [`LinkerFact::QuestionWithdrawn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionWithdrawn {
    /// The question.
    pub question: MatchId,
    /// The two records.
    pub pair: Pair<PartyId>,
    /// Why it is no longer asked.
    pub because: WhyWithdrawn,
}

/// Why a question is no longer asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyWithdrawn {
    /// A steward ruled.
    Ruled,
    /// The records changed, so that there is nothing left to ask.
    EvidenceChanged,
    /// Another question now asks the same of the same two groups of records.
    Superseded,
    /// The two records are certainly one person by now.
    Joined,
}

/// A person who stands in both linked cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkedPerson {
    /// The person.
    pub person: PersonId,
    /// Its records in the link's first case.
    pub in_a: BTreeSet<PartyId>,
    /// Its records in the link's second case.
    pub in_b: BTreeSet<PartyId>,
    /// By the rules alone, or on a steward's word.
    pub basis: LinkBasis,
    /// The roles of those records in the first case. Earlier facts did not tell.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles_in_a: BTreeSet<Role>,
    /// The roles of those records in the second case.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles_in_b: BTreeSet<Role>,
}

/// See [`LinkerFact::CasesLinked`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CasesLinked {
    /// The link.
    pub link: LinkId,
    /// The two cases.
    pub cases: Pair<CaseId>,
    /// The persons they share.
    pub persons: BTreeSet<LinkedPerson>,
}

/// See [`LinkerFact::LinkWithdrawn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkWithdrawn {
    /// The link.
    pub link: LinkId,
    /// The two cases.
    pub cases: Pair<CaseId>,
    /// Why; earlier facts knew one reason only.
    #[serde(default)]
    pub because: WhyUnlinked,
    /// By whom they were linked until now, and in which roles; earlier facts did not say.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub persons: BTreeSet<LinkedPerson>,
    /// The rulings by which those persons are not one any more, if any.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rulings: BTreeSet<FactId>,
}

/// Why two cases are not linked any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyUnlinked {
    /// Who was taken for one person is not.
    #[default]
    NotOnePerson,
    /// The person has no part in one of the cases any more, or none that links.
    PartyLeft,
    /// One of the cases was withdrawn.
    CaseWithdrawn,
    /// They are one matter.
    OneMatter,
}

/// See [`LinkerFact::ModelProposed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelProposed {
    /// The proposal.
    pub proposal: ProposalId,
    /// The ids of model and policy, as they stand with every decision taken by them.
    pub engine: String,
    /// The policy's code: what is taken for certain without asking anybody.
    pub policy: String,
    /// The model's own words, sealed: they count how often names occur.
    pub model: String,
    /// Who proposed it.
    pub by: Subject,
}

/// See [`LinkerFact::ModelActivated`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelActivated {
    /// The proposal.
    pub proposal: ProposalId,
    /// The ids of model and policy.
    pub engine: String,
    /// Who approved it.
    pub by: Subject,
}

/// See [`LinkerFact::ProposalRejected`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalRejected {
    /// The proposal.
    pub proposal: ProposalId,
    /// Who rejected it.
    pub by: Subject,
}

impl LinkerFact {
    /// The person that is no more from this fact on, if any.
    pub fn ends(&self) -> Option<PersonId> {
        match self {
            Self::PersonDissolved(f) => Some(f.person),
            Self::PersonsMerged(f) => Some(f.person),
            Self::PersonSplit(f) => (!f.into.contains(&f.person)).then_some(f.person),
            _ => None,
        }
    }

    /// The records that it says something about as part of a person, now or before.
    pub fn members(&self) -> Vec<Member> {
        match self {
            Self::PersonCertain(f) => f.members.union(&f.former).copied().collect(),
            Self::PersonDissolved(PersonDissolved { former, .. })
            | Self::PersonsMerged(PersonsMerged { former, .. })
            | Self::PersonSplit(PersonSplit { former, .. }) => former.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// The two records that it asks about, or does no longer.
    pub const fn pair(&self) -> Option<Pair<PartyId>> {
        match self {
            Self::MatchPossible(f) | Self::ConflictFound(f) => Some(f.pair),
            Self::QuestionWithdrawn(f) => Some(f.pair),
            _ => None,
        }
    }

    /// The cases that are, or were, of the matter it is about; none where it is about no matter.
    pub fn cases_of_matter(&self) -> BTreeSet<CaseId> {
        match self {
            Self::MatterFormed(f) => f.cases.union(&f.former).copied().collect(),
            Self::MatterDissolved(f) => f.former.clone(),
            _ => BTreeSet::new(),
        }
    }
}

impl Authored for LinkerFact {
    const AUTHOR: Author = Author::Linker;

    fn tags(&self) -> Tags {
        match self {
            Self::PersonCertain(_) | Self::PersonDissolved(_) | Self::PersonsMerged(_) | Self::PersonSplit(_) => {
                self.members().into_iter().flat_map(|member| [member.party.into(), member.case.into()]).collect()
            }
            Self::MatchPossible(f) | Self::ConflictFound(f) => {
                Tags::from([f.question.into(), f.pair.a.into(), f.pair.b.into()])
            }
            Self::QuestionWithdrawn(f) => Tags::from([f.question.into(), f.pair.a.into(), f.pair.b.into()]),
            Self::ConsequencesForeseen(f) => Tags::from([f.question.into()]),
            Self::GroupWeighed(f) => Tags::from([f.question.into()]),
            Self::CasesLinked(f) | Self::LinkChanged(f) => Tags::from([f.cases.a.into(), f.cases.b.into()]),
            Self::LinkWithdrawn(f) => Tags::from([f.cases.a.into(), f.cases.b.into()]),
            Self::MatterFormed(_) | Self::MatterDissolved(_) => {
                self.cases_of_matter().into_iter().map(Into::into).collect()
            }
            Self::ModelProposed(_) | Self::ModelActivated(_) | Self::ProposalRejected(_) => Tags::from([Tag::models()]),
        }
    }
}
