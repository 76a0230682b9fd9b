//! The linker's read model: which records hang together, found by keyed hashes and never by values.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{Pair, PartyId, PersonId};
use journal::{JournalError, Vault};
use matching::record::Record;
use sqlx::PgConnection;

/// The keyed hashes under which a record is found.
pub fn hashes(vault: &Vault, record: &Record) -> Vec<Vec<u8>> {
    record
        .keys()
        .iter()
        .map(|key| {
            let parts: Vec<&str> = key.parts.iter().map(String::as_str).collect();
            vault.index(key.kind, &parts)
        })
        .collect()
}

/// Stores the keys of a record in place of those it had.
pub async fn store(sql: &mut PgConnection, party: PartyId, keys: &[Vec<u8>]) -> Result<(), JournalError> {
    sqlx::query!(
        "with record as (insert into linker.records (party) values ($1) on conflict do nothing),
              gone as (delete from linker.keys where party = $1 and key <> all($2))
         insert into linker.keys (key, party) select key, $1 from unnest($2::bytea[]) as key on conflict do nothing",
        party.uuid(),
        keys
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Everything that hangs together with these records: by a shared key, by a person, by a question or a ruling, over any
/// number of steps. Each with its keys.
pub async fn hanging_together(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
) -> Result<BTreeMap<PartyId, Vec<Vec<u8>>>, JournalError> {
    let parties: Vec<uuid::Uuid> = parties.iter().map(|party| party.uuid()).collect();
    let found = sqlx::query_file!("src/hanging_together.sql", &parties).fetch_all(sql).await?;
    Ok(found.into_iter().map(|row| (PartyId::from_uuid(row.party), row.keys)).collect())
}

/// Notes that these records are part of a person.
pub async fn join(
    sql: &mut PgConnection,
    parties: impl IntoIterator<Item = PartyId>,
    person: PersonId,
) -> Result<(), JournalError> {
    let parties: Vec<uuid::Uuid> = parties.into_iter().map(PartyId::uuid).collect();
    sqlx::query!("update linker.records set person = $2 where party = any($1)", &parties, person.uuid())
        .execute(sql)
        .await?;
    Ok(())
}

/// Notes that these records are part of a person no more, unless another has taken them over already.
pub async fn leave(
    sql: &mut PgConnection,
    parties: impl IntoIterator<Item = PartyId>,
    person: PersonId,
) -> Result<(), JournalError> {
    let parties: Vec<uuid::Uuid> = parties.into_iter().map(PartyId::uuid).collect();
    sqlx::query!(
        "update linker.records set person = null where party = any($1) and person = $2",
        &parties,
        person.uuid()
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Notes that two records hang together because somebody asked or ruled about them.
pub async fn pair(sql: &mut PgConnection, pair: Pair<PartyId>) -> Result<(), JournalError> {
    sqlx::query!(
        "insert into linker.pairs (a, b) values ($1, $2) on conflict do nothing",
        pair.a.uuid(),
        pair.b.uuid()
    )
    .execute(sql)
    .await?;
    Ok(())
}
