//! Kinds of authority over a child (gezag): joint, sole, guardianship and so on.
//!
//! Invariant: an [`Authority`] is in `code-lists/authorities.toml`. The population register (BRP) knows fewer kinds than the
//! law: several kinds may have one name there, and the register's name alone does not tell which it is.

use serde::{Deserialize, Serialize};

use crate::code_list::coded;

coded! {
    /// A kind of authority over a child.
    Authority(AuthorityRow) in "../code-lists/authorities.toml" {
        register: String,
        arises_by: Vec<AuthorityOrigin>,
        parents_hold: u8,
    }
    AuthorityError, "authority.unknown",
    "not a kind of authority: use a code from the list of authorities, such as `joint-parental`"
}

/// How authority arises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityOrigin {
    /// By birth, marriage, recognition or death, without anybody deciding.
    Law,
    /// By an entry in the register of authority (gezagsregister).
    Registration,
    /// By a decision of a court.
    Court,
}

impl Authority {
    /// The name of the kind in the answers of the population register, such as `EenhoofdigOuderlijkGezag`.
    pub fn register_name(self) -> &'static str {
        &self.0.row().register
    }

    /// The kinds that have this name in the population register.
    pub fn in_register(name: &str) -> impl Iterator<Item = Self> {
        Self::all().filter(move |one| one.register_name() == name)
    }

    /// How it can arise.
    pub fn arises_by(self) -> &'static [AuthorityOrigin] {
        &self.0.row().arises_by
    }

    /// How many of the parents have authority by it at most.
    pub fn parents_hold(self) -> u8 {
        self.0.row().parents_hold
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        Authority::assert_sound();
        for one in Authority::all() {
            assert!(!one.register_name().is_empty() && !one.arises_by().is_empty() && one.parents_hold() <= 2, "{one}");
        }
    }

    #[test]
    fn the_register_tells_guardianships_apart_no_further() {
        assert_eq!(Authority::in_register("Voogdij").count(), 4);
        let sole: Vec<Authority> = Authority::in_register("EenhoofdigOuderlijkGezag").collect();
        assert_eq!(sole, [Authority::parse("sole-parental").unwrap()]);
        assert_eq!(sole[0].parents_hold(), 1);
        assert_eq!(Authority::in_register("").count(), 0);
    }
}
