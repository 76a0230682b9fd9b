//! Questions as a person works on them: those about the same groups are one task.

use std::collections::BTreeMap;

use crate::register::Row;
use crate::resolve::Question;

/// How many groups can be laid side by side and still be told apart.
pub const SIDE_BY_SIDE: usize = 5;

/// What a person decides about at one go: which of these groups are one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Task {
    /// The certain groups that are asked about, each sorted.
    pub groups: Vec<Vec<Row>>,
    /// What is asked, in order. Never empty.
    pub questions: Vec<Question>,
}

/// The tasks that questions make: each question is in one. Questions that share a group are put together, those about the
/// likeliest pairs first, as long as not more than [`SIDE_BY_SIDE`] groups come together.
pub fn tasks(questions: &[Question]) -> Vec<Task> {
    let mut likeliest: Vec<&Question> = questions.iter().collect();
    likeliest.sort_unstable_by_key(|question| (std::cmp::Reverse(question.weight), *question));
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut bundle_of: BTreeMap<Row, usize> = BTreeMap::new();
    for question in likeliest {
        let asked = groups(question);
        let mut joined = Bundle { groups: asked.clone(), questions: vec![question] };
        let mut near: Vec<usize> = asked.keys().filter_map(|group| bundle_of.get(group).copied()).collect();
        near.sort_unstable();
        near.dedup();
        for bundle in near {
            let other = &bundles[bundle];
            let more = other.groups.keys().filter(|group| !joined.groups.contains_key(group)).count();
            if joined.groups.len() + more <= SIDE_BY_SIDE.max(asked.len()) {
                joined.absorb(std::mem::take(&mut bundles[bundle]));
            }
        }
        // A group that stays in a fuller task is found there by what is asked next.
        for group in joined.groups.keys() {
            bundle_of.insert(*group, bundles.len());
        }
        bundles.push(joined);
    }
    let mut tasks: Vec<Task> =
        bundles.into_iter().filter(|bundle| !bundle.questions.is_empty()).map(Task::from).collect();
    tasks.sort_unstable_by(|a, b| a.questions.cmp(&b.questions));
    tasks
}

/// A task that others may yet be joined to.
#[derive(Default)]
struct Bundle<'q> {
    /// Groups by their first row.
    groups: BTreeMap<Row, &'q [Row]>,
    questions: Vec<&'q Question>,
}

impl Bundle<'_> {
    fn absorb(&mut self, other: Self) {
        self.groups.extend(other.groups);
        self.questions.extend(other.questions);
    }
}

impl From<Bundle<'_>> for Task {
    fn from(bundle: Bundle<'_>) -> Self {
        let mut questions: Vec<Question> = bundle.questions.into_iter().cloned().collect();
        questions.sort_unstable();
        Self { groups: bundle.groups.into_values().map(<[Row]>::to_vec).collect(), questions }
    }
}

/// The groups that a question is about, by their first row.
fn groups(question: &Question) -> BTreeMap<Row, &[Row]> {
    let both = [&question.groups.0[..], &question.groups.1];
    both.into_iter().filter_map(|group| Some((*group.first()?, group))).collect()
}
