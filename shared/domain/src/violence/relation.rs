//! How suspect and victim stand to each other, seen from the own family or youth case.
//!
//! Invariant: it follows from roles and capacities in the own case alone, never from names, addresses or a police record.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::role::{Capacity, Role, RoleGroup};

/// The relation between suspect and victim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// Partners or parents of the same child, now or before.
    #[serde(rename = "R1")]
    Partner,
    /// The victim is a child of the family.
    #[serde(rename = "R2")]
    Child,
    /// Other members of one family or household: a parent struck by a child, a sibling, a grandparent.
    #[serde(rename = "R3")]
    Household,
    /// The victim is nobody of the own case, or there is none.
    #[serde(rename = "R4")]
    ThirdParty,
}

/// What a person is in a family or youth case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A partner or a parent.
    Parent,
    /// A child whom the case is about.
    Child,
    /// Anybody else whose family life it touches: an interested party, a foster parent, a grandparent, a step-parent.
    Household,
}

/// Roles that make nobody a partner or a parent by themselves.
const HOUSEHOLD_ROLES: [&str; 5] =
    ["interested-party", "foster-parent", "grandparent", "step-parent", "non-parent-with-authority"];
/// Roles that make somebody a partner or a parent, whatever other role they have beside it.
const PARENT_ROLES: [&str; 5] =
    ["spouse", "parent-with-authority", "parent-without-authority", "biological-parent", "legal-parent"];

impl Place {
    /// The place of a person with these roles and this capacity; nothing when no role links.
    ///
    /// Parents in a child protection case are interested parties too (art. 798 Rv), and a grandparent may petition: being
    /// a parent or partner decides over being a bystander, and being a bystander over merely being petitioner or respondent.
    pub fn of(roles: &BTreeSet<Role>, capacity: Option<Capacity>) -> Option<Self> {
        let linkable: Vec<Role> = roles.iter().copied().filter(|role| role.is_linkable()).collect();
        if linkable.is_empty() {
            return None;
        }
        let any = |codes: &[&str]| linkable.iter().any(|role| codes.contains(&role.code()));
        let is_parent =
            matches!(capacity, Some(Capacity::Mother | Capacity::Father | Capacity::Parent | Capacity::Partner))
                || any(&PARENT_ROLES);
        Some(if linkable.iter().any(|role| role.group() == RoleGroup::Minor) {
            Self::Child
        } else if is_parent {
            Self::Parent
        } else if any(&HOUSEHOLD_ROLES) || capacity == Some(Capacity::Other) {
            Self::Household
        } else if linkable.iter().any(|role| role.group() == RoleGroup::AdultParty) {
            Self::Parent
        } else {
            Self::Household
        })
    }
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 4] = [Self::Partner, Self::Child, Self::Household, Self::ThirdParty];

    /// The relation between a suspect with a place in the own case and a victim who has one, or has none.
    pub const fn between(suspect: Place, victim: Option<Place>) -> Self {
        match (suspect, victim) {
            (_, None) => Self::ThirdParty,
            (Place::Parent, Some(Place::Parent)) => Self::Partner,
            (Place::Parent | Place::Household, Some(Place::Child)) => Self::Child,
            _ => Self::Household,
        }
    }

    /// The code, such as `R1`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Partner => "R1",
            Self::Child => "R2",
            Self::Household => "R3",
            Self::ThirdParty => "R4",
        }
    }

    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Partner, Lang::Nl) => "(ex-)partner of medeouder",
            (Self::Partner, Lang::En) => "(former) partner or co-parent",
            (Self::Child, Lang::Nl) => "kind van het gezin",
            (Self::Child, Lang::En) => "child of the family",
            (Self::Household, Lang::Nl) => "gezins- of familielid",
            (Self::Household, Lang::En) => "member of family or household",
            (Self::ThirdParty, Lang::Nl) => "buiten deze zaak",
            (Self::ThirdParty, Lang::En) => "outside this case",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(roles: &[&str], capacity: Option<Capacity>) -> Option<Place> {
        Place::of(&roles.iter().map(|code| Role::parse(code).unwrap()).collect(), capacity)
    }

    #[test]
    fn the_place_follows_from_roles_and_capacity() {
        assert_eq!(place(&["petitioner"], Some(Capacity::Father)), Some(Place::Parent));
        assert_eq!(place(&["respondent"], None), Some(Place::Parent));
        assert_eq!(place(&["minor"], Some(Capacity::Child)), Some(Place::Child));
        assert_eq!(place(&["grandparent"], None), Some(Place::Household));
        assert_eq!(place(&["petitioner", "grandparent"], None), Some(Place::Household));
        assert_eq!(place(&["petitioner"], Some(Capacity::Other)), Some(Place::Household));
        assert_eq!(place(&["interested-party", "parent-with-authority"], None), Some(Place::Parent));
        assert_eq!(place(&["interested-party"], Some(Capacity::Mother)), Some(Place::Parent));
        assert_eq!(place(&["step-parent"], Some(Capacity::Partner)), Some(Place::Parent));
        assert_eq!(place(&["legal-representative"], None), Some(Place::Household));
    }

    #[test]
    fn who_is_there_for_work_has_no_place() {
        assert_eq!(place(&["lawyer"], None), None);
        assert_eq!(place(&["informant"], None), None);
        assert_eq!(place(&[], Some(Capacity::Mother)), None);
    }

    #[test]
    fn the_relation_of_suspect_and_victim() {
        use Place::{Child, Household, Parent};
        let table = [
            (Parent, Some(Parent), Relation::Partner),
            (Parent, Some(Child), Relation::Child),
            (Parent, Some(Household), Relation::Household),
            (Household, Some(Child), Relation::Child),
            (Household, Some(Parent), Relation::Household),
            (Child, Some(Parent), Relation::Household),
            (Child, Some(Child), Relation::Household),
            (Parent, None, Relation::ThirdParty),
            (Child, None, Relation::ThirdParty),
        ];
        for (suspect, victim, expected) in table {
            assert_eq!(Relation::between(suspect, victim), expected, "{suspect:?} {victim:?}");
        }
    }

    #[test]
    fn a_relation_travels_as_its_code() {
        for relation in Relation::ALL {
            assert_eq!(serde_json::to_value(relation).unwrap(), relation.code());
        }
    }
}
