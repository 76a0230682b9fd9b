//! What is drawn, what whoever is asked may know of it, and what follows from an answer.

use jiff::Timestamp;

use super::*;
use crate::decisions::rule_on_pair::{Refusal, RuleOnPair, Says, UNDO, UndoRefusal};
use crate::decisions::task::WhyTwo;
use crate::fact::linker::FieldEvidence;
use crate::fact::steward::{Choice, OpinionGiven, Ruling, RulingReason, RulingUndone, TaskClaimed};
use crate::fact::{Actor, Author};
use crate::ids::CaseId;
use crate::sealed::Sealed;

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn pair() -> Pair<PartyId> {
    Pair::of(party("a"), party("b"))
}

fn about() -> MatchId {
    MatchId::between(pair())
}

fn subject(name: &str) -> Subject {
    Subject::parse(name).expect("a subject")
}

fn evidence(pair: Pair<PartyId>, rule: &str, ruling: Option<FactId>) -> PairEvidence {
    let (field, level) = ("birth-date".to_owned(), "equal".to_owned());
    let fields = vec![FieldEvidence { field, level, detail: None, millibits: Some(7_000) }];
    PairEvidence { pair, rule: rule.to_owned(), fields, ruling, millibits: Some(9_000) }
}

const SAME: Says = Says::Rules { same: true, reason: RulingReason::SeenInFile };
const DIFFERENT: Says = Says::Rules { same: false, reason: RulingReason::DataContradicts };

/// What happened, one thing after another.
#[derive(Default)]
struct Story(Vec<Fact>);

impl Story {
    fn happens(&mut self, body: impl Into<Body>) -> FactId {
        let id = FactId::derived(&[&self.0.len().to_string()]);
        let (cause, actor, at) = (Uuid::nil(), Actor::service(Author::Steward), Timestamp::UNIX_EPOCH);
        self.0.push(Fact { id, body: body.into(), cause, actor, event_time: at, recorded_at: at });
        id
    }

    fn asks(&mut self, rule: &str, conflict: bool) {
        let cases = (CaseId::derived(&["a"]), CaseId::derived(&["b"]));
        let evidence = evidence(pair(), rule, None);
        let (model, weighed) = ("test".to_owned(), Some(Weighed::default()));
        let asked = Question { question: about(), pair: pair(), cases, evidence, model, weighed };
        self.happens(if conflict { LinkerFact::ConflictFound(asked) } else { LinkerFact::MatchPossible(asked) });
    }

