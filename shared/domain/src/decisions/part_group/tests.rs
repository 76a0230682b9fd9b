//! Two agree on how a group is parted, it is parted whole, and is put together again whole.

use uuid::Uuid;

use super::*;
use crate::fact::linker::Member;
use crate::fact::{Actor, Author, LinkerFact};
use crate::ids::{CaseId, KeyId, PersonId};

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn pair(one: &str, other: &str) -> Pair<PartyId> {
    Pair::of(party(one), party(other))
}

fn parties(names: &[&str]) -> BTreeSet<PartyId> {
    names.iter().map(|name| party(name)).collect()
}

fn subject(name: &str) -> Subject {
    Subject::parse(name).expect("a subject")
}

fn minute(number: usize) -> Timestamp {
    Timestamp::from_second(i64::try_from(number).expect("few") * 60).expect("a moment")
}

fn link(one: &str, other: &str, millibits: i32) -> PairEvidence {
    let rule = "number-birth-name".to_owned();
    PairEvidence { pair: pair(one, other), rule, fields: Vec::new(), ruling: None, millibits: Some(millibits) }
}

/// A person whose records hang together as a chain: a and b strongly, c and d too, b and c weakly; and e with d.
fn chain() -> PersonCertain {
    let member = |name: &&str| Member { party: party(name), case: CaseId::derived(&[*name]) };
    PersonCertain {
        person: PersonId::derived(&["person"]),
        members: ["a", "b", "c", "d", "e"].iter().map(member).collect(),
        former: BTreeSet::new(),
        evidence: vec![link("a", "b", 20_000), link("b", "c", 7_000), link("c", "d", 19_000), link("d", "e", 18_000)],
        model: "test".to_owned(),
    }
}

/// What happened, a minute after another. Asked is about b and c.
struct Story(Vec<Fact>);

impl Story {
    fn suspected() -> Self {
        let mut story = Self(Vec::new());
        story.happens(LinkerFact::PersonCertain(chain()));
        let suspect = SuspectGroup { pair: pair("b", "c"), by: subject("dirk"), of: pair("b", "c").a };
        for fact in suspect.decide(&story.task()).expect("one person") {
            story.happens(fact);
        }
        story
    }

    fn happens(&mut self, body: impl Into<Body>) -> FactId {
        let number = self.0.len();
        let id = FactId::derived(&[&number.to_string()]);
        let (cause, actor) = (Uuid::from_u128(number as u128), Actor::service(Author::Steward));
        let at = minute(number);
        self.0.push(Fact { id, body: body.into(), cause, actor, event_time: at, recorded_at: at });
        id
    }

    fn task(&self) -> Task {
        Task::of(MatchId::between(pair("b", "c")), &self.0)
    }

    fn decision(&self, by: &str, moved: &[&str], note: bool) -> PartGroup {
        let question = MatchId::between(pair("b", "c"));
        let kept = members(&chain()).difference(&parties(moved)).copied().collect();
        PartGroup {
            question,
            pair: pair("b", "c"),
            cut: Cut { moved: parties(moved), kept },
            by: subject(by),
            reason: RulingReason::FamilyMembers,
            note: note.then(|| Sealed::new(KeyId::of_party(pair("b", "c").a), String::new())),
            now: minute(self.0.len()),
            words: [None; 2],
        }
    }

    fn known<D: Decision<State = Known>>(&self, decision: &D) -> Known {
        self.0.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact))
    }

    fn takes(&mut self, decision: &PartGroup) -> Result<Vec<StewardFact>, Refusal> {
        let facts = decision.decide(&self.known(decision))?;
        for fact in &facts {
            self.happens(fact.clone());
        }
        Ok(facts)
    }

    fn parts(&mut self, by: &str, moved: &[&str]) -> Result<usize, Refusal> {
        self.takes(&self.decision(by, moved, true)).map(|facts| facts.len())
    }

    fn undoes(&self, by: &str, now: usize) -> Result<Vec<StewardFact>, UndoRefusal> {
        let parting = self.task().parting.ok_or(UndoRefusal::NotInForce)?;
        let (question, cut, parting) = (MatchId::between(pair("b", "c")), parting.cut, parting.fact);
        let undo = UndoParting { question, pair: pair("b", "c"), cut, parting, by: subject(by), now: minute(now) };
        undo.decide(&self.known(&undo))
    }
}

