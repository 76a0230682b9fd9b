//! Decisions, appeals, and cases that go on elsewhere.

use std::collections::BTreeSet;

use domain::case_number::CaseNumber;
use domain::court::Court;
use domain::decision_kind::DecisionKind;
use domain::dictum::Dictum;
use domain::fact::intake::{CaseReference, Reason};
use domain::ids::{CaseId, DecisionId};
use domain::jurisdiction::Jurisdiction;
use domain::violence::status::Instance;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{At, EVERYWHERE, event, fact, none_of, not_in_force};
use crate::fault::fault;
use crate::value::{Attributed, Is, OpaqueId};

/// Another case: by `caseId` where it is the same system's at the same court, else by `court` and `number`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct OtherCase {
    /// The opaque id that stands in `subject` of that case's events.
    case_id: Option<Is<Attributed>>,
    court: Option<Is<Court>>,
    number: Option<Is<CaseNumber>>,
}

impl OtherCase {
    /// The case it names, as seen from an event; `place` is where it stands in the data.
    pub fn reference(self, at: &At, place: &str) -> Result<CaseReference, Vec<Reason>> {
        match (self.case_id, self.court, self.number) {
            (Some(Is(case)), None, None) => Ok(CaseReference::Case(CaseId::derived(&[
                at.jurisdiction.as_str(),
                &at.court.subject_token(),
                &at.source,
                &case.0,
            ]))),
            (None, Some(Is(court)), Some(Is(number))) => Ok(CaseReference::Number { court, number }),
            _ => Err(vec![
                fault("case-reference.parts", &"name the case by caseId, or else by court and number").at(place),
            ]),
        }
    }
}

event! {
    /// A decision was given. Verdicts on charges have an event of their own.
    DecisionGiven = "decision-given" in EVERYWHERE;
    {
        decision_id: Is<OpaqueId>,
        kind: Is<DecisionKind>,
        /// The day on which it was given.
        on: Is<Date>,
        /// What it says, by category.
        #[schemars(length(min = 1, max = 50))]
        dicta: Vec<Is<Dictum>>,
        /// Whether it can be enforced while an appeal lies.
        immediately_enforceable: bool,
    }
    event, at => {
        let on = event.on.0;
        let dicta = event.dicta.iter().enumerate();
        let dicta = dicta.map(|(place, Is(dictum))| (format!("/dicta/{place}"), dictum.is_valid_on(on)));
        none_of(not_in_force(dicta.chain([("/kind".to_owned(), event.kind.0.is_valid_on(on))])))?;
        fact!(at, cases::DecisionGiven {
            decision: DecisionId::derived(&at.within(&event.decision_id).each_ref().map(String::as_str)),
            decision_kind: event.kind.0,
            on: event.on.0,
            dicta: event.dicta.into_iter().map(|dictum| dictum.0).collect(),
            immediately_enforceable: event.immediately_enforceable,
        })
    };
    _of => json!({ "decisionId": "d1", "kind": "correction", "on": "2026-11-02", "dicta": ["adjourned"], "immediatelyEnforceable": false });
}

event! {
    /// An appeal was lodged against a decision of this case.
    AppealLodged = "appeal-lodged" in EVERYWHERE;
    {
        /// Before which court: appeal or cassation.
        instance: Is<Instance>,
        /// The day on which it was lodged.
        on: Is<Date>,
        /// The party who lodged it; left out when the prosecution service did, or it is not told.
        by: Option<Is<OpaqueId>>,
        /// The charges it is about; none named means the whole case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        charges: Vec<Is<OpaqueId>>,
    }
    event, at => {
        higher(event.instance.0)?;
        fact!(at, cases::AppealLodged {
            instance: event.instance.0,
            on: event.on.0,
            by: event.by.as_ref().map(|by| at.party(by)),
            jointly_with: BTreeSet::new(),
            // The first version could not say it.
            by_prosecution: None,
            charges: at.charges(&event.charges),
        })
    };
    _of => json!({ "instance": "appeal", "on": "2026-11-16", "by": "p1" });
}

event! {
    /// An appeal was lodged against a decision of this case. Both sides may have done so, each event telling of one side or
    /// of both.
    AppealLodgedV2 = "appeal-lodged" version 2 in EVERYWHERE;
    {
        /// Before which court: appeal or cassation.
        instance: Is<Instance>,
        /// The day on which it was lodged.
        on: Is<Date>,
        /// The parties who lodged it.
        #[serde(default)]
        #[schemars(length(max = 500))]
        parties: Vec<Is<OpaqueId>>,
        /// Whether the prosecution service lodged it; in criminal cases only.
        #[serde(default)]
        prosecution: bool,
        /// The charges it is about; none named means the whole case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        charges: Vec<Is<OpaqueId>>,
    }
    event, at => {
        higher(event.instance.0)?;
        if event.prosecution && at.jurisdiction != Jurisdiction::Criminal {
            let text = "the prosecution service appeals in criminal cases only";
            return Err(vec![fault("appeal.prosecution", &text).at("/prosecution")]);
        }
        let mut by = at.parties(&event.parties);
        if by.is_empty() && !event.prosecution {
            return Err(vec![fault("appeal.nobody", &"name the parties who appealed, or the prosecution").at("/parties")]);
        }
        fact!(at, cases::AppealLodged {
            instance: event.instance.0,
            on: event.on.0,
            by: by.pop_first(),
            jointly_with: by,
            by_prosecution: Some(event.prosecution),
            charges: at.charges(&event.charges),
        })
    };
    of => {
        let criminal = of == Jurisdiction::Criminal;
        json!({ "instance": "appeal", "on": "2026-11-16", "parties": ["p1"], "prosecution": criminal })
    };
}

/// Refuses the first instance, against which nobody appeals to itself.
fn higher(instance: Instance) -> Result<(), Vec<Reason>> {
    if instance == Instance::First {
        return Err(vec![fault("instance.appeal", &"an appeal is lodged with appeal or cassation").at("/instance")]);
    }
    Ok(())
}

event! {
    /// The case was joined to another and goes on there.
    CaseJoined = "case-joined" in EVERYWHERE;
    {
        /// The case that goes on.
        into: OtherCase,
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, cases::CaseJoined { into: event.into.reference(at, "/into")?, on: event.on.0 });
    _of => json!({ "into": { "caseId": "0190c9a2-7f3e-7c11-8d52-0242ac120003" }, "on": "2026-11-02" });
}

event! {
    /// A part of the case was split off into a case of its own.
    CaseSplit = "case-split" in EVERYWHERE;
    {
        /// The new case.
        off: OtherCase,
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, cases::CaseSplit { off: event.off.reference(at, "/off")?, on: event.on.0 });
    _of => json!({ "off": { "caseId": "0190c9a2-7f3e-7c11-8d52-0242ac120003" }, "on": "2026-11-02" });
}

event! {
    /// The case was referred to another court, where it has another number.
    CaseReferred = "case-referred" in EVERYWHERE;
    {
        /// The case there.
        to: OtherCase,
        /// Since which day.
        on: Is<Date>,
    }
    event, at => fact!(at, cases::CaseReferred { to: event.to.reference(at, "/to")?, on: event.on.0 });
    _of => json!({ "to": { "court": "RBDHA", "number": "C/09/680111 / FA RK 26-17" }, "on": "2026-11-02" });
}
