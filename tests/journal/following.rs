//! Decisions that cannot be overtaken, followers that skip nothing, effects that happen once, messages that were lost.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use domain::decision::{Decision, Tags};
use domain::fact::intake::CaseClosed;
use domain::fact::linker::{LinkWithdrawn, WhyUnlinked};
use domain::fact::{Author, Fact, IntakeFact, LinkerFact};
use domain::ids::{CaseId, FactId, LinkId, Pair};
use journal::{Cursor, Journal};
use verband_tests::Database;

use crate::{cause, fact, journal};

/// Writes a fact unless one is there.
struct OnlyOnce(u32);

impl Decision for OnlyOnce {
    type Writes = IntakeFact;
    type State = u32;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        Tags::from([CaseId::derived(&["test"]).into()])
    }

    fn evolve(&self, count: u32, _: &Fact) -> u32 {
        count + 1
    }

    fn decide(&self, count: &u32) -> Result<Vec<IntakeFact>, Infallible> {
        Ok(if *count == 0 { vec![fact(self.0)] } else { Vec::new() })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_deciders_at_once_one_decides() {
    let database = Database::fresh().await;
    let journal = journal(&database, Author::Intake);
    let attempts = (0..40).map(|number| {
        let journal = journal.clone();
        tokio::spawn(async move { journal.decide(&OnlyOnce(number), &cause(number)).await.expect("decides").len() })
    });
    let written: usize =
        futures::future::join_all(attempts).await.into_iter().map(|done| done.expect("no panic")).sum();
    assert_eq!(written, 1);
    assert_eq!(database.count("select count(*) from journal.facts").await, 1);
}

async fn drain(journal: &Journal, from: &mut Cursor) -> Vec<domain::ids::FactId> {
    let mut read = Vec::new();
    loop {
        let batch = journal.settled(Author::Intake, *from, 50).await.expect("reads");
        let Some(last) = batch.last() else { return read };
        *from = last.cursor;
        read.extend(batch.into_iter().map(|settled| settled.id));
    }
}

#[tokio::test]
async fn a_late_commit_is_awaited_and_not_skipped() {
    let database = Database::fresh().await;
    let journal = journal(&database, Author::Intake);
    let mut cursor = Cursor::default();

    let mut slow = journal.begin().await.unwrap();
    slow.append(vec![fact(1)], &cause(1)).await.unwrap();
    let mut quick = journal.begin().await.unwrap();
    quick.append(vec![fact(2)], &cause(2)).await.unwrap();
    quick.commit().await.unwrap();

    assert_eq!(drain(&journal, &mut cursor).await, [], "what is behind an open transaction is not settled");
    slow.commit().await.unwrap();
    let mut read = Vec::new();
    for _ in 0..100 {
        // Another test's transaction on the same server may hold the horizon back for a moment.
        read.extend(drain(&journal, &mut cursor).await);
        if read.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(read.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_beside_many_writers_sees_every_fact_once() {
    const WRITERS: u32 = 8;
    const EACH: u32 = 40;
    let database = Database::fresh().await;
    let journal = journal(&database, Author::Intake);
    let writers = (0..WRITERS).map(|writer| {
        let journal = journal.clone();
        tokio::spawn(async move {
            for number in 0..EACH {
                let number = writer * EACH + number;
                let mut transaction = journal.begin().await.unwrap();
                transaction.append(vec![fact(number)], &cause(number)).await.unwrap();
                tokio::time::sleep(Duration::from_micros(u64::from(number % 7) * 300)).await;
                transaction.commit().await.unwrap();
            }
        })
    });
    let all = tokio::spawn(futures::future::join_all(writers));
    let (mut cursor, mut seen) = (Cursor::default(), BTreeSet::new());
    let total = usize::try_from(WRITERS * EACH).unwrap();
    for _ in 0..2_000 {
        for id in drain(&journal, &mut cursor).await {
            assert!(seen.insert(id), "no fact comes twice");
        }
        if seen.len() == total {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    all.await.unwrap();
    assert_eq!(seen.len(), total);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_fact_handled_beside_itself_has_one_effect() {
    let database = Database::fresh().await;
    let journal = journal(&database, Author::Linker);
    let id = cause(1).id;
    let attempts = (0..20).map(|_| {
        let journal = journal.clone();
        tokio::spawn(async move {
            let mut transaction = journal.begin().await.unwrap();
            let first = transaction.first_time(id).await.unwrap();
            transaction.commit().await.unwrap();
            first
        })
    });
    let firsts = futures::future::join_all(attempts).await.into_iter().filter(|first| *first.as_ref().unwrap()).count();
    assert_eq!(firsts, 1);
}

#[tokio::test]
async fn an_effect_that_was_rolled_back_can_happen_again() {
    let database = Database::fresh().await;
    let journal = journal(&database, Author::Linker);
    let mut transaction = journal.begin().await.unwrap();
    assert!(transaction.first_time(cause(1).id).await.unwrap());
    drop(transaction);
    let mut transaction = journal.begin().await.unwrap();
    assert!(transaction.first_time(cause(1).id).await.unwrap());
}

#[tokio::test]
async fn the_sweep_finds_what_was_never_announced_and_only_that() {
    let database = Database::fresh().await;
    let (intake, linker) = (journal(&database, Author::Intake), journal(&database, Author::Linker));
    let mut transaction = intake.begin().await.unwrap();
    let written = transaction.append(vec![fact(1), fact(2), fact(3)], &cause(1)).await.unwrap();
    transaction.commit().await.unwrap();
    let kinds = ["intake.case-closed".to_owned()];

    let mut transaction = linker.begin().await.unwrap();
    transaction.first_time(written[0].id.uuid()).await.unwrap();
    transaction.commit().await.unwrap();
    linker.park(written[2].id, "cannot be handled").await.unwrap();

    assert_eq!(linker.sweep(&kinds, Duration::from_hours(1)).await.unwrap().missed, [], "the young are given time");
    let mut missed = Vec::new();
    for _ in 0..100 {
        missed = linker.sweep(&kinds, Duration::ZERO).await.unwrap().missed;
        if !missed.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(missed, [written[1].id]);
    assert_eq!(linker.sweep(&["steward.pair-confirmed".to_owned()], Duration::ZERO).await.unwrap().missed, []);
}

#[tokio::test]
async fn the_sweep_does_not_step_over_a_fact_that_was_recorded_late() {
    let database = Database::fresh().await;
    let (intake, linker) = (journal(&database, Author::Intake), journal(&database, Author::Linker));
    let kinds = ["intake.case-closed".to_owned()];
    // The older transaction records after the younger one.
    let mut slow = intake.begin().await.unwrap();
    slow.first_time(cause(1).id).await.unwrap();
    let mut quick = intake.begin().await.unwrap();
    let early = quick.append(vec![fact(2)], &cause(2)).await.unwrap()[0].id;
    quick.commit().await.unwrap();
    let grace = Duration::from_secs(2);
    tokio::time::sleep(grace).await;
    let late = slow.append(vec![fact(1)], &cause(1)).await.unwrap()[0].id;
    slow.commit().await.unwrap();
    let mut transaction = linker.begin().await.unwrap();
    transaction.first_time(early.uuid()).await.unwrap();
    transaction.commit().await.unwrap();

    assert_eq!(linker.sweep(&kinds, grace).await.unwrap().missed, []);
    let mut missed = Vec::new();
    for _ in 0..100 {
        missed = linker.sweep(&kinds, grace).await.unwrap().missed;
        if !missed.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(missed, [late]);
}

#[tokio::test]
async fn the_relay_hands_over_in_order_and_again_after_a_fault() {
    let database = Database::fresh().await;
    let journal = journal(&database, Author::Intake);
    let mut transaction = journal.begin().await.unwrap();
    let written = transaction.append(vec![fact(1), fact(2)], &cause(1)).await.unwrap();
    transaction.commit().await.unwrap();

    let broken = |_: Vec<journal::Settled>| async { Err::<(), journal::HandOverError>("away".into()) };
    let handed = std::sync::Mutex::new(Vec::new());
    let whole = |facts: Vec<journal::Settled>| {
        handed.lock().unwrap().extend(facts.into_iter().map(|settled| settled.id));
        async { Ok::<(), journal::HandOverError>(()) }
    };
    for _ in 0..100 {
        drop(journal.relay_once(&broken).await);
        if journal.relay_once(&whole).await.unwrap() > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(*handed.lock().unwrap(), written.iter().map(|fact| fact.id).collect::<Vec<_>>());
    assert_eq!(journal.relay_once(&whole).await.unwrap(), 0, "once handed over, not again");
}

#[tokio::test]
async fn what_is_about_one_case_is_told_together_and_the_rest_by_itself() {
    let database = Database::fresh().await;
    let (intake, linker) = (journal(&database, Author::Intake), journal(&database, Author::Linker));
    let of = |case: &str, number: u32| {
        let IntakeFact::CaseClosed(closed) = fact(number) else { panic!("a case is closed") };
        IntakeFact::CaseClosed(CaseClosed { case: CaseId::derived(&[case]), ..closed })
    };
    let mut transaction = intake.begin().await.unwrap();
    let facts = vec![of("one", 1), of("other", 2), of("one", 3), of("third", 4), of("one", 5), of("other", 6)];
    let written = transaction.append(facts, &cause(1)).await.unwrap();
    transaction.commit().await.unwrap();
    let mut transaction = linker.begin().await.unwrap();
    let between = |a: &str, b: &str| {
        let cases = Pair::of(CaseId::derived(&[a]), CaseId::derived(&[b]));
        let because = WhyUnlinked::NotOnePerson;
        LinkerFact::LinkWithdrawn(LinkWithdrawn {
            link: LinkId::between(cases),
            cases,
            because,
            persons: [].into(),
            rulings: [].into(),
        })
    };
    let links = transaction.append(vec![between("one", "other"), between("one", "third")], &cause(2)).await.unwrap();
    transaction.commit().await.unwrap();

    let id = |place: usize| written[place].id;
    let nobodys = FactId::derived(&["nobody wrote this"]);
    let mut asked: Vec<FactId> = written.iter().map(|one| one.id).chain(links.iter().map(|one| one.id)).collect();
    asked.push(nobodys);
    asked.reverse();
    let groups = linker.together(&asked).await.unwrap();
    let (of_one, of_other) = (vec![id(0), id(2), id(4)], vec![id(1), id(5)]);
    // What is about two cases stands by itself, and what is no fact comes last.
    let expected = [of_one, of_other, vec![id(3)], vec![links[0].id], vec![links[1].id], vec![nobodys]];
    assert_eq!(groups, expected);
    assert_eq!(linker.together(&[nobodys]).await.unwrap(), [[nobodys]]);
    assert!(linker.together(&[]).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_handled_together_each_is_handled_once() {
    let database = Database::fresh().await;
    let linker = journal(&database, Author::Linker);
    let id = |number: u32| cause(number).id;
    // Overlapping handfuls, in either direction, beside each other.
    let attempts = (0..20_u32).map(|turn| {
        let linker = linker.clone();
        tokio::spawn(async move {
            let mut ids: Vec<_> = (turn % 5..turn % 5 + 6).map(id).collect();
            if turn % 2 == 0 {
                ids.reverse();
            }
            let mut transaction = linker.begin().await.unwrap();
            let first = transaction.first_time_of(&ids).await.unwrap();
            assert!(first.iter().all(|id| ids.contains(id)));
            transaction.commit().await.unwrap();
            first
        })
    });
    let all = futures::future::join_all(attempts).await.into_iter().flat_map(|first| first.unwrap());
    let mut handled: Vec<_> = all.collect();
    handled.sort_unstable();
    let mut expected: Vec<_> = (0..10).map(id).collect();
    expected.sort_unstable();
    assert_eq!(handled, expected, "none twice, none never");
}
