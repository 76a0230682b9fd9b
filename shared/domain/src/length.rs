//! A length of time as the law gives it: a number and a unit.
//!
//! Invariant: a month or a year is counted by the calendar, as the law does, never as a number of days. Deliberately absent:
//! the Algemene termijnenwet, which moves the end of some terms past a weekend or holiday and leaves others, such as that of a
//! huisverbod, where they fall.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// A number and a unit, such as three weeks; in a code list `{ number = 3, unit = "weeks" }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// How many.
    pub number: u16,
    /// Of what.
    pub unit: LengthUnit,
}

/// The unit of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LengthUnit {
    /// Hours.
    Hours,
    /// Days, each of them counted.
    Days,
    /// Weeks.
    Weeks,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

impl Length {
    /// The day it ends when it runs from `day`; part of a day counts as none.
    pub fn after(self, day: Date) -> Date {
        let number = i64::from(self.number);
        let span = match self.unit {
            LengthUnit::Hours => (number / 24).days(),
            LengthUnit::Days => number.days(),
            LengthUnit::Weeks => number.weeks(),
            LengthUnit::Months => number.months(),
            LengthUnit::Years => number.years(),
        };
        day.saturating_add(span)
    }

    /// What people read, such as `3 weken`.
    pub fn label(self, lang: Lang) -> String {
        let one = self.number == 1;
        let unit = match (self.unit, lang) {
            (LengthUnit::Hours, Lang::Nl) => "uur",
            (LengthUnit::Days, Lang::Nl) if one => "dag",
            (LengthUnit::Days, Lang::Nl) => "dagen",
            (LengthUnit::Weeks, _) if one => "week",
            (LengthUnit::Weeks, Lang::Nl) => "weken",
            (LengthUnit::Months, Lang::Nl) if one => "maand",
            (LengthUnit::Months, Lang::Nl) => "maanden",
            (LengthUnit::Years, Lang::Nl) => "jaar",
            (LengthUnit::Hours, Lang::En) if one => "hour",
            (LengthUnit::Hours, Lang::En) => "hours",
            (LengthUnit::Days, Lang::En) if one => "day",
            (LengthUnit::Days, Lang::En) => "days",
            (LengthUnit::Weeks, Lang::En) => "weeks",
            (LengthUnit::Months, Lang::En) if one => "month",
            (LengthUnit::Months, Lang::En) => "months",
            (LengthUnit::Years, Lang::En) if one => "year",
            (LengthUnit::Years, Lang::En) => "years",
        };
        format!("{} {unit}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn length(number: u16, unit: LengthUnit) -> Length {
        Length { number, unit }
    }

    #[test]
    fn months_and_years_follow_the_calendar() {
        let after = |number, unit, day| length(number, unit).after(day);
        assert_eq!(after(3, LengthUnit::Months, date(2025, 11, 30)), date(2026, 2, 28));
        assert_eq!(after(1, LengthUnit::Years, date(2024, 2, 29)), date(2025, 2, 28));
        assert_eq!(after(10, LengthUnit::Days, date(2026, 2, 25)), date(2026, 3, 7));
        assert_eq!(after(4, LengthUnit::Weeks, date(2026, 2, 1)), date(2026, 3, 1));
        assert_eq!(after(24, LengthUnit::Hours, date(2026, 2, 1)), date(2026, 2, 2));
        assert_eq!(after(9, LengthUnit::Hours, date(2026, 2, 1)), date(2026, 2, 1));
    }

    #[test]
    fn it_reads_in_both_languages() {
        assert_eq!(length(1, LengthUnit::Weeks).label(Lang::Nl), "1 week");
        assert_eq!(length(3, LengthUnit::Months).label(Lang::Nl), "3 maanden");
        assert_eq!(length(2, LengthUnit::Years).label(Lang::Nl), "2 jaar");
        assert_eq!(length(1, LengthUnit::Days).label(Lang::En), "1 day");
        assert_eq!(length(24, LengthUnit::Hours).label(Lang::En), "24 hours");
    }

    #[test]
    fn a_length_reads_from_a_table() {
        let read: Length = toml::from_str("number = 3\nunit = 'weeks'").unwrap();
        assert_eq!(read, length(3, LengthUnit::Weeks));
        assert!(toml::from_str::<Length>("number = 3\nunit = 'fortnights'").is_err());
    }
}
