//! A party of a case as its court last told of it, still sealed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Revisions;
use crate::fact::linker::Member;
use crate::fact::{Body, Fact, IntakeFact, SourceVersion};
use crate::ids::{EventId, PartyId};
use crate::party::PartyDetails;
use crate::role::{Capacity, Role};
use crate::sealed::Sealed;

/// The kinds of facts that tell of a party, under its tag.
pub const OF_PARTIES: [&str; 4] =
    ["intake.party-added", "intake.party-details-changed", "intake.party-removed", "intake.party-roles-ended"];

/// The kinds of facts that revise what was told, under the tag of the case.
pub const REVISIONS: [&str; 2] = ["intake.event-retracted", "intake.event-corrected"];

/// What was told of one party. Equal sets of facts give the same, whatever their order.
#[derive(Debug, Clone, Default)]
pub struct Told {
    member: Option<Member>,
    said: BTreeMap<SourceVersion, IntakeFact>,
    revisions: Revisions,
}

/// A party as it stands.
#[derive(Debug, Clone, Default)]
pub struct Party {
    /// The roles it was registered with; ended ones are among them: who somebody is does not end with a role.
    pub registered_as: BTreeSet<Role>,
    /// The roles it has.
    pub roles: BTreeSet<Role>,
    /// What it is to the family, where told.
    pub capacity: Option<Capacity>,
    /// Who it is; nothing where the party was removed, or its registration taken back.
    pub details: Option<Sealed<PartyDetails>>,
}

