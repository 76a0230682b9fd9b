//! A steward rules on two records: one person, or two.

use crate::decision::{Decision, Tags};
use crate::fact::linker::Question;
use crate::fact::steward::Ruling;
use crate::fact::{Body, Fact, LinkerFact, StewardFact};

/// A steward's ruling, to be written down.
#[derive(Debug, Clone)]
pub struct RuleOnPair {
    /// The ruling.
    pub ruling: Ruling,
    /// Whether the two records are one person.
    pub same: bool,
}

/// What was asked and ruled before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    asked: Option<Question>,
    ruled: Option<(Ruling, bool)>,
}

/// Why a ruling was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody ever asked about these two records.
    #[error("no question about these two records was ever asked")]
    NeverAsked,
}

impl Decision for RuleOnPair {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Tags::from([self.ruling.question.into(), self.ruling.pair.a.into(), self.ruling.pair.b.into()])
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        match &fact.body {
            Body::Linker(LinkerFact::MatchPossible(question) | LinkerFact::ConflictFound(question))
                if question.question == self.ruling.question =>
            {
                // Asked anew since it was ruled: the same word again rests on other evidence.
                known.ruled = None;
                known.asked = Some(question.clone());
            }
            Body::Steward(fact) if fact.ruling().0.question == self.ruling.question => {
                let (ruling, same) = fact.ruling();
                known.ruled = Some((ruling.clone(), same));
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Refusal> {
        let asked = known.asked.as_ref().filter(|question| question.pair == self.ruling.pair);
        let asked = asked.ok_or(Refusal::NeverAsked)?;
        // The same word again changes nothing and is not written again.
        if known.ruled.as_ref().is_some_and(|(_, same)| *same == self.same) {
            return Ok(Vec::new());
        }
        let ruling = Ruling { evidence: Some(asked.evidence.clone()), ..self.ruling.clone() };
        Ok(vec![if self.same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) }])
    }
}
