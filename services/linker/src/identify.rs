//! Who is who, decided anew for everything that hangs together with the records that changed.
//!
//! Locks: what the changed records are and were found by, so that two first-ever records of one person meet; the records; the
//! cases whose pairs support one another; and whatever hangs together. What was found is read again under each larger set of
//! locks, until it is all held: so no two deciders ever hold overlapping parts. A decider waits for locks only while it holds
//! none and has written nothing; what it finds it needs beyond those it takes if it is free, and otherwise begins again with all
//! of them.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::{Tag, Tags};
use domain::fact::{Body, Fact, LinkerFact};
use domain::ids::{CaseId, FactId, PartyId};
use domain::party::PartyDetails;
use journal::{Cause, JournalError, Recorded, Transaction};
use matching::engine::Tie;
use matching::identify::Identify;
use matching::record::Record;

use crate::candidates::{self, Hashes, Kept};
use crate::listen::Linker;
use crate::told;

/// How often a decision is begun again after PostgreSQL ended it, before another consumer is left to try.
const ATTEMPTS: u32 = 5;

/// Why an attempt came to nothing.
enum Stop {
    /// Others hold what it needs.
    Busy,
    /// The journal failed.
    Failed(JournalError),
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::Failed(error)
    }
}

/// A transaction with what it holds, and what it found out it needs.
struct Attempt {
    transaction: Transaction,
    held: Tags,
}

impl Attempt {
    /// Holds these too, or stops where others hold some.
    async fn hold(&mut self, wanted: Tags) -> Result<(), Stop> {
        let missing: Tags = wanted.difference(&self.held).cloned().collect();
        let free = missing.is_empty() || self.transaction.try_lock(&missing).await?;
        self.held.extend(missing);
        if free { Ok(()) } else { Err(Stop::Busy) }
    }

    /// The records of pairs that have a bearing on what these records weigh with others. Two deciders who each bring a pair of
    /// the same two cases would not see each other's: so the cases are held.
    async fn supporting(&mut self, parties: &BTreeSet<PartyId>) -> Result<BTreeSet<PartyId>, Stop> {
        let cases = candidates::cases(self.transaction.sql(), parties).await?;
        if cases.is_empty() {
            return Ok(BTreeSet::new());
        }
        self.hold(cases.into_iter().map(Tag::from).collect()).await?;
        Ok(candidates::supporting(self.transaction.sql(), parties).await?)
    }

    /// All that hangs together with these records, held.
    async fn hanging_together(&mut self, around: &BTreeSet<PartyId>, possible: i32) -> Result<BTreeSet<PartyId>, Stop> {
        loop {
            let found = candidates::hanging_together(self.transaction.sql(), around, possible).await?;
            let wanted: Tags = found.iter().map(|party| Tag::from(*party)).collect();
            if wanted.is_subset(&self.held) {
                return Ok(found);
            }
            self.hold(wanted).await?;
        }
    }
}

/// Records that changed: each as it is kept, opened, and with what it is found by; and what they were found by before.
struct News {
    records: Vec<(Kept, Option<Record>, Hashes)>,
    before: Hashes,
}

impl News {
    /// The locks on all that they are and were found by.
    fn locks(&self) -> Tags {
        let now = self.records.iter().flat_map(|(_, _, hashes)| hashes.keys.iter().chain(&hashes.doors));
        now.chain(&self.before.keys).chain(&self.before.doors).map(|hash| lock_of(hash)).collect()
    }
}

impl Linker {
    /// Decides anew who is who around the records that `fact` changed. Answers what it wrote about persons.
    pub(crate) async fn identify(
        &self,
        fact: &Fact,
        changed: BTreeSet<PartyId>,
        cause: &Cause,
    ) -> Result<Vec<FactId>, JournalError> {
        let (mut locks, mut attempts) = (changed.iter().map(|party| Tag::from(*party)).collect(), 1);
        loop {
            let transaction = self.journal.begin().await?;
            let mut attempt = Attempt { transaction, held: Tags::new() };
            let stop = match self.attempt(&mut attempt, fact, &changed, &locks, cause).await {
                Ok(persons) => {
                    attempt.transaction.commit().await?;
                    return Ok(persons);
                }
                Err(stop) => stop,
            };
            match stop {
                Stop::Busy => locks = attempt.held,
                Stop::Failed(error) if error.is_deadlock() && attempts < ATTEMPTS => attempts += 1,
                Stop::Failed(error) => return Err(error),
            }
        }
    }

