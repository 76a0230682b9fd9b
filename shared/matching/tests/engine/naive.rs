//! The textbook's answer: every two records compared, and groups joined one at a time, the two that agree best on average
//! first, by exact fractions. Slow and plain, written from the rules and not from the solver: no components, no kept sums,
//! no shortcuts.

use std::collections::BTreeSet;

use matching::field::Kind;
use matching::gate::{Beside, Gate, Judgement, Rule, Veto};
use matching::model::Model;
use matching::pattern::Pattern;
use matching::register::{Register, Row};
use proptest::prelude::*;

use crate::court::{model, register};
use crate::families::{families, rulings};
use crate::outcome::{Group, Ruled, decide};
use crate::properties::pinned;

/// As much as one pair can count in an average, for and against.
const MOST: i128 = 20_000;
const LEAST: i128 = -12_000;
/// As much as a family can add.
const FAMILY: i32 = 4_000;
/// How much more two records must weigh beside whose names and birth date nothing agrees: sixteen bits in all among a million
/// people, of whom the register of the model had three thousand.
const ALONE: i32 = 10_000 + 8_381;

#[derive(Clone, Copy)]
struct Pair {
    pattern: Pattern,
    weight: i32,
    judgement: Judgement,
}

/// Two partitions, certain and possible.
type Partitions = [BTreeSet<Group>; 2];

struct Naive<'r> {
    register: &'r Register,
    model: &'r Model,
    gate: Gate,
    same: BTreeSet<(Row, Row)>,
    different: BTreeSet<(Row, Row)>,
}

fn solve(register: &Register, model: &Model, ruled: &Ruled) -> Partitions {
    let rows = ruled.rows(register);
    let naive = Naive {
        register,
        model,
        gate: Gate::of(register.schema()),
        same: rows.same.into_iter().collect(),
        different: rows.different.into_iter().collect(),
    };
    let groups = naive.ruled_groups();
    let pairs = naive.pairs(&groups);
    let size = register.len();
    let of = |a: usize, b: usize| pairs[a.min(b) * size + a.max(b)];
    let limits = model.thresholds;
    let apart = |a, b| of(a, b).judgement.veto.is_some() || of(a, b).judgement.conflict.is_some();
    let passes = |a, b| match of(a, b).judgement.rule {
        Some(Rule::NameAndBirthAlone) => of(a, b).weight >= limits.certain + ALONE,
        Some(_) => of(a, b).weight >= limits.certain,
        None => false,
    };
    let weight = |a, b| i128::from(of(a, b).weight).clamp(LEAST, MOST);
    let certain = join(groups, i128::from(limits.certain), &weight, &apart, &passes);
    let parted = |a, b| of(a, b).judgement.veto.is_some_and(Veto::parts);
    let possible = join(certain.clone(), i128::from(limits.possible), &weight, &parted, &|_, _| true);
    [certain, possible].map(|groups| {
        let name = |row: &usize| register.id(Row::try_from(*row).unwrap()).to_owned();
        groups.iter().map(|group| group.iter().map(name).collect()).collect()
    })
}

/// Joins the two groups that agree best on average, of equals those with the smallest members, until none may be joined.
fn join(
    mut groups: Vec<BTreeSet<usize>>,
    limit: i128,
    weight: &dyn Fn(usize, usize) -> i128,
    apart: &dyn Fn(usize, usize) -> bool,
    linked: &dyn Fn(usize, usize) -> bool,
) -> Vec<BTreeSet<usize>> {
    loop {
        groups.sort_by_key(|group| group.first().copied());
        let mut best: Option<((i128, i128), usize, usize)> = None;
        for one in 0..groups.len() {
            for other in one + 1..groups.len() {
                let two: Vec<(usize, usize)> =
                    groups[one].iter().flat_map(|a| groups[other].iter().map(move |b| (*a, *b))).collect();
                let sum: i128 = two.iter().map(|(a, b)| weight(*a, *b)).sum();
                let count = i128::try_from(two.len()).unwrap();
                let may = !two.iter().any(|(a, b)| apart(*a, *b)) && two.iter().any(|(a, b)| linked(*a, *b));
                if may && sum >= limit * count && best.is_none_or(|((s, c), ..)| sum * c > s * count) {
                    best = Some(((sum, count), one, other));
                }
            }
        }
        let Some((_, one, other)) = best else { return groups };
        let joined = groups.remove(other);
        groups[one].extend(joined);
    }
}

