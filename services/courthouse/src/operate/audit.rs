//! Whether everything holds that must: what the linker says of its own, and what only who sees every schema can say.

use std::path::Path;

use anyhow::{Context as _, Result};
use domain::fact::Author;
use linker::Aside;
use linker::audit::{Finding, Report, Rule};
use sqlx::{Connection, PgConnection};

/// How long a fact may wait for whom it concerns, in seconds, while they handle nothing or what was written so much later, before that
/// is a finding.
const PATIENCE: f64 = 60.0;

/// Looks whether everything holds. With `read_model` the linker's read model is derived anew beside the one in use, and compared.
///
/// # Errors
/// When PostgreSQL cannot be reached, the role may not read everything, or the keys are not those of the register.
pub async fn audit(url: &str, key_file: &Path, read_model: bool) -> Result<Report> {
    let linker = super::linker(url, key_file)?;
    let mut report = linker.audit(linker::audit::PATIENCE).await?;
    let mut sql = PgConnection::connect(url).await?;
    report.waiting = 0;
    for (consumer, kinds) in [
        (Author::Linker, linker::KINDS.as_slice()),
        (Author::Alerts, alerts::KINDS.as_slice()),
        (Author::Steward, steward::KINDS.as_slice()),
    ] {
        let (findings, waiting) = unhandled(&mut sql, consumer, kinds).await?;
        report.findings.extend(findings);
        report.waiting += waiting;
    }
    report.findings.extend(without_task(&mut sql).await?);
    report.aside = aside(&mut sql).await?;
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

/// What all services have set aside, by whom and why.
async fn aside(sql: &mut PgConnection) -> Result<Vec<Aside>> {
    let rows = sqlx::query!(
        r#"select consumer || ': ' || coalesce(kind, '') as "kind!", reason as "reason!", facts as "facts!"
           from operations.parked order by 1, 2"#
    )
    .fetch_all(sql)
    .await?;
    let aside = |kind, reason, facts: i64| Aside { kind, reason, count: facts.unsigned_abs() };
    Ok(rows.into_iter().map(|row| aside(row.kind, row.reason, row.facts)).collect())
}

/// Facts that somebody whom they concern has set aside or passed over; and how many merely wait their turn.
async fn unhandled(sql: &mut PgConnection, consumer: Author, kinds: &[&str]) -> Result<(Vec<Finding>, usize)> {
    let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let rows =
        sqlx::query_file!("src/operate/unhandled.sql", consumer.as_str(), &kinds, PATIENCE).fetch_all(sql).await?;
    let (mut findings, mut waiting) = (Vec::new(), 0);
    for row in rows {
        if !row.aside && !row.passed {
            waiting += 1;
            continue;
        }
        let why = if row.aside { ", set aside" } else { "" };
        findings.push(Finding { rule: Rule::FactsAreHandled, at: format!("{consumer}: {} {}{why}", row.kind, row.id) });
    }
    Ok((findings, waiting))
}

/// Questions that the linker asks and the desk does not show as open, and the other way round.
async fn without_task(sql: &mut PgConnection) -> Result<Vec<Finding>> {
    let rows = sqlx::query_file!("src/operate/without_task.sql", PATIENCE).fetch_all(sql).await?;
    let finding = |at| Finding { rule: Rule::QuestionsHaveTasks, at };
    Ok(rows.into_iter().map(|row| finding(format!("question {}", row.question))).collect())
}
