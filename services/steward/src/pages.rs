//! The desk's pages: the queue, and a question with its two records side by side (`pages/question.rs`).
//!
//! Invariants: everything works without script; a GET writes nothing but the log line that a comparison was opened; an
//! address holds an opaque id and words of a closed list only.

mod articles;
mod asks;
mod decide;
mod group;
mod hand;
mod operations;
mod preview;
mod quality;
mod question;
mod reveals;
mod weighing;
mod words;

use std::collections::BTreeSet;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use domain::fact::Subject;
use serde::Deserialize;
use web::text::Value;
use web::{FieldError, Lang, Link, Page, Principal, Problem, Query, Role};

use self::words::Day;
use crate::App;
use crate::api::{page_of, pools, steward};
use crate::cursor;
use crate::queue::{self, Entry, Pool, Wanted};
use crate::standing::{Kind, Status};

/// How many questions stand on one page.
const ON_A_PAGE: u32 = 25;

/// The routes of the pages, for who is signed in.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(queue))
        .route("/questions/{question}", get(question::show))
        .route("/operations", get(operations::show))
        .route("/quality", get(quality::show))
        .route("/articles", get(articles::show))
        .route("/articles/{article}/proposals", post(articles::pass_on))
        .route("/next", post(hand::next))
        .route("/questions/{question}/claim", post(hand::claim))
        .route("/questions/{question}/release", post(hand::release))
        .route("/questions/{question}/deferrals", post(hand::defer))
        .route("/questions/{question}/reveals", post(reveals::show))
        .route("/questions/{question}/preview", post(preview::show))
        .route("/questions/{question}/rulings", post(decide::rule))
        .route("/questions/{question}/escalations", post(decide::escalate))
        .route("/questions/{question}/withdrawals", post(decide::undo))
        .route("/questions/{question}/source-questions", post(asks::ask))
        .route("/questions/{question}/suspicions", post(group::suspect))
        .route("/questions/{question}/group", get(group::show).post(group::weigh))
        .route("/questions/{question}/splits/preview", post(group::preview))
        .route("/questions/{question}/splits", post(group::split))
        .route("/questions/{question}/splits/withdrawals", post(group::rejoin))
}

/// The pages of the main menu, with the roles each is for.
const MENU: [(&str, &str, &[Role]); 4] = [
    ("/", "queue-heading", &[Role::Steward]),
    ("/articles", "articles-heading", &[Role::Steward, Role::Operator]),
    ("/operations", "operations-heading", &[Role::Operator]),
    ("/quality", "quality-heading", &[Role::Steward, Role::Operator]),
];

/// The main menu of this desk.
fn menu(app: &App, lang: Lang, at_queue: bool) -> Vec<Link> {
    menu_for(app, lang, &[Role::Steward].into(), if at_queue { "/" } else { "" })
}

/// The main menu for who has these roles, on the page at `here`.
fn menu_for(app: &App, lang: Lang, roles: &BTreeSet<Role>, here: &str) -> Vec<Link> {
    let theirs = MENU.into_iter().filter(|(_, _, wanted)| wanted.iter().any(|role| roles.contains(role)));
    theirs.map(|(href, key, _)| Link::new(href, app.texts.say(lang, key, &[])).current(href == here)).collect()
}

#[derive(Deserialize)]
struct QueueQuery {
    kind: Option<String>,
    status: Option<String>,
    pool: Option<String>,
    cursor: Option<String>,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    page: Page,
    notice: Option<String>,
    statuses: Vec<Link>,
    kinds: Vec<Link>,
    /// What is chosen beside the pool, to be kept when another is.
    status: &'static str,
    kind: Option<&'static str>,
    /// The pools there are questions of: code, words, and whether it is chosen.
    pools: Vec<(String, String, bool)>,
    rows: Vec<QueueRow>,
    first: Option<String>,
    next: Option<String>,
}

/// A question as a line of the queue, in the language of the page.
struct QueueRow {
    href: String,
    kind: String,
    why: String,
    cases: Vec<String>,
    hearing: Option<Day>,
    age: String,
    concerned: String,
    /// What is to be known before opening it: that somebody has it in hand, that it is for others.
    marks: Vec<String>,
}

