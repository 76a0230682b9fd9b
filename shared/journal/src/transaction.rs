//! One transaction on the journal: lock, read, decide, append, and whatever a read model needs beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::decision::{Decision, Tag, Tags};
use domain::fact::{Actor, Authored, Fact, from_stored, to_stored};
use domain::ids::FactId;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::{PgConnection, Postgres};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{Cause, DecideError, Journal, JournalError};

/// A transaction on the journal. Dropped without [`Transaction::commit`] it leaves no trace.
pub struct Transaction {
    sql: sqlx::Transaction<'static, Postgres>,
    author: domain::fact::Author,
    ordinals: BTreeMap<Uuid, u32>,
    appended: Option<Arc<Notify>>,
    wrote: bool,
    read: u64,
}

/// A fact that was just appended.
#[derive(Debug, Clone)]
pub struct Recorded<F> {
    /// Its id.
    pub id: FactId,
    /// What was written.
    pub fact: F,
}

/// How many facts are read at once where all are read.
const PAGE: i64 = 5_000;

/// Which facts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All that were written.
    All,
    /// The author's own, and of others those that it handled.
    Handled,
}

impl Transaction {
    pub(crate) async fn begin(journal: &Journal) -> Result<Self, JournalError> {
        Ok(Self {
            sql: journal.pool.begin().await?,
            author: journal.author,
            ordinals: BTreeMap::new(),
            appended: Some(Arc::clone(&journal.appended)),
            wrote: false,
            read: 0,
        })
    }

    /// Waits until no other transaction of this author holds any of `tags`, and holds them until the end.
    /// Locks are taken in one order, so that a single call never deadlocks with another.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached or sees a deadlock with an earlier call.
    pub async fn lock(&mut self, tags: &Tags) -> Result<(), JournalError> {
        let keys = self.lock_keys(tags);
        sqlx::query!("select count(pg_advisory_xact_lock(key)) from unnest($1::bigint[]) as key", &keys)
            .fetch_one(&mut *self.sql)
            .await?;
        Ok(())
    }

    /// As [`Transaction::lock`], and then waits until nobody holds `beside` alone, and holds it beside others until the end: whoever
    /// wants it alone waits for all of them.
    ///
    /// # Errors
    /// As [`Transaction::lock`].
    pub async fn lock_and_beside(&mut self, tags: &Tags, beside: &Tag) -> Result<(), JournalError> {
        let keys = self.lock_keys(tags);
        let shared = lock_key(self.author.as_str(), beside.as_str());
        // In this order: who holds it beside others must not wait for those who wait for it.
        sqlx::query!(
            "with first as materialized (select count(pg_advisory_xact_lock(key)) from unnest($1::bigint[]) as key)
             select count(pg_advisory_xact_lock_shared($2)) from first",
            &keys,
            shared
        )
        .fetch_one(&mut *self.sql)
        .await?;
        Ok(())
    }

    /// The numbers under which tags are locked, in the one order in which they are.
    fn lock_keys(&self, tags: &Tags) -> Vec<i64> {
        let mut keys: Vec<i64> = tags.iter().map(|tag| lock_key(self.author.as_str(), tag.as_str())).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Holds `tags` until the end if no other transaction of this author holds any of them; does not wait. Answers whether they
    /// are held: if not, whoever holds some may be waiting for what this one holds, so let it end and begin again with all
    /// locks at once.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn try_lock(&mut self, tags: &Tags) -> Result<bool, JournalError> {
        let keys: Vec<i64> = tags.iter().map(|tag| lock_key(self.author.as_str(), tag.as_str())).collect();
        let held = sqlx::query_scalar!(
            r#"select coalesce(bool_and(pg_try_advisory_xact_lock(key)), true) as "held!" from unnest($1::bigint[]) as key"#,
            &keys
        );
        Ok(held.fetch_one(&mut *self.sql).await?)
    }

    /// The facts about any of `tags`, in the order in which they were written.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached or a fact does not read.
    pub async fn facts(&mut self, tags: &Tags) -> Result<Vec<Fact>, JournalError> {
        let tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        let rows = sqlx::query_as!(
            FactRow,
            r#"select id, kind, data, cause, actor,
                      event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
               from journal.facts where tags && $1 order by position"#,
            &tags
        )
        .fetch_all(&mut *self.sql)
        .await?;
        self.heard(rows)
    }

