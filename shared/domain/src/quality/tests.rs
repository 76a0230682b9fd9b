//! What is counted, from facts as they are written.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::fact::linker::{FieldEvidence, PairEvidence, QuestionWithdrawn, WhyWithdrawn};
use crate::fact::steward::{OpinionGiven, QuestionRaised, RulingReason, RulingUndone};
use crate::fact::{Actor, Author, Subject};
use crate::ids::CaseId;

const TODAY: Date = date(2026, 9, 14);

/// A register that is told things one after the other.
#[derive(Default)]
struct Told {
    quality: Quality,
    facts: u32,
}

fn pair(number: u32) -> Pair<PartyId> {
    Pair::of(PartyId::derived(&["a", &number.to_string()]), PartyId::derived(&["b", &number.to_string()]))
}

fn question(number: u32, rule: &str, birth: &str) -> Question {
    let field = |field: &str, level: &str| FieldEvidence {
        field: field.to_owned(),
        level: level.to_owned(),
        detail: None,
        millibits: None,
    };
    Question {
        question: MatchId::between(pair(number)),
        pair: pair(number),
        cases: (CaseId::derived(&["family"]), CaseId::derived(&["criminal"])),
        evidence: PairEvidence {
            pair: pair(number),
            rule: rule.to_owned(),
            fields: vec![field("surname", "equal"), field("birth-date", birth)],
            ruling: None,
            millibits: None,
        },
        model: "m".to_owned(),
        weighed: None,
    }
}

impl Told {
    /// Something happened so many minutes after the day began.
    fn hear(&mut self, body: impl Into<Body>, on: Date, minute: i64) -> FactId {
        self.facts += 1;
        let at = on.at(0, 0, 0, 0).in_tz("UTC").unwrap().timestamp().checked_add(minute.minutes()).unwrap();
        let id = FactId::derived(&[&self.facts.to_string()]);
        let actor = Actor::service(Author::Steward);
        let fact = Fact { id, body: body.into(), cause: uuid::Uuid::nil(), actor, event_time: at, recorded_at: at };
        self.quality.hear(&fact);
        id
    }

    fn asks(&mut self, number: u32, rule: &str) {
        self.hear(LinkerFact::MatchPossible(question(number, rule, "equal")), TODAY, 0);
    }

    fn thinks(&mut self, number: u32, choice: Choice) -> FactId {
        let by = Subject::parse("steward-dirk").unwrap();
        let question = MatchId::between(pair(number));
        self.hear(
            StewardFact::OpinionGiven(OpinionGiven { question, by, choice, reason: None, note: None, cut: None }),
            TODAY,
            1,
        )
    }

    fn rules(&mut self, number: u32, same: bool, minute: i64) -> FactId {
        let ruling = Ruling {
            question: MatchId::between(pair(number)),
            pair: pair(number),
            by: Subject::parse("steward-hanna").unwrap(),
            reason: RulingReason::SeenInFile,
            note: None,
            evidence: None,
            parted_in: None,
            opinions: Vec::new(),
        };
        let fact = if same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) };
        self.hear(fact, TODAY, minute)
    }

    fn undoes(&mut self, number: u32, ruling: FactId) {
        let undone = RulingUndone {
            question: MatchId::between(pair(number)),
            pair: pair(number),
            ruling,
            by: Subject::parse("steward-hanna").unwrap(),
            parted_in: None,
        };
        self.hear(StewardFact::RulingUndone(undone), TODAY, 700);
    }

    fn report(&self) -> Report {
        self.quality.report(TODAY)
    }
}

fn share(hits: usize, of: usize) -> Option<Share> {
    Share::of(hits, of)
}

#[test]
fn of_fewer_than_ten_nothing_is_said() {
    let mut told = Told::default();
    for number in 0..9 {
        told.asks(number, "possible");
        told.rules(number, true, 30);
    }
    assert_eq!(told.report(), Report::default());
    told.asks(9, "possible");
    told.rules(9, true, 30);
    assert_eq!(told.report().ruled, Some(10));
}

#[test]
fn how_long_it_takes_is_counted_from_when_it_was_asked_last() {
    let mut told = Told::default();
    for number in 0..20 {
        told.asks(number, "possible");
        // It went away and came back: what was before does not count.
        let gone = QuestionWithdrawn {
            question: MatchId::between(pair(number)),
            pair: pair(number),
            because: WhyWithdrawn::Superseded,
        };
        told.hear(LinkerFact::QuestionWithdrawn(gone), TODAY, 1);
        told.hear(LinkerFact::MatchPossible(question(number, "possible", "equal")), TODAY, 100);
        told.rules(number, true, 100 + i64::from(number));
    }
    let report = told.report();
    assert_eq!((report.minutes_median, report.minutes_p90), (Some(9), Some(17)));
}

