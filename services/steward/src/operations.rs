//! How the house runs: what flows, what lags, what was set aside, by what is decided. Counts, times and codes, never what a fact
//! says.
//!
//! Read from the views of the schema `operations` and from the bus: no service is asked.

use std::collections::BTreeMap;

use bus::{Bus, Consumer};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;
use sqlx::PgPool;
use web::health::{self, Check};

/// For how many minutes the flow is shown.
pub const MINUTES: usize = 60;
/// From how long on a reader lags: the sweeps themselves wait ten seconds.
pub const LATE: SignedDuration = SignedDuration::from_secs(60);

/// The facts of an author in each of the last [`MINUTES`] minutes, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The author.
    pub author: String,
    /// Facts, minute by minute.
    pub minutes: Vec<u64>,
}

/// A reader of the journal or of the bus, and what lies before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// `sweep:linker`, `relay:intake`.
    pub name: String,
    /// How many facts, at most 10,000.
    pub facts: u64,
    /// For how long the first of them has been there.
    pub oldest: Option<SignedDuration>,
}

impl Reader {
    /// Whether something has waited too long.
    pub fn is_late(&self) -> bool {
        self.oldest.is_some_and(|oldest| oldest > LATE)
    }
}

/// So much of a kind, since when the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pile {
    /// The code of what it is, or why; of a parked fact its consumer, kind and reason.
    pub what: Vec<String>,
    /// How much.
    pub count: u64,
    /// Since when the first.
    pub since: Timestamp,
}

/// How long it took from an event to the notice, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// Of how many notices.
    pub of: usize,
    /// Half took no longer.
    pub p50: u64,
    /// Nineteen of twenty took no longer.
    pub p95: u64,
    /// Ninety-nine of a hundred took no longer.
    pub p99: u64,
}

/// What the linker's audit found when it last looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// When.
    pub at: Timestamp,
    /// How many persons, links and open questions there were.
    pub of: [u64; 3],
    /// How many findings, by the code of the rule that does not hold.
    pub findings: BTreeMap<String, u64>,
}

/// How the house runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Operations {
    /// What the desk needs to do its work, and whether it holds.
    pub health: Vec<(&'static str, bool)>,
    /// What the last audit found; nothing before the first.
    pub audited: Option<Audited>,
    /// What each author writes.
    pub flow: Vec<Flow>,
    /// How far the readers of the journal are.
    pub readers: Vec<Reader>,
    /// How many messages wait on the bus, by consumer; nothing where the bus does not answer.
    pub backlog: BTreeMap<&'static str, Option<u64>>,
    /// How long notices take; nothing where there is none yet.
    pub latency: Option<Latency>,
    /// What consumers set aside.
    pub parked: Vec<Pile>,
    /// What is in quarantine, by fault.
    pub quarantine: Vec<Pile>,
    /// What waits for something else, by what that is.
    pub waiting: Vec<Pile>,
    /// The model and the policy in force; nothing before the linker's first start.
    pub decider: Option<(String, String)>,
    /// How far everything is decided anew by it, in ten thousandths; nothing where all is.
    pub deciding_anew: Option<u16>,
    /// Records in use and records built, while a read model is built beside the one in use.
    pub building: Option<(u64, u64)>,
}

/// Reads how the house runs at `now`.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn read(pool: &PgPool, bus: &Bus, checks: &[Check], now: Timestamp) -> Result<Operations, sqlx::Error> {
    let held = health::held(checks).await;
    let mut backlog = BTreeMap::new();
    for consumer in Consumer::ALL {
        backlog.insert(consumer.durable, bus.backlog(consumer).await.ok());
    }
    let deciding_anew = sqlx::query_scalar!(r#"select min(done) as "done?" from operations.deciding_anew"#);
    let building = sqlx::query!(r#"select records as "records!", built as "built!" from operations.building()"#);
    let decider = sqlx::query!(r#"select engine as "engine!", policy as "policy!" from operations.decider"#);
    Ok(Operations {
        health: checks.iter().map(Check::name).zip(held).collect(),
        audited: audited(pool).await?,
        flow: flow(pool, now).await?,
        readers: readers(pool, now).await?,
        backlog,
        latency: latency(pool).await?,
        parked: parked(pool).await?,
        quarantine: quarantine(pool).await?,
        waiting: waiting(pool).await?,
        decider: decider.fetch_optional(pool).await?.map(|row| (row.engine, row.policy)),
        deciding_anew: deciding_anew.fetch_one(pool).await?.and_then(|done| u16::try_from(done).ok()),
        building: building.fetch_optional(pool).await?.map(|row| (count(row.records), count(row.built))),
    })
}

async fn audited(pool: &PgPool) -> Result<Option<Audited>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select at as "at: jiff_sqlx::Timestamp", persons, links, questions, findings from operations.audits"#
    );
    let audited = row.fetch_optional(pool).await?.map(|row| {
        let findings = serde_json::from_value(row.findings).map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(Audited { at: row.at.to_jiff(), of: [row.persons, row.links, row.questions].map(count), findings })
    });
    audited.transpose()
}

