//! The read model that is built beside the one in use: the same tables in a schema of their own, many rows with one statement.

use std::collections::BTreeSet;

use domain::ids::{CaseId, FactId, Pair, PartyId, PersonId};
use journal::JournalError;
use matching::engine::{CROWD, Tie};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::candidates::{self, Columns, Hashes, Kept, uuids};
use crate::matters::Name;
use crate::numbers::{Aliases, Merge};

/// A digest of all that stands in the read model in use: the same for the same rows, in whatever order.
pub(crate) async fn digest_in_use(sql: &mut PgConnection) -> Result<String, JournalError> {
    digest_of(sql, false).await
}

/// The same of what was built beside it.
pub(crate) async fn digest(sql: &mut PgConnection) -> Result<String, JournalError> {
    digest_of(sql, true).await
}

async fn digest_of(sql: &mut PgConnection, beside: bool) -> Result<String, JournalError> {
    let digest = sqlx::query_file_scalar!("src/digest.sql", beside).fetch_one(sql).await?;
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_OID, digest.as_bytes()).to_string())
}

/// Empties what was built, and what was noted meanwhile.
pub(crate) async fn clear(sql: &mut PgConnection) -> Result<(), JournalError> {
    sqlx::query("select linker_next.clear()").execute(sql).await?;
    Ok(())
}

/// Lets PostgreSQL count what was built, so that it plans well for it.
pub(crate) async fn count(sql: &mut PgConnection) -> Result<(), JournalError> {
    sqlx::query("select linker_next.count()").execute(sql).await?;
    Ok(())
}

/// What was built and what is in use change places.
pub(crate) async fn switch_over(sql: &mut PgConnection) -> Result<(), JournalError> {
    // Whoever reads the tables in use without deciding is not waited for long: deciders stand still meanwhile.
    sqlx::query("set local lock_timeout = '2s'").execute(&mut *sql).await?;
    sqlx::query("select linker_next.switch_over()").execute(sql).await?;
    Ok(())
}

