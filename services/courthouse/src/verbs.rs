//! What a court's developer and an operator do from the command line, each in a file of its own.

pub mod generate;
pub mod permissions;
pub mod publish;
pub mod quarantine;
pub mod tail;
pub mod validate;

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// An event of a file, and the line on which it begins.
pub struct Line {
    /// Counted from one.
    pub number: usize,
    /// The text.
    pub text: String,
}

/// The events of a file (`-` for standard input): one JSON document with an event or an array of them, or one event a line.
///
/// # Errors
/// When the file cannot be read.
pub fn lines(path: &Path) -> Result<Vec<Line>> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        text
    } else {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?
    };
    Ok(match serde_json::from_str::<Value>(&text) {
        Ok(Value::Array(events)) => {
            (1..).zip(events).map(|(number, event)| Line { number, text: event.to_string() }).collect()
        }
        Ok(_) => vec![Line { number: 1, text }],
        Err(_) => (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| Line { number, text: line.to_owned() })
            .collect(),
    })
}
