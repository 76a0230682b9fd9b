//! What a judge asks another court about a parallel case. Facts of alerts.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::feedback::words;
use crate::fact::Subject;
use crate::ids::{CaseId, RequestId, SignalId};
use crate::information::{InformationBasis, InformationKind};

/// A judge asks the court of the parallel case for information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRequested {
    /// The request.
    pub request: RequestId,
    /// The signal on which the judge asks.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The case that is asked about.
    pub parallel: CaseId,
    /// The version of the signal that the judge had before them.
    pub version: u32,
    /// Who asks.
    pub by: Subject,
    /// What is asked.
    pub information: InformationKind,
    /// On what legal basis.
    pub basis: InformationBasis,
    /// The day of it.
    pub on: Date,
    /// The last day on which an answer is in time.
    pub answer_by: Date,
}

/// A request is no longer made. The other court is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRequestWithdrawn {
    /// The request.
    pub request: RequestId,
    /// The signal on which it was made.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The case that was asked about.
    pub parallel: CaseId,
    /// Why.
    pub because: WhyRequestWithdrawn,
}

/// The last day for an answer has passed without one. The other court is reminded, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRequestOverdue {
    /// The request.
    pub request: RequestId,
    /// The signal on which it was made.
    pub signal: SignalId,
    /// The judge's case.
    pub own: CaseId,
    /// The case that is asked about.
    pub parallel: CaseId,
}

words! {
    /// Why a request is no longer made.
    WhyRequestWithdrawn {
        /// The judge does not need it any more.
        NotNeeded = "not-needed",
        /// The signal on which it was made was withdrawn: the link may have been wrong.
        SignalWithdrawn = "signal-withdrawn",
    }
}
