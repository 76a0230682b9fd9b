//! Where an event came in: the message subject it was published on, or the same words for one that came over HTTP.

use std::fmt;

use domain::court::Court;
use domain::jurisdiction::Jurisdiction;

use crate::fault::{Fault, fault};

/// `cases.v1.<jurisdiction>.<court>.<what-happened>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Whose cases.
    pub jurisdiction: Jurisdiction,
    /// The court that publishes.
    pub court: Court,
    /// What happened.
    pub what: String,
}

impl Channel {
    /// What is kept of a subject that is not made of known words: anything else could be personal, and a subject is kept,
    /// shown and answered to in the clear.
    pub const UNKNOWN: &'static str = "cases.v1.unknown.unknown.unknown";

    /// Reads a subject.
    ///
    /// # Errors
    /// When it is no subject of case events.
    pub fn parse(subject: &str) -> Result<Self, Fault> {
        let mut parts = subject.split('.');
        let (Some("cases"), Some("v1"), Some(jurisdiction), Some(court), Some(what), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(fault("channel.format", &"publish on cases.v1.<jurisdiction>.<court>.<what-happened>"));
        };
        let jurisdiction = Jurisdiction::parse(jurisdiction)
            .map_err(|_| fault("channel.jurisdiction", &"the subject names no known jurisdiction"))?;
        let court = Court::from_subject_token(court).map_err(|_| {
            fault("channel.court", &"the subject names no known court; use its code in lower case, as in rbrot")
        })?;
        let plain = (1..=40).contains(&what.len()) && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        if !plain {
            return Err(fault("channel.format", &"the last word of the subject is that of the event's type"));
        }
        Ok(Self { jurisdiction, court, what: what.to_owned() })
    }

    /// What is kept of a subject.
    pub fn kept(subject: &str) -> String {
        Self::parse(subject).map_or_else(|_| Self::UNKNOWN.to_owned(), |channel| channel.to_string())
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cases.v1.{}.{}.{}", self.jurisdiction.as_str(), self.court.subject_token(), self.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_subject_is_made_of_known_words() {
        let known = "cases.v1.family.rbrot.party-added";
        assert_eq!(Channel::kept(known), known);
        for subject in
            ["cases.v1.family.samira-el-amrani.999991000", "cases.v1.odd", "", "cases.v1.family.rbrot.999991000"]
        {
            assert_eq!(Channel::kept(subject), Channel::UNKNOWN, "{subject}");
        }
    }
}
