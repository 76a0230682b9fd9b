//! What data stewards ruled, and what they did on the way there. Written by `steward` alone.
//!
//! Only a ruling, and its undoing, is for others to follow: an opinion that waits for a second one, a claim and a proposal are the
//! desk's own, and have no bearing on who is who. So those are about their question alone, and not about its records.

mod articles;
mod asks;
mod controls;
mod groups;
mod opinions;

pub use articles::{ArticlePassedOn, CountsAs};
pub use asks::{AskedField, SourceAsked};
pub use controls::{ControlDrawn, PairReviewed, QuestionReopened, ReviewUndone, Stratum};
pub use groups::{Cut, GroupExamined, GroupParted, GroupSuspected, PartingUndone};
use jiff::Timestamp;
use jiff::civil::Date;
pub use opinions::{Choice, OpinionGiven, OpinionLapsed, Seen, WhyLapsed};
use serde::{Deserialize, Serialize};

use super::{Author, Authored, Subject};
use crate::decision::Tags;
use crate::fact::alerts::DoubtReason;
use crate::fact::linker::{PairEvidence, Question};
use crate::ids::{FactId, MatchId, Pair, PartyId};
use crate::personal::Personal;
use crate::sealed::Sealed;

/// A fact about a question on two party records, but for [`Self::ArticlePassedOn`], which is about no record. The newest ruling on a pair that was not undone is in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum StewardFact {
    /// The two records are one person.
    PairConfirmed(Ruling),
    /// The two records are two persons.
    PairRejected(Ruling),
    /// A ruling was taken back soon after it was given: what held before it holds again.
    RulingUndone(RulingUndone),
    /// A steward said what they think where two must agree; no ruling yet.
    OpinionGiven(OpinionGiven),
    /// What was thought of a question counts no more: it rested on what is no longer so.
    OpinionLapsed(OpinionLapsed),
    /// A steward took a question up.
    TaskClaimed(TaskClaimed),
    /// A steward laid a question down.
    TaskReleased(TaskReleased),
    /// A steward does not want to be offered a question for a while.
    TaskSetAside(TaskSetAside),
    /// A steward asks what would follow from a ruling, before giving it.
    RulingProposed(RulingProposed),
    /// A steward had a masked identifier shown whole.
    IdentifierRevealed(IdentifierRevealed),
    /// The desk asks by itself about two records that are taken for one person, since a judge doubts it.
    QuestionRaised(QuestionRaised),
    /// What the desk asked by itself needs no answer any more: the two records are not taken for one person now.
    QuestionLapsed(QuestionLapsed),
    /// A steward asks whether records that are taken for one person are.
    GroupSuspected(GroupSuspected),
    /// The desk asks what every two records of a group weigh together.
    GroupExamined(GroupExamined),
    /// The records of one person are of two: beside it stands a ruling on every two records that it parts.
    GroupParted(GroupParted),
    /// A parting was taken back soon after it was decided, with each of its rulings that stands beside it.
    PartingUndone(PartingUndone),
    /// A steward asks the court that told of a record whether that is so.
    SourceAsked(SourceAsked),
    /// A steward passed an unknown article on to whoever keeps the code list of offences.
    ArticlePassedOn(ArticlePassedOn),
    /// Two records of which it is known, or certain, whether they are one person are shown to a steward as if it were not.
    ControlDrawn(ControlDrawn),
    /// A steward answered a control question. It changes nothing by itself.
    PairReviewed(PairReviewed),
    /// An answer to a control question was taken back soon after it was given.
    ReviewUndone(ReviewUndone),
    /// What is known, or was certain, is asked again in earnest, since a control question was answered otherwise.
    QuestionReopened(QuestionReopened),
}

/// See [`StewardFact::PairConfirmed`] and [`StewardFact::PairRejected`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// The question it answers.
    pub question: MatchId,
    /// The two records.
    pub pair: Pair<PartyId>,
    /// Who ruled; where two had to agree, the second of them.
    pub by: Subject,
    /// On what ground.
    pub reason: RulingReason,
    /// In the steward's own words, under the key of the pair's first record.
    pub note: Option<Sealed<Note>>,
    /// How far the records agreed when it was ruled: where that changes the verdict is asked about again. Earlier rulings did not
    /// keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<PairEvidence>,
    /// The opinions that led to it, the one that agrees with it among them; none where one steward could rule alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<FactId>,
    /// The question on which a whole group was parted, if it is one of the rulings that this took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted_in: Option<MatchId>,
}

