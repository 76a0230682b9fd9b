//! What another model or policy would make of the register, for who decides whether to use it.

use std::fmt::Display;
use std::path::Path;

use anyhow::{Context, Result};
use linker::simulate::Simulation;
use matching::engine::Engine;
use matching::gate::Policy;
use matching::model::Model;
use runtime::Clock;

/// How many of each thing are named; all are counted.
const NAMED: usize = 20;

/// Compares the register of today with what it would be by the model in a file, or that of courts, under a policy.
///
/// # Errors
/// When PostgreSQL cannot be reached, the keys are not those of the register, or the file holds no model.
pub async fn simulate(url: &str, key_file: &Path, model: Option<&Path>, policy: Policy) -> Result<Vec<String>> {
    let model = match model {
        Some(file) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            Model::from_toml(&text).with_context(|| file.display().to_string())?
        }
        None => Model::of_courts()?,
    };
    let engine = Engine::new(model, policy)?;
    let today = Clock::system().today();
    let simulation = super::linker(url, key_file)?.simulate(&engine, &alerts::KINDS, today).await?;
    Ok(lines(engine.id(), &simulation))
}

fn lines(model: &str, simulation: &Simulation) -> Vec<String> {
    let (before, after) = simulation.persons;
    let mut lines =
        vec![format!("model {model}, {} records", simulation.records), format!("{:>8} persons, {after} by it", before)];
    let records = |(person, records): (&domain::ids::PersonId, &std::collections::BTreeSet<domain::ids::PartyId>)| {
        let records: Vec<String> = records.iter().map(ToString::to_string).collect();
        format!("{person}: {}", records.join(" "))
    };
    let pair = |(own, parallel): &(domain::ids::CaseId, domain::ids::CaseId)| format!("judges of {own} of {parallel}");
    let link = |cases: &domain::ids::Pair<domain::ids::CaseId>| format!("{} and {}", cases.a, cases.b);
    counted(&mut lines, "persons made of records that are apart today", simulation.merged.iter().map(records));
    counted(&mut lines, "persons of today whose records would be apart", simulation.split.iter().map(records));
    counted(&mut lines, "questions more for stewards", &simulation.asked);
    counted(&mut lines, "questions of today not asked any more", &simulation.not_asked);
    counted(&mut lines, "links more", simulation.linked.iter().map(link));
    counted(&mut lines, "links of today not there any more", simulation.not_linked.iter().map(link));
    counted(&mut lines, "signals more", simulation.told.iter().map(pair));
    counted(&mut lines, "signals of today withdrawn", simulation.not_told.iter().map(pair));
    counted(&mut lines, "signals of today changed", simulation.told_otherwise.iter().map(pair));
    lines
}

fn counted<T: Display>(lines: &mut Vec<String>, what: &str, things: impl IntoIterator<Item = T>) {
    let things: Vec<String> = things.into_iter().map(|thing| thing.to_string()).collect();
    lines.push(format!("{:>8} {what}", things.len()));
    lines.extend(things.iter().take(NAMED).map(|thing| format!("           {thing}")));
    if things.len() > NAMED {
        lines.push(format!("           and {} more", things.len() - NAMED));
    }
}
