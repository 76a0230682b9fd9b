//! A steward has a masked identifier of one of two records shown whole.
//!
//! It is shown only after it was written down who asked for it and what for (GDPR art. 5(1)(c) and (f), art. 30): each time anew, since
//! each showing is an act of its own. Who may: whoever may decide on the question, so nobody while another has it in hand.

use jiff::Timestamp;

use super::task::Task;
use crate::decision::{Decision, Tags};
use crate::fact::steward::{Identifier, IdentifierRevealed, RevealReason};
use crate::fact::{Fact, StewardFact, Subject};
use crate::ids::{MatchId, PartyId};

/// A steward wants to see an identifier.
#[derive(Debug, Clone)]
pub struct RevealIdentifier {
    /// The question.
    pub question: MatchId,
    /// The record.
    pub party: PartyId,
    /// Which identifier.
    pub identifier: Identifier,
    /// What for.
    pub reason: RevealReason,
    /// Who.
    pub by: Subject,
    /// What time it is.
    pub now: Timestamp,
}

/// Why it was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It was never asked, or it is not about that record.
    #[error("no such question was ever asked about this record")]
    NeverAsked,
    /// Nobody has to decide on it.
    #[error("the question is not open")]
    NotOpen,
    /// Another has it in hand.
    #[error("another steward has taken up this question")]
    Claimed,
}

impl Decision for RevealIdentifier {
    type Writes = StewardFact;
    type State = Task;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        Tags::from([self.question.into()])
    }

    fn evolve(&self, task: Task, fact: &Fact) -> Task {
        task.evolve(self.question, fact)
    }

    fn decide(&self, task: &Task) -> Result<Vec<StewardFact>, Refusal> {
        let asked = task.asked.as_ref().ok_or(Refusal::NeverAsked)?;
        if ![asked.pair.a, asked.pair.b].contains(&self.party) {
            return Err(Refusal::NeverAsked);
        }
        if !task.is_open {
            return Err(Refusal::NotOpen);
        }
        if task.is_held_by_another(&self.by, self.now) {
            return Err(Refusal::Claimed);
        }
        let Self { question, party, identifier, reason, ref by, .. } = *self;
        Ok(vec![StewardFact::IdentifierRevealed(IdentifierRevealed {
            question,
            party,
            identifier,
            reason,
            by: by.clone(),
        })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::LinkerFact;
    use crate::fact::linker::{PairEvidence, Question};
    use crate::fact::steward::TaskClaimed;
    use crate::ids::{CaseId, Pair};

    fn party(name: &str) -> PartyId {
        PartyId::derived(&[name])
    }

    fn steward(name: &str) -> Subject {
        Subject::parse(name).expect("a subject")
    }

    fn wish(of: &str) -> RevealIdentifier {
        let pair = Pair::of(party("a"), party("b"));
        RevealIdentifier {
            question: MatchId::between(pair),
            party: party(of),
            identifier: Identifier::Bsn,
            reason: RevealReason::CompareDigits,
            by: steward("dirk"),
            now: Timestamp::UNIX_EPOCH,
        }
    }

    fn task(is_open: bool) -> Task {
        let pair = Pair::of(party("a"), party("b"));
        let evidence = PairEvidence { pair, rule: String::new(), fields: Vec::new(), ruling: None, millibits: None };
        let cases = (CaseId::derived(&["1"]), CaseId::derived(&["2"]));
        let question = MatchId::between(pair);
        let asked = Question { question, pair, cases, evidence, model: String::new(), weighed: None };
        let mut task = Task::default();
        (task.asked, task.is_open) = (Some(asked), is_open);
        task
    }

    #[test]
    fn each_showing_is_written_down_with_who_and_what_for() {
        let written = wish("b").decide(&task(true)).expect("it is open");
        let [StewardFact::IdentifierRevealed(revealed)] = written.as_slice() else { panic!("{written:?}") };
        assert_eq!((revealed.party, &revealed.by), (party("b"), &steward("dirk")));
        assert_eq!(revealed.reason, RevealReason::CompareDigits);
    }

    #[test]
    fn a_record_that_the_question_is_not_about_stays_masked() {
        assert_eq!(wish("c").decide(&task(true)), Err(Refusal::NeverAsked));
        assert_eq!(wish("a").decide(&Task::default()), Err(Refusal::NeverAsked));
        assert_eq!(wish("a").decide(&task(false)), Err(Refusal::NotOpen));
    }

    #[test]
    fn while_another_has_it_in_hand_nobody_else_sees_it() {
        let until = Timestamp::from_second(900).expect("a moment");
        let wish = wish("a");
        let claimed = TaskClaimed { question: wish.question, by: steward("hanna"), until };
        let asked = task(true).asked.expect("it is asked");
        let facts = [
            crate::fact::Body::Linker(LinkerFact::MatchPossible(asked)),
            crate::fact::Body::Steward(StewardFact::TaskClaimed(claimed)),
        ];
        let fact = |body| Fact {
            id: crate::ids::FactId::derived(&["x"]),
            body,
            cause: uuid::Uuid::nil(),
            actor: crate::fact::Actor::service(crate::fact::Author::Linker),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        };
        let held = facts.into_iter().fold(Task::default(), |task, body| wish.evolve(task, &fact(body)));
        assert_eq!(wish.decide(&held), Err(Refusal::Claimed));
        let after = RevealIdentifier { now: until, ..wish };
        assert!(after.decide(&held).is_ok(), "the lease is over");
    }
}
