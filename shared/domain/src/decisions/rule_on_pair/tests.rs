//! Who may rule alone, who must agree, and what can be taken back.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::decisions::task::WhyTwo;
use crate::fact::linker::{Member, PairEvidence, PersonCertain, Question, QuestionWithdrawn, WhyWithdrawn};
use crate::fact::steward::TaskClaimed;
use crate::fact::{Actor, Author, Body, LinkerFact};
use crate::ids::{CaseId, KeyId, PersonId};

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn pair() -> Pair<PartyId> {
    Pair::of(party("a"), party("b"))
}

fn subject(name: &str) -> Subject {
    Subject::parse(name).expect("a subject")
}

fn minute(number: i64) -> Timestamp {
    Timestamp::from_second(number * 60).expect("a moment")
}

/// What happened, a minute after another.
#[derive(Default)]
struct Story(Vec<Fact>);

impl Story {
    fn asked(rule: &str, conflict: bool) -> Self {
        let mut story = Self::default();
        story.ask(rule, conflict);
        story
    }

    fn ask(&mut self, rule: &str, conflict: bool) {
        let evidence =
            PairEvidence { pair: pair(), rule: rule.to_owned(), fields: Vec::new(), ruling: None, millibits: None };
        let cases = (CaseId::derived(&["a"]), CaseId::derived(&["b"]));
        let question = Question {
            question: MatchId::between(pair()),
            pair: pair(),
            cases,
            evidence,
            model: "test".to_owned(),
            weighed: None,
        };
        self.happens(if conflict { LinkerFact::ConflictFound(question) } else { LinkerFact::MatchPossible(question) });
    }

    fn happens(&mut self, body: impl Into<Body>) -> FactId {
        let number = self.0.len();
        let id = FactId::derived(&[&number.to_string()]);
        let at = minute(i64::try_from(number).expect("few"));
        let cause = Uuid::from_u128(number as u128);
        let actor = Actor::service(Author::Steward);
        self.0.push(Fact { id, body: body.into(), cause, actor, event_time: at, recorded_at: at });
        id
    }

    /// A person whose first record is this one, in so many cases.
    fn person(&mut self, name: &str, cases: usize) {
        let more = (1..cases).map(|number| format!("{name}{number}"));
        let members =
            more.chain([name.to_owned()]).map(|name| Member { party: party(&name), case: CaseId::derived(&[&name]) });
        self.happens(LinkerFact::PersonCertain(PersonCertain {
            person: PersonId::derived(&[name]),
            members: members.collect(),
            former: BTreeSet::new(),
            evidence: Vec::new(),
            model: "test".to_owned(),
        }));
    }

    fn task(&self) -> Task {
        Task::of(MatchId::between(pair()), &self.0)
    }

    fn now(&self) -> Timestamp {
        minute(i64::try_from(self.0.len()).expect("few"))
    }

    fn decision(&self, by: &str, says: Says, note: bool) -> RuleOnPair {
        RuleOnPair {
            question: MatchId::between(pair()),
            pair: pair(),
            by: subject(by),
            says,
            note: note.then(|| Sealed::new(KeyId::of_party(pair().a), String::new())),
            now: self.now(),
            hearing_soon: false,
            words: [None; 2],
        }
    }

    fn says(&mut self, by: &str, says: Says) -> Result<Vec<StewardFact>, Refusal> {
        let facts = self.decision(by, says, true).decide(&self.task())?;
        for fact in &facts {
            self.happens(fact.clone());
        }
        Ok(facts)
    }

    fn rules(&mut self, by: &str, same: bool) -> Result<Vec<StewardFact>, Refusal> {
        self.says(by, Says::Rules { same, reason: RulingReason::SeenInFile })
    }

    fn undoes(&self, by: &str, ruling: FactId, now: Timestamp) -> Result<Vec<StewardFact>, UndoRefusal> {
        let question = MatchId::between(pair());
        UndoRuling { question, pair: pair(), ruling, by: subject(by), now }.decide(&self.task())
    }
}

