//! By which model is it decided who is who? One operator proposes, another approves: nobody changes alone what everybody's record
//! is held against.

use std::collections::BTreeMap;

use crate::decision::{Decision, Tag, Tags};
use crate::fact::linker::{ModelActivated, ModelProposed, ProposalRejected};
use crate::fact::{Body, Fact, LinkerFact, Subject};
use crate::ids::ProposalId;

/// What an operator wants.
#[derive(Debug, Clone)]
pub enum ChooseModel {
    /// To propose a model under a policy.
    Propose {
        /// The ids of model and policy.
        engine: String,
        /// The policy's code.
        policy: String,
        /// The model's own words, sealed.
        model: String,
        /// Who proposes.
        by: Subject,
    },
    /// To approve what somebody else proposed.
    Approve {
        /// The proposal.
        proposal: ProposalId,
        /// Who approves.
        by: Subject,
    },
    /// To reject a proposal, or take back one's own.
    Reject {
        /// The proposal.
        proposal: ProposalId,
        /// Who rejects.
        by: Subject,
    },
}

/// A proposal as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// What was proposed.
    pub proposed: ModelProposed,
    /// Who approved it, if anybody.
    pub approved_by: Option<Subject>,
    /// Who rejected it, if anybody.
    pub rejected_by: Option<Subject>,
}

impl Proposal {
    /// Whether it still waits for somebody.
    pub const fn is_open(&self) -> bool {
        self.approved_by.is_none() && self.rejected_by.is_none()
    }
}

/// Every proposal so far, and which was activated last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// The proposals.
    pub proposals: BTreeMap<ProposalId, Proposal>,
    /// The one that is in force; none where it is the model that comes with the programme.
    pub in_force: Option<ProposalId>,
}

impl Known {
    /// Folds one fact.
    #[must_use]
    pub fn evolve(mut self, fact: &Fact) -> Self {
        let Body::Linker(fact) = &fact.body else { return self };
        match fact {
            LinkerFact::ModelProposed(f) => {
                let proposal = Proposal { proposed: f.clone(), approved_by: None, rejected_by: None };
                self.proposals.insert(f.proposal, proposal);
            }
            LinkerFact::ModelActivated(f) => {
                if let Some(proposal) = self.proposals.get_mut(&f.proposal) {
                    proposal.approved_by = Some(f.by.clone());
                }
                self.in_force = Some(f.proposal);
            }
            LinkerFact::ProposalRejected(f) => {
                if let Some(proposal) = self.proposals.get_mut(&f.proposal) {
                    proposal.rejected_by = Some(f.by.clone());
                }
            }
            _ => {}
        }
        self
    }
}

/// Why it may not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such proposal.
    #[error("no such proposal")]
    Unknown,
    /// Who proposed cannot approve.
    #[error("who proposed a model cannot approve it: another operator must")]
    SamePerson,
    /// It was approved or rejected before.
    #[error("the proposal was approved or rejected before")]
    Settled,
    /// It is in force already.
    #[error("this model is in force under this policy already")]
    InForce,
}

impl Decision for ChooseModel {
    type Writes = LinkerFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Tags::from([Tag::models()])
    }

    fn evolve(&self, known: Known, fact: &Fact) -> Known {
        known.evolve(fact)
    }

    fn decide(&self, known: &Known) -> Result<Vec<LinkerFact>, Refusal> {
        let open = |proposal: &ProposalId| {
            let found = known.proposals.get(proposal).ok_or(Refusal::Unknown)?;
            if found.is_open() { Ok(&found.proposed) } else { Err(Refusal::Settled) }
        };
        Ok(match self {
            Self::Propose { engine, policy, model, by } => {
                let of_it = || known.proposals.iter().filter(|(_, proposal)| proposal.proposed.engine == *engine);
                if of_it().any(|(id, _)| known.in_force == Some(*id)) {
                    return Err(Refusal::InForce);
                }
                if of_it().any(|(_, proposal)| proposal.is_open()) {
                    return Ok(Vec::new());
                }
                let proposal = ProposalId::derived(&[engine, &of_it().count().to_string()]);
                vec![LinkerFact::ModelProposed(ModelProposed {
                    proposal,
                    engine: engine.clone(),
                    policy: policy.clone(),
                    model: model.clone(),
                    by: by.clone(),
                })]
            }
            Self::Approve { proposal, by } => {
                let proposed = open(proposal)?;
                if proposed.by == *by {
                    return Err(Refusal::SamePerson);
                }
                let engine = proposed.engine.clone();
                vec![LinkerFact::ModelActivated(ModelActivated { proposal: *proposal, engine, by: by.clone() })]
            }
            Self::Reject { proposal, by } => {
                open(proposal)?;
                vec![LinkerFact::ProposalRejected(ProposalRejected { proposal: *proposal, by: by.clone() })]
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fact::{Actor, Author};
    use crate::ids::FactId;

    fn who(name: &str) -> Subject {
        Subject::parse(name).unwrap()
    }

    fn propose(engine: &str) -> ChooseModel {
        let (engine, policy) = (engine.to_owned(), "rules".to_owned());
        ChooseModel::Propose { engine, policy, model: "words".to_owned(), by: who("femke") }
    }

    fn then(known: Known, facts: &[LinkerFact]) -> Known {
        facts.iter().fold(known, |known, fact| {
            known.evolve(&Fact {
                id: FactId::derived(&["x"]),
                body: fact.clone().into(),
                cause: uuid::Uuid::nil(),
                actor: Actor::service(Author::Linker),
                event_time: Timestamp::UNIX_EPOCH,
                recorded_at: Timestamp::UNIX_EPOCH,
            })
        })
    }

    #[test]
    fn one_proposes_and_another_approves() {
        let facts = propose("m/rules").decide(&Known::default()).unwrap();
        let [LinkerFact::ModelProposed(proposed)] = facts.as_slice() else { panic!("{facts:?}") };
        let (proposal, known) = (proposed.proposal, then(Known::default(), &facts));
        assert_eq!(propose("m/rules").decide(&known), Ok(Vec::new()), "it waits already");
        let approve = |by: &str| ChooseModel::Approve { proposal, by: who(by) };
        assert_eq!(approve("femke").decide(&known), Err(Refusal::SamePerson));
        let approved = approve("gerda").decide(&known).unwrap();
        let known = then(known, &approved);
        assert_eq!(known.in_force, Some(proposal));
        assert_eq!(approve("gerda").decide(&known), Err(Refusal::Settled));
        assert_eq!(propose("m/rules").decide(&known), Err(Refusal::InForce));
        let other = then(known.clone(), &propose("n/rules").decide(&known).unwrap());
        assert_eq!(other.proposals.len(), 2);
    }

    #[test]
    fn what_was_rejected_can_be_proposed_again() {
        let known = then(Known::default(), &propose("m/rules").decide(&Known::default()).unwrap());
        let proposal = *known.proposals.keys().next().unwrap();
        let reject = ChooseModel::Reject { proposal, by: who("femke") };
        let known = then(known.clone(), &reject.decide(&known).unwrap());
        assert_eq!(reject.decide(&known), Err(Refusal::Settled));
        let again = then(known.clone(), &propose("m/rules").decide(&known).unwrap());
        assert_eq!(again.proposals.len(), 2);
        let unknown = ChooseModel::Approve { proposal: ProposalId::derived(&["x"]), by: who("gerda") };
        assert_eq!(unknown.decide(&again), Err(Refusal::Unknown));
    }
}
