//! Following the facts of others: from the bus as they are announced, and from the journal what was never announced.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bus::{Consumer, Delivery, Stream, Verdict};
use domain::ids::FactId;
use futures::StreamExt;
use journal::JournalError;

use crate::Service;
use crate::relay::Announcement;

/// How many groups of facts are in hand at once.
const AT_ONCE: usize = 8;
/// How many facts are handled together at most.
const TOGETHER: usize = 32;
/// How many messages are fetched at once; each may announce several facts, and none is acknowledged before all are handled.
const BATCH: usize = 16;
/// After how many tries a fact is parked.
const TRIES: u32 = 5;
/// How old a fact must be before the sweep takes it for missed.
const GRACE: Duration = Duration::from_secs(10);
/// The same while the bus still has messages for this consumer: what is merely waiting its turn is not missed.
const PATIENCE: Duration = Duration::from_mins(2);
/// How often the sweep looks.
const SWEEP: Duration = Duration::from_secs(3);
/// After how many sweeps parked facts are tried once more.
const PARKED_EVERY: u32 = 100;

impl Service {
    /// Handles every fact of the given kinds (`<author>.<what-happened>`) with `handle`, which must note each fact in the
    /// inbox within the transaction of its effect, and may be called any number of times, in any order, beside itself. Of facts
    /// that wait, those of one case are handed to it together, in the order in which they were written: most of what a decision
    /// takes it then takes once.
    pub fn follow<H, F>(&self, kinds: &[&str], handle: H)
    where
        H: Fn(Vec<FactId>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), JournalError>> + Send + 'static,
    {
        let kinds: Arc<[String]> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        let follower = Arc::new(Follower { service: self.clone(), kinds, handle });
        let sweeper = Arc::clone(&follower);
        self.spawn("listen", async move {
            follower.listen().await;
            Ok(())
        });
        self.spawn("sweep", async move {
            sweeper.sweep().await;
            Ok(())
        });
    }
}

/// A fact that messages announce.
struct Announced {
    kind: Arc<str>,
    /// The places of those messages among all that were fetched.
    places: Vec<usize>,
}

struct Follower<H> {
    service: Service,
    kinds: Arc<[String]>,
    handle: H,
}

