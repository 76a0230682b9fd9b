//! From persons to cases: every two cases in which a person stands, decided anew.

use std::collections::BTreeSet;

use domain::decisions::link_cases::LinkCases;
use domain::ids::CaseId;

use crate::attempt::{Attempt, Stop, tags};
use crate::listen::Linker;
use crate::{candidates, kinds};

impl Linker {
    /// Decides anew whether any two of these cases are linked.
    pub(crate) async fn link(&self, attempt: &mut Attempt<'_>, cases: BTreeSet<CaseId>) -> Result<(), Stop> {
        if cases.len() > 1 {
            attempt.hold(tags(cases.iter().copied())).await?;
            // Of persons what was said last; of the rest what has a bearing on who stands where.
            let persons = candidates::persons_of(attempt.sql(), &cases).await?;
            let mut facts = attempt.transaction.facts_with(&persons).await?;
            let kinds = kinds::all(&[&kinds::linking(), &kinds::LINKS, &kinds::MATTERS]);
            facts.extend(attempt.transaction.facts_of(&tags(cases.iter().copied()), &kinds).await?);
            attempt.decide_on(&LinkCases { cases }, &facts).await?;
        }
        Ok(())
    }
}
