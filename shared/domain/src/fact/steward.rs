//! What a data steward ruled. Written by `steward` alone.

use serde::{Deserialize, Serialize};

use super::{Author, Authored, Subject};
use crate::decision::Tags;
use crate::fact::linker::PairEvidence;
use crate::ids::{MatchId, Pair, PartyId};
use crate::personal::Personal;
use crate::sealed::Sealed;

/// A ruling on two party records. The newest ruling on a pair holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum StewardFact {
    /// The two records are one person.
    PairConfirmed(Ruling),
    /// The two records are two persons.
    PairRejected(Ruling),
}

/// See [`StewardFact`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// The question it answers.
    pub question: MatchId,
    /// The two records.
    pub pair: Pair<PartyId>,
    /// Who ruled.
    pub by: Subject,
    /// On what ground.
    pub reason: RulingReason,
    /// In the steward's own words, under the key of the pair's first record.
    pub note: Option<Sealed<Note>>,
    /// How far the records agreed when it was ruled: where that changes the verdict is asked about again. Earlier rulings did not
    /// keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<PairEvidence>,
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
    /// The ruling, and whether it says that the two are one.
    pub const fn ruling(&self) -> (&Ruling, bool) {
        match self {
            Self::PairConfirmed(ruling) => (ruling, true),
            Self::PairRejected(ruling) => (ruling, false),
        }
    }
}

impl Authored for StewardFact {
    const AUTHOR: Author = Author::Steward;

    fn tags(&self) -> Tags {
        let (ruling, _) = self.ruling();
        Tags::from([ruling.question.into(), ruling.pair.a.into(), ruling.pair.b.into()])
    }
}
