//! Whatever is killed, and whenever: the house ends in the same state as one that was left alone.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod caseload;
mod kill;
