//! Expectation maximisation over patterns, in three classes: one person, one household, strangers.

use crate::field::{EQUAL, Kind, MISSING};
use crate::frequency::millibits;
use crate::schema::{Comparison, Schema};
use crate::score::{Scale, Weights};
use crate::train::{Counts, Kin};

/// How probable each level of each field is in one class of pairs, among those where the field is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Class {
    /// The share of all pairs that are of this class.
    pub share: f64,
    /// Field by field, level by level.
    pub levels: Vec<Vec<f64>>,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Estimate {
    /// The records of one person.
    pub same: Class,
    /// The records of two people of one household.
    pub household: Class,
    /// The records of two strangers.
    pub stranger: Class,
    /// How often the estimate was improved.
    pub rounds: usize,
    /// The weights that follow.
    pub scale: Scale,
}

/// More levels than any kind of field has.
const LEVELS: usize = 32;
/// Rounds after which an estimate is taken as it is.
const ROUNDS: usize = 100;
/// The change of any probability below which an estimate is settled.
const SETTLED: f64 = 1e-5;
/// How many of two people of one household are born on one day: every sixtieth child has a twin, and not every two of a
/// household are siblings. Too few are seen to learn it, and a birth date that is shared must not be as good as proof.
const TWINS: f64 = 0.01;
/// How many pairs of one person, or of one household, what is expected beforehand counts for.
const BEFOREHAND: f64 = 8.0;
/// The same for strangers, of whom there are many.
const BEFOREHAND_STRANGERS: f64 = 2.0;
/// The least and the most that one level can weigh.
const LEAST: i32 = -12_000;
const MOST: i32 = 22_000;

/// What is expected of the levels of a kind before anything is seen: of one person, of strangers.
fn expected(kind: Kind) -> (Vec<f64>, Vec<f64>) {
    let (same, stranger): (&[f64], &[f64]) = match kind {
        Kind::Given => (
            &[0., 0.70, 0.06, 0.03, 0.06, 0.03, 0.04, 0.02, 0.02, 0.01, 0.03],
            &[0., 0.008, 0.004, 0.001, 0.003, 0.003, 0.01, 0.02, 0.0005, 0.05, 0.9],
        ),
        Kind::Surname => (
            &[0., 0.75, 0.06, 0.03, 0.06, 0.03, 0.02, 0.01, 0.04],
            &[0., 0.003, 0.002, 0.001, 0.002, 0.01, 0.0005, 0.01, 0.97],
        ),
        Kind::Birth => (
            &[0., 0.80, 0.02, 0.055, 0.03, 0.03, 0.02, 0.005, 0.01, 0.015, 0.005, 0.01],
            &[0., 0.00005, 0.00003, 0.0005, 0.002, 0.001, 0.03, 0.002, 0.25, 0.7, 0.0002, 0.001],
        ),
        Kind::Address => {
            // Door: agrees, nearly, street, number, differs, unknown. Locality: unknown, agrees, in part, differs.
            let same = together([0.70, 0.06, 0.05, 0.02, 0.17, 0.9], [0.3, 0.80, 0.08, 0.12]);
            let stranger = together([0.0002, 0.0002, 0.002, 0.02, 0.9776, 0.9], [0.3, 0.01, 0.02, 0.97]);
            return (same, stranger);
        }
        Kind::Numbers => (&[0., 0.90, 0.05, 0.01, 0.04], &[0., 0.00001, 0.0001, 0.001, 0.999]),
        Kind::Text => (&[0., 0.75, 0.03, 0.08, 0.02, 0.03, 0.09], &[0., 0.005, 0.0005, 0.002, 0.002, 0.01, 0.98]),
        Kind::Category => (&[0., 0.95, 0.05], &[0., 0.4, 0.6]),
    };
    (same.to_vec(), stranger.to_vec())
}

/// The levels of an address from those of its door and its locality.
fn together(door: [f64; 6], locality: [f64; 4]) -> Vec<f64> {
    let known = door[..5].iter().flat_map(|door| locality.map(|locality| door * locality));
    std::iter::once(0.0).chain(known).chain(locality[1..].iter().map(|locality| door[5] * locality)).collect()
}

/// Whether people of one household agree in fields of a kind because they are of one household, so that how rare their value is
/// says nothing.
pub(crate) const fn shared(kind: Kind) -> bool {
    of_a_household(kind) || matches!(kind, Kind::Text)
}

/// Whether a kind of field is what makes people one household, as far as is expected before anything is seen.
const fn of_a_household(kind: Kind) -> bool {
    matches!(kind, Kind::Surname | Kind::Address)
}