const YES: Says = Says::Rules { same: true, reason: RulingReason::SeenInFile };

fn is_opinion(facts: &Result<Vec<StewardFact>, Refusal>) -> bool {
    matches!(facts.as_deref(), Ok([StewardFact::OpinionGiven(_)]))
}

fn ruled(facts: &Result<Vec<StewardFact>, Refusal>) -> Option<(bool, usize)> {
    let Ok([fact]) = facts.as_deref() else { return None };
    fact.ruling().map(|(ruling, same)| (same, ruling.opinions.len()))
}

#[test]
fn one_may_rule_alone_where_little_is_at_stake_and_nobody_on_what_was_never_asked() {
    let mut story = Story::asked("possible", false);
    assert_eq!(ruled(&story.rules("dirk", true)), Some((true, 0)));
    assert_eq!(story.rules("dirk", true), Ok(Vec::new()), "the same word again");
    let nothing = Story::default();
    assert_eq!(nothing.decision("dirk", YES, true).decide(&nothing.task()), Err(Refusal::NeverAsked));
}

#[test]
fn whether_two_must_agree_follows_from_the_question_and_never_from_the_answer() {
    let groups = |a: usize, b: usize| {
        let mut story = Story::asked("possible", false);
        story.person("a", a);
        if b > 0 {
            story.person("b", b);
        }
        story
    };
    let told = |story: &Story| story.task().why_two(false).into_iter().collect::<Vec<_>>();
    assert_eq!(told(&Story::asked("possible", false)), []);
    assert_eq!(told(&Story::asked("number-contradicted", true)), [WhyTwo::Veto]);
    assert_eq!(told(&Story::asked("twins", false)), [WhyTwo::Veto]);
    assert_eq!(told(&groups(2, 0)), [], "a record joins a person");
    assert_eq!(told(&groups(2, 2)), [WhyTwo::ConfirmedGroups]);
    assert_eq!(told(&groups(4, 0)), [WhyTwo::ManyCases]);
    for mut story in [groups(2, 2), Story::asked("twins", false), groups(4, 0)] {
        for same in [true, false] {
            let first = story.decision("dirk", Says::Rules { same, reason: RulingReason::SeenInFile }, true);
            assert!(is_opinion(&first.decide(&story.task())), "{same}");
        }
        assert!(is_opinion(&story.rules("dirk", true)));
    }
    let soon = RuleOnPair { hearing_soon: true, ..Story::default().decision("dirk", YES, false) };
    assert!(is_opinion(&soon.decide(&Story::asked("possible", false).task())));
}

#[test]
fn two_who_agree_rule_and_no_one_speaks_twice() {
    let mut story = Story::asked("number-contradicted", true);
    assert!(is_opinion(&story.rules("dirk", true)));
    assert_eq!(story.rules("dirk", true), Err(Refusal::SpokenBefore));
    assert_eq!(story.rules("dirk", false), Err(Refusal::SpokenBefore));
    assert_eq!(ruled(&story.rules("hanna", true)), Some((true, 1)));
    assert!(story.task().in_force().is_some_and(|held| held.by.len() == 2));
}

#[test]
fn where_two_disagree_a_third_decides() {
    for same in [true, false] {
        let mut story = Story::asked("number-contradicted", true);
        assert!(is_opinion(&story.rules("dirk", true)));
        assert!(is_opinion(&story.rules("hanna", false)));
        assert_eq!(story.rules("hanna", true), Err(Refusal::SpokenBefore));
        assert_eq!(ruled(&story.rules("ivo", same)), Some((same, 1)));
    }
}

