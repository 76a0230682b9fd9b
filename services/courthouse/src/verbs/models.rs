//! `verband models`: by which model who is who is decided; proposed by one operator and approved by another, over the linker's API.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use matching::gate::Policy;
use serde_json::{Value, json};
use uuid::Uuid;

use super::service::Api;

/// What to do.
#[derive(Subcommand)]
pub enum Act {
    /// Lists the model in force, the one that comes with the programme, and every proposal: id, status, model, by whom.
    List,
    /// Proposes a model or policy. Nothing changes until another operator approves it; `verband simulate` says what would.
    Propose {
        /// A file with a model, as `verband train` writes it; the model of courts where none is given.
        #[arg(long)]
        model: Option<PathBuf>,
        /// What is taken for certain without asking anybody: `numbers` or `rules`.
        #[arg(long, default_value = "numbers")]
        policy: Policy,
    },
    /// Approves what another operator proposed: the register is decided anew by it, while others go on deciding.
    Approve {
        /// The proposal.
        id: Uuid,
    },
    /// Rejects a proposal, or takes back one's own.
    Reject {
        /// The proposal.
        id: Uuid,
    },
}

impl Act {
    /// Which operator of the development stack does it where no token is given: another approves than the one who proposes.
    pub const fn invented(&self) -> &'static str {
        if matches!(self, Self::Approve { .. }) { "operator-gerda" } else { "operator-femke" }
    }
}

/// Does it at the linker that answers at `api`, with an operator's token. Answers what then stands, a line each.
///
/// # Errors
/// When the linker does not answer, or says no; the error says what it said.
pub async fn run(api: &str, token: &str, act: Act) -> Result<Vec<String>> {
    let linker = Api::new("linker", api, token);
    let models = match act {
        Act::List => linker.get("/models").await?,
        Act::Propose { model, policy } => {
            let read = |file: PathBuf| {
                std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
            };
            let model = model.map(read).transpose()?;
            linker.post("/models", &json!({ "model": model, "policy": policy.code() })).await?
        }
        Act::Approve { id } => linker.post(&format!("/models/{id}/approvals"), &json!({})).await?,
        Act::Reject { id } => linker.post(&format!("/models/{id}/rejections"), &json!({})).await?,
    };
    Ok(lines(&models))
}

fn lines(models: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let anew =
        if models["decidingAnew"] == true { ", and part of the register is still to be decided anew" } else { "" };
    let mut lines = vec![
        format!("in force  {}{anew}", text(&models["inForce"])),
        format!("built in  {}", text(&models["builtIn"])),
    ];
    lines.extend(models["proposals"].as_array().into_iter().flatten().map(|proposal| {
        let settled = proposal["settledBy"].as_str().map(|by| format!(", settled by {by}")).unwrap_or_default();
        format!(
            "{} {:<8} {} proposed by {}{settled}",
            text(&proposal["id"]),
            text(&proposal["status"]),
            text(&proposal["model"]),
            text(&proposal["proposedBy"])
        )
    }));
    lines
}
