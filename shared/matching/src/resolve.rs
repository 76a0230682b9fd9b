//! A register resolved: which records are one person for certain, which possibly, and what a person should be asked.
//!
//! Invariants: a pure function of the set of records, the set of rulings and the model. Two nested partitions: every group
//! of the certain one lies within a group of the possible one. What a person ruled to be two is in one group of neither;
//! what a person ruled to be one is in one group of both. Records that contradict each other are never certain.

mod component;
mod components;
mod task;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

pub(crate) use component::{CEILING, FLOOR};
pub use component::{Question, Reason};
pub use task::{SIDE_BY_SIDE, Task, tasks};

use components::Tie;

use crate::calibrate::Sample;
use crate::candidates::Candidates;
use crate::family;
use crate::gate::{Beside, Gate, Rule};
use crate::model::Model;
use crate::pattern::Pattern;
use crate::register::{AHEAD, Fetched, Register, Row};
use crate::score::{Millibits, Passed, Scale, Sieve};

/// A scored pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The smaller row.
    pub a: Row,
    /// The other.
    pub b: Row,
    /// The odds that they are one person, with what co-parties add.
    pub weight: Millibits,
    /// What co-parties add.
    pub family: Millibits,
    /// On which level they agree in each field.
    pub pattern: Pattern,
}

impl Edge {
    /// What other records say of the two.
    pub fn beside(&self, register: &Register) -> Beside {
        Beside { same_case: register.same_case(self.a, self.b), family: self.family >= family::MOST }
    }
}

/// What people ruled about pairs of records, the smaller row first; the newest ruling of each pair.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    /// They are one person.
    pub same: FxHashSet<(Row, Row)>,
    /// They are two.
    pub different: FxHashSet<(Row, Row)>,
}

/// Who is who in a register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// For each row, the first row of the group that it is certainly one person with.
    pub certain: Vec<Row>,
    /// For each row, the first row of the group that it is possibly one person with.
    pub possible: Vec<Row>,
    /// For each row, the first row of those that it was solved together with.
    pub solved_with: Vec<Row>,
    /// What a person should be asked, in order.
    pub questions: Vec<Question>,
}

/// All candidate pairs that weigh at least as much as the model's loose threshold, or that contradict each other; in order.
/// What co-parties add is in their weights.
pub fn edges(register: &Register, model: &Model, candidates: &Candidates) -> Vec<Edge> {
    let (scale, gate) = (model.scale(), Gate::of(register.schema()));
    let conflict = |pattern, a, b| {
        gate.may_conflict(pattern) && gate.judge(pattern, Beside::case(register.same_case(a, b))).conflict.is_some()
    };
    let sieve = Sieve::new(register, &scale, model.thresholds.loose);
    // Those that pass by their persons are many at a time compared in the rest, so that its memory is waited for together.
    let weigh = |edges: &mut Vec<Edge>, passed: &mut Vec<Passed>| {
        register.fetch(passed.iter().map(|Passed { a, b, .. }| (*a, *b)), Fetched::Surroundings);
        edges.extend(passed.drain(..).filter_map(|passed| {
            let Passed { a, b, .. } = passed;
            let (score, pattern) = sieve.by_all(passed, |pattern| conflict(pattern, a, b))?;
            Some(Edge { a, b, weight: score.total, family: 0, pattern })
        }));
    };
    let mut edges: Vec<Edge> = candidates
        .fold_near(register, <(Vec<Edge>, Vec<Passed>)>::default, |(edges, passed), a, b| {
            passed.extend(sieve.by_persons(a, b, |pattern| conflict(pattern, a, b)));
            if passed.len() >= AHEAD {
                weigh(edges, passed);
            }
        })
        .into_iter()
        .map(|(mut edges, mut passed)| {
            weigh(&mut edges, &mut passed);
            edges
        })
        .collect::<Vec<_>>()
        .concat();
    // No two are of one pair.
    edges.par_sort_unstable_by_key(|edge| u64::from(edge.a) << 32 | u64::from(edge.b));
    let more = family::corroborate(register, &gate, &edges);
    for (edge, more) in edges.iter_mut().zip(more) {
        edge.family = more;
        edge.weight += more;
    }
    edges
}

/// Everything that the solver looks at.
pub(crate) struct Ground<'r> {
    pub register: &'r Register,
    pub model: &'r Model,
    pub scale: Scale,
    pub gate: Gate,
    pub rulings: &'r Rulings,
    pub link_only: bool,
    edges: &'r [Edge],
    /// Where the edges of each row begin, the row as the smaller one, and where those of the last one end.
    starts: Vec<usize>,
}

