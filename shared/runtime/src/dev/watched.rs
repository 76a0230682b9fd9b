//! A server that cannot outlive its holder.
//!
//! The holder keeps one end of a pipe. At the other end waits a small shell that is the server's parent: when the pipe
//! closes, because the holder let go or was killed, the shell stops the server, and kills it if it does not stop. The
//! pipe belongs to the process, not to a thread, so that it does not matter which thread started the server; and the
//! shell is a process group of its own, so that Ctrl-C in a terminal stops the services before their servers.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::account::Account;
use super::command::{LOOK, exists, signal};
use super::{DevError, cannot};
use crate::config;

/// `$1` signal that asks the server to stop, `$2` its log, `$3` a folder to remove at the end or nothing, then the server.
/// The word `stop` on the pipe means that the holder lives on and wants its folder again.
const WATCHDOG: &str = r#"
umask 077
signal=$1 log=$2 remove=$3
shift 3
exec 3<&0 </dev/null
"$@" >>"$log" 2>&1 3<&- &
server=$!
echo "$server"
exec >/dev/null
(
    read -r word <&3
    trap '' TERM
    kill -s "$signal" "$server"
    tries=0
    while kill -0 "$server" && [ "$tries" -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -s KILL "$server"
    [ "$word" = stop ] || exit 7
) 2>/dev/null &
guard=$!
wait "$server"
status=$?
kill -s TERM "$guard" 2>/dev/null
wait "$guard"
guarded=$?
if [ -n "$remove" ]; then
    # The server ended by itself: the guard was still waiting for the holder.
    if [ "$guarded" -gt 128 ] && read -r word <&3; then guarded=0; fi
    if [ "$guarded" -ne 0 ]; then rm -rf "$remove"; fi
fi
exit "$status"
"#;

/// Ten seconds of patience in the shell, and some for a slow machine.
const STOPPED: Duration = Duration::from_secs(20);

/// What to start.
pub(super) struct Launch<'a> {
    /// The program.
    pub program: &'a Path,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Where its output goes.
    pub log: &'a Path,
    /// The signal that asks it to stop in good order.
    pub stop: &'static str,
    /// A folder that goes with the server, unless it is only stopped.
    pub remove: Option<PathBuf>,
    /// Whom it runs as, where that is not the owner of this process.
    pub account: Option<Account>,
}

/// A running server and the pipe that keeps it alive.
#[derive(Debug)]
pub(super) struct Watched {
    shell: Child,
    pipe: Option<ChildStdin>,
    pid: u32,
}

impl Watched {
    /// Starts the server. It need not be ready yet.
    pub(super) fn start(launch: &Launch<'_>) -> Result<Self, DevError> {
        let program = launch.program.display().to_string();
        let path = std::env::join_paths(config::program_folders()).unwrap_or_default();
        let mut shell = Command::new("/bin/sh");
        shell
            .args(["-c", WATCHDOG, "verband-watchdog", launch.stop])
            .arg(launch.log)
            .arg(launch.remove.as_deref().unwrap_or(Path::new("")))
            .arg(launch.program)
            .args(&launch.arguments)
            // What the surroundings say about servers (PGPORT, PGDATA, …) is about other servers.
            .env_clear()
            .env("PATH", path)
            .env("LC_ALL", "C")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0);
        if let Some(account) = launch.account {
            account.apply(&mut shell);
        }
        let mut shell = shell.spawn().map_err(cannot(format!("start {program}")))?;
        let pipe = shell.stdin.take();
        let mut line = String::new();
        if let Some(output) = shell.stdout.take() {
            let read = BufReader::new(output).read_line(&mut line);
            read.map_err(cannot(format!("start {program}")))?;
        }
        let pid = line.trim().parse().map_err(std::io::Error::other);
        let pid = pid.map_err(cannot(format!("learn the process of {program}")))?;
        Ok(Self { shell, pipe, pid })
    }

    /// The server's process (not the shell's).
    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether the server has ended, by itself or otherwise.
    pub(super) fn has_ended(&self) -> bool {
        !exists(self.pid)
    }

    /// Asks the server to stop and waits until it has; its folder stays.
    pub(super) fn stop(&mut self) -> Result<(), DevError> {
        if let Some(mut pipe) = self.pipe.take() {
            // A shell that has ended reads no more: then there is nothing to stop.
            // Twice: the guard may take the first with it when its server has ended already, and the shell looks for one too.
            let _ = pipe.write_all(b"stop\nstop\n");
        }
        self.wait(STOPPED)
    }

    /// Ends the server at once, as a power cut would; its folder stays.
    pub(super) fn kill(&mut self) -> Result<(), DevError> {
        if !self.has_ended() {
            signal(self.pid, "KILL")?;
        }
        self.stop()
    }

    fn wait(&mut self, limit: Duration) -> Result<(), DevError> {
        let deadline = Instant::now() + limit;
        while self.shell.try_wait().map_err(cannot("look after a server"))?.is_none() {
            if Instant::now() > deadline {
                let how = format!("did not stop within {} s", limit.as_secs());
                return Err(DevError::Command { program: format!("process {}", self.pid), how, output: String::new() });
            }
            sleep(LOOK);
        }
        Ok(())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        drop(self.pipe.take());
        if let Err(error) = self.wait(STOPPED) {
            tracing::warn!(error = %error, "a private server stays behind");
        }
    }
}
