//! Dates of birth.
//!
//! A date is compared by its digits, not by the calendar: a slip may have made it a day that does not exist. The first of
//! January and the first of July say no more than the year: registers write them for "about then".

use std::borrow::Cow;

use domain::birth::STAND_FOR_NONE;

use super::text::says_nothing;
use super::{Level, MISSING, Rarity, redacted};
use crate::keys::Piece;
use crate::pool::Value;

pub(crate) const LEVELS: [&str; 12] = [
    "missing",
    "equal",
    "day-month-swapped",
    "slip",
    "compatible",
    "one-part-differs",
    "within-a-year",
    "same-day-other-year",
    "within-ten-years",
    "different",
    "other-decade",
    "both-incomplete",
];

/// One is known in full, and the other can be the same.
pub(crate) const BIRTH_COMPATIBLE: Level = 4;
pub(crate) const BIRTH_DIFFERENT: Level = 9;
pub(crate) const BIRTH_OTHER_DECADE: Level = 10;
/// Of one year as far as is known, and neither is known in full.
pub(crate) const BIRTH_BOTH_INCOMPLETE: Level = 11;

/// It says the year to people whose register knows no more; but two systems may have written it for nothing.
const MAY_STAND_FOR_NONE: (u16, u8, u8) = (1970, 1, 1);

/// A date of birth as precise as it is known.
pub(crate) struct Date {
    /// The year.
    pub year: u16,
    /// The month; 0 when unknown.
    pub month: u8,
    /// The day; 0 when unknown.
    pub day: u8,
    /// `YYYYMMDD`, four bits a digit.
    decimals: u32,
    pub rarity: Rarity,
}

redacted!(Date);

impl Date {
    /// Whether the source knew the day: not when it left it out, and not when it wrote one that stands for unknown.
    pub fn is_full(&self) -> bool {
        self.month > 0 && self.day > 0 && !self.is_customary()
    }

    /// The first of January or of July.
    pub fn is_customary(&self) -> bool {
        self.day == 1 && (self.month == 1 || self.month == 7)
    }

    fn may_stand_for_none(&self) -> bool {
        (self.year, self.month, self.day) == MAY_STAND_FOR_NONE
    }

    /// The date as one number.
    pub fn packed(&self) -> u32 {
        u32::from(self.year) << 16 | u32::from(self.month) << 8 | u32::from(self.day)
    }

    /// `YYYYMMDD`, with zeros for what is unknown.
    pub fn digits(&self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// What the rarity of a date is counted by.
    pub fn same(&self) -> Piece {
        Piece::of(&self.digits())
    }

    /// How far two dates agree.
    pub fn compare(&self, other: &Self) -> (Level, Rarity) {
        let (a, b) = (self, other);
        if a.packed() == b.packed() && a.is_full() {
            return (1, a.rarity);
        }
        if !a.is_full() || !b.is_full() {
            return (a.compare_partial(b), 0);
        }
        let level = if a.year == b.year && a.month == b.day && a.day == b.month {
            2
        } else if one_slip(a.decimals, b.decimals) {
            // A slip in the tens of the year looks like a father and his son: a level of its own.
            if a.year.abs_diff(b.year) < 10 { 3 } else { BIRTH_OTHER_DECADE }
        } else {
            let parts = usize::from(a.year == b.year) + usize::from(a.month == b.month) + usize::from(a.day == b.day);
            let days = a.day_number().abs_diff(b.day_number());
            match () {
                () if parts == 2 && a.year == b.year => 5,
                () if days <= 366 => 6,
                () if parts == 2 => 7,
                () if days <= 3653 => 8,
                () => 9,
            }
        };
        (level, 0)
    }

    fn compare_partial(&self, other: &Self) -> Level {
        if self.year != other.year {
            return match self.year.abs_diff(other.year) {
                1 => 6,
                2..=10 => 8,
                _ => 9,
            };
        }
        let known = |date: &Self| !date.is_customary() && date.month > 0;
        match () {
            () if known(self) && known(other) && self.month != other.month => 5,
            () if self.is_full() || other.is_full() => BIRTH_COMPATIBLE,
            () if self.may_stand_for_none() && other.may_stand_for_none() => MISSING,
            () => BIRTH_BOTH_INCOMPLETE,
        }
    }

    /// Days since the year 0, near enough to tell how far two dates are apart.
    fn day_number(&self) -> u32 {
        u32::from(self.year) * 365 + u32::from(self.year) / 4 + u32::from(self.month) * 30 + u32::from(self.day)
    }
}

/// Whether one digit is another, or two neighbours are swapped.
fn one_slip(a: u32, b: u32) -> bool {
    if a == b {
        return true;
    }
    let first = (a ^ b).trailing_zeros() / 4 * 4;
    let (a, b) = (a >> first, b >> first);
    let swapped = (b & !0xff) | (b & 0xf) << 4 | (b & 0xf0) >> 4;
    a >> 4 == b >> 4 || a == swapped
}

/// Year, month and day as they are written; `None` where that is no date.
fn written(raw: &str) -> Option<(u16, u8, u8)> {
    let mut parts = raw.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    let number = |text: &str| text.parse::<u16>().ok();
    let small = |text: &str| text.parse::<u8>().ok();
    let (year, month, day) = match (first.len(), second, third) {
        (8, None, None) => {
            let leading = number(&first[..4])?;
            // Which end the year stands at shows by what a year can be.
            if (1000..=2999).contains(&leading) {
                (leading, small(&first[4..6])?, small(&first[6..])?)
            } else {
                (number(&first[4..])?, small(&first[2..4])?, small(&first[..2])?)
            }
        }
        (4, None, None) => (number(first)?, 0, 0),
        (4, Some(month), None) => (number(first)?, small(month)?, 0),
        (4, Some(month), Some(day)) => (number(first)?, small(month)?, small(day)?),
        (1 | 2, Some(month), Some(year)) if year.len() == 4 => (number(year)?, small(month)?, small(first)?),
        _ => return None,
    };
    (year >= 1000 && month <= 99 && day <= 99).then_some((year, month, day))
}

/// Whether it is a date that systems write where none is known.
fn stands_for_none((year, month, day): (u16, u8, u8)) -> bool {
    let date = (i32::from(year), i32::from(month), i32::from(day));
    STAND_FOR_NONE.iter().any(|&(year, month, day)| (year.into(), month.into(), day.into()) == date)
}

/// Whether a text was meant to say when somebody was born and is no date: it is neither empty nor written for an unknown one.
pub(crate) fn is_unread(raw: &str) -> bool {
    let says_none = |c: char| c == '0' || !c.is_ascii_alphanumeric();
    written(raw).is_none() && !raw.chars().all(says_none) && !says_nothing(raw.trim().to_ascii_uppercase().as_str())
}

impl Value for Date {
    type Parts = ();

    /// `1990-03-14`, `14-03-1990`, `14/3/1990`, `19900314`, `1990-03`, `1990`; zeros are unknown.
    fn prepare(raw: &str, (): &mut ()) -> Option<Self> {
        let (year, month, day) = written(raw).filter(|date| !stands_for_none(*date))?;
        let decimal = |number: u32| (0..4).fold(0, |so_far, at| so_far | (number / 10_u32.pow(at) % 10) << (4 * at));
        let decimals = decimal(year.into()) << 16 | decimal(month.into()) << 8 | decimal(day.into());
        Some(Self { year, month, day, decimals, rarity: 0 })
    }

    fn fetch(&self) -> u64 {
        self.decimals.into()
    }

    fn canon(&self) -> Cow<'_, str> {
        self.digits().into()
    }
}
