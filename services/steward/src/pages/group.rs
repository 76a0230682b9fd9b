//! The group that the records of a question are of, side by side, and the form with which a steward says how it is to be parted.
//!
//! Invariant: as on the page of a question, of what another steward thinks nothing is shown before it is decided.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State;
use axum::response::{Redirect, Response};
use domain::decisions::part_group::{LEAST_MEMBERS, Refusal};
use domain::fact::Subject;
use domain::fact::steward::{Cut, RulingReason};
use domain::ids::{FactId, MatchId, PartyId};
use serde::Deserialize;
use uuid::Uuid;
use web::text::Value;
use web::{Form, Lang, Page, Path, Principal, Problem};

use super::decide::{taken_back, taking_back, told};
use super::preview::PreviewPage;
use super::question::{Choice, Side, reasons, side};
use super::{menu, weighing};
use crate::App;
use crate::api::{note, steward_of};
use crate::group::{Group, Grouped, Parting};
use crate::record::{Field, Person};
use crate::reveals;
use crate::rulings::{Outcome, Request, RulingError};
use crate::standing::Status;

/// How many records stand side by side; the others stand below.
const SIDE_BY_SIDE: usize = 5;
/// Of how many records every two are shown in one table.
const IN_A_TABLE: usize = 15;

#[derive(Template)]
#[template(path = "group.html")]
pub(super) struct GroupPage {
    pub(super) page: Page,
    id: String,
    records: Vec<ShownRecord>,
    /// How many of them stand side by side.
    beside: usize,
    rows: Vec<ShownField>,
    matrix: Option<Vec<ShownLine>>,
    too_many: bool,
    links: Vec<ShownLink>,
    /// Why this steward cannot part it now.
    bar: Option<&'static str>,
    spoken: Option<String>,
    reasons: Vec<Choice>,
    reason: String,
    note: String,
    seen: String,
    request: String,
    fault: Option<&'static str>,
    changed: bool,
}

/// A record as a column, or as a line below.
struct ShownRecord {
    name: String,
    party: String,
    side: Side,
    /// Its fields in one line.
    line: String,
    moved: bool,
}

/// A field of the records that stand side by side.
struct ShownField {
    field: String,
    values: Vec<Option<String>>,
}

/// What a record weighs with each of the others.
struct ShownLine {
    name: String,
    cells: Vec<Option<ShownTotal>>,
}

struct ShownTotal {
    bits: String,
    weakest: bool,
}

/// What holds two records of the group together.
struct ShownLink {
    names: String,
    bits: String,
    rule: String,
    weakest: bool,
}

/// What a steward filled in: beside the rest `moved-` and the id of each record that is moved out.
#[derive(Deserialize)]
pub(super) struct SplitForm {
    seen: String,
    request: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
    #[serde(flatten)]
    moved: BTreeMap<String, String>,
}

impl SplitForm {
    fn moved(&self) -> BTreeSet<PartyId> {
        let ids = self.moved.keys().filter_map(|name| name.strip_prefix("moved-")?.parse().ok());
        ids.map(PartyId::from_uuid).collect()
    }

    fn request(&self, id: Uuid, by: Subject) -> Request {
        Request { question: MatchId::from_uuid(id), by, name: self.request.clone(), seen: self.seen.clone() }
    }

    /// What the form says, or the one thing to put right first.
    fn parting(&self) -> Result<Parting, &'static str> {
        let reason = RulingReason::ALL.into_iter().find(|reason| reason.as_str() == self.reason);
        let moved = self.moved();
        if moved.is_empty() {
            return Err("fault-moved");
        }
        let note = note("form", Some(&self.note)).map_err(|_| "fault-note")?;
        Ok(Parting { moved, reason: reason.ok_or("fault-reason")?, note })
    }
}

async fn open(app: &App, id: Uuid, by: &Subject) -> Result<Group, Problem> {
    app.desk.group(MatchId::from_uuid(id), by).await?.ok_or(Problem::not_found())
}

pub(super) async fn show(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let group = open(&app, id, &by).await?;
    web::page::html(&of(&app, lang, group, None, None))
}

/// Has every two records weighed, and goes on to the group.
pub(super) async fn weigh(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
) -> Result<Redirect, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    app.desk.examine(MatchId::from_uuid(id), &by).await?;
    Ok(Redirect::to(&format!("/questions/{id}/group")))
}

/// Whose person may not be one.
#[derive(Deserialize)]
pub(super) struct SuspicionForm {
    #[serde(default)]
    seen: String,
    #[serde(default)]
    request: String,
    record: String,
}

/// Asks whether the person of a record is one, and goes on to that question.
pub(super) async fn suspect(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Form(form): Form<SuspicionForm>,
) -> Result<Redirect, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let side = if form.record == "second" { reveals::Side::Second } else { reveals::Side::First };
    let request = Request { question: MatchId::from_uuid(id), by, name: form.request, seen: form.seen };
    let (question, notice) = match app.desk.suspect(&request, side).await {
        Ok(asked) => (asked, "suspected"),
        Err(RulingError::Stale(_) | RulingError::RequestReused) => (request.question, "overtaken"),
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/questions/{question}?notice={notice}")))
}

