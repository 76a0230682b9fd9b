//! What other matchers were caught by: bridges, edits, rulings on three, merges and deletions while somebody is asked.

use std::collections::BTreeSet;

use domain::fact::linker::WhyWithdrawn;
use domain::ids::{Pair, PartyId};
use linker::state::State;

use crate::outcome::{at_once, decided};
use crate::register::Register;
use crate::story::{Story, Who};

const SAM: Who = Who { surname: "Amrani", given: "Samira", birth: "1990-03-14", ..Who::NOBODY };

/// The register after a story, checked against all at once and by the auditor.
async fn told(register: &Register, story: &Story) -> State {
    register.live_on(story).await;
    assert_eq!(decided(register).await, at_once(&register.engine, story));
    let report = register.linker.audit().await.unwrap();
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
