//! Another model put in force, while deciders go on: a read model is built by it beside the one in use, both take their place in
//! one short transaction, and then everything that hangs together is decided anew, part by part.
//!
//! Invariants: whoever decides does so by the model in force, on a read model that was derived by it; a part is decided anew once for
//! each activation, in one transaction with the note how far it is, so that whoever dies is followed by another who goes on there; what a
//! part is decided to be does not depend on whether its turn came before or after anything else that concerns it; a part that cannot be
//! decided keeps back no other: see [`crate::aside`].

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::fact::{Actor, Fact};
use domain::ids::{EventId, PartyId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use journal::{Cause, JournalError, Transaction};
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::aside;
use crate::attempt::{Attempt, Stop};
use crate::beside::Building;
use crate::listen::{About, Change, Linker};
use crate::models::{InForce, known};

/// How often it looks for a model that another replica heard of, and for what a dead builder left.
const LOOK: Duration = Duration::from_secs(2);
/// After how many looks it is tried again to decide what was set aside.
const ASIDE_EVERY: u32 = 150;
/// How many records are listed at a time.
const LISTED: i64 = 1_000;

/// An activation that is not done.
struct Activation {
    fact: Uuid,
    event_time: Timestamp,
    upto: PartyId,
}

/// Why something is decided anew.
pub(crate) struct Because {
    /// How often a model was put in force by then.
    pub turn: i64,
    /// When it was to be.
    pub event_time: Timestamp,
}

impl Linker {
    /// Notes that a model is to be put in force; [`Linker::activate`] does it.
    pub(crate) async fn is_activated(&self, mut transaction: Transaction, fact: &Fact) -> Result<(), JournalError> {
        if transaction.first_time(fact.id.uuid()).await? {
            let event_time = fact.event_time.to_sqlx();
            sqlx::query!(
                "insert into linker.activations (fact, event_time) values ($1, $2)",
                fact.id.uuid(),
                event_time as jiff_sqlx::Timestamp
            )
            .execute(transaction.sql())
            .await?;
        }
        transaction.commit().await?;
        self.activated.notify_one();
        Ok(())
    }

    /// Puts models in force as they are activated, and drops what dead builders left, until `stop`.
    pub(crate) async fn keep_up(&self, stop: &CancellationToken) {
        let mut looks: u32 = 0;
        while !stop.is_cancelled() {
            let goes_on = || !stop.is_cancelled();
            let mut done = match self.activate(goes_on).await {
                Ok(false) => self.drop_half_built().await,
                done => done,
            };
            if matches!(done, Ok(false)) {
                if looks.is_multiple_of(ASIDE_EVERY) {
                    done = self.decide_set_aside(goes_on).await.map(|_| false);
                }
                looks = looks.wrapping_add(1);
            }
            match done {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => {
                    metrics::counter!("linker_activation_faults_total").increment(1);
                    tracing::warn!(error = &error as &dyn std::error::Error, "a model is not put in force yet");
                }
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.activated.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Whether a model is to be put in force, or is and not all is decided by it yet.
    pub(crate) async fn is_deciding_anew(&self) -> Result<bool, JournalError> {
        Ok(!pending(self.journal.begin().await?.sql()).await?.is_empty())
    }

    /// Puts in force the model that was activated last, if that is not done, and decides the register anew by it, for as long as
    /// `goes_on` says so. Answers whether there was anything to do and nobody else at it.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote; what was done by then stays, and the next
    /// call goes on.
    pub async fn activate(&self, goes_on: impl Fn() -> bool) -> Result<bool, JournalError> {
        let mut waiting = self.journal.begin().await?;
        if pending(waiting.sql()).await?.is_empty() {
            return Ok(false);
        }
        drop(waiting);
        let Some(mut watch) = self.watch().await? else { return Ok(false) };
        // Whoever held the lock before may have done it.
        let activations = pending(watch.sql()).await?;
        // The one activated last, whichever fact of several comes first.
        let models = known(&mut watch).await?;
        let (Some(last), Some(proposal)) = (activations.iter().max_by_key(|one| one.upto), models.in_force) else {
            return Ok(false);
        };
        let row = InForce::proposed(&models, proposal)?;
        let (now, _) = self.in_force(&mut watch).await?;
        let mut upto = last.upto;
        let watch = if now.engine.id() == row.engine {
            watch
        } else {
            let linker = Self { engine: Arc::new(row.engine(&self.vault)?), ..self.clone() };
            let building = Building::begin(&linker, watch, &|_| ()).await?;
            // Nothing of the register was decided by it so far.
            upto = PartyId::from_uuid(Uuid::nil());
            let begin = async |switching: &mut Transaction| {
                row.keep(switching.sql()).await?;
                sqlx::query!("update linker.in_force set turn = turn + 1").execute(switching.sql()).await?;
                sqlx::query!("update linker.activations set upto = default").execute(switching.sql()).await?;
                // Everything is decided anew, and so are they.
                sqlx::query!("delete from linker.set_aside").execute(switching.sql()).await?;
                Ok(())
            };
            building.switch_over(begin, &|_| ()).await?.into_watch()
        };
        if !self.decide_all(upto, last.event_time, goes_on).await? {
            return Ok(true);
        }
        let done: Vec<Uuid> = activations.iter().map(|one| one.fact).collect();
        let mut ending = self.journal.begin().await?;
        sqlx::query!("delete from linker.activations where fact = any($1)", &done).execute(ending.sql()).await?;
        ending.commit().await?;
        watch.commit().await?;
        Ok(true)
    }

    /// Decides anew what hangs together with each record after `upto`, in the order of their ids. Answers whether it came to the end.
    async fn decide_all(
        &self,
        mut upto: PartyId,
        event_time: Timestamp,
        goes_on: impl Fn() -> bool,
    ) -> Result<bool, JournalError> {
        let mut reading = self.journal.begin().await?;
        // The same model may be put in force more than once: what follows from each time has ids of its own.
        let turn = sqlx::query_scalar!("select turn from linker.in_force").fetch_one(reading.sql()).await?;
        drop(reading);
        let because = Because { turn, event_time };
        let mut decided: BTreeSet<PartyId> = BTreeSet::new();
        loop {
            let mut listing = self.journal.begin().await?;
            let parties = sqlx::query_scalar!(
                "select party from linker.records
                 where party > $1
                   and (person is not null
                        or exists (select from linker.ties where a = party) or exists (select from linker.ties where b = party)
                        or exists (select from linker.pairs where a = party) or exists (select from linker.pairs where b = party))
                 order by party limit $2",
                upto.uuid(),
                LISTED
            )
            .fetch_all(listing.sql())
            .await?;
            drop(listing);
            let Some(last) = parties.last().copied().map(PartyId::from_uuid) else { return Ok(true) };
            for party in parties.into_iter().map(PartyId::from_uuid) {
                if !goes_on() {
                    return Ok(false);
                }
                if decided.contains(&party) {
                    continue;
                }
                match self.decide_one_anew(party, About::Model, &because).await {
                    Ok(parties) => decided.extend(parties),
                    Err(error) if error.is_outage() => return Err(error),
                    Err(error) => self.set_aside(party, &because, &error).await?,
                }
            }
            upto = last;
        }
    }

    /// Decides anew, once for each time a model is put in force, what hangs together with a record. Answers the records.
    pub(crate) async fn decide_one_anew(
        &self,
        party: PartyId,
        about: About,
        because: &Because,
    ) -> Result<BTreeSet<PartyId>, JournalError> {
        let once = EventId::derived(&["activated", &because.turn.to_string(), &party.to_string()]);
        let actor = Actor::service(self.journal.author());
        let cause = Cause { id: once.uuid(), actor, event_time: because.event_time };
        self.decide(&Change { parties: [party].into(), about, ..Change::default() }, &cause).await
    }

    /// Decides anew, by the model in force, what hangs together with a record whose turn it is, or that was set aside.
    pub(crate) async fn anew(&self, attempt: &mut Attempt<'_>, change: &Change) -> Result<BTreeSet<PartyId>, Stop> {
        let (parties, sql) = (&change.parties, attempt.sql());
        let Some(turn) = parties.last().copied() else { return Ok(BTreeSet::new()) };
        // What was set aside lies anywhere: how far the others are it does not say.
        let is_its_turn = change.about == About::Model && comes_to(sql, turn).await?;
        if !aside::is_taken_up(sql, turn).await? && !is_its_turn {
            return Ok(BTreeSet::new());
        }
        let (linker, _) = self.in_force(&mut attempt.transaction).await?;
        let (cases, decided) = linker.solve(attempt, parties).await?;
        linker.link(attempt, cases).await?;
        Ok(decided)
    }
}

/// Notes that the register is decided anew up to this record. Answers false where it was before.
pub(crate) async fn comes_to(sql: &mut PgConnection, party: PartyId) -> Result<bool, JournalError> {
    let noted = sqlx::query!("update linker.activations set upto = $1 where upto < $1", party.uuid());
    Ok(noted.execute(sql).await?.rows_affected() > 0)
}

async fn pending(sql: &mut PgConnection) -> Result<Vec<Activation>, JournalError> {
    let rows = sqlx::query!(
        r#"select fact, event_time as "event_time: jiff_sqlx::Timestamp", upto from linker.activations order by fact"#
    )
    .fetch_all(sql)
    .await?;
    let read = rows.into_iter().map(|row| Activation {
        fact: row.fact,
        event_time: row.event_time.to_jiff(),
        upto: PartyId::from_uuid(row.upto),
    });
    Ok(read.collect())
}
