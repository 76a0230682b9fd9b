//! The frame around every page (`templates/shell.html`), its style sheet and its one small script.
//!
//! A template of a service begins with `{% extends "shell.html" %}`, fills the block `main`, and is a struct with a
//! field `page: Page`. The service finds the frame by an `askama.toml` beside its `Cargo.toml`:
//! `[general]` `dirs = ["templates", "../../shared/web/templates"]`.
//!
//! Invariants: everything works without script; nothing is loaded from elsewhere; a GET never writes, so the language
//! is chosen by a form.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::extract::Form;
use crate::oidc::local;
use crate::problem::{FieldError, Kind, Problem};
use crate::session::Cookies;
use crate::text::{LANG_COOKIE, Lang, Texts, Value};
use crate::trace;

/// Seconds for which the choice of language is kept: a year.
const LANG_SECONDS: u32 = 365 * 24 * 3600;

/// An entry of the main menu.
#[derive(Debug, Clone)]
pub struct Link {
    /// Address on this site.
    pub href: String,
    /// What it says, in the page's language.
    pub label: String,
    /// Whether this page is the one it leads to.
    pub current: bool,
}

impl Link {
    /// An entry that leads elsewhere on this site.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false }
    }

    /// The same as the page that is shown.
    #[must_use]
    pub fn current(self, current: bool) -> Self {
        Self { current, ..self }
    }
}

/// What the frame needs to know of a page.
#[derive(Clone)]
pub struct Page {
    texts: Arc<Texts>,
    lang: Lang,
    heading: String,
    title: Option<String>,
    here: String,
    nav: Vec<Link>,
    signed_in: bool,
    events: Option<String>,
}

impl Page {
    /// A page with this heading, the only `h1`.
    pub fn new(texts: &Arc<Texts>, lang: Lang, heading: impl Into<String>) -> Self {
        Self {
            texts: Arc::clone(texts),
            lang,
            heading: heading.into(),
            title: None,
            here: "/".to_owned(),
            nav: Vec::new(),
            signed_in: false,
            events: None,
        }
    }

    /// Another title for the window than the heading, such as one with the number of unread messages.
    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: Some(title.into()), ..self }
    }

    /// Path and query of this page on this site: where the choice of language and the link to news lead.
    #[must_use]
    pub fn at(self, here: &str) -> Self {
        Self { here: local(Some(here)).to_owned(), ..self }
    }

    /// The main menu, with a way to sign out: for someone who is signed in.
    #[must_use]
    pub fn signed_in(self, nav: Vec<Link>) -> Self {
        Self { nav, signed_in: true, ..self }
    }

    /// The stream of server-sent events whose event `news` counts as a new message.
    #[must_use]
    pub fn with_events(self, address: impl Into<String>) -> Self {
        Self { events: Some(address.into()), ..self }
    }

    /// The message of this key in the page's language.
    pub fn say(&self, key: &str) -> String {
        self.texts.say(self.lang, key, &[])
    }

    /// The message of this key with arguments, in the page's language.
    pub fn say_with(&self, key: &str, arguments: &[(&str, Value<'_>)]) -> String {
        self.texts.say(self.lang, key, arguments)
    }

    /// Language of the page.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Every language that can be chosen.
    pub const fn languages(&self) -> [Lang; 2] {
        Lang::ALL
    }

    /// The heading.
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// The title of the window, without the name of the system.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.heading)
    }

    /// Path and query of this page.
    pub fn here(&self) -> &str {
        &self.here
    }

    /// The main menu.
    pub fn nav(&self) -> &[Link] {
        &self.nav
    }

    /// Whether there is a session to end.
    pub const fn is_signed_in(&self) -> bool {
        self.signed_in
    }

    /// Address of the stream of events.
    pub fn events(&self) -> Option<&str> {
        self.events.as_deref()
    }
}

/// The answer that shows a template.
///
/// # Errors
/// 500 when the template cannot be written.
pub fn html(template: &impl Template) -> Result<Response, Problem> {
    template.render().map(|text| Html(text).into_response()).map_err(|error| Problem::internal(&error))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    page: Page,
    text: String,
    trace: Option<String>,
    offer_sign_in: bool,
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage {
    page: Page,
}

/// A problem as a page, with its status.
pub(crate) fn of_problem(problem: &Problem, texts: &Arc<Texts>, lang: Lang) -> Response {
    let slug = match problem.kind() {
        Kind::Malformed => "malformed",
        Kind::Unauthenticated => "unauthenticated",
        Kind::Forbidden => "forbidden",
        Kind::SignInRefused => "sign-in-refused",
        Kind::NotFound => "not-found",
        Kind::Conflict | Kind::PreconditionFailed => "conflict",
        Kind::Internal => "internal",
        Kind::Unavailable => "unavailable",
        _ => "other",
    };
    let page = Page::new(texts, lang, texts.say(lang, &format!("problem-{slug}-heading"), &[]));
    let template = ProblemPage {
        text: page.say(&format!("problem-{slug}-text")),
        trace: trace::current(),
        offer_sign_in: matches!(problem.kind(), Kind::Unauthenticated | Kind::SignInRefused),
        page,
    };
    match html(&template) {
        Ok(mut response) => {
            *response.status_mut() = problem.status();
            response
        }
        Err(problem) => problem.into_response(),
    }
}

/// State of the routes of the frame.
#[derive(Clone)]
struct Frame {
    texts: Arc<Texts>,
    cookies: Cookies,
}

/// The routes of the frame, open to everyone: `/assets/app.css`, `/assets/enhance.js`, `POST /language`, `/signed-out`.
pub fn routes<S: Clone + Send + Sync + 'static>(texts: Arc<Texts>, secure_cookies: bool) -> Router<S> {
    let css = ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("../assets/app.css"));
    let js = ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], include_str!("../assets/enhance.js"));
    Router::new()
        .route("/assets/app.css", get(|| async move { css }))
        .route("/assets/enhance.js", get(|| async move { js }))
        .route("/language", post(choose_language))
        .route("/signed-out", get(signed_out))
        .with_state(Frame { texts, cookies: Cookies { secure: secure_cookies } })
}

