//! Who is who, decided anew for everything that hangs together with the records that changed.
//!
//! What is held: what the changed records are and were found by, so that two first-ever records of one person meet; the records;
//! the cases whose pairs support one another; and whatever hangs together. What was found is read again under each larger set of
//! locks, until it is all held: so no two deciders ever hold overlapping parts.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::{Tag, Tags};
use domain::fact::LinkerFact;
use domain::ids::{CaseId, Pair, PartyId};
use journal::{JournalError, Recorded, Transaction, Which};
use matching::engine::Tie;
use matching::identify::Identify;
use matching::record::Record;

use crate::attempt::{Attempt, Stop, cases_of, lock_of, tags};
use crate::candidates::{self, Hashes, Kept};
use crate::listen::Linker;
use crate::open::Opened;
use crate::told;

/// Records that changed: each as it is kept, opened, and with what it is found by; and what they were found by before.
struct News {
    records: Vec<(Kept, Option<Record>, Hashes)>,
    before: Hashes,
    /// Whether any stands under a number that may be merged with others.
    numbered: bool,
}

impl News {
    /// The locks on all that they are and were found by, and on the cases they stand in.
    fn locks(&self) -> Tags {
        let now = self.records.iter().flat_map(|(_, _, hashes)| hashes.keys.iter().chain(&hashes.doors));
        let found_by = now.chain(&self.before.keys).chain(&self.before.doors).map(|hash| lock_of(hash));
        found_by.chain(self.records.iter().map(|(kept, ..)| Tag::from(kept.member.case))).collect()
    }
}

impl Linker {
    /// Decides anew who is who around records that changed. Answers the cases of the persons that changed with it.
    pub(crate) async fn identify(
        &self,
        attempt: &mut Attempt<'_>,
        changed: &BTreeSet<PartyId>,
    ) -> Result<BTreeSet<CaseId>, Stop> {
        let mut news = self.news(&mut attempt.transaction, changed).await?;
        if attempt.hold(news.locks()).await? && news.numbered {
            // Which number counts may have changed until it was held.
            news = self.news(&mut attempt.transaction, changed).await?;
            attempt.hold(news.locks()).await?;
        }
        let Some(around) = self.store(attempt, changed, &news).await? else { return Ok(BTreeSet::new()) };
        Ok(self.solve(attempt, &around).await?.0)
    }

    /// Decides anew who is who among all that hangs together with these records. Answers the cases of the persons that changed with it,
    /// and the records.
    pub(crate) async fn solve(
        &self,
        attempt: &mut Attempt<'_>,
        around: &BTreeSet<PartyId>,
    ) -> Result<(BTreeSet<CaseId>, BTreeSet<PartyId>), Stop> {
        let parties = attempt.hanging_together(around, self.engine.possible()).await?;
        let transaction = &mut attempt.transaction;
        let beside = candidates::supporting(transaction.sql(), &parties).await?;
        let records = self.kept(transaction, &parties.union(&beside).copied().collect()).await?;
        let crowded = self.crowded(transaction, &records).await?;
        let decision = Identify { engine: &self.engine, parties, records, crowded };
        let standing = candidates::standing(attempt.sql(), &decision.parties).await?;
        let facts = attempt.transaction.facts_with(&standing).await?;
        let count = decision.records.len() as u64;
        self.work.compared(count * count.saturating_sub(1) / 2);
        let recorded = attempt.decide_on(&decision, &facts).await?;
        note(&mut attempt.transaction, &recorded).await?;
        Ok((cases_of(&recorded), decision.parties))
    }

    /// The changed records as their courts last told of them.
    async fn news(&self, transaction: &mut Transaction, changed: &BTreeSet<PartyId>) -> Result<News, JournalError> {
        let mut kept = told::of(transaction, Which::All, changed).await?;
        let opened = self.open(transaction, &mut kept).await?;
        let numbered = opened.iter().flatten().any(|opened| opened.number.is_some());
        let with_hashes = |(kept, opened): (Kept, Option<Opened>)| {
            let hashes = opened.as_ref().map(|opened| self.hashes(opened)).unwrap_or_default();
            (kept, opened.map(|opened| opened.record), hashes)
        };
        let records = kept.into_iter().zip(opened).map(with_hashes).collect();
        Ok(News { records, before: candidates::found_by(transaction.sql(), changed).await?, numbered })
    }

