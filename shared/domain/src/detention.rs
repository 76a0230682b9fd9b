//! Whether a suspect or convicted person is held: police custody, remand, suspended with conditions, released and so on.
//!
//! Invariant: a [`Detention`] is in `code-lists/detention.toml`. It never says where somebody is held.

use crate::code_list::coded;
use crate::length::Length;

coded! {
    /// Whether and how somebody is held.
    Detention(DetentionRow) in "../code-lists/detention.toml" {
        at_liberty: bool,
        before_sentence: bool,
        #[serde(default)]
        grave_suspicion: bool,
        #[serde(default)]
        max_length: Option<Length>,
    }
    DetentionError, "detention.unknown",
    "not a state of detention: use a code from the list of detention, such as `police-custody`"
}

impl Detention {
    /// Whether who is in it can come home: what a judge deciding about contact or safety has to know.
    pub fn is_at_liberty(self) -> bool {
        self.0.row().at_liberty
    }

    /// Whether it comes before a sentence is final, so that it says nothing about guilt.
    pub fn is_before_sentence(self) -> bool {
        self.0.row().before_sentence
    }

    /// Whether it is given only where serious suspicions are assumed (ernstige bezwaren, Sv 67 lid 3): more than a suspicion,
    /// and no finding.
    pub fn assumes_grave_suspicion(self) -> bool {
        self.0.row().grave_suspicion
    }

    /// How long one such decision lasts at most, without what extends it.
    pub fn max_length(self) -> Option<Length> {
        self.0.row().max_length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::LengthUnit;

    #[test]
    fn the_list_is_sound() {
        Detention::assert_sound();
    }

    #[test]
    fn who_is_suspended_or_released_can_come_home() {
        let free = |code| Detention::parse(code).unwrap().is_at_liberty();
        assert!(free("suspended-with-conditions") && free("released") && free("lifted") && free("conditional-release"));
        assert!(!free("police-custody") && !free("remand") && !free("continued-remand") && !free("serving-sentence"));
    }

    #[test]
    fn only_a_judges_remand_assumes_grave_suspicion() {
        let grave = |code| Detention::parse(code).unwrap().assumes_grave_suspicion();
        assert!(grave("remand") && grave("continued-remand") && grave("suspended-with-conditions"));
        assert!(!grave("arrested") && !grave("police-custody") && !grave("lifted") && !grave("serving-sentence"));
    }

    #[test]
    fn custody_before_a_sentence_has_a_maximum() {
        let remand = Detention::parse("remand").unwrap();
        assert_eq!(remand.max_length(), Some(Length { number: 14, unit: LengthUnit::Days }));
        assert!(remand.is_before_sentence());
        for one in Detention::all().filter(|one| one.max_length().is_some()) {
            assert!(one.is_before_sentence() && !one.is_at_liberty(), "{one}");
        }
    }
}
