//! What the courts said. Written by `intake` alone.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Author, Authored, SourceVersion, Subject};
use crate::article::Article;
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::decider::Decider;
use crate::decision::Tags;
use crate::hearing_kind::HearingKind;
use crate::ids::{CaseId, ChargeId, HearingId, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::order_category::OrderCategory;
use crate::order_exception::OrderException;
use crate::order_ground::OrderGround;
use crate::order_kind::OrderKind;
use crate::party::PartyDetails;
use crate::proceeding::ProceedingKind;
use crate::role::{Capacity, Role};
use crate::sealed::Sealed;
use crate::violence::particulars::ChargeParticulars;
use crate::violence::status::{DismissalCode, VerdictStep};

pub mod cases;
pub mod criminal;
pub mod family;
mod mentions;
pub mod orders;
pub mod parties;
mod quarantine;
pub mod requests;

pub use mentions::Thing;
pub use quarantine::{
    DiscardReason, EventDiscarded, EventInspected, EventQuarantined, EventReleased, RawEvent, Reason,
};

/// A fact about a case, as its court told it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "kebab-case")]
pub enum IntakeFact {
    /// A case was registered at a court.
    CaseRegistered(CaseRegistered),
    /// A party joined a case.
    PartyAdded(PartyAdded),
    /// What is known of a party changed.
    PartyDetailsChanged(PartyDetailsChanged),
    /// A charge was brought.
    ChargeBrought(ChargeBrought),
    /// The prosecution of some or all charges was dropped.
    ProsecutionDismissed(ProsecutionDismissed),
    /// A verdict was given on one or more charges.
    VerdictGiven(VerdictGiven),
    /// A hearing was planned, or planned anew.
    HearingPlanned(HearingPlanned),
    /// Judges were assigned; the newest assignment replaces the one before.
    JudgesAssigned(JudgesAssigned),
    /// A case was closed.
    CaseClosed(CaseClosed),
    /// An appeal was lodged against a decision of this case.
    AppealLodged(cases::AppealLodged),
    /// No appeal lies any more: final and irrevocable.
    CaseBecameFinal(cases::CaseBecameFinal),
    /// The case was withdrawn by who brought it.
    CaseWithdrawn(cases::CaseWithdrawn),
    /// The case was joined to another and goes on there.
    CaseJoined(cases::CaseJoined),
    /// A part of the case was split off into a case of its own.
    CaseSplit(cases::CaseSplit),
    /// The case was referred to another court, where it has another number.
    CaseReferred(cases::CaseReferred),
    /// The case entered a phase.
    PhaseEntered(cases::PhaseEntered),
    /// A decision was given.
    DecisionGiven(cases::DecisionGiven),
    /// An earlier event of the same source is taken back: as if it had never been sent.
    EventRetracted(cases::EventRetracted),
    /// An earlier event is replaced by another, which takes its place in the order of the source.
    EventCorrected(cases::EventCorrected),
    /// The source must destroy what it holds about these parties, and asks that this house does; an operator carries it out.
    DestructionOrdered(cases::DestructionOrdered),
    /// A party no longer has these roles.
    PartyRolesEnded(parties::PartyRolesEnded),
    /// A party was registered in error, and is removed from the case.
    PartyRemoved(parties::PartyRemoved),
    /// A party, or its address, is shielded from the other parties, or no longer.
    ShieldingChanged(parties::ShieldingChanged),
    /// A hearing was moved to another day.
    HearingMoved(parties::HearingMoved),
    /// A hearing was cancelled.
    HearingCancelled(parties::HearingCancelled),
    /// An order was imposed.
    OrderImposed(orders::OrderImposed),
    /// An order was changed; the new terms replace the old ones.
    OrderChanged(orders::OrderChanged),
    /// An order is suspended.
    OrderSuspended(orders::OrderSuspended),
    /// An order ended before its time.
    OrderEnded(orders::OrderEnded),
    /// A breach of an order was reported; whether it is proven is another matter.
    OrderBreached(orders::OrderBreached),
    /// Somebody became a suspect; no charge is brought yet.
    SuspicionRegistered(criminal::SuspicionRegistered),
    /// Nobody outside the investigation may learn of this case for now.
    EmbargoImposed(criminal::EmbargoImposed),
    /// The embargo was lifted.
    EmbargoLifted(criminal::EmbargoLifted),
    /// The charge was amended; the new particulars replace the old ones.
    ChargeAmended(criminal::ChargeAmended),
    /// The prosecution service settled some or all charges itself.
    ProsecutionSettled(criminal::ProsecutionSettled),
    /// The court of appeal ordered that dropped charges are prosecuted after all (Sv 12).
    ProsecutionOrdered(criminal::ProsecutionOrdered),
    /// Whether and how a suspect is held changed.
    DetentionChanged(criminal::DetentionChanged),
    /// In this case the enforcement of an earlier suspended sentence is asked for. The earlier case is no second pending case.
    SuspendedSentenceCalledIn(criminal::SuspendedSentenceCalledIn),
    /// Two numbers of the criminal chain turned out to be one person's.
    CriminalChainNumbersMerged(criminal::CriminalChainNumbersMerged),
    /// A party said whether there was violence. What was said is not told, and it is no finding.
    ViolenceAlleged(family::ViolenceAlleged),
    /// The court asked the child protection board to investigate.
    CouncilInvestigationOrdered(family::CouncilInvestigationOrdered),
    /// The report of the child protection board came in.
    CouncilReportReceived(family::CouncilReportReceived),
    /// A special guardian was appointed for children.
    SpecialGuardianAppointed(family::SpecialGuardianAppointed),
    /// Who has authority over children changed.
    CustodyChanged(family::CustodyChanged),
    /// Contact between children and somebody was arranged.
    ContactArranged(family::ContactArranged),
    /// Contact between children and somebody was denied.
    ContactDenied(family::ContactDenied),
    /// Clerks were assigned; the newest assignment replaces the one before.
    ClerksAssigned(requests::ClerksAssigned),
    /// The court of the case did something with a judge's request for information about it.
    InformationRequestAnswered(requests::InformationRequestAnswered),
    /// A court has nothing to correct in what it told of a party.
    RecordConfirmed(requests::RecordConfirmed),
    /// An event could not be understood and is kept for a person to look at.
    EventQuarantined(EventQuarantined),
    /// An operator looked at the body of a quarantined event.
    EventInspected(EventInspected),
    /// An operator released a quarantined event: it was read again and filed.
    EventReleased(EventReleased),
    /// An operator discarded a quarantined event.
    EventDiscarded(EventDiscarded),
}

/// Facts about a case: each has the case and where its event stands among its publisher's, beside fields of its own.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
            pub struct $name {
                /// The case.
                pub case: crate::ids::CaseId,
                /// Where the event stands among its publisher's.
                pub version: crate::fact::SourceVersion,
                $($(#[$field_doc])* pub $field: $kind,)*
            }
        )*
    };
}
use facts;

