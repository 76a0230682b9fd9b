//! `verband publish`: a file of events onto the bus, in order, each acknowledged; a second run goes on where the first one
//! stopped.
//!
//! Invariant: an event counts as published when the bus has stored it; the mark of how far that is is written after it. An
//! event sent twice is one event, by its source and id.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use bus::{Bus, Outgoing};
use contract::{Publisher, Received, envelope};
use domain::court::Court;
use domain::fact::intake::Reason;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Line, validate};

/// How many events are on their way at once.
const WINDOW: usize = 256;

/// The file beside `path` that says how many of its lines a publisher has published.
fn mark(path: &Path, publisher: &Publisher) -> Option<PathBuf> {
    if path == Path::new("-") {
        return None;
    }
    let mut name = path.file_name()?.to_owned();
    name.push(format!(".{}.published", publisher.name));
    Some(path.with_file_name(name))
}

fn published(mark: Option<&Path>) -> Result<usize> {
    match mark.map(fs::read_to_string) {
        Some(Ok(text)) => text.trim().parse().context("the mark beside the file does not read: remove it"),
        _ => Ok(0),
    }
}

/// Publishes the events of a file for a publisher. What the contract refuses is told and left out.
///
/// # Errors
/// When the bus does not take them; run again to go on. Or, after all others are published, when some were left out.
#[expect(clippy::print_stderr, reason = "this is what the command is for")]
pub async fn run(bus: &Bus, path: &Path, lines: &[Line], publisher: &Publisher) -> Result<()> {
    let mark = mark(path, publisher);
    let done = published(mark.as_deref())?;
    let bar = ProgressBar::new(lines.len() as u64)
        .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} events, {per_sec}, {eta} to go")?);
    let mut refused = 0;
    for window in lines.chunks(WINDOW) {
        let mut messages = Vec::with_capacity(window.len());
        for line in window {
            let mut faults = validate::faults(&line.text, publisher.court);
            faults.extend(foreign(&line.text, publisher));
            if !faults.is_empty() {
                refused += 1;
                for reason in faults {
                    bar.suspend(|| eprintln!("{}: {} {}: {}", line.number, reason.pointer, reason.code, reason.text));
                }
            } else if line.number > done {
                messages.push(message(&line.text, publisher.court)?);
            }
        }
        bus.publish(messages).await.context("the bus did not take everything: run again to go on")?;
        if let (Some(mark), Some(last)) = (&mark, window.last())
            && last.number > done
        {
            fs::write(mark, last.number.to_string()).context("cannot write how far it is")?;
        }
        bar.inc(window.len() as u64);
    }
    bar.finish();
    if refused > 0 {
        bail!("{refused} of {} events were not published: mend them, and publish them from another file", lines.len());
    }
    Ok(())
}

/// An event of another system has no place in a publisher's file.
fn foreign(text: &str, publisher: &Publisher) -> Option<Reason> {
    let event = Received::new(&[], text.as_bytes()).event().ok()?;
    let source = event.get("source")?.as_str()?;
    (source != publisher.source).then(|| Reason {
        pointer: "/source".to_owned(),
        code: "source.credentials".to_owned(),
        text: format!("the source of {} is {}", publisher.name, publisher.source),
    })
}

fn message(text: &str, court: Court) -> Result<Outgoing> {
    let event = Received::new(&[], text.as_bytes()).event().map_err(|reason| anyhow::anyhow!(reason.text))?;
    let subject = validate::subject(text, court).map_err(|reason| anyhow::anyhow!(reason.text))?;
    Ok(Outgoing {
        subject,
        id: envelope::identity(text.as_bytes(), Some(&event)).to_string(),
        headers: vec![("content-type", "application/cloudevents+json".to_owned())],
        payload: text.to_owned().into(),
    })
}
