//! How the house runs, for operators.

use std::collections::BTreeMap;

use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Json, Principal, Problem, Role};

use crate::App;
use crate::operations::{self, Operations, Pile};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(read_operations))
}

/// How the house runs. Counts, times and codes, never what a fact says.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct OperationsReport {
    /// As of this moment.
    at: Timestamp,
    /// Whether each thing holds that the desk needs to do its work: `database`, `bus`, `keys`, `sign-in`.
    health: BTreeMap<String, bool>,
    /// What the last audit found; absent before the first, which is some ten minutes after the linker's start.
    #[serde(skip_serializing_if = "Option::is_none")]
    audited: Option<Audited>,
    /// What each service wrote in the last hour, minute by minute, the oldest first.
    flow: Vec<AuthorFlow>,
    /// How far the readers of the journal are.
    readers: Vec<ReaderLag>,
    /// How many messages wait on the bus, by consumer; null where the bus does not answer.
    backlog: BTreeMap<String, Option<u64>>,
    /// How long notices take; absent where there is none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    latency: Option<NoticeLatency>,
    /// Facts that a service could not handle.
    parked: Vec<ParkedFacts>,
    /// Events in quarantine, by what is wrong with them.
    quarantine: Vec<CodeCount>,
    /// Events that wait for something that has not come, by what that is.
    waiting: Vec<CodeCount>,
    /// By what the linker decides; absent before its first start.
    #[serde(skip_serializing_if = "Option::is_none")]
    decider: Option<Decider>,
    /// How far everything is decided anew by it, from 0 to 1; absent where all is.
    #[serde(skip_serializing_if = "Option::is_none")]
    deciding_anew: Option<f64>,
    /// How far a read model is that is built beside the one in use; absent while none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    building: Option<Building>,
}

/// What an audit of everything that was decided found: it holds it against the journal, once a day.
#[derive(Serialize, ToSchema)]
struct Audited {
    /// When.
    at: Timestamp,
    /// How many persons there were.
    persons: u64,
    /// How many links.
    links: u64,
    /// How many open questions.
    questions: u64,
    /// How many findings, by the code of the rule that does not hold; empty where all do.
    findings: BTreeMap<String, u64>,
}

/// What a service wrote.
#[derive(Serialize, ToSchema)]
struct AuthorFlow {
    /// The service.
    #[schema(example = "linker")]
    author: String,
    /// Facts in each of the last 60 minutes.
    minutes: Vec<u64>,
}

/// How far a reader of the journal is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ReaderLag {
    /// `sweep:` and a service that follows, `relay:` and one that announces.
    #[schema(example = "sweep:linker")]
    reader: String,
    /// How many facts lie before it; at most 10,000 are counted.
    facts: u64,
    /// For how many seconds the first of them has been there.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_seconds: Option<i64>,
    /// Whether that is too long.
    late: bool,
}

/// From the filing of an event to the notice that follows from it, in milliseconds.
#[derive(Serialize, ToSchema)]
struct NoticeLatency {
    /// Of how many notices, the newest.
    of: usize,
    /// Half took no longer.
    p50: u64,
    /// 95 of a hundred took no longer.
    p95: u64,
    /// 99 of a hundred took no longer.
    p99: u64,
}

/// Facts that a service could not handle, for one reason.
#[derive(Serialize, ToSchema)]
struct ParkedFacts {
    /// The service.
    consumer: String,
    /// Their kind.
    kind: String,
    /// Why, as the error says it.
    reason: String,
    /// How many.
    count: u64,
    /// Since when the first.
    since: Timestamp,
}

/// So many of a code.
#[derive(Serialize, ToSchema)]
struct CodeCount {
    /// The code.
    #[schema(example = "bsn.checksum")]
    code: String,
    /// How many.
    count: u64,
    /// Since when the first.
    since: Timestamp,
}

/// By what the linker decides.
#[derive(Serialize, ToSchema)]
struct Decider {
    /// The model and its policy, as facts name them.
    model: String,
    /// What is taken for certain without asking anybody.
    #[schema(example = "numbers")]
    policy: String,
}

/// A read model that is built.
#[derive(Serialize, ToSchema)]
struct Building {
    /// Records in the one in use.
    records: u64,
    /// Records in the one that is built.
    built: u64,
}

impl OperationsReport {
    fn of(read: Operations, at: Timestamp) -> Self {
        let code = |pile: Pile| CodeCount { code: pile.what.concat(), count: pile.count, since: pile.since };
        let reader = |reader: operations::Reader| ReaderLag {
            late: reader.is_late(),
            oldest_seconds: reader.oldest.map(|oldest| oldest.as_secs()),
            reader: reader.name,
            facts: reader.facts,
        };
        let parked = |pile: Pile| {
            let mut what = pile.what.into_iter();
            let mut word = || what.next().unwrap_or_default();
            ParkedFacts { consumer: word(), kind: word(), reason: word(), count: pile.count, since: pile.since }
        };
        let flow = |flow: operations::Flow| AuthorFlow { author: flow.author, minutes: flow.minutes };
        let audited = |audited: operations::Audited| {
            let [persons, links, questions] = audited.of;
            Audited { at: audited.at, persons, links, questions, findings: audited.findings }
        };
        Self {
            at,
            health: read.health.into_iter().map(|(what, holds)| (what.to_owned(), holds)).collect(),
            audited: read.audited.map(audited),
            flow: read.flow.into_iter().map(flow).collect(),
            readers: read.readers.into_iter().map(reader).collect(),
            backlog: read.backlog.into_iter().map(|(consumer, left)| (consumer.to_owned(), left)).collect(),
            latency: read.latency.map(|latency| NoticeLatency {
                of: latency.of,
                p50: latency.p50,
                p95: latency.p95,
                p99: latency.p99,
            }),
            parked: read.parked.into_iter().map(parked).collect(),
            quarantine: read.quarantine.into_iter().map(code).collect(),
            waiting: read.waiting.into_iter().map(code).collect(),
            decider: read.decider.map(|(model, policy)| Decider { model, policy }),
            deciding_anew: read.deciding_anew.map(|done| f64::from(done) / 10_000.0),
            building: read.building.map(|(records, built)| Building { records, built }),
        }
    }
}

/// Tells how the house runs: what flows, what lags, what was set aside, by what is decided.
#[utoipa::path(get, path = "/operations", responses((status = 200, description = "How it runs.", body = OperationsReport)))]
async fn read_operations(State(app): State<App>, principal: Principal) -> Result<Json<OperationsReport>, Problem> {
    principal.require(Role::Operator)?;
    let now = app.desk.clock.now();
    let read = operations::read(app.desk.journal.pool(), &app.bus, &app.checks, now).await;
    Ok(Json(OperationsReport::of(read.map_err(|error| service::problem(error.into()))?, now)))
}
