//! A site to build a house on: a database of its own, streams, keys, publishers.

use std::time::Duration;

use anyhow::Result;
use bus::Bus;
use runtime::dev::{PrivatePostgres, Scratch};
use runtime::{Keys, Runtime};
use sqlx::PgPool;

use crate::dev;
use crate::dev::idp::Idp;
use crate::dev::publishers::DevPublishers;
use crate::house::{Databases, Ground};

/// A site; the folder with its keys goes with it.
pub struct Site {
    /// What a house stands on.
    pub ground: Ground,
    /// What it runs in.
    pub runtime: Runtime,
    /// The database, as its owner.
    pub pool: PgPool,
    _folder: Scratch,
}

impl Site {
    /// Makes a database `name` and empty streams.
    pub async fn make(postgres: &PrivatePostgres, nats_url: &str, bus: &Bus, name: &str) -> Result<Self> {
        dev::create_database(&postgres.url("postgres", "postgres"), name).await?;
        let admin = postgres.url(name, "postgres");
        journal::migrate(&admin, &[]).await?;
        bus.provision(1).await?;
        let streams = async_nats::jetstream::new(bus.client().clone());
        for stream in bus::Stream::ALL {
            streams.get_stream(stream.name()).await?.purge().await?;
        }
        let folder = Scratch::new("bench")?;
        let runtime = Runtime::new()?;
        let key_file = folder.path().join("register.keys");
        Keys::create_if_missing(&key_file)?;
        let idp = Idp::open("http://127.0.0.1:1".to_owned(), &folder.path().join("idp.key"), runtime.clock.clone())?;
        let jwks = folder.path().join("jwks.json");
        std::fs::write(&jwks, idp.key_set().to_string())?;
        let ground = Ground {
            databases: Databases::by_role(|role| postgres.url(name, role)),
            nats_url: nats_url.to_owned(),
            key_file,
            publishers: DevPublishers::open(folder.path())?.file,
            court_policies: None,
            webhooks: None,
            issuer: idp.issuer().to_owned(),
            jwks: jwks.display().to_string(),
        };
        Ok(Self { ground, runtime, pool: PgPool::connect(&admin).await?, _folder: folder })
    }

    /// Stops what runs on it.
    pub async fn close(self) -> Result<()> {
        self.pool.close().await;
        self.runtime.lifecycle.stop();
        Ok(self.runtime.lifecycle.finish(Duration::from_secs(30)).await?)
    }
}
