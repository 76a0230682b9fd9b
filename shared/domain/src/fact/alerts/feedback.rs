//! What a judge thinks of a signal: whether it was of use, and whether it rests on a wrong link. Facts of alerts.
//!
//! Invariant: reasons come from closed lists, because `alerts` has no key to seal a judge's own words with.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::decision::Tags;
use crate::fact::Subject;
use crate::ids::{CaseId, Pair, PartyId, SignalId};

/// A judge said whether a signal was of use. A judge's newest word about a signal counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalRated {
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// Which version it concerns.
    pub version: u32,
    /// Who said it.
    pub by: Subject,
    /// What was said.
    pub rating: Rating,
}

/// Whether a signal was of use, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Whether it was.
    pub useful: bool,
    /// Why, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RatingReason>,
}

impl Rating {
    /// A rating, if the reason is one for this answer.
    pub fn of(useful: bool, reason: Option<RatingReason>) -> Option<Self> {
        reason.is_none_or(|reason| reason.is_useful() == useful).then_some(Self { useful, reason })
    }
}

/// A closed list whose words stand in facts, on the wire and in the keys of texts.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$word_doc])* $variant,)*
        }

        impl $name {
            /// Every word, in the order in which a page offers them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The word in facts, on the wire and in the keys of texts.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// Why a signal was, or was not, of use.
    RatingReason {
        /// Useful: the judge did not know.
        NewToMe = "new-to-me",
        /// Useful: it led to questions at the hearing.
        LedToQuestions = "led-to-questions",
        /// Useful: it led to a request for information.
        LedToRequest = "led-to-request",
        /// Useful: it bore on the decision.
        BoreOnDecision = "bore-on-decision",
        /// Not useful: it was known already.
        AlreadyKnown = "already-known",
        /// Not useful: it does not bear on the decision.
        NotRelevant = "not-relevant",
        /// Not useful: it came too late.
        TooLate = "too-late",
        /// Not useful: it is not clear what it says.
        Unclear = "unclear",
        /// Not useful: it says too little to do anything with.
        TooLittle = "too-little",
    }
}

impl RatingReason {
    /// Whether it is a reason to call a signal useful.
    pub const fn is_useful(self) -> bool {
        matches!(self, Self::NewToMe | Self::LedToQuestions | Self::LedToRequest | Self::BoreOnDecision)
    }
}

/// A judge reported that a link looks wrong. It changes no link: a person at the steward's desk looks again and rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkDoubted {
    /// The signal that rests on the link.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The case that was told of.
    pub parallel: CaseId,
    /// Which version was before the judge.
    pub version: u32,
    /// Who reported it.
    pub by: Subject,
    /// What looks wrong.
    pub reason: DoubtReason,
    /// The records of the two cases that are taken for one person: what there is to look at.
    pub records: BTreeSet<Pair<PartyId>>,
}

impl LinkDoubted {
    /// The signal, both cases, and every record to look at.
    pub fn tags(&self) -> Tags {
        let records = self.records.iter().flat_map(|pair| [pair.a.into(), pair.b.into()]);
        records.chain([self.signal.into(), self.own.into(), self.parallel.into()]).collect()
    }
}

words! {
    /// What looks wrong about a link.
    DoubtReason {
        /// It is about somebody else.
        OtherPerson = "other-person",
        /// The person has another role than is told.
        WrongRole = "wrong-role",
        /// Number, court or state of the other case do not fit.
        WrongCase = "wrong-case",
        /// It was not said: the signal was set aside because of the link.
        NotSaid = "not-said",
    }
}
