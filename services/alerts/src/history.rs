//! The proceedings between the parties of a judge's case, on request and written down.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::Tags;
use domain::decisions::docket::Docket;
use domain::decisions::form_matters::Matters;
use domain::decisions::procedure_history::{Proceeding, history, links};
use domain::fact::alerts::ProcedureHistoryAsked;
use domain::fact::{Actor, AlertsFact, Body, Fact, Subject};
use domain::ids::CaseId;
use journal::{JournalError, Transaction};
use service::Service;
use web::Problem;

use crate::act::{problem, refused};
use crate::signals::fold;

/// The proceedings between the parties of a case. That the judge asked is a fact, once a day.
///
/// # Errors
/// 404 when there is no such case or it is not theirs.
pub async fn ask(service: &Service, judge: &Subject, case: CaseId) -> Result<Vec<Proceeding>, Problem> {
    let found = try_ask(service, judge, case).await.map_err(|error| problem(&error))?;
    if found.is_none() {
        refused(service, judge, case.uuid(), "ask-history").await.map_err(|error| problem(&error))?;
    }
    found.ok_or_else(Problem::not_found)
}

/// The proceedings that the judge asked for today; nothing where they did not.
///
/// # Errors
/// 404 when there is no such case or it is not theirs.
pub async fn asked_today(service: &Service, judge: &Subject, case: CaseId) -> Result<Option<Vec<Proceeding>>, Problem> {
    let mut transaction = service.journal.begin().await.map_err(|error| problem(&error))?;
    let about = Tags::from([case.into()]);
    let asked = transaction.facts_of(&about, &["alerts.procedure-history-asked"]).await;
    drop(transaction);
    let today = service.clock.today();
    let theirs = |fact: &Fact| matches!(&fact.body, Body::Alerts(AlertsFact::ProcedureHistoryAsked(asked)) if asked.by == *judge && asked.on == today);
    if !asked.map_err(|error| problem(&error))?.iter().any(theirs) {
        return Ok(None);
    }
    // Asked already, so nothing is written; whether the case is still theirs is looked at again.
    ask(service, judge, case).await.map(Some)
}

async fn try_ask(service: &Service, judge: &Subject, case: CaseId) -> Result<Option<Vec<Proceeding>>, JournalError> {
    let mut transaction = service.journal.begin().await?;
    transaction.lock(&Tags::from([case.into()])).await?;
    let facts = transaction.facts(&Tags::from([case.into()])).await?;
    if !fold(case, &facts).judges().contains(judge) {
        return Ok(None);
    }
    let today = service.clock.today();
    let links = links(case, &facts);
    let others: BTreeSet<CaseId> = links.keys().copied().collect();
    let (dockets, matters) = around(&mut transaction, &others, (case, &facts)).await?;
    let asked = ProcedureHistoryAsked { case, by: judge.clone(), on: today };
    let again = facts
        .iter()
        .any(|fact| matches!(&fact.body, Body::Alerts(AlertsFact::ProcedureHistoryAsked(before)) if *before == asked));
    if !again {
        let because = service.asked_by(Actor::user(judge));
        transaction.append(vec![AlertsFact::ProcedureHistoryAsked(asked)], &because).await?;
        transaction.commit().await?;
    }
    Ok(Some(history(case, &links, &dockets, &matters, today)))
}

/// The other cases, and what they are one matter with: what such a case keeps from others is kept by all of them.
async fn around(
    transaction: &mut Transaction,
    others: &BTreeSet<CaseId>,
    (case, own): (CaseId, &[Fact]),
) -> Result<(BTreeMap<CaseId, Docket>, Matters), JournalError> {
    let tags = |cases: &BTreeSet<CaseId>| cases.iter().map(|case| (*case).into()).collect::<Tags>();
    let mut facts = transaction.facts(&tags(others)).await?;
    let matters = Matters::of_facts(&facts);
    let formed = others.iter().filter_map(|other| matters.of(*other)).flat_map(|matter| matter.cases.iter().copied());
    let further: BTreeSet<CaseId> = formed.filter(|one| !others.contains(one)).collect();
    if !further.is_empty() {
        facts.extend(transaction.facts(&tags(&further)).await?);
    }
    let all = others.union(&further);
    let mut dockets: BTreeMap<CaseId, Docket> = all.map(|case| (*case, fold(*case, &facts))).collect();
    dockets.insert(case, fold(case, own));
    Ok((dockets, matters))
}
