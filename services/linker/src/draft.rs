//! What the read model is by the facts: all of it derived at once, then what is touched by facts that come meanwhile.
//!
//! Whatever is touched is derived anew from all that was handled about it, so that it does not matter how often, in what order or
//! with what else it is touched. In memory stays only who is whom and what is asked.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tags;
use domain::decisions::docket::Docket;
use domain::decisions::docket::told::REVISIONS;
use domain::decisions::in_force::InForce;
use domain::fact::{Body, Fact, IntakeFact, LinkerFact, StewardFact};
use domain::ids::{CaseId, FactId, MatchId, Pair, PartyId, PersonId};
use journal::{JournalError, Transaction, Which};
use matching::engine::{FoundBy, Tie, crowded};
use matching::record::Record;

use crate::attempt::Standing;
use crate::beside::{AT_A_TIME, Progress, Site};
use crate::candidates::{Hashes, Kept};
use crate::listen::{KINDS, Linker};
use crate::matters::{self, Name};
use crate::numbers::{self, Aliases, Merges};
use crate::open::Opened;
use crate::told::{self, Heard};
use crate::{kinds, next};

/// After how many facts it is told how far it is.
const TELL_EVERY: u64 = 5_000;

/// What stays in memory of a read model that is built.
#[derive(Default)]
pub(crate) struct Draft {
    part_of: BTreeMap<PartyId, PersonId>,
    /// The fact that says who is part of each person.
    persons: BTreeMap<PersonId, FactId>,
    /// The fact that asks about each pair.
    asked: BTreeMap<Pair<PartyId>, FactId>,
    /// The ruling about each pair that is in force.
    ruled: InForce<FactId>,
    merges: Merges,
    aliases: Aliases,
}

/// What is to be derived anew.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// The records.
    pub parties: BTreeSet<PartyId>,
    /// The records whose person is another.
    members: BTreeSet<PartyId>,
    /// The persons of which something else was said, or that are none any more.
    persons: BTreeSet<PersonId>,
    /// The pairs that are asked or ruled about, or are no more.
    pairs: BTreeSet<Pair<PartyId>>,
    /// Those of them that were ruled about.
    ruled: BTreeSet<Pair<PartyId>>,
    /// The cases that are called otherwise.
    called: BTreeSet<CaseId>,
    /// The cases in which anything may be different.
    revised: BTreeSet<CaseId>,
}

/// How much was written at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub facts: u64,
    pub records: usize,
    pub ties: usize,
}

/// What all facts say.
#[derive(Default)]
struct Journalled {
    facts: u64,
    heard: Heard,
    dockets: BTreeMap<CaseId, Docket>,
}

