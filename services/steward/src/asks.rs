//! Asks the court that told of a record whether that is so, tells how each such question stands, and tells the court.
//!
//! Invariants: of one record one thing is asked at a time; what the court is told names nobody and says nothing of what is doubted but
//! which field; while an answer is waited for in time the task is offered to nobody.

use std::collections::BTreeSet;

use bus::{Outgoing, subjects};
use contract::outgoing::{RecordQuestion, SOURCE};
use domain::decision::{Decision as _, Tags};
use domain::decisions::ask_source::{AskSource, AskState, CONFIRMED, Confirmations, Refusal, state};
use domain::decisions::docket::Told;
use domain::decisions::docket::told::REVISIONS;
use domain::decisions::task::Task;
use domain::fact::steward::{AskedField, SourceAsked};
use domain::fact::{Body, Fact, StewardFact};
use domain::ids::{FactId, PartyId};
use jiff::civil::Date;
use journal::{DecideError, JournalError, Transaction};
use serde_json::json;
use service::Besides;

use crate::desk::{Desk, DeskError};
use crate::queue;
use crate::reveals::Side;
use crate::rulings::{Request, RulingError, fresh_as, written_for};
use crate::version::Changed;

/// What is asked of a court.
#[derive(Debug, Clone)]
pub struct Wish {
    /// About which record.
    pub side: Side,
    /// What is doubted.
    pub fields: BTreeSet<AskedField>,
    /// The last day for an answer; the usual term where none is named.
    pub answer_by: Option<Date>,
}

/// Why nothing was asked.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// By the rules of the desk.
    #[error(transparent)]
    Refused(Refusal),
    /// The name of the request was used for another one.
    #[error("the name of the request was used for another one")]
    RequestReused,
    /// The question or a record changed since the steward saw it.
    #[error("the question was overtaken")]
    Stale(Vec<Changed>),
    /// The desk could not.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<JournalError> for AskError {
    fn from(error: JournalError) -> Self {
        Self::Desk(error.into())
    }
}

impl From<RulingError> for AskError {
    fn from(error: RulingError) -> Self {
        match error {
            RulingError::Desk(error) => Self::Desk(error),
            RulingError::Stale(changed) => Self::Stale(changed),
            _ => Self::Refused(Refusal::NeverAsked),
        }
    }
}

impl Desk {
    /// Asks a court about a record, by what the steward saw. Answers what waits for an answer now, and whether it was asked just now.
    ///
    /// # Errors
    /// Why nothing was asked; then nothing was written.
    pub async fn ask(&self, request: &Request, wish: &Wish) -> Result<(SourceAsked, bool), AskError> {
        let cause = self.cause("asking", request);
        let mut tx = self.journal.begin().await?;
        let standing = queue::standing(&mut tx, request.question).await?;
        let asked = standing.ok_or(AskError::Refused(Refusal::NeverAsked))?.asked;
        let (party, runs_in) = match wish.side {
            Side::First => (asked.pair.a, asked.cases.0),
            Side::Second => (asked.pair.b, asked.cases.1),
        };
        let file = queue::case(&mut tx, runs_in, self.clock.today()).await?;
        let decision = AskSource {
            question: request.question,
            pair: asked.pair,
            party,
            case: runs_in,
            at: file.map(|file| (file.card.court, file.card.jurisdiction, file.numbers)),
            fields: wish.fields.clone(),
            by: request.by.clone(),
            answer_by: wish.answer_by,
            today: self.clock.today(),
            now: self.clock.now(),
        };
        tx.lock(&decision.rests_on()).await?;
        let opened = self.locked(&mut tx, request.question).await?;
        if let Some(fact) = written_for(&opened.facts, &cause) {
            return match &fact.body {
                Body::Steward(StewardFact::SourceAsked(f)) if f.party == party && f.fields == wish.fields => {
                    Ok((f.clone(), true))
                }
                _ => Err(AskError::RequestReused),
            };
        }
        fresh_as(&opened.version, request)?;
        let written = tx.decide(&decision, &cause).await.map_err(|error| match error {
            DecideError::Refused(refusal) => AskError::Refused(refusal),
            DecideError::Journal(error) => error.into(),
        })?;
        let waits = opened.standing.task.asks.iter().rev().find(|asked| asked.party == party).cloned();
        let new = written.first().and_then(|written| match &written.fact {
            StewardFact::SourceAsked(asked) => Some(asked.clone()),
            _ => None,
        });
        let is_new = new.is_some();
        let asked = new.or(waits).ok_or(AskError::Refused(Refusal::NeverAsked))?;
        queue::refresh(&mut tx, request.question).await?;
        tx.commit().await?;
        Ok((asked, is_new))
    }
}

