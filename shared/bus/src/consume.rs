//! Taking messages off the bus: as many as are waiting, never waiting for more, acknowledged after the fact.

use std::future::Future;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::PullConsumer;
use async_nats::jetstream::message::Message;
use async_nats::jetstream::{AckKind, consumer};
use bytes::Bytes;
use futures::StreamExt;
use futures::future::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::{Bus, BusError, Consumer};

/// How long to wait before asking again after the server or something behind the handler was away.
const PAUSE: Duration = Duration::from_millis(500);

/// How long to wait for the server's word that an acknowledgement arrived.
const CONFIRMED: Duration = Duration::from_secs(3);

/// A message as it was delivered.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The subject it was published on.
    pub subject: String,
    /// Its headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What it says.
    pub payload: Bytes,
    /// How often it has been delivered, this time included.
    pub deliveries: u64,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its effect is committed (or it has none): acknowledge it.
    Done,
    /// It failed: deliver it again after this long.
    Again(Duration),
    /// What the handler needs is away: deliver it again, and ask for no more until that is back.
    Away,
}

impl Bus {
    /// Consumes until `stop`, at most `most` messages at a time. `handle` answers a verdict for each delivery, in order.
    /// After an [`Verdict::Away`] nothing is asked for until `back` answers true, so that an outage does not use up
    /// deliveries.
    pub async fn consume<H, F, B, G>(&self, which: Consumer, most: usize, stop: &CancellationToken, handle: H, back: B)
    where
        H: Fn(Vec<Delivery>) -> F,
        F: Future<Output = Vec<Verdict>>,
        B: Fn() -> G,
        G: Future<Output = bool>,
    {
        while !stop.is_cancelled() {
            let fault = match self.open(which, most).await {
                Ok(messages) => self.drain_stream(which, most, stop, messages, &handle, &back).await,
                Err(error) => Some(error),
            };
            if let Some(error) = fault {
                metrics::counter!("bus_consumer_faults_total", "consumer" => which.durable).increment(1);
                tracing::warn!(consumer = which.durable, error = &*error, "consumer interrupted; asking again");
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    }

    /// How many messages a consumer has yet to be given or to acknowledge.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn backlog(&self, which: Consumer) -> Result<u64, BusError> {
        let away = |error: Box<dyn std::error::Error + Send + Sync>| BusError::Away(error);
        let found = self.context.get_consumer_from_stream(which.durable, which.stream.name()).await;
        let consumer: PullConsumer = found.map_err(|error| away(error.into()))?;
        let info = consumer.cached_info();
        Ok(info.num_pending + u64::try_from(info.num_ack_pending).unwrap_or(0))
    }

    async fn open(
        &self,
        which: Consumer,
        most: usize,
    ) -> Result<consumer::pull::Stream, Box<dyn std::error::Error + Send + Sync>> {
        let consumer: PullConsumer = self.context.get_consumer_from_stream(which.durable, which.stream.name()).await?;
        Ok(consumer
            .stream()
            .max_messages_per_batch(most)
            .expires(Duration::from_secs(20))
            .heartbeat(Duration::from_secs(5))
            .messages()
            .await?)
    }

    async fn drain_stream<H, F, B, G>(
        &self,
        which: Consumer,
        most: usize,
        stop: &CancellationToken,
        mut messages: consumer::pull::Stream,
        handle: &H,
        back: &B,
    ) -> Option<Box<dyn std::error::Error + Send + Sync>>
    where
        H: Fn(Vec<Delivery>) -> F,
        F: Future<Output = Vec<Verdict>>,
        B: Fn() -> G,
        G: Future<Output = bool>,
    {
        loop {
            let first = tokio::select! {
                biased;
                () = stop.cancelled() => {
                    give_back(&mut messages).await;
                    return None;
                }
                next = messages.next() => next?,
            };
            let mut batch = match first {
                Ok(message) => vec![message],
                Err(error) => return Some(error.into()),
            };
            while batch.len() < most
                && let Some(Some(Ok(message))) = messages.next().now_or_never()
            {
                batch.push(message);
            }
            metrics::counter!("bus_messages_total", "consumer" => which.durable).increment(batch.len() as u64);
            let verdicts = handle(batch.iter().map(delivery).collect()).await;
            let away = verdicts.contains(&Verdict::Away);
            settle_all(&batch, verdicts).await;
            if away {
                give_back(&mut messages).await;
                drop(messages);
                tokio::time::sleep(PAUSE).await;
                while !stop.is_cancelled() && !back().await {
                    tokio::time::sleep(PAUSE).await;
                }
                return None;
            }
        }
    }
}

/// Messages that were fetched ahead go back at once, so that nobody waits for them to time out.
async fn give_back(messages: &mut consumer::pull::Stream) {
    while let Some(Some(Ok(message))) = messages.next().now_or_never() {
        settle(&message, Verdict::Away).await;
    }
}

/// Settles a batch, and waits for the server's word on the last of it alone: it takes what one connection says in order. An
/// acknowledgement that is lost all the same means one more delivery.
async fn settle_all(batch: &[Message], verdicts: Vec<Verdict>) {
    let count = batch.len();
    for (place, (message, verdict)) in batch.iter().zip(verdicts).enumerate() {
        if verdict == Verdict::Done && place + 1 < count {
            if let Err(error) = message.ack().await {
                tracing::debug!(%error, "acknowledgement not sent");
            }
        } else {
            settle(message, verdict).await;
        }
    }
}

async fn settle(message: &Message, verdict: Verdict) {
    let settled = async {
        match verdict {
            Verdict::Done => message.double_ack().await,
            Verdict::Again(after) => message.ack_with(AckKind::Nak(Some(after))).await,
            Verdict::Away => message.ack_with(AckKind::Nak(None)).await,
        }
    };
    // A confirmation that is lost means one more delivery, which the inbox answers. It must not be waited for without
    // limit: a server that was killed in between never confirms.
    match tokio::time::timeout(CONFIRMED, settled).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "acknowledgement not confirmed"),
        Err(_) => tracing::debug!("acknowledgement not confirmed in time"),
    }
}

fn delivery(message: &Message) -> Delivery {
    Delivery {
        subject: message.subject.to_string(),
        headers: headers(message.headers.as_ref()),
        payload: message.payload.clone(),
        deliveries: message.info().map_or(1, |info| u64::try_from(info.delivered).unwrap_or(1)),
    }
}

pub fn headers(headers: Option<&HeaderMap>) -> Vec<(String, String)> {
    headers
        .into_iter()
        .flat_map(HeaderMap::iter)
        .filter_map(|(name, values)| {
            values.first().map(|value| (name.to_string().to_ascii_lowercase(), value.as_str().to_owned()))
        })
        .collect()
}