    fn rules(&mut self, by: &str, same: bool) -> FactId {
        let ruling = Ruling {
            question: about(),
            pair: pair(),
            by: subject(by),
            reason: RulingReason::SeenInFile,
            note: None,
            evidence: None,
            opinions: Vec::new(),
            parted_in: None,
        };
        self.happens(if same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) })
    }

    fn thinks(&mut self, by: &str, choice: Choice) {
        let (question, by) = (about(), subject(by));
        self.happens(StewardFact::OpinionGiven(OpinionGiven {
            question,
            by,
            choice,
            cut: None,
            reason: None,
            note: None,
            seen: None,
        }));
    }

    /// These records are one person, held together by these.
    fn person(&mut self, of: &[&str], evidence: Vec<PairEvidence>) {
        let member = |name: &&str| Member { party: party(name), case: CaseId::derived(&[*name]) };
        self.happens(LinkerFact::PersonCertain(PersonCertain {
            person: PersonId::derived(&["person"]),
            members: of.iter().map(member).collect(),
            former: BTreeSet::new(),
            evidence,
            model: "test".to_owned(),
        }));
    }

    fn decides<D: Decision<Writes = StewardFact>>(&mut self, decision: &D) -> Result<Vec<StewardFact>, D::Refusal> {
        let state = self.0.iter().fold(D::State::default(), |state, fact| decision.evolve(state, fact));
        let written = decision.decide(&state)?;
        for fact in &written {
            assert!(fact_tags(fact).is_subset(&decision.rests_on()), "{fact:?}");
            self.happens(fact.clone());
        }
        Ok(written)
    }

    fn draws(&mut self, stratum: Stratum, ruling: Option<FactId>) -> Option<ControlDrawn> {
        let candidate = Candidate { pair: pair(), stratum, ruling };
        let control = MatchId::derived(&["control", stratum.as_str(), &candidate.of().to_string()]);
        let weighed = Weighed { prior: -20_000, gate: Some("number-birth-name".to_owned()), ..Weighed::default() };
        let weighed = Some(PairWeighed { evidence: evidence(pair(), "number-birth-name", None), weighed });
        let Ok(written) = self.decides(&DrawControl { control, candidate, words: [None; 2], weighed });
        match written.as_slice() {
            [StewardFact::ControlDrawn(drawn)] => Some(drawn.clone()),
            [] => None,
            other => panic!("{other:?}"),
        }
    }

    fn answer(control: MatchId, by: &str, says: Says) -> ReviewPair {
        let (now, hearing_soon) = (Timestamp::UNIX_EPOCH, false);
        ReviewPair { control, pair: pair(), by: subject(by), says, note: None, unlike: false, now, hearing_soon }
    }

    fn reviews(&mut self, control: MatchId, by: &str, says: Says) -> Result<Vec<StewardFact>, Refusal> {
        self.decides(&Self::answer(control, by, says))
    }

    fn undoes(&mut self, control: MatchId, by: &str, review: FactId, now: Timestamp) -> Result<usize, UndoRefusal> {
        self.decides(&UndoReview { control, pair: pair(), review, by: subject(by), now }).map(|written| written.len())
    }

    /// What follows from the answer once nobody can take it back any more, or sooner.
    fn settles(&mut self, control: MatchId, after: SignedDuration) -> usize {
        let Ok(written) = self.decides(&SettleReview { control, pair: pair(), now: Timestamp::UNIX_EPOCH + after });
        written.len()
    }

    fn lapses(&mut self, control: MatchId, unlike: bool) -> bool {
        let Ok(written) = self.decides(&LapseControl { control, pair: pair(), unlike });
        !written.is_empty()
    }

    fn task(&self, question: MatchId) -> Task {
        Task::of(question, &self.0)
    }
}

fn fact_tags(fact: &StewardFact) -> Tags {
    crate::fact::Authored::tags(fact)
}

/// Two records on which steward-dirk ruled, and the control question drawn from that.
fn ruled(same: bool) -> (Story, FactId, ControlDrawn) {
    let mut story = Story::default();
    story.asks("possible", false);
    let ruling = story.rules("dirk", same);
    if same {
        story.person(&["a", "b"], vec![evidence(pair(), "ruling", Some(ruling))]);
    }
    let drawn = story.draws(Stratum::Ruled, Some(ruling)).expect("it is drawn");
    (story, ruling, drawn)
}

#[test]
fn of_each_stratum_its_share_is_drawn_by_its_lot_and_nothing_else() {
    for stratum in Stratum::ALL {
        assert_eq!(Stratum::parse(stratum.as_str()), Some(stratum));
        // As a keyed hash, which is spread evenly.
        let lots = (0..50_000).map(|number| FactId::derived(&["lot", &number.to_string()]).uuid().into_bytes());
        let drawn = lots.filter(|lot| draws(stratum, lot)).count() as u64;
        let expected = 50_000 * stratum.in_10000() / WHOLE;
        // Four standard deviations.
        assert!(drawn.abs_diff(expected) <= 4 * expected.isqrt() + 4, "{stratum:?}: {drawn} for {expected}");
    }
    // The first 48 bits as a number, the rest left alone.
    assert!(draws(Stratum::Ruled, &[0, 0, 0, 0, 0, 199, 255]) && !draws(Stratum::Ruled, &[0, 0, 0, 0, 0, 200]));
    assert!(
        draws(Stratum::Ruled, &10_199_u64.to_be_bytes()[2..]) && !draws(Stratum::Ruled, &10_200_u64.to_be_bytes()[2..])
    );
}

