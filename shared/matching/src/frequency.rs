//! How often values occur: agreeing on a rare name says more than agreeing on a common one.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::crowd;
use crate::field::address::Address;
use crate::field::names::together;
use crate::field::{APART, Rarity};
use crate::keys::Piece;
use crate::pool::{Pool, Value};
use crate::register::{Column, Register};

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
    fn count(&mut self, value: &str, times: u32) {
        if times > 0 {
            self.total += u64::from(times);
            *self.counts.entry(value.into()).or_default() += times;
        }
    }

    fn settle(mut self) -> Self {
        self.counts.retain(|_, count| *count > 1);
        self
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

    /// See [`Rarity`].
    fn rarity(&self, value: &str, by_chance: f64) -> Rarity {
        if self.total == 0 {
            return 0;
        }
        let count = self.counts.get(value).copied().unwrap_or(1);
        #[expect(clippy::cast_precision_loss, reason = "a count of records is far below 2^52")]
        let share = f64::from(count) / self.total as f64;
        millibits(by_chance / share).clamp(-RAREST, RAREST)
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
    let mut times: Vec<Vec<u32>> = columns.iter().map(|_| Vec::new()).collect();
    for row in 0..register.rows() {
        for (times, id) in times.iter_mut().zip(register.values_of(row)) {
            let place = *id as usize;
            if times.len() <= place {
                times.resize(place + 1, 0);
            }
            times[place] += 1;
        }
    }
    columns.iter().zip(&times).map(|(column, times)| of(column, times)).collect()
}

fn of(column: &Column, times: &[u32]) -> Vec<Frequencies> {
    fn each<'p, V: Value>(pool: &'p Pool<V>, times: &'p [u32]) -> impl Iterator<Item = (&'p V, u32)> {
        pool.values().iter().zip(times.iter().skip(1).copied().chain(std::iter::repeat(0)))
    }
    let mut table = Frequencies::default();
    match column {
        Column::Given(pool) => {
            each(pool, times).for_each(|(v, n)| v.words.iter().for_each(|word| table.count(word.text.text(), n)));
        }
        Column::Surname(pool) => {
            each(pool, times).for_each(|(v, n)| v.forms.iter().for_each(|form| table.count(form.core.text(), n)));
        }
        Column::Birth(pool) => each(pool, times).for_each(|(v, n)| table.count(v.digits(), n)),
        Column::Address(pool) => {
            let mut doors = Frequencies::default();
            for (address, n) in each(pool, times) {
                doors.count(address.canon(), n);
                let locality = address.locality();
                if locality.chars().any(|c| c != APART) {
                    table.count(&locality, n);
                }
            }
            return vec![doors.settle(), table.settle()];
        }
        Column::Numbers(_) => return Vec::new(),
        Column::Text(pool) | Column::Category(pool) => {
            each(pool, times).for_each(|(v, n)| table.count(v.folded.joined.text(), n));
        }
    }
    vec![table.settle()]
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
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for row in 0..register.rows() {
        let values = register.values_of(row);
        let (Some(given), Some(surname)) = (givens.get(values[given]), surnames.get(values[surname])) else { continue };
        for word in &given.words {
            for form in &surname.forms {
                *counts.entry(together(word, form).number()).or_default() += 1;
            }
        }
    }
    counts.into_iter().filter(|(_, count)| *count > OF_ONE).collect()
}

/// Weighs every value of a register by how rare it is.
pub fn weigh(register: &mut Register, tables: &[Vec<Frequencies>], names: &BTreeMap<u64, u32>) {
    crowd::mark(register);
    weigh_together(register, tables, names);
    for (column, tables) in register.columns_mut().iter_mut().zip(tables) {
        let (Some(first), second) = (tables.first(), tables.get(1)) else { continue };
        let chance = first.by_chance();
        let rarity = |value: &str| first.rarity(value, chance);
        match column {
            Column::Given(pool) => {
                let words = pool.values_mut().iter_mut().flat_map(|given| &mut given.words);
                words.for_each(|word| word.rarity = rarity(word.text.text()));
            }
            Column::Surname(pool) => {
                let forms = pool.values_mut().iter_mut().flat_map(|surname| &mut surname.forms);
                forms.for_each(|form| form.rarity = rarity(form.core.text()));
            }
            Column::Birth(pool) => pool.values_mut().iter_mut().for_each(|date| date.rarity = rarity(date.digits())),
            Column::Address(pool) => {
                let locality_chance = second.map_or(1.0, Frequencies::by_chance);
                let locality =
                    |address: &Address| second.map_or(0, |table| table.rarity(&address.locality(), locality_chance));
                for address in pool.values_mut() {
                    address.rarity = [rarity(address.canon()), locality(address)];
                }
            }
            Column::Numbers(_) => {}
            Column::Text(pool) | Column::Category(pool) => {
                pool.values_mut().iter_mut().for_each(|text| text.rarity = rarity(text.folded.joined.text()));
            }
        }
    }
}

fn weigh_together(register: &mut Register, tables: &[Vec<Frequencies>], names: &BTreeMap<u64, u32>) {
    let Some((given, surname)) = register.name_places() else { return };
    let table = |field: usize| tables.get(field).and_then(|tables| tables.first());
    let (Some(given), Some(surname)) = (table(given), table(surname)) else { return };
    let by_chance = given.by_chance() * surname.by_chance();
    #[expect(clippy::cast_precision_loss, reason = "a count of records is far below 2^52")]
    let records = surname.total.max(1) as f64;
    let rarity = |count: u32| millibits(by_chance * records / f64::from(count - OF_ONE));
    let names = names.iter().filter(|(_, count)| **count > OF_ONE);
    let names = names.map(|(name, count)| (Piece::from_number(*name), rarity(*count))).collect();
    register.weigh_together(names);
}
