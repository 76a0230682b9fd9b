//! Do cases belong together? Two do while a person stands in both in roles that link, unless they are one matter anyway.
//!
//! A link is of persons *and* roles: a party whose roles ended or who was removed links nothing any more, a case that was
//! withdrawn is linked with none, and who appears because of their work (lawyers, child protection workers, interpreters) never
//! links.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use super::docket::Docket;
use super::form_matters::Matters;
use crate::decision::{Decision, Tags};
use crate::fact::linker::{
    CasesLinked, LinkWithdrawn, LinkedPerson, PairEvidence, PersonCertain, PersonDissolved, PersonSplit, WhyUnlinked,
};
use crate::fact::{Body, Fact, LinkerFact};
use crate::ids::{CaseId, FactId, LinkId, MatterId, Pair, PartyId, PersonId};
use crate::role::Role;
use crate::violence::view::LinkBasis;

/// Decides anew of every two of these cases whether they are linked.
#[derive(Debug, Clone)]
pub struct LinkCases {
    /// The cases.
    pub cases: BTreeSet<CaseId>,
}

/// The cases, who stands in them, and the links as they are.
#[derive(Debug, Clone, Default)]
pub struct Known {
    persons: BTreeMap<PersonId, PersonCertain>,
    links: BTreeMap<Pair<CaseId>, BTreeSet<LinkedPerson>>,
    /// The rulings by which records of a person turned out to be of others, or of nobody else.
    parted: BTreeMap<PersonId, BTreeSet<FactId>>,
    dockets: BTreeMap<CaseId, Docket>,
    matters: Matters,
}

/// Who stands in a case in roles that link, and in which.
pub type Linking = BTreeMap<PartyId, BTreeSet<Role>>;

impl Decision for LinkCases {
    type Writes = LinkerFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        self.cases.iter().map(|case| (*case).into()).collect()
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        let fact = match &fact.body {
            Body::Linker(fact) => fact,
            Body::Intake(told) => {
                if let Some(case) = told.case() {
                    known.dockets.entry(case).or_default().fold(told);
                }
                return known;
            }
            _ => return known,
        };
        match fact {
            LinkerFact::PersonCertain(person) => drop(known.persons.insert(person.person, person.clone())),
            LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link) => {
                known.links.insert(link.cases, link.persons.clone());
            }
            LinkerFact::LinkWithdrawn(link) => drop(known.links.remove(&link.cases)),
            LinkerFact::PersonSplit(PersonSplit { person, rulings, .. })
            | LinkerFact::PersonDissolved(PersonDissolved { person, rulings, .. }) => {
                known.parted.insert(*person, rulings.clone());
            }
            other => known.matters.hear(other),
        }
        if let Some(person) = fact.ends() {
            known.persons.remove(&person);
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<LinkerFact>, Infallible> {
        let linking: BTreeMap<CaseId, Linking> =
            known.dockets.iter().map(|(case, docket)| (*case, docket.linking())).collect();
        let ours_only = linking.iter().filter(|(case, _)| self.cases.contains(case));
        let ours_only = ours_only.map(|(case, linking)| (*case, linking.clone())).collect();
        let matters = known.matters.ids();
        let shared = links(known.persons.values(), &ours_only, &matters);
        let ours = |cases: &Pair<CaseId>| self.cases.contains(&cases.a) && self.cases.contains(&cases.b);
        let gone = known.links.iter().filter(|(cases, _)| ours(cases) && !shared.contains_key(cases));
        let mut facts: Vec<LinkerFact> = gone
            .map(|(cases, before)| {
                let because = known.why_unlinked(*cases, before, &linking, &matters);
                let rulings = match because {
                    WhyUnlinked::NotOnePerson => known.parting(before),
                    WhyUnlinked::PartyLeft | WhyUnlinked::CaseWithdrawn | WhyUnlinked::OneMatter => BTreeSet::new(),
                };
                let (link, persons) = (LinkId::between(*cases), before.clone());
                LinkerFact::LinkWithdrawn(LinkWithdrawn { link, cases: *cases, because, persons, rulings })
            })
            .collect();
        for (cases, persons) in shared {
            let before = known.links.get(&cases);
            if before == Some(&persons) {
                continue;
            }
            let linked = CasesLinked { link: LinkId::between(cases), cases, persons };
            facts.push(if before.is_none() {
                LinkerFact::CasesLinked(linked)
            } else {
                LinkerFact::LinkChanged(linked)
            });
        }
        Ok(facts)
    }
}

impl Known {
    /// The rulings by which these are not one person any more.
    fn parting(&self, persons: &BTreeSet<LinkedPerson>) -> BTreeSet<FactId> {
        persons.iter().filter_map(|linked| self.parted.get(&linked.person)).flatten().copied().collect()
    }

