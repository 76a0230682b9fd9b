//! A private nats-server with `JetStream`: loopback only, a password that nobody knows, its files encrypted at rest.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::command::{LOOK, log_tail, runs};
use super::home::Home;
use super::programs::{self, Nats, first_line};
use super::version::Version;
use super::watched::{Launch, Watched};
use super::{DevError, cannot};
use crate::ids;

/// How long the server gets to be ready, reading its streams included.
const READY: Duration = Duration::from_mins(1);

/// How long a predecessor gets to end.
const PREDECESSOR: Duration = Duration::from_secs(20);

/// The largest message, in bytes: a case event is a few thousand.
const MAX_PAYLOAD: u32 = 256 * 1024;

/// The first version that can write every message to the disk before it acknowledges it and is recommended to.
const WRITES_BEFORE_ACKNOWLEDGING: Version = Version::new(2, 12, 0);

/// The name it is signed in with.
const USER: &str = "verband";

/// How a private nats-server is to be.
#[derive(Debug, Clone)]
pub struct NatsOptions {
    /// Its folder: made where needed, kept afterwards.
    pub folder: PathBuf,
    /// A fixed port, or any free one. A restart keeps the port.
    pub port: Option<u16>,
    /// Whether a message is on the disk when it is acknowledged, where the server's version can promise that.
    pub durable: bool,
    /// The folder goes when the process that started the server ends, however it ends.
    pub temporary: bool,
    /// Whether to install nats-server where the machine has none.
    pub may_install: bool,
    /// Users beside the house's own, in the server's notation: elements of a list.
    pub users: String,
}

impl NatsOptions {
    /// A server that keeps its streams, durably where it can, in `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            port: None,
            durable: true,
            temporary: false,
            may_install: true,
            users: String::new(),
        }
    }

    /// A fast server for a test run, that leaves nothing behind.
    pub fn temporary() -> Self {
        Self { durable: false, temporary: true, ..Self::new(Home::temporary_path("nats", false)) }
    }

    /// A server to be measured: it writes to the disk what it acknowledges, and leaves nothing behind.
    pub fn measured() -> Self {
        Self { temporary: true, ..Self::new(Home::temporary_path("nats", true)) }
    }
}

/// What an acknowledgement of the server is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// The message is on the disk: it survives a power cut.
    Written,
    /// The message is with the operating system: it survives a kill of the server, not a power cut.
    Received,
}

impl Durability {
    /// The promise in a sentence, for the log and the health page.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Written => "an acknowledged message survives a power cut",
            Self::Received => "an acknowledged message survives a crash of the server, but a power cut may lose it",
        }
    }
}

/// A running private nats-server; dropped, it stops.
#[derive(Debug)]
pub struct PrivateNats {
    options: NatsOptions,
    program: Nats,
    secret: Secret,
    port: u16,
    server: Option<Watched>,
    home: Home,
}

