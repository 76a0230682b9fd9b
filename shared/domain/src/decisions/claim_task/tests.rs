//! A lease is taken by one, kept by a heartbeat, and ends by itself.

use uuid::Uuid;

use super::*;
use crate::fact::linker::{PairEvidence, Question};
use crate::fact::steward::{Choice, OpinionGiven};
use crate::fact::{Actor, Author, Body, LinkerFact};
use crate::ids::{CaseId, FactId, Pair, PartyId};

fn id() -> MatchId {
    MatchId::derived(&["q"])
}

fn by(name: &str) -> Subject {
    Subject::parse(name).expect("a subject")
}

fn minute(number: i64) -> Timestamp {
    Timestamp::from_second(number * 60).expect("a moment")
}

fn fact(body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId::derived(&["one"]),
        body: body.into(),
        cause: Uuid::nil(),
        actor: Actor::service(Author::Steward),
        event_time: minute(0),
        recorded_at: minute(0),
    }
}

fn asked() -> Task {
    let pair = Pair::of(PartyId::derived(&["a"]), PartyId::derived(&["b"]));
    let evidence = PairEvidence { pair, rule: String::new(), fields: Vec::new(), ruling: None, millibits: None };
    let cases = (CaseId::derived(&["a"]), CaseId::derived(&["b"]));
    let question = Question { question: id(), pair, cases, evidence, model: String::new(), weighed: None };
    Task::default().evolve(id(), &fact(LinkerFact::MatchPossible(question)))
}

fn does(task: Task, who: &str, handling: Handling, at: i64) -> (Task, Result<usize, Refusal>) {
    let decision = HandleTask { question: id(), by: by(who), handling, now: minute(at) };
    match decision.decide(&task) {
        Ok(facts) => {
            let many = facts.len();
            (facts.into_iter().fold(task, |task, body| decision.evolve(task, &fact(body))), Ok(many))
        }
        Err(refusal) => (task, Err(refusal)),
    }
}

#[test]
fn one_has_it_in_hand_until_the_lease_ends_or_is_laid_down() {
    let (task, taken) = does(asked(), "dirk", Handling::Claim, 0);
    assert_eq!(taken, Ok(1));
    let (task, other) = does(task, "hanna", Handling::Claim, 14);
    assert_eq!(other, Err(Refusal::Claimed));
    let (task, laid_down) = does(task, "hanna", Handling::Release, 14);
    assert_eq!(laid_down, Ok(0), "what is another's cannot be laid down");
    let (_, later) = does(task.clone(), "hanna", Handling::Claim, 15);
    assert_eq!(later, Ok(1), "the lease has ended");
    let (task, laid_down) = does(task, "dirk", Handling::Release, 2);
    assert_eq!(laid_down, Ok(1));
    assert_eq!(does(task, "hanna", Handling::Claim, 2).1, Ok(1));
}

#[test]
fn a_heartbeat_is_written_once_half_of_the_time_is_over() {
    let (task, _) = does(asked(), "dirk", Handling::Claim, 0);
    let (task, early) = does(task, "dirk", Handling::Claim, 7);
    assert_eq!(early, Ok(0));
    let (task, kept) = does(task, "dirk", Handling::Claim, 8);
    assert_eq!(kept, Ok(1));
    assert_eq!(task.claim(minute(20)).map(|claim| claim.until), Some(minute(23)));
    assert_eq!(does(task, "hanna", Handling::Claim, 20).1, Err(Refusal::Claimed));
}

#[test]
fn it_is_not_taken_up_by_who_spoke_and_not_when_it_is_not_open() {
    let opinion = OpinionGiven {
        question: id(),
        by: by("dirk"),
        choice: Choice::CannotTell,
        cut: None,
        reason: None,
        note: None,
        seen: None,
    };
    let task = asked().evolve(id(), &fact(StewardFact::OpinionGiven(opinion)));
    let (task, again) = does(task, "dirk", Handling::Claim, 0);
    assert_eq!(again, Err(Refusal::SpokenBefore));
    let mut closed = task;
    closed.is_open = false;
    assert_eq!(does(closed.clone(), "hanna", Handling::Claim, 0).1, Err(Refusal::NotOpen));
    assert_eq!(does(closed, "hanna", Handling::SetAside(None), 0).1, Err(Refusal::NotOpen));
    assert_eq!(does(Task::default(), "hanna", Handling::Claim, 0).1, Err(Refusal::NeverAsked));
}

#[test]
fn it_is_set_aside_for_a_while_and_not_for_ever_and_laid_down_with_it() {
    let (task, _) = does(asked(), "dirk", Handling::Claim, 0);
    for (until, fine) in [(0, false), (1, true), (14 * 24 * 60, true), (14 * 24 * 60 + 1, false)] {
        let (after, told) = does(task.clone(), "dirk", Handling::SetAside(Some(minute(until))), 0);
        assert_eq!(told, if fine { Ok(1) } else { Err(Refusal::Until) }, "{until}");
        assert_eq!(after.last_claim().is_none(), fine);
    }
    assert_eq!(does(task, "dirk", Handling::SetAside(None), 0).1, Ok(1));
}
