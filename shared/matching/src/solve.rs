//! From pairs to persons: groups of records that are certainly one, and the questions that remain.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::linker::{Member, PairEvidence, Question};
use domain::ids::{FactId, MatchId, Pair, PartyId, PersonId};

use crate::MODEL;
use crate::compare::{Comparison, Finding};
use crate::record::Record;

/// A steward's word about two records; the newest about a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// Whether they are one person.
    pub same: bool,
    /// Where it is written.
    pub fact: FactId,
}

/// Rulings by the pair they are about.
pub type Rulings = BTreeMap<Pair<PartyId>, Ruling>;

/// Two or more records that are certainly one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its records.
    pub members: BTreeSet<Member>,
    /// Why, pair by pair.
    pub evidence: Vec<PairEvidence>,
}

/// Why a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// The records contradict each other.
    Conflict,
    /// The records may be one person.
    Possible,
}

/// Who is who among a set of records.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Solution {
    /// The persons with two or more records.
    pub persons: BTreeMap<PersonId, Person>,
    /// The questions for a steward.
    pub questions: BTreeMap<MatchId, (Asked, Question)>,
}

type Edges = BTreeMap<Pair<PartyId>, PairEvidence>;

/// Solves a set of records under a set of rulings. Equal sets give equal solutions, in whatever order they are listed.
pub fn solve(records: &[Record], rulings: &Rulings) -> Solution {
    let records: BTreeMap<PartyId, &Record> = records.iter().map(|record| (record.member.party, record)).collect();
    let mut pairs = Pairs::of(&records, rulings);
    let groups = pairs.groups(&records);
    let mut solution = Solution::default();
    for group in &groups {
        if group.len() > 1 {
            let (id, person) = person(group, &records, &pairs.joined);
            solution.persons.insert(id, person);
        }
    }
    pairs.ask(&records, &groups, &mut solution);
    solution
}

/// What is known of every two records.
struct Pairs {
    /// Certainly one: by a rule or by a ruling.
    joined: Edges,
    /// Certainly two, on a steward's word.
    parted: BTreeSet<Pair<PartyId>>,
    /// To be asked about.
    open: BTreeMap<Pair<PartyId>, (Asked, PairEvidence)>,
}

impl Pairs {
    fn of(records: &BTreeMap<PartyId, &Record>, rulings: &Rulings) -> Self {
        let mut pairs = Self { joined: Edges::new(), parted: BTreeSet::new(), open: BTreeMap::new() };
        for (place, a) in records.values().enumerate() {
            for b in records.values().skip(place + 1) {
                pairs.consider(a, b, rulings);
            }
        }
        pairs
    }

    fn consider(&mut self, a: &Record, b: &Record, rulings: &Rulings) {
        let pair = Pair::of(a.member.party, b.member.party);
        let comparison = Comparison::of(a, b);
        match rulings.get(&pair) {
            Some(Ruling { same: true, fact }) => {
                let evidence = PairEvidence { ruling: Some(*fact), ..comparison.evidence(a, b, "ruling") };
                self.joined.insert(pair, evidence);
            }
            Some(Ruling { same: false, .. }) => drop(self.parted.insert(pair)),
            None => match comparison.finding() {
                Some((Finding::Certain, rule)) => drop(self.joined.insert(pair, comparison.evidence(a, b, rule))),
                Some((Finding::Conflict, rule)) => {
                    self.open.insert(pair, (Asked::Conflict, comparison.evidence(a, b, rule)));
                }
                // One court listing two parties says that they are two, unless their number says that they are one.
                Some((Finding::Possible, _)) if a.member.case == b.member.case => {}
                Some((Finding::Possible, rule)) => {
                    self.open.insert(pair, (Asked::Possible, comparison.evidence(a, b, rule)));
                }
                None => {}
            },
        }
    }