#[test]
fn who_cannot_tell_leaves_it_to_two_others() {
    let mut story = Story::asked("possible", false);
    assert!(is_opinion(&story.says("dirk", Says::CannotTell)));
    assert_eq!(story.says("dirk", Says::CannotTell), Err(Refusal::SpokenBefore));
    assert_eq!(story.rules("dirk", true), Err(Refusal::SpokenBefore));
    // Whoever comes next is told neither that, nor that anybody spoke at all: on this one might rule alone.
    let told = |story: &Story, by: &str| (story.task().why_two(false).len(), story.task().spoken(&subject(by), false));
    assert_eq!((told(&story, "hanna"), told(&story, "dirk")), ((0, 0), (0, 1)));
    assert!(is_opinion(&story.rules("hanna", true)));
    assert_eq!(ruled(&story.rules("ivo", true)), Some((true, 1)));
    assert_eq!(story.says("joke", Says::CannotTell), Err(Refusal::NotOpen));
    // Where two must agree anyway it tells nothing that somebody spoke.
    let mut vetoed = Story::asked("number-contradicted", true);
    vetoed.says("dirk", Says::CannotTell).expect("an opinion");
    assert_eq!(told(&vetoed, "hanna"), (1, 1));
}

#[test]
fn an_opinion_on_other_evidence_is_worth_nothing_any_more() {
    let mut story = Story::asked("number-contradicted", true);
    assert!(is_opinion(&story.rules("dirk", true)));
    story.ask("number-contradicted", true);
    assert_eq!(story.task().opinions.len(), 1, "asked anew on the same");
    story.ask("possible", false);
    assert_eq!(ruled(&story.rules("dirk", true)), Some((true, 0)), "on this one may rule alone");
    story.ask("number-contradicted", true);
    assert!(is_opinion(&story.rules("dirk", true)));
    let (question, because) = (MatchId::between(pair()), WhyWithdrawn::EvidenceChanged);
    story.happens(LinkerFact::QuestionWithdrawn(QuestionWithdrawn { question, pair: pair(), because }));
    assert!(story.task().opinions.is_empty() && !story.task().is_open);
}

#[test]
fn what_overrides_a_veto_or_a_ruling_is_said_in_words() {
    let vetoed = Story::asked("number-contradicted", true);
    let no = Says::Rules { same: false, reason: RulingReason::DataContradicts };
    assert_eq!(vetoed.decision("dirk", YES, false).decide(&vetoed.task()), Err(Refusal::NoteMissing));
    assert!(is_opinion(&vetoed.decision("dirk", no, false).decide(&vetoed.task())));
    let mut reversed = Story::asked("possible", false);
    assert!(ruled(&reversed.rules("dirk", true)).is_some());
    assert_eq!(reversed.decision("hanna", no, false).decide(&reversed.task()), Err(Refusal::NoteMissing));
    assert!(is_opinion(&reversed.rules("dirk", false)), "and two must agree");
    assert_eq!(ruled(&reversed.rules("hanna", false)), Some((false, 1)));
}

#[test]
fn while_somebody_has_it_in_hand_nobody_else_decides() {
    let mut story = Story::asked("possible", false);
    let (question, until) = (MatchId::between(pair()), minute(10));
    story.happens(StewardFact::TaskClaimed(TaskClaimed { question, by: subject("hanna"), until }));
    assert_eq!(story.rules("dirk", true), Err(Refusal::Claimed));
    let later = RuleOnPair { now: minute(10), ..story.decision("dirk", YES, false) };
    assert_eq!(ruled(&later.decide(&story.task())), Some((true, 0)), "its time is over");
    assert_eq!(ruled(&story.rules("hanna", true)), Some((true, 0)));
    assert!(story.task().last_claim().is_none(), "decided: nobody has it in hand");
}

#[test]
fn a_ruling_is_taken_back_by_who_gave_it_and_soon_and_what_held_before_holds() {
    let mut story = Story::asked("number-contradicted", true);
    story.rules("dirk", true).expect("an opinion");
    story.rules("hanna", true).expect("a ruling");
    let ruling = story.task().in_force().expect("a ruling").fact;
    let now = story.now();
    assert_eq!(story.undoes("ivo", ruling, now), Err(UndoRefusal::NotTheirs));
    assert_eq!(story.undoes("dirk", FactId::derived(&["other"]), now), Err(UndoRefusal::NotInForce));
    assert_eq!(story.undoes("dirk", ruling, minute(18)), Err(UndoRefusal::TooLate));
    let undone = story.undoes("dirk", ruling, minute(17)).expect("taken back");
    story.happens(undone[0].clone());
    let task = story.task();
    assert!(task.in_force().is_none() && task.is_open && task.opinions.is_empty());
    assert_eq!(story.undoes("dirk", ruling, now), Err(UndoRefusal::NotInForce));
    assert!(is_opinion(&story.rules("dirk", false)), "and is decided on from the start");
}

