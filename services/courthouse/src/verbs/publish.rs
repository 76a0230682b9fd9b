//! `verband publish`: a file of events onto the bus, in order, each acknowledged; a second run goes on where the first one
//! stopped.
//!
//! Invariant: an event counts as published when the bus has stored it; what is published is noted after it, by what each
//! event says (see [`mark`]). An event sent twice is one event, by its source and id.

mod mark;

use std::io::{self, BufReader};
use std::path::Path;
use std::vec;

use anyhow::{Context, Result, bail};
use bus::{Bus, Outgoing};
use contract::{Publisher, Received};
use domain::court::Court;
use domain::fact::intake::Reason;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;

use self::mark::Mark;
use super::{Line, validate};

/// How many events are on their way at once.
const WINDOW: usize = 256;

/// The events of a command: all of a file's, or those of standard input as they come.
enum Events {
    File(vec::IntoIter<Line>),
    Stream(mpsc::Receiver<io::Result<Line>>),
}

impl Events {
    /// The next ones: as many as are there, and at most a window of them; none at the end.
    async fn next(&mut self) -> Result<Vec<Line>> {
        match self {
            Self::File(lines) => Ok(lines.by_ref().take(WINDOW).collect()),
            Self::Stream(lines) => {
                let mut window = Vec::new();
                lines.recv_many(&mut window, WINDOW).await;
                window.into_iter().collect::<io::Result<_>>().context("cannot read standard input")
            }
        }
    }

    fn bar(&self) -> Result<ProgressBar> {
        Ok(match self {
            Self::File(lines) => ProgressBar::new(lines.len() as u64)
                .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} events, {per_sec}, {eta} to go")?),
            Self::Stream(_) => {
                ProgressBar::no_length().with_style(ProgressStyle::with_template("{spinner} {pos} events, {per_sec}")?)
            }
        })
    }
}

/// What became of the events of a file or a stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Stored by the bus now.
    pub published: usize,
    /// Published by an earlier run, and not sent again.
    pub before: usize,
    /// Refused by the contract, told, and left out.
    pub refused: usize,
}

/// Publishes the events of a file, or those of standard input (`-`, one event a line, each sent as it comes), and says what
/// became of them. What the contract refuses is told and left out.
///
/// # Errors
/// When the bus does not take them; run again to go on. Or, after all others are published, when some were left out.
#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub async fn run(bus: &Bus, path: &Path, publisher: &Publisher) -> Result<()> {
    let mut mark = Mark::open(path, &publisher.name)?;
    let tally = publish(bus, path, publisher, &mut mark).await?;
    let Tally { published, before, refused } = tally;
    println!("{published} events published");
    if let Some(mark) = mark.path().filter(|_| before > 0) {
        println!(
            "{before} were published before, by {}, and not sent again; remove that file to send them",
            mark.display()
        );
    }
    if refused > 0 {
        bail!("{refused} events were refused and not published: mend them and run again, which sends what was mended");
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "this is what the command is for")]
async fn publish(bus: &Bus, path: &Path, publisher: &Publisher, mark: &mut Mark) -> Result<Tally> {
    let mut events = if path == Path::new("-") {
        Events::Stream(super::streamed(BufReader::new(io::stdin()), WINDOW))
    } else {
        Events::File(super::lines(path)?.into_iter())
    };
    let bar = events.bar()?;
    let mut tally = Tally::default();
    loop {
        let window = events.next().await?;
        if window.is_empty() {
            bar.finish();
            return Ok(tally);
        }
        let (mut messages, mut sent) = (Vec::with_capacity(window.len()), Vec::with_capacity(window.len()));
        for line in &window {
            if mark.has(&line.bytes) {
                tally.before += 1;
                continue;
            }
            let mut faults = validate::faults(&line.bytes, publisher.court);
            faults.extend(foreign(&line.bytes, publisher));
            if faults.is_empty() {
                messages.push(message(&line.bytes, publisher.court)?);
                sent.push(line.bytes.as_slice());
                continue;
            }
            tally.refused += 1;
            for reason in faults {
                bar.suspend(|| eprintln!("{}: {} {}: {}", line.number, reason.pointer, reason.code, reason.text));
            }
        }
        tally.published += sent.len();
        bus.publish(messages).await.context("the bus did not take everything: run again to go on")?;
        mark.note(sent)?;
        bar.inc(window.len() as u64);
    }
}

/// An event of another system has no place in a publisher's file.
fn foreign(bytes: &[u8], publisher: &Publisher) -> Option<Reason> {
    let event = Received::new(&[], bytes).event().ok()?;
    let source = event.get("source")?.as_str()?;
    (source != publisher.source).then(|| Reason {
        pointer: "/source".to_owned(),
        code: "source.credentials".to_owned(),
        text: format!("the source of {} is {}", publisher.name, publisher.source),
    })
}

fn message(bytes: &[u8], court: Court) -> Result<Outgoing> {
    Ok(Outgoing {
        subject: validate::subject(bytes, court).map_err(|reason| anyhow::anyhow!(reason.text))?,
        id: None,
        headers: vec![("content-type", "application/cloudevents+json".to_owned())],
        payload: bytes.to_vec().into(),
    })
}
