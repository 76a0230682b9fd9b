//! Who is who, decided record by record on a real journal, in any order, several deciders at once: it ends as if all had been
//! decided at once.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod aside;
mod audited;
mod beside;
mod facts;
mod namesakes;
mod outcome;
mod peers;
mod register;
mod rulings;
mod story;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::date;
use linker::audit::PATIENCE;
use linker::simulate::Simulation;
use outcome::{at_once, decided};
use register::Register;
use story::Story;

/// How many caseloads are tried; more with `LINKING_CASES`.
const CASES: u64 = 500;
/// How many databases are used side by side.
const SIDE_BY_SIDE: u64 = 2;

#[expect(clippy::disallowed_methods, reason = "how long a test runs is for who runs it to say")]
fn cases() -> u64 {
    std::env::var("LINKING_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
}

/// Caseloads with corrections and rulings; everything told once or several times, in any order, to one, two or four deciders.
#[test]
fn whatever_the_order_it_ends_as_if_all_had_been_decided_at_once() {
    let lanes: Vec<_> = (0..SIDE_BY_SIDE).map(|lane| std::thread::spawn(move || run(tried(lane)))).collect();
    let mut counted = Counted::new();
    for lane in lanes {
        for (what, cases) in lane.join().expect("every caseload of the lane ends the same") {
            *counted.entry(what).or_default() += cases;
        }
    }
    println!("caseloads with each, by deciders: {counted:?}");
    for what in RULINGS.iter().flat_map(|what| [1, 2, 4].map(|deciders| (*what, deciders))) {
        let tried = counted.get(&what).copied().unwrap_or_default();
        assert!(tried >= 10 || cases() < CASES, "{what:?}: {tried} caseloads");
    }
}

/// By whom every caseload is decided: one, two or four at once.
fn deciders(seed: u64) -> usize {
    [1, 2, 4][usize::try_from(seed % 3).unwrap()]
}

/// How many caseloads have each of what stewards may do, heard in each way, by how many deciders there are.
type Counted = BTreeMap<(&'static str, usize), usize>;

/// What must be among the caseloads that are tried in every run.
const RULINGS: [&str; 10] = [
    "ruled",
    "ruled again",
    "overruled",
    "taken back",
    "taken back to what held before",
    "ruled after it was taken back",
    "heard twice",
    "heard before what it is about",
    "heard before its records",
    "heard after its records",
];

fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test)
}

async fn tried(lane: u64) -> Counted {
    let mut counted = Counted::new();
    let policy = usize::try_from(lane).unwrap();
    let register = Register::open(policy).await;
    for seed in (lane..cases()).step_by(usize::try_from(SIDE_BY_SIDE).unwrap()) {
        let mut story = Story::of(seed);
        register.empty().await;
        let deciders = deciders(seed);
        for what in story.rulings().union(&story.orders(&story.order(seed))) {
            *counted.entry((*what, deciders)).or_default() += 1;
        }
        let engine = if seed % 7 < 2 {
            // While others decide.
            let switches = async {
                let engine = register.switches(policy).await;
                register.decides_anew().await;
                engine
            };
            futures::join!(register.live(&story, seed, deciders), switches).1
        } else {
            register.live(&story, seed, deciders).await;
            Arc::clone(&register.engine)
        };
        if seed % 5 == 0 {
            register.forget(&mut story, seed).await;
        }
        let (now, expected) = (decided(&register).await, at_once(&engine, &story));
        let (more, less): (Vec<_>, Vec<_>) = (now.difference(&expected).collect(), expected.difference(&now).collect());
        assert!(more.is_empty() && less.is_empty(), "caseload {seed}: decided {more:#?}, not {less:#?}");
        let report = register.linker.audit(PATIENCE).await.unwrap();
        assert!(report.findings.is_empty(), "caseload {seed}: {:#?}", report.findings);
        let simulated = register.linker.simulate(&engine, &[], date(2026, 11, 2)).await.unwrap();
        let nothing_new =
            Simulation { records: simulated.records, persons: simulated.persons, ..Simulation::default() };
        assert_eq!(simulated, nothing_new, "caseload {seed}: by what it was decided nothing is different");
        assert_eq!(simulated.persons.0, simulated.persons.1, "caseload {seed}");
        let rebuilt = register.linker.rebuild(|_| ()).await.unwrap().unwrap();
        assert_eq!(rebuilt.before, rebuilt.now, "caseload {seed}: what is read follows from the journal");
        assert_eq!((rebuilt.waiting, rebuilt.aside), (0, Vec::new()), "caseload {seed}");
        assert!(rebuilt.records > 0);
    }
    counted
}

/// Six families at one door, some of them known elsewhere too, told in any order to four deciders.
#[tokio::test(flavor = "multi_thread")]
async fn a_door_turns_beside_those_who_live_elsewhere() {
    let register = Register::open(0).await;
    for seed in 0..40 {
        let mut story = Story::of_a_door(5);
        story.comes_to_live("Zesde");
        story.is_known_elsewhere("Eerste", "Anna");
        story.is_known_elsewhere("Zesde", "Bas");
        if seed % 2 == 0 {
            story.moves_away("Zesde");
        }
        register.empty().await;
        register.live(&story, seed, 4).await;
        assert_eq!(decided(&register).await, at_once(&register.engine, &story), "{seed}");
    }
}

/// A door at which people of a sixth surname come to live says nothing any more, and says it again when they are gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_door_becomes_crowded_and_is_no_longer() {
    let register = Register::open(0).await;
    let mut story = Story::of_a_door(5);
    register.live(&story, 1, 1).await;
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
    let a_family = decided(&register).await;
    story.comes_to_live("Zesde");
    register.live_on(&story).await;
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
    assert_ne!(decided(&register).await, a_family, "six surnames are no family");
    story.moves_away("Zesde");
    register.live_on(&story).await;
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
}
