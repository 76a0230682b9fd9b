//! The answers to a control question: each is taken as on a question in earnest it would be, and may be taken back alike, so that
//! neither what is answered nor what can be done afterwards tells that it was one.

use jiff::Timestamp;

use super::{Known, tags};
use crate::decision::{Decision, Tags};
use crate::decisions::rule_on_pair::{Refusal, Says, UNDO, UndoRefusal, may_undo};
use crate::fact::steward::{
    Choice, ControlDrawn, Note, OpinionGiven, PairReviewed, QuestionReopened, ReviewUndone, RulingReason,
};
use crate::fact::{Fact, StewardFact, Subject};
use crate::ids::{FactId, MatchId, Pair, PartyId};
use crate::sealed::Sealed;

/// Asks in earnest, where an answer disagrees with what holds: with what was answered as one opinion on it.
fn reopens(known: &Known, drawn: &ControlDrawn, reviewed: &PairReviewed) -> Vec<StewardFact> {
    if reviewed.choice == Choice::CannotTell || reviewed.choice == Choice::of(drawn.same) {
        return Vec::new();
    }
    let Some(asked) = known.in_earnest(reviewed.pair, drawn.ruling) else { return Vec::new() };
    let (question, control, same) = (asked.question, reviewed.question, drawn.same);
    vec![
        StewardFact::QuestionReopened(QuestionReopened { asked, control, same }),
        StewardFact::OpinionGiven(OpinionGiven {
            question,
            by: reviewed.by.clone(),
            choice: reviewed.choice,
            cut: None,
            reason: reviewed.reason,
            note: reviewed.note.clone(),
            seen: None,
        }),
    ]
}

/// A steward answers a control question.
#[derive(Debug, Clone)]
pub struct ReviewPair {
    /// The control question.
    pub control: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// Who answers.
    pub by: Subject,
    /// What they think.
    pub says: Says,
    /// In their own words.
    pub note: Option<Sealed<Note>>,
    /// Whether one of the records was erased, or says something else since it was drawn.
    pub unlike: bool,
    /// What time it is.
    pub now: Timestamp,
    /// Whether a case of either person is heard within [`crate::decisions::task::HEARING_SOON`] days.
    pub hearing_soon: bool,
}

impl ReviewPair {
    const fn reason(&self) -> Option<RulingReason> {
        match self.says {
            Says::Rules { reason, .. } => Some(reason),
            Says::CannotTell => None,
        }
    }
}

impl Decision for ReviewPair {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        tags(self.control, self.pair)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(MatchId::between(self.pair), self.control, fact)
    }

    // Answers and refuses as `RuleOnPair` does, so that neither tells that it is a control question.
    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Refusal> {
        let task = &known.control;
        let drawn = task.drawn.as_ref().filter(|drawn| drawn.asked.pair == self.pair).ok_or(Refusal::NeverAsked)?;
        if task.is_held_by_another(&self.by, self.now) {
            return Err(Refusal::Claimed);
        }
        let choice = self.says.choice();
        // The same word again changes nothing and is not written again.
        if task.is_answered && task.in_force().is_some_and(|held| Choice::of(held.same) == choice) {
            return Ok(Vec::new());
        }
        if task.has_spoken(&self.by) {
            return Err(Refusal::SpokenBefore);
        }
        if !task.is_open || task.reviewed.is_some() || self.unlike || known.is_overtaken(drawn) {
            return Err(Refusal::NotOpen);
        }
        let overrides = matches!(self.says, Says::Rules { same, .. } if task.overrides(same));
        if overrides && self.note.is_none() {
            return Err(Refusal::NoteMissing);
        }
        let waits = !task.opinions.is_empty() || !task.why_two(self.hearing_soon).is_empty();
        let reviewed = PairReviewed {
            question: self.control,
            about: drawn.about,
            pair: self.pair,
            by: self.by.clone(),
            choice,
            reason: self.reason(),
            note: self.note.clone(),
            waits: (choice != Choice::CannotTell).then_some(waits),
        };
        // What may still be taken back has no consequences yet: see `SettleReview`.
        let earnest = if waits { reopens(known, drawn, &reviewed) } else { Vec::new() };
        Ok([StewardFact::PairReviewed(reviewed)].into_iter().chain(earnest).collect())
    }
}

/// A steward takes back their answer to a control question, as they would a ruling.
#[derive(Debug, Clone)]
pub struct UndoReview {
    /// The control question.
    pub control: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// The answer.
    pub review: FactId,
    /// Who takes it back.
    pub by: Subject,
    /// What time it is.
    pub now: Timestamp,
}

impl Decision for UndoReview {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = UndoRefusal;

    fn rests_on(&self) -> Tags {
        tags(self.control, self.pair)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(MatchId::between(self.pair), self.control, fact)
    }

    // Refuses as `UndoRuling` does.
    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, UndoRefusal> {
        let task = &known.control;
        let drawn = task.drawn.as_ref().ok_or(UndoRefusal::NotInForce)?;
        let held = task.in_force().filter(|held| held.fact == self.review).ok_or(UndoRefusal::NotInForce)?;
        if !held.by.contains(&self.by) {
            return Err(UndoRefusal::NotTheirs);
        }
        if !may_undo(held.at, self.now) {
            return Err(UndoRefusal::TooLate);
        }
        let (question, about, review, by) = (self.control, drawn.about, self.review, self.by.clone());
        Ok(vec![StewardFact::ReviewUndone(ReviewUndone { question, about, review, by })])
    }
}

/// Lets an answer that nobody can take back any more have its consequences: where it disagrees with what holds, that is asked in
/// earnest.
#[derive(Debug, Clone, Copy)]
pub struct SettleReview {
    /// The control question.
    pub control: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// What time it is.
    pub now: Timestamp,
}

impl Decision for SettleReview {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = std::convert::Infallible;

    fn rests_on(&self) -> Tags {
        tags(self.control, self.pair)
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(MatchId::between(self.pair), self.control, fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Self::Refusal> {
        let task = &known.control;
        let Some((drawn, (review, reviewed))) = task.drawn.as_ref().zip(task.reviewed.as_ref()) else {
            return Ok(Vec::new());
        };
        let held = task.in_force().filter(|held| held.fact == *review);
        let is_settled = held.is_some_and(|held| self.now.duration_since(held.at) > UNDO);
        if !is_settled || known.reopened || known.is_overtaken(drawn) {
            return Ok(Vec::new());
        }
        Ok(reopens(known, drawn, reviewed))
    }
}
