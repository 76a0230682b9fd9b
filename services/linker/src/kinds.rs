//! The kinds of facts that the linker reads, each list where one thing is folded from them.

use domain::decisions::docket::told::{OF_PARTIES, REVISIONS};

/// Two numbers of the criminal chain are one person's.
pub const MERGED: &str = "intake.criminal-chain-numbers-merged";
/// Another model is to be put in force.
pub const ACTIVATED: &str = "linker.model-activated";

/// What a case is called, where it came from and where it goes on; with [`REVISIONS`].
pub const OF_COURSE: [&str; 4] =
    ["intake.case-registered", "intake.case-joined", "intake.case-split", "intake.case-referred"];
/// A case is no more.
pub const WITHDRAWN: &str = "intake.case-withdrawn";

/// What the linker said of persons.
pub const PERSONS: [&str; 4] =
    ["linker.person-certain", "linker.person-dissolved", "linker.persons-merged", "linker.person-split"];
/// What it asks.
pub const QUESTIONS: [&str; 3] = ["linker.match-possible", "linker.conflict-found", "linker.question-withdrawn"];
/// What it said of links.
pub const LINKS: [&str; 3] = ["linker.cases-linked", "linker.link-changed", "linker.link-withdrawn"];
/// What it said of matters.
pub const MATTERS: [&str; 2] = ["linker.matter-formed", "linker.matter-dissolved"];
/// What stewards said.
pub const RULINGS: [&str; 3] = ["steward.pair-confirmed", "steward.pair-rejected", "steward.ruling-undone"];
/// What a steward asks to be foreseen.
pub const PROPOSED: &str = "steward.ruling-proposed";
/// What a steward asks to be weighed.
pub const EXAMINED: &str = "steward.group-examined";
/// That a whole group was parted, or put together again: what it does stands in the rulings beside it.
pub const PARTINGS: [&str; 2] = ["steward.group-parted", "steward.parting-undone"];

/// Several lists in one.
pub fn all(lists: &[&[&'static str]]) -> Vec<&'static str> {
    lists.concat()
}

/// What its read model follows from of what it said itself.
pub fn own() -> Vec<&'static str> {
    all(&[&PERSONS, &QUESTIONS])
}

/// What stood at a moment follows from.
pub fn standing() -> Vec<&'static str> {
    all(&[&PERSONS, &QUESTIONS, &LINKS, &MATTERS, &RULINGS])
}

/// What who stands in which case in roles that link follows from.
pub fn linking() -> Vec<&'static str> {
    all(&[&OF_PARTIES, &REVISIONS, &[WITHDRAWN]])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::listen::KINDS;

    #[test]
    fn whatever_is_read_of_others_is_followed() {
        let read: BTreeSet<&str> =
            all(&[&linking(), &OF_COURSE, &[MERGED, ACTIVATED, PROPOSED, EXAMINED], &RULINGS]).into_iter().collect();
        assert_eq!(read, KINDS.into_iter().collect());
    }

    #[test]
    fn no_kind_stands_in_two_lists() {
        let lists: [&[&str]; 8] =
            [&OF_PARTIES, &REVISIONS, &OF_COURSE, &PERSONS, &QUESTIONS, &LINKS, &MATTERS, &RULINGS];
        let once: BTreeSet<&str> = lists.concat().into_iter().collect();
        assert_eq!(once.len(), lists.iter().map(|list| list.len()).sum::<usize>());
    }
}
