//! Statutory terms: within how long something must happen, by law.

use std::sync::LazyLock;

use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

use crate::code_list::{self, Coded, Entry, Row};
use crate::jurisdiction::Jurisdiction;
use crate::lang::Lang;

static TERMS: LazyLock<Vec<TermRow>> =
    LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/terms.toml")));

#[derive(Deserialize)]
struct TermRow {
    #[serde(flatten)]
    entry: Entry,
    jurisdictions: Vec<Jurisdiction>,
    length: u16,
    unit: TermUnit,
    begins: String,
}

impl Row for TermRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// In what a term is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermUnit {
    /// Calendar days.
    Day,
    /// Weeks.
    Week,
    /// Calendar months.
    Month,
    /// Years.
    Year,
}

/// A statutory term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term(Coded<TermRow>);

impl Term {
    /// The term of a code, such as `custody-dispute-hearing`.
    pub fn find(code: &str) -> Option<Self> {
        Coded::find(&TERMS, code).map(Self)
    }

    /// Every term, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        Coded::all(&TERMS).map(Self)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Where it applies.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.0.row().jurisdictions
    }

    /// What it runs from, such as `filed` or `imposed`.
    pub fn begins(self) -> &'static str {
        &self.0.row().begins
    }

    /// The article it rests on.
    pub fn basis(self) -> &'static str {
        &self.0.row().entry.source
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label(lang)
    }

    /// The last day of the term, before the general law on terms moves it off a weekend or a holiday. Nothing when it lies
    /// beyond the calendar.
    pub fn ends(self, begun: Date) -> Option<Date> {
        let row = self.0.row();
        let length = i64::from(row.length);
        let span = match row.unit {
            TermUnit::Day => Span::new().try_days(length),
            TermUnit::Week => Span::new().try_weeks(length),
            TermUnit::Month => Span::new().try_months(length),
            TermUnit::Year => Span::new().try_years(length),
        };
        begun.checked_add(span.ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_list_is_sound() {
        assert_eq!(code_list::faults(&TERMS), Vec::<String>::new());
        for term in Term::all() {
            assert!(!term.jurisdictions().is_empty() && !term.begins().is_empty(), "{term:?}");
            assert!(term.ends(date(2026, 1, 31)).is_some_and(|end| end > date(2026, 1, 31)), "{term:?}");
            assert_eq!(term.ends(Date::MAX), None);
        }
    }

    #[test]
    fn a_term_counts_in_its_own_unit() {
        let ends = |code: &str| Term::find(code).unwrap().ends(date(2026, 1, 31)).unwrap();
        assert_eq!(ends("restraining-order-length"), date(2026, 2, 10));
        assert_eq!(ends("custody-dispute-hearing"), date(2026, 3, 14));
        assert_eq!(ends("custody-suspension-lapse"), date(2026, 4, 30));
        assert_eq!(ends("contact-renewal-after-killing"), date(2028, 1, 31));
    }
}
