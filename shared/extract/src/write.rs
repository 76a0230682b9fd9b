//! Writing what came out, as CSV. Only ids, weights and codes: no value of a record.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use matching::register::{Register, Row};
use matching::resolve::{Edge, Task};
use matching::score::Millibits;
use thiserror::Error;

/// A file could not be written.
#[derive(Debug, Error)]
#[error("cannot write {file}: {source}", file = file.display())]
pub struct WriteError {
    file: PathBuf,
    source: io::Error,
}

/// Rows of a file, written as they come.
struct Sheet<'f> {
    file: &'f Path,
    rows: csv::Writer<File>,
}

impl<'f> Sheet<'f> {
    fn new(file: &'f Path, heading: &[&str]) -> Result<Self, WriteError> {
        let opened = File::create(file).map_err(|error| fault(file, error))?;
        let rows = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(opened);
        let mut sheet = Self { file, rows };
        sheet.row(heading)?;
        Ok(sheet)
    }

    fn row(&mut self, values: &[&str]) -> Result<(), WriteError> {
        self.rows.write_record(values).map_err(|error| fault(self.file, error.into()))
    }

    fn end(mut self) -> Result<(), WriteError> {
        self.rows.flush().map_err(|error| fault(self.file, error))
    }
}

pub(crate) fn fault(file: &Path, source: io::Error) -> WriteError {
    WriteError { file: file.to_owned(), source }
}

/// Writes one file beside another, and answers what came of the other.
///
/// # Errors
///
/// When either cannot be written.
pub fn beside<T: Send>(
    one: impl FnOnce() -> Result<(), WriteError>,
    other: impl FnOnce() -> Result<T, WriteError> + Send,
) -> Result<T, WriteError> {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        one.and(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Writes `record_id,cluster_id`, in the order in which the records came. A group is named after its first record by id.
///
/// # Errors
///
/// When the file cannot be written.
pub fn clusters(file: &Path, register: &Register, group_of: &[Row]) -> Result<(), WriteError> {
    let mut sheet = Sheet::new(file, &["record_id", "cluster_id"])?;
    for row in register.as_they_came() {
        let group = group_of.get(*row as usize).copied().unwrap_or(*row);
        sheet.row(&[register.id(*row), register.id(group)])?;
    }
    sheet.end()
}

/// Writes `id_l,id_r,score`, the score in bits, of the pairs that weigh at least as much as wanted.
///
/// # Errors
///
/// When the file cannot be written.
pub fn pairs(file: &Path, register: &Register, edges: &[Edge], least: Millibits) -> Result<(), WriteError> {
    let mut sheet = Sheet::new(file, &["id_l", "id_r", "score"])?;
    for edge in edges.iter().filter(|edge| edge.weight >= least) {
        sheet.row(&[register.id(edge.a), register.id(edge.b), &bits(edge.weight)])?;
    }
    sheet.end()
}

/// Writes the questions to a steward, task by task: the two records it is best asked about, why, what they weigh, and how many
/// records the two groups have.
///
/// # Errors
///
/// When the file cannot be written.
pub fn tasks(file: &Path, register: &Register, tasks: &[Task]) -> Result<(), WriteError> {
    let heading = ["task", "record_id_l", "record_id_r", "reason", "score", "records_l", "records_r"];
    let mut sheet = Sheet::new(file, &heading)?;
    for (number, task) in (1..).zip(tasks) {
        for question in &task.questions {
            sheet.row(&[
                &u64::to_string(&number),
                register.id(question.pair.0),
                register.id(question.pair.1),
                question.reason.code(),
                &bits(question.weight),
                &question.groups.0.len().to_string(),
                &question.groups.1.len().to_string(),
            ])?;
        }
    }
    sheet.end()
}

/// Bits as thousandths of a bit, within what a weight can be.
pub fn millibits(bits: f64) -> Millibits {
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let millibits = (bits * 1000.0).clamp(-100_000.0, 100_000.0) as i32;
    millibits
}

/// Thousandths of a bit as bits, with three decimals.
pub fn bits(millibits: Millibits) -> String {
    let sign = if millibits < 0 { "-" } else { "" };
    format!("{sign}{}.{:03}", millibits.unsigned_abs() / 1000, millibits.unsigned_abs() % 1000)
}