/// Whether people of one household agree in a field no more than strangers do: that is what makes them two. Twins are born on
/// one day all the same: see [`TWINS`].
fn of_a_person(comparison: &Comparison) -> bool {
    matches!(comparison.kind, Kind::Given | Kind::Birth) || comparison.unique
}

/// Estimates the three classes. `found` are the candidate pairs, `drawn` pairs drawn from all; `pairs` is how many there are
/// in all.
///
/// `labelled` are pairs that are known to be of one person, and pairs that are known not to be: they count whole, in every
/// round.
pub(crate) fn estimate(
    schema: &Schema,
    found: &Counts,
    drawn: &Counts,
    labelled: &[Counts; 2],
    pairs: f64,
) -> Estimate {
    let kinds: Vec<Kind> = schema.comparisons().iter().map(|comparison| comparison.kind).collect();
    let beforehand: Vec<(Vec<f64>, Vec<f64>)> = kinds.iter().map(|kind| expected(*kind)).collect();
    let households = kinds.iter().any(|kind| of_a_household(*kind));
    let of_household = |field: usize| {
        let (same, stranger) = &beforehand[field];
        if of_a_household(kinds[field]) { same } else { stranger }
    };
    let mut now = Estimate {
        same: Class { share: 1.0 / pairs.sqrt().max(2.0), levels: beforehand.iter().map(|b| b.0.clone()).collect() },
        household: Class {
            share: if households { 0.3 / pairs.sqrt().max(2.0) } else { 0.0 },
            levels: (0..kinds.len()).map(|field| of_household(field).clone()).collect(),
        },
        stranger: Class { share: 0.0, levels: beforehand.iter().map(|b| b.1.clone()).collect() },
        ..Estimate::default()
    };
    let first = (now.same.share, now.household.share);
    for round in 1..=ROUNDS {
        let before = now.clone();
        now.rounds = round;
        let weigh = Logs::of(&before);
        let ([mut same, household, _], [_, _, mut stranger]) =
            rayon::join(|| sums(found, &weigh, kinds.len()), || sums(drawn, &weigh, kinds.len()));
        same.count_whole(&labelled[0]);
        stranger.count_whole(&labelled[1]);
        now.same =
            Class { share: same.share(pairs, first.0), levels: same.levels(|field| &beforehand[field].0, BEFOREHAND) };
        now.stranger.levels = stranger.levels(|field| &beforehand[field].1, BEFOREHAND_STRANGERS);
        if households {
            now.household.share = household.share(pairs, first.1);
            now.household.levels = household.levels(of_household, BEFOREHAND);
        }
        for (field, _) in schema.comparisons().iter().enumerate().filter(|(_, comparison)| of_a_person(comparison)) {
            now.household.levels[field].clone_from(&now.stranger.levels[field]);
            if kinds[field] == Kind::Birth
                && let Some(equal) = now.household.levels[field].get_mut(usize::from(EQUAL))
            {
                *equal = equal.max(TWINS);
            }
        }
        if change(&before, &now) < SETTLED {
            break;
        }
    }
    now.stranger.share = 1.0 - now.same.share - now.household.share;
    now.scale = scale(&now, &kinds);
    now
}

/// What the pairs of one class come to.
struct Sums {
    /// How many there are.
    pairs: f64,
    /// How many there are at each level of each field, those not counted in which it is held out.
    levels: Vec<[f64; LEVELS]>,
}

impl Sums {
    /// Counts pairs of which it is known that they are of this class. How large the class is they do not say: somebody chose
    /// what to label.
    fn count_whole(&mut self, counts: &Counts) {
        for (kin, count) in counts {
            for (field, levels) in self.levels.iter_mut().enumerate() {
                let level = kin.pattern.level(field);
                if level != MISSING {
                    levels[usize::from(level)] += count;
                }
            }
        }
    }

    /// The share of all pairs that are of this class. Where no pair shows that there is such a class it keeps the share that
    /// was expected: too little is registered to tell it from another, which does not mean that nobody is of it.
    fn share(&self, pairs: f64, expected: f64) -> f64 {
        if self.pairs > 0.0 { self.pairs / pairs } else { expected }
    }

    /// The share of each level, with what is expected beforehand counted as so many pairs.
    fn levels<'b>(&self, beforehand: impl Fn(usize) -> &'b Vec<f64>, strength: f64) -> Vec<Vec<f64>> {
        let share = |(field, sums): (usize, &[f64; LEVELS])| {
            let beforehand = beforehand(field);
            let total = sums.iter().sum::<f64>() + strength;
            beforehand.iter().zip(sums).map(|(expected, sum)| (sum + expected * strength) / total).collect()
        };
        self.levels.iter().enumerate().map(share).collect()
    }
}

