//! The command line of `verband`: all four services on one machine, and the operator's verbs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use bus::{Bus, BusOptions};
use clap::{Parser, Subcommand};
use contract::Publishers;
use domain::court::Court;
use journal::RolePassword;
use runtime::Clock;
use runtime::config::{Database, Log, Nats, RolePasswords, SecretText};

use crate::dev::idp::{Idp, USERS};
use crate::dev::{self, StackOptions};
use crate::verbs::quarantine::Act;
use crate::{bench, operate, verbs};

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
    /// The register of who is who.
    #[command(flatten)]
    Register(verbs::register::Verb),
    /// Says of each event in a file whether it would be taken, without a server.
    Validate {
        /// A JSON document with an event or an array of them, or one event a line; `-` for standard input.
        file: PathBuf,
        /// The court that publishes; else the court that a case-registered in the file names.
        #[arg(long)]
        court: Option<Court>,
    },
    /// Publishes the events of a file, in order. What is published is noted beside the file: run again to go on where it
    /// stopped, or to send what was mended.
    Publish {
        /// A JSON document with an event or an array of them, or one event a line; `-` for standard input, one event a line,
        /// each sent as it comes.
        file: PathBuf,
        /// The publisher, by its name in the list of publishers.
        #[arg(long = "as")]
        publisher: String,
        /// The list of publishers; that of the development stack where none is named.
        #[arg(long, env = "VERBAND_PUBLISHERS")]
        publishers: Option<PathBuf>,
        /// The file with the publisher's nkey seed; that of the development stack where none is named.
        #[arg(long)]
        seed: Option<PathBuf>,
        /// The message bus; that of the development stack where none is named.
        #[arg(long)]
        broker: Option<String>,
    },
    /// Events on the bus.
    #[command(subcommand)]
    Events(EventsVerb),
    /// Prints who may sign in at the broker and do what, out of the list of publishers: a file that the configuration of
    /// nats-server includes.
    Permissions {
        /// The list of publishers.
        #[arg(long, env = "VERBAND_PUBLISHERS")]
        publishers: PathBuf,
    },
    /// What could not be understood: look at it, release it, discard it.
    Quarantine {
        /// Where intake answers; that of the development stack where none is named.
        #[arg(long, env = "VERBAND_INTAKE_URL")]
        api: Option<String>,
        /// An operator's access token; operator-femke's on the development stack where none is given.
        #[arg(long, env = "VERBAND_TOKEN", hide_env_values = true)]
        token: Option<String>,
        #[command(subcommand)]
        act: Act,
    },
    /// By which model who is who is decided: look, propose, approve, reject.
    Models {
        /// Where the linker answers; that of the development stack where none is named.
        #[arg(long, env = "VERBAND_LINKER_URL")]
        api: Option<String>,
        /// An operator's access token; on the development stack operator-femke's, and operator-gerda's to approve, where none is
        /// given.
        #[arg(long, env = "VERBAND_TOKEN", hide_env_values = true)]
        token: Option<String>,
        #[command(subcommand)]
        act: verbs::models::Act,
    },
    /// Invents a caseload: records of parties with the truth about who is who, and the events of their cases.
    Generate(verbs::generate::GenerateOptions),
    /// Says who is who in the records of CSV files.
    Match(verbs::extract::MatchOptions),
    /// Trains a matching model on the records of CSV files, without labels, and calibrates it where a truth is given.
    Train(verbs::extract::TrainOptions),
    /// Explains what follows from two records of CSV files, field by field.
    Explain(verbs::extract::ExplainOptions),
    /// Measures this machine's floor and the pipeline, in one run, on private servers.
    Bench(bench::BenchOptions),
}