#[test]
fn what_stood_before_a_ruling_stands_again_once_it_is_taken_back() {
    let undone = |story: &mut Story, by: &str| {
        let ruling = story.task().in_force().expect("a ruling").fact;
        let undone = story.undoes(by, ruling, story.now()).expect("taken back");
        story.happens(undone[0].clone());
    };
    let withdrawn = |story: &mut Story, because| {
        let question = MatchId::between(pair());
        story.happens(LinkerFact::QuestionWithdrawn(QuestionWithdrawn { question, pair: pair(), because }));
    };
    // Another ruling holds: nobody has to answer again.
    let mut reversed = Story::asked("possible", false);
    reversed.rules("dirk", true).expect("a ruling");
    withdrawn(&mut reversed, WhyWithdrawn::Ruled);
    reversed.rules("hanna", false).expect("an opinion");
    reversed.rules("ivo", false).expect("a ruling");
    undone(&mut reversed, "ivo");
    let task = reversed.task();
    assert_eq!((task.is_open, task.is_answered, task.in_force().map(|held| held.same)), (false, true, Some(true)));
    // What nobody asked any more, nobody asks again.
    let mut gone = Story::asked("possible", false);
    withdrawn(&mut gone, WhyWithdrawn::EvidenceChanged);
    gone.rules("dirk", true).expect("a ruling");
    undone(&mut gone, "dirk");
    assert_eq!((gone.task().is_open, gone.task().is_answered), (false, false));
    // What the linker let go of because of the ruling it asks again itself, where it is still to be asked.
    let mut let_go = Story::asked("possible", false);
    let_go.rules("dirk", true).expect("a ruling");
    withdrawn(&mut let_go, WhyWithdrawn::Ruled);
    undone(&mut let_go, "dirk");
    assert!(!let_go.task().is_open);
    let_go.ask("possible", false);
    assert!(let_go.task().is_open);
    // It asked again before that is heard: that stays.
    let mut asked = Story::asked("possible", false);
    asked.rules("dirk", true).expect("a ruling");
    withdrawn(&mut asked, WhyWithdrawn::Ruled);
    asked.ask("ruling-overtaken", false);
    undone(&mut asked, "dirk");
    assert!(asked.task().is_open && asked.task().in_force().is_none());
}

#[test]
fn what_a_judge_doubted_is_doubted_again_once_the_ruling_on_it_is_taken_back() {
    let mut story = Story::default();
    story.person("a", 1);
    let cases = (CaseId::derived(&["a"]), CaseId::derived(&["b"]));
    let evidence = PairEvidence {
        pair: pair(),
        rule: "number-birth-name".to_owned(),
        fields: Vec::new(),
        ruling: None,
        millibits: None,
    };
    let question = MatchId::between(pair());
    let asked = Question { question, pair: pair(), cases, evidence, model: "test".to_owned(), weighed: None };
    let (doubt, reason) = (FactId::derived(&["doubt"]), crate::fact::alerts::DoubtReason::OtherPerson);
    story.happens(StewardFact::QuestionRaised(crate::fact::steward::QuestionRaised { asked, doubt, reason }));
    story.rules("dirk", true).expect("a ruling");
    assert!(!story.task().is_open && story.task().raised.is_none());
    let ruling = story.task().in_force().expect("a ruling").fact;
    let undone = story.undoes("dirk", ruling, story.now()).expect("taken back");
    story.happens(undone[0].clone());
    assert_eq!((story.task().is_open, story.task().raised), (true, Some(doubt)), "so that it can lapse");
}
