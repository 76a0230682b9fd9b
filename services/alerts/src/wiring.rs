//! Puts the service together: what it follows, what it watches, what it answers.

use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use domain::fact::Author;
use runtime::{Runtime, Settings};
use service::Service;
use web::{Oidc, OidcConfig, Sessions};

use crate::api::{self, Api};
use crate::changes::Changes;
use crate::webhooks::Webhooks;
use crate::{daily, listen, pages, sources};

/// Wires the service and starts its tasks.
///
/// # Errors
/// When a setting cannot be used.
pub async fn run(settings: Settings, runtime: Runtime) -> anyhow::Result<()> {
    let service = Service::open(Author::Alerts, settings, runtime).await?;
    service.relay(None);
    let follower = service.clone();
    let webhooks = Webhooks::load(service.settings().webhooks.as_deref())?;
    if !webhooks.is_empty() {
        service.spawn("webhooks", webhooks.clone().watch(service.clone()));
    }
    service.follow(&listen::KINDS, move |facts| listen::handle(follower.clone(), webhooks.clone(), facts));
    service.spawn("calendar", daily::watch(service.clone()));
    service.spawn("sources", sources::watch(service.clone()));
    let changes = Changes::new();
    service.spawn("changes", changes.clone().watch(service.clone()));

    let texts = Arc::new(pages::texts()?);
    let settings = web::Settings { pages: Some(Arc::clone(&texts)), secure_cookies: secure_cookies(&service) };
    service.serve(routes(&service, changes, texts)?, &settings).await
}

fn routes(service: &Service, changes: Changes, texts: Arc<web::Texts>) -> anyhow::Result<Router> {
    let secure = secure_cookies(service);
    let sessions = Sessions::new(service.journal.pool().clone(), secure);
    let auth = service.auth()?.with_sessions(sessions.clone());
    let shared = Api { service: service.clone(), auth: auth.clone(), changes };
    let (api, _) = web::openapi::mount(api::api(), &auth);
    let pages = auth.guard(pages::routes()).with_state(pages::Site { api: shared.clone(), texts: Arc::clone(&texts) });
    let frame = web::page::routes(texts, secure);
    Ok(api.with_state(shared).merge(pages).merge(frame).merge(sign_in(service, &auth, sessions)?))
}

/// The way in and out. Without settings for signing in there is only the way out: people then come by a token, or by a
/// session that another service of the house began.
fn sign_in(service: &Service, auth: &web::Auth, sessions: Sessions) -> anyhow::Result<Router> {
    let Some(settings) = &service.settings().sign_in else { return Ok(web::oidc::sign_out_route(sessions)) };
    let secret = settings.client_secret_file.as_deref().map(std::fs::read_to_string).transpose();
    let config = OidcConfig {
        client_id: settings.client_id.clone(),
        client_secret: secret.context("client secret file")?.map(|secret| secret.trim().to_owned()),
        redirect_uri: format!("{}/sign-in/callback", settings.public_url.trim_end_matches('/')),
    };
    Ok(Oidc::new(auth, sessions, config)?.routes())
}

/// Plain HTTP is for development on one machine; anywhere else cookies are `Secure`.
fn secure_cookies(service: &Service) -> bool {
    service.settings().sign_in.as_ref().is_none_or(|sign_in| !sign_in.public_url.starts_with("http://"))
}
