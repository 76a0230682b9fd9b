//! Where the database's time goes: statements by service, counted by PostgreSQL itself.

use anyhow::Result;
use sqlx::PgPool;

/// How many statements are named.
const NAMED: i64 = 16;

/// What the services asked of the database.
pub struct Statements {
    /// Service, statements an event, milliseconds of the database an event.
    pub services: Vec<(String, f64, f64)>,
    /// The dearest statements: service, times an event, milliseconds an event, and how it begins.
    pub dearest: Vec<(String, f64, f64, String)>,
}

/// The settings under which it counts.
pub fn settings() -> Vec<(String, String)> {
    [
        ("shared_preload_libraries", "pg_stat_statements"),
        ("pg_stat_statements.max", "2000"),
        ("pg_stat_statements.track_planning", "on"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// Begins to count.
pub async fn begin(pool: &PgPool) -> Result<()> {
    sqlx::query("create extension if not exists pg_stat_statements").execute(pool).await?;
    sqlx::query("select pg_stat_statements_reset()").execute(pool).await?;
    Ok(())
}

/// What was asked since, for each of so many events.
pub async fn counted(pool: &PgPool, events: u32) -> Result<Statements> {
    let services = sqlx::query_as(
        "select rolname::text, sum(calls)::float8 / $1, sum(total_exec_time + total_plan_time)::float8 / $1
         from pg_stat_statements join pg_roles on pg_roles.oid = userid
         where dbid = (select oid from pg_database where datname = current_database()) and rolname <> 'postgres'
         group by rolname order by 3 desc",
    )
    .bind(f64::from(events))
    .fetch_all(pool)
    .await?;
    let dearest = sqlx::query_as(
        "select rolname::text, calls::float8 / $1, (total_exec_time + total_plan_time)::float8 / $1,
                left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
         from pg_stat_statements join pg_roles on pg_roles.oid = userid
         where dbid = (select oid from pg_database where datname = current_database()) and rolname <> 'postgres'
         order by 3 desc limit $2",
    )
    .bind(f64::from(events))
    .bind(NAMED)
    .fetch_all(pool)
    .await?;
    Ok(Statements { services, dearest })
}

/// What all processes of the server with this id hold in memory, in MiB: what they share is counted once. Nothing where the kernel does
/// not say.
pub fn memory_mib(server: u32) -> Option<f64> {
    let children = std::fs::read_to_string(format!("/proc/{server}/task/{server}/children")).ok()?;
    let processes = children.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).chain([server]);
    let share = |pid: u32| {
        let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()
    };
    Some(processes.filter_map(share).sum::<f64>() / 1_024.0)
}
