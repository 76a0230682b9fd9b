//! Brings up a house for a test: a database of its own, a nats-server of its own, all four services, and the people who
//! use them.
//!
//! Invariants: nothing needs to run beforehand; no two tests share a database or a stream; what is started here ends with
//! the test process, even when that is killed; a wait is for a condition, never for a time.

// This crate is only ever part of tests: a failed expectation is how a test fails.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::missing_panics_doc, clippy::panic)]

mod database;
mod people;
mod world;

pub use database::{Database, postgres};
pub use people::{Answer, Judge, News, Operator, Publisher, Steward};
pub use world::{TODAY, World, connect, rests, state};
