//! Families as evidence: where two pairs of records from the same two cases may each be one person, each makes the other
//! more probable, since it is the same family that went to court twice.
//!
//! It is evidence beside the score, and small: it adds at most [`MOST`], only to a pair whose given names agree, and never
//! lets a pair through the gate.

use rustc_hash::FxHashMap;

use crate::field::names::GIVEN_INITIALS;
use crate::gate::Gate;
use crate::model::Model;
use crate::register::{Register, Row};
use crate::resolve::Edge;
use crate::score::Millibits;

/// The most that co-parties can add: four bits.
pub const MOST: Millibits = 4_000;

/// What co-parties add to each pair that they add to.
pub(crate) fn corroborate(register: &Register, model: &Model, edges: &[Edge]) -> FxHashMap<(Row, Row), Millibits> {
    let (gate, scale) = (Gate::of(register.schema()), model.scale());
    // Two cases, and the pairs of records from them that may each be one person.
    let mut between: Vec<((u32, u32), &Edge)> = edges
        .iter()
        .filter(|edge| edge.weight >= model.thresholds.loose - MOST)
        .filter_map(|edge| {
            let (a, b) = (register.case(edge.a)?, register.case(edge.b)?);
            (a != b).then_some(((a.min(b), a.max(b)), edge))
        })
        .collect();
    between.sort_unstable();
    let mut more = FxHashMap::default();
    for pairs in between.chunk_by(|a, b| a.0 == b.0).filter(|pairs| pairs.len() > 1) {
        for (_, edge) in pairs {
            let apart = |other: &Edge| ![other.a, other.b].contains(&edge.a) && ![other.a, other.b].contains(&edge.b);
            let support = pairs.iter().map(|(_, other)| *other).filter(|other| apart(other) && other.weight > 0);
            let Some(strongest) = support.map(|other| other.weight).max() else { continue };
            let pattern = scale.score(register, edge.a, edge.b).1;
            if (1..=GIVEN_INITIALS).contains(&gate.given(pattern)) {
                more.insert((edge.a, edge.b), (strongest / 2).min(MOST));
            }
        }
    }
    more
}
