//! Tells the court's own systems, on the bus, that a signal was raised, updated or withdrawn, or waits unread while its term nears:
//! `alerts.v1.<court>.<what>`.
//!
//! Invariants: a message names the own case, the kind and the urgency, and nobody; of the parallel case it says nothing;
//! published before the note that it was handled is committed, under the fact's id, so that it goes out at least once and the
//! bus drops a second one. A court's webhook is told the same ([`crate::webhooks`]).

use bus::{Outgoing, subjects};
use contract::outgoing::{SOURCE, SignalNews};
use domain::decision::Tags;
use domain::fact::alerts::{Signal, SignalEscalated, SignalWithdrawn};
use domain::fact::{AlertsFact, Body, Fact};
use domain::ids::{CaseId, FactId, SignalId};
use journal::{JournalError, Transaction};
use serde_json::json;
use service::Service;

use crate::inbox::{self, CaseReference};
use crate::read_model::word;
use crate::webhooks::Webhooks;

/// Publishes what a fact about a signal says, once.
///
/// # Errors
/// When PostgreSQL or the bus cannot be reached.
pub async fn publish(service: &Service, webhooks: &Webhooks, fact: &Fact) -> Result<(), JournalError> {
    let Body::Alerts(told) = &fact.body else { return Ok(()) };
    let Some(news) = News::of(told)? else { return Ok(()) };
    let mut transaction = service.journal.begin().await?;
    // First, so that of two who tell of one fact the second waits for the first.
    if !transaction.first_time(fact.id.uuid()).await? {
        return Ok(());
    }
    let mut messages = Vec::with_capacity(2);
    for news in moved(&mut transaction, fact, news).await? {
        // The row was written in the transaction of the fact.
        let own = inbox::case(transaction.sql(), news.own)
            .await?
            .ok_or(JournalError::Impossible { table: "alerts.cases", column: "id" })?;
        let (id, message) = message(fact, &news, &own, messages.is_empty())?;
        let body = String::from_utf8_lossy(&message.payload);
        webhooks.note(transaction.sql(), own.court, id.uuid(), &body, service.clock.now()).await?;
        messages.push(message);
    }
    service.bus.publish(messages).await.map_err(|error| JournalError::Away(error.into()))?;
    transaction.commit().await
}

/// The same, or where the signal went from one case to another with the matter: its end for the former, and its beginning for
/// the later one.
async fn moved(transaction: &mut Transaction, fact: &Fact, news: News) -> Result<Vec<News>, JournalError> {
    if news.what != UPDATED {
        return Ok(vec![news]);
    }
    let facts = transaction.facts(&Tags::from([news.signal.into()])).await?;
    let before = facts.iter().take_while(|other| other.id != fact.id).filter_map(|other| match &other.body {
        Body::Alerts(AlertsFact::SignalRaised(signal) | AlertsFact::SignalUpdated(signal)) => Some(signal.own),
        _ => None,
    });
    let Some(former) = before.last().filter(|former| *former != news.own) else { return Ok(vec![news]) };
    let ended = News { what: WITHDRAWN, own: former, weight: None, ..news.clone() };
    Ok(vec![ended, News { what: RAISED, ..news }])
}

/// What is said of signals.
const RAISED: &str = "signal-raised";
const UPDATED: &str = "signal-updated";
const WITHDRAWN: &str = "signal-withdrawn";
const ESCALATED: &str = "signal-escalated";

/// What happened to a signal.
#[derive(Clone)]
struct News {
    what: &'static str,
    signal: SignalId,
    own: CaseId,
    version: u32,
    /// Kind, urgency and tier, of a version that is told.
    weight: Option<Weight>,
    /// That it waits, and by when it should be read.
    waits: Option<SignalEscalated>,
}

/// What a signal weighs.
#[derive(Clone)]
struct Weight {
    kind: String,
    urgency: String,
    tier: Option<u8>,
}

impl News {
    fn of(told: &AlertsFact) -> Result<Option<Self>, JournalError> {
        Ok(match told {
            AlertsFact::SignalRaised(signal) => Some(Self::standing(RAISED, signal)?),
            AlertsFact::SignalUpdated(signal) => Some(Self::standing(UPDATED, signal)?),
            AlertsFact::SignalWithdrawn(SignalWithdrawn { signal, own, version, .. }) => {
                let (signal, own, version) = (*signal, *own, *version);
                Some(Self { what: WITHDRAWN, signal, own, version, weight: None, waits: None })
            }
            AlertsFact::SignalEscalated(escalated) => {
                let SignalEscalated { signal, own, version, .. } = *escalated;
                let waits = Some(escalated.clone());
                Some(Self { what: ESCALATED, signal, own, version, weight: None, waits })
            }
            _ => None,
        })
    }

