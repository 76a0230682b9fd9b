//! What stewards think of a question while it is no ruling.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Cut, Note, RulingReason};
use crate::fact::Subject;
use crate::ids::{EventId, FactId, MatchId, PartyId};
use crate::sealed::Sealed;

/// See [`super::StewardFact::OpinionGiven`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpinionGiven {
    /// The question.
    pub question: MatchId,
    /// Who gave it.
    pub by: Subject,
    /// What they think.
    pub choice: Choice,
    /// Which records would be parted from which, where they think that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// On what ground; nothing where they cannot tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RulingReason>,
    /// In the steward's own words, under the key of the pair's first record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sealed<Note>>,
    /// What it rests on. Earlier opinions did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// What an opinion rests on, beside the question itself: whoever speaks after it is to see the same, or it does not count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// What counted of the first and of the second record.
    pub words: [Option<EventId>; 2],
    /// The records that the first and the second are certainly one person with, themselves among them; none where one stands alone.
    pub groups: [BTreeSet<PartyId>; 2],
}

/// See [`super::StewardFact::OpinionLapsed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionLapsed {
    /// The question.
    pub question: MatchId,
    /// The opinions.
    pub opinions: BTreeSet<FactId>,
    /// What is no longer so.
    pub because: WhyLapsed,
}

/// Why an opinion counts no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyLapsed {
    /// A court told something else of one of the two records.
    RecordsChanged,
    /// Other records are of the same persons.
    GroupsChanged,
}

/// What a steward thinks of two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// One person.
    Same,
    /// Two persons.
    Different,
    /// The whole group is of two persons.
    Split,
    /// Nobody can tell from this: others are to look at it.
    CannotTell,
}

impl Choice {
    /// The choice of somebody who rules.
    pub const fn of(same: bool) -> Self {
        if same { Self::Same } else { Self::Different }
    }

    /// The choice's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::Split => "split",
            Self::CannotTell => "cannot-tell",
        }
    }
}
