//! Floor 0: the matching engine. Says which party records are one person for certain, which possibly, and why.
//!
//! Invariants: a pure function of the set of records and the set of rulings; the order in which they are given, and how
//! often, changes nothing; nothing is decided by chance, by a clock or by the order of a hash map; a ruling by a person is
//! never undone by a rule; records that contradict each other are never joined, they are asked about.
//!
//! Deliberately absent: scores. This first engine is deterministic: it joins on a valid citizen service number with a birth
//! date and names that agree, and asks about everything that is less than that.

pub mod compare;
pub mod identify;
pub mod normalise;
pub mod record;
pub mod solve;

/// The name of this engine, kept with every decision that it took.
pub const MODEL: &str = "deterministic-1";
