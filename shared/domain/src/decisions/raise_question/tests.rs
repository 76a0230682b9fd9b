//! A judge's doubt raises a question once, and it goes by itself when the records part.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::decisions::task::WhyTwo;
use crate::fact::linker::{FieldEvidence, Member, PersonDissolved};
use crate::fact::steward::{Ruling, RulingReason};
use crate::fact::{Actor, Author, Body, LinkerFact, Subject};
use crate::ids::PersonId;

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn pair() -> Pair<PartyId> {
    Pair::of(party("one"), party("two"))
}

fn fact(number: usize, body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId::derived(&[&number.to_string()]),
        body: body.into(),
        cause: Uuid::nil(),
        actor: Actor::service(Author::Steward),
        event_time: Timestamp::UNIX_EPOCH,
        recorded_at: Timestamp::UNIX_EPOCH,
    }
}

fn evidence(pair: Pair<PartyId>) -> PairEvidence {
    let (field, level) = ("bsn".to_owned(), "equal".to_owned());
    let fields = vec![FieldEvidence { field, level, detail: None, millibits: None }];
    PairEvidence { pair, rule: "number-birth-name".to_owned(), fields, ruling: None, millibits: None }
}

fn person(of: &[&str], evidence: Vec<PairEvidence>) -> LinkerFact {
    let member = |name: &&str| Member { party: party(name), case: CaseId::derived(&[*name]) };
    let members = of.iter().map(member).collect();
    let (person, former, model) = (PersonId::derived(&["person"]), [].into(), "test".to_owned());
    LinkerFact::PersonCertain(PersonCertain { person, members, former, evidence, model })
}

fn apart() -> LinkerFact {
    let (person, former) = (PersonId::derived(&["person"]), [].into());
    LinkerFact::PersonDissolved(PersonDissolved { person, former, rulings: [].into(), model: "test".to_owned() })
}

fn linked() -> LinkerFact {
    person(&["one", "two"], vec![evidence(pair())])
}

fn ruled() -> StewardFact {
    let (by, reason) = (Subject::parse("dirk").expect("a subject"), RulingReason::SeenInFile);
    let question = MatchId::between(pair());
    StewardFact::PairConfirmed(Ruling {
        question,
        pair: pair(),
        by,
        reason,
        note: None,
        evidence: None,
        opinions: Vec::new(),
        parted_in: None,
    })
}

/// The journal of one question.
#[derive(Default)]
struct Story(Vec<Fact>);

impl Story {
    fn says(&mut self, body: impl Into<Body>) {
        self.0.push(fact(self.0.len(), body));
    }

    fn task(&self) -> Task {
        Task::of(MatchId::between(pair()), &self.0)
    }

    fn does(&mut self, decision: &impl Decision<State = Task, Writes = StewardFact, Refusal = Infallible>) -> usize {
        let Ok(facts) = decision.decide(&self.task());
        let many = facts.len();
        for fact in facts {
            self.says(fact);
        }
        many
    }

    fn doubts(&mut self, report: &str) -> usize {
        let doubt = FactId::derived(&[report]);
        self.does(&RaiseQuestion { pair: pair(), doubt, reason: DoubtReason::OtherPerson })
    }

    fn lapses(&mut self) -> usize {
        self.does(&LapseQuestion { pair: pair() })
    }
}

#[test]
fn a_report_raises_a_question_once_and_two_must_agree_on_it() {
    let mut story = Story::default();
    assert_eq!(story.doubts("first"), 0, "they are not taken for one person");
    story.says(linked());
    assert_eq!((story.doubts("first"), story.doubts("first")), (1, 0));
    let task = story.task();
    assert!(task.is_open && task.raised.is_some());
    assert_eq!(task.evidence(), Some(evidence(pair())));
    assert_eq!(task.why_two(false), [WhyTwo::ConfirmedGroups].into());
    assert_eq!((story.doubts("second"), story.doubts("second")), (1, 0), "another report is noted beside it");
    story.says(ruled());
    assert_eq!((story.doubts("first"), story.task().is_open), (0, false), "it was answered");
    assert_eq!((story.doubts("third"), story.task().is_open), (1, true), "a new report opens it again");
}

#[test]
fn it_lapses_when_the_records_part_unless_the_linker_asks_itself() {
    let mut story = Story::default();
    story.says(linked());
    story.doubts("first");
    assert_eq!(story.lapses(), 0, "they are one person still");
    story.says(apart());
    assert_eq!((story.lapses(), story.lapses()), (1, 0));
    assert!(!story.task().is_open);
    assert_eq!(story.doubts("first"), 0);

    let mut story = Story::default();
    story.says(linked());
    story.doubts("first");
    let Some(asked) = story.task().asked else { panic!("it was raised") };
    story.says(LinkerFact::ConflictFound(asked));
    story.says(apart());
    assert_eq!((story.lapses(), story.task().is_open), (0, true));
}

#[test]
fn records_that_are_one_person_by_way_of_others_are_asked_about_without_evidence() {
    let mut story = Story::default();
    let by_way = |name| evidence(Pair::of(party(name), party("third")));
    story.says(person(&["one", "two", "third"], vec![by_way("one"), by_way("two")]));
    assert_eq!(story.doubts("first"), 1);
    let task = story.task();
    assert_eq!((task.evidence(), task.cases().len()), (None, 3));
    assert_eq!(task.asked.map(|asked| asked.evidence.rule).as_deref(), Some(BY_WAY_OF_OTHERS));
}
