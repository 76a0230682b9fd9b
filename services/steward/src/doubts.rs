//! What a judge doubts becomes a question at the desk: about each two records that are taken for one person on the link doubted.
//!
//! Invariant: a report raises a question once, however often it is heard, and only while the two records are still taken for one
//! person; it goes by itself when they no longer are. Which signal was doubted, and what it told, is not looked at.

use std::collections::BTreeSet;

use domain::decision::{Decision as _, Tag, Tags};
use domain::decisions::raise_question::{LapseQuestion, RaiseQuestion};
use domain::fact::alerts::LinkDoubted;
use domain::ids::{FactId, MatchId, Pair, PartyId};
use journal::{Cause, JournalError, Transaction};
use uuid::Uuid;

use crate::queue;

/// Asks about what a judge doubts.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn raise(tx: &mut Transaction, fact: FactId, doubt: &LinkDoubted, cause: &Cause) -> Result<(), JournalError> {
    let decisions: Vec<RaiseQuestion> =
        doubt.records.iter().map(|pair| RaiseQuestion { pair: *pair, doubt: fact, reason: doubt.reason }).collect();
    let cases = [Tag::from(doubt.own), doubt.parallel.into()];
    let tags: Tags = decisions.iter().flat_map(RaiseQuestion::rests_on).chain(cases).collect();
    tx.lock(&tags).await?;
    for decision in &decisions {
        tx.decide(decision, cause).await?;
        queue::refresh(tx, MatchId::between(decision.pair)).await?;
    }
    // A case that no question was about so far comes in with the first.
    for case in [doubt.own, doubt.parallel] {
        if queue::concerns(tx, case).await? {
            queue::refresh_case(tx, case).await?;
        }
    }
    Ok(())
}

/// Lets go of what a judge doubted, or a steward suspected, and what is no longer so, as far as these records are concerned.
///
/// # Errors
/// As [`raise`].
pub async fn lapse(tx: &mut Transaction, parties: &BTreeSet<PartyId>, cause: &Cause) -> Result<(), JournalError> {
    let decisions: Vec<LapseQuestion> =
        doubted(tx, parties).await?.into_iter().map(|pair| LapseQuestion { pair }).collect();
    tx.lock(&decisions.iter().flat_map(LapseQuestion::rests_on).collect()).await?;
    for decision in &decisions {
        if !tx.decide(decision, cause).await?.is_empty() {
            queue::refresh(tx, MatchId::between(decision.pair)).await?;
        }
    }
    Ok(())
}

/// The open questions about these records that judges' doubts or stewards' suspicions may have opened.
async fn doubted(tx: &mut Transaction, parties: &BTreeSet<PartyId>) -> Result<Vec<Pair<PartyId>>, JournalError> {
    let parties: Vec<Uuid> = parties.iter().map(|party| party.uuid()).collect();
    let found = sqlx::query!(
        "select party_a, party_b from steward.questions
         where kind in ('doubted', 'split') and status = 'open' and (party_a = any($1) or party_b = any($1)) order by question",
        &parties
    );
    let pair = |a: Uuid, b: Uuid| Pair::of(PartyId::from_uuid(a), PartyId::from_uuid(b));
    Ok(found.fetch_all(tx.sql()).await?.into_iter().map(|row| pair(row.party_a, row.party_b)).collect())
}
