//! One component solved: records that hang together by any chain of pairs, and nothing else.

use std::collections::BTreeSet;

use crate::cluster::{Tie, agglomerate};
use crate::gate::{Beside, Conflict, Judgement, Veto};
use crate::model::Model;
use crate::pattern::Pattern;
use crate::register::Row;
use crate::resolve::Ground;
use crate::score::Millibits;

/// One overwhelming pair counts for no more in an average, so that it carries no stranger into a group.
pub(crate) const CEILING: Millibits = 20_000;
/// One hopeless pair counts for no less, so that one damaged record does not part a group.
pub(crate) const FLOOR: Millibits = -12_000;

/// Why a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The records contradict each other though they share a number.
    Conflict(Conflict),
    /// People's own rulings contradict one another.
    RulingsContradict,
    /// Twins, by all appearances, or one person with a wrong name.
    Twins,
    /// One name, and birth dates a good part of a life apart: father and son, by all appearances.
    Namesakes,
    /// The records may be one person.
    Possible,
    /// A record fits two groups that are known to be two persons.
    Bridge,
    /// A record fits the certain group that it is in badly.
    Split,
    /// So many records hang together that only the stronger ties were looked at.
    TooMany,
}

impl Reason {
    /// The reason's code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conflict(conflict) => conflict.code(),
            Self::RulingsContradict => "rulings-contradict",
            Self::Twins => "twins",
            Self::Namesakes => "namesakes",
            Self::Possible => "possible",
            Self::Bridge => "bridge",
            Self::Split => "split",
            Self::TooMany => "too-many",
        }
    }
}

/// A question to a person about two groups of records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// The two records that it is best asked about, the smaller row first.
    pub pair: (Row, Row),
    /// Why.
    pub reason: Reason,
    /// The odds that these two are one person.
    pub weight: Millibits,
    /// The certain groups of the two, each sorted.
    pub groups: (Vec<Row>, Vec<Row>),
}

/// What came of a component.
#[derive(Default)]
pub(crate) struct Solved {
    pub certain: Vec<Vec<Row>>,
    pub possible: Vec<Vec<Row>>,
    pub questions: Vec<Question>,
}

/// What is known of two records of a component.
#[derive(Clone, Copy, Default)]
struct Pair {
    pattern: Pattern,
    weight: Millibits,
    judgement: Judgement,
    ruled_same: bool,
    ruled_different: bool,
}

impl Pair {
    /// Whether a rule lets the two pass that they weigh enough for.
    fn passes(&self, model: &Model) -> bool {
        self.judgement.rule.is_some_and(|rule| self.weight >= model.needs(rule))
    }
}

struct Pairs {
    size: usize,
    pairs: Vec<Pair>,
}

impl Pairs {
    fn get(&self, a: usize, b: usize) -> Pair {
        self.pairs.get(a * self.size + b).copied().unwrap_or_default()
    }

    /// What a person ruled is not judged any more.
    fn settle(&mut self, a: usize, b: usize) {
        if let Some(pair) = self.pairs.get_mut(a * self.size + b) {
            pair.judgement = Judgement::default();
        }
    }
}

/// Says of each row of a group which is its first.
pub(crate) fn name_after_first(group: &[Row], first_of: &mut [Row]) {
    for row in group {
        if let Some(first) = first_of.get_mut(*row as usize) {
            *first = group.first().copied().unwrap_or(*row);
        }
    }
}

fn compare_all(ground: &Ground<'_>, rows: &[Row]) -> Pairs {
    let size = rows.len();
    let mut pairs = Pairs { size, pairs: vec![Pair::default(); size * size] };
    for a in 0..size {
        let mut edges = ground.edges_of(rows[a]).iter().peekable();
        for b in a + 1..size {
            while edges.next_if(|edge| edge.b < rows[b]).is_some() {}
            let (weight, pattern, beside) = if let Some(edge) = edges.next_if(|edge| edge.b == rows[b]) {
                (edge.weight, edge.pattern, edge.beside(ground.register))
            } else {
                let (score, pattern) = ground.scale.score(ground.register, rows[a], rows[b]);
                (score.total, pattern, Beside::case(ground.register.same_case(rows[a], rows[b])))
            };
            let key = (rows[a], rows[b]);
            let ruled_same = ground.rulings.same.contains(&key);
            let ruled_different = ground.rulings.different.contains(&key);
            let mut judgement = ground.gate.judge(pattern, beside);
            if ruled_different || (ground.link_only && ground.register.same_source(rows[a], rows[b])) {
                judgement = Judgement { veto: Some(Veto::Ruled), ..Judgement::default() };
            }
            let pair = Pair { pattern, weight, judgement, ruled_same, ruled_different };
            pairs.pairs[a * size + b] = pair;
            pairs.pairs[b * size + a] = pair;
        }
    }
    veto_siblings(ground, &mut pairs);
    pairs
}

