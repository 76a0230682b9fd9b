//! From persons to cases: every two cases in which a person stands, decided anew.

use std::collections::BTreeSet;

use domain::decisions::link_cases::LinkCases;
use domain::ids::CaseId;

use crate::attempt::{Attempt, Stop, tags};
use crate::listen::Linker;

impl Linker {
    /// Decides anew whether any two of these cases are linked.
    pub(crate) async fn link(&self, attempt: &mut Attempt<'_>, cases: BTreeSet<CaseId>) -> Result<(), Stop> {
        if cases.len() > 1 {
            attempt.hold(tags(cases.iter().copied())).await?;
            attempt.decide(&LinkCases { cases }).await?;
        }
        Ok(())
    }
}
