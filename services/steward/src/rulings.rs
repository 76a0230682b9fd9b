//! Takes a steward's ruling: one person, or two.
//!
//! Invariants: a ruling rests on what the steward saw, and is refused when that was overtaken; a request that is repeated
//! under its own key writes nothing new; a ruling is undone only by the opposite ruling, and both stay in the journal; the
//! steward's own words are sealed before they are written.

use domain::decision::Tags;
use domain::decisions::rule_on_pair::{Refusal, RuleOnPair};
use domain::fact::steward::{Note, Ruling, RulingReason};
use domain::fact::{Actor, Subject};
use domain::ids::{FactId, MatchId};
use domain::sealed::Sealed;
use journal::{Cause, DecideError, JournalError};
use uuid::Uuid;

use crate::desk::{Desk, DeskError, Opened};
use crate::queue;
use crate::standing::{Given, Standing};
use crate::version::Version;

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 2000;

/// What a steward says about a question.
#[derive(Debug)]
pub struct Verdict {
    /// The question.
    pub question: MatchId,
    /// Whether the two records are one person.
    pub same: bool,
    /// On what ground.
    pub reason: RulingReason,
    /// In the steward's own words.
    pub note: Option<Note>,
    /// Who rules.
    pub by: Subject,
    /// The version of the question that the steward saw.
    pub seen: String,
    /// What the client calls this request, so that a repetition of it is recognised.
    pub request: Option<String>,
}

/// What became of a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The ruling that holds now.
    pub ruling: FactId,
    /// Whether it was written by this request; else it stood there already.
    pub new: bool,
    /// The version of the question now.
    pub version: Version,
}

/// Why a verdict was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RulingError {
    /// Nobody ever asked about these two records.
    #[error("no such question")]
    Unknown,
    /// The question or a record changed since the steward saw it.
    #[error("the question was overtaken")]
    Stale,
    /// The name of the request was used before, for another verdict.
    #[error("the name of the request was used for another verdict")]
    RequestReused,
    /// The record under whose key a note is sealed was erased.
    #[error("a note cannot be kept: the record was erased")]
    NoteOfErased,
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
            DecideError::Journal(error) => error.into(),
        }
    }
}

/// Whether a request by this name was handled before.
#[derive(Debug, PartialEq, Eq)]
enum Before {
    Never,
    Ruled(FactId),
    Otherwise,
}

impl Desk {
    /// Takes a verdict, and writes its effect on the queue in the same transaction.
    ///
    /// # Errors
    /// Why it was not taken; then nothing was written.
    pub async fn rule(&self, verdict: &Verdict) -> Result<Taken, RulingError> {
        let mut tx = self.journal.begin().await?;
        let facts = tx.facts(&queue::locks(verdict.question, None)).await?;
        // The pair of a question never changes, so it may be read before the lock.
        let pair = Standing::of(verdict.question, &facts).ok_or(RulingError::Unknown)?.asked.pair;
        let tags: Tags = [verdict.question.into(), pair.a.into(), pair.b.into()].into();
        tx.lock(&tags).await?;
        let opened = self.read(&mut tx, verdict.question).await?.ok_or(RulingError::Unknown)?;
        let cause = self.cause(verdict);
        match before(&opened.standing, &cause, verdict) {
            Before::Never => {}
            Before::Ruled(ruling) => return Ok(Taken { ruling, new: false, version: opened.version }),
            Before::Otherwise => return Err(RulingError::RequestReused),
        }
        if !opened.version.is(&verdict.seen) {
            return Err(RulingError::Stale);
        }
        let note = note(&opened, verdict)?;
        let decision = RuleOnPair { ruling: ruling(&opened.standing, verdict, note), same: verdict.same };
        let written = tx.decide(&decision, &cause).await?;
        let now = queue::refresh(&mut tx, verdict.question).await?.ok_or(RulingError::Unknown)?;
        let version = Version::of(
            &now,
            [(&opened.told[0], opened.keys[0].is_some()), (&opened.told[1], opened.keys[1].is_some())],
        );
        let ruling = now.ruling().map(|given| given.fact).ok_or(RulingError::Unknown)?;
        tx.commit().await?;
        Ok(Taken { ruling, new: !written.is_empty(), version })
    }

    /// The cause of a ruling. It follows from the request's own name where it has one, and so do the ids of the facts.
    fn cause(&self, verdict: &Verdict) -> Cause {
        let named = verdict.request.as_ref().map(|request| {
            FactId::derived(&["ruling", verdict.by.as_str(), &verdict.question.to_string(), request]).uuid()
        });
        let id: Uuid = named.unwrap_or_else(runtime::ids::id);
        Cause { id, actor: Actor::user(&verdict.by), event_time: self.clock.now() }
    }
}

fn before(standing: &Standing, cause: &Cause, verdict: &Verdict) -> Before {
    let said = |given: &Given| given.same == verdict.same && given.ruling.reason == verdict.reason;
    match standing.rulings.iter().find(|given| given.cause == cause.id) {
        None => Before::Never,
        Some(given) if said(given) => Before::Ruled(given.fact),
        Some(_) => Before::Otherwise,
    }
}

fn note(opened: &Opened, verdict: &Verdict) -> Result<Option<Sealed<Note>>, RulingError> {
    let Some(note) = &verdict.note else { return Ok(None) };
    let key = opened.keys[0].as_ref().ok_or(RulingError::NoteOfErased)?;
    Ok(Some(key.seal("note", note.reveal().as_bytes()).map_err(DeskError::from)?))
}

fn ruling(standing: &Standing, verdict: &Verdict, note: Option<Sealed<Note>>) -> Ruling {
    Ruling {
        question: verdict.question,
        pair: standing.asked.pair,
        by: verdict.by.clone(),
        reason: verdict.reason,
        note,
        // Put there by the decision, out of the question that it answers.
        evidence: None,
    }
}

#[cfg(test)]
mod tests {
    use domain::fact::{LinkerFact, StewardFact};
    use jiff::Timestamp;

    use super::*;
    use crate::standing::tests::{fact, id, question};

    fn verdict(same: bool, reason: RulingReason) -> Verdict {
        Verdict {
            question: id(),
            same,
            reason,
            note: None,
            by: Subject::parse("steward-1").expect("a subject"),
            seen: String::new(),
            request: Some("one".to_owned()),
        }
    }

    #[test]
    fn a_repeated_request_is_recognised_and_its_name_is_not_used_twice() {
        let asked = fact(1, LinkerFact::MatchPossible(question("name-birth")));
        let before_it = Standing::of(id(), std::slice::from_ref(&asked)).expect("it was asked");
        let given = verdict(true, RulingReason::SeenInFile);
        let ruled = fact(2, StewardFact::PairConfirmed(ruling(&before_it, &given, None)));
        let cause = Cause { id: ruled.cause, actor: Actor::user(&given.by), event_time: Timestamp::UNIX_EPOCH };
        assert_eq!(before(&before_it, &cause, &given), Before::Never);
        let ruling = ruled.id;
        let after = Standing::of(id(), &[asked, ruled]).expect("it was asked");
        assert_eq!(before(&after, &cause, &given), Before::Ruled(ruling));
        assert_eq!(before(&after, &cause, &verdict(false, RulingReason::SeenInFile)), Before::Otherwise);
        assert_eq!(before(&after, &cause, &verdict(true, RulingReason::DataAgrees)), Before::Otherwise);
    }
}
