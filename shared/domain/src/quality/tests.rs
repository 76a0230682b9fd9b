//! What is counted, from facts as they are written.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::fact::linker::{
    FieldEvidence, PairEvidence, PersonCertain, PersonDissolved, QuestionWithdrawn, WhyWithdrawn,
};
use crate::fact::steward::{
    ControlDrawn, Cut, GroupParted, OpinionGiven, PairReviewed, PartingUndone, QuestionRaised, RulingReason,
    RulingUndone,
};
use crate::fact::{Actor, Author, Subject};
use crate::ids::{CaseId, PersonId};

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
            StewardFact::OpinionGiven(OpinionGiven {
                question,
                by,
                choice,
                reason: None,
                note: None,
                cut: None,
                seen: None,
            }),
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

impl Told {
    /// A group of four records is parted on a question: a ruling on each two of four beside it.
    fn parts(&mut self, number: u32) -> (FactId, Vec<(Pair<PartyId>, FactId)>) {
        let record = |name: &str| PartyId::derived(&[name, &number.to_string()]);
        let cut = Cut { moved: [record("a"), record("c")].into(), kept: [record("b"), record("d")].into() };
        let (question, by) = (MatchId::between(pair(number)), Subject::parse("steward-hanna").unwrap());
        let (reason, note, opinions) = (RulingReason::IdentifierSwapped, None, Vec::new());
        let parted = GroupParted { question, cut: cut.clone(), by: by.clone(), reason, note: None, opinions };
        let parting = self.hear(StewardFact::GroupParted(parted), TODAY, 30);
        let ruling = |pair| Ruling {
            question: MatchId::between(pair),
            pair,
            by: by.clone(),
            reason,
            note: note.clone(),
            evidence: None,
            opinions: Vec::new(),
            parted_in: Some(question),
        };
        let rulings: Vec<Ruling> = cut.pairs().map(ruling).collect();
        let heard =
            rulings.into_iter().map(|ruling| (ruling.pair, self.hear(StewardFact::PairRejected(ruling), TODAY, 30)));
        (parting, heard.collect())
    }

    fn draws(&mut self, number: u32, stratum: Stratum, same: bool) -> MatchId {
        let control = MatchId::derived(&["control", &number.to_string()]);
        let asked = Question { question: control, ..question(number, "possible", "equal") };
        let (about, words, not_for) = (MatchId::between(pair(number)), [None; 2], [].into());
        let (contradicts, ruling) = (false, None);
        let drawn = ControlDrawn { asked, about, contradicts, stratum, ruling, same, words, not_for };
        self.hear(StewardFact::ControlDrawn(drawn), TODAY, 60);
        control
    }

    fn reviews(&mut self, number: u32, control: MatchId, choice: Choice) {
        let (about, pair) = (MatchId::between(pair(number)), pair(number));
        let by = Subject::parse("steward-ivo").unwrap();
        let (reason, note, waits) = (None, None, Some(false));
        let reviewed = PairReviewed { question: control, about, pair, by, choice, reason, note, waits };
        self.hear(StewardFact::PairReviewed(reviewed), TODAY, 90);
    }

    fn is_certain(&mut self, number: u32, rule: &str) {
        let evidence = PairEvidence { rule: rule.to_owned(), ..question(number, rule, "equal").evidence };
        self.hear(
            LinkerFact::PersonCertain(PersonCertain {
                person: PersonId::derived(&[&number.to_string()]),
                members: [].into(),
                former: [].into(),
                evidence: vec![evidence],
                model: "m".to_owned(),
            }),
            TODAY,
            0,
        );
    }
}

