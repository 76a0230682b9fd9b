//! A case begins, gets its judges, goes through its phases, and ends.

use domain::case_phase::CasePhase;
use domain::court::Court;
use domain::fact::Subject;
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use jiff::civil::Date;
use serde_json::json;

use super::procedure::OtherCase;
use super::{EVERYWHERE, event, fact, none_of, not_in_force};
use crate::fault::fault;
use crate::value::{CaseNumbers, Is, OpaqueId};

event! {
    /// A case was registered at a court.
    CaseRegistered = "case-registered" in EVERYWHERE;
    {
        proceeding: Is<ProceedingKind>,
        court: Is<Court>,
        numbers: Is<CaseNumbers>,
        /// The day of registration at this court.
        registered_on: Is<Date>,
        /// The case that this one follows: the one appealed against, or the one it was split off or referred from.
        follows: Option<OtherCase>,
    }
    event, at => {
        let known = event.proceeding.0.is_valid_on(event.registered_on.0);
        // A case of before the court is registered there since the day it took the case over.
        let sat = event.court.0.is_valid_on(event.registered_on.0);
        let mut faults = not_in_force([("/proceeding".to_owned(), known), ("/court".to_owned(), sat)]);
        if event.court.0 != at.court {
            let text = "the case's court is not the one the event was published for";
            faults.push(fault("court.mismatch", &text).at("/court"));
        }
        let follows = event.follows.map(|other| other.reference(at, "/follows")).transpose();
        let earlier = follows.map_err(|found| faults.extend(found)).ok().flatten();
        none_of(faults)?;
        fact!(at, CaseRegistered {
            jurisdiction: at.jurisdiction,
            proceeding: event.proceeding.0,
            court: event.court.0,
            numbers: event.numbers.0.0,
            registered_on: event.registered_on.0,
            follows: earlier,
        })
    };
    of => {
        let (proceeding, numbers) = match of {
            Jurisdiction::Family => ("contact-arrangement", "C/10/712345 / FA RK 26-812"),
            Jurisdiction::Youth => ("supervision-order", "C/10/698765 / JE RK 26-1523"),
            Jurisdiction::Criminal => ("adult-criminal", "10/123456-26"),
            Jurisdiction::Huisverbod => ("huisverbod-appeal", "ROT 26/1234"),
            Jurisdiction::CivilBan => ("civil-contact-ban", "C/10/705555 / KG ZA 26-121"),
        };
        json!({ "proceeding": proceeding, "court": "RBROT", "numbers": numbers, "registeredOn": "2026-09-01" })
    };
}

event! {
    /// Judges were assigned; the newest assignment replaces the one before.
    JudgeAssigned = "judge-assigned" in EVERYWHERE;
    {
        /// All judges who have the case from now on.
        #[schemars(length(min = 1, max = 500))]
        judges: Vec<Is<Subject>>,
    }
    event, at => fact!(at, JudgesAssigned { judges: event.judges.into_iter().map(|judge| judge.0).collect() });
    _of => json!({ "judges": ["judge-anna"] });
}

event! {
    /// Clerks were assigned; the newest assignment replaces the one before. A clerk checks what parties are to be told of a case.
    ClerkAssigned = "clerk-assigned" in EVERYWHERE;
    {
        /// All clerks who have the case from now on.
        #[schemars(length(min = 1, max = 500))]
        clerks: Vec<Is<Subject>>,
    }
    event, at => fact!(at, requests::ClerksAssigned { clerks: event.clerks.into_iter().map(|clerk| clerk.0).collect() });
    _of => json!({ "clerks": ["clerk-elif"] });
}

event! {
    /// The case entered a phase.
    PhaseEntered = "phase-entered" in EVERYWHERE;
    {
        phase: Is<CasePhase>,
        /// Since which day.
        on: Is<Date>,
    }
    event, at => {
        none_of(not_in_force([("/phase".to_owned(), event.phase.0.is_valid_on(event.on.0))]))?;
        fact!(at, cases::PhaseEntered { phase: event.phase.0, on: event.on.0 })
    };
    _of => json!({ "phase": "heard", "on": "2026-11-02" });
}

event! {
    /// A case was closed.
    CaseClosed = "case-closed" in EVERYWHERE;
    {
        /// The day it ended.
        on: Is<Date>,
    }
    event, at => fact!(at, CaseClosed { on: event.on.0 });
    _of => json!({ "on": "2026-12-01" });
}

event! {
    /// A case was withdrawn by who brought it.
    CaseWithdrawn = "case-withdrawn" in EVERYWHERE;
    {
        /// The day of the withdrawal.
        on: Is<Date>,
    }
    event, at => fact!(at, cases::CaseWithdrawn { on: event.on.0 });
    _of => json!({ "on": "2026-12-01" });
}

event! {
    /// No appeal lies any more: final and irrevocable.
    CaseBecameFinal = "case-became-final" in EVERYWHERE;
    {
        /// Since which day.
        on: Is<Date>,
        /// The charges it is about; none named means the whole case.
        #[serde(default)]
        #[schemars(length(max = 500))]
        charges: Vec<Is<OpaqueId>>,
    }
    event, at => fact!(at, cases::CaseBecameFinal { on: event.on.0, charges: at.charges(&event.charges) });
    _of => json!({ "on": "2027-01-15" });
}
