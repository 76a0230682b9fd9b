//! Who gives a decision or an order: family judge, mayor, public prosecutor and so on.
//!
//! Invariant: a [`Decider`] is in `code-lists/deciders.toml`. It is an office, never the person in it.

use crate::code_list::coded;
use crate::jurisdiction::Jurisdiction;

coded! {
    /// An office that gives decisions or orders.
    Decider(DeciderRow) in "../code-lists/deciders.toml" {
        jurisdictions: Vec<Jurisdiction>,
        judicial: bool,
    }
    DeciderError, "decider.unknown", "not an office that decides: use a code from the list of deciders, such as `mayor`"
}

impl Decider {
    /// Where it decides.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// Whether it is a judge; what the others decide, a judge may review.
    pub fn is_judicial(self) -> bool {
        self.0.row().judicial
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        Decider::assert_sound();
        assert!(Decider::all().all(|one| !one.jurisdictions().is_empty()));
    }

    #[test]
    fn a_judge_decides_in_every_jurisdiction() {
        for jurisdiction in Jurisdiction::ALL {
            let judge = |one: Decider| one.is_judicial() && one.jurisdictions().contains(&jurisdiction);
            assert!(Decider::all().any(judge), "{jurisdiction:?}");
        }
        for code in ["mayor", "public-prosecutor", "certified-institution"] {
            assert!(!Decider::parse(code).unwrap().is_judicial(), "{code}");
        }
        let institution = Decider::parse("certified-institution").unwrap();
        let known = |year| institution.is_valid_on(jiff::civil::date(year, 1, 1));
        assert_eq!((known(2014), known(2015)), (false, true));
    }
}
