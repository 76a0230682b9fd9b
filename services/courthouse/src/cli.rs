//! The command line of `verband`: all four services on one machine, and the operator's verbs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bus::{Bus, BusOptions};
use clap::{Parser, Subcommand};
use journal::RolePassword;
use runtime::Clock;
use runtime::config::{Database, Log, Nats, RolePasswords};

use crate::dev::idp::{Idp, USERS};
use crate::dev::{self, StackOptions};
use crate::{bench, operate};

/// Links court proceedings that concern the same people, and tells the judge.
///
/// Without a command: starts everything on this machine, with a demonstration, until Ctrl-C.
#[derive(Parser)]
#[command(version)]
struct Line {
    /// Where the development stack keeps its data.
    #[arg(long, default_value = ".verband", global = true)]
    folder: PathBuf,
    /// A PostgreSQL to use instead of a private one; its user must be allowed to create roles and schemas.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// A NATS server with JetStream to use instead of a private one.
    #[arg(long, env = "NATS_URL", hide_env_values = true)]
    nats_url: Option<String>,
    /// Start without the demonstration.
    #[arg(long)]
    no_demo: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Brings a database up to date, and sets the passwords of the service roles that are given.
    Migrate {
        #[command(flatten)]
        database: Database,
        #[command(flatten)]
        passwords: RolePasswords,
    },
    /// Makes the streams and consumers on the message bus, or brings them up to date.
    Provision {
        #[command(flatten)]
        nats: Nats,
        /// On how many servers of a cluster each stream is kept.
        #[arg(long, default_value_t = 1)]
        replicas: usize,
    },
    /// Prints an access token of the running development stack.
    Token {
        /// Whose: judge-anna, steward-dirk, operator-femke, …
        #[arg(long = "as")]
        subject: String,
    },
    /// Lists the facts that services could not handle.
    Parked {
        #[command(flatten)]
        database: Database,
    },
    /// Forgets a party: drops the key of its record, so that nothing can name it any more. Cannot be undone.
    Forget {
        #[command(flatten)]
        database: Database,
        /// The party's record.
        #[arg(long)]
        party: domain::ids::PartyId,
    },
    /// Measures this machine's floor and the pipeline, in one run, on private servers.
    Bench(bench::BenchOptions),
}

/// Does what the command line says: the whole of `main`.
pub fn main() -> ExitCode {
    let line = Line::parse();
    let started = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match started {
        Ok(tokio) => tokio.block_on(run(line)),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            refuse(&error);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "this is where a command says why it failed")]
fn refuse(error: &anyhow::Error) {
    eprintln!("verband: {error:#}");
}

#[expect(clippy::print_stdout, reason = "this is what the commands are for")]
async fn run(line: Line) -> Result<()> {
    match line.verb {
        None => {
            std::fs::create_dir_all(&line.folder)?;
            runtime::telemetry::log(&Log { file: Some(line.folder.join("verband.log")), ..Log::default() })?;
            let options = StackOptions {
                folder: line.folder,
                database_url: line.database_url,
                nats_url: line.nats_url,
                demo: !line.no_demo,
            };
            dev::run(options).await
        }
        Some(Verb::Migrate { database, passwords }) => {
            let passwords: Vec<RolePassword> = passwords
                .given()
                .map(|(role, password)| RolePassword { role, password: password.expose().to_owned() })
                .collect();
            Ok(journal::migrate(database.url.expose(), &passwords).await?)
        }
        Some(Verb::Provision { nats, replicas }) => {
            let options = service::bus_options("provision", &nats)?;
            Ok(Bus::connect(&BusOptions { name: "provision", ..options }).await?.provision(replicas).await?)
        }
        Some(Verb::Token { subject }) => {
            let user = USERS
                .iter()
                .find(|user| user.subject == subject)
                .context("nobody of that name: see the sign-in page")?;
            let issuer = std::fs::read_to_string(line.folder.join("issuer"))
                .context("no development stack was ever started here")?;
            let idp = Idp::open(issuer, &line.folder.join("sign-in.key"), Clock::system())?;
            println!("{}", idp.access_token(user.subject, user.roles)?);
            Ok(())
        }
        Some(Verb::Parked { database }) => {
            for parked in operate::parked(database.url.expose()).await? {
                println!("{parked}");
            }
            Ok(())
        }
        Some(Verb::Forget { database, party }) => {
            let forgotten = operate::forget(database.url.expose(), party).await?;
            println!("{}", if forgotten { "forgotten" } else { "there was nothing to forget" });
            Ok(())
        }
        Some(Verb::Bench(options)) => bench::run(options).await,
    }
}
