//! Writing what is asked of other courts and told to parties: which there are, and which need attention.

use domain::fact::AlertsFact;
use domain::ids::FactId;
use jiff_sqlx::ToSqlx;
use journal::JournalError;
use sqlx::PgConnection;

use super::number;

/// Notes one fact about a request or a party version, just written.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note(sql: &mut PgConnection, id: FactId, fact: &AlertsFact) -> Result<(), JournalError> {
    match fact {
        AlertsFact::InformationRequested(asked) => {
            sqlx::query!(
                "insert into alerts.requests (request, signal, asked_at, answer_by)
                 select $2, $3, recorded_at, $4 from journal.facts where id = $1
                 on conflict do nothing",
                id.uuid(),
                asked.request.uuid(),
                asked.signal.uuid(),
                asked.answer_by.to_sqlx() as jiff_sqlx::Date
            )
            .execute(sql)
            .await?;
        }
        AlertsFact::InformationRequestWithdrawn(gone) => {
            sqlx::query!("update alerts.requests set withdrawn = true where request = $1", gone.request.uuid())
                .execute(sql)
                .await?;
        }
        AlertsFact::InformationRequestOverdue(late) => {
            sqlx::query!("update alerts.requests set reminded = true where request = $1", late.request.uuid())
                .execute(sql)
                .await?;
        }
        AlertsFact::PartyVersionPrepared(prepared) => {
            sqlx::query!(
                "insert into alerts.party_versions (party_version, signal, version, prepared_at)
                 select $2, $3, $4, recorded_at from journal.facts where id = $1
                 on conflict do nothing",
                id.uuid(),
                prepared.party_version.uuid(),
                prepared.signal.uuid(),
                number(prepared.version)
            )
            .execute(sql)
            .await?;
        }
        AlertsFact::PartyVersionChecked(checked) => {
            sqlx::query!(
                "update alerts.party_versions set checked = true where party_version = $1",
                checked.party_version.uuid()
            )
            .execute(sql)
            .await?;
        }
        _ => {}
    }
    Ok(())
}