async fn queue(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Query(query): Query<QueueQuery>,
) -> Result<Response, Problem> {
    // Who only operates has no business in the queue, and signing in leads here.
    if principal.has(Role::Operator) && !principal.has(Role::Steward) {
        return Ok(Redirect::to("/operations").into_response());
    }
    let by = steward(&principal)?;
    let unknown = |name: &'static str| Problem::malformed(vec![FieldError::query(name, "unknown", "is not known")]);
    let status = match query.status.as_deref() {
        None => Status::Open,
        Some(word) => Status::parse(word).ok_or_else(|| unknown("status"))?,
    };
    let kind = match query.kind.as_deref() {
        None => None,
        Some(word) => Some(Kind::parse(word).ok_or_else(|| unknown("kind"))?),
    };
    let after = query.cursor.as_deref().map(cursor::read).transpose().map_err(|_| unknown("cursor"))?;
    let (now, today) = (app.desk.clock.now(), app.desk.clock.today());
    let pool = query.pool.filter(|pool| !pool.is_empty());
    let known = queue::pools(app.desk.journal.pool(), &pools(&principal)).await.map_err(service::problem)?;
    let pool = match pool {
        Some(pool) if known.iter().any(|known| known.code() == pool) => Some(pool),
        Some(_) => return Err(unknown("pool")),
        None => None,
    };
    let chosen = Chosen { status, kind, pool: pool.as_deref() };
    let wanted = Wanted {
        by: by.clone(),
        pools: pools(&principal),
        pool: pool.clone(),
        kind,
        status,
        after,
        limit: ON_A_PAGE,
        now,
        today,
    };
    let (entries, next) = page_of(&app, wanted).await?;
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "queue-heading", &[]))
        .at(&chosen.address(None))
        .signed_in(menu(&app, lang, true));
    web::page::html(&QueuePage {
        notice: query.notice.filter(|word| word == hand::NONE_LEFT).map(|word| format!("notice-{word}")),
        statuses: statuses(&page, chosen),
        kinds: kinds(&page, chosen),
        status: status.as_str(),
        kind: kind.map(Kind::as_str),
        pools: known.iter().map(|known| shown_pool(&page, known, chosen)).collect(),
        rows: entries.iter().map(|entry| row(&page, entry, &by, today)).collect(),
        first: after.map(|_| chosen.address(None)),
        next: next.map(|cursor| chosen.address(Some(&cursor))),
        page,
    })
}

/// Which part of the queue is shown.
#[derive(Clone, Copy)]
struct Chosen<'c> {
    status: Status,
    kind: Option<Kind>,
    pool: Option<&'c str>,
}

impl Chosen<'_> {
    fn address(self, cursor: Option<&str>) -> String {
        let kind = self.kind.map(|kind| format!("&kind={}", kind.as_str())).unwrap_or_default();
        let pool = self.pool.map(|pool| format!("&pool={pool}")).unwrap_or_default();
        let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        format!("/?status={}{kind}{pool}{cursor}", self.status.as_str())
    }
}

fn statuses(page: &Page, chosen: Chosen<'_>) -> Vec<Link> {
    let link = |status: Status| {
        let label = page.say(&format!("status-{}", status.as_str()));
        Link::new(Chosen { status, ..chosen }.address(None), label).current(status == chosen.status)
    };
    Status::ALL.into_iter().map(link).collect()
}

fn kinds(page: &Page, chosen: Chosen<'_>) -> Vec<Link> {
    let link = |kind: Option<Kind>| {
        let label = page.say(&format!("kind-{}", kind.map_or("all", Kind::as_str)));
        Link::new(Chosen { kind, ..chosen }.address(None), label).current(kind == chosen.kind)
    };
    [None].into_iter().chain(Kind::ALL.map(Some)).map(link).collect()
}

fn shown_pool(page: &Page, pool: &Pool, chosen: Chosen<'_>) -> (String, String, bool) {
    let lang = words::domain_lang(page.lang());
    let (code, court) = (pool.code(), pool.court.label(lang));
    let is_chosen = chosen.pool == Some(&code);
    (code, format!("{court}, {}", pool.jurisdiction.label(lang)), is_chosen)
}

fn row(page: &Page, entry: &Entry, by: &Subject, today: jiff::civil::Date) -> QueueRow {
    let days = words::days_between(words::day_of(entry.opened_at), today);
    QueueRow {
        href: format!("/questions/{}", entry.question),
        kind: page.say(&format!("kind-{}", entry.kind.as_str())),
        why: if entry.kind == Kind::Doubted { page.say("why-doubted") } else { words::rule(page, &entry.rule) },
        cases: entry.cases.iter().map(|case| words::case(page, case.as_ref())).collect(),
        hearing: entry.hearing.map(|day| Day::of(page, day, today)),
        age: page.say_with("queue-age", &[("days", Value::from(days))]),
        concerned: page.say_with("queue-cases", &[("cases", Value::from(i64::from(entry.concerned)))]),
        marks: marks(entry, by, today).into_iter().map(|mark| page.say(mark)).collect(),
    }
}

fn marks(entry: &Entry, by: &Subject, today: jiff::civil::Date) -> Vec<&'static str> {
    let mine = |who: &String| who == by.as_str();
    let hand = entry.claimed_by.as_ref().map(|who| if mine(who) { "mark-mine" } else { "mark-another" });
    let spoken = if entry.spoken.iter().any(mine) {
        Some("mark-spoken")
    } else {
        (entry.spoken_as_told(by, today) > 0).then_some("mark-second")
    };
    let source = entry.source(today).map(|source| match source {
        "waits" => "mark-waits",
        "late" => "mark-late",
        _ => "mark-answered",
    });
    hand.into_iter().chain(spoken).chain(source).collect()
}

#[cfg(test)]
mod tests;
