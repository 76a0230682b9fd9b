//! Where a page of the queue ends, as one opaque word: base64 of the place of its last question. Holds nothing personal.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::queue::Place;

/// Text that is no cursor of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct CursorError;

/// The cursor of a place.
pub fn write(place: &Place) -> String {
    let hearing = place.hearing.map(|day| day.to_string()).unwrap_or_default();
    let text = format!("{hearing}/{}/{}/{}", place.concerned, place.opened_at.as_microsecond(), place.question);
    URL_SAFE_NO_PAD.encode(text)
}

/// The place of a cursor.
///
/// # Errors
/// When it is none of ours.
pub fn read(cursor: &str) -> Result<Place, CursorError> {
    let text = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| CursorError)?;
    let text = std::str::from_utf8(&text).map_err(|_| CursorError)?;
    let mut parts = text.split('/');
    let mut part = || parts.next().ok_or(CursorError);
    let (hearing, concerned, opened, question) = (part()?, part()?, part()?, part()?);
    if parts.next().is_some() {
        return Err(CursorError);
    }
    let hearing = match hearing {
        "" => None,
        day => Some(day.parse().map_err(|_| CursorError)?),
    };
    let opened = opened.parse().map_err(|_| CursorError)?;
    Ok(Place {
        hearing,
        concerned: concerned.parse().map_err(|_| CursorError)?,
        opened_at: Timestamp::from_microsecond(opened).map_err(|_| CursorError)?,
        question: question.parse().map_err(|_| CursorError)?,
    })
}

#[cfg(test)]
mod tests {
    use domain::ids::MatchId;

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
    fn anything_else_is_refused() {
        let encoded = |text: &str| URL_SAFE_NO_PAD.encode(text);
        for text in [
            "",
            "!",
            "abc",
            &encoded("///"),
            &encoded("2026-02-30/2/1/x"),
            &encoded("/2/1/2/3"),
            &encoded("/2/9999999999999999999/a"),
            &encoded("/-2/1/a"),
        ] {
            assert_eq!(read(text), Err(CursorError), "{text}");
        }
    }
}
