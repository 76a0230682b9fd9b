//! `verband generate`: an invented caseload as files, for whoever trains, measures or burdens the matching. Family by family,
//! so that a caseload of any size passes through the same memory.
//!
//! Invariant: the same seed gives the same bytes, and a smaller number of records is the beginning of a larger one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use caseload::{Caseload, Family, PartyRecord, record};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

/// What is made, and where it goes.
#[derive(Args)]
pub struct GenerateOptions {
    /// The caseload: the same seed gives the same one, byte for byte.
    #[arg(long)]
    seed: u64,
    /// How many records of parties; with --events, the last family is told whole. About the first 12,000 have citizen service
    /// numbers: there are no more fictitious ones.
    #[arg(long)]
    records: u64,
    /// The records, as CSV with a heading.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The truth about them, as CSV: record, person, source, where the name comes from, twin, namesake.
    #[arg(long)]
    truth: Option<PathBuf>,
    /// The same caseload as events, one a line. A publisher publishes with its own key, so each has a file of its own: for
    /// EVENTS.ndjson, EVENTS.rbrot-civiel.ndjson and so on, which `verband publish --as rbrot-civiel` takes.
    #[arg(long)]
    events: Option<PathBuf>,
    /// Also records of lawyers, boards and institutions, whose roles never lead from one case to another.
    #[arg(long)]
    professionals: bool,
}

/// A file that is written from its beginning, with the name of it in its errors.
struct Sheet {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Sheet {
    fn create(path: &Path) -> Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn finish(mut self) -> Result<()> {
        self.file.flush().with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// The file of one publisher beside the one that was named.
fn of_publisher(path: &Path, publisher: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{publisher}."));
    name.push(path.extension().unwrap_or("ndjson".as_ref()));
    path.with_file_name(name)
}

/// Writes the caseload.
///
/// # Errors
/// When no file is named, or one cannot be written.
pub fn run(options: &GenerateOptions) -> Result<()> {
    if options.out.is_none() && options.truth.is_none() && options.events.is_none() {
        bail!("name a file: --out, --truth or --events");
    }
    let mut out = options.out.as_deref().map(Sheet::create).transpose()?;
    let mut truth = options.truth.as_deref().map(Sheet::create).transpose()?;
    let mut publishers: BTreeMap<String, Sheet> = BTreeMap::new();
    if let Some(out) = &mut out {
        out.write(&record::heading())?;
    }
    if let Some(truth) = &mut truth {
        truth.write(&record::truth_heading())?;
    }
    let bar = ProgressBar::new(options.records)
        .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} records, {per_sec}, {eta} to go")?);
    let mut left = options.records;
    for family in Caseload::new(options.seed).families() {
        if left == 0 {
            break;
        }
        let records = kept(&family, options.professionals, left);
        let count = u64::try_from(records.len())?;
        left -= count;
        if let Some(out) = &mut out {
            out.write(&record::rows(&records))?;
        }
        if let Some(truth) = &mut truth {
            truth.write(&record::truth_rows(&records))?;
        }
        if let Some(path) = &options.events {
            tell(&family, path, &mut publishers)?;
        }
        bar.inc(count);
    }
    bar.finish();
    out.into_iter().chain(truth).chain(publishers.into_values()).try_for_each(Sheet::finish)
}

/// The records of a family that are asked for, no more than are left.
fn kept(family: &Family, professionals: bool, left: u64) -> Vec<PartyRecord> {
    let records = family.records.iter().filter(|record| professionals || record.linkable);
    records.take(usize::try_from(left).unwrap_or(usize::MAX)).cloned().collect()
}

fn tell(family: &Family, path: &Path, publishers: &mut BTreeMap<String, Sheet>) -> Result<()> {
    for event in family.events() {
        if !publishers.contains_key(&event.publisher) {
            let sheet = Sheet::create(&of_publisher(path, &event.publisher))?;
            publishers.insert(event.publisher.clone(), sheet);
        }
        if let Some(sheet) = publishers.get_mut(&event.publisher) {
            sheet.write(&format!("{}\n", event.body))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::court::Court;

    use super::*;
    use crate::verbs::{lines, validate};

    #[test]
    fn files_are_written_and_a_publisher_can_publish_its_own() {
        let folder = std::env::temp_dir().join(format!("verband-generate-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let options = |records| GenerateOptions {
            seed: 1,
            records,
            out: Some(folder.join("records.csv")),
            truth: Some(folder.join("truth.csv")),
            events: Some(folder.join("events.ndjson")),
            professionals: false,
        };
        run(&options(500)).unwrap();
        let first = std::fs::read_to_string(folder.join("records.csv")).unwrap();
        assert_eq!(first.lines().count(), 501);
        assert_eq!(std::fs::read_to_string(folder.join("truth.csv")).unwrap().lines().count(), 501);
        run(&options(700)).unwrap();
        assert!(std::fs::read_to_string(folder.join("records.csv")).unwrap().starts_with(&first));
        let file = lines(&folder.join("events.rbrot-civiel.ndjson")).unwrap();
        assert!(validate::run(&file, Court::parse("RBROT").ok()).is_ok());
        std::fs::remove_dir_all(&folder).unwrap();
        let nothing = GenerateOptions { out: None, truth: None, events: None, ..options(1) };
        assert!(run(&nothing).is_err());
    }
}
