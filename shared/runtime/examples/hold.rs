//! Holds a private stack until it is killed: what the tests kill to see that the servers end with their holder.
//!
//! `hold FOLDER` starts both servers below the folder, writes their process numbers and the folder of `PostgreSQL` to
//! `FOLDER/held`, and waits.

use std::path::PathBuf;

use anyhow::Context as _;
use runtime::dev::{NatsOptions, PostgresOptions, PrivateNats, PrivatePostgres};

fn main() -> anyhow::Result<()> {
    let folder: PathBuf = std::env::args_os().nth(1).context("which folder?")?.into();
    // Started by a thread that ends: the servers belong to the process.
    let (postgres, nats) = std::thread::spawn({
        let folder = folder.clone();
        move || -> anyhow::Result<_> {
            let postgres = PrivatePostgres::start(PostgresOptions::new(folder.join("postgres")))?;
            Ok((postgres, PrivateNats::start(NatsOptions::new(folder.join("nats")))?))
        }
    })
    .join()
    .map_err(|_| anyhow::anyhow!("starting panicked"))??;
    let pids = [postgres.pid(), nats.pid()].map(Option::unwrap_or_default);
    let text = format!("{} {} {}", pids[0], pids[1], postgres.folder().display());
    std::fs::write(folder.join("held.new"), text)?;
    std::fs::rename(folder.join("held.new"), folder.join("held"))?;
    loop {
        std::thread::park();
    }
}
