//! Putting messages on the bus.

use async_nats::HeaderMap;
use async_nats::jetstream::message::PublishMessage;
use bytes::Bytes;

use crate::{Bus, BusError};

/// A message to be published.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Where to.
    pub subject: String,
    /// Its identity, for the house's own messages: the server drops a second one with the same id within its stream's
    /// duplicate window, whatever that says. None for events of cases: whether one is another, or the same with other words,
    /// is for who reads them to say.
    pub id: Option<String>,
    /// Headers besides the id.
    pub headers: Vec<(&'static str, String)>,
    /// What it says.
    pub payload: Bytes,
}

impl Bus {
    /// Publishes all of them and waits until the server has taken every one.
    ///
    /// # Errors
    /// When one was not taken; the others may have been, and publishing them all again does no harm.
    pub async fn publish(&self, messages: Vec<Outgoing>) -> Result<(), BusError> {
        let mut acks = Vec::with_capacity(messages.len());
        for message in messages {
            let mut headers = HeaderMap::new();
            for (name, value) in message.headers {
                headers.insert(name, value.as_str());
            }
            let mut outgoing = PublishMessage::build().headers(headers).payload(message.payload);
            if let Some(id) = &message.id {
                outgoing = outgoing.message_id(id);
            }
            acks.push(self.context.send_publish(message.subject, outgoing).await?);
        }
        for ack in acks {
            ack.await?;
        }
        Ok(())
    }
}
