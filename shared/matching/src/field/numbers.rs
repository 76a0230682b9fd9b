//! Numbers of persons, as sets: a record may bring several of one type.

use super::text::says_nothing;
use super::{Level, Rarity, redacted};
use crate::keys::Piece;
use crate::pool::Value;
use crate::similarity::within;

pub(crate) const LEVELS: [&str; 5] = ["missing", "equal", "slip", "slips", "different"];

/// Numbers of one type.
pub(crate) struct Numbers {
    /// Sorted, none twice, never empty.
    pub all: Vec<Box<str>>,
    /// The digits of each in order of size, hashed: two that are swapped are the commonest slip.
    pub digits: Vec<Piece>,
    canon: Box<str>,
}

redacted!(Numbers);

impl Numbers {
    /// Whether they share a number, or two that are a slip of the pen apart.
    pub fn compare(&self, other: &Self) -> (Level, Rarity) {
        let pairs = || self.all.iter().flat_map(|a| other.all.iter().map(move |b| (a.as_bytes(), b.as_bytes())));
        let apart = |most| pairs().any(|(a, b)| a.len().min(b.len()) >= 5 && within(a, b, most));
        let level = if pairs().any(|(a, b)| a == b) {
            1
        } else if apart(1) {
            2
        } else if apart(2) {
            3
        } else {
            4
        };
        (level, 0)
    }
}

impl Value for Numbers {
    /// Numbers with anything but letters, digits, points and dashes between them.
    fn prepare(raw: &str) -> Option<Self> {
        let mut all: Vec<Box<str>> = raw
            .split(|c: char| !(c.is_alphanumeric() || ".-/".contains(c)))
            .map(|number| number.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase())
            .filter(|number| number.chars().any(|c| c != '0') && !says_nothing(number))
            .map(Into::into)
            .collect();
        all.sort_unstable();
        all.dedup();
        let canon = all.join(" ").into();
        let sorted = |number: &str| {
            let mut digits: Vec<char> = number.chars().collect();
            digits.sort_unstable();
            Piece::of(&digits.into_iter().collect::<String>())
        };
        let digits = all.iter().map(|number| sorted(number)).collect();
        (!all.is_empty()).then_some(Self { all, digits, canon })
    }

    fn canon(&self) -> &str {
        &self.canon
    }
}
