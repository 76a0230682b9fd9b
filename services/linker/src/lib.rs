//! Says who is who, and which cases belong together. Writes `linker.*`.
//!
//! Invariants: who is who is a function of the set of records and rulings that hang together, decided under a lock on all
//! of them, so that two first-ever records of one person end as one person however they arrive; records in roles that
//! never link take part in nothing; a steward's word is never undone by a rule.
//!
//! Deliberately absent: how strongly two records agree and who is who among few of them (`matching`), and what a link means to
//! a judge (`alerts`).

mod activate;
mod api;
mod aside;
mod attempt;
pub mod audit;
mod beside;
mod candidates;
mod draft;
mod erase;
mod foresee;
mod identify;
mod kinds;
mod learn;
mod link;
mod listen;
mod matters;
mod models;
mod next;
mod numbers;
mod open;
mod rebuild;
mod scores;
pub mod simulate;
pub mod state;
mod told;
pub mod work;

pub use api::document;
pub use aside::Aside;
pub use beside::Progress;
pub use listen::{KINDS, Linker};
pub use rebuild::Rebuilt;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use domain::fact::Author;
use matching::engine::Engine;
use matching::gate::Policy;
use matching::model::Model;
use runtime::{Runtime, Settings};
use service::Service;

/// How long it waits for PostgreSQL before it looks again.
const AGAIN: Duration = Duration::from_secs(1);
/// How often it looks whether everything holds that must. It reads the whole journal.
const AUDIT: Duration = Duration::from_hours(24);
/// How long after its start it looks for the first time.
const FIRST_AUDIT: Duration = Duration::from_mins(10);

/// What the linker decides by: the model of courts. Names and a birth date alone are for a court to allow: by itself the linker
/// joins on numbers, and asks about the rest.
///
/// # Errors
/// When the model cannot be used, which a test rules out for the one that comes with the engine.
pub fn engine() -> Result<Arc<Engine>> {
    Ok(Arc::new(Engine::new(Model::of_courts()?, Policy::Numbers)?))
}

/// Wires the service and starts its tasks.
///
/// # Errors
/// When a setting cannot be used.
pub async fn run(settings: Settings, runtime: Runtime) -> Result<()> {
    let service = Service::open(Author::Linker, settings, runtime).await?;
    let linker = Linker {
        policies: service.policies.clone(),
        ..Linker::new(service.journal.clone(), service.vault()?, engine()?)
    };
    service.relay(None);
    service.serve(api::routes(&service, linker.clone())?, &web::Settings::default()).await?;
    // Nothing is decided on a read model that a migration emptied. While PostgreSQL is away nobody can tell.
    let needed = loop {
        match rebuild::is_needed(&service.journal).await {
            Err(error) if error.is_outage() => {
                if !service.rest(AGAIN).await {
                    return Ok(());
                }
            }
            known => break known?,
        }
    };
    if needed {
        bail!(
            "the read model is empty though records were decided about: stop every linker, run `verband rebuild`, start again"
        );
    }
    let (watched, auditor) = (service.clone(), linker.clone());
    service.spawn("audit", async move {
        let mut pause = FIRST_AUDIT;
        while watched.rest(pause).await {
            auditor.report(watched.clock.now()).await;
            pause = AUDIT;
        }
        Ok(())
    });
    linker.keep_first().await?;
    let (activator, stop) = (linker.clone(), service.stopping());
    service.spawn("models", async move {
        activator.keep_up(&stop).await;
        Ok(())
    });
    service.follow(&listen::KINDS, move |facts| linker.clone().handle(facts));
    Ok(())
}
