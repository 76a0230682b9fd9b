//! A `begin()` whose future is dropped half-way may leave its connection in a transaction. Without the guard the next user of
//! that connection loses what it wrote; with the guard nobody does.

use std::time::Duration;

use journal::PoolOptions;
use sqlx::PgPool;
use verband_tests::Database;

const ROUNDS: u32 = 240;

/// Cancels many a `begin()` at different moments and answers how many rows were reported as written and are not there.
/// `step` is how far in time one round's moment lies behind the last one's.
async fn lost(database: &Database, pool: &PgPool, table: &str, step: Duration) -> i64 {
    let mut admin = database.connect("postgres").await;
    let create = format!(
        "create table public.{table} (n integer); grant usage on schema public to intake; grant all on public.{table} to intake"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut admin).await.expect("a table");
    let mut written = 0_i64;
    for round in 0..ROUNDS {
        let begin = pool.begin();
        // Dropped before it is done, at a moment that moves through the whole of it.
        let limit = step * (round % 60);
        if let Ok(begun) = tokio::time::timeout(limit, begin).await {
            drop(begun);
        }
        let insert = format!("insert into public.{table} values ({round})");
        if sqlx::query(sqlx::AssertSqlSafe(insert)).execute(pool).await.is_ok() {
            written += 1;
        }
    }
    pool.close().await;
    let there: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from public.{table}")))
        .fetch_one(&mut admin)
        .await
        .expect("a count");
    written - there
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guard_prevents_a_loss_that_happens_without_it() {
    let database = Database::fresh().await;
    let options = PoolOptions { max_connections: 1, application: "test" };
    // How long a `begin()` takes depends on what else the machine does: the moments are spread wider until one hits.
    let (mut without, mut with) = (0, 0);
    for micros in [10, 20, 40, 80, 160, 320] {
        let step = Duration::from_micros(micros);
        let unguarded = journal::unguarded(&database.url("intake"), &options).expect("a pool");
        let guarded = journal::connect(&database.url("intake"), &options).expect("a pool");
        without += lost(&database, &unguarded, &format!("without_guard_{micros}"), step).await;
        with += lost(&database, &guarded, &format!("with_guard_{micros}"), step).await;
        if without > 0 {
            break;
        }
    }
    assert!(without > 0, "the fault this guards against shows: otherwise the guard may go");
    assert_eq!(with, 0, "{without} rows were lost without the guard");
}

#[tokio::test]
async fn the_guard_keeps_a_connection_that_is_as_it_should_be() {
    let database = Database::fresh().await;
    let options = PoolOptions { max_connections: 1, application: "test" };
    let guarded = journal::connect(&database.url("intake"), &options).expect("a pool");
    let mut backends = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let backend: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&guarded).await.expect("a number");
        backends.insert(backend);
        // A transaction that is dropped is rolled back and its connection kept.
        drop(guarded.begin().await.expect("a transaction"));
    }
    assert_eq!(backends.len(), 1, "a healthy connection is not closed");
}
