//! How far two short texts are apart, in single edits.
//!
//! One measure serves the whole engine: the optimal string alignment distance (insert, delete, substitute, swap two
//! neighbours), computed bit-parallel (Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit
//! distances") on folded bytes. It is an integer, so levels never depend on how a machine rounds.

use smol_str::SmolStr;

/// The longest text whose distance is computed; of longer ones the rest does not count.
pub const LONGEST: usize = 64;

/// The optimal string alignment distance of two folded texts: the least number of insertions, deletions, substitutions and
/// swaps of neighbours that turns one into the other. Bytes past [`LONGEST`] are left out of both.
///
/// Expects what [`crate::normalise`] gives: bytes from space to `_`. Other bytes are taken modulo 64, which can only make two
/// texts look closer than they are.
pub fn distance(a: &[u8], b: &[u8]) -> usize {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let Some(last) = a.len().checked_sub(1) else { return b.len() };
    let mut places = [0_u64; 64];
    for (place, byte) in a.iter().enumerate() {
        places[usize::from(byte & 63)] |= 1 << place;
    }
    let mut distance = a.len();
    let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    for byte in b {
        let here = places[usize::from(byte & 63)];
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = ((here & up).wrapping_add(up) ^ up) | here | down | swapped;
        let right = down | !(diagonal | up);
        let left = diagonal & up;
        distance = distance + usize::from(right >> last & 1 == 1) - usize::from(left >> last & 1 == 1);
        let right = right << 1 | 1;
        up = left << 1 | !(diagonal | right);
        down = right & diagonal;
        before = here;
    }
    distance
}

/// A folded text together with which bytes stand in it, by which most texts that are far apart are told without counting
/// edits.
#[derive(Clone, PartialEq, Eq)]
pub struct Spelling {
    text: SmolStr,
    /// A bit for each byte, modulo 64.
    bag: u64,
}

impl Spelling {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the text.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether another text stands in this one.
    pub fn holds(&self, other: &Self) -> bool {
        other.bag & !self.bag == 0 && self.text.contains(other.text.as_str())
    }

    /// How many edits two texts are apart; `None` when it is more than `most`.
    pub fn apart(&self, other: &Self, most: usize) -> Option<usize> {
        // One edit takes at most one byte out of one bag and puts another in.
        let differ = (self.bag ^ other.bag).count_ones() as usize;
        if differ > 2 * most || self.len().abs_diff(other.len()) > most {
            return None;
        }
        if self.text == other.text {
            return Some(0);
        }
        Some(distance(self.bytes(), other.bytes())).filter(|edits| *edits <= most)
    }
}

impl From<String> for Spelling {
    fn from(text: String) -> Self {
        let bag = text.bytes().fold(0, |bag, byte| bag | 1 << (byte & 63));
        Self { text: SmolStr::from(text), bag }
    }
}

impl From<&str> for Spelling {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

crate::field::redacted!(Spelling);

/// Whether two short texts are at most `most` edits apart.
pub fn within(a: &[u8], b: &[u8], most: usize) -> bool {
    a.len().abs_diff(b.len()) <= most && (a == b || distance(a, b) <= most)
}

/// How many edits still count as a slip of the pen, by the length of the longer text: none under four letters, where one
/// letter makes another name; one up to seven; two up to fourteen; three beyond.
pub const fn slips(length: usize) -> usize {
    match length {
        0..4 => 0,
        4..8 => 1,
        8..15 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, edits) in [
            ("", "", 0),
            ("", "BERG", 4),
            ("BERG", "", 4),
            ("MASON", "MASNO", 1),
            ("JANSEN", "JANSSEN", 1),
            ("DIJK", "DYK", 2),
            ("ABC", "CA", 3),
        ] {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), edits, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn equals_the_oracle(a in "[A-F '-]{0,64}", b in "[A-F '-]{0,64}") {
            prop_assert_eq!(distance(a.as_bytes(), b.as_bytes()), strsim::osa_distance(&a, &b));
        }

        #[test]
        fn the_bag_rules_out_nothing_that_is_near(a in "[A-Z]{0,20}", b in "[A-Z]{0,20}", most in 0_usize..8) {
            let edits = strsim::osa_distance(&a, &b);
            let apart = Spelling::from(a).apart(&Spelling::from(b), most);
            prop_assert_eq!(apart, Some(edits).filter(|edits| *edits <= most));
        }

        #[test]
        fn is_symmetric_and_takes_any_bytes(a: Vec<u8>, b: Vec<u8>) {
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
        }
    }
}
