//! Takes up a question, keeps it, lays it down, sets it aside, and finds the next.
//!
//! Invariant: of two who want the same question at once one gets it; who wants the next gets another.

use domain::decision::Decision as _;
use domain::decisions::claim_task::{HandleTask, Handling, Refusal};
use domain::fact::{Actor, StewardFact, Subject};
use domain::ids::MatchId;
use jiff::Timestamp;
use journal::{Cause, DecideError, JournalError};

use crate::desk::Desk;
use crate::queue::{self, Pools};

/// Why a question was not taken up, or set aside.
pub type TaskError = DecideError<Refusal>;

impl Desk {
    /// Does something with a question short of deciding on it. Answers until when it is in the steward's hand, if it is.
    ///
    /// # Errors
    /// The refusal, or what went wrong with the journal.
    pub async fn handle(
        &self,
        question: MatchId,
        by: &Subject,
        handling: Handling,
    ) -> Result<Option<Timestamp>, TaskError> {
        let now = self.clock.now();
        let decision = HandleTask { question, by: by.clone(), handling, now };
        let cause = Cause { id: runtime::ids::id(), actor: Actor::user(by), event_time: now };
        let mut tx = self.journal.begin().await?;
        tx.lock(&decision.rests_on()).await?;
        let written = tx.decide(&decision, &cause).await?;
        let standing = queue::refresh(&mut tx, question).await?.ok_or(DecideError::Refused(Refusal::NeverAsked))?;
        for recorded in &written {
            if let StewardFact::TaskSetAside(aside) = &recorded.fact {
                queue::set_aside(&mut tx, aside).await?;
            }
        }
        tx.commit().await?;
        Ok(standing.task.claim(now).filter(|claim| claim.by == *by).map(|claim| claim.until))
    }

    /// Takes up the most pressing question that is for this steward; nothing when there is none.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn next(&self, by: &Subject, pools: &Pools) -> Result<Option<(MatchId, Timestamp)>, JournalError> {
        let (now, today) = (self.clock.now(), self.clock.today());
        for question in queue::offers(self.journal.pool(), by, pools, now, today).await? {
            match self.handle(question, by, Handling::Claim).await {
                Ok(Some(until)) => return Ok(Some((question, until))),
                // Somebody was quicker, or it was answered meanwhile: the one after it.
                Ok(None) | Err(DecideError::Refused(_)) => {}
                Err(DecideError::Journal(error)) => return Err(error),
            }
        }
        Ok(None)
    }
}
