//! Following the facts of others: from the bus as they are announced, and from the journal what was never announced.

use std::sync::Arc;
use std::time::Duration;

use bus::{Consumer, Delivery, Stream, Verdict};
use domain::ids::FactId;
use futures::StreamExt;
use journal::JournalError;

use crate::Service;
use crate::relay::Announcement;

/// How many facts are in hand at once.
const AT_ONCE: usize = 8;
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
    /// Handles every fact of the given kinds (`<author>.<what-happened>`) with `handle`, which must note the fact in the
    /// inbox within the transaction of its effect, and may be called any number of times, in any order, beside itself.
    pub fn follow<H, F>(&self, kinds: &[&str], handle: H)
    where
        H: Fn(FactId) -> F + Send + Sync + 'static,
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

struct Follower<H> {
    service: Service,
    kinds: Arc<[String]>,
    handle: H,
}

impl<H, F> Follower<H>
where
    H: Fn(FactId) -> F + Send + Sync + 'static,
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
        let announced = deliveries.iter().map(|delivery| self.announced(delivery)).enumerate();
        let facts: Vec<(usize, FactId, Arc<str>)> = announced
            .filter_map(|(place, announced)| Some((place, announced?)))
            .flat_map(|(place, Announcement { kind, facts })| {
                let kind: Arc<str> = kind.into();
                facts.into_iter().map(move |fact| (place, FactId::from_uuid(fact), Arc::clone(&kind)))
            })
            .collect();
        let mut handled = futures::stream::iter(facts)
            .map(|(place, fact, kind)| async move { (place, self.handle(fact, &kind).await) })
            .buffered(AT_ONCE);
        // A message is done when each of its facts is; those that are when it comes again are known by the inbox.
        while let Some((place, verdict)) = handled.next().await {
            if verdict == Verdict::Away || verdicts[place] == Verdict::Done {
                verdicts[place] = verdict;
            }
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
            match (self.handle)(fact).await {
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
                if (self.handle)(parked.fact).await.is_ok() {
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
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
