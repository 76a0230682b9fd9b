//! A date of birth, known to the day, the month or the year.
//!
//! Invariants: [`BirthDate::parse`] and [`BirthDate::from_json`] give only dates of the calendar in a plausible year. A date
//! the register does not know is absent (`None`), never a value that could equal another unknown one. Two partial dates are
//! [compatible](BirthDate::compatible), which is weaker than equal. The value is in no error and in no debug output.

use std::fmt;

use jiff::civil::Date;
use serde_json::Value;
use thiserror::Error;

/// Years in which a person in a proceeding can plausibly be born; outside them the field was typed wrongly.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1850..=2200;

/// Days that systems write where no date is known: the first and the last day that they can hold, or a row of ones. Year, month, day.
/// A date that is one of them says nothing of when somebody was born, not even the year. The first day of 1970 is none of them,
/// since it says the year to people whose register knows no more.
pub const STAND_FOR_NONE: [(i16, i8, i8); 6] =
    [(1111, 11, 11), (1800, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1901, 1, 1)];

/// A date of birth as precise as the source knows it. Build it with [`BirthDate::parse`] or [`BirthDate::from_json`], which
/// refuse what cannot be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BirthDate {
    /// Known to the day.
    Full(Date),
    /// Known to the month.
    Month {
        /// The year, four digits.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// Only the year is known.
    Year(i16),
}

/// Why something is no date of birth. Never carries the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BirthError {
    /// Not one of the accepted ways of writing.
    #[error("write the date of birth as YYYY-MM-DD, YYYY-MM, YYYY, DD-MM-YYYY or YYYYMMDD, or leave it out if unknown")]
    Format,
    /// Well written, but the calendar has no such day or month.
    #[error("the date of birth is not a day of the calendar: check day and month against the source")]
    Calendar,
    /// The year is before 1850 or after 2200.
    #[error("the year of birth is implausible: check it against the source, or leave the date out if unknown")]
    Year,
}

impl BirthError {
    /// The stable code of this error for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format => "birth-date.format",
            Self::Calendar => "birth-date.calendar",
            Self::Year => "birth-date.year",
        }
    }
}

impl BirthDate {
    /// Reads `1990-03-14`, `14-03-1990`, `14/03/1990`, `19900314`, `1990-03` or `1990`. Zeros mean unknown, as in the
    /// personal records database (BRP): `19900300` is a month, `19900000` a year. `Ok(None)` when nothing is known: zeros
    /// only, an empty text, or the word for unknown.
    pub fn parse(text: &str) -> Result<Option<Self>, BirthError> {
        let text = text.trim();
        if text.is_empty() || text.eq_ignore_ascii_case("onbekend") || text.eq_ignore_ascii_case("unknown") {
            return Ok(None);
        }
        let (year, month, day) = parts(text).ok_or(BirthError::Format)?;
        Self::from_parts(number(year)?, number(month)?, number(day)?)
    }

    /// Reads a text as [`BirthDate::parse`] does, or the four shapes of a date in the API of the personal records database
    /// (BRP): `Datum`, `JaarMaandDatum`, `JaarDatum` and `DatumOnbekend`. `null` is unknown too.
    pub fn from_json(value: &Value) -> Result<Option<Self>, BirthError> {
        match value {
            Value::Null => return Ok(None),
            Value::String(text) => return Self::parse(text),
            _ => {}
        }
        match value.get("type").and_then(Value::as_str) {
            Some("Datum") => {
                let text = value.get("datum").and_then(Value::as_str).ok_or(BirthError::Format)?;
                match Self::parse(text)? {
                    Some(full @ Self::Full(_)) => Ok(Some(full)),
                    _ => Err(BirthError::Format),
                }
            }
            Some("JaarMaandDatum") => match integer(value, "maand")? {
                0 => Err(BirthError::Calendar),
                month => Self::from_parts(integer(value, "jaar")?, month, 0),
            },
            Some("JaarDatum") => Self::from_parts(integer(value, "jaar")?, 0, 0),
            Some("DatumOnbekend") => Ok(None),
            _ => Err(BirthError::Format),
        }
    }

    /// The date of these numbers, where 0 is unknown.
    fn from_parts(year: i16, month: i16, day: i16) -> Result<Option<Self>, BirthError> {
        if (year, month, day) == (0, 0, 0) {
            return Ok(None);
        }
        if !PLAUSIBLE_YEARS.contains(&year) {
            return Err(BirthError::Year);
        }
        let month = i8::try_from(month).map_err(|_| BirthError::Calendar)?;
        let day = i8::try_from(day).map_err(|_| BirthError::Calendar)?;
        match (month, day) {
            (0, 0) => Ok(Some(Self::Year(year))),
            (1..=12, 0) => Ok(Some(Self::Month { year, month })),
            // jiff names the numbers in its error, so that error goes no further.
            _ => Date::new(year, month, day).map(|date| Some(Self::Full(date))).map_err(|_| BirthError::Calendar),
        }
    }

