//! What a party is told of a signal: composed for one recipient, checked by a clerk, and then told. Facts of alerts.
//!
//! Invariant: what a party version holds is about the recipient's own cases only; whoever else stands in them is not in it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::feedback::words;
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::fact::Subject;
use crate::ids::{CaseId, PartyId, PartyVersionId, SignalId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;
use crate::role::Role;
use crate::violence::assessment::{Phase, RoleLine};

/// A judge asks for a version of a signal for one party of their case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartyVersionPrepared {
    /// The party version.
    pub party_version: PartyVersionId,
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The version of the signal it was made of.
    pub version: u32,
    /// Who asks.
    pub by: Subject,
    /// For whom: a party's record in the judge's case.
    pub recipient: PartyId,
    /// The same by role.
    pub role: RoleLine,
    /// The day of it.
    pub on: Date,
    /// The recipient's own other cases that it speaks of; none where it is set wordings only.
    pub cases: Vec<RecipientsCase>,
}

/// A case of the recipient's, in what the recipient knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientsCase {
    /// Its numbers.
    pub numbers: Vec<CaseNumber>,
    /// The court that has it.
    pub court: Court,
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// What kind of proceeding.
    pub proceeding: ProceedingKind,
    /// The recipient's own roles in it.
    pub roles: BTreeSet<Role>,
    /// How far it has come.
    pub phase: Phase,
}

/// A clerk checked a party version for what must not travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyVersionChecked {
    /// The party version.
    pub party_version: PartyVersionId,
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The clerk.
    pub by: Subject,
    /// Why it may not go out; released where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<CheckRefusal>,
}

/// The recipient was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyVersionTold {
    /// The party version.
    pub party_version: PartyVersionId,
    /// The signal.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The version of the signal that it was made of.
    pub version: u32,
    /// Who recorded it.
    pub by: Subject,
    /// The day on which it was told.
    pub on: Date,
}

words! {
    /// Why a party version may not go out.
    CheckRefusal {
        /// It shows where somebody lives, or lets it be inferred.
        RevealsResidence = "reveals-residence",
        /// It speaks of somebody else's case.
        OthersCase = "others-case",
        /// It lets somebody be recognised who is to stay unknown.
        NamesThird = "names-third",
        /// It is for the wrong person.
        WrongRecipient = "wrong-recipient",
        /// The recipient may not know of it yet.
        TooEarly = "too-early",
    }
}
