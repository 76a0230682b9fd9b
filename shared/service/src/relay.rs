//! Announcing an author's own facts on the bus.

use bus::{Outgoing, subjects};
use journal::Settled;
use serde::{Deserialize, Serialize};

use crate::Service;

/// What is said of a fact on the bus: that it is there. Whoever cares reads it from the journal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Announcement {
    pub id: uuid::Uuid,
    pub kind: String,
}

impl Service {
    /// Announces every settled fact of this service; `besides` says what else is to be published for one.
    pub fn relay<B>(&self, besides: B)
    where
        B: Fn(&Settled) -> anyhow::Result<Vec<Outgoing>> + Send + Sync + 'static,
    {
        let service = self.clone();
        self.spawn("relay", async move {
            let stop = service.stopping();
            service
                .journal
                .relay(&stop, |facts| {
                    let messages = messages(&facts, &besides);
                    let bus = service.bus.clone();
                    async move { Ok(bus.publish(messages?).await?) }
                })
                .await;
            Ok(())
        });
    }
}

fn messages<B>(facts: &[Settled], besides: &B) -> anyhow::Result<Vec<Outgoing>>
where
    B: Fn(&Settled) -> anyhow::Result<Vec<Outgoing>>,
{
    let mut messages = Vec::with_capacity(facts.len());
    for settled in facts {
        let announcement = Announcement { id: settled.fact.id.uuid(), kind: settled.kind.clone() };
        messages.push(Outgoing {
            subject: subjects::fact(&settled.kind),
            id: settled.fact.id.to_string(),
            headers: Vec::new(),
            payload: serde_json::to_vec(&announcement)?.into(),
        });
        messages.extend(besides(settled)?);
    }
    Ok(messages)
}
