//! What an operator does by hand.

use std::path::Path;

use anyhow::Result;
use domain::fact::Author;
use domain::ids::{KeyId, PartyId};
use journal::{Journal, JournalError, PoolOptions, Vault};
use linker::{Linker, Rebuilt};
use runtime::Keys;
use sqlx::{Connection, PgConnection};

/// The facts that services have set aside, a line each: consumer, fact, attempts, reason.
///
/// # Errors
/// When PostgreSQL cannot be reached or the role may not read them.
pub async fn parked(url: &str) -> Result<Vec<String>> {
    let mut connection = PgConnection::connect(url).await?;
    let rows = sqlx::query!("select consumer, fact, attempts, reason from journal.parked order by parked_at")
        .fetch_all(&mut connection)
        .await?;
    connection.close().await?;
    Ok(rows.into_iter().map(|row| format!("{} {} {} {}", row.consumer, row.fact, row.attempts, row.reason)).collect())
}

/// Drops the linker's read model and derives it anew from the journal. `told` hears how many facts were read so far.
///
/// # Errors
/// When PostgreSQL cannot be reached, the role is not the linker's, or the keys are not those of the register.
pub async fn rebuild(url: &str, key_file: &Path, told: impl Fn(u64)) -> Result<Rebuilt> {
    let vault = service::vault_of(&Keys::load(key_file)?);
    Ok(Linker { journal: of_linker(url)?, vault, engine: linker::engine()? }.rebuild(told).await?)
}

/// The journal as the linker sees it.
fn of_linker(url: &str) -> Result<Journal, JournalError> {
    let pool = journal::connect(url, &PoolOptions { max_connections: 2, application: "operator" })?;
    Ok(Journal::new(pool, Author::Linker))
}

/// Drops the key of a party's record. Answers whether there was one.
///
/// # Errors
/// When PostgreSQL cannot be reached or the role may not drop keys.
pub async fn forget(url: &str, party: PartyId) -> Result<bool> {
    let mut transaction = of_linker(url)?.begin().await?;
    // Not while the linker decides about it: what it was found by would be written again.
    transaction.lock(&[party.into()].into()).await?;
    let dropped = Vault::drop_key(transaction.sql(), KeyId::of_party(party)).await?;
    // The keyed hashes under which the record was found go with it, and whom it was like.
    sqlx::query!("delete from linker.keys where party = $1", party.uuid()).execute(transaction.sql()).await?;
    sqlx::query!("delete from linker.doors where party = $1", party.uuid()).execute(transaction.sql()).await?;
    sqlx::query!("delete from linker.ties where a = $1 or b = $1", party.uuid()).execute(transaction.sql()).await?;
    transaction.commit().await?;
    Ok(dropped)
}
