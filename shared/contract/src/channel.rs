//! Where an event came in: the message subject it was published on, or the same words for one that came over HTTP.

use std::fmt;

use domain::court::Court;
use domain::jurisdiction::Jurisdiction;

use crate::fault::{Fault, fault};
use crate::kinds::KINDS;

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
        if !is_plain(what) {
            return Err(fault("channel.format", &"the last word of the subject is that of the event's type"));
        }
        Ok(Self { jurisdiction, court, what: what.to_owned() })
    }

    /// What is kept of a subject: each of its words that is known, so that its publisher hears of what was refused also when
    /// the last word is odd.
    pub fn kept(subject: &str) -> String {
        let mut parts = subject.split('.');
        let (Some("cases"), Some("v1"), Some(jurisdiction), Some(court)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Self::UNKNOWN.to_owned();
        };
        let (Ok(jurisdiction), Ok(court)) = (Jurisdiction::parse(jurisdiction), Court::from_subject_token(court))
        else {
            return Self::UNKNOWN.to_owned();
        };
        let what = parts.next().filter(|what| is_plain(what) && KINDS.iter().any(|kind| kind.name == *what));
        let what = what.filter(|_| parts.next().is_none()).unwrap_or(Self::NOTHING_KNOWN);
        Self { jurisdiction, court, what: what.to_owned() }.to_string()
    }

    /// What stands in place of a word that is not known.
    pub const NOTHING_KNOWN: &'static str = "unknown";
}

/// Whether the last word of a subject has the form of a kind's name.
fn is_plain(what: &str) -> bool {
    (1..=40).contains(&what.len()) && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
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
        for (subject, kept) in [
            ("cases.v1.family.rbrot.party-added", "cases.v1.family.rbrot.party-added"),
            ("cases.v1.family.rbrot.Hearing_Planned", "cases.v1.family.rbrot.unknown"),
            ("cases.v1.family.rbrot.jansen", "cases.v1.family.rbrot.unknown"),
            ("cases.v1.family.rbrot.999991000", "cases.v1.family.rbrot.unknown"),
            ("cases.v1.family.rbrot.party-added.999991000", "cases.v1.family.rbrot.unknown"),
            ("cases.v1.family.rbrot", "cases.v1.family.rbrot.unknown"),
            ("cases.v1.family.samira-el-amrani.999991000", Channel::UNKNOWN),
            ("cases.v1.odd.rbrot.party-added", Channel::UNKNOWN),
            ("cases.v1.odd", Channel::UNKNOWN),
            ("", Channel::UNKNOWN),
        ] {
            assert_eq!(Channel::kept(subject), kept, "{subject}");
        }
    }
}
