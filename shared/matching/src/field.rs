//! What is compared: for each kind of field its prepared value, and the levels on which two values can agree.
//!
//! A level says how far two values agree, never how much that weighs: weights stand in the model. Level 0 is always
//! *missing*, which is no disagreement. Comparing has no direction. A value is personal: none of these types prints it.

pub(crate) mod address;
pub(crate) mod birth;
pub(crate) mod names;
pub(crate) mod numbers;
pub(crate) mod text;

/// On which level two values agree. What a number means depends on the kind of field: see [`Kind::levels`].
pub type Level = u8;

/// The level when a value is not known on one side or on both.
pub const MISSING: Level = 0;

/// The level of values that are the same.
pub(crate) const EQUAL: Level = 1;

/// How much more (positive) or less an agreement on this very value says than an agreement on any: thousandths of a bit.
pub(crate) type Rarity = i32;

/// What several columns say together is kept as one text with this between them; it stands in no register.
pub(crate) const APART: char = '\u{1f}';

/// A kind of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The given names.
    Given,
    /// The surname: own, partner's, parts of a double one.
    Surname,
    /// The date of birth.
    Birth,
    /// Postcode, house number, street and town together, since who lives in one house agrees in all of them.
    Address,
    /// Numbers of one type: a record may have several.
    Numbers,
    /// A text, such as a birthplace.
    Text,
    /// A code, such as a sex: the same or not.
    Category,
}

impl Kind {
    /// The names of the levels; a level is its place in this list.
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Given => &names::GIVEN,
            Self::Surname => &names::SURNAME,
            Self::Birth => &birth::LEVELS,
            Self::Address => &address::LEVELS,
            Self::Numbers => &numbers::LEVELS,
            Self::Text => &text::LEVELS,
            Self::Category => &text::CATEGORY,
        }
    }
}

macro_rules! redacted {
    ($($type:ty),* $(,)?) => {$(
        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )*};
}
pub(crate) use redacted;
