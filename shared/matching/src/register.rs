//! The records that are compared with one another.
//!
//! Invariants: a record holds one [`ValueId`] a field; equal values have one id, however they were written. What a register
//! answers depends on the set of its records alone once [`Register::sort`] has put them in the order of their ids.

mod order;

use std::fmt;

pub use order::Contradicting;

use domain::bsn::Bsn;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::field::address::Address;
use crate::field::birth::Date;
use crate::field::names::{self, Given, Surname};
use crate::field::numbers::Numbers;
use crate::field::text::{self, Text, both};
use crate::field::{APART, Kind, Rarity};
use crate::keys::Piece;
use crate::pattern::Pattern;
use crate::pool::{Pool, Value, ValueId};
use crate::schema::Schema;

/// A record as a source wrote it. What is not known is empty.
#[derive(Clone, Default)]
pub struct Entry {
    /// The record's id; records of a register that have the same are the same: see [`Register::sort`].
    pub id: Box<str>,
    /// Where it comes from. Where only records of different sources are compared, those of one are not.
    pub source: Box<str>,
    /// The case it stands in, if any, as its source numbers cases: two parties of one case are two persons.
    pub case: Box<str>,
    /// Whether its role is one that somebody can have who stands in the case already, as a successor has.
    pub again: bool,
    /// What was written, field by field in the order of the schema. A field of several columns has them apart:
    /// see [`joined`].
    pub fields: Vec<Box<str>>,
}

/// Several columns as one field: given names and initials; prefix, surname, partner's prefix, partner's surname; street,
/// house number, postcode, town.
pub fn joined(columns: &[&str]) -> Box<str> {
    columns.join(&APART.to_string()).into()
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A record's place in its register.
pub type Row = u32;

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
    ids: Vec<Box<str>>,
    /// For each record in the order in which they came, its row.
    came: Vec<Row>,
    sources: Vec<u32>,
    cases: Vec<u32>,
    again: Vec<bool>,
    source_names: Pool<Name>,
    case_names: Pool<Name>,
    /// By how much less than its parts a full name says that so many have that it cannot be one person's.
    names_together: FxHashMap<Piece, Rarity>,
}

/// Where the fields stand that are looked at together.
#[derive(Clone, Copy)]
struct Places {
    given: Option<usize>,
    surname: Option<usize>,
}

/// A name that is no person's: of a source, or of a case.
struct Name(Box<str>);

impl Value for Name {
    fn prepare(raw: &str) -> Option<Self> {
        (!raw.is_empty()).then(|| Self(raw.into()))
    }

    fn canon(&self) -> &str {
        &self.0
    }
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
            ids: Vec::new(),
            came: Vec::new(),
            sources: Vec::new(),
            cases: Vec::new(),
            again: Vec::new(),
            source_names: Pool::default(),
            case_names: Pool::default(),
            names_together: FxHashMap::default(),
        }
    }

    /// Takes records in. Each column is prepared by itself, on as many cores as there are.
    pub fn add(&mut self, entries: &[Entry]) {
        let width = self.columns.len();
        let columns: Vec<Vec<ValueId>> = self
            .columns
            .par_iter_mut()
            .enumerate()
            .map(|(field, column)| {
                let raw = |entry: &Entry| entry.fields.get(field).map_or(0, |raw| column.take(raw));
                entries.iter().map(raw).collect()
            })
            .collect();
        self.values.reserve(entries.len() * width);
        for (row, entry) in entries.iter().enumerate() {
            self.values.extend(columns.iter().map(|column| column.get(row).copied().unwrap_or(0)));
            self.came.push(self.rows());
            self.ids.push(entry.id.clone());
            self.sources.push(self.source_names.take(&entry.source));
            // Two sources may number two cases alike.
            let case = if entry.case.is_empty() { Box::default() } else { joined(&[&entry.source, &entry.case]) };
            self.cases.push(self.case_names.take(&case));
            self.again.push(entry.again);
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
        self.ids.is_empty()
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
        self.ids.get(row as usize).map_or("", |id| id)
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
        let pattern = self.compare_persons(a, b, &mut rare);
        self.compare_surroundings(a, b, pattern, rare)
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

    /// The levels of addresses and texts beside those in `pattern`.
    pub(crate) fn compare_surroundings(
        &self,
        a: Row,
        b: Row,
        mut pattern: Pattern,
        mut rare: impl FnMut(usize, Rarity),
    ) -> Pattern {
        let (a, b) = (self.values_of(a), self.values_of(b));
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

    /// How rare the surname is, given what the given name has said already: in a community with few names the two go
    /// together.
    fn surname_rarity(&self, names: &names::Agreement) -> Rarity {
        let together = names.both.iter().flatten().filter_map(|both| self.names_together.get(both)).min();
        together.map_or(names.surname.1, |together| names.surname.1.min(together - names.given.1))
    }

    /// Keeps what full names say that many have.
    pub(crate) fn weigh_together(&mut self, names: FxHashMap<Piece, Rarity>) {
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