/// Another case, as a court names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseReference {
    /// A case of the same source.
    Case(CaseId),
    /// A case by its number at a court.
    Number {
        /// The court.
        court: Court,
        /// Its number there.
        number: CaseNumber,
    },
}

/// What an order says. No place and no address: an order never shows where somebody lives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderTerms {
    /// What kind of order.
    pub kind: OrderKind,
    /// Against whom.
    pub against: BTreeSet<PartyId>,
    /// Whom it protects.
    pub protects: BTreeSet<PartyId>,
    /// What it forbids or commands.
    pub categories: BTreeSet<OrderCategory>,
    /// Whether children are included; missing when it is not told.
    pub children_included: Option<bool>,
    /// What it leaves room for.
    pub exceptions: BTreeSet<OrderException>,
    /// The first day.
    pub from: Date,
    /// The last day; missing when no end was set.
    pub until: Option<Date>,
    /// Whether it can be enforced while an appeal lies.
    pub immediately_enforceable: bool,
    /// The article of law it rests on, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<Article>,
    /// The office that imposed it, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imposed_by: Option<Decider>,
    /// Why a child was placed under supervision, where told.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub grounds: BTreeSet<OrderGround>,
}

/// The numbers of the criminal chain that turned out to be one person's: JSON of `going_on` and `ended`, sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct MergedNumbers;

/// See [`IntakeFact::CaseRegistered`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseRegistered {
    /// The case.
    pub case: CaseId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// Family, youth or criminal.
    pub jurisdiction: Jurisdiction,
    /// What kind of proceeding.
    pub proceeding: ProceedingKind,
    /// The court that has it.
    pub court: Court,
    /// Its numbers at that court, canonical.
    pub numbers: Vec<CaseNumber>,
    /// The day of registration.
    pub registered_on: Date,
    /// The case that this one follows: the one appealed against, or the one it was split off or referred from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<CaseReference>,
}

/// See [`IntakeFact::PartyAdded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyAdded {
    /// The case.
    pub case: CaseId,
    /// The party's record in it.
    pub party: PartyId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// The roles the party has; several are kept side by side.
    pub roles: BTreeSet<Role>,
    /// Mother, father, child: what the party is to the family, where told.
    pub capacity: Option<Capacity>,
    /// Who it is.
    pub details: Sealed<PartyDetails>,
    /// Whether the person died: unsealed, because what may be told of a charge against somebody ends with their death.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub died: bool,
}

/// See [`IntakeFact::PartyDetailsChanged`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyDetailsChanged {
    /// The case.
    pub case: CaseId,
    /// The party's record in it.
    pub party: PartyId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// Who it is, as known now; replaces what was known before.
    pub details: Sealed<PartyDetails>,
    /// Whether the person died; see [`PartyAdded::died`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub died: bool,
}

