//! Phases of a case: registered, hearing planned, on appeal, final and so on.
//!
//! Invariants: a [`CasePhase`] is in `code-lists/phases.toml`, where the phases of a jurisdiction stand in the order in which
//! a case passes through them. An open phase is what makes a case pending; whether an order or a probation period outlasts a
//! closed one is a fact about the order.

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;

coded! {
    /// A phase of a case.
    CasePhase(CasePhaseRow) in "../code-lists/phases.toml" {
        jurisdictions: Vec<Jurisdiction>,
        open: bool,
    }
    CasePhaseError, "phase.unknown", "not a phase: use a code from the list of phases, such as `hearing-planned`"
}

impl CasePhase {
    /// Where the phase occurs.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// The phases of a jurisdiction, in the order of a case.
    pub fn of(jurisdiction: Jurisdiction) -> impl Iterator<Item = Self> {
        Self::all().filter(move |phase| phase.jurisdictions().contains(&jurisdiction))
    }

    /// Whether a case in this phase is pending.
    pub fn is_open(self) -> bool {
        self.0.row().open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        CasePhase::assert_sound();
        assert!(CasePhase::all().all(|phase| !phase.jurisdictions().is_empty()));
    }

    #[test]
    fn every_jurisdiction_begins_open_and_can_end() {
        for jurisdiction in Jurisdiction::ALL {
            let phases: Vec<CasePhase> = CasePhase::of(jurisdiction).collect();
            assert!(phases[0].is_open(), "{jurisdiction:?}");
            assert!(phases.iter().any(|phase| !phase.is_open()), "{jurisdiction:?}");
            assert!(phases.iter().any(|phase| phase.code() == "final"), "{jurisdiction:?}");
        }
    }

    #[test]
    fn the_order_is_that_of_a_case() {
        let codes: Vec<&str> = CasePhase::of(Jurisdiction::Huisverbod).map(CasePhase::code).collect();
        assert_eq!(codes[..3], ["imposed", "provisional-measure-requested", "extended"]);
        let criminal: Vec<&str> = CasePhase::of(Jurisdiction::Criminal).map(CasePhase::code).collect();
        let place = |code: &str| criminal.iter().position(|one| *one == code).unwrap();
        let course =
            ["suspicion", "remand", "prosecutor-assessment", "summoned", "decided", "on-appeal", "cassation", "final"];
        assert!(course.is_sorted_by_key(|code| place(code)));
    }
}
