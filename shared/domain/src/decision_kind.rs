//! Kinds of decision, by form: interim, final, oral and so on.
//!
//! Invariant: a [`DecisionKind`] is in `code-lists/decision-kinds.toml` and occurs in at least one jurisdiction. What was
//! decided is a [`crate::dictum::Dictum`].

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;

coded! {
    /// A kind of decision.
    DecisionKind(DecisionKindRow) in "../code-lists/decision-kinds.toml" {
        jurisdictions: Vec<Jurisdiction>,
        ends_instance: bool,
    }
    DecisionKindError, "decision-kind.unknown",
    "not a kind of decision: use a code from the list of decisions, such as `interim`"
}

impl DecisionKind {
    /// Where it occurs.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// Whether nothing is left to decide at this court after it.
    pub fn ends_instance(self) -> bool {
        self.0.row().ends_instance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        DecisionKind::assert_sound();
        assert!(DecisionKind::all().all(|kind| !kind.jurisdictions().is_empty()));
    }

    #[test]
    fn every_jurisdiction_has_a_decision_that_ends_it() {
        for jurisdiction in Jurisdiction::ALL {
            let ends = |kind: DecisionKind| kind.ends_instance() && kind.jurisdictions().contains(&jurisdiction);
            assert!(DecisionKind::all().any(ends), "{jurisdiction:?}");
        }
        assert!(!DecisionKind::parse("interim").unwrap().ends_instance());
    }
}
