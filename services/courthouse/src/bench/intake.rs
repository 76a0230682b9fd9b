//! Intake alone: a queue full of events, and how long it takes until every one is a fact.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use bus::Bus;
use runtime::dev::PrivatePostgres;
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

use super::families::{EVENTS_PER_FAMILY, Families};
use super::site::Site;
use crate::dev;
use crate::house::{self, Addresses};

/// What intake did.
pub struct Measured {
    /// Events filed.
    pub events: u32,
    /// From its start until all were filed.
    pub filed_per_second: f64,
    /// From its start until its relay had passed every fact on too.
    pub relayed_per_second: f64,
    /// The very facts it filed, inserted again 1,000 at a time into a table like the journal's, and nothing else.
    pub facts_per_second: f64,
}

/// Fills the queue, then starts intake alone.
pub async fn measure(
    postgres: &PrivatePostgres,
    nats_url: &str,
    bus: &Bus,
    events: u32,
    seed: u32,
) -> Result<Measured> {
    let site = Site::make(postgres, nats_url, bus, "bench_intake").await?;
    let families = Families::new(seed, u32::MAX);
    let count = events / EVENTS_PER_FAMILY;
    for chunk in (0..count).collect::<Vec<_>>().chunks(200) {
        dev::publish(bus, chunk.iter().flat_map(|family| families.family(*family).1).collect()).await?;
    }
    let events = count * EVENTS_PER_FAMILY;
    let addresses = Addresses::free([0; 4]).await?;
    let begun = Instant::now();
    house::open_intake(&site.ground, addresses.intake, &site.runtime).await?;
    // Nothing is counted before the number of the last fact says that all may be there: counting costs.
    let filed = until(
        &site,
        begun,
        events,
        "select case when max(position) >= $1 then (select count(*) from journal.facts) else max(position) end
         from journal.facts",
    )
    .await?;
    let relayed = until(
        &site,
        begun,
        events,
        "select least(count(*), $1) from journal.facts where (txid, position) <=
             (select txid, position from journal.cursors where reader = 'relay:intake')",
    )
    .await?;
    let refused: i64 = sqlx::query_scalar("select count(*) from intake.quarantine").fetch_one(&site.pool).await?;
    ensure!(refused == 0, "intake refused {refused} of the generated events");
    let facts = insert_again(&site.pool).await?;
    site.close().await?;
    let rate = |took: Duration| f64::from(events) / took.as_secs_f64();
    Ok(Measured {
        events,
        filed_per_second: rate(filed),
        relayed_per_second: rate(relayed),
        facts_per_second: rate(facts),
    })
}

/// How long the facts that were filed take when they are only inserted, by one who has them all in hand.
async fn insert_again(pool: &PgPool) -> Result<Duration> {
    sqlx::query("create table public.bench_facts (like journal.facts including all)").execute(pool).await?;
    let rows: Vec<(Uuid, String, String, Value, Uuid, String, String)> = sqlx::query_as(
        "select id, kind, array_to_string(tags, ' '), data, cause, actor, event_time::text from journal.facts
         order by position",
    )
    .fetch_all(pool)
    .await?;
    let begun = Instant::now();
    for batch in rows.chunks(1_000) {
        let ids: Vec<Uuid> = batch.iter().map(|row| row.0).collect();
        let kinds: Vec<&str> = batch.iter().map(|row| row.1.as_str()).collect();
        let tags: Vec<&str> = batch.iter().map(|row| row.2.as_str()).collect();
        let data: Vec<&Value> = batch.iter().map(|row| &row.3).collect();
        let causes: Vec<Uuid> = batch.iter().map(|row| row.4).collect();
        let actors: Vec<&str> = batch.iter().map(|row| row.5.as_str()).collect();
        let times: Vec<&str> = batch.iter().map(|row| row.6.as_str()).collect();
        sqlx::query(
            "insert into public.bench_facts (id, kind, tags, data, cause, actor, event_time)
             select id, kind, string_to_array(tags, ' '), data, cause, actor, event_time::timestamptz
             from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::uuid[], $6::text[], $7::text[])
                  as fact(id, kind, tags, data, cause, actor, event_time)",
        )
        .bind(ids)
        .bind(kinds)
        .bind(tags)
        .bind(data)
        .bind(causes)
        .bind(actors)
        .bind(times)
        .execute(pool)
        .await?;
    }
    Ok(begun.elapsed())
}

/// Waits until a count, asked for with `events`, has reached them; looks seldom enough to cost next to nothing.
async fn until(site: &Site, begun: Instant, events: u32, count: &'static str) -> Result<Duration> {
    loop {
        let done: Option<i64> = sqlx::query_scalar(count).bind(i64::from(events)).fetch_one(&site.pool).await?;
        let done = done.unwrap_or_default();
        if done >= i64::from(events) {
            return Ok(begun.elapsed());
        }
        ensure!(begun.elapsed() < Duration::from_mins(10), "{done} of {events} events after ten minutes");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
