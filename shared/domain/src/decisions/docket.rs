//! A case as it stands: the fold of everything its court said, by the court's own order and not by the order of arrival.
//!
//! Invariants: equal sets of facts give an equal docket. An event may take back or replace an earlier one of its source;
//! what is taken back counts for nothing, what replaces it takes its place in the order, and taking back the taking back
//! restores it. A revision that comes before what it revises waits for it here.

mod revisions;
mod standing;
pub mod told;

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{IntakeFact, SourceVersion, Subject};
use crate::ids::{EventId, PartyId};
use crate::role::Role;
use crate::violence::view::MatterView;

pub use revisions::Revisions;
pub use standing::Course;
use standing::Standing;
pub use told::Told;

/// A case as its court told it so far.
#[derive(Debug, Clone, Default)]
pub struct Docket {
    said: BTreeMap<SourceVersion, IntakeFact>,
    revisions: Revisions,
}

impl Docket {
    /// Folds one fact about this case.
    pub fn fold(&mut self, fact: &IntakeFact) {
        let Some(version) = fact.version() else { return };
        if !self.revisions.note(fact) {
            self.said.insert(version, fact.clone());
        }
    }

    /// The judges who have the case now.
    pub fn judges(&self) -> BTreeSet<Subject> {
        self.standing().judges
    }

    /// The clerks who have the case now.
    pub fn clerks(&self) -> BTreeSet<Subject> {
        self.standing().clerks
    }

    /// What was said of the case and counts, in the order in which it does.
    pub fn counting(&self) -> Vec<&IntakeFact> {
        self.revisions.counting(self.said.keys()).iter().filter_map(|at| self.said.get(at)).collect()
    }

    /// The case as the rules look at it; nothing while its registration has not come, or while nobody outside the
    /// investigation may learn of it (embargo).
    pub fn view(&self) -> Option<MatterView> {
        self.standing().view()
    }

    /// Who stands in the case in roles that link it with others, and in which; nobody once the case was withdrawn.
    pub fn linking(&self) -> BTreeMap<PartyId, BTreeSet<Role>> {
        self.standing().linking()
    }

    /// Whether who brought the case withdrew it.
    pub fn is_withdrawn(&self) -> bool {
        self.standing().withdrawn
    }

    /// How the case is called, where it came from and where it goes on.
    pub fn course(&self) -> Course {
        self.standing().course()
    }

    /// Revised events that have not come yet.
    pub fn waiting(&self) -> BTreeSet<EventId> {
        self.revisions.missing()
    }

    fn standing(&self) -> Standing {
        let mut standing = Standing::default();
        for fact in self.counting() {
            standing.fold(fact);
        }
        standing
    }
}

#[cfg(test)]
mod tests;
