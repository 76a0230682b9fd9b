//! `cargo run`: everything on one machine, from nothing, and gone again at Ctrl-C.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use bus::{Bus, BusOptions, Outgoing};
use journal::RolePassword;
use runtime::dev::{NatsOptions, PostgresOptions, PrivateNats, PrivatePostgres};
use runtime::{Keys, Runtime};
use tokio::net::TcpListener;

use super::publishers::DevPublishers;
use super::{demo, idp::Idp, write_private};
use crate::house::{Addresses, Databases, Ground};
use crate::{events::CaseEvent, house};

/// The ports that are tried first, so that a bookmark keeps working.
const PORTS: [u16; 4] = [8101, 8102, 8103, 8104];
const IDP_PORT: u16 = 8100;
/// Where the database and the keys are, for an operator's verbs.
const OPERATOR: &str = "operator.env";
const ROLES: [&str; 4] = ["intake", "linker", "alerts", "steward"];

/// How to start the development stack.
#[derive(Debug, Clone)]
pub struct StackOptions {
    /// Where everything is kept.
    pub folder: PathBuf,
    /// A PostgreSQL to use instead of a private one; its user must be allowed to create roles and schemas.
    pub database_url: Option<String>,
    /// A NATS server to use instead of a private one.
    pub nats_url: Option<String>,
    /// Whether to publish the demonstration.
    pub demo: bool,
}

/// The servers that were started here; dropped, they stop.
struct Servers {
    postgres: Option<PrivatePostgres>,
    nats: Option<PrivateNats>,
}

/// Starts everything and answers once it has been stopped.
///
/// # Errors
/// When a server cannot be started, an address is taken, or a service fails.
pub async fn run(options: StackOptions) -> Result<()> {
    let runtime = Runtime::new()?;
    runtime.lifecycle.stop_on_signal()?;
    std::fs::create_dir_all(&options.folder).with_context(|| format!("cannot create {}", options.folder.display()))?;
    let folder = options.folder.canonicalize()?;
    let publishers = DevPublishers::open(&folder)?;
    let (servers, migrator, databases, nats_url) = ground(&options, &folder, &publishers).await?;
    let passwords = if servers.postgres.is_some() { Vec::new() } else { role_passwords(&folder)? };
    migrate(&migrator, &passwords).await?;

    // For the commands that go to a running stack; a publisher signs in with its own key.
    std::fs::write(folder.join("broker"), without_user(&nats_url))?;
    let house = folder.join(super::HOUSE_BROKER);
    if house.exists() {
        std::fs::remove_file(&house)?;
    }
    write_private(&house, &nats_url)?;
    let bus = Bus::connect(&BusOptions {
        url: nats_url.clone(),
        credentials: None,
        nkey_seed: None,
        name: "verband",
        inbox: None,
    })
    .await?;
    provision(&bus).await?;

    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, IDP_PORT)).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?,
    };
    let issuer = format!("http://{}", listener.local_addr()?);
    std::fs::write(folder.join("issuer"), &issuer)?;
    let idp = Idp::open(issuer.clone(), &folder.join("sign-in.key"), runtime.clock.clone())?;
    runtime.lifecycle.spawn("sign-in", idp.clone().serve(listener, runtime.lifecycle.stopping()));

    let key_file = folder.join("register.keys");
    Keys::create_if_missing(&key_file)?;
    let addresses = Addresses::free(PORTS).await?;
    let operator = format!("export DATABASE_URL='{migrator}'\nexport VERBAND_KEY_FILE='{}'\n", key_file.display());
    let at = folder.join(OPERATOR);
    if at.exists() {
        std::fs::remove_file(&at)?;
    }
    write_private(&at, operator)?;
    let ground = Ground {
        databases,
        nats_url: nats_url.clone(),
        key_file,
        publishers: publishers.file,
        court_policies: None,
        webhooks: None,
        jwks: format!("{issuer}/jwks.json"),
        issuer,
    };
    house::open(&ground, addresses, &runtime).await?;
    std::fs::write(folder.join("intake"), format!("http://{}", addresses.intake))?;
    std::fs::write(folder.join("linker"), format!("http://{}", addresses.linker))?;
    if options.demo {
        publish(&bus, demo::caseload(runtime.clock.today())?)
            .await
            .context("the demonstration could not be published")?;
    }
    say(&told(&addresses, &ground, &folder.join(OPERATOR), &servers, &idp)?);

    let ended = runtime.lifecycle.finish(Duration::from_secs(20)).await;
    tokio::task::spawn_blocking(move || {
        let Servers { postgres, nats } = servers;
        nats.map(|mut nats| nats.stop()).transpose()?;
        postgres.map(|mut postgres| postgres.stop()).transpose()?;
        Ok::<_, anyhow::Error>(())
    })
    .await??;
    ended?;
    say("Stopped.\n");
    Ok(())
}