/// Sums pairs into the three classes, each pair by how probable each class is for it.
fn sums(counts: &Counts, weigh: &Logs, fields: usize) -> [Sums; 3] {
    let mut sums = [(); 3].map(|()| Sums { pairs: 0.0, levels: vec![[0.0; LEVELS]; fields] });
    for (kin, count) in counts {
        let Kin { pattern, held_out, .. } = kin;
        for (sums, share) in sums.iter_mut().zip(weigh.posterior(*kin)) {
            // What is less likely than not says nothing about the class: there are so many such pairs, namesakes above all,
            // that their small shares together would outweigh the pairs that do belong to it.
            let pairs = if share < 0.9 { 0.0 } else { count * share };
            sums.pairs += pairs;
            for (field, levels) in sums.levels.iter_mut().enumerate() {
                let level = pattern.level(field);
                if level != MISSING && held_out >> field & 1 == 0 {
                    levels[usize::from(level)] += pairs;
                }
            }
        }
    }
    sums
}

/// Thousandths of a bit as a natural logarithm.
fn nats(millibits: i32) -> f64 {
    f64::from(millibits) / 1000.0 * std::f64::consts::LN_2
}

/// The logarithms of all probabilities, so that a pattern is weighed by adding.
struct Logs {
    share: [f64; 3],
    levels: [Vec<Vec<f64>>; 3],
}

impl Logs {
    fn of(estimate: &Estimate) -> Self {
        let logs = |class: &Class| {
            let log = |levels: &Vec<f64>| levels.iter().map(|p| p.max(1e-12).ln()).collect();
            class.levels.iter().map(log).collect::<Vec<Vec<f64>>>()
        };
        let same = logs(&estimate.same);
        // A level weighs here what it will weigh in a score: one that no two strangers were seen on proves no more.
        let against = |class: &Class| {
            let mut rival = logs(class);
            for (rival, same) in rival.iter_mut().flatten().zip(same.iter().flatten()) {
                *rival = *same - (*same - *rival).clamp(nats(LEAST), nats(MOST));
            }
            rival
        };
        let (household, of_stranger) = (against(&estimate.household), against(&estimate.stranger));
        let stranger = 1.0 - estimate.same.share - estimate.household.share;
        Self {
            share: [estimate.same.share, estimate.household.share, stranger].map(|share| share.max(1e-300).ln()),
            levels: [same, household, of_stranger],
        }
    }

    /// How probable each class is for such a pair.
    fn posterior(&self, kin: Kin) -> [f64; 3] {
        let pattern = kin.pattern;
        let mut log: [f64; 3] = std::array::from_fn(|class| {
            let of = |(field, levels): (usize, &Vec<f64>)| match pattern.level(field) {
                MISSING => 0.0,
                level => levels.get(usize::from(level)).copied().unwrap_or(0.0),
            };
            self.share[class] + self.levels[class].iter().enumerate().map(of).sum::<f64>()
        });
        // Strangers agree the less often on a value the rarer it is.
        log[1] -= f64::from(kin.own_rarity) * std::f64::consts::LN_2;
        log[2] -= f64::from(kin.rarity) * std::f64::consts::LN_2;
        let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds = log.map(|log| (log - most).exp());
        let total: f64 = odds.iter().sum();
        odds.map(|odds| odds / total)
    }
}

fn change(before: &Estimate, now: &Estimate) -> f64 {
    let flat = |estimate: &Estimate| -> Vec<f64> {
        let classes = [&estimate.same, &estimate.household, &estimate.stranger];
        classes.iter().flat_map(|class| class.levels.iter().flatten().copied()).collect()
    };
    flat(before).iter().zip(flat(now)).map(|(before, now)| (before - now).abs()).fold(0.0, f64::max)
}

fn scale(estimate: &Estimate, kinds: &[Kind]) -> Scale {
    let against = |field: usize, rival: &Class| -> Vec<i32> {
        let same = &estimate.same.levels[field];
        let weigh = |(level, (same, rival)): (usize, (&f64, &f64))| {
            if level == usize::from(MISSING) { 0 } else { millibits(same / rival).clamp(LEAST, MOST) }
        };
        same.iter().zip(&rival.levels[field]).enumerate().map(weigh).collect()
    };
    let fields = (0..kinds.len())
        .map(|field| Weights {
            stranger: against(field, &estimate.stranger),
            household: against(field, &estimate.household),
            shared: shared(kinds[field]),
        })
        .collect();
    let odds = |rival: f64| if rival > 0.0 { millibits(estimate.same.share / rival) } else { 60_000 };
    Scale { stranger: odds(estimate.stranger.share), household: odds(estimate.household.share), fields }
}
