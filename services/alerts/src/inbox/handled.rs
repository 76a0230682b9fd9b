//! What judges recorded that they did with a signal.

use domain::fact::Subject;
use domain::fact::alerts::Handling;
use domain::ids::SignalId;
use jiff::Timestamp;
use journal::JournalError;
use sqlx::{PgConnection, PgPool};

use super::counted;
use crate::read_model::number;

/// What a judge recorded that they did with a signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Handled {
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Which version it concerns.
    pub version: u32,
    /// What was done.
    pub handling: Handling,
}

/// What the judge recorded about a signal, oldest first.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn handlings(pool: &PgPool, judge: &Subject, signal: SignalId) -> Result<Vec<Handled>, JournalError> {
    let rows = sqlx::query!(
        r#"select version, handling, recorded_at as "recorded_at: jiff_sqlx::Timestamp"
           from alerts.handlings where signal = $1 and judge = $2 order by recorded_at, fact"#,
        signal.uuid(),
        judge.as_str()
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Handled {
                recorded_at: row.recorded_at.to_jiff(),
                version: counted(row.version)?,
                handling: serde_json::from_value(row.handling)?,
            })
        })
        .collect()
}

/// Whether the judge already recorded exactly this about this version.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn is_handled(
    sql: &mut PgConnection,
    judge: &Subject,
    signal: SignalId,
    version: u32,
    handling: &Handling,
) -> Result<bool, JournalError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from alerts.handlings where signal = $1 and judge = $2 and version = $3 and handling = $4
           ) as "is!""#,
        signal.uuid(),
        judge.as_str(),
        number(version),
        serde_json::to_value(handling)?
    )
    .fetch_one(sql)
    .await?)
}
