//! Codes and dates as words on a page.

use domain::lang::Lang as DomainLang;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use web::text::Value;
use web::{Lang, Page};

use crate::queue::CaseCard;

/// Where the courts keep their calendar.
const AMSTERDAM: TimeZone = jiff::tz::get!("Europe/Amsterdam");

/// The rules that ask, for which there are words.
pub(super) const RULES: [&str; 16] = [
    "number-contradicted",
    "number-slip",
    "number-twice-in-case",
    "numbers-differ",
    "rulings-contradict",
    "twins",
    "namesakes",
    "possible",
    "bridge",
    "split",
    "too-many",
    "ruling-overtaken",
    // Of the first model, which only knew these.
    "bsn-contradicted",
    "bsn-alone",
    "name-birth",
    "chain-contradicted",
];

/// The levels at which fields agree, each with a sign of its own, so that no colour is needed to tell them apart.
pub(super) const LEVELS: [(&str, &str); 4] =
    [("equal", "="), ("compatible", "≈"), ("different", "≠"), ("missing", "–")];

/// The language of a page, for the labels of the code lists.
pub(super) const fn domain_lang(lang: Lang) -> DomainLang {
    match lang {
        Lang::Nl => DomainLang::Nl,
        Lang::En => DomainLang::En,
    }
}

/// A day as machines and as people write it.
pub(super) struct Day {
    /// `2026-03-14`.
    pub(super) machine: String,
    /// In the language of the page.
    pub(super) people: String,
    /// How far off it is.
    pub(super) distance: String,
}

impl Day {
    /// A day from today on.
    pub(super) fn of(page: &Page, day: Date, today: Date) -> Self {
        Self {
            machine: day.to_string(),
            people: date(page.lang(), day),
            distance: page.say_with("day-distance", &[("days", Value::from(days_between(today, day)))]),
        }
    }
}

/// A day in the language of a page.
pub(super) fn date(lang: Lang, day: Date) -> String {
    match lang {
        Lang::Nl => day.strftime("%d-%m-%Y").to_string(),
        Lang::En => day.strftime("%-d %B %Y").to_string(),
    }
}

/// A moment in Amsterdam with its offset, in the language of a page.
pub(super) fn moment(lang: Lang, at: Timestamp) -> String {
    let zoned = at.to_zoned(AMSTERDAM);
    format!("{} {}", date(lang, zoned.date()), zoned.strftime("%H:%M %:z"))
}

/// The day it was in Amsterdam.
pub(super) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(AMSTERDAM).date()
}

/// Days from one day to another, never less than none.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days())).max(0)
}

/// Why a question is asked.
pub(super) fn rule(page: &Page, rule: &str) -> String {
    let known = RULES.into_iter().find(|known| *known == rule).unwrap_or("other");
    page.say(&format!("rule-{known}"))
}

/// Where a case runs and what kind it is.
pub(super) fn case(page: &Page, case: Option<&CaseCard>) -> String {
    let lang = domain_lang(page.lang());
    case.map_or_else(
        || page.say("case-unregistered"),
        |case| format!("{}, {}", case.court.label(lang), case.jurisdiction.label(lang)),
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn days_and_moments_read_as_people_write_them() {
        assert_eq!(date(Lang::Nl, day(2026, 3, 4)), "04-03-2026");
        assert_eq!(date(Lang::En, day(2026, 3, 4)), "4 March 2026");
        let at: Timestamp = "2026-07-01T22:30:00Z".parse().expect("a moment");
        assert_eq!(moment(Lang::Nl, at), "02-07-2026 00:30 +02:00");
        assert_eq!(day_of(at), day(2026, 7, 2));
    }

    #[test]
    fn days_are_counted_across_months_and_never_below_none() {
        assert_eq!(days_between(day(2026, 1, 30), day(2026, 3, 2)), 31);
        assert_eq!(days_between(day(2026, 3, 2), day(2026, 1, 30)), 0);
    }
}
