//! The forms with which a steward decides on a question, says that nobody can tell, and takes a ruling back.
//!
//! Invariants: a form carries the version that was seen and a name of its own, so that a second press writes nothing and a form
//! that was overtaken is shown again with what changed, and with what the steward had typed.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::decisions::rule_on_pair::{Refusal, Says, UndoRefusal};
use domain::fact::Subject;
use domain::fact::steward::RulingReason;
use domain::ids::{FactId, MatchId};
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Lang, Path, Principal, Problem};

use super::question::{Beside, changes, of, open};
use crate::App;
use crate::api::{note, steward_of};
use crate::rulings::{Outcome, Request, RulingError, Taken, Verdict};

/// What a steward filled in.
#[derive(Deserialize)]
pub(super) struct RulingForm {
    pub(super) seen: String,
    pub(super) request: String,
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    pub(super) same: bool,
}

impl RulingForm {
    pub(super) fn request(&self, id: Uuid, by: Subject) -> Request {
        Request { question: MatchId::from_uuid(id), by, name: self.request.clone(), seen: self.seen.clone() }
    }

    /// What the form says, or the one thing to put right first.
    pub(super) fn verdict(&self) -> Result<Verdict, &'static str> {
        let known = RulingReason::ALL.into_iter().find(|reason| reason.as_str() == self.reason);
        let reason = known.ok_or("fault-reason")?;
        let says = Says::Rules { same: self.same, reason };
        Ok(Verdict { says, note: note("form", Some(&self.note)).map_err(|_| "fault-note")? })
    }
}

pub(super) async fn rule(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
    Form(form): Form<RulingForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let verdict = match form.verdict() {
        Ok(verdict) => verdict,
        Err(fault) => return shown_again(&app, lang, id, &by, form, Some(fault)).await,
    };
    take(&app, lang, id, by, form, &verdict).await
}

pub(super) async fn escalate(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
    Form(form): Form<RulingForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let Ok(note) = note("form", Some(&form.note)) else {
        return shown_again(&app, lang, id, &by, form, Some("fault-note")).await;
    };
    take(&app, lang, id, by, form, &Verdict { says: Says::CannotTell, note }).await
}

async fn take(
    app: &App,
    lang: Lang,
    id: Uuid,
    by: Subject,
    form: RulingForm,
    verdict: &Verdict,
) -> Result<Response, Problem> {
    let fault = match app.desk.rule(&form.request(id, by.clone()), verdict).await {
        Ok(taken) => return Ok(told(id, notice(&taken, verdict.says))),
        Err(RulingError::NoteOfErased) => Some("fault-erased"),
        Err(RulingError::Refused(Refusal::NoteMissing)) => Some("fault-note-missing"),
        Err(RulingError::Refused(Refusal::Claimed)) => Some("fault-claimed"),
        Err(RulingError::Refused(Refusal::SpokenBefore)) => Some("fault-spoken"),
        // The form was sent before with another answer, or the question moved on: either way it is shown anew.
        Err(RulingError::Stale(_) | RulingError::RequestReused | RulingError::Refused(Refusal::NotOpen)) => None,
        Err(error) => return Err(error.into()),
    };
    shown_again(app, lang, id, &by, form, fault).await
}

const fn notice(taken: &Taken, says: Says) -> &'static str {
    match (taken.outcome, says) {
        (Outcome::Unchanged, _) => "unchanged",
        (Outcome::Waits, Says::CannotTell) => "escalated",
        (Outcome::Waits, _) => "waits",
        (Outcome::InForce, Says::Rules { same: true, .. }) => "confirmed",
        (Outcome::InForce, _) => "rejected",
    }
}

/// Goes on to the question, with a notice of what became of it.
pub(super) fn told(id: Uuid, notice: &str) -> Response {
    Redirect::to(&format!("/questions/{id}?notice={notice}")).into_response()
}

/// The question as it is now, with what the steward had filled in.
pub(super) async fn shown_again(
    app: &App,
    lang: Lang,
    id: Uuid,
    by: &Subject,
    form: RulingForm,
    fault: Option<&'static str>,
) -> Result<Response, Problem> {
    let comparison = open(app, id, by).await?;
    let changes = changes(&comparison, &form.seen);
    let beside = Beside { fault, changes, reason: form.reason, note: form.note, ..Beside::default() };
    web::page::html(&of(app, lang, &comparison, beside))
}

/// Which ruling is taken back.
#[derive(Deserialize)]
pub(super) struct UndoForm {
    request: String,
    ruling: Uuid,
}

pub(super) async fn undo(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Form(form): Form<UndoForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let request = taking_back(&app, id, by, form.request).await?;
    taken_back(id, app.desk.undo(&request, FactId::from_uuid(form.ruling)).await)
}

/// A request to take back what is named by its id: that the linker has followed it since the page was shown is no reason to refuse.
pub(super) async fn taking_back(app: &App, id: Uuid, by: Subject, name: String) -> Result<Request, Problem> {
    let question = MatchId::from_uuid(id);
    let seen = app.desk.version(question).await?.ok_or(Problem::not_found())?.to_string();
    Ok(Request { question, by, name, seen })
}

/// Goes on to the question, with whether it was taken back.
pub(super) fn taken_back(id: Uuid, done: Result<Taken, RulingError>) -> Result<Response, Problem> {
    let notice = match done {
        Ok(_) => "undone",
        Err(RulingError::NotUndone(UndoRefusal::TooLate)) => "undone-late",
        Err(RulingError::Stale(_) | RulingError::RequestReused | RulingError::NotUndone(_)) => "not-undone",
        Err(error) => return Err(error.into()),
    };
    Ok(told(id, notice))
}
