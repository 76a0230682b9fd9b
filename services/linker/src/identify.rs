//! Who is who, decided anew for everything that hangs together with the records that changed.
//!
//! Locks: first on what a look without locks finds (most often that is all), then on whatever is found beyond it. What was
//! found is read again under the larger set of locks, until it is all held: so no two deciders ever hold overlapping parts.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::{Tag, Tags};
use domain::fact::linker::Member;
use domain::fact::{Body, Fact, IntakeFact, LinkerFact, SourceVersion};
use domain::ids::{FactId, KeyId, PartyId};
use domain::party::PartyDetails;
use domain::role::{Role, RoleGroup};
use domain::sealed::Sealed;
use jiff::Timestamp;
use journal::{Cause, JournalError, Recorded, Transaction, Vault};
use matching::identify::Identify;
use matching::record::Record;

use crate::candidates;
use crate::listen::Linker;

/// What its court said about one record so far.
#[derive(Default)]
struct Told {
    member: Option<Member>,
    /// The newest word on its roles, and whether one of them links.
    linkable: Option<(SourceVersion, bool)>,
    /// The newest word on who it is.
    details: Option<(SourceVersion, Sealed<PartyDetails>)>,
    since: Option<Timestamp>,
}

/// An attempt under a set of locks.
enum Attempt {
    /// It went through.
    Decided(Vec<FactId>),
    /// More hangs together than was locked.
    Needs(Tags),
}

impl Linker {
    /// Decides anew who is who around the records that `fact` changed. Answers what it wrote about persons.
    pub(crate) async fn identify(
        &self,
        fact: &Fact,
        changed: BTreeSet<PartyId>,
        cause: &Cause,
    ) -> Result<Vec<FactId>, JournalError> {
        let mut locks = self.likely(&changed).await?;
        loop {
            match self.attempt(fact, &changed, &locks, cause).await? {
                Attempt::Decided(persons) => return Ok(persons),
                Attempt::Needs(more) => locks.extend(more),
            }
        }
    }

    /// What will probably have to be locked: a guess, so that most decisions need one attempt.
    async fn likely(&self, changed: &BTreeSet<PartyId>) -> Result<Tags, JournalError> {
        let mut transaction = self.journal.begin().await?;
        let records = self.records(&mut transaction, changed).await?;
        let found = candidates::hanging_together(transaction.sql(), changed).await?;
        let hashes: Vec<Vec<u8>> =
            records.values().flat_map(|record| candidates::hashes(&self.vault, record)).collect();
        let keys = found.values().flatten().chain(&hashes).map(|key| lock_of(key));
        Ok(changed.iter().chain(found.keys()).map(|party| Tag::from(*party)).chain(keys).collect())
    }

    async fn attempt(
        &self,
        fact: &Fact,
        changed: &BTreeSet<PartyId>,
        locks: &Tags,
        cause: &Cause,
    ) -> Result<Attempt, JournalError> {
        let mut transaction = self.journal.begin().await?;
        if !transaction.first_time(fact.id.uuid()).await? {
            return Ok(Attempt::Decided(Vec::new()));
        }
        transaction.lock(locks).await?;
        if let Body::Steward(ruled) = &fact.body {
            candidates::pair(transaction.sql(), ruled.ruling().0.pair).await?;
        }
        let records = self.records(&mut transaction, changed).await?;
        for party in changed {
            let keys = records.get(party).map_or_else(Vec::new, |record| candidates::hashes(&self.vault, record));
            candidates::store(transaction.sql(), *party, &keys).await?;
        }
        let found = candidates::hanging_together(transaction.sql(), changed).await?;
        let keys = found.values().flatten().map(|key| lock_of(key));
        let needed: Tags = found.keys().map(|party| Tag::from(*party)).chain(keys).collect();
        if !needed.is_subset(locks) {
            return Ok(Attempt::Needs(needed));
        }
        let parties: BTreeSet<PartyId> = found.into_keys().collect();
        let records = if parties == *changed { records } else { self.records(&mut transaction, &parties).await? };
        let records = records.into_values().collect();
        let recorded = transaction.decide(&Identify { parties, records }, cause).await?;
        let persons = note(&mut transaction, &recorded).await?;
        transaction.commit().await?;
        Ok(Attempt::Decided(persons))
    }

    /// The records of these parties that can be compared: known, in a role that links, and not erased.
    async fn records(
        &self,
        transaction: &mut Transaction,
        parties: &BTreeSet<PartyId>,
    ) -> Result<BTreeMap<PartyId, Record>, JournalError> {
        let tags: Tags = parties.iter().map(|party| (*party).into()).collect();
        let mut told: BTreeMap<PartyId, Told> = BTreeMap::new();
        for fact in transaction.facts(&tags).await? {
            if let Body::Intake(fact) = &fact.body {
                hear(&mut told, fact);
            }
        }
        open(&self.vault, transaction, told).await
    }
}

fn hear(told: &mut BTreeMap<PartyId, Told>, fact: &IntakeFact) {
    let (party, case, version, details, linkable) = match fact {
        IntakeFact::PartyAdded(f) => (f.party, f.case, f.version, &f.details, Some(links(&f.roles))),
        IntakeFact::PartyDetailsChanged(f) => (f.party, f.case, f.version, &f.details, None),
        _ => return,
    };
    let told = told.entry(party).or_default();
    told.member = Some(Member { party, case });
    told.since = Some(told.since.map_or(version.time, |since| since.min(version.time)));
    if told.details.as_ref().is_none_or(|(known, _)| *known < version) {
        told.details = Some((version, details.clone()));
    }
    if let Some(linkable) = linkable
        && told.linkable.is_none_or(|(known, _)| known < version)
    {
        told.linkable = Some((version, linkable));
    }
}

/// Whether somebody in these roles can link cases: in none as a professional, whatever else they are.
fn links(roles: &BTreeSet<Role>) -> bool {
    roles.iter().any(|role| role.is_linkable()) && roles.iter().all(|role| role.group() != RoleGroup::Professional)
}

async fn open(
    vault: &Vault,
    transaction: &mut Transaction,
    told: BTreeMap<PartyId, Told>,
) -> Result<BTreeMap<PartyId, Record>, JournalError> {
    let linkable: Vec<(Member, Timestamp, Sealed<PartyDetails>)> = told
        .into_values()
        .filter(|told| told.linkable.is_some_and(|(_, linkable)| linkable))
        .filter_map(|told| Some((told.member?, told.since?, told.details?.1)))
        .collect();
    let keys: Vec<KeyId> = linkable.iter().map(|(_, _, details)| details.key).collect();
    let keys = vault.keys(transaction.sql(), &keys).await?;
    let mut records = BTreeMap::new();
    for ((member, since, details), key) in linkable.iter().zip(keys) {
        // A record whose key was dropped is of nobody any more.
        let Some(key) = key else { continue };
        let plain = key.open("party", details)?;
        let details = PartyDetails::from_plaintext(&plain)
            .map_err(|_| JournalError::Impossible { table: "journal.facts", column: "data" })?;
        records.insert(member.party, Record::prepare(*member, *since, &details));
    }
    Ok(records)
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

/// The lock that stands for a key: a prefix of its hash, which says nothing about the value.
fn lock_of(key: &[u8]) -> Tag {
    use std::fmt::Write as _;
    let mut name = String::with_capacity(40);
    for byte in key.iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    Tag::lock(&name)
}
