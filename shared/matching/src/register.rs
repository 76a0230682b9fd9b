//! The records that are compared with one another.
//!
//! Invariants: a record holds one [`ValueId`] a field; equal values have one id, however they were written. What a register
//! answers depends on the set of its records alone once [`Register::sort`] has put them in the order of their ids.

mod entries;
mod order;

use std::fmt;
use std::sync::Arc;

pub use entries::{Entries, Entry};
pub use order::Contradicting;

use domain::bsn::Bsn;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::field::address::Address;
use crate::field::birth::{self, Date};
use crate::field::names::{self, Given, Surname};
use crate::field::numbers::Numbers;
use crate::field::text::{self, Text, both};
use crate::field::{APART, Kind, Rarity};
use crate::keys::Piece;
use crate::pattern::Pattern;
use crate::pool::{Numbering, Pool, ValueId};
use crate::schema::Schema;
use entries::Texts;

/// Several columns as one field: given names and initials; prefix, surname, partner's prefix, partner's surname; street,
/// house number, postcode, town.
pub fn joined(columns: &[&str]) -> Box<str> {
    let mut text = String::new();
    join(columns.iter().copied(), &mut text);
    text.into()
}

/// Appends several columns as one field: see [`joined`].
pub fn join<'c>(columns: impl Iterator<Item = &'c str>, text: &mut String) {
    for (place, column) in columns.enumerate() {
        if place > 0 {
            text.push(APART);
        }
        text.push_str(column);
    }
}

/// A record's place in its register.
pub type Row = u32;

/// What is fetched of pairs, before they are compared in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fetched {
    /// What [`Register::compare_persons`] looks at.
    Persons,
    /// What [`Register::compare_surroundings`] looks at.
    Surroundings,
    /// Both.
    All,
}

/// How many pairs are looked ahead for: enough that their records are waited for together, few enough that all stay near.
pub(crate) const AHEAD: usize = 64;

pub(crate) enum Column {
    Given(Pool<Given>),
    Surname(Pool<Surname>),
    Birth(Pool<Date>),
    Address(Pool<Address>),
    Numbers(Pool<Numbers>),
    Text(Pool<Text>),
    Category(Pool<Text>),
}

/// Records, prepared for comparison.
pub struct Register {
    schema: Schema,
    columns: Vec<Column>,
    places: Places,
    /// Row by row, a value for each field.
    values: Vec<ValueId>,
    ids: Texts,
    /// For each record in the order in which they came, its row.
    came: Vec<Row>,
    sources: Vec<u32>,
    cases: Vec<u32>,
    again: Vec<bool>,
    source_names: Numbering,
    case_names: Numbering,
    /// By how much less than its parts a full name says that so many have that it cannot be one person's.
    names_together: Arc<FxHashMap<Piece, Rarity>>,
}

/// Where the fields stand that are looked at together.
#[derive(Clone, Copy)]
struct Places {
    given: Option<usize>,
    surname: Option<usize>,
}

impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register").field("records", &self.len()).finish_non_exhaustive()
    }
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Given => Self::Given(Pool::default()),
            Kind::Surname => Self::Surname(Pool::default()),
            Kind::Birth => Self::Birth(Pool::default()),
            Kind::Address => Self::Address(Pool::default()),
            Kind::Numbers => Self::Numbers(Pool::default()),
            Kind::Text => Self::Text(Pool::default()),
            Kind::Category => Self::Category(Pool::default()),
        }
    }

    fn take(&mut self, raw: &str) -> ValueId {
        match self {
            Self::Given(pool) => pool.take(raw),
            Self::Surname(pool) => pool.take(raw),
            Self::Birth(pool) => pool.take(raw),
            Self::Address(pool) => pool.take(raw),
            Self::Numbers(pool) => pool.take(raw),
            Self::Text(pool) | Self::Category(pool) => pool.take(raw),
        }
    }

    fn fetch(&self, values: impl Iterator<Item = ValueId>) -> u64 {
        match self {
            Self::Given(pool) => pool.fetch(values),
            Self::Surname(pool) => pool.fetch(values),
            Self::Birth(pool) => pool.fetch(values),
            Self::Address(pool) => pool.fetch(values),
            Self::Numbers(pool) => pool.fetch(values),
            Self::Text(pool) | Self::Category(pool) => pool.fetch(values),
        }
    }

    /// Whether it tells of where a person is or comes from, which others share.
    const fn is_surrounding(&self) -> bool {
        matches!(self, Self::Address(_) | Self::Text(_))
    }

    fn forget_spellings(&mut self) {
        match self {
            Self::Given(pool) => pool.forget_spellings(),
            Self::Surname(pool) => pool.forget_spellings(),
            Self::Birth(pool) => pool.forget_spellings(),
            Self::Address(pool) => pool.forget_spellings(),
            Self::Numbers(pool) => pool.forget_spellings(),
            Self::Text(pool) | Self::Category(pool) => pool.forget_spellings(),
        }
    }
}

