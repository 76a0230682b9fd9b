//! Signals that wait unread while their term nears: what the clerks of a case are shown of them.
//!
//! Invariants: a clerk sees that something waits in which case and by when, never what it says nor how many there are; what a judge
//! has read since, or what was withdrawn, waits no more; each version is escalated once, however many replicas look.

use domain::decision::Tags;
use domain::decisions::escalate_signal::EscalateSignal;
use domain::fact::Subject;
use domain::ids::{CaseId, FactId, SignalId};
use jiff::civil::Date;
use journal::{DecideError, JournalError};
use service::Service;
use uuid::Uuid;

use crate::daily::left;
use crate::inbox::{CaseReference, reference};
use crate::read_model;

/// How many signals are looked up at once.
const BATCH: i64 = 200;

/// Decides for every signal that nobody has read whether the clerks of its case are to hear of it. Answers of how many it could not
/// be decided.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_day(service: &Service, today: Date) -> Result<u32, JournalError> {
    let (mut after, mut failed) = (Uuid::nil(), 0);
    loop {
        // What is low may wait in the list; the decision itself looks at all the rest.
        let unread = sqlx::query!(
            "select s.signal, s.own_case from alerts.signals s
             left join alerts.escalations e on e.signal = s.signal
             where s.standing = 'stands' and s.urgency <> 'low' and s.signal > $1 and coalesce(e.version, 0) < s.version
               and not exists (select from alerts.assignments a join alerts.seen k on k.judge = a.judge and k.signal = s.signal
                               where a.case_id = s.own_case and k.read >= s.version)
             order by s.signal limit $2",
            after,
            BATCH
        )
        .fetch_all(service.journal.pool())
        .await?;
        let Some(last) = unread.last() else { return Ok(failed) };
        after = last.signal;
        for row in unread {
            if service.stopping().is_cancelled() {
                return Ok(failed);
            }
            let decision = EscalateSignal {
                signal: SignalId::from_uuid(row.signal),
                own: CaseId::from_uuid(row.own_case),
                today,
                policies: service.policies.clone(),
            };
            let outcome = match decide(service, &decision).await {
                Err(error) if error.is_deadlock() => decide(service, &decision).await,
                outcome => outcome,
            };
            failed += left(outcome, "escalation", row.signal)?;
        }
    }
}

async fn decide(service: &Service, decision: &EscalateSignal) -> Result<(), JournalError> {
    let mut transaction = service.journal.begin().await?;
    transaction.lock(&Tags::from([decision.signal.into(), decision.own.into()])).await?;
    let version = sqlx::query_scalar!("select version from alerts.signals where signal = $1", decision.signal.uuid())
        .fetch_one(transaction.sql())
        .await?;
    let id = FactId::derived(&["escalated", &decision.signal.to_string(), &version.to_string()]).uuid();
    let writes = match transaction.decide(decision, &service.because_of(id, service.clock.now())).await {
        Ok(writes) => writes,
        Err(DecideError::Refused(never)) => match never {},
        Err(DecideError::Journal(error)) => return Err(error),
    };
    read_model::note(transaction.sql(), &writes).await?;
    transaction.commit().await
}

/// A case in which something waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The case.
    pub case: CaseReference,
    /// The first day by which something should be read.
    pub read_by: Date,
    /// The day on which it was first said.
    pub escalated_on: Date,
    /// Whether a judge has the case now.
    pub has_judge: bool,
}

/// At most `limit` cases of the clerk's in which something waits, the soonest first.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_clerk(service: &Service, clerk: &Subject, limit: i64) -> Result<Vec<Waiting>, JournalError> {
    let rows = sqlx::query!(
        r#"select own.id, own.jurisdiction, own.proceeding, own.court, own.numbers,
             min(w.read_by) as "read_by!: jiff_sqlx::Date", min(w.escalated_on) as "escalated_on!: jiff_sqlx::Date",
             exists (select from alerts.assignments a where a.case_id = own.id) as "has_judge!"
           from alerts.clerks c
           join alerts.waiting w on w.own_case = c.case_id
           join alerts.cases own on own.id = w.own_case
           where c.clerk = $1
           group by own.id order by min(w.read_by), own.id limit $2"#,
        clerk.as_str(),
        limit
    )
    .fetch_all(service.journal.pool())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Waiting {
                case: reference(row.id, &row.jurisdiction, &row.proceeding, &row.court, row.numbers)?,
                read_by: row.read_by.to_jiff(),
                escalated_on: row.escalated_on.to_jiff(),
                has_judge: row.has_judge,
            })
        })
        .collect()
}
