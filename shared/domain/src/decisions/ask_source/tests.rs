//! What was asked waits, is answered by whatever the court tells since, and is asked once at a time.

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::fact::intake::cases::EventRetracted;
use crate::fact::intake::{PartyAdded, PartyDetailsChanged};
use crate::fact::linker::{PairEvidence, Question};
use crate::fact::{Actor, Author, LinkerFact};
use crate::ids::FactId;
use crate::ids::KeyId;
use crate::role::Role;
use crate::sealed::Sealed;

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn pair() -> Pair<PartyId> {
    Pair::of(party("a"), party("b"))
}

fn case() -> CaseId {
    CaseId::derived(&["a"])
}

fn subject(name: &str) -> Subject {
    Subject::parse(name).expect("a subject")
}

fn version(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
}

fn details() -> Sealed<crate::party::PartyDetails> {
    Sealed::new(KeyId::of_party(party("a")), String::new())
}

fn ask(by: &str) -> AskSource {
    AskSource {
        question: MatchId::between(pair()),
        pair: pair(),
        party: party("a"),
        case: case(),
        at: Some((Court::parse("RBROT").expect("a court"), Jurisdiction::Family, vec!["C/10/1".to_owned()])),
        fields: [AskedField::BirthDate].into(),
        by: subject(by),
        answer_by: None,
        today: date(2026, 9, 14),
        now: Timestamp::UNIX_EPOCH,
    }
}

#[derive(Default)]
struct Story(Vec<Fact>);

impl Story {
    /// Asked about a record of which its court told.
    fn told() -> Self {
        let mut story = Self::default();
        story.says(IntakeFact::PartyAdded(PartyAdded {
            case: case(),
            party: party("a"),
            version: version(1),
            roles: [Role::parse("victim").expect("a role")].into(),
            capacity: None,
            details: details(),
            died: false,
        }));
        let evidence = PairEvidence {
            pair: pair(),
            rule: "possible".to_owned(),
            fields: Vec::new(),
            ruling: None,
            millibits: None,
        };
        story.says(LinkerFact::MatchPossible(Question {
            question: MatchId::between(pair()),
            pair: pair(),
            cases: (case(), CaseId::derived(&["b"])),
            evidence,
            model: "test".to_owned(),
            weighed: None,
        }));
        story
    }

    fn says(&mut self, body: impl Into<Body>) {
        let number = self.0.len();
        self.0.push(Fact {
            id: FactId::derived(&[&number.to_string()]),
            body: body.into(),
            cause: Uuid::nil(),
            actor: Actor::service(Author::Steward),
            event_time: Timestamp::UNIX_EPOCH,
            recorded_at: Timestamp::UNIX_EPOCH,
        });
    }

    fn changed(&mut self, sequence: u64) {
        let (case, party) = (case(), party("a"));
        let changed = PartyDetailsChanged { case, party, version: version(sequence), details: details(), died: false };
        self.says(IntakeFact::PartyDetailsChanged(changed));
    }

    fn confirmed(&mut self, sequence: u64) {
        let request = self.asked().request;
        let (case, party) = (case(), party("a"));
        self.says(IntakeFact::RecordConfirmed(RecordConfirmed { case, version: version(sequence), party, request }));
    }

    fn known(&self) -> Known {
        let decision = ask("dirk");
        self.0.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact))
    }

    fn asks(&mut self, decision: &AskSource) -> Result<usize, Refusal> {
        let facts = decision.decide(&self.known())?;
        let many = facts.len();
        for fact in facts {
            self.says(fact);
        }
        Ok(many)
    }

    fn asked(&self) -> SourceAsked {
        self.known().task.asks.last().expect("it was asked").clone()
    }

    fn state(&self, today: Date) -> AskState {
        let known = self.known();
        state(&self.asked(), known.told.words(), &known.confirmed, today)
    }
}

const DAY: Date = date(2026, 9, 20);

#[test]
fn it_waits_for_the_day_and_is_answered_by_whatever_the_court_tells_since() {
    let mut story = Story::told();
    let decision = ask("dirk");
    assert_eq!((story.asks(&decision), story.asks(&decision)), (Ok(1), Ok(0)), "one thing at a time");
    let asked = story.asked();
    assert_eq!((asked.answer_by, asked.roles.len()), (date(2026, 9, 28), 1));
    assert_eq!(story.state(DAY), AskState::Waits);
    assert_eq!(story.state(date(2026, 9, 29)), AskState::Late);
    story.changed(2);
    assert_eq!(story.state(date(2026, 9, 29)), AskState::Corrected);
    assert_eq!(story.asks(&decision), Ok(1), "and then it can be asked again");
    assert_ne!(story.asked().request, asked.request);
}

#[test]
fn a_confirmation_answers_until_it_is_taken_back() {
    let mut story = Story::told();
    assert_eq!(story.asks(&ask("dirk")), Ok(1));
    story.confirmed(2);
    assert_eq!(story.state(DAY), AskState::Confirmed);
    let retracts = version(2).event;
    story.says(IntakeFact::EventRetracted(EventRetracted { case: case(), version: version(3), retracts }));
    assert_eq!(story.state(DAY), AskState::Waits);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let mut story = Story::told();
    let good = ask("dirk");
    let mut refused = |change: &dyn Fn(&mut AskSource)| {
        let mut decision = good.clone();
        change(&mut decision);
        story.asks(&decision)
    };
    assert_eq!(refused(&|wish| wish.party = party("c")), Err(Refusal::NeverAsked));
    assert_eq!(refused(&|wish| wish.fields.clear()), Err(Refusal::Nothing));
    assert_eq!(refused(&|wish| wish.at = None), Err(Refusal::Untold));
    assert_eq!(refused(&|wish| wish.answer_by = Some(date(2026, 9, 14))), Err(Refusal::Term));
    assert_eq!(refused(&|wish| wish.answer_by = Some(date(2027, 9, 14))), Err(Refusal::Term));
    let until = Timestamp::from_second(60).expect("a moment");
    let question = MatchId::between(pair());
    story.says(StewardFact::TaskClaimed(crate::fact::steward::TaskClaimed { question, by: subject("hanna"), until }));
    assert_eq!(story.asks(&good), Err(Refusal::Claimed));
    assert_eq!(story.asks(&ask("hanna")), Ok(1));
    assert!(story.known().task.claim(Timestamp::UNIX_EPOCH).is_none(), "whoever asks lays it down");
    assert_eq!(Story::default().asks(&good), Err(Refusal::NeverAsked));
}
