//! From persons to cases: every two cases in which a changed person stands, decided anew.

use std::collections::BTreeSet;

use domain::decision::Tags;
use domain::decisions::link_cases::LinkCases;
use domain::fact::Fact;
use domain::ids::{CaseId, FactId, Pair};
use journal::{Cause, JournalError};

use crate::listen::Linker;

impl Linker {
    /// Decides anew whether any two of these cases are linked.
    pub(crate) async fn link(
        &self,
        fact: &Fact,
        cases: BTreeSet<CaseId>,
        cause: &Cause,
    ) -> Result<Vec<FactId>, JournalError> {
        let mut transaction = self.journal.begin().await?;
        let locks: Tags = cases.iter().map(|case| (*case).into()).collect();
        transaction.lock(&locks).await?;
        if !transaction.first_time(fact.id.uuid()).await? {
            return Ok(Vec::new());
        }
        for (place, a) in cases.iter().enumerate() {
            for b in cases.iter().skip(place + 1) {
                transaction.decide(&LinkCases { cases: Pair::of(*a, *b) }, cause).await?;
            }
        }
        transaction.commit().await?;
        Ok(Vec::new())
    }
}
