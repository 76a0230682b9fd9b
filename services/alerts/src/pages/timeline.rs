//! When what happened in the two cases of a signal: a picture with a lane for each case, and the same as a table.
//!
//! Invariants: nothing is drawn that the signal does not tell; the same signal gives the same picture; a mark has a number, by
//! which the table says in words what it is.

use domain::violence::assess::Assessment;
use domain::violence::wording;
use jiff::civil::Date;
use web::Page;

use super::dates::{When, date_of, day, period, span};
use super::view::in_domain;
use crate::inbox::{Entry, Told};

/// The picture's measures, in its own units.
const WIDTH: i64 = 720;
const LEFT: i64 = 120;
const RIGHT: i64 = 130;
const TOP: i64 = 34;
const ROW: i64 = 26;
const MARK: i64 = 14;

/// The whole picture.
pub struct Timeline {
    /// Its marks, the own case's first, and of a case the oldest first.
    pub marks: Vec<Mark>,
    /// Where the lanes begin, and what they are called.
    pub lanes: Vec<Lane>,
    /// The day as of which it is drawn.
    pub as_of: When,
    /// Where that day is.
    pub as_of_x: i64,
    /// How wide.
    pub width: i64,
    /// How high.
    pub height: i64,
    /// The first year and the last.
    pub years: String,
}

/// The part of the picture that belongs to one case.
pub struct Lane {
    /// Which case.
    pub label: String,
    /// Where its name stands.
    pub text_y: i64,
    /// The line above it.
    pub y: i64,
}

/// Something on a day, or over a time.
pub struct Mark {
    /// By which number the table names it.
    pub number: usize,
    /// Of which case.
    pub case: String,
    /// What.
    pub what: String,
    /// When, in words.
    pub when: String,
    /// Whether it is drawn as one of the own case.
    pub is_own: bool,
    /// Whether it is a day, drawn round, and not a time, drawn long.
    pub is_day: bool,
    /// From where.
    pub x: i64,
    /// How long.
    pub bar: i64,
    /// The top of it.
    pub y: i64,
    /// Where its words stand.
    pub text_x: i64,
    /// Their baseline.
    pub text_y: i64,
}

/// What is to be drawn, before there is a scale.
struct Event {
    is_own: bool,
    what: String,
    when: String,
    from: Option<Date>,
    until: Option<Date>,
    is_day: bool,
}

impl Event {
    fn on(is_own: bool, what: String, on: Date, page: &Page) -> Self {
        let when = day(on, page.lang()).text;
        Self { is_own, what, when, from: Some(on), until: Some(on), is_day: true }
    }

    fn over(what: String, from: Date, until: Option<Date>, page: &Page) -> Self {
        Self { is_own: false, what, when: span(from, until, page), from: Some(from), until, is_day: false }
    }
}

impl Timeline {
    /// The timeline of a signal that stands; nothing once it was withdrawn.
    pub fn of(entry: &Entry, page: &Page) -> Option<Self> {
        let Told::Stands { assessment, as_of, .. } = &entry.told else { return None };
        let mut events = events(entry, assessment, page);
        events.sort_by(|a, b| {
            (!a.is_own, a.from, a.until, &a.what, &a.when).cmp(&(!b.is_own, b.from, b.until, &b.what, &b.when))
        });
        let days = || events.iter().flat_map(|event| [event.from, event.until]).flatten().chain([*as_of]);
        let scale = Scale { first: days().min()?, last: days().max()? };
        let mut lanes: Vec<Lane> = Vec::new();
        let mut marks = Vec::new();
        let mut y = TOP;
        for (index, event) in events.into_iter().enumerate() {
            let case = page.say(if event.is_own { "timeline-own" } else { "timeline-parallel" });
            if lanes.last().is_none_or(|lane| lane.label != case) {
                lanes.push(Lane { label: case.clone(), text_y: y + ROW / 2 + 5, y });
            }
            marks.push(mark(index + 1, case, event, y, &scale));
            y += ROW;
        }
        let (first, last) = (scale.first.year(), scale.last.year());
        let years = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let as_of_x = scale.at(*as_of);
        Some(Self { marks, lanes, as_of: day(*as_of, page.lang()), as_of_x, width: WIDTH, height: y + 6, years })
    }
}

