//! Notes articles of charges that the code list of offences does not know, and settles them when it does: when something is
//! charged, and at the start and each day, for the list may have been filled since.
//!
//! Invariant: what is noted follows from the case and the list; a cause writes at most once, and what came in since is a fact
//! that is yet to be handled, or is looked at the next day.

use domain::decision::Decision;
use domain::decisions::note_articles::{Known, NoteArticles};
use domain::fact::{Body, Fact, IntakeFact};
use domain::ids::{CaseId, FactId};
use domain::jurisdiction::Jurisdiction;
use jiff::civil::Date;
use journal::{Cause, JournalError};
use service::Service;

use crate::daily::left;
use crate::read_model;

/// Looks at the articles of a case because of the last of these facts about it that may have a bearing on them.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_case(service: &Service, facts: &[Fact], case: CaseId) -> Result<(), JournalError> {
    let Some(fact) = facts.iter().rfind(|fact| has_a_bearing(&fact.body)) else { return Ok(()) };
    let id = FactId::derived(&["articles", &fact.id.to_string()]).uuid();
    decide(service, case, &service.because_of(id, fact.event_time)).await
}

/// Looks again at every case with an article that was unknown. Answers at how many it could not.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_day(service: &Service, today: Date) -> Result<u32, JournalError> {
    let mut failed = 0;
    let cases = sqlx::query_scalar!("select distinct case_id from alerts.unknown_articles order by case_id")
        .fetch_all(service.journal.pool())
        .await?;
    for case in cases {
        let id = FactId::derived(&["articles", &case.to_string(), &today.to_string()]).uuid();
        let outcome = decide(service, CaseId::from_uuid(case), &service.because_of(id, service.clock.now())).await;
        failed += left(outcome, "articles", case)?;
    }
    Ok(failed)
}

async fn decide(service: &Service, case: CaseId, because: &Cause) -> Result<(), JournalError> {
    let decision = NoteArticles { case };
    let mut transaction = service.journal.begin().await?;
    transaction.lock(&decision.rests_on()).await?;
    let facts = transaction.facts(&decision.rests_on()).await?;
    let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    let writes = match decision.decide(&known) {
        Ok(writes) => writes,
        Err(never) => match never {},
    };
    if writes.is_empty() || !transaction.first_time(because.id).await? {
        return Ok(());
    }
    let written = transaction.append(writes, because).await?;
    read_model::note(transaction.sql(), &written).await?;
    transaction.commit().await
}

/// Whether a fact may change what is charged in a case, or whether it may be told of.
fn has_a_bearing(body: &Body) -> bool {
    match body {
        Body::Intake(IntakeFact::CaseRegistered(f)) => f.jurisdiction == Jurisdiction::Criminal,
        Body::Intake(
            IntakeFact::ChargeBrought(_)
            | IntakeFact::ChargeAmended(_)
            | IntakeFact::SuspicionRegistered(_)
            | IntakeFact::EmbargoImposed(_)
            | IntakeFact::EmbargoLifted(_)
            | IntakeFact::EventRetracted(_)
            | IntakeFact::EventCorrected(_),
        ) => true,
        _ => false,
    }
}
