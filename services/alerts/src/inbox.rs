//! Reading the read model: what a judge finds in the inbox, and what the tasks of this service look up.
//!
//! Invariant: every query that answers a judge goes through their assignments or through what concerns them, so that what is another's
//! is not found.

use domain::court::Court;
use domain::fact::Subject;
use domain::ids::{CaseId, SignalId};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use domain::violence::assess::{Assessment, WithdrawalReason};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use journal::{Cursor, JournalError};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

mod handled;

pub use handled::{Handled, handlings, is_handled};

/// What a case is called and where it is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseReference {
    /// The case.
    pub id: CaseId,
    /// Family, youth or criminal.
    pub jurisdiction: Jurisdiction,
    /// What kind of proceeding.
    pub proceeding: ProceedingKind,
    /// The court that has it.
    pub court: Court,
    /// Its numbers.
    pub numbers: Vec<String>,
}

/// A signal as one judge finds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The signal.
    pub signal: SignalId,
    /// Its newest version.
    pub version: u32,
    /// The judge's case.
    pub own: CaseReference,
    /// What it tells.
    pub told: Told,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// The version that the judge last opened; 0 when none.
    pub read: u32,
    /// The version that the judge last acknowledged; 0 when none.
    pub acknowledged: u32,
    /// Whether the judge opened a version before the newest.
    pub has_read_before: bool,
    /// The day on which the clerks of the case heard that nobody had read it; nothing once somebody who has the case did.
    pub escalated_on: Option<Date>,
}

/// What a signal tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// It stands.
    Stands {
        /// What is told.
        assessment: Box<Assessment>,
        /// The state of the parallel case is as known on this day.
        as_of: Date,
        /// The case that is told of.
        parallel: Box<CaseReference>,
        /// Whether the judge is not to know its court and numbers: they may tell where a shielded person lives.
        court_hidden: bool,
    },
    /// It no longer stands, and what it told is gone.
    Withdrawn {
        /// Why.
        because: WithdrawalReason,
        /// Whether the own case was decided after it was first told.
        after_decision: bool,
    },
}

impl Entry {
    /// Whether the judge is asked to confirm having taken note of this version: it corrects what they read.
    pub const fn asks_to_acknowledge(&self) -> bool {
        matches!(self.told, Told::Withdrawn { .. }) && self.has_read_before && self.acknowledged < self.version
    }

    /// Whether the judge has yet to open this version.
    pub const fn is_unread(&self) -> bool {
        self.read < self.version
    }
}

/// Which signals are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this case only.
    pub case: Option<CaseId>,
    /// Only those that stand (true) or were withdrawn (false).
    pub stands: Option<bool>,
    /// Only those whose newest version was not opened yet (true), or was (false).
    pub unread: Option<bool>,
    /// Only those whose next hearing in the own case is before this day.
    pub hearing_before: Option<Date>,
}

/// Where a page of the list ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When the last entry changed.
    pub changed_at: Timestamp,
    /// The last entry.
    pub signal: SignalId,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a column of its own")]
struct EntryRow {
    signal: Uuid,
    version: i32,
    as_of: Option<jiff_sqlx::Date>,
    assessment: Option<Value>,
    because: Option<Value>,
    after_decision: bool,
    raised_at: jiff_sqlx::Timestamp,
    changed_at: jiff_sqlx::Timestamp,
    read: i32,
    acknowledged: i32,
    has_read_before: bool,
    has_news: bool,
    escalated_on: Option<jiff_sqlx::Date>,
    revealed: bool,
    own_id: Uuid,
    own_jurisdiction: String,
    own_proceeding: String,
    own_court: String,
    own_numbers: Vec<String>,
    parallel_id: Option<Uuid>,
    parallel_jurisdiction: Option<String>,
    parallel_proceeding: Option<String>,
    parallel_court: Option<String>,
    parallel_numbers: Option<Vec<String>>,
}

/// At most `limit` signals of the judge's cases, the last changed first, after `after`.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn list(
    pool: &PgPool,
    judge: &Subject,
    filter: &Filter,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Entry>, JournalError> {
    find(pool, judge, None, filter, after, limit).await
}

/// One signal of the judge's cases; nothing when there is no such signal or it is another's.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn one(pool: &PgPool, judge: &Subject, signal: SignalId) -> Result<Option<Entry>, JournalError> {
    Ok(find(pool, judge, Some(signal), &Filter::default(), None, 1).await?.pop())
}

