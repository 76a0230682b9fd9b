//! The journal on a real PostgreSQL: who may write what, nothing skipped, nothing twice, nothing lost.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod cancelled_begin;
mod erasure;
mod following;
mod rights;

use domain::fact::intake::CaseClosed;
use domain::fact::{Actor, Author, IntakeFact, SourceVersion};
use domain::ids::{CaseId, EventId};
use jiff::Timestamp;
use journal::{Cause, Journal, PoolOptions};
use verband_tests::Database;

/// The journal of a test's database as an author sees it.
pub fn journal(database: &Database, author: Author) -> Journal {
    let options = PoolOptions { max_connections: 10, application: "test" };
    Journal::new(journal::connect(&database.url(author.as_str()), &options).expect("a pool"), author)
}

/// A fact like any other.
pub fn fact(number: u32) -> IntakeFact {
    let event = EventId::derived(&["test", &number.to_string()]);
    IntakeFact::CaseClosed(CaseClosed {
        case: CaseId::derived(&["test"]),
        version: SourceVersion { sequence: u64::from(number), time: Timestamp::UNIX_EPOCH, event },
        on: jiff::civil::date(2026, 9, 14),
    })
}

/// A cause like any other.
pub fn cause(number: u32) -> Cause {
    Cause {
        id: EventId::derived(&["cause", &number.to_string()]).uuid(),
        actor: Actor::service(Author::Intake),
        event_time: Timestamp::UNIX_EPOCH,
    }
}
