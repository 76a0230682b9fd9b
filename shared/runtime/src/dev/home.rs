//! The folder of a private server: who owns it, where it can be, and that only one process uses it.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use aws_lc_rs::digest;

use super::account::Account;
use super::command::run;
use super::{DevError, cannot};
use crate::ids;

/// The file that says a folder is a private server's, and that is locked while it is used.
const LOCK: &str = "lock";

/// A folder with mode 0700 that this process alone uses.
#[derive(Debug)]
pub(super) struct Home {
    /// Where it is: not always where it was wanted.
    pub folder: PathBuf,
    /// The server's owner, where that is not the owner of this process.
    pub account: Option<Account>,
    /// Held for as long as the folder is used; the system lets go of it when the process ends, however it ends.
    _lock: File,
}

impl Home {
    /// Takes the folder `wanted`, making it where needed. Where the account cannot get there (a checkout below `/root`),
    /// takes one in `/var/tmp` whose name is derived from `wanted`. Errors: it is in use, or is something else's.
    pub(super) fn open(wanted: &Path, account: Option<Account>) -> Result<Self, DevError> {
        let wanted = std::path::absolute(wanted).map_err(cannot(format!("find {}", wanted.display())))?;
        let made = fs::create_dir_all(&wanted);
        made.map_err(cannot(format!("make {}", wanted.display())))?;
        let folder = match account {
            Some(account) if !can_enter(&wanted, account) => elsewhere(&wanted, account)?,
            _ => wanted,
        };
        let lock = claim(&folder, account)?;
        Ok(Self { folder, account, _lock: lock })
    }

    /// A new folder for a server that leaves nothing behind: on the disk where what it writes must be durable, and otherwise
    /// in memory where there is room for that.
    pub(super) fn temporary_path(server: &str, durable: bool) -> PathBuf {
        let memory = Path::new("/dev/shm");
        let parent = if !durable && has_room(memory) { memory.to_owned() } else { std::env::temp_dir() };
        parent.join(format!("verband-{server}-{}", ids::id().simple()))
    }

    /// Makes a folder of the server's own below this one, or elsewhere.
    pub(super) fn make(&self, folder: &Path) -> Result<(), DevError> {
        make_private(folder, self.account)
    }
}

/// Makes a folder with mode 0700 for the account, or takes one that is exactly that.
fn make_private(folder: &Path, account: Option<Account>) -> Result<(), DevError> {
    let shown = folder.display();
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            return Err(cannot(format!("make {shown}"))(error));
        }
        _ => {}
    }
    // Not following links: a folder in /tmp may have been put there by somebody else.
    let found = fs::symlink_metadata(folder).map_err(cannot(format!("look at {shown}")))?;
    let not_ours = |why| Err(DevError::NotOurs { folder: folder.to_path_buf(), why });
    if !found.is_dir() {
        return not_ours("it is not a folder");
    }
    if let Some(account) = account {
        if found.uid() != 0 && found.uid() != account.uid {
            return not_ours("it belongs to another user");
        }
        chown(folder, Some(account.uid), Some(account.gid)).map_err(cannot(format!("give {shown} to postgres")))?;
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(cannot(format!("close {shown} to others")))
}

fn claim(folder: &Path, account: Option<Account>) -> Result<File, DevError> {
    let shown = folder.display();
    let path = folder.join(LOCK);
    let mut entries = fs::read_dir(folder).map_err(cannot(format!("read {shown}")))?;
    if entries.next().is_some() && !path.exists() {
        let why = "it holds other things";
        return Err(DevError::NotOurs { folder: folder.to_path_buf(), why });
    }
    make_private(folder, account)?;
    let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let lock = lock.map_err(cannot(format!("open {}", path.display())))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => Err(DevError::InUse { folder: folder.to_path_buf(), pid: None }),
        Err(fs::TryLockError::Error(error)) => Err(cannot(format!("lock {}", path.display()))(error)),
    }
}

/// Whether the account can reach the folder at all; its owner is set later.
fn can_enter(folder: &Path, account: Account) -> bool {
    let Some(parent) = folder.parent() else {
        return false;
    };
    let mut test = Command::new("/bin/sh");
    test.args(["-c", r#"test -x "$1""#, "sh"]).arg(parent).current_dir("/");
    account.apply(&mut test);
    run(&mut test, Duration::from_secs(5)).is_ok()
}

fn elsewhere(wanted: &Path, account: Account) -> Result<PathBuf, DevError> {
    let var = Path::new("/var/tmp");
    let parent = if var.is_dir() { var.to_path_buf() } else { std::env::temp_dir() };
    let folder = parent.join(format!("verband-{}", short_name(wanted)));
    make_private(&folder, Some(account))?;
    Ok(folder)
}

/// 16 characters that stand for a path: the same for the same path, now and later.
pub(super) fn short_name(path: &Path) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;
    let hash = digest::digest(&digest::SHA256, path.as_os_str().as_bytes());
    hash.as_ref()[..8].iter().fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}

/// Whether 2 GiB are free there: a few hundred small databases.
fn has_room(folder: &Path) -> bool {
    let mut df = Command::new("df");
    df.arg("-Pk").arg(folder);
    let Ok(table) = run(&mut df, Duration::from_secs(5)) else {
        return false;
    };
    let free = table.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    free.is_some_and(|kib| kib >= 2 * 1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dev::Scratch;

    #[test]
    fn one_process_uses_a_folder_at_a_time() {
        let scratch = Scratch::new("home").unwrap();
        let folder = scratch.path().join("server");
        let held = Home::open(&folder, None).unwrap();
        assert!(matches!(Home::open(&folder, None), Err(DevError::InUse { .. })));
        assert_eq!(fs::metadata(&held.folder).unwrap().mode() & 0o7777, 0o700);
        drop(held);
        Home::open(&folder, None).unwrap();
    }

    #[test]
    fn leaves_a_folder_alone_that_holds_other_things() {
        let scratch = Scratch::new("home").unwrap();
        fs::write(scratch.path().join("diary"), "mine").unwrap();
        let refused = Home::open(scratch.path(), None).unwrap_err();
        assert!(matches!(refused, DevError::NotOurs { .. }));
        assert_eq!(fs::metadata(scratch.path()).unwrap().mode() & 0o7777, 0o755);
    }

    #[test]
    fn goes_elsewhere_where_the_account_cannot_get() {
        let Ok(Some(account)) = Account::for_postgres() else {
            return;
        };
        let scratch = Scratch::new("home").unwrap();
        fs::set_permissions(scratch.path(), Permissions::from_mode(0o700)).unwrap();
        let home = Home::open(&scratch.path().join("server"), Some(account)).unwrap();
        assert!(!home.folder.starts_with(scratch.path()));
        assert_eq!(fs::metadata(&home.folder).unwrap().uid(), account.uid);
        fs::remove_dir_all(&home.folder).unwrap();
    }
}