async fn find(
    pool: &PgPool,
    judge: &Subject,
    signal: Option<SignalId>,
    filter: &Filter,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Entry>, JournalError> {
    let rows = sqlx::query_file_as!(
        EntryRow,
        "src/inbox/entries.sql",
        judge.as_str(),
        signal.map(SignalId::uuid) as Option<Uuid>,
        filter.case.map(CaseId::uuid) as Option<Uuid>,
        filter.stands as Option<bool>,
        filter.unread as Option<bool>,
        filter.hearing_before.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        after.map(|place| place.changed_at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        after.map(|place| place.signal.uuid()) as Option<Uuid>,
        limit
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(EntryRow::read).collect()
}

impl EntryRow {
    fn read(self) -> Result<Entry, JournalError> {
        let told = match (self.assessment, self.because) {
            (Some(assessment), None) => Told::Stands {
                court_hidden: assessment["court_hidden"] == true && !self.revealed,
                assessment: with_news(serde_json::from_value(assessment)?, self.has_news),
                as_of: self.as_of.ok_or(impossible("as_of"))?.to_jiff(),
                parallel: Box::new(reference(
                    self.parallel_id.ok_or(impossible("parallel_case"))?,
                    &self.parallel_jurisdiction.unwrap_or_default(),
                    &self.parallel_proceeding.unwrap_or_default(),
                    &self.parallel_court.unwrap_or_default(),
                    self.parallel_numbers.unwrap_or_default(),
                )?),
            },
            (None, Some(because)) => {
                Told::Withdrawn { because: serde_json::from_value(because)?, after_decision: self.after_decision }
            }
            _ => return Err(impossible("standing")),
        };
        Ok(Entry {
            signal: SignalId::from_uuid(self.signal),
            version: counted(self.version)?,
            own: reference(
                self.own_id,
                &self.own_jurisdiction,
                &self.own_proceeding,
                &self.own_court,
                self.own_numbers,
            )?,
            told,
            raised_at: self.raised_at.to_jiff(),
            changed_at: self.changed_at.to_jiff(),
            read: counted(self.read)?,
            acknowledged: counted(self.acknowledged)?,
            has_read_before: self.has_read_before,
            escalated_on: self.escalated_on.map(jiff_sqlx::Date::to_jiff),
        })
    }
}

/// What is told, as it stands in the list of a reader for whom there is news in it.
fn with_news(mut told: Box<Assessment>, has_news: bool) -> Box<Assessment> {
    if has_news {
        told.urgency = told.urgency.with_news();
    }
    told
}

/// How many signals of the judge's cases have a version that they have yet to open.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn unread(pool: &PgPool, judge: &Subject) -> Result<u32, JournalError> {
    let count = sqlx::query_scalar!(
        r#"select count(*)::integer as "count!"
           from alerts.concerned c
           join alerts.signals s on s.signal = c.signal
           left join alerts.seen on seen.signal = s.signal and seen.judge = c.judge
           where c.judge = $1 and coalesce(seen.read, 0) < s.version"#,
        judge.as_str()
    )
    .fetch_one(pool)
    .await?;
    counted(count)
}

/// Whether the judge has the case now.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn has_case(pool: &PgPool, judge: &Subject, case: CaseId) -> Result<bool, JournalError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from alerts.assignments where judge = $1 and case_id = $2) as "has!""#,
        judge.as_str(),
        case.uuid()
    )
    .fetch_one(pool)
    .await?)
}

/// The two cases of a signal.
#[derive(Debug, Clone, Copy)]
pub struct Cases {
    /// The case it was raised in.
    pub own: CaseId,
    /// The case that is, or was, told of.
    pub parallel: CaseId,
}

/// The cases of a signal, whether it stands or not.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn cases_of(sql: &mut PgConnection, signal: SignalId) -> Result<Option<Cases>, JournalError> {
    let row = sqlx::query!("select own_case, parallel_case from alerts.signals where signal = $1", signal.uuid())
        .fetch_optional(sql)
        .await?;
    Ok(row.map(|row| Cases { own: CaseId::from_uuid(row.own_case), parallel: CaseId::from_uuid(row.parallel_case) }))
}

