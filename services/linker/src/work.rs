//! How much is looked at: what decisions cost, counted and not timed.

use std::sync::atomic::{AtomicU64, Ordering};

/// How much was looked at since the start. Also told as the metrics `linker_records_opened_total`, `linker_pairs_compared_total` and
/// `linker_facts_read_total`.
#[derive(Debug, Default)]
pub struct Work {
    opened: AtomicU64,
    compared: AtomicU64,
    facts: AtomicU64,
}

/// What was looked at by some moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many records were opened.
    pub opened: u64,
    /// How many pairs of records were compared, at most: of those that were solved together every two.
    pub compared: u64,
    /// How many facts were read.
    pub facts: u64,
}

impl Work {
    /// All of it so far.
    pub fn so_far(&self) -> Looked {
        Looked {
            opened: self.opened.load(Ordering::Relaxed),
            compared: self.compared.load(Ordering::Relaxed),
            facts: self.facts.load(Ordering::Relaxed),
        }
    }

    pub(crate) fn opened(&self, records: usize) {
        let records = records as u64;
        self.opened.fetch_add(records, Ordering::Relaxed);
        metrics::counter!("linker_records_opened_total").increment(records);
    }

    pub(crate) fn compared(&self, pairs: u64) {
        self.compared.fetch_add(pairs, Ordering::Relaxed);
        metrics::counter!("linker_pairs_compared_total").increment(pairs);
    }

    pub(crate) fn read(&self, facts: u64) {
        self.facts.fetch_add(facts, Ordering::Relaxed);
        metrics::counter!("linker_facts_read_total").increment(facts);
    }
}

impl Looked {
    /// What was looked at since an earlier moment.
    #[must_use]
    pub const fn since(self, before: Self) -> Self {
        Self {
            opened: self.opened - before.opened,
            compared: self.compared - before.compared,
            facts: self.facts - before.facts,
        }
    }
}
