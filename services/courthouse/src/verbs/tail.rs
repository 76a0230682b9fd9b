//! `verband events tail`: what comes in and what is refused, as it happens. Attributes and reasons only: the data may speak
//! of a person.

use anyhow::{Context, Result};
use async_nats::Client;
use contract::{Channel, Received, envelope};
use futures::StreamExt;
use serde_json::Value;

/// Prints a line an event until the connection ends.
///
/// # Errors
/// When the bus lets nobody listen.
#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub async fn run(client: Client) -> Result<()> {
    let cases = client.subscribe("cases.v1.>").await.context("cannot listen to events")?;
    let rejections = client.subscribe("rejections.v1.>").await.context("cannot listen to rejections")?;
    let mut all = futures::stream::select(cases, rejections);
    while let Some(message) = all.next().await {
        let headers: Vec<(String, String)> = message
            .headers
            .iter()
            .flat_map(async_nats::HeaderMap::iter)
            .filter_map(|(name, values)| Some((name.to_string(), values.first()?.as_str().to_owned())))
            .collect();
        println!("{}", line(&message.subject, &Received::new(&headers, &message.payload)));
    }
    Ok(())
}

fn line(subject: &str, received: &Received) -> String {
    let Ok(event) = received.event() else { return format!("{} no event", Channel::kept(subject)) };
    if subject.starts_with("rejections.") {
        let reasons: Vec<String> = event["data"]["reasons"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|reason| format!("{} {}", text(&reason["pointer"]), text(&reason["code"])))
            .collect();
        return format!("{subject} {} refused: {}", text(&event["data"]["eventId"]), reasons.join(", "));
    }
    let (id, kept) = (envelope::sent_id(&event), Channel::kept(subject));
    match envelope::read(&event) {
        Ok(read) => format!("{kept} {} sequence {}", id.unwrap_or_default(), read.version.sequence),
        Err(reasons) => format!("{kept} {} with {} faults", id.unwrap_or_default(), reasons.len()),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

#[cfg(test)]
mod tests {
    use contract::files;
    use contract::kinds::KINDS;

    use super::*;

    #[test]
    fn a_line_says_nothing_personal() {
        let kind = KINDS.iter().find(|kind| kind.name == "party-added").unwrap();
        let event = files::example(kind, kind.of[0]).to_string();
        let line = line(&files::example_subject(kind, kind.of[0]), &Received::new(&[], event.as_bytes()));
        assert_eq!(line, "cases.v1.family.rbrot.party-added 7d9f2d52-9f3c-4b2a-9a63-3d1c4b0e9f11 sequence 17");
    }
}
