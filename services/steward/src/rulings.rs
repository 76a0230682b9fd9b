//! Takes what a steward says about a question: one person, or two, or that nobody can tell; and takes back a ruling.
//!
//! Invariants: what is said rests on what the steward saw, and is refused when that was overtaken; a request that is repeated
//! under its own name writes nothing new and is answered alike; a ruling is never changed, what takes its place is a fact of its
//! own and both stay in the journal; the steward's own words are sealed before they are written.

use domain::decisions::docket::Told;
use domain::decisions::part_group;
use domain::decisions::rule_on_pair::{Refusal, RuleOnPair, Says, UndoRefusal, UndoRuling};
use domain::decisions::task::Task;
use domain::fact::steward::{Choice, Note};
use domain::fact::{Actor, Body, Fact, StewardFact, Subject};
use domain::ids::{FactId, MatchId};
use domain::sealed::Sealed;
use journal::{Cause, DataKey, DecideError, JournalError, Transaction};

use crate::desk::{Desk, DeskError, Opened, text};
use crate::version::{Changed, Version};
use crate::{controls, opinions, queue};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 2000;

/// A request of a steward about a question, under a name of its own.
#[derive(Debug, Clone)]
pub struct Request {
    /// The question.
    pub question: MatchId,
    /// Who asks.
    pub by: Subject,
    /// What the client calls this request, so that a repetition of it is recognised.
    pub name: String,
    /// The version of the question that the steward saw.
    pub seen: String,
}

/// What a steward says about a question.
#[derive(Debug)]
pub struct Verdict {
    /// What.
    pub says: Says,
    /// In the steward's own words.
    pub note: Option<Note>,
}

/// What became of what a steward said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Where it is written.
    pub fact: FactId,
    /// What it is worth.
    pub outcome: Outcome,
    /// The version of the question now.
    pub version: Version,
}

/// What something that a steward said is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is in force.
    InForce,
    /// Another steward must speak first.
    Waits,
    /// It was in force already; nothing was written.
    Unchanged,
}

/// Why what a steward said was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RulingError {
    /// Nobody ever asked about these two records.
    #[error("no such question")]
    Unknown,
    /// The question or a record changed since the steward saw it.
    #[error("the question was overtaken")]
    Stale(Vec<Changed>),
    /// The name of the request was used before, for another one.
    #[error("the name of the request was used for another one")]
    RequestReused,
    /// The record under whose key a note is sealed was erased.
    #[error("a note cannot be kept: the record was erased")]
    NoteOfErased,
    /// By the rules of the desk.
    #[error(transparent)]
    Refused(Refusal),
    /// The group was not parted, by the rules of the desk.
    #[error(transparent)]
    NotParted(part_group::Refusal),
    /// It cannot be taken back.
    #[error(transparent)]
    NotUndone(UndoRefusal),
    /// The desk could not.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<JournalError> for RulingError {
    fn from(error: JournalError) -> Self {
        Self::Desk(error.into())
    }
}

impl From<DecideError<Refusal>> for RulingError {
    fn from(error: DecideError<Refusal>) -> Self {
        match error {
            DecideError::Refused(Refusal::NeverAsked) => Self::Unknown,
            DecideError::Refused(refusal) => Self::Refused(refusal),
            DecideError::Journal(error) => error.into(),
        }
    }
}

impl From<DecideError<UndoRefusal>> for RulingError {
    fn from(error: DecideError<UndoRefusal>) -> Self {
        match error {
            DecideError::Refused(refusal) => Self::NotUndone(refusal),
            DecideError::Journal(error) => error.into(),
        }
    }
}

