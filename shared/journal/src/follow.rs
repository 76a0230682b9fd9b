//! Reading what others wrote, in an order in which nothing is ever skipped.
//!
//! Positions are handed out before transactions commit, so a reader that remembers the largest position it saw would skip a
//! slower writer. A follower orders by (transaction, position) and reads only below the oldest transaction still running.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::Author;
use domain::ids::FactId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Journal, JournalError};

/// How far a follower has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cursor {
    /// The writing transaction (PostgreSQL's 64-bit transaction id).
    pub txid: u64,
    /// The fact's position.
    pub position: i64,
}

impl Cursor {
    pub(crate) fn read(txid: &str, position: i64) -> Result<Self, JournalError> {
        let txid = txid.parse().map_err(|_| JournalError::Impossible { table: "journal.facts", column: "txid" })?;
        Ok(Self { txid, position })
    }
}

/// A settled fact and where it stands; what it says is read by its id.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Where to go on after it.
    pub cursor: Cursor,
    /// The fact.
    pub id: FactId,
    /// Its kind, such as `intake.party-added`.
    pub kind: String,
}

impl Journal {
    /// At most `limit` settled facts of an author after `after`.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn settled(&self, author: Author, after: Cursor, limit: i64) -> Result<Vec<Settled>, JournalError> {
        let mut connection = self.pool().acquire().await?;
        Self::settled_on(&mut connection, author, after, limit).await
    }

    pub(crate) async fn settled_on(
        connection: &mut PgConnection,
        author: Author,
        after: Cursor,
        limit: i64,
    ) -> Result<Vec<Settled>, JournalError> {
        let rows = sqlx::query!(
            r#"select txid::text as "txid!", position, id, kind
               from journal.facts
               where split_part(kind, '.', 1) = $1
                 and (txid, position) > ($2::text::xid8, $3::bigint)
                 and txid < pg_snapshot_xmin(pg_current_snapshot())
               order by txid, position limit $4"#,
            author.as_str(),
            after.txid.to_string(),
            after.position,
            limit
        )
        .fetch_all(connection)
        .await?;
        rows.into_iter()
            .map(|row| {
                let cursor = Cursor::read(&row.txid, row.position)?;
                Ok(Settled { cursor, id: FactId::from_uuid(row.id), kind: row.kind })
            })
            .collect()
    }

    /// These facts in groups: those about one and the same case together, in the order in which they were written, each of the
    /// others by itself. The group whose first fact was written first comes first; what is no fact comes last.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn together(&self, facts: &[FactId]) -> Result<Vec<Vec<FactId>>, JournalError> {
        if let [_] | [] = facts {
            return Ok(facts.iter().map(|fact| vec![*fact]).collect());
        }
        let ids: Vec<Uuid> = facts.iter().map(|fact| fact.uuid()).collect();
        let rows = sqlx::query!(
            r#"select id, (select case when count(*) = 1 then min(tag) end from unnest(tags) as tag where tag like 'case:%') as "case"
               from journal.facts where id = any($1) order by position"#,
            &ids
        )
        .fetch_all(self.pool())
        .await?;
        let mut groups: Vec<Vec<FactId>> = Vec::new();
        let mut of_case: BTreeMap<String, usize> = BTreeMap::new();
        let mut unknown: BTreeSet<FactId> = facts.iter().copied().collect();
        for row in rows {
            let fact = FactId::from_uuid(row.id);
            unknown.remove(&fact);
            let place = row.case.map(|case| *of_case.entry(case).or_insert(groups.len()));
            match place.and_then(|place| groups.get_mut(place)) {
                Some(group) => group.push(fact),
                None => groups.push(vec![fact]),
            }
        }
        groups.extend(unknown.into_iter().map(|fact| vec![fact]));
        Ok(groups)
    }

    /// The cursor that `reader` last saved; the beginning when it never did.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn cursor(&self, reader: &str) -> Result<Cursor, JournalError> {
        let mut connection = self.pool().acquire().await?;
        Self::cursor_on(&mut connection, reader).await
    }

    pub(crate) async fn cursor_on(connection: &mut PgConnection, reader: &str) -> Result<Cursor, JournalError> {
        let row =
            sqlx::query!(r#"select txid::text as "txid!", position from journal.cursors where reader = $1"#, reader)
                .fetch_optional(connection)
                .await?;
        row.map_or(Ok(Cursor::default()), |row| Cursor::read(&row.txid, row.position))
    }

    pub(crate) async fn save_cursor(
        connection: &mut PgConnection,
        reader: &str,
        cursor: Cursor,
    ) -> Result<(), JournalError> {
        sqlx::query!(
            "insert into journal.cursors (reader, txid, position) values ($1, $2::text::xid8, $3)
             on conflict (reader) do update set txid = excluded.txid, position = excluded.position",
            reader,
            cursor.txid.to_string(),
            cursor.position
        )
        .execute(connection)
        .await?;
        Ok(())
    }
}