    /// The facts about any of `tags` that are of these kinds, in the order in which they were written.
    ///
    /// # Errors
    /// As [`Transaction::facts`].
    pub async fn facts_of(&mut self, tags: &Tags, kinds: &[&str]) -> Result<Vec<Fact>, JournalError> {
        if tags.is_empty() {
            return Ok(Vec::new());
        }
        let tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let rows = sqlx::query_as!(
            FactRow,
            r#"select id, kind, data, cause, actor,
                      event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
               from journal.facts where tags && $1 and kind = any($2) order by position"#,
            &tags,
            &kinds
        )
        .fetch_all(&mut *self.sql)
        .await?;
        self.heard(rows)
    }

    /// Hands every fact of these kinds to `hear`, in the order in which they were written, some thousands read at a time.
    ///
    /// # Errors
    /// As [`Transaction::facts`].
    pub async fn each(
        &mut self,
        which: Which,
        kinds: &[&str],
        mut hear: impl FnMut(&Fact),
    ) -> Result<(), JournalError> {
        let mut after = 0;
        loop {
            let page = self.page(which, kinds, after).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = *last;
            for (_, fact) in &page {
                hear(fact);
            }
        }
    }

    /// The next facts of these kinds after a position, each with its own.
    async fn page(&mut self, which: Which, kinds: &[&str], after: i64) -> Result<Vec<(i64, Fact)>, JournalError> {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let rows = sqlx::query!(
            r#"select position, id, kind, data, cause, actor,
                      event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
               from journal.facts
               where kind = any($1) and position > $2
                 and ($5 or split_part(kind, '.', 1) = $4
                      or exists (select from journal.inbox where consumer = $4 and fact = facts.id))
               order by position limit $3"#,
            &kinds,
            after,
            PAGE,
            self.author.as_str(),
            which == Which::All
        )
        .fetch_all(&mut *self.sql)
        .await?;
        let read = rows.into_iter().map(|row| {
            let (id, kind, data, cause, actor) = (row.id, row.kind, row.data, row.cause, row.actor);
            let (event_time, recorded_at) = (row.event_time, row.recorded_at);
            Ok((row.position, FactRow { id, kind, data, cause, actor, event_time, recorded_at }.read()?))
        });
        read.collect()
    }

    /// One fact, or nothing when the journal does not hold it.
    ///
    /// # Errors
    /// As [`Transaction::facts`].
    pub async fn fact(&mut self, id: FactId) -> Result<Option<Fact>, JournalError> {
        fact(&mut self.sql, id).await
    }

    /// Reads what the decision rests on, decides, and appends what follows. The caller holds the locks.
    ///
    /// # Errors
    /// The decision's refusal, or what went wrong with the journal.
    pub async fn decide<D: Decision>(
        &mut self,
        decision: &D,
        cause: &Cause,
    ) -> Result<Vec<Recorded<D::Writes>>, DecideError<D::Refusal>> {
        let facts = self.facts(&decision.rests_on()).await?;
        self.decide_on(decision, &facts, |_| cause.clone()).await
    }

    /// The same, resting on these facts, in the order in which they were written: where somebody keeps which of all that were ever
    /// written about its tags still say something. `because_of` tells why each fact that follows is written.
    ///
    /// # Errors
    /// As [`Transaction::decide`].
    pub async fn decide_on<D: Decision>(
        &mut self,
        decision: &D,
        facts: &[Fact],
        because_of: impl Fn(&D::Writes) -> Cause,
    ) -> Result<Vec<Recorded<D::Writes>>, DecideError<D::Refusal>> {
        let state = facts.iter().fold(D::State::default(), |state, fact| decision.evolve(state, fact));
        let writes = decision.decide(&state).map_err(DecideError::Refused)?;
        let with_cause = |fact: D::Writes| {
            let cause = because_of(&fact);
            (fact, cause)
        };
        Ok(self.append_each(writes.into_iter().map(with_cause).collect()).await?)
    }

    /// Appends facts as they are. Their ids follow from the author, the cause and their place in this transaction.
    ///
    /// # Errors
    /// When PostgreSQL refuses them (another author's words, say) or cannot be reached.
    pub async fn append<F: Authored>(
        &mut self,
        facts: Vec<F>,
        cause: &Cause,
    ) -> Result<Vec<Recorded<F>>, JournalError> {
        self.append_each(facts.into_iter().map(|fact| (fact, cause.clone())).collect()).await
    }