    async fn attempt(
        &self,
        attempt: &mut Attempt,
        fact: &Fact,
        changed: &BTreeSet<PartyId>,
        locks: &Tags,
        cause: &Cause,
    ) -> Result<Vec<FactId>, Stop> {
        // The inbox after the wait: whoever has written holds up every relay until it ends.
        attempt.held.clone_from(locks);
        attempt.transaction.lock(locks).await?;
        if !attempt.transaction.first_time(fact.id.uuid()).await? {
            return Ok(Vec::new());
        }
        let news = self.news(&mut attempt.transaction, changed).await?;
        attempt.hold(news.locks()).await?;
        if let Body::Steward(ruled) = &fact.body {
            candidates::pair(attempt.transaction.sql(), ruled.ruling().0.pair).await?;
        }
        let around = self.store(attempt, changed, &news).await?;
        let parties = attempt.hanging_together(&around, self.engine.possible()).await?;
        let transaction = &mut attempt.transaction;
        let beside = candidates::supporting(transaction.sql(), &parties).await?;
        let records = self.kept(transaction, &parties.union(&beside).copied().collect()).await?;
        let crowded = self.crowded(transaction, &records).await?;
        let decision = Identify { engine: &self.engine, parties, records, crowded };
        let recorded = transaction.decide(&decision, cause).await.map_err(JournalError::from)?;
        Ok(note(transaction, &recorded).await?)
    }

    /// The changed records as their courts last told of them.
    async fn news(&self, transaction: &mut Transaction, changed: &BTreeSet<PartyId>) -> Result<News, JournalError> {
        let mut kept = told::of(transaction, changed).await?;
        let opened = self.open(transaction, &mut kept).await?;
        let with_hashes = |(kept, record): (Kept, Option<Record>)| {
            let found_by = record.as_ref().map(|record| self.engine.found_by(record)).unwrap_or_default();
            (kept, record, Hashes::of(&self.vault, &found_by))
        };
        let records = kept.into_iter().zip(opened).map(with_hashes).collect();
        Ok(News { records, before: candidates::found_by(transaction.sql(), changed).await? })
    }

    /// Stores the changed records and what they are tied to. Answers around which records who is who may be different now.
    async fn store(
        &self,
        attempt: &mut Attempt,
        changed: &BTreeSet<PartyId>,
        news: &News,
    ) -> Result<BTreeSet<PartyId>, Stop> {
        let possible = self.engine.possible();
        let mut around = attempt.supporting(changed).await?;
        let transaction = &mut attempt.transaction;
        around.extend(candidates::hanging_together(transaction.sql(), changed, possible).await?);
        let now = news.records.iter().flat_map(|(_, _, hashes)| &hashes.doors);
        let doors: Vec<Vec<u8>> = news.before.doors.iter().chain(now).cloned().collect();
        let crowded = candidates::crowded(transaction.sql(), &doors).await?;
        for (kept, _, hashes) in &news.records {
            candidates::store(transaction.sql(), kept, hashes).await?;
        }
        // Where a door becomes crowded, or is no longer, all who live there are compared anew.
        let crowded_now = candidates::crowded(transaction.sql(), &doors).await?;
        let turned: Vec<Vec<u8>> = crowded.symmetric_difference(&crowded_now).cloned().collect();
        let living = candidates::living_at(transaction.sql(), &turned).await?;
        let again: BTreeSet<PartyId> = living.difference(changed).copied().collect();
        let compared: BTreeSet<PartyId> = changed.union(&again).copied().collect();
        if !again.is_empty() {
            let found_by = candidates::found_by(attempt.transaction.sql(), &again).await?;
            let hashes = found_by.keys.iter().chain(&found_by.doors).map(|hash| lock_of(hash));
            attempt.hold(again.iter().map(|party| Tag::from(*party)).chain(hashes).collect()).await?;
            around.extend(attempt.supporting(&again).await?);
        }
        let transaction = &mut attempt.transaction;
        around.extend(candidates::hanging_together(transaction.sql(), &again, possible).await?);
        let others = self.kept(transaction, &again).await?;
        for (kept, record, _) in &news.records {
            match record {
                Some(record) => self.tie(transaction, record).await?,
                None => candidates::tie(transaction.sql(), kept.member, &[]).await?,
            }
        }
        for record in &others {
            self.tie(transaction, record).await?;
        }
        around.extend(attempt.supporting(&compared).await?);
        around.extend(compared);
        Ok(around)
    }

