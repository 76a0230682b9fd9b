//! Stewards say that the records of one person are of two: which are of the one, and which of the other. And take back what they
//! just said; and ask whether a person is one at all.
//!
//! Invariants: a group is parted by two who would part it alike, each without knowing what the other thinks; whoever decides saw
//! every record of it, and it is parted whole or not at all: a ruling on every two records across the cut, in one transaction.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::in_force::InForce;
use super::raise_question::{question, together};
use super::rule_on_pair::{UndoRefusal, may_undo};
use super::task::{Opinion, Task};
use crate::decision::{Decision, Tags};
use crate::fact::linker::{PairEvidence, PersonCertain};
use crate::fact::steward::{
    Choice, Cut, GroupParted, GroupSuspected, Note, OpinionGiven, PartingUndone, Ruling, RulingReason, RulingUndone,
};
use crate::fact::{Body, Fact, StewardFact, Subject};
use crate::ids::{EventId, FactId, MatchId, Pair, PartyId};
use crate::sealed::Sealed;

/// The most pairs of records that one decision parts: some twenty records on either side.
pub const MOST_PAIRS: usize = 400;
/// Of two records nothing but whether they are one person can be said.
pub const LEAST_MEMBERS: usize = 3;

/// The link that holds a person together least, by what the linker says it is held together by. What a steward ruled to be one is
/// no weak link, unless nothing else holds it.
pub fn weakest(person: &PersonCertain) -> Option<&PairEvidence> {
    let weight = |evidence: &&PairEvidence| (evidence.ruling.is_some(), evidence.millibits, evidence.pair);
    person.evidence.iter().min_by_key(weight)
}

/// The cut through the weakest link: the smaller heap is the one that is moved.
pub fn cut_at_weakest(person: &PersonCertain) -> Option<Cut> {
    let bridge = weakest(person)?.pair;
    let mut side = BTreeSet::from([bridge.a]);
    loop {
        let links = person.evidence.iter().map(|evidence| evidence.pair).filter(|pair| *pair != bridge);
        let reached: Vec<PartyId> = links
            .filter(|pair| side.contains(&pair.a) != side.contains(&pair.b))
            .flat_map(|pair| [pair.a, pair.b])
            .collect();
        if reached.is_empty() {
            break;
        }
        side.extend(reached);
    }
    let members = members(person);
    let cut = Cut::of(&members, &side)?;
    Some(if cut.moved.len() > cut.kept.len() { Cut { moved: cut.kept, kept: cut.moved } } else { cut })
}

/// The records of a person.
pub fn members(person: &PersonCertain) -> BTreeSet<PartyId> {
    person.members.iter().map(|member| member.party).collect()
}

/// The locks under which a group is parted, or that is taken back: on its question, its records, and every two across the cut.
fn tags(of: MatchId, pair: Pair<PartyId>, cut: &Cut) -> Tags {
    let records = cut.moved.iter().chain(&cut.kept).map(|party| (*party).into());
    let across = cut.pairs().map(|pair| MatchId::between(pair).into());
    Task::tags(of, pair).into_iter().chain(records).chain(across).collect()
}

/// How a question about a group stands, and what holds between its records.
#[derive(Debug, Clone, Default)]
pub struct Known {
    task: Task,
    rulings: InForce<(FactId, bool)>,
}

impl Known {
    fn evolve(mut self, question: MatchId, fact: &Fact) -> Self {
        if let Body::Steward(told) = &fact.body {
            match told {
                StewardFact::RulingUndone(undone) => self.rulings.undo(undone.pair, undone.ruling),
                told => {
                    if let Some((ruling, same)) = told.ruling() {
                        self.rulings.rule(ruling.pair, fact.id, (fact.id, same));
                    }
                }
            }
        }
        self.task = self.task.evolve(question, fact);
        self
    }
}

/// A steward says how the records of a person are to be parted.
#[derive(Debug, Clone)]
pub struct PartGroup {
    /// The question on which it is said.
    pub question: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// Which records are not of one person with which: all of the group, as the steward saw it.
    pub cut: Cut,
    /// Who says it.
    pub by: Subject,
    /// On what ground.
    pub reason: RulingReason,
    /// In their own words.
    pub note: Option<Sealed<Note>>,
    /// What time it is.
    pub now: Timestamp,
    /// What counts of the first and of the second record.
    pub words: [Option<EventId>; 2],
}

/// Why a group was not parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody ever asked about these two records.
    #[error("no question about these two records was ever asked")]
    NeverAsked,
    /// It waits for no answer.
    #[error("the question is not open")]
    NotOpen,
    /// The two records of the question are not of one person, or of one with no others.
    #[error("the question is not about a group of three records or more")]
    NoGroup,
    /// The cut is not one of all records of the person as it is now.
    #[error("the cut does not lay all records of the person, and no others, in two heaps")]
    OtherRecords,
    /// It would take more rulings than one decision holds.
    #[error("a group is parted by at most 400 rulings at a time: move fewer records")]
    TooMany,
    /// Somebody else has it in hand.
    #[error("another steward has taken up this question")]
    Claimed,
    /// They said already what they think.
    #[error("another steward must speak now")]
    SpokenBefore,
    /// Where an earlier ruling is overridden, it must be said in words why.
    #[error("why an earlier ruling is overridden must be said in words")]
    NoteMissing,
}

