//! What was decided, in categories: granted, acquitted, contact denied and so on; never in the words of the decision.
//!
//! Invariant: a [`Dictum`] is in `code-lists/dicta.toml`. What is said of an offence is said of one offence: a suspect may be
//! convicted of one and acquitted of another in the same case.

use serde::{Deserialize, Serialize};

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;

coded! {
    /// A category of what was decided.
    Dictum(DictumRow) in "../code-lists/dicta.toml" {
        jurisdictions: Vec<Jurisdiction>,
        about: DictumSubject,
    }
    DictumError, "dictum.unknown", "not a dictum: use a code from the list of dicta, such as `contact-denied`"
}

/// What a dictum is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DictumSubject {
    /// One offence.
    Offence,
    /// A request or claim.
    Request,
    /// Authority over, contact with, or the care or protection of a child.
    Child,
    /// An order.
    Order,
    /// The course of the case.
    Procedure,
}

impl Dictum {
    /// Where it occurs.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// What it is about.
    pub fn about(self) -> DictumSubject {
        self.0.row().about
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        Dictum::assert_sound();
        assert!(Dictum::all().all(|dictum| !dictum.jurisdictions().is_empty()));
    }

    #[test]
    fn offences_are_decided_on_in_criminal_cases_and_children_elsewhere() {
        for dictum in Dictum::all() {
            match dictum.about() {
                DictumSubject::Offence => assert_eq!(dictum.jurisdictions(), [Jurisdiction::Criminal], "{dictum}"),
                DictumSubject::Child => assert!(!dictum.jurisdictions().contains(&Jurisdiction::Criminal), "{dictum}"),
                DictumSubject::Request | DictumSubject::Order | DictumSubject::Procedure => {}
            }
        }
    }

    #[test]
    fn every_request_can_be_granted_or_rejected() {
        for code in ["granted", "rejected", "inadmissible"] {
            assert_eq!(Dictum::parse(code).unwrap().jurisdictions(), Jurisdiction::ALL, "{code}");
        }
    }
}
