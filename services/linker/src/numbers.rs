//! Numbers of the criminal chain that turned out to be one person's: a record under any of them is compared as under the one that
//! goes on. Which number leads to which does not matter, so that no order of merges and no circle of them goes wrong; a merge that
//! is taken back parts them again.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tags;
use domain::decisions::docket::Revisions;
use domain::decisions::docket::told::REVISIONS;
use domain::fact::intake::MergedNumbers;
use domain::fact::{Body, Fact, IntakeFact};
use domain::ids::{CaseId, EventId, KeyId, PartyId};
use domain::sealed::Sealed;
use domain::skn::Skn;
use journal::{JournalError, Transaction, Vault};
use serde::Deserialize;
use sqlx::PgConnection;

use crate::attempt::{Attempt, Stop, lock_of};
use crate::kinds::MERGED;
use crate::listen::Linker;

/// Two numbers that are one person's.
pub(crate) struct Merge {
    pub event: EventId,
    pub case: CaseId,
    pub ended: Vec<u8>,
    pub going_on: Vec<u8>,
    pub sealed: Sealed<MergedNumbers>,
}

/// What is sealed in the fact.
#[derive(Deserialize)]
struct Numbers {
    going_on: String,
    ended: String,
}

/// What stands in for a number that is merged with others, by its keyed hash.
pub(crate) type Aliases = BTreeMap<Vec<u8>, Sealed<MergedNumbers>>;

/// The merges of some cases as their courts last told of them.
#[derive(Default)]
pub(crate) struct Merges {
    said: BTreeMap<EventId, (CaseId, Sealed<MergedNumbers>)>,
    revisions: BTreeMap<CaseId, Revisions>,
}

impl Merges {
    /// Hears a fact; what is no merge and revises none is let pass.
    pub fn hear(&mut self, fact: &Fact) {
        let Body::Intake(told) = &fact.body else { return };
        let case = match told {
            IntakeFact::CriminalChainNumbersMerged(f) => {
                self.said.insert(f.version.event, (f.case, f.numbers.clone()));
                f.case
            }
            IntakeFact::EventRetracted(f) => f.case,
            IntakeFact::EventCorrected(f) => f.case,
            _ => return,
        };
        self.revisions.entry(case).or_default().note(told);
    }

    /// Whether nobody ever said that numbers are one person's.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Those that count, opened as far as they can be.
    pub async fn open(&self, transaction: &mut Transaction, vault: &Vault) -> Result<Vec<Merge>, JournalError> {
        let void: BTreeSet<EventId> = self.revisions.values().flat_map(Revisions::void).collect();
        let counting: Vec<_> = self.said.iter().filter(|(event, _)| !void.contains(event)).collect();
        let ids: Vec<_> = counting.iter().map(|(_, (_, sealed))| sealed.key).collect();
        let keys = if ids.is_empty() { Vec::new() } else { vault.keys(transaction.sql(), &ids).await? };
        let mut merges = Vec::new();
        for ((event, (case, sealed)), key) in counting.into_iter().zip(keys) {
            let Some(key) = key else { continue };
            let numbers = read(&key.open("numbers", sealed)?)?;
            let (ended, going_on) = (hash(vault, &numbers.ended), hash(vault, &numbers.going_on));
            merges.push(Merge { event: *event, case: *case, ended, going_on, sealed: sealed.clone() });
        }
        Ok(merges)
    }
}

fn read(plain: &[u8]) -> Result<Numbers, JournalError> {
    serde_json::from_slice(plain).map_err(|_| JournalError::Impossible { table: "journal.facts", column: "data" })
}

/// The number that counts, as it stands in a merge.
pub(crate) fn going_on(plain: &[u8]) -> Result<Option<Skn>, JournalError> {
    Ok(Skn::parse(&read(plain)?.going_on).ok())
}

/// The keyed hash of a number of the criminal chain.
pub(crate) fn hash(vault: &Vault, number: &str) -> Vec<u8> {
    vault.index("skn", &[number])
}

