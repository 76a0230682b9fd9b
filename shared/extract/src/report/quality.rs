//! How right the engine was, where the truth is known.

use matching::model::Thresholds;
use matching::score::Millibits;

use super::chart::{Tick, height, percent, round, share};
use super::histogram::{Limit, limits, part};
use super::texts::Texts;

/// What was found against what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Found, and true.
    pub right: u64,
    /// Found, and not true.
    pub wrong: u64,
    /// True, and not found.
    pub missed: u64,
}

/// How right a partition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quality {
    /// Pairs of records in one group.
    pub pairs: Tally,
    /// Groups: right when they have the very records of one person.
    pub groups: Tally,
}

/// How right pairs are from one weight on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The weight.
    pub threshold: Millibits,
    /// The pairs that weigh as much or more.
    pub pairs: Tally,
}

/// How many of some were wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Of which, such as a bucket of name origins. Never a person.
    pub label: String,
    /// How many pairs were called certain and are not true.
    pub wrong: u64,
    /// How many were called certain.
    pub of: u64,
}

/// How right it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Truth {
    /// The groups of certainly one person.
    pub certain: Quality,
    /// The groups of possibly one person.
    pub possible: Quality,
    /// From each weight on, in rising order.
    pub curve: Vec<Point>,
    /// False certain ones: of all, then of each part that they were counted in.
    pub false_certain: Vec<Rate>,
}

impl Tally {
    /// Of what was found, how much is true; `None` where nothing was found.
    pub fn precision(self) -> Option<f64> {
        let found = self.right + self.wrong;
        (found > 0).then(|| part(self.right, found))
    }

    /// Of what is true, how much was found; `None` where nothing is.
    pub fn recall(self) -> Option<f64> {
        let there = self.right + self.missed;
        (there > 0).then(|| part(self.right, there))
    }

    /// The harmonic mean of the two; `None` where there is neither anything found nor anything true.
    pub fn f1(self) -> Option<f64> {
        let all = 2 * self.right + self.wrong + self.missed;
        (all > 0).then(|| part(2 * self.right, all))
    }
}

/// A line of the table of measures.
pub(super) struct Line {
    pub label: String,
    pub cells: Vec<String>,
}

/// A piece of a curve, in percent.
pub(super) struct Piece {
    pub class: &'static str,
    pub x1: String,
    pub y1: String,
    pub x2: String,
    pub y2: String,
}

pub(super) struct Chart {
    pub measures: Vec<Line>,
    pub pieces: Vec<Piece>,
    pub across: Vec<Tick>,
    pub up: Vec<Tick>,
    pub limits: Vec<Limit>,
    pub points: Vec<Line>,
    pub rates: Vec<Line>,
}

fn measures(t: Texts, label: String, tally: Tally) -> Line {
    let cells = [tally.precision(), tally.recall(), tally.f1()].map(|ratio| t.ratio(ratio)).to_vec();
    Line { label, cells: cells.into_iter().chain([tally.wrong, tally.missed].map(|count| t.count(count))).collect() }
}

impl Chart {
    pub fn of(t: Texts, truth: &Truth, thresholds: Thresholds) -> Self {
        let mut curve = truth.curve.clone();
        curve.sort_by_key(|point| point.threshold);
        let first = curve.first().map_or(0, |point| point.threshold);
        let last = curve.last().map_or(0, |point| point.threshold);
        let (from, to) = (f64::from(first), f64::from(last));
        let mut pieces = Vec::new();
        for class in ["recall", "precision"] {
            let at = |point: &Point| {
                let ratio = if class == "recall" { point.pairs.recall() } else { point.pairs.precision() };
                ratio.map(|ratio| (share(f64::from(point.threshold), from, to) * 100.0, height(ratio)))
            };
            for (one, other) in curve.iter().zip(curve.iter().skip(1)) {
                if let (Some(one), Some(other)) = (at(one), at(other)) {
                    let [x1, y1, x2, y2] = [one.0, one.1, other.0, other.1].map(percent);
                    pieces.push(Piece { class, x1, y1, x2, y2 });
                }
            }
        }
        let whole = |millibits: Millibits| i64::from(millibits.div_euclid(1_000));
        let ticks = round(whole(first), whole(last), 4).into_iter().filter(|bits| bits * 1_000 >= i64::from(first));
        let tick = |bits: i64| {
            let at = Millibits::try_from(bits * 1_000).unwrap_or(0);
            Tick::across(share(f64::from(at), from, to), t.whole(bits))
        };
        let within = |(_, weight): &(&'static str, Millibits)| (first..=last).contains(weight);
        let shown: Vec<_> =
            [("certain", thresholds.certain), ("possible", thresholds.possible)].into_iter().filter(within).collect();
        Self {
            measures: vec![
                measures(t, t.say("pairs-certain").to_owned(), truth.certain.pairs),
                measures(t, t.say("groups-certain").to_owned(), truth.certain.groups),
                measures(t, t.say("pairs-possible").to_owned(), truth.possible.pairs),
                measures(t, t.say("groups-possible").to_owned(), truth.possible.groups),
            ],
            pieces,
            across: ticks.map(tick).collect(),
            up: [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| Tick::up(share, t.decimals(share, 2))).into(),
            limits: limits(t, &shown, from, to),
            points: curve.iter().map(|point| measures(t, t.bits(point.threshold), point.pairs)).collect(),
            rates: truth.false_certain.iter().map(|rate| rate_line(t, rate)).collect(),
        }
    }
}

fn rate_line(t: Texts, rate: &Rate) -> Line {
    let ratio = (rate.of > 0).then(|| part(rate.wrong, rate.of) * 100.0);
    let share = ratio.map_or_else(|| t.ratio(None), |ratio| format!("{} %", t.decimals(ratio, 3)));
    Line { label: rate.label.clone(), cells: vec![t.count(rate.wrong), t.count(rate.of), share] }
}
