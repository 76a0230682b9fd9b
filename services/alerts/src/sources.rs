//! Which courts' systems tell of cases, and when each was last heard: what a consultation of the register covers.
//!
//! Invariant: read from the journal's settled facts, each once, in its order; two readers at once count nothing twice. The
//! sources are those that ever told of a case: of a court that is not connected the journal knows nothing.

use std::time::Duration;

use domain::court::Court;
use domain::decision::{Tag, Tags};
use domain::fact::alerts::SourceSeen;
use domain::jurisdiction::Jurisdiction;
use journal::JournalError;
use service::Service;
use sqlx::PgPool;

/// How often the journal is looked at.
const LOOK: Duration = Duration::from_secs(30);
/// Under which name it is kept how far the journal was read.
const READER: &str = "sources:alerts";

/// Keeps the sources up to date until the sign to stop.
pub async fn watch(service: Service) -> anyhow::Result<()> {
    loop {
        if let Err(error) = refresh(&service).await {
            tracing::warn!(error = %error, "the sources could not be brought up to date; trying again");
        }
        if !service.rest(LOOK).await {
            return Ok(());
        }
    }
}

/// Reads what came into the journal since the last time.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn refresh(service: &Service) -> Result<(), JournalError> {
    let mut transaction = service.journal.begin().await?;
    transaction.lock(&Tags::from([Tag::lock("sources")])).await?;
    sqlx::query!("insert into journal.cursors (reader) values ($1) on conflict do nothing", READER)
        .execute(transaction.sql())
        .await?;
    sqlx::query_file!("src/sources/refresh.sql", READER).execute(transaction.sql()).await?;
    transaction.commit().await
}

/// Every source, by court and jurisdiction.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn all(service: &Service) -> Result<Vec<SourceSeen>, JournalError> {
    of(service.journal.pool(), service.clock.today()).await
}

async fn of(pool: &PgPool, today: jiff::civil::Date) -> Result<Vec<SourceSeen>, JournalError> {
    // What several systems of one court tell of one jurisdiction is one source to who reads of it.
    let rows = sqlx::query!(
        r#"select court, jurisdiction, (max(heard_at) at time zone 'Europe/Amsterdam')::date as "heard_on!: jiff_sqlx::Date"
           from alerts.sources group by court, jurisdiction order by court, jurisdiction"#
    )
    .fetch_all(pool)
    .await?;
    let wrong = |column| JournalError::Impossible { table: "alerts.sources", column };
    rows.into_iter()
        .map(|row| {
            let court = Court::parse(&row.court).map_err(|_| wrong("court"))?;
            let jurisdiction = Jurisdiction::parse(&row.jurisdiction).map_err(|_| wrong("jurisdiction"))?;
            Ok(SourceSeen::heard(court, jurisdiction, row.heard_on.to_jiff(), today))
        })
        .collect()
}
