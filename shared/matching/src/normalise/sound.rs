//! A coarse sound skeleton for finding candidates (rule N7). It is never evidence.

/// The consonants of a spelling class in classes of sound, after the opening: b and p, d and t, f, v
/// and w, g and ch, k, s and z; vowels, j and h count as an opening only. Empty if nothing is left.
pub fn sound(class: &str) -> String {
    let bytes = class.as_bytes();
    let mut sound = String::with_capacity(bytes.len());
    let mut before = 0_u8;
    let mut at = 0;
    while let Some(&letter) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let is_opening = at == 0;
        let (heard, read) = match letter {
            b'S' if rest.starts_with(b"SCH") => (b'S', 3),
            b'T' if rest.starts_with(b"TS") => (b'S', 2),
            b'C' | b'K' if rest.get(1) == Some(&b'H') => (b'G', 2),
            b'C' if matches!(rest.get(1), Some(b'E' | b'I' | b'Y')) => (b'S', 1),
            b'B' | b'P' => (b'P', 1),
            b'D' | b'T' => (b'T', 1),
            b'F' | b'V' | b'W' => (b'F', 1),
            b'G' => (b'G', 1),
            b'C' | b'K' | b'Q' => (b'K', 1),
            b'S' | b'Z' | b'X' => (b'S', 1),
            b'L' | b'M' | b'N' | b'R' => (letter, 1),
            b'H' | b'J' if is_opening => (letter, 1),
            _ if is_opening => (b'A', 1),
            _ => (0, 1),
        };
        if heard != 0 && heard != before {
            sound.push(char::from(heard));
        }
        before = heard;
        at += read;
    }
    sound
}
