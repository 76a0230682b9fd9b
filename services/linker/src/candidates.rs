//! The linker's read model: which records may be one person, found by keyed hashes and never by values.

use std::collections::BTreeSet;

use domain::fact::linker::Member;
use domain::ids::{CaseId, FactId, Pair, PartyId, PersonId};
use domain::party::PartyDetails;
use domain::sealed::Sealed;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use journal::{JournalError, Vault};
use matching::engine::{CROWD, FoundBy, Tie};
use matching::family;
use sqlx::PgConnection;
use uuid::Uuid;

/// A record as its court last told of it, in roles that link. Without details there is nothing to compare.
#[derive(Debug, Clone)]
pub struct Kept {
    pub member: Member,
    pub since: Timestamp,
    pub beside: bool,
    pub details: Option<Sealed<PartyDetails>>,
}

/// What a record is found by, as keyed hashes.
#[derive(Debug, Clone, Default)]
pub struct Hashes {
    pub keys: Vec<Vec<u8>>,
    pub doors: Vec<Vec<u8>>,
    pub surname: Vec<u8>,
}

impl Hashes {
    /// Of a record that is found by these, and known under a number of the criminal chain perhaps, as a keyed hash.
    pub fn of(vault: &Vault, found_by: &FoundBy, number: Option<Vec<u8>>) -> Self {
        let index = |kind: &str, hash: &u64| vault.index(kind, &[&hash.to_string()]);
        Self {
            keys: found_by.keys.iter().map(|key| index("key", key)).chain(number).collect(),
            doors: found_by.doors.iter().map(|door| door_of(vault, *door)).collect(),
            surname: found_by.surname.as_ref().map(|surname| index("surname", surname)).unwrap_or_default(),
        }
    }
}

/// The keyed hash of a door.
pub fn door_of(vault: &Vault, door: u64) -> Vec<u8> {
    vault.index("door", &[&door.to_string()])
}

pub(crate) fn uuids(parties: &BTreeSet<PartyId>) -> Vec<Uuid> {
    parties.iter().map(|party| party.uuid()).collect()
}

/// The hashes by which records are found so far, keys and doors.
pub async fn found_by(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<Hashes, JournalError> {
    let rows = sqlx::query!(
        r#"select key as "hash!", false as "door!" from linker.keys where party = any($1)
           union all
           select door, true from linker.doors where party = any($1)"#,
        &uuids(parties)
    )
    .fetch_all(sql)
    .await?;
    let mut hashes = Hashes::default();
    for row in rows {
        if row.door { &mut hashes.doors } else { &mut hashes.keys }.push(row.hash);
    }
    Ok(hashes)
}

/// Records with what they are found by, as the columns of their tables.
#[derive(Default)]
pub(crate) struct Columns {
    pub parties: Vec<Uuid>,
    pub cases: Vec<Uuid>,
    pub since: Vec<jiff_sqlx::Timestamp>,
    pub beside: Vec<bool>,
    pub sealed: Vec<Option<serde_json::Value>>,
    pub keys: Vec<Vec<u8>>,
    /// Whose key each is.
    pub of_keys: Vec<Uuid>,
    pub doors: Vec<Vec<u8>>,
    /// Who lives at each door.
    pub living: Vec<Uuid>,
    /// Under which surname.
    pub surnames: Vec<Vec<u8>>,
}

impl Columns {
    /// Of these records.
    pub fn of<'r>(records: impl IntoIterator<Item = (&'r Kept, &'r Hashes)>) -> Result<Self, JournalError> {
        let mut columns = Self::default();
        for (kept, hashes) in records {
            let party = kept.member.party.uuid();
            columns.parties.push(party);
            columns.cases.push(kept.member.case.uuid());
            columns.since.push(kept.since.to_sqlx());
            columns.beside.push(kept.beside);
            columns.sealed.push(kept.details.as_ref().map(serde_json::to_value).transpose()?);
            for key in &hashes.keys {
                columns.keys.push(key.clone());
                columns.of_keys.push(party);
            }
            for door in &hashes.doors {
                columns.doors.push(door.clone());
                columns.living.push(party);
                columns.surnames.push(hashes.surname.clone());
            }
        }
        Ok(columns)
    }
}

