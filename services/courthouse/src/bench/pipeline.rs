//! The house under load: a register of families, then signals one by one, then a burst.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bus::Bus;
use caseload::Caseload;
use futures::StreamExt;
use jiff::civil::date;
use runtime::dev::PrivatePostgres;
use sqlx::PgPool;

use super::families::{EVENTS_PER_FAMILY, Families};
use super::site::Site;
use super::statements::{self, Statements};
use super::{BenchOptions, Latencies};
use crate::events::{CaseEvent, CaseStory};
use crate::house::{self, Addresses};
use crate::{dev, operate};

/// The first family of a caseload for which no citizen service numbers are left.
const FIRST_UNNUMBERED: u64 = 2_000;

/// What the house did.
pub struct Measured {
    pub loaded_events: u32,
    pub loading_per_second: f64,
    /// How long a charge in a case that is linked already takes to its signal.
    pub signal: Latencies,
    /// How long the parties of a criminal case take, who link it, to the signal about what waits there.
    pub linking: Latencies,
    pub burst_per_second: f64,
    pub intake_per_second: f64,
    pub resident_mib: f64,
    /// What PostgreSQL holds on disk after loading.
    pub stored_mib: f64,
    /// How long it takes to derive the linker's read model anew from everything loaded, in seconds.
    pub rebuilding: f64,
    /// How long loading took, in seconds.
    pub loading: f64,
    /// What PostgreSQL's processes hold in memory after loading.
    pub memory_mib: Option<f64>,
    /// What the database was asked while loading, where that was counted.
    pub statements: Option<Statements>,
    /// The latencies of signals while the read model was derived anew.
    pub meanwhile: Latencies,
    /// The same while other events came in at half the rate that the burst was handled at.
    pub at_half: Latencies,
    /// How many events a second that was.
    pub half_per_second: f64,
}

/// Opens a house on these servers and measures it.
pub async fn measure(postgres: &PrivatePostgres, nats_url: &str, bus: Bus, options: &BenchOptions) -> Result<Measured> {
    let site = Site::make(postgres, nats_url, &bus, "bench").await?;
    house::open(&site.ground, Addresses::free([0; 4]).await?, &site.runtime).await?;
    let families = Families::new(options.seed, 0);
    let (linker, key_file) = (site.ground.databases.linker.clone(), site.ground.key_file.clone());
    let bench = Bench { bus, pool: site.pool.clone(), families, linker, key_file, server: postgres.pid() };
    let measured = Box::pin(bench.run(options)).await;
    site.close().await?;
    measured
}

/// What of a criminal case comes last, and makes the signal.
#[derive(Clone, Copy)]
enum Late {
    /// The charge: the case is linked already.
    Charge,
    /// The parties: they link the case, in which the charge waits.
    Parties,
}

struct Bench {
    bus: Bus,
    pool: PgPool,
    families: Families,
    /// The linker's database, and the keys of the register.
    linker: String,
    key_file: PathBuf,
    /// The process of PostgreSQL.
    server: Option<u32>,
}

