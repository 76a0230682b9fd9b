//! `verband bench`: this machine's floor and the real pipeline, side by side in one run.
//!
//! The floor is what the two servers can do at best for a pipeline of this shape: publish, consume, commit one row,
//! publish. A figure of the house means something only as a ratio to it. Data: an invented caseload and families of invented
//! people, from generators with a pinned seed.

mod families;
mod floor;
mod intake;
mod pipeline;
mod site;
mod statements;

use std::time::Duration;

use anyhow::Result;
use bus::{Bus, BusOptions};
use runtime::dev::{NatsOptions, PostgresOptions, PrivateNats, PrivatePostgres};

/// How large a benchmark to run. Signals are measured with nothing else to do, for a charge and for the parties that link a case, and
/// charges twice more: while the read model is derived anew, and while others come in at half the rate that a burst is handled at.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct BenchOptions {
    /// How many persons the register holds before anything is measured.
    #[arg(long, default_value_t = 100_000)]
    persons: u32,
    /// How many signals are waited for, one after another, to measure latency.
    #[arg(long, default_value_t = 200)]
    signals: u32,
    /// How many events are published at once to measure what is sustained.
    #[arg(long, default_value_t = 10_000)]
    burst: u32,
    /// How many events wait for intake when it is measured alone.
    #[arg(long, default_value_t = 50_000)]
    events: u32,
    /// Measures intake alone, and nothing else.
    #[arg(long)]
    intake: bool,
    /// Counts what each service asks of the database while the register is loaded, which costs a little itself. Needs PostgreSQL's
    /// `pg_stat_statements`.
    #[arg(long)]
    statements: bool,
    /// The seed of the generated people.
    #[arg(long, default_value_t = 2026)]
    seed: u32,
}

/// Latencies of one kind of thing.
struct Latencies(Vec<Duration>);

impl Latencies {
    fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// Runs the benchmark on private servers that write durably, and prints what it found.
///
/// # Errors
/// When a server cannot be started or the pipeline stops answering.
#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub async fn run(options: BenchOptions) -> Result<()> {
    let (postgres, nats) = tokio::task::spawn_blocking(move || -> Result<_> {
        let settings = if options.statements { statements::settings() } else { Vec::new() };
        let postgres = PrivatePostgres::start(PostgresOptions { settings, ..PostgresOptions::measured() })?;
        let nats = PrivateNats::start(NatsOptions::measured())?;
        Ok((postgres, nats))
    })
    .await??;
    println!("PostgreSQL {}, nats-server {} ({})", postgres.version(), nats.version(), nats.promises().describe());
    println!("data in {}, seed {}\n", postgres.folder().display(), options.seed);

    let bus =
        Bus::connect(&BusOptions { url: nats.url(), credentials: None, nkey_seed: None, name: "bench", inbox: None })
            .await?;
    let floor = floor::measure(&postgres.url("postgres", "postgres"), &bus).await?;
    println!("floor: publish, consume, commit one row, publish");
    print_latencies("  one in flight", &floor.hop);
    println!("  saturated, batches of what waits {:>12.0} /s", floor.hops_per_second);
    println!("  rows inserted one by one         {:>12.0} /s", floor.single_rows_per_second);
    println!("  rows inserted 1,000 at a time    {:>12.0} /s\n", floor.batched_rows_per_second);

    let alone = intake::measure(&postgres, &nats.url(), &bus, options.events, options.seed).await?;
    println!("intake alone: {} events waiting, one in five a case and four a party", alone.events);
    println!("  filed                            {:>12.0} events/s", alone.filed_per_second);
    println!("  filed and passed on              {:>12.0} events/s", alone.relayed_per_second);
    println!("  the same facts, inserted only    {:>12.0} /s", alone.facts_per_second);
    println!("  filed / the same facts inserted  {:>12.3}", alone.filed_per_second / alone.facts_per_second);
    println!("  filed / rows 1,000 at a time     {:>12.3}", alone.filed_per_second / floor.batched_rows_per_second);
    println!("  filed / floor saturated          {:>12.3}\n", alone.filed_per_second / floor.hops_per_second);
    if options.intake {
        return Ok(());
    }

    let house = Box::pin(pipeline::measure(&postgres, &nats.url(), bus, &options)).await?;
    println!("house: {} persons in the register, {} events filed to get there", options.persons, house.loaded_events);
    println!("  loading, from publication to rest {:>11.0} events/s", house.loading_per_second);
    println!("  PostgreSQL on disk               {:>12.0} MiB", house.stored_mib);
    if let Some(memory) = house.memory_mib {
        println!("  PostgreSQL in memory             {memory:>12.0} MiB");
    }
    println!("  read model derived anew          {:>12.1} s", house.rebuilding);
    print_latencies("  charge published to signal", &house.signal);
    print_latencies("  parties that link, to signal", &house.linking);
    print_latencies("  a charge, while it is derived anew", &house.meanwhile);
    println!("  burst of {} events, to rest   {:>12.0} events/s", options.burst, house.burst_per_second);
    println!("  filed, in that burst             {:>12.0} events/s", house.intake_per_second);
    println!("beside half of that, {:.0} events/s", house.half_per_second);
    print_latencies("  charge published to signal", &house.at_half);
    println!("  resident memory                  {:>12.0} MiB\n", house.resident_mib);

    if let Some(statements::Statements { services, dearest }) = house.statements {
        println!("what the database was asked for each event, while loading");
        for (service, calls, ms) in services {
            println!("  {service:<10} {calls:>8.1} statements {ms:>9.2} ms");
        }
        for (service, calls, ms, query) in dearest {
            println!("  {service:<10} {calls:>8.2} times      {ms:>9.3} ms  {query}");
        }
        println!();
    }

    println!("ratios");
    for (when, latencies) in [("charge", &house.signal), ("linking", &house.linking), ("at half", &house.at_half)] {
        for percent in [50, 99] {
            let ratio = latencies.percentile(percent).as_secs_f64() / floor.hop.percentile(percent).as_secs_f64();
            println!("  signal p{percent} / floor p{percent}, {when:<10} {ratio:>12.1}");
        }
    }
    println!("  wanted: p99 at most 5 times the floor's when idle, and under 1 s at half the rate of the burst");
    println!("  loading / deriving anew          {:>12.1}", house.loading / house.rebuilding);
    println!("  burst / floor saturated          {:>12.3}", house.burst_per_second / floor.hops_per_second);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
fn print_latencies(name: &str, latencies: &Latencies) {
    let ms = |percent| latencies.percentile(percent).as_secs_f64() * 1_000.0;
    println!("{name:<34} p50 {:>7.2} ms   p99 {:>7.2} ms   ({} times)", ms(50), ms(99), latencies.0.len());
}