/// Publishes case events as a court would: each acknowledged by the bus.
///
/// # Errors
/// When the bus does not take them.
pub async fn publish(bus: &Bus, events: Vec<CaseEvent>) -> Result<()> {
    let messages = events
        .into_iter()
        .map(|event| {
            Ok(Outgoing {
                id: None,
                headers: vec![("content-type", "application/cloudevents+json".to_owned())],
                payload: serde_json::to_vec(&event.body)?.into(),
                subject: event.subject,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(bus.publish(messages).await?)
}

async fn ground(
    options: &StackOptions,
    folder: &Path,
    publishers: &DevPublishers,
) -> Result<(Servers, String, Databases, String)> {
    let users = publishers.list.broker_users();
    let (wants_postgres, wants_nats) = (options.database_url.is_none(), options.nats_url.is_none());
    let home = folder.to_owned();
    let servers = tokio::task::spawn_blocking(move || -> Result<Servers> {
        Ok(Servers {
            postgres: wants_postgres
                .then(|| PrivatePostgres::start(PostgresOptions::new(home.join("postgres"))))
                .transpose()?,
            nats: wants_nats
                .then(|| PrivateNats::start(NatsOptions { users, ..NatsOptions::new(home.join("nats")) }))
                .transpose()?,
        })
    })
    .await??;
    let (migrator, databases) = match (&servers.postgres, &options.database_url) {
        (Some(postgres), _) => {
            create_database(&postgres.url("postgres", "postgres"), "verband").await?;
            (postgres.url("verband", "postgres"), Databases::by_role(|role| postgres.url("verband", role)))
        }
        (None, Some(url)) => {
            let passwords = role_passwords(folder)?;
            let password = |role: &str| {
                passwords
                    .iter()
                    .find(|known| known.role == role)
                    .map(|known| known.password.clone())
                    .unwrap_or_default()
            };
            (url.clone(), Databases::by_role(|role| as_role(url, role, &password(role))))
        }
        (None, None) => anyhow::bail!("neither a private nor a named PostgreSQL"),
    };
    let nats_url = match (&servers.nats, &options.nats_url) {
        (Some(nats), _) => nats.url(),
        (None, Some(url)) => url.clone(),
        (None, None) => anyhow::bail!("neither a private nor a named NATS server"),
    };
    Ok((servers, migrator, databases, nats_url))
}

/// Creates a database unless it is there.
///
/// # Errors
/// When PostgreSQL refuses.
pub async fn create_database(url: &str, name: &str) -> Result<()> {
    use sqlx::Connection as _;
    let mut connection = sqlx::PgConnection::connect(url).await?;
    let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(&mut connection)
        .await?;
    if !there {
        let statement: String =
            sqlx::query_scalar("select format('create database %I', $1)").bind(name).fetch_one(&mut connection).await?;
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    Ok(connection.close().await?)
}

/// The passwords of the service roles on a named PostgreSQL: made once, kept beside the other secrets.
fn role_passwords(folder: &Path) -> Result<Vec<RolePassword>> {
    let path = folder.join("roles");
    if !path.exists() {
        let lines: Result<Vec<String>, _> = ROLES.iter().map(|_| runtime::ids::token()).collect();
        write_private(&path, lines?.join("\n"))?;
    }
    let text = std::fs::read_to_string(&path)?;
    Ok(ROLES.iter().zip(text.lines()).map(|(role, line)| RolePassword { role, password: line.to_owned() }).collect())
}

/// The same database, signed in as another role.
fn as_role(url: &str, role: &str, password: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{role}:{password}@{host}/{path}")
}

/// An address without who signs in.
fn without_user(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("nats", url));
    format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
}

/// Migrates, waiting for a database that is away: it may be on its way back.
async fn migrate(url: &str, passwords: &[RolePassword]) -> Result<()> {
    let mut tries = 1;
    loop {
        match journal::migrate(url, passwords).await {
            Err(error) if error.is_outage() && tries < 60 => tries += 1,
            outcome => return outcome.context("the database could not be migrated"),
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn provision(bus: &Bus) -> Result<()> {
    // The server may need a moment after it answers its port until JetStream is there.
    let mut last = None;
    for _ in 0..50 {
        match bus.provision(1).await {
            Ok(()) => return Ok(()),
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    last.map_or(Ok(()), |error| Err(error).context("the message bus could not be provisioned"))
}

fn told(addresses: &Addresses, ground: &Ground, operator: &Path, servers: &Servers, idp: &Idp) -> Result<String> {
    use std::fmt::Write as _;
    let page = |address: SocketAddr| format!("http://{address}/");
    let token = idp.access_token("judge-anna", &["judge"])?;
    let mut text = String::new();
    writeln!(text, "\nVerband is running.\n")?;
    writeln!(text, "  judge's inbox    {}   sign in as judge-anna or judge-bram", page(addresses.alerts))?;
    writeln!(
        text,
        "  steward's desk   {}   sign in as steward-dirk; as operator-femke: how it runs",
        page(addresses.steward)
    )?;
    writeln!(
        text,
        "  API              {}v1/openapi.json   {}v1/openapi.json",
        page(addresses.alerts),
        page(addresses.steward)
    )?;
    writeln!(
        text,
        "  intake           {}v1/openapi.json   the quarantine, for operator-femke",
        page(addresses.intake)
    )?;
    writeln!(
        text,
        "  linker           {}v1/openapi.json   models, for operator-femke and operator-gerda",
        page(addresses.linker)
    )?;
    writeln!(text, "  health           {}readyz   {}readyz", page(addresses.intake), page(addresses.linker))?;
    writeln!(text, "  sign-in          {}   invented people, no passwords", ground.issuer)?;
    writeln!(text, "  message bus      {}", ground.nats_url)?;
    if let Some(nats) = &servers.nats {
        writeln!(text, "                   nats-server {}: {}", nats.version(), nats.promises().describe())?;
    }
    writeln!(text, "\nTry the API, as judge-anna (for another: cargo run -q -- token --as steward-dirk):\n")?;
    writeln!(text, "  curl -s -H 'Authorization: Bearer {token}' {}v1/signals\n", page(addresses.alerts))?;
    writeln!(text, "An operator's verbs, such as audit: (. {}; cargo run -q -- audit)\n", operator.display())?;
    writeln!(text, "Ctrl-C stops everything that was started here.\n")?;
    Ok(text)
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
fn say(text: &str) {
    print!("{text}");
}
