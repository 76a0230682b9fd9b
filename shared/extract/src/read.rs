//! Reading records out of CSV files, in a thread of its own: while the next rows are read, the last are prepared.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use matching::field::Kind;
use matching::normalise;
use matching::register::{
    Contradicting, Entries, Register, citizen_number, is_unread_birth_date, is_unread_citizen_number, join, sex,
};
use matching::schema::Schema;
use thiserror::Error;

use crate::map::{Map, MapError, Source};
use crate::open::{is_column, rows};
use crate::roles::Met;

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// It cannot be opened or read.
    #[error("cannot read {file}: {source}", file = file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A row is no row of a CSV file.
    #[error("{file}, line {line}: {why}", file = file.display())]
    Row {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong. Never a value.
        why: String,
    },
    /// A column that the map names is not there.
    #[error("{file} has no column {column}: its columns are {}", columns.join(", "), file = file.display())]
    NoColumn {
        /// The file.
        file: PathBuf,
        /// The column.
        column: String,
        /// The columns that it has.
        columns: Vec<String>,
    },
    /// Records that differ have one id.
    #[error(
        "{} ids stand for several records that differ. An id must be unique over all files together: give each record \
         once, in its current version, and where files number their own records, put a prefix of the file before each \
         id, such as a- and b-",
        .0.ids.len()
    )]
    Contradicting(#[from] Contradicting),
    /// The map cannot be used.
    #[error(transparent)]
    Map(#[from] MapError),
}

/// How many rows are handed over at a time.
const BATCH: usize = 4_096;

/// What was read.
#[derive(Debug)]
pub struct Records {
    /// The records, sorted.
    pub register: Register,
    /// The ids, in order, of those whose role never leads from one case to another. They have nothing to be compared by.
    pub aside: Vec<Box<str>>,
    /// How many values of a field were meant to be one and are none, of fields that have such: they count as unknown.
    pub unread: Vec<Unread>,
}

/// Values of a field that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The field.
    pub field: Box<str>,
    /// How many.
    pub values: u64,
}

/// Reads the records of files into a register, sorted. `schema` says what is compared: that of the map, or that of a model,
/// whose fields that the map does not know stay unknown. `read` is told how many bytes were read.
///
/// # Errors
///
/// When a file cannot be read, a row is malformed, a column is missing, or two records of one id differ.
pub fn read(files: &[PathBuf], map: &Map, schema: &Schema, read: impl Fn(u64) + Sync) -> Result<Records, ReadError> {
    let sources = map.sources();
    for Source { comparison, .. } in &sources {
        let mut known = schema.comparisons().iter();
        match known.find(|known| known.name == comparison.name) {
            None => return Err(MapError::NotInModel(comparison.name.clone()).into()),
            Some(known) if known != comparison => {
                return Err(MapError::OtherwiseInModel(comparison.name.clone()).into());
            }
            Some(_) => {}
        }
    }
    if map.link_only && map.source.is_none() && files.len() < 2 {
        return Err(MapError::NoSource.into());
    }
    let fields: Vec<Option<&Source>> = schema
        .comparisons()
        .iter()
        .map(|comparison| sources.iter().find(|source| source.comparison == *comparison))
        .collect();
    let mut register = Register::new(schema.clone());
    let mut unread = vec![0; fields.len()];
    let mut aside = std::thread::scope(|scope| {
        let (send, receive) = sync_channel(2);
        let (fields, told, unread) = (&fields, &read, &mut unread);
        let reader = scope.spawn(move || {
            let mut aside = Vec::new();
            for file in files {
                read_file(file, map, fields, &send, told, (&mut aside, unread))?;
            }
            Ok::<_, ReadError>(aside)
        });
        for batch in receive {
            register.add(&batch);
        }
        reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    register.sort()?;
    aside.sort_unstable();
    aside.dedup();
    let names = schema.comparisons().iter().map(|comparison| comparison.name.as_str());
    let unread = names.zip(unread).filter(|(_, values)| *values > 0);
    let unread = unread.map(|(field, values)| Unread { field: field.into(), values }).collect();
    Ok(Records { register, aside, unread })
}

/// Counts what passes through it.
struct Counted<'t, T> {
    file: File,
    told: &'t T,
}

impl<T: Fn(u64)> Read for Counted<'_, T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        (self.told)(read as u64);
        Ok(read)
    }
}

