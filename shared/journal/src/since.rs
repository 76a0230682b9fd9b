//! Reading at one moment, and what came since an earlier one: for who builds something beside what is in use and catches up.

use domain::decision::Tags;
use domain::fact::Fact;
use domain::ids::FactId;

use crate::transaction::FactRow;
use crate::{JournalError, Transaction};

/// A moment as PostgreSQL knows it: which transactions had been committed.
#[derive(Debug, Clone)]
pub struct Moment(String);

impl Moment {
    /// The moment as PostgreSQL writes it, for a read model's own statements.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Transaction {
    /// Makes this transaction read everything as it stands now, until its end. To be called before anything is read.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached, or something was read already.
    pub async fn one_moment(&mut self) -> Result<Moment, JournalError> {
        sqlx::query("set transaction isolation level repeatable read").execute(self.sql()).await?;
        let snapshot = sqlx::query_scalar!(r#"select pg_current_snapshot()::text as "snapshot!""#);
        Ok(Moment(snapshot.fetch_one(self.sql()).await?))
    }

    /// The author's own facts of these kinds that were not there yet at an earlier moment, in the order in which they were written.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached or a fact does not read.
    pub async fn own_since(&mut self, before: &Moment, kinds: &[&str]) -> Result<Vec<Fact>, JournalError> {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let author = self.author().as_str();
        let rows = sqlx::query_as!(
            FactRow,
            r#"select id, kind, data, cause, actor,
                      event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
               from journal.facts
               where split_part(kind, '.', 1) = $1 and kind = any($3)
                 and txid >= pg_snapshot_xmin($2::text::pg_snapshot)
                 and not pg_visible_in_snapshot(txid, $2::text::pg_snapshot)
               order by position"#,
            author,
            before.0,
            &kinds
        )
        .fetch_all(self.sql())
        .await?;
        self.heard(rows)
    }

    /// The facts with these ids, in the order in which they were written; what is no fact is let pass.
    ///
    /// # Errors
    /// As [`Transaction::own_since`].
    pub async fn facts_with(&mut self, ids: &[FactId]) -> Result<Vec<Fact>, JournalError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<_> = ids.iter().map(|id| id.uuid()).collect();
        let rows = sqlx::query_as!(
            FactRow,
            r#"select id, kind, data, cause, actor,
                      event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
               from journal.facts where id = any($1) order by position"#,
            &ids
        )
        .fetch_all(self.sql())
        .await?;
        self.heard(rows)
    }

    /// The facts with these ids, in the order in which they were written, all of them.
    ///
    /// # Errors
    /// When one is not in the journal, and as [`Transaction::own_since`].
    pub async fn each_with(&mut self, ids: &[FactId]) -> Result<Vec<Fact>, JournalError> {
        let facts = self.facts_with(ids).await?;
        match ids.iter().find(|id| facts.iter().all(|fact| fact.id != **id)) {
            Some(unknown) => Err(JournalError::Unknown(*unknown)),
            None => Ok(facts),
        }
    }

    /// The facts about any of `tags` that are of these kinds and that this author handled, in the order in which they were written.
    ///
    /// # Errors
    /// As [`Transaction::own_since`].
    pub async fn handled_of(&mut self, tags: &Tags, kinds: &[&str]) -> Result<Vec<Fact>, JournalError> {
        if tags.is_empty() {
            return Ok(Vec::new());
        }
        let tags: Vec<String> = tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let author = self.author().as_str();
        let rows = sqlx::query_as!(
            FactRow,
            r#"select id, kind, data, cause, actor,
                      event_time as "event_time: jiff_sqlx::Timestamp", recorded_at as "recorded_at: jiff_sqlx::Timestamp"
               from journal.facts
               where tags && $1 and kind = any($2)
                 and exists (select from journal.inbox where consumer = $3 and fact = facts.id)
               order by position"#,
            &tags,
            &kinds,
            author
        )
        .fetch_all(self.sql())
        .await?;
        self.heard(rows)
    }

    /// The facts of these kinds that wait for this author: neither handled nor set aside.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn waiting(&mut self, kinds: &[&str]) -> Result<Vec<FactId>, JournalError> {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let author = self.author().as_str();
        let waiting = sqlx::query_scalar!(
            "select id from journal.facts
             where kind = any($1) and not exists (select from journal.inbox where consumer = $2 and fact = facts.id)
               and not exists (select from journal.parked where consumer = $2 and fact = facts.id)",
            &kinds,
            author
        );
        Ok(waiting.fetch_all(self.sql()).await?.into_iter().map(FactId::from_uuid).collect())
    }

    /// Whether any of these facts waits for this author still.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn any_waits(&mut self, facts: &[FactId]) -> Result<bool, JournalError> {
        let facts: Vec<_> = facts.iter().map(|fact| fact.uuid()).collect();
        let author = self.author().as_str();
        let waits = sqlx::query_scalar!(
            r#"select exists (
                   select from unnest($1::uuid[]) as told
                   where not exists (select from journal.inbox where consumer = $2 and fact = told)
                     and not exists (select from journal.parked where consumer = $2 and fact = told)) as "waits!""#,
            &facts,
            author
        );
        Ok(waits.fetch_one(self.sql()).await?)
    }
}
