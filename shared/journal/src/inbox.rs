//! The inbox: what a consumer has handled, and what it could not.
//!
//! A consumer is a service; its name is its database role, and row-level security keeps each to its own rows.

use std::collections::BTreeSet;

use domain::ids::FactId;
use uuid::Uuid;

use crate::{Journal, JournalError, Transaction};

impl Transaction {
    /// Notes that `id` is being handled. Answers false when it was handled before: then there is nothing to do. While
    /// another transaction handles the same one, this waits for its end.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn first_time(&mut self, id: Uuid) -> Result<bool, JournalError> {
        Ok(!self.first_time_of(&[id]).await?.is_empty())
    }

    /// Notes that these are being handled together. Answers those of them that were not handled before, in no order; otherwise as
    /// [`Transaction::first_time`].
    ///
    /// # Errors
    /// As [`Transaction::first_time`].
    pub async fn first_time_of(&mut self, ids: &[Uuid]) -> Result<BTreeSet<Uuid>, JournalError> {
        // In one order: two transactions that handle some of the same wait for each other at the first of them.
        let noted = sqlx::query_scalar!(
            "insert into journal.inbox (consumer, fact)
             select current_user, fact from unnest($1::uuid[]) as fact order by fact
             on conflict do nothing returning fact",
            ids
        );
        Ok(noted.fetch_all(self.sql()).await?.into_iter().collect())
    }

    /// Whether `id` was handled before, without noting anything: for an effect outside PostgreSQL, which must not be waited
    /// for while a transaction that has written keeps every follower waiting.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn was_handled(&mut self, id: Uuid) -> Result<bool, JournalError> {
        let handled = sqlx::query_scalar!(
            r#"select exists (select from journal.inbox where consumer = current_user and fact = $1) as "handled!""#,
            id
        )
        .fetch_one(self.sql())
        .await?;
        Ok(handled)
    }
}

/// A fact that a consumer could not handle.
#[derive(Debug, Clone)]
pub struct Parked {
    /// The fact.
    pub fact: FactId,
    /// Why: the error's text, never a value.
    pub reason: String,
    /// How often it was tried.
    pub attempts: i32,
}

impl Journal {
    /// Sets a fact aside that this consumer cannot handle, so that it is visible and no longer in the way.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn park(&self, fact: FactId, reason: &str) -> Result<(), JournalError> {
        sqlx::query!(
            "insert into journal.parked (consumer, fact, reason) values (current_user, $1, $2)
             on conflict (consumer, fact) do update
             set reason = excluded.reason, attempts = journal.parked.attempts + 1, parked_at = clock_timestamp()",
            fact.uuid(),
            reason
        )
        .execute(self.pool())
        .await?;
        metrics::counter!("journal_facts_parked_total", "consumer" => self.author().as_str()).increment(1);
        Ok(())
    }

    /// What this consumer has set aside, oldest first.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn parked(&self) -> Result<Vec<Parked>, JournalError> {
        let rows = sqlx::query!("select fact, reason, attempts from journal.parked order by parked_at limit 1000")
            .fetch_all(self.pool())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| Parked { fact: FactId::from_uuid(row.fact), reason: row.reason, attempts: row.attempts })
            .collect())
    }

    /// Takes a fact out of what was set aside, after it was handled after all.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn unpark(&self, fact: FactId) -> Result<(), JournalError> {
        sqlx::query!("delete from journal.parked where fact = $1", fact.uuid()).execute(self.pool()).await?;
        Ok(())
    }
}
