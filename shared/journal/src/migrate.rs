//! Brings the schema up to date, as a role that no service has.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::JournalError;

/// The password that a service's database role is to have.
pub struct RolePassword {
    /// The role: a service's name.
    pub role: &'static str,
    /// The password; quoted by PostgreSQL itself, never logged.
    pub password: String,
}

/// Applies every migration that has not been applied yet and sets the given passwords. Running it again changes nothing.
///
/// # Errors
/// When PostgreSQL cannot be reached, or the role behind `url` may not create schemas and roles.
pub async fn migrate(url: &str, passwords: &[RolePassword]) -> Result<(), JournalError> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::migrate!("../../migrations").run(&mut connection).await?;
    for RolePassword { role, password } in passwords {
        // `alter role` takes no parameters, so PostgreSQL quotes the statement it is then given.
        let statement: String = sqlx::query_scalar("select format('alter role %I with login password %L', $1, $2)")
            .bind(role)
            .bind(password)
            .fetch_one(&mut connection)
            .await?;
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(())
}
