//! Floor 1: configuration, telemetry, lifecycle, clock, keys, and the private development stack.
//!
//! Invariants: this is the only crate that reads the clock ([`clock`]), makes randomness into ids and tokens ([`ids`]) or
//! reads the environment ([`config`]); everyone else is given them. A secret prints as `…` wherever it is printed.
//!
//! Deliberately absent: anything about the register, the database's tables, the broker's streams or HTTP. An adapter
//! never imports an adapter, so what a service needs from here reaches the others as plain values: a URL, a token to
//! stop on, a timestamp.
//!
//! A service's `main.rs` is one line: `runtime::main("intake", intake::run)`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod clock;
pub mod config;
pub mod dev;
pub mod ids;
pub mod keys;
pub mod lifecycle;
pub mod telemetry;

mod start;

pub use clock::Clock;
pub use config::Settings;
pub use keys::{Keys, SecretBytes};
pub use lifecycle::Lifecycle;
pub use start::{Runtime, main};
