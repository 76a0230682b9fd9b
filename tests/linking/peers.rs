//! What other matchers were caught by: bridges, edits, rulings on three, merges and deletions while somebody is asked.

use std::collections::BTreeSet;

use domain::fact::linker::WhyWithdrawn;
use domain::ids::{Pair, PartyId};
use linker::audit::PATIENCE;
use linker::state::State;

use crate::outcome::{at_once, decided};
use crate::register::Register;
use crate::story::{Story, Who};

const SAM: Who = Who { surname: "Amrani", given: "Samira", birth: "1990-03-14", ..Who::NOBODY };

/// The register after a story, checked against all at once and by the auditor.
async fn told(register: &Register, story: &Story) -> State {
    register.live_on(story).await;
    assert_eq!(decided(register).await, at_once(&register.engine, story));
    let report = register.linker.audit(PATIENCE).await.unwrap();
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    State::at(&register.linker.journal, None).await.unwrap()
}

fn numbered(number: usize) -> Who {
    Who { bsn: Some(number), ..SAM }
}

/// Whether two records are one person.
fn one(state: &State, a: PartyId, b: PartyId) -> bool {
    state.persons.values().any(|person| {
        let parties: BTreeSet<PartyId> = person.said.members.iter().map(|member| member.party).collect();
        parties.contains(&a) && parties.contains(&b)
    })
}

