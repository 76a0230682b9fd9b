//! What is said, as facts of intake.

use domain::court::Court;
use domain::fact::intake::cases::{CaseJoined, CaseWithdrawn, EventCorrected, EventRetracted};
use domain::fact::intake::criminal::CriminalChainNumbersMerged;
use domain::fact::intake::parties::{PartyRemoved, PartyRolesEnded};
use domain::fact::intake::{CaseReference, CaseRegistered, PartyAdded, PartyDetailsChanged};
use domain::fact::{IntakeFact, SourceVersion};
use domain::ids::{EventId, KeyId};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use domain::sealed::Sealed;
use jiff::civil::date;

use crate::register::time_of;
use crate::story::{Said, What};

/// Seals a text of a kind.
type Seal<'s> = dyn Fn(&str, &[u8]) -> String + Sync + 's;

/// What was said as number so many, sealed by `seal`; nothing where a steward ruled.
pub fn facts(number: usize, said: &Said, seal: &Seal<'_>) -> Vec<IntakeFact> {
    let Said::Told { case, version, corrects, what } = said else { return Vec::new() };
    let (case, on) = (*case, date(2026, 9, 1));
    let event = EventId::derived(&["said", &number.to_string()]);
    // The clocks of a publisher do not agree: who tells that roles ended has a slow one.
    let time = if matches!(what, What::RolesEnded { .. }) { time_of(0) } else { time_of(*version) };
    let version = SourceVersion { sequence: *version, time, event };
    let of = |number: &usize| EventId::derived(&["said", &number.to_string()]);
    let mut facts: Vec<IntakeFact> = corrects
        .iter()
        .map(|of_said| IntakeFact::EventCorrected(EventCorrected { case, version, replaces: of(of_said) }))
        .collect();
    facts.push(match what.clone() {
        What::Registered => IntakeFact::CaseRegistered(CaseRegistered {
            case,
            version,
            jurisdiction: Jurisdiction::Criminal,
            proceeding: ProceedingKind::parse("adult-criminal").unwrap(),
            court: Court::parse("RBROT").unwrap(),
            numbers: Vec::new(),
            registered_on: on,
            follows: None,
        }),
        What::Added { party, roles, details } => {
            let details = Sealed::new(KeyId::of_party(party), seal("party", &details.to_plaintext()));
            IntakeFact::PartyAdded(PartyAdded { case, party, version, roles, capacity: None, details, died: false })
        }
        What::Details { party, details } => {
            let details = Sealed::new(KeyId::of_party(party), seal("party", &details.to_plaintext()));
            IntakeFact::PartyDetailsChanged(PartyDetailsChanged { case, party, version, details, died: false })
        }
        What::RolesEnded { party, roles } => {
            IntakeFact::PartyRolesEnded(PartyRolesEnded { case, version, party, roles, on })
        }
        What::Removed { party } => IntakeFact::PartyRemoved(PartyRemoved { case, version, party }),
        What::Retracted { of: earlier } => {
            IntakeFact::EventRetracted(EventRetracted { case, version, retracts: of(&earlier) })
        }
        What::Joined { into } => {
            IntakeFact::CaseJoined(CaseJoined { case, version, into: CaseReference::Case(into), on })
        }
        What::Withdrawn => IntakeFact::CaseWithdrawn(CaseWithdrawn { case, version, on }),
        What::Merged { going_on, ended } => {
            let numbers = serde_json::json!({ "v": 1, "going_on": going_on.digits(), "ended": ended.digits() });
            let numbers = Sealed::new(KeyId::of_event(event), seal("numbers", numbers.to_string().as_bytes()));
            IntakeFact::CriminalChainNumbersMerged(CriminalChainNumbersMerged { case, version, numbers })
        }
    });
    facts
}
