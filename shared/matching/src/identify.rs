//! The decision who is who among a set of records that belong together: the difference between what was decided and what
//! follows now, as facts.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use domain::decision::{Decision, Tags};
use domain::fact::linker::{PersonCertain, PersonDissolved, Question, QuestionWithdrawn, WhyWithdrawn};
use domain::fact::{Body, Fact, LinkerFact};
use domain::ids::{MatchId, Pair, PartyId, PersonId};

use crate::MODEL;
use crate::record::Record;
use crate::solve::{Asked, Ruling, Rulings, Solution, solve};

/// Who is who among these records, decided anew.
///
/// `parties` are all records that hang together: by a shared key, by a person, by a ruling or by an open question. `records`
/// are those of them that are known, linkable and not erased; the others take part in nothing.
#[derive(Debug, Clone)]
pub struct Identify {
    /// Everything that hangs together.
    pub parties: BTreeSet<PartyId>,
    /// What of it can be compared.
    pub records: Vec<Record>,
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

impl Decision for Identify {
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
        let solution = solve(&self.records, &known.rulings);
        let mut facts = dissolved(known, &solution);
        facts.extend(certain(known, &solution));
        facts.extend(withdrawn(known, &solution));
        facts.extend(asked(known, &solution));
        Ok(facts)
    }
}

fn dissolved(known: &Known, solution: &Solution) -> Vec<LinkerFact> {
    known
        .persons
        .values()
        .filter(|person| !solution.persons.contains_key(&person.person))
        .map(|person| {
            LinkerFact::PersonDissolved(PersonDissolved {
                person: person.person,
                former: person.members.clone(),
                model: MODEL.to_owned(),
            })
        })
        .collect()
}

fn certain(known: &Known, solution: &Solution) -> Vec<LinkerFact> {
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
            model: MODEL.to_owned(),
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
mod tests {
    use domain::fact::steward::{Ruling as Ruled, RulingReason};
    use domain::fact::{Actor, Author, StewardFact, Subject};
    use domain::ids::FactId;
    use jiff::Timestamp;

    use super::*;
    use crate::compare::tests::record;

    fn fact(number: u32, body: impl Into<Body>) -> Fact {
        Fact {
            id: FactId::derived(&[&number.to_string()]),
            body: body.into(),
            cause: uuid::Uuid::nil(),
            actor: Actor::service(Author::Linker),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn decide(records: &[Record], history: &[Fact]) -> Vec<LinkerFact> {
        let decision =
            Identify { parties: records.iter().map(|r| r.member.party).collect(), records: records.to_vec() };
        let known = history.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
        decision.decide(&known).expect("never refuses")
    }

    fn history(facts: Vec<LinkerFact>, from: u32) -> Vec<Fact> {
        facts.into_iter().zip(from..).map(|(f, n)| fact(n, f)).collect()
    }

    const SAMIRA: [&str; 4] = ["El Amrani", "Samira", "1990-03-14", "999991000"];
    const WITHOUT_NUMBER: [&str; 4] = ["El Amrani", "Samira", "1990-03-14", ""];

    #[test]
    fn one_person_is_said_once() {
        let records = [record("F", SAMIRA), record("S", SAMIRA)];
        let facts = decide(&records, &[]);
        assert!(matches!(facts.as_slice(), [LinkerFact::PersonCertain(p)] if p.members.len() == 2));
        assert_eq!(decide(&records, &history(facts, 1)), []);
    }

    #[test]
    fn a_swapped_number_is_asked_about_and_breaks_nothing() {
        let swapped = ["van den Berg", "Pieter", "1987-11-02", "999991000"];
        let mut records = vec![record("F", SAMIRA), record("S", SAMIRA)];
        let before = history(decide(&records, &[]), 1);
        records.push(record("F", swapped));
        let facts = decide(&records, &before);
        assert!(matches!(facts.as_slice(), [LinkerFact::ConflictFound(_)]), "{facts:?}");
    }

    #[test]
    fn a_ruling_joins_and_a_later_one_parts() {
        let records = [record("F", SAMIRA), record("S", WITHOUT_NUMBER)];
        let mut known = history(decide(&records, &[]), 1);
        let Some(Body::Linker(LinkerFact::MatchPossible(question))) = known.first().map(|f| f.body.clone()) else {
            panic!("a question is asked")
        };
        let ruling = Ruled {
            question: question.question,
            pair: question.pair,
            by: Subject::parse("steward").expect("a subject"),
            reason: RulingReason::SeenInFile,
            note: None,
        };
        known.push(fact(10, StewardFact::PairConfirmed(ruling.clone())));
        let facts = decide(&records, &known);
        assert!(facts.iter().any(|f| matches!(f, LinkerFact::PersonCertain(_))));
        assert!(
            facts.iter().any(|f| matches!(f, LinkerFact::QuestionWithdrawn(w) if w.because == WhyWithdrawn::Ruled))
        );
        known.extend(history(facts, 20));
        known.push(fact(30, StewardFact::PairRejected(ruling)));
        let facts = decide(&records, &known);
        assert!(matches!(facts.as_slice(), [LinkerFact::PersonDissolved(_)]), "{facts:?}");
        known.extend(history(facts, 40));
        assert_eq!(decide(&records, &known), [], "a rejected pair does not come back");
    }

    #[test]
    fn a_record_that_left_dissolves_its_person() {
        let records = [record("F", SAMIRA), record("S", SAMIRA)];
        let before = history(decide(&records, &[]), 1);
        let facts = decide(&records[..1], &before);
        assert!(matches!(facts.as_slice(), [LinkerFact::PersonDissolved(p)] if p.former.len() == 2));
    }
}
