//! Floor 0: invented caseloads of courts, with the truth about who is who.
//!
//! A caseload is families, their cases over the years, and every party of every case as its source wrote it down: with what
//! that kind of file carries, and with the errors that happen at a keyboard, a counter and a scanner. It serves to train,
//! measure and burden the matching where no real person may.
//!
//! Invariants: everything follows from the seed, byte for byte; a family from the seed and its own number, so that a smaller
//! caseload is the beginning of a larger one and families can be made side by side; nobody in it exists: names are common ones
//! drawn apart, towns and streets are put together, citizen service numbers are of the fictitious range.
//!
//! What it cannot give: numbers for everybody (there are about nine thousand fictitious citizen service numbers, which the
//! first 1,500 families have; see [`identifiers`]); people who are in the cases of two families; aliases; rates measured at
//! Dutch courts, which nobody publishes. Records of one family stand together: whoever measures an order must shuffle them.
//!
//! Deliberately absent: files and clocks (rows and events are texts, the caller writes them), and any judgement of matching.

pub mod cases;
pub mod course;
pub mod draws;
pub mod entry;
pub mod events;
pub mod garble;
pub mod identifiers;
pub mod names;
pub mod people;
pub mod places;
mod professionals;
pub mod rates;
pub mod record;
pub mod shares;

use cases::{Case, Docket};
pub use draws::Rate;
use entry::Entry;
use identifiers::Numbers;
use people::{Maker, People};
pub use rates::{Carriage, Rates};
pub use record::{PartyRecord, Slip};
pub use shares::Shares;

/// A caseload: as many families as are asked of it.
#[derive(Debug, Clone)]
pub struct Caseload {
    seed: u64,
    numbers: Numbers,
    shares: Shares,
    entry: Entry,
}

/// One family: who it is, which cases it has, and what was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Its number.
    pub number: u64,
    /// Who there is.
    pub people: People,
    /// The cases.
    pub cases: Vec<Case>,
    /// A record for every party of every case, in their order.
    pub records: Vec<PartyRecord>,
}

impl Caseload {
    /// The caseload of a seed, with the population and the rates as they are by default.
    pub fn new(seed: u64) -> Self {
        Self::with(seed, Shares::default(), Rates::default(), Carriage::default())
    }

    /// The caseload of a seed. Other rates leave people and cases as they are; other shares do not.
    pub fn with(seed: u64, shares: Shares, rates: Rates, carriage: Carriage) -> Self {
        Self { seed, numbers: Numbers::new(seed), shares, entry: Entry::new(rates, carriage) }
    }

    /// The family with this number.
    pub fn family(&self, number: u64) -> Family {
        let people = Maker::make(self.seed, number, &self.numbers, &self.shares);
        let cases = Docket::of(self.seed, number, &people);
        let records = self.entry.records(self.seed, number, &people, &cases);
        Family { number, people, cases, records }
    }

    /// The events of a family with what becomes of its cases beside: see [`course`]. Each case begins with what
    /// [`Family::events`] tells of it.
    pub fn eventful(&self, family: &Family) -> Vec<events::CaseEvent> {
        events::eventful(family, &mut course::draws(self.seed, family.number))
    }

    /// All families, one after the other, without end.
    pub fn families(&self) -> impl Iterator<Item = Family> {
        (0..).map(|number| self.family(number))
    }
}

impl Family {
    /// The same cases as events of the contract.
    pub fn events(&self) -> Vec<events::CaseEvent> {
        events::events(self)
    }

    /// The records whose roles may lead from one case to another: those that matching is about.
    pub fn linkable(&self) -> impl Iterator<Item = &PartyRecord> {
        self.records.iter().filter(|record| record.linkable)
    }
}
