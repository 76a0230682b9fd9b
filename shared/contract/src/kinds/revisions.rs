//! What takes back what was said before. An event that corrects another is of that one's own kind, with the attribute
//! `corrects`.

use jiff::civil::Date;
use serde_json::json;

use super::{EVERYWHERE, event, fact};
use crate::value::{Attributed, Is, OpaqueId, event_id};

event! {
    /// An earlier event about this case, of the same source, is taken back: as if it had never been sent.
    EventRetracted = "event-retracted" in EVERYWHERE;
    {
        /// The `id` of the event that is taken back.
        event_id: Is<Attributed>,
    }
    event, at => fact!(at, cases::EventRetracted { retracts: event_id(&at.source, &event.event_id.0.0) });
    _of => json!({ "eventId": "0190c9a2-7f3e-7c11-8d52-0242ac120009" });
}

event! {
    /// The source must destroy what it holds about these parties, and asks that this house does. It is kept as a fact; an
    /// operator carries it out.
    DestructionOrdered = "destruction-ordered" in EVERYWHERE;
    {
        /// The parties; none named means every party of the case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        parties: Vec<Is<OpaqueId>>,
        /// By which day.
        on: Is<Date>,
    }
    event, at => fact!(at, cases::DestructionOrdered { parties: at.parties(&event.parties), on: event.on.0 });
    _of => json!({ "parties": ["p1"], "on": "2027-06-01" });
}
