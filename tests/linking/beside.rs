//! A read model built beside the one in use, while others decide, and by builders that die.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use linker::audit::PATIENCE;
use linker::{Progress, Rebuilt};

use crate::outcome::{at_once, decided};
use crate::register::Register;
use crate::story::{Story, Who};

/// How often a caseload is told while a read model is built.
const TOLD: u64 = 12;

/// Everything rests: the read model is what follows from the journal.
pub async fn derived(register: &Register) -> Rebuilt {
    // Locks of who was dropped are let go of a moment later.
    for _ in 0..200 {
        if let Some(rebuilt) = register.linker.try_rebuild().await.unwrap() {
            return rebuilt;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("somebody holds the builder's lock for ever");
}

/// Drops a future after it was polled so many times: what awaits is dropped with it, as with a process that is killed. Answers what
/// came of it where it was faster.
pub async fn killed_after<F: Future>(polls: usize, mut future: Pin<Box<F>>) -> Option<F::Output> {
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        future.as_mut().poll(context).map(Some)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caseload_is_told_to_two_deciders_while_a_read_model_is_built_again_and_again() {
    let register = Register::open(1).await;
    let mut meanwhile = 0;
    for seed in 0..TOLD {
        register.empty().await;
        let story = Story::of(seed);
        let told = AtomicBool::new(false);
        let builds = async {
            let mut built = Vec::new();
            while !told.load(Ordering::Relaxed) {
                built.extend(register.linker.rebuild(|_| ()).await.unwrap());
            }
            built
        };
        let telling = async {
            register.live(&story, seed, 2).await;
            told.store(true, Ordering::Relaxed);
        };
        let (built, ()) = futures::join!(builds, telling);
        assert!(!built.is_empty(), "{seed}");
        meanwhile += built.iter().map(|rebuilt| rebuilt.meanwhile).sum::<usize>();
        assert_eq!(decided(&register).await, at_once(&register.engine, &story), "{seed}");
        let now = derived(&register).await;
        assert_eq!((now.before == now.now, now.waiting), (true, 0), "{seed}: as if none had been built");
        let report = register.linker.audit(PATIENCE).await.unwrap();
        assert!(report.findings.is_empty(), "{seed}: {:#?}", report.findings);
        for _ in 0..2 {
            register.linker.tell_operators(&report, jiff::Timestamp::UNIX_EPOCH).await.unwrap();
        }
        assert_eq!(register.database.count("select count(*) from operations.audits where findings = '{}'").await, 1);
    }
    assert!(meanwhile > 0, "something was decided while one was built");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_anew_once_a_ruling_is_taken_back_while_a_read_model_is_built_is_in_it() {
    let register = Register::open(1).await;
    let mut story = Story::of(7);
    register.live(&story, 7, 1).await;
    let asked = "select count(*) from linker.pairs where asked is not null";
    let questions = register.database.count(asked).await;
    let last = register.said("linker.match-possible").await.pop().expect("a question");
    let party = |side: &str| serde_json::from_value(last["pair"][side].clone()).unwrap();
    story.rules(party("a"), party("b"), false);
    register.live_on(&story).await;
    assert!(register.database.count(asked).await < questions, "who was answered asks no more");
    story.takes_back_the_ruling();
    let once = AtomicBool::new(false);
    let told = |step: Progress| {
        if matches!(step, Progress::Records(_)) && !once.swap(true, Ordering::Relaxed) {
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(register.live_on(&story));
            });
        }
    };
    let built = register.linker.rebuild(told).await.unwrap().expect("nobody else builds one");
    assert!(once.load(Ordering::Relaxed) && built.meanwhile > 0);
    assert_eq!((&built.before, built.waiting), (&built.now, 0));
    assert_eq!(register.database.count(asked).await, questions, "it is asked again, and known to be");
    let now = derived(&register).await;
    assert_eq!(now.before, now.now);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_builder_that_dies_at_any_line_leaves_what_is_in_use() {
    let register = Register::open(1).await;
    let mut story = Story::of(3);
    register.live(&story, 3, 1).await;
    let before = derived(&register).await.before;
    let mut polls = 1;
    while killed_after(polls, Box::pin(register.linker.rebuild(|_| ())))
        .await
        .is_none_or(|built| built.unwrap().is_none())
    {
        let now = derived(&register).await;
        assert_eq!((&now.before, &now.now), (&before, &before), "killed after {polls}");
        polls += 1 + polls / 16;
        assert!(polls < 100_000, "it never comes to its end");
    }
    // Between a builder that dies and the next something is decided, and what the dead one left is no part of it.
    for polls in (1..polls).step_by(polls / 20 + 1) {
        let _ = killed_after(polls, Box::pin(register.linker.rebuild(|_| ()))).await;
        story.says(&format!("meanwhile {polls}"), Who { surname: "Amrani", given: "Samira", ..Who::NOBODY });
        register.live_on(&story).await;
        assert_eq!(decided(&register).await, at_once(&register.engine, &story), "killed after {polls}");
        let now = derived(&register).await;
        assert_eq!(now.before, now.now, "killed after {polls}");
    }
    let _ = killed_after(polls / 2, Box::pin(register.linker.rebuild(|_| ()))).await;
    for _ in 0..200 {
        if register.linker.drop_half_built().await.unwrap() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(
        register
            .database
            .count(
                "select (select count(*) from linker.building) + (select count(*) from linker_next.records)
                      + (select count(*) from linker.meanwhile)"
            )
            .await,
        0,
        "nothing is left of it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_builder_that_loses_its_lock_puts_nothing_in_use() {
    let register = Register::open(1).await;
    let mut story = Story::of(6);
    register.live(&story, 6, 1).await;
    let before = derived(&register).await.before;
    for moment in [Progress::Records(0), Progress::Compared] {
        let lost = AtomicBool::new(false);
        let told = |step: Progress| {
            if std::mem::discriminant(&step) != std::mem::discriminant(&moment) || lost.swap(true, Ordering::Relaxed) {
                return;
            }
            // Only the connection that holds the lock ends, as one that waits for long may; then the next one looks for what is left.
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(async {
                    let ended = "select count(pg_terminate_backend(pid, 5000)) from pg_locks
                        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";
                    assert_eq!(register.database.count(ended).await, 1, "one lock is held");
                    assert!(register.linker.drop_half_built().await.unwrap(), "what was built is dropped");
                });
            });
        };
        let error = register.linker.rebuild(told).await.expect_err("it is the builder no more");
        assert!(lost.load(Ordering::Relaxed) && error.is_outage(), "{error:?}");
        let now = derived(&register).await;
        assert_eq!((&now.before, &now.now), (&before, &before), "what is in use is as it was");
    }
    story.says("after", Who { surname: "Amrani", given: "Samira", ..Who::NOBODY });
    register.live_on(&story).await;
    assert_eq!(decided(&register).await, at_once(&register.engine, &story));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_builder_is_at_work_at_a_time_and_says_how_far_it_is() {
    let register = Register::open(1).await;
    let story = Story::of(4);
    register.live(&story, 4, 1).await;
    let steps = std::sync::Mutex::new(Vec::new());
    let (one, other) = futures::join!(
        register.linker.rebuild(|step| steps.lock().unwrap().push(step)),
        register.linker.rebuild(|step| steps.lock().unwrap().push(step)),
    );
    let built: Vec<Rebuilt> = [one.unwrap(), other.unwrap()].into_iter().flatten().collect();
    assert!(!built.is_empty() && built.iter().all(|built| built.before == built.now));
    let steps = steps.into_inner().unwrap();
    assert!(steps.iter().any(|step| matches!(step, Progress::Records(written) if *written == built[0].records)));
    assert_eq!(steps.iter().filter(|step| **step == Progress::InUse).count(), built.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_puts_a_model_in_force_dies_at_any_line_and_another_goes_on() {
    let register = Register::open(1).await;
    let story = Story::of(5);
    let mut polls = 1;
    loop {
        register.empty().await;
        register.live(&story, 5, 1).await;
        let engine = register.switches(1).await;
        let killed = killed_after(polls, Box::pin(register.linker.activate(|| true))).await.is_none();
        for _ in 0..500 {
            register.linker.activate(|| true).await.unwrap();
            if register.database.count("select count(*) from linker.activations").await == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        register.decides_anew().await;
        assert_eq!(decided(&register).await, at_once(&engine, &story), "killed after {polls}");
        let now = derived(&register).await;
        assert_eq!(now.before, now.now, "killed after {polls}");
        if !killed {
            break;
        }
        polls += 1 + polls / 4;
    }
    assert!(polls > 20, "it was killed more often than once");
}