#[test]
fn a_ruling_and_what_is_certain_without_one_may_be_drawn_and_the_parts_of_a_split_may_not() {
    let drawn_of = |body: Body| {
        let (id, cause, at) = (FactId::derived(&["any"]), Uuid::nil(), Timestamp::UNIX_EPOCH);
        let fact = Fact { id, body, cause, actor: Actor::service(Author::Steward), event_time: at, recorded_at: at };
        Candidate::of_fact(&fact).into_iter().map(|one| one.stratum).collect::<Vec<_>>()
    };
    let (mut story, ..) = ruled(true);
    let Body::Steward(StewardFact::PairConfirmed(alone)) = story.0[1].body.clone() else { panic!("a ruling") };
    let by_two = Ruling { opinions: vec![FactId::derived(&["opinion"])], ..alone.clone() };
    let parted = Ruling { parted_in: Some(about()), ..alone.clone() };
    assert_eq!(drawn_of(StewardFact::PairRejected(alone).into()), [Stratum::Ruled]);
    assert_eq!(drawn_of(StewardFact::PairConfirmed(by_two).into()), [Stratum::Agreed]);
    assert_eq!(drawn_of(StewardFact::PairRejected(parted).into()), []);
    // Of what is certain it goes by the pair: heard again it is the same.
    let ties = ["1", "2"].map(|name| evidence(Pair::of(party("a"), party(name)), "name-birth-place", None));
    story.person(&["a"], ties.into_iter().chain([evidence(pair(), "ruling", Some(FactId::derived(&["1"])))]).collect());
    let certain = story.0.last().expect("a person").body.clone();
    assert_eq!(drawn_of(certain), [Stratum::CertainOtherwise; 2]);
    assert_eq!(Stratum::of_certain(&evidence(pair(), "number-birth-name", None)), Some(Stratum::CertainByNumber));
    assert_eq!(Stratum::of_certain(&evidence(pair(), "ruling", Some(FactId::derived(&["1"])))), None);
}

#[test]
fn whoever_is_asked_sees_a_question_like_any_other() {
    for same in [true, false] {
        let (story, ruling, drawn) = ruled(same);
        assert_eq!((drawn.about, drawn.ruling, drawn.same, drawn.contradicts), (about(), Some(ruling), same, false));
        assert_eq!(drawn.not_for, [subject("dirk")].into());
        let control = drawn.asked.question;
        assert_ne!(control, about());
        let mut story = story;
        let task = story.task(control);
        assert!(task.is_open && task.in_force().is_none() && task.opinions.is_empty());
        assert_eq!((task.group(pair().a), task.together()), (None, None), "as if the two were two");
        assert_eq!(task.why_two(false), [].into(), "nothing tells of a ruling");
        assert_eq!(task.asked.as_ref().map(|asked| asked.evidence.clone()), Some(evidence(pair(), "possible", None)));
        assert!(task.has_spoken(&subject("dirk")) && !task.has_spoken(&subject("hanna")));
        assert_eq!(story.draws(Stratum::Ruled, Some(ruling)), None, "it is drawn once");
        let rules = RuleOnPair {
            question: control,
            pair: pair(),
            by: subject("hanna"),
            says: SAME,
            note: None,
            now: Timestamp::UNIX_EPOCH,
            hearing_soon: false,
            words: [None; 2],
        };
        assert_eq!(story.decides(&rules), Err(Refusal::NeverAsked), "nobody rules on it");
        // The question in earnest stands as it stood.
        assert!(!story.task(about()).is_open && story.task(about()).in_force().is_some());
    }
}

#[test]
fn what_would_tell_what_is_known_is_left_out() {
    let drawn = |rule: &str, conflict: bool| {
        let mut story = Story::default();
        story.asks(rule, conflict);
        let ruling = story.rules("dirk", false);
        let drawn = story.draws(Stratum::Ruled, Some(ruling)).expect("it is drawn");
        (drawn.asked.evidence.rule, drawn.asked.weighed.is_some(), drawn.contradicts)
    };
    assert_eq!(drawn("twins", false), ("twins".to_owned(), true, false));
    assert_eq!(drawn("number-contradicted", true), ("number-contradicted".to_owned(), true, true));
    assert_eq!(drawn("ruling-overtaken", false), ("possible".to_owned(), true, false));

    let mut story = Story::default();
    story.person(&["a", "b"], vec![evidence(pair(), "number-birth-name", None)]);
    let certain = story.draws(Stratum::CertainByNumber, None).expect("it is drawn");
    // What is certain is weighed like any other, and that it passes the gate is not told.
    let asked = &certain.asked;
    let weighed = asked.weighed.as_ref().expect("weighed");
    assert_eq!((asked.evidence.rule.as_str(), asked.evidence.millibits), ("possible", Some(9_000)));
    assert_eq!((weighed.prior, weighed.gate.as_deref()), (-20_000, Some("policy")));
    assert!(asked.evidence.fields.iter().all(|field| field.millibits.is_some()));
    assert_eq!((certain.same, certain.ruling, certain.not_for.len()), (true, None, 0));
    assert!(story.task(asked.question).together().is_none());
}