impl<H, F> Follower<H>
where
    H: Fn(Vec<FactId>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), JournalError>> + Send + 'static,
{
    async fn listen(self: Arc<Self>) {
        let consumer = self.consumer();
        let stop = self.service.stopping();
        let bus = self.service.bus.clone();
        let back = || self.database_is_back();
        bus.consume(consumer, BATCH, &stop, |deliveries| self.batch(deliveries), back).await;
    }

    async fn batch(&self, deliveries: Vec<Delivery>) -> Vec<Verdict> {
        let mut verdicts = vec![Verdict::Done; deliveries.len()];
        let mut announced: BTreeMap<FactId, Announced> = BTreeMap::new();
        for (place, delivery) in deliveries.iter().enumerate() {
            let Some(Announcement { kind, facts }) = self.announced(delivery) else { continue };
            let kind: Arc<str> = kind.into();
            for fact in facts {
                let known = announced.entry(FactId::from_uuid(fact));
                known.or_insert_with(|| Announced { kind: Arc::clone(&kind), places: Vec::new() }).places.push(place);
            }
        }
        let facts: Vec<FactId> = announced.keys().copied().collect();
        let groups = match self.service.journal.together(&facts).await {
            Ok(groups) => groups,
            // Each alone meets what is wrong, and is answered for it.
            Err(_) => facts.into_iter().map(|fact| vec![fact]).collect(),
        };
        let with_kind =
            |fact: &FactId| (*fact, announced.get(fact).map_or_else(|| "".into(), |one| Arc::clone(&one.kind)));
        let parts = groups.iter().flat_map(|group| group.chunks(TOGETHER));
        let parts: Vec<Vec<(FactId, Arc<str>)>> = parts.map(|part| part.iter().map(with_kind).collect()).collect();
        let mut handled =
            futures::stream::iter(parts).map(|part| async move { self.handle_together(part).await }).buffered(AT_ONCE);
        // A message is done when each of its facts is; those that are when it comes again are known by the inbox.
        while let Some(done) = handled.next().await {
            for (fact, verdict) in done {
                for place in announced.get(&fact).into_iter().flat_map(|announced| &announced.places) {
                    if verdict == Verdict::Away || verdicts[*place] == Verdict::Done {
                        verdicts[*place] = verdict;
                    }
                }
            }
        }
        verdicts
    }

    /// Handles these together; each alone where that does not succeed, so that one which cannot be handled keeps back no other.
    async fn handle_together(&self, facts: Vec<(FactId, Arc<str>)>) -> Vec<(FactId, Verdict)> {
        if facts.len() > 1 {
            let all = |verdict| facts.iter().map(|(fact, _)| (*fact, verdict)).collect();
            match (self.handle)(facts.iter().map(|(fact, _)| *fact).collect()).await {
                Ok(()) => return all(Verdict::Done),
                Err(error) if error.is_outage() => return all(Verdict::Away),
                Err(error) => {
                    tracing::debug!(error = chain(&error), count = facts.len(), "facts are handled one by one");
                }
            }
        }
        let mut verdicts = Vec::with_capacity(facts.len());
        for (fact, kind) in facts {
            verdicts.push((fact, self.handle(fact, &kind).await));
        }
        verdicts
    }

    /// What a message announces, where this follower cares about it.
    fn announced(&self, delivery: &Delivery) -> Option<Announcement> {
        let Ok(announced) = serde_json::from_slice::<Announcement>(&delivery.payload) else {
            // Only relays may publish here; the facts themselves, if there are any, are found by the sweep.
            tracing::error!(subject = delivery.subject, "announcement does not read");
            return None;
        };
        self.kinds.contains(&announced.kind).then_some(announced)
    }

    /// Handles one fact, tries again where two stood in each other's way, and parks what will not be handled.
    async fn handle(&self, fact: FactId, kind: &str) -> Verdict {
        let mut last = None;
        for attempt in 1..=TRIES {
            match (self.handle)(vec![fact]).await {
                Ok(()) => return Verdict::Done,
                Err(error) if error.is_outage() => return Verdict::Away,
                // Announced before this replica's database has it: it will be there.
                Err(JournalError::Unknown(_)) => return Verdict::Again(Duration::from_secs(1)),
                Err(error) => {
                    tracing::warn!(%fact, kind, attempt, error = chain(&error), "fact was not handled");
                    last = Some(error);
                    if !self.service.rest(Duration::from_millis(20 << attempt)).await {
                        return Verdict::Away;
                    }
                }
            }
        }
        let reason = last.map_or_else(String::new, |error| chain(&error));
        match self.service.journal.park(fact, &reason).await {
            Ok(()) => {
                tracing::error!(%fact, kind, reason, "fact was parked");
                Verdict::Done
            }
            Err(_) => Verdict::Away,
        }
    }

    fn consumer(&self) -> Consumer {
        Consumer { stream: Stream::Facts, durable: self.service.journal.author().as_str() }
    }

    /// How old a fact must be to be missed. With the bus away, the sweep is the only way a fact comes in.
    async fn grace(&self) -> Duration {
        match self.service.bus.backlog(self.consumer()).await {
            Ok(0) | Err(_) => GRACE,
            Ok(_) => PATIENCE,
        }
    }

    async fn database_is_back(&self) -> bool {
        self.service.journal.cursor("probe").await.is_ok()
    }

    async fn sweep(&self) {
        let mut looks: u32 = 0;
        loop {
            let more = match self.look(looks.is_multiple_of(PARKED_EVERY)).await {
                Ok(more) => more,
                Err(error) => {
                    tracing::debug!(error = chain(&error), "sweep interrupted");
                    false
                }
            };
            looks = looks.wrapping_add(1);
            if !self.service.rest(if more { Duration::ZERO } else { SWEEP }).await {
                return;
            }
        }
    }

    async fn look(&self, parked_too: bool) -> Result<bool, JournalError> {
        let journal = &self.service.journal;
        if parked_too {
            for parked in journal.parked().await? {
                if (self.handle)(vec![parked.fact]).await.is_ok() {
                    journal.unpark(parked.fact).await?;
                }
            }
        }
        let sweep = journal.sweep(&self.kinds, self.grace().await).await?;
        for fact in sweep.missed {
            if self.service.stopping().is_cancelled() {
                return Ok(false);
            }
            if self.handle(fact, "missed").await == Verdict::Done {
                metrics::counter!("journal_facts_swept_total", "consumer" => journal.author().as_str()).increment(1);
            }
        }
        Ok(sweep.more)
    }
}

/// An error with everything that led to it, in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
