//! Floor 1½: what all four services wire alike, said once.
//!
//! A service opens its journal and its bus, relays its own facts, follows the facts it cares about, and answers HTTP. This
//! crate does that; what a service is *for* stands in the service.
//!
//! Invariants: a fact is acknowledged to the bus only after its effect is committed; a fact that cannot be handled is tried
//! a bounded number of times and then parked with its reason; a fact whose message was lost is found by the sweep; while
//! PostgreSQL is away nothing is tried and nothing is given up.
//!
//! Deliberately absent: any rule of the register, and any fact's meaning.

mod access;
mod follow;
mod relay;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use bus::{Bus, BusOptions};
use domain::fact::{Actor, Author};
use domain::violence::policy::Policies;
use journal::{Cause, IndexKey, Journal, KeyEncryptionKey, PoolOptions, Vault};
use runtime::config::Nats;
use runtime::{Clock, Keys, Runtime, Settings};
use tokio::net::TcpListener;
use web::health::Check;
use web::{Auth, AuthConfig, JwksSource};

pub use crate::access::{acting, problem};
pub use crate::follow::chain;
pub use crate::relay::Besides;

/// How many connections to PostgreSQL a service holds at most.
const CONNECTIONS: u32 = 24;

/// A service's journal, bus and life. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    /// Its journal.
    pub journal: Journal,
    /// The bus.
    pub bus: Bus,
    /// What time it is.
    pub clock: Clock,
    /// What courts decided where the rules leave them a choice.
    pub policies: Policies,
    settings: Arc<Settings>,
    runtime: Runtime,
}

impl Service {
    /// Opens the journal and the bus. Both may still be away: the service waits for them and says so in `/readyz`.
    ///
    /// # Errors
    /// When a setting cannot be used at all.
    pub async fn open(author: Author, settings: Settings, runtime: Runtime) -> anyhow::Result<Self> {
        let pool = PoolOptions { max_connections: CONNECTIONS, application: author.as_str() };
        let pool = journal::connect(settings.database.url.expose(), &pool).context("database setting")?;
        let bus = Bus::connect(&bus_options(author.as_str(), &settings.nats)?).await.context("message bus setting")?;
        let policies = match &settings.court_policies {
            Some(path) => Policies::parse(&std::fs::read_to_string(path).context("the file of court policies")?)?,
            None => Policies::default(),
        };
        Ok(Self {
            journal: Journal::new(pool, author),
            bus,
            clock: runtime.clock.clone(),
            policies,
            settings: Arc::new(settings),
            runtime,
        })
    }

    /// The vault, for a service that has a key file.
    ///
    /// # Errors
    /// When no key file is named or it cannot be used.
    pub fn vault(&self) -> anyhow::Result<Vault> {
        vault(&self.settings)
    }

    /// The settings it was opened with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The sign to stop.
    pub fn stopping(&self) -> tokio_util::sync::CancellationToken {
        self.runtime.lifecycle.stopping()
    }

    /// Starts a task that belongs to the service: if it fails, the service stops.
    pub fn spawn<F>(&self, name: &'static str, task: F)
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        self.runtime.lifecycle.spawn(name, task);
    }

    /// A cause for what somebody asked just now.
    pub fn asked_by(&self, actor: Actor) -> Cause {
        Cause { id: runtime::ids::id(), actor, event_time: self.clock.now() }
    }

    /// A cause for what this service does because of `id`.
    pub fn because_of(&self, id: uuid::Uuid, event_time: jiff::Timestamp) -> Cause {
        Cause { id, actor: Actor::service(self.journal.author()), event_time }
    }

    /// Whose tokens count.
    ///
    /// # Errors
    /// When the key set's address cannot be used.
    pub fn auth(&self) -> anyhow::Result<Auth> {
        let tokens = &self.settings.tokens;
        let jwks = if tokens.jwks.starts_with("http://") || tokens.jwks.starts_with("https://") {
            JwksSource::Url(tokens.jwks.clone())
        } else {
            JwksSource::File(tokens.jwks.clone().into())
        };
        Ok(Auth::new(AuthConfig { issuer: tokens.issuer.clone(), audience: tokens.audience.clone(), jwks })?)
    }

    /// What must hold for the service to do its work: database and bus, by a real round trip each.
    pub fn checks(&self) -> Vec<Check> {
        let (journal, bus) = (self.journal.clone(), self.bus.clone());
        vec![
            Check::new("database", move || {
                let pool = journal.pool().clone();
                async move { sqlx::query_scalar!("select 1 as one").fetch_one(&pool).await.map(drop) }
            }),
            Check::new("bus", move || {
                let bus = bus.clone();
                async move { bus.check().await }
            }),
        ]
    }

    /// Answers HTTP until the sign to stop: `routes`, health and metrics, in the house style.
    ///
    /// # Errors
    /// When the address is taken.
    pub async fn serve(&self, routes: Router, settings: &web::Settings) -> anyhow::Result<()> {
        let address = self.settings.listen;
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        let whole = routes.merge(web::health::routes(self.checks(), self.runtime.metrics.clone()));
        let whole = web::house(whole, settings);
        let stopping = self.stopping();
        self.spawn("http", async move { Ok(web::serve(listener, whole, stopping).await?) });
        Ok(())
    }

    /// Waits a while, or until the sign to stop. Answers false when it is time to stop.
    pub async fn rest(&self, duration: Duration) -> bool {
        let stopping = self.stopping();
        tokio::select! {
            () = stopping.cancelled() => false,
            () = tokio::time::sleep(duration) => true,
        }
    }
}

/// The vault that the settings' key file opens.
///
/// # Errors
/// When no key file is named or it cannot be used.
pub fn vault(settings: &Settings) -> anyhow::Result<Vault> {
    Ok(vault_of(&settings.keys()?))
}

/// The vault that these keys open.
pub fn vault_of(keys: &Keys) -> Vault {
    let kek = KeyEncryptionKey { number: 1, bytes: (*keys.encryption.expose()).into() };
    Vault::new(kek, &IndexKey((*keys.index.expose()).into()))
}

/// How the settings say to reach the bus.
///
/// # Errors
/// When a file they name cannot be read.
pub fn bus_options(name: &'static str, nats: &Nats) -> anyhow::Result<BusOptions> {
    let read = |path: &std::path::Path| {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    Ok(BusOptions {
        url: nats.url.expose().to_owned(),
        credentials: nats.credentials.as_deref().map(read).transpose()?,
        nkey_seed: nats.seed.as_deref().map(read).transpose()?.map(|seed| seed.trim().to_owned()),
        name,
        inbox: None,
    })
}