/// See [`IntakeFact::ChargeBrought`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChargeBrought {
    /// The criminal case.
    pub case: CaseId,
    /// The charge.
    pub charge: ChargeId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// Who is charged.
    pub suspect: PartyId,
    /// Against whom the offence is said to have been committed.
    pub victims: BTreeSet<PartyId>,
    /// Articles, offence period and the publisher's tags.
    pub particulars: ChargeParticulars,
    /// The day on which it was brought, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// See [`IntakeFact::ProsecutionDismissed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProsecutionDismissed {
    /// The criminal case.
    pub case: CaseId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// The charges it covers; none named means every charge of the case.
    pub charges: BTreeSet<ChargeId>,
    /// The ground (sepotgrond).
    pub code: DismissalCode,
    /// The day, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// See [`IntakeFact::VerdictGiven`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictGiven {
    /// The criminal case.
    pub case: CaseId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// The outcome, charge by charge.
    pub outcomes: Vec<ChargeOutcome>,
    /// The day on which it was given, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// The outcome of one charge in a verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChargeOutcome {
    /// The charge.
    pub charge: ChargeId,
    /// In which instance, and what.
    pub step: VerdictStep,
}

/// See [`IntakeFact::HearingPlanned`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HearingPlanned {
    /// The case.
    pub case: CaseId,
    /// The hearing; the same one planned anew keeps its id.
    pub hearing: HearingId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// The day of the hearing.
    pub on: Date,
    /// What kind of hearing, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing_kind: Option<HearingKind>,
    /// Whether the doors are closed, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_doors: Option<bool>,
    /// The chamber that hears it, by the court's own code, where told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chamber: Option<String>,
}

/// See [`IntakeFact::JudgesAssigned`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgesAssigned {
    /// The case.
    pub case: CaseId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// All judges who have the case from now on.
    pub judges: BTreeSet<Subject>,
}

/// See [`IntakeFact::CaseClosed`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseClosed {
    /// The case.
    pub case: CaseId,
    /// Where the event stands among its publisher's.
    pub version: SourceVersion,
    /// The day it ended.
    pub on: Date,
}

/// What every fact about a case has, asked of whichever it is.
macro_rules! of_cases {
    ($($kind:ident,)*) => {
        impl IntakeFact {
            /// The case it is about; what happens in the quarantine is about none.
            pub const fn case(&self) -> Option<CaseId> {
                match self {
                    $(Self::$kind(f) => Some(f.case),)*
                    Self::EventQuarantined(_)
                    | Self::EventInspected(_)
                    | Self::EventReleased(_)
                    | Self::EventDiscarded(_) => None,
                }
            }

            /// Where the event it came from stands among its publisher's.
            pub const fn version(&self) -> Option<SourceVersion> {
                match self {
                    $(Self::$kind(f) => Some(f.version),)*
                    Self::EventQuarantined(_)
                    | Self::EventInspected(_)
                    | Self::EventReleased(_)
                    | Self::EventDiscarded(_) => None,
                }
            }
        }
    };
}

of_cases! {
    CaseRegistered,
    PartyAdded,
    PartyDetailsChanged,
    ChargeBrought,
    ProsecutionDismissed,
    VerdictGiven,
    HearingPlanned,
    JudgesAssigned,
    CaseClosed,
    AppealLodged,
    CaseBecameFinal,
    CaseWithdrawn,
    CaseJoined,
    CaseSplit,
    CaseReferred,
    PhaseEntered,
    DecisionGiven,
    EventRetracted,
    EventCorrected,
    DestructionOrdered,
    PartyRolesEnded,
    PartyRemoved,
    ShieldingChanged,
    HearingMoved,
    HearingCancelled,
    OrderImposed,
    OrderChanged,
    OrderSuspended,
    OrderEnded,
    OrderBreached,
    SuspicionRegistered,
    EmbargoImposed,
    EmbargoLifted,
    ChargeAmended,
    ProsecutionSettled,
    ProsecutionOrdered,
    DetentionChanged,
    SuspendedSentenceCalledIn,
    CriminalChainNumbersMerged,
    ViolenceAlleged,
    CouncilInvestigationOrdered,
    CouncilReportReceived,
    SpecialGuardianAppointed,
    CustodyChanged,
    ContactArranged,
    ContactDenied,
    ClerksAssigned,
    InformationRequestAnswered,
    RecordConfirmed,
}

impl Authored for IntakeFact {
    const AUTHOR: Author = Author::Intake;

    fn tags(&self) -> Tags {
        let mut tags: Tags = self.case().into_iter().map(Into::into).collect();
        match self {
            Self::PartyAdded(f) => drop(tags.insert(f.party.into())),
            Self::PartyDetailsChanged(f) => drop(tags.insert(f.party.into())),
            Self::PartyRolesEnded(f) => drop(tags.insert(f.party.into())),
            Self::PartyRemoved(f) => drop(tags.insert(f.party.into())),
            Self::ShieldingChanged(f) => drop(tags.insert(f.party.into())),
            Self::InformationRequestAnswered(f) => drop(tags.insert(f.request.into())),
            Self::RecordConfirmed(f) => drop(tags.insert(f.party.into())),
            Self::EventQuarantined(f) => drop(tags.insert(f.event.into())),
            Self::EventInspected(f) => drop(tags.insert(f.event.into())),
            Self::EventReleased(f) => drop(tags.insert(f.event.into())),
            Self::EventDiscarded(f) => drop(tags.insert(f.event.into())),
            _ => {}
        }
        tags
    }
}
