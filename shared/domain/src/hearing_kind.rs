//! Kinds of hearing: before a single judge, in chambers, pro forma and so on.
//!
//! Invariant: a [`HearingKind`] is in `code-lists/hearing-kinds.toml` and occurs in at least one jurisdiction.

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;

coded! {
    /// A kind of hearing.
    HearingKind(HearingKindRow) in "../code-lists/hearing-kinds.toml" {
        jurisdictions: Vec<Jurisdiction>,
        closed: bool,
    }
    HearingKindError, "hearing-kind.unknown",
    "not a kind of hearing: use a code from the list of hearings, such as `oral-hearing`"
}

impl HearingKind {
    /// Where it occurs.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// Whether it is behind closed doors as a rule; a judge may decide otherwise in a case.
    pub fn is_closed(self) -> bool {
        self.0.row().closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        HearingKind::assert_sound();
        assert!(HearingKind::all().all(|kind| !kind.jurisdictions().is_empty()));
        for jurisdiction in Jurisdiction::ALL {
            assert!(HearingKind::all().any(|kind| kind.jurisdictions().contains(&jurisdiction)), "{jurisdiction:?}");
        }
    }

    #[test]
    fn hearings_about_children_are_closed_and_trials_of_adults_open() {
        let closed = |code| HearingKind::parse(code).unwrap().is_closed();
        assert!(closed("youth-trial") && closed("child-interview") && closed("oral-hearing"));
        assert!(!closed("panel-trial") && !closed("pronouncement"));
    }
}
