//! Which records hang together, by any chain of pairs.

use rustc_hash::FxHashMap;

use crate::register::Row;
use crate::resolve::Edge;
use crate::score::Millibits;

/// Up to how many records are solved together.
pub(crate) const CAP: usize = 200;
/// By how much the threshold is raised, each time, among records that are more.
const STEP: Millibits = 1_000;
/// Where raising ends: ties of this weight are kept however many records they hold together.
const HIGHEST: Millibits = 60_000;

/// Records that hang together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Part {
    /// Two or more, sorted.
    pub rows: Vec<Row>,
    /// From which weight on ties were looked at, where there were too many records for the loose threshold.
    pub raised: Option<Millibits>,
}

/// The parts that hang together by ties of at least `loose`; where that is too many records, by stronger ties alone.
pub(crate) fn of(ties: Vec<Edge>, loose: Millibits) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut waiting = vec![(ties, loose, false)];
    while let Some((ties, level, raised)) = waiting.pop() {
        for (rows, ties) in connected(ties) {
            if rows.len() <= CAP || level >= HIGHEST {
                parts.push(Part { rows, raised: raised.then_some(level) });
            } else {
                let next = level + STEP;
                waiting.push((ties.into_iter().filter(|tie| tie.weight >= next).collect(), next, true));
            }
        }
    }
    parts.sort_unstable();
    parts
}

/// The connected components of ties, each with its rows, sorted, and its ties.
fn connected(ties: Vec<Edge>) -> Vec<(Vec<Row>, Vec<Edge>)> {
    let mut parents: FxHashMap<Row, Row> = FxHashMap::default();
    for tie in &ties {
        let (a, b) = (root(&mut parents, tie.a), root(&mut parents, tie.b));
        parents.insert(a.max(b), a.min(b));
    }
    let mut places: FxHashMap<Row, usize> = FxHashMap::default();
    let mut parts: Vec<(Vec<Row>, Vec<Edge>)> = Vec::new();
    for tie in ties {
        let root = root(&mut parents, tie.a);
        let place = *places.entry(root).or_insert_with(|| {
            parts.push((Vec::new(), Vec::new()));
            parts.len() - 1
        });
        if let Some((rows, ties)) = parts.get_mut(place) {
            rows.extend([tie.a, tie.b]);
            ties.push(tie);
        }
    }
    for (rows, _) in &mut parts {
        rows.sort_unstable();
        rows.dedup();
    }
    parts
}

fn root(parents: &mut FxHashMap<Row, Row>, mut row: Row) -> Row {
    loop {
        let parent = *parents.entry(row).or_insert(row);
        if parent == row {
            return row;
        }
        let above = *parents.entry(parent).or_insert(parent);
        parents.insert(row, above);
        row = above;
    }
}