#[test]
fn a_person_is_taken_apart_and_what_hangs_together_otherwise_is_not_drawn() {
    let tie = |one: &str, other: &str| evidence(Pair::of(party(one), party(other)), "number-birth-name", None);
    let mut story = Story::default();
    story.person(&["a", "a1", "a2", "b", "b1"], vec![tie("a", "a1"), tie("a1", "a2"), tie("a", "b"), tie("b", "b1")]);
    let control = story.draws(Stratum::CertainByNumber, None).expect("it is drawn").asked.question;
    let task = story.task(control);
    let members = |name: &str| {
        let person = task.group(party(name)).expect("a person");
        (person.members.iter().map(|member| member.party).collect::<BTreeSet<_>>(), person.evidence.len())
    };
    let of = |names: &[&str]| names.iter().map(|name| party(name)).collect::<BTreeSet<_>>();
    assert_eq!(members("a"), (of(&["a", "a1", "a2"]), 2));
    assert_eq!(members("b1"), (of(&["b", "b1"]), 1));
    assert_eq!((task.together(), task.cases().len()), (None, 5), "the cases of both");
    assert_eq!(task.why_two(false), [WhyTwo::ConfirmedGroups, WhyTwo::ManyCases].into());

    let mut round = Story::default();
    round.person(&["a", "b", "c"], vec![tie("a", "b"), tie("b", "c"), tie("a", "c")]);
    assert_eq!(round.draws(Stratum::CertainByNumber, None), None, "they are one by way of the third all the same");
    round.person(&["a", "b", "c"], vec![tie("a", "c"), tie("b", "c")]);
    assert_eq!(round.draws(Stratum::CertainByNumber, None), None, "nothing is certain of the two by themselves");
}

#[test]
fn only_what_holds_is_drawn() {
    let (mut story, ruling, _) = ruled(true);
    assert_eq!(story.draws(Stratum::Agreed, Some(FactId::derived(&["none"]))), None);
    assert_eq!(story.draws(Stratum::CertainByNumber, None), None, "that rests on a person's word");
    let other = story.rules("hanna", false);
    assert_eq!(story.draws(Stratum::Agreed, Some(ruling)), None, "another took its place");
    story.asks("ruling-overtaken", false);
    assert_eq!(story.draws(Stratum::Ruled, Some(other)), None, "it is being asked");
}

#[test]
fn who_had_any_part_is_not_asked() {
    let mut story = Story::default();
    story.asks("number-contradicted", true);
    story.thinks("dirk", Choice::Same);
    story.thinks("hanna", Choice::Different);
    let ruling = story.rules("ivo", false);
    let drawn = story.draws(Stratum::Agreed, Some(ruling)).expect("it is drawn");
    let named = |names: &[&str]| names.iter().map(|name| subject(name)).collect::<BTreeSet<_>>();
    assert_eq!(drawn.not_for, named(&["dirk", "hanna", "ivo"]));
    let control = drawn.asked.question;
    for by in ["dirk", "hanna", "ivo"] {
        assert_eq!(story.reviews(control, by, DIFFERENT), Err(Refusal::SpokenBefore), "{by}");
    }
    assert!(story.reviews(control, "joke", DIFFERENT).is_ok());
    // Nor who answered before, of what is ruled later.
    let later = story.rules("kees", false);
    let again = story.draws(Stratum::Ruled, Some(later)).expect("it is drawn");
    assert_eq!(again.not_for, named(&["dirk", "hanna", "ivo", "joke", "kees"]));
}