    /// Compares a record with all that share a key with it.
    async fn tie(&self, transaction: &mut Transaction, record: &Record) -> Result<(), JournalError> {
        let others = candidates::sharing_a_key(transaction.sql(), record.member.party).await?;
        let mut records = self.kept(transaction, &others).await?;
        let case_of: BTreeMap<PartyId, CaseId> =
            records.iter().map(|other| (other.member.party, other.member.case)).collect();
        records.push(record.clone());
        let crowded = self.crowded(transaction, &records).await?;
        let ties = self.engine.ties(record, &records, &crowded);
        let with_case = |tie: Tie| case_of.get(&tie.other).map(|case| (tie, *case));
        let ties: Vec<(Tie, CaseId)> = ties.into_iter().filter_map(with_case).collect();
        candidates::tie(transaction.sql(), record.member, &ties).await
    }

    /// These records, opened, without those that were erased.
    async fn kept(
        &self,
        transaction: &mut Transaction,
        parties: &BTreeSet<PartyId>,
    ) -> Result<Vec<Record>, JournalError> {
        let mut kept = candidates::kept(transaction.sql(), parties).await?;
        Ok(self.open(transaction, &mut kept).await?.into_iter().flatten().collect())
    }

    /// Each of these opened, in their order. What cannot be opened, since it was erased, is kept without details.
    pub(crate) async fn open(
        &self,
        transaction: &mut Transaction,
        kept: &mut [Kept],
    ) -> Result<Vec<Option<Record>>, JournalError> {
        let ids: Vec<_> = kept.iter().filter_map(|kept| kept.details.as_ref()).map(|details| details.key).collect();
        let keys = if ids.is_empty() { Vec::new() } else { self.vault.keys(transaction.sql(), &ids).await? };
        let mut keys = keys.into_iter();
        let mut records = Vec::with_capacity(kept.len());
        for kept in kept {
            let key = kept.details.as_ref().and_then(|_| keys.next().flatten());
            kept.details = kept.details.take().filter(|_| key.is_some());
            let Some((key, details)) = key.zip(kept.details.as_ref()) else {
                records.push(None);
                continue;
            };
            let plain = key.open("party", details)?;
            let details = PartyDetails::from_plaintext(&plain)
                .map_err(|_| JournalError::Impossible { table: "journal.facts", column: "data" })?;
            records.push(Some(Record::prepare(kept.member, kept.since, kept.beside, &details)));
        }
        Ok(records)
    }

    /// The doors of these records behind which people of many families live.
    async fn crowded(&self, transaction: &mut Transaction, records: &[Record]) -> Result<BTreeSet<u64>, JournalError> {
        let doors: Vec<(u64, Vec<u8>)> =
            self.engine.doors(records).into_iter().map(|door| (door, candidates::door_of(&self.vault, door))).collect();
        let hashes: Vec<Vec<u8>> = doors.iter().map(|(_, hash)| hash.clone()).collect();
        let crowded = candidates::crowded(transaction.sql(), &hashes).await?;
        Ok(doors.into_iter().filter(|(_, hash)| crowded.contains(hash)).map(|(door, _)| door).collect())
    }
}

/// Keeps the read model in step with what was decided, and answers which of the facts are about persons.
async fn note(transaction: &mut Transaction, recorded: &[Recorded<LinkerFact>]) -> Result<Vec<FactId>, JournalError> {
    let mut persons = Vec::new();
    for Recorded { id, fact } in recorded {
        match fact {
            LinkerFact::PersonCertain(f) => {
                candidates::leave(transaction.sql(), f.former.iter().map(|member| member.party), f.person).await?;
                candidates::join(transaction.sql(), f.members.iter().map(|member| member.party), f.person).await?;
                persons.push(*id);
            }
            LinkerFact::PersonDissolved(f) => {
                candidates::leave(transaction.sql(), f.former.iter().map(|member| member.party), f.person).await?;
                persons.push(*id);
            }
            LinkerFact::MatchPossible(f) | LinkerFact::ConflictFound(f) => {
                candidates::pair(transaction.sql(), f.pair).await?;
            }
            _ => {}
        }
    }
    Ok(persons)
}

/// The lock that stands for a hash by which records are found: a prefix of it, which says nothing about the value.
fn lock_of(hash: &[u8]) -> Tag {
    use std::fmt::Write as _;
    let mut name = String::with_capacity(40);
    for byte in hash.iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    Tag::lock(&name)
}
