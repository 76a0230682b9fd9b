//! Whom `PostgreSQL` runs as: the one who started it, or `postgres` where that would be root.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::Duration;

use super::DevError;
use super::command::run;

/// A system user to run a program as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    /// Its user number.
    pub uid: u32,
    /// Its group number.
    pub gid: u32,
}

impl Account {
    /// The `postgres` user where this process is root, which `PostgreSQL` refuses; nobody else otherwise.
    /// Errors: this process is root and there is no such user.
    pub(super) fn for_postgres() -> Result<Option<Self>, DevError> {
        if !is_root()? {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        find(&users, "postgres").map(Some).ok_or(DevError::NoAccount)
    }

    /// Makes the command run as this user. Rust's `uid` also empties the list of supplementary groups, so that no group
    /// of root's remains.
    pub(super) fn apply(self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }
}

/// Whether this process may do anything.
pub(super) fn is_root() -> Result<bool, DevError> {
    Ok(run(Command::new("id").arg("-u"), Duration::from_secs(5))?.trim() == "0")
}

/// Looks a user up in the text of `/etc/passwd`: `name:x:uid:gid:…`.
fn find(users: &str, name: &str) -> Option<Account> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let found = fields.next()? == name;
        let (uid, gid) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
        found.then_some(Account { uid, gid })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_user() {
        let users = "root:x:0:0:root:/root:/bin/bash\nnonsense\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(find(users, "postgres"), Some(Account { uid: 101, gid: 104 }));
        assert_eq!(find(users, "post"), None);
    }

    #[test]
    fn nothing_of_root_remains() {
        let Ok(Some(account)) = Account::for_postgres() else {
            return;
        };
        let mut id = Command::new("id");
        account.apply(id.args(["-u"]).current_dir("/"));
        assert_eq!(run(&mut id, Duration::from_secs(5)).unwrap().trim(), account.uid.to_string());
        let mut groups = Command::new("id");
        account.apply(groups.args(["-G"]).current_dir("/"));
        assert_eq!(run(&mut groups, Duration::from_secs(5)).unwrap().trim(), account.gid.to_string());
    }
}