#[test]
fn two_who_speak_agree_or_not_and_who_cannot_tell_does_not_count() {
    let mut told = Told::default();
    for number in 0..12 {
        told.asks(number, "possible");
        told.thinks(number, if number < 9 { Choice::Same } else { Choice::Different });
        told.rules(number, true, 30);
    }
    told.asks(12, "possible");
    told.thinks(12, Choice::CannotTell);
    told.rules(12, true, 30);
    // Where two disagreed a third decides, whatever the third says.
    told.asks(13, "possible");
    told.thinks(13, Choice::Same);
    told.thinks(13, Choice::Different);
    told.rules(13, true, 30);
    assert_eq!(told.report().agreement, share(9, 13));
}

#[test]
fn what_was_taken_back_and_what_was_overturned_are_two_things() {
    let mut told = Told::default();
    for number in 0..20 {
        told.asks(number, "possible");
        let first = told.rules(number, true, 30);
        match number {
            0..3 => told.undoes(number, first),
            3..5 => drop(told.rules(number, false, 60)),
            5 => drop(told.rules(number, true, 60)),
            _ => {}
        }
    }
    let report = told.report();
    assert_eq!(report.undone, share(3, 23));
    assert_eq!(report.overturned, share(2, 20));
}

#[test]
fn by_rule_the_newest_ruling_on_a_pair_counts() {
    let mut told = Told::default();
    for number in 0..30 {
        told.asks(number, if number < 15 { "namesakes" } else { "possible" });
        told.rules(number, number % 5 == 0, 30);
    }
    told.rules(0, false, 60);
    let taken_back = told.rules(1, true, 60);
    told.undoes(1, taken_back);
    let by_rule = told.report().by_rule;
    let expected = [("namesakes", share(2, 15)), ("possible", share(3, 15))];
    let expected = expected.map(|(rule, same)| ByRule { rule: rule.to_owned(), same: same.unwrap() });
    assert_eq!(by_rule, expected);
}

#[test]
fn a_doubt_is_right_where_the_link_turns_out_to_be_wrong() {
    let mut told = Told::default();
    for number in 0..10 {
        let raised = QuestionRaised {
            asked: question(number, "number-birth-name", "equal"),
            doubt: FactId::derived(&["doubt", &number.to_string()]),
            reason: crate::fact::alerts::DoubtReason::OtherPerson,
        };
        told.hear(StewardFact::QuestionRaised(raised), TODAY, 0);
        told.rules(number, number != 0, 30);
    }
    let report = told.report();
    assert_eq!(report.doubts_right, share(1, 10));
    assert_eq!(report.by_rule, [], "what a judge doubts was not asked by a rule");
}

#[test]
fn a_field_that_is_suddenly_empty_is_seen() {
    let mut told = Told::default();
    let text = include_str!("../../fixtures/intake.case-registered.json");
    let mut registered: crate::fact::intake::CaseRegistered = serde_json::from_str(text).unwrap();
    registered.case = CaseId::derived(&["family"]);
    let court = registered.court;
    told.hear(IntakeFact::CaseRegistered(registered), date(2026, 1, 1), 0);
    for number in 0..100 {
        let (day, birth) = match number {
            0..50 => (date(2026, 3, 1), if number < 2 { "missing" } else { "equal" }),
            _ => (date(2026, 9, 1), if number < 80 { "missing" } else { "equal" }),
        };
        told.hear(LinkerFact::MatchPossible(question(number, "possible", birth)), day, 0);
        // Asked again it counts no second time.
        told.hear(LinkerFact::MatchPossible(question(number, "possible", "different")), TODAY, 0);
    }
    let drift = told.report().drift;
    let real: Vec<&Drift> = drift.iter().filter(|drift| drift.is_real()).collect();
    assert_eq!(real.len(), 1, "{drift:?}");
    assert_eq!((real[0].court, real[0].field.as_str(), real[0].level), (court, "birth-date", "missing"));
    assert_eq!((Some(real[0].before), Some(real[0].now)), (share(2, 50), share(30, 50)));
    assert_eq!(drift.len(), 4, "two fields on two levels");
}
