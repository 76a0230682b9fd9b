//! Terms that the law sets in a proceeding: within how long it is heard or decided, how long a remedy is open, how long what
//! was decided lasts.
//!
//! Invariant: a [`Term`] is in `code-lists/terms.toml`, with the article it rests on and at least one kind of proceeding.
//! Deliberately absent: by when a judge should have been told of a signal, a choice of this house and not of the law.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::code_list::coded;
use crate::length::Length;
use crate::proceeding::ProceedingKind;

coded! {
    /// A term that the law sets.
    Term(TermRow) in "../code-lists/terms.toml" {
        proceedings: Vec<ProceedingKind>,
        nature: TermNature,
        runs_from: TermStart,
        length: Length,
    }
    TermError, "term.unknown", "not a term: use a code from the list of terms, such as `huisverbod-duration`"
}

/// What a term is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermNature {
    /// The case is heard within it.
    Hearing,
    /// The case is decided within it.
    Decision,
    /// A remedy is open during it.
    Appeal,
    /// A request is open during it, or only after it.
    Request,
    /// What was decided lasts no longer.
    Duration,
}

/// What a term is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermStart {
    /// The day the case was brought.
    Filing,
    /// The hearing, or its close.
    Hearing,
    /// The decision.
    Decision,
    /// The day the person concerned was told.
    Notification,
    /// The day the decision became final.
    Finality,
    /// The day what was decided began.
    Start,
    /// The day it would have ended.
    Expiry,
    /// What happened outside the case.
    Event,
}

impl Term {
    /// The kinds of proceeding in which it runs.
    pub fn proceedings(self) -> &'static [ProceedingKind] {
        &self.0.row().proceedings
    }

    /// The terms of a kind of proceeding, in the order of the list.
    pub fn of(kind: ProceedingKind) -> impl Iterator<Item = Self> {
        Self::all().filter(move |term| term.proceedings().contains(&kind))
    }

    /// What it is for.
    pub fn nature(self) -> TermNature {
        self.0.row().nature
    }

    /// What it is counted from.
    pub fn runs_from(self) -> TermStart {
        self.0.row().runs_from
    }

    /// How long it is.
    pub fn length(self) -> Length {
        self.0.row().length
    }

    /// The day it ends when it runs from `day`, not moved past a weekend or holiday.
    pub fn ends_on(self, day: Date) -> Date {
        self.length().after(day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn term(code: &str) -> Term {
        Term::parse(code).unwrap()
    }

    #[test]
    fn the_list_is_sound() {
        Term::assert_sound();
        for term in Term::all() {
            assert!(!term.proceedings().is_empty(), "{term} runs nowhere");
            assert!(term.length().number > 0, "{term} has no length");
        }
    }

    #[test]
    fn terms_end_on_the_day_of_the_law() {
        assert_eq!(term("huisverbod-duration").ends_on(date(2026, 2, 25)), date(2026, 3, 7));
        assert_eq!(term("huisverbod-total").ends_on(date(2026, 2, 25)), date(2026, 3, 25));
        assert_eq!(term("provisional-supervision-order-duration").ends_on(date(2026, 1, 31)), date(2026, 4, 30));
        assert_eq!(term("behavioural-order-duration").ends_on(date(2026, 1, 1)), date(2026, 4, 1));
    }

    #[test]
    fn a_proceeding_has_its_terms() {
        let kind = ProceedingKind::parse("huisverbod-provisional-measure").unwrap();
        let natures: Vec<TermNature> = Term::of(kind).map(Term::nature).collect();
        assert_eq!(natures, [TermNature::Duration, TermNature::Duration, TermNature::Hearing, TermNature::Decision]);
        let provisional = ProceedingKind::parse("provisional-measures").unwrap();
        assert!(Term::of(provisional).all(|term| term.nature() != TermNature::Appeal), "no appeal lies (art. 824 Rv)");
        assert_eq!(term("contact-denial-review-after-killing").runs_from(), TermStart::Finality);
    }
}