    fn why_unlinked(
        &self,
        cases: Pair<CaseId>,
        before: &BTreeSet<LinkedPerson>,
        linking: &BTreeMap<CaseId, Linking>,
        matters: &BTreeMap<CaseId, MatterId>,
    ) -> WhyUnlinked {
        let withdrawn = |case: CaseId| self.dockets.get(&case).is_some_and(Docket::is_withdrawn);
        let stand = |case: CaseId, parties: &BTreeSet<PartyId>| {
            linking.get(&case).is_some_and(|case| parties.iter().any(|party| case.contains_key(party)))
        };
        if are_one_matter(matters, cases) {
            WhyUnlinked::OneMatter
        } else if withdrawn(cases.a) || withdrawn(cases.b) {
            WhyUnlinked::CaseWithdrawn
        } else if before.iter().all(|person| !stand(cases.a, &person.in_a) || !stand(cases.b, &person.in_b)) {
            WhyUnlinked::PartyLeft
        } else {
            WhyUnlinked::NotOnePerson
        }
    }
}

/// The links between cases in which one person stands in roles that link, but for those of one matter.
pub fn links<'p>(
    persons: impl IntoIterator<Item = &'p PersonCertain>,
    linking: &BTreeMap<CaseId, Linking>,
    matters: &BTreeMap<CaseId, MatterId>,
) -> BTreeMap<Pair<CaseId>, BTreeSet<LinkedPerson>> {
    let mut links: BTreeMap<Pair<CaseId>, BTreeSet<LinkedPerson>> = BTreeMap::new();
    for person in persons {
        for (cases, linked) in shared(person, linking) {
            links.entry(cases).or_default().insert(linked);
        }
    }
    links.retain(|cases, _| !are_one_matter(matters, *cases));
    links
}

fn are_one_matter(matters: &BTreeMap<CaseId, MatterId>, cases: Pair<CaseId>) -> bool {
    let matter = matters.get(&cases.a);
    matter.is_some() && matter == matters.get(&cases.b)
}

/// Every two cases in which a person stands, with its records there.
fn shared(person: &PersonCertain, linking: &BTreeMap<CaseId, Linking>) -> Vec<(Pair<CaseId>, LinkedPerson)> {
    let mut within: BTreeMap<CaseId, BTreeMap<PartyId, &BTreeSet<Role>>> = BTreeMap::new();
    for member in &person.members {
        if let Some(roles) = linking.get(&member.case).and_then(|case| case.get(&member.party)) {
            within.entry(member.case).or_default().insert(member.party, roles);
        }
    }
    let cases: Vec<_> = within.into_iter().collect();
    let mut shared = Vec::new();
    for (place, (a, in_a)) in cases.iter().enumerate() {
        for (b, in_b) in &cases[place + 1..] {
            let parties = |of: &BTreeMap<PartyId, &BTreeSet<Role>>| of.keys().copied().collect::<BTreeSet<_>>();
            let roles =
                |of: &BTreeMap<PartyId, &BTreeSet<Role>>| of.values().flat_map(|roles| roles.iter().copied()).collect();
            let (from, to) = (parties(in_a), parties(in_b));
            let linked = LinkedPerson {
                person: person.person,
                basis: basis(person, &from, &to),
                in_a: from,
                in_b: to,
                roles_in_a: roles(in_a),
                roles_in_b: roles(in_b),
            };
            // The cases come in the order of their ids, as a pair has them.
            shared.push((Pair { a: *a, b: *b }, linked));
        }
    }
    shared
}

/// By what the records in the one case lead to those in the other: by numbers, by the rules at least, or on a steward's word.
fn basis(person: &PersonCertain, from: &BTreeSet<PartyId>, to: &BTreeSet<PartyId>) -> LinkBasis {
    let by_rule = |evidence: &PairEvidence| evidence.ruling.is_none();
    if leads(person, from, to, |evidence| by_rule(evidence) && evidence.rests_on_number()) {
        LinkBasis::Hard
    } else if leads(person, from, to, by_rule) {
        LinkBasis::Soft
    } else {
        LinkBasis::ConfirmedBySteward
    }
}

/// Whether evidence of a kind leads from a record in the one case to a record in the other.
fn leads(
    person: &PersonCertain,
    from: &BTreeSet<PartyId>,
    to: &BTreeSet<PartyId>,
    counts: impl Fn(&PairEvidence) -> bool,
) -> bool {
    let mut reached = from.clone();
    loop {
        let further: BTreeSet<PartyId> = person
            .evidence
            .iter()
            .filter(|evidence| counts(evidence))
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
mod tests;