/// What stands in for each number that is merged with others: among all that are one, the merge into the number of the smallest
/// hash, which is the same whatever came first.
pub(crate) fn aliases(merges: &[Merge]) -> Aliases {
    let mut part_of: BTreeMap<&[u8], &[u8]> = BTreeMap::new();
    for merge in merges {
        let (one, other) = (merge.ended.as_slice(), merge.going_on.as_slice());
        let one = *part_of.entry(one).or_insert(one);
        let other = *part_of.entry(other).or_insert(other);
        part_of.values_mut().filter(|part| **part == other).for_each(|part| *part = one);
    }
    let mut chosen: BTreeMap<&[u8], &Merge> = BTreeMap::new();
    for merge in merges {
        let Some(part) = part_of.get(merge.going_on.as_slice()) else { continue };
        let best = chosen.entry(part).or_insert(merge);
        if (&merge.going_on, merge.event) < (&best.going_on, best.event) {
            *best = merge;
        }
    }
    let stands_in = |(number, part): (&&[u8], &&[u8])| Some((number.to_vec(), chosen.get(part)?.sealed.clone()));
    part_of.iter().filter_map(stands_in).collect()
}

impl Linker {
    /// Reads anew which numbers a case says are one person's. Answers the records that stand under any number concerned.
    pub(crate) async fn merges(&self, attempt: &mut Attempt<'_>, case: CaseId) -> Result<BTreeSet<PartyId>, Stop> {
        let mut heard = Merges::default();
        let kinds: Vec<&str> = REVISIONS.into_iter().chain([MERGED]).collect();
        for fact in attempt.transaction.facts_of(&Tags::from([case.into()]), &kinds).await? {
            heard.hear(&fact);
        }
        let now = heard.open(&mut attempt.transaction, &self.vault).await?;
        let before = of_case(attempt.sql(), case).await?;
        if now.is_empty() && before.is_empty() {
            return Ok(BTreeSet::new());
        }
        let hashes = |merges: &[Merge]| {
            merges.iter().flat_map(|merge| [merge.ended.clone(), merge.going_on.clone()]).collect::<BTreeSet<_>>()
        };
        let mut numbers: BTreeSet<Vec<u8>> = hashes(&now).union(&hashes(&before)).cloned().collect();
        loop {
            // Every number that is or was one with these, held against whoever brings a record or a merge of any.
            attempt.hold(numbers.iter().map(|number| lock_of(number)).collect()).await?;
            let found = hashes(&touching(attempt.sql(), &numbers).await?);
            if found.is_subset(&numbers) {
                break;
            }
            numbers.extend(found);
        }
        sqlx::query!(r#"delete from linker.merges where "case" = $1"#, case.uuid())
            .execute(attempt.sql())
            .await
            .map_err(JournalError::from)?;
        store(attempt.sql(), &now).await?;
        let merges = touching(attempt.sql(), &numbers).await?;
        stand_in(attempt.sql(), &numbers, &aliases(&merges)).await?;
        Ok(under(attempt.sql(), &numbers).await?)
    }
}

impl Linker {
    /// Drops the keys of merges that name a number which only this record has: it is to be forgotten with it. Answers the records
    /// whose numbers count otherwise without them.
    pub(crate) async fn forget_numbers(
        &self,
        attempt: &mut Attempt<'_>,
        party: PartyId,
    ) -> Result<BTreeSet<PartyId>, Stop> {
        let rows = sqlx::query!(
            r#"select distinct merge.event, merge."case"
               from linker.keys mine
               join linker.merges merge on mine.key in (merge.ended, merge.going_on)
               where mine.party = $1
                 and not exists (select from linker.keys other where other.key = mine.key and other.party <> $1)"#,
            party.uuid()
        )
        .fetch_all(attempt.sql())
        .await
        .map_err(JournalError::from)?;
        let mut concerned = BTreeSet::new();
        for row in &rows {
            Vault::drop_key(attempt.sql(), KeyId::of_event(EventId::from_uuid(row.event))).await?;
        }
        for case in rows.iter().map(|row| CaseId::from_uuid(row.case)).collect::<BTreeSet<_>>() {
            concerned.extend(self.merges(attempt, case).await?);
        }
        Ok(concerned)
    }
}

async fn store(sql: &mut PgConnection, merges: &[Merge]) -> Result<(), JournalError> {
    for merge in merges {
        sqlx::query!(
            r#"insert into linker.merges (event, "case", ended, going_on, sealed) values ($1, $2, $3, $4, $5)"#,
            merge.event.uuid(),
            merge.case.uuid(),
            &merge.ended,
            &merge.going_on,
            serde_json::to_value(&merge.sealed)?
        )
        .execute(&mut *sql)
        .await?;
    }
    Ok(())
}

struct Row {
    event: uuid::Uuid,
    case: uuid::Uuid,
    ended: Vec<u8>,
    going_on: Vec<u8>,
    sealed: serde_json::Value,
}

impl Row {
    fn read(self) -> Result<Merge, JournalError> {
        let Self { event, case, ended, going_on, sealed } = self;
        let (event, case) = (EventId::from_uuid(event), CaseId::from_uuid(case));
        Ok(Merge { event, case, ended, going_on, sealed: serde_json::from_value(sealed)? })
    }
}

async fn of_case(sql: &mut PgConnection, case: CaseId) -> Result<Vec<Merge>, JournalError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select event, "case", ended, going_on, sealed from linker.merges where "case" = $1"#,
        case.uuid()
    );
    rows.fetch_all(sql).await?.into_iter().map(Row::read).collect()
}

