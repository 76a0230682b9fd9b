//! That a judge consulted the register, what it covered, and until when that holds. Facts of alerts.
//!
//! Invariant: it holds which versions of which signals had been read, so that a later change can be seen, and nothing of what
//! they say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::fact::Subject;
use crate::ids::{AttestationId, CaseId, SignalId};
use crate::jurisdiction::Jurisdiction;

/// A judge consulted the register for a case of theirs, and had read everything it told of the case at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultationAttested {
    /// The attestation.
    pub attestation: AttestationId,
    /// The judge's case.
    pub case: CaseId,
    /// Who consulted it. Not shown to parties.
    pub by: Subject,
    /// The court that has the case.
    pub court: Court,
    /// The numbers of the case at that moment, as they are printed.
    pub numbers: Vec<CaseNumber>,
    /// The day of it.
    pub on: Date,
    /// The last day on which it holds; after that it must be repeated.
    pub repeat_after: Date,
    /// The sources that had ever reported anything, in order.
    pub sources: Vec<SourceSeen>,
    /// Every signal of the case, in the version that was read.
    pub seen: Vec<SeenSignal>,
}

impl ConsultationAttested {
    /// Whether no signal of the case stood.
    pub fn found_nothing(&self) -> bool {
        self.seen.iter().all(|signal| !signal.stands)
    }
}

/// A source: the cases of one jurisdiction at one court, as one system tells of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceSeen {
    /// The court.
    pub court: Court,
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// The day on which anything was last heard from it.
    pub heard_on: Date,
    /// Whether that is so recent that it counts as connected now.
    pub current: bool,
}

impl SourceSeen {
    /// After how many days of silence a source no longer counts as current. A court's system is busy every week.
    pub const SILENT_AFTER_DAYS: i32 = 7;

    /// A source that was last heard on a day, as seen on `today`.
    pub fn heard(court: Court, jurisdiction: Jurisdiction, heard_on: Date, today: Date) -> Self {
        let silent = heard_on.until(today).map_or(i32::MAX, |span| span.get_days());
        Self { court, jurisdiction, heard_on, current: silent <= Self::SILENT_AFTER_DAYS }
    }
}

/// A signal in the version in which it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeenSignal {
    /// The signal.
    pub signal: SignalId,
    /// Its newest version.
    pub version: u32,
    /// Whether it stood; if not, it had been withdrawn.
    pub stands: bool,
}
