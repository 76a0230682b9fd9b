//! The sweep: compares the journal with a consumer's inbox and finds the facts whose message was lost.
//!
//! The bus may lose a message; the journal does not lose the fact. Whatever a consumer cares about and has neither handled
//! nor parked after a grace period is handled now.

use std::time::Duration;

use domain::ids::FactId;

use crate::follow::Cursor;
use crate::{Journal, JournalError};

/// How many facts one look covers.
const SPAN: i64 = 5_000;

/// What a sweep found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweep {
    /// Facts that were never handled, oldest first.
    pub missed: Vec<FactId>,
    /// Whether there is more to look at right away.
    pub more: bool,
}

impl Journal {
    /// Looks for facts of the given kinds (`<author>.<what-happened>`) that are older than `grace` and neither handled nor
    /// parked by this consumer. What lies behind the last look without a gap is not looked at again.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn sweep(&self, kinds: &[String], grace: Duration) -> Result<Sweep, JournalError> {
        let reader = format!("sweep:{}", self.author());
        let from = self.cursor(&reader).await?;
        let rows = sqlx::query!(
            r#"select f.txid::text as "txid!", f.position, f.id,
                      (f.kind <> all($3)
                       or exists (select from journal.inbox i where i.consumer = current_user and i.fact = f.id)
                       or exists (select from journal.parked p where p.consumer = current_user and p.fact = f.id)
                      ) as "settled!",
                      f.recorded_at >= clock_timestamp() - make_interval(secs => $4) as "young!"
               from (select txid, position, id, kind, recorded_at from journal.facts
                     where (txid, position) > ($1::text::xid8, $2::bigint)
                       and txid < pg_snapshot_xmin(pg_current_snapshot())
                     order by txid, position limit $5) f
               order by f.txid, f.position"#,
            from.txid.to_string(),
            from.position,
            kinds,
            grace.as_secs_f64(),
            SPAN
        )
        .fetch_all(self.pool())
        .await?;
        let full = rows.len() == usize::try_from(SPAN).unwrap_or(usize::MAX);
        let mut upto = from;
        let mut missed = Vec::new();
        for row in rows {
            // The moment of recording does not follow the order of transactions: behind a young fact nothing is passed over.
            if row.young {
                break;
            }
            if row.settled && missed.is_empty() {
                upto = Cursor::read(&row.txid, row.position)?;
            } else if !row.settled {
                missed.push(FactId::from_uuid(row.id));
            }
        }
        if upto != from {
            let mut connection = self.pool().acquire().await?;
            Self::save_cursor(&mut connection, &reader, upto).await?;
        }
        Ok(Sweep { more: full && upto != from, missed })
    }
}
