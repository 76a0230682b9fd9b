//! Whose address, or whose person, a court shields from the other parties. Where anybody is shielded, nothing may be told from
//! which it could be inferred where they live: not even which court another case is at.
//!
//! Invariants: the shield follows the person: whose record is shielded in one case is shielded in every case in which certainly the
//! same person stands, until that court takes it back or it turns out not to be one person. Nothing but that travels between
//! cases. Equal sets of facts about shielding give the same, whatever their order; who is who is heard in the journal's order.

use std::collections::{BTreeMap, BTreeSet};

use super::docket::Revisions;
use crate::fact::intake::parties::ShieldingChanged;
use crate::fact::linker::Member;
use crate::fact::{Body, Fact, IntakeFact, LinkerFact, SourceVersion};
use crate::ids::{CaseId, PartyId, PersonId};

/// The kinds of facts that say so, under the tag of a case.
pub const KINDS: [&str; 3] = ["intake.event-corrected", "intake.event-retracted", "intake.shielding-changed"];
/// The kinds of facts that say who is who, under the tags of the cases in which they stand.
pub const OF_PERSONS: [&str; 4] =
    ["linker.person-certain", "linker.person-dissolved", "linker.persons-merged", "linker.person-split"];

/// What was said of who is shielded and of who is who.
#[derive(Debug, Clone, Default)]
pub struct Shielding {
    said: BTreeMap<CaseId, BTreeMap<SourceVersion, ShieldingChanged>>,
    revisions: BTreeMap<CaseId, Revisions>,
    persons: BTreeMap<PersonId, BTreeSet<Member>>,
}

