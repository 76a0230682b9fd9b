//! Texts and codes.

use std::borrow::Cow;

use super::{Level, MISSING, Rarity, redacted};
use crate::keys::Piece;
use crate::normalise;
use crate::pool::Value;
use crate::similarity::{Spelling, slips};

pub(crate) const LEVELS: [&str; 7] = ["missing", "equal", "same-letters", "slip", "part", "alike", "different"];
pub(crate) const CATEGORY: [&str; 3] = ["missing", "equal", "different"];
/// Two codes that are not the same.
pub(crate) const CODE_DIFFERENT: Level = 2;

/// Places of two names, and customary short forms, folded; each with the name that all of them are compared by.
const SAME_PLACE: [(&str, &str); 13] = [
    ("'S-GRAVENHAGE", "DEN HAAG"),
    ("'S GRAVENHAGE", "DEN HAAG"),
    ("S-GRAVENHAGE", "DEN HAAG"),
    ("S GRAVENHAGE", "DEN HAAG"),
    ("SGRAVENHAGE", "DEN HAAG"),
    ("THE HAGUE", "DEN HAAG"),
    ("'S-HERTOGENBOSCH", "DEN BOSCH"),
    ("'S HERTOGENBOSCH", "DEN BOSCH"),
    ("S-HERTOGENBOSCH", "DEN BOSCH"),
    ("S HERTOGENBOSCH", "DEN BOSCH"),
    ("SHERTOGENBOSCH", "DEN BOSCH"),
    ("A'DAM", "AMSTERDAM"),
    ("R'DAM", "ROTTERDAM"),
];

/// A text without differences of case, marks and spacing.
pub(crate) struct Folded {
    /// Words with single spaces between them.
    pub words: Box<str>,
    /// The same, hashed.
    pub same: Piece,
    /// Without spaces.
    pub joined: Spelling,
    /// The same, hashed.
    pub same_letters: Piece,
}

/// A further text, or a code.
pub(crate) struct Text {
    pub folded: Folded,
    /// What it sounds like: to find it, never to compare it.
    pub sound: Piece,
    pub rarity: Rarity,
}

redacted!(Folded, Text);

impl Folded {
    /// Folds a text; `None` when it says nothing.
    pub fn of(raw: &str) -> Option<Self> {
        let ascii = deunicode::deunicode(raw);
        let mut words = String::with_capacity(ascii.len());
        for word in ascii.split(|c: char| !c.is_ascii_graphic()).filter(|word| !word.is_empty()) {
            if !words.is_empty() {
                words.push(' ');
            }
            words.extend(word.chars().map(|c| c.to_ascii_uppercase()));
        }
        if says_nothing(&words) {
            return None;
        }
        if let Some((_, name)) = SAME_PLACE.iter().find(|(other, _)| *other == words) {
            (*name).clone_into(&mut words);
        }
        let joined = words.replace(' ', "");
        let (same, same_letters) = (Piece::of(&words), Piece::of(&joined));
        Some(Self { words: words.into(), same, joined: joined.into(), same_letters })
    }

    /// What it sounds like: to find it, never to compare it.
    pub fn sound(&self) -> Piece {
        let text = self.joined.text();
        Piece::sound(text, &normalise::spelling(text))
    }

    /// How far two texts agree.
    pub fn compare(&self, other: &Self) -> Level {
        if self.same == other.same {
            return 1;
        }
        let (a, b) = (&self.joined, &other.joined);
        if self.same_letters == other.same_letters || same_words(&self.words, &other.words) {
            return 2;
        }
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let slips = slips(short.len());
        // A third of the letters still is alike.
        let apart = a.apart(b, slips.max(long.len() / 3));
        if apart.is_some_and(|edits| edits <= slips) {
            return 3;
        }
        if short.len() >= 4 && long.holds(short) {
            return 4;
        }
        if apart.is_some() { 5 } else { 6 }
    }
}

/// Whether a folded text stands for no value.
pub(crate) fn says_nothing(folded: &str) -> bool {
    const NOTHING: [&str; 12] =
        ["NULL", "NONE", "NAN", "N/A", "NA", "NVT", "N.V.T.", "UNKNOWN", "ONBEKEND", "MISSING", "NIL", "<NA>"];
    !folded.bytes().any(|byte| byte.is_ascii_alphanumeric()) || NOTHING.contains(&folded)
}

fn same_words(a: &str, b: &str) -> bool {
    if a.len() != b.len() || !a.contains(' ') {
        return false;
    }
    let sorted = |text: &str| {
        let mut words: Vec<Box<str>> = text.split(' ').map(Into::into).collect();
        words.sort_unstable();
        words
    };
    sorted(a) == sorted(b)
}

impl Text {
    /// How far two texts agree, and how rare what they share is.
    pub fn compare(&self, other: &Self) -> (Level, Rarity) {
        match self.folded.compare(&other.folded) {
            level @ 1..=2 => (level, self.rarity.min(other.rarity)),
            level => (level, 0),
        }
    }

    /// Whether two codes are the same.
    pub fn compare_codes(&self, other: &Self) -> (Level, Rarity) {
        if self.folded.same_letters == other.folded.same_letters { (1, self.rarity) } else { (2, 0) }
    }
}

impl Value for Text {
    type Parts = ();

    fn prepare(raw: &str, (): &mut ()) -> Option<Self> {
        let folded = Folded::of(raw)?;
        Some(Self { sound: folded.sound(), folded, rarity: 0 })
    }

    fn fetch(&self) -> u64 {
        self.folded.same.number() ^ self.folded.same_letters.number()
    }

    fn canon(&self) -> Cow<'_, str> {
        (&*self.folded.words).into()
    }
}

/// The code of a sex, whatever a source writes: Dutch and English words and letters.
pub(crate) fn sex(raw: &str) -> &str {
    match raw.trim().to_ascii_lowercase().as_str() {
        "f" | "v" | "w" | "female" | "vrouw" | "woman" | "2" => "F",
        "m" | "male" | "man" | "1" => "M",
        "" | "u" | "unknown" | "onbekend" | "0" | "9" => "",
        _ => "X",
    }
}

/// The level of two optional values by `compare`.
pub(crate) fn both<V>(
    a: Option<&V>,
    b: Option<&V>,
    compare: impl FnOnce(&V, &V) -> (Level, Rarity),
) -> (Level, Rarity) {
    match (a, b) {
        (Some(a), Some(b)) => compare(a, b),
        _ => (MISSING, 0),
    }
}
