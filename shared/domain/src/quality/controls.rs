//! What the answers to control questions tell ([`crate::decisions::control`]): how often stewards agree with each other and with what
//! is known, and, with what is known of all pairs, how often the linker is right where it is certain, and how much it finds by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::share::{Share, weighted};
use crate::fact::steward::{Choice, Stratum};
use crate::fact::{Body, Fact, LinkerFact, StewardFact};
use crate::ids::{MatchId, Pair, PartyId, PersonId};

/// What the linker is certain of, by what it is drawn from.
const CERTAIN: [Stratum; 2] = [Stratum::CertainByNumber, Stratum::CertainOtherwise];
/// Shares are told in ten thousandths.
const WHOLE: u128 = 10_000;

/// What a share of the whole is thought to be, with its bounds, in ten thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The lower bound, rounded down.
    pub low: u16,
    /// What is most likely.
    pub likely: u16,
    /// The upper bound, rounded up.
    pub high: u16,
}

/// What stewards said of pairs that the linker is certain of by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertainRight {
    /// By what it is certain of them.
    pub stratum: Stratum,
    /// How many pairs hold persons together by that now.
    pub pairs: usize,
    /// Of the answers: how many said that it is one person.
    pub right: Share,
}

/// The control questions, and what holds persons together.
#[derive(Debug, Clone, Default)]
pub(super) struct Controls {
    drawn: BTreeMap<MatchId, (Stratum, bool)>,
    /// Whether the answer agrees with what held.
    answered: BTreeMap<MatchId, (Stratum, bool)>,
    certain: BTreeMap<PersonId, Vec<(Pair<PartyId>, Stratum)>>,
}

impl Controls {
    pub(super) fn hear(&mut self, fact: &Fact) {
        match &fact.body {
            Body::Steward(StewardFact::ControlDrawn(drawn)) => {
                self.drawn.insert(drawn.asked.question, (drawn.stratum, drawn.same));
            }
            Body::Steward(StewardFact::PairReviewed(reviewed)) => {
                let could_tell = matches!(reviewed.choice, Choice::Same | Choice::Different);
                if let Some((stratum, same)) = self.drawn.get(&reviewed.question).filter(|_| could_tell) {
                    self.answered.insert(reviewed.question, (*stratum, reviewed.choice == Choice::of(*same)));
                }
            }
            Body::Steward(StewardFact::ReviewUndone(undone)) => {
                self.answered.remove(&undone.question);
            }
            Body::Linker(LinkerFact::PersonCertain(person)) => {
                let pairs = person.evidence.iter().filter_map(|one| Some((one.pair, Stratum::of_certain(one)?)));
                self.certain.insert(person.person, pairs.collect());
            }
            Body::Linker(told) => {
                if let Some(person) = told.ends() {
                    self.certain.remove(&person);
                }
            }
            _ => {}
        }
    }

    /// How many of the answers to what was drawn from these agreed with what held.
    pub(super) fn agreed(&self, of: &[Stratum]) -> Option<Share> {
        let answers: Vec<bool> =
            self.answered.values().filter(|(stratum, _)| of.contains(stratum)).map(|(_, agreed)| *agreed).collect();
        Share::of(answers.iter().filter(|agreed| **agreed).count(), answers.len())
    }

    fn pairs(&self, stratum: Stratum) -> usize {
        let all = self.certain.values().flatten().filter(|(_, of)| *of == stratum);
        all.map(|(pair, _)| *pair).collect::<BTreeSet<_>>().len()
    }

    /// By what the linker is certain: how often it is right.
    pub(super) fn certain(&self) -> Vec<CertainRight> {
        let of = |stratum| Some(CertainRight { stratum, pairs: self.pairs(stratum), right: self.agreed(&[stratum])? });
        CERTAIN.into_iter().filter_map(of).collect()
    }

    /// How many of all pairs that the linker is certain of are right: what was answered of each stratum, weighted by how many pairs it
    /// has. Nothing while one that has pairs has too few answers.
    pub(super) fn precision(&self) -> Option<Estimate> {
        let (low, likely, high) = weighted(&CERTAIN.map(|stratum| (self.pairs(stratum), self.agreed(&[stratum]))))?;
        Some(Estimate { low, likely, high })
    }

    /// How many of all pairs that are known to be one person the linker found by itself: those that it is certain of, as far as they
    /// are right, against those and what people found.
    pub(super) fn recall(&self, found_by_people: usize) -> Option<Estimate> {
        let precision = self.precision()?;
        let certain = CERTAIN.map(|stratum| self.pairs(stratum) as u128).iter().sum::<u128>();
        let people = found_by_people as u128 * WHOLE;
        let part = |right: u16| (certain * u128::from(right), certain * u128::from(right) + people);
        let bounded = |share: u128| u16::try_from(share.min(WHOLE)).unwrap_or(u16::MAX);
        let [low, likely, high] = [precision.low, precision.likely, precision.high].map(part);
        if likely.1 == 0 {
            return None;
        }
        Some(Estimate {
            low: bounded(low.0 * WHOLE / low.1.max(1)),
            likely: bounded((likely.0 * WHOLE + likely.1 / 2) / likely.1),
            high: bounded((high.0 * WHOLE).div_ceil(high.1.max(1))),
        })
    }
}
