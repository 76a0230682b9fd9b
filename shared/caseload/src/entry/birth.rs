//! Birth dates as they are written.

use domain::jurisdiction::Jurisdiction;
use jiff::civil::Date;

use super::{Pen, shifted};
use crate::record::Slip;

impl Pen<'_> {
    pub(super) fn birth(&mut self) {
        if !self.draws.chance(self.carried.birth_date) || self.slips(self.rates.date_missing, Slip::DateMissing) {
            return;
        }
        if self.slips(self.rates.date_placeholder, Slip::DatePlaceholder) {
            self.record.birth_date = match self.case.jurisdiction {
                Jurisdiction::Huisverbod => "00000000".to_owned(),
                of => full(of, 1900, 1, 1),
            };
            return;
        }
        let born = self.person.born;
        let (mut year, mut month, mut day) = (born.year(), born.month(), born.day());
        if day != month && day <= 12 && self.slips(self.rates.day_month_swapped, Slip::DayMonthSwapped) {
            (month, day) = (day, month);
        }
        if self.draws.chance(self.rates.date_digit)
            && let Some(other) = self.another_digit(year, month, day)
        {
            (year, month, day) = other;
            self.record.slips.note(Slip::DateDigit);
        }
        let of = self.case.jurisdiction;
        if self.slips(self.rates.first_of_january, Slip::FirstOfJanuary) {
            (month, day) = (if self.draws.below(4) == 0 { 7 } else { 1 }, 1);
        }
        let whole = self.draws.chance(self.carried.whole_date);
        self.record.birth_date = if !whole || self.slips(self.rates.year_only, Slip::YearOnly) {
            partial(of, year, None)
        } else if self.slips(self.rates.month_only, Slip::MonthOnly) {
            partial(of, year, Some(month))
        } else {
            full(of, year, month, day)
        };
    }

    /// The date with one digit another, if that is a day of the calendar: a system takes no other.
    fn another_digit(&mut self, year: i16, month: i8, day: i8) -> Option<(i16, i8, i8)> {
        let written = format!("{year:04}{month:02}{day:02}");
        for _ in 0..12 {
            // Not the century: that is noticed.
            let place = 2 + self.draws.below(6);
            let by = 1 + self.draws.below(9);
            let other: String = written
                .chars()
                .enumerate()
                .map(|(at, digit)| if at == place { shifted(digit, by) } else { digit })
                .collect();
            let number = |from: usize, to: usize| other.get(from..to)?.parse::<i16>().ok();
            let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            if Date::new(year, month, day).is_ok_and(|date| date <= self.case.registered) {
                return Some((year, month, day));
            }
        }
        None
    }
}

/// A date in the manner of a system.
fn full(of: Jurisdiction, year: i16, month: i8, day: i8) -> String {
    match of {
        Jurisdiction::Family | Jurisdiction::Youth => format!("{year:04}-{month:02}-{day:02}"),
        Jurisdiction::Criminal | Jurisdiction::CivilBan => format!("{day:02}-{month:02}-{year:04}"),
        Jurisdiction::Huisverbod => format!("{year:04}{month:02}{day:02}"),
    }
}

/// What is known of a date, in the manner of a system.
fn partial(of: Jurisdiction, year: i16, month: Option<i8>) -> String {
    match (of, month) {
        (Jurisdiction::Huisverbod, month) => format!("{year:04}{:02}00", month.unwrap_or(0)),
        (_, Some(month)) => format!("{year:04}-{month:02}"),
        (_, None) => format!("{year:04}"),
    }
}