    pub(crate) fn hashes(&self, opened: &Opened) -> Hashes {
        Hashes::of(&self.vault, &self.engine.found_by(&opened.record), opened.number.clone())
    }

    /// Stores the changed records and what they are tied to. Answers around which records who is who may be different now; nothing
    /// where these hang together with nobody, nor did: then there is nothing to decide.
    async fn store(
        &self,
        attempt: &mut Attempt<'_>,
        changed: &BTreeSet<PartyId>,
        news: &News,
    ) -> Result<Option<BTreeSet<PartyId>>, Stop> {
        let possible = self.engine.possible();
        let alone = candidates::are_alone(attempt.sql(), changed).await?;
        let mut around = BTreeSet::new();
        if !alone {
            around = attempt.supporting(changed).await?;
            around.extend(candidates::hanging_together(attempt.sql(), changed, possible).await?);
        }
        let transaction = &mut attempt.transaction;
        let now = news.records.iter().flat_map(|(_, _, hashes)| &hashes.doors);
        let doors: Vec<Vec<u8>> = news.before.doors.iter().chain(now).cloned().collect();
        let crowded = candidates::crowded(transaction.sql(), &doors).await?;
        candidates::store(transaction.sql(), news.records.iter().map(|(kept, _, hashes)| (kept, hashes))).await?;
        // Where a door becomes crowded, or is no longer, all who live there are compared anew.
        let crowded_now = candidates::crowded(transaction.sql(), &doors).await?;
        let turned: Vec<Vec<u8>> = crowded.symmetric_difference(&crowded_now).cloned().collect();
        let living = candidates::living_at(transaction.sql(), &turned).await?;
        let again: BTreeSet<PartyId> = living.difference(changed).copied().collect();
        let compared: BTreeSet<PartyId> = changed.union(&again).copied().collect();
        if !again.is_empty() {
            let found_by = candidates::found_by(attempt.transaction.sql(), &again).await?;
            let hashes = found_by.keys.iter().chain(&found_by.doors).map(|hash| lock_of(hash));
            attempt.hold(tags(again.iter().copied()).into_iter().chain(hashes).collect()).await?;
            around.extend(attempt.supporting(&again).await?);
        }
        let transaction = &mut attempt.transaction;
        around.extend(candidates::hanging_together(transaction.sql(), &again, possible).await?);
        let others = self.kept(transaction, &again).await?;
        let records = news.records.iter().filter_map(|(_, record, _)| record.as_ref()).chain(&others);
        self.tie(transaction, &compared, &records.collect::<Vec<_>>()).await?;
        if alone && again.is_empty() && candidates::are_alone(transaction.sql(), changed).await? {
            return Ok(None);
        }
        around.extend(attempt.supporting(&compared).await?);
        around.extend(compared);
        Ok(Some(around))
    }

    /// Compares these records, those of them that there are, each with all that share a key with it.
    async fn tie(
        &self,
        transaction: &mut Transaction,
        parties: &BTreeSet<PartyId>,
        records: &[&Record],
    ) -> Result<(), JournalError> {
        let (found_by, mut kept): (Vec<_>, Vec<_>) =
            candidates::sharing_a_key(transaction.sql(), parties).await?.into_iter().unzip();
        let opened = self.open(transaction, &mut kept).await?;
        let mut others: BTreeMap<PartyId, Record> = BTreeMap::new();
        let mut sharing: BTreeMap<PartyId, BTreeSet<PartyId>> = BTreeMap::new();
        for (found_by, opened) in found_by.into_iter().zip(opened) {
            let Some(record) = opened.map(|opened| opened.record) else { continue };
            for party in found_by {
                sharing.entry(party).or_default().insert(record.member.party);
            }
            others.insert(record.member.party, record);
        }
        let at_hand: Vec<&Record> = records.iter().copied().chain(others.values()).collect();
        let crowded = self.crowded(transaction, at_hand).await?;
        self.work.compared(sharing.values().map(|near| near.len() as u64).sum());
        let ties = self.ties(records.iter().copied(), &sharing, &others, &crowded);
        candidates::tie(transaction.sql(), parties, &ties).await
    }

