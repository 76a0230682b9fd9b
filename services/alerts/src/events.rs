//! Server-sent events for one judge: that a signal of one of their cases is new or has changed, and nothing of what it says.
//!
//! Invariants: the stream ends when the judge's token or session is no longer accepted (looked at every minute), when the
//! service stops, and when it cannot keep up; a client that connects again with `Last-Event-ID` misses nothing.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::fact::Subject;
use futures::Stream;
use futures::stream;
use journal::{Cursor, JournalError};
use serde_json::json;
use service::Service;
use sqlx::PgPool;
use tokio::sync::broadcast;
use tokio::time::Interval;
use tokio_util::sync::CancellationToken;
use web::{Auth, Role};

use crate::changes::{Bookmark, Changes};
use crate::inbox::{self, Change};

/// How often a comment shows that the stream lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often is asked whether the judge is still let in.
const RECHECK: Duration = Duration::from_mins(1);
/// How many changes are replayed at once.
const BATCH: i64 = 200;

/// The name of every event, which the pages' script counts.
const NEWS: &str = "news";

/// What a stream needs of the service.
pub struct Source {
    /// The service.
    pub service: Service,
    /// Who is let in.
    pub auth: Auth,
    /// The look-out.
    pub changes: Changes,
}

/// A stream for this judge, after `from`, or from now on.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn stream(
    source: Source,
    judge: Subject,
    headers: HeaderMap,
    from: Option<Bookmark>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, JournalError> {
    // Listens before it looks back, so that nothing falls between.
    let live = source.changes.subscribe();
    let pool = source.service.journal.pool().clone();
    let after = match from {
        Some(Bookmark(cursor)) => cursor,
        None => inbox::newest_change(&pool).await?,
    };
    let mut recheck = tokio::time::interval_at(tokio::time::Instant::now() + RECHECK, RECHECK);
    recheck.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let open = Open {
        live,
        pool,
        after,
        replayed: false,
        waiting: VecDeque::from([opening(after)]),
        judge,
        headers,
        auth: source.auth,
        recheck,
        stopping: source.service.stopping(),
    };
    let events = stream::unfold(open, |mut open| async move { open.next().await.map(|event| (Ok(event), open)) });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// An open stream.
struct Open {
    live: broadcast::Receiver<Arc<Change>>,
    pool: PgPool,
    /// The last change that was told or passed over.
    after: Cursor,
    /// Whether everything that changed before the stream was opened has been told.
    replayed: bool,
    waiting: VecDeque<Event>,
    judge: Subject,
    headers: HeaderMap,
    auth: Auth,
    recheck: Interval,
    stopping: CancellationToken,
}

impl Open {
    /// The next event; nothing at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if !self.replayed {
                self.replay().await.ok()?;
                continue;
            }
            tokio::select! {
                () = self.stopping.cancelled() => return None,
                _ = self.recheck.tick() => {
                    let known = self.auth.recheck(&self.headers).await.ok()?;
                    if !known.has(Role::Judge) || known.subject.as_str() != self.judge.as_str() {
                        return None;
                    }
                }
                // Whoever lags behind connects again and is told what they missed.
                change = self.live.recv() => {
                    let change = change.ok()?;
                    self.take(&change);
                }
            }
        }
    }

    async fn replay(&mut self) -> Result<(), JournalError> {
        let missed = inbox::changes(&self.pool, self.after, Some(&self.judge), BATCH).await?;
        self.replayed = missed.is_empty();
        for change in missed {
            self.take(&change);
        }
        Ok(())
    }

    fn take(&mut self, change: &Change) {
        if change.cursor <= self.after {
            return;
        }
        self.after = change.cursor;
        if change.judges.iter().any(|judge| judge == self.judge.as_str()) {
            self.waiting.push_back(told(change));
        }
    }
}

/// Gives the client a place to go on from before anything happened; browsers do not show an event without data.
fn opening(after: Cursor) -> Event {
    Event::default().id(Bookmark(after).to_string()).comment("open")
}

fn told(change: &Change) -> Event {
    let payload = json!({ "signal": change.signal, "version": change.version });
    Event::default().event(NEWS).id(Bookmark(change.cursor).to_string()).data(payload.to_string())
}
