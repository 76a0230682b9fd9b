//! Reads the journal for how good the decisions are (`domain::quality`).

use domain::quality::{KINDS, Quality, Report};
use journal::{JournalError, Which};

use crate::desk::Desk;

impl Desk {
    /// How good the decisions are, as of today.
    ///
    /// # Errors
    /// When the journal cannot be reached or a fact does not read.
    pub async fn quality(&self) -> Result<Report, JournalError> {
        let mut quality = Quality::default();
        let mut transaction = self.journal.begin().await?;
        transaction.each(Which::All, &KINDS, |fact| quality.hear(fact)).await?;
        Ok(quality.report(self.clock.today()))
    }
}