#[test]
fn an_answer_that_agrees_is_kept_and_changes_nothing() {
    for same in [true, false] {
        let (mut story, _, drawn) = ruled(same);
        let (control, before) = (drawn.asked.question, story.task(about()));
        let says = if same { SAME } else { DIFFERENT };
        let written = story.reviews(control, "hanna", says).expect("it is taken");
        let [StewardFact::PairReviewed(reviewed)] = written.as_slice() else { panic!("{written:?}") };
        assert_eq!((reviewed.choice, reviewed.about), (Choice::of(same), about()));
        assert_eq!(story.task(about()), before);
        assert!(!story.task(control).is_open, "one answer is enough");
        assert_eq!(story.reviews(control, "hanna", says), Ok(Vec::new()), "the same word again");
        assert_eq!(story.settles(control, SignedDuration::from_hours(1)), 0, "nor later");
        assert!(!story.lapses(control, true), "what is answered does not lapse");
    }
}

#[test]
fn an_answer_that_disagrees_asks_in_earnest_and_a_third_decides() {
    for (same, third) in [(true, SAME), (true, DIFFERENT), (false, SAME), (false, DIFFERENT)] {
        let (mut story, ruling, drawn) = ruled(same);
        let says = if same { DIFFERENT } else { SAME };
        let control = drawn.asked.question;
        let written = story.reviews(control, "hanna", says).expect("it is taken");
        assert!(matches!(written.as_slice(), [StewardFact::PairReviewed(_)]), "{written:?}");
        assert!(!story.task(about()).is_open, "while it can be taken back nothing follows");
        assert_eq!(story.settles(control, UNDO), 0);
        assert_eq!(story.settles(control, UNDO + SignedDuration::from_secs(1)), 2, "asked, with what she thinks");
        assert_eq!(story.settles(control, SignedDuration::from_hours(1)), 0, "once");
        let task = story.task(about());
        assert_eq!(task.in_force().map(|held| held.fact), Some(ruling), "what was ruled holds meanwhile");
        assert!(task.is_open && task.has_spoken(&subject("dirk")) && task.has_spoken(&subject("hanna")));
        let rules = |by: &str, says: Says| RuleOnPair {
            question: about(),
            pair: pair(),
            by: subject(by),
            says,
            note: Some(Sealed::new(crate::ids::KeyId::of_party(pair().a), String::new())),
            now: Timestamp::UNIX_EPOCH,
            hearing_soon: false,
            words: [None; 2],
        };
        for by in ["dirk", "hanna"] {
            assert_eq!(story.decides(&rules(by, third)), Err(Refusal::SpokenBefore), "never the same person twice");
        }
        let written = story.decides(&rules("ivo", third)).expect("a third decides");
        let (given, now) = written[0].ruling().expect("a ruling");
        assert_eq!((Choice::of(now), given.opinions.len()), (third.choice(), 1));
        assert!(!story.task(about()).is_open);
    }
}

#[test]
fn where_the_linker_alone_was_certain_another_must_agree_that_it_is_wrong() {
    let mut story = Story::default();
    story.person(&["a", "b"], vec![evidence(pair(), "number-birth-name", None)]);
    let control = story.draws(Stratum::CertainByNumber, None).expect("it is drawn").asked.question;
    story.reviews(control, "dirk", DIFFERENT).expect("it is taken");
    assert_eq!(story.settles(control, SignedDuration::from_hours(1)), 2);
    let task = story.task(about());
    assert!(task.is_open && task.raised.is_some());
    assert_eq!(
        (task.opinions.len(), task.asked.map(|asked| asked.evidence.rule)),
        (1, Some("number-birth-name".into()))
    );
}

#[test]
fn who_cannot_tell_leaves_it_to_another() {
    let (mut story, _, drawn) = ruled(true);
    let control = drawn.asked.question;
    assert_eq!(story.reviews(control, "hanna", Says::CannotTell).map(|written| written.len()), Ok(1));
    assert_eq!(story.reviews(control, "hanna", SAME), Err(Refusal::SpokenBefore));
    assert!(story.task(control).is_open);
    assert_eq!(story.reviews(control, "ivo", SAME).map(|written| written.len()), Ok(1));
    // As on any other question whose first could not tell, another would have to agree: none is asked.
    assert!(story.task(control).is_open && story.task(control).has_spoken(&subject("ivo")));
    assert_eq!(story.reviews(control, "joke", SAME), Err(Refusal::NotOpen));
    assert!(!story.lapses(control, false), "whatever becomes of what is known");
    assert!(story.lapses(control, true) && !story.task(control).is_open, "until it is let go of");
}

