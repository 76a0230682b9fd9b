//! What holds in one case between persons of another: orders, and what was decided about contact with children.
//!
//! Invariants: an order is told only where it binds somebody of the own case and concerns somebody else of it; a person who is
//! nobody of the own case is not counted; where an order holds is not in it. An order is told while it holds, is suspended or is
//! to come; after its end only where `code-lists/orders.toml` says for how long.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::assessment::{ContactLine, OrderLine, OrderState, RoleLine};
use super::persons::{Persons, minors, role_line};
use super::policy::Policy;
use super::view::{MatterView, OrderView, Withheld};

/// Two cases, and who stands in both.
pub(super) struct Between<'a> {
    /// The case whose judge is told.
    pub own: &'a MatterView,
    /// The case that is told of.
    pub parallel: &'a MatterView,
    /// Who stands in both, seen from the own case.
    pub persons: &'a Persons,
    /// What the court of the own case decided.
    pub policy: &'a Policy,
    /// The day.
    pub today: Date,
}

/// An order line, and whom it is about.
pub(super) struct Ordered {
    /// The line.
    pub line: OrderLine,
    /// The positions of those whom it binds.
    pub against: BTreeSet<usize>,
    /// The positions of those whom it protects.
    pub protects: BTreeSet<usize>,
}

impl Ordered {
    /// Whether it calls for a judge's attention by itself.
    pub const fn pushes(&self) -> bool {
        self.line.tier.is_some()
    }
}

/// Whether an order holds on a day.
pub(super) fn state(order: &OrderView, today: Date) -> OrderState {
    if order.last_day().is_some_and(|last| last < today) {
        OrderState::Over
    } else if order.suspended_from.is_some_and(|from| from <= today) {
        OrderState::Suspended
    } else if order.terms.from > today {
        OrderState::NotYet
    } else {
        OrderState::InForce
    }
}

impl Between<'_> {
    /// The orders of the parallel case that bind one person of the own case towards another, or towards its children.
    pub fn binding(&self) -> Vec<Ordered> {
        let concerns = |ordered: &Ordered| {
            let children = ordered.line.children_included == Some(true) && !minors(self.own).is_empty();
            !ordered.against.is_empty() && (!ordered.protects.is_subset(&ordered.against) || children)
        };
        self.orders().into_iter().filter(concerns).collect()
    }

    /// The orders of the parallel case that name anybody of the own case, and are not over.
    pub fn naming(&self) -> Vec<Ordered> {
        let told = |ordered: &Ordered| {
            ordered.line.state != OrderState::Over && !(ordered.against.is_empty() && ordered.protects.is_empty())
        };
        self.orders().into_iter().filter(told).collect()
    }

    /// What holds of contact with children in the parallel case, with somebody of the own case.
    pub fn contact(&self) -> Vec<ContactLine> {
        let mut lines: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
        for contact in &self.parallel.contact {
            let Some(with) = self.persons.behind(contact.with) else { continue };
            if contact.until.is_none_or(|until| until >= self.today) {
                let children = lines.entry((contact.allowed, contact.from, contact.until, with)).or_default();
                children.extend(self.persons.behind(contact.child));
            }
        }
        let mut lines: Vec<ContactLine> = lines
            .into_iter()
            .map(|((allowed, from, until, with), children)| ContactLine {
                allowed,
                from,
                until,
                with: self.role(with),
                children: self.roles(&children),
            })
            .collect();
        lines.sort();
        lines
    }

    /// Whether the court of the parallel case would tell where a shielded person lives. Whoever is shielded in either matter counts,
    /// whether or not in both: a child leads to the parent it lives with.
    pub fn hides_the_court(&self) -> bool {
        let shields = |matter: &MatterView| matter.withholds(Withheld::Whereabouts);
        let courts = self.parallel.former_courts.iter().chain([&self.parallel.court]);
        (shields(self.own) || shields(self.parallel)) && courts.into_iter().any(|court| *court != self.own.court)
    }

    /// The person at a position, by the roles in the own case.
    pub fn role(&self, position: usize) -> RoleLine {
        role_line(self.own, &self.persons.at(position).here)
    }

    /// The persons at some positions, by their roles in the own case.
    pub fn roles(&self, positions: &BTreeSet<usize>) -> Vec<RoleLine> {
        let mut roles: Vec<RoleLine> = positions.iter().map(|position| self.role(*position)).collect();
        roles.sort();
        roles
    }

    fn orders(&self) -> Vec<Ordered> {
        let mut orders: Vec<Ordered> = self.parallel.orders.iter().filter_map(|order| self.line(order)).collect();
        // The most serious first, those without a tier last.
        orders.sort_by(|a, b| (a.line.tier.is_none(), &a.line).cmp(&(b.line.tier.is_none(), &b.line)));
        orders
    }

    fn line(&self, order: &OrderView) -> Option<Ordered> {
        let (terms, state) = (&order.terms, state(order, self.today));
        let grounds = terms.grounds.iter().map(|ground| ground.tier());
        let weight = terms.kind.tier().into_iter().chain(grounds).min();
        let weight = weight.map(|tier| if order.breaches.is_empty() { tier } else { tier.max(2) - 1 });
        let tier = match state {
            OrderState::InForce | OrderState::NotYet => weight,
            OrderState::Suspended => None,
            OrderState::Over => {
                let later = terms.kind.afterwards()?;
                order.last_day().filter(|last| later.shown.after(*last) >= self.today)?;
                Some(later.tier)
            }
        };
        let (against, protects) = (self.persons.behind_any(&terms.against), self.persons.behind_any(&terms.protects));
        let line = OrderLine {
            tier,
            order: order.order,
            kind: terms.kind,
            categories: terms.categories.clone(),
            state,
            from: terms.from,
            until: order.last_day(),
            children_included: terms.children_included,
            exceptions: terms.exceptions.clone(),
            grounds: terms.grounds.clone(),
            immediately_enforceable: terms.immediately_enforceable,
            breach_reported: !order.breaches.is_empty(),
            against: self.roles(&against),
            protects: self.roles(&protects),
        };
        Some(Ordered { line, against, protects })
    }
}
