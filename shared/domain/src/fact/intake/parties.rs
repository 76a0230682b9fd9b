//! What changes about the parties of a case beyond who they are. Facts of intake.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::facts;
use crate::ids::{HearingId, PartyId};
use crate::role::Role;

facts! {
    /// A party no longer has these roles.
    PartyRolesEnded {
        /// The party's record in the case.
        party: PartyId,
        /// The roles that ended.
        roles: BTreeSet<Role>,
        /// Since which day.
        on: Date,
    }
    /// A party was registered in error, and is removed from the case.
    PartyRemoved {
        /// The party's record in the case.
        party: PartyId,
    }
    /// A party, or its address, is shielded from the other parties, or no longer.
    ShieldingChanged {
        /// The party's record in the case.
        party: PartyId,
        /// Whether its address is shielded.
        address: bool,
        /// Whether who it is is shielded.
        person: bool,
    }
    /// A hearing was moved to another day.
    HearingMoved {
        /// The hearing.
        hearing: HearingId,
        /// The new day.
        on: Date,
    }
    /// A hearing was cancelled.
    HearingCancelled {
        /// The hearing.
        hearing: HearingId,
    }
}
