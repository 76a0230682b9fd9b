//! The house under load: a register of families, then signals one by one, then a burst.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bus::Bus;
use domain::bsn::Bsn;
use futures::StreamExt;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use runtime::dev::{PrivatePostgres, Scratch};
use runtime::{Keys, Runtime};
use sqlx::PgPool;

use super::{BenchOptions, Latencies};
use crate::dev;
use crate::dev::idp::Idp;
use crate::dev::publishers::DevPublishers;
use crate::events::{CaseEvent, CaseStory, Person, person};
use crate::house::{self, Addresses, Databases, Ground};

const SURNAMES: [&str; 24] = [
    "Jong", "Jansen", "Vries", "Berg", "Dijk", "Bakker", "Janssen", "Visser", "Smit", "Meijer", "Boer", "Mulder",
    "Groot", "Bos", "Vos", "Peters", "Hendriks", "Dekker", "Leeuwen", "Brouwer", "Wit", "Dijkstra", "Smits", "Graaf",
];
const GIVEN: [&str; 20] = [
    "Anna", "Bram", "Carla", "Daan", "Eva", "Femke", "Guus", "Hanna", "Ilse", "Joris", "Karin", "Lars", "Mila", "Noor",
    "Otto", "Petra", "Ruben", "Sanne", "Tess", "Wout",
];
/// What a family's case consists of: its registration and four parties.
const EVENTS_PER_FAMILY: u32 = 5;
const PERSONS_PER_FAMILY: u32 = 4;

/// What the house did.
pub struct Measured {
    pub loaded_events: u32,
    pub loading_per_second: f64,
    pub signal: Latencies,
    pub burst_per_second: f64,
    pub intake_per_second: f64,
    pub resident_mib: f64,
}

/// Opens a house on these servers and measures it.
pub async fn measure(postgres: &PrivatePostgres, nats_url: &str, bus: Bus, options: &BenchOptions) -> Result<Measured> {
    dev::create_database(&postgres.url("postgres", "postgres"), "bench").await?;
    let admin = postgres.url("bench", "postgres");
    journal::migrate(&admin, &[]).await?;
    bus.provision(1).await?;
    let folder = Scratch::new("bench")?;
    let runtime = Runtime::new()?;
    let key_file = folder.path().join("register.keys");
    Keys::create_if_missing(&key_file)?;
    let idp = Idp::open("http://127.0.0.1:1".to_owned(), &folder.path().join("idp.key"), runtime.clock.clone())?;
    let jwks = folder.path().join("jwks.json");
    std::fs::write(&jwks, idp.key_set().to_string())?;
    let ground = Ground {
        databases: Databases::by_role(|role| postgres.url("bench", role)),
        nats_url: nats_url.to_owned(),
        key_file,
        publishers: DevPublishers::open(folder.path())?.file,
        issuer: idp.issuer().to_owned(),
        jwks: jwks.display().to_string(),
    };
    house::open(&ground, Addresses::free([0; 4]).await?, &runtime).await?;
    let pool = PgPool::connect(&admin).await?;

    let bench = Bench {
        bus,
        pool,
        seed: options.seed,
        unnumbered: options.persons / PERSONS_PER_FAMILY,
        numbers: test_numbers(),
    };
    let measured = bench.run(options).await;
    runtime.lifecycle.stop();
    runtime.lifecycle.finish(Duration::from_secs(30)).await?;
    measured
}

struct Bench {
    bus: Bus,
    pool: PgPool,
    seed: u32,
    /// How many families fill the register.
    unnumbered: u32,
    numbers: Vec<String>,
}

