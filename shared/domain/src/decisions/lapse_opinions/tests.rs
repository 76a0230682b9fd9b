//! Two agree only on what both saw.

use jiff::Timestamp;
use uuid::Uuid;

use super::*;
use crate::decisions::rule_on_pair::{RuleOnPair, Says};
use crate::fact::linker::{Member, PairEvidence, PersonCertain, Question};
use crate::fact::steward::RulingReason;
use crate::fact::{Actor, Author, Body, LinkerFact, Subject};
use crate::ids::{CaseId, PersonId};

const SAME: Says = Says::Rules { same: true, reason: RulingReason::SeenInFile };

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn pair() -> Pair<PartyId> {
    Pair::of(party("a"), party("b"))
}

fn words(of: &str) -> [Option<EventId>; 2] {
    [Some(EventId::derived(&[of])), None]
}

#[derive(Default)]
struct Story(Vec<Fact>);

impl Story {
    /// A question on two persons of two records each, so that two must agree.
    fn asked() -> Self {
        let mut story = Self::default();
        let evidence = PairEvidence {
            pair: pair(),
            rule: "possible".to_owned(),
            fields: Vec::new(),
            ruling: None,
            millibits: None,
        };
        story.happens(LinkerFact::MatchPossible(Question {
            question: MatchId::between(pair()),
            pair: pair(),
            cases: (CaseId::derived(&["a"]), CaseId::derived(&["b"])),
            evidence,
            model: "test".to_owned(),
            weighed: None,
        }));
        story.person("a", &["a", "a1"]);
        story.person("b", &["b", "b1"]);
        story
    }

    fn happens(&mut self, body: impl Into<Body>) {
        let id = FactId::derived(&[&self.0.len().to_string()]);
        let (cause, actor, at) = (Uuid::nil(), Actor::service(Author::Steward), Timestamp::UNIX_EPOCH);
        self.0.push(Fact { id, body: body.into(), cause, actor, event_time: at, recorded_at: at });
    }

    fn person(&mut self, person: &str, of: &[&str]) {
        let member = |name: &&str| Member { party: party(name), case: CaseId::derived(&[*name]) };
        self.happens(LinkerFact::PersonCertain(PersonCertain {
            person: PersonId::derived(&[person]),
            members: of.iter().map(member).collect(),
            former: BTreeSet::new(),
            evidence: Vec::new(),
            model: "test".to_owned(),
        }));
    }

    fn task(&self) -> Task {
        Task::of(MatchId::between(pair()), &self.0)
    }

    fn says(&mut self, by: &str, words: [Option<EventId>; 2]) -> bool {
        let decision = RuleOnPair {
            question: MatchId::between(pair()),
            pair: pair(),
            by: Subject::parse(by).expect("a subject"),
            says: SAME,
            note: None,
            now: Timestamp::UNIX_EPOCH,
            hearing_soon: false,
            words,
        };
        let written = decision.decide(&self.task()).expect("it is taken");
        let is_ruling = written.iter().any(|fact| fact.ruling().is_some());
        for fact in written {
            self.happens(fact);
        }
        is_ruling
    }

    fn lapses(&mut self, words: [Option<EventId>; 2]) -> Option<WhyLapsed> {
        let decision = LapseOpinions { question: MatchId::between(pair()), pair: pair(), words };
        let Ok(written) = decision.decide(&self.task());
        let because = written.iter().find_map(|fact| match fact {
            StewardFact::OpinionLapsed(lapsed) => Some(lapsed.because),
            _ => None,
        });
        for fact in written {
            self.happens(fact);
        }
        because
    }
}

#[test]
fn an_opinion_on_other_groups_or_other_records_lapses_with_its_reason_and_who_gave_it_may_speak_again() {
    let mut story = Story::asked();
    assert!(!story.says("dirk", words("first")));
    assert_eq!(story.lapses(words("first")), None, "nothing changed");
    story.person("b", &["b", "b1", "b2"]);
    assert_eq!(story.lapses(words("first")), Some(WhyLapsed::GroupsChanged));
    assert_eq!(story.lapses(words("first")), None, "once");
    assert!(story.task().opinions.is_empty());
    assert!(!story.says("hanna", words("first")), "she is the first now");
    assert_eq!(story.lapses(words("corrected")), Some(WhyLapsed::RecordsChanged));
    assert!(!story.says("dirk", words("corrected")), "he may speak again");
    assert!(story.says("hanna", words("corrected")), "and both saw the same");
}

#[test]
fn what_lapsed_stays_lapsed_whatever_becomes_of_the_groups() {
    let mut story = Story::asked();
    story.says("dirk", words("first"));
    story.person("b", &["b", "b1", "b2"]);
    story.lapses(words("first"));
    story.person("b", &["b", "b1"]);
    assert!(!story.says("hanna", words("first")), "it is not what it was again");
}

#[test]
fn the_order_in_which_the_facts_about_persons_are_read_plays_no_part() {
    let mut story = Story::asked();
    story.says("dirk", words("first"));
    story.person("b", &["b", "b1", "b2"]);
    let of_persons = |fact: &Fact| matches!(&fact.body, Body::Linker(LinkerFact::PersonCertain(_)));
    let (persons, question): (Vec<Fact>, Vec<Fact>) = story.0.iter().cloned().partition(of_persons);
    let apart: Vec<Fact> = question.into_iter().chain(persons).collect();
    let decision = LapseOpinions { question: MatchId::between(pair()), pair: pair(), words: words("first") };
    assert_eq!(decision.lapsed(&Task::of(MatchId::between(pair()), &apart)).len(), 1);
    assert_eq!(decision.lapsed(&story.task()).len(), 1);
}