/// See [`StewardFact::RulingUndone`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulingUndone {
    /// The question.
    pub question: MatchId,
    /// The two records.
    pub pair: Pair<PartyId>,
    /// The ruling that is taken back.
    pub ruling: FactId,
    /// Who takes it back: one of those who gave it.
    pub by: Subject,
    /// The question on which a whole group was parted, if that is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parted_in: Option<MatchId>,
}

/// See [`StewardFact::TaskClaimed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskClaimed {
    /// The question.
    pub question: MatchId,
    /// Who took it up.
    pub by: Subject,
    /// Until when nobody else decides on it; sooner when it is decided or laid down.
    pub until: Timestamp,
}

/// See [`StewardFact::TaskReleased`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskReleased {
    /// The question.
    pub question: MatchId,
    /// Who laid it down.
    pub by: Subject,
}

/// See [`StewardFact::TaskSetAside`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSetAside {
    /// The question.
    pub question: MatchId,
    /// Who set it aside; others are offered it all the same.
    pub by: Subject,
    /// Until when.
    pub until: Timestamp,
}

/// See [`StewardFact::RulingProposed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulingProposed {
    /// The question.
    pub question: MatchId,
    /// The two records.
    pub pair: Pair<PartyId>,
    /// Whether they would be one person.
    pub same: bool,
    /// Where a whole group would be parted: which records from which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// Who asks: nobody else is shown the answer.
    pub by: Subject,
    /// On which day: how near a hearing is decides how urgent a judge's notice is.
    pub on: Date,
}

/// See [`StewardFact::IdentifierRevealed`]. Says that it was shown, never what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentifierRevealed {
    /// The question.
    pub question: MatchId,
    /// The record whose identifier was shown: one of the question's pair.
    pub party: PartyId,
    /// Which identifier.
    pub identifier: Identifier,
    /// What it was needed for.
    pub reason: RevealReason,
    /// Who saw it.
    pub by: Subject,
}

/// An identifier that a desk shows masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identifier {
    /// The citizen service number.
    Bsn,
    /// What stood where that number should have been and is none.
    UnusableBsn,
    /// The number in the criminal chain (strafrechtsketennummer).
    Skn,
    /// The number of a foreign national.
    VNumber,
}

impl Identifier {
    /// Every identifier.
    pub const ALL: [Self; 4] = [Self::Bsn, Self::UnusableBsn, Self::Skn, Self::VNumber];

    /// The identifier's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::UnusableBsn => "unusable-bsn",
            Self::Skn => "skn",
            Self::VNumber => "v-number",
        }
    }
}

/// What a masked identifier is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevealReason {
    /// To compare two numbers digit by digit, where one may be a slip of the pen.
    CompareDigits,
    /// To find the record in the court's own file.
    FindInFile,
    /// To ask the source about it.
    AskSource,
    /// To answer the person's own request or complaint.
    PersonAsked,
}

impl RevealReason {
    /// Every reason, in the order in which a desk offers them.
    pub const ALL: [Self; 4] = [Self::CompareDigits, Self::FindInFile, Self::AskSource, Self::PersonAsked];

    /// The reason's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CompareDigits => "compare-digits",
            Self::FindInFile => "find-in-file",
            Self::AskSource => "ask-source",
            Self::PersonAsked => "person-asked",
        }
    }
}

/// See [`StewardFact::QuestionRaised`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionRaised {
    /// What is asked, on the evidence on which the two records are taken for one person; without fields where that follows from
    /// other records.
    pub asked: Question,
    /// The judge's report, [`super::AlertsFact::LinkDoubted`].
    pub doubt: FactId,
    /// What looked wrong to the judge.
    pub reason: DoubtReason,
}

/// See [`StewardFact::QuestionLapsed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionLapsed {
    /// The question.
    pub question: MatchId,
}