#[derive(Subcommand)]
enum EventsVerb {
    /// Shows events and rejections as they come, without their data, until Ctrl-C.
    Tail {
        /// The message bus, `nats://user:password@host:port`, or without user where one of the files below says who listens;
        /// that of the development stack where none is named.
        #[arg(id = "nats-url", long = "nats-url", env = "NATS_URL", hide_env_values = true)]
        url: Option<SecretText>,
        /// A credentials file (JWT and seed).
        #[arg(long = "nats-credentials", env = "NATS_CREDENTIALS_FILE", hide_env_values = true)]
        credentials: Option<PathBuf>,
        /// A file with an nkey seed.
        #[arg(long = "nats-seed", env = "NATS_SEED_FILE", hide_env_values = true, conflicts_with = "credentials")]
        seed: Option<PathBuf>,
    },
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
            println!("{}", token(&line.folder, &subject)?);
            Ok(())
        }
        Some(Verb::Parked { database }) => {
            for parked in operate::parked(database.url.expose()).await? {
                println!("{parked}");
            }
            Ok(())
        }
        Some(Verb::Register(verb)) => verbs::register::run(verb).await,
        Some(Verb::Validate { file, court }) => verbs::validate::run(&verbs::lines(&file)?, court),
        Some(Verb::Publish { file, publisher, publishers, seed, broker }) => {
            let of_stack = |name: &str| line.folder.join(name);
            let list = Publishers::parse(&read(&publishers.unwrap_or_else(|| of_stack("publishers.toml")))?)?;
            let who = list.named(&publisher).context("no publisher of that name in the list of publishers")?;
            let seed = seed.unwrap_or_else(|| of_stack(&format!("publishers/{publisher}.seed")));
            let options = BusOptions {
                url: broker.map_or_else(|| read(&of_stack("broker")), Ok)?,
                credentials: None,
                nkey_seed: Some(read(&seed)?.trim().to_owned()),
                name: "publish",
                inbox: Some(format!("_INBOX_{}", who.inbox())),
            };
            verbs::publish::run(&Bus::connect(&options).await?, &file, who).await
        }
        Some(Verb::Events(EventsVerb::Tail { url, credentials, seed })) => {
            let options = match url {
                Some(url) => service::bus_options("tail", &Nats { url, credentials, seed })?,
                None => BusOptions {
                    url: read(&line.folder.join(dev::HOUSE_BROKER))
                        .context("no development stack was ever started here: name a bus with --nats-url")?,
                    credentials: None,
                    nkey_seed: None,
                    name: "tail",
                    inbox: None,
                },
            };
            verbs::tail::run(Bus::connect(&options).await?.client().clone()).await
        }
        Some(Verb::Permissions { publishers }) => {
            print!("{}", verbs::permissions::run(&publishers)?);
            Ok(())
        }
        Some(Verb::Quarantine { api, token: given, act }) => {
            let api = api.map_or_else(|| read(&line.folder.join("intake")), Ok)?;
            let token = given.map_or_else(|| token(&line.folder, "operator-femke"), Ok)?;
            verbs::quarantine::run(&api, &token, act).await
        }
        Some(Verb::Models { api, token: given, act }) => {
            let api = api.map_or_else(|| read(&line.folder.join("linker")), Ok)?;
            let token = given.map_or_else(|| token(&line.folder, act.invented()), Ok)?;
            for line in verbs::models::run(&api, &token, act).await? {
                println!("{line}");
            }
            Ok(())
        }
        Some(Verb::Generate(options)) => verbs::generate::run(&options),
        Some(Verb::Match(options)) => verbs::extract::matching(&options),
        Some(Verb::Train(options)) => verbs::extract::train(options),
        Some(Verb::Explain(options)) => verbs::extract::explain(&options),
        Some(Verb::Bench(options)) => Box::pin(bench::run(options)).await,
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// An access token of the development stack: for one of its invented people, or for one of its publishers.
fn token(folder: &Path, subject: &str) -> Result<String> {
    let issuer = read(&folder.join("issuer")).context("no development stack was ever started here")?;
    let idp = Idp::open(issuer, &folder.join("sign-in.key"), Clock::system())?;
    if let Some(user) = USERS.iter().find(|user| user.subject == subject) {
        return idp.access_token(user.subject, user.roles);
    }
    let publishers = Publishers::parse(&read(&folder.join("publishers.toml"))?)?;
    let publisher =
        publishers.named(subject).context("nobody of that name: see the sign-in page and the publishers")?;
    idp.access_token(&publisher.name, &["publisher"])
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_for_a_running_stack_need_no_address() {
        Line::command().debug_assert();
        for command in [
            &["verband", "events", "tail"][..],
            &["verband", "publish", "events.ndjson", "--as", "rbrot-civiel"],
            &["verband", "quarantine", "list"],
            &["verband", "models", "propose", "--policy", "rules"],
            &["verband", "models", "approve", "0190c9a2-7f3e-7c11-8d52-0242ac120002"],
            &["verband", "token", "--as", "judge-anna"],
        ] {
            assert!(Line::try_parse_from(command).is_ok(), "{command:?}");
        }
    }
}
