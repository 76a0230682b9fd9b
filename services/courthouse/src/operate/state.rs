//! Who was linked at some moment, and why, as an operator reads it.

use anyhow::Result;
use domain::fact::linker::LinkedPerson;
use domain::ids::CaseId;
use jiff::Timestamp;
use linker::state::{Entry, State, why};

/// A line each for matters, links with their persons and the evidence for them, and questions; of one case only, where one is
/// named.
///
/// # Errors
/// When PostgreSQL cannot be reached or the role may not read the journal.
pub async fn state(url: &str, at: Option<Timestamp>, case: Option<CaseId>) -> Result<Vec<String>> {
    let state = State::at(&super::journal(url)?, at).await?;
    Ok(lines(&state, case))
}

fn lines(state: &State, case: Option<CaseId>) -> Vec<String> {
    let concerns = |of: CaseId| case.is_none_or(|case| case == of);
    let mut lines = Vec::new();
    for Entry { said, since, fact } in
        state.matters.values().filter(|matter| matter.said.cases.iter().any(|of| concerns(*of)))
    {
        let cases: Vec<String> = said.cases.iter().map(ToString::to_string).collect();
        lines.push(format!(
            "matter {} since {since} ({fact}): {} goes on as {}",
            said.matter,
            cases.join(", "),
            said.goes_on_as
        ));
    }
    for Entry { said, since, fact } in
        state.links.values().filter(|link| concerns(link.said.cases.a) || concerns(link.said.cases.b))
    {
        lines.push(format!("link {} since {since} ({fact}): cases {} and {}", said.link, said.cases.a, said.cases.b));
        for linked in &said.persons {
            lines.push(format!("  {}", person(linked)));
            if let Some(person) = state.persons.get(&linked.person) {
                lines.push(format!(
                    "    {} records, by model {} ({})",
                    person.said.members.len(),
                    person.said.model,
                    person.fact
                ));
                lines.extend(person.said.evidence.iter().map(|evidence| format!("    {}", why(evidence))));
            }
        }
    }
    for Entry { said, since, fact } in
        state.questions.values().filter(|asked| concerns(asked.said.cases.0) || concerns(asked.said.cases.1))
    {
        lines.push(format!("question {} since {since} ({fact}): {}", said.question, why(&said.evidence)));
    }
    lines
}

fn person(linked: &LinkedPerson) -> String {
    let roles = |roles: &std::collections::BTreeSet<domain::role::Role>| {
        roles.iter().map(|role| role.code()).collect::<Vec<_>>().join("+")
    };
    format!("person {}: {} here, {} there", linked.person, roles(&linked.roles_in_a), roles(&linked.roles_in_b))
}
