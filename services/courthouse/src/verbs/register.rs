//! The operator's verbs about the register of who is who.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use matching::gate::Policy;
use runtime::config::Database;

use crate::operate;

/// What an operator asks of the register.
#[derive(Subcommand)]
pub enum Verb {
    /// Forgets a party: drops the key of its record, so that nothing can name it any more, and decides anew who is who around
    /// it. Cannot be undone.
    Forget {
        /// The register's database.
        #[command(flatten)]
        database: Database,
        /// The file with the keys of the register.
        #[arg(long, env = "VERBAND_KEY_FILE", hide_env_values = true)]
        key_file: PathBuf,
        /// The party's record.
        #[arg(long)]
        party: domain::ids::PartyId,
    },
    /// Derives the linker's read model anew from the journal, beside the one in use and the running service, and puts it in its place;
    /// nothing is decided.
    Rebuild {
        /// The register's database.
        #[command(flatten)]
        database: Database,
        /// The file with the keys of the register.
        #[arg(long, env = "VERBAND_KEY_FILE", hide_env_values = true)]
        key_file: PathBuf,
    },
    /// Looks whether everything holds that must: persons, links, questions, tasks, and that every fact was handled. Ends with an
    /// error where something does not.
    Audit {
        /// The register's database.
        #[command(flatten)]
        database: Database,
        /// The file with the keys of the register.
        #[arg(long, env = "VERBAND_KEY_FILE", hide_env_values = true)]
        key_file: PathBuf,
        /// Derive the linker's read model anew as well, beside the one in use, and compare.
        #[arg(long)]
        read_model: bool,
    },
    /// Says what another model or policy would make of the register: persons, questions, links and signals that would appear, vanish
    /// or change. Nothing is written.
    Simulate {
        /// The register's database.
        #[command(flatten)]
        database: Database,
        /// The file with the keys of the register.
        #[arg(long, env = "VERBAND_KEY_FILE", hide_env_values = true)]
        key_file: PathBuf,
        /// A file with a model, as `verband train` writes it; the model of courts where none is given.
        #[arg(long)]
        model: Option<PathBuf>,
        /// What is taken for certain: `numbers` or `rules`.
        #[arg(long, default_value = "numbers")]
        policy: Policy,
    },
    /// Trains a matching model on the register itself: on its records and on what stewards ruled of pairs of them. Of each pair counts
    /// the newest ruling that was not taken back. Nothing is put in force: see `verband simulate` and `verband models propose`.
    Learn {
        /// The register's database.
        #[command(flatten)]
        database: Database,
        /// The file with the keys of the register.
        #[arg(long, env = "VERBAND_KEY_FILE", hide_env_values = true)]
        key_file: PathBuf,
        /// Where the model goes.
        #[arg(long)]
        out: PathBuf,
        /// What the model is called.
        #[arg(long, default_value = "learnt")]
        name: String,
    },
    /// Says which cases were linked at some moment, by whom and why.
    State {
        /// The register's database.
        #[command(flatten)]
        database: Database,
        /// The moment, such as `2026-11-25T12:00:00Z`; now where none is given.
        #[arg(long)]
        at: Option<jiff::Timestamp>,
        /// One case only.
        #[arg(long)]
        case: Option<domain::ids::CaseId>,
    },
}

/// How far it is, in words.
fn step(progress: linker::Progress) -> String {
    match progress {
        linker::Progress::Facts(facts) => format!("{facts} facts read"),
        linker::Progress::Records(records) => format!("{records} records written"),
        linker::Progress::Ties(ties) => format!("{ties} pairs written"),
        linker::Progress::CaughtUp(decisions) => format!("caught up with {decisions} decisions"),
        linker::Progress::Compared => "compared with what is in use".to_owned(),
        linker::Progress::InUse => "in use".to_owned(),
    }
}

/// What was set aside, in words: of it nothing was proved.
fn set_aside(aside: &[linker::Aside]) -> Vec<String> {
    aside.iter().map(|aside| format!("set aside, so that nothing is proved of it: {aside}")).collect()
}

/// Does it.
///
/// # Errors
/// When PostgreSQL cannot be reached, the role may not do it, or something does not hold.
#[expect(clippy::print_stdout, reason = "answers are what the command is for")]
pub async fn run(verb: Verb) -> Result<()> {
    match verb {
        Verb::Forget { database, key_file, party } => {
            let forgotten = operate::forget(database.url.expose(), &key_file, party).await?;
            println!("{}", if forgotten { "forgotten" } else { "there was nothing to forget" });
            Ok(())
        }
        Verb::Rebuild { database, key_file } => {
            let bar = indicatif::ProgressBar::new_spinner();
            let told = |progress| bar.set_message(step(progress));
            let rebuilt = operate::rebuild(database.url.expose(), &key_file, told).await?;
            bar.finish_and_clear();
            let linker::Rebuilt { facts, records, ties, meanwhile, before, now, waiting, aside } = rebuilt;
            println!("{facts} facts: {records} records, {ties} pairs that may be one person");
            println!("{meanwhile} decisions were taken meanwhile");
            let compared = match (before == now, waiting) {
                (true, _) => ": the same".to_owned(),
                (false, 0) if aside.is_empty() => String::new(),
                (false, 0) => "; of what is set aside one may know more than the other".to_owned(),
                (false, waiting) => {
                    format!("; {waiting} facts waited just then, of which one may know more than the other")
                }
            };
            println!("the read model was {before} and is {now}{compared}");
            for line in set_aside(&aside) {
                println!("{line}");
            }
            Ok(())
        }
        Verb::Audit { database, key_file, read_model } => {
            let report = operate::audit(database.url.expose(), &key_file, read_model).await?;
            let linker::audit::Report { persons, links, questions, findings, unsettled, waiting, aside } = report;
            println!("{persons} persons, {links} links, {questions} questions: {} findings", findings.len());
            for finding in &findings {
                println!("{finding}");
            }
            if waiting > 0 {
                println!("{waiting} facts wait to be handled; until they are, this may not hold: {}", unsettled.len());
            }
            for finding in &unsettled {
                println!("waits: {finding}");
            }
            for line in set_aside(&aside) {
                println!("{line}");
            }
            anyhow::ensure!(findings.is_empty(), "something does not hold");
            Ok(())
        }
        Verb::Simulate { database, key_file, model, policy } => {
            for line in operate::simulate(database.url.expose(), &key_file, model.as_deref(), policy).await? {
                println!("{line}");
            }
            Ok(())
        }
        Verb::Learn { database, key_file, out, name } => {
            let learned = operate::learn(database.url.expose(), &key_file, &name).await?;
            std::fs::write(&out, learned.model).with_context(|| format!("cannot write {}", out.display()))?;
            println!("model {} of {} records and {} rulings", learned.id, learned.records, learned.rulings);
            Ok(())
        }
        Verb::State { database, at, case } => {
            for line in operate::state(database.url.expose(), at, case).await? {
                println!("{line}");
            }
            Ok(())
        }
    }
}
