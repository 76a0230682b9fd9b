//! SIGKILL to the process, the nats-server or the PostgreSQL at seeded moments during a stream of 1,000 events.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bus::Bus;
use courthouse::events::CaseEvent;
use runtime::Clock;
use runtime::dev::{NatsOptions, PostgresOptions, PrivateNats, PrivatePostgres, Scratch};
use sqlx::{Connection, PgConnection};
use verband_tests::{World, connect, rests, state};

use crate::caseload;

const EVENTS: usize = 1_000;
/// The seeds of the moments.
const SEEDS: [u64; 3] = [2026, 7, 31];
const PATIENCE: Duration = Duration::from_mins(1);

/// What is killed.
#[derive(Debug, Clone, Copy)]
enum Victim {
    Process,
    Nats,
    Postgres,
}

/// Three victims, each at least twice, at moments that follow from the seed: (after how many events, what).
fn moments(seed: u64) -> Vec<(usize, Victim)> {
    let mut moments = Vec::new();
    let mut x = seed;
    for victim in [Victim::Process, Victim::Nats, Victim::Postgres, Victim::Process, Victim::Postgres, Victim::Nats] {
        // A linear congruential generator (Knuth's constants): the same moments for the same seed.
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = usize::try_from(x >> 33).unwrap() % EVENTS;
        moments.push((after, victim));
    }
    moments.sort_by_key(|(after, _)| *after);
    moments
}

struct House {
    postgres: PrivatePostgres,
    nats: PrivateNats,
    process: Child,
    folder: Scratch,
    database: String,
}

impl House {
    async fn open() -> Self {
        let (postgres, nats) = tokio::task::spawn_blocking(|| {
            let postgres = PrivatePostgres::start(PostgresOptions::temporary()).expect("PostgreSQL");
            (postgres, PrivateNats::start(NatsOptions::temporary()).expect("nats-server"))
        })
        .await
        .unwrap();
        courthouse::dev::create_database(&postgres.url("postgres", "postgres"), "chaos").await.expect("a database");
        let database = postgres.url("chaos", "postgres");
        let folder = Scratch::new("chaos").expect("a folder");
        let process = spawn(&folder, &database, &nats.url());
        Self { postgres, nats, process, folder, database }
    }

    fn kill(&mut self, victim: Victim) {
        match victim {
            Victim::Process => {
                self.process.kill().expect("kills");
                self.process.wait().expect("is gone");
                self.process = spawn(&self.folder, &self.database, &self.nats.url());
            }
            Victim::Nats => {
                self.nats.kill().expect("kills");
                self.nats.restart().expect("comes back");
            }
            Victim::Postgres => {
                self.postgres.kill().expect("kills");
                self.postgres.restart().expect("comes back");
            }
        }
    }
}

impl Drop for House {
    #[expect(clippy::print_stdout, reason = "what a failed test has to say")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.folder.path().join("verband.log")).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(6).collect();
            println!("process ended by itself: {:?}; its last words, latest first: {tail:#?}", self.process.try_wait());
        }
        // Already gone is as good as killed.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn spawn(folder: &Scratch, database: &str, nats: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_verband-under-test"))
        .arg("--no-demo")
        .arg("--folder")
        .arg(folder.path())
        .env("DATABASE_URL", database)
        .env("NATS_URL", nats)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("the process starts")
}

/// Publishes as a court does: again and again until the bus has taken it.
async fn publish(bus: &Bus, event: &CaseEvent) {
    let context = async_nats::jetstream::new(bus.client().clone());
    let payload = serde_json::to_vec(&event.body).unwrap();
    for _ in 0..600 {
        if let Ok(ack) = context.publish(event.subject.clone(), payload.clone().into()).await
            && tokio::time::timeout(Duration::from_secs(2), ack).await.is_ok_and(|taken| taken.is_ok())
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the bus did not come back");
}

async fn stream_is_there(bus: &Bus) {
    let context = async_nats::jetstream::new(bus.client().clone());
    for _ in 0..600 {
        if context.get_stream("CASES").await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the process never provisioned the bus");
}

async fn undisturbed() -> std::collections::BTreeSet<String> {
    let world = World::open_with(Clock::system()).await;
    world.hears(caseload::events(EVENTS)).await;
    let state = world.state().await;
    world.close().await;
    state
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_it_ends_as_if_left_alone() {
    let expected = undisturbed().await;
    assert!(expected.iter().filter(|line| line.starts_with("signal")).count() > 50, "the caseload is worth the test");
    for seed in SEEDS {
        let mut house = House::open().await;
        let bus = connect(&house.nats.url()).await;
        stream_is_there(&bus).await;
        let mut moments = moments(seed).into_iter().peekable();
        for (number, event) in caseload::events(EVENTS).iter().enumerate() {
            publish(&bus, event).await;
            while let Some((_, victim)) = moments.next_if(|(after, _)| *after <= number) {
                house = tokio::task::spawn_blocking(move || {
                    house.kill(victim);
                    house
                })
                .await
                .unwrap();
            }
        }
        rests(&house.database, &bus, PATIENCE).await;

        let state = state(&house.database).await;
        let lost: Vec<_> = expected.difference(&state).collect();
        let odd: Vec<_> = state.difference(&expected).collect();
        assert!(lost.is_empty() && odd.is_empty(), "seed {seed}: lost {lost:#?}, odd {odd:#?}");
        let mut sql = PgConnection::connect(&house.database).await.unwrap();
        let events: i64 = sqlx::query_scalar("select count(*) from journal.facts where kind like 'intake.%'")
            .fetch_one(&mut sql)
            .await
            .unwrap();
        assert_eq!(events, i64::try_from(EVENTS).unwrap(), "seed {seed}: each event is one fact");
        let parked: i64 = sqlx::query_scalar("select count(*) from journal.parked").fetch_one(&mut sql).await.unwrap();
        assert_eq!(parked, 0, "seed {seed}: nothing was given up");
        sql.close().await.unwrap();
    }
}