impl Bench {
    async fn run(&self, options: &BenchOptions) -> Result<Measured> {
        let families = self.unnumbered;
        let begun = Instant::now();
        for chunk in (0..families).collect::<Vec<_>>().chunks(200) {
            let events = chunk.iter().flat_map(|family| self.family(*family).1).collect();
            dev::publish(&self.bus, events).await?;
        }
        self.rest().await?;
        let loaded_events = families * EVENTS_PER_FAMILY;
        let loading_per_second = f64::from(loaded_events) / begun.elapsed().as_secs_f64();

        let signal = self.signals(families, options.signals).await?;

        let first = families + options.signals;
        let many = options.burst / EVENTS_PER_FAMILY;
        let events: Vec<CaseEvent> = (first..first + many).flat_map(|family| self.family(family).1).collect();
        let before = self.filed().await?;
        let count = i64::try_from(events.len())?;
        let begun = Instant::now();
        for chunk in events.chunks(1_000) {
            dev::publish(&self.bus, chunk.to_vec()).await?;
        }
        while self.filed().await? < before + count {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let filed = begun.elapsed();
        self.rest().await?;
        let rested = begun.elapsed();
        let events = f64::from(u32::try_from(count)?);
        Ok(Measured {
            loaded_events,
            loading_per_second,
            signal,
            burst_per_second: events / rested.as_secs_f64(),
            intake_per_second: events / filed.as_secs_f64(),
            resident_mib: resident_mib()?,
        })
    }

    /// Publishes everything about a family and a criminal case but the charge, waits for rest, then publishes the charge
    /// and waits for the signal on the bus.
    async fn signals(&self, first: u32, count: u32) -> Result<Latencies> {
        let mut heard = self.bus.client().subscribe("alerts.v1.rbrot.>").await?;
        let mut charges = Vec::new();
        for family in first..first + count {
            let (mut story, mut events) = self.family(family);
            events.push(story.hearing("h1", date(2027, 1, 15)));
            let mut criminal = CaseStory::new("criminal", "RBROT", &format!("bench-{family}"));
            events.extend([
                criminal.registered("adult-criminal", &format!("10/{:06}-26", family % 1_000_000)),
                criminal.party("d1", &["suspect"], None, &self.person(family, 0)),
                criminal.party("d2", &["victim"], None, &self.person(family, 1)),
            ]);
            dev::publish(&self.bus, events).await?;
            charges.push(criminal.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"));
        }
        self.rest().await?;
        let mut latencies = Vec::new();
        for charge in charges {
            let begun = Instant::now();
            dev::publish(&self.bus, vec![charge]).await?;
            // Two signals follow: one for the family judge, one for the criminal judge. The first is what counts.
            tokio::time::timeout(Duration::from_secs(20), heard.next()).await.context("no signal within 20 s")?;
            latencies.push(begun.elapsed());
            tokio::time::timeout(Duration::from_secs(20), heard.next()).await.context("no counterpart within 20 s")?;
        }
        Ok(Latencies(latencies))
    }

    fn family(&self, family: u32) -> (CaseStory, Vec<CaseEvent>) {
        let mut story = CaseStory::new("family", "RBROT", &format!("bench-{}-{family}", self.seed));
        let events = vec![
            story.registered(
                "contact-arrangement",
                &format!("C/10/{:06} / FA RK 26-{}", family % 1_000_000, 1 + family % 9_999),
            ),
            story.party("p1", &["petitioner"], Some("father"), &self.person(family, 0)),
            story.party("p2", &["respondent"], Some("mother"), &self.person(family, 1)),
            story.party("p3", &["minor"], Some("child"), &self.person(family, 2)),
            story.party("p4", &["minor"], Some("child"), &self.person(family, 3)),
        ];
        (story, events)
    }

    /// The same person for the same seed, family and place. The families that fill the register have no numbers, as is
    /// common in family cases and as there are fewer numbers in the test range than persons; those measured have one.
    fn person(&self, family: u32, place: u32) -> Person {
        let mixed = mix(self.seed, family * PERSONS_PER_FAMILY + place);
        let pick = |list: &[&'static str], shift: u32| list[usize::try_from(mixed >> shift).unwrap_or(0) % list.len()];
        let age = if place < 2 { 12_000 } else { 2_500 };
        let birth: Date =
            date(2024, 1, 1).checked_sub((age + i64::from(mixed % 2_400)).days()).unwrap_or(date(1990, 2, 2));
        let number = family.checked_sub(self.unnumbered).map(|family| family * PERSONS_PER_FAMILY + place);
        let number = number.and_then(|number| self.numbers.get(usize::try_from(number).ok()?));
        person([
            "",
            pick(&SURNAMES, 8),
            pick(&GIVEN, 16),
            &birth.to_string(),
            number.map_or("", |number| number.as_str()),
        ])
    }

    async fn filed(&self) -> Result<i64> {
        Ok(sqlx::query_scalar("select count(*) from journal.inbox where consumer = 'intake'")
            .fetch_one(&self.pool)
            .await?)
    }

    /// Waits until everything is handled.
    async fn rest(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let stream = async_nats::jetstream::new(self.bus.client().clone());
            let unheard = stream.get_stream("CASES").await?.cached_info().state.messages;
            let mut left = i64::try_from(unheard)?;
            for (consumer, kinds) in [
                ("linker", linker::KINDS.as_slice()),
                ("alerts", alerts::KINDS.as_slice()),
                ("steward", steward::KINDS.as_slice()),
            ] {
                let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
                let behind: i64 = sqlx::query_scalar(
                    "select (select count(*) from journal.facts where kind = any($1))
                          - (select count(*) from journal.inbox where consumer = $2)",
                )
                .bind(kinds)
                .bind(consumer)
                .fetch_one(&self.pool)
                .await?;
                left += behind;
            }
            if left == 0 {
                let refused: i64 =
                    sqlx::query_scalar("select count(*) from intake.quarantine").fetch_one(&self.pool).await?;
                ensure!(refused == 0, "intake refused {refused} of the generated events");
                return Ok(());
            }
            ensure!(begun.elapsed() < Duration::from_hours(1), "the house does not come to rest");
            // Counting costs the database something too: seldom while there is much left.
            tokio::time::sleep(Duration::from_millis(u64::try_from(left)?.clamp(50, 2_000))).await;
        }
    }
}

/// The numbers of the test range that pass the eleven-test.
fn test_numbers() -> Vec<String> {
    (999_900_000_u32..=999_999_999)
        .map(|number| number.to_string())
        .filter(|digits| Bsn::parse(digits).is_ok())
        .collect()
}

/// Spreads a number over 32 bits (the finalizer of `MurmurHash3`).
const fn mix(seed: u32, number: u32) -> u32 {
    let mut x = number ^ seed.wrapping_mul(0x9e37_79b9);
    x ^= x >> 16;
    x = x.wrapping_mul(0x85eb_ca6b);
    x ^= x >> 13;
    x = x.wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}

/// What this process holds in memory, from the kernel's own account.
fn resident_mib() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no account of memory")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1_024.0)
}
