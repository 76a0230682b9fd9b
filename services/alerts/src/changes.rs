//! The one look-out for changed signals: it reads what has settled and tells every open stream of events.
//!
//! Invariant: changes are told in the journal's settled order (transaction, then position), so that a stream that goes on
//! after a cursor misses nothing, however late a transaction commits.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use journal::{Cursor, JournalError};
use service::Service;
use sqlx::PgPool;
use tokio::sync::broadcast;

use crate::inbox::{self, Change};

/// How often is looked.
const LOOK: Duration = Duration::from_millis(250);
/// How many changes are read at once, and how many a slow stream may lag behind before it must connect anew.
const BATCH: i64 = 500;
/// The look-out is taken to be asleep when its last look is older than this many seconds.
const STALE: i64 = 30;

/// Where open streams hear of changes. Cheap to clone.
#[derive(Clone)]
pub struct Changes {
    told: broadcast::Sender<Arc<Change>>,
    looked: Arc<RwLock<Option<Timestamp>>>,
}

impl Changes {
    /// Nobody listens yet.
    pub fn new() -> Self {
        Self { told: broadcast::channel(usize::try_from(BATCH).unwrap_or(1)).0, looked: Arc::default() }
    }

    /// Hears of every change from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Change>> {
        self.told.subscribe()
    }

    /// When the look-out last looked.
    pub fn looked(&self) -> Option<Timestamp> {
        *self.looked.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the last look is too long ago to trust that nothing is new.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.looked().is_none_or(|looked| now.duration_since(looked).as_secs() > STALE)
    }

    /// Looks until the sign to stop.
    pub async fn watch(self, service: Service) -> anyhow::Result<()> {
        let stopping = service.stopping();
        let mut from = None;
        while !stopping.is_cancelled() {
            match self.look(service.journal.pool(), &mut from).await {
                Ok(()) => {
                    *self.looked.write().unwrap_or_else(PoisonError::into_inner) = Some(service.clock.now());
                }
                Err(error) => tracing::debug!(error = %error, "look-out for changes interrupted"),
            }
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
        Ok(())
    }

    async fn look(&self, pool: &PgPool, from: &mut Option<Cursor>) -> Result<(), JournalError> {
        let mut after = match *from {
            Some(cursor) => cursor,
            None => inbox::newest_change(pool).await?,
        };
        *from = Some(after);
        loop {
            let changes = inbox::changes(pool, after, None, BATCH).await?;
            let full = changes.len() == usize::try_from(BATCH).unwrap_or(usize::MAX);
            for change in changes {
                after = change.cursor;
                // An error means that nobody listens.
                let _ = self.told.send(Arc::new(change));
            }
            *from = Some(after);
            if !full {
                return Ok(());
            }
        }
    }
}

/// A cursor as a client keeps it: opaque, and the same on every replica.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bookmark(pub Cursor);

/// Text that is no bookmark of this service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this service")]
pub struct NotABookmark;

impl fmt::Display for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.0.txid, self.0.position)
    }
}

impl FromStr for Bookmark {
    type Err = NotABookmark;

    fn from_str(text: &str) -> Result<Self, NotABookmark> {
        let fits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let (txid, position) = text.split_at_checked(16).filter(|_| fits).ok_or(NotABookmark)?;
        let txid = u64::from_str_radix(txid, 16).map_err(|_| NotABookmark)?;
        let position = i64::from_str_radix(position, 16).map_err(|_| NotABookmark)?;
        Ok(Self(Cursor { txid, position }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bookmark_reads_back_and_garbage_is_refused() {
        for cursor in
            [Cursor::default(), Cursor { txid: u64::MAX, position: i64::MAX }, Cursor { txid: 7, position: 12 }]
        {
            assert_eq!(Bookmark(cursor).to_string().parse(), Ok(Bookmark(cursor)));
        }
        for bad in ["", "0", "-".repeat(32).as_str(), "f".repeat(32).as_str(), "é".repeat(16).as_str()] {
            assert_eq!(bad.parse::<Bookmark>(), Err(NotABookmark), "{bad}");
        }
    }

    #[test]
    fn a_look_out_that_never_looked_or_fell_asleep_is_stale() {
        let changes = Changes::new();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert!(changes.is_stale(at("2026-09-01T10:00:00Z")));
        *changes.looked.write().unwrap() = Some(at("2026-09-01T10:00:00Z"));
        assert!(!changes.is_stale(at("2026-09-01T10:00:30Z")));
        assert!(changes.is_stale(at("2026-09-01T10:00:31Z")));
    }
}
