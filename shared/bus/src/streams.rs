//! The streams and consumers of the house, and how they come into being.

use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::{Config, DiscardPolicy, RetentionPolicy, StorageType};

use crate::{Bus, BusError, subjects};

/// How long a message may be in hand before it is given to another replica.
const ACK_WAIT: Duration = Duration::from_secs(20);

/// How long a stream of the house's own messages drops a second one with the same id.
const DUPLICATES: Duration = Duration::from_mins(2);

/// The same for courts' events: as short as a server takes it. What a publisher's `Nats-Msg-Id` says is the same would be
/// dropped unseen, also when it says something else; that is for intake to see, by source and id.
const DUPLICATES_OF_CASES: Duration = Duration::from_millis(100);

/// A stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Case events from the courts. A work queue: a message leaves it as soon as intake has committed, because here
    /// alone plaintext may rest.
    Cases,
    /// Announcements of settled facts.
    Facts,
    /// Signals for the courts' own systems.
    Alerts,
    /// Refusals for publishers.
    Rejections,
    /// What judges ask other courts.
    Requests,
    /// What stewards doubt of what courts told.
    Questions,
}

/// A durable consumer that any number of replicas share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consumer {
    /// The stream it reads.
    pub stream: Stream,
    /// Its name: the service's.
    pub durable: &'static str,
}

impl Consumer {
    /// Every consumer of the house.
    pub const ALL: [Self; 4] = [
        Self { stream: Stream::Cases, durable: "intake" },
        Self { stream: Stream::Facts, durable: "linker" },
        Self { stream: Stream::Facts, durable: "alerts" },
        Self { stream: Stream::Facts, durable: "steward" },
    ];

    fn config(self) -> pull::Config {
        pull::Config {
            durable_name: Some(self.durable.to_owned()),
            deliver_policy: DeliverPolicy::All,
            ack_policy: AckPolicy::Explicit,
            ack_wait: ACK_WAIT,
            // The consumer itself counts deliveries and keeps what it cannot handle: at the server's limit a message
            // would merely stop coming.
            max_deliver: -1,
            max_ack_pending: 2_000,
            ..Default::default()
        }
    }
}

impl Stream {
    /// Every stream of the house.
    pub const ALL: [Self; 6] =
        [Self::Cases, Self::Facts, Self::Alerts, Self::Rejections, Self::Requests, Self::Questions];

    /// Its name on the server.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cases => "CASES",
            Self::Facts => "FACTS",
            Self::Alerts => "ALERTS",
            Self::Rejections => "REJECTIONS",
            Self::Requests => "REQUESTS",
            Self::Questions => "QUESTIONS",
        }
    }

    fn config(self, replicas: usize) -> Config {
        const DAY: Duration = Duration::from_hours(24);
        let (prefix, retention, max_age) = match self {
            Self::Cases => (subjects::CASES, RetentionPolicy::WorkQueue, Duration::ZERO),
            Self::Facts => (subjects::FACTS, RetentionPolicy::Limits, DAY * 3),
            Self::Alerts => (subjects::ALERTS, RetentionPolicy::Limits, DAY * 30),
            Self::Rejections => (subjects::REJECTIONS, RetentionPolicy::Limits, DAY * 90),
            // The longest term for an answer, and a while.
            Self::Requests => (subjects::REQUESTS, RetentionPolicy::Limits, DAY * 270),
            Self::Questions => (subjects::QUESTIONS, RetentionPolicy::Limits, DAY * 180),
        };
        Config {
            name: self.name().to_owned(),
            subjects: vec![format!("{prefix}.>")],
            retention,
            max_age,
            storage: StorageType::File,
            // A full store refuses the publisher, who then knows; it never drops what was accepted.
            discard: DiscardPolicy::New,
            max_message_size: 128 * 1024,
            duplicate_window: if matches!(self, Self::Cases) { DUPLICATES_OF_CASES } else { DUPLICATES },
            num_replicas: replicas,
            deny_delete: !matches!(self, Self::Cases),
            ..Default::default()
        }
    }
}

impl Bus {
    /// Makes every stream and consumer of the house, or brings them up to date. Running it again changes nothing.
    ///
    /// `replicas`: on how many servers of a cluster each stream is kept; 1 on a single server.
    ///
    /// # Errors
    /// When the server is away, has no JetStream, or refuses a change.
    pub async fn provision(&self, replicas: usize) -> Result<(), BusError> {
        for stream in Stream::ALL {
            let wrong = |source: Box<dyn std::error::Error + Send + Sync>| BusError::Provision {
                stream: stream.name(),
                source,
            };
            self.context.create_or_update_stream(stream.config(replicas)).await.map_err(|error| wrong(error.into()))?;
            for consumer in Consumer::ALL.into_iter().filter(|consumer| consumer.stream == stream) {
                self.context
                    .create_consumer_on_stream(consumer.config(), stream.name())
                    .await
                    .map_err(|error| wrong(error.into()))?;
            }
        }
        Ok(())
    }
}
