//! The read model dropped and derived anew from the journal.
//!
//! It happens in one transaction: whoever reads meanwhile reads what was there before, whoever decides waits with writing and
//! goes on with what is there afterwards; no relay goes on meanwhile. Only what was handled counts, so that what still waits finds
//! what it would have found. Nothing is decided and no fact is written.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::{Body, LinkerFact};
use domain::ids::{CaseId, Pair, PartyId, PersonId};
use journal::{Journal, JournalError, Transaction};
use matching::engine::{FoundBy, Tie, crowded};
use matching::record::Record;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::candidates::{self, Hashes, Kept};
use crate::listen::{KINDS, Linker};
use crate::told::Heard;

/// Facts of questions, which records hang together by.
const QUESTIONS: [&str; 2] = ["linker.match-possible", "linker.conflict-found"];
/// How many facts or rows are read or written at a time.
const AT_A_TIME: usize = 5_000;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many facts were read.
    pub facts: u64,
    /// How many records there are.
    pub records: usize,
    /// How many pairs may be one person, or contradict each other.
    pub ties: usize,
    /// A digest of the read model as it was.
    pub before: String,
    /// A digest of it as it is now.
    pub now: String,
}

/// What the journal says.
#[derive(Default)]
struct Journalled {
    facts: u64,
    heard: Heard,
    persons: BTreeMap<PersonId, BTreeSet<PartyId>>,
    pairs: BTreeSet<Pair<PartyId>>,
}

impl Linker {
    /// Drops the read model and derives it anew. `told` hears how many facts were read so far.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote; the read model is then as it was.
    pub async fn rebuild(&self, told: impl Fn(u64)) -> Result<Rebuilt, JournalError> {
        let mut transaction = self.journal.begin().await?;
        sqlx::query(
            "lock table linker.records, linker.keys, linker.doors, linker.ties, linker.pairs in exclusive mode",
        )
        .execute(transaction.sql())
        .await?;
        let before = digest(transaction.sql()).await?;
        let Journalled { facts, heard, persons, pairs } = read(&mut transaction, told).await?;
        sqlx::query!("delete from linker.ties").execute(transaction.sql()).await?;
        sqlx::query!("delete from linker.pairs").execute(transaction.sql()).await?;
        // Keys and doors go with their records.
        sqlx::query!("delete from linker.records").execute(transaction.sql()).await?;
        let mut kept: Vec<Kept> = heard.kept().collect();
        let mut records: Vec<Record> = Vec::with_capacity(kept.len());
        for part in kept.chunks_mut(AT_A_TIME) {
            records.extend(self.open(&mut transaction, part).await?.into_iter().flatten());
        }
        let found_by: BTreeMap<PartyId, FoundBy> = self.engine.all_found_by(&records).into_iter().collect();
        for kept in &kept {
            let hashes =
                found_by.get(&kept.member.party).map(|found| Hashes::of(&self.vault, found)).unwrap_or_default();
            candidates::store(transaction.sql(), kept, &hashes).await?;
        }
        let case_of: BTreeMap<PartyId, CaseId> =
            kept.iter().map(|kept| (kept.member.party, kept.member.case)).collect();
        let ties = self.engine.all_ties(&records, &crowded(found_by.values()));
        for part in ties.chunks(AT_A_TIME) {
            candidates::insert_ties(transaction.sql(), &with_cases(part, &case_of)).await?;
        }
        for (person, members) in persons {
            candidates::join(transaction.sql(), members, person).await?;
        }
        for pair in pairs {
            candidates::pair(transaction.sql(), pair).await?;
        }
        let now = digest(transaction.sql()).await?;
        transaction.commit().await?;
        Ok(Rebuilt { facts, records: kept.len(), ties: ties.len(), before, now })
    }
}

/// Whether facts were handled of which the read model knows nothing, as after a migration that emptied it. Whoever decided on it
/// would undo what was decided.
pub(crate) async fn is_needed(journal: &Journal) -> Result<bool, JournalError> {
    let mut transaction = journal.begin().await?;
    let needed = sqlx::query_scalar!(
        r#"select (not exists (select from linker.records) and exists (
               select from journal.inbox join journal.facts on facts.id = inbox.fact
               where facts.kind = 'intake.party-added'
           )) as "needed!""#
    );
    Ok(needed.fetch_one(transaction.sql()).await?)
}

async fn read(transaction: &mut Transaction, told: impl Fn(u64)) -> Result<Journalled, JournalError> {
    let kinds: Vec<&str> = KINDS.into_iter().chain(QUESTIONS).collect();
    let limit = i64::try_from(AT_A_TIME).unwrap_or(i64::MAX);
    let (mut journalled, mut after) = (Journalled::default(), 0);
    loop {
        let page = transaction.page(&kinds, after, limit).await?;
        let Some((last, _)) = page.last() else { return Ok(journalled) };
        after = *last;
        for (_, fact) in &page {
            match &fact.body {
                Body::Linker(LinkerFact::PersonCertain(person)) => {
                    let members = person.members.iter().map(|member| member.party).collect();
                    journalled.persons.insert(person.person, members);
                }
                Body::Linker(LinkerFact::PersonDissolved(person)) => {
                    journalled.persons.remove(&person.person);
                }
                Body::Linker(LinkerFact::MatchPossible(question) | LinkerFact::ConflictFound(question)) => {
                    journalled.pairs.insert(question.pair);
                }
                Body::Steward(ruled) => {
                    journalled.pairs.insert(ruled.ruling().0.pair);
                }
                _ => journalled.heard.hear(fact),
            }
        }
        journalled.facts += page.len() as u64;
        told(journalled.facts);
    }
}

fn with_cases(ties: &[(PartyId, Tie)], case_of: &BTreeMap<PartyId, CaseId>) -> Vec<(Pair<PartyId>, Pair<CaseId>, Tie)> {
    let case = |party: &PartyId| case_of.get(party).copied();
    let of = |(party, tie): &(PartyId, Tie)| {
        Some((Pair::of(*party, tie.other), Pair::of(case(party)?, case(&tie.other)?), *tie))
    };
    ties.iter().filter_map(of).collect()
}

/// A digest of all that stands in the read model: the same for the same rows, in whatever order.
async fn digest(sql: &mut PgConnection) -> Result<String, JournalError> {
    let digest = sqlx::query_file_scalar!("src/digest.sql").fetch_one(sql).await?;
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_OID, digest.as_bytes()).to_string())
}