/// A steward's own words.
pub type Note = Personal<String>;

/// The ground of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RulingReason {
    /// The court's own file shows it.
    SeenInFile,
    /// The source was asked and answered.
    SourceConfirmed,
    /// The records agree in more than coincidence explains.
    DataAgrees,
    /// The records cannot be of one person.
    DataContradicts,
    /// Two members of one family, such as twins or father and son.
    FamilyMembers,
    /// An identifier was entered with the wrong person.
    IdentifierSwapped,
}

impl RulingReason {
    /// Every ground, in the order in which a desk offers them.
    pub const ALL: [Self; 6] = [
        Self::SeenInFile,
        Self::SourceConfirmed,
        Self::DataAgrees,
        Self::DataContradicts,
        Self::FamilyMembers,
        Self::IdentifierSwapped,
    ];

    /// The ground's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SeenInFile => "seen-in-file",
            Self::SourceConfirmed => "source-confirmed",
            Self::DataAgrees => "data-agrees",
            Self::DataContradicts => "data-contradicts",
            Self::FamilyMembers => "family-members",
            Self::IdentifierSwapped => "identifier-swapped",
        }
    }
}

impl StewardFact {
    /// The ruling, and whether it says that the two are one; nothing for what is no ruling.
    pub const fn ruling(&self) -> Option<(&Ruling, bool)> {
        match self {
            Self::PairConfirmed(ruling) => Some((ruling, true)),
            Self::PairRejected(ruling) => Some((ruling, false)),
            _ => None,
        }
    }

    /// The question on which a group was parted, or that was taken back, where this is one of the rulings that stand beside it.
    pub const fn parted_in(&self) -> Option<MatchId> {
        match self {
            Self::PairConfirmed(ruling) | Self::PairRejected(ruling) => ruling.parted_in,
            Self::RulingUndone(undone) => undone.parted_in,
            _ => None,
        }
    }

    /// The pair of records about which another ruling may be in force since, or none.
    pub const fn ruled(&self) -> Option<Pair<PartyId>> {
        match self {
            Self::PairConfirmed(ruling) | Self::PairRejected(ruling) => Some(ruling.pair),
            Self::RulingUndone(undone) => Some(undone.pair),
            _ => None,
        }
    }

    /// The question it is about; nothing where it is about none.
    pub const fn question(&self) -> Option<MatchId> {
        Some(match self {
            Self::PairConfirmed(f) | Self::PairRejected(f) => f.question,
            Self::RulingUndone(f) => f.question,
            Self::OpinionGiven(f) => f.question,
            Self::OpinionLapsed(f) => f.question,
            Self::TaskClaimed(f) => f.question,
            Self::TaskReleased(f) => f.question,
            Self::TaskSetAside(f) => f.question,
            Self::RulingProposed(f) => f.question,
            Self::IdentifierRevealed(f) => f.question,
            Self::QuestionRaised(f) => f.asked.question,
            Self::QuestionLapsed(f) => f.question,
            Self::GroupSuspected(f) => f.asked.question,
            Self::GroupExamined(f) => f.question,
            Self::GroupParted(f) => f.question,
            Self::PartingUndone(f) => f.question,
            Self::SourceAsked(f) => f.question,
            Self::ControlDrawn(f) => f.asked.question,
            Self::PairReviewed(f) => f.question,
            Self::ReviewUndone(f) => f.question,
            Self::QuestionReopened(f) => f.asked.question,
            Self::ArticlePassedOn(_) => return None,
        })
    }
}

impl Authored for StewardFact {
    const AUTHOR: Author = Author::Steward;

    fn tags(&self) -> Tags {
        let records = self.ruled().into_iter().flat_map(|pair| [pair.a.into(), pair.b.into()]);
        let also = match self {
            Self::ArticlePassedOn(f) => Some(f.id().into()),
            // What a control question is about finds it, so that nobody is asked twice about one pair.
            Self::ControlDrawn(f) => Some(f.about.into()),
            Self::PairReviewed(f) => Some(f.about.into()),
            Self::ReviewUndone(f) => Some(f.about.into()),
            _ => None,
        };
        records.chain(self.question().map(Into::into)).chain(also).collect()
    }
}
