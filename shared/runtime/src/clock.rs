//! The clock: the one place where the house asks what time it is.
//!
//! Invariant: everything else takes the time as an argument, so that a decision replayed next year decides the same.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Where the courts of this register keep their calendar: a hearing "today" is today in Amsterdam. Built into the
/// program, because a bare machine has no time zone database.
const AMSTERDAM: TimeZone = jiff::tz::get!("Europe/Amsterdam");

/// A clock that can be handed around: the machine's own, or one that stands still until a test moves it. Clones show the
/// same time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    standing: Arc<RwLock<Option<Timestamp>>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still at `now`.
    pub fn fixed(now: Timestamp) -> Self {
        Self { standing: Arc::new(RwLock::new(Some(now))) }
    }

    /// Stops this clock and all its clones at `now`; the machine's clock no longer counts.
    pub fn set(&self, now: Timestamp) {
        *self.standing.write().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// Stops this clock and all its clones at `step` from what they show. A step beyond the range of time that can be
    /// told leaves them standing where they are.
    pub fn advance(&self, step: SignedDuration) {
        let now = self.now();
        self.set(now.checked_add(step).unwrap_or(now));
    }

    /// This moment.
    #[expect(clippy::disallowed_methods, reason = "this is the place where the clock is read")]
    pub fn now(&self) -> Timestamp {
        let standing = *self.standing.read().unwrap_or_else(PoisonError::into_inner);
        standing.unwrap_or_else(Timestamp::now)
    }

    /// The day it is in Amsterdam.
    pub fn today(&self) -> jiff::civil::Date {
        self.now().to_zoned(AMSTERDAM).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_day_turns_at_midnight_in_amsterdam_summer_and_winter() {
        let clock = Clock::fixed(at("2026-07-01T21:59:59Z"));
        assert_eq!(clock.today(), jiff::civil::date(2026, 7, 1));
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(clock.today(), jiff::civil::date(2026, 7, 2));
        clock.set(at("2026-12-31T22:59:59Z"));
        assert_eq!(clock.today(), jiff::civil::date(2026, 12, 31));
        clock.set(at("2026-12-31T23:00:00Z"));
        assert_eq!(clock.today(), jiff::civil::date(2027, 1, 1));
    }

    #[test]
    fn clones_show_the_same_time() {
        let clock = Clock::fixed(at("2026-01-01T00:00:00Z"));
        let other = clock.clone();
        clock.set(at("2026-02-01T00:00:00Z"));
        assert_eq!(other.now(), at("2026-02-01T00:00:00Z"));
    }

    #[test]
    fn the_system_clock_goes_on() {
        let clock = Clock::system();
        let before = clock.now();
        assert!(clock.now() >= before);
        assert!(before > at("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn a_step_beyond_time_leaves_it_standing() {
        let clock = Clock::fixed(Timestamp::MAX);
        clock.advance(SignedDuration::from_secs(1));
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}