impl Desk {
    /// Takes a verdict, and writes its effect on the queue in the same transaction.
    ///
    /// # Errors
    /// Why it was not taken; then nothing was written.
    pub async fn rule(&self, request: &Request, verdict: &Verdict) -> Result<Taken, RulingError> {
        let cause = self.cause("ruling", request);
        let mut tx = self.journal.begin().await?;
        let opened = self.locked(&mut tx, request.question).await?;
        if let Some(fact) = written_for(&opened.facts, &cause) {
            if !says_the_same(fact, verdict, opened.keys[0].as_ref())? {
                return Err(RulingError::RequestReused);
            }
            let outcome = outcome(&fact.body);
            return Ok(Taken { fact: fact.id, outcome, version: opened.version });
        }
        fresh_as(&opened.version, request)?;
        if let Some(drawn) = &opened.standing.task.drawn {
            return self.review(tx, request, verdict, (&opened, drawn), &cause).await;
        }
        opinions::lapse_on(&mut tx, &opened, self.clock.now()).await?;
        let decision = RuleOnPair {
            question: request.question,
            pair: opened.standing.asked.pair,
            by: request.by.clone(),
            says: verdict.says,
            note: note(&opened, verdict.note.as_ref())?,
            now: self.clock.now(),
            hearing_soon: self.hearing_soon(&mut tx, &opened.standing.task).await?,
            words: opened.told.each_ref().map(Told::words),
        };
        let written = tx.decide(&decision, &cause).await?;
        let (fact, outcome) = match written.first() {
            Some(written) => (written.id, outcome(&written.fact.clone().into())),
            None => (opened.standing.task.in_force().ok_or(RulingError::Unknown)?.fact, Outcome::Unchanged),
        };
        let version = refreshed(&mut tx, request.question, &opened).await?;
        tx.commit().await?;
        Ok(Taken { fact, outcome, version })
    }

    /// Takes a ruling back, soon after it was given: what held before it holds again. Answers the fact that says so.
    ///
    /// # Errors
    /// Why it was not taken back; then nothing was written.
    pub async fn undo(&self, request: &Request, ruling: FactId) -> Result<Taken, RulingError> {
        let cause = self.cause("undo", request);
        let mut tx = self.journal.begin().await?;
        let opened = self.locked(&mut tx, request.question).await?;
        if let Some(fact) = written_for(&opened.facts, &cause) {
            let same = match &fact.body {
                Body::Steward(StewardFact::RulingUndone(undone)) => undone.ruling == ruling,
                Body::Steward(StewardFact::ReviewUndone(undone)) => undone.review == ruling,
                _ => false,
            };
            return if same {
                Ok(Taken { fact: fact.id, outcome: Outcome::InForce, version: opened.version })
            } else {
                Err(RulingError::RequestReused)
            };
        }
        fresh_as(&opened.version, request)?;
        if let Some(drawn) = &opened.standing.task.drawn {
            return self.take_back_review(tx, request, ruling, (&opened, drawn), &cause).await;
        }
        let (question, pair, by) = (request.question, opened.standing.asked.pair, request.by.clone());
        let decision = UndoRuling { question, pair, ruling, by, now: self.clock.now() };
        let written = tx.decide(&decision, &cause).await?;
        let fact = written.first().ok_or(RulingError::Unknown)?.id;
        let version = refreshed(&mut tx, question, &opened).await?;
        tx.commit().await?;
        Ok(Taken { fact, outcome: Outcome::InForce, version })
    }

    /// A question, read under the locks on it and on its records.
    pub(crate) async fn locked(&self, tx: &mut Transaction, question: MatchId) -> Result<Opened, RulingError> {
        // The pair of a question never changes, so it may be read before the lock.
        let standing = queue::standing(tx, question).await?.ok_or(RulingError::Unknown)?;
        let beside = controls::beside(standing.task.drawn.as_ref());
        tx.lock(&Task::tags(question, standing.asked.pair).into_iter().chain(beside).collect()).await?;
        self.read(tx, question).await?.ok_or(RulingError::Unknown)
    }

    /// The cause of what follows from a request. It follows from the request's own name, and so do the ids of the facts.
    pub(crate) fn cause(&self, kind: &str, request: &Request) -> Cause {
        let (by, question) = (request.by.as_str(), request.question.to_string());
        let id = FactId::derived(&[kind, by, &question, &request.name]).uuid();
        Cause { id, actor: Actor::user(&request.by), event_time: self.clock.now() }
    }
}

/// What was written for a request by this name before, if anything.
pub(crate) fn written_for<'f>(facts: &'f [Fact], cause: &Cause) -> Option<&'f Fact> {
    facts.iter().find(|fact| fact.cause == cause.id)
}

/// Refuses what rests on something else than what stands now.
pub(crate) fn fresh_as(version: &Version, request: &Request) -> Result<(), RulingError> {
    if version.is(&request.seen) {
        return Ok(());
    }
    Err(RulingError::Stale(version.changed_since(&request.seen)))
}