impl Naive<'_> {
    fn key(a: usize, b: usize) -> (Row, Row) {
        (Row::try_from(a.min(b)).unwrap(), Row::try_from(a.max(b)).unwrap())
    }

    /// What people ruled to be one, taken together; alone where they contradict themselves.
    fn ruled_groups(&self) -> Vec<BTreeSet<usize>> {
        let mut groups: Vec<BTreeSet<usize>> = (0..self.register.len()).map(|row| BTreeSet::from([row])).collect();
        for (a, b) in &self.same {
            let (with, without): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group| group.contains(&(*a as usize)) || group.contains(&(*b as usize)));
            groups = without;
            groups.push(with.into_iter().flatten().collect());
        }
        let torn = |group: &BTreeSet<usize>| {
            group.iter().any(|a| group.iter().any(|b| a < b && self.different.contains(&Self::key(*a, *b))))
        };
        let alone = |group: BTreeSet<usize>| group.into_iter().map(|row| BTreeSet::from([row])).collect();
        groups.into_iter().flat_map(|group| if torn(&group) { alone(group) } else { vec![group] }).collect()
    }

    /// Every two records: what they weigh and what the gate says, what a person ruled first.
    fn pairs(&self, ruled: &[BTreeSet<usize>]) -> Vec<Pair> {
        let size = self.register.len();
        let scale = self.model.scale();
        let mut pairs: Vec<Pair> = (0..size * size)
            .map(|at| {
                let (a, b) = Self::key(at / size, at % size);
                let (score, pattern) = scale.score(self.register, a, b);
                let judgement = self.gate.judge(pattern, Beside::case(self.register.same_case(a, b)));
                Pair { pattern, weight: score.total, judgement }
            })
            .collect();
        let more = self.families(&pairs);
        let parted = Judgement { veto: Some(Veto::Ruled), ..Judgement::default() };
        for a in 0..size {
            for b in a + 1..size {
                let family = more[a * size + b];
                let beside = Beside { same_case: self.in_one_case(a, b), family: family == FAMILY };
                let pair = &mut pairs[a * size + b];
                pair.weight += family;
                pair.judgement = self.gate.judge(pair.pattern, beside);
                if self.different.contains(&Self::key(a, b)) {
                    pairs[a * size + b].judgement = parted;
                }
            }
        }
        for (at, veto) in self.siblings(&pairs) {
            pairs[at].judgement = Judgement { veto: Some(veto), ..Judgement::default() };
        }
        for group in ruled {
            for (a, b) in group.iter().flat_map(|a| group.iter().map(move |b| (*a, *b))) {
                pairs[a * size + b].judgement = Judgement::default();
            }
        }
        pairs
    }

    /// The same two families may meet in two cases: half of what the strongest other pair weighs, at most four bits, for
    /// pairs with given names that agree and that are looked at: those that weigh enough by themselves or contradict themselves.
    fn families(&self, pairs: &[Pair]) -> Vec<i32> {
        let size = self.register.len();
        let mut more = vec![0; size * size];
        let case = |row: usize| (0..size).filter(|other| self.in_one_case(row, *other)).min();
        let cases: Vec<Option<usize>> = (0..size).map(case).collect();
        let enough = self.model.thresholds.loose;
        for a in 0..size {
            for b in a + 1..size {
                let (Some(one), Some(other)) = (cases[a], cases[b]) else { continue };
                let pair = pairs[a * size + b];
                let kept = pair.weight >= enough || pair.judgement.conflict.is_some();
                if one == other || !kept || !self.given_agrees(pair.pattern) {
                    continue;
                }
                let strongest = (0..size)
                    .flat_map(|c| (c + 1..size).map(move |d| (c, d)))
                    .filter(|(c, d)| ![a, b].contains(c) && ![a, b].contains(d))
                    .filter(|(c, d)| {
                        let two = [cases[*c], cases[*d]];
                        two == [Some(one), Some(other)] || two == [Some(other), Some(one)]
                    })
                    .map(|(c, d)| pairs[c * size + d])
                    .filter(|pair| pair.judgement.veto.is_none() && pair.judgement.conflict.is_none())
                    .map(|pair| pair.weight)
                    .max();
                more[a * size + b] = strongest.map_or(0, |weight| (weight.max(0) / 2).min(FAMILY));
            }
        }
        more
    }

    fn in_one_case(&self, a: usize, b: usize) -> bool {
        // No record of these registers has a role that one can have beside another.
        let (a, b) = Self::key(a, b);
        self.register.same_case(a, b)
    }

    fn level(&self, kind: Kind, pattern: Pattern) -> &'static str {
        let place = self.register.schema().place(kind).unwrap();
        kind.levels()[usize::from(pattern.level(place))]
    }

    fn given_agrees(&self, pattern: Pattern) -> bool {
        ["equal", "one-equal", "spelled-alike", "slip", "short-form", "initials"]
            .contains(&self.level(Kind::Given, pattern))
    }

    /// Names that resemble each other, of two who were born on one day: initials that fit somebody else of that surname and
    /// day too, or anything short of the same name where a party of the other's case has a name that is nearer.
    fn siblings(&self, pairs: &[Pair]) -> Vec<(usize, Veto)> {
        const NEARER: [&str; 6] = ["equal", "one-equal", "spelled-alike", "slip", "short-form", "initials"];
        let size = self.register.len();
        let of = |a: usize, b: usize| pairs[a.min(b) * size + a.max(b)].pattern;
        let one_surname =
            |pattern| ["equal", "part-equal", "spelled-alike", "slip"].contains(&self.level(Kind::Surname, pattern));
        let born = |pattern, days: &[&str]| one_surname(pattern) && days.contains(&self.level(Kind::Birth, pattern));
        let nearness = |pattern| NEARER.iter().position(|level| *level == self.level(Kind::Given, pattern));
        let mut found = Vec::new();
        for a in 0..size {
            for b in a + 1..size {
                let pair = pairs[a * size + b];
                let judged = pair.judgement;
                let unjudged = judged == Judgement::default()
                    && born(pair.pattern, &["equal"])
                    && self.level(Kind::Category, pair.pattern) != "different";
                let by_names = matches!(judged.rule, Some(Rule::NameAndBirth | Rule::NameAndBirthAlone)) || unjudged;
                let Some(near @ 2..) = nearness(pair.pattern).filter(|_| by_names) else { continue };
                let initials = near == 5;
                let another = |one: usize, third: usize, letters: usize| {
                    let (far, to_letters) = (of(one, third), of(letters, third));
                    let fits_too = initials
                        && born(far, &["equal"])
                        && born(to_letters, &["equal"])
                        && nearness(far).is_none()
                        && self.level(Kind::Given, far) != "missing"
                        && nearness(to_letters).is_some();
                    let fits_better = self.in_one_case(one, third)
                        && born(far, &["equal", "missing"])
                        && born(to_letters, &["equal", "missing"])
                        && nearness(to_letters).is_some_and(|third| third < near);
                    fits_too || fits_better
                };
                let mut others = (0..size).filter(|c| ![a, b].contains(c));
                if others.any(|c| another(a, c, b) || another(b, c, a)) {
                    found.push((a * size + b, if initials { Veto::InitialsOfAnother } else { Veto::Twins }));
                }
            }
        }
        found
    }
}

proptest! {
    #![proptest_config(pinned(96))]

    #[test]
    fn the_solver_answers_as_the_textbook_does(seed: u64, of in 2_usize..8, count in 0_usize..8) {
        let parties = families(seed, of);
        prop_assume!(!parties.is_empty());
        let mut register = register(&parties);
        model().weigh(&mut register).unwrap();
        let ruled = rulings(seed ^ 1, &parties, count);
        let outcome = decide(&register, model(), &ruled);
        prop_assert_eq!(solve(&register, model(), &ruled), [outcome.certain, outcome.possible]);
    }
}
