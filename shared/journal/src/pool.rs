//! Connections to PostgreSQL, guarded against one that comes back with somebody else's transaction still open.
//!
//! In `sqlx` 0.9 a `begin()` that is cancelled (its future dropped by a time limit or a `select!`) may hand its connection
//! back to the pool while the server has already begun the transaction. Statements of the next user of that connection then
//! report success and are never committed. [`connect`] asks each returning connection whether it stands in a transaction
//! and closes it if so.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, PgPool, Row};

use crate::JournalError;

/// How many connections, and as whom.
#[derive(Debug, Clone)]
pub struct PoolOptions {
    /// The most connections at once.
    pub max_connections: u32,
    /// The name under which the connections show in `pg_stat_activity`.
    pub application: &'static str,
}

/// A guarded pool. Connections are opened when first needed, so that a service starts while PostgreSQL is still away.
///
/// # Errors
/// When `url` is not a PostgreSQL URL.
pub fn connect(url: &str, options: &PoolOptions) -> Result<PgPool, JournalError> {
    let pool = settings(options).after_release(|connection, _| {
        Box::pin(async move {
            // Outside a transaction the two are one; inside one, the transaction is older than the statement. In the
            // simple protocol, because in the other one a statement is executed later than it is bound.
            let row = sqlx::raw_sql("select now() = statement_timestamp()").fetch_one(connection).await?;
            let idle: bool = row.try_get(0)?;
            if !idle {
                metrics::counter!("journal_connections_rejected_total").increment(1);
                tracing::warn!("a connection came back inside a transaction and was closed");
            }
            Ok(idle)
        })
    });
    Ok(pool.connect_lazy_with(connection(url, options)?))
}

/// The same pool without the guard, for the test that shows what the guard prevents.
///
/// # Errors
/// As [`connect`].
#[doc(hidden)]
pub fn unguarded(url: &str, options: &PoolOptions) -> Result<PgPool, JournalError> {
    Ok(settings(options).connect_lazy_with(connection(url, options)?))
}

/// How long a connection may have been idle that is used without asking whether it is still there.
const UNASKED: Duration = Duration::from_millis(500);

fn settings(options: &PoolOptions) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(options.max_connections)
        // A connection that was used a moment ago is not asked whether it is still there: that costs a round trip each time.
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > UNASKED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .acquire_timeout(Duration::from_secs(10))
        .idle_timeout(Duration::from_mins(5))
}

fn connection(url: &str, options: &PoolOptions) -> Result<PgConnectOptions, JournalError> {
    let connection: PgConnectOptions = url.parse()?;
    // Statements may carry what must not be logged.
    Ok(connection.application_name(options.application).disable_statement_logging())
}