#[test]
fn a_group_that_is_parted_is_one_ruling() {
    let mut told = Told::default();
    for number in 0..10 {
        told.asks(number, "split");
        told.parts(number);
    }
    let report = told.report();
    assert_eq!((report.ruled, report.minutes_median), (Some(10), Some(30)));
    assert_eq!(report.by_rule, [ByRule { rule: "split".to_owned(), same: share(0, 10).unwrap() }]);
    assert_eq!((report.undone, report.overturned), (share(0, 10), share(0, 10)));

    // Taken back, with each of its rulings, it is one as well.
    told.asks(10, "split");
    let (parting, rulings) = told.parts(10);
    let (question, by) = (MatchId::between(pair(10)), Subject::parse("steward-hanna").unwrap());
    told.hear(StewardFact::PartingUndone(PartingUndone { question, parting, by: by.clone() }), TODAY, 40);
    for (pair, ruling) in rulings {
        let (question, parted_in) = (MatchId::between(pair), Some(question));
        told.hear(
            StewardFact::RulingUndone(RulingUndone { question, pair, ruling, by: by.clone(), parted_in }),
            TODAY,
            40,
        );
    }
    assert_eq!(told.report().undone, share(1, 11));
    assert_eq!(told.report().by_rule[0].same.of, 10, "and no longer in force");

    // Two of its records are one after all: the parting was wrong, once.
    told.rules(3, true, 60);
    let report = told.report();
    assert_eq!((report.ruled, report.overturned), (Some(12), share(1, 11)));
}

#[test]
fn of_control_questions_it_is_told_how_many_were_answered_alike() {
    let mut told = Told::default();
    for number in 0..40 {
        let (stratum, same) = (if number < 20 { Stratum::Ruled } else { Stratum::Agreed }, number % 2 == 0);
        let control = told.draws(number, stratum, same);
        if number % 10 == 9 {
            told.reviews(number, control, Choice::CannotTell);
        }
        told.reviews(number, control, Choice::of(same == (number % 20 != 0)));
    }
    let drawn_only = told.draws(40, Stratum::Ruled, true);
    told.reviews(40, drawn_only, Choice::CannotTell);
    let report = told.report();
    assert_eq!((report.reviewed, report.known), (share(19, 20), share(19, 20)));
    assert_eq!((report.certain, report.precision, report.recall), (Vec::new(), None, None));
    assert_eq!((report.ruled, report.agreement), (None, None), "an answer to one is no ruling");
}

#[test]
fn how_often_the_linker_is_right_and_how_much_it_finds_by_itself() {
    let mut told = Told::default();
    for number in 0..400 {
        told.is_certain(number, if number < 300 { "number-birth-name" } else { "name-birth-place" });
    }
    // Ten answers on what is certain by a number, all of them that it is one person; of the others one of twenty says it is not.
    for number in 0..10 {
        let control = told.draws(number, Stratum::CertainByNumber, true);
        told.reviews(number, control, Choice::Same);
    }
    assert_eq!(told.report().precision, None, "of some pairs nothing is known yet");
    for number in 300..320 {
        let control = told.draws(number, Stratum::CertainOtherwise, true);
        told.reviews(number, control, Choice::of(number > 300));
    }
    let report = told.report();
    let told_of: Vec<_> = report.certain.iter().map(|row| (row.stratum, row.pairs, row.right)).collect();
    let (by_number, otherwise) = (share(10, 10).unwrap(), share(19, 20).unwrap());
    assert_eq!(told_of, [(Stratum::CertainByNumber, 300, by_number), (Stratum::CertainOtherwise, 100, otherwise)]);
    let precision = report.precision.unwrap();
    assert_eq!(precision.likely, 9_875, "three quarters of 100 % and a quarter of 95 %");
    assert!(precision.low < 9_000 && precision.high > 9_900 && precision.low > by_number.low, "{precision:?}");
    assert_eq!(report.recall.unwrap().likely, 10_000, "people found nothing yet");

    // People find a hundred that it only thought possible, and five hundred that are not.
    for number in 1_000..1_600 {
        told.asks(number, "possible");
        told.rules(number, number < 1_100, 30);
    }
    let recall = told.report().recall.unwrap();
    assert_eq!(recall.likely, 7_980, "395 of 495");
    assert!(recall.low < recall.likely && recall.likely < recall.high);
    // What is no longer taken for one person is not counted.
    let (person, former) = (PersonId::derived(&["0"]), [].into());
    told.hear(
        LinkerFact::PersonDissolved(PersonDissolved { person, former, rulings: [].into(), model: "m".to_owned() }),
        TODAY,
        99,
    );
    assert_eq!(told.report().certain[0].pairs, 299);
}
