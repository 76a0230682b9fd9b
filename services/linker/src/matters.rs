//! Which cases go on in one another, by what they are called and whom they speak of.

use std::collections::BTreeSet;

use domain::decision::{Tag, Tags};
use domain::decisions::docket::{Course, Docket};
use domain::decisions::form_matters::FormMatters;
use domain::fact::Body;
use domain::fact::intake::CaseReference;
use domain::ids::CaseId;
use journal::JournalError;
use sqlx::PgConnection;

use crate::attempt::{Attempt, Stop, tags};
use crate::listen::Linker;

/// What a case is called and calls others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    pub name: String,
    pub own: bool,
}

/// The names of a case: its own, and those that it speaks of.
pub(crate) fn names(case: CaseId, course: &Course) -> BTreeSet<Name> {
    let called = |reference: &CaseReference| match reference {
        CaseReference::Case(case) => format!("case {case}"),
        CaseReference::Number { court, number } => format!("{court} {number}"),
    };
    let mut own = vec![format!("case {case}")];
    if let Some((court, numbers)) = &course.called {
        own.extend(numbers.iter().map(|number| format!("{court} {number}")));
    }
    let spoken_of =
        course.goes_on.iter().map(|(_, reference)| reference).chain(&course.split_off).chain(&course.follows);
    let own = own.into_iter().map(|name| Name { name, own: true });
    own.chain(spoken_of.map(|reference| Name { name: called(reference), own: false })).collect()
}

impl Linker {
    /// Decides anew of what matter a case is part. Answers the cases that are, or are not, of one matter now.
    pub(crate) async fn form_matters(&self, attempt: &mut Attempt<'_>, case: CaseId) -> Result<BTreeSet<CaseId>, Stop> {
        let mut docket = Docket::default();
        for fact in attempt.transaction.facts(&Tags::from([case.into()])).await? {
            if let Body::Intake(told) = &fact.body {
                docket.fold(told);
            }
        }
        let (before, now) = (stored(attempt.sql(), case).await?, names(case, &docket.course()));
        // Whoever speaks of a case, and the case itself, meet here.
        attempt.hold(before.union(&now).map(|name| Tag::lock(&name.name)).collect()).await?;
        let mut around = hanging_together(attempt.sql(), &[case].into()).await?;
        if before != now {
            store(attempt.sql(), case, &now).await?;
        }
        loop {
            around = hanging_together(attempt.sql(), &around).await?;
            if !attempt.hold(tags(around.iter().copied())).await? {
                break;
            }
        }
        if around.len() < 2 {
            return Ok(BTreeSet::new());
        }
        let recorded = attempt.decide(&FormMatters { cases: around }).await?;
        Ok(recorded.iter().flat_map(|one| one.fact.cases_of_matter()).collect())
    }
}

async fn stored(sql: &mut PgConnection, case: CaseId) -> Result<BTreeSet<Name>, JournalError> {
    let names = sqlx::query_as!(Name, r#"select name, own from linker.names where "case" = $1"#, case.uuid());
    Ok(names.fetch_all(sql).await?.into_iter().collect())
}

/// Stores what a case is called and calls others, in place of what was known of it.
pub(crate) async fn store(sql: &mut PgConnection, case: CaseId, names: &BTreeSet<Name>) -> Result<(), JournalError> {
    sqlx::query!(r#"delete from linker.names where "case" = $1"#, case.uuid()).execute(&mut *sql).await?;
    let (texts, own): (Vec<String>, Vec<bool>) = names.iter().map(|name| (name.name.clone(), name.own)).unzip();
    sqlx::query!(
        r#"insert into linker.names (name, "case", own)
           select name, $1, own from unnest($2::text[], $3::boolean[]) as named(name, own)"#,
        case.uuid(),
        &texts,
        &own
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Everything that hangs together with these cases, over any number of steps.
async fn hanging_together(sql: &mut PgConnection, cases: &BTreeSet<CaseId>) -> Result<BTreeSet<CaseId>, JournalError> {
    let uuids: Vec<_> = cases.iter().map(|case| case.uuid()).collect();
    let found = sqlx::query_scalar!(
        r#"with recursive reached("case") as (
               select unnest($1::uuid[])
               union
               select other."case"
               from reached
               join linker.names mine on mine."case" = reached."case"
               join linker.names other on other.name = mine.name and (mine.own or other.own)
           )
           select "case" as "case!" from reached"#,
        &uuids
    );
    Ok(found.fetch_all(sql).await?.into_iter().map(CaseId::from_uuid).collect())
}