impl Bench {
    async fn run(&self, options: &BenchOptions) -> Result<Measured> {
        if options.statements {
            statements::begin(&self.pool).await?;
        }
        let begun = Instant::now();
        let loaded_events = self.load(options).await?;
        self.rest().await?;
        let loading = begun.elapsed().as_secs_f64();
        let loading_per_second = f64::from(loaded_events) / loading;
        let stored: i64 =
            sqlx::query_scalar("select pg_database_size(current_database())").fetch_one(&self.pool).await?;
        let memory_mib = self.server.and_then(statements::memory_mib);
        let counted =
            if options.statements { Some(statements::counted(&self.pool, loaded_events).await?) } else { None };
        let begun = Instant::now();
        let rebuilt = operate::rebuild(&self.linker, &self.key_file, |_| ()).await?;
        let rebuilding = begun.elapsed().as_secs_f64();
        ensure!(!rebuilt.differs(), "the read model does not follow from the journal");

        let of_turn = |turn: u32| turn * options.signals..(turn + 1) * options.signals;
        let charges = self.waiting(of_turn(0), Late::Charge).await?;
        let signal = self.signals(charges).await?;
        let parties = self.waiting(of_turn(1), Late::Parties).await?;
        let linking = self.signals(parties).await?;
        // Once more, while others decide: how long they wait shows in the latencies.
        let charges = self.waiting(of_turn(2), Late::Charge).await?;
        let deriving = operate::rebuild(&self.linker, &self.key_file, |_| ());
        let (rebuilt, meanwhile) = futures::join!(deriving, self.signals(charges));
        let (rebuilt, meanwhile) = (rebuilt?, meanwhile?);
        ensure!(!rebuilt.differs(), "the read model does not follow from the journal");

        // Families that have numbers, and are asked about by nobody: the burst takes what is left of those.
        let charges = self.waiting(of_turn(3), Late::Charge).await?;
        let first = of_turn(4).start;
        let many = options.burst / EVENTS_PER_FAMILY;
        let events: Vec<CaseEvent> = (first..first + many).flat_map(|family| self.families.family(family).1).collect();
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
        let (at_half, half_per_second) =
            self.signals_beside(charges, first + many, events / rested.as_secs_f64() / 2.0).await?;
        self.rest().await?;
        Ok(Measured {
            loaded_events,
            loading_per_second,
            signal,
            linking,
            burst_per_second: events / rested.as_secs_f64(),
            intake_per_second: events / filed.as_secs_f64(),
            resident_mib: resident_mib()?,
            stored_mib: f64::from(u32::try_from(stored / 1_048_576)?),
            rebuilding,
            loading,
            memory_mib,
            statements: counted,
            meanwhile,
            at_half,
            half_per_second,
        })
    }

    /// Publishes the cases of an invented caseload, of families without citizen service numbers: all there are for tests go to
    /// those that are measured. Answers how many events that was.
    async fn load(&self, options: &BenchOptions) -> Result<u32> {
        let caseload = Caseload::new(u64::from(options.seed));
        let (mut events, mut left, mut published) = (Vec::new(), options.persons, 0);
        for number in FIRST_UNNUMBERED.. {
            let family = caseload.family(number);
            left = left.saturating_sub(u32::try_from(family.records.len())?);
            events.extend(
                family.events().into_iter().map(|event| CaseEvent { subject: event.subject, body: event.body }),
            );
            if left == 0 || events.len() >= 1_000 {
                published += u32::try_from(events.len())?;
                dev::publish(&self.bus, std::mem::take(&mut events)).await?;
            }
            if left == 0 {
                break;
            }
        }
        Ok(published)
    }

