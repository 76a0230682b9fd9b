//! The private development stack: a `PostgreSQL` and a nats-server of our own, for `cargo run` and for tests.
//!
//! Invariants: nothing is downloaded but by the system's package manager; nothing listens but on loopback or a private
//! socket; `PostgreSQL` never runs as root; what is started here ends with the process that started it, even if that one
//! is killed; every wait is bounded and ends in an error that says what the server last wrote.
//!
//! Everything here blocks for up to some seconds: in asynchronous code, call it by `tokio::task::spawn_blocking`.
//!
//! Deliberately absent: production. There the servers are somebody's care, and `DATABASE_URL` and `NATS_URL` name them.

mod account;
mod command;
mod home;
mod nats;
mod postgres;
mod programs;
mod scratch;
mod version;
mod watched;

use std::path::PathBuf;

pub use nats::{Durability, NatsOptions, PrivateNats};
pub use postgres::{PostgresOptions, PrivatePostgres};
pub use scratch::Scratch;
pub use version::Version;

/// Why the private stack could not be had.
#[derive(Debug, thiserror::Error)]
pub enum DevError {
    /// The system refused something.
    #[error("cannot {what}")]
    Io {
        /// What was tried.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A server's program is not on this machine, and may or can not be installed from here.
    #[error("{0}")]
    Missing(String),
    /// A program failed or took too long.
    #[error("{program} {how}:\n{output}")]
    Command {
        /// The program.
        program: String,
        /// Whether it failed or took too long.
        how: String,
        /// The last lines it wrote.
        output: String,
    },
    /// Another process runs a server on this folder.
    #[error("a server already runs on {}{}", folder.display(), pid.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// The server, where known.
        pid: Option<u32>,
    },
    /// The folder holds something else, or belongs to someone else.
    #[error("{} is not a folder for a private server: {why}", folder.display())]
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The data were written by another major version of `PostgreSQL` than any on this machine.
    #[error("{} was made by PostgreSQL {major}, which is not on this machine: install it, or remove the folder to begin anew", folder.display())]
    OtherVersion {
        /// The data folder.
        folder: PathBuf,
        /// The version that made it.
        major: u32,
    },
    /// The process is root and the machine has no `postgres` user to run `PostgreSQL` as.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user `postgres` to run it as: start as an ordinary user"
    )]
    NoAccount,
    /// A server ended, or did not come up in time.
    #[error("{server} {how}; its log ends:\n{log}")]
    Server {
        /// Which server.
        server: &'static str,
        /// What happened.
        how: String,
        /// The last lines of its log.
        log: String,
    },
    /// No random bytes for a name or a password.
    #[error(transparent)]
    NoRandomness(#[from] crate::ids::NoRandomness),
}

