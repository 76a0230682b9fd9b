//! A steward takes up a question, so that no other decides on it meanwhile; keeps it, lays it down, or sets it aside.
//!
//! A claim is a lease: it ends by itself, and with the decision. Taking it up again before its end is the heartbeat; that is
//! written only once half of the time is over, so that a page that is open for hours leaves few facts.

use jiff::{SignedDuration, Timestamp};

use super::task::Task;
use crate::decision::{Decision, Tags};
use crate::fact::steward::{TaskClaimed, TaskReleased, TaskSetAside};
use crate::fact::{Fact, StewardFact, Subject};
use crate::ids::MatchId;

/// How long a claim lasts.
pub const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// For how long a question that is skipped is not offered again to who skipped it.
pub const SKIP: SignedDuration = SignedDuration::from_hours(1);
/// For how long a question can be set aside at most.
pub const LONGEST_ASIDE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What a steward does with a question short of deciding on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Takes it up, or keeps it.
    Claim,
    /// Lays it down.
    Release,
    /// Does not want to be offered it until then; nothing for a skip.
    SetAside(Option<Timestamp>),
}

/// A steward handles a question.
#[derive(Debug, Clone)]
pub struct HandleTask {
    /// The question.
    pub question: MatchId,
    /// Who.
    pub by: Subject,
    /// What they do.
    pub handling: Handling,
    /// What time it is.
    pub now: Timestamp,
}

/// Why it was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It was never asked.
    #[error("no such question was ever asked")]
    NeverAsked,
    /// It waits for no answer.
    #[error("the question is not open")]
    NotOpen,
    /// Another has it in hand.
    #[error("another steward has taken up this question")]
    Claimed,
    /// They said already what they think.
    #[error("another steward must speak now")]
    SpokenBefore,
    /// It cannot be set aside until then.
    #[error("a question is set aside until a moment within the next fourteen days")]
    Until,
}

impl Decision for HandleTask {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Tags::from([self.question.into()])
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(self.question, fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, Refusal> {
        if task.asked.is_none() {
            return Err(Refusal::NeverAsked);
        }
        let (question, by) = (self.question, self.by.clone());
        let mine = task.claim(self.now).filter(|claim| claim.by == self.by);
        match self.handling {
            Handling::Claim => {
                if !task.is_open {
                    return Err(Refusal::NotOpen);
                }
                if task.is_held_by_another(&self.by, self.now) {
                    return Err(Refusal::Claimed);
                }
                if task.has_spoken(&self.by) {
                    return Err(Refusal::SpokenBefore);
                }
                // Both are far from the ends of time: the clock of a machine says no such thing.
                let until = self.now.saturating_add(LEASE).unwrap_or(self.now);
                let fresh = mine.is_some_and(|claim| claim.until.duration_since(self.now) > LEASE / 2);
                Ok(if fresh { Vec::new() } else { vec![StewardFact::TaskClaimed(TaskClaimed { question, by, until })] })
            }
            Handling::Release => {
                let released = mine.map(|_| StewardFact::TaskReleased(TaskReleased { question, by }));
                Ok(released.into_iter().collect())
            }
            Handling::SetAside(until) => {
                if !task.is_open {
                    return Err(Refusal::NotOpen);
                }
                let longest = self.now.saturating_add(LONGEST_ASIDE).unwrap_or(self.now);
                let skip = self.now.saturating_add(SKIP).unwrap_or(self.now);
                let until = until.unwrap_or(skip);
                if until <= self.now || until > longest {
                    return Err(Refusal::Until);
                }
                Ok(vec![StewardFact::TaskSetAside(TaskSetAside { question, by, until })])
            }
        }
    }
}

#[cfg(test)]
mod tests;
