//! How good a result is, where the truth is known.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::Path;

use matching::model::Model;
use matching::register::{Register, Row};
use matching::resolve::{Edge, Resolution, Rulings, resolve, tasks};

use crate::read::ReadError;

/// Which ids are one person, as somebody knows it who made or labelled their records: read before any work, so that what is
/// wrong with it is told at once.
#[derive(Default)]
pub struct Labels {
    /// The person of each id, by number.
    person: HashMap<Box<str>, u32>,
}

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Labels").field("ids", &self.person.len()).finish()
    }
}

impl Labels {
    /// Reads a file with the columns `record_id` and `cluster_id`. A row that comes twice counts once.
    ///
    /// # Errors
    ///
    /// When it cannot be read, lacks a column, has an empty id, or says of a record that it is two persons.
    pub fn read(file: &Path) -> Result<Self, ReadError> {
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        let mut person = HashMap::new();
        crate::read::columns(file, ["record_id", "cluster_id"], |[record, cluster]| {
            if record.is_empty() || cluster.is_empty() {
                return Err(
                    "record_id or cluster_id is empty: leave out the records of which it is not known who they are",
                );
            }
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(cluster.into()).or_insert(next);
            if person.insert(record.into(), number).is_some_and(|before| before != number) {
                return Err("the record has another cluster_id in an earlier line: it can be one person only");
            }
            Ok(())
        })?;
        Ok(Self { person })
    }
}

/// Which records of a register are one person.
#[derive(Debug)]
pub struct Truth {
    /// For each row its person, if it is known.
    person: Vec<Option<u32>>,
    /// Of how many records the person is known.
    pub known: usize,
    /// How many ids were labelled that no record has.
    pub elsewhere: usize,
}

/// How well groups fit the truth: over pairs of records, of those whose person is known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    /// Pairs put together that are one person.
    pub right: u64,
    /// Pairs put together that are two.
    pub wrong: u64,
    /// Pairs kept apart that are one person.
    pub missed: u64,
}

#[expect(clippy::cast_precision_loss, reason = "counts of pairs, for a figure with four digits")]
impl Figures {
    /// Of the pairs put together, the share that is one person.
    pub fn precision(&self) -> f64 {
        if self.right + self.wrong == 0 { 1.0 } else { self.right as f64 / (self.right + self.wrong) as f64 }
    }

    /// Of the pairs that are one person, the share put together.
    pub fn recall(&self) -> f64 {
        if self.right + self.missed == 0 { 1.0 } else { self.right as f64 / (self.right + self.missed) as f64 }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

impl Truth {
    /// What labels say of the records of a register.
    pub fn of(labels: &Labels, register: &Register) -> Self {
        let person: Vec<Option<u32>> =
            (0..register.rows()).map(|row| labels.person.get(register.id(row)).copied()).collect();
        let known = person.iter().flatten().count();
        Self { person, known, elsewhere: labels.person.len().saturating_sub(known) }
    }

    /// How many records there are, known or not.
    pub fn records(&self) -> usize {
        self.person.len()
    }

    /// Whether two records are one person; `None` where that is not known of both.
    pub fn same(&self, a: Row, b: Row) -> Option<bool> {
        let person = |row: Row| self.person.get(row as usize).copied().flatten();
        Some(person(a)? == person(b)?)
    }

    /// How well groups fit, given the first row of each row's group.
    pub fn figures(&self, group_of: &[Row]) -> Figures {
        let (mut groups, mut persons, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (group, person) in group_of.iter().zip(&self.person) {
            if let Some(person) = person {
                *groups.entry(*group).or_insert(0_u64) += 1;
                *persons.entry(*person).or_insert(0_u64) += 1;
                *both.entry((*group, *person)).or_insert(0_u64) += 1;
            }
        }
        let together = pairs(groups.values());
        let right = pairs(both.values());
        Figures { right, wrong: together - right, missed: pairs(persons.values()) - right }
    }

    /// Groups: how many have the very records of one person, how many others there are, and how many persons have no group of
    /// their own. Of records whose person is known.
    pub fn groups(&self, group_of: &[Row]) -> (u64, u64, u64) {
        let (mut groups, mut persons) = (HashMap::new(), HashMap::new());
        for (row, (group, person)) in group_of.iter().zip(&self.person).enumerate() {
            if let Some(person) = person {
                groups.entry(*group).or_insert_with(Vec::new).push(row);
                persons.entry(*person).or_insert_with(Vec::new).push(row);
            }
        }
        let there: BTreeSet<Vec<usize>> = persons.into_values().collect();
        let found = groups.len() as u64;
        let right = groups.into_values().filter(|rows| there.contains(rows)).count() as u64;
        (right, found - right, there.len() as u64 - right)
    }

    /// How well single pairs fit that weigh at least as much as wanted.
    pub fn of_pairs(&self, edges: &[Edge], least: i32) -> Figures {
        let mut figures = Figures::default();
        for edge in edges.iter().filter(|edge| edge.weight >= least) {
            match self.same(edge.a, edge.b) {
                Some(true) => figures.right += 1,
                Some(false) => figures.wrong += 1,
                None => {}
            }
        }
        let mut persons = HashMap::new();
        self.person.iter().flatten().for_each(|person| *persons.entry(*person).or_insert(0_u64) += 1);
        figures.missed = pairs(persons.values()).saturating_sub(figures.right);
        figures
    }
}

fn pairs<'c>(counts: impl Iterator<Item = &'c u64>) -> u64 {
    counts.map(|count| count * (count - 1) / 2).sum()
}

/// What comes of it when somebody who knows the truth works through every task, and through whatever is asked because of the
/// answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Stewarded {
    /// How many tasks there were in all.
    pub tasks: usize,
    /// How many questions stood in them.
    pub questions: usize,
    /// How well the certain groups fit in the end.
    pub certain: Figures,
}

/// Rounds of questions after which no more are answered.
const ROUNDS: usize = 50;

/// Works through every task by the truth until nothing is asked any more: says of all records of a task which are one person.
pub fn steward(
    register: &Register,
    model: &Model,
    link_only: bool,
    edges: &[Edge],
    first: &Resolution,
    truth: &Truth,
) -> Stewarded {
    let mut rulings = Rulings::default();
    let mut asked: BTreeSet<(Row, Row)> = BTreeSet::new();
    let mut now = first.clone();
    let (mut worked, mut questions) = (0, 0);
    for _ in 0..ROUNDS {
        let mut fresh = false;
        for task in tasks(&now.questions) {
            let new = task.questions.iter().filter(|question| !asked.contains(&question.pair)).count();
            if new == 0 {
                continue;
            }
            (fresh, worked, questions) = (true, worked + 1, questions + new);
            asked.extend(task.questions.iter().map(|question| question.pair));
            let mut persons: BTreeMap<u32, Row> = BTreeMap::new();
            for row in task.groups.into_iter().flatten() {
                let Some(person) = truth.person.get(row as usize).copied().flatten() else { continue };
                let first = *persons.entry(person).or_insert(row);
                if first != row {
                    rulings.same.insert((first.min(row), first.max(row)));
                }
            }
            for (a, b) in persons.values().flat_map(|a| persons.values().map(move |b| (*a, *b))).filter(|(a, b)| a < b)
            {
                rulings.different.insert((a, b));
            }
        }
        if !fresh {
            break;
        }
        now = resolve(register, model, link_only, edges, &rulings);
    }
    Stewarded { tasks: worked, questions, certain: truth.figures(&now.certain) }
}
