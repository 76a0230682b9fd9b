//! A record erased: its key dropped, and who is who decided anew without it, in one transaction.

use domain::fact::Actor;
use domain::ids::{EventId, KeyId, PartyId};
use jiff::Timestamp;
use journal::{Cause, JournalError};

use crate::candidates;
use crate::listen::{About, Change, Linker};

impl Linker {
    /// Drops the key of a party's record: nothing can name it any more. What it was found by and tied to goes with it, and whoever
    /// was taken for the same person, or asked about beside it, is decided anew. Answers whether there was a key; without one
    /// nothing happens.
    ///
    /// # Errors
    /// When the journal cannot be reached or the role may not drop keys; nothing was then done.
    pub async fn forget(&self, party: PartyId, at: Timestamp) -> Result<bool, JournalError> {
        let mut transaction = self.journal.begin().await?;
        if !self.vault.holds(transaction.sql(), KeyId::of_party(party)).await? {
            return Ok(false);
        }
        let kept = candidates::kept(transaction.sql(), &[party].into()).await?;
        drop(transaction);
        let case = kept.first().map(|kept| kept.member.case);
        let change = Change { parties: [party].into(), case, about: About::Erasure, ..Change::default() };
        let once = EventId::derived(&["erased", &party.to_string()]);
        let because = Cause { id: once.uuid(), actor: Actor::service(self.journal.author()), event_time: at };
        self.decide(&change, &because).await?;
        Ok(true)
    }
}
