//! Whose address, or whose person, a court shields from the other parties. Where anybody is shielded, nothing may be told from
//! which it could be inferred where they live: not even which court another case is at.

use std::collections::{BTreeMap, BTreeSet};

use super::docket::Revisions;
use crate::fact::intake::parties::ShieldingChanged;
use crate::fact::{Body, Fact, IntakeFact, SourceVersion};
use crate::ids::{CaseId, PartyId};

/// The kinds of facts that say so, under the tag of a case.
pub const KINDS: [&str; 3] = ["intake.event-corrected", "intake.event-retracted", "intake.shielding-changed"];

/// The parties that are shielded now, by the facts of [`KINDS`] about some cases, in any order.
pub fn shielded<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> BTreeSet<PartyId> {
    let mut said: BTreeMap<CaseId, BTreeMap<SourceVersion, &ShieldingChanged>> = BTreeMap::new();
    let mut revisions: BTreeMap<CaseId, Revisions> = BTreeMap::new();
    for fact in facts {
        let Body::Intake(told) = &fact.body else { continue };
        let (Some(case), Some(version)) = (told.case(), told.version()) else { continue };
        match told {
            IntakeFact::ShieldingChanged(f) => drop(said.entry(case).or_default().insert(version, f)),
            IntakeFact::EventRetracted(_) | IntakeFact::EventCorrected(_) => {}
            _ => continue,
        }
        revisions.entry(case).or_default().note(told);
    }
    let mut now: BTreeMap<PartyId, bool> = BTreeMap::new();
    for (case, said) in &said {
        let order = revisions.get(case).map(|revisions| revisions.counting(said.keys())).unwrap_or_default();
        for shielding in order.iter().filter_map(|version| said.get(version)) {
            now.insert(shielding.party, shielding.address || shielding.person);
        }
    }
    now.into_iter().filter(|(_, is)| *is).map(|(party, _)| party).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fact::intake::cases::EventRetracted;
    use crate::fact::{Actor, Author};
    use crate::ids::{EventId, FactId};

    fn version(sequence: u64) -> SourceVersion {
        SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
    }

    fn fact(told: IntakeFact) -> Fact {
        Fact {
            id: FactId::derived(&["f"]),
            body: told.into(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Intake),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn shields(sequence: u64, address: bool) -> Fact {
        let (case, party) = (CaseId::derived(&["F"]), PartyId::derived(&["p"]));
        let version = version(sequence);
        fact(IntakeFact::ShieldingChanged(ShieldingChanged { case, version, party, address, person: false }))
    }

    #[test]
    fn the_newest_word_of_the_court_counts_whatever_comes_first() {
        let retracted =
            EventRetracted { case: CaseId::derived(&["F"]), version: version(3), retracts: EventId::derived(&["2"]) };
        let retracted = fact(IntakeFact::EventRetracted(retracted));
        assert_eq!(shielded(&[shields(2, false), shields(1, true)]).len(), 0);
        assert_eq!(shielded(&[shields(2, true), shields(1, false)]).len(), 1);
        assert_eq!(shielded(&[retracted, shields(2, false), shields(1, true)]).len(), 1, "what was taken back");
    }
}