#[test]
fn the_weakest_link_says_where_a_person_would_come_apart() {
    let person = chain();
    assert_eq!(weakest(&person).map(|evidence| evidence.pair), Some(pair("b", "c")));
    let cut = cut_at_weakest(&person).expect("a cut");
    assert_eq!((cut.moved, cut.kept), (parties(&["a", "b"]), parties(&["c", "d", "e"])));
    let mut ruled = chain();
    ruled.evidence[1].ruling = Some(FactId::derived(&["ruling"]));
    assert_eq!(weakest(&ruled).map(|evidence| evidence.pair), Some(pair("d", "e")), "a steward's word is no weak link");
    assert_eq!(cut_at_weakest(&ruled).map(|cut| cut.moved), Some(parties(&["e"])));
}

#[test]
fn two_who_part_it_alike_part_it_and_a_ruling_stands_on_every_two_across() {
    let mut story = Story::suspected();
    assert_eq!(story.parts("dirk", &["a", "b"]), Ok(1), "an opinion");
    assert_eq!(story.parts("dirk", &["a", "b"]), Err(Refusal::SpokenBefore));
    assert_eq!(story.parts("hanna", &["a"]), Ok(1), "another opinion");
    assert!(story.task().is_open && story.task().parting.is_none());
    // A third decides; which heap is called the moved one plays no part.
    assert_eq!(story.parts("ivo", &["c", "d", "e"]), Ok(1 + 6));
    let task = story.task();
    assert!(!task.is_open && task.is_answered && task.opinions.is_empty());
    let parting = task.parting.expect("a parting");
    assert_eq!(parting.by, ["dirk", "ivo"].map(subject).into());
    let ruled: BTreeSet<Pair<PartyId>> = story
        .0
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Steward(StewardFact::PairRejected(ruling)) => Some(ruling.pair),
            _ => None,
        })
        .collect();
    assert_eq!(ruled, parting.cut.pairs().collect());
    assert_eq!(story.task().in_force().map(|held| (held.same, held.by.len())), Some((false, 2)));
    assert_eq!(story.parts("jan", &["a"]), Err(Refusal::NotOpen));
}

#[test]
fn a_cut_beside_the_pair_that_is_asked_about_answers_what_a_steward_asked_and_not_what_the_linker_asks() {
    let mut story = Story::suspected();
    assert_eq!((story.parts("dirk", &["e"]), story.parts("hanna", &["e"])), (Ok(1), Ok(5)));
    assert!(!story.task().is_open && story.task().in_force().is_none());

    let mut story = Story::suspected();
    let asked = story.task().asked.expect("a question");
    story.happens(LinkerFact::MatchPossible(asked));
    assert_eq!((story.parts("dirk", &["e"]), story.parts("hanna", &["e"])), (Ok(1), Ok(5)));
    let task = story.task();
    assert!(task.is_open && task.opinions.is_empty() && task.parting.is_some());
}

