//! Arrivals into the journal: as many as there are in one transaction, each once.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::IntakeFact;
use domain::fact::intake::Reason;
use domain::ids::{CaseId, KeyId};
use journal::{Journal, JournalError, Transaction, Vault, VaultError};
use uuid::Uuid;

use crate::arrival::{Arrival, Content};
use crate::{quarantine, waiting};

/// What became of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is a fact now.
    Filed,
    /// The same event was filed before, with the same words.
    Duplicate,
    /// It is kept in quarantine, for these reasons.
    Quarantined(Vec<Reason>),
}

/// An arrival and its place in its batch.
type Placed<'a> = (usize, &'a Arrival);

/// Files arrivals.
#[derive(Clone)]
pub struct Filing {
    journal: Journal,
    vault: Vault,
}

impl Filing {
    /// Files into `journal`, sealing with `vault`.
    pub const fn new(journal: Journal, vault: Vault) -> Self {
        Self { journal, vault }
    }

    /// Files arrivals in one transaction: those seen before leave no second trace, and those that say something else than
    /// before under the same id are kept in quarantine, and so are those about a party who was erased. Answers what became
    /// of each, in order.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached or refuses one of them; then none is filed.
    pub async fn file(&self, mut arrivals: Vec<Arrival>) -> Result<Vec<Outcome>, JournalError> {
        loop {
            match self.attempt(&arrivals).await {
                Err(JournalError::Vault(VaultError::Dropped(key))) if refuse_erased(&mut arrivals, key) => {}
                ended => return ended,
            }
        }
    }

    /// As [`Filing::file`], but one that cannot be filed does not fail the others: each is tried alone then, and one that
    /// fails again is kept in quarantine as `event.not-filed`.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached; then some may be filed, and sending all of them again does no harm. Or when one
    /// cannot even be kept.
    pub async fn file_each(&self, arrivals: Vec<Arrival>) -> Result<Vec<Outcome>, JournalError> {
        match self.file(arrivals.clone()).await {
            Err(error) if !error.is_outage() => {}
            ended => return ended,
        }
        let mut outcomes = Vec::with_capacity(arrivals.len());
        for arrival in arrivals {
            outcomes.extend(match self.file(vec![arrival.clone()]).await {
                Err(error) if !error.is_outage() => {
                    tracing::warn!(event = %arrival.once, %error, "event could not be filed");
                    self.file(vec![arrival.refused(vec![not_filed()])]).await?
                }
                ended => ended?,
            });
        }
        Ok(outcomes)
    }

    async fn attempt(&self, arrivals: &[Arrival]) -> Result<Vec<Outcome>, JournalError> {
        let mut transaction = self.journal.begin().await?;
        waiting::begin(&mut transaction, arrivals.iter().any(|arrival| arrival.revises().is_some())).await?;
        let mut outcomes = vec![Outcome::Duplicate; arrivals.len()];
        let crossing = crossing(&mut transaction, arrivals).await?;
        let all = arrivals.iter().enumerate().map(|(place, arrival)| (place, crossing.get(&place).unwrap_or(arrival)));
        let (mut fresh, mut again) = self.first(&mut transaction, all.collect()).await?;
        let conflicts = self.conflicts(&mut transaction, &again).await?;
        again.retain(|(_, arrival)| matches!(arrival.content, Content::Refused { .. }));
        let (kept, before) =
            self.first(&mut transaction, conflicts.iter().map(|(place, arrival)| (*place, arrival)).collect()).await?;
        fresh.extend(kept);
        again.extend(before);
        // The same bytes refused again are kept once, and were not taken; once more where an operator discarded them.
        for (place, arrival) in &again {
            outcomes[*place] = arrival.outcome();
        }
        let anew = self.discarded(&mut transaction, again).await?;
        fresh.extend(anew.iter().map(|(place, arrival)| (*place, arrival)));
        self.append(&mut transaction, &fresh).await?;
        transaction.commit().await?;
        metrics::counter!("intake_events_filed_total").increment(fresh.len() as u64);
        for (place, arrival) in fresh {
            if matches!(arrival.content, Content::Refused { .. }) {
                metrics::counter!("intake_events_quarantined_total").increment(1);
            }
            outcomes[place] = arrival.outcome();
        }
        Ok(outcomes)
    }

