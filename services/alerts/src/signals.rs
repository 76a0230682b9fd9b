//! Decides which judges are to be told of what, whenever a case or a link changes.
//!
//! Invariant: order does not matter. Who handles a fact about a case first locks that case and then looks up the cases it is
//! linked with; who handles a link locks both its cases. So of a link and a fact that are handled at the same time, the one
//! that comes second sees the other, and decides on both.

use std::collections::BTreeSet;

use domain::decision::{Decision, Tags};
use domain::decisions::matter::Matter;
use domain::decisions::raise_signal::{Known, RaiseSignal};
use domain::fact::{AlertsFact, Body, Fact, IntakeFact};
use domain::ids::{CaseId, Pair};
use jiff::civil::Date;
use journal::{Cause, JournalError, Transaction};
use service::Service;

use crate::read_model;

/// Decides anew about a case and every case that it is or was linked with, because of a fact about it.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_case(
    service: &Service,
    mut transaction: Transaction,
    fact: &Fact,
    case: CaseId,
) -> Result<(), JournalError> {
    loop {
        if !transaction.first_time(fact.id.uuid()).await? {
            return Ok(());
        }
        let mut held = read_model::partners(transaction.sql(), case).await?;
        held.insert(case);
        transaction.lock(&tags(&held)).await?;
        let partners = read_model::partners(transaction.sql(), case).await?;
        if !partners.is_subset(&held) {
            // A link came in while waiting for the locks. All are taken in one call or none, so: from the start.
            drop(transaction);
            transaction = service.journal.begin().await?;
            continue;
        }
        // Without a link nobody is told of the case; only its own row can change.
        if !partners.is_empty() || changes_the_row(&fact.body) {
            let facts = transaction.facts(&tags(&held)).await?;
            let pairs = partners.into_iter().map(|partner| Pair::of(case, partner)).collect();
            let writes = follows(&pairs, service.clock.today(), &facts);
            write(&mut transaction, &held, &facts, writes, &because_of(service, fact)).await?;
        }
        return transaction.commit().await;
    }
}

/// Decides anew about two cases, because of a fact about the link between them.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_link(
    service: &Service,
    mut transaction: Transaction,
    fact: &Fact,
    cases: Pair<CaseId>,
) -> Result<(), JournalError> {
    if !transaction.first_time(fact.id.uuid()).await? {
        return Ok(());
    }
    let held = BTreeSet::from([cases.a, cases.b]);
    transaction.lock(&tags(&held)).await?;
    read_model::note_link(transaction.sql(), cases).await?;
    let facts = transaction.facts(&tags(&held)).await?;
    let writes = follows(&BTreeSet::from([cases]), service.clock.today(), &facts);
    write(&mut transaction, &held, &facts, writes, &because_of(service, fact)).await?;
    transaction.commit().await
}

/// Decides anew about two cases because of the day it is. Writes at most once for a cause.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_day(service: &Service, cases: Pair<CaseId>, today: Date, cause: &Cause) -> Result<(), JournalError> {
    let mut transaction = service.journal.begin().await?;
    let held = BTreeSet::from([cases.a, cases.b]);
    transaction.lock(&tags(&held)).await?;
    let facts = transaction.facts(&tags(&held)).await?;
    let writes = follows(&BTreeSet::from([cases]), today, &facts);
    // Where this cause has written already, what is new is a fact that is yet to be handled, and handling it decides again.
    if writes.is_empty() || !transaction.first_time(cause.id).await? {
        return Ok(());
    }
    write(&mut transaction, &held, &facts, writes, cause).await?;
    transaction.commit().await
}

/// Whether a fact may change what a case is called or who has it.
const fn changes_the_row(body: &Body) -> bool {
    matches!(body, Body::Intake(IntakeFact::CaseRegistered(_) | IntakeFact::JudgesAssigned(_)))
}

/// Appends what follows and brings the read model up to date. The caller holds the locks.
///
/// The facts of a linked case may not have been handled yet; its row is brought up to date here as well, so that no signal
/// ever stands beside a case without a name.
async fn write(
    transaction: &mut Transaction,
    cases: &BTreeSet<CaseId>,
    facts: &[Fact],
    writes: Vec<AlertsFact>,
    cause: &Cause,
) -> Result<(), JournalError> {
    for case in cases {
        read_model::update_case(transaction.sql(), *case, &fold(*case, facts)).await?;
    }
    for written in transaction.append(writes, cause).await? {
        read_model::note(transaction.sql(), written.id, &written.fact).await?;
    }
    Ok(())
}

/// What follows for the judges on either side of every pair.
fn follows(pairs: &BTreeSet<Pair<CaseId>>, today: Date, facts: &[Fact]) -> Vec<AlertsFact> {
    let directions = pairs.iter().flat_map(|pair| [(pair.a, pair.b), (pair.b, pair.a)]);
    directions
        .flat_map(|(own, parallel)| {
            let decision = RaiseSignal { own, parallel, today };
            let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
            match decision.decide(&known) {
                Ok(writes) => writes,
                Err(never) => match never {},
            }
        })
        .collect()
}

fn fold(case: CaseId, facts: &[Fact]) -> Matter {
    let mut matter = Matter::default();
    for fact in facts {
        if let Body::Intake(told) = &fact.body
            && told.case() == Some(case)
        {
            matter.fold(told);
        }
    }
    matter
}

fn tags(cases: &BTreeSet<CaseId>) -> Tags {
    cases.iter().map(|case| (*case).into()).collect()
}

fn because_of(service: &Service, fact: &Fact) -> Cause {
    service.because_of(fact.id.uuid(), fact.event_time)
}
