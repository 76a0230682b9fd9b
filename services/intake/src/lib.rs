//! Hears the courts: case events come in over the bus, are parsed once, sealed where they speak of a person, and filed as
//! facts. Writes `intake.*`.
//!
//! Invariants: an event is acknowledged only after it is filed; the same event filed again leaves no second trace; what
//! cannot be understood is kept whole, sealed, with every reason, and its publisher is told; nothing personal leaves this
//! service unsealed.
//!
//! Deliberately absent: any judgement about who somebody is or what a case means.
//!
//! To add a kind of event: the `contract`, and the fact in `domain`.

mod api;
mod arrival;
mod filing;
mod listen;
mod quarantine;

use anyhow::Result;
use domain::fact::Author;
use runtime::{Runtime, Settings};
use service::Service;

pub use api::document;

/// Wires the service and starts its tasks.
///
/// # Errors
/// When a setting cannot be used.
pub async fn run(settings: Settings, runtime: Runtime) -> Result<()> {
    let service = Service::open(Author::Intake, settings, runtime).await?;
    let vault = service.vault()?;
    service.relay(quarantine::rejection);
    let filing = filing::Filing::new(service.journal.clone(), vault.clone());
    let kept = quarantine::Quarantine::new(service.journal.clone(), vault, filing.clone(), service.clock.clone());
    let intake = listen::Intake::new(service.clone(), filing);
    let broom = intake.clone();
    service.spawn("clear", async move {
        broom.clear().await;
        Ok(())
    });
    service.spawn("listen", async move {
        intake.listen().await;
        Ok(())
    });
    service.serve(api::routes(&service, kept)?, &web::Settings::default()).await
}
