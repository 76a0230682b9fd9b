//! Floor 1: the bus, NATS JetStream. It distributes; the journal is the truth.
//!
//! Invariants:
//! - delivery is at least once and unordered: receivers have an inbox;
//! - a message is acknowledged only after its effect is committed;
//! - nothing is given up in silence: what cannot be handled goes to whoever consumes, to be kept with its reason;
//! - streams and consumers are made by [`Bus::provision`] alone; services only use them;
//! - no subject, header or message id holds anything personal.
//!
//! Deliberately absent: any feature that nats-server 2.9 would silently ignore (several filter subjects on one consumer,
//! for one), and any knowledge of what a message means.

mod consume;
mod leftovers;
mod publish;
mod streams;
pub mod subjects;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_nats::jetstream::{self, Context};
use async_nats::{Client, ConnectOptions, Event, ServerAddr};

pub use consume::{Delivery, Verdict};
pub use leftovers::Leftover;
pub use publish::Outgoing;
pub use streams::{Consumer, Stream};

/// How long a server may take to answer a question about its health.
const ROUND_TRIP: Duration = Duration::from_millis(1_500);

/// How to reach the bus.
#[derive(Clone)]
pub struct BusOptions {
    /// `nats://…`, with user and password where the server wants them.
    pub url: String,
    /// The content of a credentials file (JWT and seed), in place of user and password.
    pub credentials: Option<String>,
    /// The seed of an nkey, in place of user and password.
    pub nkey_seed: Option<String>,
    /// The name under which the connection shows in the server's monitoring.
    pub name: &'static str,
    /// What the connection's own inboxes begin with, for one whose permissions name them; none for the usual `_INBOX`.
    pub inbox: Option<String>,
}

/// A connection to the bus. Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    client: Client,
    context: Context,
    refused: Arc<AtomicU64>,
}

/// Something went wrong between this house and the bus.
#[derive(Debug, thiserror::Error)]
pub enum BusError {
    /// The first connection could not be made.
    #[error("cannot connect to the message bus")]
    Connect(#[from] async_nats::ConnectError),
    /// A stream could not be made or changed.
    #[error("stream {stream} could not be provisioned")]
    Provision {
        /// The stream.
        stream: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A message was not taken by the bus.
    #[error("message was not acknowledged by the message bus")]
    Publish(#[from] jetstream::context::PublishError),
    /// The bus did not answer.
    #[error("message bus does not answer")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Bus {
    /// Connects, waiting for the server for as long as it takes, and reconnects for as long as it takes.
    ///
    /// # Errors
    /// When the address or the credentials cannot be used at all.
    pub async fn connect(options: &BusOptions) -> Result<Self, BusError> {
        let refused = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&refused);
        let mut connect = ConnectOptions::new()
            .name(options.name)
            .retry_on_initial_connect()
            .max_reconnects(None)
            .ping_interval(Duration::from_secs(5))
            .connection_timeout(Duration::from_secs(5))
            .reconnect_delay_callback(|attempt| Duration::from_millis(50 << attempt.min(6)).min(Duration::from_secs(2)))
            .event_callback(move |event| {
                let counter = Arc::clone(&counter);
                async move { note(&event, &counter) }
            });
        // The client does not take them from the address by itself.
        if let Ok(address) = options.url.parse::<ServerAddr>()
            && let (Some(user), Some(password)) = (address.username(), address.password())
        {
            connect = connect.user_and_password(user.to_owned(), password.to_owned());
        }
        if let Some(inbox) = &options.inbox {
            connect = connect.custom_inbox_prefix(inbox.as_str());
        }
        if let Some(credentials) = &options.credentials {
            connect = connect.credentials(credentials).map_err(|error| BusError::Away(error.into()))?;
        }
        if let Some(seed) = &options.nkey_seed {
            connect = connect.nkey(seed.clone());
        }
        let client = connect.connect(&options.url).await?;
        let context = jetstream::context::ContextBuilder::new()
            .timeout(Duration::from_secs(5))
            .ack_timeout(Duration::from_secs(5))
            .build(client.clone());
        Ok(Self { client, context, refused })
    }

    /// Asks the server something that it must answer: a real round trip, because a denied or lost message looks like
    /// silence.
    ///
    /// # Errors
    /// When there is no answer, or the server refused something since the last question.
    pub async fn check(&self) -> Result<(), BusError> {
        if self.refused.swap(0, Ordering::Relaxed) > 0 {
            return Err(BusError::Away("the server refused a permission".into()));
        }
        let stream = tokio::time::timeout(ROUND_TRIP, self.context.get_stream(Stream::Facts.name())).await;
        stream.map_err(|late| BusError::Away(late.into()))?.map_err(|error| BusError::Away(error.into()))?;
        Ok(())
    }

    /// The version of the server at the other end, such as `2.12.2`; empty while there was no connection yet.
    pub fn server_version(&self) -> String {
        self.client.server_info().version
    }

    /// The client underneath, for plain subscriptions.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// Sends what is still buffered and closes.
    ///
    /// # Errors
    /// When the server is gone already.
    pub async fn drain(&self) -> Result<(), BusError> {
        self.client.drain().await.map_err(|error| BusError::Away(error.into()))
    }
}

fn note(event: &Event, refused: &AtomicU64) {
    match event {
        Event::Connected => tracing::info!("message bus connected"),
        Event::Disconnected => tracing::warn!("message bus disconnected"),
        Event::ServerError(error) => {
            refused.fetch_add(1, Ordering::Relaxed);
            metrics::counter!("bus_refusals_total").increment(1);
            tracing::error!(%error, "message bus refused something");
        }
        Event::SlowConsumer(_) | Event::ClientError(_) => tracing::warn!(%event, "message bus"),
        Event::LameDuckMode | Event::Draining | Event::Closed => tracing::info!(%event, "message bus"),
    }
}