#[test]
fn whoever_answered_alone_sees_it_as_decided_and_may_take_it_back() {
    let (mut story, ruling, drawn) = ruled(true);
    let control = drawn.asked.question;
    story.reviews(control, "hanna", DIFFERENT).expect("it is taken");
    let review = story.0.last().expect("an answer").id;
    let task = story.task(control);
    assert_eq!(task.in_force().map(|held| (held.fact, held.same)), Some((review, false)));
    assert!(!task.is_open && task.is_answered);
    let now = Timestamp::UNIX_EPOCH;
    assert_eq!(story.undoes(control, "ivo", review, now), Err(UndoRefusal::NotTheirs));
    assert_eq!(story.undoes(control, "hanna", ruling, now), Err(UndoRefusal::NotInForce));
    assert_eq!(story.undoes(control, "hanna", review, now + SignedDuration::from_mins(16)), Err(UndoRefusal::TooLate));
    assert_eq!(story.undoes(control, "hanna", review, now), Ok(1));
    let task = story.task(control);
    assert!(task.is_open && task.in_force().is_none() && !task.has_spoken(&subject("hanna")));
    assert_eq!(story.settles(control, SignedDuration::from_hours(1)), 0, "nothing follows");
    assert!(!story.task(about()).is_open);
    assert!(story.reviews(control, "hanna", SAME).is_ok());
    assert_eq!(story.settles(control, SignedDuration::from_hours(1)), 0, "it agrees");
}

#[test]
fn what_no_longer_holds_lapses_and_is_answered_by_nobody() {
    type Overtakes<'a> = &'a dyn Fn(&mut Story, FactId);
    let undo = |story: &mut Story, ruling| {
        let by = subject("dirk");
        story.happens(StewardFact::RulingUndone(RulingUndone {
            question: about(),
            pair: pair(),
            ruling,
            by,
            parted_in: None,
        }));
    };
    let overtakes: [(&str, Overtakes<'_>); 3] = [
        ("taken back", &undo),
        ("the opposite", &|story, _| {
            story.rules("ivo", false);
        }),
        ("asked anew", &|story, _| story.asks("ruling-overtaken", false)),
    ];
    for (what, overtake) in overtakes {
        let (mut story, ruling, drawn) = ruled(true);
        let control = drawn.asked.question;
        assert!(!story.lapses(control, false), "{what}: not yet");
        overtake(&mut story, ruling);
        assert_eq!(story.reviews(control, "hanna", DIFFERENT), Err(Refusal::NotOpen), "{what}");
        assert!(story.lapses(control, false), "{what}");
        assert!(!story.lapses(control, false) && !story.task(control).is_open, "{what}: once");
    }
    let (mut story, _, drawn) = ruled(true);
    let unlike = ReviewPair { unlike: true, ..Story::answer(drawn.asked.question, "hanna", SAME) };
    assert_eq!(story.decides(&unlike), Err(Refusal::NotOpen), "a record says something else");
    assert!(story.lapses(drawn.asked.question, true));
}

#[test]
fn a_refusal_does_not_tell_that_it_is_a_control_question() {
    let (mut story, ..) = ruled(true);
    let unknown = MatchId::derived(&["none"]);
    assert_eq!(story.reviews(unknown, "hanna", SAME), Err(Refusal::NeverAsked));
    let mut vetoed = Story::default();
    vetoed.asks("number-contradicted", true);
    let ruling = vetoed.rules("dirk", false);
    let control = vetoed.draws(Stratum::Ruled, Some(ruling)).expect("it is drawn").asked.question;
    assert_eq!(vetoed.task(control).why_two(false), [WhyTwo::Veto].into());
    assert_eq!(vetoed.reviews(control, "hanna", SAME), Err(Refusal::NoteMissing));
    let until = "1970-01-01T00:15:00Z".parse().expect("a moment");
    vetoed.happens(StewardFact::TaskClaimed(TaskClaimed { question: control, by: subject("ivo"), until }));
    assert_eq!(vetoed.reviews(control, "hanna", DIFFERENT), Err(Refusal::Claimed));
    assert!(vetoed.reviews(control, "ivo", DIFFERENT).is_ok());
}
