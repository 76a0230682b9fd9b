//! A private `PostgreSQL`: its own data folder, a socket that nobody else can reach, nothing on the network.
//!
//! Invariants: never root; the data survive a kill; the log holds no statement and no row, so that it names nobody.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::account::Account;
use super::command::{LOOK, log_tail, run, runs};
use super::home::{Home, short_name};
use super::programs::{self, Postgres, first_line};
use super::version::Version;
use super::watched::{Launch, Watched};
use super::{DevError, cannot};

/// The port only names the socket file.
const PORT: u16 = 5432;

/// A socket's path must fit 107 bytes, `/.s.PGSQL.5432` and a lock's suffix included.
const LONGEST_SOCKET_FOLDER: usize = 85;

/// How long the server gets to be ready, recovery after a crash included.
const READY: Duration = Duration::from_mins(1);

/// How long a predecessor gets to end.
const PREDECESSOR: Duration = Duration::from_secs(20);

/// How a private `PostgreSQL` is to be.
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    /// Its folder: made where needed, kept afterwards.
    pub folder: PathBuf,
    /// Whether a commit is on the disk when it is acknowledged. Without that it survives a kill of the server, but not a
    /// power cut: enough for tests.
    pub durable: bool,
    /// The folder goes when the process that started the server ends, however it ends.
    pub temporary: bool,
    /// How many connections it takes.
    pub max_connections: u16,
    /// Memory for its cache of pages, in MiB.
    pub shared_buffers: u32,
    /// Further settings, as `name`, `value`.
    pub settings: Vec<(String, String)>,
    /// Whether to install `PostgreSQL` where the machine has none.
    pub may_install: bool,
}

impl PostgresOptions {
    /// A server that keeps its data, durably, in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            durable: true,
            temporary: false,
            max_connections: 200,
            shared_buffers: 128,
            settings: Vec::new(),
            may_install: true,
        }
    }

    /// A fast server for a test run, that leaves nothing behind.
    pub fn temporary() -> Self {
        Self { durable: false, temporary: true, ..Self::new(Home::temporary_path("postgres", false)) }
    }

    /// A server to be measured: it writes to the disk what it acknowledges, and leaves nothing behind.
    pub fn measured() -> Self {
        Self { temporary: true, ..Self::new(Home::temporary_path("postgres", true)) }
    }
}

/// A running private `PostgreSQL`; dropped, it stops. Its superuser is `postgres`; every role may connect without password,
/// because only its owner can reach the socket.
#[derive(Debug)]
pub struct PrivatePostgres {
    options: PostgresOptions,
    programs: Postgres,
    socket: PathBuf,
    server: Option<Watched>,
    home: Home,
}

impl PrivatePostgres {
    /// Starts a server and waits until it takes connections; makes its data folder at the first time, and recovers it
    /// after a crash. Errors: the programs are missing, the folder is in use or unusable, or the server does not come up.
    pub fn start(options: PostgresOptions) -> Result<Self, DevError> {
        let installed = programs::postgres(options.may_install)?;
        let home = Home::open(&options.folder, Account::for_postgres()?)?;
        let data = home.folder.join("data");
        let programs = match first_line(&data.join("PG_VERSION"))? {
            None => {
                let newest = installed.into_iter().next();
                let newest = newest.ok_or_else(|| DevError::Missing("no PostgreSQL".to_owned()))?;
                initialise(&home, &newest, options.durable)?;
                newest
            }
            Some(major) => {
                let major = major.parse().unwrap_or(0);
                let same = installed.into_iter().find(|programs| programs.version.major == major);
                same.ok_or(DevError::OtherVersion { folder: data, major })?
            }
        };
        let socket = socket_folder(&home.folder);
        let mut postgres = Self { options, programs, socket, server: None, home };
        postgres.launch()?;
        Ok(postgres)
    }