fn events(entry: &Entry, told: &Assessment, page: &Page) -> Vec<Event> {
    let lang = in_domain(page.lang());
    let hearing = || page.say("timeline-hearing");
    let mut events = vec![Event::on(true, page.say("timeline-raised"), date_of(entry.raised_at), page)];
    events.extend(told.own_hearing.map(|on| Event::on(true, hearing(), on, page)));
    events.extend(told.parallel_hearing.map(|on| Event::on(false, hearing(), on, page)));
    events.extend(told.indicators.iter().map(|line| {
        let (from, until) = months(&line.period);
        let what = format!("{} ({})", wording::offence(line, lang), line.status.label(lang));
        Event { is_own: false, what, when: period(&line.period, page.lang()), from, until, is_day: false }
    }));
    events.extend(told.orders.iter().map(|line| {
        let what = wording::measure(Some(line.kind), &line.categories, lang);
        Event::over(format!("{what} ({})", line.state.label(lang)), line.from, line.until, page)
    }));
    events.extend(told.contact.iter().map(|line| {
        let what = page.say(if line.allowed { "timeline-contact" } else { "timeline-no-contact" });
        Event::over(what, line.from, line.until, page)
    }));
    events.dedup_by(|a, b| (a.is_own, &a.what, &a.when) == (b.is_own, &b.what, &b.when));
    events
}

/// The first day and the last of an offence period to the month, as far as it tells: `2026-03`, `2024-05/2024-08`, `../2026-03`.
fn months(period: &str) -> (Option<Date>, Option<Date>) {
    let first = |part: &str| {
        let (year, month) = part.split_once('-')?;
        Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
    };
    let (from, until) = period.split_once('/').unwrap_or((period, period));
    (first(from), first(until).map(Date::last_of_month))
}

/// From days to places.
struct Scale {
    first: Date,
    last: Date,
}

impl Scale {
    fn days(&self, to: Date) -> i64 {
        i64::from((to - self.first).get_days())
    }

    fn at(&self, on: Date) -> i64 {
        let room = WIDTH - LEFT - RIGHT;
        // A day at the least, so that a picture of one day has a place for it.
        LEFT + self.days(on) * room / self.days(self.last).max(1)
    }
}

fn mark(number: usize, case: String, event: Event, y: i64, scale: &Scale) -> Mark {
    let x = scale.at(event.from.unwrap_or(scale.first));
    let end = scale.at(event.until.unwrap_or(scale.last));
    let bar = if event.is_day { MARK } else { (end - x).max(4) };
    let x = if event.is_day { x - MARK / 2 } else { x };
    Mark {
        number,
        case,
        what: event.what,
        when: event.when,
        is_own: event.is_own,
        is_day: event.is_day,
        x,
        bar,
        y: y + (ROW - MARK) / 2,
        text_x: x + bar + 6,
        text_y: y + ROW / 2 + 5,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_of_a_period_as_far_as_it_tells() {
        assert_eq!(months("2026-02"), (Some(date(2026, 2, 1)), Some(date(2026, 2, 28))));
        assert_eq!(months("2024-05/2024-08"), (Some(date(2024, 5, 1)), Some(date(2024, 8, 31))));
        assert_eq!(months("../2026-03"), (None, Some(date(2026, 3, 31))));
        for odd in ["", "x", "2024-13", "-", "/"] {
            assert_eq!(months(odd), (None, None), "{odd}");
        }
    }

    #[test]
    fn every_day_has_a_place_within_the_picture() {
        let scale = Scale { first: date(2024, 1, 1), last: date(2026, 9, 14) };
        assert_eq!((scale.at(scale.first), scale.at(scale.last)), (LEFT, WIDTH - RIGHT));
        let one_day = Scale { first: scale.first, last: scale.first };
        assert_eq!(one_day.at(scale.first), LEFT);
    }
}
