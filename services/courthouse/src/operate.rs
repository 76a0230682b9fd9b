//! What an operator does by hand.

use anyhow::Result;
use domain::ids::{KeyId, PartyId};
use journal::Vault;
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

/// Drops the key of a party's record. Answers whether there was one.
///
/// # Errors
/// When PostgreSQL cannot be reached or the role may not drop keys.
pub async fn forget(url: &str, party: PartyId) -> Result<bool> {
    let mut connection = PgConnection::connect(url).await?;
    let mut transaction = connection.begin().await?;
    let dropped = Vault::drop_key(&mut transaction, KeyId::of_party(party)).await?;
    // The keyed hashes under which the record was found go with it.
    sqlx::query!("delete from linker.keys where party = $1", party.uuid()).execute(&mut *transaction).await?;
    sqlx::query!("delete from linker.doors where party = $1", party.uuid()).execute(&mut *transaction).await?;
    transaction.commit().await?;
    connection.close().await?;
    Ok(dropped)
}
