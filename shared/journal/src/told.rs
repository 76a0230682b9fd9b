//! What courts told of parties, read from the journal.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tags;
use domain::decisions::docket::Told;
use domain::decisions::docket::told::{OF_PARTIES, REVISIONS};
use domain::fact::{Body, Fact};
use domain::ids::{CaseId, PartyId};

use crate::{JournalError, Transaction, Which};

fn case_of(body: &Body) -> Option<CaseId> {
    match body {
        Body::Intake(fact) => fact.case(),
        _ => None,
    }
}

impl Transaction {
    /// What was told of each of these parties; of one of whom nobody told, nothing.
    ///
    /// # Errors
    /// As [`Transaction::facts`].
    pub async fn told(&mut self, parties: &BTreeSet<PartyId>) -> Result<BTreeMap<PartyId, Told>, JournalError> {
        self.told_in(Which::All, parties).await
    }

    /// The same, of all that was written or of what this author handled.
    ///
    /// # Errors
    /// As [`Transaction::facts`].
    pub async fn told_in(
        &mut self,
        which: Which,
        parties: &BTreeSet<PartyId>,
    ) -> Result<BTreeMap<PartyId, Told>, JournalError> {
        let tags: Tags = parties.iter().map(|party| (*party).into()).collect();
        let mut facts = self.told_of(which, &tags, &OF_PARTIES).await?;
        let cases: Tags = facts.iter().filter_map(|fact| case_of(&fact.body)).map(Into::into).collect();
        facts.extend(self.told_of(which, &cases, &REVISIONS).await?);
        let mut told: BTreeMap<PartyId, Told> = parties.iter().map(|party| (*party, Told::default())).collect();
        for fact in &facts {
            let Body::Intake(fact) = &fact.body else { continue };
            for (party, told) in &mut told {
                if told.member().is_none_or(|member| fact.case() == Some(member.case)) {
                    told.fold(*party, fact);
                }
            }
        }
        told.retain(|_, told| told.member().is_some());
        Ok(told)
    }

    async fn told_of(&mut self, which: Which, tags: &Tags, kinds: &[&str]) -> Result<Vec<Fact>, JournalError> {
        match which {
            Which::All => self.facts_of(tags, kinds).await,
            Which::Handled => self.handled_of(tags, kinds).await,
        }
    }
}
