//! Floor 0: the matching engine. Says which records are one person for certain, which possibly, and why.
//!
//! A record is prepared once ([`register`]), found by its keys ([`keys`], [`candidates`]), compared field by field on levels
//! ([`field`]), weighed by a model ([`model`], [`score`], [`train`]), judged by the gate ([`gate`]) and solved together with
//! everything it hangs together with ([`resolve`]). Why anything was decided, says [`explain`].
//!
//! Invariants: a pure function of the set of records, the set of rulings and the model; the order in which they are given,
//! and how often, changes nothing; nothing is decided by chance, by a clock or by the order of a hash map; scores are
//! integers; a ruling by a person is never undone by a rule; records that contradict each other are never joined, they are
//! asked about.
//!
//! Deliberately absent: a learnt opinion that no field accounts for. Every decision is a sum of field levels and a named rule.
//!
//! To add a kind of field: a file in `field/` with its value, its levels and its comparison; its variant in [`field::Kind`]
//! and in the register's columns; what is expected of its levels before anything is learnt, in `train/em.rs`; the keys that
//! it is found by, in [`keys`].
//!
//! [`record`], [`engine`] and [`identify`] put it to work on a register that is never whole in memory: what one record is found
//! by and tied to, and what follows for those that hang together with it.

pub mod calibrate;
pub mod candidates;
mod cluster;
mod crowd;
pub mod engine;
pub mod explain;
pub mod family;
pub mod field;
pub mod frequency;
pub mod gate;
pub mod identify;
pub mod keys;
pub mod model;
pub mod normalise;
pub mod pattern;
mod pool;
pub mod recall;
pub mod record;
pub mod register;
pub mod resolve;
pub mod schema;
pub mod score;
mod similarity;
pub mod train;
