//! The read model dropped and derived anew from the journal.
//!
//! It happens in one transaction: whoever reads meanwhile reads what was there before, whoever decides waits with writing and
//! goes on with what is there afterwards; no relay goes on meanwhile. Only what was handled counts, so that what still waits finds
//! what it would have found. Nothing is decided and no fact is written.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tag;
use domain::decisions::docket::Docket;
use domain::fact::{Body, Fact, IntakeFact, LinkerFact};
use domain::ids::{CaseId, Pair, PartyId, PersonId};
use journal::{Journal, JournalError, Transaction, Which};
use matching::engine::{FoundBy, Tie, crowded};
use matching::record::Record;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::candidates::{self, Hashes, Kept};
use crate::listen::{KINDS, Linker};
use crate::numbers::{self, Merges};
use crate::open::Opened;
use crate::told::Heard;
use crate::{bulk, matters};

/// What the linker itself said that its read model keeps: who is a person, and what is asked.
pub(crate) const OWN: [&str; 7] = [
    "linker.person-certain",
    "linker.person-dissolved",
    "linker.persons-merged",
    "linker.person-split",
    "linker.match-possible",
    "linker.conflict-found",
    "linker.question-withdrawn",
];
/// After how many facts it is told how far it is.
const TELL_EVERY: u64 = 5_000;
/// How many rows are read or written at a time.
pub(crate) const AT_A_TIME: usize = 5_000;

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

/// A read model derived anew, and what it was derived from.
pub(crate) struct Derived {
    pub rebuilt: Rebuilt,
    /// Every record that was ever told of.
    pub parties: BTreeSet<PartyId>,
    /// Those of them that can be compared.
    pub records: Vec<Record>,
    /// The doors behind which people of many families live.
    pub crowded: BTreeSet<u64>,
}

/// What the journal says.
#[derive(Default)]
struct Journalled {
    facts: u64,
    heard: Heard,
    merges: Merges,
    dockets: BTreeMap<CaseId, Docket>,
    persons: BTreeMap<PersonId, BTreeSet<PartyId>>,
    asked: BTreeSet<Pair<PartyId>>,
    ruled: BTreeSet<Pair<PartyId>>,
}

impl Journalled {
    fn hear(&mut self, fact: &Fact) {
        match &fact.body {
            Body::Linker(LinkerFact::PersonCertain(person)) => {
                let members = person.members.iter().map(|member| member.party).collect();
                self.persons.insert(person.person, members);
            }
            Body::Linker(LinkerFact::MatchPossible(question) | LinkerFact::ConflictFound(question)) => {
                self.asked.insert(question.pair);
            }
            Body::Linker(LinkerFact::QuestionWithdrawn(question)) => drop(self.asked.remove(&question.pair)),
            Body::Linker(other) => {
                if let Some(person) = other.ends() {
                    self.persons.remove(&person);
                }
            }
            Body::Steward(ruled) => drop(self.ruled.insert(ruled.ruling().0.pair)),
            Body::Intake(told) => {
                self.heard.hear(fact);
                self.merges.hear(fact);
                if let Some(case) = told.case().filter(|_| of_course(told)) {
                    self.dockets.entry(case).or_default().fold(told);
                }
            }
            Body::Alerts(_) => {}
        }
    }
}

/// Whether a fact has a bearing on what a case is called, where it came from and where it goes on.
const fn of_course(fact: &IntakeFact) -> bool {
    matches!(
        fact,
        IntakeFact::CaseRegistered(_)
            | IntakeFact::CaseJoined(_)
            | IntakeFact::CaseSplit(_)
            | IntakeFact::CaseReferred(_)
            | IntakeFact::EventRetracted(_)
            | IntakeFact::EventCorrected(_)
    )
}

impl Linker {
    /// Drops the read model and derives it anew. `told` hears how many facts were read so far.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote; the read model is then as it was.
    pub async fn rebuild(&self, told: impl Fn(u64)) -> Result<Rebuilt, JournalError> {
        let mut transaction = self.journal.begin().await?;
        // Not while another model is put in force, nor the other way round.
        transaction.lock_beside(&Tag::models()).await?;
        let linker = self.in_force(&mut transaction).await?;
        let rebuilt = linker.derive(&mut transaction, Which::Handled, told).await?.rebuilt;
        transaction.commit().await?;
        Ok(rebuilt)
    }

    /// What [`Linker::rebuild`] would make of the read model; it is as it was afterwards.
    ///
    /// # Errors
    /// As [`Linker::rebuild`].
    pub async fn try_rebuild(&self) -> Result<Rebuilt, JournalError> {
        let mut transaction = self.journal.begin().await?;
        transaction.lock_beside(&Tag::models()).await?;
        let linker = self.in_force(&mut transaction).await?;
        Ok(linker.derive(&mut transaction, Which::Handled, |_| ()).await?.rebuilt)
    }

