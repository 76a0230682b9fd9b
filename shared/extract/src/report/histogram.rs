//! What the compared pairs weigh, bit by bit.

use std::collections::BTreeMap;

use matching::explain::Verdict;
use matching::model::Thresholds;
use matching::score::Millibits;

use super::chart::{Tick, drawn, height, logarithmic, percent, powers, round, share};
use super::texts::Texts;

/// Below and above, everything counts as the outermost bit.
const BOUNDS: (Millibits, Millibits) = (-40, 59);

/// How many pairs weigh about as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bin {
    /// How many are certain by themselves.
    pub certain: u64,
    /// How many are possible, or have to be asked about.
    pub possible: u64,
    /// How many are apart.
    pub apart: u64,
}

/// Pairs by what they weigh.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scores {
    /// By whole bits, rounded down.
    bins: BTreeMap<Millibits, Bin>,
}

impl Scores {
    /// Counts pairs of a weight.
    pub fn add(&mut self, weight: Millibits, verdict: Verdict, pairs: u64) {
        let bin = self.bins.entry(weight.div_euclid(1_000).clamp(BOUNDS.0, BOUNDS.1)).or_default();
        let count = match verdict {
            Verdict::Certain => &mut bin.certain,
            Verdict::Possible | Verdict::Ask => &mut bin.possible,
            Verdict::Apart => &mut bin.apart,
        };
        *count += pairs;
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (bits, more) in &other.bins {
            let bin = self.bins.entry(*bits).or_default();
            bin.certain += more.certain;
            bin.possible += more.possible;
            bin.apart += more.apart;
        }
    }

    /// The bins, from the lightest to the heaviest, by their lower bound in whole bits; those without pairs left out.
    pub fn bins(&self) -> impl Iterator<Item = (Millibits, Bin)> {
        self.bins.iter().map(|(bits, bin)| (*bits, *bin))
    }
}

/// A bar, in percent.
pub(super) struct Bar {
    pub class: &'static str,
    pub x: String,
    pub y: String,
    pub width: String,
    pub height: String,
}

/// A line of the table.
pub(super) struct Line {
    pub bits: String,
    pub certain: String,
    pub possible: String,
    pub apart: String,
}

/// A threshold.
pub(super) struct Limit {
    pub at: String,
    pub class: &'static str,
    pub label: String,
    pub anchor: &'static str,
    pub y: &'static str,
}

pub(super) struct Chart {
    pub bars: Vec<Bar>,
    pub across: Vec<Tick>,
    pub up: Vec<Tick>,
    pub limits: Vec<Limit>,
    pub lines: Vec<Line>,
}

/// The thresholds as lines over a chart that reaches between two weights.
pub(super) fn limits(t: Texts, thresholds: &[(&'static str, Millibits)], from: f64, to: f64) -> Vec<Limit> {
    let placed = thresholds.iter().zip(["11", "25"]).map(|((class, weight), y)| {
        let share = share(f64::from(*weight), from, to);
        Limit {
            at: percent(share * 100.0),
            class,
            label: format!("{} {}", t.say(class), t.bits(*weight)),
            anchor: match share {
                share if share < 0.3 => "start",
                share if share > 0.7 => "end",
                _ => "middle",
            },
            y,
        }
    });
    placed.collect()
}

impl Chart {
    pub fn of(t: Texts, scores: &Scores, thresholds: Thresholds) -> Self {
        let of_thresholds = [("certain", thresholds.certain), ("possible", thresholds.possible)];
        let marks = || of_thresholds.iter().map(|(_, weight)| weight.div_euclid(1_000));
        let first = scores.bins().map(|(bits, _)| bits).chain(marks()).min().unwrap_or(0);
        let last = scores.bins().map(|(bits, _)| bits).chain(marks()).max().unwrap_or(0) + 1;
        let (from, to) = (f64::from(first), f64::from(last));
        let most = scores.bins().map(|(_, bin)| bin.certain.max(bin.possible).max(bin.apart)).max().unwrap_or(0);
        let powers = powers(most);
        let mut bars = Vec::new();
        for (bits, bin) in scores.bins() {
            let third = 1.0 / (to - from) / 3.0;
            let classes = [("apart", bin.apart), ("possible", bin.possible), ("certain", bin.certain)];
            for (place, (class, count)) in (0..).zip(classes).filter(|(_, (_, count))| *count > 0) {
                let top = height(logarithmic(count, powers));
                bars.push(Bar {
                    class,
                    x: percent((share(f64::from(bits), from, to) + f64::from(place) * third) * 100.0),
                    y: percent(top),
                    width: percent(third * 100.0),
                    height: percent(height(0.0) - top),
                });
            }
        }
        let ticks = round(i64::from(first), i64::from(last), 4);
        let tick = |bits: i64| {
            let whole = Millibits::try_from(bits).unwrap_or(0);
            Tick::across(share(f64::from(whole), from, to), t.whole(bits))
        };
        Self {
            bars,
            across: ticks.into_iter().map(tick).collect(),
            up: (0..=powers)
                .step_by(if powers > 5 { 2 } else { 1 })
                .filter_map(|power| 10_u64.checked_pow(power))
                .map(|count| Tick::up(logarithmic(count, powers), t.count(count)))
                .collect(),
            limits: limits(t, &of_thresholds, from * 1_000.0, to * 1_000.0),
            lines: scores
                .bins()
                .map(|(bits, bin)| Line {
                    bits: t.span(i64::from(bits), i64::from(bits) + 1),
                    certain: t.count(bin.certain),
                    possible: t.count(bin.possible),
                    apart: t.count(bin.apart),
                })
                .collect(),
        }
    }

    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty()
    }
}

/// Shares of a whole, as numbers to draw with.
pub(super) fn part(count: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { drawn(count) / drawn(of) }
}
