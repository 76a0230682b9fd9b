//! What goes into the report of a result.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use matching::candidates::Candidates;
use matching::explain::{Basis, Language, pair, verdict};
use matching::register::Row;
use matching::resolve::{Edge, Question, Reason};

use crate::figures::{Figures, Truth};
use crate::report::{self, Point, Provenance, Quality, Rate, Report, Scores, Spread, Tally};
use crate::run::{ExtractError, Solved};

/// How many pairs are shown with all that they are made of.
const SHOWN: usize = 12;

/// Everything about a result that a report shows. `origin` says where the model comes from.
///
/// # Errors
///
/// When the model cannot be written, which no model that was trained or read gives rise to.
pub fn report(
    solved: &Solved,
    title: &str,
    origin: &str,
    link_only: bool,
    truth: Option<&Truth>,
    language: Language,
) -> Result<Report, ExtractError> {
    let Solved { register, model, edges, resolution, .. } = solved;
    let basis = Basis::new(register, model).family(edges).link_only(link_only);
    let mut scores = Scores::default();
    for edge in edges {
        let (weight, verdict) = verdict(&basis, edge.a, edge.b);
        scores.add(weight, verdict, 1);
    }
    let (candidate_pairs, candidates) = candidates(solved, link_only);
    let mut questions: BTreeMap<Reason, u64> = BTreeMap::new();
    for question in &resolution.questions {
        *questions.entry(question.reason).or_default() += 1;
    }
    Ok(Report {
        language,
        title: title.to_owned(),
        records: register.len() as u64,
        sources: Vec::new(),
        link_only,
        candidate_pairs,
        candidates,
        model: Provenance {
            origin: origin.to_owned(),
            hash: Some(model.id()?.to_string()),
            fields: model.fields.iter().map(|field| (field.comparison.name.clone(), field.comparison.kind)).collect(),
            stranger: model.stranger,
            household: model.household,
            thresholds: model.thresholds,
        },
        scores,
        certain: sizes(&resolution.certain),
        possible: sizes(&resolution.possible),
        questions: questions.into_iter().collect(),
        pairs: shown(solved).into_iter().map(|(a, b)| pair(&basis, a, b)).collect(),
        truth: truth.map(|truth| quality(solved, truth)),
    })
}

/// How many pairs were compared, and with how many others each record was.
fn candidates(solved: &Solved, link_only: bool) -> (u64, Spread) {
    let degrees: Vec<AtomicU32> = (0..solved.register.rows()).map(|_| AtomicU32::new(0)).collect();
    let pairs = AtomicU64::new(0);
    // Sums are the same in whatever order they are added.
    Candidates::of(&solved.register, &solved.model.plan, link_only).fold(
        || (),
        |(), a, b| {
            pairs.fetch_add(1, Ordering::Relaxed);
            for row in [a, b] {
                if let Some(degree) = degrees.get(row as usize) {
                    degree.fetch_add(1, Ordering::Relaxed);
                }
            }
        },
    );
    let mut spread = Spread::default();
    for degree in degrees {
        spread.add(u64::from(degree.into_inner()), 1);
    }
    (pairs.into_inner(), spread)
}

fn sizes(group_of: &[Row]) -> Spread {
    let mut sizes: BTreeMap<Row, u64> = BTreeMap::new();
    for group in group_of {
        *sizes.entry(*group).or_default() += 1;
    }
    let mut spread = Spread::default();
    for size in sizes.into_values() {
        spread.add(size, 1);
    }
    spread
}

/// Pairs worth a look: of each reason to ask the one in the middle by weight, then pairs of the certain around the threshold.
fn shown(solved: &Solved) -> Vec<(Row, Row)> {
    let mut by_reason: BTreeMap<Reason, Vec<&Question>> = BTreeMap::new();
    for question in &solved.resolution.questions {
        by_reason.entry(question.reason).or_default().push(question);
    }
    let mut shown: Vec<(Row, Row)> = Vec::new();
    for questions in by_reason.values_mut() {
        questions.sort_unstable_by_key(|question| (question.weight, question.pair));
        shown.extend(questions.get(questions.len() / 2).map(|question| question.pair));
    }
    let certain = |edge: &&Edge| {
        let group = |row: Row| solved.resolution.certain.get(row as usize);
        group(edge.a) == group(edge.b)
    };
    let mut together: Vec<&Edge> = solved.edges.iter().filter(certain).collect();
    together.sort_unstable_by_key(|edge| (edge.weight, edge.a, edge.b));
    shown.extend([0, together.len() / 2].iter().filter_map(|place| together.get(*place)).map(|edge| (edge.a, edge.b)));
    shown.dedup();
    shown.truncate(SHOWN);
    shown
}

fn quality(solved: &Solved, truth: &Truth) -> report::Truth {
    let tally = |figures: Figures| Tally { right: figures.right, wrong: figures.wrong, missed: figures.missed };
    let resolution = &solved.resolution;
    let certain = truth.figures(&resolution.certain);
    let of = |group_of: &[Row]| Quality {
        pairs: tally(truth.figures(group_of)),
        groups: {
            let (right, wrong, missed) = truth.groups(group_of);
            Tally { right, wrong, missed }
        },
    };
    let weights = solved.edges.iter().map(|edge| edge.weight.div_euclid(1000));
    let (least, most) = (weights.clone().min().unwrap_or(0), weights.max().unwrap_or(0));
    let curve = (least..=most)
        .map(|bits| Point { threshold: bits * 1000, pairs: tally(truth.of_pairs(&solved.edges, bits * 1000)) });
    report::Truth {
        certain: of(&resolution.certain),
        possible: of(&resolution.possible),
        curve: curve.collect(),
        false_certain: vec![Rate { label: String::new(), wrong: certain.wrong, of: certain.wrong + certain.right }],
    }
}
