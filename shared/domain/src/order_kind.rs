//! Kinds of order: bans and duties that protect persons, measures of child protection, rulings about contact.
//!
//! Invariants: an [`OrderKind`] is in `code-lists/orders.toml`, with the article it rests on, the jurisdictions that give it
//! and what it can say. Deliberately absent: where an order applies. A place would tell where a protected person lives.

use serde::{Deserialize, Serialize};

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;
use crate::length::Length;
use crate::order_category::OrderCategory;

coded! {
    /// A kind of order.
    OrderKind(OrderKindRow) in "../code-lists/orders.toml" {
        group: OrderGroup,
        jurisdictions: Vec<Jurisdiction>,
        categories: Vec<OrderCategory>,
        /// The short Dutch name of daily practice.
        term: String,
        #[serde(default)]
        max_length: Option<Length>,
        #[serde(default)]
        grave_suspicion: bool,
        #[serde(default)]
        tier: Option<u8>,
        #[serde(default)]
        afterwards: Option<Afterwards>,
    }
    OrderKindError, "order.unknown", "not a kind of order: use a code from the list of orders, such as `restriction-order`"
}

/// How serious it is that an order held, and for how long after its end that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Afterwards {
    /// The tier, 1 to 3.
    pub tier: u8,
    /// For how long after its last day.
    pub shown: Length,
}

/// What orders are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderGroup {
    /// Protects persons from another.
    Protection,
    /// Protects a child, through care, supervision or authority.
    ChildProtection,
    /// Says whether and how a parent and a child meet.
    Contact,
}

impl OrderKind {
    /// What it is for.
    pub fn group(self) -> OrderGroup {
        self.0.row().group
    }

    /// The jurisdictions that give it.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// What an order of this kind can say; one order says one or more of these.
    pub fn categories(self) -> &'static [OrderCategory] {
        &self.0.row().categories
    }

    /// The short Dutch name of daily practice, such as `38v-maatregel`.
    pub fn term(self) -> &'static str {
        &self.0.row().term
    }

    /// Whether it is given only where serious suspicions are assumed (ernstige bezwaren, art. 509hh Sv).
    pub fn assumes_grave_suspicion(self) -> bool {
        self.0.row().grave_suspicion
    }

    /// How serious it is, towards the judge of a parallel case, that such an order holds, 1 to 3; nothing where it is no
    /// indication of violence by itself.
    pub fn tier(self) -> Option<u8> {
        self.0.row().tier
    }

    /// What is told of it after its end; nothing where it is told only while it holds.
    pub fn afterwards(self) -> Option<Afterwards> {
        self.0.row().afterwards
    }

    /// How long one order lasts at most, without what extends it; nothing where the law sets no maximum of its own.
    pub fn max_length(self) -> Option<Length> {
        self.0.row().max_length
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::length::LengthUnit;

    fn order(code: &str) -> OrderKind {
        OrderKind::parse(code).unwrap()
    }

    #[test]
    fn the_list_is_sound() {
        OrderKind::assert_sound();
        for order in OrderKind::all() {
            assert!(!order.jurisdictions().is_empty(), "nobody gives {order}");
            assert!(!order.categories().is_empty(), "{order} says nothing");
            assert!(!order.term().trim().is_empty(), "{order} has no Dutch term");
            assert!(order.tier().is_none() || order.group() == OrderGroup::Protection, "{order}");
            assert!(order.tier().is_none_or(|tier| (1..=3).contains(&tier)), "{order}");
            let milder = order.afterwards().is_none_or(|later| order.tier().is_some_and(|tier| tier < later.tier));
            assert!(milder, "{order} weighs no less once it is over");
        }
    }

    #[test]
    fn every_category_is_said_by_some_order_and_every_jurisdiction_gives_one() {
        for category in OrderCategory::all() {
            assert!(OrderKind::all().any(|order| order.categories().contains(&category)), "{category}");
        }
        for jurisdiction in Jurisdiction::ALL {
            assert!(OrderKind::all().any(|order| order.jurisdictions().contains(&jurisdiction)), "{jurisdiction:?}");
        }
    }

    #[test]
    fn orders_stand_in_their_group_with_their_length() {
        assert_eq!(order("huisverbod").max_length(), Some(Length { number: 10, unit: LengthUnit::Days }));
        assert_eq!(order("huisverbod").jurisdictions(), [Jurisdiction::Huisverbod]);
        assert_eq!(order("behavioural-order").max_length(), Some(Length { number: 90, unit: LengthUnit::Days }));
        assert_eq!(order("civil-ban").max_length(), None);
        assert_eq!(order("supervision-order").group(), OrderGroup::ChildProtection);
        assert_eq!(order("contact-denial").group(), OrderGroup::Contact);
    }

    #[test]
    fn an_order_is_not_older_than_its_law() {
        assert!(!order("restriction-order").is_valid_on(date(2012, 3, 31)));
        assert!(order("restriction-order").is_valid_on(date(2012, 4, 1)));
        assert!(order("civil-ban").is_valid_on(date(1990, 1, 1)));
    }
}