    /// The year, which every date of birth has.
    pub fn year(&self) -> i16 {
        match self {
            Self::Full(date) => date.year(),
            Self::Month { year, .. } | Self::Year(year) => *year,
        }
    }

    /// The month, 1 to 12, when it is known.
    pub fn month(&self) -> Option<i8> {
        match self {
            Self::Full(date) => Some(date.month()),
            Self::Month { month, .. } => Some(*month),
            Self::Year(_) => None,
        }
    }

    /// The day of the month, 1 to 31, when it is known.
    pub fn day(&self) -> Option<i8> {
        match self {
            Self::Full(date) => Some(date.day()),
            Self::Month { .. } | Self::Year(_) => None,
        }
    }

    /// Whether both can be the date of one person: one lies within what the other leaves open.
    pub fn compatible(&self, other: &Self) -> bool {
        self.year() == other.year() && agree(self.month(), other.month()) && agree(self.day(), other.day())
    }

    /// Whether the date is known to the day.
    pub const fn is_full(&self) -> bool {
        matches!(self, Self::Full(_))
    }

    /// Whether the date says little more than its year: it is partial, or 1 January or 1 July, which registers give to
    /// whoever does not know the day.
    pub fn is_low_information(&self) -> bool {
        match self {
            Self::Full(date) => date.day() == 1 && matches!(date.month(), 1 | 7),
            Self::Month { .. } | Self::Year(_) => true,
        }
    }

    /// Whether it is a day that systems write where none is known: see [`STAND_FOR_NONE`].
    pub fn stands_for_none(&self) -> bool {
        matches!(self, Self::Full(date) if STAND_FOR_NONE.contains(&(date.year(), date.month(), date.day())))
    }

    /// The one way this date is written between services: `1990-03-14`, `1990-03` or `1990`. [`BirthDate::parse`] reads it.
    pub fn canonical(&self) -> String {
        match self {
            Self::Full(date) => date.to_string(),
            Self::Month { year, month } => format!("{year:04}-{month:02}"),
            Self::Year(year) => format!("{year:04}"),
        }
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate([personal])")
    }
}

fn agree(left: Option<i8>, right: Option<i8>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left == right,
        _ => true,
    }
}

/// Year, month and day as written, with `00` for what the way of writing leaves out.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let separator = if text.contains('/') { '/' } else { '-' };
    let pieces: Vec<&str> = text.split(separator).take(4).collect();
    let lengths: Vec<usize> = pieces.iter().map(|piece| piece.len()).collect();
    match (pieces.as_slice(), lengths.as_slice(), separator) {
        ([year], [4], _) => Some((year, "00", "00")),
        ([all], [8], _) => Some((all.get(..4)?, all.get(4..6)?, all.get(6..)?)),
        ([year, month], [4, 2], '-') => Some((year, month, "00")),
        ([year, month, day], [4, 2, 2], '-') | ([day, month, year], [2, 2, 4], _) => Some((year, month, day)),
        _ => None,
    }
}

fn number(digits: &str) -> Result<i16, BirthError> {
    // `i16` would also read a sign.
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.parse().map_err(|_| BirthError::Format)
    } else {
        Err(BirthError::Format)
    }
}