fn is_asked(state: &State, a: PartyId, b: PartyId) -> bool {
    state.questions.values().any(|question| question.said.pair == Pair::of(a, b))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_is_asked_about_and_its_correction_parts_what_it_joined() {
    // S47, S48: two with numbers of their own, and a record that has both.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(1)));
    let bridge = story.says("c", Who { skn: Some("77"), ..numbered(0) });
    let other = story.says("d", Who { skn: Some("77"), ..numbered(1) });
    let state = told(&register, &story).await;
    assert!(!one(&state, a, b), "not silently one person");
    assert!(!state.questions.is_empty(), "somebody is asked about what bridges them");
    story.says_now("c", numbered(0));
    let state = told(&register, &story).await;
    assert!(one(&state, a, bridge) && one(&state, b, other) && !one(&state, a, b), "each with its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_parts_and_heals_and_one_that_changes_nothing_says_nothing() {
    // S49, S50.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    let whole = told(&register, &story).await;
    assert!(one(&whole, a, b));
    let facts = register.facts_of_linker().await;
    story.says_now("b", numbered(0));
    let state = told(&register, &story).await;
    assert_eq!(register.facts_of_linker().await, facts, "the same words again say nothing");
    assert!(one(&state, a, b));
    story.says_now("b", Who { surname: "Jansen", given: "Piet", birth: "1955-01-02", ..Who::NOBODY });
    assert!(!one(&told(&register, &story).await, a, b));
    story.says_now("b", numbered(0));
    let healed = told(&register, &story).await;
    assert!(one(&healed, a, b));
    assert_eq!(healed.persons.keys().collect::<Vec<_>>(), whole.persons.keys().collect::<Vec<_>>(), "under its own id");
    assert_eq!(
        register.facts_of_linker().await,
        facts + 4,
        "one more that ended it and one that healed, with its link"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_rulings_on_three_the_last_about_each_pair_holds() {
    // S52 to S56.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let unnumbered = |story: &mut Story, case: &str| story.says(case, SAM);
    let (a, b, c) = (unnumbered(&mut story, "a"), unnumbered(&mut story, "b"), unnumbered(&mut story, "c"));
    story.rules(a, b, true);
    assert!(one(&told(&register, &story).await, a, b));
    story.rules(a, b, false);
    let state = told(&register, &story).await;
    assert!(!one(&state, a, b) && !one(&state, a, c) && !one(&state, b, c), "a third joins neither silently");
    assert!(is_asked(&state, a, c) || is_asked(&state, b, c));
    story.rules(b, c, false);
    assert!(is_asked(&told(&register, &story).await, a, c), "of the others nothing was said");
    story.rules(a, c, true);
    story.rules(a, b, true);
    story.rules(b, c, true);
    let state = told(&register, &story).await;
    assert!(one(&state, a, b) && one(&state, b, c) && state.questions.is_empty());
    let facts = register.facts_of_linker().await;
    story.rules(b, c, true);
    told(&register, &story).await;
    assert_eq!(
        register.facts_of_linker().await,
        facts + 1,
        "the same word again only brings its own evidence up to date"
    );
    let fourth = story.says("d", SAM);
    story.rules(a, fourth, false);
    let state = told(&register, &story).await;
    assert!(one(&state, a, b) && one(&state, b, c) && !one(&state, a, fourth), "who is not of them leaves them whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_removed_while_somebody_is_asked_closes_the_question_with_its_reason() {
    // S61, S62.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", SAM), story.says("b", SAM));
    assert!(is_asked(&told(&register, &story).await, a, b));
    story.removes("b", b);
    assert!(told(&register, &story).await.questions.is_empty());
    assert_eq!(register.withdrawn().await, [WhyWithdrawn::EvidenceChanged]);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_merged_over_three_levels_go_with_the_records_and_an_old_person_leads_to_the_new_one() {
    // S58 to S60, S62, S64.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let known_as = |skn| Who { skn: Some(skn), ..SAM };
    story.merges("x", "1001", "1002");
    assert!(told(&register, &story).await.persons.is_empty(), "numbers that nobody has");
    let parties: Vec<PartyId> = [("a", "1"), ("b", "1"), ("c", "2"), ("d", "2"), ("e", "3")]
        .map(|(case, skn)| story.says(case, known_as(skn)))
        .to_vec();
    let before = told(&register, &story).await;
    assert_eq!(before.persons.len(), 2);
    story.merges("x", "1", "2");
    story.merges("x", "2", "3");
    let state = told(&register, &story).await;
    assert_eq!(state.persons.len(), 1);
    let (now, _) = state.persons.iter().next().unwrap();
    assert!(before.persons.keys().all(|old| state.resolve(*old) == *now), "the old ids lead to it");
    for (case, party) in ["a", "b", "c"].into_iter().zip(&parties) {
        story.removes(case, *party);
    }
    let state = told(&register, &story).await;
    assert!(one(&state, parties[3], parties[4]) && state.persons.len() == 1, "those who are left are still one");
    story.removes("d", parties[3]);
    assert!(told(&register, &story).await.persons.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_updates_of_one_record_at_once_end_as_the_last_of_them() {
    // S67, S68, S69, S74.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    for number in 0..32 {
        story.says_now("b", numbered(1 + number % 4));
    }
    story.says_now("b", numbered(0));
    register.live(&story, 7, 4).await;
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
    let state = State::at(&register.linker.journal, None).await.unwrap();
    assert!(one(&state, a, b));
}

#[tokio::test(flavor = "multi_thread")]
async fn s51_a_part_that_contradicts_itself_and_is_joined_by_another_stays_asked_about() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(1)));
    story.says("c", Who { skn: Some("77"), ..numbered(0) });
    story.says("d", Who { skn: Some("77"), ..numbered(1) });
    let before: BTreeSet<_> = told(&register, &story).await.questions.into_keys().collect();
    assert!(!before.is_empty());
    let joiner = story.says("e", numbered(0));
    let state = told(&register, &story).await;
    assert!(!one(&state, a, b), "who joins makes nobody certain of what is contradicted");
    let still: BTreeSet<_> = state.questions.into_keys().collect();
    assert!(!still.is_empty(), "it is still asked about: {before:?} before, {joiner} came");
}

#[tokio::test(flavor = "multi_thread")]
async fn s65_what_is_told_again_at_once_later_or_after_a_restart_has_one_effect() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    story.says("a", numbered(0));
    story.says("b", numbered(0));
    told(&register, &story).await;
    let (facts, read_model) = (register.facts_of_linker().await, register.read_model().await);
    for again in [register.linker.clone(), register.restarted()] {
        for number in 0..story.said.len() {
            register.heard_again(&again, &story, number).await;
        }
    }
    assert_eq!(register.facts_of_linker().await, facts);
    assert_eq!(register.read_model().await, read_model);
}

#[tokio::test(flavor = "multi_thread")]
async fn s66_what_happened_before_and_is_told_later_changes_nothing_and_is_kept() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    story.says_now("b", numbered(0));
    assert!(one(&told(&register, &story).await, a, b));
    let facts = register.facts_of_linker().await;
    // As out of quarantine: the newer word about the same record came first.
    story.said_before("b", Who { surname: "Jansen", given: "Piet", birth: "1955-01-02", ..Who::NOBODY });
    assert!(one(&told(&register, &story).await, a, b), "the newer word holds");
    assert_eq!(register.facts_of_linker().await, facts);
    let kept =
        register.database.count("select count(*) from journal.facts where kind = 'intake.party-details-changed'");
    assert_eq!(kept.await, 2, "the older one is in the journal");
}

#[tokio::test(flavor = "multi_thread")]
async fn s70_what_was_decided_and_not_announced_is_announced_after_the_crash_and_was_decided_once() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    story.says("a", numbered(0));
    story.says("b", numbered(0));
    told(&register, &story).await;
    let journal = &register.linker.journal;
    let handed = std::sync::Mutex::new(Vec::new());
    // It hands everything over and dies before that is noted; whoever comes next hands the same over, under the same ids.
    let dies = |facts: Vec<journal::Settled>| {
        handed.lock().unwrap().push(facts.iter().map(|fact| fact.id).collect::<Vec<_>>());
        async { Err::<(), journal::HandOverError>("killed".into()) }
    };
    assert!(journal.relay_once(&dies).await.is_err());
    let lives = |facts: Vec<journal::Settled>| {
        handed.lock().unwrap().push(facts.iter().map(|fact| fact.id).collect::<Vec<_>>());
        async { Ok(()) }
    };
    assert_eq!(journal.relay_once(&lives).await.unwrap(), handed.lock().unwrap()[0].len());
    assert_eq!(journal.relay_once(&lives).await.unwrap(), 0, "and then no more");
    let handed = handed.into_inner().unwrap();
    assert_eq!((handed.len(), &handed[0]), (2, &handed[1]));
    assert_eq!(register.said("linker.cases-linked").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s74_one_party_that_is_told_of_twice_is_one_record() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (once, again) = (story.says("a", numbered(0)), story.says("a", numbered(0)));
    assert_eq!(once, again);
    let state = told(&register, &story).await;
    assert!(state.persons.is_empty() && state.questions.is_empty(), "nobody is compared with themselves");
    assert_eq!(register.database.count("select count(*) from linker.records").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s77_links_end_with_the_case_that_is_withdrawn_and_say_so() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    assert_eq!(told(&register, &story).await.links.len(), 1);
    story.withdraws("b");
    let state = told(&register, &story).await;
    assert!(state.links.is_empty() && one(&state, a, b), "who they are does not end with the case");
    let ended = register.said("linker.link-withdrawn").await;
    assert_eq!(ended.iter().map(|data| data["because"].as_str()).collect::<Vec<_>>(), [Some("case-withdrawn")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s78_a_number_that_is_left_out_is_known_no_more_which_is_said_and_can_be_taken_back() {
    // The peer keeps it. Here an event about a party says all that is known of it, so that a number told in error can be told away
    // without a second kind of event; that nothing is lost silently is what must hold all the same.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    assert!(one(&told(&register, &story).await, a, b));
    story.says_now("b", SAM);
    let state = told(&register, &story).await;
    assert!(!one(&state, a, b) && is_asked(&state, a, b), "a steward is asked about what the number decided before");
    assert_eq!(register.said("linker.person-dissolved").await.len(), 1, "and that it ended is said");
    assert_eq!(register.said("linker.link-withdrawn").await.len(), 1);
    story.takes_back_the_last_word();
    assert!(one(&told(&register, &story).await, a, b), "the number was kept: taking the omission back brings it back");
    story.says_now("a", SAM);
    story.says_now("b", SAM);
    let state = told(&register, &story).await;
    assert!(
        !one(&state, a, b) && is_asked(&state, a, b),
        "both left out: neither is matched by what it no longer says"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s79_an_address_that_is_left_out_is_compared_no_more_and_stays_in_the_journal() {
    let register = Register::open(1).await;
    let mut story = Story::of_a_door(1);
    let living = told(&register, &story).await;
    let is_compared = |state: &State| {
        let asked = state.questions.values().map(|asked| &asked.said.evidence);
        let certain = state.persons.values().flat_map(|person| &person.said.evidence);
        let mut fields = asked.chain(certain).flat_map(|evidence| &evidence.fields);
        fields.any(|field| field.field == "address" && field.level != "missing")
    };
    assert!(is_compared(&living), "two who live at one door");
    story.has_no_address("Eerste", "Anna", "b");
    let state = told(&register, &story).await;
    assert!(!is_compared(&state), "what is left out is compared no more");
    assert_eq!(
        register.said("intake.party-added").await.len() + register.said("intake.party-details-changed").await.len(),
        3
    );
    story.takes_back_the_last_word();
    assert!(is_compared(&told(&register, &story).await), "it was kept, sealed in its fact, and counts again");
}

#[tokio::test(flavor = "multi_thread")]
async fn s80_a_fact_that_no_version_wrote_is_refused_and_holds_nobody_up() {
    // What courts may send at the door is played in the scenarios; this is the linker's own door, the journal.
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    for (kind, data) in
        [("intake.never-heard-of", "{}"), ("intake.party-added", "{\"case\": 7}"), ("intake.party-removed", "[]")]
    {
        let strange = register.strange(kind, data).await;
        let refused = register.linker.clone().handle(vec![strange]).await;
        assert!(refused.is_err_and(|error| !error.is_outage()), "{kind} is for a person to look at");
    }
    assert!(one(&told(&register, &story).await, a, b), "others are handled");
    let unknown = domain::ids::FactId::derived(&["nobody wrote this"]);
    assert!(matches!(register.linker.clone().handle(vec![unknown]).await, Err(journal::JournalError::Unknown(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn s81_while_the_database_is_away_nothing_is_given_up_and_the_backlog_drains() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    for case in ["c", "d", "e"] {
        story.says(case, numbered(1));
    }
    let waiting = register.only_told(&story).await;
    register.goes_away().await;
    let tries = waiting.iter().map(|fact| register.linker.clone().handle(vec![*fact]));
    for away in futures::future::join_all(tries).await {
        assert!(away.is_err_and(|error| error.is_outage()), "an outage is known as one, so that nothing is parked");
    }
    register.comes_back().await;
    for fact in &waiting {
        register.linker.clone().handle(vec![*fact]).await.unwrap();
    }
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
    assert_eq!(register.database.count("select count(*) from journal.parked").await, 0);
    assert!(one(&told(&register, &story).await, a, b));
}

#[tokio::test(flavor = "multi_thread")]
async fn s82_the_journal_played_again_gives_the_same_rows() {
    let register = Register::open(1).await;
    for seed in [3, 11, 24] {
        register.empty().await;
        register.live(&Story::of(seed), seed, 2).await;
        let (before, decided_before) = (register.read_model().await, decided(&register).await);
        register.loses_its_read_model().await;
        assert_ne!(register.read_model().await, before);
        for _ in 0..2 {
            assert!(register.linker.rebuild(|_| ()).await.unwrap().is_some());
            assert_eq!(register.read_model().await, before, "{seed}");
        }
        assert_eq!(decided(&register).await, decided_before, "{seed}: nothing is decided by it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_whose_ruling_was_taken_back_before_anybody_heard_of_it_does_not_stay_open_for_nothing() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", SAM));
    assert!(is_asked(&told(&register, &story).await, a, b));
    story.rules(a, b, false);
    story.takes_back_the_ruling();
    // By now there is nothing left to ask.
    story.says_now("b", Who { surname: "Jansen", given: "Piet", birth: "1955-01-02", ..Who::NOBODY });
    for fact in register.only_told(&story).await {
        register.linker.clone().handle(vec![fact]).await.unwrap();
    }
    let state = State::at(&register.linker.journal, None).await.unwrap();
    assert!(!is_asked(&state, a, b), "it is withdrawn, as nobody would answer it");
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
    assert_eq!(register.linker.audit(PATIENCE).await.unwrap().findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_a_ruling_brought_in_before_its_turn_is_still_its_persons_after_a_read_model_was_built() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    let (a, b) = (story.says("a", numbered(0)), story.says("b", numbered(0)));
    story.rules(a, b, true);
    let facts = register.only_told(&story).await;
    let handle = async |fact| register.linker.clone().handle(vec![fact]).await.unwrap();
    handle(facts[0]).await;
    handle(facts[2]).await;
    assert!(one(&State::at(&register.linker.journal, None).await.unwrap(), a, b));
    // It is built of what was handled, and the second record was not.
    assert!(register.linker.rebuild(|_| ()).await.unwrap().is_some());
    handle(facts[1]).await;
    let built = register.linker.try_rebuild().await.unwrap().expect("nobody else builds one");
    assert_eq!((&built.before, built.waiting), (&built.now, 0));
    assert_eq!(register.database.count("select count(*) from linker.records where person is not null").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_stands_for_none_is_none_to_who_decides_and_to_who_audits() {
    let register = Register::open(1).await;
    for (number, (one_date, other_date, is_one)) in [
        ("1900-01-01", "1990-03-14", true),
        ("1899-12-31", "1990-03-14", true),
        ("1899-12-30", "1901-01-01", true),
        ("1990-01-01", "1990-03-14", true),
        ("1990-07-01", "1990", true),
        ("1990-03", "1990-03-14", true),
        ("1970-01-01", "1970-01-01", true),
        // These say the year, and another one.
        ("1970-01-01", "1990-03-14", false),
        ("1986-07-01", "1990-03-14", false),
        ("1900", "1990-03-14", false),
    ]
    .into_iter()
    .enumerate()
    {
        register.empty().await;
        let mut story = Story::default();
        let born = |birth| Who { birth, ..numbered(number % 4) };
        let (a, b) = (story.says("a", born(one_date)), story.says("b", born(other_date)));
        // Finds nothing, asserted with everything else that is told.
        let state = told(&register, &story).await;
        assert_eq!(one(&state, a, b), is_one, "{one_date} and {other_date}");
    }
}
