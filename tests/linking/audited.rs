//! The auditor beside a living service: what waits to be handled is told from what does not hold.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::ids::FactId;
use linker::audit::{PATIENCE, Rule};

use crate::beside::derived;
use crate::outcome::{at_once, decided};
use crate::register::Register;
use crate::story::{Story, Who};

const SAM: Who = Who { surname: "Amrani", given: "Samira", birth: "1990-03-14", bsn: Some(0), ..Who::NOBODY };
/// How many caseloads are told while somebody audits.
const STORIES: usize = 12;
/// Not long enough for anybody to handle anything.
const AT_ONCE: Duration = Duration::ZERO;

/// Two stand in two cases each. One of these cases is withdrawn, in a fact that nobody handled; something else of that case was, and by
/// then its link was decided by all that was written. Answers the story and that fact.
async fn withdrawn_and_not_handled(register: &Register) -> (Story, FactId) {
    let mut story = Story::default();
    for (case, bsn) in [("a", 0), ("b", 0), ("c", 1), ("d", 1)] {
        story.says(case, Who { bsn: Some(bsn), ..SAM });
    }
    register.live_on(&story).await;
    story.withdraws("b");
    story.says_now("b", SAM);
    let [withdrawn, again] = register.only_told(&story).await.try_into().unwrap();
    register.linker.clone().handle(vec![again]).await.unwrap();
    (story, withdrawn)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_waits_to_be_handled_is_no_finding() {
    let register = Register::open(1).await;
    let (_, withdrawn) = withdrawn_and_not_handled(&register).await;
    let report = register.linker.audit(AT_ONCE).await.unwrap();
    assert_eq!((report.findings, report.waiting), (vec![], 1));
    let rules: Vec<Rule> = report.unsettled.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [Rule::PersonsLinkTheirCases], "it is told as what is not settled");
    // Handled while it is waited for.
    let handling = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        register.linker.clone().handle(vec![withdrawn]).await.unwrap();
    };
    let (report, ()) = futures::join!(register.linker.audit(PATIENCE), handling);
    let report = report.unwrap();
    assert_eq!((report.findings, report.unsettled, report.waiting), (vec![], vec![], 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_hold_is_found_though_facts_wait_and_more_come() {
    let register = Register::open(1).await;
    let (mut story, withdrawn) = withdrawn_and_not_handled(&register).await;
    register.loses_a_link().await;
    let meanwhile = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        // By the time at which what waited is handled, something else waits.
        story.says("e", SAM);
        register.only_told(&story).await;
        register.linker.clone().handle(vec![withdrawn]).await.unwrap();
    };
    let (report, ()) = futures::join!(register.linker.audit(PATIENCE), meanwhile);
    let report = report.unwrap();
    let rules: Vec<Rule> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!((rules, report.waiting), (vec![Rule::PersonsLinkTheirCases], 1), "{:?}", report.unsettled);
    assert_eq!(report.unsettled, [], "what only waited holds by now");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_parked_is_told_by_who_audits_and_by_who_compares_digests() {
    let register = Register::open(1).await;
    let mut story = Story::default();
    story.says("a", SAM);
    register.live_on(&story).await;
    let strange = register.strange("intake.party-removed", "[]").await;
    register.linker.journal.park(strange, "stored fact does not read").await.unwrap();
    let report = register.linker.audit(AT_ONCE).await.unwrap();
    assert_eq!((report.findings, report.waiting), (vec![], 0), "what is set aside waits for nobody");
    let told: Vec<String> = report.aside.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["1 intake.party-removed: stored fact does not read"]);
    let built = derived(&register).await;
    assert_eq!((built.aside, built.waiting), (report.aside, 0));
}

/// Rulings that are given again and taken back, told to one, two and four deciders while an auditor looks again and again.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_audits_beside_deciders_finds_nothing_and_it_ends_alike_by_any_number_of_them() {
    let register = Register::open(1).await;
    let stories = (0..).map(Story::of).filter(|story| story.rulings().contains("taken back")).take(STORIES);
    let (mut looks, mut unsettled) = (0, 0);
    for (seed, story) in (0..).zip(stories) {
        let expected = at_once(&register.engine, &story);
        for deciders in [1, 2, 4] {
            register.empty().await;
            let told = AtomicBool::new(false);
            let audits = async {
                while !told.load(Ordering::Relaxed) {
                    let report = register.linker.audit(PATIENCE).await.unwrap();
                    assert_eq!(report.findings, [], "{seed} by {deciders}");
                    looks += 1;
                    unsettled += report.unsettled.len();
                }
            };
            let telling = async {
                register.live(&story, seed, deciders).await;
                told.store(true, Ordering::Relaxed);
            };
            futures::join!(audits, telling);
            assert_eq!(decided(&register).await, expected, "{seed} by {deciders}");
            let report = register.linker.audit(AT_ONCE).await.unwrap();
            assert_eq!(
                (report.findings, report.unsettled, report.waiting),
                (vec![], vec![], 0),
                "{seed} by {deciders}"
            );
        }
    }
    println!("looked {looks} times, {unsettled} things were not settled");
    assert!(looks > 3 * STORIES, "somebody looked meanwhile");
}