/// Resolves a register. `edges` come from [`edges`]; `link_only`: only records of different sources are one person.
pub fn resolve(register: &Register, model: &Model, link_only: bool, edges: &[Edge], rulings: &Rulings) -> Resolution {
    let ground = Ground::new(register, model, link_only, edges, rulings);
    let thresholds = &model.thresholds;
    let ties = ground.ties();
    let parts = components::of(ties, register.rows(), thresholds.possible, RULED);
    let solved: Vec<component::Solved> = parts.parts.par_iter().map(|part| component::solve(&ground, part)).collect();
    let rows: Vec<Row> = (0..register.rows()).collect();
    let mut resolution =
        Resolution { certain: rows.clone(), possible: rows.clone(), solved_with: rows, questions: Vec::new() };
    for part in &parts.parts {
        component::name_after_first(part, &mut resolution.solved_with);
    }
    for solved in solved {
        for group in &solved.certain {
            component::name_after_first(group, &mut resolution.certain);
        }
        for group in &solved.possible {
            component::name_after_first(group, &mut resolution.possible);
        }
        resolution.questions.extend(solved.questions);
    }
    resolution.questions.extend(too_many(&parts.cut, &resolution.certain));
    resolution.questions.sort_unstable();
    resolution
}

/// What is asked about ties that were cut. `certain`: of each row the first one that it is certainly one person with.
fn too_many(cut: &[Tie], certain: &[Row]) -> Vec<Question> {
    if cut.is_empty() {
        return Vec::new();
    }
    let first = |row: Row| certain.get(row as usize).copied().unwrap_or(row);
    let mut groups: FxHashMap<Row, Vec<Row>> =
        cut.iter().flat_map(|tie| [tie.a, tie.b]).map(|row| (first(row), Vec::new())).collect();
    for (row, first) in (0..).zip(certain) {
        if let Some(group) = groups.get_mut(first) {
            group.push(row);
        }
    }
    let group = |row: Row| groups.get(&first(row)).cloned().unwrap_or_default();
    let question = |tie: &Tie| Question {
        pair: (tie.a, tie.b),
        reason: Reason::TooMany,
        weight: tie.weight,
        groups: (group(tie.a), group(tie.b)),
    };
    cut.iter().map(question).collect()
}

/// What a person ruled to be one weighs more than anything.
const RULED: Millibits = Millibits::MAX;

impl<'r> Ground<'r> {
    pub(crate) fn new(
        register: &'r Register,
        model: &'r Model,
        link_only: bool,
        edges: &'r [Edge],
        rulings: &'r Rulings,
    ) -> Self {
        let mut starts = vec![0; register.len() + 1];
        for edge in edges {
            starts[edge.a as usize + 1] += 1;
        }
        for row in 0..register.len() {
            starts[row + 1] += starts[row];
        }
        let (scale, gate) = (model.scale(), Gate::of(register.schema()).under(model.policy));
        Self { register, model, scale, gate, rulings, link_only, edges, starts }
    }

    /// The edges of a row to later ones, in their order.
    pub(crate) fn edges_of(&self, row: Row) -> &[Edge] {
        let row = row as usize;
        &self.edges[self.starts[row]..self.starts[row + 1]]
    }

    fn contradicts(&self, edge: &Edge) -> bool {
        self.gate.may_conflict(edge.pattern)
            && self.gate.judge(edge.pattern, edge.beside(self.register)).conflict.is_some()
    }

    /// The pairs that make records hang together: those that are possibly one person, since two groups that fit on average have
    /// such a pair; those that contradict each other, however little they weigh; and those that a person ruled to be one. Not those
    /// that a person ruled to be two: they join nothing, and what was answered is not asked again where ties are cut.
    fn ties(&self) -> Vec<Tie> {
        let thresholds = &self.model.thresholds;
        let different = &self.rulings.different;
        let found = self.edges.par_iter().filter(|edge| edge.weight >= thresholds.possible || self.contradicts(edge));
        let found = found.filter(|edge| !different.contains(&(edge.a, edge.b)));
        let found = found.map(|edge| Tie { a: edge.a, b: edge.b, weight: edge.weight.max(thresholds.possible) });
        let mut ties: Vec<Tie> = found.collect();
        ties.extend(self.rulings.same.iter().map(|(a, b)| Tie { a: *a, b: *b, weight: RULED }));
        ties
    }
}

/// On which level two records agree in each field.
pub fn levels(register: &Register, a: Row, b: Row) -> Pattern {
    register.compare(a, b, |_, _| {})
}

/// Labelled pairs, weighed and judged, for [`crate::calibrate::calibrate`]. `same` says whether two records are one person.
pub fn samples(register: &Register, edges: &[Edge], same: impl Fn(Row, Row) -> Option<bool> + Sync) -> Vec<Sample> {
    let gate = Gate::of(register.schema());
    edges
        .par_iter()
        .filter_map(|edge| {
            let rule = gate.judge(edge.pattern, edge.beside(register)).rule;
            // What rests on names and birth date alone must weigh so much more that it proves nothing of the threshold.
            let passes = rule.is_some_and(|rule| rule != Rule::NameAndBirthAlone);
            same(edge.a, edge.b).map(|same| Sample { weight: edge.weight, passes, same })
        })
        .collect()
}