fn integer(value: &Value, key: &str) -> Result<i16, BirthError> {
    let number = value.get(key).and_then(Value::as_i64).ok_or(BirthError::Format)?;
    i16::try_from(number).map_err(|_| BirthError::Format)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
    use serde_json::json;

    use super::{BirthDate, BirthError};

    fn born(text: &str) -> BirthDate {
        BirthDate::parse(text).unwrap().unwrap()
    }

    #[test]
    fn reads_the_ways_a_date_is_written() {
        let full = BirthDate::Full(date(1990, 3, 14));
        for (written, expected) in [
            ("1990-03-14", full.clone()),
            ("14-03-1990", full.clone()),
            ("14/03/1990", full.clone()),
            (" 19900314 ", full),
            ("19850000", BirthDate::Year(1985)),
            ("1985", BirthDate::Year(1985)),
            ("1985-00-00", BirthDate::Year(1985)),
            ("19850600", BirthDate::Month { year: 1985, month: 6 }),
            ("1985-06", BirthDate::Month { year: 1985, month: 6 }),
            ("00-06-1985", BirthDate::Month { year: 1985, month: 6 }),
            ("2024-02-29", BirthDate::Full(date(2024, 2, 29))),
        ] {
            assert!(born(written) == expected, "{written}");
        }
        for unknown in ["", "  ", "00000000", "0000-00-00", "00/00/0000", "Onbekend", "unknown"] {
            assert_eq!(BirthDate::parse(unknown), Ok(None), "{unknown}");
        }
    }

    #[test]
    fn refuses_what_is_no_date_of_birth() {
        for (written, error) in [
            ("14 maart 1990", BirthError::Format),
            ("90-03-14", BirthError::Format),
            ("1990-3-14", BirthError::Format),
            ("1990/03/14", BirthError::Format),
            ("1990-03-14-01", BirthError::Format),
            ("+990-03-14", BirthError::Format),
            ("€€19", BirthError::Format),
            ("1990€2", BirthError::Format),
            ("1990-02-30", BirthError::Calendar),
            ("1990-13-01", BirthError::Calendar),
            ("1990-13", BirthError::Calendar),
            ("1990-00-14", BirthError::Calendar),
            ("2023-02-29", BirthError::Calendar),
            ("1849-12-31", BirthError::Year),
            ("2201", BirthError::Year),
            ("0000-03-14", BirthError::Year),
        ] {
            assert_eq!(BirthDate::parse(written), Err(error), "{written}");
        }
    }

    #[test]
    fn reads_the_shapes_of_the_personal_records_database() {
        for (value, expected) in [
            (json!("19850600"), Ok(Some(born("1985-06")))),
            (
                json!({"type": "Datum", "datum": "1990-03-14", "langFormaat": "14 maart 1990"}),
                Ok(Some(born("1990-03-14"))),
            ),
            (json!({"type": "JaarMaandDatum", "jaar": 1985, "maand": 6}), Ok(Some(born("1985-06")))),
            (json!({"type": "JaarDatum", "jaar": 1985}), Ok(Some(born("1985")))),
            (json!({"type": "DatumOnbekend", "onbekend": true}), Ok(None)),
            (json!(null), Ok(None)),
            (json!({"type": "Datum", "datum": "1990"}), Err(BirthError::Format)),
            (json!({"type": "Datum"}), Err(BirthError::Format)),
            (json!({"type": "JaarMaandDatum", "jaar": 1985}), Err(BirthError::Format)),
            (json!({"type": "JaarMaandDatum", "jaar": 1985, "maand": 0}), Err(BirthError::Calendar)),
            (json!({"type": "JaarMaandDatum", "jaar": 1985, "maand": 300}), Err(BirthError::Calendar)),
            (json!({"type": "JaarDatum", "jaar": 1_000_000}), Err(BirthError::Format)),
            (json!({"type": "Tijdstip"}), Err(BirthError::Format)),
            (json!(1985), Err(BirthError::Format)),
            (json!(["1985"]), Err(BirthError::Format)),
        ] {
            assert_eq!(BirthDate::from_json(&value), expected, "{value}");
        }
    }

    #[test]
    fn a_partial_date_is_compatible_with_what_it_leaves_open() {
        for (left, right, expected) in [
            ("1985", "1985-06-02", true),
            ("1985-06", "1985-06-02", true),
            ("1985", "1985-06", true),
            ("1985-06-02", "1985-06-02", true),
            ("1985-07", "1985-06-02", false),
            ("1985-06-01", "1985-06-02", false),
            ("1984", "1985", false),
        ] {
            assert_eq!(born(left).compatible(&born(right)), expected, "{left} {right}");
            assert_eq!(born(right).compatible(&born(left)), expected, "{right} {left}");
        }
    }

    #[test]
    fn tells_how_much_a_date_says() {
        for (text, full, low) in [
            ("1990-03-14", true, false),
            ("1990-03-01", true, false),
            ("1990-01-01", true, true),
            ("1990-07-01", true, true),
            ("1990-03", false, true),
            ("1990", false, true),
        ] {
            assert_eq!((born(text).is_full(), born(text).is_low_information()), (full, low), "{text}");
            assert_eq!(born(text).canonical(), text);
        }
        for (text, none) in [("1900-01-01", true), ("31-12-1899", true), ("1900", false), ("1970-01-01", false)] {
            assert_eq!(born(text).stands_for_none(), none, "{text}");
        }
        assert_eq!(format!("{:?}", born("1990-03-14")), "BirthDate([personal])");
        assert_eq!(BirthError::Format.code(), "birth-date.format");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            prop_assert!(BirthDate::parse(&text).map_or(true, |date| date.is_none_or(|date| date.year() >= 1850)));
        }

        #[test]
        fn canonical_parses_back(text in "(18|19|20)[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?") {
            if let Ok(Some(date)) = BirthDate::parse(&text) {
                prop_assert_eq!(BirthDate::parse(&date.canonical()), Ok(Some(date)));
            }
        }
    }
}
