//! Whether the records of a source agree with others otherwise than they used to: a field that is suddenly empty, or that suddenly
//! contradicts, tells of a change at the source sooner than any complaint does.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::share::Share;
use crate::court::Court;
use crate::fact::linker::Question;
use crate::ids::{CaseId, MatchId};

/// How many days count as now.
pub const WINDOW: i64 = 28;
/// The levels that are followed: nothing to compare, and a contradiction.
const LEVELS: [&str; 2] = ["missing", "different"];

/// How often a field of a court's records stands on a level, now and before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The court.
    pub court: Court,
    /// The field, such as `birth-date`.
    pub field: String,
    /// The level: `missing` or `different`.
    pub level: &'static str,
    /// Of the questions of before.
    pub before: Share,
    /// Of those of the last [`WINDOW`] days.
    pub now: Share,
}

impl Drift {
    /// Whether it changed by more than chance explains.
    pub const fn is_real(&self) -> bool {
        self.now.differs_from(&self.before)
    }
}

/// What was seen when a question was first asked.
#[derive(Debug, Clone)]
struct Sample {
    cases: [CaseId; 2],
    on: Date,
    levels: Vec<(String, String)>,
}

/// What was seen of all questions, and which court has which case.
#[derive(Debug, Clone, Default)]
pub(super) struct Samples {
    courts: BTreeMap<CaseId, Court>,
    asked: BTreeMap<MatchId, Sample>,
}

/// Of so many, so many on this level: before and now.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    of: [usize; 2],
    hits: [[usize; 2]; LEVELS.len()],
}

impl Samples {
    pub(super) fn registered(&mut self, case: CaseId, court: Court) {
        self.courts.insert(case, court);
    }

    /// A question counts once, as it was first asked: what is asked again tells of stewards, not of sources.
    pub(super) fn asked(&mut self, asked: &Question, at: Timestamp) {
        self.asked.entry(asked.question).or_insert_with(|| Sample {
            cases: [asked.cases.0, asked.cases.1],
            on: at.to_zoned(TimeZone::UTC).date(),
            levels: asked.evidence.fields.iter().map(|field| (field.field.clone(), field.level.clone())).collect(),
        });
    }

    /// Every field of every court of which enough is known, by court, field and level.
    pub(super) fn drift(&self, today: Date) -> Vec<Drift> {
        let since = today.checked_sub(WINDOW.days()).unwrap_or(today);
        let mut counts: BTreeMap<(Court, &str), Count> = BTreeMap::new();
        for sample in self.asked.values() {
            let window = usize::from(sample.on > since);
            let mut concerned: Vec<Court> =
                sample.cases.iter().filter_map(|case| self.courts.get(case)).copied().collect();
            concerned.sort_unstable();
            concerned.dedup();
            for (field, level) in &sample.levels {
                for court in &concerned {
                    let count = counts.entry((*court, field)).or_default();
                    count.of[window] += 1;
                    for (hits, known) in count.hits.iter_mut().zip(LEVELS) {
                        hits[window] += usize::from(level == known);
                    }
                }
            }
        }
        let of = |((court, field), count): ((Court, &str), Count)| {
            let share = move |level: usize, window: usize| Share::of(count.hits[level][window], count.of[window]);
            let field = field.to_owned();
            LEVELS.into_iter().enumerate().filter_map(move |(index, level)| {
                let (before, now) = (share(index, 0)?, share(index, 1)?);
                Some(Drift { court, field: field.clone(), level, before, now })
            })
        };
        counts.into_iter().flat_map(of).collect()
    }
}