/// Records with what they are found by, in place of what was written of them.
pub(crate) async fn records(sql: &mut PgConnection, records: &[(Kept, Hashes)]) -> Result<(), JournalError> {
    let of = Columns::of(records.iter().map(|(kept, hashes)| (kept, hashes)))?;
    sqlx::query!("delete from linker_next.keys where party = any($1)", &of.parties).execute(&mut *sql).await?;
    sqlx::query!("delete from linker_next.doors where party = any($1)", &of.parties).execute(&mut *sql).await?;
    sqlx::query!(
        r#"insert into linker_next.records (party, "case", since, beside, sealed)
           select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::jsonb[])
           on conflict (party) do update set since = excluded.since, beside = excluded.beside, sealed = excluded.sealed"#,
        &of.parties,
        &of.cases,
        &of.since as &[jiff_sqlx::Timestamp],
        &of.beside,
        &of.sealed as &[Option<serde_json::Value>]
    )
    .execute(&mut *sql)
    .await?;
    sqlx::query!(
        "insert into linker_next.keys (key, party) select * from unnest($1::bytea[], $2::uuid[]) on conflict do nothing",
        &of.keys,
        &of.of_keys
    )
    .execute(&mut *sql)
    .await?;
    sqlx::query!(
        "insert into linker_next.doors (door, party, surname)
         select * from unnest($1::bytea[], $2::uuid[], $3::bytea[]) on conflict do nothing",
        &of.doors,
        &of.living,
        &of.surnames
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// These records as they were written.
pub(crate) async fn kept(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<Vec<Kept>, JournalError> {
    let rows = sqlx::query_as!(
        candidates::Row,
        r#"select party, "case", since as "since: jiff_sqlx::Timestamp", beside, sealed
           from linker_next.records where party = any($1)"#,
        &uuids(parties)
    )
    .fetch_all(sql)
    .await?;
    rows.into_iter().map(candidates::Row::read).collect()
}

/// The records of these cases.
pub(crate) async fn of_cases(
    sql: &mut PgConnection,
    cases: &BTreeSet<CaseId>,
) -> Result<BTreeSet<PartyId>, JournalError> {
    let cases: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    let found = sqlx::query_scalar!(r#"select party from linker_next.records where "case" = any($1)"#, &cases);
    Ok(found.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// The records that are found by any of these hashes.
pub(crate) async fn under(sql: &mut PgConnection, hashes: &[Vec<u8>]) -> Result<BTreeSet<PartyId>, JournalError> {
    let found = sqlx::query_scalar!("select distinct party from linker_next.keys where key = any($1)", hashes);
    Ok(found.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// The doors at which any of these records live.
pub(crate) async fn doors_of(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
) -> Result<BTreeSet<Vec<u8>>, JournalError> {
    let found =
        sqlx::query_scalar!("select distinct door from linker_next.doors where party = any($1)", &uuids(parties));
    Ok(found.fetch_all(sql).await?.into_iter().collect())
}

/// Those of these doors behind which people of many families live.
pub(crate) async fn crowded(sql: &mut PgConnection, doors: &[Vec<u8>]) -> Result<BTreeSet<Vec<u8>>, JournalError> {
    let many = i64::try_from(CROWD).unwrap_or(i64::MAX);
    let found = sqlx::query_scalar!(
        "select door from linker_next.doors where door = any($1)
         group by door having count(distinct nullif(surname, '')) >= $2",
        doors,
        many
    );
    Ok(found.fetch_all(sql).await?.into_iter().collect())
}

/// Who lives at these doors.
pub(crate) async fn living_at(sql: &mut PgConnection, doors: &[Vec<u8>]) -> Result<BTreeSet<PartyId>, JournalError> {
    let found = sqlx::query_scalar!("select distinct party from linker_next.doors where door = any($1)", doors);
    Ok(found.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// Each of these records with every other that shares a key with it.
pub(crate) async fn sharing_a_key(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
) -> Result<Vec<(PartyId, PartyId)>, JournalError> {
    let rows = sqlx::query!(
        "select distinct mine.party as one, other.party as other
         from linker_next.keys mine join linker_next.keys other on other.key = mine.key
         where mine.party = any($1) and other.party <> mine.party",
        &uuids(parties)
    )
    .fetch_all(sql)
    .await?;
    Ok(rows.into_iter().map(|row| (PartyId::from_uuid(row.one), PartyId::from_uuid(row.other))).collect())
}

/// Drops what these records are tied to.
pub(crate) async fn untie(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<(), JournalError> {
    sqlx::query!("delete from linker_next.ties where a = any($1) or b = any($1)", &uuids(parties)).execute(sql).await?;
    Ok(())
}

/// Ties, each with its two records and their two cases.
pub(crate) async fn ties(
    sql: &mut PgConnection,
    ties: &[(Pair<PartyId>, Pair<CaseId>, Tie)],
) -> Result<(), JournalError> {
    let candidates::Ties { a, b, case_low, case_high, weights, contradict } = candidates::Ties::of(ties);
    sqlx::query!(
        "insert into linker_next.ties (a, b, case_low, case_high, weight, contradict)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::boolean[])",
        &a,
        &b,
        &case_low,
        &case_high,
        &weights,
        &contradict
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Which records are part of which persons, or of none.
pub(crate) async fn members(
    sql: &mut PgConnection,
    members: &[(PartyId, Option<PersonId>)],
) -> Result<(), JournalError> {
    let (parties, persons): (Vec<Uuid>, Vec<Option<Uuid>>) =
        members.iter().map(|(party, person)| (party.uuid(), person.map(PersonId::uuid))).unzip();
    sqlx::query!(
        "update linker_next.records set person = member.person
         from unnest($1::uuid[], $2::uuid[]) as member(party, person) where records.party = member.party",
        &parties,
        &persons as &[Option<Uuid>]
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Which fact says who is part of each of these persons.
pub(crate) async fn persons(sql: &mut PgConnection, said: &[(PersonId, FactId)]) -> Result<(), JournalError> {
    let (persons, facts): (Vec<Uuid>, Vec<Uuid>) =
        said.iter().map(|(person, fact)| (person.uuid(), fact.uuid())).unzip();
    sqlx::query!(
        "insert into linker_next.persons (person, fact) select * from unnest($1::uuid[], $2::uuid[])",
        &persons,
        &facts
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Persons of which something else is said, or nothing any more.
pub(crate) async fn unsay(sql: &mut PgConnection, persons: &[PersonId]) -> Result<(), JournalError> {
    let persons: Vec<Uuid> = persons.iter().map(|person| person.uuid()).collect();
    sqlx::query!("delete from linker_next.persons where person = any($1)", &persons).execute(sql).await?;
    Ok(())
}

/// Which facts ask about pairs, and which are the newest rulings.
pub(crate) async fn pairs(
    sql: &mut PgConnection,
    pairs: &[(Pair<PartyId>, Option<FactId>, Option<FactId>)],
) -> Result<(), JournalError> {
    let (a, b) = sides(pairs.iter().map(|(pair, ..)| pair));
    let asked: Vec<Option<Uuid>> = pairs.iter().map(|(_, asked, _)| asked.map(FactId::uuid)).collect();
    let ruled: Vec<Option<Uuid>> = pairs.iter().map(|(.., ruled)| ruled.map(FactId::uuid)).collect();
    sqlx::query!(
        "insert into linker_next.pairs (a, b, asked, ruled)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])",
        &a,
        &b,
        &asked as &[Option<Uuid>],
        &ruled as &[Option<Uuid>]
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Pairs about which something else is asked or ruled, or nothing any more.
pub(crate) async fn unpair(sql: &mut PgConnection, pairs: &[Pair<PartyId>]) -> Result<(), JournalError> {
    let (a, b) = sides(pairs);
    sqlx::query!(
        "delete from linker_next.pairs using unnest($1::uuid[], $2::uuid[]) as gone(a, b)
         where pairs.a = gone.a and pairs.b = gone.b",
        &a,
        &b
    )
    .execute(sql)
    .await?;
    Ok(())
}

fn sides<'p>(pairs: impl IntoIterator<Item = &'p Pair<PartyId>>) -> (Vec<Uuid>, Vec<Uuid>) {
    pairs.into_iter().map(|pair| (pair.a.uuid(), pair.b.uuid())).unzip()
}

/// What cases are called and call others, in place of what was written of them.
pub(crate) async fn names(
    sql: &mut PgConnection,
    of: &BTreeSet<CaseId>,
    names: &[(CaseId, Name)],
) -> Result<(), JournalError> {
    let gone: Vec<Uuid> = of.iter().map(|case| case.uuid()).collect();
    sqlx::query!(r#"delete from linker_next.names where "case" = any($1)"#, &gone).execute(&mut *sql).await?;
    let cases: Vec<Uuid> = names.iter().map(|(case, _)| case.uuid()).collect();
    let texts: Vec<String> = names.iter().map(|(_, name)| name.name.clone()).collect();
    let own: Vec<bool> = names.iter().map(|(_, name)| name.own).collect();
    sqlx::query!(
        r#"insert into linker_next.names (name, "case", own)
           select * from unnest($1::text[], $2::uuid[], $3::boolean[])"#,
        &texts,
        &cases,
        &own
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Which numbers of the criminal chain are one person's, and what stands in for each.
pub(crate) async fn numbers(sql: &mut PgConnection, merges: &[Merge], aliases: &Aliases) -> Result<(), JournalError> {
    sqlx::query!("delete from linker_next.merges").execute(&mut *sql).await?;
    sqlx::query!("delete from linker_next.aliases").execute(&mut *sql).await?;
    for merge in merges {
        sqlx::query!(
            r#"insert into linker_next.merges (event, "case", ended, going_on, sealed) values ($1, $2, $3, $4, $5)"#,
            merge.event.uuid(),
            merge.case.uuid(),
            &merge.ended,
            &merge.going_on,
            serde_json::to_value(&merge.sealed)?
        )
        .execute(&mut *sql)
        .await?;
    }
    for (number, sealed) in aliases {
        let sealed = serde_json::to_value(sealed)?;
        sqlx::query!("insert into linker_next.aliases (number, sealed) values ($1, $2)", number, sealed)
            .execute(&mut *sql)
            .await?;
    }
    Ok(())
}
