//! What stewards rule in a story, and in which order it is heard.

use std::collections::BTreeSet;

use caseload::PartyRecord;
use caseload::draws::{Draws, Purpose};
use domain::ids::{Pair, PartyId};

use crate::story::{Said, Story, What, evidence, member};

impl Story {
    /// Stewards rule on pairs, rule otherwise later, and take back what holds, once or step by step; of different pairs in turns.
    pub(crate) fn is_ruled_on(&mut self, records: &[PartyRecord], numbers: &mut Draws) {
        let mut pairs: BTreeSet<Pair<PartyId>> = BTreeSet::new();
        for _ in 0..numbers.below(4) {
            let a = &records[numbers.below(records.len())];
            // Of one person as often as of any two, so that there is something to part.
            let of_one: Vec<&PartyRecord> = records.iter().filter(|b| b.person_id == a.person_id).collect();
            let b = if numbers.below(2) == 0 {
                &records[numbers.below(records.len())]
            } else {
                of_one[numbers.below(of_one.len())]
            };
            if member(a).party != member(b).party {
                pairs.insert(Pair::of(member(a).party, member(b).party));
            }
        }
        let mut turns: Vec<Pair<PartyId>> = pairs.iter().flat_map(|pair| vec![*pair; 1 + numbers.below(4)]).collect();
        numbers.shuffle(&mut turns);
        for pair in turns {
            match self.rulings_in_force(pair).last() {
                Some(of) if numbers.below(2) == 0 => self.takes_back(pair, *of),
                _ => {
                    let seen = (numbers.below(2) == 0).then(|| Box::new(evidence(pair, numbers.below(3))));
                    let (same, after) = (numbers.below(2) == 0, self.last_said_of(pair));
                    self.said.push(Said::Ruled { pair, same, seen, after });
                }
            }
        }
    }

    /// What stewards do in it, by what this is called.
    pub fn rulings(&self) -> BTreeSet<&'static str> {
        let mut found = BTreeSet::new();
        for (number, said) in self.said.iter().enumerate() {
            match said {
                Said::Ruled { pair, same, after, .. } => {
                    found.insert("ruled");
                    let held = self.in_force_before(number, *pair).pop();
                    let other = held
                        .is_some_and(|held| matches!(&self.said[held], Said::Ruled { same: held, .. } if held != same));
                    found.extend(held.is_some().then_some("ruled again"));
                    found.extend(other.then_some("overruled"));
                    found.extend((held.is_none() && after.is_some()).then_some("ruled after it was taken back"));
                }
                Said::Undone { pair, .. } => {
                    found.insert("taken back");
                    let again = self.in_force_before(number, *pair).len() > 1;
                    found.extend(again.then_some("taken back to what held before"));
                }
                Said::Told { .. } => {}
            }
        }
        found
    }

    /// In which order it is told: in any, and some of it twice. The same for the same seed.
    pub fn order(&self, seed: u64) -> Vec<usize> {
        let mut numbers = Draws::new(seed, 1, Purpose::Whole);
        let mut order: Vec<usize> = (0..self.said.len()).collect();
        let again: Vec<usize> = order.iter().copied().filter(|_| numbers.below(5) == 0).collect();
        order.extend(again);
        numbers.shuffle(&mut order);
        order
    }

    /// What becomes of rulings by the order in which they are told, by what this is called.
    pub fn orders(&self, order: &[usize]) -> BTreeSet<&'static str> {
        let first = |number: usize| order.iter().position(|told| *told == number);
        let mut found = BTreeSet::new();
        for (number, said) in self.said.iter().enumerate() {
            let (pair, after) = match said {
                Said::Ruled { pair, after, .. } => (pair, *after),
                Said::Undone { pair, after, .. } => (pair, Some(*after)),
                Said::Told { .. } => continue,
            };
            let twice = order.iter().filter(|told| **told == number).count() > 1;
            found.extend(twice.then_some("heard twice"));
            found.extend(
                after.is_some_and(|after| first(number) < first(after)).then_some("heard before what it is about"),
            );
            let of_pair = |said: &Said| {
                matches!(said, Said::Told { what: What::Added { party, .. } | What::Details { party, .. }, .. }
                    if [pair.a, pair.b].contains(party))
            };
            let told =
                || self.said.iter().enumerate().filter(|(_, said)| of_pair(said)).map(|(number, _)| first(number));
            found.extend(told().any(|told| first(number) < told).then_some("heard before its records"));
            found.extend(told().all(|told| told < first(number)).then_some("heard after its records"));
        }
        found
    }

    /// The rulings on a pair that nobody took back, in order: the last is in force.
    pub fn rulings_in_force(&self, pair: Pair<PartyId>) -> Vec<usize> {
        self.in_force_before(self.said.len(), pair)
    }

    /// The same, before something was said.
    fn in_force_before(&self, upto: usize, wanted: Pair<PartyId>) -> Vec<usize> {
        let mut rulings = Vec::new();
        for (number, said) in self.said[..upto].iter().enumerate() {
            match said {
                Said::Ruled { pair, .. } if *pair == wanted => rulings.push(number),
                Said::Undone { of, .. } => rulings.retain(|ruling| ruling != of),
                _ => {}
            }
        }
        rulings
    }
}
