//! Floor 3: all four services in one process, and the operator's verbs.
//!
//! Invariants: the four services run here as they run apart, with a database role each and nothing shared but the process.
//! Deliberately absent: any rule of the register.

pub mod bench;
pub mod cli;
pub mod dev;
pub mod events;
pub mod house;
pub mod operate;
pub mod verbs;
