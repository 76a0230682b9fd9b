//! The version of a server, as it says it itself.

use std::fmt;

/// A version of a server program. A part that is not said counts as 0; a release candidate counts as its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// What changes when something breaks.
    pub major: u32,
    /// What changes when something is added.
    pub minor: u32,
    /// What changes when something is mended.
    pub patch: u32,
}

impl Version {
    /// A version from its parts.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// Finds the version in what a program answers to `--version`.
    pub fn find(answer: &str) -> Option<Self> {
        answer.split_whitespace().find_map(|word| {
            let word = word.strip_prefix('v').unwrap_or(word);
            let mut parts = word.split('.').map(leading_number);
            let major = parts.next()??;
            let mut more = || parts.next().flatten().unwrap_or(0);
            Some(Self::new(major, more(), more()))
        })
    }
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_in_what_servers_say() {
        let table = [
            ("nats-server: v2.9.10", Some((2, 9, 10))),
            ("nats-server: v2.15.1\n", Some((2, 15, 1))),
            ("nats-server: v2.12.0-RC.4", Some((2, 12, 0))),
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", Some((15, 18, 0))),
            ("postgres (PostgreSQL) 18beta1", Some((18, 0, 0))),
            ("postgres (PostgreSQL) 99999999999999999999", None),
            ("no version here", None),
            ("", None),
        ];
        for (answer, expected) in table {
            let expected = expected.map(|(major, minor, patch)| Version::new(major, minor, patch));
            assert_eq!(Version::find(answer), expected, "{answer}");
        }
        assert!(Version::new(2, 9, 10) < Version::new(2, 12, 0));
    }
}
