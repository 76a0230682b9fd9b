//! The decision who is who among a set of records that belong together: the difference between what was decided and what
//! follows now, as facts.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use domain::decision::{Decision, Tags};
use domain::decisions::in_force::InForce;
use domain::fact::linker::{
    Member, PairEvidence, PersonCertain, PersonDissolved, PersonSplit, PersonsMerged, Question, QuestionWithdrawn,
    WhyWithdrawn,
};
use domain::fact::{Body, Fact, LinkerFact, StewardFact};
use domain::ids::{FactId, MatchId, Pair, PartyId, PersonId};

use crate::engine::{Asked, Engine, Ruling, Solution};
use crate::record::Record;

/// Who is who among these records, decided anew.
///
/// `parties` are all records that hang together: by pairs that may be one person, by a person, by a ruling or by a
/// question that was ever asked. `records` are those of them that are known, linkable and not erased, and beside them others that say something
/// about them: co-parties whose likeness makes theirs more probable, siblings whose presence makes it less. About those
/// nothing is decided.
#[derive(Debug, Clone)]
pub struct Identify<'e> {
    /// What decides.
    pub engine: &'e Engine,
    /// Everything that hangs together.
    pub parties: BTreeSet<PartyId>,
    /// What of it can be compared, and with what.
    pub records: Vec<Record>,
    /// The doors behind which people of many families live.
    pub crowded: BTreeSet<u64>,
}

/// A question as it was asked last.
#[derive(Debug, Clone)]
struct WasAsked {
    asked: Asked,
    question: Question,
    /// Whether a steward ruled on it since: if it is still to be asked, it is asked anew.
    answered: bool,
}

/// What was decided before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    persons: BTreeMap<PersonId, PersonCertain>,
    questions: BTreeMap<MatchId, WasAsked>,
    rulings: InForce<Ruling>,
}

impl Known {
    /// Folds one fact.
    #[must_use]
    pub fn evolve(mut self, fact: &Fact) -> Self {
        match &fact.body {
            Body::Linker(LinkerFact::PersonCertain(person)) => {
                self.persons.insert(person.person, person.clone());
            }
            Body::Linker(LinkerFact::MatchPossible(question)) => {
                self.ask(Asked::Possible, question);
            }
            Body::Linker(LinkerFact::ConflictFound(question)) => {
                self.ask(Asked::Conflict, question);
            }
            Body::Linker(LinkerFact::QuestionWithdrawn(question)) => {
                self.questions.remove(&question.question);
            }
            Body::Steward(StewardFact::RulingUndone(undone)) => self.rulings.undo(undone.pair, undone.ruling),
            Body::Steward(ruled) => {
                let Some((ruling, same)) = ruled.ruling() else { return self };
                let seen = ruling.evidence.clone();
                if let Some(asked) = self.questions.get_mut(&ruling.question) {
                    asked.answered = true;
                }
                self.rulings.rule(ruling.pair, fact.id, Ruling { same, fact: fact.id, seen });
            }
            Body::Linker(other) => {
                if let Some(person) = other.ends() {
                    self.persons.remove(&person);
                }
            }
            _ => {}
        }
        self
    }
}

impl Known {
    fn ask(&mut self, asked: Asked, question: &Question) {
        let asked = WasAsked { asked, question: question.clone(), answered: false };
        self.questions.insert(question.question, asked);
    }
}