/// Where the columns of a field stand.
struct Places {
    columns: Vec<Option<usize>>,
    is_sex: bool,
    is_bsn: bool,
    is_birth: bool,
}

impl Places {
    /// Whether what a row has here was meant to be a value and is none.
    fn is_unread(&self, row: &csv::StringRecord) -> bool {
        let [Some(place)] = self.columns[..] else { return false };
        let written = row.get(place).unwrap_or("");
        !written.is_empty()
            && ((self.is_birth && is_unread_birth_date(written)) || (self.is_bsn && is_unread_citizen_number(written)))
    }
}

struct Heading {
    id: usize,
    source: Option<usize>,
    case: Option<usize>,
    role: Option<usize>,
    full_name: Option<usize>,
    /// Where given names and surname stand apart.
    split: [Option<usize>; 2],
    fields: Vec<Option<Places>>,
}

fn heading(file: &Path, map: &Map, fields: &[Option<&Source>], row: &csv::StringRecord) -> Result<Heading, ReadError> {
    let place = |column: &str| {
        row.iter().position(|found| is_column(found, column)).ok_or_else(|| ReadError::NoColumn {
            file: file.to_owned(),
            column: column.to_owned(),
            columns: row.iter().map(str::to_owned).collect(),
        })
    };
    let maybe = |column: &Option<String>| column.as_deref().map(place).transpose();
    let mut places = Vec::new();
    for field in fields {
        places.push(match field {
            None => None,
            Some(source) => Some(Places {
                columns: source.columns.iter().map(maybe).collect::<Result<_, _>>()?,
                is_sex: source.is_sex,
                is_bsn: source.is_bsn,
                is_birth: source.comparison.kind == Kind::Birth,
            }),
        });
    }
    Ok(Heading {
        id: place(&map.record_id)?,
        source: maybe(&map.source)?,
        case: maybe(&map.case)?,
        role: maybe(&map.role)?,
        full_name: maybe(&map.full_name)?,
        split: [maybe(&map.given_names)?, maybe(&map.surname)?],
        fields: places,
    })
}

fn read_file(
    file: &Path,
    map: &Map,
    fields: &[Option<&Source>],
    send: &SyncSender<Entries>,
    told: &(impl Fn(u64) + Sync),
    (aside, unread): (&mut Vec<Box<str>>, &mut Vec<u64>),
) -> Result<(), ReadError> {
    let unreadable = |source| ReadError::Io { file: file.to_owned(), source };
    let opened = File::open(file).map_err(unreadable)?;
    let mut reader = rows(Counted { file: opened, told }, &map.record_id).map_err(unreadable)?;
    let fault = |error: csv::Error| row_error(file, &error);
    let heading = heading(file, map, fields, &reader.headers().map_err(fault)?.clone())?;
    let of_file = file.display().to_string();
    let mut row = csv::StringRecord::new();
    let mut batch = Entries::default();
    let mut roles = Met::default();
    while reader.read_record(&mut row).map_err(fault)? {
        let value = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or("");
        let id = value(Some(heading.id));
        if id.is_empty() {
            let line = row.position().map_or(0, csv::Position::line);
            return Err(ReadError::Row { file: file.to_owned(), line, why: "the record has no id".to_owned() });
        }
        let standing = roles.standing(value(heading.role));
        if standing.never_links {
            aside.push(id.into());
        }
        let name = FullName::of(&heading, &row);
        // Nobody is found or joined who has nothing to be compared by.
        let fields = if standing.never_links { &[] } else { &heading.fields[..] };
        let source = if heading.source.is_some() { value(heading.source) } else { &of_file };
        batch.record(id, source, value(heading.case), standing.beside);
        for (field, unread) in fields.iter().zip(unread.iter_mut()) {
            *unread += u64::from(field.as_ref().is_some_and(|field| field.is_unread(&row)));
            batch.field(|text| write_field(field.as_ref(), &row, &heading, name.as_ref(), text));
        }
        if batch.len() == BATCH && send.send(std::mem::take(&mut batch)).is_err() {
            return Ok(());
        }
    }
    // Nobody hears it when the other side has gone, and then nobody waits for it either.
    drop(send.send(batch));
    Ok(())
}

