//! Roles: what a party is in a case, and what it is to the family.
//!
//! Invariants: a [`Role`] is in `code-lists/roles.toml`; who appears only because of their work is never linkable, so that a
//! lawyer or an institution shared by two cases never links them. One person may have several roles in one case.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::code_list::{self, Coded, Entry, Row};
use crate::jurisdiction::Jurisdiction;
use crate::lang::Lang;

static ROLES: LazyLock<Vec<RoleRow>> = LazyLock::new(|| code_list::embedded(include_str!("../code-lists/roles.toml")));

#[derive(Deserialize)]
struct RoleRow {
    #[serde(flatten)]
    entry: Entry,
    /// The Dutch term of the law or of daily practice.
    term: String,
    linkable: bool,
    group: RoleGroup,
    jurisdictions: Vec<Jurisdiction>,
}

impl Row for RoleRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// What roles have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleGroup {
    /// A grown-up whose family life the case is about.
    AdultParty,
    /// A child whom the case is about, or who saw what it is about.
    Minor,
    /// Suspected, co-suspected or convicted.
    Accused,
    /// Harmed by the offence, or left behind by who was.
    Victim,
    /// In the case, though it is not about them.
    Other,
    /// In the case because of their work.
    Professional,
}

/// A role of a party in a case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Role(Coded<RoleRow>);

/// A code that names no role or capacity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleError {
    /// Not in the list of roles.
    #[error("not a role: use a code from the list of roles, such as `petitioner`")]
    Unknown,
    /// Not a capacity.
    #[error("not a capacity: use `mother`, `father`, `parent`, `child`, `partner` or `other`")]
    Capacity,
}

impl RoleError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "role.unknown",
            Self::Capacity => "capacity.unknown",
        }
    }
}

impl Role {
    /// The role of a code, such as `petitioner`.
    ///
    /// # Errors
    /// When the list has no such role.
    pub fn parse(text: &str) -> Result<Self, RoleError> {
        Coded::find(&ROLES, text).map(Self).ok_or(RoleError::Unknown)
    }

    /// Every role, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        Coded::all(&ROLES).map(Self)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Whether who has this role may link one case with another.
    pub fn is_linkable(self) -> bool {
        self.0.row().linkable
    }

    /// Whether somebody in these roles links cases: in none as a professional, whatever else they are.
    pub fn link(roles: &BTreeSet<Self>) -> bool {
        roles.iter().any(|role| role.is_linkable()) && roles.iter().all(|role| role.group() != RoleGroup::Professional)
    }

    /// Whether somebody can have this role beside another of the same case, so that a case may hold two records of one person: a
    /// victim who claims damages, a parent who represents the child.
    pub fn stands_beside(self) -> bool {
        matches!(
            self.code(),
            "special-guardian" | "legal-representative" | "injured-party" | "non-parent-with-authority"
        )
    }

    /// What it has in common with other roles.
    pub fn group(self) -> RoleGroup {
        self.0.row().group
    }

    /// Where the role occurs.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// The Dutch legal term, such as `verzoeker`.
    pub fn term(self) -> &'static str {
        &self.0.row().term
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label(lang)
    }
}

impl fmt::Debug for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Role {
    type Error = RoleError;

    fn try_from(text: String) -> Result<Self, RoleError> {
        Self::parse(&text)
    }
}

impl From<Role> for String {
    fn from(role: Role) -> Self {
        role.code().to_owned()
    }
}

/// What a party is to the family, beside the role in the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Capacity {
    /// Mother.
    Mother,
    /// Father.
    Father,
    /// A parent, without saying which.
    Parent,
    /// Child.
    Child,
    /// Husband, wife or partner, now or before.
    Partner,
    /// Something else.
    Other,
}

impl Capacity {
    /// Every capacity.
    pub const ALL: [Self; 6] = [Self::Mother, Self::Father, Self::Parent, Self::Child, Self::Partner, Self::Other];

