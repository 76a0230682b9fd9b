//! The engine through its public face: what must hold of any records (properties), what must hold of some (scenarios), what
//! a textbook would answer (naive), and how much the keys find (recall).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod court;
mod crowds;
mod families;
mod naive;
mod outcome;
mod properties;
mod recall;
mod scenarios;
mod training;
