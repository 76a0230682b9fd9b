//! The judge's pages: the inbox and one signal.
//!
//! Invariants: everything works without script; opening a signal writes the fact that it was read (the page says so at its
//! foot), no other `GET` writes; a form answers with a redirect, so that reloading repeats nothing.

mod cases;
mod choices;
pub mod dates;
mod escalations;
mod exchange;
mod graph;
mod timeline;
mod view;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::decisions::act_on_signal::Act;
use domain::ids::SignalId;
use domain::violence::wording;
use serde::Deserialize;
use uuid::Uuid;
use web::text::TextError;
use web::{Auth, Form, Lang, Link, Page, Path, Principal, Problem, Query, Role, Texts};

use self::choices::{Choice, DoubtView, Group};
use self::dates::When;
use self::exchange::Exchange;
use self::view::{Row, SignalView};
use crate::act::{ActError, act, problem};
use crate::api::{
    AcknowledgementRequest, Api, DoubtRequest, HandlingRequest, RatingForm, RevealRequest, judge, read_cursor,
    write_cursor,
};
use crate::inbox::{self, Filter, Place};
use crate::requests;
use crate::trail::{self, Trail};

/// How many signals stand on one page of the inbox.
const ROWS: usize = 25;
/// Where the stream of news is.
const EVENTS: &str = "/v1/signals/events";

/// What the pages share. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// What they share with the API.
    pub api: Api,
    /// What they say.
    pub texts: Arc<Texts>,
}

impl FromRef<Site> for Auth {
    fn from_ref(site: &Site) -> Self {
        site.api.auth.clone()
    }
}

/// The texts of the pages.
///
/// # Errors
/// When they do not read; a test holds that they do.
pub fn texts() -> Result<Texts, TextError> {
    Texts::load(include_str!("../texts/nl.ftl"), include_str!("../texts/en.ftl"))
}

/// The routes, to be closed to callers who are not known.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/", get(show_inbox))
        .route("/cases", get(cases::show_cases))
        .route("/cases/{case}", get(cases::show_case))
        .route("/cases/{case}/attestations", post(cases::ask_attestation))
        .route("/attestations/{attestation}", get(cases::show_attestation))
        .route("/signals/{signal}", get(show_signal))
        .route("/signals/{signal}/acknowledgements", post(acknowledge))
        .route("/signals/{signal}/handlings", post(handle))
        .route("/signals/{signal}/ratings", post(rate))
        .route("/signals/{signal}/information-requests", post(exchange::ask))
        .route("/signals/{signal}/party-versions", post(exchange::prepare))
        .route("/information-requests", get(exchange::show_requests))
        .route("/information-requests/{request}/withdrawals", post(exchange::take_back))
        .route("/party-versions", get(exchange::show_checks))
        .route("/escalations", get(escalations::show))
        .route("/party-versions/{version}/checks", post(exchange::check))
        .route("/party-versions/{version}/tellings", post(exchange::tell))
        .route("/cases/{case}/procedure-histories", post(exchange::ask_history))
        .route("/cases/{case}/procedure-history", get(exchange::show_history))
        .route("/signals/{signal}/doubts", post(doubt))
        .route("/signals/{signal}/reveals", post(reveal))
}

/// Which part of the inbox is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Show {
    /// Everything.
    #[default]
    All,
    /// What is yet to be opened.
    Unread,
    /// What stands.
    Standing,
    /// What was withdrawn.
    Withdrawn,
}

impl Show {
    const EACH: [(Self, &'static str, &'static str); 4] = [
        (Self::All, "all", "show-all"),
        (Self::Unread, "unread", "show-unread"),
        (Self::Standing, "standing", "show-standing"),
        (Self::Withdrawn, "withdrawn", "show-withdrawn"),
    ];

    fn filter(self) -> Filter {
        Filter {
            unread: (self == Self::Unread).then_some(true),
            stands: match self {
                Self::Standing => Some(true),
                Self::Withdrawn => Some(false),
                Self::All | Self::Unread => None,
            },
            ..Filter::default()
        }
    }

