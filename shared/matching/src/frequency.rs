//! How often values occur: agreeing on a rare name says more than agreeing on a common one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::crowd;
use crate::field::address::Address;
use crate::field::names::together;
use crate::field::{Kind, Rarity};
use crate::keys::{Filed, Piece, in_order};
use crate::pool::{Pool, Value};
use crate::register::{Column, Register};
use crate::schema::Schema;

/// How often each value of a field occurs. What is not in the table is rare: it counts as seen once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frequencies {
    /// How many values were counted.
    pub total: u64,
    /// How often those occur that were seen more than once.
    pub counts: BTreeMap<Box<str>, u32>,
}

/// The most that rarity can add or take away: sixty-four times as rare or as common as usual.
pub(crate) const RAREST: Rarity = 6_000;

impl Frequencies {
    /// Counts values that may come several times, each with what it is and how many records have it.
    fn of<'v, T>(values: impl Iterator<Item = (Piece, T, u32)> + Clone, text: impl Fn(T) -> Cow<'v, str>) -> Self {
        let mut counts: FxHashMap<Piece, u32> = FxHashMap::default();
        let mut total = 0;
        for (same, _, times) in values.clone() {
            total += u64::from(times);
            *counts.entry(same).or_default() += times;
        }
        counts.retain(|_, count| *count > 1);
        let several = values.filter_map(|(same, value, _)| Some((text(value).into(), counts.remove(&same)?)));
        Self { total, counts: several.collect() }
    }

    /// How probable it is that two values agree by chance.
    fn by_chance(&self) -> f64 {
        if self.total == 0 {
            return 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of records is far below 2^52")]
        let (total, seen) = (self.total as f64, self.counts.values().map(|count| u64::from(*count)).sum::<u64>());
        #[expect(clippy::cast_precision_loss, reason = "as above")]
        let once = (self.total - seen) as f64;
        let common: f64 = self.counts.values().map(|count| (f64::from(*count) / total).powi(2)).sum();
        common + once / (total * total)
    }
}

/// How rare the values of one table are, by what they are.
struct Rarities {
    total: u64,
    by_chance: f64,
    counts: FxHashMap<Piece, u32>,
}

impl Rarities {
    fn of(table: &Frequencies) -> Self {
        let counts = table.counts.iter().map(|(value, count)| (Piece::of(value), *count)).collect();
        Self { total: table.total, by_chance: table.by_chance(), counts }
    }

    /// See [`Rarity`].
    fn of_value(&self, same: Piece) -> Rarity {
        if self.total == 0 {
            return 0;
        }
        let count = self.counts.get(&same).copied().unwrap_or(1);
        #[expect(clippy::cast_precision_loss, reason = "a count of records is far below 2^52")]
        let share = f64::from(count) / self.total as f64;
        millibits(self.by_chance / share).clamp(-RAREST, RAREST)
    }
}

/// The logarithm to base two in thousandths, rounded.
pub(crate) fn millibits(ratio: f64) -> i32 {
    // Clamped well within the range of the target.
    #[expect(clippy::cast_possible_truncation, reason = "clamped")]
    let bits = (ratio.log2() * 1000.0).round().clamp(-60_000.0, 60_000.0) as i32;
    bits
}

/// The frequencies of the values of a register, for each field those that it needs: none for numbers, two for an address (of
/// the door, of the locality).
pub fn count(register: &Register) -> Vec<Vec<Frequencies>> {
    let columns = register.columns();
    let of_field = |(field, column): (usize, &Column)| {
        let mut times: Vec<u32> = Vec::new();
        for row in 0..register.rows() {
            let place = register.values_of(row).get(field).map_or(0, |id| *id as usize);
            if times.len() <= place {
                times.resize(place + 1, 0);
            }
            times[place] += 1;
        }
        of(column, &times)
    };
    columns.par_iter().enumerate().map(of_field).collect()
}

fn of(column: &Column, times: &[u32]) -> Vec<Frequencies> {
    fn each<'p, V: Value>(pool: &'p Pool<V>, times: &'p [u32]) -> impl Iterator<Item = (&'p V, u32)> + Clone {
        pool.values().zip(times.iter().skip(1).copied().chain(std::iter::repeat(0))).filter(|(_, times)| *times > 0)
    }
    let table = match column {
        Column::Given(pool) => {
            let words =
                each(pool, times).flat_map(|(given, n)| given.words.iter().map(move |word| (word.same, word, n)));
            Frequencies::of(words, |word| word.text.text().into())
        }
        Column::Surname(pool) => {
            let forms =
                each(pool, times).flat_map(|(surname, n)| surname.forms.iter().map(move |form| (form.same, form, n)));
            Frequencies::of(forms, |form| form.text.text().into())
        }
        Column::Birth(pool) => {
            Frequencies::of(each(pool, times).map(|(date, n)| (date.same(), date, n)), |date| date.digits().into())
        }
        Column::Address(pool) => {
            let doors = each(pool, times).map(|(address, n)| (address.same, address, n));
            let localities = each(pool, times)
                .filter_map(|(address, n)| address.same_locality.map(|locality| (locality, address, n)));
            return vec![
                Frequencies::of(doors, Address::canon),
                Frequencies::of(localities, |address| address.locality().into()),
            ];
        }
        Column::Numbers(_) => return Vec::new(),
        Column::Text(pool) | Column::Category(pool) => {
            let texts = each(pool, times).map(|(text, n)| (text.folded.same_letters, text, n));
            Frequencies::of(texts, |text| text.folded.joined.text().into())
        }
    };
    vec![table]
}

