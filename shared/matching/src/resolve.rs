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

use crate::calibrate::Sample;
use crate::candidates::Candidates;
use crate::family;
use crate::gate::Gate;
use crate::model::Model;
use crate::pattern::Pattern;
use crate::register::{Register, Row};
use crate::score::{Millibits, Scale};

/// A scored pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The smaller row.
    pub a: Row,
    /// The other.
    pub b: Row,
    /// The odds that they are one person.
    pub weight: Millibits,
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
    /// What a person should be asked, in order.
    pub questions: Vec<Question>,
}

/// All candidate pairs that weigh at least as much as the model's loose threshold or that contradict each other, in order;
/// with what co-parties add.
pub fn edges(register: &Register, model: &Model, link_only: bool) -> Vec<Edge> {
    let (scale, gate) = (model.scale(), Gate::of(register.schema()));
    let candidates = Candidates::of(register, &model.plan, link_only);
    let loose = model.thresholds.loose - family::MOST;
    let mut edges: Vec<Edge> = candidates
        .fold(Vec::new, |edges, a, b| {
            let (score, pattern) = scale.score(register, a, b);
            let conflict = || gate.judge(pattern, register.same_case(a, b)).conflict.is_some();
            if score.total >= loose || conflict() {
                edges.push(Edge { a, b, weight: score.total });
            }
        })
        .into_iter()
        .flatten()
        .collect();
    edges.par_sort_unstable();
    edges
}

/// Everything that the solver looks at.
pub(crate) struct Ground<'r> {
    pub register: &'r Register,
    pub model: &'r Model,
    pub scale: Scale,
    pub gate: Gate,
    pub rulings: &'r Rulings,
    /// What co-parties add to a pair.
    pub family: FxHashMap<(Row, Row), Millibits>,
    pub link_only: bool,
}

/// Resolves a register. `edges` come from [`edges`].
pub fn resolve(register: &Register, model: &Model, link_only: bool, edges: &[Edge], rulings: &Rulings) -> Resolution {
    let ground = Ground {
        register,
        model,
        scale: model.scale(),
        gate: Gate::of(register.schema()),
        rulings,
        family: family::corroborate(register, model, edges),
        link_only,
    };
    let ties = ground.ties(edges);
    let solved: Vec<component::Solved> = components::of(ties, model.thresholds.loose)
        .into_par_iter()
        .map(|part| component::solve(&ground, &part))
        .collect();
    let rows: Vec<Row> = (0..register.rows()).collect();
    let mut resolution = Resolution { certain: rows.clone(), possible: rows, questions: Vec::new() };
    for solved in solved {
        for (groups, group_of) in
            [(solved.certain, &mut resolution.certain), (solved.possible, &mut resolution.possible)]
        {
            for group in groups {
                let first = group.first().copied().unwrap_or(0);
                for row in group {
                    group_of[row as usize] = first;
                }
            }
        }
        resolution.questions.extend(solved.questions);
    }
    resolution.questions.sort_unstable();
    resolution
}

impl Ground<'_> {
    /// The pairs that make records hang together: those that weigh enough with what co-parties add, those that contradict
    /// each other, and those that a person ruled to be one.
    fn ties(&self, edges: &[Edge]) -> Vec<Edge> {
        let loose = self.model.thresholds.loose;
        let with_family = edges.iter().filter_map(|edge| {
            let weight = edge.weight + self.family.get(&(edge.a, edge.b)).copied().unwrap_or(0);
            let contradict = edge.weight < loose - family::MOST;
            (weight >= loose || contradict).then_some(Edge { weight: if contradict { loose } else { weight }, ..*edge })
        });
        let ruled = self.rulings.same.iter().map(|(a, b)| Edge { a: *a, b: *b, weight: Millibits::MAX });
        with_family.chain(ruled).collect()
    }
}

/// On which level two records agree in each field.
pub fn levels(register: &Register, a: Row, b: Row) -> Pattern {
    register.compare(a, b, |_, _| {})
}

/// Labelled pairs, weighed and judged, for [`crate::calibrate::calibrate`]. `same` says whether two records are one person.
pub fn samples(
    register: &Register,
    model: &Model,
    edges: &[Edge],
    same: impl Fn(Row, Row) -> Option<bool> + Sync,
) -> Vec<Sample> {
    let (scale, gate) = (model.scale(), Gate::of(register.schema()));
    edges
        .par_iter()
        .filter_map(|edge| {
            let pattern = scale.score(register, edge.a, edge.b).1;
            let judgement = gate.judge(pattern, register.same_case(edge.a, edge.b));
            let passes = judgement.rule.is_some();
            same(edge.a, edge.b).map(|same| Sample { weight: edge.weight, passes, same })
        })
        .collect()
}