    /// Publishes everything about families and criminal cases but what comes late, and waits for rest. Answers that, for each.
    async fn waiting(&self, families: Range<u32>, late: Late) -> Result<Vec<Vec<CaseEvent>>> {
        let mut waiting = Vec::new();
        for family in families {
            let (mut story, mut events) = self.families.family(family);
            events.push(story.hearing("h1", date(2027, 1, 15)));
            let mut criminal = CaseStory::new("criminal", "RBROT", &format!("bench-{family}"));
            events.push(criminal.registered("adult-criminal", &format!("10/{:06}-26", family % 1_000_000)));
            let parties = vec![
                criminal.party("d1", &["suspect"], None, &self.families.person(family, 0)),
                criminal.party("d2", &["victim"], None, &self.families.person(family, 1)),
            ];
            let charge = vec![criminal.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07")];
            let (before, after) = match late {
                Late::Charge => (parties, charge),
                Late::Parties => (charge, parties),
            };
            events.extend(before);
            dev::publish(&self.bus, events).await?;
            waiting.push(after);
        }
        self.rest().await?;
        Ok(waiting)
    }

    /// Publishes what comes late, of one case after the other, and waits for its signal on the bus.
    async fn signals(&self, waiting: Vec<Vec<CaseEvent>>) -> Result<Latencies> {
        let mut heard = self.bus.client().subscribe("alerts.v1.rbrot.>").await?;
        let mut latencies = Vec::new();
        for late in waiting {
            let begun = Instant::now();
            dev::publish(&self.bus, late).await?;
            // Two signals follow: one for the family judge, one for the criminal judge. The first is what counts.
            tokio::time::timeout(Duration::from_secs(20), heard.next()).await.context("no signal within 20 s")?;
            latencies.push(begun.elapsed());
            tokio::time::timeout(Duration::from_secs(20), heard.next()).await.context("no counterpart within 20 s")?;
            // Of two parties the second may tell more than the first: that is not the next case's signal.
            while tokio::time::timeout(Duration::from_millis(100), heard.next()).await.is_ok_and(|more| more.is_some())
            {
            }
        }
        Ok(Latencies(latencies))
    }

    /// The same while the cases of other families come in, from `first` on, so many events a second. Answers how many they were.
    async fn signals_beside(
        &self,
        charges: Vec<Vec<CaseEvent>>,
        first: u32,
        per_second: f64,
    ) -> Result<(Latencies, f64)> {
        let done = AtomicBool::new(false);
        let begun = Instant::now();
        let others = async {
            let mut pace = tokio::time::interval(Duration::from_secs_f64(f64::from(EVENTS_PER_FAMILY) / per_second));
            let mut family = first;
            while !done.load(Ordering::Relaxed) {
                pace.tick().await;
                dev::publish(&self.bus, self.families.family(family).1).await?;
                family += 1;
            }
            anyhow::Ok(f64::from((family - first) * EVENTS_PER_FAMILY) / begun.elapsed().as_secs_f64())
        };
        let measured = async {
            // What came before has an effect only after a while.
            tokio::time::sleep(Duration::from_secs(3)).await;
            let latencies = self.signals(charges).await;
            done.store(true, Ordering::Relaxed);
            latencies
        };
        let (others, latencies) = futures::join!(others, measured);
        Ok((latencies?, others?))
    }

    async fn filed(&self) -> Result<i64> {
        Ok(sqlx::query_scalar("select count(*) from journal.facts where kind like 'intake.%'")
            .fetch_one(&self.pool)
            .await?)
    }

    /// How many facts of these kinds a service has still to handle; while there are many, about.
    async fn behind(&self, consumer: &str, kinds: &[String]) -> Result<i64> {
        let asked = [
            // Costs the database little. The inbox also holds what was done without a fact, so that it may be too few.
            "select (select count(*) from journal.facts where kind = any($2))
                  - (select count(*) from journal.inbox where consumer = $1)",
            "select count(*) from journal.facts facts where kind = any($2)
                and not exists (select from journal.inbox where consumer = $1 and fact = facts.id)",
        ];
        let mut behind: i64 = 0;
        for counting in asked {
            behind = sqlx::query_scalar(counting).bind(consumer).bind(kinds).fetch_one(&self.pool).await?;
            if behind > 0 {
                break;
            }
        }
        Ok(behind)
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
                left += self.behind(consumer, &kinds).await?;
            }
            if left == 0 {
                let refused: i64 =
                    sqlx::query_scalar("select count(*) from intake.quarantine").fetch_one(&self.pool).await?;
                ensure!(refused == 0, "intake refused {refused} of the generated events");
                return Ok(());
            }
            ensure!(begun.elapsed() < Duration::from_hours(1), "the house does not come to rest");
            // Counting costs the database something too: seldom while there is much left, of which no thousand go in a second.
            tokio::time::sleep(Duration::from_millis(u64::try_from(left)?.clamp(50, 30_000))).await;
        }
    }
}

/// What this process holds in memory, from the kernel's own account.
fn resident_mib() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no account of memory")?;
    let kib: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib / 1_024.0)
}
