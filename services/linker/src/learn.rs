//! A model learnt from the register itself: from its records, opened for that, and from what people ruled of pairs of them.
//!
//! Nothing is written. Of each pair counts the newest ruling that was not taken back, and nothing else: what somebody thought before
//! another agreed is no ruling, and an answer to a control question says something of who answered and not of the pair.

use journal::{JournalError, Which};
use matching::model::Model;
use matching::record::Record;

use crate::beside::AT_A_TIME;
use crate::listen::{KINDS, Linker};
use crate::state::State;
use crate::told::Heard;

impl Linker {
    /// Trains a model on the register as it is at one moment.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote.
    pub async fn learn(&self) -> Result<Model, JournalError> {
        let mut transaction = self.journal.begin().await?;
        transaction.one_moment().await?;
        let state = State::read(&mut transaction, None).await?;
        let mut heard = Heard::default();
        transaction.each(Which::Handled, &KINDS, |fact| heard.hear(fact)).await?;
        let mut kept: Vec<_> = heard.kept().collect();
        let mut records: Vec<Record> = Vec::with_capacity(kept.len());
        for part in kept.chunks_mut(AT_A_TIME) {
            records.extend(self.open(&mut transaction, part).await?.into_iter().flatten().map(|opened| opened.record));
        }
        drop(transaction);
        let rulings = state.rulings.now().iter().map(|(pair, ruled)| (*pair, ruled.said.same));
        Ok(self.engine.learn(&records, rulings))
    }
}
