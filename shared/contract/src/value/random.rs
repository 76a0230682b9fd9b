//! Ids made by chance: a UUID, a ULID, a long token of hexadecimal digits. They are opaque by their making.
//!
//! Invariants: what chance makes is taken, but for one in tens of thousands; a citizen service number that was put into the
//! form of such an id and filled up is none.

use super::opaque::{BSN, is_bsn};

/// From how many digits on a token of hexadecimal digits is one by its making.
const HEXADECIMAL: usize = 16;

/// How many different digits stand beside a number that was filled up, at most. Chance has more of them.
const FILLING: usize = 2;

/// Where the version and the variant of a UUID stand among its 32 digits.
const MARKS: [usize; 2] = [12, 16];

/// The digits of Crockford's base 32, in order.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The years of which the time of a ULID can be, in milliseconds since 1970: 2010 up to 2100.
const OF_OUR_TIME: std::ops::Range<u64> = 1_262_304_000_000..4_102_444_800_000;

/// Whether an id was made by chance: a UUID of a known version, a ULID, or a long hexadecimal token.
pub fn is_random(text: &str) -> bool {
    if let Ok(uuid) = uuid::Uuid::try_parse(text) {
        let made = uuid.get_variant() == uuid::Variant::RFC4122 && (1..=8).contains(&uuid.get_version_num());
        return made && !is_filled_uuid(&uuid.simple().to_string());
    }
    is_ulid(text) || is_hexadecimal(text)
}

/// Whether a text is a UUID that was made of a citizen service number.
pub fn is_filled(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok_and(|uuid| is_filled_uuid(&uuid.simple().to_string()))
}

/// Whether a token is of hexadecimal digits, and long enough to be one by its making.
pub fn is_hexadecimal(text: &str) -> bool {
    text.len() >= HEXADECIMAL
        && text.bytes().all(|b| b.is_ascii_hexdigit())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
        && text.bytes().any(|b| b.is_ascii_digit())
        && !filled(text, &[])
}

/// Whether the 32 digits of a UUID hold a number with nothing but filling beside it: anywhere, or at either end. Chance makes
/// the first of these never, and each of the others once in three million.
fn is_filled_uuid(digits: &str) -> bool {
    let unmarked: String =
        digits.char_indices().filter(|(place, _)| !MARKS.contains(place)).map(|(_, digit)| digit).collect();
    let ends = |head: Option<&str>, zeros: Option<&str>| {
        zeros.is_some_and(|zeros| zeros == "000") && head.is_some_and(|head| is_bsn(&[head]))
    };
    filled(digits, &MARKS)
        || filled(&unmarked, &[])
        || ends(digits.get(..BSN), digits.get(BSN..BSN + 3))
        || ends(digits.get(20..), digits.get(20..23))
}

/// Whether a token is a citizen service number and filling, the places in `aside` not looked at.
fn filled(token: &str, aside: &[usize]) -> bool {
    (0..token.len().saturating_sub(BSN - 1)).any(|from| {
        let number = from..from + BSN;
        token.get(number.clone()).is_some_and(|digits| is_bsn(&[digits])) && {
            let mut beside: Vec<u8> = token
                .bytes()
                .enumerate()
                .filter(|(place, _)| !number.contains(place) && !aside.contains(place))
                .map(|(_, digit)| digit.to_ascii_lowercase())
                .collect();
            beside.sort_unstable();
            beside.dedup();
            beside.len() <= FILLING
        }
    })
}

/// 26 digits of Crockford's base 32: ten of a moment of our time, and sixteen made by chance. A citizen service number among
/// them is one that stands there by itself, letters around it.
fn is_ulid(text: &str) -> bool {
    let digits: Option<Vec<u64>> = text
        .bytes()
        .map(|b| {
            let place = CROCKFORD.iter().position(|digit| digit.eq_ignore_ascii_case(&b))?;
            u64::try_from(place).ok()
        })
        .collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 26) else { return false };
    let moment = digits.iter().take(10).fold(0, |moment: u64, digit| moment << 5 | digit);
    OF_OUR_TIME.contains(&moment)
        && text.bytes().any(|b| b.is_ascii_alphabetic())
        && !text.split(|c: char| !c.is_ascii_digit()).any(|run| is_bsn(&[run]))
}
