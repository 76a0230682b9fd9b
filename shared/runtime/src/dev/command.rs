//! Short commands, bounded in time, and what can be asked about other processes.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{DevError, cannot};
use crate::ids;

/// How often something that is waited for is looked at.
pub(super) const LOOK: Duration = Duration::from_millis(10);

/// Runs a command to its end and returns what it wrote (output and errors together). Errors: it cannot be started, it
/// fails, or it is not done within `limit`, in which case it is killed.
pub(super) fn run(command: &mut Command, limit: Duration) -> Result<String, DevError> {
    let program = command.get_program().to_string_lossy().into_owned();
    // A file, not a pipe: a pipe would keep us waiting for whatever the command leaves behind.
    let path = std::env::temp_dir().join(format!("verband-output-{}", ids::id().simple()));
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
    let file = file.map_err(cannot(format!("make {}", path.display())))?;
    let twin = file.try_clone().map_err(cannot("share a file"))?;
    let done = command
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(twin)
        .spawn()
        .and_then(|mut child| {
            let deadline = Instant::now() + limit;
            loop {
                if let Some(status) = child.try_wait()? {
                    return Ok(Some(status));
                }
                if Instant::now() > deadline {
                    child.kill()?;
                    child.wait()?;
                    return Ok(None);
                }
                sleep(LOOK);
            }
        })
        .map_err(cannot(format!("run {program}")));
    let output = fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let removed = fs::remove_file(&path);
    let status = done?;
    let output = output.map_err(cannot(format!("read what {program} wrote")))?;
    removed.map_err(cannot(format!("remove {}", path.display())))?;
    match status {
        Some(status) if status.success() => Ok(output),
        Some(status) => Err(DevError::Command { program, how: format!("failed ({status})"), output: tail(&output) }),
        None => {
            let how = format!("was not done within {} s", limit.as_secs());
            Err(DevError::Command { program, how, output: tail(&output) })
        }
    }
}

/// The last lines of a text.
pub(super) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

/// The last lines of a log; what is wrong with the log where it cannot be read.
pub(super) fn log_tail(path: &Path) -> String {
    match fs::read(path) {
        Ok(bytes) => tail(&String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(8192)..])),
        Err(error) => format!("(cannot read {}: {error})", path.display()),
    }
}

/// Whether process `pid` is alive.
pub(super) fn exists(pid: u32) -> bool {
    name(pid).is_some()
}

/// Whether process `pid` is alive and runs the program `program`: the number alone may have gone to another program.
pub(super) fn runs(pid: u32, program: &str) -> bool {
    // The system may have cut the name short.
    name(pid).is_some_and(|name| !name.is_empty() && program.starts_with(&name))
}

/// The program of a process that is alive. One that ended and was not yet taken leave of (state Z) is not.
fn name(pid: u32) -> Option<String> {
    if Path::new("/proc/self/stat").exists() {
        // Linux: `pid (name) state …`, and a name may hold brackets itself.
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (head, rest) = stat.rsplit_once(") ")?;
        let (_, name) = head.split_once('(')?;
        return (!rest.starts_with('Z')).then(|| name.to_owned());
    }
    let mut ps = Command::new("ps");
    ps.args(["-o", "stat=", "-o", "comm=", "-p", &pid.to_string()]);
    let line = run(&mut ps, Duration::from_secs(5)).ok()?;
    let (state, path) = line.trim().split_once(char::is_whitespace)?;
    (!state.starts_with('Z')).then(|| path.trim().rsplit('/').next().unwrap_or_default().to_owned())
}

/// Sends a signal by name. By the shell's own `kill`, which every machine has. Errors: no such process, or no right.
pub(super) fn signal(pid: u32, signal: &str) -> Result<(), DevError> {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", r#"kill -s "$1" "$2""#, "sh", signal, &pid.to_string()]);
    run(&mut shell, Duration::from_secs(5)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn returns_what_a_command_wrote() {
        let limit = Duration::from_secs(5);
        assert_eq!(run(&mut shell("echo one; echo two >&2"), limit).unwrap(), "one\ntwo\n");
        let failed = run(&mut shell("echo because; exit 3"), limit).unwrap_err().to_string();
        assert!(failed.contains("because") && failed.contains('3'), "{failed}");
    }

    #[test]
    fn ends_a_command_that_takes_too_long() {
        let begun = Instant::now();
        assert!(matches!(run(&mut shell("sleep 60"), Duration::from_millis(50)), Err(DevError::Command { .. })));
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn knows_a_process_by_number_and_name() {
        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        assert!(runs(child.id(), "sleep"));
        assert!(!runs(child.id(), "postgres"));
        signal(child.id(), "KILL").unwrap();
        child.wait().unwrap();
        assert!(!runs(child.id(), "sleep"));
    }
}
