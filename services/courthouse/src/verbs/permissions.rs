//! `verband permissions`: the broker's configuration out of the list of publishers.

use std::path::Path;

use anyhow::{Context, Result};
use contract::Publishers;

/// The users of the broker, as a file that its configuration includes.
///
/// # Errors
/// When the list cannot be read or used.
pub fn run(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let publishers = Publishers::parse(&text).with_context(|| format!("cannot use {}", path.display()))?;
    Ok(publishers.broker_users())
}
