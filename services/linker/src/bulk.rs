//! Many rows of the read model with one statement, where it is built anew and empty.

use domain::ids::{CaseId, Pair, PartyId, PersonId};
use jiff_sqlx::ToSqlx;
use journal::JournalError;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::candidates::{Hashes, Kept};
use crate::matters::Name;

/// Records with what they are found by.
pub(crate) async fn records(sql: &mut PgConnection, records: &[(Kept, Hashes)]) -> Result<(), JournalError> {
    let of = |kept: &Kept| kept.member.party.uuid();
    let parties: Vec<Uuid> = records.iter().map(|(kept, _)| of(kept)).collect();
    let cases: Vec<Uuid> = records.iter().map(|(kept, _)| kept.member.case.uuid()).collect();
    let since: Vec<jiff_sqlx::Timestamp> = records.iter().map(|(kept, _)| kept.since.to_sqlx()).collect();
    let beside: Vec<bool> = records.iter().map(|(kept, _)| kept.beside).collect();
    let sealed = records.iter().map(|(kept, _)| kept.details.as_ref().map(serde_json::to_value).transpose());
    let sealed: Vec<Option<serde_json::Value>> = sealed.collect::<Result<_, _>>()?;
    sqlx::query!(
        r#"insert into linker.records (party, "case", since, beside, sealed)
           select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::jsonb[])"#,
        &parties,
        &cases,
        &since as &[jiff_sqlx::Timestamp],
        &beside,
        &sealed as &[Option<serde_json::Value>]
    )
    .execute(&mut *sql)
    .await?;
    let keys = records.iter().flat_map(|(kept, hashes)| hashes.keys.iter().map(|key| (key.clone(), of(kept))));
    let (keys, of_keys): (Vec<Vec<u8>>, Vec<Uuid>) = keys.unzip();
    sqlx::query!(
        "insert into linker.keys (key, party) select * from unnest($1::bytea[], $2::uuid[]) on conflict do nothing",
        &keys,
        &of_keys
    )
    .execute(&mut *sql)
    .await?;
    let doors =
        records.iter().flat_map(|(kept, hashes)| hashes.doors.iter().map(move |door| (door.clone(), kept, hashes)));
    let (mut at, mut living, mut surnames) = (Vec::new(), Vec::new(), Vec::new());
    for (door, kept, hashes) in doors {
        at.push(door);
        living.push(of(kept));
        surnames.push(hashes.surname.clone());
    }
    sqlx::query!(
        "insert into linker.doors (door, party, surname)
         select * from unnest($1::bytea[], $2::uuid[], $3::bytea[]) on conflict do nothing",
        &at,
        &living,
        &surnames
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Which records are part of which persons.
pub(crate) async fn persons(sql: &mut PgConnection, members: &[(PartyId, PersonId)]) -> Result<(), JournalError> {
    let (parties, persons): (Vec<Uuid>, Vec<Uuid>) =
        members.iter().map(|(party, person)| (party.uuid(), person.uuid())).unzip();
    sqlx::query!(
        "update linker.records set person = member.person
         from unnest($1::uuid[], $2::uuid[]) as member(party, person) where records.party = member.party",
        &parties,
        &persons
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Which pairs somebody asks about or ruled about.
pub(crate) async fn pairs(sql: &mut PgConnection, pairs: &[Pair<PartyId>]) -> Result<(), JournalError> {
    let (a, b): (Vec<Uuid>, Vec<Uuid>) = pairs.iter().map(|pair| (pair.a.uuid(), pair.b.uuid())).unzip();
    sqlx::query!("insert into linker.pairs (a, b) select * from unnest($1::uuid[], $2::uuid[])", &a, &b)
        .execute(sql)
        .await?;
    Ok(())
}

/// What cases are called and call others.
pub(crate) async fn names(sql: &mut PgConnection, names: &[(CaseId, Name)]) -> Result<(), JournalError> {
    let cases: Vec<Uuid> = names.iter().map(|(case, _)| case.uuid()).collect();
    let texts: Vec<String> = names.iter().map(|(_, name)| name.name.clone()).collect();
    let own: Vec<bool> = names.iter().map(|(_, name)| name.own).collect();
    sqlx::query!(
        r#"insert into linker.names (name, "case", own) select * from unnest($1::text[], $2::uuid[], $3::boolean[])"#,
        &texts,
        &cases,
        &own
    )
    .execute(sql)
    .await?;
    Ok(())
}
