//! The development stack: private servers, all four services, an identity provider that signs anybody in, and a
//! demonstration. Nothing of it is part of a deployed service.

pub mod demo;
pub mod idp;
mod stack;

pub use stack::{StackOptions, create_database, publish, run};