impl Draft {
    /// Derives everything that was handled at the moment at which `reading` reads, and writes it, a part at a time: whoever has
    /// written holds up every relay until it ends.
    pub async fn write(
        linker: &Linker,
        site: &Site,
        reading: &mut Transaction,
        told: &impl Fn(Progress),
    ) -> Result<(Self, Written), JournalError> {
        let mut draft = Self::default();
        let Journalled { facts, heard, dockets } = draft.read(reading, told).await?;
        let merges = draft.merges.open(reading, &linker.vault).await?;
        draft.aliases = numbers::aliases(&merges);
        let mut writing = site.begin().await?;
        next::numbers(writing.sql(), &merges, &draft.aliases).await?;
        writing.commit().await?;
        let mut kept: Vec<Kept> = heard.kept().collect();
        let mut numbers: BTreeMap<PartyId, Vec<u8>> = BTreeMap::new();
        let mut records: Vec<Record> = Vec::with_capacity(kept.len());
        for part in kept.chunks_mut(AT_A_TIME) {
            for Opened { record, number } in linker.open_by(reading, part, &draft.aliases).await?.into_iter().flatten()
            {
                numbers.extend(number.map(|number| (record.member.party, number)));
                records.push(record);
            }
        }
        let found_by: BTreeMap<PartyId, FoundBy> = linker.engine.all_found_by(&records).into_iter().collect();
        let case_of: BTreeMap<PartyId, CaseId> =
            kept.iter().map(|kept| (kept.member.party, kept.member.case)).collect();
        let mut kept = kept.into_iter();
        loop {
            let with_hashes = |kept: Kept| {
                let number = numbers.remove(&kept.member.party);
                let found = found_by.get(&kept.member.party);
                let hashes = found.map(|found| Hashes::of(&linker.vault, found, number)).unwrap_or_default();
                (kept, hashes)
            };
            let part: Vec<(Kept, Hashes)> = kept.by_ref().take(AT_A_TIME).map(with_hashes).collect();
            if part.is_empty() {
                break;
            }
            let mut writing = site.begin().await?;
            next::records(writing.sql(), &part).await?;
            writing.commit().await?;
            told(Progress::Records(case_of.len() - kept.len()));
        }
        let crowded = crowded(found_by.values());
        drop(found_by);
        let ties = linker.engine.all_ties(&records, &crowded);
        drop(records);
        for (place, part) in ties.chunks(AT_A_TIME).enumerate() {
            let mut writing = site.begin().await?;
            next::ties(writing.sql(), &with_cases(part, &case_of)).await?;
            writing.commit().await?;
            told(Progress::Ties(place * AT_A_TIME + part.len()));
        }
        draft.write_what_was_decided(site, &dockets).await?;
        let written = Written { facts, records: case_of.len(), ties: ties.len() };
        Ok((draft, written))
    }

    async fn read(&mut self, reading: &mut Transaction, told: &impl Fn(Progress)) -> Result<Journalled, JournalError> {
        let kinds = kinds::all(&[&KINDS, &kinds::own()]);
        let mut journalled = Journalled::default();
        let hear = |fact: &Fact| {
            self.hear(fact, &mut Touched::default());
            journalled.heard.hear(fact);
            if let Body::Intake(intake) = &fact.body
                && let Some(case) = intake.case().filter(|_| is_of_course(intake))
            {
                journalled.dockets.entry(case).or_default().fold(intake);
            }
            journalled.facts += 1;
            if journalled.facts.is_multiple_of(TELL_EVERY) {
                told(Progress::Facts(journalled.facts));
            }
        };
        reading.each(Which::Handled, &kinds, hear).await?;
        Ok(journalled)
    }

    async fn write_what_was_decided(
        &self,
        site: &Site,
        dockets: &BTreeMap<CaseId, Docket>,
    ) -> Result<(), JournalError> {
        let members: Vec<_> = self.part_of.iter().map(|(party, person)| (*party, Some(*person))).collect();
        for part in members.chunks(AT_A_TIME) {
            let mut writing = site.begin().await?;
            next::members(writing.sql(), part).await?;
            writing.commit().await?;
        }
        let pairs: BTreeSet<Pair<PartyId>> = self.asked.keys().chain(self.ruled.now().keys()).copied().collect();
        for part in self.standing(&pairs).chunks(AT_A_TIME) {
            let mut writing = site.begin().await?;
            next::pairs(writing.sql(), part).await?;
            writing.commit().await?;
        }
        for part in self.persons.iter().map(|(person, fact)| (*person, *fact)).collect::<Vec<_>>().chunks(AT_A_TIME) {
            let mut writing = site.begin().await?;
            next::persons(writing.sql(), part).await?;
            writing.commit().await?;
        }
        for part in names(dockets).chunks(AT_A_TIME) {
            let mut writing = site.begin().await?;
            next::names(writing.sql(), &BTreeSet::new(), part).await?;
            writing.commit().await?;
        }
        Ok(())
    }

