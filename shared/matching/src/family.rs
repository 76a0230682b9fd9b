//! Families as evidence: where two pairs of records from the same two cases may each be one person, each makes the other
//! more probable, since it is the same family that went to court twice.
//!
//! It is evidence beside the score, and small: it adds at most [`MOST`], only to a pair whose given names agree. Where it is
//! that strong it stands, for the gate, in the place of a house or a birthplace in common. What a pair is vetoed for, or
//! contradicts itself in, makes no other more probable: twins would vouch for each other.

use rayon::prelude::*;

use crate::field::names::GIVEN_INITIALS;
use crate::gate::{Beside, Gate, Judgement};
use crate::register::Register;
use crate::resolve::Edge;
use crate::score::Millibits;

/// The most that co-parties can add: four bits.
pub const MOST: Millibits = 4_000;

/// What co-parties add to each of these pairs.
pub(crate) fn corroborate(register: &Register, gate: &Gate, edges: &[Edge]) -> Vec<Millibits> {
    // Two cases, and the pairs of records from them that may each be one person.
    let mut between: Vec<((u32, u32), usize)> = edges
        .par_iter()
        .enumerate()
        .filter_map(|(place, edge)| {
            let (a, b) = (register.case(edge.a)?, register.case(edge.b)?);
            (a != b).then_some(((a.min(b), a.max(b)), place))
        })
        .collect();
    between.par_sort_unstable();
    let support = |pairs: &[((u32, u32), usize)], edge: &Edge| -> Option<Millibits> {
        if !(1..=GIVEN_INITIALS).contains(&gate.given(edge.pattern)) {
            return None;
        }
        let vouches = |other: &Edge| {
            other.weight > 0 && {
                let Judgement { veto, conflict, .. } = gate.judge(other.pattern, Beside::default());
                veto.is_none() && conflict.is_none()
            }
        };
        let apart = |other: &Edge| ![other.a, other.b].contains(&edge.a) && ![other.a, other.b].contains(&edge.b);
        let others = pairs.iter().map(|(_, other)| &edges[*other]).filter(|other| apart(other) && vouches(other));
        others.map(|other| (other.weight / 2).min(MOST)).max()
    };
    let supported = between.par_chunk_by(|a, b| a.0 == b.0).filter(|pairs| pairs.len() > 1).flat_map_iter(|pairs| {
        let found = pairs.iter().filter_map(|(_, place)| Some((*place, support(pairs, &edges[*place])?)));
        found.collect::<Vec<_>>()
    });
    let supported: Vec<(usize, Millibits)> = supported.collect();
    let mut more = vec![0; edges.len()];
    for (place, support) in supported {
        more[place] = support;
    }
    more
}
