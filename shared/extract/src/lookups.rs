//! How long it takes to decide about one record.

use std::time::{Duration, Instant};

use matching::candidates::Candidates;
use matching::gate::{Beside, Gate};
use matching::register::Row;

use crate::run::Solved;

/// How long single records took: found by their keys, compared with all that they find, each pair weighed and judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookups {
    /// From the shortest to the longest.
    times: Vec<Duration>,
}

/// Spreads the records that are looked up over the register; odd and no divisor of a round number.
const STEP: u64 = 7_919;

impl Lookups {
    /// Looks up so many records of a register, one after another on one core, each among all of the register.
    pub fn of(solved: &Solved, link_only: bool, records: u32) -> Self {
        let (register, model) = (&solved.register, &solved.model);
        let candidates = Candidates::of(register, &model.plan, link_only);
        let (scale, gate) = (model.scale(), Gate::of(register.schema()));
        let rows = u64::from(register.rows()).max(1);
        let mut times: Vec<Duration> = (0..u64::from(records))
            .map(|number| {
                let row = Row::try_from(number * STEP % rows).unwrap_or(0);
                let begun = Instant::now();
                for other in candidates.near(row) {
                    let (a, b) = (row.min(other), row.max(other));
                    let (score, pattern) = scale.score(register, a, b);
                    std::hint::black_box((score, gate.judge(pattern, Beside::case(register.same_case(a, b)))));
                }
                begun.elapsed()
            })
            .collect();
        times.sort_unstable();
        Self { times }
    }

    /// The time that so many of a thousand records do not exceed; `None` where none was looked up.
    pub fn within(&self, of_a_thousand: usize) -> Option<Duration> {
        self.times.get((self.times.len() * of_a_thousand / 1_000).min(self.times.len().checked_sub(1)?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_times_is_told() {
        let lookups = Lookups { times: (1..=100).map(Duration::from_micros).collect() };
        assert_eq!(lookups.within(500), Some(Duration::from_micros(51)));
        assert_eq!(lookups.within(1_000), Some(Duration::from_micros(100)));
        assert_eq!(Lookups { times: Vec::new() }.within(990), None);
    }
}
