//! The levels of all fields of a pair as one number: pairs that agree alike are counted together.

use crate::field::Level;

/// The most fields that a pattern can hold.
pub const MOST: usize = 25;
const BITS: usize = 5;

/// The levels of a pair, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pattern(u128);

impl Pattern {
    /// With the level of one field set, where none was before.
    #[must_use]
    pub fn with(self, field: usize, level: Level) -> Self {
        Self(self.0 | u128::from(level) << (field * BITS))
    }

    /// With the levels of other fields, none of which is known here.
    #[must_use]
    pub(crate) fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The fields that are known of both, each with its level.
    pub(crate) fn known(self) -> impl Iterator<Item = (usize, Level)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let field = (rest != 0).then(|| rest.trailing_zeros() as usize / BITS)?;
            rest &= !(31 << (field * BITS));
            Some((field, self.level(field)))
        })
    }

    /// The level of a field.
    pub fn level(self, field: usize) -> Level {
        // Five bits fit a level.
        (self.0 >> (field * BITS) & 31) as Level
    }
}
