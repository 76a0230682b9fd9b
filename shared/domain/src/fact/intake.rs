//! What the courts said. Written by `intake` alone.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Author, Authored, SourceVersion, Subject};
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::decision::Tags;
use crate::ids::{CaseId, ChargeId, EventId, FactId, HearingId, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::party::PartyDetails;
use crate::proceeding::ProceedingKind;
use crate::role::{Capacity, Role};
use crate::sealed::Sealed;
use crate::violence::particulars::ChargeParticulars;
use crate::violence::status::{DismissalCode, VerdictStep};

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
    /// An event could not be understood and is kept for a person to look at.
    EventQuarantined(EventQuarantined),
    /// An operator looked at the body of a quarantined event.
    EventInspected(EventInspected),
    /// An operator released a quarantined event: it was read again and filed.
    EventReleased(EventReleased),
    /// An operator discarded a quarantined event.
    EventDiscarded(EventDiscarded),
}

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

/// See [`IntakeFact::EventQuarantined`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventQuarantined {
    /// The event, derived from its source and id, or from its bytes when it has none that read.
    pub event: EventId,
    /// The publisher's own id of it, when that reads and says nothing personal.
    pub sent_id: Option<String>,
    /// The subject it came in on, or the HTTP route: never personal.
    pub channel: String,
    /// What is wrong with it, all reasons at once.
    pub reasons: Vec<Reason>,
    /// The bytes as received, to be looked at and released by a person.
    pub body: Sealed<RawEvent>,
}

/// See [`IntakeFact::EventInspected`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventInspected {
    /// The event.
    pub event: EventId,
    /// The fact that says it is in quarantine.
    pub quarantined: FactId,
}

/// See [`IntakeFact::EventReleased`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventReleased {
    /// The event.
    pub event: EventId,
    /// The fact that says it is in quarantine.
    pub quarantined: FactId,
    /// The places of identifiers that do not read and were set aside: kept as written, and never used for matching.
    pub set_aside: Vec<String>,
}

/// See [`IntakeFact::EventDiscarded`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventDiscarded {
    /// The event.
    pub event: EventId,
    /// The fact that says it is in quarantine.
    pub quarantined: FactId,
    /// Why.
    pub reason: DiscardReason,
}

/// Why a quarantined event is not to be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiscardReason {
    /// The publisher sent a mended event in its place.
    Replaced,
    /// It is about nothing that this house is for.
    NotForThisHouse,
    /// It was a test.
    Test,
    /// Nobody can tell what it is.
    Unreadable,
    /// The publisher took it back.
    TakenBack,
}

/// The bytes of an event as they were received.
#[derive(Clone, PartialEq, Eq)]
pub struct RawEvent(pub Vec<u8>);

/// Why an event was refused, for machines and for people. Never quotes a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Where in the event, as a JSON pointer (RFC 6901); empty for the whole.
    pub pointer: String,
    /// A stable code, such as `bsn.eleven-test`.
    pub code: String,
    /// What is wrong and what to do, in English.
    pub text: String,
}

impl IntakeFact {
    /// The case it is about; a quarantined event is about none.
    pub const fn case(&self) -> Option<CaseId> {
        match self {
            Self::CaseRegistered(f) => Some(f.case),
            Self::PartyAdded(f) => Some(f.case),
            Self::PartyDetailsChanged(f) => Some(f.case),
            Self::ChargeBrought(f) => Some(f.case),
            Self::ProsecutionDismissed(f) => Some(f.case),
            Self::VerdictGiven(f) => Some(f.case),
            Self::HearingPlanned(f) => Some(f.case),
            Self::JudgesAssigned(f) => Some(f.case),
            Self::CaseClosed(f) => Some(f.case),
            Self::EventQuarantined(_) | Self::EventInspected(_) | Self::EventReleased(_) | Self::EventDiscarded(_) => {
                None
            }
        }
    }
}

impl Authored for IntakeFact {
    const AUTHOR: Author = Author::Intake;

    fn tags(&self) -> Tags {
        let mut tags: Tags = self.case().into_iter().map(Into::into).collect();
        match self {
            Self::PartyAdded(f) => drop(tags.insert(f.party.into())),
            Self::PartyDetailsChanged(f) => drop(tags.insert(f.party.into())),
            Self::EventQuarantined(f) => drop(tags.insert(f.event.into())),
            Self::EventInspected(f) => drop(tags.insert(f.event.into())),
            Self::EventReleased(f) => drop(tags.insert(f.event.into())),
            Self::EventDiscarded(f) => drop(tags.insert(f.event.into())),
            _ => {}
        }
        tags
    }
}
