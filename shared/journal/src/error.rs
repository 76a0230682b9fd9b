//! What can go wrong with the journal.

use domain::fact::FactError;

use crate::vault::VaultError;

/// Something went wrong between this house and its journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// PostgreSQL refused or could not be reached.
    #[error("journal statement failed")]
    Sql(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration failed")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored fact does not read.
    #[error("stored fact does not read")]
    Fact(#[from] FactError),
    /// A fact could not be put into its stored form.
    #[error("fact could not be written as JSON")]
    Serialize(#[from] serde_json::Error),
    /// A personal field could not be sealed or opened.
    #[error("vault")]
    Vault(#[from] VaultError),
    /// A row holds what no version of this house ever wrote.
    #[error("impossible value in column {column} of {table}")]
    Impossible {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// Something besides PostgreSQL that an effect needs could not be reached.
    #[error("what the effect needs is away")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A fact was announced that the journal does not hold.
    #[error("fact {0} is announced but not in the journal")]
    Unknown(domain::ids::FactId),
}

impl JournalError {
    fn code(&self) -> Option<String> {
        match self {
            Self::Sql(sqlx::Error::Database(error))
            | Self::Migrate(sqlx::migrate::MigrateError::Execute(sqlx::Error::Database(error))) => {
                error.code().map(std::borrow::Cow::into_owned)
            }
            _ => None,
        }
    }

    /// Whether two transactions stood in each other's way and trying again will do.
    pub fn is_deadlock(&self) -> bool {
        matches!(self.code().as_deref(), Some("40P01" | "40001"))
    }

    /// Whether a lock was not had in the time that was given for it.
    pub fn is_lock_timeout(&self) -> bool {
        self.code().as_deref() == Some("55P03")
    }

    /// Whether PostgreSQL, or what else is needed, is away, so that the same call will succeed once it is back.
    pub fn is_outage(&self) -> bool {
        match self {
            Self::Sql(error) | Self::Migrate(sqlx::migrate::MigrateError::Execute(error)) => match error {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::Protocol(_) => true,
                // 08 connection, 53300 too many connections, 57P operator intervention (shutdown, starting up).
                sqlx::Error::Database(_) => {
                    self.code().is_some_and(|code| code.starts_with("08") || code == "53300" || code.starts_with("57P"))
                }
                _ => false,
            },
            Self::Away(_) => true,
            Self::Vault(VaultError::Journal(inner)) => inner.is_outage(),
            _ => false,
        }
    }
}

/// A decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum DecideError<R: std::error::Error + 'static> {
    /// It may not be.
    #[error(transparent)]
    Refused(R),
    /// It could not be.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl<R: std::error::Error + 'static> From<sqlx::Error> for DecideError<R> {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

impl From<DecideError<std::convert::Infallible>> for JournalError {
    fn from(error: DecideError<std::convert::Infallible>) -> Self {
        match error {
            DecideError::Refused(never) => match never {},
            DecideError::Journal(error) => error,
        }
    }
}
