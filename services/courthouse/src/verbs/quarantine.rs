//! `verband quarantine`: what operators do with events that could not be understood, over intake's API.

use anyhow::Result;
use clap::Subcommand;
use serde_json::{Value, json};
use uuid::Uuid;

use super::service::Api;

/// What to do.
#[derive(Subcommand)]
pub enum Act {
    /// Lists what is in quarantine: id, since when, subject, and what is wrong.
    List,
    /// Counts the events that were understood and wait for something they speak of, and lists the longest waits.
    Waiting,
    /// Shows the body of an event. That you looked is written down.
    Inspect {
        /// Its id in the quarantine.
        id: Uuid,
    },
    /// Reads an event again and files it.
    Release {
        /// Its id in the quarantine.
        id: Uuid,
        /// The subject it should have come in on.
        #[arg(long)]
        channel: Option<String>,
        /// Keep identifiers that do not read as they were written, and never match by them.
        #[arg(long)]
        set_aside: bool,
    },
    /// Takes an event off the list.
    Discard {
        /// Its id in the quarantine.
        id: Uuid,
        /// Why: replaced, not-for-this-house, test, unreadable or taken-back.
        #[arg(long)]
        reason: String,
    },
}

/// Does it at the intake that answers at `api`, with an operator's token.
///
/// # Errors
/// When intake does not answer, or says no; the error says what it said.
#[expect(clippy::print_stdout, reason = "this is what the command is for")]
pub async fn run(api: &str, token: &str, act: Act) -> Result<()> {
    let intake = Api::new("intake", api, token);
    match act {
        Act::List => {
            let mut cursor = String::new();
            loop {
                let page = intake.get(&format!("/quarantined-events?limit=100{cursor}")).await?;
                for entry in page["entries"].as_array().into_iter().flatten() {
                    println!("{}", line(entry));
                }
                match page["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => return Ok(()),
                }
            }
        }
        Act::Waiting => {
            let waiting = intake.get("/waiting-events").await?;
            for (thing, count) in waiting["counts"].as_object().into_iter().flatten() {
                println!("{count} for a {thing}");
            }
            for wait in waiting["longest"].as_array().into_iter().flatten() {
                let text = |name: &str| wait[name].as_str().unwrap_or("-").to_owned();
                println!("{} since {} for {} {}", text("event"), text("since"), text("thing"), text("id"));
            }
        }
        Act::Inspect { id } => {
            let inspection = intake.post(&format!("/quarantined-events/{id}/inspections"), &json!({})).await?;
            println!("{}", inspection["body"].as_str().unwrap_or_default());
        }
        Act::Release { id, channel, set_aside } => {
            let release = json!({ "channel": channel, "setAside": set_aside });
            intake.post(&format!("/quarantined-events/{id}/releases"), &release).await?;
            println!("released");
        }
        Act::Discard { id, reason } => {
            intake.post(&format!("/quarantined-events/{id}/discards"), &json!({ "reason": reason })).await?;
            println!("discarded");
        }
    }
    Ok(())
}

fn line(entry: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let reasons: Vec<String> = entry["reasons"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|reason| format!("{} {}", text(&reason["pointer"]), text(&reason["code"])))
        .collect();
    format!("{} {} {} {}", text(&entry["id"]), text(&entry["since"]), text(&entry["channel"]), reasons.join(", "))
}