#[derive(Deserialize)]
struct Choice {
    lang: String,
    #[serde(rename = "returnTo")]
    return_to: Option<String>,
}

async fn choose_language(State(frame): State<Frame>, Form(choice): Form<Choice>) -> Result<Response, Problem> {
    let unknown =
        || Problem::malformed(vec![FieldError::at("form", "lang", "unknown", "is not a language of this site")]);
    let lang = Lang::tagged(&choice.lang).ok_or_else(unknown)?;
    let kept = frame.cookies.write(LANG_COOKIE, lang.tag(), Some(LANG_SECONDS))?;
    Ok(([(header::SET_COOKIE, kept)], Redirect::to(local(choice.return_to.as_deref()))).into_response())
}

async fn signed_out(State(frame): State<Frame>, lang: Lang) -> Result<Response, Problem> {
    let heading = frame.texts.say(lang, "signed-out-heading", &[]);
    html(&SignedOutPage { page: Page::new(&frame.texts, lang, heading).at("/signed-out") })
}

/// Whether a request comes from someone who looks at pages, rather than from a program.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// Sends a browser to sign in and back to the page it asked for.
pub(crate) fn to_sign_in(path_and_query: &str) -> Response {
    let address = format!("/sign-in?returnTo={}", crate::http::form_encoded(path_and_query));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{send, text_of};

    fn texts() -> Arc<Texts> {
        Arc::new(Texts::load("", "").unwrap())
    }

    #[tokio::test]
    async fn the_frame_is_whole() {
        let page = Page::new(&texts(), Lang::En, "Inbox <script>")
            .titled("(3) Inbox")
            .at("/alerts?page=2")
            .signed_in(vec![Link::new("/", "Inbox").current(true), Link::new("/help", "Help")])
            .with_events("/v1/alerts/events");
        let body = text_of(html(&SignedOutPage { page }).unwrap()).await;
        for part in [
            "<html lang=\"en\">",
            "<title>(3) Inbox – Verband</title>",
            "href=\"#main\"",
            "data-events=\"/v1/alerts/events\"",
            "aria-current=\"page\"",
            "value=\"/alerts?page=2\"",
            "action=\"/sign-out\"",
            "data-one=\"1 new message\"",
            "data-many=\"# new messages\"",
            "Access is recorded.",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert_eq!(body.matches("<h1>").count(), 1);
        assert!(!body.contains("<script>"));
        assert!(!body.contains("http"), "nothing from elsewhere");
    }

    #[tokio::test]
    async fn the_language_is_chosen_by_a_form() {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let choose = |body: &'static str| send(routes(texts(), true), "POST", "/language", &form, body);
        let chosen = choose("lang=en&returnTo=%2Falerts").await;
        assert_eq!((chosen.status().as_u16(), &chosen.headers()["location"]), (303, &"/alerts".parse().unwrap()));
        assert!(chosen.headers()["set-cookie"].to_str().unwrap().starts_with("__Host-lang=en; Path=/"));
        assert_eq!(choose("lang=en&returnTo=//evil.example").await.headers()["location"], "/");
        assert_eq!(choose("lang=xx").await.status(), 400);
        let page = send(routes(texts(), true), "GET", "/signed-out", &[("cookie", "__Host-lang=en")], "").await;
        assert!(text_of(page).await.contains("You have signed out"));
    }

    #[tokio::test]
    async fn every_kind_of_problem_has_a_page() {
        for code in 400..=511 {
            let Ok(status) = StatusCode::from_u16(code) else {
                continue;
            };
            let problem = Problem::new(Kind::of_status(status));
            for lang in Lang::ALL {
                let body = text_of(of_problem(&problem, &texts(), lang)).await;
                assert!(!body.contains("problem-"), "a text is missing for {code}");
            }
        }
    }

    #[test]
    fn style_and_script_stay_small_and_own() {
        let (css, js) = (include_str!("../assets/app.css"), include_str!("../assets/enhance.js"));
        assert!(css.len() <= 25 * 1024 && js.len() <= 5 * 1024);
        assert!(!css.contains("url(") && !css.contains("@import") && !js.contains("http"));
    }
}