    fn standing(what: &'static str, signal: &Signal) -> Result<Self, JournalError> {
        let told = &signal.assessment;
        let weight = Weight { kind: word(&told.kind)?, urgency: word(&told.urgency)?, tier: told.tier };
        let (own, version) = (signal.own, signal.version);
        Ok(Self { what, signal: signal.signal, own, version, weight: Some(weight), waits: None })
    }
}

/// The event in its structured form (CloudEvents 1.0, JSON format).
fn message(fact: &Fact, news: &News, own: &CaseReference, first: bool) -> Result<(FactId, Outgoing), JournalError> {
    // Of a signal that went to another case two are told because of one fact.
    let id = if first { fact.id } else { FactId::derived(&[&fact.id.to_string(), news.what]) };
    let weight = news.weight.as_ref();
    let data = SignalNews {
        signal: news.signal.to_string(),
        version: news.version,
        court: own.court.code().to_owned(),
        case_numbers: own.numbers.clone(),
        kind: weight.map(|weight| weight.kind.clone()),
        urgency: weight.map(|weight| weight.urgency.clone()),
        tier: weight.and_then(|weight| weight.tier),
        read_by: news.waits.as_ref().map(|waits| waits.read_by.to_string()),
        without_judge: news.waits.as_ref().map(|waits| waits.without_judge),
    };
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": SOURCE,
        "type": SignalNews::event_type(news.what),
        "subject": news.signal,
        "time": fact.recorded_at.to_string(),
        "datacontenttype": "application/json",
        "data": data,
    });
    let message = Outgoing {
        subject: subjects::alert(&own.court.subject_token(), news.what),
        id: Some(id.to_string()),
        headers: vec![("Content-Type", "application/cloudevents+json".to_owned())],
        payload: serde_json::to_vec(&event)?.into(),
    };
    Ok((id, message))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::samples;

    fn event(told: AlertsFact) -> (String, Value) {
        let fact = samples::fact(told);
        let Body::Alerts(body) = &fact.body else { unreachable!() };
        let news = News::of(body).unwrap().unwrap();
        let (_, message) = message(&fact, &news, &samples::own_case(), true).unwrap();
        (message.subject, serde_json::from_slice(&message.payload).unwrap())
    }

    #[test]
    fn a_raised_signal_goes_to_its_own_court_and_names_nobody() {
        let signal = samples::signal();
        let (subject, event) = event(AlertsFact::SignalRaised(signal.clone()));
        assert_eq!(subject, "alerts.v1.rbrot.signal-raised");
        assert_eq!(event["type"], "nl.signals.signal-raised.v1");
        assert_eq!(event["subject"], signal.signal.to_string());
        let fields: Vec<_> = event["data"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, ["caseNumbers", "court", "kind", "signal", "tier", "urgency", "version"]);
        assert_eq!(event["data"]["caseNumbers"], json!(["C/10/712345 / FA RK 26-812"]));
        assert_eq!(event["data"]["urgency"], "high");
    }

    #[test]
    fn a_signal_that_waits_says_by_when_and_nothing_of_what_it_tells() {
        let (subject, event) = event(AlertsFact::SignalEscalated(samples::escalated()));
        assert_eq!(subject, "alerts.v1.rbrot.signal-escalated");
        let fields: Vec<_> = event["data"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, ["caseNumbers", "court", "readBy", "signal", "version", "withoutJudge"]);
        assert_eq!((&event["data"]["readBy"], &event["data"]["withoutJudge"]), (&json!("2026-09-28"), &json!(true)));
    }

    #[test]
    fn a_withdrawn_signal_says_no_more_than_that() {
        let (subject, event) = event(AlertsFact::SignalWithdrawn(samples::withdrawn()));
        assert_eq!(subject, "alerts.v1.rbrot.signal-withdrawn");
        let fields: Vec<_> = event["data"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, ["caseNumbers", "court", "signal", "version"]);
    }
}