/// What would follow, before it is said.
pub(super) async fn preview(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
    Form(form): Form<SplitForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    if let Err(fault) = form.parting() {
        return shown_again(&app, lang, id, &by, form, Some(fault)).await;
    }
    let (question, moved) = (MatchId::from_uuid(id), form.moved());
    let group = open(&app, id, &by).await?;
    if group.version != form.seen {
        return shown_again(&app, lang, id, &by, form, None).await;
    }
    // The same form sent again asks the same once more, and another choice something else.
    let words: Vec<String> = moved.iter().map(ToString::to_string).collect();
    let digest = FactId::derived(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let request = Request { name: format!("{}-{digest}", form.request), ..form.request(id, by.clone()) };
    let proposal = match app.desk.propose(&request, false, Some(&moved)).await {
        Ok(proposal) => proposal,
        Err(RulingError::NotParted(refusal)) => {
            return shown_again(&app, lang, id, &by, form, Some(fault_of(refusal))).await;
        }
        Err(error) => return Err(error.into()),
    };
    let proposal = app.desk.foreseen(question, proposal, &by).await.map_err(service::problem)?;
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "preview-heading", &[]))
        .at(&format!("/questions/{id}/group"))
        .signed_in(menu(&app, lang, false));
    let foreseen = match proposal.and_then(|proposal| proposal.foreseen) {
        Some(foreseen) => Some(super::preview::with_cards(&app, &page, &foreseen).await?),
        None => None,
    };
    let name = |(place, grouped): (usize, &Grouped)| moved.contains(&grouped.party).then(|| named(&page, place));
    let names: Vec<String> = group.records.iter().enumerate().filter_map(name).collect();
    let names = names.join(", ");
    let hidden = [("seen", &form.seen), ("request", &form.request), ("reason", &form.reason), ("note", &form.note)];
    let hidden = hidden.map(|(name, value)| (name.to_owned(), value.clone())).into_iter();
    let moved = moved.iter().map(|party| (format!("moved-{party}"), "on".to_owned()));
    web::page::html(&PreviewPage {
        back: format!("/questions/{id}/group"),
        commit: format!("/questions/{id}/splits"),
        again: format!("/questions/{id}/splits/preview"),
        decision: page.say_with("split-decision", &[("names", names.as_str().into())]),
        reason_label: page.say(&format!("reason-{}", form.reason)),
        note: form.note.clone(),
        why_two: group.hand.why_two.iter().map(|why| page.say(&format!("two-{}", why.as_str()))).collect(),
        hidden: hidden.chain(moved).collect(),
        foreseen,
        page,
    })
}

pub(super) async fn split(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
    Form(form): Form<SplitForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let parting = match form.parting() {
        Ok(parting) => parting,
        Err(fault) => return shown_again(&app, lang, id, &by, form, Some(fault)).await,
    };
    let fault = match app.desk.part(&form.request(id, by.clone()), &parting).await {
        Ok(taken) => {
            let notice = if taken.outcome == Outcome::Waits { "waits" } else { "split" };
            return Ok(told(id, notice));
        }
        Err(RulingError::NoteOfErased) => Some("fault-erased"),
        // The group is none any more: the question tells why.
        Err(RulingError::NotParted(Refusal::NoGroup | Refusal::NotOpen)) => return Ok(told(id, "not-split")),
        Err(RulingError::NotParted(refusal)) => Some(fault_of(refusal)),
        Err(RulingError::Stale(_) | RulingError::RequestReused) => None,
        Err(error) => return Err(error.into()),
    };
    shown_again(&app, lang, id, &by, form, fault).await
}

/// Which split is taken back.
#[derive(Deserialize)]
pub(super) struct RejoinForm {
    request: String,
    split: Uuid,
}

pub(super) async fn rejoin(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Form(form): Form<RejoinForm>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let request = taking_back(&app, id, by, form.request).await?;
    taken_back(id, app.desk.rejoin(&request, FactId::from_uuid(form.split)).await)
}

const fn fault_of(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoteMissing => "fault-note-missing",
        Refusal::Claimed => "fault-claimed",
        Refusal::SpokenBefore => "fault-spoken",
        Refusal::TooMany => "fault-too-many",
        Refusal::NeverAsked | Refusal::NotOpen | Refusal::NoGroup | Refusal::OtherRecords => "fault-moved",
    }
}

/// The group as it is now, with what the steward had filled in.
async fn shown_again(
    app: &App,
    lang: Lang,
    id: Uuid,
    by: &Subject,
    form: SplitForm,
    fault: Option<&'static str>,
) -> Result<Response, Problem> {
    let group = open(app, id, by).await?;
    web::page::html(&of(app, lang, group, Some(form), fault))
}

fn named(page: &Page, place: usize) -> String {
    let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
    page.say_with("group-record", &[("number", Value::from(number))])
}

