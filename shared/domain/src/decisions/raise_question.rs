//! The desk asks about two records that are taken for one person, because a judge doubts it; and lets go of that when they no
//! longer are.
//!
//! Invariant: a report raises a question once. Where the records are not one person any more there is nothing left to ask: the
//! judge sees from what the linker said that the link is gone.

use std::convert::Infallible;

use super::task::Task;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::DoubtReason;
use crate::fact::linker::{PairEvidence, PersonCertain, Question};
use crate::fact::steward::{QuestionLapsed, QuestionRaised};
use crate::fact::{Fact, StewardFact};
use crate::ids::{CaseId, FactId, MatchId, Pair, PartyId};

/// The rule in the evidence of a question on two records that are one person by way of others only.
pub const BY_WAY_OF_OTHERS: &str = "by-way-of-others";

/// Asks about two records that a judge doubts are one person.
#[derive(Debug, Clone, Copy)]
pub struct RaiseQuestion {
    /// The two records.
    pub pair: Pair<PartyId>,
    /// The judge's report.
    pub doubt: FactId,
    /// What looked wrong.
    pub reason: DoubtReason,
}

/// The person that both records are of, as far as it is certain.
pub(super) fn together(task: &Task, pair: Pair<PartyId>) -> Option<&PersonCertain> {
    task.group(pair.a).filter(|person| person.members.iter().any(|member| member.party == pair.b))
}

/// The question about two records of a person, on what holds them together.
pub(super) fn question(person: &PersonCertain, pair: Pair<PartyId>) -> Option<Question> {
    let case = |party: PartyId| -> Option<CaseId> {
        person.members.iter().find(|member| member.party == party).map(|member| member.case)
    };
    let direct = person.evidence.iter().find(|evidence| evidence.pair == pair).cloned();
    let rule = BY_WAY_OF_OTHERS.to_owned();
    let evidence = direct.unwrap_or(PairEvidence { pair, rule, fields: Vec::new(), ruling: None, millibits: None });
    let (question, cases) = (MatchId::between(pair), (case(pair.a)?, case(pair.b)?));
    Some(Question { question, pair, cases, evidence, model: person.model.clone(), weighed: None })
}

impl Decision for RaiseQuestion {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Task::tags(MatchId::between(self.pair), self.pair)
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(MatchId::between(self.pair), fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, Infallible> {
        if task.doubts.contains(&self.doubt) {
            return Ok(Vec::new());
        }
        // What the linker asks already is asked on its own evidence, which is newer.
        let open = task.asked.clone().filter(|_| task.is_open);
        let asked = together(task, self.pair).and_then(|person| open.or_else(|| question(person, self.pair)));
        let raised =
            |asked| StewardFact::QuestionRaised(QuestionRaised { asked, doubt: self.doubt, reason: self.reason });
        Ok(asked.map(raised).into_iter().collect())
    }
}

/// Lets go of a question that a judge's doubt raised, where the two records are no longer taken for one person.
#[derive(Debug, Clone, Copy)]
pub struct LapseQuestion {
    /// The two records.
    pub pair: Pair<PartyId>,
}

impl Decision for LapseQuestion {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Task::tags(MatchId::between(self.pair), self.pair)
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(MatchId::between(self.pair), fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, Infallible> {
        let lapses = task.is_open && task.raised.is_some() && together(task, self.pair).is_none();
        let question = MatchId::between(self.pair);
        Ok(if lapses { vec![StewardFact::QuestionLapsed(QuestionLapsed { question })] } else { Vec::new() })
    }
}

#[cfg(test)]
mod tests;
