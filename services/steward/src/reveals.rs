//! A masked identifier shown whole, after it was written down who asked for it and what for.
//!
//! Invariants: nothing is shown before the fact of it is in the journal; the fact says which identifier of which record, never
//! what it was; what was shown is in the answer alone.

use domain::decision::Decision as _;
use domain::decisions::reveal_identifier::{Refusal, RevealIdentifier};
use domain::fact::steward::{Identifier, RevealReason};
use domain::fact::{Actor, Subject};
use domain::ids::{FactId, MatchId};
use domain::personal::Personal;
use journal::{Cause, DecideError, JournalError};

use crate::desk::{Desk, DeskError, person};
use crate::record::{Person, whole};

/// One of the two records of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first.
    First,
    /// The second.
    Second,
}

/// What a steward wants to see.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Of which record.
    pub side: Side,
    /// Which identifier.
    pub identifier: Identifier,
    /// What for.
    pub reason: RevealReason,
}

/// What was shown.
#[derive(Debug)]
pub struct Revealed {
    /// Under which it is written.
    pub id: FactId,
    /// The identifier.
    pub value: Personal<String>,
}

/// Why nothing was shown.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// There is no such question.
    #[error("no such question was ever asked")]
    Unknown,
    /// The record has no such identifier, or was erased.
    #[error("the record has no such identifier, or it was erased")]
    Nothing,
    /// The rules forbid it.
    #[error(transparent)]
    Refused(Refusal),
    /// The journal would not, or what it holds does not read.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<JournalError> for RevealError {
    fn from(error: JournalError) -> Self {
        Self::Desk(error.into())
    }
}

impl Desk {
    /// Shows an identifier whole, once it is written down. Twice asked is twice shown, and twice written down.
    ///
    /// # Errors
    /// When there is nothing to show, the rules forbid it, or the journal cannot be reached.
    pub async fn reveal(&self, question: MatchId, by: &Subject, wish: Wish) -> Result<Revealed, RevealError> {
        let now = self.clock.now();
        let mut tx = self.journal.begin().await?;
        tx.lock(&[question.into()].into()).await?;
        let opened = self.read(&mut tx, question).await?.ok_or(RevealError::Unknown)?;
        let pair = opened.standing.asked.pair;
        let (party, told, key) = match wish.side {
            Side::First => (pair.a, &opened.told[0], &opened.keys[0]),
            Side::Second => (pair.b, &opened.told[1], &opened.keys[1]),
        };
        let known = person(told.now().details.as_ref(), key.as_ref())?;
        let Person::Known(details) = known else { return Err(RevealError::Nothing) };
        let value = whole(wish.identifier, &details).ok_or(RevealError::Nothing)?;
        let Wish { identifier, reason, .. } = wish;
        let decision = RevealIdentifier { question, party, identifier, reason, by: by.clone(), now };
        debug_assert!(decision.rests_on().contains(&question.into()), "what it rests on is locked");
        let cause = Cause { id: runtime::ids::id(), actor: Actor::user(by), event_time: now };
        let written = match tx.decide(&decision, &cause).await {
            Ok(written) => written,
            Err(DecideError::Refused(refusal)) => return Err(RevealError::Refused(refusal)),
            Err(DecideError::Journal(error)) => return Err(error.into()),
        };
        let id = written.first().ok_or(RevealError::Unknown)?.id;
        tx.commit().await?;
        Ok(Revealed { id, value: Personal::new(value) })
    }
}
