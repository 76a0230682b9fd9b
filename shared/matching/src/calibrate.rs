//! Calibration: what a weight is worth, learnt from labelled pairs.
//!
//! A threshold is never set where the labels happen to look good: it is the lowest weight from which on the *lower bound* of
//! the precision (Clopper and Pearson 1934) is still as high as wanted. Few labels therefore give a cautious threshold, or
//! none. The curve is monotonous (isotonic regression by pooling adjacent violators; Ayer and others 1955).

use serde::{Deserialize, Serialize};
use statrs::function::beta::inv_beta_reg;

use crate::score::Millibits;

/// How often pairs from one weight on to the next were one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Point {
    /// From this weight on.
    pub from: Millibits,
    /// How many pairs were labelled.
    pub labelled: u64,
    /// How many of 10,000 were one person, after pooling.
    pub same_in_10000: u16,
}

/// A labelled pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sample {
    /// What it weighs.
    pub weight: Millibits,
    /// Whether it passes the gate.
    pub passes: bool,
    /// Whether it is one person.
    pub same: bool,
}

/// What follows from labelled pairs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calibration {
    /// The curve, lowest weight first.
    pub curve: Vec<Point>,
    /// From here on pairs that pass the gate are precise enough; none when the labels do not prove it of any weight.
    pub certain: Option<Millibits>,
    /// From here on pairs are worth a question; none when no weight below even odds is, by the labels.
    pub possible: Option<Millibits>,
}

/// How many of 10,000 pairs of a weight must be one person to be worth a question: one in twenty. A question takes minutes; what
/// is not asked is never found.
const ASKED: u16 = 500;

/// How sure a lower bound is: it is above the truth in one of a hundred samples.
const CONFIDENCE: f64 = 0.99;
/// The width of a point of the curve: one bit.
const STEP: Millibits = 1_000;

/// The lower bound of a share of which `hits` of `tries` were seen, by the exact binomial interval of Clopper and Pearson
/// (one-sided, at 99 %).
pub fn lower_bound(hits: u64, tries: u64) -> f64 {
    if hits == 0 || tries == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of labels is far below 2^52")]
    let (hits, tries) = (hits.min(tries) as f64, tries as f64);
    inv_beta_reg(hits, tries - hits + 1.0, 1.0 - CONFIDENCE)
}

/// Calibrates on labelled pairs. `wanted` is the precision, between 0 and 1, that pairs must have to be taken for certain.
pub fn calibrate(mut samples: Vec<Sample>, wanted: f64) -> Calibration {
    samples.sort_unstable();
    let mut bins: Vec<(Millibits, u64, u64)> = Vec::new();
    for sample in &samples {
        let from = sample.weight.div_euclid(STEP) * STEP;
        match bins.last_mut() {
            Some((last, count, same)) if *last == from => {
                *count += 1;
                *same += u64::from(sample.same);
            }
            _ => bins.push((from, 1, u64::from(sample.same))),
        }
    }
    let curve = isotonic(&bins);
    let asked = curve.iter().find(|point| point.same_in_10000 >= ASKED);
    let possible = asked.map(|point| point.from).filter(|from| *from < 0);
    Calibration { certain: certain(&samples, wanted), possible, curve }
}

/// The lowest weight from which on pairs that pass the gate are precise enough for sure.
fn certain(samples: &[Sample], wanted: f64) -> Option<Millibits> {
    let (mut hits, mut tries, mut lowest) = (0, 0, None);
    let passing: Vec<&Sample> = samples.iter().filter(|sample| sample.passes).collect();
    for alike in passing.rchunk_by_weight() {
        tries += alike.len() as u64;
        hits += alike.iter().filter(|sample| sample.same).count() as u64;
        if lower_bound(hits, tries) >= wanted {
            lowest = alike.first().map(|sample| sample.weight);
        }
    }
    lowest
}

/// Runs of equal weight, the highest first.
trait ByWeight {
    fn rchunk_by_weight(&self) -> impl Iterator<Item = &[&Sample]>;
}

impl ByWeight for Vec<&Sample> {
    fn rchunk_by_weight(&self) -> impl Iterator<Item = &[&Sample]> {
        let runs: Vec<&[&Sample]> = self.chunk_by(|a, b| a.weight == b.weight).collect();
        runs.into_iter().rev()
    }
}

/// Pools neighbours until no lower weight is more often one person than a higher one.
fn isotonic(bins: &[(Millibits, u64, u64)]) -> Vec<Point> {
    let mut pools: Vec<(Vec<Millibits>, u64, u64)> = Vec::new();
    for (from, count, same) in bins {
        pools.push((vec![*from], *count, *same));
        while let [.., (_, count, same), (_, next_count, next_same)] = &pools[..]
            && u128::from(*same) * u128::from(*next_count) >= u128::from(*next_same) * u128::from(*count)
            && let Some((froms, count, same)) = pools.pop()
            && let Some(last) = pools.last_mut()
        {
            last.0.extend(froms);
            last.1 += count;
            last.2 += same;
        }
    }
    let points = pools.into_iter().map(|(froms, count, same)| Point {
        from: froms.first().copied().unwrap_or_default(),
        labelled: count,
        same_in_10000: u16::try_from(same * 10_000 / count.max(1)).unwrap_or(10_000),
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lower_bound_is_the_published_one() {
        // 3,000 of 3,000: 0.01^(1/3000).
        assert!((lower_bound(3_000, 3_000) - 0.998_466).abs() < 1e-6);
        assert!(lower_bound(9, 10) > 0.49 && lower_bound(9, 10) < 0.51);
        assert!(lower_bound(0, 5).abs() < 1e-12 && lower_bound(0, 0).abs() < 1e-12);
    }

    fn sample(weight: Millibits, same: bool) -> Sample {
        Sample { weight, passes: true, same }
    }

    #[test]
    fn few_labels_prove_nothing() {
        let few = vec![sample(9_000, true); 100];
        assert_eq!(calibrate(few, 0.999).certain, None);
    }

    #[test]
    fn the_threshold_is_the_lowest_that_is_proved() {
        let mut samples = vec![sample(12_000, true); 6_000];
        samples.extend(vec![sample(8_000, true); 3_000]);
        samples.extend(vec![sample(4_000, false); 200]);
        assert_eq!(calibrate(samples, 0.999).certain, Some(8_000));
    }

    #[test]
    fn one_in_twenty_is_worth_a_question() {
        let mut samples = Vec::new();
        for (weight, same) in [(-4_000, 4), (-3_000, 6), (-2_000, 20), (1_000, 60)] {
            samples.extend((0..100).map(|number| sample(weight, number < same)));
        }
        assert_eq!(calibrate(samples.clone(), 0.9).possible, Some(-3_000));
        // At even odds it always was.
        samples.retain(|sample| sample.weight > 0);
        assert_eq!(calibrate(samples, 0.9).possible, None);
    }

    #[test]
    fn the_curve_never_falls() {
        let mut samples = Vec::new();
        for (weight, same, of) in [(-2_000, 1, 10), (0, 6, 10), (2_000, 4, 10), (4_000, 10, 10)] {
            samples.extend((0..of).map(|number| sample(weight, number < same)));
        }
        let curve = calibrate(samples, 0.9).curve;
        assert_eq!(curve.iter().map(|point| point.same_in_10000).collect::<Vec<_>>(), vec![1_000, 5_000, 10_000]);
    }
}