    /// The address of database `db` for `role`, in the form that sqlx takes.
    pub fn url(&self, db: &str, role: &str) -> String {
        let socket = encoded(&self.socket.to_string_lossy());
        format!("postgres://{}@localhost:{PORT}/{}?host={socket}", encoded(role), encoded(db))
    }

    /// The server's folder: elsewhere than asked for where the `postgres` user could not get there.
    pub fn folder(&self) -> &Path {
        &self.home.folder
    }

    /// The folder of the socket.
    pub fn socket_folder(&self) -> &Path {
        &self.socket
    }

    /// The server's log.
    pub fn log_file(&self) -> PathBuf {
        self.home.folder.join("server.log")
    }

    /// The server's process; none while it is stopped.
    pub fn pid(&self) -> Option<u32> {
        self.server.as_ref().map(Watched::pid)
    }

    /// The version of `PostgreSQL`.
    pub fn version(&self) -> Version {
        self.programs.version
    }

    /// Stops it in good order: connections are closed, what they had not committed is rolled back.
    pub fn stop(&mut self) -> Result<(), DevError> {
        self.server.take().map_or(Ok(()), |mut server| server.stop())
    }

    /// Ends it at once (SIGKILL), as a crash would.
    pub fn kill(&mut self) -> Result<(), DevError> {
        self.server.take().map_or(Ok(()), |mut server| server.kill())
    }

    /// Starts it again at the same address, after stopping it where it still runs.
    pub fn restart(&mut self) -> Result<(), DevError> {
        self.stop()?;
        self.launch()
    }

    fn launch(&mut self) -> Result<(), DevError> {
        self.home.make(&self.socket)?;
        let deadline = Instant::now() + READY;
        wait_for_predecessor(&self.home.folder)?;
        loop {
            let before = fs::metadata(self.log_file()).map_or(0, |log| log.len());
            let server = Watched::start(&Launch {
                program: &self.programs.folder.join("postgres"),
                arguments: self.arguments(),
                log: &self.log_file(),
                stop: "INT",
                remove: self.options.temporary.then(|| self.home.folder.clone()),
                account: self.home.account,
            })?;
            if self.wait_until_ready(&server, deadline)? {
                self.server = Some(server);
                return Ok(());
            }
            // After a kill, the server's own children need a moment to notice; until then it refuses to start.
            let said = fs::read(self.log_file()).unwrap_or_default();
            let said = String::from_utf8_lossy(said.get(usize::try_from(before).unwrap_or(0)..).unwrap_or_default());
            if !said.contains("pre-existing shared memory block") || Instant::now() > deadline {
                return Err(self.failed("ended while starting".to_owned()));
            }
            let mut server = server;
            server.stop()?;
            sleep(Duration::from_millis(100));
        }
    }

    /// Whether it became ready (true) or ended (false). Errors: neither, until the deadline.
    fn wait_until_ready(&self, server: &Watched, deadline: Instant) -> Result<bool, DevError> {
        let file = self.home.folder.join("data/postmaster.pid");
        let own = server.pid().to_string();
        loop {
            // The server keeps its state in the eighth line, for its own control program.
            let lines = fs::read_to_string(&file).unwrap_or_default();
            let mut lines = lines.lines();
            if lines.next() == Some(&own) && lines.nth(6).is_some_and(|state| state.starts_with("ready")) {
                return Ok(true);
            }
            if server.has_ended() {
                return Ok(false);
            }
            if Instant::now() > deadline {
                return Err(self.failed(format!("was not ready within {} s", READY.as_secs())));
            }
            sleep(LOOK);
        }
    }

    fn failed(&self, how: String) -> DevError {
        DevError::Server { server: "PostgreSQL", how, log: log_tail(&self.log_file()) }
    }

