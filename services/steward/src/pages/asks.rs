//! The form with which a steward asks the court that told of a record, and how what was asked stands.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::decisions::ask_source::{AskState, Refusal};
use domain::fact::steward::{AskedField, SourceAsked};
use domain::ids::MatchId;
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Page, Path, Principal, Problem};

use super::words;
use crate::App;
use crate::api::steward_of;
use crate::asks::{AskError, Wish};
use crate::reveals::Side;
use crate::rulings::Request;

/// What a steward filled in: beside the rest `field-` and the code of each field that is doubted.
#[derive(Deserialize)]
pub(super) struct AskForm {
    #[serde(default)]
    request: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    record: String,
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

pub(super) async fn ask(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Form(form): Form<AskForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let doubted = |field: &AskedField| form.fields.contains_key(&format!("field-{}", field.as_str()));
    let fields = AskedField::ALL.into_iter().filter(doubted).collect();
    let side = if form.record == "second" { Side::Second } else { Side::First };
    let request = Request { question: MatchId::from_uuid(id), by, name: form.request, seen: form.seen };
    let notice = match app.desk.ask(&request, &Wish { side, fields, answer_by: None }).await {
        Ok((_, true)) => "asked",
        Ok((_, false)) => "asked-before",
        Err(AskError::Stale(_)) => "overtaken",
        Err(AskError::Refused(Refusal::Nothing)) => "asked-nothing",
        Err(AskError::RequestReused | AskError::Refused(Refusal::Claimed | Refusal::NotOpen | Refusal::Untold)) => {
            "not-asked"
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/questions/{id}?notice={notice}")).into_response())
}

/// What was asked of a court, in one sentence, and how that stands.
pub(super) fn shown(page: &Page, (asked, state): &(SourceAsked, AskState)) -> (String, String) {
    let lang = words::domain_lang(page.lang());
    let fields: Vec<String> =
        asked.fields.iter().map(|field| page.say(&format!("field-{}", field.as_str())).to_lowercase()).collect();
    let (fields, court) = (fields.join(", "), asked.court.label(lang));
    let (on, by) = (words::date(page.lang(), asked.on), words::date(page.lang(), asked.answer_by));
    let told = [
        ("court", court.into()),
        ("fields", fields.as_str().into()),
        ("on", on.as_str().into()),
        ("by", by.as_str().into()),
    ];
    (page.say_with("ask-asked", &told), page.say(&format!("ask-{}", state.as_str())))
}

/// The fields that can be doubted, with words.
pub(super) fn fields(page: &Page) -> Vec<(&'static str, String)> {
    AskedField::ALL.map(|field| (field.as_str(), page.say(&format!("field-{}", field.as_str())))).into()
}