/// Whether a signal stands.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn stands(sql: &mut PgConnection, signal: SignalId) -> Result<bool, JournalError> {
    let stands = sqlx::query_scalar!(
        r#"select exists (select from alerts.signals where signal = $1 and standing = 'stands') as "stands!""#,
        signal.uuid()
    );
    Ok(stands.fetch_one(sql).await?)
}

/// What a case is called; nothing while its registration has not been handled.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn case(sql: &mut PgConnection, case: CaseId) -> Result<Option<CaseReference>, JournalError> {
    let row = sqlx::query!(
        "select id, jurisdiction, proceeding, court, numbers from alerts.cases where id = $1",
        case.uuid()
    )
    .fetch_optional(sql)
    .await?;
    row.map(|row| reference(row.id, &row.jurisdiction, &row.proceeding, &row.court, row.numbers)).transpose()
}

/// A signal that stands, and its cases.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The signal.
    pub signal: SignalId,
    /// The case it was raised in.
    pub own: CaseId,
    /// The case that is told of.
    pub parallel: CaseId,
}

/// At most `limit` standing signals after `after`, in the order of their ids.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn standing(pool: &PgPool, after: SignalId, limit: i64) -> Result<Vec<Standing>, JournalError> {
    let rows = sqlx::query!(
        "select signal, own_case, parallel_case from alerts.signals
         where standing = 'stands' and signal > $1 order by signal limit $2",
        after.uuid(),
        limit
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Standing {
            signal: SignalId::from_uuid(row.signal),
            own: CaseId::from_uuid(row.own_case),
            parallel: CaseId::from_uuid(row.parallel_case),
        })
        .collect())
}

/// That a signal is new or has changed.
#[derive(Debug, Clone)]
pub struct Change {
    /// Where it stands among all changes.
    pub cursor: Cursor,
    /// The signal.
    pub signal: SignalId,
    /// Its newest version.
    pub version: u32,
    /// Who has the case it was raised in.
    pub judges: Vec<String>,
}

/// At most `limit` settled changes after `after`, oldest first; a signal that changed several times is told once. For one
/// judge, or for all.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn changes(
    pool: &PgPool,
    after: Cursor,
    judge: Option<&Subject>,
    limit: i64,
) -> Result<Vec<Change>, JournalError> {
    let rows = sqlx::query_file!(
        "src/inbox/changes.sql",
        after.txid.to_string(),
        after.position,
        judge.map(Subject::as_str) as Option<&str>,
        limit
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Change {
                cursor: cursor(&row.txid, row.position)?,
                signal: SignalId::from_uuid(row.signal),
                version: counted(row.version)?,
                judges: row.judges,
            })
        })
        .collect()
}

/// Where the newest settled change stands; the beginning when there is none.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn newest_change(pool: &PgPool) -> Result<Cursor, JournalError> {
    let row = sqlx::query!(
        r#"select txid::text as "txid!", position from alerts.signals
           where txid < pg_snapshot_xmin(pg_current_snapshot()) order by txid desc, position desc limit 1"#
    )
    .fetch_optional(pool)
    .await?;
    row.map_or(Ok(Cursor::default()), |row| cursor(&row.txid, row.position))
}

fn cursor(txid: &str, position: i64) -> Result<Cursor, JournalError> {
    Ok(Cursor { txid: txid.parse().map_err(|_| impossible("txid"))?, position })
}

/// A case out of the columns of its row.
pub fn reference(
    id: Uuid,
    jurisdiction: &str,
    proceeding: &str,
    court: &str,
    numbers: Vec<String>,
) -> Result<CaseReference, JournalError> {
    let wrong = |column| JournalError::Impossible { table: "alerts.cases", column };
    Ok(CaseReference {
        id: CaseId::from_uuid(id),
        jurisdiction: Jurisdiction::parse(jurisdiction).map_err(|_| wrong("jurisdiction"))?,
        proceeding: ProceedingKind::parse(proceeding).map_err(|_| wrong("proceeding"))?,
        court: Court::parse(court).map_err(|_| wrong("court"))?,
        numbers,
    })
}

/// A count out of its column.
pub fn counted(number: i32) -> Result<u32, JournalError> {
    u32::try_from(number).map_err(|_| impossible("version"))
}

const fn impossible(column: &'static str) -> JournalError {
    JournalError::Impossible { table: "alerts.signals", column }
}
