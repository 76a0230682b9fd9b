//! A share of a sample, with the interval in which that of the whole lies.

use crate::figures::LEAST;

/// The square of 1.96, in ten thousandths: nineteen times in twenty.
const Z_SQUARED: u128 = 38_416;
/// Shares are told in ten thousandths.
const WHOLE: u128 = 10_000;

/// A share, with its interval by Wilson (1927): unlike the usual one it stays within what is possible, and means something where
/// all or none of a small sample were hit. Integers only, so that it is the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// How many.
    pub hits: usize,
    /// Of how many.
    pub of: usize,
    /// The lower bound, in ten thousandths, rounded down.
    pub low: u16,
    /// The upper bound, in ten thousandths, rounded up.
    pub high: u16,
}

impl Share {
    /// `hits` of `of`; nothing where that is fewer than [`LEAST`].
    pub fn of(hits: usize, of: usize) -> Option<Self> {
        if of < LEAST || hits > of {
            return None;
        }
        let (low, high) = wilson(hits as u128, of as u128);
        Some(Self { hits, of, low, high })
    }

    /// The share itself, in ten thousandths, rounded to the nearest.
    pub fn in_10000(&self) -> u16 {
        bounded((self.hits as u128 * WHOLE + self.of as u128 / 2) / self.of as u128)
    }

    /// Whether two shares differ by more than chance explains: their intervals have nothing in common.
    pub const fn differs_from(&self, other: &Self) -> bool {
        self.high < other.low || other.high < self.low
    }
}

fn bounded(share: u128) -> u16 {
    u16::try_from(share.min(WHOLE)).unwrap_or(u16::MAX)
}

/// The bounds `(2h + z² ± √(z²(z² + 4h(n − h)/n))) / 2(n + z²)`, all in ten thousandths.
fn wilson(hits: u128, of: u128) -> (u16, u16) {
    let spread = Z_SQUARED * (Z_SQUARED + 4 * WHOLE * hits * (of - hits) / of);
    let root = spread.isqrt();
    let middle = 2 * hits * WHOLE + Z_SQUARED;
    let below = 2 * (of * WHOLE + Z_SQUARED);
    let low = middle.saturating_sub(root + u128::from(root * root < spread)) * WHOLE / below;
    let high = ((middle + root + 1) * WHOLE).div_ceil(below);
    // Where none or all were hit the bound is the end of the scale, whatever rounding made of it.
    (bounded(if hits == 0 { 0 } else { low }), bounded(if hits == of { WHOLE } else { high }))
}

/// A share of a whole of which each part was sampled by itself: the parts' shares and bounds, weighted by how many the part has.
/// The bounds are at least as wide as they need be. Nothing where a part with members has no share.
pub fn weighted(parts: &[(usize, Option<Share>)]) -> Option<(u16, u16, u16)> {
    let parts: Vec<_> = parts.iter().filter(|(members, _)| *members > 0).collect();
    let all: u128 = parts.iter().map(|(members, _)| *members as u128).sum();
    let mut sums = [0_u128; 3];
    for (members, share) in parts {
        let share = (*share)?;
        for (sum, value) in sums.iter_mut().zip([share.low, share.in_10000(), share.high]) {
            *sum += *members as u128 * u128::from(value);
        }
    }
    let [low, middle, high] = sums;
    (all > 0).then(|| (bounded(low / all), bounded((middle + all / 2) / all), bounded(high.div_ceil(all))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_those_of_the_textbook() {
        // Values of Newcombe (1998), table I, method 3, for 81/263, 15/148, 0/20 and 1/29.
        for (hits, of, low, high) in
            [(81, 263, 2_553, 3_662), (15, 148, 624, 1_605), (0, 20, 0, 1_611), (1, 29, 61, 1_718)]
        {
            let share = Share::of(hits, of).unwrap();
            assert!(share.low.abs_diff(low) <= 1 && share.high.abs_diff(high) <= 1, "{share:?}");
        }
    }

    #[test]
    fn bounds_hold_the_share_and_of_few_nothing_is_said() {
        for of in LEAST..200 {
            for hits in 0..=of {
                let share = Share::of(hits, of).unwrap();
                assert!(share.low <= share.in_10000() && share.in_10000() <= share.high, "{share:?}");
                let other = Share::of(of - hits, of).unwrap();
                assert!(share.low.abs_diff(10_000 - other.high) <= 1, "{share:?} {other:?}");
            }
        }
        assert_eq!(Share::of(3, LEAST - 1), None);
        assert_eq!(Share::of(11, 10), None);
    }

    #[test]
    fn shares_differ_where_their_intervals_do_not_meet() {
        let share = |hits, of| Share::of(hits, of).unwrap();
        assert!(share(5, 100).differs_from(&share(30, 100)));
        assert!(share(30, 100).differs_from(&share(5, 100)));
        assert!(!share(1, 10).differs_from(&share(3, 10)));
    }

    #[test]
    fn parts_count_by_their_size() {
        let (good, bad) = (Share::of(100, 100), Share::of(50, 100));
        assert_eq!(weighted(&[(900, good), (100, bad)]).map(|(_, middle, _)| middle), Some(9_500));
        assert_eq!(weighted(&[(900, good), (100, None)]), None, "a part of which nothing is known");
        assert_eq!(weighted(&[(900, good), (0, None)]), weighted(&[(1, good)]));
        assert_eq!(weighted(&[]), None);
        let (low, middle, high) = weighted(&[(7, good), (3, bad)]).unwrap();
        assert!(low < middle && middle < high);
    }
}