async fn touching(sql: &mut PgConnection, numbers: &BTreeSet<Vec<u8>>) -> Result<Vec<Merge>, JournalError> {
    let numbers: Vec<Vec<u8>> = numbers.iter().cloned().collect();
    let rows = sqlx::query_as!(
        Row,
        r#"select event, "case", ended, going_on, sealed from linker.merges where ended = any($1) or going_on = any($1)"#,
        &numbers
    );
    rows.fetch_all(sql).await?.into_iter().map(Row::read).collect()
}

async fn stand_in(sql: &mut PgConnection, numbers: &BTreeSet<Vec<u8>>, aliases: &Aliases) -> Result<(), JournalError> {
    let gone: Vec<Vec<u8>> = numbers.iter().cloned().collect();
    sqlx::query!("delete from linker.aliases where number = any($1)", &gone).execute(&mut *sql).await?;
    for (number, sealed) in aliases {
        sqlx::query!(
            "insert into linker.aliases (number, sealed) values ($1, $2)",
            number,
            serde_json::to_value(sealed)?
        )
        .execute(&mut *sql)
        .await?;
    }
    Ok(())
}

/// The records that stand under any of these numbers.
async fn under(sql: &mut PgConnection, numbers: &BTreeSet<Vec<u8>>) -> Result<BTreeSet<PartyId>, JournalError> {
    let numbers: Vec<Vec<u8>> = numbers.iter().cloned().collect();
    let parties = sqlx::query_scalar!("select distinct party from linker.keys where key = any($1)", &numbers);
    Ok(parties.fetch_all(sql).await?.into_iter().map(PartyId::from_uuid).collect())
}

/// What stands in for these numbers, where they are merged with others.
pub(crate) async fn standing_in(sql: &mut PgConnection, numbers: &[Vec<u8>]) -> Result<Aliases, JournalError> {
    if numbers.is_empty() {
        return Ok(Aliases::new());
    }
    let rows = sqlx::query!("select number, sealed from linker.aliases where number = any($1)", numbers);
    let rows = rows.fetch_all(sql).await?;
    rows.into_iter().map(|row| Ok((row.number, serde_json::from_value(row.sealed)?))).collect()
}
