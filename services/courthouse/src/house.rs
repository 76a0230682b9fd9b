//! All four services in one process.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result};
use runtime::config::{Database, Log, Nats, SecretText, SignIn, Tokens};
use runtime::{Runtime, Settings};
use tokio::net::TcpListener;

/// What the house is built on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The database address for each service's role: called with `intake`, `linker`, `alerts`, `steward`.
    pub databases: Databases,
    /// The bus.
    pub nats_url: String,
    /// The register's keys.
    pub key_file: PathBuf,
    /// The list of publishers.
    pub publishers: PathBuf,
    /// What courts decided where the rules leave them a choice.
    pub court_policies: Option<PathBuf>,
    /// The webhooks of courts.
    pub webhooks: Option<PathBuf>,
    /// Whose tokens count, and where people sign in.
    pub issuer: String,
    /// The issuer's keys: an address or a file.
    pub jwks: String,
}

/// The database address of each service.
#[derive(Debug, Clone)]
pub struct Databases {
    /// For intake.
    pub intake: String,
    /// For the linker.
    pub linker: String,
    /// For alerts.
    pub alerts: String,
    /// For the steward's desk.
    pub steward: String,
}

impl Databases {
    /// The addresses that `of` gives for each role.
    pub fn by_role(of: impl Fn(&str) -> String) -> Self {
        Self { intake: of("intake"), linker: of("linker"), alerts: of("alerts"), steward: of("steward") }
    }
}

/// Where each service answers.
#[derive(Debug, Clone, Copy)]
pub struct Addresses {
    /// Intake: quarantine.
    pub intake: SocketAddr,
    /// The linker: health and metrics.
    pub linker: SocketAddr,
    /// Alerts: the judge's inbox.
    pub alerts: SocketAddr,
    /// The steward's desk.
    pub steward: SocketAddr,
}

impl Addresses {
    /// Four loopback addresses: the preferred ones where they are free.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn free(preferred: [u16; 4]) -> Result<Self> {
        let mut held = Vec::with_capacity(4);
        for port in preferred {
            // Held until all four are known, so that no two are the same.
            let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
                Ok(listener) => listener,
                Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no port is free")?,
            };
            held.push(listener);
        }
        let mut addresses = held.iter().map(TcpListener::local_addr);
        let mut next = || addresses.next().context("four addresses")?.context("no address");
        Ok(Self { intake: next()?, linker: next()?, alerts: next()?, steward: next()? })
    }
}

/// Starts all four services on `runtime`; they end with its lifecycle.
///
/// # Errors
/// When a setting cannot be used or an address is taken.
pub async fn open(ground: &Ground, addresses: Addresses, runtime: &Runtime) -> Result<()> {
    let databases = &ground.databases;
    open_intake(ground, addresses.intake, runtime).await?;
    let linker = settings(ground, &databases.linker, addresses.linker, true, None);
    linker::run(linker, runtime.clone()).await.context("linker")?;
    // Without a key file: alerts cannot unseal anything.
    let alerts = settings(ground, &databases.alerts, addresses.alerts, false, Some("verband-alerts"));
    alerts::run(alerts, runtime.clone()).await.context("alerts")?;
    let steward = settings(ground, &databases.steward, addresses.steward, true, Some("verband-steward"));
    steward::run(steward, runtime.clone()).await.context("steward")
}

/// Starts intake alone on `runtime`.
///
/// # Errors
/// As [`open`].
pub async fn open_intake(ground: &Ground, address: SocketAddr, runtime: &Runtime) -> Result<()> {
    let settings = settings(ground, &ground.databases.intake, address, true, None);
    intake::run(settings, runtime.clone()).await.context("intake")
}

fn settings(ground: &Ground, database: &str, listen: SocketAddr, keys: bool, pages: Option<&str>) -> Settings {
    Settings {
        database: Database { url: SecretText::new(database) },
        nats: Nats { url: SecretText::new(&ground.nats_url), credentials: None, seed: None },
        listen,
        key_file: keys.then(|| ground.key_file.clone()),
        publishers: Some(ground.publishers.clone()),
        court_policies: ground.court_policies.clone(),
        webhooks: ground.webhooks.clone(),
        tokens: Tokens {
            issuer: ground.issuer.clone(),
            audience: crate::dev::idp::AUDIENCE.to_owned(),
            jwks: ground.jwks.clone(),
        },
        sign_in: pages.map(|client| SignIn {
            public_url: format!("http://{listen}"),
            client_id: client.to_owned(),
            client_secret_file: None,
        }),
        log: Log::default(),
        drain_seconds: 20,
    }
}