    /// The word in facts and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Father => "father",
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Partner => "partner",
            Self::Other => "other",
        }
    }

    /// The capacity of a word.
    ///
    /// # Errors
    /// When the word is not exactly one of the six.
    pub fn parse(text: &str) -> Result<Self, RoleError> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(RoleError::Capacity)
    }

    /// What people read, such as `moeder`.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (_, Lang::En) => self.as_str(),
            (Self::Mother, Lang::Nl) => "moeder",
            (Self::Father, Lang::Nl) => "vader",
            (Self::Parent, Lang::Nl) => "ouder",
            (Self::Child, Lang::Nl) => "kind",
            (Self::Partner, Lang::Nl) => "partner",
            (Self::Other, Lang::Nl) => "anders",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(code: &str) -> Role {
        Role::parse(code).unwrap()
    }

    #[test]
    fn the_list_is_sound() {
        assert_eq!(code_list::faults(&ROLES), Vec::<String>::new());
        for role in Role::all() {
            assert!(!role.term().trim().is_empty(), "{role} has no Dutch term");
            assert!(!role.jurisdictions().is_empty(), "{role} occurs nowhere");
        }
    }

    #[test]
    fn who_is_there_for_work_never_links() {
        for role in Role::all().filter(|role| role.group() == RoleGroup::Professional) {
            assert!(!role.is_linkable(), "{role} would link cases");
        }
        for code in ["lawyer", "child-protection-board", "police", "interpreter", "judge", "guardianship-institution"] {
            assert_eq!(role(code).group(), RoleGroup::Professional);
        }
    }

    #[test]
    fn only_professionals_informants_and_bystanders_do_not_link() {
        let others: Vec<&str> = Role::all()
            .filter(|role| !role.is_linkable() && role.group() != RoleGroup::Professional)
            .map(Role::code)
            .collect();
        assert_eq!(others, ["informant", "witness"]);
    }

    #[test]
    fn roles_stand_in_their_group() {
        for (code, group) in [
            ("petitioner", RoleGroup::AdultParty),
            ("minor", RoleGroup::Minor),
            ("child-witness", RoleGroup::Minor),
            ("suspect", RoleGroup::Accused),
            ("victim", RoleGroup::Victim),
            ("complainant", RoleGroup::Other),
            ("legal-representative", RoleGroup::Other),
        ] {
            assert_eq!(role(code).group(), group, "{code}");
        }
        assert_eq!(role("suspect").jurisdictions(), [Jurisdiction::Criminal]);
    }

    #[test]
    fn roles_of_a_ban_stand_where_it_is_heard() {
        for code in ["removed-person", "remaining-resident", "involved-minor"] {
            assert_eq!(role(code).jurisdictions(), [Jurisdiction::Huisverbod], "{code}");
            assert!(role(code).is_linkable(), "{code}");
        }
        assert_eq!(role("defendant").jurisdictions(), [Jurisdiction::CivilBan]);
        assert!(!role("respondent").jurisdictions().contains(&Jurisdiction::Huisverbod), "there it is the mayor");
        for jurisdiction in Jurisdiction::ALL {
            for code in ["lawyer", "interpreter", "judge", "clerk", "legal-representative"] {
                assert!(role(code).jurisdictions().contains(&jurisdiction), "{code} in {jurisdiction:?}");
            }
        }
    }

    #[test]
    fn codes_and_json_lead_back_to_the_role() {
        for role in Role::all() {
            let json = serde_json::to_string(&role).unwrap();
            assert_eq!(serde_json::from_str::<Role>(&json).unwrap(), role);
        }
        for capacity in Capacity::ALL {
            assert_eq!(Capacity::parse(capacity.as_str()), Ok(capacity));
            assert_eq!(serde_json::to_value(capacity).unwrap(), capacity.as_str());
        }
        assert_eq!(Capacity::Father.label(Lang::Nl), "vader");
    }

    #[test]
    fn what_is_not_in_the_list_is_refused() {
        assert_eq!(Role::parse("verzoeker").unwrap_err().code(), "role.unknown");
        assert_eq!(Capacity::parse("moeder").unwrap_err().code(), "capacity.unknown");
        assert!(serde_json::from_str::<Role>("\"Petitioner\"").is_err());
    }
}