impl Told {
    /// What was told of `party`, of facts about the party and about its case.
    pub fn of<'f>(party: PartyId, facts: impl IntoIterator<Item = &'f Fact>) -> Self {
        let mut told = Self::default();
        for fact in facts {
            if let Body::Intake(fact) = &fact.body {
                told.fold(party, fact);
            }
        }
        told
    }

    /// Folds one fact; what is not about `party` and revises nothing is let pass.
    pub fn fold(&mut self, party: PartyId, fact: &IntakeFact) {
        let (of, case, version) = match fact {
            IntakeFact::PartyAdded(f) => (f.party, f.case, f.version),
            IntakeFact::PartyDetailsChanged(f) => (f.party, f.case, f.version),
            IntakeFact::PartyRolesEnded(f) => (f.party, f.case, f.version),
            IntakeFact::PartyRemoved(f) => (f.party, f.case, f.version),
            IntakeFact::EventRetracted(_) | IntakeFact::EventCorrected(_) => {
                self.revisions.note(fact);
                return;
            }
            _ => return,
        };
        if of == party {
            self.member = Some(Member { party, case });
            self.revisions.note(fact);
            self.said.insert(version, fact.clone());
        }
    }

    /// The record and its case; nothing when nobody told of it.
    pub const fn member(&self) -> Option<Member> {
        self.member
    }

    /// When its court first told who it is, or that it is gone, whatever became of that. That roles ended tells of nobody: whether
    /// it is heard before or after must change nothing.
    pub fn since(&self) -> Option<Timestamp> {
        let told = self.said.iter().filter(|(_, fact)| !matches!(fact, IntakeFact::PartyRolesEnded(_)));
        told.map(|(version, _)| version.time).min()
    }

    /// When its court last told who it is, of what counts.
    pub fn told_at(&self) -> Option<Timestamp> {
        let of_person =
            |fact: &&IntakeFact| matches!(fact, IntakeFact::PartyAdded(_) | IntakeFact::PartyDetailsChanged(_));
        self.counting().filter(of_person).filter_map(IntakeFact::version).map(|version| version.time).last()
    }

    /// What counts, in the order of the source: nothing that was taken back, and what corrects in the place of what it corrects.
    fn counting(&self) -> impl Iterator<Item = &IntakeFact> {
        self.revisions.counting(self.said.keys()).into_iter().filter_map(|at| self.said.get(&at))
    }

    /// The party as it stands.
    pub fn now(&self) -> Party {
        let mut now = Party::default();
        for fact in self.counting() {
            match fact {
                IntakeFact::PartyAdded(f) => {
                    now = Party {
                        registered_as: f.roles.clone(),
                        roles: f.roles.clone(),
                        capacity: f.capacity,
                        details: Some(f.details.clone()),
                    };
                }
                IntakeFact::PartyDetailsChanged(f) => now.details = Some(f.details.clone()),
                IntakeFact::PartyRolesEnded(f) => now.roles.retain(|role| !f.roles.contains(role)),
                IntakeFact::PartyRemoved(_) => now = Party::default(),
                _ => {}
            }
        }
        now
    }

    /// The events that count, as one id: changes whenever what is known of the party changes. Nothing when nothing counts.
    pub fn words(&self) -> Option<EventId> {
        let events: Vec<String> =
            self.counting().filter_map(IntakeFact::version).map(|version| version.event.to_string()).collect();
        let parts: Vec<&str> = events.iter().map(String::as_str).collect();
        (!parts.is_empty()).then(|| EventId::derived(&parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::intake::cases::{EventCorrected, EventRetracted};
    use crate::fact::intake::parties::{PartyRemoved, PartyRolesEnded};
    use crate::fact::intake::{PartyAdded, PartyDetailsChanged};
    use crate::ids::{CaseId, KeyId};

    fn party() -> PartyId {
        PartyId::derived(&["one"])
    }

    fn case() -> CaseId {
        CaseId::derived(&["F"])
    }

    fn event(sequence: u64) -> EventId {
        EventId::derived(&[&sequence.to_string()])
    }

    fn version(sequence: u64) -> SourceVersion {
        SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: event(sequence) }
    }

    fn roles(codes: &[&str]) -> BTreeSet<Role> {
        codes.iter().map(|code| Role::parse(code).unwrap()).collect()
    }

    fn sealed(text: &str) -> Sealed<PartyDetails> {
        Sealed::new(KeyId::of_party(party()), text.to_owned())
    }

    fn added(sequence: u64, role: &str, details: &str) -> IntakeFact {
        IntakeFact::PartyAdded(PartyAdded {
            case: case(),
            party: party(),
            version: version(sequence),
            roles: roles(&[role]),
            capacity: Some(Capacity::Mother),
            details: sealed(details),
            died: false,
        })
    }

    fn changed(sequence: u64, details: &str) -> IntakeFact {
        let (version, details) = (version(sequence), sealed(details));
        IntakeFact::PartyDetailsChanged(PartyDetailsChanged {
            case: case(),
            party: party(),
            version,
            details,
            died: false,
        })
    }

    fn removed(sequence: u64) -> IntakeFact {
        IntakeFact::PartyRemoved(PartyRemoved { case: case(), party: party(), version: version(sequence) })
    }

    fn retracted(sequence: u64, earlier: u64) -> IntakeFact {
        IntakeFact::EventRetracted(EventRetracted {
            case: case(),
            version: version(sequence),
            retracts: event(earlier),
        })
    }

    fn corrected(sequence: u64, earlier: u64) -> IntakeFact {
        IntakeFact::EventCorrected(EventCorrected {
            case: case(),
            version: version(sequence),
            replaces: event(earlier),
        })
    }

    /// The same in every order of arrival.
    fn told(facts: &[IntakeFact]) -> Told {
        let mut order = facts.to_vec();
        let mut answers = Vec::new();
        for _ in 0..facts.len() {
            order.rotate_left(1);
            let mut told = Told::default();
            for fact in &order {
                told.fold(party(), fact);
            }
            answers.push(told);
        }
        let shown = |told: &Told| format!("{:?} {:?}", told.now(), told.words());
        assert!(answers.windows(2).all(|two| shown(&two[0]) == shown(&two[1])), "whatever the order");
        answers.remove(0)
    }

    fn details(told: &Told) -> Option<String> {
        told.now().details.map(|details| details.sealed)
    }

    #[test]
    fn the_newest_word_of_the_court_counts() {
        let told = told(&[added(1, "petitioner", "first"), changed(3, "third"), added(2, "respondent", "second")]);
        assert_eq!(details(&told).as_deref(), Some("third"));
        assert_eq!(told.now().roles, roles(&["respondent"]));
        assert_eq!(told.now().capacity, Some(Capacity::Mother));
        assert_eq!(told.member(), Some(Member { party: party(), case: case() }));
        let mut other = Told::default();
        other.fold(PartyId::derived(&["two"]), &added(1, "petitioner", "first"));
        assert!(other.member().is_none() && other.words().is_none() && other.now().details.is_none());
    }

    #[test]
    fn what_is_taken_back_or_removed_is_nobody_and_can_come_back() {
        let first = added(1, "petitioner", "first");
        assert_eq!(details(&told(&[first.clone(), retracted(2, 1)])), None);
        assert!(told(&[first.clone(), retracted(2, 1)]).since().is_some(), "it is known that there was one");
        assert_eq!(details(&told(&[first.clone(), removed(2)])), None);
        assert_eq!(details(&told(&[first.clone(), removed(2), retracted(3, 2)])).as_deref(), Some("first"));
        assert_eq!(details(&told(&[first, removed(2), added(3, "minor", "again")])).as_deref(), Some("again"));
    }

    #[test]
    fn a_correction_stands_in_the_place_of_what_was_wrong() {
        let facts =
            [added(1, "petitioner", "wrong"), changed(2, "newer"), corrected(3, 1), added(3, "minor", "mended")];
        let told_all = told(&facts);
        assert_eq!(details(&told_all).as_deref(), Some("newer"), "what was said after the mistake still holds");
        assert_eq!(told_all.now().roles, roles(&["minor"]));
        assert_ne!(told_all.words(), told(&facts[..2]).words());
    }

    #[test]
    fn a_role_ends_and_who_it_was_remains() {
        let ended = IntakeFact::PartyRolesEnded(PartyRolesEnded {
            case: case(),
            party: party(),
            version: version(2),
            roles: roles(&["petitioner"]),
            on: jiff::civil::date(2026, 9, 1),
        });
        let now = told(&[added(1, "petitioner", "first"), ended]).now();
        assert!(now.roles.is_empty() && now.details.is_some());
        assert_eq!(now.registered_as, roles(&["petitioner"]));
    }
}
