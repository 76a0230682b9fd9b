//! Intake alone: a queue full of events, and how long it takes until every one is a fact.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use bus::Bus;
use runtime::dev::PrivatePostgres;

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
    let filed = until(&site, begun, events, "select count(*) from journal.facts").await?;
    let relayed = until(
        &site,
        begun,
        events,
        "select count(*) from journal.facts where (txid, position) <=
             (select txid, position from journal.cursors where reader = 'relay:intake')",
    )
    .await?;
    let refused: i64 = sqlx::query_scalar("select count(*) from intake.quarantine").fetch_one(&site.pool).await?;
    ensure!(refused == 0, "intake refused {refused} of the generated events");
    site.close().await?;
    let rate = |took: Duration| f64::from(events) / took.as_secs_f64();
    Ok(Measured { events, filed_per_second: rate(filed), relayed_per_second: rate(relayed) })
}

/// Waits until a count has reached `events`, looking seldom enough to cost the database next to nothing.
async fn until(site: &Site, begun: Instant, events: u32, count: &'static str) -> Result<Duration> {
    loop {
        let done: i64 = sqlx::query_scalar(count).fetch_one(&site.pool).await?;
        if done >= i64::from(events) {
            return Ok(begun.elapsed());
        }
        ensure!(begun.elapsed() < Duration::from_mins(10), "{done} of {events} events after ten minutes");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
