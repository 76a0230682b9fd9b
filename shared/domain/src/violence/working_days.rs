//! The Dutch calendar of working days.
//!
//! A working day is any day but a Saturday, a Sunday and a generally recognised public holiday (Algemene termijnenwet,
//! art. 3(1)); Good Friday counts as one of those (art. 3(2)). Everything is computed, so no list of years runs out.
//!
//! Invariants: no panic for any date; dates beyond the calendar (year 9999) stop at its end. Not for the terms of the Wet
//! tijdelijk huisverbod, to which that act does not apply (art. 13 Wth). Days that the government equates with a holiday for
//! a single year (art. 3(3)) are not known here.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Whether courts and registries work on this day.
pub fn is_working_day(day: Date) -> bool {
    !is_weekend(day) && !holidays(day.year()).contains(&day)
}

/// The day that lies `days` working days after `from`; with 0, `from` itself.
pub fn add(from: Date, days: u16) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return Date::MAX };
        day = next;
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// The day that lies `days` working days before `from`; with 0, `from` itself.
pub fn back(from: Date, days: u16) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Ok(before) = day.yesterday() else { return Date::MIN };
        day = before;
        if is_working_day(day) {
            left -= 1;
        }
    }
    day
}

/// How many working days lie after `from` up to and including `to`; negative when `to` lies before `from`.
///
/// Today to today is 0; Friday to the Monday after it is 1.
pub fn between(from: Date, to: Date) -> i32 {
    if to < from {
        return -between(to, from);
    }
    let weekdays = weekdays_up_to(to) - weekdays_up_to(from);
    let free: usize = (from.year()..=to.year())
        .map(|year| {
            holidays(year)
                .range((std::ops::Bound::Excluded(from), std::ops::Bound::Included(to)))
                .filter(|day| !is_weekend(**day))
                .count()
        })
        .sum();
    weekdays - i32::try_from(free).unwrap_or(i32::MAX)
}

/// The public holidays of a year (Algemene termijnenwet, art. 3), those that fall in a weekend included.
pub fn holidays(year: i16) -> BTreeSet<Date> {
    let fixed = [(1, 1), (5, 5), (12, 25), (12, 26)].map(|(month, day)| Date::new(year, month, day).ok());
    let moving = easter(year).map(|easter| [-2, 1, 39, 50].map(|days| easter.checked_add(i64::from(days).days()).ok()));
    fixed.into_iter().chain(moving.into_iter().flatten()).chain([kings_day(year)]).flatten().collect()
}

/// King's Day: 27 April, or the day before when that is a Sunday.
fn kings_day(year: i16) -> Option<Date> {
    let birthday = Date::new(year, 4, 27).ok()?;
    if birthday.weekday() == Weekday::Sunday { birthday.yesterday().ok() } else { Some(birthday) }
}

/// Easter Sunday in the Gregorian calendar, by the computation known as Meeus, Jones and Butcher's.
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number.rem_euclid(19);
    let (century, in_century) = (year_number.div_euclid(100), year_number.rem_euclid(100));
    let lunar_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - lunar_shift + 15).rem_euclid(30);
    let leap_days = 2 * century.rem_euclid(4) + 2 * (in_century / 4) - in_century % 4;
    let to_sunday = (32 + leap_days - epact).rem_euclid(7);
    let exception = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let sum = epact + to_sunday - 7 * exception + 114;
    Date::new(year, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Mondays to Fridays from the first Monday on or before the start of the calendar up to and including `day`: only
/// differences between two of these numbers mean anything.
fn weekdays_up_to(day: Date) -> i32 {
    let monday = Date::constant(1900, 1, 1);
    let days = monday.until(day).map_or(0, |span| span.get_days());
    days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        let known = [
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (1818, 3, 22),
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2038, 4, 25),
        ];
        for (year, month, day) in known {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn the_holidays_of_a_year() {
        let expected: BTreeSet<Date> = [
            date(2026, 1, 1),
            date(2026, 4, 3),
            date(2026, 4, 6),
            date(2026, 4, 27),
            date(2026, 5, 5),
            date(2026, 5, 14),
            date(2026, 5, 25),
            date(2026, 12, 25),
            date(2026, 12, 26),
        ]
        .into();
        assert_eq!(holidays(2026), expected);
    }

    #[test]
    fn ascension_and_whit_monday_follow_easter() {
        let known = [
            (2024, date(2024, 5, 9), date(2024, 5, 20)),
            (2025, date(2025, 5, 29), date(2025, 6, 9)),
            (2027, date(2027, 5, 6), date(2027, 5, 17)),
            (2028, date(2028, 5, 25), date(2028, 6, 5)),
            (2029, date(2029, 5, 10), date(2029, 5, 21)),
            (2030, date(2030, 5, 30), date(2030, 6, 10)),
        ];
        for (year, ascension, whit_monday) in known {
            assert!(holidays(year).is_superset(&BTreeSet::from([ascension, whit_monday])), "{year}");
        }
    }

    #[test]
    fn kings_day_moves_to_saturday_when_it_would_be_a_sunday() {
        assert!(holidays(2025).contains(&date(2025, 4, 26)), "27 April 2025 is a Sunday");
        assert!(!holidays(2025).contains(&date(2025, 4, 27)));
        assert!(!is_working_day(date(2026, 4, 27)));
        assert!(is_working_day(date(2027, 4, 28)));
    }

    #[test]
    fn good_friday_is_no_working_day() {
        assert!(!is_working_day(date(2026, 4, 3)));
    }

    #[test]
    fn counting_steps_over_weekends_and_holidays() {
        assert_eq!(between(date(2026, 4, 2), date(2026, 4, 7)), 1, "Good Friday, a weekend and Easter Monday");
        assert_eq!(between(date(2026, 4, 7), date(2026, 4, 2)), -1);
        assert_eq!(between(date(2026, 9, 4), date(2026, 9, 7)), 1);
        assert_eq!(between(date(2026, 9, 5), date(2026, 9, 5)), 0);
        assert_eq!(add(date(2026, 4, 2), 1), date(2026, 4, 7));
        assert_eq!(add(date(2026, 12, 24), 1), date(2026, 12, 28));
        assert_eq!(add(date(2026, 4, 3), 0), date(2026, 4, 3));
        assert_eq!(back(date(2026, 4, 7), 1), date(2026, 4, 2));
        assert_eq!(back(date(2026, 4, 5), 0), date(2026, 4, 5));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        assert_eq!(add(Date::MAX, 5), Date::MAX);
        assert_eq!(back(Date::MIN, 5), Date::MIN);
        assert!(between(Date::MIN, Date::MAX) > 0);
        assert_eq!(between(Date::MAX, Date::MAX), 0);
    }

    proptest! {
        #[test]
        fn adding_and_counting_agree(day in -20_000i32..40_000, days in 0u16..300) {
            let from = date(1970, 1, 1).checked_add(day.days()).unwrap();
            let to = add(from, days);
            prop_assert_eq!(between(from, to), i32::from(days));
            prop_assert!(days == 0 || is_working_day(to));
            prop_assert_eq!(between(back(to, days), to), i32::from(days));
        }
    }
}