    /// What these records are tied to among the others that each shares a key with: each pair once, with the two cases.
    pub(crate) fn ties<'r>(
        &self,
        records: impl IntoIterator<Item = &'r Record>,
        sharing: &BTreeMap<PartyId, BTreeSet<PartyId>>,
        others: &BTreeMap<PartyId, Record>,
        crowded: &BTreeSet<u64>,
    ) -> Vec<(Pair<PartyId>, Pair<CaseId>, Tie)> {
        let mut ties: BTreeMap<Pair<PartyId>, (Pair<CaseId>, Tie)> = BTreeMap::new();
        for record in records {
            let near = sharing.get(&record.member.party).into_iter().flatten().filter_map(|party| others.get(party));
            for tie in self.engine.ties(record, near, crowded) {
                let Some(other) = others.get(&tie.other) else { continue };
                let cases = Pair::of(record.member.case, other.member.case);
                ties.insert(Pair::of(record.member.party, tie.other), (cases, tie));
            }
        }
        ties.into_iter().map(|(pair, (cases, tie))| (pair, cases, tie)).collect()
    }

    /// These records, opened, without those that were erased.
    pub(crate) async fn kept(
        &self,
        transaction: &mut Transaction,
        parties: &BTreeSet<PartyId>,
    ) -> Result<Vec<Record>, JournalError> {
        let mut kept = candidates::kept(transaction.sql(), parties).await?;
        Ok(self.open(transaction, &mut kept).await?.into_iter().flatten().map(|opened| opened.record).collect())
    }

    /// The doors of these records behind which people of many families live.
    pub(crate) async fn crowded(
        &self,
        transaction: &mut Transaction,
        records: impl IntoIterator<Item = &Record>,
    ) -> Result<BTreeSet<u64>, JournalError> {
        let doors = self.doors(records);
        let hashes: Vec<Vec<u8>> = doors.iter().map(|(_, hash)| hash.clone()).collect();
        let crowded = candidates::crowded(transaction.sql(), &hashes).await?;
        Ok(doors.into_iter().filter(|(_, hash)| crowded.contains(hash)).map(|(door, _)| door).collect())
    }

    /// The doors of these records, each with its keyed hash.
    pub(crate) fn doors<'r>(&self, records: impl IntoIterator<Item = &'r Record>) -> Vec<(u64, Vec<u8>)> {
        self.engine.doors(records).into_iter().map(|door| (door, candidates::door_of(&self.vault, door))).collect()
    }
}

/// Keeps the read model in step with what was decided.
async fn note(transaction: &mut Transaction, recorded: &[Recorded<LinkerFact>]) -> Result<(), JournalError> {
    for Recorded { id, fact } in recorded {
        if let Some(person) = fact.ends() {
            let former = fact.members().into_iter().map(|member| member.party);
            candidates::leave(transaction.sql(), former, person).await?;
            candidates::person(transaction.sql(), person, None).await?;
        }
        match fact {
            LinkerFact::PersonCertain(f) => {
                candidates::leave(transaction.sql(), f.former.iter().map(|member| member.party), f.person).await?;
                candidates::join(transaction.sql(), f.members.iter().map(|member| member.party), f.person).await?;
                candidates::person(transaction.sql(), f.person, Some(*id)).await?;
            }
            LinkerFact::MatchPossible(f) | LinkerFact::ConflictFound(f) => {
                candidates::asks(transaction.sql(), f.pair, Some(*id)).await?;
            }
            LinkerFact::QuestionWithdrawn(f) => {
                candidates::asks(transaction.sql(), f.pair, None).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
