//! The matching engine on an extract of records, so that a court can try it on its own.
//!
//! An adapter above [`matching`]: it may read and write files; nothing in it is asynchronous, reads a clock or draws at
//! random. What it reports names records by their ids and fields by their names, never what a record says.

pub mod report;
