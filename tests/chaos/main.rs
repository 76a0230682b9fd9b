//! Whatever is killed, and whenever: the house ends in the same state as one that was left alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod caseload;
mod kill;
