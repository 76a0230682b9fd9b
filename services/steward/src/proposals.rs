//! What would follow from a ruling, asked before it is given.
//!
//! The linker answers, with the code that will follow the ruling: the desk only asks, by a fact, and reads the answer, another
//! fact. Invariant: the answer is shown to who asked and to nobody else, since what somebody asks about is half an opinion.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::decisions::part_group::{MOST_PAIRS, Refusal, members};
use domain::fact::linker::{ConsequencesForeseen, LinkBecomes, LinkForeseen};
use domain::fact::steward::{Cut, RulingProposed};
use domain::fact::{Body, Fact, LinkerFact, StewardFact, Subject};
use domain::ids::{FactId, MatchId, PartyId};
use journal::JournalError;

use crate::desk::Desk;
use crate::queue;
use crate::rulings::{Request, RulingError, written_for};

/// How long a page waits for an answer before it says that it has none yet.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// How often it looks.
pub(crate) const AGAIN: Duration = Duration::from_millis(50);

/// A ruling that was proposed, and what would follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The proposal.
    pub id: FactId,
    /// Whether the two records would be one person.
    pub same: bool,
    /// How a whole group would be parted, where that is asked.
    pub cut: Option<Cut>,
    /// What would follow; nothing while that is being found out.
    pub foreseen: Option<ConsequencesForeseen>,
}

impl Desk {
    /// Asks what would follow from a ruling, or from parting a whole group. What the steward saw plays no part: nothing is decided.
    ///
    /// # Errors
    /// When there is no such question or group, the name of the request was used for another one, or the journal cannot be reached.
    pub async fn propose(
        &self,
        request: &Request,
        same: bool,
        moved: Option<&BTreeSet<PartyId>>,
    ) -> Result<FactId, RulingError> {
        let cause = self.cause("proposal", request);
        let mut tx = self.journal.begin().await?;
        let opened = self.locked(&mut tx, request.question).await?;
        if let Some(fact) = written_for(&opened.facts, &cause) {
            let Body::Steward(StewardFact::RulingProposed(before)) = &fact.body else {
                return Err(RulingError::RequestReused);
            };
            let alike = before.same == same && before.cut.as_ref().map(|cut| &cut.moved) == moved;
            return if alike { Ok(fact.id) } else { Err(RulingError::RequestReused) };
        }
        let cut = moved.map(|moved| {
            let person = opened.standing.task.together().ok_or(Refusal::NoGroup)?;
            let cut = Cut::of(&members(person), moved).ok_or(Refusal::OtherRecords)?;
            if cut.moved.len() * cut.kept.len() > MOST_PAIRS { Err(Refusal::TooMany) } else { Ok(cut) }
        });
        let cut = cut.transpose().map_err(RulingError::NotParted)?;
        let proposed = RulingProposed {
            question: request.question,
            pair: opened.standing.asked.pair,
            same,
            cut,
            by: request.by.clone(),
            on: self.clock.today(),
        };
        let written = tx.append(vec![StewardFact::RulingProposed(proposed)], &cause).await?;
        tx.commit().await?;
        Ok(written.first().ok_or(RulingError::Unknown)?.id)
    }

    /// A proposal of this steward; nothing when there is none, or it is another's.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn proposal(
        &self,
        question: MatchId,
        id: FactId,
        by: &Subject,
    ) -> Result<Option<Proposal>, JournalError> {
        let mut tx = self.journal.begin().await?;
        Ok(found(&tx.facts(&queue::locks(question, None)).await?, id, by))
    }

    /// The same, waiting a little for the answer.
    ///
    /// # Errors
    /// When the journal cannot be reached.
    pub async fn foreseen(
        &self,
        question: MatchId,
        id: FactId,
        by: &Subject,
    ) -> Result<Option<Proposal>, JournalError> {
        let begun = tokio::time::Instant::now();
        loop {
            let proposal = self.proposal(question, id, by).await?;
            let waits = proposal.as_ref().is_some_and(|proposal| proposal.foreseen.is_none());
            if !waits || begun.elapsed() >= PATIENCE {
                return Ok(proposal);
            }
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// The code of what would become of a link.
pub(crate) const fn becomes(link: &LinkForeseen) -> &'static str {
    match link.becomes {
        LinkBecomes::Linked => "linked",
        LinkBecomes::Changed => "changed",
        LinkBecomes::Unlinked => "unlinked",
    }
}

fn found(facts: &[Fact], id: FactId, by: &Subject) -> Option<Proposal> {
    let mut proposal = None;
    for fact in facts {
        match &fact.body {
            Body::Steward(StewardFact::RulingProposed(f)) if fact.id == id && f.by == *by => {
                proposal = Some(Proposal { id, same: f.same, cut: f.cut.clone(), foreseen: None });
            }
            Body::Linker(LinkerFact::ConsequencesForeseen(f)) if f.proposal == id => {
                if let Some(proposal) = &mut proposal {
                    proposal.foreseen = Some(f.clone());
                }
            }
            _ => {}
        }
    }
    proposal
}

#[cfg(test)]
mod tests {
    use domain::fact::linker::Notices;

    use super::*;
    use crate::standing::tests::{fact, id, pair, ruling};

    #[test]
    fn an_answer_is_for_who_asked() {
        let by = ruling().by;
        let on = jiff::civil::date(2026, 3, 1);
        let proposed = RulingProposed { question: id(), pair: pair(), same: true, cut: None, by: by.clone(), on };
        let asked = fact(1, StewardFact::RulingProposed(proposed));
        let foreseen = ConsequencesForeseen {
            proposal: asked.id,
            question: id(),
            persons: [].into(),
            ended: [].into(),
            links: [].into(),
            asked: [].into(),
            withdrawn: [].into(),
            notices: Notices { sent: 1, updated: 0, withdrawn: 0 },
            model: "test".to_owned(),
        };
        let facts = [asked.clone(), fact(2, LinkerFact::ConsequencesForeseen(foreseen.clone()))];
        let waiting = Proposal { id: asked.id, same: true, cut: None, foreseen: None };
        assert_eq!(found(&facts[..1], asked.id, &by), Some(waiting.clone()));
        assert_eq!(found(&facts, asked.id, &by), Some(Proposal { foreseen: Some(foreseen), ..waiting }));
        assert_eq!(found(&facts, facts[1].id, &by), None);
        assert_eq!(found(&facts, asked.id, &Subject::parse("steward-2").expect("a subject")), None);
    }
}
