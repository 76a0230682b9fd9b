//! Control questions: pairs of which it is known, or taken for certain, what the answer is, shown to a steward once more as if
//! nothing were known.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Choice, Note, RulingReason};
use crate::fact::Subject;
use crate::fact::linker::Question;
use crate::ids::{EventId, FactId, MatchId, Pair, PartyId};
use crate::sealed::Sealed;

/// What a pair was drawn from. Of each a share of its own is drawn: see [`crate::decisions::control`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stratum {
    /// Pairs on which one steward ruled.
    Ruled,
    /// Pairs on which two stewards ruled alike: the answer counts as known.
    Agreed,
    /// Pairs that the linker calls one person for certain by a number, without a person's word.
    CertainByNumber,
    /// Pairs that the linker calls one person for certain by all the rest, without a person's word.
    CertainOtherwise,
}

/// See [`super::StewardFact::ControlDrawn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ControlDrawn {
    /// What is asked, under an id of its own, as any other question would be: nothing in it tells that more is known.
    pub asked: Question,
    /// The question about the same two records that is asked in earnest.
    pub about: MatchId,
    /// Whether the two contradict each other.
    pub contradicts: bool,
    /// What it was drawn from.
    pub stratum: Stratum,
    /// The ruling in force; nothing where the linker is certain without one.
    pub ruling: Option<FactId>,
    /// What holds: whether the two are one person.
    pub same: bool,
    /// What counted of the first and of the second record.
    pub words: [Option<EventId>; 2],
    /// Who had a part in what holds: none of them is asked.
    pub not_for: BTreeSet<Subject>,
}

/// See [`super::StewardFact::PairReviewed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairReviewed {
    /// The control question.
    pub question: MatchId,
    /// The question about the same two records that is asked in earnest.
    pub about: MatchId,
    /// The two records.
    pub pair: Pair<PartyId>,
    /// Who answered.
    pub by: Subject,
    /// What they think.
    pub choice: Choice,
    /// On what ground; nothing where they cannot tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RulingReason>,
    /// In the steward's own words, under the key of the pair's first record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sealed<Note>>,
    /// Whether it was answered as an opinion is, on which another is to speak, or as a ruling: as a question in earnest would have
    /// been. Earlier answers did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<bool>,
}

/// See [`super::StewardFact::ReviewUndone`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewUndone {
    /// The control question.
    pub question: MatchId,
    /// The question about the same two records that is asked in earnest.
    pub about: MatchId,
    /// The answer that is taken back.
    pub review: FactId,
    /// Who takes it back, who gave it.
    pub by: Subject,
}

/// See [`super::StewardFact::QuestionReopened`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionReopened {
    /// What is asked in earnest.
    pub asked: Question,
    /// The control question whose answer disagrees with what holds.
    pub control: MatchId,
    /// What holds: whether the two are one person.
    pub same: bool,
}
