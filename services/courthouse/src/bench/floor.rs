//! The floor: the two servers with nothing of this house between them.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use async_nats::jetstream::{self, consumer::PullConsumer, consumer::pull, stream};
use bus::Bus;
use bytes::Bytes;
use futures::StreamExt;
use sqlx::PgPool;

use super::Latencies;

const ONE_IN_FLIGHT: u32 = 500;
const SATURATED: u32 = 20_000;
const SINGLE_ROWS: u32 = 2_000;
const BATCHED_ROWS: u32 = 50_000;

/// What the servers can do.
pub struct Floor {
    pub hop: Latencies,
    pub hops_per_second: f64,
    pub single_rows_per_second: f64,
    pub batched_rows_per_second: f64,
}

/// Measures the floor on these servers, in a table and streams of its own that are removed again.
pub async fn measure(database: &str, bus: &Bus) -> Result<Floor> {
    let pool = PgPool::connect(database).await?;
    sqlx::query(
        "create table public.bench_floor (id bigint generated always as identity primary key, body jsonb not null)",
    )
    .execute(&pool)
    .await?;
    let client = bus.client().clone();
    let context = jetstream::new(client.clone());
    for (name, subject) in [("BENCH_IN", "bench.in"), ("BENCH_OUT", "bench.out")] {
        let config = stream::Config { name: name.to_owned(), subjects: vec![subject.to_owned()], ..Default::default() };
        context.create_stream(config).await?;
    }
    let (single_rows_per_second, batched_rows_per_second) = rows(&pool).await?;
    let hop = one_in_flight(&context, &client, &pool).await?;
    let hops_per_second = saturated(&context, &pool).await?;
    for name in ["BENCH_IN", "BENCH_OUT"] {
        context.delete_stream(name).await?;
    }
    sqlx::query("drop table public.bench_floor").execute(&pool).await?;
    pool.close().await;
    Ok(Floor { hop, hops_per_second, single_rows_per_second, batched_rows_per_second })
}

async fn rows(pool: &PgPool) -> Result<(f64, f64)> {
    let begun = Instant::now();
    for number in 0..SINGLE_ROWS {
        insert(pool, &[number]).await?;
    }
    let single = f64::from(SINGLE_ROWS) / begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    let numbers: Vec<u32> = (0..BATCHED_ROWS).collect();
    for batch in numbers.chunks(1_000) {
        insert(pool, batch).await?;
    }
    Ok((single, f64::from(BATCHED_ROWS) / begun.elapsed().as_secs_f64()))
}

async fn insert(pool: &PgPool, numbers: &[u32]) -> Result<()> {
    let bodies: Vec<serde_json::Value> =
        numbers.iter().map(|number| serde_json::json!({ "number": number, "padding": "x".repeat(300) })).collect();
    sqlx::query("insert into public.bench_floor (body) select * from unnest($1::jsonb[])")
        .bind(bodies)
        .execute(pool)
        .await?;
    Ok(())
}

async fn worker(context: &jetstream::Context, name: &str) -> Result<PullConsumer> {
    let stream = context.get_stream("BENCH_IN").await?;
    let config = pull::Config { durable_name: Some(name.to_owned()), max_ack_pending: 5_000, ..Default::default() };
    Ok(stream.create_consumer(config).await?)
}

/// Consumes until `count` messages went through, as many at once as are waiting.
async fn work(context: jetstream::Context, consumer: PullConsumer, pool: PgPool, count: u32) -> Result<()> {
    let mut messages = consumer.stream().max_messages_per_batch(256).messages().await?;
    let mut done = 0;
    while done < count {
        let mut batch = vec![messages.next().await.context("the stream ended")??];
        while batch.len() < 256
            && let Some(Some(Ok(message))) = futures::FutureExt::now_or_never(messages.next())
        {
            batch.push(message);
        }
        let size = u32::try_from(batch.len())?;
        insert(&pool, &(0..size).collect::<Vec<_>>()).await?;
        let mut acks = Vec::with_capacity(batch.len());
        for message in &batch {
            message.double_ack().await.map_err(|error| anyhow::anyhow!(error))?;
            acks.push(context.publish("bench.out", message.payload.clone()).await?);
        }
        for ack in acks {
            ack.await?;
        }
        done += size;
    }
    Ok(())
}

async fn one_in_flight(context: &jetstream::Context, client: &async_nats::Client, pool: &PgPool) -> Result<Latencies> {
    let consumer = worker(context, "one").await?;
    let mut out = client.subscribe("bench.out").await?;
    let working = tokio::spawn(work(context.clone(), consumer, pool.clone(), ONE_IN_FLIGHT));
    let mut latencies = Vec::new();
    for _ in 0..ONE_IN_FLIGHT {
        let begun = Instant::now();
        context.publish("bench.in", Bytes::from_static(&[b'x'; 400])).await?.await?;
        tokio::time::timeout(Duration::from_secs(10), out.next()).await?.context("no answer")?;
        latencies.push(begun.elapsed());
    }
    working.await??;
    context.delete_consumer_from_stream("one", "BENCH_IN").await?;
    Ok(Latencies(latencies))
}

async fn saturated(context: &jetstream::Context, pool: &PgPool) -> Result<f64> {
    context.get_stream("BENCH_IN").await?.purge().await?;
    let consumer = worker(context, "many").await?;
    let begun = Instant::now();
    let working = tokio::spawn(work(context.clone(), consumer, pool.clone(), SATURATED));
    let mut acks = Vec::with_capacity(256);
    for number in 0..SATURATED {
        acks.push(context.publish("bench.in", Bytes::from_static(&[b'x'; 400])).await?);
        if acks.len() == 256 || number + 1 == SATURATED {
            for ack in acks.drain(..) {
                ack.await?;
            }
        }
    }
    working.await??;
    Ok(f64::from(SATURATED) / begun.elapsed().as_secs_f64())
}