impl PartGroup {
    fn opinion(&self, task: &Task) -> StewardFact {
        StewardFact::OpinionGiven(OpinionGiven {
            question: self.question,
            by: self.by.clone(),
            choice: Choice::Split,
            cut: Some(self.cut.clone()),
            reason: Some(self.reason),
            note: self.note.clone(),
            seen: Some(task.seen(self.words)),
        })
    }

    fn parts(&self, person: &PersonCertain, opinions: &[FactId]) -> Vec<StewardFact> {
        let parted = StewardFact::GroupParted(GroupParted {
            question: self.question,
            cut: self.cut.clone(),
            by: self.by.clone(),
            reason: self.reason,
            note: self.note.clone(),
            opinions: opinions.to_vec(),
        });
        let ruling = |pair: Pair<PartyId>| {
            StewardFact::PairRejected(Ruling {
                question: MatchId::between(pair),
                pair,
                by: self.by.clone(),
                reason: self.reason,
                // The words stand once, with the decision.
                note: self.note.clone().filter(|_| pair == self.pair),
                evidence: person.evidence.iter().find(|evidence| evidence.pair == pair).cloned(),
                opinions: opinions.to_vec(),
                parted_in: Some(self.question),
            })
        };
        [parted].into_iter().chain(self.cut.pairs().map(ruling)).collect()
    }
}

impl Decision for PartGroup {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        tags(self.question, self.pair, &self.cut)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(self.question, fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Refusal> {
        let task = &known.task;
        if task.asked.as_ref().is_none_or(|asked| asked.pair != self.pair) {
            return Err(Refusal::NeverAsked);
        }
        if task.is_held_by_another(&self.by, self.now) {
            return Err(Refusal::Claimed);
        }
        if !task.is_open {
            return Err(Refusal::NotOpen);
        }
        if task.has_spoken(&self.by) {
            return Err(Refusal::SpokenBefore);
        }
        let person = task.together().filter(|person| person.members.len() >= LEAST_MEMBERS).ok_or(Refusal::NoGroup)?;
        if self.cut.members() != members(person) || Cut::of(&members(person), &self.cut.moved).is_none() {
            return Err(Refusal::OtherRecords);
        }
        if self.cut.moved.len() * self.cut.kept.len() > MOST_PAIRS {
            return Err(Refusal::TooMany);
        }
        let overrides = |pair| known.rulings.get(pair).is_some_and(|(_, same)| *same);
        if self.note.is_none() && self.cut.pairs().any(overrides) {
            return Err(Refusal::NoteMissing);
        }
        let alike = |opinion: &&Opinion| opinion.cut.as_ref().is_some_and(|cut| cut.parts_like(&self.cut));
        let agree: Vec<FactId> = task.opinions.iter().filter(alike).map(|opinion| opinion.fact).collect();
        Ok(if agree.is_empty() { vec![self.opinion(task)] } else { self.parts(person, &agree) })
    }
}

/// A steward takes back a parting they just decided with another.
#[derive(Debug, Clone)]
pub struct UndoParting {
    /// The question on which it was decided.
    pub question: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// What was parted.
    pub cut: Cut,
    /// The parting.
    pub parting: FactId,
    /// Who takes it back.
    pub by: Subject,
    /// What time it is.
    pub now: Timestamp,
}

impl Decision for UndoParting {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = UndoRefusal;

    fn rests_on(&self) -> Tags {
        tags(self.question, self.pair, &self.cut)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(self.question, fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, UndoRefusal> {
        let parting = known.task.parting.as_ref();
        let parting = parting
            .filter(|parting| parting.fact == self.parting && parting.cut == self.cut)
            .ok_or(UndoRefusal::NotInForce)?;
        if !parting.by.contains(&self.by) {
            return Err(UndoRefusal::NotTheirs);
        }
        if !may_undo(parting.at, self.now) {
            return Err(UndoRefusal::TooLate);
        }
        let (question, by, parting) = (self.question, self.by.clone(), self.parting);
        let mut facts = vec![StewardFact::PartingUndone(PartingUndone { question, parting, by: by.clone() })];
        for pair in self.cut.pairs() {
            // What was ruled otherwise since is not undone with it: then the whole is not.
            let held = known.rulings.get(pair).filter(|(_, same)| !same).ok_or(UndoRefusal::NotInForce)?;
            facts.push(StewardFact::RulingUndone(RulingUndone {
                question: MatchId::between(pair),
                pair,
                ruling: held.0,
                by: by.clone(),
                parted_in: Some(question),
            }));
        }
        Ok(facts)
    }
}

/// A steward asks whether a person is one, on the link that holds it together least.
#[derive(Debug, Clone)]
pub struct SuspectGroup {
    /// The two records of that link.
    pub pair: Pair<PartyId>,
    /// Who asks.
    pub by: Subject,
    /// The record whose person they doubt.
    pub of: PartyId,
}

/// The two records are not taken for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the two records are not taken for one person")]
pub struct NotOne;

impl Decision for SuspectGroup {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = NotOne;

    fn rests_on(&self) -> Tags {
        Task::tags(MatchId::between(self.pair), self.pair)
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(MatchId::between(self.pair), fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, NotOne> {
        let person = together(task, self.pair).ok_or(NotOne)?;
        // What is asked already is not asked again.
        if task.is_open {
            return Ok(Vec::new());
        }
        let asked = question(person, self.pair).ok_or(NotOne)?;
        Ok(vec![StewardFact::GroupSuspected(GroupSuspected { asked, by: self.by.clone(), of: Some(self.of) })])
    }
}

#[cfg(test)]
mod tests;
