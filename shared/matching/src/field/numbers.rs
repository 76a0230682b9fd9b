//! Numbers of persons, as sets: a record may bring several of one type.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::text::says_nothing;
use super::{Level, Rarity, redacted};
use crate::keys::Piece;
use crate::pool::Value;
use crate::similarity::Spelling;

pub(crate) const LEVELS: [&str; 5] = ["missing", "equal", "slip", "slips", "different"];

/// Numbers of one type, sorted, none twice, never empty.
pub(crate) struct Numbers(SmallVec<[Number; 1]>);

struct Number {
    text: Spelling,
    /// The digits in order of size, hashed: two that are swapped are the commonest slip.
    digits: Piece,
}

redacted!(Numbers, Number);

impl Numbers {
    /// Whether they share a number, or two that are a slip of the pen apart.
    pub fn compare(&self, other: &Self) -> (Level, Rarity) {
        let pairs = self.0.iter().flat_map(|a| other.0.iter().map(move |b| a.apart(b)));
        let level = match pairs.flatten().min() {
            Some(0) => 1,
            Some(1) => 2,
            Some(_) => 3,
            None => 4,
        };
        (level, 0)
    }

    /// By what each is found.
    pub fn found_by(&self) -> impl Iterator<Item = Piece> {
        self.0.iter().map(|number| number.digits)
    }
}

impl Number {
    fn of(text: String) -> Self {
        let mut digits: Vec<char> = text.chars().collect();
        digits.sort_unstable();
        Self { digits: Piece::of(&digits.into_iter().collect::<String>()), text: text.into() }
    }

    /// How many slips apart two numbers are, up to two; a short one is the same or another.
    fn apart(&self, other: &Self) -> Option<usize> {
        let most = if self.text.len().min(other.text.len()) < 5 { 0 } else { 2 };
        self.text.apart(&other.text, most)
    }
}

impl Value for Numbers {
    type Parts = ();

    /// Numbers with anything but letters, digits, points and dashes between them.
    fn prepare(raw: &str, (): &mut ()) -> Option<Self> {
        let mut all: Vec<String> = raw
            .split(|c: char| !(c.is_alphanumeric() || ".-/".contains(c)))
            .map(|number| number.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase())
            .filter(|number| number.chars().any(|c| c != '0') && !says_nothing(number))
            .collect();
        all.sort_unstable();
        all.dedup();
        (!all.is_empty()).then(|| Self(all.into_iter().map(Number::of).collect()))
    }

    fn fetch(&self) -> u64 {
        self.0.first().map_or(0, |number| number.text.len() as u64)
    }

    fn canon(&self) -> Cow<'_, str> {
        match &self.0[..] {
            [one] => one.text.text().into(),
            several => several.iter().map(|number| number.text.text()).collect::<Vec<_>>().join(" ").into(),
        }
    }
}