fn count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

async fn flow(pool: &PgPool, now: Timestamp) -> Result<Vec<Flow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select author as "author!", facts as "facts!",
                  (extract(epoch from date_trunc('minute', $1::timestamptz) - minute) / 60)::bigint as "ago!"
           from operations.flow order by author"#,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_all(pool)
    .await?;
    let mut flow: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for row in rows {
        let minutes = flow.entry(row.author).or_insert_with(|| vec![0; MINUTES]);
        if let Some(place) = usize::try_from(row.ago).ok().and_then(|ago| (MINUTES - 1).checked_sub(ago)) {
            minutes[place] += count(row.facts);
        }
    }
    Ok(flow.into_iter().map(|(author, minutes)| Flow { author, minutes }).collect())
}

async fn readers(pool: &PgPool, now: Timestamp) -> Result<Vec<Reader>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select reader as "reader!", facts as "facts!", since as "since?: jiff_sqlx::Timestamp"
           from operations.readers order by reader"#
    )
    .fetch_all(pool)
    .await?;
    let reader = |row: (String, i64, Option<Timestamp>)| Reader {
        name: row.0,
        facts: count(row.1),
        oldest: row.2.map(|since| now.duration_since(since).max(SignedDuration::ZERO)),
    };
    Ok(rows
        .into_iter()
        .map(|row| reader((row.reader, row.facts, row.since.map(jiff_sqlx::Timestamp::to_jiff))))
        .collect())
}

async fn latency(pool: &PgPool) -> Result<Option<Latency>, sqlx::Error> {
    let milliseconds = sqlx::query_scalar!(
        r#"select greatest(milliseconds, 0)::bigint as "milliseconds!" from operations.told order by milliseconds"#
    );
    let sorted: Vec<u64> = milliseconds.fetch_all(pool).await?.into_iter().map(count).collect();
    Ok(latency_of(&sorted))
}

/// The quantiles of durations in order.
fn latency_of(sorted: &[u64]) -> Option<Latency> {
    let at = |percent: usize| sorted.get((sorted.len() * percent).div_ceil(100).max(1) - 1).copied();
    Some(Latency { of: sorted.len(), p50: at(50)?, p95: at(95)?, p99: at(99)? })
}

async fn parked(pool: &PgPool) -> Result<Vec<Pile>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select consumer as "consumer!", coalesce(kind, '') as "kind!", reason as "reason!", facts as "facts!",
                  since as "since!: jiff_sqlx::Timestamp"
           from operations.parked order by since limit 100"#
    )
    .fetch_all(pool)
    .await?;
    let pile = |(what, facts, since): (Vec<String>, i64, jiff_sqlx::Timestamp)| Pile {
        what,
        count: count(facts),
        since: since.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| pile((vec![row.consumer, row.kind, row.reason], row.facts, row.since))).collect())
}

async fn quarantine(pool: &PgPool) -> Result<Vec<Pile>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select coalesce(code, '') as "code!", events as "events!", since as "since!: jiff_sqlx::Timestamp"
           from operations.quarantine order by events desc, code limit 100"#
    )
    .fetch_all(pool)
    .await?;
    let pile = |code, events, since: jiff_sqlx::Timestamp| Pile {
        what: vec![code],
        count: count(events),
        since: since.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| pile(row.code, row.events, row.since)).collect())
}

async fn waiting(pool: &PgPool) -> Result<Vec<Pile>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select thing as "thing!", events as "events!", since as "since!: jiff_sqlx::Timestamp"
           from operations.waiting order by events desc, thing"#
    )
    .fetch_all(pool)
    .await?;
    let pile = |thing, events, since: jiff_sqlx::Timestamp| Pile {
        what: vec![thing],
        count: count(events),
        since: since.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| pile(row.thing, row.events, row.since)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_occurred() {
        assert_eq!(latency_of(&[]), None);
        assert_eq!(latency_of(&[7]), Some(Latency { of: 1, p50: 7, p95: 7, p99: 7 }));
        let hundred: Vec<u64> = (1..=100).collect();
        assert_eq!(latency_of(&hundred), Some(Latency { of: 100, p50: 50, p95: 95, p99: 99 }));
    }

    #[test]
    fn what_waits_as_long_as_a_sweep_does_is_not_late() {
        let reader = |oldest| Reader { name: "sweep:linker".to_owned(), facts: 1, oldest };
        assert!(!reader(None).is_late());
        assert!(!reader(Some(SignedDuration::from_secs(15))).is_late());
        assert!(reader(Some(SignedDuration::from_mins(2))).is_late());
    }
}
