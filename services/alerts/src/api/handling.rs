//! What a judge records about a signal, as JSON and as the fields of a form.
//!
//! Invariant: a record has a day or a reason, never both; there is no free text, because nothing here could seal it.

use domain::decision_kind::DecisionKind;
use domain::fact::alerts::{self, Handling, SetAsideReason};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::openapi::word_or_nothing;
use web::{FieldError, Problem};

use super::shape::Coded;
use crate::inbox::Handled;

/// What was done with a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Done {
    /// It was discussed at a hearing.
    DiscussedAtHearing,
    /// The parties were told of it.
    ToldToParties,
    /// Documents were requested from the other court or the prosecution.
    DocumentsRequested,
    /// It was left out of consideration.
    SetAside,
    /// It was weighed in a decision.
    WeighedInDecision,
}

/// Why a signal was left out of consideration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Reason {
    /// Already in the file.
    AlreadyKnown,
    /// Does not bear on the decision to be taken.
    NotRelevant,
    /// The parties could no longer be heard on it.
    CannotBeHeard,
    /// The link looks wrong; a steward should look again.
    LinkDoubted,
}

impl From<Reason> for SetAsideReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::AlreadyKnown => Self::AlreadyKnown,
            Reason::NotRelevant => Self::NotRelevant,
            Reason::CannotBeHeard => Self::CannotBeHeard,
            Reason::LinkDoubted => Self::LinkDoubted,
        }
    }
}

impl From<SetAsideReason> for Reason {
    fn from(reason: SetAsideReason) -> Self {
        match reason {
            SetAsideReason::AlreadyKnown => Self::AlreadyKnown,
            SetAsideReason::NotRelevant => Self::NotRelevant,
            SetAsideReason::CannotBeHeard => Self::CannotBeHeard,
            SetAsideReason::LinkDoubted => Self::LinkDoubted,
        }
    }
}

/// What the caller recorded about a signal.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandlingRecord {
    /// When it was recorded.
    recorded_at: Timestamp,
    /// Which version it concerns.
    version: u32,
    /// What was done.
    done: Done,
    /// The day of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Date>,
    /// Why it was left out of consideration.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// In what kind of decision it was weighed, by form.
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Coded>,
}

impl HandlingRecord {
    /// The record of what was done.
    pub fn of(handled: &Handled) -> Self {
        let (done, on, reason, decision) = match handled.handling {
            Handling::DiscussedAtHearing { on } => (Done::DiscussedAtHearing, Some(on), None, None),
            Handling::ToldToParties { on } => (Done::ToldToParties, Some(on), None, None),
            Handling::DocumentsRequested { on } => (Done::DocumentsRequested, Some(on), None, None),
            Handling::SetAside { reason } => (Done::SetAside, None, Some(reason.into()), None),
            Handling::WeighedInDecision { on, decision } => (Done::WeighedInDecision, Some(on), None, Some(decision)),
        };
        let decision = decision.map(|kind| Coded::of(kind.code(), |lang| kind.label(lang)));
        Self { recorded_at: handled.recorded_at, version: handled.version, done, on, reason, decision }
    }
}

/// That the caller took note of a signal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgementRequest {
    /// The version that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    pub version: u32,
}

/// What the caller has the other court named for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum RevealReason {
    /// To ask that court for information.
    AskForInformation,
    /// To bring hearings of the two cases into line.
    AlignHearings,
    /// To decide on somebody's safety.
    Safety,
}

/// That the caller needs to know which court has the parallel case, where its name may tell where a shielded person lives.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealRequest {
    /// The version that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    pub version: u32,
    /// What for. It is written down.
    reason: RevealReason,
}

impl RevealRequest {
    /// What for.
    pub const fn reason(&self) -> alerts::RevealReason {
        match self.reason {
            RevealReason::AskForInformation => alerts::RevealReason::AskForInformation,
            RevealReason::AlignHearings => alerts::RevealReason::AlignHearings,
            RevealReason::Safety => alerts::RevealReason::Safety,
        }
    }
}

/// What the caller did with a signal: with the day (`on`), or, when it was set aside, with the reason; and with the kind of
/// decision when it was weighed in one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandlingRequest {
    /// The version that the caller had before them.
    #[serde(deserialize_with = "web::extract::whole")]
    version: u32,
    /// What was done.
    done: Done,
    /// The day of it; not when it was set aside.
    on: Option<Date>,
    /// Why it was set aside; only then.
    reason: Option<Reason>,
    /// In what kind of decision it was weighed; only then. A code of the list of decisions.
    #[schema(schema_with = decisions)]
    decision: Option<DecisionKind>,
}

