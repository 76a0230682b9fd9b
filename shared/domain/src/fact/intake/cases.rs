//! What becomes of a case as a whole: appeal, joinder, referral, end. Facts of intake.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::CaseReference;
use super::facts;
use crate::case_phase::CasePhase;
use crate::decision_kind::DecisionKind;
use crate::dictum::Dictum;
use crate::ids::{ChargeId, DecisionId, EventId, PartyId};
use crate::violence::status::Instance;

facts! {
    /// An appeal was lodged against a decision of this case.
    AppealLodged {
        /// Before which court.
        instance: Instance,
        /// The day on which it was lodged.
        on: Date,
        /// The party who lodged it, or the first of them; missing when only the prosecution service did, or it is not told.
        by: Option<PartyId>,
        /// The other parties who lodged it.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        jointly_with: BTreeSet<PartyId>,
        /// Whether the prosecution service lodged it too, or alone; missing where the source did not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by_prosecution: Option<bool>,
        /// The charges it is about; none named means the whole case.
        charges: BTreeSet<ChargeId>,
    }
    /// No appeal lies any more: final and irrevocable.
    CaseBecameFinal {
        /// Since which day.
        on: Date,
        /// The charges it is about; none named means the whole case.
        charges: BTreeSet<ChargeId>,
    }
    /// The case was withdrawn by who brought it.
    CaseWithdrawn {
        /// The day of the withdrawal.
        on: Date,
    }
    /// The case was joined to another and goes on there.
    CaseJoined {
        /// The case that goes on.
        into: CaseReference,
        /// Since which day.
        on: Date,
    }
    /// A part of the case was split off into a case of its own.
    CaseSplit {
        /// The new case.
        off: CaseReference,
        /// Since which day.
        on: Date,
    }
    /// The case was referred to another court, where it has another number.
    CaseReferred {
        /// The case there.
        to: CaseReference,
        /// Since which day.
        on: Date,
    }
    /// The case entered a phase.
    PhaseEntered {
        /// The phase.
        phase: CasePhase,
        /// Since which day.
        on: Date,
    }
    /// A decision was given.
    DecisionGiven {
        /// The decision.
        decision: DecisionId,
        /// What kind of decision.
        decision_kind: DecisionKind,
        /// The day on which it was given.
        on: Date,
        /// What it says, by category.
        dicta: BTreeSet<Dictum>,
        /// Whether it can be enforced while an appeal lies.
        immediately_enforceable: bool,
    }
    /// An earlier event of the same source is taken back: as if it had never been sent.
    EventRetracted {
        /// The event that is taken back.
        retracts: EventId,
    }
    /// An earlier event is replaced by another, which takes its place in the order of the source.
    EventCorrected {
        /// The event that is replaced.
        replaces: EventId,
    }
    /// The source must destroy what it holds about these parties, and asks that this house does. Nothing is destroyed by this
    /// fact alone: an operator drops the keys of these parties' records.
    DestructionOrdered {
        /// The parties; none named means every party of the case.
        parties: BTreeSet<PartyId>,
        /// By which day.
        on: Date,
    }
}
