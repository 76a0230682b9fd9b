//! Who is who, and which cases belong together. Written by `linker` alone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Author, Authored};
use crate::decision::Tags;
use crate::ids::{CaseId, FactId, LinkId, MatchId, Pair, PartyId, PersonId};
use crate::violence::view::LinkBasis;

/// A fact about identities or links.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum LinkerFact {
    /// Two or more party records are certainly one person. The newest such fact about a person replaces the one before.
    PersonCertain(PersonCertain),
    /// What was taken for one person no longer is.
    PersonDissolved(PersonDissolved),
    /// Two party records may be one person: a steward is asked.
    MatchPossible(Question),
    /// Two party records share an identifier and contradict each other: a steward is asked, nothing is linked on it.
    ConflictFound(Question),
    /// A question no longer needs an answer.
    QuestionWithdrawn(QuestionWithdrawn),
    /// Two cases concern the same person in roles that link.
    CasesLinked(CasesLinked),
    /// The persons or the strength of a link changed.
    LinkChanged(CasesLinked),
    /// Two cases no longer share a person.
    LinkWithdrawn(LinkWithdrawn),
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
}

impl Authored for LinkerFact {
    const AUTHOR: Author = Author::Linker;

    fn tags(&self) -> Tags {
        fn of_members(members: &BTreeSet<Member>, tags: &mut Tags) {
            for member in members {
                tags.insert(member.party.into());
                tags.insert(member.case.into());
            }
        }
        let mut tags = Tags::new();
        match self {
            Self::PersonCertain(f) => {
                of_members(&f.members, &mut tags);
                of_members(&f.former, &mut tags);
            }
            Self::PersonDissolved(f) => of_members(&f.former, &mut tags),
            Self::MatchPossible(f) | Self::ConflictFound(f) => {
                tags.extend([f.question.into(), f.pair.a.into(), f.pair.b.into()]);
            }
            Self::QuestionWithdrawn(f) => {
                tags.extend([f.question.into(), f.pair.a.into(), f.pair.b.into()]);
            }
            Self::CasesLinked(f) | Self::LinkChanged(f) => {
                tags.extend([f.cases.a.into(), f.cases.b.into()]);
            }
            Self::LinkWithdrawn(f) => tags.extend([f.cases.a.into(), f.cases.b.into()]),
        }
        tags
    }
}