    /// Parts arrivals into those never seen before, noted as seen now, and those seen before, also in this very batch. Rows
    /// are written in one order, so that two batches with the same events never deadlock.
    async fn first<'a>(
        &self,
        transaction: &mut Transaction,
        arrivals: Vec<Placed<'a>>,
    ) -> Result<(Vec<Placed<'a>>, Vec<Placed<'a>>), JournalError> {
        if arrivals.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let rows: BTreeMap<Uuid, &Arrival> =
            arrivals.iter().rev().map(|(_, arrival)| (arrival.once, *arrival)).collect();
        let (events, says): (Vec<Uuid>, Vec<&Arrival>) = rows.into_iter().unzip();
        let about: Vec<Option<Uuid>> = says.iter().map(|arrival| arrival.about().map(CaseId::uuid)).collect();
        let (digests, brings): (Vec<Option<Vec<u8>>>, Vec<Option<Uuid>>) =
            says.into_iter().map(|arrival| (self.digest(arrival), arrival.brings())).unzip();
        let fresh = sqlx::query_scalar!(
            "insert into intake.events (event, digest, brings, about)
             select * from unnest($1::uuid[], $2::bytea[], $3::uuid[], $4::uuid[]) on conflict do nothing returning event",
            &events,
            &digests as &[Option<Vec<u8>>],
            &brings as &[Option<Uuid>],
            &about as &[Option<Uuid>]
        )
        .fetch_all(transaction.sql())
        .await?;
        let mut fresh: BTreeSet<Uuid> = fresh.into_iter().collect();
        Ok(arrivals.into_iter().partition(|(_, arrival)| fresh.remove(&arrival.once)))
    }

    /// Those of the arrivals refused before whose entry an operator discarded since, as ones never seen before.
    async fn discarded(
        &self,
        transaction: &mut Transaction,
        again: Vec<Placed<'_>>,
    ) -> Result<Vec<(usize, Arrival)>, JournalError> {
        let (mut anew, mut again) =
            (Vec::new(), again.into_iter().map(|(place, arrival)| (place, arrival.clone())).collect::<Vec<_>>());
        // As often as it was discarded, so this ends.
        while !again.is_empty() {
            let ids: Vec<Uuid> = again.iter().map(|(_, arrival)| arrival.once).collect();
            let gone = sqlx::query_scalar!("select event from intake.discarded where event = any($1)", &ids)
                .fetch_all(transaction.sql())
                .await?;
            again.retain(|(_, arrival)| gone.contains(&arrival.once));
            for (_, arrival) in &mut again {
                *arrival = arrival.after_discard();
            }
            let places: Vec<Placed<'_>> = again.iter().map(|(place, arrival)| (*place, arrival)).collect();
            let (fresh, before) = self.first(transaction, places).await?;
            anew.extend(fresh.into_iter().map(|(place, arrival)| (place, arrival.clone())));
            again = before.into_iter().map(|(place, arrival)| (place, arrival.clone())).collect();
        }
        Ok(anew)
    }

    /// Those of the arrivals seen before that say something else than the first time, refused.
    async fn conflicts(
        &self,
        transaction: &mut Transaction,
        again: &[Placed<'_>],
    ) -> Result<Vec<(usize, Arrival)>, JournalError> {
        if again.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<Uuid> = again.iter().map(|(_, arrival)| arrival.once).collect();
        let before = sqlx::query!("select event, digest from intake.events where event = any($1)", &ids)
            .fetch_all(transaction.sql())
            .await?;
        // Those of this very batch are among them: they were noted as seen in this transaction.
        let known: BTreeMap<Uuid, Vec<u8>> =
            before.into_iter().filter_map(|row| Some((row.event, row.digest?))).collect();
        Ok(again
            .iter()
            .filter_map(|(place, arrival)| {
                let (said, says) = (known.get(&arrival.once)?, self.digest(arrival)?);
                (*said != says).then(|| {
                    metrics::counter!("intake_events_conflicting_total").increment(1);
                    let text = "an event with this source and id was sent before and said something else: give each event \
                                an id of its own";
                    (*place, arrival.refused(vec![reason("/id", "event.conflict", text)]))
                })
            })
            .collect())
    }

    /// What an understood event says, as a keyed digest: without the key nobody can try what it may have said.
    fn digest(&self, arrival: &Arrival) -> Option<Vec<u8>> {
        match &arrival.content {
            Content::Understood { canonical, .. } => Some(self.vault.index("event", &[canonical])),
            Content::Refused { .. } => None,
        }
    }

    async fn append(&self, transaction: &mut Transaction, fresh: &[Placed<'_>]) -> Result<(), JournalError> {
        let wanted: Vec<Option<KeyId>> = fresh.iter().map(|(_, arrival)| arrival.key()).collect();
        let ids: Vec<KeyId> = wanted.iter().flatten().copied().collect();
        let mut keys =
            if ids.is_empty() { Vec::new() } else { self.vault.make_keys(transaction.sql(), &ids).await? }.into_iter();
        let (mut facts, mut events) = (Vec::with_capacity(fresh.len()), Vec::with_capacity(fresh.len()));
        for ((_, arrival), wanted) in fresh.iter().zip(&wanted) {
            let key = wanted.and_then(|_| keys.next());
            let says = arrival.facts(key.as_ref())?;
            for fact in says {
                facts.push((fact, arrival.cause.clone()));
                events.push(arrival.once);
            }
        }
        let recorded = transaction.append_each(facts).await?;
        let told: Vec<_> = events.into_iter().zip(recorded.iter().map(|fact| &fact.fact)).collect();
        waiting::note(transaction, &told).await?;
        for fact in &recorded {
            if let IntakeFact::EventQuarantined(event) = &fact.fact {
                quarantine::list(transaction.sql(), fact.id.uuid(), event).await?;
            }
        }
        Ok(())
    }
}

/// Those of the arrivals that take back or replace an event of another case, refused, by their places. Where the other comes
/// later, they wait for it in vain, and are seen to.
async fn crossing(
    transaction: &mut Transaction,
    arrivals: &[Arrival],
) -> Result<BTreeMap<usize, Arrival>, JournalError> {
    let revising: Vec<(usize, &Arrival, Uuid, &str)> = arrivals
        .iter()
        .enumerate()
        .filter_map(|(place, arrival)| arrival.revises().map(|(earlier, at)| (place, arrival, earlier.uuid(), at)))
        .collect();
    if revising.is_empty() {
        return Ok(BTreeMap::new());
    }
    let asked: Vec<Uuid> = revising.iter().flat_map(|(_, arrival, earlier, _)| [arrival.once, *earlier]).collect();
    let rows = sqlx::query!("select event, about from intake.events where event = any($1)", &asked)
        .fetch_all(transaction.sql())
        .await?;
    let filed: BTreeMap<Uuid, Option<Uuid>> = rows.into_iter().map(|row| (row.event, row.about)).collect();
    let here: BTreeMap<Uuid, Uuid> =
        arrivals.iter().filter_map(|arrival| Some((arrival.once, arrival.about()?.uuid()))).collect();
    let text = "the event that this one takes back or replaces is about another case: name one of this case, by its id";
    let refused = revising.into_iter().filter_map(|(place, arrival, earlier, at)| {
        // One that was filed before stays so.
        let of = filed.get(&earlier).map_or_else(|| here.get(&earlier).copied(), |about| *about);
        let other =
            !filed.contains_key(&arrival.once) && of.is_some_and(|of| Some(of) != arrival.about().map(CaseId::uuid));
        other.then(|| (place, arrival.refused(vec![reason(at, "event.other-case", text)])))
    });
    Ok(refused.collect())
}

/// Refuses what is about a party whose key was destroyed: no new one takes its place. Answers whether there was any.
fn refuse_erased(arrivals: &mut [Arrival], key: KeyId) -> bool {
    let mut any = false;
    for arrival in arrivals {
        if matches!(arrival.content, Content::Understood { .. }) && arrival.key() == Some(key) {
            let text = "what was known of this party was destroyed by order, and nothing new is taken about it";
            *arrival = arrival.refused(vec![reason("/data/partyId", "party.erased", text)]);
            any = true;
        }
    }
    any
}

/// Why an event is kept that was understood, and that the journal does not take.
pub fn not_filed() -> Reason {
    reason("", "event.not-filed", "the event was understood but could not be filed; an operator will look at it")
}

fn reason(pointer: &str, code: &str, text: &str) -> Reason {
    Reason { pointer: pointer.to_owned(), code: code.to_owned(), text: text.to_owned() }
}

impl Arrival {
    /// What becomes of it when it is filed.
    fn outcome(&self) -> Outcome {
        match &self.content {
            Content::Understood { .. } => Outcome::Filed,
            Content::Refused { reasons, .. } => Outcome::Quarantined(reasons.clone()),
        }
    }
}
