//! Where a page of the queue ends, as one opaque word: the place of its last question in 64 hexadecimal digits. Holds nothing personal.
//!
//! Invariant: every word of that form names a place, so that what the description of the API lets through is never refused.

use domain::ids::MatchId;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::queue::Place;

/// Stands for a place without a hearing.
const NEVER: u32 = u32::MAX;
/// From which day hearings are counted.
const FIRST: Date = jiff::civil::date(1970, 1, 1);

/// Text that is no cursor of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct CursorError;

/// The cursor of a place.
pub fn write(place: &Place) -> String {
    let days = |day: Date| FIRST.until(day).ok().and_then(|span| u32::try_from(span.get_days()).ok()).unwrap_or(NEVER);
    let hearing = place.hearing.map_or(NEVER, days);
    let opened = u64::try_from(place.opened_at.as_microsecond()).unwrap_or(0);
    format!("{hearing:08x}{:08x}{opened:016x}{}", place.concerned, place.question.uuid().simple())
}

/// The place of a cursor.
///
/// # Errors
/// When it is none of ours.
pub fn read(cursor: &str) -> Result<Place, CursorError> {
    let is_ours = cursor.len() == 64 && cursor.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_ours {
        return Err(CursorError);
    }
    let number = |from: usize, to: usize| u64::from_str_radix(&cursor[from..to], 16).map_err(|_| CursorError);
    let (hearing, concerned, opened) = (number(0, 8)?, number(8, 16)?, number(16, 32)?);
    // A day, or a moment, that no calendar has is as late as can be.
    let day = |days: u64| FIRST.checked_add(jiff::Span::new().try_days(i64::try_from(days).ok()?).ok()?).ok();
    let opened = i64::try_from(opened).ok().and_then(|opened| Timestamp::from_microsecond(opened).ok());
    Ok(Place {
        hearing: day(hearing).filter(|_| hearing != u64::from(NEVER)),
        concerned: u32::try_from(concerned).unwrap_or(u32::MAX),
        opened_at: opened.unwrap_or(Timestamp::MAX),
        question: MatchId::from_uuid(Uuid::try_parse(&cursor[32..]).map_err(|_| CursorError)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back() {
        for hearing in [None, Some(jiff::civil::date(2026, 3, 14))] {
            let place = Place {
                hearing,
                concerned: 4,
                opened_at: Timestamp::from_microsecond(1_772_000_000_123_456).expect("a moment"),
                question: MatchId::derived(&["one"]),
            };
            assert_eq!(read(&write(&place)), Ok(place));
        }
    }

    #[test]
    fn every_word_of_its_form_is_one_and_anything_else_is_refused() {
        for digit in ['0', '7', 'f'] {
            assert!(read(&digit.to_string().repeat(64)).is_ok(), "{digit}");
        }
        let place = read(&format!("{:08x}{}", 20_000, "0".repeat(56))).expect("a place");
        assert_eq!((place.hearing, place.concerned), (Some(jiff::civil::date(2024, 10, 4)), 0));
        for text in
            ["", "!", "abc", &"g".repeat(64), &"F".repeat(64), &"0".repeat(63), &"0".repeat(65), &"é".repeat(32)]
        {
            assert_eq!(read(text), Err(CursorError), "{text}");
        }
    }
}
