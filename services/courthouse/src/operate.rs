//! What an operator does by hand.

mod audit;
mod learn;
mod simulate;
mod state;

pub use audit::audit;
pub use learn::{Learned, learn};
pub use simulate::simulate;
pub use state::state;

use std::path::Path;

use anyhow::{Context as _, Result};
use domain::fact::Author;
use domain::ids::PartyId;
use journal::{Journal, PoolOptions};
use linker::{Linker, Progress, Rebuilt};
use runtime::{Clock, Keys};
use sqlx::{Connection, PgConnection};

/// What services have set aside, a line each: consumer, fact or record, attempts, reason.
///
/// # Errors
/// When PostgreSQL cannot be reached or the role may not read them.
pub async fn parked(url: &str) -> Result<Vec<String>> {
    let mut connection = PgConnection::connect(url).await?;
    let rows = sqlx::query!("select consumer, fact, attempts, reason from journal.parked order by parked_at")
        .fetch_all(&mut connection)
        .await?;
    let line = |who: &str, what, attempts, reason| format!("{who} {what} {attempts} {reason}");
    let mut lines: Vec<String> =
        rows.into_iter().map(|row| line(&row.consumer, row.fact, row.attempts, row.reason)).collect();
    // A service sees its own; the linker's are records too, around which another model could not decide.
    let sees = sqlx::query_scalar!(r#"select has_schema_privilege('linker', 'usage') as "sees!""#);
    if sees.fetch_one(&mut connection).await? {
        let rows = sqlx::query!("select party, attempts, reason from linker.set_aside order by since")
            .fetch_all(&mut connection)
            .await?;
        lines.extend(rows.into_iter().map(|row| line("linker", row.party, row.attempts, row.reason)));
    }
    connection.close().await?;
    Ok(lines)
}

/// Derives the linker's read model anew from the journal, beside the one in use, and puts it in its place. `told` hears how far it is.
///
/// # Errors
/// When PostgreSQL cannot be reached, the role is not the linker's, the keys are not those of the register, or somebody else builds one.
pub async fn rebuild(url: &str, key_file: &Path, told: impl Fn(Progress)) -> Result<Rebuilt> {
    linker(url, key_file)?.rebuild(told).await?.context(BUSY)
}

/// Why nothing is built.
const BUSY: &str = "a read model is being built already, by somebody else or for another model that is put in force";

/// The linker at an operator's hand.
fn linker(url: &str, key_file: &Path) -> Result<Linker> {
    let vault = service::vault_of(&Keys::load(key_file)?);
    Ok(Linker::new(journal(url)?, vault, linker::engine()?))
}

/// The journal as the linker sees it.
fn journal(url: &str) -> Result<Journal> {
    let pool = journal::connect(url, &PoolOptions { max_connections: 6, application: "operator" })?;
    Ok(Journal::new(pool, Author::Linker))
}

/// Drops the key of a party's record, and decides anew who is who around it. Answers whether there was one.
///
/// # Errors
/// When PostgreSQL cannot be reached, the role may not drop keys, or the keys are not those of the register.
pub async fn forget(url: &str, key_file: &Path, party: PartyId) -> Result<bool> {
    Ok(linker(url, key_file)?.forget(party, Clock::system().now()).await?)
}
