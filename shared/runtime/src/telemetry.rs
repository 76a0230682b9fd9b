//! Logs and metrics.
//!
//! Invariants: one JSON object a line; nothing that could name a person. Therefore libraries are heard from warnings up
//! only, sqlx not at all in its lines about statements and server notices (they quote statements, and notices can quote
//! rows), and a panic is logged by its place, not by its message.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tracing::level_filters::LevelFilter;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, ParseError, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::{SubscriberInitExt as _, TryInitError};

use crate::config::Log;

/// The crates whose log lines are the house's own: everything else is a library.
const HOUSE: [&str; 15] = [
    "verband",
    "verband_tests",
    "domain",
    "matching",
    "contract",
    "journal",
    "bus",
    "web",
    "runtime",
    "service",
    "intake",
    "linker",
    "alerts",
    "steward",
    "courthouse",
];

/// What libraries must not say at any level: their lines can hold data.
const SILENT: [&str; 2] = ["sqlx::query", "sqlx::postgres::notice"];

/// Upper bounds, in seconds, of the buckets that durations are counted in: from half a millisecond to ten seconds.
const SECONDS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Why logs or metrics could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `VERBAND_LOG` is not in the notation of `EnvFilter`.
    #[error("log filter is not understood")]
    Filter(#[from] ParseError),
    /// The log file cannot be opened.
    #[error("cannot open log file {}", path.display())]
    File {
        /// The log file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Logs go elsewhere already.
    #[error("logs are set up already")]
    Logs(#[from] TryInitError),
    /// Metrics go elsewhere already.
    #[error("metrics cannot be recorded")]
    Metrics(#[from] BuildError),
}

/// Sends log lines to standard error or to a file (made with mode 0600). Once in a process.
pub fn log(settings: &Log) -> Result<(), TelemetryError> {
    let own = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse(&settings.filter)?;
    match &settings.file {
        None => subscribe(own, std::io::stderr),
        Some(path) => {
            let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path);
            let file = file.map_err(|source| TelemetryError::File { path: path.clone(), source })?;
            subscribe(own, Mutex::new(file))
        }
    }?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
    Ok(())
}

fn subscribe<W>(own: EnvFilter, writer: W) -> Result<(), TelemetryError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    Ok(subscriber(own, writer).try_init()?)
}

fn subscriber<W>(own: EnvFilter, writer: W) -> impl tracing::Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(writer);
    tracing_subscriber::registry().with(own).with(lines.with_filter(filter_fn(may_be_heard)))
}

/// The cap that no filter from outside lifts.
fn may_be_heard(line: &Metadata<'_>) -> bool {
    let target = line.target();
    let owner = target.split("::").next().unwrap_or(target);
    if HOUSE.contains(&owner) {
        return true;
    }
    !SILENT.iter().any(|silent| target.starts_with(silent)) && *line.level() <= Level::WARN
}

/// Starts recording metrics, or hands out the handle of the recorder that was started before: a process has one.
/// `render()` on it gives the text for Prometheus; `run_upkeep()` must be called now and then ([`crate::main`] does).
/// Histograms whose name ends in `_seconds` are counted in buckets from 0.5 ms to 10 s.
pub fn metrics() -> Result<PrometheusHandle, TelemetryError> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _one_at_a_time = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let durations = metrics_exporter_prometheus::Matcher::Suffix("_seconds".to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(durations, &SECONDS)?;
    let handle = builder.install_recorder()?;
    Ok(HANDLE.get_or_init(|| handle).clone())
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn lines(filter: &str, speak: impl FnOnce()) -> Vec<serde_json::Value> {
        let written = Written::default();
        let writer = written.clone();
        let subscriber = subscriber(EnvFilter::new(filter), move || writer.clone());
        tracing::subscriber::with_default(subscriber, speak);
        let bytes = written.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn writes_one_json_object_a_line() {
        let heard = lines("info", || tracing::info!(facts = 3, "recorded"));
        assert_eq!(heard.len(), 1);
        assert_eq!(heard[0]["message"], "recorded");
        assert_eq!(heard[0]["facts"], 3);
        assert_eq!(heard[0]["level"], "INFO");
    }

    #[test]
    fn hears_libraries_from_warnings_up_and_statements_never() {
        let heard = lines("trace", || {
            tracing::trace!(target: "journal::append", "own");
            tracing::info!(target: "async_nats", "chatter");
            tracing::warn!(target: "async_nats", "warning");
            tracing::error!(target: "sqlx::query", "statement");
            tracing::warn!(target: "sqlx::postgres::notice", "notice");
            tracing::warn!(target: "sqlx::pool", "pool");
            tracing::debug!(target: "businesslike", "not the house's bus");
        });
        let said: Vec<_> = heard.iter().map(|line| line["message"].as_str().unwrap()).collect();
        assert_eq!(said, ["own", "warning", "pool"]);
    }

    #[test]
    fn one_recorder_serves_the_whole_process() {
        let (one, _other) = (metrics().unwrap(), metrics().unwrap());
        assert!(!one.render().contains("no_such_metric"));
    }
}
