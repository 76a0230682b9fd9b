//! Days and moments in words, in the time of the courts.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use web::{Lang, Page};

/// Where the courts keep their calendar; built in, because a bare machine has no time zone database.
const AMSTERDAM: TimeZone = jiff::tz::get!("Europe/Amsterdam");

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// A day or moment as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// For programs (ISO 8601; a moment with its offset).
    pub iso: String,
    /// For people.
    pub text: String,
}

/// A day, such as `14 september 2026`.
pub fn day(date: Date, lang: Lang) -> When {
    When { iso: date.to_string(), text: format!("{} {}", date.day(), month(date.month(), date.year(), lang)) }
}

/// A moment, such as `14 september 2026, 10:05`.
pub fn moment(at: Timestamp, lang: Lang) -> When {
    let local = at.to_zoned(AMSTERDAM);
    let iso = local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    When { iso, text: format!("{}, {}", day(local.date(), lang).text, local.strftime("%H:%M")) }
}

/// From a day on, and until which, in the page's language.
pub fn span(from: Date, until: Option<Date>, page: &Page) -> String {
    let text = |on| day(on, page.lang()).text;
    match until {
        None => page.say_with("days-from", &[("from", text(from).into())]),
        Some(until) => page.say_with("days-from-to", &[("from", text(from).into()), ("until", text(until).into())]),
    }
}

/// The day of a moment, where the courts are.
pub fn date_of(at: Timestamp) -> Date {
    at.to_zoned(AMSTERDAM).date()
}

/// An offence period to the month, `2026-03` or `2024-05/2024-08`, such as `maart 2026`; as it came when it is neither.
pub fn period(text: &str, lang: Lang) -> String {
    let until = match lang {
        Lang::Nl => "t/m ",
        Lang::En => "up to ",
    };
    let one = |part: &str| {
        let (year, number) = part.split_once('-')?;
        Some(month(number.parse().ok()?, year.parse().ok()?, lang))
    };
    if let Some(last) = text.strip_prefix("../").and_then(one) {
        return format!("{until}{last}");
    }
    let parts: Option<Vec<String>> = text.split('/').map(one).collect();
    let to = match lang {
        Lang::Nl => " t/m ",
        Lang::En => " to ",
    };
    parts.map_or_else(|| text.to_owned(), |parts| parts.join(to))
}

fn month(number: i8, year: i16, lang: Lang) -> String {
    let names = usize::try_from(number - 1).ok().and_then(|index| MONTHS.get(index));
    match (names, lang) {
        (Some((name, _)), Lang::Nl) | (Some((_, name)), Lang::En) => format!("{name} {year}"),
        (None, _) => format!("{year}-{number:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_moments_and_periods_in_words() {
        let date = jiff::civil::date(2026, 9, 14);
        assert_eq!(day(date, Lang::Nl).text, "14 september 2026");
        assert_eq!(day(jiff::civil::date(2026, 3, 1), Lang::En).text, "1 March 2026");
        let at = moment("2026-01-31T23:30:00Z".parse().unwrap(), Lang::Nl);
        assert_eq!((at.iso.as_str(), at.text.as_str()), ("2026-02-01T00:30:00+01:00", "1 februari 2026, 00:30"));
        assert_eq!(period("2026-03", Lang::Nl), "maart 2026");
        assert_eq!(period("2024-05/2024-08", Lang::En), "May 2024 to August 2024");
        assert_eq!(period("../2026-03", Lang::Nl), "t/m maart 2026");
        for odd in ["", "x", "2024-13-1", "2024"] {
            assert_eq!(period(odd, Lang::Nl), odd);
        }
    }
}
