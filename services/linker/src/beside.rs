//! A read model built beside the one in use, which then takes its place.
//!
//! Invariants: what is in use is never half of anything; one builder is at work at a time, and what a dead one left is dropped;
//! nobody who decides stands still but for a moment at the beginning, and while the last of what came meanwhile is caught up with;
//! no transaction that writes is longer than a part, since whoever has written holds up every relay; a builder whose lock was lost
//! writes no more and switches nothing over, since its row in `linker.building` is gone by the time another may begin.
//!
//! From the moment there is a row in `linker.building`, whoever decides notes what it read anew in `linker.meanwhile`. That row
//! is written, and the moment at which everything is read is chosen, while nobody decides: so whatever was decided is in one of the two.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::decision::{Tag, Tags};
use domain::ids::{FactId, PartyId};
use journal::{Journal, JournalError, Moment, Transaction};
use uuid::Uuid;

use crate::aside::{self, Aside};
use crate::draft::{Draft, Touched, Written};
use crate::listen::{KINDS, Linker};
use crate::{kinds, next};

/// How many rows are read or written at a time.
pub(crate) const AT_A_TIME: usize = 5_000;
/// How many records are derived anew in one transaction, where they are compared one by one.
const ANEW_AT_A_TIME: usize = 200;
/// With how little left to catch up with deciders are made to stand still.
const LITTLE: usize = 50;
/// How often it is caught up at most before deciders are made to stand still all the same: where they are faster they must wait.
const ROUNDS: usize = 20;
/// How long deciders are let go on at least and at most before they are made to stand still again, where somebody was reading.
const PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many facts were read.
    Facts(u64),
    /// So many records were written.
    Records(usize),
    /// So many pairs were written.
    Ties(usize),
    /// What was decided meanwhile was caught up with: so many decisions this time.
    CaughtUp(usize),
    /// It is compared with what is in use.
    Compared,
    /// It is in use.
    InUse,
}

/// What is in use and what was built, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proof {
    pub in_use: String,
    pub built: String,
    /// How many facts waited to be handled at that moment: of these either may know more.
    pub waiting: usize,
    /// What had been set aside by then: of that too.
    pub aside: Vec<Aside>,
}

/// Where a builder writes, for as long as it is the one.
#[derive(Clone)]
pub(crate) struct Site {
    journal: Journal,
    builder: Uuid,
}

impl Site {
    /// A transaction that writes.
    ///
    /// # Errors
    /// When this is the builder no more, and when the journal cannot be reached.
    pub async fn begin(&self) -> Result<Transaction, JournalError> {
        let mut writing = self.journal.begin().await?;
        self.hold(&mut writing).await?;
        Ok(writing)
    }

    /// Stays the builder until this transaction ends: who clears what is half built deletes the row first, and so waits for it.
    async fn hold(&self, writing: &mut Transaction) -> Result<(), JournalError> {
        let mine = sqlx::query!("select one from linker.building where builder = $1 for share", self.builder);
        match mine.fetch_optional(writing.sql()).await? {
            Some(_) => Ok(()),
            None => Err(JournalError::Away(NOT_THE_BUILDER.into())),
        }
    }

    /// Ends the building, in the transaction that puts it in use.
    async fn end(&self, switching: &mut Transaction) -> Result<(), JournalError> {
        let mine = sqlx::query!("delete from linker.building where builder = $1", self.builder);
        if mine.execute(switching.sql()).await?.rows_affected() == 0 {
            return Err(JournalError::Away(NOT_THE_BUILDER.into()));
        }
        Ok(())
    }
}

/// What a builder is told that lost its lock.
const NOT_THE_BUILDER: &str = "the lock of the one builder was lost and what was built is dropped: begin again";

/// A read model that is built. Dropped without [`Building::switch_over`] it leaves rows that nobody reads and that the next clears away.
pub(crate) struct Building {
    /// Decides by what it is built by.
    linker: Linker,
    /// Holds the lock of the one builder. It has written nothing.
    watch: Transaction,
    site: Site,
    /// Up to which moment it is built.
    moment: Moment,
    draft: Draft,
    pub written: Written,
    /// How many decisions were caught up with.
    pub meanwhile: usize,
}

