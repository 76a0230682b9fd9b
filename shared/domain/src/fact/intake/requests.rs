//! What a court did with a judge's request for information. Facts of intake.

use jiff::civil::Date;

use super::facts;
use crate::ids::RequestId;
use crate::information::{InformationAnswer, InformationRefusal};

facts! {
    /// The court of this case did something with a request for information about it. What it answered goes to the other court
    /// and is not told here.
    InformationRequestAnswered {
        /// The request.
        request: RequestId,
        /// What was done.
        answer: InformationAnswer,
        /// The day of it.
        on: Date,
        /// Why it was refused, or a part of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<InformationRefusal>,
    }
    /// The court of this case looked at what it told of a party, as a steward asked, and has nothing to correct.
    RecordConfirmed {
        /// What was asked.
        request: RequestId,
        /// The party's record.
        party: crate::ids::PartyId,
    }
    /// Clerks were assigned to the case; the newest assignment replaces the one before.
    ClerksAssigned {
        /// All clerks who have the case from now on.
        clerks: std::collections::BTreeSet<crate::fact::Subject>,
    }
}
