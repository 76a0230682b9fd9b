//! Which records hang together, by any chain of pairs.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::register::Row;
use crate::score::Millibits;

/// Up to how many records are solved together.
pub(crate) const CAP: usize = 200;
/// By how much the threshold is raised, each time, among records that are more.
const STEP: Millibits = 1_000;
/// Where raising ends: among ties of this weight the strongest alone are followed.
const HIGHEST: Millibits = 60_000;

/// Two records that hang together, and how strongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tie {
    pub a: Row,
    pub b: Row,
    pub weight: Millibits,
}

/// Records cut into parts that can be solved by themselves.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// The records of each part, two or more, sorted.
    pub parts: Vec<Vec<Row>>,
    /// The ties that were cut because too many records hang together: of every two parts the strongest, in order.
    pub cut: Vec<Tie>,
}

/// The parts that hang together by ties of at least `least`; where that is too many records, by stronger ties alone, and where
/// all are equally strong, by as many as are not too many. Ties that are `held` are never cut. `rows` is how many records there
/// are.
pub(crate) fn of(ties: Vec<Tie>, rows: Row, least: Millibits, held: Millibits) -> Parts {
    let mut roots = Roots((0..rows).collect());
    let mut found = Parts::default();
    let mut cut = Vec::new();
    let mut waiting = vec![(ties, least)];
    while let Some((ties, level)) = waiting.pop() {
        for (rows, ties) in roots.connected(ties) {
            if rows.len() <= CAP {
                found.parts.push(rows);
                continue;
            }
            let next = level + STEP;
            let (kept, lost): (Vec<Tie>, Vec<Tie>) = ties.into_iter().partition(|tie| tie.weight >= next);
            if kept.is_empty() || next >= HIGHEST {
                let (kept, lost) = roots.strongest([kept, lost].concat(), held);
                found.parts.extend(roots.connected(kept).into_iter().map(|(rows, _)| rows));
                cut.extend(lost);
            } else {
                cut.extend(lost);
                waiting.push((kept, next));
            }
        }
    }
    found.parts.sort_unstable();
    found.cut = between(&found.parts, cut, rows);
    found
}

/// Of ties between two different parts the strongest of each two, in order.
fn between(parts: &[Vec<Row>], ties: Vec<Tie>, rows: Row) -> Vec<Tie> {
    let mut part_of: Vec<Row> = (0..rows).collect();
    for part in parts {
        for row in part {
            part_of[*row as usize] = part[0];
        }
    }
    let parts = |tie: &Tie| {
        let (a, b) = (part_of[tie.a as usize], part_of[tie.b as usize]);
        (a.min(b), a.max(b))
    };
    let mut cut: Vec<Tie> = ties.into_iter().filter(|tie| parts(tie).0 != parts(tie).1).collect();
    cut.sort_unstable_by_key(|tie| (parts(tie), std::cmp::Reverse(tie.weight), tie.a, tie.b));
    cut.dedup_by_key(|tie| parts(tie));
    cut
}

/// Sets of rows, each by one of its rows.
struct Roots(Vec<Row>);

impl Roots {
    fn of(&mut self, mut row: Row) -> Row {
        loop {
            let parent = self.0[row as usize];
            if parent == row {
                return row;
            }
            let above = self.0[parent as usize];
            self.0[row as usize] = above;
            row = above;
        }
    }

    fn join(&mut self, a: Row, b: Row) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b) as usize] = a.min(b);
    }

    /// Every row by itself again.
    fn part(&mut self, ties: &[Tie]) {
        for row in ties.iter().flat_map(|tie| [tie.a, tie.b]) {
            self.0[row as usize] = row;
        }
    }

    /// The connected components of ties, each with its rows, sorted; those of more than [`CAP`] rows with their ties.
    fn connected(&mut self, ties: Vec<Tie>) -> Vec<(Vec<Row>, Vec<Tie>)> {
        self.part(&ties);
        for tie in &ties {
            self.join(tie.a, tie.b);
        }
        let rows = ties.iter().flat_map(|tie| [tie.a, tie.b]);
        let mut rows: Vec<(Row, Row)> = rows.map(|row| (self.of(row), row)).collect();
        rows.par_sort_unstable();
        rows.dedup();
        let parts = rows.chunk_by(|one, other| one.0 == other.0);
        let mut parts: Vec<(Vec<Row>, Vec<Tie>)> =
            parts.map(|part| (part.iter().map(|(_, row)| *row).collect(), Vec::new())).collect();
        let large = parts.iter().enumerate().filter(|(_, (rows, _))| rows.len() > CAP);
        let large: FxHashMap<Row, usize> = large.map(|(place, (rows, _))| (self.of(rows[0]), place)).collect();
        if !large.is_empty() {
            for tie in ties {
                if let Some(place) = large.get(&self.of(tie.a)) {
                    parts[*place].1.push(tie);
                }
            }
        }
        parts
    }

    /// Ties, the strongest first, as long as not too many records come together; and the others. Those that are held come
    /// together however many they are.
    fn strongest(&mut self, mut ties: Vec<Tie>, held: Millibits) -> (Vec<Tie>, Vec<Tie>) {
        self.part(&ties);
        ties.sort_unstable_by_key(|tie| (std::cmp::Reverse(tie.weight), tie.a, tie.b));
        let mut sizes: std::collections::BTreeMap<Row, usize> = std::collections::BTreeMap::new();
        ties.into_iter().partition(|tie| {
            let (a, b) = (self.of(tie.a), self.of(tie.b));
            if a == b {
                return true;
            }
            let size = sizes.get(&a).copied().unwrap_or(1) + sizes.get(&b).copied().unwrap_or(1);
            if size > CAP && tie.weight < held {
                return false;
            }
            self.join(a, b);
            sizes.insert(a.min(b), size);
            true
        })
    }
}
