//! Siblings that other records tell of.

use super::{Gate, Judgement, Rule, Veto};
use crate::field::names::{GIVEN_INITIALS, GIVEN_RESEMBLES};
use crate::pattern::Pattern;

/// How a third record stands to one of two: on which levels they agree, and what keeps them apart.
pub(crate) type Third = (Pattern, Option<Veto>);

impl Gate {
    /// What keeps two records apart that pass by themselves, given how others stand to each of the two.
    ///
    /// Names that only resemble one another do not tell a person from a sibling who was born on the same day: initials that
    /// somebody else has too, or a short form where the other's case has a party of that birth date whose name fits better.
    pub(crate) fn sibling(
        &self,
        pattern: Pattern,
        judgement: Judgement,
        mut others: impl Iterator<Item = [Third; 2]>,
    ) -> Option<Veto> {
        let given = self.given(pattern);
        if judgement.rule != Some(Rule::NameAndBirth) || !(GIVEN_RESEMBLES..=GIVEN_INITIALS).contains(&given) {
            return None;
        }
        let fits_other = |to_one: Third, to_other: Third| {
            let (far, near) = (self.given(to_one.0), self.given(to_other.0));
            let initials = given == GIVEN_INITIALS && far > GIVEN_INITIALS && (1..=GIVEN_INITIALS).contains(&near);
            let better = to_one.1 == Some(Veto::SameCase) && (1..given).contains(&near);
            self.born_together(to_one.0) && self.born_together(to_other.0) && (initials || better)
        };
        let found = others.any(|[to_a, to_b]| fits_other(to_a, to_b) || fits_other(to_b, to_a));
        let veto = if given == GIVEN_INITIALS { Veto::InitialsOfAnother } else { Veto::Twins };
        found.then_some(veto)
    }
}