fn decisions() -> Object {
    let words = DecisionKind::all().map(DecisionKind::code);
    word_or_nothing("In what kind of decision it was weighed; only then. A code of the list of decisions.", words)
}

impl HandlingRequest {
    /// The version and what was done. `place` is where the fields stood, for the errors.
    ///
    /// # Errors
    /// 400 when the day, the reason or the decision is missing, or stands where it has no meaning.
    pub fn read(&self, place: &'static str) -> Result<(u32, Handling), Problem> {
        let needs = |name: &'static str| {
            Problem::malformed(vec![FieldError::at(place, name, "missing", "is required for what was done")])
        };
        let rejects = |name: &'static str| {
            Problem::malformed(vec![FieldError::at(place, name, "unknown", "has no meaning for what was done")])
        };
        let handling = match (self.done, self.on, self.reason) {
            (Done::SetAside, Some(_), _) => return Err(rejects("on")),
            (Done::SetAside, None, reason) => {
                Handling::SetAside { reason: reason.ok_or_else(|| needs("reason"))?.into() }
            }
            (_, _, Some(_)) => return Err(rejects("reason")),
            (_, None, None) => return Err(needs("on")),
            (Done::DiscussedAtHearing, Some(on), None) => Handling::DiscussedAtHearing { on },
            (Done::ToldToParties, Some(on), None) => Handling::ToldToParties { on },
            (Done::DocumentsRequested, Some(on), None) => Handling::DocumentsRequested { on },
            (Done::WeighedInDecision, Some(on), None) => {
                Handling::WeighedInDecision { on, decision: self.decision.ok_or_else(|| needs("decision"))? }
            }
        };
        if self.decision.is_some() && self.done != Done::WeighedInDecision {
            return Err(rejects("decision"));
        }
        Ok((self.version, handling))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn read(request: Value) -> Result<(u32, Handling), Vec<String>> {
        let request: HandlingRequest = serde_json::from_value(request).unwrap();
        request.read("body").map_err(|problem| problem.errors().iter().map(|error| error.name.clone()).collect())
    }

    #[test]
    fn a_day_or_a_reason_as_what_was_done_asks() {
        let on = jiff::civil::date(2026, 9, 14);
        let dated = |done: &str| read(json!({ "version": 2, "done": done, "on": "2026-09-14" }));
        assert_eq!(dated("discussed-at-hearing"), Ok((2, Handling::DiscussedAtHearing { on })));
        assert_eq!(dated("told-to-parties"), Ok((2, Handling::ToldToParties { on })));
        assert_eq!(dated("documents-requested"), Ok((2, Handling::DocumentsRequested { on })));
        assert_eq!(dated("set-aside"), Err(vec!["on".to_owned()]));
        assert_eq!(read(json!({ "version": 1, "done": "told-to-parties" })), Err(vec!["on".to_owned()]));
        assert_eq!(read(json!({ "version": 1, "done": "set-aside" })), Err(vec!["reason".to_owned()]));
        let decision = DecisionKind::parse("final").unwrap();
        let weighed = json!({ "version": 2, "done": "weighed-in-decision", "on": "2026-09-14", "decision": "final" });
        assert_eq!(read(weighed), Ok((2, Handling::WeighedInDecision { on, decision })));
        assert_eq!(dated("weighed-in-decision"), Err(vec!["decision".to_owned()]));
        let told = json!({ "version": 2, "done": "told-to-parties", "on": "2026-09-14", "decision": "final" });
        assert_eq!(read(told), Err(vec!["decision".to_owned()]));
        for (word, reason) in [
            ("already-known", SetAsideReason::AlreadyKnown),
            ("not-relevant", SetAsideReason::NotRelevant),
            ("cannot-be-heard", SetAsideReason::CannotBeHeard),
            ("link-doubted", SetAsideReason::LinkDoubted),
        ] {
            let set_aside = read(json!({ "version": 1, "done": "set-aside", "reason": word }));
            assert_eq!(set_aside, Ok((1, Handling::SetAside { reason })));
            assert_eq!(serde_json::to_value(Reason::from(reason)).unwrap(), word);
            assert_eq!(
                read(json!({ "version": 1, "done": "told-to-parties", "on": "2026-09-14", "reason": word })),
                Err(vec!["reason".to_owned()])
            );
        }
    }
}