fn of(app: &App, lang: Lang, group: Group, form: Option<SplitForm>, fault: Option<&'static str>) -> GroupPage {
    let id = group.standing.asked.question.to_string();
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "group-heading", &[]))
        .at(&format!("/questions/{id}/group"))
        .signed_in(menu(app, lang, false));
    shown(page, id, group, form, fault, app.desk.clock.today())
}

/// The same, from values alone.
fn shown(
    page: Page,
    id: String,
    group: Group,
    form: Option<SplitForm>,
    fault: Option<&'static str>,
    today: jiff::civil::Date,
) -> GroupPage {
    let moved = form.as_ref().map_or_else(
        || group.at_weakest.as_ref().map(|cut: &Cut| cut.moved.clone()).unwrap_or_default(),
        SplitForm::moved,
    );
    let spoken = i64::try_from(group.hand.spoken).unwrap_or(i64::MAX);
    let beside = group.records.len().min(SIDE_BY_SIDE);
    let records = group.records.iter().enumerate();
    GroupPage {
        records: records.map(|(place, grouped)| shown_record(&page, place, grouped, &moved, today)).collect(),
        beside,
        rows: fields(&page, &group.records[..beside]),
        too_many: group.records.len() > IN_A_TABLE,
        matrix: matrix(&page, &group),
        links: links(&page, &group),
        bar: bar(&group),
        spoken: (spoken > 0).then(|| page.say_with("hand-spoken", &[("count", Value::from(spoken))])),
        reasons: reasons(&page),
        changed: form.as_ref().is_some_and(|form| form.seen != group.version),
        reason: form.as_ref().map(|form| form.reason.clone()).unwrap_or_default(),
        note: form.map(|form| form.note).unwrap_or_default(),
        seen: group.version,
        request: runtime::ids::id().to_string(),
        fault,
        id,
        page,
    }
}

/// Why a steward cannot part a group now, as the key of a text.
fn bar(group: &Group) -> Option<&'static str> {
    if group.standing.status != Status::Open {
        Some("split-closed")
    } else if group.hand.is_anothers {
        Some("hand-another")
    } else if group.hand.has_spoken {
        Some("hand-has-spoken")
    } else {
        (group.records.len() < LEAST_MEMBERS).then_some("split-two")
    }
}

fn value(page: &Page, grouped: &Grouped, field: Field) -> Option<String> {
    let Person::Known(details) = &grouped.record.person else { return None };
    let value = field.shown(details)?;
    Some(if field == Field::Sex { page.say(&format!("sex-{value}")) } else { value })
}

fn shown_record(
    page: &Page,
    place: usize,
    grouped: &Grouped,
    moved: &BTreeSet<PartyId>,
    today: jiff::civil::Date,
) -> ShownRecord {
    let line: Vec<String> = Field::ALL.into_iter().filter_map(|field| value(page, grouped, field)).collect();
    ShownRecord {
        name: named(page, place),
        party: grouped.party.to_string(),
        side: side(page, &grouped.record, today),
        line: line.join(" · "),
        moved: moved.contains(&grouped.party),
    }
}

/// What the records that stand side by side say, without what none of them does.
fn fields(page: &Page, records: &[Grouped]) -> Vec<ShownField> {
    let row = |field: Field| ShownField {
        field: page.say(&format!("field-{}", field.code())),
        values: records.iter().map(|grouped| value(page, grouped, field)).collect(),
    };
    Field::ALL.into_iter().map(row).filter(|row| row.values.iter().any(Option::is_some)).collect()
}

fn matrix(page: &Page, group: &Group) -> Option<Vec<ShownLine>> {
    let totals = group.totals.as_ref().filter(|_| group.records.len() <= IN_A_TABLE)?;
    let weakest = group.links.first().map(|link| link.pair);
    let cell = |one: PartyId, other: PartyId| {
        let pair = domain::ids::Pair::of(one, other);
        let bits = totals.get(&pair)?;
        Some(ShownTotal { bits: weighing::bits(page, *bits), weakest: weakest == Some(pair) })
    };
    let line = |(place, one): (usize, &Grouped)| ShownLine {
        name: named(page, place),
        cells: group.records.iter().map(|other| cell(one.party, other.party)).collect(),
    };
    Some(group.records.iter().enumerate().map(line).collect())
}

fn links(page: &Page, group: &Group) -> Vec<ShownLink> {
    let name = |party: PartyId| {
        let place = group.records.iter().position(|grouped| grouped.party == party);
        place.map_or_else(String::new, |place| named(page, place))
    };
    let link = |(place, link): (usize, &domain::fact::linker::PairEvidence)| ShownLink {
        names: format!("{} – {}", name(link.pair.a), name(link.pair.b)),
        bits: link.millibits.map_or_else(|| "–".to_owned(), |bits| weighing::bits(page, bits)),
        rule: weighing::gate_words(page, &link.rule),
        weakest: place == 0,
    };
    group.links.iter().enumerate().map(link).collect()
}

#[cfg(test)]
mod tests;
