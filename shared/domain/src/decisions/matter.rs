//! A case as it stands: the fold of everything its court said, by the court's own order and not by the order of arrival.
//!
//! Invariants: equal sets of facts give an equal matter. An event may take back or replace an earlier one of its source;
//! what is taken back counts for nothing, what replaces it takes its place in the order, and taking back the taking back
//! restores it. A revision that comes before what it revises waits for it here.

mod standing;

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{IntakeFact, SourceVersion, Subject};
use crate::ids::EventId;
use crate::violence::view::MatterView;

use standing::Standing;

/// What an event does to an earlier one.
#[derive(Debug, Clone, Copy)]
struct Revision {
    earlier: EventId,
    /// Whether it stands in its place, or only takes it back.
    replaces: bool,
}

/// A case as its court told it so far.
#[derive(Debug, Clone, Default)]
pub struct Matter {
    said: BTreeMap<SourceVersion, IntakeFact>,
    revisions: BTreeMap<SourceVersion, Revision>,
}

impl Matter {
    /// Folds one fact about this case.
    pub fn fold(&mut self, fact: &IntakeFact) {
        let Some(version) = fact.version() else { return };
        match fact {
            IntakeFact::EventRetracted(f) => {
                self.revisions.insert(version, Revision { earlier: f.retracts, replaces: false });
            }
            IntakeFact::EventCorrected(f) => {
                self.revisions.insert(version, Revision { earlier: f.replaces, replaces: true });
            }
            _ => {
                self.said.insert(version, fact.clone());
            }
        }
    }

    /// The judges who have the case now.
    pub fn judges(&self) -> BTreeSet<Subject> {
        self.standing().judges
    }

    /// The case as the rules look at it; nothing while its registration has not come, or while nobody outside the
    /// investigation may learn of it (embargo).
    pub fn view(&self) -> Option<MatterView> {
        self.standing().view()
    }

    /// Revisions of events that have not come yet.
    pub fn waiting(&self) -> BTreeSet<EventId> {
        let known: BTreeSet<EventId> = self.said.keys().chain(self.revisions.keys()).map(|at| at.event).collect();
        self.revisions.values().map(|revision| revision.earlier).filter(|earlier| !known.contains(earlier)).collect()
    }

    fn standing(&self) -> Standing {
        let versions: BTreeMap<EventId, SourceVersion> =
            self.said.keys().chain(self.revisions.keys()).map(|at| (at.event, *at)).collect();
        let mut void = BTreeSet::new();
        // From the newest on: only a newer event can take back an older one, so whether it is itself taken back is known.
        for (at, revision) in self.revisions.iter().rev() {
            let is_older = versions.get(&revision.earlier).is_none_or(|earlier| earlier < at);
            if is_older && !void.contains(&at.event) {
                void.insert(revision.earlier);
            }
        }
        let mut order: Vec<(SourceVersion, SourceVersion)> = self
            .said
            .keys()
            .filter(|at| !void.contains(&at.event))
            .map(|at| (self.place(*at, &versions), *at))
            .collect();
        order.sort_unstable();
        let mut standing = Standing::default();
        for fact in order.iter().filter_map(|(_, at)| self.said.get(at)) {
            standing.fold(fact);
        }
        standing
    }

    /// Where an event counts in the order of its source: what replaces another, in the place of that one.
    fn place(&self, at: SourceVersion, versions: &BTreeMap<EventId, SourceVersion>) -> SourceVersion {
        let mut place = at;
        // Each step goes to an older event, so this ends.
        while let Some(revision) = self.revisions.get(&place).filter(|revision| revision.replaces)
            && let Some(earlier) = versions.get(&revision.earlier).filter(|earlier| **earlier < place)
        {
            place = *earlier;
        }
        place
    }
}

#[cfg(test)]
mod tests;
