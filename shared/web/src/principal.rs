//! Who calls, and in which roles.

use std::collections::BTreeSet;
use std::fmt;

use crate::problem::Problem;

/// What a person or system may do. Roles come from the identity provider; a role it names and we do not know is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads alerts of the cases assigned to them.
    Judge,
    /// Works for a judge.
    Clerk,
    /// Decides on doubtful matches.
    Steward,
    /// Reads who did what.
    Auditor,
    /// A court's system that publishes case events.
    Publisher,
    /// Runs the system.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] =
        [Self::Judge, Self::Clerk, Self::Steward, Self::Auditor, Self::Publisher, Self::Operator];

    /// Name in the `roles` claim and in the session table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Judge => "judge",
            Self::Clerk => "clerk",
            Self::Steward => "steward",
            Self::Auditor => "auditor",
            Self::Publisher => "publisher",
            Self::Operator => "operator",
        }
    }

    /// The role of this name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// The identity provider's identifier of a person or system (claim `sub`): 1 to 255 printable ASCII characters.
/// Not shown by `Debug`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(String);

/// The identifier is empty, longer than 255 characters, or holds something else than printable ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a subject identifier")]
pub struct NotASubject;

impl Subject {
    /// Reads an identifier (OIDC Core §2: at most 255 ASCII characters).
    pub fn parse(text: &str) -> Result<Self, NotASubject> {
        let fits = (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotASubject) }
    }

    /// The identifier as the provider wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subject(…)")
    }
}

/// A caller who is known. Take it as an argument of a handler; without an accepted credential the answer is then 401.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub subject: Subject,
    /// In which roles.
    pub roles: BTreeSet<Role>,
    /// The pools that a steward's work is confined to: a court, as `RBROT`, or what it has of one jurisdiction, as `RBROT/family`.
    /// Nothing where it is confined to none.
    pub pools: Option<BTreeSet<String>>,
}

/// What stands between the role and the pool that it is confined to, as the provider names the two: `steward@RBROT/family`.
const CONFINED: &str = "steward@";

impl Principal {
    /// Puts a caller together from what the provider or the session table says; unknown role names are ignored.
    pub fn new<N: AsRef<str>>(subject: Subject, roles: impl IntoIterator<Item = N>) -> Self {
        let (mut known, mut pools) = (BTreeSet::new(), BTreeSet::new());
        for name in roles {
            known.extend(Role::named(name.as_ref()));
            pools.extend(name.as_ref().strip_prefix(CONFINED).filter(|pool| !pool.is_empty()).map(str::to_owned));
        }
        // Who is a steward everywhere is confined to nothing.
        let pools = (!known.contains(&Role::Steward) && !pools.is_empty()).then_some(pools);
        known.extend(pools.as_ref().map(|_| Role::Steward));
        Self { subject, roles: known, pools }
    }

    /// The roles by the names under which [`Principal::new`] knows them.
    pub(crate) fn role_names(&self) -> Vec<String> {
        let confined = |role: &Role| *role == Role::Steward && self.pools.is_some();
        let names = self.roles.iter().filter(|role| !confined(role)).map(|role| role.name().to_owned());
        names.chain(self.pools.iter().flatten().map(|pool| format!("{CONFINED}{pool}"))).collect()
    }

    /// Whether the caller has this role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Refuses with 403 unless the caller has this role.
    pub fn require(&self, role: Role) -> Result<(), Problem> {
        self.require_any(&[role])
    }

    /// Refuses with 403 unless the caller has one of these roles.
    pub fn require_any(&self, roles: &[Role]) -> Result<(), Problem> {
        if roles.iter().any(|role| self.has(*role)) {
            return Ok(());
        }
        let wanted = roles.first().map_or("none", |role| role.name());
        metrics::counter!("authorization_refusals_total", "role" => wanted).increment(1);
        tracing::warn!(role = wanted, "a caller lacks the role");
        Err(Problem::forbidden())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_roles_are_ignored() {
        let principal = Principal::new(Subject::parse("u-1").unwrap(), ["judge", "Judge", "root", "steward"]);
        assert_eq!(principal.roles, BTreeSet::from([Role::Judge, Role::Steward]));
        assert_eq!(principal.require(Role::Judge), Ok(()));
        assert_eq!(principal.require_any(&[Role::Auditor, Role::Steward]), Ok(()));
        assert_eq!(principal.require(Role::Auditor), Err(Problem::forbidden()));
        assert_eq!(principal.require_any(&[]), Err(Problem::forbidden()));
    }

    #[test]
    fn a_steward_of_pools_is_confined_to_them_unless_a_steward_everywhere() {
        let of = |roles: &[&str]| Principal::new(Subject::parse("u-1").unwrap(), roles);
        let confined = of(&["steward@RBROT", "steward@RBAMS/family", "auditor"]);
        assert_eq!(confined.roles, BTreeSet::from([Role::Steward, Role::Auditor]));
        assert_eq!(confined.pools, Some(["RBROT", "RBAMS/family"].map(str::to_owned).into()));
        assert_eq!(of(&["steward", "steward@RBROT"]).pools, None);
        assert_eq!(of(&["judge@RBROT", "steward@"]).roles, BTreeSet::new(), "no other role is confined so");
        for caller in [confined, of(&["steward"]), of(&["judge", "clerk"])] {
            assert_eq!(Principal::new(caller.subject.clone(), caller.role_names()), caller);
        }
    }

    #[test]
    fn a_role_reads_back() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
    }

    #[test]
    fn a_subject_is_short_printable_and_not_shown() {
        assert_eq!(format!("{:?}", Subject::parse("u-1").unwrap()), "Subject(…)");
        for bad in ["", "a\nb", "é", &"x".repeat(256)] {
            assert_eq!(Subject::parse(bad), Err(NotASubject));
        }
    }
}
