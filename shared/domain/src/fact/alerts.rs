//! What judges were told, and what they did with it. Written by `alerts` alone, which cannot unseal anything.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Author, Authored, Subject};
use crate::decision::Tags;
use crate::decision_kind::DecisionKind;
use crate::ids::{CaseId, SignalId};
use crate::violence::assessment::{Assessment, WithdrawalReason};

pub mod articles;
pub mod attestation;
pub mod disclosure;
pub mod escalation;
pub mod feedback;
pub mod requests;

pub use articles::{ArticleSettled, ArticleUnknown, WhyArticleSettled};
pub use attestation::{ConsultationAttested, SeenSignal, SourceSeen};
pub use disclosure::{CheckRefusal, PartyVersionChecked, PartyVersionPrepared, PartyVersionTold, RecipientsCase};
pub use escalation::SignalEscalated;
pub use feedback::{DoubtReason, LinkDoubted, Rating, RatingReason, SignalRated};
pub use requests::{InformationRequestOverdue, InformationRequestWithdrawn, InformationRequested, WhyRequestWithdrawn};

/// A fact about a signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum AlertsFact {
    /// A judge is to be told of a parallel case.
    SignalRaised(Signal),
    /// What a judge was told has changed.
    SignalUpdated(Signal),
    /// What a judge was told no longer stands.
    SignalWithdrawn(SignalWithdrawn),
    /// A clerk is to see to it that a signal is read: no judge has, and its term nears.
    SignalEscalated(SignalEscalated),
    /// A judge opened a signal.
    SignalRead(SignalSeen),
    /// A judge confirmed having taken note of a signal.
    SignalAcknowledged(SignalSeen),
    /// A judge recorded what was done with a signal.
    SignalHandled(SignalHandled),
    /// A judge said whether a signal was of use.
    SignalRated(SignalRated),
    /// A judge reported that a link looks wrong: a steward is to look again.
    LinkDoubted(LinkDoubted),
    /// A judge consulted the register for a case.
    ConsultationAttested(ConsultationAttested),
    /// A judge asked the court of a parallel case for information.
    InformationRequested(InformationRequested),
    /// A request for information is no longer made.
    InformationRequestWithdrawn(InformationRequestWithdrawn),
    /// The last day for an answer to a request has passed.
    InformationRequestOverdue(InformationRequestOverdue),
    /// A judge asked for a version of a signal for one party.
    PartyVersionPrepared(PartyVersionPrepared),
    /// A clerk checked a party version.
    PartyVersionChecked(PartyVersionChecked),
    /// A party was told.
    PartyVersionTold(PartyVersionTold),
    /// A judge asked for the proceedings between the parties of a case.
    ProcedureHistoryAsked(ProcedureHistoryAsked),
    /// A judge had the court of the parallel case named, although it may tell where a shielded person lives.
    CourtRevealed(CourtRevealed),
    /// A charge names an article that the code list of offences does not know.
    ArticleUnknown(ArticleUnknown),
    /// Nobody has to look at an unknown article any more.
    ArticleSettled(ArticleSettled),
    /// Somebody asked for something that is not theirs, or does not exist.
    AccessRefused(AccessRefused),
}

/// A signal in one of its versions: particulars only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Signal {
    /// The signal: one for each pair of cases and direction.
    pub signal: SignalId,
    /// The case of the judge who is told.
    pub own: CaseId,
    /// The case that is told of.
    pub parallel: CaseId,
    /// 1 when raised, one more with each change.
    pub version: u32,
    /// The state of the parallel case is as known on this day.
    pub as_of: Date,
    /// What is told.
    pub assessment: Assessment,
}

/// See [`AlertsFact::SignalWithdrawn`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalWithdrawn {
    /// The signal.
    pub signal: SignalId,
    /// The case of the judge who was told.
    pub own: CaseId,
    /// The case that was told of.
    pub parallel: CaseId,
    /// One more than the version that no longer stands.
    pub version: u32,
    /// Why it no longer stands.
    pub because: WithdrawalReason,
    /// Whether the own case was decided after it was first told: whoever decided may have relied on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_decision: bool,
}

/// A judge saw a version of a signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalSeen {
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// Which version was seen.
    pub version: u32,
    /// Who saw it.
    pub by: Subject,
}

/// See [`AlertsFact::CourtRevealed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CourtRevealed {
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// Which version was before the judge.
    pub version: u32,
    /// Who asked.
    pub by: Subject,
    /// What for.
    pub reason: RevealReason,
}

