//! Where the servers' programs are, and how to get them where they are not.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::account::is_root;
use super::command::run;
use super::version::Version;
use super::{DevError, cannot};
use crate::config;

/// Row-level security, `xid8` and `security_invoker` as the register uses them.
const OLDEST_POSTGRES: u32 = 15;

/// Long enough for a slow line.
const INSTALLING: Duration = Duration::from_mins(15);

/// A program that answers `--version` in time.
const ANSWER: Duration = Duration::from_secs(20);

/// Distributions put every version of `PostgreSQL` in a folder of its own: the folder above, and what follows the version.
const POSTGRES_PLACES: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", "bin"),
    ("/usr", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/usr/local/opt", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "bin"),
];

const NATS_PLACES: [&str; 4] = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

const ADVICE: &str = "\
install them and start again:
  Debian, Ubuntu: sudo apt-get install postgresql nats-server
  Fedora:         sudo dnf install postgresql-server, and put a nats-server on PATH
  macOS:          brew install postgresql@17 nats-server
or name servers that run elsewhere in DATABASE_URL and NATS_URL; NATS_SERVER may name the nats-server program";

/// `PostgreSQL`'s programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Postgres {
    /// The folder of `initdb` and `postgres`.
    pub folder: PathBuf,
    /// Their version.
    pub version: Version,
}

/// The nats-server program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nats {
    /// The program.
    pub program: PathBuf,
    /// Its version.
    pub version: Version,
}

/// Every `PostgreSQL` on this machine that is new enough, the newest first; installs one where there is none and it may.
pub(super) fn postgres(may_install: bool) -> Result<Vec<Postgres>, DevError> {
    find_or_install("postgresql", may_install, || {
        let found = find_postgres();
        (!found.is_empty()).then_some(found)
    })
}

/// The nats-server that `NATS_SERVER` names, or the first on this machine; installs one where there is none and it may.
pub(super) fn nats(may_install: bool) -> Result<Nats, DevError> {
    if let Some(program) = config::nats_server() {
        let version = version(&program);
        let missing = || DevError::Missing(format!("NATS_SERVER names {}, which is no nats-server", program.display()));
        return version.map(|version| Nats { program: program.clone(), version }).ok_or_else(missing);
    }
    find_or_install("nats-server", may_install, || {
        let folders = config::program_folders().into_iter().chain(NATS_PLACES.map(PathBuf::from));
        let mut programs = folders.map(|folder| folder.join("nats-server"));
        programs.find_map(|program| version(&program).map(|version| Nats { program, version }))
    })
}

fn find_postgres() -> Vec<Postgres> {
    let mut folders = config::program_folders();
    for (above, below) in POSTGRES_PLACES {
        let Ok(entries) = fs::read_dir(above) else {
            continue;
        };
        let versions = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with(|c: char| c.is_ascii_digit()) || name.starts_with("postgres") || name.starts_with("pgsql-")
        });
        folders.extend(versions.map(|path| path.join(below)));
    }
    let mut found: Vec<Postgres> = folders
        .into_iter()
        .filter(|folder| folder.join("initdb").exists())
        .filter_map(|folder| version(&folder.join("postgres")).map(|version| Postgres { folder, version }))
        .filter(|postgres| postgres.version.major >= OLDEST_POSTGRES)
        .collect();
    // Stable: of two of one version, the one on PATH comes first.
    found.sort_by_key(|postgres| std::cmp::Reverse(postgres.version));
    found
}

fn version(program: &Path) -> Option<Version> {
    if !program.is_file() {
        return None;
    }
    Version::find(&run(Command::new(program).arg("--version"), ANSWER).ok()?)
}

fn find_or_install<T>(package: &str, may_install: bool, find: impl Fn() -> Option<T>) -> Result<T, DevError> {
    static INSTALLING: Mutex<()> = Mutex::new(());
    if let Some(found) = find() {
        return Ok(found);
    }
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if may_install && let Some(prefix) = installer(is_root()?) {
        install(&prefix, package)?;
        if let Some(found) = find() {
            return Ok(found);
        }
    }
    Err(DevError::Missing(format!("{package} is not on this machine, or too old; {ADVICE}")))
}

/// How to run Debian's installer here, if at all: as root, or by a `sudo` that asks no password.
fn installer(root: bool) -> Option<Vec<&'static str>> {
    let has = |name: &str| config::program_folders().iter().any(|folder| folder.join(name).is_file());
    if !has("apt-get") {
        return None;
    }
    if root {
        return Some(vec!["env"]);
    }
    let may = has("sudo") && run(Command::new("sudo").args(["-n", "true"]), ANSWER).is_ok();
    may.then(|| vec!["sudo", "-n", "env"])
}

/// Installs a package, without starting its service: systemd and the older init are each told, for this command only,
/// that now is not the time. Nothing is written below `/etc` but what the package itself brings; Debian's own (stopped)
/// cluster `main` stays as the package makes it.
fn install(prefix: &[&str], package: &str) -> Result<(), DevError> {
    tracing::info!(package, "installing with apt-get");
    let settings = ["DEBIAN_FRONTEND=noninteractive", "SYSTEMD_OFFLINE=1", "RUNLEVEL=1"];
    let get = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q", "-y"];
    let commands = [vec!["update"], vec!["install", "--no-install-recommends", package]];
    for command in commands {
        let words = prefix.iter().chain(&settings).chain(&get).chain(&command);
        let words: Vec<&str> = words.copied().collect();
        run(Command::new(words[0]).args(&words[1..]), INSTALLING)?;
    }
    Ok(())
}

/// The first line of a file, without the space around it; none where there is no such file.
pub(super) fn first_line(path: &Path) -> Result<Option<String>, DevError> {
    use std::io::{BufRead as _, BufReader, ErrorKind};
    let shown = path.display();
    match File::open(path) {
        Ok(file) => {
            let mut line = String::new();
            BufReader::new(file).read_line(&mut line).map_err(cannot(format!("read {shown}")))?;
            Ok(Some(line.trim().to_owned()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot(format!("open {shown}"))(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_to_install_where_it_may_not() {
        let refused = find_or_install("postgresql", false, || None::<()>).unwrap_err().to_string();
        for words in ["apt-get install postgresql nats-server", "dnf install", "brew install", "NATS_SERVER"] {
            assert!(refused.contains(words), "{refused}");
        }
    }

    #[test]
    fn finds_what_is_there_without_installing() {
        assert_eq!(find_or_install("postgresql", false, || Some(7)).unwrap(), 7);
    }

    #[test]
    fn a_missing_or_foreign_program_has_no_version() {
        assert_eq!(version(Path::new("/nowhere/postgres")), None);
        assert_eq!(version(Path::new("/bin/false")), None);
    }
}