    fn address(self, cursor: Option<&str>) -> String {
        let word = Self::EACH.iter().find(|(show, ..)| *show == self).map_or("all", |(_, word, _)| word);
        match cursor {
            Some(cursor) => format!("/?show={word}&cursor={cursor}"),
            None if self == Self::All => "/".to_owned(),
            None => format!("/?show={word}"),
        }
    }
}

#[derive(Deserialize)]
struct InboxQuery {
    #[serde(default)]
    show: Show,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    page: Page,
    coverage: &'static str,
    unread: u32,
    shows: Vec<Link>,
    rows: Vec<Row>,
    late: u32,
    older: Option<String>,
    checked: Option<When>,
    is_stale: bool,
}

async fn show_inbox(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Query(query): Query<InboxQuery>,
) -> Result<Response, Problem> {
    if principal.has(Role::Clerk) && !principal.has(Role::Judge) {
        return Ok(Redirect::to("/escalations").into_response());
    }
    let judge = judge(&principal)?;
    let after = query.cursor.as_deref().map(read_cursor).transpose()?;
    let pool = site.api.service.journal.pool();
    let most = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let mut entries =
        inbox::list(pool, &judge, &query.show.filter(), after, most).await.map_err(|error| problem(&error))?;
    let unread = inbox::unread(pool, &judge).await.map_err(|error| problem(&error))?;
    let late = requests::late(&site.api.service, &judge).await.map_err(|error| problem(&error))?;
    let more = entries.len() > ROWS;
    entries.truncate(ROWS);
    let place = entries.last().filter(|_| more).map(|last| Place { changed_at: last.changed_at, signal: last.signal });
    let heading = site.texts.say(lang, "inbox-heading", &[]);
    let page = frame(&site.texts, lang, unread, heading, &query.show.address(query.cursor.as_deref()));
    let title = match unread {
        0 => page.heading().to_owned(),
        unread => format!("({unread}) {}", page.heading()),
    };
    let changes = &site.api.changes;
    web::page::html(&InboxPage {
        coverage: wording::coverage(view::in_domain(lang)),
        unread,
        shows: Show::EACH
            .iter()
            .map(|(show, _, key)| Link::new(show.address(None), page.say(key)).current(*show == query.show))
            .collect(),
        rows: entries.iter().map(|entry| Row::of(entry, lang)).collect(),
        late,
        older: place.map(|place| query.show.address(Some(&write_cursor(place)))),
        checked: changes.looked().map(|looked| dates::moment(looked, lang)),
        is_stale: changes.is_stale(site.api.service.clock.now()),
        page: page.titled(title),
    })
}

/// A page at this address with the main menu, which tells how much is unread.
fn frame(texts: &Arc<Texts>, lang: Lang, unread: u32, heading: String, here: &str) -> Page {
    let label = texts.say(lang, "nav-inbox", &[("unread", unread.into())]);
    let inbox = Link::new("/", label).current(here == "/" || here.starts_with("/?"));
    let cases = Link::new("/cases", texts.say(lang, "nav-cases", &[])).current(here == "/cases");
    let requests = Link::new("/information-requests", texts.say(lang, "nav-requests", &[]));
    let requests = requests.current(here == "/information-requests");
    Page::new(texts, lang, heading).signed_in(vec![inbox, cases, requests]).at(here).with_events(EVENTS)
}

/// What a page says about the form that was just sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Notice {
    /// It was acknowledged.
    Acknowledged,
    /// What was done is recorded.
    Handled,
    /// The judge's word about its use is recorded.
    Rated,
    /// A steward is to look at the link.
    Doubted,
    /// The other court is asked.
    Asked,
    /// A request was taken back.
    TakenBack,
    /// A version for a party waits for a clerk.
    Prepared,
    /// The other court is named.
    Revealed,
    /// Nothing happened, because the signal has changed meanwhile.
    Changed,
}

impl Notice {
    const fn word(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Handled => "handled",
            Self::Rated => "rated",
            Self::Doubted => "doubted",
            Self::Asked => "asked",
            Self::TakenBack => "taken-back",
            Self::Prepared => "prepared",
            Self::Revealed => "revealed",
            Self::Changed => "changed",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Acknowledged => "notice-acknowledged",
            Self::Handled => "notice-handled",
            Self::Rated => "notice-rated",
            Self::Doubted => "notice-doubted",
            Self::Asked => "notice-asked",
            Self::TakenBack => "notice-taken-back",
            Self::Prepared => "notice-prepared",
            Self::Revealed => "notice-revealed",
            Self::Changed => "notice-changed",
        }
    }
}

