//! The relay: hands an author's settled facts, in order, to whoever distributes them.
//!
//! One relay an author is at work at a time, by an advisory lock that ends with its transaction; the others stand by. What
//! was handed over and not noted (the process died in between) is handed over again: receivers have an inbox.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::transaction::lock_key;
use crate::{Journal, JournalError, Settled};

/// Why a hand-over failed: the journal's fault or the distributor's.
pub type HandOverError = Box<dyn std::error::Error + Send + Sync>;

/// How many facts are handed over at once.
const BATCH: i64 = 500;
/// How long an idle relay waits for another replica's facts; its own wake it at once.
const POLL: Duration = Duration::from_millis(100);
/// How soon it looks again after it was woken for facts that an older transaction still keeps from being settled.
const SOON: Duration = Duration::from_millis(3);
/// How often it looks again so soon.
const LOOKS: u32 = 20;
/// How long it waits after a fault.
const AFTER_FAULT: Duration = Duration::from_millis(500);

impl Journal {
    /// Runs the relay until `stop`. `publish` is given settled facts in order and answers only when the distributor has
    /// taken them all; on its error the same facts come again.
    pub async fn relay<P, F>(&self, stop: &CancellationToken, publish: P)
    where
        P: Fn(Vec<Settled>) -> F,
        F: Future<Output = Result<(), HandOverError>>,
    {
        let mut looks = 0;
        while !stop.is_cancelled() {
            // The hand-over itself is never cut off half-way: only the pauses listen for the end.
            let pause = match self.relay_once(&publish).await {
                Ok(handed_over) if handed_over == usize::try_from(BATCH).unwrap_or(usize::MAX) => Duration::ZERO,
                Ok(0) if looks > 0 => {
                    looks -= 1;
                    SOON
                }
                Ok(handed_over) => {
                    looks = if handed_over > 0 { LOOKS } else { 0 };
                    POLL
                }
                Err(error) => {
                    metrics::counter!("journal_relay_faults_total", "author" => self.author().as_str()).increment(1);
                    tracing::warn!(author = %self.author(), error = &*error, "relay could not hand facts over");
                    AFTER_FAULT
                }
            };
            if !pause.is_zero() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = self.appended.notified() => looks = LOOKS,
                    () = tokio::time::sleep(pause) => {}
                }
            }
        }
    }

    /// Hands over what is settled now, once, and answers how many facts that were.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached or `publish` fails; nothing is noted then.
    pub async fn relay_once<P, F>(&self, publish: &P) -> Result<usize, HandOverError>
    where
        P: Fn(Vec<Settled>) -> F,
        F: Future<Output = Result<(), HandOverError>>,
    {
        let reader = format!("relay:{}", self.author());
        // All in one transaction: what is appended waits here before anybody hears of it, and to take another connection costs what a
        // statement does.
        let mut transaction = self.pool().begin().await.map_err(JournalError::from)?;
        let mine = sqlx::query_scalar!(
            r#"select pg_try_advisory_xact_lock($1) as "mine!""#,
            lock_key(self.author().as_str(), "relay")
        )
        .fetch_one(&mut *transaction)
        .await
        .map_err(JournalError::from)?;
        if !mine {
            return Ok(0);
        }
        let after = Self::cursor_on(&mut transaction, &reader).await?;
        let facts = Self::settled_on(&mut transaction, self.author(), after, BATCH).await?;
        let (Some(last), count) = (facts.last().map(|fact| fact.cursor), facts.len()) else { return Ok(0) };
        if let Err(error) = publish(facts).await {
            // The lock is let go of before anybody tries again.
            transaction.rollback().await.map_err(JournalError::from)?;
            return Err(error);
        }
        // Where this note is lost with a crash of the server, the same facts are handed over again.
        sqlx::raw_sql("set local synchronous_commit to off")
            .execute(&mut *transaction)
            .await
            .map_err(JournalError::from)?;
        Self::save_cursor(&mut transaction, &reader, last).await?;
        transaction.commit().await.map_err(JournalError::from)?;
        metrics::counter!("journal_facts_relayed_total", "author" => self.author().as_str()).increment(count as u64);
        Ok(count)
    }
}
