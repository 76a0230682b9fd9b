//! Do two cases belong together? They do while a person stands in both in a role that links.
//!
//! Records whose roles never link (lawyers, child protection workers, interpreters) are not part of any person, so a shared
//! lawyer can never link two cases.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use crate::decision::{Decision, Tags};
use crate::fact::linker::{CasesLinked, LinkWithdrawn, LinkedPerson, PersonCertain};
use crate::fact::{Body, Fact, LinkerFact};
use crate::ids::{CaseId, LinkId, Pair, PartyId, PersonId};
use crate::violence::view::LinkBasis;

/// Decides anew whether two cases are linked.
#[derive(Debug, Clone, Copy)]
pub struct LinkCases {
    /// The two cases.
    pub cases: Pair<CaseId>,
}

/// The persons of the two cases, and the link as it stands.
#[derive(Debug, Clone, Default)]
pub struct Known {
    persons: BTreeMap<PersonId, PersonCertain>,
    link: Option<BTreeSet<LinkedPerson>>,
}

impl Decision for LinkCases {
    type Writes = LinkerFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Tags::from([self.cases.a.into(), self.cases.b.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        let Body::Linker(fact) = &fact.body else { return known };
        match fact {
            LinkerFact::PersonCertain(person) => drop(known.persons.insert(person.person, person.clone())),
            LinkerFact::PersonDissolved(person) => drop(known.persons.remove(&person.person)),
            LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link) if link.cases == self.cases => {
                known.link = Some(link.persons.clone());
            }
            LinkerFact::LinkWithdrawn(link) if link.cases == self.cases => known.link = None,
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<LinkerFact>, Infallible> {
        let persons: BTreeSet<LinkedPerson> =
            known.persons.values().filter_map(|person| shared(person, self.cases)).collect();
        let link = LinkId::between(self.cases);
        let linked = || CasesLinked { link, cases: self.cases, persons: persons.clone() };
        Ok(match &known.link {
            None if persons.is_empty() => Vec::new(),
            None => vec![LinkerFact::CasesLinked(linked())],
            Some(before) if *before == persons => Vec::new(),
            Some(_) if persons.is_empty() => {
                vec![LinkerFact::LinkWithdrawn(LinkWithdrawn { link, cases: self.cases })]
            }
            Some(_) => vec![LinkerFact::LinkChanged(linked())],
        })
    }
}

fn shared(person: &PersonCertain, cases: Pair<CaseId>) -> Option<LinkedPerson> {
    let within = |case: CaseId| -> BTreeSet<PartyId> {
        person.members.iter().filter(|member| member.case == case).map(|member| member.party).collect()
    };
    let (in_a, in_b) = (within(cases.a), within(cases.b));
    (!in_a.is_empty() && !in_b.is_empty()).then(|| {
        let basis = if joined_by_rules(person, &in_a, &in_b) { LinkBasis::Hard } else { LinkBasis::ConfirmedBySteward };
        LinkedPerson { person: person.person, in_a, in_b, basis }
    })
}

/// Whether the rules alone, without any ruling, lead from a record in the one case to a record in the other.
fn joined_by_rules(person: &PersonCertain, from: &BTreeSet<PartyId>, to: &BTreeSet<PartyId>) -> bool {
    let mut reached = from.clone();
    loop {
        let further: BTreeSet<PartyId> = person
            .evidence
            .iter()
            .filter(|evidence| evidence.ruling.is_none())
            .flat_map(|evidence| {
                let Pair { a, b } = evidence.pair;
                [(a, b), (b, a)]
            })
            .filter(|(near, far)| reached.contains(near) && !reached.contains(far))
            .map(|(_, far)| far)
            .collect();
        if further.is_empty() {
            return !reached.is_disjoint(to);
        }
        reached.extend(further);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fact::linker::{Member, PairEvidence};
    use crate::fact::{Actor, Author};
    use crate::ids::FactId;

    fn member(case: &str, party: &str) -> Member {
        Member { case: CaseId::derived(&[case]), party: PartyId::derived(&[party]) }
    }

    fn person(members: &[Member], ruled: bool) -> LinkerFact {
        let pair = Pair::of(members[0].party, members[1].party);
        LinkerFact::PersonCertain(PersonCertain {
            person: PersonId::derived(&["p"]),
            members: members.iter().copied().collect(),
            former: BTreeSet::new(),
            evidence: vec![PairEvidence {
                pair,
                rule: "bsn-birth-name".to_owned(),
                fields: Vec::new(),
                ruling: ruled.then(|| FactId::derived(&["ruling"])),
                millibits: None,
            }],
            model: "test".to_owned(),
        })
    }

    fn given(facts: &[LinkerFact]) -> Vec<LinkerFact> {
        let decision = LinkCases { cases: Pair::of(CaseId::derived(&["F"]), CaseId::derived(&["S"])) };
        let known = facts.iter().fold(Known::default(), |known, fact| {
            let fact = Fact {
                id: FactId::derived(&["x"]),
                body: fact.clone().into(),
                cause: uuid::Uuid::nil(),
                actor: Actor::service(Author::Linker),
                event_time: Timestamp::UNIX_EPOCH,
                recorded_at: Timestamp::UNIX_EPOCH,
            };
            decision.evolve(known, &fact)
        });
        decision.decide(&known).expect("never refuses")
    }

    #[test]
    fn a_person_in_both_links_once_and_its_end_withdraws() {
        let both = person(&[member("F", "m1"), member("S", "m2")], false);
        let first = given(std::slice::from_ref(&both));
        let [LinkerFact::CasesLinked(link)] = first.as_slice() else { panic!("linked: {first:?}") };
        assert!(link.persons.iter().all(|person| person.basis == LinkBasis::Hard));
        assert_eq!(given(&[both.clone(), first[0].clone()]), []);
        let elsewhere = person(&[member("F", "m1"), member("X", "m3")], false);
        let after = given(&[both, first[0].clone(), elsewhere]);
        assert!(matches!(after.as_slice(), [LinkerFact::LinkWithdrawn(_)]));
    }

    #[test]
    fn a_person_in_other_cases_links_nothing_here() {
        assert_eq!(given(&[person(&[member("F", "m1"), member("X", "m3")], false)]), []);
    }

    #[test]
    fn a_link_on_a_stewards_word_says_so() {
        let facts = given(&[person(&[member("F", "m1"), member("S", "m2")], true)]);
        let [LinkerFact::CasesLinked(link)] = facts.as_slice() else { panic!("linked") };
        assert!(link.persons.iter().all(|person| person.basis == LinkBasis::ConfirmedBySteward));
    }
}
