//! How soon a judge should see a signal.
//!
//! Invariant: urgency follows from the tier, the next hearing, the kind of proceeding, whether a decision is pending and the day it is
//! asked; it says nothing about a person. That there is news since somebody read is a matter of that reader's list ([`Urgency::with_news`])
//! and never part of what is told.

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

    /// As it stands in the list of somebody who read an earlier version, where the law has come further since: one step up. What may
    /// wait in the list still may.
    #[must_use]
    pub const fn with_news(self) -> Self {
        match self {
            Self::Low => Self::Low,
            other => other.raised(),
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

/// Whether the day has passed by which a judge should have been told, given the term in working days from the registration.
///
/// Terms that run from a hearing are not counted here: [`urgency`] looks at the hearing itself.
pub fn is_overdue(term: Option<u16>, registered_on: Option<Date>, today: Date) -> bool {
    registered_on.zip(term).is_some_and(|(day, term)| today > working_days::add(day, term))
}

/// The term of a kind of proceeding, where a court decided nothing else: see [`super::policy::Policy::term`].
pub fn term_of(kind: ProceedingKind) -> Option<u16> {
    TERMS.iter().find(|row| row.proceeding == kind).map(|row| row.working_days)
}

/// The day by which a judge should have read a signal that stands since `since`; nothing where no term is known, and for what may
/// wait in the list.
///
/// The first of: the end of the term in working days from the registration; the day from which the hearing is near, so
/// that something can still be asked or brought forward; for what is urgent, the day since which it stands. What came too late
/// for its term should be read the same day, or on the next working day.
pub fn read_by(
    urgency: Urgency,
    term: Option<u16>,
    registered_on: Option<Date>,
    hearing: Option<Date>,
    since: Date,
) -> Option<Date> {
    if urgency == Urgency::Low {
        return None;
    }
    let term = registered_on.zip(term).map(|(day, term)| working_days::add(day, term));
    let before_hearing = hearing.map(|hearing| working_days::back(hearing, NEAR));
    let at_once = (urgency == Urgency::Urgent).then_some(since);
    let day = [term, before_hearing, at_once].into_iter().flatten().min()?.max(since);
    Some(if working_days::is_working_day(day) { day } else { working_days::add(day, 1) })
}

/// The day from which a clerk is to hear that nobody has read it: one working day is left, but never before a working day has
/// passed since it stands.
pub fn escalates_on(read_by: Date, since: Date) -> Date {
    working_days::back(read_by, 1).max(working_days::add(since, 1))
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
        let overdue = |code, today| is_overdue(term_of(kind(code)), registered, today);
        assert!(!overdue("provisional-measures", date(2026, 9, 8)));
        assert!(overdue("provisional-measures", date(2026, 9, 9)));
        assert!(overdue("provisional-supervision-order", date(2026, 9, 5)));
        assert!(!overdue("contact-arrangement", date(2027, 9, 4)), "no term from registration");
        assert!(!is_overdue(Some(2), None, TODAY));
    }

    #[test]
    fn a_signal_is_to_be_read_before_its_term_and_before_the_hearing_is_near() {
        // Ten working days before Monday 12 October.
        let hearing = Some(date(2026, 10, 12));
        let by = |urgency, hearing, since| read_by(urgency, None, Some(TODAY), hearing, since);
        assert_eq!(by(Urgency::Normal, hearing, TODAY), Some(date(2026, 9, 28)));
        assert_eq!(by(Urgency::Normal, None, TODAY), None, "nothing is nearing");
        assert_eq!(by(Urgency::Low, hearing, TODAY), None, "it may wait in the list");
        assert_eq!(by(Urgency::Urgent, None, TODAY), Some(TODAY));
        assert_eq!(
            by(Urgency::High, hearing, date(2026, 10, 1)),
            Some(date(2026, 10, 1)),
            "told when it was near already"
        );
        assert_eq!(by(Urgency::Urgent, None, date(2026, 9, 12)), Some(date(2026, 9, 14)), "told on a Saturday");

        let of = |code, since| read_by(Urgency::Normal, term_of(kind(code)), Some(date(2026, 9, 4)), hearing, since);
        assert_eq!(of("provisional-measures", TODAY), Some(date(2026, 9, 8)));
        assert_eq!(of("provisional-supervision-order", TODAY), Some(TODAY), "its term had passed");
        assert_eq!(read_by(Urgency::Normal, Some(5), None, None, TODAY), None);
    }

    #[test]
    fn a_clerk_hears_of_it_when_one_working_day_is_left_and_not_before_one_has_passed() {
        let friday = date(2026, 9, 25);
        assert_eq!(escalates_on(date(2026, 9, 28), TODAY), friday);
        assert_eq!(escalates_on(date(2026, 9, 28), friday), date(2026, 9, 28));
        assert_eq!(escalates_on(friday, friday), date(2026, 9, 28), "the weekend is no working day");
        assert_eq!(escalates_on(date(2026, 4, 7), date(2026, 3, 30)), date(2026, 4, 2), "nor is Easter");
        assert_eq!(escalates_on(TODAY, TODAY), date(2026, 9, 8));
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