/// Keeps apart what other records of the component show to be siblings.
fn veto_siblings(ground: &Ground<'_>, pairs: &mut Pairs) {
    let size = pairs.size;
    // Two records have no third to tell of.
    if size < 3 {
        return;
    }
    let mut of_siblings = Vec::new();
    for a in 0..size {
        for b in a + 1..size {
            let pair = pairs.get(a, b);
            let third = |one: usize, c: usize| (pairs.get(one, c).pattern, pairs.get(one, c).judgement.veto);
            let others = (0..size).filter(|c| *c != a && *c != b).map(|c| [third(a, c), third(b, c)]);
            if let Some(veto) = ground.gate.sibling(pair.pattern, pair.judgement, others) {
                of_siblings.extend([(a * size + b, veto), (b * size + a, veto)]);
            }
        }
    }
    for (at, veto) in of_siblings {
        pairs.pairs[at].judgement = Judgement { veto: Some(veto), ..Judgement::default() };
    }
}

/// Solves a component.
pub(crate) fn solve(ground: &Ground<'_>, rows: &[Row]) -> Solved {
    let mut pairs = compare_all(ground, rows);
    let thresholds = &ground.model.thresholds;
    let clamped = |pair: Pair| i64::from(pair.weight.clamp(FLOOR, CEILING));
    let mut questions = Vec::new();
    let together = ruled_together(&mut pairs, rows, &mut questions);
    let pairs = pairs;
    let (certain, _) = agglomerate(together, thresholds.certain, |a, b| {
        let pair = pairs.get(a, b);
        let apart = pair.judgement.veto.is_some() || pair.judgement.conflict.is_some();
        Tie { weight: clamped(pair), linked: pair.passes(ground.model), parted: apart }
    });
    let (possible, joins) = agglomerate(certain.clone(), thresholds.possible, |a, b| {
        let pair = pairs.get(a, b);
        Tie { weight: clamped(pair), linked: true, parted: pair.judgement.veto.is_some_and(Veto::parts) }
    });
    let ask = Ask { pairs: &pairs, rows, certain: &certain };
    for (one, other) in joins {
        questions.extend(ask.best(&one, &other));
    }
    questions.extend(ask.conflicts());
    questions.extend(ask.bridges(ground.model));
    questions.extend(ask.badly_fitting(thresholds.possible));
    questions.sort_unstable();
    // Of one pair, the gravest reason.
    questions.dedup_by(|next, kept| next.pair == kept.pair);
    let of_rows = |groups: Vec<Vec<usize>>| groups.into_iter().map(|group| named(rows, &group)).collect();
    Solved { certain: of_rows(certain), possible: of_rows(possible), questions }
}

fn named(rows: &[Row], group: &[usize]) -> Vec<Row> {
    group.iter().filter_map(|place| rows.get(*place).copied()).collect()
}

/// The groups that people ruled to be one person, whatever the gate says of them. Where their rulings contradict one another,
/// none that joins counts and they are asked about; what was ruled to be two stays two.
fn ruled_together(pairs: &mut Pairs, rows: &[Row], questions: &mut Vec<Question>) -> Vec<Vec<usize>> {
    if pairs.pairs.iter().all(|pair| !pair.ruled_same) {
        return (0..pairs.size).map(|one| vec![one]).collect();
    }
    let mut waiting: BTreeSet<usize> = (0..pairs.size).collect();
    let mut groups = Vec::new();
    while let Some(first) = waiting.pop_first() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(&one) = group.get(next) {
            next += 1;
            let same: Vec<usize> = waiting.iter().copied().filter(|other| pairs.get(one, *other).ruled_same).collect();
            for other in &same {
                waiting.remove(other);
            }
            group.extend(same);
        }
        let two = || group.iter().flat_map(|a| group.iter().map(move |b| (*a, *b))).filter(|(a, b)| a < b);
        match two().find(|(a, b)| pairs.get(*a, *b).ruled_different) {
            None => {
                for (a, b) in group.iter().flat_map(|a| group.iter().map(move |b| (*a, *b))) {
                    pairs.settle(a, b);
                }
                groups.push(group);
            }
            Some((a, b)) => {
                questions.push(Question {
                    pair: (rows[a], rows[b]),
                    reason: Reason::RulingsContradict,
                    weight: pairs.get(a, b).weight,
                    groups: (vec![rows[a]], vec![rows[b]]),
                });
                groups.extend(group.into_iter().map(|one| vec![one]));
            }
        }
    }
    groups
}