/// How everything stands that was asked of courts on a question, the oldest first.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn standing(
    tx: &mut Transaction,
    task: &Task,
    today: Date,
) -> Result<Vec<(SourceAsked, AskState)>, JournalError> {
    if task.asks.is_empty() {
        return Ok(Vec::new());
    }
    let parties: BTreeSet<PartyId> = task.asks.iter().map(|asked| asked.party).collect();
    let told = tx.told(&parties).await?;
    let records: Tags = parties.into_iter().map(Into::into).collect();
    let cases: Tags = task.asks.iter().map(|asked| asked.case.into()).collect();
    let mut confirmed = Confirmations::default();
    let mut facts = tx.facts_of(&records, &[CONFIRMED]).await?;
    if !facts.is_empty() {
        facts.extend(tx.facts_of(&cases, &REVISIONS).await?);
    }
    for fact in &facts {
        if let Body::Intake(fact) = &fact.body {
            confirmed.hear(fact);
        }
    }
    let of = |asked: &SourceAsked| {
        let words = told.get(&asked.party).and_then(Told::words);
        (asked.clone(), state(asked, words, &confirmed, today))
    };
    Ok(task.asks.iter().map(of).collect())
}

/// What goes to a court besides the announcement that it was asked.
pub const BESIDES: Besides = Besides { kind: "steward.source-asked", messages };

fn messages(fact: &Fact) -> anyhow::Result<Vec<Outgoing>> {
    let Body::Steward(StewardFact::SourceAsked(asked)) = &fact.body else { return Ok(Vec::new()) };
    Ok(vec![message(fact.id, &fact.recorded_at.to_string(), asked)?])
}

/// The event in its structured form (CloudEvents 1.0, JSON format).
fn message(id: FactId, time: &str, asked: &SourceAsked) -> anyhow::Result<Outgoing> {
    let data = RecordQuestion {
        request: asked.request.to_string(),
        court: asked.court.code().to_owned(),
        case: asked.case.to_string(),
        case_numbers: asked.numbers.clone(),
        party: asked.party.to_string(),
        roles: asked.roles.iter().map(|role| role.code().to_owned()).collect(),
        fields: asked.fields.iter().map(|field| field.as_str().to_owned()).collect(),
        answer_by: asked.answer_by.to_string(),
    };
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": SOURCE,
        "type": RecordQuestion::TYPE,
        "subject": asked.request,
        "time": time,
        "datacontenttype": "application/json",
        "data": data,
    });
    Ok(Outgoing {
        subject: subjects::question(asked.jurisdiction.as_str(), &asked.court.subject_token()),
        id: Some(id.to_string()),
        headers: vec![("Content-Type", "application/cloudevents+json".to_owned())],
        payload: serde_json::to_vec(&event)?.into(),
    })
}

#[cfg(test)]
mod tests {
    use domain::court::Court;
    use domain::fact::Subject;
    use domain::ids::{CaseId, RequestId};
    use domain::jurisdiction::Jurisdiction;
    use jiff::civil::date;
    use serde_json::Value;

    use super::*;
    use crate::standing::tests::{id, pair};

    #[test]
    fn a_court_is_told_which_record_and_field_and_nobody() {
        let asked = SourceAsked {
            request: RequestId::derived(&["1"]),
            question: id(),
            party: pair().a,
            case: CaseId::derived(&["1"]),
            court: Court::parse("RBROT").expect("a court"),
            jurisdiction: Jurisdiction::Family,
            numbers: vec!["C/10/712345 / FA RK 26-812".to_owned()],
            roles: [domain::role::Role::parse("petitioner").expect("a role")].into(),
            fields: [AskedField::Bsn, AskedField::BirthDate].into(),
            words: None,
            by: Subject::parse("steward-dirk").expect("a subject"),
            on: date(2026, 9, 14),
            answer_by: date(2026, 9, 28),
        };
        let message = message(FactId::derived(&["1"]), "2026-09-14T07:30:00Z", &asked).expect("a message");
        assert_eq!(message.subject, "questions.v1.family.rbrot");
        let event: Value = serde_json::from_slice(&message.payload).expect("JSON");
        let fields: Vec<&str> = event["data"].as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(fields, ["answerBy", "case", "caseNumbers", "court", "fields", "party", "request", "roles"]);
        assert_eq!(event["data"]["fields"], json!(["bsn", "birth-date"]));
        assert!(!event.to_string().contains("dirk"), "nor who asks");
    }
}
