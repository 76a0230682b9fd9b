//! Pools: what a court has of one jurisdiction, to which a steward's work may be confined.

use domain::court::Court;
use domain::fact::Subject;
use domain::ids::MatchId;
use domain::jurisdiction::Jurisdiction;
use journal::JournalError;
use sqlx::PgPool;

use super::impossible;

/// The pools that a steward's work is confined to; nothing where it is confined to none.
pub type Pools = Option<Vec<String>>;

/// What a court has of one jurisdiction.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// The court.
    pub court: Court,
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
}

impl Pool {
    /// As a steward is confined to it, and as it is asked for.
    pub fn code(&self) -> String {
        format!("{}/{}", self.court.code(), self.jurisdiction.as_str())
    }
}

/// The pools of which there are open questions, among those that a steward is confined to.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a row holds what this house never wrote.
pub async fn pools(pool: &PgPool, pools: &Pools) -> Result<Vec<Pool>, JournalError> {
    let rows = sqlx::query!(
        "select distinct c.court, c.jurisdiction
         from steward.questions q join steward.cases c on c.case_id in (q.case_a, q.case_b)
         where q.status = 'open' and ($1::text[] is null or array[c.court, c.court || '/' || c.jurisdiction] && $1)
         order by c.court, c.jurisdiction",
        pools.as_deref() as Option<&[String]>
    )
    .fetch_all(pool)
    .await?;
    let read = rows.into_iter().map(|row| {
        let court = Court::parse(&row.court).map_err(|_| impossible("court"))?;
        let jurisdiction = Jurisdiction::parse(&row.jurisdiction).map_err(|_| impossible("jurisdiction"))?;
        Ok(Pool { court, jurisdiction })
    });
    read.collect()
}

/// Whether a question is for a steward: has a record of the pools that they are confined to, and is neither a control question about
/// what they had a part in, or that another answered, nor, while they may be asked such a question or where they answered it, the one
/// in earnest, which would tell what is known.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn is_for(pool: &PgPool, question: MatchId, by: &Subject, pools: &Pools) -> Result<bool, JournalError> {
    let found = sqlx::query_scalar!(
        r#"select exists (
               select from steward.questions q left join steward.cases c on c.case_id in (q.case_a, q.case_b)
               where q.question = $1 and $3 <> all (q.not_for) and (q.only_for = '{}' or $3 = any (q.only_for))
                 and not exists (
                     select from steward.questions control
                     where control.about = q.question
                       and (control.status = 'open' and control.only_for = '{}' and $3 <> all (control.not_for)
                            or $3 = any (control.only_for) and (q.status <> 'open' or $3 = any (q.spoken))))
                 and ($2::text[] is null or array[c.court, c.court || '/' || c.jurisdiction] && $2)) as "found!""#,
        question.uuid(),
        pools.as_deref() as Option<&[String]>,
        by.as_str()
    );
    Ok(found.fetch_one(pool).await?)
}
