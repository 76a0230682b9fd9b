//! The development stack: private servers, all four services, an identity provider that signs anybody in, and a
//! demonstration. Nothing of it is part of a deployed service.

pub mod demo;
pub mod idp;
pub mod publishers;
mod stack;

use std::path::Path;

use anyhow::Result;

pub use stack::{StackOptions, create_database, publish, run};

/// The file of a stack with the address of its bus and the house's own user there, for the commands that hear everything.
pub const HOUSE_BROKER: &str = "broker.house";

/// Writes a new file that only its owner can read.
fn write_private(path: &Path, text: impl AsRef<[u8]>) -> Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    Ok(file.write_all(text.as_ref())?)
}