    /// Hears a fact, in the order in which they were written, and notes what it touches.
    pub fn hear(&mut self, fact: &Fact, touched: &mut Touched) {
        match &fact.body {
            Body::Linker(own) => self.hear_own(own, fact.id, touched),
            Body::Steward(StewardFact::RulingUndone(undone)) => {
                self.ruled.undo(undone.pair, undone.ruling);
                self.asked.remove(&undone.pair);
                touched.ruled.insert(undone.pair);
            }
            Body::Steward(told) => {
                if let Some((ruling, _)) = told.ruling() {
                    self.ruled.rule(ruling.pair, fact.id, fact.id);
                    touched.ruled.insert(ruling.pair);
                }
            }
            Body::Intake(intake) => {
                self.merges.hear(fact);
                touched.hear(intake);
            }
            Body::Alerts(_) => {}
        }
    }

    fn hear_own(&mut self, fact: &LinkerFact, id: FactId, touched: &mut Touched) {
        let ended = match fact {
            LinkerFact::PersonCertain(person) => Some(person.person),
            other => other.ends(),
        };
        for member in fact.members() {
            if self.part_of.get(&member.party).copied() == ended {
                self.part_of.remove(&member.party);
            }
            touched.members.insert(member.party);
        }
        if let Some(person) = fact.ends() {
            self.persons.remove(&person);
            touched.persons.insert(person);
        }
        match fact {
            LinkerFact::PersonCertain(f) => {
                self.persons.insert(f.person, id);
                touched.persons.insert(f.person);
                self.part_of.extend(f.members.iter().map(|member| (member.party, f.person)));
            }
            LinkerFact::MatchPossible(f) | LinkerFact::ConflictFound(f) => {
                self.asked.insert(f.pair, id);
                touched.pairs.insert(f.pair);
            }
            LinkerFact::QuestionWithdrawn(f) => {
                self.asked.remove(&f.pair);
                touched.pairs.insert(f.pair);
            }
            _ => {}
        }
    }

    /// What became of numbers that are one person's. What is found by one of them that counts otherwise now is touched.
    pub async fn renumber(
        &mut self,
        linker: &Linker,
        transaction: &mut Transaction,
        touched: &mut Touched,
    ) -> Result<(), JournalError> {
        if self.merges.is_empty() {
            return Ok(());
        }
        let merges = self.merges.open(transaction, &linker.vault).await?;
        let aliases = numbers::aliases(&merges);
        next::numbers(transaction.sql(), &merges, &aliases).await?;
        let before = std::mem::replace(&mut self.aliases, aliases);
        let all: BTreeSet<&Vec<u8>> = before.keys().chain(self.aliases.keys()).collect();
        let different = all.into_iter().filter(|number| before.get(*number) != self.aliases.get(*number));
        let different: Vec<Vec<u8>> = different.cloned().collect();
        touched.parties.extend(next::under(transaction.sql(), &different).await?);
        Ok(())
    }

    /// Derives what is touched but its records, and adds to those whatever stands in a case that was revised.
    pub async fn rewrite(&mut self, transaction: &mut Transaction, touched: &mut Touched) -> Result<(), JournalError> {
        touched.parties.extend(next::of_cases(transaction.sql(), &touched.revised).await?);
        self.rulings(transaction, touched).await?;
        let gone: Vec<_> = touched.pairs.iter().copied().collect();
        next::unpair(transaction.sql(), &gone).await?;
        next::pairs(transaction.sql(), &self.standing(&touched.pairs)).await?;
        let gone: Vec<_> = touched.persons.iter().copied().collect();
        next::unsay(transaction.sql(), &gone).await?;
        let said = gone.iter().filter_map(|person| Some((*person, *self.persons.get(person)?)));
        next::persons(transaction.sql(), &said.collect::<Vec<_>>()).await?;
        let cases: BTreeSet<CaseId> = touched.called.union(&touched.revised).copied().collect();
        let mut dockets: BTreeMap<CaseId, Docket> = BTreeMap::new();
        let tags: Tags = cases.iter().map(|case| (*case).into()).collect();
        for fact in transaction.handled_of(&tags, &kinds::all(&[&kinds::OF_COURSE, &REVISIONS])).await? {
            if let Body::Intake(intake) = &fact.body
                && let Some(case) = intake.case().filter(|case| cases.contains(case))
            {
                dockets.entry(case).or_default().fold(intake);
            }
        }
        next::names(transaction.sql(), &cases, &names(&dockets)).await?;
        self.members(transaction, &touched.members).await
    }