/// What a judge has the other court named for. A closed list: see [`SetAsideReason`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevealReason {
    /// To ask that court for information.
    AskForInformation,
    /// To bring hearings of the two cases into line.
    AlignHearings,
    /// To decide on somebody's safety.
    Safety,
}

/// See [`AlertsFact::SignalHandled`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalHandled {
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// Which version it concerns.
    pub version: u32,
    /// Who recorded it.
    pub by: Subject,
    /// What was done.
    pub handling: Handling,
}

/// What a judge did with a signal. A signal is no evidence: the parties must have been able to respond (art. 19 Rv).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "kebab-case")]
pub enum Handling {
    /// It was discussed at the hearing of that day.
    DiscussedAtHearing {
        /// The day of the hearing.
        on: Date,
    },
    /// The parties were told of it on that day.
    ToldToParties {
        /// The day.
        on: Date,
    },
    /// Documents were requested from the other court or the prosecution.
    DocumentsRequested {
        /// The day.
        on: Date,
    },
    /// It was left out of consideration.
    SetAside {
        /// Why.
        reason: SetAsideReason,
    },
    /// It was weighed in a decision of that day. What was decided stands in the decision, never here.
    WeighedInDecision {
        /// The day of the decision.
        on: Date,
        /// What kind of decision, by form.
        decision: DecisionKind,
    },
}

/// Why a signal was set aside. A closed list, because `alerts` has no key to seal a judge's own words with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetAsideReason {
    /// Already in the file.
    AlreadyKnown,
    /// Does not bear on the decision to be taken.
    NotRelevant,
    /// The parties could no longer be heard on it.
    CannotBeHeard,
    /// The link looks wrong; a steward should look again.
    LinkDoubted,
}

/// See [`AlertsFact::ProcedureHistoryAsked`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureHistoryAsked {
    /// The judge's case.
    pub case: CaseId,
    /// Who asked.
    pub by: Subject,
    /// The day of it.
    pub on: Date,
}

/// See [`AlertsFact::AccessRefused`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessRefused {
    /// The id that was asked for; whether it exists is not said.
    pub asked: Uuid,
    /// Who asked.
    pub by: Subject,
    /// What was to be done with it, such as `read`.
    pub action: String,
}

impl Authored for AlertsFact {
    const AUTHOR: Author = Author::Alerts;

    fn tags(&self) -> Tags {
        match self {
            Self::SignalRaised(f) | Self::SignalUpdated(f) => {
                Tags::from([f.signal.into(), f.own.into(), f.parallel.into()])
            }
            Self::SignalWithdrawn(f) => Tags::from([f.signal.into(), f.own.into(), f.parallel.into()]),
            Self::SignalRead(f) | Self::SignalAcknowledged(f) => Tags::from([f.signal.into()]),
            Self::SignalEscalated(f) => Tags::from([f.signal.into(), f.own.into()]),
            Self::SignalHandled(f) => Tags::from([f.signal.into()]),
            Self::SignalRated(f) => Tags::from([f.signal.into()]),
            Self::LinkDoubted(f) => f.tags(),
            Self::ConsultationAttested(f) => Tags::from([f.attestation.into(), f.case.into()]),
            Self::InformationRequested(f) => {
                Tags::from([f.request.into(), f.signal.into(), f.own.into(), f.parallel.into()])
            }
            Self::InformationRequestWithdrawn(f) => {
                Tags::from([f.request.into(), f.signal.into(), f.own.into(), f.parallel.into()])
            }
            Self::InformationRequestOverdue(f) => {
                Tags::from([f.request.into(), f.signal.into(), f.own.into(), f.parallel.into()])
            }
            Self::PartyVersionPrepared(f) => Tags::from([f.party_version.into(), f.signal.into(), f.own.into()]),
            Self::PartyVersionChecked(f) => Tags::from([f.party_version.into(), f.signal.into(), f.own.into()]),
            Self::PartyVersionTold(f) => Tags::from([f.party_version.into(), f.signal.into(), f.own.into()]),
            Self::ProcedureHistoryAsked(f) => Tags::from([f.case.into()]),
            Self::CourtRevealed(f) => Tags::from([f.signal.into()]),
            Self::ArticleUnknown(f) => Tags::from([f.case.into()]),
            Self::ArticleSettled(f) => Tags::from([f.unknown.case.into()]),
            Self::AccessRefused(_) => Tags::new(),
        }
    }
}
