//! That a signal waits unread while its term nears. A fact of alerts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, SignalId};

/// No judge of the case has read a signal, and the day by which one should have is near. What the signal tells is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalEscalated {
    /// The signal.
    pub signal: SignalId,
    /// The case of the judges who should read it.
    pub own: CaseId,
    /// The version that nobody has read.
    pub version: u32,
    /// The day of it.
    pub on: Date,
    /// The day by which it should be read.
    pub read_by: Date,
    /// Whether nobody had the case then: nobody could read it.
    pub without_judge: bool,
}
