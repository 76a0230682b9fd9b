//! Announcing an author's own facts on the bus.

use bus::{Outgoing, subjects};
use domain::fact::Fact;
use journal::{Journal, Settled};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Service;

/// How many facts one message announces at most.
const TOGETHER: usize = 32;

/// What is said of facts of one kind on the bus: that they are there. Whoever cares reads them from the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Announcement {
    pub kind: String,
    pub facts: Vec<Uuid>,
}

/// What is published for a fact of one kind, besides that it is there.
#[derive(Clone, Copy)]
pub struct Besides {
    /// The kind, such as `intake.event-quarantined`.
    pub kind: &'static str,
    /// The messages for a fact of that kind.
    pub messages: fn(&Fact) -> anyhow::Result<Vec<Outgoing>>,
}

impl Service {
    /// Announces every settled fact of this service.
    pub fn relay(&self, besides: Option<Besides>) {
        let service = self.clone();
        self.spawn("relay", async move {
            let stop = service.stopping();
            service
                .journal
                .relay(&stop, |settled| {
                    let (journal, bus) = (service.journal.clone(), service.bus.clone());
                    async move { Ok(bus.publish(messages(&journal, &settled, besides).await?).await?) }
                })
                .await;
            Ok(())
        });
    }
}

async fn messages(journal: &Journal, settled: &[Settled], besides: Option<Besides>) -> anyhow::Result<Vec<Outgoing>> {
    let mut messages = Vec::new();
    for announcement in announcements(settled) {
        messages.push(Outgoing {
            subject: subjects::fact(&announcement.kind),
            // A relay that starts again begins with the same fact, and may by then have more behind it.
            id: Some(format!(
                "{}-{}",
                announcement.facts.len(),
                announcement.facts.first().copied().unwrap_or_default()
            )),
            headers: Vec::new(),
            payload: serde_json::to_vec(&announcement)?.into(),
        });
    }
    for one in settled {
        if let Some(besides) = besides.filter(|besides| besides.kind == one.kind)
            && let Some(fact) = journal.fact(one.id).await?
        {
            messages.extend((besides.messages)(&fact)?);
        }
    }
    Ok(messages)
}

/// The facts by kind, in the order in which each kind comes first. Under load most are of few kinds, and one message for many
/// costs the broker and every follower what one for each would cost them many times over.
fn announcements(settled: &[Settled]) -> Vec<Announcement> {
    let mut kinds: Vec<Announcement> = Vec::new();
    for one in settled {
        let open = kinds.iter_mut().find(|known| known.kind == one.kind && known.facts.len() < TOGETHER);
        match open {
            Some(announcement) => announcement.facts.push(one.id.uuid()),
            None => kinds.push(Announcement { kind: one.kind.clone(), facts: vec![one.id.uuid()] }),
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use domain::ids::FactId;
    use journal::Cursor;

    use super::*;

    #[test]
    fn every_fact_is_announced_once_and_a_message_stays_small() {
        let settled: Vec<Settled> = (0..100_u32)
            .map(|number| Settled {
                cursor: Cursor::default(),
                id: FactId::derived(&[&number.to_string()]),
                kind: if number % 10 == 0 { "intake.case-registered" } else { "intake.party-added" }.to_owned(),
            })
            .collect();
        let announced = announcements(&settled);
        let sizes: Vec<(&str, usize)> = announced.iter().map(|one| (one.kind.as_str(), one.facts.len())).collect();
        assert_eq!(
            sizes,
            [
                ("intake.case-registered", 10),
                ("intake.party-added", 32),
                ("intake.party-added", 32),
                ("intake.party-added", 26)
            ]
        );
        let mut told: Vec<Uuid> = announced.into_iter().flat_map(|one| one.facts).collect();
        let mut all: Vec<Uuid> = settled.iter().map(|one| one.id.uuid()).collect();
        told.sort_unstable();
        all.sort_unstable();
        assert_eq!(told, all);
    }
}
