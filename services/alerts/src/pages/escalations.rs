//! The clerk's page of cases in which a signal waits unread.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use web::{Lang, Link, Page, Principal, Problem, Texts};

use super::dates::{When, day};
use super::view::in_domain;
use super::{ROWS, Site};
use crate::act::problem;
use crate::api::clerk;
use crate::escalations::{self, Waiting};

/// The clerk's main menu.
pub fn menu(texts: &Texts, lang: Lang, here: &str) -> Vec<Link> {
    let to = |address: &str, key| Link::new(address, texts.say(lang, key, &[])).current(here == address);
    vec![to("/escalations", "nav-escalations"), to("/party-versions", "nav-checks")]
}

/// A case in which something waits.
pub struct EscalationRow {
    numbers: String,
    court: &'static str,
    proceeding: &'static str,
    read_by: When,
    escalated_on: When,
    has_judge: bool,
}

/// The cases in which something waits.
#[derive(Template)]
#[template(path = "escalations.html")]
pub struct EscalationsPage {
    page: Page,
    rows: Vec<EscalationRow>,
}

impl EscalationsPage {
    /// The page of the cases.
    pub fn of(page: Page, waiting: &[Waiting]) -> Self {
        let lang = page.lang();
        let row = |one: &Waiting| EscalationRow {
            numbers: one.case.numbers.join(", "),
            court: one.case.court.label(in_domain(lang)),
            proceeding: one.case.proceeding.label(in_domain(lang)),
            read_by: day(one.read_by, lang),
            escalated_on: day(one.escalated_on, lang),
            has_judge: one.has_judge,
        };
        Self { rows: waiting.iter().map(row).collect(), page }
    }
}

/// Shows a clerk what waits to be read.
pub async fn show(State(site): State<Site>, principal: Principal, lang: Lang) -> Result<Response, Problem> {
    let clerk = clerk(&principal)?;
    let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let waiting = escalations::of_clerk(&site.api.service, &clerk, most).await.map_err(|error| problem(&error))?;
    let heading = site.texts.say(lang, "escalations-heading", &[]);
    let nav = menu(&site.texts, lang, "/escalations");
    let page = Page::new(&site.texts, lang, heading).signed_in(nav).at("/escalations");
    web::page::html(&EscalationsPage::of(page, &waiting))
}
