//! Who acts at a service's API, and what is answered when the journal would not.

use domain::fact::Subject;
use journal::JournalError;
use web::{Principal, Problem, Role};

/// Who acts, by a name that can stand in the journal.
///
/// # Errors
/// 403 for who has not this role, and for a name that cannot stand there.
pub fn acting(principal: &Principal, role: Role) -> Result<Subject, Problem> {
    principal.require(role)?;
    Subject::parse(principal.subject.as_str())
        .map_err(|_| Problem::forbidden().with_detail("the identifier of this account cannot stand in the journal"))
}

/// What is answered when the journal would not: 503 while PostgreSQL is away, else 500, and nothing of why.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub fn problem(error: JournalError) -> Problem {
    if error.is_outage() { Problem::unavailable() } else { Problem::internal(&error) }
}
