//! The read model derived anew from the journal, beside the one in use: see [`crate::beside`].
//!
//! Only what was handled counts, so that what still waits finds what it would have found. Nothing is decided and no fact is written.

use journal::{Journal, JournalError, Transaction};

use crate::aside::Aside;
use crate::beside::{Building, Progress, Proof, the_builder};
use crate::listen::Linker;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many facts were read.
    pub facts: u64,
    /// How many records there were when it began.
    pub records: usize,
    /// How many pairs of those may be one person, or contradict each other.
    pub ties: usize,
    /// How many decisions were taken meanwhile.
    pub meanwhile: usize,
    /// A digest of the read model as it was, at the moment at which both were compared.
    pub before: String,
    /// A digest of the one derived anew, at that moment.
    pub now: String,
    /// How many facts waited to be handled at that moment. Of what they are about the one may know more than the other: only where
    /// none waited, and none was set aside, the digests must be equal.
    pub waiting: usize,
    /// What had been set aside by then, of which that equal digests prove nothing.
    pub aside: Vec<Aside>,
}

impl Rebuilt {
    /// Whether the read model was something else than what follows from the journal.
    pub fn differs(&self) -> bool {
        self.before != self.now && self.waiting == 0 && self.aside.is_empty()
    }

    fn of(building: &Building, proof: Proof) -> Self {
        let Proof { in_use, built, waiting, aside } = proof;
        let written = building.written;
        Self {
            facts: written.facts,
            records: written.records,
            ties: written.ties,
            meanwhile: building.meanwhile,
            before: in_use,
            now: built,
            waiting,
            aside,
        }
    }
}

impl Linker {
    /// Derives the read model anew beside the one in use, and puts it in its place. `told` hears how far it is. Nothing where
    /// somebody else builds one.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote; the read model is then as it was.
    pub async fn rebuild(&self, told: impl Fn(Progress)) -> Result<Option<Rebuilt>, JournalError> {
        let Some(mut building) = self.build(&told).await? else { return Ok(None) };
        let proof = building.prove(&told).await?;
        let building = building.switch_over(async |_| Ok(()), &told).await?;
        let rebuilt = Rebuilt::of(&building, proof);
        building.into_watch().commit().await?;
        Ok(Some(rebuilt))
    }

    /// What [`Linker::rebuild`] would make of the read model; it is as it was afterwards.
    ///
    /// # Errors
    /// As [`Linker::rebuild`].
    pub async fn try_rebuild(&self) -> Result<Option<Rebuilt>, JournalError> {
        let told = |_| ();
        let Some(mut building) = self.build(&told).await? else { return Ok(None) };
        let proof = building.prove(&told).await?;
        let rebuilt = Rebuilt::of(&building, proof);
        building.drop_it().await?;
        Ok(Some(rebuilt))
    }

    async fn build(&self, told: &impl Fn(Progress)) -> Result<Option<Building>, JournalError> {
        let Some(mut watch) = self.watch().await? else { return Ok(None) };
        // No other model is put in force while the builder's lock is held.
        let (linker, _) = self.in_force(&mut watch).await?;
        let mut building = Building::begin(&linker, watch, told).await?;
        building.catch_up(told).await?;
        Ok(Some(building))
    }

    /// The lock of the one builder, unless somebody else has it.
    pub(crate) async fn watch(&self) -> Result<Option<Transaction>, JournalError> {
        let mut watch = self.journal.begin().await?;
        Ok(watch.try_lock(&the_builder()).await?.then_some(watch))
    }
}

/// Whether facts were handled of which the read model knows nothing, as after a migration that emptied it. Whoever decided on it
/// would undo what was decided.
pub(crate) async fn is_needed(journal: &Journal) -> Result<bool, JournalError> {
    let mut transaction = journal.begin().await?;
    let needed = sqlx::query_scalar!(
        r#"select (not exists (select from linker.records) and exists (
               select from journal.inbox join journal.facts on facts.id = inbox.fact
               where facts.kind = 'intake.party-added'
           )) as "needed!""#
    );
    Ok(needed.fetch_one(transaction.sql()).await?)
}
