//! Why the records of a group are one person: as strong as the weakest link between any two of them.

use serde::{Deserialize, Serialize};

use super::{Basis, Explanation, VERSION, pair_among};
use crate::register::Row;
use crate::resolve::{CEILING, FLOOR};
use crate::score::Millibits;

/// A record of a group, and how it fits the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fit {
    /// The record's id.
    pub record: String,
    /// What it weighs with the others on average, each pair within the bounds by which groups are solved.
    pub average: Millibits,
}

/// What holds a group together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupExplanation {
    /// See [`VERSION`].
    pub version: u32,
    /// The ids of its records, in order.
    pub records: Vec<String>,
    /// The two records that weigh least together.
    pub weakest: Explanation,
    /// The record that fits worst; none among two, which fit equally.
    pub worst: Option<Fit>,
}

/// What holds a group together; `None` where there are fewer than two different records. Compares every two of them.
pub fn group(basis: &Basis<'_>, rows: &[Row]) -> Option<GroupExplanation> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows.dedup();
    let mut weakest: Option<(Millibits, Row, Row)> = None;
    let mut sums = vec![0_i64; rows.len()];
    for (place, a) in rows.iter().enumerate() {
        for (further, b) in rows.iter().enumerate().skip(place + 1) {
            let weight = basis.weight(*a, *b);
            let found = (weight, *a, *b);
            weakest = Some(weakest.map_or(found, |so_far| so_far.min(found)));
            for at in [place, further] {
                if let Some(sum) = sums.get_mut(at) {
                    *sum += i64::from(weight.clamp(FLOOR, CEILING));
                }
            }
        }
    }
    let (_, a, b) = weakest?;
    let others = i64::try_from(rows.len() - 1).unwrap_or(i64::MAX);
    let worst = rows.iter().zip(&sums).min_by_key(|(row, sum)| (**sum, **row)).filter(|_| rows.len() > 2);
    let mut beside = rows.clone();
    beside.extend(&basis.beside);
    Some(GroupExplanation {
        version: VERSION,
        records: rows.iter().map(|row| basis.register.id(*row).to_owned()).collect(),
        weakest: pair_among(basis, a, b, &beside),
        worst: worst.map(|(row, sum)| Fit {
            record: basis.register.id(*row).to_owned(),
            average: Millibits::try_from(sum.div_euclid(others)).unwrap_or(0),
        }),
    })
}