    /// Appends facts of several causes with one statement.
    ///
    /// # Errors
    /// As [`Transaction::append`].
    pub async fn append_each<F: Authored>(&mut self, facts: Vec<(F, Cause)>) -> Result<Vec<Recorded<F>>, JournalError> {
        if facts.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = Rows::default();
        let mut recorded = Vec::with_capacity(facts.len());
        for (fact, cause) in facts {
            let ordinal = self.ordinals.entry(cause.id).or_insert(0);
            *ordinal += 1;
            let id = FactId::derived(&[self.author.as_str(), &cause.id.to_string(), &ordinal.to_string()]);
            rows.push(id, &fact, &cause)?;
            recorded.push(Recorded { id, fact });
        }
        sqlx::query!(
            "insert into journal.facts (id, kind, tags, data, cause, actor, event_time)
             select id, kind, string_to_array(tags, ' '), data, cause, actor, event_time
             from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::uuid[], $6::text[], $7::timestamptz[])
                  with ordinality as fact(id, kind, tags, data, cause, actor, event_time, place)
             order by place",
            &rows.ids,
            &rows.kinds,
            &rows.tags,
            &rows.data,
            &rows.causes,
            &rows.actors,
            &rows.event_times as &[jiff_sqlx::Timestamp],
        )
        .execute(&mut *self.sql)
        .await?;
        self.wrote = true;
        Ok(recorded)
    }

    /// How many facts it read so far.
    pub const fn facts_read(&self) -> u64 {
        self.read
    }

    /// Facts as they were read.
    pub(crate) fn heard(&mut self, rows: Vec<FactRow>) -> Result<Vec<Fact>, JournalError> {
        self.read += rows.len() as u64;
        rows.into_iter().map(FactRow::read).collect()
    }

    /// Whose transaction it is.
    pub(crate) const fn author(&self) -> domain::fact::Author {
        self.author
    }

    /// The connection, for a read model's own statements in the same transaction.
    pub fn sql(&mut self) -> &mut PgConnection {
        &mut self.sql
    }

    /// Makes it all so, and wakes the relay.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached; whether it committed is then unknown, and the inbox will tell.
    pub async fn commit(mut self) -> Result<(), JournalError> {
        let appended = self.appended.take().filter(|_| self.wrote);
        self.sql.commit().await?;
        if let Some(appended) = appended {
            appended.notify_one();
        }
        Ok(())
    }
}

pub(crate) async fn fact(connection: &mut PgConnection, id: FactId) -> Result<Option<Fact>, JournalError> {
    let row = sqlx::query_as!(
        FactRow,
        r#"select id, kind, data, cause, actor,
                  event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
           from journal.facts where id = $1"#,
        id.uuid()
    )
    .fetch_optional(connection)
    .await?;
    row.map(FactRow::read).transpose()
}

/// The number under which a tag of an author is locked: FNV-1a, 64 bits. A collision makes two decisions wait for each other, no
/// more.
pub(crate) fn lock_key(author: &str, tag: &str) -> i64 {
    let hash = author
        .bytes()
        .chain(std::iter::once(b'/'))
        .chain(tag.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash.cast_signed()
}

#[derive(Default)]
struct Rows {
    ids: Vec<Uuid>,
    kinds: Vec<String>,
    tags: Vec<String>,
    data: Vec<Value>,
    causes: Vec<Uuid>,
    actors: Vec<String>,
    event_times: Vec<jiff_sqlx::Timestamp>,
}

impl Rows {
    fn push<F: Authored>(&mut self, id: FactId, fact: &F, cause: &Cause) -> Result<(), JournalError> {
        let (kind, data) = to_stored(fact)?;
        let tags: Vec<String> = fact.tags().iter().map(|tag| tag.as_str().to_owned()).collect();
        self.ids.push(id.uuid());
        self.kinds.push(kind);
        self.tags.push(tags.join(" "));
        self.data.push(data);
        self.causes.push(cause.id);
        self.actors.push(cause.actor.as_str().to_owned());
        self.event_times.push(cause.event_time.to_sqlx());
        Ok(())
    }
}

pub(crate) struct FactRow {
    pub id: Uuid,
    pub kind: String,
    pub data: Value,
    pub cause: Uuid,
    pub actor: String,
    pub event_time: jiff_sqlx::Timestamp,
    pub recorded_at: jiff_sqlx::Timestamp,
}

impl FactRow {
    pub(crate) fn read(self) -> Result<Fact, JournalError> {
        Ok(Fact {
            id: FactId::from_uuid(self.id),
            body: from_stored(&self.kind, &self.data)?,
            cause: self.cause,
            actor: Actor::stored(self.actor),
            event_time: self.event_time.to_jiff(),
            recorded_at: self.recorded_at.to_jiff(),
        })
    }
}