impl Register {
    /// An empty register for records of these fields.
    pub fn new(schema: Schema) -> Self {
        Self {
            columns: schema.comparisons().iter().map(|comparison| Column::new(comparison.kind)).collect(),
            places: Places { given: schema.place(Kind::Given), surname: schema.place(Kind::Surname) },
            schema,
            values: Vec::new(),
            ids: Texts::default(),
            came: Vec::new(),
            sources: Vec::new(),
            cases: Vec::new(),
            again: Vec::new(),
            source_names: Numbering::default(),
            case_names: Numbering::default(),
            names_together: Arc::default(),
        }
    }

    /// Takes records in. Each column is prepared by itself, on as many cores as there are.
    pub fn add(&mut self, entries: &Entries) {
        let Self { columns, ids, came, sources, cases, again, source_names, case_names, .. } = self;
        let rows = Row::try_from(ids.len()).unwrap_or(Row::MAX);
        let (taken, ()) = rayon::join(
            || -> Vec<Vec<ValueId>> {
                // Columns take unequally long: each is a piece of work of its own.
                let taken = columns.par_iter_mut().enumerate().with_max_len(1).map(|(field, column)| {
                    (0..entries.len()).map(|record| column.take(entries.written(record, field))).collect()
                });
                taken.collect()
            },
            || {
                for (row, record) in (rows..).zip(0..entries.len()) {
                    let (source, case) = (entries.source(record), entries.case(record));
                    came.push(row);
                    ids.add(|ids| ids.push_str(entries.id(record)));
                    sources.push(source_names.number(&[source]));
                    // Two sources may number two cases alike.
                    cases.push(if case.is_empty() { 0 } else { case_names.number(&[source, case]) });
                    again.push(entries.again(record));
                }
            },
        );
        self.values.reserve(entries.len() * taken.len());
        for record in 0..entries.len() {
            self.values.extend(taken.iter().map(|column| column.get(record).copied().unwrap_or(0)));
        }
    }

