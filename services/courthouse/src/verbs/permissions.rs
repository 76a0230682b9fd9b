//! `verband permissions`: the broker's configuration out of the list of publishers.

use std::path::Path;

use anyhow::{Context, Result};
use contract::Publishers;

/// Who signs in at the broker besides the publishers. The passwords stand in the broker's environment; a service may use
/// streams and consumers and not make or empty them.
const HOUSE: &str = r#"    { user: "provision", password: $NATS_PROVISION_PASSWORD }
    { user: "services", password: $NATS_SERVICES_PASSWORD, permissions: {
        publish: { deny: [
            "$JS.API.STREAM.CREATE.>", "$JS.API.STREAM.UPDATE.>", "$JS.API.STREAM.DELETE.>",
            "$JS.API.STREAM.PURGE.>", "$JS.API.CONSUMER.DELETE.>"
        ] }
    } }
"#;

/// Who may sign in at the broker and do what, as a file that its configuration includes.
///
/// # Errors
/// When the list cannot be read or used.
pub fn run(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let publishers = Publishers::parse(&text).with_context(|| format!("cannot use {}", path.display()))?;
    Ok(format!("authorization {{\n  users: [\n{HOUSE}{}  ]\n}}\n", publishers.broker_users()))
}
