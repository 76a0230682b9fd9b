//! Measures in two cases that may contradict each other: one forbids contact between persons, the other counts on it.
//!
//! Invariants: nothing here says that two measures do contradict each other: a ban may leave room, and an arrangement may use
//! it; that is for a judge to say. Both directions are looked at, and only what holds on some day from today on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::assessment::{ConflictLine, ConflictStanding, Measure, OrderState};
use super::orders::{Between, state};
use super::persons::minors;
use super::relation::Place;
use super::view::{ContactView, MatterView, OrderView};
use crate::ids::PartyId;
use crate::order_category::{ContactEffect, OrderCategory};

/// The category of a measure by which contact was denied, or arranged, without an order of its own.
const DENIED: &str = "access-ban";
const ARRANGED: &str = "access-arrangement";

/// A measure of one of the cases, with whom it is about: records of that case.
struct Held {
    measure: Measure,
    /// Whom a ban binds, or with whom a child is to meet.
    who: BTreeSet<PartyId>,
    /// Whom a ban protects, or the children who are to meet.
    whom: BTreeSet<PartyId>,
}

impl Between<'_> {
    /// What may contradict each other, the plainest first.
    pub fn conflicts(&self) -> Vec<ConflictLine> {
        let (own, parallel) = (self.held(true), self.held(false));
        let pairs = |bans: &[Held], meetings: &[Held], ban_is_own: bool| -> Vec<ConflictLine> {
            let each = bans.iter().filter(|ban| ban.effect() == ContactEffect::Forbids).flat_map(|ban| {
                let meetings = meetings.iter().filter(|meeting| meeting.effect() == ContactEffect::Presumes);
                meetings.flat_map(move |meeting| self.between(ban, meeting, ban_is_own))
            });
            each.collect()
        };
        let mut lines = pairs(&own, &parallel, true);
        lines.extend(pairs(&parallel, &own, false));
        lines.sort();
        lines.dedup();
        lines
    }

    fn between(&self, ban: &Held, meeting: &Held, ban_is_own: bool) -> Vec<ConflictLine> {
        let Some(standing) = self.standing(&ban.measure, &meeting.measure) else { return Vec::new() };
        let (banned, protected) = (self.positions(&ban.who, ban_is_own), self.positions(&ban.whom, ban_is_own));
        let meet = self.positions(&meeting.who, !ban_is_own);
        let children = self.positions(&meeting.whom, !ban_is_own);
        let meeting_case = if ban_is_own { self.parallel } else { self.own };
        let who = banned.intersection(&meet);
        let line = |position: &usize| {
            let mut whom: BTreeSet<usize> = protected.intersection(&children).copied().collect();
            // A child goes from one parent to the other: who may not meet the other parent cannot hand it over.
            let handover =
                protected.iter().filter(|other| *other != position && self.is_parent_in(meeting_case, **other));
            whom.extend(handover);
            let all_children = ban.measure.children_included == Some(true);
            (!whom.is_empty() || all_children).then(|| {
                let whom = if all_children { whom.union(&children).copied().collect() } else { whom };
                ConflictLine {
                    standing,
                    who: self.role(*position),
                    whom: self.roles(&whom),
                    forbids: ban.measure.clone(),
                    presumes: meeting.measure.clone(),
                }
            })
        };
        who.filter_map(line).collect()
    }

    /// How far two measures contradict each other by their days and what they leave room for; nothing where the arrangement is
    /// over before the ban begins, or one of them is over by today.
    fn standing(&self, ban: &Measure, meeting: &Measure) -> Option<ConflictStanding> {
        let over = |measure: &Measure, day: Date| measure.until.is_some_and(|until| until < day);
        if over(ban, self.today) || over(meeting, self.today) || over(meeting, ban.from) {
            None
        } else if over(ban, meeting.from) {
            Some(ConflictStanding::EndsBefore)
        } else if ban.exceptions.iter().any(|exception| exception.leaves_room()) {
            Some(ConflictStanding::LeavesRoom)
        } else {
            Some(ConflictStanding::Possible)
        }
    }

    fn positions(&self, records: &BTreeSet<PartyId>, own: bool) -> BTreeSet<usize> {
        if own { self.persons.among(records) } else { self.persons.behind_any(records) }
    }

    /// Whether a shared person is a parent or partner in a case.
    fn is_parent_in(&self, matter: &MatterView, position: usize) -> bool {
        let person = self.persons.at(position);
        let records = person.here.iter().chain(&person.there);
        let mut views = records.filter_map(|record| matter.party(*record));
        views.any(|view| Place::of(&view.roles, view.capacity) == Some(Place::Parent))
    }

    fn held(&self, own: bool) -> Vec<Held> {
        let matter = if own { self.own } else { self.parallel };
        let orders = matter.orders.iter().filter(|order| holds(order, self.today));
        let orders = orders.flat_map(|order| of_order(order, matter, own));
        orders.chain(matter.contact.iter().filter_map(|contact| of_contact(contact, own))).collect()
    }
}

impl Held {
    fn effect(&self) -> ContactEffect {
        let effects: BTreeSet<ContactEffect> = self.measure.categories.iter().map(|one| one.contact()).collect();
        effects.into_iter().next().unwrap_or(ContactEffect::Neither)
    }
}

fn holds(order: &OrderView, today: Date) -> bool {
    matches!(state(order, today), OrderState::InForce | OrderState::NotYet)
}

/// What an order says of contact: one measure for what it forbids and one for what it counts on.
fn of_order(order: &OrderView, matter: &MatterView, own: bool) -> Vec<Held> {
    let terms = &order.terms;
    let measure = |effect: ContactEffect| {
        let categories: BTreeSet<OrderCategory> =
            terms.categories.iter().copied().filter(|category| category.contact() == effect).collect();
        let measure = Measure {
            own,
            order: Some(order.order),
            kind: Some(terms.kind),
            children_included: terms.children_included,
            exceptions: terms.exceptions.clone(),
            from: terms.from,
            until: order.last_day(),
            categories,
        };
        // An arrangement names parents and children on either side: the children are those who meet somebody.
        let named: BTreeSet<PartyId> = terms.against.union(&terms.protects).copied().collect();
        let children: BTreeSet<PartyId> = named.intersection(&minors(matter)).copied().collect();
        let (who, whom) = match effect {
            ContactEffect::Presumes => (named.difference(&children).copied().collect(), children),
            _ => (terms.against.clone(), terms.protects.clone()),
        };
        (!measure.categories.is_empty()).then_some(Held { measure, who, whom })
    };
    [ContactEffect::Forbids, ContactEffect::Presumes].into_iter().filter_map(measure).collect()
}

fn of_contact(contact: &ContactView, own: bool) -> Option<Held> {
    let category = OrderCategory::parse(if contact.allowed { ARRANGED } else { DENIED }).ok()?;
    let measure = Measure {
        own,
        order: None,
        kind: None,
        categories: [category].into(),
        children_included: None,
        exceptions: BTreeSet::new(),
        from: contact.from,
        until: contact.until,
    };
    Some(Held { measure, who: [contact.with].into(), whom: [contact.child].into() })
}
