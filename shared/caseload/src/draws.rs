//! Draws from a seed: the one place where chance comes from.
//!
//! Invariants: a stream is fixed by seed, number and purpose, so that any family can be made without the ones before it;
//! every draw is integer arithmetic over the generator's own output, so that no library's idea of a distribution is in the result;
//! no draw fails: from an empty list comes nothing, and a share of zero never happens.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};

/// How often something happens: parts of ten thousand. More than ten thousand is always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u16);

impl Rate {
    /// Never.
    pub const NEVER: Self = Self(0);
    /// Always.
    pub const ALWAYS: Self = Self(10_000);

    /// So many of ten thousand.
    pub const fn per_10_000(parts: u16) -> Self {
        Self(parts)
    }

    /// So many of a hundred.
    pub const fn percent(parts: u16) -> Self {
        Self(parts.saturating_mul(100))
    }

    /// The parts of ten thousand, at most ten thousand.
    pub const fn parts(self) -> u16 {
        if self.0 > 10_000 { 10_000 } else { self.0 }
    }

    /// The rate, so many tenths of it: 20 doubles it.
    #[must_use]
    pub fn tenths(self, tenths: u16) -> Self {
        let parts = u32::from(self.0) * u32::from(tenths) / 10;
        Self(u16::try_from(parts).unwrap_or(u16::MAX))
    }
}

/// What a stream of a family is drawn for. Streams of their own keep the people the same when rates of errors change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Who there is, and where they live.
    People,
    /// Which cases there are, and who is in them.
    Cases,
    /// How a source writes them down.
    Entry,
    /// Who is there for their work; numbered by court instead of by family.
    Professionals,
    /// What the whole caseload shares; numbered by what it is.
    Whole,
    /// What becomes of the cases; see [`crate::course`].
    Course,
}

/// A stream of draws.
#[derive(Debug, Clone)]
pub struct Draws(ChaCha8Rng);

impl Draws {
    /// The stream of a seed, a number (as a rule: of a family) and a purpose.
    pub fn new(seed: u64, number: u64, purpose: Purpose) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(number.wrapping_mul(8).wrapping_add(purpose as u64));
        Self(generator)
    }

    /// A number from 0 up to but without `bound`; 0 when that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // The upper half of the product: even to within one part in 2^32 over the bound.
        let drawn = u64::from(self.0.next_u32()).wrapping_mul(bound as u64) >> 32;
        usize::try_from(drawn).unwrap_or(0)
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: i32, to: i32) -> i32 {
        let span = usize::try_from(i64::from(to) - i64::from(from) + 1).unwrap_or(0);
        from.saturating_add(i32::try_from(self.below(span)).unwrap_or(0))
    }

    /// Whether something of this rate happens.
    pub fn chance(&mut self, rate: Rate) -> bool {
        self.below(10_000) < usize::from(rate.parts())
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One word of a list; nothing from an empty one.
    pub fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// The place of one of these weights, as often as it is heavy; 0 when all are zero.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().copied().map(u64::from).sum();
        let mut left = u64::try_from(self.below(usize::try_from(total).unwrap_or(usize::MAX))).unwrap_or(0);
        for (place, weight) in weights.iter().enumerate() {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return place,
            }
        }
        0
    }

    /// A place in a list of `length` that is ordered by frequency, after Zipf: twice as far down is half as frequent. The
    /// first of the list has the rank `first` (at least 1) in the population: the higher, the flatter.
    pub fn zipf(&mut self, length: usize, first: usize) -> usize {
        let low = first.max(1);
        let high = low.saturating_add(length);
        if length == 0 {
            return 0;
        }
        let (shortest, longest) = (low.ilog2(), (high - 1).ilog2());
        let octaves = usize::try_from(longest - shortest).unwrap_or(0) + 1;
        // Every octave of ranks is as frequent as the next one; what falls outside the list is drawn again.
        for _ in 0..64 {
            let octave = 1_usize << (usize::try_from(shortest).unwrap_or(0) + self.below(octaves));
            let rank = octave + self.below(octave);
            if (low..high).contains(&rank) {
                return rank - low;
            }
        }
        0
    }

    /// One word of a list that is ordered by frequency, see [`Draws::zipf`].
    pub fn frequent(&mut self, list: &[&'static str], first: usize) -> &'static str {
        list.get(self.zipf(list.len(), first)).copied().unwrap_or_default()
    }

    /// A list in an order of its own.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            let other = self.below(end + 1);
            list.swap(end, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(number: u64) -> Draws {
        Draws::new(7, number, Purpose::People)
    }

    #[test]
    fn a_stream_is_fixed_and_streams_differ() {
        let first = |number| -> Vec<usize> {
            let mut draws = draws(number);
            (0..20).map(|_| draws.below(1_000)).collect()
        };
        assert_eq!(first(3), first(3));
        assert_ne!(first(3), first(4));
        let mut other = Draws::new(7, 3, Purpose::Cases);
        assert_ne!(first(3), (0..20).map(|_| other.below(1_000)).collect::<Vec<_>>());
        // The very numbers: whoever changes them changes every caseload.
        assert_eq!(first(0)[..6], [140, 157, 182, 167, 270, 704]);
    }

    #[test]
    fn rates_are_kept_and_odd_ones_do_no_harm() {
        let mut draws = draws(0);
        let share = |draws: &mut Draws, rate| (0..20_000).filter(|_| draws.chance(rate)).count();
        assert_eq!(share(&mut draws, Rate::NEVER), 0);
        assert_eq!(share(&mut draws, Rate::ALWAYS), 20_000);
        assert_eq!(share(&mut draws, Rate::per_10_000(u16::MAX)), 20_000);
        assert!((4_700..5_300).contains(&share(&mut draws, Rate::percent(25))));
        assert_eq!(Rate::percent(30).tenths(20), Rate::percent(60));
        assert_eq!(Rate::ALWAYS.tenths(u16::MAX).parts(), 10_000);
    }

    #[test]
    fn frequency_falls_with_rank() {
        let mut draws = draws(1);
        let mut counts = [0_usize; 100];
        for _ in 0..100_000 {
            counts[draws.zipf(100, 1)] += 1;
        }
        assert!(counts[0] > 10 * counts[40], "{counts:?}");
        assert!(counts.iter().all(|count| *count > 0));
        assert_eq!(draws.zipf(0, 0), 0);
        assert_eq!((draws.below(0), draws.word(&[]), draws.weighted(&[])), (0, "", 0));
        let spread = |draws: &mut Draws| (0..1_000).filter(|_| draws.weighted(&[1, 3]) == 1).count();
        assert!((680..820).contains(&spread(&mut draws)));
    }
}
