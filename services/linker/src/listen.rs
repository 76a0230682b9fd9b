//! Routes facts to what they concern. Decides nothing.

use std::sync::Arc;

use domain::fact::{Body, Fact, IntakeFact, LinkerFact};
use domain::ids::FactId;
use journal::{Cause, Journal, JournalError, Vault};
use matching::engine::Engine;

/// The kinds of facts that concern who is who and what belongs together.
pub const KINDS: [&str; 6] = [
    "intake.party-added",
    "intake.party-details-changed",
    "steward.pair-confirmed",
    "steward.pair-rejected",
    "linker.person-certain",
    "linker.person-dissolved",
];

/// The linker at work.
#[derive(Clone)]
pub struct Linker {
    /// Where it reads facts and writes its own.
    pub journal: Journal,
    /// What opens records, and hashes what they are found by.
    pub vault: Vault,
    /// What decides.
    pub engine: Arc<Engine>,
}

impl Linker {
    /// Handles one fact, and at once whatever persons it made or unmade.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote; nothing was then done.
    pub async fn handle(self, id: FactId) -> Result<(), JournalError> {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            waiting.extend(self.one(id).await?);
        }
        Ok(())
    }

    /// Handles one fact; answers the facts that are to be handled because of it. They are announced too: handling them
    /// here saves the way round, and the inbox sees to it that it happens once.
    async fn one(&self, id: FactId) -> Result<Vec<FactId>, JournalError> {
        let fact = self.journal.fact(id).await?.ok_or(JournalError::Unknown(id))?;
        let cause = Cause {
            id: fact.id.uuid(),
            actor: domain::fact::Actor::service(self.journal.author()),
            event_time: fact.event_time,
        };
        match &fact.body {
            Body::Intake(IntakeFact::PartyAdded(f)) => self.identify(&fact, [f.party].into(), &cause).await,
            Body::Intake(IntakeFact::PartyDetailsChanged(f)) => self.identify(&fact, [f.party].into(), &cause).await,
            Body::Steward(ruled) => {
                let pair = ruled.ruling().0.pair;
                self.identify(&fact, [pair.a, pair.b].into(), &cause).await
            }
            Body::Linker(LinkerFact::PersonCertain(f)) => {
                self.link(&fact, f.members.union(&f.former).map(|member| member.case).collect(), &cause).await
            }
            Body::Linker(LinkerFact::PersonDissolved(f)) => {
                self.link(&fact, f.former.iter().map(|member| member.case).collect(), &cause).await
            }
            _ => self.nothing_to_do(&fact).await,
        }
    }

    async fn nothing_to_do(&self, fact: &Fact) -> Result<Vec<FactId>, JournalError> {
        let mut transaction = self.journal.begin().await?;
        transaction.first_time(fact.id.uuid()).await?;
        transaction.commit().await?;
        Ok(Vec::new())
    }
}
