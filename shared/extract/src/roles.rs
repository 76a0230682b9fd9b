//! What the role of a record says about linking it.
//!
//! Roles are known by their code, by their Dutch term and by what they are called in Dutch or English; several roles of one
//! record are joined by a plus sign. A role that is not known says nothing: the record is linked as any other.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use domain::role::Role;

/// What extracts call roles that somebody can have who is a party of the case already, so that two records of one case may be
/// one person, beside the words of the list of roles. Who is a guardian in private has authority and is no parent.
const FURTHER_BESIDE: [&str; 4] = ["successor", "counter-claimant", "own-guardian", "eigen-voogd"];

/// Every word for such a role.
static BESIDE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let listed = Role::all().filter(|role| role.stands_beside()).flat_map(words);
    listed.chain(FURTHER_BESIDE.map(str::to_owned)).collect()
});

/// What extracts call those who are there for their work, beside the words of the list of roles.
const FURTHER: [&str; 26] = [
    "raadsvrouw",
    "ovj",
    "officier",
    "prosecutor",
    "gi",
    "instelling",
    "institution",
    "rvdk",
    "raad",
    "vt",
    "veilig-thuis-medewerker",
    "medewerker-veilig-thuis",
    "safe-at-home-worker",
    "verbalisant",
    "opsporingsambtenaar",
    "police-officer",
    "reporting-officer",
    "bijzonder-curator",
    "bc",
    "rechter-commissaris",
    "rechtspersoon",
    "legal-person",
    "legal-entity",
    "organisatie",
    "organisation",
    "organization",
];

/// Every word for a role that never leads from one case to another.
static NEVER: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let listed = Role::all().filter(|role| !role.is_linkable()).flat_map(words);
    listed.chain(FURTHER.map(str::to_owned)).collect()
});

/// What a role is called: by its code, in Dutch, in English, and in law, where one row may have two terms.
fn words(role: Role) -> Vec<String> {
    let labels = [role.code(), role.label(domain::lang::Lang::Nl), role.label(domain::lang::Lang::En)];
    labels.into_iter().chain(role.term().split(',')).map(folded).collect()
}

/// `Public prosecutor` and `public_prosecutor` are `public-prosecutor`.
fn folded(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '_'], "-")
}

fn roles(role: &str) -> impl Iterator<Item = String> {
    role.split('+').map(folded).filter(|role| !role.is_empty())
}

/// What follows from a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether somebody in this role may be a party of the case already.
    pub beside: bool,
    /// Whether it never leads from one case to another.
    pub never_links: bool,
}

/// What follows from the roles that were met: a file has few of them, in many rows.
#[derive(Default)]
pub(crate) struct Met(HashMap<Box<str>, Standing>);

/// So many are kept, should the column of the role hold something else.
const KEPT: usize = 1_000;

impl Met {
    /// What follows from a role.
    pub fn standing(&mut self, role: &str) -> Standing {
        if let Some(standing) = self.0.get(role) {
            return *standing;
        }
        let standing = Standing { beside: stands_beside(role), never_links: never_links(role) };
        if self.0.len() < KEPT {
            self.0.insert(role.into(), standing);
        }
        standing
    }
}

/// Whether somebody in this role may be a party of the case already.
fn stands_beside(role: &str) -> bool {
    roles(role).any(|role| BESIDE.contains(&role))
}

/// Whether this role never leads from one case to another, as that of who is there for their work. Who has another role as
/// well is linked for that one.
fn never_links(role: &str) -> bool {
    let mut roles = roles(role).peekable();
    roles.peek().is_some() && roles.all(|role| NEVER.contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_there_for_their_work_is_known_whatever_it_is_called() {
        for role in [
            "lawyer",
            "Advocaat",
            "raadsman",
            "public_prosecutor",
            "Officier van justitie",
            "OvJ",
            "judge",
            "griffier",
            "guardianship-institution",
            "GI",
            "RvdK",
            "Child Protection Board",
            "Veilig Thuis",
            "verbalisant",
            "tolk",
            "deskundige",
            "bijzondere curator",
            "rechtspersoon",
            "lawyer+interpreter",
        ] {
            assert!(never_links(role), "{role}");
        }
        for role in ["", " ", "+", "suspect", "minor", "voogd", "lawyer+petitioner", "something else"] {
            assert!(!never_links(role), "{role}");
        }
    }

    #[test]
    fn no_role_that_links_is_called_as_one_that_does_not() {
        for role in Role::all().filter(|role| role.is_linkable()) {
            assert!(words(role).iter().all(|word| !NEVER.contains(word)), "{role}");
        }
    }

    #[test]
    fn who_may_be_a_party_already_is_known() {
        for role in
            ["successor", "Own guardian", "victim+injured-party", "non-parent-with-authority", "counter-claimant"]
        {
            assert!(stands_beside(role), "{role}");
        }
        assert!(!stands_beside("parent-with-authority") && !stands_beside(""));
    }
}
