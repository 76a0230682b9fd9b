//! What of a file a publisher has published, written beside the file.
//!
//! Invariant: a line counts as published by what it says and not by where it stands: a line that was mended, or a file that
//! was written anew under the same name, is published. A mark that is lost or torn costs one more delivery, and an event sent
//! twice is one event.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use contract::envelope;

/// The digests of the lines that a publisher has published, and the file that keeps them.
pub struct Mark {
    path: Option<PathBuf>,
    published: BTreeSet<String>,
}

impl Mark {
    /// The mark of a file for a publisher of this name; one that is forgotten at the end for standard input (`-`).
    ///
    /// # Errors
    /// When there is a mark and it cannot be read.
    pub fn open(file: &Path, name: &str) -> Result<Self> {
        let Some(file_name) = file.file_name().filter(|_| file != Path::new("-")) else {
            return Ok(Self { path: None, published: BTreeSet::new() });
        };
        let mut mark = file_name.to_owned();
        mark.push(format!(".{name}.published"));
        let path = file.with_file_name(mark);
        let published = match fs::read_to_string(&path) {
            Ok(text) => text.lines().map(str::to_owned).collect(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        Ok(Self { path: Some(path), published })
    }

    /// Where it is written; nothing for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether exactly this line was published before.
    pub fn has(&self, line: &[u8]) -> bool {
        self.published.contains(&envelope::digest(line))
    }

    /// Notes that these lines are published.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note<'a>(&mut self, lines: impl IntoIterator<Item = &'a [u8]>) -> Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut text = String::new();
        for line in lines {
            let digest = envelope::digest(line);
            text.push_str(&digest);
            text.push('\n');
            self.published.insert(digest);
        }
        if text.is_empty() {
            return Ok(());
        }
        let file = OpenOptions::new().create(true).append(true).open(path);
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("cannot write how far it is to {}", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_again_by_what_it_says() {
        let folder = runtime::dev::Scratch::new("mark").unwrap();
        let file = folder.path().join("events.ndjson");
        let mut mark = Mark::open(&file, "rbrot-civiel").unwrap();
        assert!(!mark.has(b"one"));
        mark.note([&b"one"[..], b"two"]).unwrap();
        mark.note([&b"three"[..]]).unwrap();
        let again = Mark::open(&file, "rbrot-civiel").unwrap();
        assert!(again.has(b"one") && again.has(b"two") && again.has(b"three") && !again.has(b"tvvo"));
        assert!(!Mark::open(&file, "rbrot-straf").unwrap().has(b"one"), "another publisher's file is another file");
    }

    #[test]
    fn a_mark_that_was_torn_or_is_of_another_kind_says_nothing_of_a_line() {
        let folder = runtime::dev::Scratch::new("mark").unwrap();
        let file = folder.path().join("events.ndjson");
        let mut mark = Mark::open(&file, "p").unwrap();
        mark.note([&b"one"[..], b"two"]).unwrap();
        let path = mark.path().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() - 9]).unwrap();
        let again = Mark::open(&file, "p").unwrap();
        assert!(again.has(b"one") && !again.has(b"two"));
        fs::write(&path, "17").unwrap();
        assert!(!Mark::open(&file, "p").unwrap().has(b"one"));
        assert!(Mark::open(Path::new("-"), "p").unwrap().path().is_none());
    }
}