    /// The fields of the records.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.len() == 0
    }

    /// The rows in the order in which they came, before they were sorted.
    pub fn as_they_came(&self) -> &[Row] {
        &self.came
    }

    /// How many rows there are.
    pub fn rows(&self) -> Row {
        Row::try_from(self.ids.len()).unwrap_or(Row::MAX)
    }

    /// The id of a record; empty when there is none in that row.
    pub fn id(&self, row: Row) -> &str {
        self.ids.get(row as usize)
    }

    /// Whether two records come from one source.
    pub fn same_source(&self, a: Row, b: Row) -> bool {
        self.sources.get(a as usize) == self.sources.get(b as usize)
    }

    /// The source of each row, as a number.
    pub(crate) fn sources(&self) -> &[u32] {
        &self.sources
    }

    /// The number of the case that a record stands in.
    pub(crate) fn case(&self, row: Row) -> Option<u32> {
        self.cases.get(row as usize).copied().filter(|case| *case != 0)
    }

    /// Whether two records are two parties of one case. One whose role a person can have beside another does not count.
    pub fn same_case(&self, a: Row, b: Row) -> bool {
        let again = |row: Row| self.again.get(row as usize).copied().unwrap_or(false);
        self.case(a).is_some() && self.case(a) == self.case(b) && !again(a) && !again(b)
    }

    pub(crate) fn values_of(&self, row: Row) -> &[ValueId] {
        let width = self.columns.len();
        self.values.get(row as usize * width..(row as usize + 1) * width).unwrap_or(&[])
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(crate) fn columns_mut(&mut self) -> &mut [Column] {
        &mut self.columns
    }

    /// On which level two records agree in each field, and how rare what they share is. Rarities come through `rare`, those
    /// that are zero left out.
    pub(crate) fn compare(&self, a: Row, b: Row, mut rare: impl FnMut(usize, Rarity)) -> Pattern {
        self.compare_persons(a, b, &mut rare).and(self.compare_surroundings(a, b, rare))
    }

    /// The same for what belongs to a person alone: names, birth, numbers and codes; quickly compared, and what most pairs
    /// differ in.
    pub(crate) fn compare_persons(&self, a: Row, b: Row, mut rare: impl FnMut(usize, Rarity)) -> Pattern {
        let (a, b) = (self.values_of(a), self.values_of(b));
        let mut pattern = Pattern::default();
        let names = self.compare_names(a, b);
        for (field, column) in self.columns.iter().enumerate() {
            let (a, b) = (a[field], b[field]);
            let (level, rarity) = match column {
                Column::Given(_) => names.given,
                Column::Surname(_) => (names.surname.0, self.surname_rarity(&names)),
                Column::Birth(pool) => both(pool.get(a), pool.get(b), Date::compare),
                Column::Numbers(pool) => both(pool.get(a), pool.get(b), Numbers::compare),
                Column::Category(pool) => both(pool.get(a), pool.get(b), Text::compare_codes),
                Column::Address(_) | Column::Text(_) => continue,
            };
            pattern = pattern.with(field, level);
            if rarity != 0 {
                rare(field, rarity);
            }
        }
        pattern
    }

    /// The same for addresses and texts.
    pub(crate) fn compare_surroundings(&self, a: Row, b: Row, mut rare: impl FnMut(usize, Rarity)) -> Pattern {
        let (a, b) = (self.values_of(a), self.values_of(b));
        let mut pattern = Pattern::default();
        for (field, column) in self.columns.iter().enumerate() {
            let (a, b) = (a[field], b[field]);
            let (level, rarity) = match column {
                Column::Address(pool) => both(pool.get(a), pool.get(b), Address::compare),
                Column::Text(pool) => both(pool.get(a), pool.get(b), Text::compare),
                _ => continue,
            };
            pattern = pattern.with(field, level);
            if rarity != 0 {
                rare(field, rarity);
            }
        }
        pattern
    }

    /// Reads a little of all that is compared of these pairs. A million records are far more than a processor keeps near: what
    /// is read column by column, before the first pair is compared, is waited for together.
    pub(crate) fn fetch(&self, pairs: impl Iterator<Item = (Row, Row)>, wanted: Fetched) {
        // Pairs of one record follow one another.
        let mut last = None;
        let rows = pairs.flat_map(|(a, b)| [Some(a).filter(|a| last.replace(*a) != Some(*a)), Some(b)]).flatten();
        let values: SmallVec<[&[ValueId]; 2 * AHEAD]> = rows.map(|row| self.values_of(row)).collect();
        let columns = self.columns.iter().enumerate().filter(|(_, column)| match wanted {
            Fetched::Persons => !column.is_surrounding(),
            Fetched::Surroundings => column.is_surrounding(),
            Fetched::All => true,
        });
        for (field, column) in columns {
            std::hint::black_box(column.fetch(values.iter().map(|values| values.get(field).copied().unwrap_or(0))));
        }
    }

    /// How rare the surname is, given what the given name has said already: in a community with few names the two go
    /// together.
    fn surname_rarity(&self, names: &names::Agreement) -> Rarity {
        let together = names.both.iter().flatten().filter_map(|both| self.names_together.get(both)).min();
        together.map_or(names.surname.1, |together| names.surname.1.min(together - names.given.1))
    }

    /// Keeps what full names say that many have.
    pub(crate) fn weigh_together(&mut self, names: Arc<FxHashMap<Piece, Rarity>>) {
        self.names_together = names;
    }

    /// The places of the given names and of the surname.
    pub(crate) fn name_places(&self) -> Option<(usize, usize)> {
        self.places.given.zip(self.places.surname)
    }

    fn compare_names(&self, a: &[ValueId], b: &[ValueId]) -> names::Agreement {
        let given = |values: &[ValueId]| match (self.places.given, self.places.given.map(|field| &self.columns[field]))
        {
            (Some(field), Some(Column::Given(pool))) => pool.get(values[field]),
            _ => None,
        };
        let surname =
            |values: &[ValueId]| match (self.places.surname, self.places.surname.map(|field| &self.columns[field])) {
                (Some(field), Some(Column::Surname(pool))) => pool.get(values[field]),
                _ => None,
            };
        names::compare((given(a), surname(a)), (given(b), surname(b)))
    }
}

/// The code of a sex, whatever a source writes.
pub fn sex(raw: &str) -> &str {
    text::sex(raw)
}

/// A citizen service number as nine digits; empty when it is none, fails the eleven-test or is a known filler, so that it
/// weighs nothing. What the source wrote is the caller's to keep.
pub fn citizen_number(raw: &str) -> Box<str> {
    Bsn::parse(raw).map_or_else(|_| Box::default(), |bsn| bsn.digits().into())
}

/// Whether a text stands where a date of birth belongs and is none, though it is not empty and no way to write that none is
/// known. It weighs nothing.
pub fn is_unread_birth_date(raw: &str) -> bool {
    birth::is_unread(raw)
}

/// The same of a citizen service number: what is too long, or fails the eleven-test. A known filler is none that was meant.
pub fn is_unread_citizen_number(raw: &str) -> bool {
    use domain::bsn::BsnError;
    let unread = |error| !matches!(error, BsnError::Zeros | BsnError::Placeholder);
    let folded = raw.trim().to_ascii_uppercase();
    !text::says_nothing(&folded) && Bsn::parse(raw).is_err_and(unread)
}