    async fn members(&self, transaction: &mut Transaction, parties: &BTreeSet<PartyId>) -> Result<(), JournalError> {
        let members: Vec<_> = parties.iter().map(|party| (*party, self.part_of.get(party).copied())).collect();
        next::members(transaction.sql(), &members).await
    }

    /// The newest rulings about what was ruled about, and what asks about it since: they may have been handled in another order than
    /// they were written.
    async fn rulings(&mut self, transaction: &mut Transaction, touched: &mut Touched) -> Result<(), JournalError> {
        let tags: Tags = touched.ruled.iter().map(|pair| pair.a.into()).collect();
        let handled = transaction.handled_of(&tags, &kinds::RULINGS).await?;
        let mut ruled = InForce::default();
        for fact in &handled {
            match &fact.body {
                Body::Steward(StewardFact::RulingUndone(undone)) => ruled.undo(undone.pair, undone.ruling),
                Body::Steward(told) => {
                    if let Some((ruling, _)) = told.ruling() {
                        ruled.rule(ruling.pair, fact.id, fact.id);
                    }
                }
                _ => {}
            }
        }
        let handled: BTreeSet<FactId> = handled.iter().map(|fact| fact.id).collect();
        for pair in &touched.ruled {
            self.ruled.take_from(&ruled, *pair);
            match asked_since(transaction, *pair, &handled).await? {
                Some(fact) => self.asked.insert(*pair, fact),
                None => self.asked.remove(pair),
            };
            touched.pairs.insert(*pair);
        }
        Ok(())
    }

    /// What asks and what was ruled about each of these pairs, of those of which anything stands.
    fn standing(&self, pairs: &BTreeSet<Pair<PartyId>>) -> Vec<(Pair<PartyId>, Option<FactId>, Option<FactId>)> {
        let of = |pair: &Pair<PartyId>| (*pair, self.asked.get(pair).copied(), self.ruled.get(*pair).copied());
        pairs.iter().map(of).filter(|(_, asked, ruled)| asked.is_some() || ruled.is_some()).collect()
    }

    /// Derives these records anew, what they are found by and what they are tied to.
    pub async fn records(
        &self,
        linker: &Linker,
        transaction: &mut Transaction,
        parties: &BTreeSet<PartyId>,
    ) -> Result<(), JournalError> {
        let mut kept = told::of(transaction, Which::Handled, parties).await?;
        let opened = linker.open_by(transaction, &mut kept, &self.aliases).await?;
        let hashes: Vec<Hashes> =
            opened.iter().map(|opened| opened.as_ref().map(|one| linker.hashes(one)).unwrap_or_default()).collect();
        let mut doors = next::doors_of(transaction.sql(), parties).await?;
        doors.extend(hashes.iter().flat_map(|hashes| hashes.doors.iter().cloned()));
        let doors: Vec<Vec<u8>> = doors.into_iter().collect();
        let before = next::crowded(transaction.sql(), &doors).await?;
        next::records(transaction.sql(), &kept.into_iter().zip(hashes).collect::<Vec<_>>()).await?;
        self.members(transaction, parties).await?;
        let now = next::crowded(transaction.sql(), &doors).await?;
        // Where a door becomes crowded, or is no longer, all who live there are compared anew.
        let turned: Vec<Vec<u8>> = before.symmetric_difference(&now).cloned().collect();
        let mut compared = next::living_at(transaction.sql(), &turned).await?;
        compared.extend(parties);
        self.tie(linker, transaction, &compared).await
    }

