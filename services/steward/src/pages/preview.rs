//! What would follow from a ruling, shown before it is given: the last page before it is in force.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::fact::linker::{ConsequencesForeseen, LinkForeseen};
use domain::ids::{CaseId, MatchId};
use uuid::Uuid;
use web::text::Value;
use web::{Form, Lang, Page, Path, Principal, Problem};

use super::decide::{RulingForm, shown_again};
use super::menu;
use super::words;
use crate::App;
use crate::api::steward_of;
use crate::desk::DeskError;
use crate::proposals::becomes;
use crate::queue::{self, CaseCard};
use crate::rulings::Request;

#[derive(Template)]
#[template(path = "preview.html")]
pub(super) struct PreviewPage {
    pub(super) page: Page,
    /// Where the decision was filled in.
    pub(super) back: String,
    /// Where it is sent to, and where to look again.
    pub(super) commit: String,
    pub(super) again: String,
    /// What is decided, and on what ground.
    pub(super) decision: String,
    pub(super) reason_label: String,
    pub(super) note: String,
    pub(super) why_two: Vec<String>,
    /// What was filled in, as it is sent on.
    pub(super) hidden: Vec<(String, String)>,
    pub(super) foreseen: Option<Shown>,
}

/// Consequences in words.
pub(super) struct Shown {
    /// Sentences about persons, questions and notices.
    pub(super) sentences: Vec<String>,
    pub(super) links: Vec<ShownLink>,
}

/// What would become of a link.
pub(super) struct ShownLink {
    pub(super) cases: [String; 2],
    pub(super) becomes: String,
}

pub(super) async fn show(
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
    let question = MatchId::from_uuid(id);
    let mut tx = app.desk.journal.begin().await.map_err(service::problem)?;
    let opened = app.desk.read(&mut tx, question).await?.ok_or(Problem::not_found())?;
    if !opened.version.is(&form.seen) {
        return shown_again(&app, lang, id, &by, form, None).await;
    }
    if verdict.note.is_none() && opened.standing.task.overrides(form.same) {
        return shown_again(&app, lang, id, &by, form, Some("fault-note-missing")).await;
    }
    let soon = app.desk.hearing_soon(&mut tx, &opened.standing.task).await.map_err(DeskError::from)?;
    let why_two = opened.standing.task.why_two(soon);
    // The same form sent again asks the same once more.
    let name = format!("{}-{}", form.request, form.same);
    let request = Request { name, ..form.request(id, by.clone()) };
    let proposal = app.desk.propose(&request, form.same, None).await?;
    drop(tx);
    let proposal = app.desk.foreseen(question, proposal, &by).await.map_err(service::problem)?;
    let foreseen = proposal.and_then(|proposal| proposal.foreseen);
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "preview-heading", &[]))
        .at(&format!("/questions/{id}"))
        .signed_in(menu(&app, lang, false));
    let foreseen = match foreseen {
        None => None,
        Some(foreseen) => Some(with_cards(&app, &page, &foreseen).await?),
    };
    let same = form.same.to_string();
    let hidden = [
        ("seen", &form.seen),
        ("request", &form.request),
        ("reason", &form.reason),
        ("note", &form.note),
        ("same", &same),
    ];
    web::page::html(&PreviewPage {
        back: format!("/questions/{id}"),
        commit: format!("/questions/{id}/rulings"),
        again: format!("/questions/{id}/preview"),
        decision: page.say(if form.same { "given-same" } else { "given-different" }),
        reason_label: page.say(&format!("reason-{}", form.reason)),
        hidden: hidden.map(|(name, value)| (name.to_owned(), value.clone())).into(),
        note: form.note,
        why_two: why_two.into_iter().map(|why| page.say(&format!("two-{}", why.as_str()))).collect(),
        foreseen,
        page,
    })
}

/// Consequences in the language of the page, with where the cases run that they are about.
pub(super) async fn with_cards(app: &App, page: &Page, foreseen: &ConsequencesForeseen) -> Result<Shown, Problem> {
    let cases = foreseen.links.values().flat_map(|link| [link.cases.a, link.cases.b]).collect();
    let mut tx = app.desk.journal.begin().await.map_err(service::problem)?;
    let cards = queue::cards(&mut tx, cases, app.desk.clock.today()).await.map_err(DeskError::from)?;
    Ok(shown(page, foreseen, &cards))
}

/// Consequences in the language of the page.
pub(super) fn shown(page: &Page, foreseen: &ConsequencesForeseen, cards: &BTreeMap<CaseId, CaseCard>) -> Shown {
    let count = |key: &str, of: usize| {
        let of = i64::try_from(of).unwrap_or(i64::MAX);
        (of > 0).then(|| page.say_with(key, &[("count", Value::from(of))]))
    };
    let persons = foreseen.persons.values().map(|members| {
        let cases: BTreeSet<CaseId> = members.iter().map(|member| member.case).collect();
        let number = |of: usize| Value::from(i64::try_from(of).unwrap_or(i64::MAX));
        page.say_with("preview-person", &[("records", number(members.len())), ("cases", number(cases.len()))])
    });
    let notices = &foreseen.notices;
    let counted = [
        count("preview-ended", foreseen.ended.len()),
        count("preview-asked", foreseen.asked.len()),
        count("preview-withdrawn", foreseen.withdrawn.len()),
        count("preview-notices-sent", notices.sent as usize),
        count("preview-notices-updated", notices.updated as usize),
        count("preview-notices-withdrawn", notices.withdrawn as usize),
    ];
    let case = |case: CaseId| words::case(page, cards.get(&case));
    let link = |link: &LinkForeseen| ShownLink {
        cases: [case(link.cases.a), case(link.cases.b)],
        becomes: page.say(&format!("link-{}", becomes(link))),
    };
    Shown {
        sentences: persons.chain(counted.into_iter().flatten()).collect(),
        links: foreseen.links.values().map(link).collect(),
    }
}
