//! What was set aside, so that everything else goes on: facts that could not be handled, and records around which nothing could be
//! decided anew when another model was put in force.
//!
//! Invariants: what is set aside is seen, with why, until it is done; it is tried again; a record is taken from what is set aside in the
//! transaction in which all that hangs together with it is decided, so that it is done once.

use std::fmt;

use domain::ids::PartyId;
use jiff_sqlx::ToSqlx as _;
use journal::{JournalError, Transaction};
use sqlx::PgConnection;

use crate::activate::{Because, comes_to};
use crate::listen::{About, Linker};

/// How many records are tried again at a time.
const TRIED: i64 = 1_000;

/// So much of something that was set aside for one reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aside {
    /// The kind of the facts, or of the fact because of which records are decided anew.
    pub kind: String,
    /// Why: an error's text, never a value.
    pub reason: String,
    /// How many.
    pub count: u64,
}

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.count, self.kind, self.reason)
    }
}

impl Linker {
    /// Sets a record aside around which nothing could be decided anew: its turn is over, in one transaction with the note why.
    pub(crate) async fn set_aside(
        &self,
        party: PartyId,
        because: &Because,
        error: &JournalError,
    ) -> Result<(), JournalError> {
        let reason = service::chain(error);
        let mut noting = self.journal.begin().await?;
        comes_to(noting.sql(), party).await?;
        note(noting.sql(), party, because, &reason).await?;
        noting.commit().await?;
        metrics::counter!("linker_records_set_aside_total").increment(1);
        tracing::error!(%party, reason, "a record was set aside: nothing is decided anew around it yet");
        Ok(())
    }

    /// Tries once more to decide anew what was set aside, oldest first, for as long as `goes_on` says so. Answers how much of it could be.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn decide_set_aside(&self, goes_on: impl Fn() -> bool) -> Result<usize, JournalError> {
        let mut listing = self.journal.begin().await?;
        let rows = sqlx::query!(
            r#"select party, turn, event_time as "event_time: jiff_sqlx::Timestamp" from linker.set_aside
               order by since, party limit $1"#,
            TRIED
        )
        .fetch_all(listing.sql())
        .await?;
        drop(listing);
        let mut done = 0;
        for row in rows {
            if !goes_on() {
                break;
            }
            let party = PartyId::from_uuid(row.party);
            let because = Because { turn: row.turn, event_time: row.event_time.to_jiff() };
            match self.decide_one_anew(party, About::SetAside, &because).await {
                Ok(_) => done += 1,
                Err(error) if error.is_outage() => return Err(error),
                Err(error) => {
                    let mut noting = self.journal.begin().await?;
                    tried_again(noting.sql(), party, &service::chain(&error)).await?;
                    noting.commit().await?;
                }
            }
        }
        Ok(done)
    }

    /// What of the linker's was set aside, by why.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn aside(&self) -> Result<Vec<Aside>, JournalError> {
        all(&mut self.journal.begin().await?).await
    }
}

/// The same, in a transaction.
pub(crate) async fn all(transaction: &mut Transaction) -> Result<Vec<Aside>, JournalError> {
    let rows = sqlx::query!(
        r#"select kind as "kind!", reason as "reason!", count(*) as "count!" from (
               select coalesce(facts.kind, '') as kind, reason
               from journal.parked left join journal.facts on facts.id = parked.fact where consumer = 'linker'
               union all select 'linker.model-activated', reason from linker.set_aside) aside
           group by 1, 2 order by 1, 2"#
    )
    .fetch_all(transaction.sql())
    .await?;
    let aside = |kind, reason, count: i64| Aside { kind, reason, count: count.unsigned_abs() };
    Ok(rows.into_iter().map(|row| aside(row.kind, row.reason, row.count)).collect())
}

/// Takes a record from what is set aside. Answers whether it was there.
pub(crate) async fn is_taken_up(sql: &mut PgConnection, party: PartyId) -> Result<bool, JournalError> {
    let taken = sqlx::query!("delete from linker.set_aside where party = $1", party.uuid());
    Ok(taken.execute(sql).await?.rows_affected() > 0)
}

async fn note(sql: &mut PgConnection, party: PartyId, because: &Because, reason: &str) -> Result<(), JournalError> {
    let event_time = because.event_time.to_sqlx();
    sqlx::query!(
        "insert into linker.set_aside (party, turn, event_time, reason) values ($1, $2, $3, $4)
         on conflict (party) do update
         set turn = excluded.turn, event_time = excluded.event_time, reason = excluded.reason,
             attempts = set_aside.attempts + 1",
        party.uuid(),
        because.turn,
        event_time as jiff_sqlx::Timestamp,
        reason
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Only where it is still set aside: somebody else may have decided it meanwhile.
async fn tried_again(sql: &mut PgConnection, party: PartyId, reason: &str) -> Result<(), JournalError> {
    sqlx::query!(
        "update linker.set_aside set reason = $2, attempts = attempts + 1 where party = $1",
        party.uuid(),
        reason
    )
    .execute(sql)
    .await?;
    Ok(())
}
