//! What happens in family and youth cases beside hearings and decisions. Facts of intake.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::facts;
use crate::authority::Authority;
use crate::ids::PartyId;

facts! {
    /// A party said whether there was violence. What was said is not told, and it is no finding.
    ViolenceAlleged {
        /// The party who said so.
        by: PartyId,
        /// Whether violence was alleged.
        alleged: bool,
    }
    /// The court asked the child protection board to investigate.
    CouncilInvestigationOrdered {
        /// The day of the order.
        on: Date,
        /// By when.
        due: Option<Date>,
    }
    /// The report of the child protection board came in.
    CouncilReportReceived {
        /// The day.
        on: Date,
    }
    /// A special guardian was appointed for children.
    SpecialGuardianAppointed {
        /// The children.
        children: BTreeSet<PartyId>,
        /// The day.
        on: Date,
    }
    /// Who has authority over children changed.
    CustodyChanged {
        /// The children.
        children: BTreeSet<PartyId>,
        /// Who has authority now; none named when nobody in this case has.
        holders: BTreeSet<PartyId>,
        /// What kind of authority.
        authority: Authority,
        /// Since which day.
        from: Date,
    }
    /// Contact between children and somebody was arranged.
    ContactArranged {
        /// The children.
        children: BTreeSet<PartyId>,
        /// With whom.
        with: PartyId,
        /// Since which day.
        from: Date,
    }
    /// Contact between children and somebody was denied.
    ContactDenied {
        /// The children.
        children: BTreeSet<PartyId>,
        /// With whom.
        with: PartyId,
        /// Since which day.
        from: Date,
        /// Until which day; missing when no end was set.
        until: Option<Date>,
    }
}
