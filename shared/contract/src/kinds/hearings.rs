//! When the judge sees the parties.

use domain::hearing_kind::HearingKind;
use domain::ids::HearingId;
use jiff::civil::Date;
use serde_json::json;

use super::{At, EVERYWHERE, event, fact, none_of, not_in_force};
use crate::value::{ChamberCode, Is, OpaqueId};

fn hearing(at: &At, id: &Is<OpaqueId>) -> HearingId {
    HearingId::derived(&at.within(id).each_ref().map(String::as_str))
}

event! {
    /// A hearing was planned, or planned anew.
    HearingPlanned = "hearing-planned" in EVERYWHERE;
    {
        /// The hearing; the same one planned anew keeps its id.
        hearing_id: Is<OpaqueId>,
        /// The day of the hearing.
        on: Is<Date>,
        kind: Option<Is<HearingKind>>,
        /// Whether it is held behind closed doors.
        closed_doors: Option<bool>,
        /// The chamber (kamer) that hears it, by the court's own code; never a judge's name.
        chamber: Option<Is<ChamberCode>>,
    }
    event, at => {
        let kind = event.kind.iter().map(|Is(kind)| ("/kind".to_owned(), kind.is_valid_on(event.on.0)));
        none_of(not_in_force(kind))?;
        fact!(at, HearingPlanned {
            hearing: hearing(at, &event.hearing_id),
            on: event.on.0,
            hearing_kind: event.kind.map(|kind| kind.0),
            closed_doors: event.closed_doors,
            chamber: event.chamber.map(|chamber| chamber.0.0),
        })
    };
    _of => json!({ "hearingId": "h1", "on": "2026-12-14", "kind": "pronouncement", "closedDoors": true, "chamber": "ek-12" });
}

event! {
    /// A hearing was moved to another day.
    HearingMoved = "hearing-moved" in EVERYWHERE;
    {
        hearing_id: Is<OpaqueId>,
        /// The new day.
        on: Is<Date>,
    }
    event, at => fact!(at, parties::HearingMoved { hearing: hearing(at, &event.hearing_id), on: event.on.0 });
    _of => json!({ "hearingId": "h1", "on": "2027-01-11" });
}

event! {
    /// A hearing was cancelled.
    HearingCancelled = "hearing-cancelled" in EVERYWHERE;
    {
        hearing_id: Is<OpaqueId>,
    }
    event, at => fact!(at, parties::HearingCancelled { hearing: hearing(at, &event.hearing_id) });
    _of => json!({ "hearingId": "h1" });
}
