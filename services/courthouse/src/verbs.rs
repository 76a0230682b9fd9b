//! What a court's developer and an operator do from the command line, each in a file of its own.

pub mod extract;
pub mod generate;
pub mod models;
pub mod permissions;
pub mod publish;
pub mod quarantine;
pub mod register;
pub mod service;
pub mod tail;
pub mod validate;

use std::io::{self, BufRead, Read as _};
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use tokio::sync::mpsc;

/// An event of a file, and the line on which it begins. Its bytes are those of the file, so that whoever reads them sees
/// what was written, also where that is no text or says a thing twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from one; in an array the place of the event.
    pub number: usize,
    /// What stands there.
    pub bytes: Vec<u8>,
}

/// The events of a file (`-` for standard input): one JSON document with an event or an array of them, or one event a line.
///
/// # Errors
/// When the file cannot be read.
pub fn lines(path: &Path) -> Result<Vec<Line>> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
        bytes
    } else {
        std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?
    };
    Ok(parted(bytes))
}

/// The events of a text, each with its own bytes.
fn parted(bytes: Vec<u8>) -> Vec<Line> {
    if let Ok(events) = serde_json::from_slice::<Vec<&RawValue>>(&bytes) {
        let events = (1..).zip(events);
        return events.map(|(number, event)| Line { number, bytes: event.get().as_bytes().to_vec() }).collect();
    }
    if serde_json::from_slice::<IgnoredAny>(&bytes).is_ok() {
        return vec![Line { number: 1, bytes }];
    }
    (1..)
        .zip(bytes.split(|byte| *byte == b'\n'))
        .map(|(number, line)| Line { number, bytes: line.trim_ascii().to_vec() })
        .filter(|line| !line.bytes.is_empty())
        .collect()
}

/// The lines of a stream as they come, one event each; empty ones are passed over. Reads no further than `ahead` lines
/// before they are taken.
pub fn streamed(mut from: impl BufRead + Send + 'static, ahead: usize) -> mpsc::Receiver<io::Result<Line>> {
    let (sender, receiver) = mpsc::channel(ahead.max(1));
    // A thread of its own: nothing asynchronous reads a terminal or a pipe that may stay silent.
    std::thread::spawn(move || {
        for number in 1.. {
            let mut bytes = Vec::new();
            let line = match from.read_until(b'\n', &mut bytes) {
                Ok(0) => return,
                Ok(_) if bytes.trim_ascii().is_empty() => continue,
                Ok(_) => Ok(Line { number, bytes: bytes.trim_ascii().to_vec() }),
                Err(error) => Err(error),
            };
            let ended = line.is_err();
            if sender.blocking_send(line).is_err() || ended {
                return;
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &[u8]) -> Vec<(usize, Vec<u8>)> {
        parted(text.to_vec()).into_iter().map(|line| (line.number, line.bytes)).collect()
    }

    #[test]
    fn every_event_keeps_its_own_bytes() {
        let twice = br#"{"id": "a", "id": "b"}"#;
        assert_eq!(told(twice), [(1, twice.to_vec())]);
        let array = br#"[ {"id": "a", "id": "b"}, {"sequence":1.0} ]"#;
        assert_eq!(told(array), [(1, twice.to_vec()), (2, br#"{"sequence":1.0}"#.to_vec())]);
        assert_eq!(
            told(b"{\"a\":1}\r\n\n\xff\xfe\n {}"),
            [(1, b"{\"a\":1}".to_vec()), (3, b"\xff\xfe".to_vec()), (4, b"{}".to_vec())]
        );
        assert_eq!(told(b""), []);
    }

    #[tokio::test]
    async fn a_stream_is_given_line_by_line() {
        let mut lines = streamed(io::Cursor::new(b"{}\n\n\xff\nlast".to_vec()), 1);
        let mut told = Vec::new();
        while let Some(line) = lines.recv().await {
            let line = line.unwrap();
            told.push((line.number, line.bytes));
        }
        assert_eq!(told, [(1, b"{}".to_vec()), (3, b"\xff".to_vec()), (4, b"last".to_vec())]);
    }
}
