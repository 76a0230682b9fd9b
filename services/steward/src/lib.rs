//! The desk where people decide: data stewards look at two party records that may be one person, or that contradict each
//! other, and say which it is. Writes `steward.*`.
//!
//! Invariants: only records that the linker asked about can be opened, there is no search for persons; the queue holds no
//! personal data, a comparison is unsealed for one reader and kept nowhere; what anybody is charged with is never read or
//! shown, so that it cannot weigh in the question who somebody is; a ruling rests on what was seen and is never changed,
//! what takes it back or takes its place is a fact of its own; of what a steward thinks nothing is shown to another before
//! it is a ruling; of what follows from a ruling it is told how much, never what a judge would read. That an article is missing in the code list of offences is shown, with in how
//! many cases, and never in which (`articles.rs`).
//!
//! Deliberately absent: any rule about who is who (the linker asks, this desk only answers), and links or signals (they
//! follow from a ruling elsewhere, and what would follow is found out there). Who may decide, and when two must, are rules
//! in `domain` (`decisions/task.rs`).
//!
//! To show another field of a record: `record.rs`, and its word in `texts/`. To add a ground of a ruling: the fact in
//! `domain`, and its words in `texts/`.

mod api;
mod articles;
mod asks;
mod controls;
mod cursor;
mod desk;
mod differences;
mod doubts;
mod group;
mod listen;
mod operations;
mod opinions;
mod pages;
mod proposals;
mod quality;
mod queue;
mod record;
mod reveals;
mod rulings;
mod standing;
mod tasks;
mod version;
mod weighing;

use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use bus::Bus;
use domain::fact::Author;
use runtime::config::SignIn;
use runtime::{Runtime, Settings};
use service::Service;
use web::health::Check;
use web::oidc::{Oidc, OidcConfig, sign_out_route};
use web::{Auth, Sessions, Texts};

pub use api::document;
pub use listen::KINDS;

use crate::desk::Desk;

/// What the routes share. Cheap to clone.
#[derive(Clone)]
struct App {
    desk: Desk,
    bus: Bus,
    auth: Auth,
    /// What must hold for the desk to do its work.
    checks: Arc<[Check]>,
    texts: Arc<Texts>,
}

/// Wires the service and starts its tasks.
///
/// # Errors
/// When a setting cannot be used.
pub async fn run(settings: Settings, runtime: Runtime) -> anyhow::Result<()> {
    let service = Service::open(Author::Steward, settings, runtime).await?;
    let desk = Desk::new(service.journal.clone(), service.vault()?, service.clock.clone());
    service.relay(Some(asks::BESIDES));
    let listening = desk.clone();
    service.follow(&listen::KINDS, move |facts| {
        let desk = listening.clone();
        async move { listen::handle(&desk, &facts).await }
    });
    service.spawn("controls", controls::watch(service.clone(), desk.clone()));
    let sign_in = service.settings().sign_in.clone();
    // Without sign-in of its own the service runs behind whoever gives it sessions, which is development on one machine.
    let secure_cookies = sign_in.as_ref().is_some_and(|sign_in| sign_in.public_url.starts_with("https://"));
    let sessions = Sessions::new(service.journal.pool().clone(), secure_cookies);
    let bus = service.bus.clone();
    let auth = service.auth()?.with_sessions(sessions.clone());
    let checks = checks(&service, &desk, &auth);
    let app = App { desk, bus, auth, checks, texts: Arc::new(texts()?) };
    let pages = web::Settings { pages: Some(Arc::clone(&app.texts)), secure_cookies };
    let routes = routes(&app, secure_cookies).merge(signing(sign_in.as_ref(), &app.auth, sessions)?);
    service.serve(routes, &pages).await
}

/// Database and bus, the keys that records are opened with, and the keys that sign-in is checked with.
fn checks(service: &Service, desk: &Desk, auth: &Auth) -> Arc<[Check]> {
    let (desk, auth) = (desk.clone(), auth.clone());
    let keys = Check::new("keys", move || {
        let desk = desk.clone();
        async move { desk.opens_a_key().await }
    });
    let sign_in = Check::new("sign-in", move || {
        let auth = auth.clone();
        async move { auth.ready().await }
    });
    service.checks().into_iter().chain([keys, sign_in]).collect()
}

fn routes(app: &App, secure_cookies: bool) -> Router {
    let (api, _) = web::openapi::mount(api::api(), &app.auth);
    api.merge(app.auth.guard(pages::routes()))
        .merge(web::page::routes(Arc::clone(&app.texts), secure_cookies))
        .with_state(app.clone())
}

fn signing(settings: Option<&SignIn>, auth: &Auth, sessions: Sessions) -> anyhow::Result<Router> {
    let Some(settings) = settings else { return Ok(sign_out_route(sessions)) };
    let secret = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        anyhow::Ok(text.trim().to_owned())
    };
    let config = OidcConfig {
        client_id: settings.client_id.clone(),
        client_secret: settings.client_secret_file.as_ref().map(secret).transpose()?,
        redirect_uri: format!("{}/sign-in/callback", settings.public_url.trim_end_matches('/')),
    };
    Ok(Oidc::new(auth, sessions, config)?.routes())
}

fn texts() -> Result<Texts, web::text::TextError> {
    Texts::load(include_str!("../texts/nl.ftl"), include_str!("../texts/en.ftl"))
}
