//! Family and youth cases beside hearings and decisions: allegations, investigations, authority and contact.

use domain::authority::Authority;
use jiff::civil::Date;
use serde_json::json;

use super::{FAMILY, event, fact};
use crate::fault::fault as wrong;
use crate::value::{Is, OpaqueId};

event! {
    /// A party said whether there was violence. What was said is not told, and it is no finding.
    ViolenceAlleged = "violence-alleged" in FAMILY;
    {
        /// The party who said so.
        by: Is<OpaqueId>,
        /// Whether violence was alleged.
        alleged: bool,
    }
    event, at => fact!(at, family::ViolenceAlleged { by: at.party(&event.by), alleged: event.alleged });
    _of => json!({ "by": "p1", "alleged": true });
}

event! {
    /// The court asked the child protection board to investigate.
    CouncilInvestigationOrdered = "council-investigation-ordered" in FAMILY;
    {
        /// The day of the order.
        on: Is<Date>,
        /// By when.
        due: Option<Is<Date>>,
    }
    event, at => fact!(at, family::CouncilInvestigationOrdered { on: event.on.0, due: event.due.map(|due| due.0) });
    _of => json!({ "on": "2026-11-02", "due": "2027-02-01" });
}

event! {
    /// The report of the child protection board came in.
    CouncilReportReceived = "council-report-received" in FAMILY;
    {
        /// The day.
        on: Is<Date>,
    }
    event, at => fact!(at, family::CouncilReportReceived { on: event.on.0 });
    _of => json!({ "on": "2027-01-20" });
}

event! {
    /// A special guardian was appointed for children.
    SpecialGuardianAppointed = "special-guardian-appointed" in FAMILY;
    {
        /// The children.
        #[schemars(length(min = 1, max = 50))]
        children: Vec<Is<OpaqueId>>,
        /// The day.
        on: Is<Date>,
    }
    event, at => fact!(at, family::SpecialGuardianAppointed { children: at.parties(&event.children), on: event.on.0 });
    _of => json!({ "children": ["p3"], "on": "2026-11-02" });
}

event! {
    /// Who has authority over children changed.
    CustodyChanged = "custody-changed" in FAMILY;
    {
        /// The children.
        #[schemars(length(min = 1, max = 50))]
        children: Vec<Is<OpaqueId>>,
        /// The parties who have authority now; none named when nobody in this case has.
        #[serde(default)]
        #[schemars(length(max = 50))]
        holders: Vec<Is<OpaqueId>>,
        authority: Is<Authority>,
        /// Since which day.
        from: Is<Date>,
    }
    event, at => fact!(at, family::CustodyChanged {
        children: at.parties(&event.children),
        holders: at.parties(&event.holders),
        authority: event.authority.0,
        from: event.from.0,
    });
    _of => json!({ "children": ["p3"], "holders": ["p2"], "authority": "sole-parental", "from": "2026-11-02" });
}

event! {
    /// Contact between children and somebody was arranged.
    ContactArranged = "contact-arranged" in FAMILY;
    {
        /// The children.
        #[schemars(length(min = 1, max = 50))]
        children: Vec<Is<OpaqueId>>,
        /// With whom.
        with: Is<OpaqueId>,
        /// Since which day.
        from: Is<Date>,
    }
    event, at => fact!(at, family::ContactArranged {
        children: at.parties(&event.children),
        with: at.party(&event.with),
        from: event.from.0,
    });
    _of => json!({ "children": ["p3"], "with": "p1", "from": "2026-11-02" });
}

event! {
    /// Contact between children and somebody was denied.
    ContactDenied = "contact-denied" in FAMILY;
    {
        /// The children.
        #[schemars(length(min = 1, max = 50))]
        children: Vec<Is<OpaqueId>>,
        /// With whom.
        with: Is<OpaqueId>,
        /// Since which day.
        from: Is<Date>,
        /// Until which day; left out when no end was set.
        until: Option<Is<Date>>,
    }
    event, at => {
        let (from, until) = (event.from.0, event.until.map(|until| until.0));
        if until.is_some_and(|until| until < from) {
            return Err(vec![wrong("period.order", &"the last day lies before the first").at("/until")]);
        }
        fact!(at, family::ContactDenied {
            children: at.parties(&event.children),
            with: at.party(&event.with),
            from: from,
            until: until,
        })
    };
    _of => json!({ "children": ["p3"], "with": "p1", "from": "2026-11-02", "until": "2027-11-02" });
}
