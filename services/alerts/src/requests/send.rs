//! Tells the other court of a request: `requests.v1.<jurisdiction>.<court>.<what>`.
//!
//! Invariants: a message names the recipient's own case, what is asked and by when, and nobody; the court that asks is named only
//! where nobody in either case is shielded; published before the note that it was handled is committed, under the fact's id.

use std::collections::BTreeSet;

use bus::{Outgoing, subjects};
use contract::outgoing::{RequestNews, SOURCE};
use domain::decisions::shielding::{self, Shielding};
use domain::fact::{AlertsFact, Body, Fact};
use domain::ids::{CaseId, RequestId};
use journal::{JournalError, Transaction};
use serde_json::json;
use service::Service;

use super::asked_on;
use crate::inbox::{self, CaseReference};
use crate::signals;

/// Publishes what a fact about a request says, once.
///
/// # Errors
/// When PostgreSQL or the bus cannot be reached.
pub async fn send(service: &Service, fact: &Fact) -> Result<(), JournalError> {
    let mut transaction = service.journal.begin().await?;
    let Some(news) = News::of(fact) else { return Ok(()) };
    if transaction.was_handled(fact.id.uuid()).await? {
        return Ok(());
    }
    let message = message(&mut transaction, fact, &news).await?;
    service.bus.publish(vec![message]).await.map_err(|error| JournalError::Away(error.into()))?;
    transaction.first_time(fact.id.uuid()).await?;
    transaction.commit().await
}

/// What happened to a request.
struct News {
    what: &'static str,
    request: RequestId,
    signal: domain::ids::SignalId,
    own: CaseId,
    parallel: CaseId,
}

impl News {
    fn of(fact: &Fact) -> Option<Self> {
        let Body::Alerts(told) = &fact.body else { return None };
        let (what, request, signal, own, parallel) = match told {
            AlertsFact::InformationRequested(f) => (RequestNews::WHAT[0], f.request, f.signal, f.own, f.parallel),
            AlertsFact::InformationRequestWithdrawn(f) => {
                (RequestNews::WHAT[1], f.request, f.signal, f.own, f.parallel)
            }
            AlertsFact::InformationRequestOverdue(f) => (RequestNews::WHAT[2], f.request, f.signal, f.own, f.parallel),
            _ => return None,
        };
        Some(Self { what, request, signal, own, parallel })
    }
}

async fn message(transaction: &mut Transaction, fact: &Fact, news: &News) -> Result<Outgoing, JournalError> {
    let gone = JournalError::Impossible { table: "alerts.cases", column: "id" };
    let theirs = inbox::case(transaction.sql(), news.parallel).await?.ok_or(gone)?;
    let own = inbox::case(transaction.sql(), news.own).await?;
    let asked = asked_on(transaction, news.signal).await?.into_iter().find(|asked| asked.request == news.request);
    let asked = asked.ok_or(JournalError::Impossible { table: "journal.facts", column: "kind" })?;
    let cases = BTreeSet::from([news.own, news.parallel]);
    let kinds = [&shielding::KINDS[..], &shielding::OF_PERSONS].concat();
    let mut facts = transaction.facts_of(&cases.iter().map(|case| (*case).into()).collect(), &kinds).await?;
    facts.extend(signals::said_elsewhere(transaction, &cases, &facts).await?);
    let hidden = Shielding::of(&facts).shields_anybody(&cases);
    let court = |case: &CaseReference| case.court.code().to_owned();
    let data = RequestNews {
        request: news.request.to_string(),
        court: court(&theirs),
        case_numbers: theirs.numbers.clone(),
        information: asked.information.code().to_owned(),
        legal_basis: asked.basis.code().to_owned(),
        answer_by: asked.answer_by.to_string(),
        requesting_court: own.as_ref().filter(|_| !hidden).map(court),
    };
    let event = json!({
        "specversion": "1.0",
        "id": fact.id,
        "source": SOURCE,
        "type": RequestNews::event_type(news.what),
        "subject": news.request,
        "time": fact.recorded_at.to_string(),
        "datacontenttype": "application/json",
        "data": data,
    });
    Ok(Outgoing {
        subject: subjects::request(theirs.jurisdiction.as_str(), &theirs.court.subject_token(), news.what),
        id: Some(fact.id.to_string()),
        headers: vec![("Content-Type", "application/cloudevents+json".to_owned())],
        payload: serde_json::to_vec(&event)?.into(),
    })
}
