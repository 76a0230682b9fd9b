//! Doors behind which people of many families live: shelters, prisons, institutions, offices. Who lives there is told by
//! nothing about who he is, so such an address counts as unknown.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::field::address::Address;
use crate::keys::Piece;
use crate::register::{Column, Register};

/// From how many surnames on, by their sound, a door is no family's. A family that is put together anew has two or three, and
/// clerks add some.
pub const FAMILIES: usize = 6;

/// The doors of a register that are no family's, by its own records.
pub(crate) fn doors(register: &Register) -> FxHashSet<Piece> {
    let columns = register.columns();
    let place = |wanted: fn(&Column) -> bool| columns.iter().position(wanted);
    let (Some(address), Some(surname)) =
        (place(|column| matches!(column, Column::Address(_))), place(|column| matches!(column, Column::Surname(_))))
    else {
        return FxHashSet::default();
    };
    let (Column::Address(addresses), Column::Surname(surnames)) = (&columns[address], &columns[surname]) else {
        return FxHashSet::default();
    };
    let mut names: Vec<(Piece, Piece)> = register
        .as_they_came()
        .par_iter()
        .flat_map_iter(|row| {
            let values = register.values_of(*row);
            let name =
                surnames.get(values[surname]).and_then(|surname| surname.forms.first()).map(|form| form.found_by.sound);
            let doors = addresses.get(values[address]).into_iter().flat_map(Address::door);
            doors.filter_map(move |door| Some((door, name?)))
        })
        .collect();
    names.par_sort_unstable();
    names.dedup();
    let crowded = names.chunk_by(|a, b| a.0 == b.0).filter(|names| names.len() >= FAMILIES);
    crowded.filter_map(|names| names.first()).map(|(door, _)| *door).collect()
}