/// Stores records and what they are found by in place of what was known of them.
pub async fn store<'r>(
    sql: &mut PgConnection,
    records: impl IntoIterator<Item = (&'r Kept, &'r Hashes)>,
) -> Result<(), JournalError> {
    let of = Columns::of(records)?;
    sqlx::query_file!(
        "src/store.sql",
        &of.parties,
        &of.cases,
        &of.since as &[jiff_sqlx::Timestamp],
        &of.beside,
        &of.sealed as &[Option<serde_json::Value>],
        &of.keys,
        &of.of_keys,
        &of.doors,
        &of.living,
        &of.surnames
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Those of these doors behind which people of many families live.
pub async fn crowded(sql: &mut PgConnection, doors: &[Vec<u8>]) -> Result<BTreeSet<Vec<u8>>, JournalError> {
    if doors.is_empty() {
        return Ok(BTreeSet::new());
    }
    let many = i64::try_from(CROWD).unwrap_or(i64::MAX);
    let crowded = sqlx::query_scalar!(
        "select door from linker.doors where door = any($1) group by door having count(distinct nullif(surname, '')) >= $2",
        doors,
        many
    );
    Ok(crowded.fetch_all(sql).await?.into_iter().collect())
}

/// Who lives at these doors.
pub async fn living_at(sql: &mut PgConnection, doors: &[Vec<u8>]) -> Result<BTreeSet<PartyId>, JournalError> {
    if doors.is_empty() {
        return Ok(BTreeSet::new());
    }
    let parties = sqlx::query_scalar!("select distinct party from linker.doors where door = any($1)", doors);
    Ok(parties.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// Each of these records with every other that shares a key with it, and these others as they are kept.
pub async fn sharing_a_key(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
) -> Result<Vec<(Vec<PartyId>, Kept)>, JournalError> {
    let rows = sqlx::query!(
        r#"select found."by" as "by!", records.party, "case", since as "since: jiff_sqlx::Timestamp", beside, sealed
           from (select other.party, array_agg(distinct mine.party) as "by"
                 from linker.keys mine join linker.keys other on other.key = mine.key
                 where mine.party = any($1) and other.party <> mine.party
                 group by other.party) as found
           join linker.records on records.party = found.party"#,
        &uuids(parties)
    )
    .fetch_all(sql)
    .await?;
    let read = rows.into_iter().map(|row| {
        let by = row.by.into_iter().map(PartyId::from_uuid).collect();
        let (party, case, since, beside, sealed) = (row.party, row.case, row.since, row.beside, row.sealed);
        Ok((by, Row { party, case, since, beside, sealed }.read()?))
    });
    read.collect()
}

/// Whether none of these records is tied to any, part of a person, or asked or ruled about.
pub async fn are_alone(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<bool, JournalError> {
    let alone = sqlx::query_scalar!(
        r#"select (not exists (select from linker.ties where a = any($1) or b = any($1))
                   and not exists (select from linker.pairs where a = any($1) or b = any($1))
                   and not exists (select from linker.records where party = any($1) and person is not null)) as "alone!""#,
        &uuids(parties)
    );
    Ok(alone.fetch_one(sql).await?)
}

/// These records as they are kept.
pub async fn kept(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<Vec<Kept>, JournalError> {
    if parties.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query_as!(
        Row,
        r#"select party, "case", since as "since: jiff_sqlx::Timestamp", beside, sealed
           from linker.records where party = any($1)"#,
        &uuids(parties)
    )
    .fetch_all(sql)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// A record as it stands in a table.
pub(crate) struct Row {
    pub party: Uuid,
    pub case: Uuid,
    pub since: jiff_sqlx::Timestamp,
    pub beside: bool,
    pub sealed: Option<serde_json::Value>,
}

impl Row {
    /// The record.
    pub fn read(self) -> Result<Kept, JournalError> {
        Ok(Kept {
            member: Member { party: PartyId::from_uuid(self.party), case: CaseId::from_uuid(self.case) },
            since: self.since.to_jiff(),
            beside: self.beside,
            details: self.sealed.map(serde_json::from_value).transpose()?,
        })
    }
}

/// Stores what these records are tied to in place of what they were tied to.
pub async fn tie(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
    ties: &[(Pair<PartyId>, Pair<CaseId>, Tie)],
) -> Result<(), JournalError> {
    sqlx::query!("delete from linker.ties where a = any($1) or b = any($1)", &uuids(parties))
        .execute(&mut *sql)
        .await?;
    if ties.is_empty() {
        return Ok(());
    }
    let Ties { a, b, case_low, case_high, weights, contradict } = Ties::of(ties);
    sqlx::query!(
        "insert into linker.ties (a, b, case_low, case_high, weight, contradict)
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

/// Ties as the columns of their table.
pub(crate) struct Ties {
    pub a: Vec<Uuid>,
    pub b: Vec<Uuid>,
    pub case_low: Vec<Uuid>,
    pub case_high: Vec<Uuid>,
    pub weights: Vec<i32>,
    pub contradict: Vec<bool>,
}

impl Ties {
    /// Of ties, each with its two records and their two cases.
    pub fn of(ties: &[(Pair<PartyId>, Pair<CaseId>, Tie)]) -> Self {
        Self {
            a: ties.iter().map(|(pair, ..)| pair.a.uuid()).collect(),
            b: ties.iter().map(|(pair, ..)| pair.b.uuid()).collect(),
            case_low: ties.iter().map(|(_, cases, _)| cases.a.uuid()).collect(),
            case_high: ties.iter().map(|(_, cases, _)| cases.b.uuid()).collect(),
            weights: ties.iter().map(|(.., tie)| tie.weight).collect(),
            contradict: ties.iter().map(|(.., tie)| tie.contradict).collect(),
        }
    }
}

/// The cases that hold pairs of these records.
pub async fn cases(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<BTreeSet<CaseId>, JournalError> {
    if parties.is_empty() {
        return Ok(BTreeSet::new());
    }
    let cases = sqlx::query_scalar!(
        r#"select distinct "case" as "case!"
           from linker.ties cross join lateral unnest(array[case_low, case_high]) as "case"
           where a = any($1) or b = any($1)"#,
        &uuids(parties)
    );
    Ok(cases.fetch_all(sql).await?.into_iter().map(CaseId::from_uuid).collect())
}

/// Everything that hangs together with these records, over any number of steps: by pairs that may be one person, by a person, by
/// a question or a ruling.
pub async fn hanging_together(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
    possible: i32,
) -> Result<BTreeSet<PartyId>, JournalError> {
    if parties.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found = sqlx::query_file_scalar!("src/hanging_together.sql", &uuids(parties), possible, family::MOST);
    Ok(found.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// The records of pairs that have a bearing on what these records weigh with others, as co-parties do.
pub async fn supporting(
    sql: &mut PgConnection,
    parties: &BTreeSet<PartyId>,
) -> Result<BTreeSet<PartyId>, JournalError> {
    let found = sqlx::query_file_scalar!("src/supporting.sql", &uuids(parties));
    Ok(found.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// Notes that these records are part of a person.
pub async fn join(
    sql: &mut PgConnection,
    parties: impl IntoIterator<Item = PartyId>,
    person: PersonId,
) -> Result<(), JournalError> {
    let parties: Vec<Uuid> = parties.into_iter().map(PartyId::uuid).collect();
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
    let parties: Vec<Uuid> = parties.into_iter().map(PartyId::uuid).collect();
    sqlx::query!(
        "update linker.records set person = null where party = any($1) and person = $2",
        &parties,
        person.uuid()
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// The records of a case.
pub async fn of_case(sql: &mut PgConnection, case: CaseId) -> Result<BTreeSet<PartyId>, JournalError> {
    let parties = sqlx::query_scalar!(r#"select party from linker.records where "case" = $1"#, case.uuid());
    Ok(parties.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// The cases in which a person of this case stands.
pub async fn sharing_a_person(sql: &mut PgConnection, case: CaseId) -> Result<BTreeSet<CaseId>, JournalError> {
    let cases = sqlx::query_scalar!(
        r#"select distinct other."case"
           from linker.records mine join linker.records other on other.person = mine.person
           where mine."case" = $1"#,
        case.uuid()
    );
    Ok(cases.fetch_all(sql).await?.into_iter().map(CaseId::from_uuid).collect())
}

/// Notes which fact asks about two records, so that they hang together; or that none does any more.
pub async fn asks(sql: &mut PgConnection, pair: Pair<PartyId>, asked: Option<FactId>) -> Result<(), JournalError> {
    let (a, b) = (pair.a.uuid(), pair.b.uuid());
    if let Some(fact) = asked {
        sqlx::query!(
            "insert into linker.pairs (a, b, asked) values ($1, $2, $3)
                 on conflict (a, b) do update set asked = excluded.asked",
            a,
            b,
            fact.uuid()
        )
        .execute(sql)
        .await?;
    } else {
        sqlx::query!("delete from linker.pairs where a = $1 and b = $2 and ruled is null", a, b)
            .execute(&mut *sql)
            .await?;
        sqlx::query!("update linker.pairs set asked = null where a = $1 and b = $2", a, b).execute(sql).await?;
    }
    Ok(())
}

/// Notes which fact asks about two records and which ruling is in force, so that they hang together; without either they do not.
pub async fn stands(
    sql: &mut PgConnection,
    pair: Pair<PartyId>,
    asked: Option<FactId>,
    ruled: Option<FactId>,
) -> Result<(), JournalError> {
    let (a, b) = (pair.a.uuid(), pair.b.uuid());
    let (asked, ruled) = (asked.map(FactId::uuid), ruled.map(FactId::uuid));
    if asked.is_none() && ruled.is_none() {
        sqlx::query!("delete from linker.pairs where a = $1 and b = $2", a, b).execute(sql).await?;
        return Ok(());
    }
    sqlx::query!(
        "insert into linker.pairs (a, b, asked, ruled) values ($1, $2, $3, $4)
         on conflict (a, b) do update set (asked, ruled) = (excluded.asked, excluded.ruled)",
        a,
        b,
        asked as Option<Uuid>,
        ruled as Option<Uuid>
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Notes which fact says who is part of a person; or that it is none any more.
pub async fn person(sql: &mut PgConnection, person: PersonId, said: Option<FactId>) -> Result<(), JournalError> {
    match said {
        Some(fact) => {
            sqlx::query!(
                "insert into linker.persons (person, fact) values ($1, $2)
                 on conflict (person) do update set fact = excluded.fact",
                person.uuid(),
                fact.uuid()
            )
            .execute(sql)
            .await?;
        }
        None => {
            sqlx::query!("delete from linker.persons where person = $1", person.uuid()).execute(sql).await?;
        }
    }
    Ok(())
}

/// The facts that say what stands about these records: who is part of their persons, what is asked about two of them, and the
/// newest rulings.
pub async fn standing(sql: &mut PgConnection, parties: &BTreeSet<PartyId>) -> Result<Vec<FactId>, JournalError> {
    let facts = sqlx::query_scalar!(
        r#"select fact as "fact!" from linker.persons
           where person in (select person from linker.records where party = any($1))
           union
           select fact from linker.pairs cross join lateral unnest(array[asked, ruled]) as fact
           where a = any($1) and b = any($1) and fact is not null"#,
        &uuids(parties)
    );
    Ok(facts.fetch_all(sql).await?.into_iter().map(FactId::from_uuid).collect())
}

/// The facts that say who is part of the persons of these cases.
pub async fn persons_of(sql: &mut PgConnection, cases: &BTreeSet<CaseId>) -> Result<Vec<FactId>, JournalError> {
    let cases: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    let facts = sqlx::query_scalar!(
        r#"select fact from linker.persons
           where person in (select person from linker.records where "case" = any($1))"#,
        &cases
    );
    Ok(facts.fetch_all(sql).await?.into_iter().map(FactId::from_uuid).collect())
}
