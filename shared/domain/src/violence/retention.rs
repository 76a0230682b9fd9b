//! For how long a final conviction is told (`code-lists/retention.toml`).
//!
//! Invariant: only what is final ages; what is pending is told as long as its case is open. A term is counted from the day on which
//! the ruling became final, by the calendar.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use super::status::{ChargeHistory, Status};
use crate::code_list;
use crate::length::Length;

static TERMS: LazyLock<Vec<Term>> =
    LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/retention.toml")));

#[derive(Deserialize)]
struct Term {
    tier: u8,
    shown: Length,
}

/// Whether an indicator of this tier is still told on `today`, given what became of its charge.
pub(super) fn is_told(tier: u8, status: Status, history: &ChargeHistory, today: Date) -> bool {
    let ages = matches!(status, Status::S36 | Status::S50 | Status::S55);
    let term = TERMS.iter().find(|term| term.tier == tier);
    let last = history.final_on.filter(|_| ages).zip(term).map(|(day, term)| term.shown.after(day));
    last.is_none_or(|last| today <= last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_tier_has_a_term_and_the_more_serious_is_told_longer() {
        let years: Vec<u16> =
            (1..=4).map(|tier| TERMS.iter().find(|term| term.tier == tier).unwrap().shown.number).collect();
        assert!(years.is_sorted_by(|a, b| a >= b), "{years:?}");
        assert_eq!(years.len(), TERMS.len());
    }

    #[test]
    fn only_what_is_final_ages() {
        let history = ChargeHistory { final_on: Some(date(2026, 9, 1)), ..ChargeHistory::default() };
        assert!(is_told(3, Status::S50, &history, date(2031, 9, 1)));
        assert!(!is_told(3, Status::S50, &history, date(2031, 9, 2)));
        assert!(is_told(2, Status::S50, &history, date(2031, 9, 2)));
        assert!(is_told(3, Status::S40, &history, date(2060, 1, 1)), "not final");
        assert!(is_told(3, Status::S50, &ChargeHistory::default(), date(2060, 1, 1)), "since when is not known");
    }
}
