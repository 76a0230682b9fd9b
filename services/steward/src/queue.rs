//! The queue: which questions there are, and the cases they are about. The read model in the schema `steward`.
//!
//! Invariants: a row is a function of the facts under its tag, read while holding the lock on that tag; so the order in
//! which facts are announced plays no part, and the tables can be emptied and built anew. Nothing personal stands in them.
//! Of a case only registration, hearings and closing are folded: what anybody is charged with never comes here.

use domain::court::Court;
use domain::decision::{Tag, Tags};
use domain::decisions::docket::Docket;
use domain::fact::linker::FieldEvidence;
use domain::fact::{Body, IntakeFact};
use domain::ids::{CaseId, MatchId};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use journal::{JournalError, Transaction};
use sqlx::PgPool;

use crate::standing::{Kind, Standing, Status, because};

/// What a steward sees of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseCard {
    /// The court that has it.
    pub court: Court,
    /// Family, youth or criminal.
    pub jurisdiction: Jurisdiction,
    /// What kind of proceeding.
    pub kind: ProceedingKind,
    /// The first hearing from the day of asking on.
    pub hearing: Option<Date>,
}

/// A question in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The question.
    pub question: MatchId,
    /// Why it is asked.
    pub kind: Kind,
    /// Whether it waits for an answer.
    pub status: Status,
    /// The rule that asks, such as `name-birth`.
    pub rule: String,
    /// Field by field how far the records agree.
    pub fields: Vec<FieldEvidence>,
    /// Why it is no longer asked.
    pub withdrawn: Option<String>,
    /// The cases of the first and the second record; nothing while a court has not told of a registration.
    pub cases: [Option<CaseCard>; 2],
    /// Since when it has been asked.
    pub opened_at: Timestamp,
}

impl Entry {
    /// The first hearing in either case.
    pub fn hearing(&self) -> Option<Date> {
        self.cases.iter().flatten().filter_map(|case| case.hearing).min()
    }

    /// Its place in the queue.
    pub fn place(&self) -> Place {
        Place { hearing: self.hearing(), opened_at: self.opened_at, question: self.question }
    }
}

/// Where a question stands in the queue: earliest hearing first, then the longest wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first hearing in either case.
    pub hearing: Option<Date>,
    /// Since when it has been asked.
    pub opened_at: Timestamp,
    /// The question.
    pub question: MatchId,
}

/// Which part of the queue is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Only questions of this kind.
    pub kind: Option<Kind>,
    /// Only questions that stand so.
    pub status: Status,
    /// Only what comes behind this place.
    pub after: Option<Place>,
    /// How many at most.
    pub limit: u32,
    /// The day of asking: hearings before it no longer press.
    pub today: Date,
}

/// Everything a question's row follows from, to be locked before [`refresh`].
pub fn locks(question: MatchId, cases: Option<(CaseId, CaseId)>) -> Tags {
    let mut tags = Tags::from([Tag::from(question)]);
    if let Some((a, b)) = cases {
        tags.extend([a.into(), b.into()]);
    }
    tags
}

/// Writes down how a question stands. The caller holds the lock on its tag.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn refresh(tx: &mut Transaction, question: MatchId) -> Result<Option<Standing>, JournalError> {
    let facts = tx.facts(&locks(question, None)).await?;
    let Some(standing) = Standing::of(question, &facts) else { return Ok(None) };
    let asked = &standing.asked;
    sqlx::query_file!(
        "src/sql/keep_question.sql",
        question.uuid(),
        asked.pair.a.uuid(),
        asked.pair.b.uuid(),
        asked.cases.0.uuid(),
        asked.cases.1.uuid(),
        standing.kind.as_str(),
        asked.evidence.rule,
        serde_json::to_value(&asked.evidence.fields)?,
        standing.status.as_str(),
        standing.opened_at.to_sqlx() as _,
        standing.changed_at.to_sqlx() as _,
        standing.withdrawn.map(because)
    )
    .execute(tx.sql())
    .await?;
    Ok(Some(standing))
}