/// How many records of one full name are taken for one person's; those beyond count as other people's.
const OF_ONE: u32 = 3;

/// How many records have each full name, by its hash: those that more have than one person can account for.
pub fn count_together(register: &Register) -> BTreeMap<u64, u32> {
    let Some((given, surname)) = register.name_places() else { return BTreeMap::new() };
    let (Some(Column::Given(givens)), Some(Column::Surname(surnames))) =
        (register.columns().get(given), register.columns().get(surname))
    else {
        return BTreeMap::new();
    };
    let file = |row, names: &mut Filed<u64>| {
        let values = register.values_of(row);
        let (Some(given), Some(surname)) = (givens.get(values[given]), surnames.get(values[surname])) else { return };
        for word in &given.words {
            for form in &surname.forms {
                let name = together(word, form).number();
                names.add(name, name);
            }
        }
    };
    let counted = in_order(register.as_they_came(), file, |names| -> Vec<(u64, u32)> {
        let counts = names.chunk_by(|a, b| a == b).map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX)));
        counts.filter(|(_, count)| *count > OF_ONE).collect()
    });
    counted.into_iter().flatten().collect()
}

/// Weighs a register by tables, and by its own doors.
pub(crate) fn weigh(register: &mut Register, tables: &[Vec<Frequencies>], names: &BTreeMap<u64, u32>) {
    let crowded = crowd::doors(register);
    let weigher = Weigher::of(register.schema(), tables.iter().map(Vec::as_slice), names);
    weigher.weigh(register, |door| crowded.contains(&door));
}

/// How rare values are, field by field, made ready once for any number of registers.
pub struct Weigher {
    fields: Vec<Vec<Rarities>>,
    names: Arc<FxHashMap<Piece, Rarity>>,
}

impl std::fmt::Debug for Weigher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Weigher").field("fields", &self.fields.len()).finish_non_exhaustive()
    }
}

impl Weigher {
    /// From the tables of each field in the order of a schema, and how many records have each full name that many have.
    pub fn of<'t>(
        schema: &Schema,
        tables: impl IntoIterator<Item = &'t [Frequencies]>,
        names: &BTreeMap<u64, u32>,
    ) -> Self {
        let fields: Vec<Vec<Rarities>> =
            tables.into_iter().map(|tables| tables.iter().map(Rarities::of).collect()).collect();
        let names = Arc::new(together_by(schema, &fields, names));
        Self { fields, names }
    }

    /// Weighs every value of a register by how rare it is. An address counts as unknown where its door is one of those at
    /// which people of many families live: see [`crate::crowd`].
    pub(crate) fn weigh(&self, register: &mut Register, crowded: impl Fn(Piece) -> bool + Sync) {
        register.weigh_together(Arc::clone(&self.names));
        register.columns_mut().par_iter_mut().zip(&self.fields).for_each(|(column, tables)| {
            let Some(first) = tables.first() else { return };
            match column {
                Column::Given(pool) => {
                    let words = pool.values_mut().flat_map(|given| &mut given.words);
                    words.for_each(|word| word.rarity = first.of_value(word.same));
                }
                Column::Surname(pool) => {
                    let forms = pool.values_mut().flat_map(|surname| &mut surname.forms);
                    forms.for_each(|form| form.rarity = first.of_value(form.same));
                }
                Column::Birth(pool) => pool.values_mut().for_each(|date| date.rarity = first.of_value(date.same())),
                Column::Address(pool) => {
                    for address in pool.values_mut() {
                        let locality = tables.get(1).zip(address.same_locality);
                        let locality = locality.map_or(0, |(table, same)| table.of_value(same));
                        address.rarity = [first.of_value(address.same), locality];
                        address.crowded = address.door().any(&crowded);
                    }
                }
                Column::Numbers(_) => {}
                Column::Text(pool) | Column::Category(pool) => {
                    pool.values_mut().for_each(|text| text.rarity = first.of_value(text.folded.same_letters));
                }
            }
        });
    }
}

fn together_by(schema: &Schema, fields: &[Vec<Rarities>], names: &BTreeMap<u64, u32>) -> FxHashMap<Piece, Rarity> {
    let table = |kind| schema.place(kind).and_then(|field| fields.get(field)?.first());
    let (Some(given), Some(surname)) = (table(Kind::Given), table(Kind::Surname)) else { return FxHashMap::default() };
    let by_chance = given.by_chance * surname.by_chance;
    #[expect(clippy::cast_precision_loss, reason = "a count of records is far below 2^52")]
    let records = surname.total.max(1) as f64;
    let rarity = |count: u32| millibits(by_chance * records / f64::from(count - OF_ONE));
    let names = names.iter().filter(|(_, count)| **count > OF_ONE);
    names.map(|(name, count)| (Piece::from_number(*name), rarity(*count))).collect()
}