#[derive(Deserialize)]
struct SignalQuery {
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "signal.html")]
struct SignalPage {
    page: Page,
    coverage: &'static str,
    correction: &'static str,
    notice: Option<String>,
    signal: SignalView,
    today: String,
    rated: Option<String>,
    ratings: Vec<Group>,
    doubts: Vec<DoubtView>,
    doubt_reasons: Vec<Choice>,
    exchange: Exchange,
}

impl SignalPage {
    /// The page of a signal, with what became of it.
    fn of(
        page: Page,
        signal: SignalView,
        (trail, exchange): (&Trail, Exchange),
        notice: Option<Notice>,
        today: String,
    ) -> Self {
        let reason = trail.rating.and_then(|rating| rating.reason);
        Self {
            coverage: wording::coverage(view::in_domain(page.lang())),
            correction: wording::correction(view::in_domain(page.lang())),
            notice: notice.map(|notice| page.say(notice.key())),
            signal,
            today,
            rated: reason.map(|reason| choices::rated(reason, &page)),
            ratings: choices::ratings(trail.rating, &page),
            doubts: choices::doubts(trail, &page),
            doubt_reasons: choices::doubt_reasons(&page),
            exchange,
            page,
        }
    }
}

async fn show_signal(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Path(signal): Path<Uuid>,
    Query(query): Query<SignalQuery>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    let service = &site.api.service;
    act(service, &judge, signal, Act::Read, None).await?;
    let pool = service.journal.pool();
    let entry = inbox::one(pool, &judge, signal).await.map_err(|error| problem(&error))?;
    let entry = entry.ok_or_else(Problem::not_found)?;
    let handled = inbox::handlings(pool, &judge, signal).await.map_err(|error| problem(&error))?;
    let unread = inbox::unread(pool, &judge).await.map_err(|error| problem(&error))?;
    let heading = site.texts.say(lang, "signal-heading", &[("numbers", entry.own.numbers.join(", ").into())]);
    let page = frame(&site.texts, lang, unread, heading, &format!("/signals/{signal}"));
    let trail = trail::of(service, &judge, signal).await.map_err(|error| problem(&error))?;
    let view = SignalView::of(&entry, &handled, &page);
    let exchange = Exchange::look_up(&site, &entry, &page).await?;
    let today = service.clock.today().to_string();
    web::page::html(&SignalPage::of(page, view, (&trail, exchange), query.notice, today))
}

async fn acknowledge(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<AcknowledgementRequest>,
) -> Result<Response, Problem> {
    done(&site, &principal, signal, Act::Acknowledge, form.version, Notice::Acknowledged).await
}

async fn handle(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<HandlingRequest>,
) -> Result<Response, Problem> {
    let (version, handling) = form.read("form")?;
    done(&site, &principal, signal, Act::Handle(handling), version, Notice::Handled).await
}

async fn rate(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<RatingForm>,
) -> Result<Response, Problem> {
    done(&site, &principal, signal, Act::Rate(form.rating()), form.version, Notice::Rated).await
}

async fn doubt(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<DoubtRequest>,
) -> Result<Response, Problem> {
    let reason = form.read("form")?;
    done(&site, &principal, signal, Act::Doubt(reason), form.version, Notice::Doubted).await
}

async fn reveal(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<RevealRequest>,
) -> Result<Response, Problem> {
    done(&site, &principal, signal, Act::Reveal(form.reason()), form.version, Notice::Revealed).await
}

/// Does what a form asks and leads back to the signal, which says what became of it.
async fn done(
    site: &Site,
    principal: &Principal,
    signal: Uuid,
    what: Act,
    version: u32,
    notice: Notice,
) -> Result<Response, Problem> {
    let judge = judge(principal)?;
    let notice = match act(&site.api.service, &judge, SignalId::from_uuid(signal), what, Some(version)).await {
        Ok(()) => notice,
        Err(ActError::Stale { .. } | ActError::Withdrawn) => Notice::Changed,
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/signals/{signal}?notice={}", notice.word())).into_response())
}

#[cfg(test)]
mod tests;
