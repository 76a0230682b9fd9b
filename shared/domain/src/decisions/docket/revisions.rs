//! What the events of one case do to earlier ones of it: which are taken back, and whose place a correction takes.
//!
//! Invariants: only a newer event of the same case, by the version of its source, takes back or replaces an older one; one that
//! is itself taken back does neither; equal sets of facts give equal answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{IntakeFact, SourceVersion};
use crate::ids::EventId;

/// What an event does to an earlier one.
#[derive(Debug, Clone, Copy)]
struct Revision {
    earlier: EventId,
    /// Whether it stands in its place, or only takes it back.
    replaces: bool,
}

/// The events of a case, and what they do to each other.
#[derive(Debug, Clone, Default)]
pub struct Revisions {
    versions: BTreeMap<EventId, SourceVersion>,
    revisions: BTreeMap<SourceVersion, Revision>,
}

impl Revisions {
    /// Notes a fact of the case; answers whether it is a revision, and so says nothing of its own.
    pub fn note(&mut self, fact: &IntakeFact) -> bool {
        let Some(version) = fact.version() else { return false };
        self.versions.insert(version.event, version);
        let revision = match fact {
            IntakeFact::EventRetracted(f) => Revision { earlier: f.retracts, replaces: false },
            IntakeFact::EventCorrected(f) => Revision { earlier: f.replaces, replaces: true },
            _ => return false,
        };
        self.revisions.insert(version, revision);
        true
    }

    /// The events that count for nothing: taken back, or replaced by another. Those that have not come yet are among them.
    pub fn void(&self) -> BTreeSet<EventId> {
        let mut void = BTreeSet::new();
        // From the newest on: only a newer event can take back an older one, so whether it is itself taken back is known.
        for (at, revision) in self.revisions.iter().rev() {
            let is_older = self.versions.get(&revision.earlier).is_none_or(|earlier| earlier < at);
            if is_older && !void.contains(&at.event) {
                void.insert(revision.earlier);
            }
        }
        void
    }

    /// Those of these events that count, in the order in which they do.
    pub fn counting<'e>(&self, said: impl Iterator<Item = &'e SourceVersion>) -> Vec<SourceVersion> {
        let void = self.void();
        let counts = said.filter(|at| !void.contains(&at.event));
        let mut order: Vec<(SourceVersion, SourceVersion)> = counts.map(|at| (self.place(*at), *at)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, at)| at).collect()
    }

    /// Where an event counts in the order of its source: what replaces another, in the place of that one.
    pub fn place(&self, at: SourceVersion) -> SourceVersion {
        let mut place = at;
        // Each step goes to an older event, so this ends.
        while let Some(revision) = self.revisions.get(&place).filter(|revision| revision.replaces)
            && let Some(earlier) = self.versions.get(&revision.earlier).filter(|earlier| **earlier < place)
        {
            place = *earlier;
        }
        place
    }

    /// The events that are revised and have not come.
    pub fn missing(&self) -> BTreeSet<EventId> {
        let earlier = self.revisions.values().map(|revision| revision.earlier);
        earlier.filter(|earlier| !self.versions.contains_key(earlier)).collect()
    }

    /// The events that have come.
    pub fn known(&self) -> impl Iterator<Item = EventId> {
        self.versions.keys().copied()
    }
}