/// What the server's folder keeps to itself.
struct Secret {
    password: String,
    cipher_key: String,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl PrivateNats {
    /// Starts a server and waits until it answers. Errors: the program is missing, the folder is in use or unusable, or
    /// the server does not come up.
    pub fn start(options: NatsOptions) -> Result<Self, DevError> {
        let program = programs::nats(options.may_install)?;
        let home = Home::open(&options.folder, None)?;
        let secret = Secret::keep(&home.folder.join("secret"))?;
        let mut nats = Self { options, program, secret, port: 0, server: None, home };
        nats.launch()?;
        Ok(nats)
    }

    /// The server's address, with its password.
    pub fn url(&self) -> String {
        format!("nats://{USER}:{}@127.0.0.1:{}", self.secret.password, self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The server's folder.
    pub fn folder(&self) -> &Path {
        &self.home.folder
    }

    /// The server's log.
    pub fn log_file(&self) -> PathBuf {
        self.home.folder.join("server.log")
    }

    /// The server's process; none while it is stopped.
    pub fn pid(&self) -> Option<u32> {
        self.server.as_ref().map(Watched::pid)
    }

    /// The version of the server.
    pub fn version(&self) -> Version {
        self.program.version
    }

    /// What an acknowledgement of this server is worth.
    pub fn promises(&self) -> Durability {
        if self.options.durable && self.version() >= WRITES_BEFORE_ACKNOWLEDGING {
            Durability::Written
        } else {
            Durability::Received
        }
    }

    /// Stops it in good order.
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
        let deadline = Instant::now() + READY;
        self.wait_for_predecessor()?;
        let file = self.home.folder.join("nats.conf");
        write_private(&file, &self.configuration()?)?;
        let server = Watched::start(&Launch {
            program: &self.program.program,
            arguments: vec![OsString::from("-c"), file.into()],
            log: &self.log_file(),
            stop: "TERM",
            remove: self.options.temporary.then(|| self.home.folder.clone()),
            account: None,
        })?;
        write_private(&self.home.folder.join("server.pid"), &server.pid().to_string())?;
        loop {
            if let Some(port) = self.listening(&server)? {
                self.port = port;
                self.server = Some(server);
                return Ok(());
            }
            let how = if server.has_ended() {
                "ended while starting".to_owned()
            } else if Instant::now() > deadline {
                format!("was not ready within {} s", READY.as_secs())
            } else {
                sleep(LOOK);
                continue;
            };
            return Err(DevError::Server { server: "nats-server", how, log: log_tail(&self.log_file()) });
        }
    }

    /// The port, once the server answers on it with `JetStream`. It says the port in a file, because it may have chosen it.
    fn listening(&self, server: &Watched) -> Result<Option<u16>, DevError> {
        let name = self.program.program.file_name().unwrap_or_default().to_string_lossy();
        let file = self.home.folder.join(format!("{name}_{}.ports", server.pid()));
        let Ok(text) = fs::read_to_string(&file) else {
            return Ok(None);
        };
        // Half-written, it does not parse: then later.
        let Ok(ports) = serde_json::from_str::<serde_json::Value>(&text) else {
            return Ok(None);
        };
        let url = ports["nats"][0].as_str().unwrap_or_default();
        let Some(port) = url.rsplit(':').next().and_then(|port| port.parse().ok()) else {
            return Ok(None);
        };
        if !answers(port) {
            return Ok(None);
        }
        fs::remove_file(&file).map_err(cannot(format!("remove {}", file.display())))?;
        Ok(Some(port))
    }

    /// A server whose holder was killed is still stopping: waits for it.
    fn wait_for_predecessor(&self) -> Result<(), DevError> {
        let deadline = Instant::now() + PREDECESSOR;
        let name = self.program.program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let line = first_line(&self.home.folder.join("server.pid"))?;
        let Some(pid) = line.and_then(|line| line.parse().ok()) else {
            return Ok(());
        };
        while runs(pid, &name) {
            if Instant::now() > deadline {
                return Err(DevError::InUse { folder: self.home.folder.clone(), pid: Some(pid) });
            }
            sleep(LOOK);
        }
        Ok(())
    }

    fn configuration(&self) -> Result<String, DevError> {
        let folder = |name: &str| quoted(&self.home.folder.join(name));
        let port = match (self.port, self.options.port) {
            (0, None) => "-1".to_owned(),
            (0, Some(port)) | (port, _) => port.to_string(),
        };
        let mut text = format!(
            "server_name: \"verband-private\"\nlisten: \"127.0.0.1:{port}\"\nports_file_dir: {}\n\
             max_payload: {MAX_PAYLOAD}\n\
             authorization {{ users: [\n{{ user: \"{USER}\", password: \"{}\" }}\n{}] }}\n\
             jetstream {{\n  store_dir: {}\n  cipher: aes\n  key: \"{}\"\n",
            quoted(&self.home.folder)?,
            self.secret.password,
            self.options.users,
            folder("jetstream")?,
            self.secret.cipher_key,
        );
        if self.promises() == Durability::Written {
            text.push_str("  sync_interval: always\n");
        }
        text.push_str("}\n");
        Ok(text)
    }
}

impl Secret {
    /// Reads the password and the key of the files, made at the first time.
    fn keep(path: &Path) -> Result<Self, DevError> {
        if first_line(path)?.is_none() {
            let mut text = String::new();
            // Letters first: the server would read a bare number as a number.
            let _ = write!(text, "p{}\nk{}\n", ids::token()?, ids::token()?);
            let half = path.with_extension("new");
            write_private(&half, &text)?;
            fs::rename(&half, path).map_err(cannot(format!("make {}", path.display())))?;
        }
        let text = fs::read_to_string(path).map_err(cannot(format!("read {}", path.display())))?;
        let mut lines = text.lines().map(str::to_owned);
        match (lines.next(), lines.next()) {
            (Some(password), Some(cipher_key)) => Ok(Self { password, cipher_key }),
            _ => Err(DevError::NotOurs { folder: path.to_path_buf(), why: "its secret is incomplete" }),
        }
    }
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, text: &str) -> Result<(), DevError> {
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(cannot(format!("write {}", path.display())))
}

/// A path as a string of the server's configuration language.
fn quoted(path: &Path) -> Result<String, DevError> {
    let text = path.to_str().filter(|text| !text.contains(['"', '\\']) && !text.chars().any(char::is_control));
    let why = "its path has a character that nats-server's configuration cannot hold";
    text.map(|text| format!("\"{text}\"")).ok_or(DevError::NotOurs { folder: path.to_path_buf(), why })
}

/// Whether a nats-server with `JetStream` greets us there: its first line is `INFO {…}`.
fn answers(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let patience = Duration::from_secs(2);
    let Ok(stream) = TcpStream::connect_timeout(&address, patience) else {
        return false;
    };
    if stream.set_read_timeout(Some(patience)).is_err() {
        return false;
    }
    let mut line = String::new();
    let greeted = BufReader::new(stream.take(16 * 1024)).read_line(&mut line).is_ok();
    let info = line.strip_prefix("INFO ").and_then(|info| serde_json::from_str::<serde_json::Value>(info).ok());
    greeted && info.is_some_and(|info| info["jetstream"] == true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dev::Scratch;

    #[test]
    fn keeps_its_secret() {
        use std::os::unix::fs::MetadataExt as _;
        let scratch = Scratch::new("nats").unwrap();
        let path = scratch.path().join("secret");
        let (one, two) = (Secret::keep(&path).unwrap(), Secret::keep(&path).unwrap());
        assert_eq!((&one.password, &one.cipher_key), (&two.password, &two.cipher_key));
        assert_ne!(one.password, one.cipher_key);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
        assert_eq!(format!("{one:?}"), "Secret(…)");
    }

    #[test]
    fn a_path_cannot_smuggle_configuration_in() {
        assert_eq!(quoted(Path::new("/srv/a b")).unwrap(), "\"/srv/a b\"");
        assert!(quoted(Path::new("/srv/\"\nport: 1")).is_err());
    }
}
