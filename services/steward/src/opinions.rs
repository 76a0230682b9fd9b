//! Lets go of opinions that rest on what is no longer so: what two agree on both have seen.
//!
//! Invariant: it is looked at when it is heard that records or persons changed, and once more when somebody speaks, so that what was
//! not heard yet does not count either.

use std::collections::BTreeSet;

use domain::decision::{Decision as _, Tags};
use domain::decisions::docket::Told;
use domain::decisions::lapse_opinions::LapseOpinions;
use domain::fact::{Actor, Author};
use domain::ids::{FactId, MatchId, PartyId};
use jiff::Timestamp;
use journal::{Cause, Journal, JournalError, Transaction};
use uuid::Uuid;

use crate::desk::Opened;
use crate::queue;

/// Lets go of the opinions about these records that rest on what is no longer so, in a transaction of its own: its locks are taken at
/// once.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn lapse(journal: &Journal, parties: &BTreeSet<PartyId>, now: Timestamp) -> Result<(), JournalError> {
    let parties: Vec<Uuid> = parties.iter().map(|party| party.uuid()).collect();
    let rows = sqlx::query!(
        "select question, party_a, party_b from steward.questions
         where status = 'open' and spoken <> '{}' and about is null and (party_a = any($1) or party_b = any($1))
         order by question",
        &parties
    )
    .fetch_all(journal.pool())
    .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let pair = |a: Uuid, b: Uuid| domain::ids::Pair::of(PartyId::from_uuid(a), PartyId::from_uuid(b));
    let decisions: Vec<LapseOpinions> = rows
        .into_iter()
        .map(|row| LapseOpinions {
            question: MatchId::from_uuid(row.question),
            pair: pair(row.party_a, row.party_b),
            words: [None; 2],
        })
        .collect();
    let mut tx = journal.begin().await?;
    let locks: Tags = decisions.iter().flat_map(LapseOpinions::rests_on).collect();
    tx.lock(&locks).await?;
    for decision in decisions {
        let pair = decision.pair;
        let told = tx.told(&[pair.a, pair.b].into()).await?;
        let words = [pair.a, pair.b].map(|party| told.get(&party).and_then(Told::words));
        if lapses(&mut tx, &LapseOpinions { words, ..decision.clone() }, now).await? {
            queue::refresh(&mut tx, decision.question).await?;
        }
    }
    tx.commit().await
}

/// The same for a question that was read under the locks on it and on its records.
///
/// # Errors
/// As [`lapse`].
pub async fn lapse_on(tx: &mut Transaction, opened: &Opened, now: Timestamp) -> Result<(), JournalError> {
    let asked = &opened.standing.asked;
    let words = opened.told.each_ref().map(Told::words);
    let decision = LapseOpinions { question: asked.question, pair: asked.pair, words };
    // Of what a control question is about nothing lapses but the question.
    if opened.standing.task.drawn.is_none() {
        lapses(tx, &decision, now).await?;
    }
    Ok(())
}

async fn lapses(tx: &mut Transaction, decision: &LapseOpinions, now: Timestamp) -> Result<bool, JournalError> {
    let Some(standing) = queue::standing(tx, decision.question).await? else { return Ok(false) };
    let lapsed = decision.lapsed(&standing.task);
    // An opinion lapses once.
    let Some((opinion, _)) = lapsed.first() else { return Ok(false) };
    let id = FactId::derived(&["opinion", "lapsed", &opinion.to_string()]).uuid();
    let cause = Cause { id, actor: Actor::service(Author::Steward), event_time: now };
    Ok(!tx.decide(decision, &cause).await?.is_empty())
}