    async fn tie(
        &self,
        linker: &Linker,
        transaction: &mut Transaction,
        compared: &BTreeSet<PartyId>,
    ) -> Result<(), JournalError> {
        let mut sharing: BTreeMap<PartyId, BTreeSet<PartyId>> = BTreeMap::new();
        for (one, other) in next::sharing_a_key(transaction.sql(), compared).await? {
            sharing.entry(one).or_default().insert(other);
        }
        let all: BTreeSet<PartyId> = sharing.values().flatten().chain(sharing.keys()).copied().collect();
        let mut kept = next::kept(transaction.sql(), &all).await?;
        let opened = linker.open_by(transaction, &mut kept, &self.aliases).await?.into_iter().flatten();
        let records: BTreeMap<PartyId, Record> = opened.map(|one| (one.record.member.party, one.record)).collect();
        let doors = linker.doors(records.values());
        let hashes: Vec<Vec<u8>> = doors.iter().map(|(_, hash)| hash.clone()).collect();
        let many = next::crowded(transaction.sql(), &hashes).await?;
        let crowded = doors.into_iter().filter(|(_, hash)| many.contains(hash)).map(|(door, _)| door).collect();
        let ties = linker.ties(sharing.keys().filter_map(|party| records.get(party)), &sharing, &records, &crowded);
        next::untie(transaction.sql(), compared).await?;
        next::ties(transaction.sql(), &ties).await
    }
}

impl Touched {
    fn hear(&mut self, fact: &IntakeFact) {
        match fact {
            IntakeFact::PartyAdded(f) => drop(self.parties.insert(f.party)),
            IntakeFact::PartyDetailsChanged(f) => drop(self.parties.insert(f.party)),
            IntakeFact::PartyRemoved(f) => drop(self.parties.insert(f.party)),
            IntakeFact::PartyRolesEnded(f) => drop(self.parties.insert(f.party)),
            IntakeFact::EventRetracted(f) => drop(self.revised.insert(f.case)),
            IntakeFact::EventCorrected(f) => drop(self.revised.insert(f.case)),
            other if is_of_course(other) => self.called.extend(other.case()),
            _ => {}
        }
    }
}

fn names(dockets: &BTreeMap<CaseId, Docket>) -> Vec<(CaseId, Name)> {
    let of = |(case, docket): (&CaseId, &Docket)| {
        let case = *case;
        matters::names(case, &docket.course()).into_iter().map(move |name| (case, name))
    };
    dockets.iter().flat_map(of).collect()
}

/// Whether a fact has a bearing on what a case is called, where it came from and where it goes on.
const fn is_of_course(fact: &IntakeFact) -> bool {
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

fn with_cases(ties: &[(PartyId, Tie)], case_of: &BTreeMap<PartyId, CaseId>) -> Vec<(Pair<PartyId>, Pair<CaseId>, Tie)> {
    let case = |party: &PartyId| case_of.get(party).copied();
    let of = |(party, tie): &(PartyId, Tie)| {
        Some((Pair::of(*party, tie.other), Pair::of(case(party)?, case(&tie.other)?), *tie))
    };
    ties.iter().filter_map(of).collect()
}

/// The fact that asks about a pair, by what was asked and which rulings were handled, in the order in which it was written.
async fn asked_since(
    transaction: &mut Transaction,
    pair: Pair<PartyId>,
    handled: &BTreeSet<FactId>,
) -> Result<Option<FactId>, JournalError> {
    let question = Tags::from([MatchId::between(pair).into()]);
    let mut facts = transaction.facts_of(&question, &kinds::all(&[&kinds::QUESTIONS, &kinds::RULINGS])).await?;
    facts.retain(|fact| matches!(fact.body, Body::Linker(_)) || handled.contains(&fact.id));
    Ok(Standing::of(pair, &facts).asked)
}
