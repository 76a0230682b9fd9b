//! Whether everything holds that must: what the linker says of its own, and what only who sees every schema can say.

use std::path::Path;

use anyhow::{Context as _, Result};
use domain::fact::Author;
use linker::audit::{Finding, Report, Rule};
use sqlx::{Connection, PgConnection};

/// How long a fact may wait for whom it concerns, in seconds, before that is a finding.
const PATIENCE: f64 = 60.0;

/// Looks whether everything holds. With `read_model` the linker's read model is derived anew beside the one in use, and compared.
///
/// # Errors
/// When PostgreSQL cannot be reached, the role may not read everything, or the keys are not those of the register.
pub async fn audit(url: &str, key_file: &Path, read_model: bool) -> Result<Report> {
    let linker = super::linker(url, key_file)?;
    let mut report = linker.audit().await?;
    let mut sql = PgConnection::connect(url).await?;
    for (consumer, kinds) in [
        (Author::Linker, linker::KINDS.as_slice()),
        (Author::Alerts, alerts::KINDS.as_slice()),
        (Author::Steward, steward::KINDS.as_slice()),
    ] {
        report.findings.extend(unhandled(&mut sql, consumer, kinds).await?);
    }
    report.findings.extend(without_task(&mut sql).await?);
    sql.close().await?;
    if read_model {
        let derived = linker.try_rebuild().await?.context(super::BUSY)?;
        if derived.differs() {
            let at = format!("it is {} and would be {}: run `verband rebuild`", derived.before, derived.now);
            report.findings.push(Finding { rule: Rule::ReadModelFollows, at });
        }
    }
    report.findings.sort();
    Ok(report)
}

/// Facts that somebody whom they concern has not handled, though there was time; those set aside are among them.
async fn unhandled(sql: &mut PgConnection, consumer: Author, kinds: &[&str]) -> Result<Vec<Finding>> {
    let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let rows = sqlx::query!(
        "select id, kind from journal.facts
         where kind = any($2) and recorded_at < now() - make_interval(secs => $3)
           and not exists (select from journal.inbox where consumer = $1 and fact = facts.id)
         order by position",
        consumer.as_str(),
        &kinds,
        PATIENCE
    )
    .fetch_all(sql)
    .await?;
    let finding = |at| Finding { rule: Rule::FactsAreHandled, at };
    Ok(rows.into_iter().map(|row| finding(format!("{consumer}: {} {}", row.kind, row.id))).collect())
}

/// Questions that the linker asks and the desk does not show as open, and the other way round.
async fn without_task(sql: &mut PgConnection) -> Result<Vec<Finding>> {
    let rows = sqlx::query_file!("src/operate/without_task.sql", PATIENCE).fetch_all(sql).await?;
    let finding = |at| Finding { rule: Rule::QuestionsHaveTasks, at };
    Ok(rows.into_iter().map(|row| finding(format!("question {}", row.question))).collect())
}
