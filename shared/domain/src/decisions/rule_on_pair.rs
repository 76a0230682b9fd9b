//! A steward says whether two records are one person: alone, or as one of two who must agree. And takes back what was just said.
//!
//! Where two must agree, the first says what they think, which is no ruling; the second rules if they agree. If not, a third
//! decides. Nobody speaks twice.

use jiff::{SignedDuration, Timestamp};

use super::task::{Opinion, Task};
use crate::decision::{Decision, Tags};
use crate::fact::steward::{Choice, Note, OpinionGiven, Ruling, RulingReason, RulingUndone};
use crate::fact::{Fact, StewardFact, Subject};
use crate::ids::{EventId, FactId, MatchId, Pair, PartyId};
use crate::sealed::Sealed;

/// How long after a ruling those who gave it may take it back by themselves.
pub const UNDO: SignedDuration = SignedDuration::from_mins(15);

/// What a steward thinks of a question, to be written down.
#[derive(Debug, Clone)]
pub struct RuleOnPair {
    /// The question.
    pub question: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// Who speaks.
    pub by: Subject,
    /// What they think.
    pub says: Says,
    /// In their own words.
    pub note: Option<Sealed<Note>>,
    /// What time it is.
    pub now: Timestamp,
    /// Whether a case of either person is heard within [`super::task::HEARING_SOON`] days.
    pub hearing_soon: bool,
    /// What counts of the first and of the second record.
    pub words: [Option<EventId>; 2],
}

/// What a steward says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The two records are one person, or two.
    Rules {
        /// Whether they are one.
        same: bool,
        /// On what ground.
        reason: RulingReason,
    },
    /// Nobody can tell from this: two others are to look at it.
    CannotTell,
}

impl Says {
    /// As a choice.
    pub const fn choice(self) -> Choice {
        match self {
            Self::Rules { same, .. } => Choice::of(same),
            Self::CannotTell => Choice::CannotTell,
        }
    }
}

/// Why what a steward says was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody ever asked about these two records.
    #[error("no question about these two records was ever asked")]
    NeverAsked,
    /// Somebody else has it in hand.
    #[error("another steward has taken up this question")]
    Claimed,
    /// They said already what they think, and somebody else is to speak now.
    #[error("another steward must speak now")]
    SpokenBefore,
    /// Where a veto or an earlier ruling is overridden, it must be said in words why.
    #[error("why a veto or an earlier ruling is overridden must be said in words")]
    NoteMissing,
    /// The question waits for no answer, so that nobody is needed who could tell.
    #[error("the question is not open")]
    NotOpen,
}

impl RuleOnPair {
    fn ruling(&self, task: &Task, reason: RulingReason, agree: &[&Opinion]) -> Ruling {
        let mut opinions: Vec<FactId> = agree.iter().map(|opinion| opinion.fact).collect();
        // A ruling that two gave is what both think.
        opinions.dedup();
        Ruling {
            question: self.question,
            pair: self.pair,
            by: self.by.clone(),
            reason,
            note: self.note.clone(),
            evidence: task.evidence(),
            opinions,
            parted_in: None,
        }
    }

    fn opinion(&self, task: &Task, reason: Option<RulingReason>) -> StewardFact {
        StewardFact::OpinionGiven(OpinionGiven {
            question: self.question,
            by: self.by.clone(),
            choice: self.says.choice(),
            cut: None,
            reason,
            note: self.note.clone(),
            seen: Some(task.seen(self.words)),
        })
    }
}

impl Decision for RuleOnPair {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Task::tags(self.question, self.pair)
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(self.question, fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, Refusal> {
        // On a control question nobody rules: what is said of it changes nothing (`control.rs`).
        if task.asked.as_ref().is_none_or(|asked| asked.pair != self.pair) || task.drawn.is_some() {
            return Err(Refusal::NeverAsked);
        }
        if task.is_held_by_another(&self.by, self.now) {
            return Err(Refusal::Claimed);
        }
        let in_force = task.in_force();
        let Says::Rules { same, reason } = self.says else {
            if !task.is_open {
                return Err(Refusal::NotOpen);
            }
            return if task.has_spoken(&self.by) {
                Err(Refusal::SpokenBefore)
            } else {
                Ok(vec![self.opinion(task, None)])
            };
        };
        // The same word again, on the same evidence, changes nothing and is not written again.
        if task.is_answered && in_force.is_some_and(|held| held.same == same) {
            return Ok(Vec::new());
        }
        if task.has_spoken(&self.by) {
            return Err(Refusal::SpokenBefore);
        }
        if task.overrides(same) && self.note.is_none() {
            return Err(Refusal::NoteMissing);
        }
        let agree: Vec<&Opinion> = task.opinions.iter().filter(|opinion| opinion.choice == Choice::of(same)).collect();
        // Once somebody has spoken another must, whatever changed meanwhile.
        let two = !task.opinions.is_empty() || !task.why_two(self.hearing_soon).is_empty();
        if two && agree.is_empty() {
            return Ok(vec![self.opinion(task, Some(reason))]);
        }
        let ruling = self.ruling(task, reason, &agree);
        Ok(vec![if same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) }])
    }
}

/// A steward takes back a ruling they just gave, alone or with another.
#[derive(Debug, Clone)]
pub struct UndoRuling {
    /// The question.
    pub question: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// The ruling.
    pub ruling: FactId,
    /// Who takes it back.
    pub by: Subject,
    /// What time it is.
    pub now: Timestamp,
}

/// Why a ruling was not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefusal {
    /// There is no such ruling on this question, or it is not in force.
    #[error("no such ruling is in force")]
    NotInForce,
    /// Others gave it.
    #[error("only who gave a ruling can take it back")]
    NotTheirs,
    /// A whole group was parted by it and others: they are taken back together or not at all.
    #[error("a group was parted by this ruling: the whole parting is taken back")]
    OfParting,
    /// It is too long ago: what others did since may rest on it.
    #[error("the time to take it back is over")]
    TooLate,
}

impl Decision for UndoRuling {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = UndoRefusal;

    fn rests_on(&self) -> Tags {
        Task::tags(self.question, self.pair)
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(self.question, fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, UndoRefusal> {
        let held = task.in_force().filter(|held| held.fact == self.ruling).ok_or(UndoRefusal::NotInForce)?;
        if !held.by.contains(&self.by) {
            return Err(UndoRefusal::NotTheirs);
        }
        if held.is_of_parting {
            return Err(UndoRefusal::OfParting);
        }
        if !may_undo(held.at, self.now) {
            return Err(UndoRefusal::TooLate);
        }
        let (question, pair, ruling, by) = (self.question, self.pair, self.ruling, self.by.clone());
        Ok(vec![StewardFact::RulingUndone(RulingUndone { question, pair, ruling, by, parted_in: None })])
    }
}

/// Whether a ruling of then may still be taken back by those who gave it.
pub fn may_undo(given: Timestamp, now: Timestamp) -> bool {
    now.duration_since(given) <= UNDO
}

#[cfg(test)]
mod tests;
