//! A register's records as a set: none twice, in the order of their ids, whatever came when.

use std::fmt;

use rayon::prelude::*;
use thiserror::Error;

use super::{Column, Register, Row};

/// Records that have one id and are not the same record. Which of them holds is not the engine's to choose: give only the
/// current version of each.
#[derive(Clone, PartialEq, Eq, Error)]
#[error("{} ids stand for several records that differ: give each record once, in its current version", ids.len())]
pub struct Contradicting {
    /// Their ids, in order, each once.
    pub ids: Vec<Box<str>>,
}

impl fmt::Debug for Contradicting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contradicting").field("ids", &self.ids.len()).finish()
    }
}

impl Register {
    /// Puts the records in the order of their ids, so that nothing depends on the order in which they came, and keeps one of
    /// those that came several times: a record that is delivered again is no second record. Equal is what has the same values
    /// once prepared, however it was written, and the same source and case.
    ///
    /// # Errors
    ///
    /// When records of one id differ. The register then keeps them all, and nothing should be decided on it.
    pub fn sort(&mut self) -> Result<(), Contradicting> {
        // Most ids differ in their first eight bytes, which are compared without looking the text up.
        let beginning = |id: &str| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(id.bytes()).for_each(|(to, from)| *to = from);
            u64::from_be_bytes(bytes)
        };
        let mut order: Vec<(u64, Row)> =
            (0..self.rows()).into_par_iter().map(|row| (beginning(self.id(row)), row)).collect();
        order.par_sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| self.id(a.1).cmp(self.id(b.1))).then(a.1.cmp(&b.1))
        });
        let twice = |two: &[(u64, Row)]| matches!(two, [a, b] if a.0 == b.0 && self.id(a.1) == self.id(b.1));
        let twice = order.par_windows(2).any(twice);
        let mut order: Vec<Row> = order.into_iter().map(|(_, row)| row).collect();
        let mut ids: Vec<Box<str>> = Vec::new();
        if twice {
            order.dedup_by(|next, kept| self.id(*next) == self.id(*kept) && self.same_record(*next, *kept));
            let same_id = |two: &[Row]| -> Option<Box<str>> {
                match two {
                    [a, b] if self.id(*a) == self.id(*b) => Some(self.id(*a).into()),
                    _ => None,
                }
            };
            ids.extend(order.windows(2).filter_map(same_id));
            ids.dedup();
        }
        self.pick(&order);
        self.columns.par_iter_mut().for_each(Column::forget_spellings);
        if ids.is_empty() { Ok(()) } else { Err(Contradicting { ids }) }
    }

    /// Keeps the records whose id `keep` answers true for. What is withdrawn leaves no trace in anything that is decided
    /// later on this register; what was trained with it must be trained anew.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        let kept: Vec<Row> = (0..self.rows()).filter(|row| keep(self.id(*row))).collect();
        self.pick(&kept);
    }

    fn same_record(&self, a: Row, b: Row) -> bool {
        let (one, other) = (a as usize, b as usize);
        self.values_of(a) == self.values_of(b)
            && self.same_source(a, b)
            && self.cases.get(one) == self.cases.get(other)
            && self.again.get(one) == self.again.get(other)
    }

    /// Leaves these rows, in this order; each at most once.
    fn pick(&mut self, rows: &[Row]) {
        let at = |row: &Row| *row as usize;
        let values = || {
            let mut values = Vec::with_capacity(rows.len() * self.columns.len());
            for row in rows {
                values.extend_from_slice(self.values_of(*row));
            }
            values
        };
        let came = || -> Vec<Row> {
            let mut new_row: Vec<Option<Row>> = vec![None; self.ids.len()];
            for (new, old) in (0..).zip(rows) {
                if let Some(place) = new_row.get_mut(*old as usize) {
                    *place = Some(new);
                }
            }
            self.came.iter().filter_map(|row| new_row.get(*row as usize).copied().flatten()).collect()
        };
        let ids = || self.ids.pick(rows.iter().map(at));
        let ((values, came), ids) = rayon::join(|| (values(), came()), ids);
        (self.values, self.came, self.ids) = (values, came, ids);
        self.sources = rows.iter().filter_map(|row| self.sources.get(at(row)).copied()).collect();
        self.cases = rows.iter().filter_map(|row| self.cases.get(at(row)).copied()).collect();
        self.again = rows.iter().filter_map(|row| self.again.get(at(row)).copied()).collect();
    }
}