#[test]
fn all_records_of_the_person_as_it_is_now_and_no_others_are_laid_in_two_heaps() {
    let mut story = Story::suspected();
    for moved in [&["x"][..], &[], &["a", "b", "c", "d", "e"]] {
        assert_eq!(story.parts("dirk", moved), Err(Refusal::OtherRecords), "{moved:?}");
    }
    assert_eq!(story.parts("dirk", &["e"]), Ok(1));
    // Somebody joined meanwhile: nobody parts a record they never saw, and an opinion on fewer agrees with none on more.
    let mut more = chain();
    more.members.insert(Member { party: party("f"), case: CaseId::derived(&["f"]) });
    more.evidence.push(link("e", "f", 20_000));
    story.happens(LinkerFact::PersonCertain(more));
    assert_eq!(story.parts("hanna", &["e"]), Err(Refusal::OtherRecords));
    let mut wider = story.decision("hanna", &["e"], true);
    wider.cut.kept.insert(party("f"));
    assert_eq!(story.takes(&wider).map(|facts| facts.len()), Ok(1), "an opinion");

    let mut two = Story(Vec::new());
    let mut person = chain();
    person.members.retain(|member| [party("b"), party("c")].contains(&member.party));
    two.happens(LinkerFact::PersonCertain(person));
    assert_eq!(two.parts("dirk", &["b"]), Err(Refusal::NeverAsked));
    let suspect = SuspectGroup { pair: pair("b", "c"), by: subject("dirk"), of: pair("b", "c").a };
    let facts = suspect.decide(&two.task()).expect("one person");
    two.happens(facts[0].clone());
    assert_eq!(suspect.decide(&two.task()), Ok(Vec::new()), "it is asked already");
    assert_eq!(two.parts("dirk", &["b"]), Err(Refusal::NoGroup), "of two it is said whether they are one");
    assert_eq!(SuspectGroup { pair: pair("a", "c"), ..suspect }.decide(&two.task()), Err(NotOne));
}

#[test]
fn an_earlier_word_that_two_are_one_is_overridden_in_words() {
    let mut story = Story::suspected();
    story.happens(StewardFact::PairConfirmed(Ruling {
        question: MatchId::between(pair("a", "e")),
        pair: pair("a", "e"),
        by: subject("jan"),
        reason: RulingReason::SeenInFile,
        note: None,
        evidence: None,
        opinions: Vec::new(),
        parted_in: None,
    }));
    let silent = story.decision("dirk", &["a", "b"], false);
    assert_eq!(story.takes(&silent), Err(Refusal::NoteMissing));
    assert_eq!(story.takes(&story.decision("dirk", &["c"], false)).map(|facts| facts.len()), Ok(1));
}

#[test]
fn who_decided_puts_it_together_again_soon_after_and_whole() {
    let mut story = Story::suspected();
    assert_eq!(story.undoes("dirk", 1), Err(UndoRefusal::NotInForce));
    story.parts("dirk", &["a", "b"]).expect("an opinion");
    story.parts("hanna", &["a", "b"]).expect("a parting");
    let now = story.0.len();
    assert_eq!(story.undoes("ivo", now), Err(UndoRefusal::NotTheirs));
    assert_eq!(story.undoes("dirk", now + 16), Err(UndoRefusal::TooLate));
    let facts = story.undoes("dirk", now).expect("taken back");
    assert_eq!(facts.len(), 1 + 6);
    for fact in facts {
        story.happens(fact);
    }
    let task = story.task();
    assert!(task.is_open && task.parting.is_none() && task.in_force().is_none());
    assert_eq!(story.undoes("dirk", now), Err(UndoRefusal::NotInForce));

    // What was ruled otherwise on one pair since stays, and the parting with it.
    let mut story = Story::suspected();
    story.parts("dirk", &["a", "b"]).expect("an opinion");
    story.parts("hanna", &["a", "b"]).expect("a parting");
    let since = Ruling {
        question: MatchId::between(pair("a", "d")),
        pair: pair("a", "d"),
        by: subject("ivo"),
        reason: RulingReason::SeenInFile,
        note: None,
        evidence: None,
        opinions: Vec::new(),
        parted_in: None,
    };
    story.happens(StewardFact::PairConfirmed(since));
    assert_eq!(story.undoes("dirk", story.0.len()), Err(UndoRefusal::NotInForce));
}

#[test]
fn what_is_written_is_about_what_is_locked() {
    use crate::fact::Authored as _;
    let mut story = Story::suspected();
    story.parts("dirk", &["a", "b"]).expect("an opinion");
    let decision = story.decision("hanna", &["a", "b"], true);
    let facts = story.takes(&decision).expect("a parting");
    assert!(facts.iter().all(|fact| fact.tags().is_subset(&decision.rests_on())));
}