/// The lock of the one builder.
pub(crate) fn the_builder() -> Tags {
    Tags::from([Tag::lock("builder")])
}

impl Building {
    /// Builds it by what this linker decides by, up to what was handled when it began. `watch` holds the lock of the one builder.
    pub async fn begin(linker: &Linker, watch: Transaction, told: &impl Fn(Progress)) -> Result<Self, JournalError> {
        linker.clear().await?;
        // Every connection that is needed is there before anybody is made to wait.
        let (mut reading, mut beginning) = (linker.journal.begin().await?, linker.journal.begin().await?);
        beginning.lock(&Tags::from([Tag::models()])).await?;
        sqlx::query!("delete from linker.meanwhile").execute(beginning.sql()).await?;
        let site = Site { journal: linker.journal.clone(), builder: runtime::ids::id() };
        sqlx::query!("insert into linker.building (builder) values ($1)", site.builder)
            .execute(beginning.sql())
            .await?;
        let moment = reading.one_moment().await?;
        beginning.commit().await?;
        let (draft, written) = Draft::write(linker, &site, &mut reading, told).await?;
        drop(reading);
        let mut counting = site.begin().await?;
        next::count(counting.sql()).await?;
        counting.commit().await?;
        Ok(Self { linker: linker.clone(), watch, site, moment, draft, written, meanwhile: 0 })
    }

    /// Catches up until little is left.
    pub async fn catch_up(&mut self, told: &impl Fn(Progress)) -> Result<(), JournalError> {
        for _ in 0..ROUNDS {
            let mut reading = self.linker.journal.begin().await?;
            let now = reading.one_moment().await?;
            let (count, mut touched) = self.came(&mut reading).await?;
            self.meanwhile += count;
            drop(reading);
            // Whatever is touched is read as it stands by then, so that a part at a time will do.
            let mut writing = self.site.begin().await?;
            self.draft.renumber(&self.linker, &mut writing, &mut touched).await?;
            self.draft.rewrite(&mut writing, &mut touched).await?;
            writing.commit().await?;
            let parties: Vec<PartyId> = touched.parties.into_iter().collect();
            for part in parties.chunks(ANEW_AT_A_TIME) {
                let mut writing = self.site.begin().await?;
                self.draft.records(&self.linker, &mut writing, &part.iter().copied().collect()).await?;
                writing.commit().await?;
            }
            self.moment = now;
            told(Progress::CaughtUp(count));
            if count <= LITTLE {
                break;
            }
        }
        Ok(())
    }

    /// Compares it with what is in use, both as they are at one moment.
    pub async fn prove(&mut self, told: &impl Fn(Progress)) -> Result<Proof, JournalError> {
        let mut transaction = self.linker.journal.begin().await?;
        let now = transaction.one_moment().await?;
        self.site.hold(&mut transaction).await?;
        let in_use = next::digest_in_use(transaction.sql()).await?;
        let waiting = transaction.waiting(&KINDS).await?.len();
        let aside = aside::all(&mut transaction).await?;
        self.apply(&mut transaction).await?;
        transaction.commit().await?;
        self.moment = now;
        let mut reading = self.linker.journal.begin().await?;
        let built = next::digest(reading.sql()).await?;
        drop(reading);
        told(Progress::Compared);
        Ok(Proof { in_use, built, waiting, aside })
    }

    /// Catches up with what is left while nobody decides, and puts it in the place of what is in use. `beside` does what belongs to it
    /// in the same transaction.
    pub async fn switch_over(
        mut self,
        beside: impl AsyncFnOnce(&mut Transaction) -> Result<(), JournalError>,
        told: &impl Fn(Progress),
    ) -> Result<Self, JournalError> {
        let mut pause = PAUSE;
        loop {
            self.catch_up(told).await?;
            let (mut writing, mut switching) = (self.linker.journal.begin().await?, self.linker.journal.begin().await?);
            switching.lock(&Tags::from([Tag::models()])).await?;
            let now = writing.one_moment().await?;
            self.site.hold(&mut writing).await?;
            self.apply(&mut writing).await?;
            writing.commit().await?;
            self.moment = now;
            self.site.end(&mut switching).await?;
            match next::switch_over(switching.sql()).await {
                // Somebody reads the tables for long without deciding, as who backs them up: deciders go on meanwhile.
                Err(error) if error.is_lock_timeout() => {
                    drop(switching);
                    tokio::time::sleep(pause).await;
                    pause = LONGEST_PAUSE.min(pause * 2);
                }
                switched => {
                    switched?;
                    beside(&mut switching).await?;
                    switching.commit().await?;
                    break;
                }
            }
        }
        told(Progress::InUse);
        self.linker.clear().await?;
        Ok(self)
    }

