//! What cannot be decided anew by another model is set aside, and keeps back nothing else.

use std::time::Duration;

use domain::ids::PartyId;
use linker::Aside;
use linker::audit::PATIENCE;
use linker::state::State;

use crate::beside::{derived, killed_after};
use crate::outcome::{at_once, decided};
use crate::register::Register;
use crate::story::Story;

/// Two who are one by the rules and not by numbers, and two others: all asked about.
async fn asked(register: &Register) -> (Story, [PartyId; 4]) {
    let mut story = Story::default();
    let [a, b] = ["a", "b"].map(|case| story.says_who_lives(case, "Amrani", "Samira", true));
    let [c, d] = ["c", "d"].map(|case| story.says_who_lives(case, "Jansen", "Bas", false));
    register.live_on(&story).await;
    (story, [a, b, c, d])
}

async fn are_one(register: &Register, a: PartyId, b: PartyId) -> bool {
    let state = State::at(&register.linker.journal, None).await.unwrap();
    state
        .persons
        .values()
        .any(|person| [a, b].iter().all(|party| person.said.members.iter().any(|member| member.party == *party)))
}

const SET_ASIDE: &str = "select count(*) from linker.set_aside";

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_cannot_be_decided_is_set_aside_the_rest_goes_on_and_it_is_decided_once_it_can_be() {
    let register = Register::open(1).await;
    let (story, [a, b, c, d]) = asked(&register).await;
    let engine = register.switches(1).await;
    register.refuses(a).await;
    register.decides_anew().await;
    assert!(are_one(&register, c, d).await, "the rest is decided by the other model");
    assert!(!are_one(&register, a, b).await);
    // Each of the two records had its turn.
    let aside = register.linker.aside().await.unwrap();
    let [Aside { kind, reason, count: 2 }] = aside.as_slice() else { panic!("{aside:?}") };
    assert_eq!(kind, "linker.model-activated");
    assert!(reason.contains("refused"), "{reason}");
    let seen = "select sum(facts)::bigint from operations.parked where consumer = 'linker' and reason like '%refused%'";
    assert_eq!(register.database.count(seen).await, 2, "an operator sees it");
    assert_eq!(register.linker.audit(PATIENCE).await.unwrap().aside, aside, "and so does who audits");
    assert_eq!(derived(&register).await.aside, aside, "and who compares digests");
    // Tried again it is refused again, and nothing is lost.
    assert_eq!(register.linker.decide_set_aside(|| true).await.unwrap(), 0);
    assert_eq!(register.database.count("select min(attempts)::bigint from linker.set_aside").await, 2);
    assert_eq!(register.linker.decide_set_aside(|| false).await.unwrap(), 0);
    register.refuses_nothing().await;
    assert_eq!(register.linker.decide_set_aside(|| true).await.unwrap(), 2);
    assert_eq!(decided(&register).await, at_once(&engine, &story));
    assert_eq!(register.linker.aside().await.unwrap(), []);
    let facts = register.facts_of_linker().await;
    assert_eq!(register.linker.decide_set_aside(|| true).await.unwrap(), 0);
    assert_eq!(register.facts_of_linker().await, facts, "it is decided once");
    assert_eq!(register.linker.audit(PATIENCE).await.unwrap().findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dies_between_two_lines_of_setting_aside_and_of_trying_again_is_followed_by_another() {
    let register = Register::open(1).await;
    let mut polls = 1;
    loop {
        register.empty().await;
        let (story, [a, b, c, d]) = asked(&register).await;
        let engine = register.switches(1).await;
        register.refuses(a).await;
        let died = killed_after(polls, Box::pin(register.linker.activate(|| true))).await.is_none();
        for _ in 0..500 {
            register.linker.activate(|| true).await.unwrap();
            if register.database.count("select count(*) from linker.activations").await == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(are_one(&register, c, d).await && !are_one(&register, a, b).await, "killed after {polls}");
        assert_eq!(register.database.count(SET_ASIDE).await, 2, "killed after {polls}: nothing is forgotten");
        register.refuses_nothing().await;
        let tried = killed_after(polls, Box::pin(register.linker.decide_set_aside(|| true))).await;
        // A lock of who was dropped is let go of a moment later, and is waited for.
        register.linker.decide_set_aside(|| true).await.unwrap();
        assert_eq!(register.database.count(SET_ASIDE).await, 0, "killed after {polls}");
        assert_eq!(decided(&register).await, at_once(&engine, &story), "killed after {polls}");
        let now = derived(&register).await;
        assert_eq!(now.before, now.now, "killed after {polls}");
        if !died && tried.is_some() {
            break;
        }
        polls += 1 + polls / 4;
    }
    assert!(polls > 20, "it was killed more often than once");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_model_decides_what_was_set_aside_for_the_one_before() {
    let register = Register::open(1).await;
    let (story, [a, ..]) = asked(&register).await;
    register.switches(1).await;
    register.refuses(a).await;
    register.decides_anew().await;
    assert_eq!(register.database.count(SET_ASIDE).await, 2);
    register.refuses_nothing().await;
    let engine = register.switches(0).await;
    register.decides_anew().await;
    assert_eq!(register.database.count(SET_ASIDE).await, 0);
    assert_eq!(decided(&register).await, at_once(&engine, &story));
}