    fn arguments(&self) -> Vec<OsString> {
        let mut arguments: Vec<OsString> = vec!["-D".into(), self.home.folder.join("data").into()];
        let mut set = |name: &str, value: &dyn std::fmt::Display| {
            arguments.push("-c".into());
            arguments.push(format!("{name}={value}").into());
        };
        set("listen_addresses", &"");
        set("port", &PORT);
        set("unix_socket_directories", &self.socket.display());
        set("unix_socket_permissions", &"0700");
        set("max_connections", &self.options.max_connections);
        set("shared_buffers", &format!("{}MB", self.options.shared_buffers));
        // In its own folder, so that a kill leaves nothing in the system's shared memory.
        set("dynamic_shared_memory_type", &"mmap");
        set("timezone", &"UTC");
        set("jit", &"off");
        // A statement or a detail line could quote a row.
        set("log_error_verbosity", &"terse");
        set("log_min_error_statement", &"panic");
        if !self.options.durable {
            // Not `synchronous_commit`: without it a mere kill of the server would lose commits.
            for name in ["fsync", "full_page_writes"] {
                set(name, &"off");
            }
        }
        for (name, value) in &self.options.settings {
            set(name, value);
        }
        arguments
    }
}

/// Makes the data folder: beside its place first, so that a half-made one is never taken for whole.
fn initialise(home: &Home, programs: &Postgres, durable: bool) -> Result<(), DevError> {
    let (half, whole) = (home.folder.join("data.new"), home.folder.join("data"));
    for leftover in [&half, &whole] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).map_err(cannot(format!("remove {}", leftover.display())))?;
        }
    }
    let mut initdb = Command::new(programs.folder.join("initdb"));
    initdb.arg("-D").arg(&half).current_dir("/");
    // Order by bytes: the same on every machine.
    initdb.args(["-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale", "--data-checksums"]);
    if !durable {
        initdb.arg("--no-sync");
    }
    if let Some(account) = home.account {
        account.apply(&mut initdb);
    }
    run(&mut initdb, Duration::from_mins(2))?;
    fs::rename(&half, &whole).map_err(cannot(format!("make {}", whole.display())))
}

/// Where the socket goes: beside the data, or where that path is too long or too odd, to a short one.
fn socket_folder(folder: &Path) -> PathBuf {
    let beside = folder.join("socket");
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    let fits = beside.to_str().is_some_and(|path| path.len() <= LONGEST_SOCKET_FOLDER && path.chars().all(plain));
    if fits { beside } else { Path::new("/tmp").join(format!("verband-{}", short_name(&beside))) }
}

/// A server whose holder was killed is still stopping: waits for it. A process number that went to another program would
/// keep `PostgreSQL` from starting: the file that names it goes. Everything else `PostgreSQL` recovers itself.
fn wait_for_predecessor(folder: &Path) -> Result<(), DevError> {
    let file = folder.join("data/postmaster.pid");
    let deadline = Instant::now() + PREDECESSOR;
    while let Some(pid) = first_line(&file)?.and_then(|line| line.parse::<u32>().ok()) {
        if !runs(pid, "postgres") {
            if super::command::exists(pid) {
                fs::remove_file(&file).map_err(cannot(format!("remove {}", file.display())))?;
            }
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(DevError::InUse { folder: folder.to_path_buf(), pid: Some(pid) });
        }
        sleep(LOOK);
    }
    Ok(())
}

/// Escapes what has a meaning in a URL.
fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_path_always_fits() {
        assert_eq!(socket_folder(Path::new("/srv/verband")), Path::new("/srv/verband/socket"));
        for folder in [format!("/srv/{}", "deep/".repeat(30)), "/srv/a, b".to_owned()] {
            let socket = socket_folder(Path::new(&folder));
            assert!(socket.starts_with("/tmp") && socket.as_os_str().len() <= LONGEST_SOCKET_FOLDER);
            assert_eq!(socket, socket_folder(Path::new(&folder)));
        }
    }

    #[test]
    fn a_role_or_database_cannot_change_the_address() {
        assert_eq!(encoded("a b/c?d&host=é"), "a%20b/c%3Fd%26host%3D%C3%A9");
    }
}