impl Shielding {
    /// What these facts say, those about persons in the journal's order; others are let pass.
    pub fn of<'f>(facts: impl IntoIterator<Item = &'f Fact>) -> Self {
        let mut shielding = Self::default();
        for fact in facts {
            shielding.hear(fact);
        }
        shielding
    }

    /// Hears a fact; what says nothing of it is let pass.
    pub fn hear(&mut self, fact: &Fact) {
        match &fact.body {
            Body::Intake(told) => self.hear_of_case(told),
            Body::Linker(LinkerFact::PersonCertain(person)) => {
                self.persons.insert(person.person, person.members.clone());
            }
            Body::Linker(fact) => {
                if let Some(person) = fact.ends() {
                    self.persons.remove(&person);
                }
            }
            _ => {}
        }
    }

    fn hear_of_case(&mut self, told: &IntakeFact) {
        let (Some(case), Some(version)) = (told.case(), told.version()) else { return };
        match told {
            IntakeFact::ShieldingChanged(f) => drop(self.said.entry(case).or_default().insert(version, f.clone())),
            IntakeFact::EventRetracted(_) | IntakeFact::EventCorrected(_) => {}
            _ => return,
        }
        self.revisions.entry(case).or_default().note(told);
    }

    /// The records that are shielded now, by their own court or because the same person is by another.
    pub fn parties(&self) -> BTreeSet<Member> {
        self.of_persons(self.by_their_courts())
    }

    /// The records that their own court shields.
    fn by_their_courts(&self) -> BTreeSet<Member> {
        let mut now: BTreeMap<Member, bool> = BTreeMap::new();
        for (case, said) in &self.said {
            let order = self.revisions.get(case).map(|revisions| revisions.counting(said.keys())).unwrap_or_default();
            for shielding in order.iter().filter_map(|version| said.get(version)) {
                let member = Member { party: shielding.party, case: *case };
                now.insert(member, shielding.address || shielding.person);
            }
        }
        now.into_iter().filter(|(_, is)| *is).map(|(member, _)| member).collect()
    }

    /// These records, and all others of the same persons.
    fn of_persons(&self, mut records: BTreeSet<Member>) -> BTreeSet<Member> {
        let persons = self.persons.values().filter(|members| !members.is_disjoint(&records));
        let all: Vec<Member> = persons.flatten().copied().collect();
        records.extend(all);
        records
    }

    /// Whether any record in these cases is shielded by more than what is said of this record alone, be it of the same person: what is
    /// told to that person passes over a judge's and a clerk's desk.
    pub fn shields_others_than(&self, record: PartyId, cases: &BTreeSet<CaseId>) -> bool {
        let mut shielded = self.by_their_courts();
        shielded.retain(|member| member.party != record);
        self.of_persons(shielded).iter().any(|member| cases.contains(&member.case) && member.party != record)
    }

    /// Whether anybody in these cases is shielded.
    pub fn shields_anybody(&self, cases: &BTreeSet<CaseId>) -> bool {
        self.parties().iter().any(|member| cases.contains(&member.case))
    }

    /// The other cases in which persons of these cases stand: what is said there of who is shielded counts here.
    pub fn other_cases(&self, cases: &BTreeSet<CaseId>) -> BTreeSet<CaseId> {
        let stand = |members: &&BTreeSet<Member>| members.iter().any(|member| cases.contains(&member.case));
        let all = self.persons.values().filter(stand).flatten().map(|member| member.case);
        all.filter(|case| !cases.contains(case)).collect()
    }

    /// The other cases of the persons of whom anything was ever said here: what changes of it here counts there.
    pub fn concerned(&self) -> BTreeSet<CaseId> {
        let spoken_of: BTreeSet<PartyId> =
            self.said.values().flat_map(|said| said.values().map(|shielding| shielding.party)).collect();
        let stand = |members: &&BTreeSet<Member>| members.iter().any(|member| spoken_of.contains(&member.party));
        self.persons.values().filter(stand).flatten().map(|member| member.case).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fact::intake::cases::EventRetracted;
    use crate::fact::linker::{PersonCertain, PersonDissolved};
    use crate::fact::{Actor, Author};
    use crate::ids::{EventId, FactId};

    fn version(sequence: u64) -> SourceVersion {
        SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
    }

    fn fact(told: IntakeFact) -> Fact {
        said(told)
    }

    fn said(told: impl Into<Body>) -> Fact {
        Fact {
            id: FactId::derived(&["f"]),
            body: told.into(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Intake),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn member(case: &str, party: &str) -> Member {
        Member { case: CaseId::derived(&[case]), party: PartyId::derived(&[party]) }
    }

    fn person(members: &[Member], former: &[Member]) -> Fact {
        said(LinkerFact::PersonCertain(PersonCertain {
            person: PersonId::derived(&["one"]),
            members: members.iter().copied().collect(),
            former: former.iter().copied().collect(),
            evidence: Vec::new(),
            model: "m".to_owned(),
        }))
    }

    #[test]
    fn the_shield_follows_the_person_and_ends_with_it() {
        let (here, there) = (member("F", "p"), member("S", "d2"));
        let cases = |members: &[Member]| members.iter().map(|member| member.case).collect::<BTreeSet<_>>();
        let mut facts = vec![person(&[here, there], &[]), shields(1, true)];
        let shielding = Shielding::of(&facts);
        assert_eq!(shielding.parties(), [here, there].into());
        assert!(shielding.shields_anybody(&cases(&[there])));
        assert!(!shielding.shields_others_than(there.party, &cases(&[there])), "it is the very record");
        assert!(shielding.shields_others_than(there.party, &cases(&[here, there])), "another record of theirs");
        assert!(!shielding.shields_others_than(here.party, &cases(&[here, there])), "that one alone is shielded");
        assert!(shielding.shields_others_than(PartyId::derived(&["d1"]), &cases(&[there])));
        assert_eq!(shielding.other_cases(&cases(&[there])), cases(&[here]));
        assert_eq!(shielding.concerned(), cases(&[here, there]));
        // The court takes it back.
        assert!(Shielding::of(facts.iter().chain(&[shields(2, false)])).parties().is_empty());
        // It turns out not to be one person.
        facts.push(person(&[there], &[here]));
        assert_eq!(Shielding::of(&facts).parties(), [here].into());
        let dissolved = PersonDissolved {
            person: PersonId::derived(&["one"]),
            former: [here, there].into(),
            rulings: [].into(),
            model: "m".to_owned(),
        };
        facts.extend([person(&[here, there], &[]), said(LinkerFact::PersonDissolved(dissolved))]);
        assert_eq!(Shielding::of(&facts).parties(), [here].into());
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
        let shielded = |facts: &[Fact]| Shielding::of(facts).parties().len();
        assert_eq!(shielded(&[shields(2, false), shields(1, true)]), 0);
        assert_eq!(shielded(&[shields(2, true), shields(1, false)]), 1);
        assert_eq!(shielded(&[retracted, shields(2, false), shields(1, true)]), 1, "what was taken back");
    }
}
