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
mod door;
mod filing;
mod listen;
mod quarantine;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use contract::Publishers;
use domain::fact::Author;
use runtime::{Runtime, Settings};
use service::{Besides, Service};

pub use api::document;

/// How often what waits is counted.
const TIDY: Duration = Duration::from_secs(15);

/// How many batches are in hand at once: one is read while another is being written down, and a third acknowledged.
const HANDS: usize = 3;

/// Wires the service and starts its tasks.
///
/// # Errors
/// When a setting cannot be used.
pub async fn run(settings: Settings, runtime: Runtime) -> Result<()> {
    let service = Service::open(Author::Intake, settings, runtime).await?;
    let vault = service.vault()?;
    service.relay(Some(Besides { kind: "intake.event-quarantined", messages: quarantine::rejection }));
    let publishers = Arc::new(publishers(service.settings())?);
    let filing = filing::Filing::new(service.journal.clone(), vault.clone());
    let kept = quarantine::Quarantine::new(
        service.journal.clone(),
        vault,
        filing.clone(),
        Arc::clone(&publishers),
        service.clock.clone(),
    );
    let intake = listen::Intake::new(service.clone(), filing.clone(), Arc::clone(&publishers));
    let broom = intake.clone();
    service.spawn("clear", async move {
        broom.clear().await;
        Ok(())
    });
    let (journal, stop) = (service.journal.clone(), service.stopping());
    service.spawn("waiting", async move {
        while !stop.is_cancelled() {
            if let Err(error) = waiting::tidy(&journal).await {
                tracing::debug!(%error, "what waits could not be counted");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(TIDY) => {}
            }
        }
        Ok(())
    });
    for _ in 0..HANDS {
        let intake = intake.clone();
        service.spawn("listen", async move {
            intake.listen().await;
            Ok(())
        });
    }
    service
        .serve(
            api::routes(&service, kept, door::Door::new(filing, publishers, service.clock.clone()))?,
            &web::Settings::default(),
        )
        .await
}

/// The list of those who may publish.
fn publishers(settings: &Settings) -> Result<Publishers> {
    let path = settings.publishers.as_ref().context("no list of publishers: set VERBAND_PUBLISHERS")?;
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Publishers::parse(&text).with_context(|| format!("cannot use {}", path.display()))
}
