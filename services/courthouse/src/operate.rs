//! What an operator does by hand.

use std::path::Path;

use anyhow::Result;
use domain::decision::Tag;
use domain::fact::Author;
use domain::ids::{KeyId, PartyId};
use journal::{IndexKey, Journal, KeyEncryptionKey, PoolOptions, Vault};
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
    let keys = Keys::load(key_file)?;
    let kek = KeyEncryptionKey { number: 1, bytes: (*keys.encryption.expose()).into() };
    let vault = Vault::new(kek, &IndexKey((*keys.index.expose()).into()));
    let pool = journal::connect(url, &PoolOptions { max_connections: 2, application: "rebuild" })?;
    let journal = Journal::new(pool, Author::Linker);
    Ok(Linker { journal, vault, engine: linker::engine()? }.rebuild(told).await?)
}

/// Drops the key of a party's record. Answers whether there was one.
///
/// # Errors
/// When PostgreSQL cannot be reached or the role may not drop keys.
pub async fn forget(url: &str, party: PartyId) -> Result<bool> {
    let mut connection = PgConnection::connect(url).await?;
    let mut transaction = connection.begin().await?;
    // Not while the linker decides about it: what it was found by would be written again.
    let lock = journal::lock_key(Author::Linker.as_str(), Tag::from(party).as_str());
    sqlx::query!("select 1 as one from pg_advisory_xact_lock($1)", lock).fetch_all(&mut *transaction).await?;
    let dropped = Vault::drop_key(&mut transaction, KeyId::of_party(party)).await?;
    // The keyed hashes under which the record was found go with it, and whom it was like.
    sqlx::query!("delete from linker.keys where party = $1", party.uuid()).execute(&mut *transaction).await?;
    sqlx::query!("delete from linker.doors where party = $1", party.uuid()).execute(&mut *transaction).await?;
    sqlx::query!("delete from linker.ties where a = $1 or b = $1", party.uuid()).execute(&mut *transaction).await?;
    transaction.commit().await?;
    connection.close().await?;
    Ok(dropped)
}