/// Makes a [`DevError::Io`] of what the system said.
fn cannot(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> DevError {
    let what = what.into();
    move |source| DevError::Io { what, source }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;
    use std::process::Command;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use super::command::{exists, run, signal};
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    fn psql(postgres: &PrivatePostgres, statement: &str) -> Result<String, DevError> {
        let mut psql = Command::new("psql");
        psql.args(["-XAtqc", statement, &postgres.url("postgres", "postgres")]);
        run(psql.current_dir("/"), PATIENCE).map(|answer| answer.trim().to_owned())
    }

    fn fast(folder: &Path) -> PostgresOptions {
        PostgresOptions { durable: false, ..PostgresOptions::new(folder.join("postgres")) }
    }

    fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "{what}");
            sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn postgres_keeps_what_was_committed_through_restart_and_kill() {
        let scratch = Scratch::new("dev").unwrap();
        let mut postgres = PrivatePostgres::start(fast(scratch.path())).unwrap();
        assert!(postgres.version() >= Version::new(15, 0, 0));
        psql(&postgres, "create table kept (n int)").unwrap();
        psql(&postgres, "insert into kept values (1)").unwrap();
        let url = postgres.url("postgres", "postgres");
        postgres.restart().unwrap();
        psql(&postgres, "insert into kept values (2)").unwrap();
        let before = postgres.pid().unwrap();
        postgres.kill().unwrap();
        assert!(!exists(before) && postgres.pid().is_none());
        assert!(psql(&postgres, "select 1").is_err());
        postgres.restart().unwrap();
        assert_eq!(postgres.url("postgres", "postgres"), url);
        assert_eq!(psql(&postgres, "select sum(n) from kept").unwrap(), "3");
        assert_eq!(psql(&postgres, "show fsync").unwrap(), "off");

        // A second start on the same folder is told so, while the first lives.
        assert!(matches!(PrivatePostgres::start(fast(scratch.path())), Err(DevError::InUse { .. })));
        postgres.stop().unwrap();
        drop(postgres);
        let again = PrivatePostgres::start(fast(scratch.path())).unwrap();
        assert_eq!(psql(&again, "select sum(n) from kept").unwrap(), "3");
        assert!(!fs::read_to_string(again.log_file()).unwrap().contains("kept"));
    }

    #[test]
    fn a_setting_that_postgres_refuses_is_an_error_with_its_words() {
        let scratch = Scratch::new("dev").unwrap();
        let settings = vec![("no_such_setting".to_owned(), "1".to_owned())];
        let refused = PrivatePostgres::start(PostgresOptions { settings, ..fast(scratch.path()) }).unwrap_err();
        assert!(refused.to_string().contains("no_such_setting"), "{refused}");
    }

    #[test]
    fn nats_comes_back_at_the_same_port_with_encrypted_files() {
        let scratch = Scratch::new("dev").unwrap();
        let mut nats = PrivateNats::start(NatsOptions::new(scratch.path().join("nats"))).unwrap();
        assert!(nats.version() >= Version::new(2, 9, 0));
        let (url, first) = (nats.url(), nats.pid().unwrap());
        nats.restart().unwrap();
        assert_ne!(nats.pid().unwrap(), first);
        nats.kill().unwrap();
        nats.restart().unwrap();
        assert_eq!(nats.url(), url);
        let log = fs::read_to_string(nats.log_file()).unwrap();
        assert!(log.contains("Encryption:"), "{log}");
        let written = nats.promises() == Durability::Written;
        assert_eq!(written, nats.version() >= Version::new(2, 12, 0));
        let mode = |name: &str| fs::metadata(nats.folder().join(name)).unwrap().mode() & 0o7777;
        assert_eq!((mode("nats.conf"), mode("secret")), (0o600, 0o600));
        let second = PrivateNats::start(NatsOptions::new(scratch.path().join("nats")));
        assert!(matches!(second, Err(DevError::InUse { .. })));
    }

    #[test]
    fn a_port_in_use_is_an_error_with_the_server_s_words() {
        let scratch = Scratch::new("dev").unwrap();
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = Some(taken.local_addr().unwrap().port());
        let options = NatsOptions { port, ..NatsOptions::new(scratch.path().join("nats")) };
        let refused = PrivateNats::start(options).unwrap_err().to_string();
        assert!(refused.contains("address already in use"), "{refused}");
    }

    #[test]
    fn temporary_servers_leave_nothing_behind() {
        let mut postgres = PrivatePostgres::start(PostgresOptions::temporary()).unwrap();
        let nats = PrivateNats::start(NatsOptions::temporary()).unwrap();
        let folders = [postgres.folder().to_path_buf(), nats.folder().to_path_buf()];
        psql(&postgres, "create table kept ()").unwrap();
        postgres.restart().unwrap();
        postgres.kill().unwrap();
        postgres.restart().unwrap();
        psql(&postgres, "select from kept").unwrap();
        // The one ends by itself, the other by being dropped.
        signal(nats.pid().unwrap(), "KILL").unwrap();
        drop((postgres, nats));
        for folder in folders {
            assert!(!folder.exists(), "{}", folder.display());
        }
    }

    #[test]
    fn servers_end_when_their_holder_is_killed_and_begin_again() {
        let scratch = Scratch::new("dev").unwrap();
        let program = std::env::current_exe().unwrap();
        let program = program.parent().unwrap().parent().unwrap().join("examples/hold");
        assert!(program.exists(), "cargo test builds {} unless told `--lib`", program.display());
        let mut holder = Command::new(program).arg(scratch.path()).spawn().unwrap();
        let held = scratch.path().join("held");
        eventually("both servers start", || held.exists());
        let held = fs::read_to_string(held).unwrap();
        let mut words = held.split(' ');
        let pids = [words.next().unwrap(), words.next().unwrap()].map(|pid| pid.parse().unwrap());
        let folder = PathBuf::from(words.next().unwrap());
        assert!(pids.into_iter().all(exists));
        signal(holder.id(), "KILL").unwrap();
        holder.wait().unwrap();
        // At once, without waiting for the old servers.
        let options = PostgresOptions::new(scratch.path().join("postgres"));
        let postgres = PrivatePostgres::start(options).unwrap();
        assert_eq!(psql(&postgres, "select 1").unwrap(), "1");
        assert_eq!(psql(&postgres, "show fsync").unwrap(), "on");
        assert_eq!(postgres.folder(), folder);
        eventually("both servers stop", || !pids.into_iter().any(exists));
    }
}