    /// Derives the read model anew, by what this linker decides by: of what was handled, so that what waits finds what it would
    /// have found; or of all, where all is decided.
    pub(crate) async fn derive(
        &self,
        transaction: &mut Transaction,
        which: Which,
        told: impl Fn(u64),
    ) -> Result<Derived, JournalError> {
        sqlx::query(
            "lock table linker.records, linker.keys, linker.doors, linker.ties, linker.pairs, linker.names, linker.merges,
             linker.aliases in exclusive mode",
        )
        .execute(transaction.sql())
        .await?;
        let before = digest(transaction.sql()).await?;
        let Journalled { facts, heard, merges, dockets, persons, asked, ruled } =
            read(transaction, which, told).await?;
        empty(transaction.sql()).await?;
        let merges = merges.open(transaction, &self.vault).await?;
        numbers::rebuild(transaction.sql(), &merges).await?;
        let mut kept: Vec<Kept> = heard.kept().collect();
        let mut opened: Vec<Opened> = Vec::with_capacity(kept.len());
        for part in kept.chunks_mut(AT_A_TIME) {
            opened.extend(self.open(transaction, part).await?.into_iter().flatten());
        }
        let mut numbers: BTreeMap<PartyId, Vec<u8>> = BTreeMap::new();
        let mut records: Vec<Record> = Vec::with_capacity(opened.len());
        for Opened { record, number } in opened {
            numbers.extend(number.map(|number| (record.member.party, number)));
            records.push(record);
        }
        let found_by: BTreeMap<PartyId, FoundBy> = self.engine.all_found_by(&records).into_iter().collect();
        for part in kept.chunks(AT_A_TIME) {
            let with_hashes = |kept: &Kept| {
                let number = numbers.remove(&kept.member.party);
                let found = found_by.get(&kept.member.party);
                let hashes = found.map(|found| Hashes::of(&self.vault, found, number)).unwrap_or_default();
                (kept.clone(), hashes)
            };
            bulk::records(transaction.sql(), &part.iter().map(with_hashes).collect::<Vec<_>>()).await?;
        }
        let case_of: BTreeMap<PartyId, CaseId> =
            kept.iter().map(|kept| (kept.member.party, kept.member.case)).collect();
        let crowded = crowded(found_by.values());
        let ties = self.engine.all_ties(&records, &crowded);
        for part in ties.chunks(AT_A_TIME) {
            candidates::insert_ties(transaction.sql(), &with_cases(part, &case_of)).await?;
        }
        let members =
            persons.into_iter().flat_map(|(person, members)| members.into_iter().map(move |party| (party, person)));
        for part in members.collect::<Vec<_>>().chunks(AT_A_TIME) {
            bulk::persons(transaction.sql(), part).await?;
        }
        for part in asked.union(&ruled).copied().collect::<Vec<_>>().chunks(AT_A_TIME) {
            bulk::pairs(transaction.sql(), part).await?;
        }
        let names = dockets
            .iter()
            .flat_map(|(case, docket)| matters::names(*case, &docket.course()).into_iter().map(|name| (*case, name)));
        for part in names.collect::<Vec<_>>().chunks(AT_A_TIME) {
            bulk::names(transaction.sql(), part).await?;
        }
        let now = digest(transaction.sql()).await?;
        let rebuilt = Rebuilt { facts, records: kept.len(), ties: ties.len(), before, now };
        Ok(Derived { rebuilt, parties: case_of.into_keys().collect(), records, crowded })
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

async fn empty(sql: &mut PgConnection) -> Result<(), JournalError> {
    sqlx::query!("delete from linker.ties").execute(&mut *sql).await?;
    sqlx::query!("delete from linker.pairs").execute(&mut *sql).await?;
    // Keys and doors go with their records.
    sqlx::query!("delete from linker.records").execute(&mut *sql).await?;
    sqlx::query!("delete from linker.names").execute(&mut *sql).await?;
    sqlx::query!("delete from linker.merges").execute(&mut *sql).await?;
    sqlx::query!("delete from linker.aliases").execute(sql).await?;
    Ok(())
}

async fn read(transaction: &mut Transaction, which: Which, told: impl Fn(u64)) -> Result<Journalled, JournalError> {
    let kinds: Vec<&str> = KINDS.into_iter().chain(OWN).collect();
    let mut journalled = Journalled::default();
    let hear = |fact: &Fact| {
        journalled.hear(fact);
        journalled.facts += 1;
        if journalled.facts.is_multiple_of(TELL_EVERY) {
            told(journalled.facts);
        }
    };
    transaction.each(which, &kinds, hear).await?;
    Ok(journalled)
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
