//! The persons whom a case shares with another.
//!
//! Invariant: only records with a linkable role count; several records of one person are one person; the order in which a
//! link names its persons changes nothing.

use std::collections::BTreeSet;

use super::assessment::RoleLine;
use super::relation::Place;
use super::view::{LinkView, MatterView, PartyView};
use crate::ids::PartyId;
use crate::role::{Role, RoleGroup};

/// A person who stands in both cases.
pub(super) struct Person {
    /// The records in the case from which it is looked.
    pub here: BTreeSet<PartyId>,
    /// The records in the other.
    pub there: BTreeSet<PartyId>,
    /// What the person is in the case from which it is looked.
    pub place: Place,
}

/// The shared persons, in the order of their first record in the case from which it is looked.
pub(super) struct Persons(Vec<Person>);

impl Persons {
    /// The persons whom `link`, seen from `here`, names in both cases.
    pub fn shared(here: &MatterView, there: &MatterView, link: &LinkView) -> Self {
        let mut groups: Vec<(BTreeSet<PartyId>, BTreeSet<PartyId>)> = Vec::new();
        for pair in &link.persons {
            if !stands_in(here, pair.own) || !stands_in(there, pair.parallel) {
                continue;
            }
            let mut group = (BTreeSet::from([pair.own]), BTreeSet::from([pair.parallel]));
            let (same, others): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|(own, other)| own.contains(&pair.own) || other.contains(&pair.parallel));
            for (own, other) in same {
                group.0.extend(own);
                group.1.extend(other);
            }
            groups = others;
            groups.push(group);
        }
        groups.sort();
        let person = |(own, other): (BTreeSet<PartyId>, BTreeSet<PartyId>)| {
            let seen = role_line(here, &own);
            Place::of(&seen.roles, seen.capacity).map(|place| Person { here: own, there: other, place })
        };
        Self(groups.into_iter().filter_map(person).collect())
    }

    /// The person behind a record of the other case, by position.
    pub fn behind(&self, there: PartyId) -> Option<usize> {
        self.0.iter().position(|person| person.there.contains(&there))
    }

    /// The persons behind some records of the other case, by position.
    pub fn behind_any(&self, there: &BTreeSet<PartyId>) -> BTreeSet<usize> {
        there.iter().filter_map(|record| self.behind(*record)).collect()
    }

    /// The persons behind some records of the case from which it is looked, by position.
    pub fn among(&self, here: &BTreeSet<PartyId>) -> BTreeSet<usize> {
        (0..self.0.len()).filter(|position| !self.0[*position].here.is_disjoint(here)).collect()
    }

    /// The person at a position that [`Self::behind`] gave.
    pub fn at(&self, position: usize) -> &Person {
        &self.0[position]
    }
}

/// A person by roles in a case: the linkable roles of all its records there.
pub(super) fn role_line(matter: &MatterView, records: &BTreeSet<PartyId>) -> RoleLine {
    let parties = || records.iter().filter_map(|record| matter.party(*record));
    let ordinal = minors(matter).iter().position(|minor| records.contains(minor));
    RoleLine {
        roles: parties().flat_map(linkable).collect(),
        capacity: parties().filter_map(|party| party.capacity).min(),
        ordinal: ordinal.and_then(|position| u32::try_from(position + 1).ok()),
    }
}

/// The minors of a case, in the order of their records.
pub(super) fn minors(matter: &MatterView) -> BTreeSet<PartyId> {
    let is_minor = |party: &&PartyView| party.roles.iter().any(|role| role.group() == RoleGroup::Minor);
    matter.parties.iter().filter(is_minor).map(|party| party.party).collect()
}

fn stands_in(matter: &MatterView, party: PartyId) -> bool {
    matter.party(party).is_some_and(|party| linkable(party).next().is_some())
}

fn linkable(party: &PartyView) -> impl Iterator<Item = Role> {
    party.roles.iter().copied().filter(|role| role.is_linkable())
}
