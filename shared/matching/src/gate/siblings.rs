//! Siblings that other records tell of.

use super::{Beside, Gate, Judgement, Rule, Veto, WhyNot};
use crate::field::MISSING;
use crate::field::names::{GIVEN_INITIALS, GIVEN_RESEMBLES};
use crate::pattern::Pattern;

/// How a third record stands to one of two: on which levels they agree, and what keeps them apart.
pub(crate) type Third = (Pattern, Option<Veto>);

impl Gate {
    /// What keeps two records apart that by themselves would pass, or but for want of something beside their names, given how others stand to each of the two.
    ///
    /// Names that only resemble one another do not tell a person from a sibling who was born on the same day: initials that
    /// somebody else has too, or a short form where the other's case has a party whose name fits better. Of that party no
    /// birth date need be known: a clerk who wrote one twin's may have left out the other's.
    pub(crate) fn sibling(
        &self,
        pattern: Pattern,
        judgement: Judgement,
        mut others: impl Iterator<Item = [Third; 2]>,
    ) -> Option<Veto> {
        let given = self.given(pattern);
        let by_names = match judgement {
            Judgement { rule: Some(rule), .. } => matches!(rule, Rule::NameAndBirth | Rule::NameAndBirthAlone),
            Judgement { rule: None, veto: None, conflict: None } => {
                self.why_not(pattern, Beside::default()) == Some(WhyNot::NothingBeside)
            }
            Judgement { .. } => false,
        };
        if !by_names || !(GIVEN_RESEMBLES..=GIVEN_INITIALS).contains(&given) {
            return None;
        }
        let fits_other = |to_one: Third, to_other: Third| {
            let (far, near) = (self.given(to_one.0), self.given(to_other.0));
            let born_together = self.born_together(to_one.0) && self.born_together(to_other.0);
            let initials = given == GIVEN_INITIALS && far > GIVEN_INITIALS && (1..=GIVEN_INITIALS).contains(&near);
            let better = to_one.1 == Some(Veto::SameCase) && (1..given).contains(&near);
            let may_be = self.may_be_born_together(to_one.0) && self.may_be_born_together(to_other.0);
            (initials && born_together) || (better && may_be)
        };
        let found = others.any(|[to_a, to_b]| fits_other(to_a, to_b) || fits_other(to_b, to_a));
        let veto = if given == GIVEN_INITIALS { Veto::InitialsOfAnother } else { Veto::Twins };
        found.then_some(veto)
    }

    /// Whether two records are of one surname and, for all that is known, of one birth date.
    fn may_be_born_together(&self, pattern: Pattern) -> bool {
        let levels = self.levels(pattern, Beside::default());
        levels.surname_agrees() && (levels.birth() == MISSING || self.born_together(pattern))
    }
}
