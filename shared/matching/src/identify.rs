//! The decision who is who among a set of records that belong together: the difference between what was decided and what
//! follows now, as facts.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use domain::decision::{Decision, Tags};
use domain::fact::linker::{PersonCertain, PersonDissolved, Question, QuestionWithdrawn, WhyWithdrawn};
use domain::fact::{Body, Fact, LinkerFact};
use domain::ids::{MatchId, Pair, PartyId, PersonId};

use crate::engine::{Asked, Engine, Ruling, Rulings, Solution};
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

/// What was decided before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    persons: BTreeMap<PersonId, PersonCertain>,
    questions: BTreeMap<MatchId, (Asked, Question)>,
    rulings: Rulings,
}

impl Known {
    /// Folds one fact.
    #[must_use]
    pub fn evolve(mut self, fact: &Fact) -> Self {
        match &fact.body {
            Body::Linker(LinkerFact::PersonCertain(person)) => {
                self.persons.insert(person.person, person.clone());
            }
            Body::Linker(LinkerFact::PersonDissolved(person)) => {
                self.persons.remove(&person.person);
            }
            Body::Linker(LinkerFact::MatchPossible(question)) => {
                self.questions.insert(question.question, (Asked::Possible, question.clone()));
            }
            Body::Linker(LinkerFact::ConflictFound(question)) => {
                self.questions.insert(question.question, (Asked::Conflict, question.clone()));
            }
            Body::Linker(LinkerFact::QuestionWithdrawn(question)) => {
                self.questions.remove(&question.question);
            }
            Body::Steward(ruled) => {
                let (ruling, same) = ruled.ruling();
                self.rulings.insert(ruling.pair, Ruling { same, fact: fact.id });
            }
            _ => {}
        }
        self
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
        let mut solution = self.engine.solve(&self.records, &self.crowded, &known.rulings);
        let ours = |party: PartyId| self.parties.contains(&party);
        solution.persons.retain(|_, person| person.members.iter().all(|member| ours(member.party)));
        solution.questions.retain(|_, (_, question)| ours(question.pair.a) && ours(question.pair.b));
        let model = self.engine.id();
        let mut facts = dissolved(known, &solution, ours, model);
        facts.extend(certain(known, &solution, model));
        facts.extend(withdrawn(known, &solution));
        facts.extend(asked(known, &solution));
        Ok(facts)
    }
}

/// Persons that are no more. Of a person that a record once was part of its facts still tell when it has nothing to do with the
/// person any more: only who is part of it today has a say.
fn dissolved(known: &Known, solution: &Solution, ours: impl Fn(PartyId) -> bool, model: &str) -> Vec<LinkerFact> {
    known
        .persons
        .values()
        .filter(|person| person.members.iter().any(|member| ours(member.party)))
        .filter(|person| !solution.persons.contains_key(&person.person))
        .map(|person| {
            LinkerFact::PersonDissolved(PersonDissolved {
                person: person.person,
                former: person.members.clone(),
                model: model.to_owned(),
            })
        })
        .collect()
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
    known
        .questions
        .values()
        .filter(|(asked, question)| solution.questions.get(&question.question).is_none_or(|(now, _)| now != asked))
        .map(|(_, question)| {
            LinkerFact::QuestionWithdrawn(QuestionWithdrawn {
                question: question.question,
                pair: question.pair,
                because: because(known, solution, question.pair),
            })
        })
        .collect()
}

fn because(known: &Known, solution: &Solution, pair: Pair<PartyId>) -> WhyWithdrawn {
    let together = solution.persons.values().any(|person| {
        let holds = |party| person.members.iter().any(|member| member.party == party);
        holds(pair.a) && holds(pair.b)
    });
    if known.rulings.contains_key(&pair) {
        WhyWithdrawn::Ruled
    } else if together {
        WhyWithdrawn::Superseded
    } else {
        WhyWithdrawn::EvidenceChanged
    }
}

fn asked(known: &Known, solution: &Solution) -> Vec<LinkerFact> {
    let mut facts = Vec::new();
    for (id, (asked, question)) in &solution.questions {
        // A question once asked stays as it was, unless what it asks or rests on is different now.
        if known.questions.get(id).is_some_and(|(was, before)| was == asked && before.evidence == question.evidence) {
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
