//! What the engine says, by the ids of the records: to be compared whatever rows they stand in.

use std::collections::{BTreeMap, BTreeSet};

use matching::candidates::Candidates;
use matching::model::Model;
use matching::register::{Register, Row};
use matching::resolve::{Reason, Rulings, edges, resolve};

/// Ids that are together.
pub type Group = BTreeSet<String>;

/// A resolution by ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub certain: BTreeSet<Group>,
    pub possible: BTreeSet<Group>,
    pub questions: Vec<Asked>,
}

/// A question by ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub pair: (String, String),
    pub reason: Reason,
    pub weight: i32,
    pub groups: (Vec<String>, Vec<String>),
}

/// Rulings by ids.
#[derive(Debug, Clone, Default)]
pub struct Ruled {
    pub same: Vec<(String, String)>,
    pub different: Vec<(String, String)>,
}

impl Ruled {
    pub fn rows(&self, register: &Register) -> Rulings {
        let row = |id: &str| (0..register.rows()).find(|row| register.id(*row) == id);
        let pair = |(a, b): &(String, String)| {
            let (a, b) = (row(a)?, row(b)?);
            (a != b).then_some((a.min(b), a.max(b)))
        };
        Rulings {
            same: self.same.iter().filter_map(pair).collect(),
            different: self.different.iter().filter_map(pair).collect(),
        }
    }
}

/// Resolves a register; its values must be weighed.
pub fn decide(register: &Register, model: &Model, ruled: &Ruled) -> Outcome {
    let edges = edges(register, model, &Candidates::of(register, &model.plan, false));
    let resolution = resolve(register, model, false, &edges, &ruled.rows(register));
    let id = |row: &Row| register.id(*row).to_owned();
    let named = |rows: &Vec<Row>| rows.iter().map(id).collect::<Vec<_>>();
    let question = |question: &matching::resolve::Question| Asked {
        pair: (id(&question.pair.0), id(&question.pair.1)),
        reason: question.reason,
        weight: question.weight,
        groups: (named(&question.groups.0), named(&question.groups.1)),
    };
    Outcome {
        certain: groups(register, &resolution.certain),
        possible: groups(register, &resolution.possible),
        questions: resolution.questions.iter().map(question).collect(),
    }
}

fn groups(register: &Register, first: &[Row]) -> BTreeSet<Group> {
    let mut groups: BTreeMap<Row, Group> = BTreeMap::new();
    for (row, first) in (0..).zip(first) {
        groups.entry(*first).or_default().insert(register.id(row).to_owned());
    }
    groups.into_values().collect()
}

/// Whether two records are in one group.
pub fn together(groups: &BTreeSet<Group>, a: &str, b: &str) -> bool {
    groups.iter().any(|group| group.contains(a) && group.contains(b))
}

impl Outcome {
    pub fn certain(&self, a: &str, b: &str) -> bool {
        together(&self.certain, a, b)
    }

    pub fn possible(&self, a: &str, b: &str) -> bool {
        together(&self.possible, a, b)
    }

    /// The questions whose groups hold these two records, one on either side.
    pub fn asked<'o>(&'o self, a: &'o str, b: &'o str) -> impl Iterator<Item = &'o Asked> {
        self.questions.iter().filter(move |question| {
            let has = |group: &Vec<String>, id: &str| group.iter().any(|one| one == id);
            let (one, other) = (&question.groups.0, &question.groups.1);
            (has(one, a) && has(other, b)) || (has(one, b) && has(other, a))
        })
    }
}
