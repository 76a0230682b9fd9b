//! A judge's own cases, and for each when the register was last consulted: also those of which nothing is told, for that is when
//! a judge most needs to know what was looked at.
//!
//! Invariant: every query goes through the judge's assignments.

use domain::decisions::attest::HOLDS_DAYS;
use domain::fact::Subject;
use domain::ids::{AttestationId, CaseId};
use jiff::ToSpan;
use jiff::civil::Date;
use journal::JournalError;
use sqlx::PgPool;
use uuid::Uuid;

use crate::inbox::{CaseReference, counted, reference};

/// A case of the judge's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCase {
    /// What it is called and where it is heard.
    pub case: CaseReference,
    /// How many signals of it have a version that the judge has yet to open.
    pub unread: u32,
    /// How many of its signals stand.
    pub stands: u32,
    /// When the register was last consulted.
    pub look: Look,
}

/// When a judge last consulted the register for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The day of it: of the newest attestation, or the oldest last look at a signal that stands, whichever is later. Nothing
    /// when neither was, or something is unread.
    pub on: Option<Date>,
    /// The newest attestation by this judge, and the last day on which it holds.
    pub attested: Option<(AttestationId, Date)>,
    /// Whether something changed after it.
    pub changed: bool,
    /// Whether something is unread.
    pub unread: bool,
}

/// Whether the register has to be consulted again before a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recheck {
    /// It never was.
    Never,
    /// Something has to be read first.
    Unread,
    /// The last time is more than 31 days ago.
    Old {
        /// The day of it.
        last: Date,
    },
    /// It holds until this day.
    Holds {
        /// The last day.
        until: Date,
    },
}

impl Recheck {
    /// The word on the wire and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Unread => "unread",
            Self::Old { .. } => "old",
            Self::Holds { .. } => "holds",
        }
    }

    /// Whether the register has to be consulted again.
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Holds { .. })
    }
}

impl Look {
    /// Whether the register has to be consulted again, as of `today`.
    pub fn recheck(&self, today: Date) -> Recheck {
        if self.unread {
            return Recheck::Unread;
        }
        let Some(last) = self.on else { return Recheck::Never };
        let until = last.saturating_add(HOLDS_DAYS.days());
        if today > until { Recheck::Old { last } } else { Recheck::Holds { until } }
    }
}

/// At most `limit` open cases of a judge after `after`, by their numbers.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn list(
    pool: &PgPool,
    judge: &Subject,
    after: Option<CaseId>,
    limit: i64,
) -> Result<Vec<OwnCase>, JournalError> {
    find(pool, judge, None, after, limit).await
}

/// One case of a judge's, open or over; nothing when there is none, it is another's, or it goes on in another case.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn one(pool: &PgPool, judge: &Subject, case: CaseId) -> Result<Option<OwnCase>, JournalError> {
    Ok(find(pool, judge, Some(case), None, 1).await?.pop())
}

async fn find(
    pool: &PgPool,
    judge: &Subject,
    case: Option<CaseId>,
    after: Option<CaseId>,
    limit: i64,
) -> Result<Vec<OwnCase>, JournalError> {
    let rows = sqlx::query_file!(
        "src/cases/list.sql",
        judge.as_str(),
        case.map(CaseId::uuid) as Option<Uuid>,
        after.map(CaseId::uuid) as Option<Uuid>,
        limit
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let unread = counted(row.unread)?;
            let (read_on, attested_on) = (row.read_on.map(jiff_sqlx::Date::to_jiff), row.attested_on);
            let repeat_after = row.repeat_after.map(jiff_sqlx::Date::to_jiff);
            // A look at signals counts as one only where there are any; an attestation that was overtaken does not.
            let attested_on = attested_on.map(jiff_sqlx::Date::to_jiff).filter(|_| !row.changed);
            Ok(OwnCase {
                case: reference(row.id, &row.jurisdiction, &row.proceeding, &row.court, row.numbers)?,
                unread,
                stands: counted(row.stands)?,
                look: Look {
                    on: read_on.max(attested_on),
                    attested: row.attestation.map(AttestationId::from_uuid).zip(repeat_after),
                    changed: row.changed,
                    unread: unread > 0,
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_register_is_consulted_again_after_31_days_or_when_something_is_unread() {
        let look = Look { on: Some(date(2026, 9, 1)), attested: None, changed: false, unread: false };
        assert_eq!(look.recheck(date(2026, 10, 2)), Recheck::Holds { until: date(2026, 10, 2) });
        assert_eq!(look.recheck(date(2026, 10, 3)), Recheck::Old { last: date(2026, 9, 1) });
        assert_eq!(Look { unread: true, ..look }.recheck(date(2026, 9, 1)), Recheck::Unread);
        assert_eq!(Look { on: None, ..look }.recheck(date(2026, 9, 1)), Recheck::Never);
    }
}
