//! The matching engine on files: a court's extract in; groups, pairs, questions to a steward and a report out.
//!
//! Invariants: what comes out depends on the set of records, the map and the model, never on the order of rows, files or
//! threads; no value of a record is written anywhere, only ids, levels and weights; a fault in a file is told with its file
//! and line, and nothing is left out silently.
//!
//! Deliberately absent: the command line and its progress bars, which are the courthouse's.

pub mod figures;
pub mod lines;
pub mod lookups;
pub mod map;
mod open;
pub mod page;
pub mod paths;
pub mod read;
pub mod report;
mod roles;
pub mod run;
pub mod write;

pub use map::{Map, MapError};
pub use read::ReadError;
pub use run::{ExtractError, Progress, Solved};
