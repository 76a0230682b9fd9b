//! What a judge may ask another court, on what basis, and what the other court may answer: code lists.
//!
//! Invariant: an answer is a category and a day; the information itself goes from court to court and never passes through here.

use crate::code_list::{Confidence, coded};
use crate::jurisdiction::Jurisdiction;

coded! {
    /// What is asked.
    InformationKind(InformationKindRow) in "../code-lists/information-kinds.toml" {}
    InformationKindError, "information-kind.unknown",
    "not something that can be asked: use a code from the list, such as `state-of-affairs`"
}

coded! {
    /// On what legal basis it is asked.
    InformationBasis(InformationBasisRow) in "../code-lists/information-bases.toml" {
        from: Vec<Jurisdiction>,
        to: Vec<Jurisdiction>,
    }
    InformationBasisError, "information-basis.unknown",
    "not a basis for a request: use a code from the list, such as `wjsg-8-1`"
}

coded! {
    /// What the other court did with a request.
    InformationAnswer(InformationAnswerRow) in "../code-lists/information-answers.toml" {
        ends: bool,
    }
    InformationAnswerError, "information-answer.unknown",
    "not an answer to a request: use a code from the list, such as `answered`"
}

coded! {
    /// Why a request was refused.
    InformationRefusal(InformationRefusalRow) in "../code-lists/information-refusals.toml" {}
    InformationRefusalError, "information-refusal.unknown",
    "not a reason to refuse a request: use a code from the list, such as `no-legal-basis`"
}

impl InformationBasis {
    /// Whether somebody with a case of one jurisdiction may ask about a case of the other on this basis.
    pub fn serves(self, from: Jurisdiction, to: Jurisdiction) -> bool {
        let row = self.0.row();
        row.from.contains(&from) && row.to.contains(&to)
    }

    /// Whether a jurist has yet to confirm it: shown to who chooses it.
    pub fn is_uncertain(self) -> bool {
        self.0.row().entry.confidence < Confidence::High
    }
}

impl InformationAnswer {
    /// Whether nothing more is waited for after it.
    pub fn ends(self) -> bool {
        self.0.row().ends
    }

    /// Whether something of the request was refused, so that there is a reason.
    pub fn refuses(self) -> bool {
        matches!(self.code(), "refused" | "answered-in-part")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        InformationKind::assert_sound();
        InformationBasis::assert_sound();
        InformationAnswer::assert_sound();
        InformationRefusal::assert_sound();
    }

    #[test]
    fn between_any_two_jurisdictions_there_is_a_basis_and_what_is_contested_says_so() {
        for from in Jurisdiction::ALL {
            for to in Jurisdiction::ALL {
                assert!(InformationBasis::all().any(|basis| basis.serves(from, to)), "{from:?} of {to:?}");
            }
        }
        let basis = |code| InformationBasis::parse(code).unwrap();
        assert!(
            basis("rv-810").is_uncertain() && !basis("rv-810").serves(Jurisdiction::Family, Jurisdiction::Criminal)
        );
    }

    #[test]
    fn only_receipt_leaves_a_request_open() {
        let open: Vec<_> =
            InformationAnswer::all().filter(|answer| !answer.ends()).map(InformationAnswer::code).collect();
        assert_eq!(open, ["received"]);
        let refuse = InformationAnswer::all().filter(|answer| answer.refuses()).count();
        assert_eq!(refuse, 2);
    }
}