impl Decision for Identify<'_> {
    type Writes = LinkerFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        self.parties.iter().map(|party| (*party).into()).collect()
    }

    fn evolve(&self, state: Known, fact: &Fact) -> Known {
        state.evolve(fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<LinkerFact>, Infallible> {
        let mut solution = self.engine.solve(&self.records, &self.crowded, known.rulings.now());
        let ours = |party: PartyId| self.parties.contains(&party);
        solution.persons.retain(|_, person| person.members.iter().all(|member| ours(member.party)));
        solution.questions.retain(|_, (_, question)| ours(question.pair.a) && ours(question.pair.b));
        let model = self.engine.id();
        let present = self.records.iter().map(|record| record.member.party).collect();
        let mut facts = apart(known, &solution, ours, &present, model);
        facts.extend(certain(known, &solution, model));
        facts.extend(withdrawn(known, &solution));
        facts.extend(asked(known, &solution));
        Ok(facts)
    }
}

/// Persons that are no more, or not whole any more. Of a person that a record once was part of its facts still tell when it has
/// nothing to do with the person any more: only who is part of it today has a say.
fn apart(
    known: &Known,
    solution: &Solution,
    ours: impl Fn(PartyId) -> bool,
    present: &BTreeSet<PartyId>,
    model: &str,
) -> Vec<LinkerFact> {
    let part_of: BTreeMap<PartyId, PersonId> = solution
        .persons
        .iter()
        .flat_map(|(id, person)| person.members.iter().map(|member| (member.party, *id)))
        .collect();
    known
        .persons
        .values()
        .filter(|person| person.members.iter().any(|member| ours(member.party)))
        .filter_map(|person| became(person, &part_of, present, known, solution, model))
        .collect()
}

/// What became of a person whose records are not all in one and the same person any more.
fn became(
    person: &PersonCertain,
    part_of: &BTreeMap<PartyId, PersonId>,
    present: &BTreeSet<PartyId>,
    known: &Known,
    solution: &Solution,
    model: &str,
) -> Option<LinkerFact> {
    let (person, former, model) = (person.person, person.members.clone(), model.to_owned());
    let into: BTreeSet<PersonId> = former.iter().filter_map(|member| part_of.get(&member.party)).copied().collect();
    // Who is not there any more, removed or erased, is of no other person for that.
    let alone = former.iter().any(|member| present.contains(&member.party) && !part_of.contains_key(&member.party));
    let mut found = into.iter().copied();
    match (found.next(), found.next()) {
        (None, _) => {
            let rulings = parting(known, &former);
            Some(LinkerFact::PersonDissolved(PersonDissolved { person, former, rulings, model }))
        }
        (Some(one), None) if !alone => (one != person).then(|| {
            let evidence = leading(solution, one, &former);
            LinkerFact::PersonsMerged(PersonsMerged { person, into: one, former, evidence, model })
        }),
        _ => {
            let rulings = parting(known, &former);
            Some(LinkerFact::PersonSplit(PersonSplit { person, into, former, rulings, model }))
        }
    }
}

/// The evidence of a person that leads from some of its records to others.
fn leading(solution: &Solution, person: PersonId, from: &BTreeSet<Member>) -> Vec<PairEvidence> {
    let within = |party: PartyId| from.iter().any(|member| member.party == party);
    let evidence = solution.persons.get(&person).map(|person| person.evidence.as_slice()).unwrap_or_default();
    evidence.iter().filter(|found| within(found.pair.a) != within(found.pair.b)).cloned().collect()
}

/// The rulings that records among these are two persons.
fn parting(known: &Known, members: &BTreeSet<Member>) -> BTreeSet<FactId> {
    let rulings = known.rulings.now().iter().filter(|(pair, ruling)| !ruling.same && holds(members, pair));
    rulings.map(|(_, ruling)| ruling.fact).collect()
}

fn holds(members: &BTreeSet<Member>, pair: &Pair<PartyId>) -> bool {
    [pair.a, pair.b].iter().all(|party| members.iter().any(|member| member.party == *party))
}

fn certain(known: &Known, solution: &Solution, model: &str) -> Vec<LinkerFact> {
    let mut facts = Vec::new();
    for (id, person) in &solution.persons {
        let before = known.persons.get(id);
        if before.is_some_and(|before| before.members == person.members && before.evidence == person.evidence) {
            continue;
        }
        let former = before.map(|before| before.members.difference(&person.members).copied().collect());
        facts.push(LinkerFact::PersonCertain(PersonCertain {
            person: *id,
            members: person.members.clone(),
            former: former.unwrap_or_default(),
            evidence: person.evidence.clone(),
            model: model.to_owned(),
        }));
    }
    facts
}

fn withdrawn(known: &Known, solution: &Solution) -> Vec<LinkerFact> {
    let groups = Groups::of(solution);
    let asked: BTreeSet<Pair<Group>> = solution.questions.values().map(|(_, other)| groups.pair(other.pair)).collect();
    let gone = known
        .questions
        .values()
        .filter(|was| solution.questions.get(&was.question.question).is_none_or(|(now, _)| *now != was.asked));
    gone.map(|was| {
        let (question, pair) = (was.question.question, was.question.pair);
        let of = groups.pair(pair);
        let because = if known.rulings.get(pair).is_some() {
            WhyWithdrawn::Ruled
        } else if of.a == of.b {
            WhyWithdrawn::Joined
        } else if asked.contains(&of) {
            WhyWithdrawn::Superseded
        } else {
            WhyWithdrawn::EvidenceChanged
        };
        LinkerFact::QuestionWithdrawn(QuestionWithdrawn { question, pair, because })
    })
    .collect()
}

/// A person, or a record that is one by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Person(PersonId),
    Alone(PartyId),
}

/// Which record is part of which group.
struct Groups(BTreeMap<PartyId, PersonId>);

impl Groups {
    fn of(solution: &Solution) -> Self {
        let members =
            solution.persons.iter().flat_map(|(id, person)| person.members.iter().map(|one| (one.party, *id)));
        Self(members.collect())
    }

    fn pair(&self, pair: Pair<PartyId>) -> Pair<Group> {
        let group = |party| self.0.get(&party).map_or(Group::Alone(party), |person| Group::Person(*person));
        Pair::of(group(pair.a), group(pair.b))
    }
}

fn asked(known: &Known, solution: &Solution) -> Vec<LinkerFact> {
    let mut facts = Vec::new();
    for (id, (asked, question)) in &solution.questions {
        // A question once asked stays as it was, unless what it asks or rests on is different now.
        let stays = |was: &WasAsked| !was.answered && was.asked == *asked && was.question.evidence == question.evidence;
        if known.questions.get(id).is_some_and(stays) {
            continue;
        }
        facts.push(match asked {
            Asked::Conflict => LinkerFact::ConflictFound(question.clone()),
            Asked::Possible => LinkerFact::MatchPossible(question.clone()),
        });
    }
    facts
}

#[cfg(test)]
mod tests;
