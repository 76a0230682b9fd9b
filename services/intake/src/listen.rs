//! From the bus to the journal: as many events as are waiting, one transaction, acknowledged after it.

use std::sync::Arc;
use std::time::Duration;

use bus::{Consumer, Delivery, Stream, Verdict};
use contract::{Publishers, Received};
use domain::fact::Author;
use journal::JournalError;
use service::Service;

use crate::arrival::Arrival;
use crate::filing::{Filing, not_filed};

/// How many events go into one transaction.
const BATCH: usize = 512;
/// Where the courts' events wait.
const QUEUE: Consumer = Consumer { stream: Stream::Cases, durable: Author::Intake.as_str() };
/// How often to look for what a killed server left behind.
const CLEAR: Duration = Duration::from_secs(5);
/// After how many deliveries an event that is understood but cannot be filed goes to quarantine.
const DELIVERIES: u64 = 8;

/// Files events.
#[derive(Clone)]
pub struct Intake {
    service: Service,
    filing: Filing,
    publishers: Arc<Publishers>,
}

impl Intake {
    /// Files the events of `service`'s bus.
    pub const fn new(service: Service, filing: Filing, publishers: Arc<Publishers>) -> Self {
        Self { service, filing, publishers }
    }

    /// Files events until the service stops.
    pub async fn listen(self) {
        let (bus, stop) = (self.service.bus.clone(), self.service.stopping());
        let back = || async { self.service.journal.cursor("probe").await.is_ok() };
        bus.consume(QUEUE, BATCH, &stop, |deliveries| self.batch(deliveries), back).await;
    }

    /// Files and removes what a killed server left behind, until the service stops.
    pub async fn clear(self) {
        let stop = self.service.stopping();
        while !stop.is_cancelled() {
            match self.service.bus.leftovers(QUEUE).await {
                Ok(leftovers) => {
                    for leftover in leftovers {
                        self.clear_one(leftover).await;
                    }
                }
                Err(error) => tracing::debug!(%error, "the queue could not be looked through"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(CLEAR) => {}
            }
        }
    }

    async fn clear_one(&self, leftover: bus::Leftover) {
        let verdicts = self.batch(vec![leftover.delivery]).await;
        if verdicts == [Verdict::Done] {
            metrics::counter!("intake_leftovers_removed_total").increment(1);
            if let Err(error) = self.service.bus.remove(QUEUE, leftover.sequence).await {
                tracing::debug!(%error, "a leftover was filed and not yet removed");
            }
        }
    }

    async fn batch(&self, deliveries: Vec<Delivery>) -> Vec<Verdict> {
        let arrivals: Vec<Arrival> = deliveries.iter().map(|delivery| self.arrival(delivery)).collect();
        match self.filing.file(arrivals).await {
            Ok(_) => vec![Verdict::Done; deliveries.len()],
            Err(error) if error.is_outage() => vec![Verdict::Away; deliveries.len()],
            Err(_) if deliveries.len() > 1 => {
                // One of them spoils the batch; alone, the others go through.
                let mut verdicts = Vec::with_capacity(deliveries.len());
                for delivery in &deliveries {
                    verdicts.push(self.single(delivery).await);
                }
                verdicts
            }
            Err(error) => match deliveries.first() {
                Some(delivery) => vec![self.failed(delivery, &error).await],
                None => Vec::new(),
            },
        }
    }

    async fn single(&self, delivery: &Delivery) -> Verdict {
        match self.filing.file(vec![self.arrival(delivery)]).await {
            Ok(_) => Verdict::Done,
            Err(error) => self.failed(delivery, &error).await,
        }
    }

    /// An event that could not be filed comes again; after a bounded number of times it is kept for a person.
    async fn failed(&self, delivery: &Delivery, error: &JournalError) -> Verdict {
        if error.is_outage() {
            return Verdict::Away;
        }
        let arrival = self.arrival(delivery);
        tracing::warn!(event = %arrival.once, deliveries = delivery.deliveries, %error, "event could not be filed");
        if delivery.deliveries < DELIVERIES {
            return Verdict::Again(Duration::from_millis(200 << delivery.deliveries.min(6)));
        }
        match self.filing.file(vec![arrival.refused(vec![not_filed()])]).await {
            Ok(_) => Verdict::Done,
            Err(error) if error.is_outage() => Verdict::Away,
            Err(_) => Verdict::Again(Duration::from_secs(30)),
        }
    }

    fn arrival(&self, delivery: &Delivery) -> Arrival {
        let received = Received::new(&delivery.headers, &delivery.payload);
        Arrival::read(&self.publishers, &delivery.subject, received, self.service.clock.now())
    }
}