    /// Groups of joined records in which nothing contradicts. Where a chain of joins leads to a contradiction, nothing in
    /// that chain is taken for certain: the rules step back first, and the rulings too when they contradict one another.
    fn groups(&mut self, records: &BTreeMap<PartyId, &Record>) -> Vec<BTreeSet<PartyId>> {
        loop {
            let groups = connected(records.keys().copied(), self.joined.keys());
            let Some(broken) = groups.iter().find(|group| self.contradiction(group)) else { return groups };
            let inside = |pair: &Pair<PartyId>| broken.contains(&pair.a) && broken.contains(&pair.b);
            let by_rule = |evidence: &PairEvidence| evidence.ruling.is_none();
            let rules_first = self.joined.iter().any(|(pair, evidence)| inside(pair) && by_rule(evidence));
            let doubtful: Vec<Pair<PartyId>> = self
                .joined
                .iter()
                .filter(|(pair, evidence)| inside(pair) && (!rules_first || by_rule(evidence)))
                .map(|(pair, _)| *pair)
                .collect();
            for pair in doubtful {
                if let Some(evidence) = self.joined.remove(&pair) {
                    let evidence = PairEvidence { rule: "chain-contradicted".to_owned(), ..evidence };
                    self.open.insert(pair, (Asked::Conflict, evidence));
                }
            }
        }
    }

    fn contradiction(&self, group: &BTreeSet<PartyId>) -> bool {
        let inside = |pair: &Pair<PartyId>| group.contains(&pair.a) && group.contains(&pair.b);
        self.parted.iter().any(inside)
            || self.open.iter().any(|(pair, (asked, _))| *asked == Asked::Conflict && inside(pair))
    }

    /// One question for every two groups with something to ask; none where a steward has parted them.
    fn ask(&self, records: &BTreeMap<PartyId, &Record>, groups: &[BTreeSet<PartyId>], solution: &mut Solution) {
        let group_of: BTreeMap<PartyId, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(place, group)| group.iter().map(move |party| (*party, place)))
            .collect();
        let between = |pair: &Pair<PartyId>| -> Option<Pair<usize>> {
            let (a, b) = (*group_of.get(&pair.a)?, *group_of.get(&pair.b)?);
            (a != b).then(|| Pair::of(a, b))
        };
        let parted: BTreeSet<Pair<usize>> = self.parted.iter().filter_map(between).collect();
        let mut best: BTreeMap<Pair<usize>, (Asked, Pair<PartyId>)> = BTreeMap::new();
        for (pair, (asked, _)) in &self.open {
            if let Some(groups) = between(pair).filter(|groups| !parted.contains(groups)) {
                let candidate = (*asked, *pair);
                let kept = best.entry(groups).or_insert(candidate);
                *kept = (*kept).min(candidate);
            }
        }
        for (asked, pair) in best.into_values() {
            let (Some(a), Some(b)) = (records.get(&pair.a), records.get(&pair.b)) else { continue };
            let Some((_, evidence)) = self.open.get(&pair) else { continue };
            let question = Question {
                question: MatchId::between(pair),
                pair,
                cases: (a.member.case, b.member.case),
                evidence: evidence.clone(),
                model: MODEL.to_owned(),
            };
            solution.questions.insert(question.question, (asked, question));
        }
    }
}

/// The connected components, each as a set, in order of their smallest member.
fn connected<'e>(
    nodes: impl Iterator<Item = PartyId>,
    edges: impl Iterator<Item = &'e Pair<PartyId>>,
) -> Vec<BTreeSet<PartyId>> {
    let mut group_of: BTreeMap<PartyId, PartyId> = nodes.map(|node| (node, node)).collect();
    for edge in edges {
        let (Some(&a), Some(&b)) = (group_of.get(&edge.a), group_of.get(&edge.b)) else { continue };
        let (kept, gone) = if a < b { (a, b) } else { (b, a) };
        for group in group_of.values_mut().filter(|group| **group == gone) {
            *group = kept;
        }
    }
    let mut groups: BTreeMap<PartyId, BTreeSet<PartyId>> = BTreeMap::new();
    for (node, group) in group_of {
        groups.entry(group).or_default().insert(node);
    }
    groups.into_values().collect()
}

fn person(group: &BTreeSet<PartyId>, records: &BTreeMap<PartyId, &Record>, joined: &Edges) -> (PersonId, Person) {
    let members: BTreeSet<Member> =
        group.iter().filter_map(|party| records.get(party)).map(|record| record.member).collect();
    // The oldest record names the person, so that its id survives whatever is learnt later.
    let oldest = group
        .iter()
        .filter_map(|party| records.get(party).map(|record| (record.since, *party)))
        .min()
        .map(|(_, party)| party.to_string())
        .unwrap_or_default();
    let evidence = joined
        .iter()
        .filter(|(pair, _)| group.contains(&pair.a) && group.contains(&pair.b))
        .map(|(_, evidence)| evidence.clone())
        .collect();
    (PersonId::derived(&[&oldest]), Person { members, evidence })
}

#[cfg(test)]
mod tests;
