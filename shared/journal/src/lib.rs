//! Floor 1: the journal, an append-only record of facts in PostgreSQL, and everything that keeps it honest.
//!
//! Invariants:
//! - a fact is never changed or removed, and only its author's database role may write it;
//! - a decision holds a lock on every tag it rests on, so that it cannot be overtaken;
//! - a follower reads only what lies below the oldest transaction still running, so that a late commit is awaited;
//! - an effect and the note that it happened (`inbox`) are one transaction;
//! - what says something about a person is sealed under a data key of its own, and gone when that key is dropped.
//!
//! Deliberately absent: what the facts mean (`domain`), how they travel (`bus`), which of them a service cares about.

mod error;
mod follow;
mod inbox;
mod migrate;
mod pool;
mod relay;
mod since;
mod sweep;
mod told;
mod transaction;
mod vault;

use std::sync::Arc;

use domain::decision::Decision;
use domain::fact::{Actor, Author, Fact};
use domain::ids::FactId;
use jiff::Timestamp;
use sqlx::PgPool;
use tokio::sync::Notify;
use uuid::Uuid;

pub use error::{DecideError, JournalError};
pub use follow::{Cursor, Settled};
pub use inbox::Parked;
pub use migrate::{RolePassword, migrate};
pub use pool::{PoolOptions, connect, unguarded};
pub use relay::HandOverError;
pub use since::Moment;
pub use sweep::Sweep;
pub use transaction::{Recorded, Transaction, Which};
pub use vault::{DataKey, IndexKey, KeyEncryptionKey, Vault, VaultError, derive};

/// The journal as one author sees it.
#[derive(Clone)]
pub struct Journal {
    pool: PgPool,
    author: Author,
    appended: Arc<Notify>,
}

/// What led to a decision: becomes part of every fact it writes, and of their ids.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The event, fact or request that is being handled. Equal causes give equal fact ids.
    pub id: Uuid,
    /// On whose behalf.
    pub actor: Actor,
    /// When what led to it happened.
    pub event_time: Timestamp,
}

impl Cause {
    /// The id of the first fact that an author writes in a transaction because of it.
    pub fn first(&self, author: Author) -> FactId {
        FactId::derived(&[author.as_str(), &self.id.to_string(), "1"])
    }
}

impl Journal {
    /// The journal behind `pool`, written to as `author`.
    pub fn new(pool: PgPool, author: Author) -> Self {
        Self { pool, author, appended: Arc::new(Notify::new()) }
    }

    /// The connections, for a service's own read models.
    pub const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Whose facts are written here.
    pub const fn author(&self) -> Author {
        self.author
    }

    /// Begins a transaction. Never put a time limit or a `select!` around this call: see [`connect`].
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn begin(&self) -> Result<Transaction, JournalError> {
        Transaction::begin(self).await
    }

    /// One fact, or nothing when the journal does not hold it.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached or the fact does not read.
    pub async fn fact(&self, id: FactId) -> Result<Option<Fact>, JournalError> {
        let mut connection = self.pool.acquire().await?;
        transaction::fact(&mut connection, id).await
    }

    /// The facts with these ids, in the order in which they were written, all of them.
    ///
    /// # Errors
    /// When one is not in the journal or does not read, or PostgreSQL cannot be reached.
    pub async fn each_with(&self, ids: &[FactId]) -> Result<Vec<Fact>, JournalError> {
        self.begin().await?.each_with(ids).await
    }

    /// Decides and writes down what follows, in one transaction that holds a lock on every tag the decision rests on.
    ///
    /// # Errors
    /// The decision's refusal, or what went wrong with the journal. On an error nothing was written.
    pub async fn decide<D: Decision>(
        &self,
        decision: &D,
        cause: &Cause,
    ) -> Result<Vec<Recorded<D::Writes>>, DecideError<D::Refusal>> {
        let mut attempt = 1;
        loop {
            match self.try_decide(decision, cause).await {
                Err(DecideError::Journal(error)) if error.is_deadlock() && attempt < 5 => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    async fn try_decide<D: Decision>(
        &self,
        decision: &D,
        cause: &Cause,
    ) -> Result<Vec<Recorded<D::Writes>>, DecideError<D::Refusal>> {
        let mut transaction = self.begin().await?;
        transaction.lock(&decision.rests_on()).await?;
        let recorded = transaction.decide(decision, cause).await?;
        transaction.commit().await?;
        Ok(recorded)
    }
}