/// Writes down where a case runs and when it is heard. The caller holds the lock on its tag.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn refresh_case(tx: &mut Transaction, case: CaseId) -> Result<(), JournalError> {
    let facts = tx.facts(&Tags::from([case.into()])).await?;
    let mut docket = Docket::default();
    for fact in &facts {
        if let Body::Intake(fact) = &fact.body
            && speaks_of_the_calendar(fact)
        {
            docket.fold(fact);
        }
    }
    let Some(case) = docket.view() else { return Ok(()) };
    let numbers: Vec<String> = case.numbers.iter().map(ToString::to_string).collect();
    let hearings: Vec<jiff_sqlx::Date> = case.hearings.iter().map(|hearing| hearing.on.to_sqlx()).collect();
    sqlx::query_file!(
        "src/sql/keep_case.sql",
        case.case.uuid(),
        case.court.code(),
        case.jurisdiction.as_str(),
        case.kind.code(),
        &numbers,
        &hearings as _
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

/// Whether a fact says where or when a case runs. The others are not for this desk.
const fn speaks_of_the_calendar(fact: &IntakeFact) -> bool {
    matches!(
        fact,
        IntakeFact::CaseRegistered(_)
            | IntakeFact::HearingPlanned(_)
            | IntakeFact::HearingMoved(_)
            | IntakeFact::HearingCancelled(_)
            | IntakeFact::CaseClosed(_)
            | IntakeFact::EventRetracted(_)
            | IntakeFact::EventCorrected(_)
    )
}

/// Whether any question was ever asked about a record in this case.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn concerns(tx: &mut Transaction, case: CaseId) -> Result<bool, JournalError> {
    let found = sqlx::query_scalar!(
        r#"select exists (select 1 from steward.questions where case_a = $1 or case_b = $1) as "found!""#,
        case.uuid()
    )
    .fetch_one(tx.sql())
    .await?;
    Ok(found)
}

/// A part of the queue, in order.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a row holds what this house never wrote.
pub async fn list(pool: &PgPool, wanted: &Wanted) -> Result<Vec<Entry>, JournalError> {
    let rows = sqlx::query_file!(
        "src/sql/questions.sql",
        wanted.today.to_sqlx() as _,
        wanted.status.as_str(),
        wanted.kind.map(Kind::as_str),
        wanted.after.map(|place| place.question.uuid()),
        wanted.after.and_then(|place| place.hearing).map(ToSqlx::to_sqlx) as _,
        wanted.after.map(|place| place.opened_at.to_sqlx()) as _,
        i64::from(wanted.limit)
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                question: MatchId::from_uuid(row.question),
                kind: Kind::parse(&row.kind).ok_or(impossible("kind"))?,
                status: Status::parse(&row.status).ok_or(impossible("status"))?,
                rule: row.rule,
                fields: serde_json::from_value(row.evidence)?,
                withdrawn: row.withdrawn_because,
                cases: [
                    card(row.court_a, row.jurisdiction_a, row.kind_a, row.hearing_a)?,
                    card(row.court_b, row.jurisdiction_b, row.kind_b, row.hearing_b)?,
                ],
                opened_at: row.opened_at.to_jiff(),
            })
        })
        .collect()
}

/// A case as the desk shows it beside a record.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// Where it runs and when it is heard.
    pub card: CaseCard,
    /// Its numbers at that court, for looking into the court's own file.
    pub numbers: Vec<String>,
}

/// A case that a question is about; nothing while its court has not told of its registration.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a row holds what this house never wrote.
pub async fn case(tx: &mut Transaction, case: CaseId, today: Date) -> Result<Option<CaseFile>, JournalError> {
    let row = sqlx::query!(
        r#"select court, jurisdiction, kind, numbers,
                  (select min(day) from unnest(hearings) as day where day >= $2) as "hearing: jiff_sqlx::Date"
           from steward.cases where case_id = $1"#,
        case.uuid(),
        today.to_sqlx() as _
    )
    .fetch_optional(tx.sql())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let card = card(Some(row.court), Some(row.jurisdiction), Some(row.kind), row.hearing)?;
    Ok(card.map(|card| CaseFile { card, numbers: row.numbers }))
}

fn card(
    court: Option<String>,
    jurisdiction: Option<String>,
    kind: Option<String>,
    hearing: Option<jiff_sqlx::Date>,
) -> Result<Option<CaseCard>, JournalError> {
    let (Some(court), Some(jurisdiction), Some(kind)) = (court, jurisdiction, kind) else { return Ok(None) };
    Ok(Some(CaseCard {
        court: Court::parse(&court).map_err(|_| impossible("court"))?,
        jurisdiction: Jurisdiction::parse(&jurisdiction).map_err(|_| impossible("jurisdiction"))?,
        kind: ProceedingKind::parse(&kind).map_err(|_| impossible("kind"))?,
        hearing: hearing.map(jiff_sqlx::Date::to_jiff),
    }))
}

const fn impossible(column: &'static str) -> JournalError {
    JournalError::Impossible { table: "the steward's queue", column }
}
