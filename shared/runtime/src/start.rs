//! How a service starts: settings, logs, metrics, signals, its own `run`, and an exit code.
//!
//! Invariant: a service differs from another only in its `run`; courthouse calls the same four with a [`Runtime`] of its
//! own making.

use std::future::Future;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use metrics_exporter_prometheus::PrometheusHandle;

use crate::{Clock, Lifecycle, Settings, telemetry};

/// How often metrics of the past are folded, so that they do not pile up where nobody collects them.
const UPKEEP: Duration = Duration::from_secs(5);

/// What a service lives on.
#[derive(Clone, Debug)]
pub struct Runtime {
    /// What time it is.
    pub clock: Clock,
    /// Its tasks and the sign to stop.
    pub lifecycle: Lifecycle,
    /// The metrics recorded in this process.
    pub metrics: PrometheusHandle,
}

impl Runtime {
    /// The machine's clock, a life that begins, and this process's metrics, which are looked after until that life ends.
    /// Must be called inside a tokio runtime. Errors: another recorder of metrics is installed.
    pub fn new() -> Result<Self, telemetry::TelemetryError> {
        let runtime = Self { clock: Clock::system(), lifecycle: Lifecycle::new(), metrics: telemetry::metrics()? };
        let (metrics, stopping) = (runtime.metrics.clone(), runtime.lifecycle.stopping());
        tokio::spawn(stopping.run_until_cancelled_owned(async move {
            loop {
                tokio::time::sleep(UPKEEP).await;
                metrics.run_upkeep();
            }
        }));
        Ok(runtime)
    }
}

#[derive(Parser)]
#[command(version)]
struct Line {
    #[command(flatten)]
    settings: Settings,
}

/// Runs a service until SIGTERM, Ctrl-C or a failure: the whole of its `main`.
///
/// `run` wires the service; it may return as soon as its tasks are spawned on the lifecycle, or at the end. Exit code 0:
/// stopped in good order; 1: failed, with the reason in the log; 2: the settings are wrong, with the reason on standard
/// error.
pub fn main<F, Fut>(service: &'static str, run: F) -> ExitCode
where
    F: FnOnce(Settings, Runtime) -> Fut + Send + 'static,
    Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let settings = Line::parse().settings;
    if let Err(error) = telemetry::log(&settings.log) {
        return refuse(service, &error.into());
    }
    let started = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match started {
        Ok(tokio) => {
            let result = tokio.block_on(live(service, settings, run));
            // What ignored the sign to stop is cut off here.
            tokio.shutdown_timeout(Duration::from_millis(100));
            result
        }
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => {
            tracing::info!(service, "stopped");
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(service, error = format!("{error:#}"), "stopped by a failure");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "there is no log to say it in")]
fn refuse(service: &str, error: &anyhow::Error) -> ExitCode {
    eprintln!("{service}: {error:#}");
    ExitCode::from(2)
}

async fn live<F, Fut>(service: &'static str, settings: Settings, run: F) -> anyhow::Result<()>
where
    F: FnOnce(Settings, Runtime) -> Fut + Send + 'static,
    Fut: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let runtime = Runtime::new()?;
    let (lifecycle, patience) = (runtime.lifecycle.clone(), settings.patience());
    lifecycle.stop_on_signal()?;
    tracing::info!(service, version = env!("CARGO_PKG_VERSION"), "starting");
    lifecycle.spawn(service, run(settings, runtime));
    lifecycle.finish(patience).await?;
    Ok(())
}
