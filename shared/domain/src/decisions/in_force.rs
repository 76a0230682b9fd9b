//! What holds about pairs of records: the newest ruling on each that was not undone.

use std::collections::BTreeMap;

use crate::ids::{FactId, Pair, PartyId};

/// What holds about each pair, where every word takes the place of the one before until it is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce<T> {
    now: BTreeMap<Pair<PartyId>, T>,
    /// Of each pair, where what holds is written.
    newest: BTreeMap<Pair<PartyId>, FactId>,
    /// What held before each word.
    before: BTreeMap<FactId, Option<(FactId, T)>>,
}

impl<T> Default for InForce<T> {
    fn default() -> Self {
        Self { now: BTreeMap::new(), newest: BTreeMap::new(), before: BTreeMap::new() }
    }
}

impl<T> InForce<T> {
    /// Something was said about a pair, in this fact.
    pub fn rule(&mut self, pair: Pair<PartyId>, fact: FactId, said: T) {
        let before = self.newest.insert(pair, fact).zip(self.now.insert(pair, said));
        self.before.insert(fact, before);
    }

    /// What was said in this fact is taken back. If something was said since, that holds.
    pub fn undo(&mut self, pair: Pair<PartyId>, fact: FactId) {
        if self.newest.get(&pair) != Some(&fact) {
            return;
        }
        if let Some((earlier, said)) = self.before.remove(&fact).flatten() {
            self.newest.insert(pair, earlier);
            self.now.insert(pair, said);
        } else {
            self.newest.remove(&pair);
            self.now.remove(&pair);
        }
    }

    /// About this pair, what holds and held is as in another.
    pub fn take_from(&mut self, other: &Self, pair: Pair<PartyId>)
    where
        T: Clone,
    {
        while let Some(newest) = self.newest.get(&pair).copied() {
            self.undo(pair, newest);
        }
        let mut said = Vec::new();
        let mut next = other.newest.get(&pair).copied().zip(other.now.get(&pair).cloned());
        while let Some((fact, word)) = next {
            said.push((fact, word));
            next = other.before.get(&fact).cloned().flatten();
        }
        for (fact, word) in said.into_iter().rev() {
            self.rule(pair, fact, word);
        }
    }

    /// What holds about each pair about which anything does.
    pub const fn now(&self) -> &BTreeMap<Pair<PartyId>, T> {
        &self.now
    }

    /// What holds about a pair.
    pub fn get(&self, pair: Pair<PartyId>) -> Option<&T> {
        self.now.get(&pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_held_before_holds_again_over_any_number_of_steps() {
        let pair = Pair::of(PartyId::derived(&["a"]), PartyId::derived(&["b"]));
        let fact = |number: &str| FactId::derived(&[number]);
        let mut rulings = InForce::default();
        rulings.undo(pair, fact("0"));
        assert_eq!(rulings.get(pair), None);
        rulings.rule(pair, fact("1"), "first");
        rulings.rule(pair, fact("2"), "second");
        rulings.undo(pair, fact("1"));
        assert_eq!(rulings.get(pair), Some(&"second"), "only what holds can be taken back");
        rulings.undo(pair, fact("2"));
        rulings.undo(pair, fact("2"));
        assert_eq!(rulings.get(pair), Some(&"first"));
        rulings.undo(pair, fact("1"));
        assert_eq!((rulings.get(pair), rulings.now().len()), (None, 0));
        rulings.rule(pair, fact("3"), "third");
        assert_eq!(rulings.get(pair), Some(&"third"));
        let mut other = InForce::default();
        other.rule(pair, fact("4"), "fourth");
        other.rule(pair, fact("5"), "fifth");
        rulings.take_from(&other, pair);
        assert_eq!(rulings.get(pair), Some(&"fifth"));
        rulings.undo(pair, fact("5"));
        assert_eq!(rulings.get(pair), Some(&"fourth"));
        rulings.take_from(&InForce::default(), pair);
        assert_eq!(rulings.get(pair), None);
    }
}