pub(crate) async fn refreshed(
    tx: &mut Transaction,
    question: MatchId,
    opened: &Opened,
) -> Result<Version, RulingError> {
    let now = queue::refresh(tx, question).await?.ok_or(RulingError::Unknown)?;
    let [a, b] = &opened.told;
    Ok(Version::of(&now, [(a, opened.keys[0].is_some()), (b, opened.keys[1].is_some())]))
}

pub(crate) const fn outcome(body: &Body) -> Outcome {
    match body {
        Body::Steward(StewardFact::OpinionGiven(_)) => Outcome::Waits,
        Body::Steward(StewardFact::PairReviewed(reviewed)) if !matches!(reviewed.waits, Some(false)) => Outcome::Waits,
        _ => Outcome::InForce,
    }
}

/// Whether a fact says what a verdict says: the same choice, ground and words.
fn says_the_same(fact: &Fact, verdict: &Verdict, key: Option<&DataKey>) -> Result<bool, DeskError> {
    let Body::Steward(told) = &fact.body else { return Ok(false) };
    let (choice, reason, note) = match told {
        StewardFact::OpinionGiven(f) => (f.choice, f.reason, &f.note),
        StewardFact::PairReviewed(f) => (f.choice, f.reason, &f.note),
        StewardFact::PairConfirmed(f) | StewardFact::PairRejected(f) => {
            (Choice::of(matches!(told, StewardFact::PairConfirmed(_))), Some(f.reason), &f.note)
        }
        _ => return Ok(false),
    };
    let wanted = match verdict.says {
        Says::Rules { reason, .. } => Some(reason),
        Says::CannotTell => None,
    };
    let words = match (note, &verdict.note, key) {
        // What was written cannot be read any more, since the record was erased: nobody can say that it was different.
        (None, None, _) | (Some(_), Some(_), None) => true,
        (Some(note), Some(words), Some(key)) => text(key, note)? == *words.reveal(),
        _ => false,
    };
    Ok(choice == verdict.says.choice() && reason == wanted && words)
}

pub(crate) fn note(opened: &Opened, note: Option<&Note>) -> Result<Option<Sealed<Note>>, RulingError> {
    let Some(note) = note else { return Ok(None) };
    let key = opened.keys[0].as_ref().ok_or(RulingError::NoteOfErased)?;
    Ok(Some(key.seal("note", note.reveal().as_bytes()).map_err(DeskError::from)?))
}

#[cfg(test)]
mod tests {
    use domain::fact::LinkerFact;
    use domain::fact::steward::{OpinionGiven, RulingReason};
    use domain::personal::Personal;

    use super::*;
    use crate::standing::tests::{fact, id, question, ruling};

    fn rules(same: bool, reason: RulingReason) -> Verdict {
        Verdict { says: Says::Rules { same, reason }, note: None }
    }

    #[test]
    fn a_repeated_request_is_recognised_by_all_that_it_says() {
        let ruled = fact(2, StewardFact::PairConfirmed(ruling()));
        let same = |fact: &Fact, verdict: &Verdict| says_the_same(fact, verdict, None).expect("no error");
        assert!(same(&ruled, &rules(true, RulingReason::SeenInFile)));
        assert!(!same(&ruled, &rules(false, RulingReason::SeenInFile)));
        assert!(!same(&ruled, &rules(true, RulingReason::DataAgrees)));
        assert!(!same(&ruled, &Verdict { says: Says::CannotTell, note: None }));
        let noted = Verdict { note: Some(Personal::new("asked".to_owned())), ..rules(true, RulingReason::SeenInFile) };
        assert!(!same(&ruled, &noted), "the words were added");
        let opinion = OpinionGiven {
            question: id(),
            by: ruling().by,
            choice: Choice::CannotTell,
            cut: None,
            reason: None,
            note: None,
            seen: None,
        };
        let opinion = fact(2, StewardFact::OpinionGiven(opinion));
        assert!(same(&opinion, &Verdict { says: Says::CannotTell, note: None }));
        assert_eq!((outcome(&opinion.body), outcome(&ruled.body)), (Outcome::Waits, Outcome::InForce));
        let asked = fact(1, LinkerFact::MatchPossible(question("possible")));
        assert!(!same(&asked, &rules(true, RulingReason::SeenInFile)));
    }
}