struct Ask<'p> {
    pairs: &'p Pairs,
    rows: &'p [Row],
    certain: &'p [Vec<usize>],
}

impl Ask<'_> {
    fn question(&self, a: usize, b: usize, reason: Reason) -> Question {
        let (a, b) = (a.min(b), a.max(b));
        let group = |of: usize| {
            let group = self.certain.iter().find(|group| group.contains(&of));
            group.map_or_else(Vec::new, |group| named(self.rows, group))
        };
        Question {
            pair: (self.rows[a], self.rows[b]),
            reason,
            weight: self.pairs.get(a, b).weight,
            groups: (group(a), group(b)),
        }
    }

    /// What is asked about two groups that may be one person: about the two records that agree best.
    fn best(&self, one: &[usize], other: &[usize]) -> Option<Question> {
        let two = one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
        let (a, b) = two.max_by_key(|(a, b)| (self.pairs.get(*a, *b).weight, std::cmp::Reverse((*a, *b))))?;
        let judgement = self.pairs.get(a, b).judgement;
        let reason = match (judgement.conflict, judgement.veto) {
            (Some(conflict), _) => Reason::Conflict(conflict),
            (None, Some(Veto::Twins | Veto::InitialsOfAnother)) => Reason::Twins,
            (None, Some(Veto::Namesakes)) => Reason::Namesakes,
            _ => Reason::Possible,
        };
        Some(self.question(a, b, reason))
    }

    /// One question for every two certain groups that contradict each other.
    fn conflicts(&self) -> Vec<Question> {
        let mut asked = BTreeSet::new();
        let group_of = |of: usize| self.certain.iter().position(|group| group.contains(&of));
        let mut questions = Vec::new();
        for a in 0..self.pairs.size {
            for b in a + 1..self.pairs.size {
                if let Some(conflict) = self.pairs.get(a, b).judgement.conflict
                    && asked.insert((group_of(a).min(group_of(b)), group_of(a).max(group_of(b))))
                {
                    questions.push(self.question(a, b, Reason::Conflict(conflict)));
                }
            }
        }
        questions
    }

    /// Records that would be certain of a group which another record keeps them apart from.
    fn bridges(&self, model: &Model) -> Vec<Question> {
        let mut questions = Vec::new();
        for (place, one) in self.certain.iter().enumerate() {
            for other in &self.certain[place + 1..] {
                let two = || one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b)));
                let free = |(a, b): &(usize, usize)| self.pairs.get(*a, *b).passes(model);
                let kept = two().any(|(a, b)| self.pairs.get(a, b).judgement.veto.is_some());
                let best = || {
                    two().filter(free).max_by_key(|(a, b)| (self.pairs.get(*a, *b).weight, std::cmp::Reverse((*a, *b))))
                };
                if kept && let Some((a, b)) = best() {
                    questions.push(self.question(a, b, Reason::Bridge));
                }
            }
        }
        questions
    }

    /// Records that are in a certain group by one strong tie, and fit the rest of it badly.
    fn badly_fitting(&self, threshold: Millibits) -> Vec<Question> {
        let mut questions = Vec::new();
        for group in self.certain.iter().filter(|group| group.len() > 2) {
            for a in group {
                let others = || group.iter().copied().filter(|b| b != a);
                let sum: i64 = others().map(|b| i64::from(self.pairs.get(*a, b).weight.clamp(FLOOR, CEILING))).sum();
                let count = i64::try_from(group.len() - 1).unwrap_or(i64::MAX);
                let ruled = others().any(|b| self.pairs.get(*a, b).ruled_same);
                if sum < i64::from(threshold) * count && !ruled {
                    let worst = others().min_by_key(|b| (self.pairs.get(*a, *b).weight, *b));
                    questions.extend(worst.map(|b| self.question(*a, b, Reason::Split)));
                }
            }
        }
        questions
    }
}
