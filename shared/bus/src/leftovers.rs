//! What a killed server left lying in a work queue.
//!
//! A server that is killed may have written down that a message was acknowledged and not yet that it was removed. After its
//! restart the message is in the stream again, and the consumer, who is past it, never gets it. So nothing is lost, but
//! something stays that should be gone. Whoever empties the queue asks for such messages now and then, handles them as any
//! other (the inbox knows them), and removes them.

use async_nats::jetstream::consumer::PullConsumer;

use crate::consume::{Delivery, headers};
use crate::{Bus, BusError, Consumer};

/// How many leftovers are looked at in one go.
const MOST: usize = 200;

/// A message that the consumer will never be given.
#[derive(Debug, Clone)]
pub struct Leftover {
    /// Its place in the stream.
    pub sequence: u64,
    /// The message.
    pub delivery: Delivery,
}

impl Bus {
    /// Messages that are in the stream though the consumer is past them and has nothing in hand. None while there is
    /// anything left to deliver.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn leftovers(&self, which: Consumer) -> Result<Vec<Leftover>, BusError> {
        let away = |error: Box<dyn std::error::Error + Send + Sync>| BusError::Away(error);
        let stream = self.context.get_stream(which.stream.name()).await.map_err(|error| away(error.into()))?;
        let state = stream.cached_info().state.clone();
        if state.messages == 0 {
            return Ok(Vec::new());
        }
        let mut consumer: PullConsumer =
            stream.get_consumer(which.durable).await.map_err(|error| away(error.to_string().into()))?;
        let info = consumer.info().await.map_err(|error| away(error.into()))?;
        if info.num_pending > 0 || info.num_ack_pending > 0 || info.delivered.stream_sequence < state.last_sequence {
            return Ok(Vec::new());
        }
        let mut leftovers = Vec::new();
        for sequence in state.first_sequence..=state.last_sequence {
            // A gap: removed as it should be.
            let Ok(message) = stream.get_raw_message(sequence).await else { continue };
            let delivery = Delivery {
                subject: message.subject.to_string(),
                headers: headers(Some(&message.headers)),
                payload: message.payload,
                deliveries: 1,
            };
            leftovers.push(Leftover { sequence, delivery });
            if leftovers.len() == MOST {
                break;
            }
        }
        Ok(leftovers)
    }

    /// Removes a message from a stream, after it was handled.
    ///
    /// # Errors
    /// When the server does not answer or the message is gone already.
    pub async fn remove(&self, which: Consumer, sequence: u64) -> Result<(), BusError> {
        let stream =
            self.context.get_stream(which.stream.name()).await.map_err(|error| BusError::Away(error.into()))?;
        stream.delete_message(sequence).await.map(drop).map_err(|error| BusError::Away(error.into()))
    }
}