/// Hands some columns of a file to `each`, row by row; what it finds wrong is told with the line. By the first of them it is
/// found out what values are parted by.
pub(crate) fn columns<const N: usize>(
    file: &Path,
    names: [&str; N],
    mut each: impl FnMut([&str; N]) -> Result<(), &'static str>,
) -> Result<(), ReadError> {
    let unreadable = |source| ReadError::Io { file: file.to_owned(), source };
    let mut reader = rows(File::open(file).map_err(unreadable)?, names.first().unwrap_or(&"")).map_err(unreadable)?;
    let headers = reader.headers().map_err(|error| row_error(file, &error))?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        *place = headers.iter().position(|found| is_column(found, name)).ok_or_else(|| ReadError::NoColumn {
            file: file.to_owned(),
            column: name.to_owned(),
            columns: headers.iter().map(str::to_owned).collect(),
        })?;
    }
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| row_error(file, &error))? {
        each(places.map(|place| row.get(place).unwrap_or(""))).map_err(|why| ReadError::Row {
            file: file.to_owned(),
            line: row.position().map_or(0, csv::Position::line),
            why: why.to_owned(),
        })?;
    }
    Ok(())
}

fn row_error(file: &Path, error: &csv::Error) -> ReadError {
    let line = error.position().map_or(0, csv::Position::line);
    let why = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "a value is not UTF-8: save the file as UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "the row has {len} values, the heading has {expected_len}: look for a delimiter or a quote too many"
            )
        }
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => "not a row of a CSV file".to_owned(),
    };
    ReadError::Row { file: file.to_owned(), line, why }
}

fn write_field(
    field: Option<&Places>,
    row: &csv::StringRecord,
    heading: &Heading,
    name: Option<&FullName>,
    text: &mut String,
) {
    let Some(field) = field else { return };
    let value = |place: &Option<usize>| {
        let raw = place.and_then(|place| row.get(place)).unwrap_or("");
        match name {
            // The whole name stands in for both of its parts: each takes its own.
            Some(name) if place.is_some() && *place == heading.full_name => {
                if field.columns.len() == 2 {
                    &name.given[..]
                } else {
                    &name.surname
                }
            }
            Some(name) if place.is_some() && *place == heading.split[0] => &name.given,
            Some(name) if place.is_some() && *place == heading.split[1] => &name.surname,
            _ => raw,
        }
    };
    match &field.columns[..] {
        [one] if field.is_sex => text.push_str(sex(value(one))),
        [one] if field.is_bsn => text.push_str(&citizen_number(value(one))),
        [one] => text.push_str(value(one)),
        several if several.iter().all(|place| value(place).is_empty()) => {}
        several => join(several.iter().map(value), text),
    }
}

/// A whole name, taken apart where its parts do not stand by themselves.
struct FullName {
    given: String,
    surname: String,
}

impl FullName {
    fn of(heading: &Heading, row: &csv::StringRecord) -> Option<Self> {
        let value = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or("").trim();
        let whole = value(heading.full_name);
        if whole.is_empty() || heading.split.iter().any(|place| !value(*place).is_empty()) {
            return None;
        }
        if let Some((surname, given)) = whole.split_once(',') {
            let (given, prefix) = before_prefix(given.trim());
            return Some(Self { given, surname: format!("{prefix} {}", surname.trim()).trim().to_owned() });
        }
        let words: Vec<&str> = whole.split_whitespace().collect();
        let first = (1..words.len()).find(|place| is_prefix(words[*place])).unwrap_or(words.len().saturating_sub(1));
        Some(Self { given: words[..first].join(" "), surname: words[first..].join(" ") })
    }
}

/// `Pieter van den` is Pieter, and a prefix that was put behind.
fn before_prefix(given: &str) -> (String, String) {
    let words: Vec<&str> = given.split_whitespace().collect();
    let first = words.iter().rposition(|word| !is_prefix(word)).map_or(0, |last| last + 1);
    (words[..first].join(" "), words[first..].join(" "))
}

fn is_prefix(word: &str) -> bool {
    normalise::words(word).iter().all(|word| normalise::is_prefix(word))
}
