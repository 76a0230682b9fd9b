//! How soon a judge should see a signal.
//!
//! Invariant: urgency follows from the tier, the next hearing, the kind of proceeding and the day it is asked; it says nothing
//! about a person. Deliberately absent: the steps up for conflicting orders and for news after the last reading.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::working_days;
use crate::code_list;
use crate::lang::Lang;
use crate::proceeding::ProceedingKind;

/// A hearing within this many working days is near.
pub const NEAR: u16 = 10;

static TERMS: LazyLock<Vec<TermRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/alert-terms.toml")));

#[derive(Deserialize)]
struct TermRow {
    proceeding: ProceedingKind,
    working_days: u16,
}

/// How soon a judge should see a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Stands in the list; nobody is called.
    Low,
    /// In the ordinary course.
    Normal,
    /// Before the hearing that is near.
    High,
    /// At once.
    Urgent,
}

impl Urgency {
    /// Every urgency, from the lowest.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// One step up; the highest stays.
    #[must_use]
    pub const fn raised(self) -> Self {
        match self {
            Self::Low => Self::Normal,
            Self::Normal => Self::High,
            Self::High | Self::Urgent => Self::Urgent,
        }
    }

    /// What people read.
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Low, Lang::Nl) => "LAAG",
            (Self::Low, Lang::En) => "LOW",
            (Self::Normal, Lang::Nl) => "NORMAAL",
            (Self::Normal, Lang::En) => "NORMAL",
            (Self::High, Lang::Nl) => "HOOG",
            (Self::High, Lang::En) => "HIGH",
            (Self::Urgent, Lang::Nl) => "SPOED",
            (Self::Urgent, Lang::En) => "URGENT",
        }
    }
}

/// The urgency of a signal of this tier, before a case with its next hearing on `hearing`.
///
/// Tier 1 before a near hearing is urgent, tier 2 high; both are normal otherwise, also while no hearing is known. Anything
/// less serious, and a signal without a tier, is low.
pub fn urgency(tier: Option<u8>, hearing: Option<Date>, today: Date) -> Urgency {
    let near = hearing.is_some_and(|hearing| (today..=working_days::add(today, NEAR)).contains(&hearing));
    match tier {
        Some(1) if near => Urgency::Urgent,
        Some(2) if near => Urgency::High,
        Some(1 | 2) => Urgency::Normal,
        _ => Urgency::Low,
    }
}

/// Whether the day has passed by which a judge in such a proceeding should have been told (`code-lists/alert-terms.toml`).
///
/// Terms that run from a hearing are not counted here: [`urgency`] looks at the hearing itself.
pub fn is_overdue(kind: ProceedingKind, registered_on: Option<Date>, today: Date) -> bool {
    let term = TERMS.iter().find(|row| row.proceeding == kind);
    registered_on.zip(term).is_some_and(|(day, term)| today > working_days::add(day, term.working_days))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A Monday without holidays near.
    const TODAY: Date = date(2026, 9, 7);

    fn kind(code: &str) -> ProceedingKind {
        ProceedingKind::parse(code).unwrap()
    }

    #[test]
    fn tier_and_distance_to_the_hearing() {
        let in_days = |days| Some(working_days::add(TODAY, days));
        let table = [
            (Some(1), in_days(10), Urgency::Urgent),
            (Some(1), in_days(0), Urgency::Urgent),
            (Some(1), in_days(11), Urgency::Normal),
            (Some(1), None, Urgency::Normal),
            (Some(2), in_days(10), Urgency::High),
            (Some(2), in_days(20), Urgency::Normal),
            (Some(2), None, Urgency::Normal),
            (Some(2), TODAY.yesterday().ok(), Urgency::Normal),
            (Some(3), in_days(2), Urgency::Low),
            (Some(4), in_days(2), Urgency::Low),
            (None, in_days(2), Urgency::Low),
        ];
        for (tier, hearing, expected) in table {
            assert_eq!(urgency(tier, hearing, TODAY), expected, "tier {tier:?}, hearing {hearing:?}");
        }
    }

    #[test]
    fn holidays_do_not_count_towards_the_hearing() {
        let eve = date(2026, 4, 2);
        assert_eq!(urgency(Some(1), Some(date(2026, 4, 20)), eve), Urgency::Urgent, "ten working days over Easter");
        assert_eq!(urgency(Some(1), Some(date(2026, 4, 21)), eve), Urgency::Normal);
    }

    #[test]
    fn the_term_of_the_kind_is_missed_the_day_after_it() {
        let registered = Some(date(2026, 9, 4));
        let overdue = |code, today| is_overdue(kind(code), registered, today);
        assert!(!overdue("provisional-measures", date(2026, 9, 8)));
        assert!(overdue("provisional-measures", date(2026, 9, 9)));
        assert!(overdue("provisional-supervision-order", date(2026, 9, 5)));
        assert!(!overdue("contact-arrangement", date(2027, 9, 4)), "no term from registration");
        assert!(!is_overdue(kind("provisional-measures"), None, TODAY));
    }

    #[test]
    fn steps_go_up_and_stop() {
        assert!(Urgency::ALL.is_sorted());
        assert_eq!(
            Urgency::ALL.map(Urgency::raised),
            [Urgency::Normal, Urgency::High, Urgency::Urgent, Urgency::Urgent]
        );
        assert_eq!(Urgency::Urgent.label(Lang::Nl), "SPOED");
    }
}
