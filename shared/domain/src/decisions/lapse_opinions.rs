//! What was thought of a question lapses where what it rests on is no longer so: two agree only on what both saw.
//!
//! An opinion on other evidence falls when the linker asks anew (`task.rs`); here falls what rests on records of which a court told
//! something else, or on groups that other records are of by now. The reason is kept, and whoever gave it may speak again.

use std::collections::BTreeSet;
use std::convert::Infallible;

use super::task::Task;
use crate::decision::{Decision, Tags};
use crate::fact::steward::{OpinionLapsed, Seen, WhyLapsed};
use crate::fact::{Fact, StewardFact};
use crate::ids::{EventId, FactId, MatchId, Pair, PartyId};

/// Lets go of the opinions on a question that rest on what is no longer so.
#[derive(Debug, Clone)]
pub struct LapseOpinions {
    /// The question.
    pub question: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// What counts of the first and of the second record.
    pub words: [Option<EventId>; 2],
}

impl LapseOpinions {
    /// The opinions that rest on something else than what is so now, and that.
    pub fn lapsed<'t>(&self, task: &'t Task) -> Vec<(FactId, &'t Seen)> {
        let now = task.seen(self.words);
        let rests_on = task.opinions.iter().filter_map(|opinion| Some((opinion.fact, opinion.seen.as_ref()?)));
        rests_on.filter(|(_, seen)| **seen != now).collect()
    }
}

impl Decision for LapseOpinions {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Task::tags(self.question, self.pair)
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(self.question, fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, Infallible> {
        let lapsed = self.lapsed(task);
        let Some((_, seen)) = lapsed.first() else { return Ok(Vec::new()) };
        let because = if seen.words == self.words { WhyLapsed::GroupsChanged } else { WhyLapsed::RecordsChanged };
        let opinions: BTreeSet<FactId> = lapsed.iter().map(|(opinion, _)| *opinion).collect();
        Ok(vec![StewardFact::OpinionLapsed(OpinionLapsed { question: self.question, opinions, because })])
    }
}

#[cfg(test)]
mod tests;