    /// Drops it, and lets go of the builder's lock.
    pub async fn drop_it(self) -> Result<(), JournalError> {
        self.linker.clear().await?;
        self.watch.commit().await
    }

    /// The builder's lock: committed, it is let go of.
    pub fn into_watch(self) -> Transaction {
        self.watch
    }

    /// Catches up in one transaction.
    async fn apply(&mut self, transaction: &mut Transaction) -> Result<(), JournalError> {
        let (count, mut touched) = self.came(transaction).await?;
        self.meanwhile += count;
        self.draft.renumber(&self.linker, transaction, &mut touched).await?;
        self.draft.rewrite(transaction, &mut touched).await?;
        if !touched.parties.is_empty() {
            self.draft.records(&self.linker, transaction, &touched.parties).await?;
        }
        Ok(())
    }

    /// What was decided since it was caught up last, and what that touches.
    async fn came(&mut self, transaction: &mut Transaction) -> Result<(usize, Touched), JournalError> {
        let mut touched = Touched::default();
        for fact in transaction.own_since(&self.moment, &kinds::own()).await? {
            self.draft.hear(&fact, &mut touched);
        }
        let notes = sqlx::query!(
            "select cause, parties from linker.meanwhile
             where txid >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(txid, $1::text::pg_snapshot)",
            self.moment.as_str()
        )
        .fetch_all(transaction.sql())
        .await?;
        let causes: Vec<FactId> = notes.iter().map(|note| FactId::from_uuid(note.cause)).collect();
        touched.parties.extend(notes.iter().flat_map(|note| note.parties.iter().copied().map(PartyId::from_uuid)));
        for fact in transaction.facts_with(&causes).await? {
            self.draft.hear(&fact, &mut touched);
        }
        Ok((notes.len(), touched))
    }
}

impl Linker {
    /// Drops what a builder left that died, or the former read model where it died before that was dropped, if there is any and
    /// nobody builds now. Answers whether there was.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn drop_half_built(&self) -> Result<bool, JournalError> {
        let mut looking = self.journal.begin().await?;
        let left = sqlx::query_scalar!(
            r#"select (exists (select from linker.building) or exists (select from linker_next.records)) as "left!""#
        );
        let left = left.fetch_one(looking.sql()).await?;
        // What was looked at is to be emptied.
        looking.commit().await?;
        if !left {
            return Ok(false);
        }
        let Some(_watch) = self.watch().await? else { return Ok(false) };
        self.clear().await?;
        Ok(true)
    }

    /// Empties what was built and not used. The builder's lock is held.
    async fn clear(&self) -> Result<(), JournalError> {
        let mut transaction = self.journal.begin().await?;
        sqlx::query!("delete from linker.building").execute(transaction.sql()).await?;
        next::clear(transaction.sql()).await?;
        transaction.commit().await
    }
}

/// Notes for who builds what was decided because of these, and which records were read anew for it.
pub(crate) async fn note(
    transaction: &mut Transaction,
    causes: &[Uuid],
    parties: &BTreeSet<PartyId>,
) -> Result<(), JournalError> {
    let parties: Vec<Uuid> = parties.iter().map(|party| party.uuid()).collect();
    sqlx::query!(
        "insert into linker.meanwhile (cause, parties) select cause, $2 from unnest($1::uuid[]) as cause",
        causes,
        &parties
    )
    .execute(transaction.sql())
    .await?;
    Ok(())
}
