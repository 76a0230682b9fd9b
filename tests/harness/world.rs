//! A house with a city around it: courts that publish, judges who read, a steward who rules, and time that can be told.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use bus::{Bus, BusOptions};
use courthouse::dev::idp::Idp;
use courthouse::dev::publishers::DevPublishers;
use courthouse::events::CaseEvent;
use courthouse::house::{self, Addresses, Databases, Ground};
use jiff::civil::Date;
use metrics_exporter_prometheus::PrometheusHandle;
use runtime::dev::{NatsOptions, PrivateNats, Scratch};
use runtime::{Clock, Keys, Lifecycle, Runtime};
use sqlx::{Connection, PgConnection};
use tokio::net::TcpListener;

use crate::database::Database;
use crate::people::{Caller, Judge, Operator, Publisher, Steward};

/// How long a test waits for the house to come to rest.
const PATIENCE: Duration = Duration::from_mins(1);

/// The day on which every scenario is played, a Monday: 14 September 2026.
pub const TODAY: Date = jiff::civil::date(2026, 9, 14);

/// A running house.
pub struct World {
    /// Its database.
    pub database: Database,
    /// The bus, as a court sees it.
    pub bus: Bus,
    /// The clock of the house.
    pub clock: Clock,
    /// Where its services answer.
    pub addresses: Addresses,
    /// Its nats-server.
    pub nats: PrivateNats,
    /// The courts' systems it knows, and their keys.
    pub publishers: DevPublishers,
    idp: Idp,
    lifecycle: Lifecycle,
    client: reqwest::Client,
    folder: Scratch,
}

impl World {
    /// Opens a house of its own, on the day of the scenarios.
    pub async fn open() -> Self {
        let morning = TODAY.at(9, 30, 0, 0).in_tz("Europe/Amsterdam").expect("a moment").timestamp();
        Self::open_with(Clock::fixed(morning)).await
    }

    /// Opens a house of its own, on the day of the scenarios, in which courts decided what these rows say.
    pub async fn open_under(policies: &str) -> Self {
        let morning = TODAY.at(9, 30, 0, 0).in_tz("Europe/Amsterdam").expect("a moment").timestamp();
        Self::build(Clock::fixed(morning), Some(policies), None).await
    }

    /// Opens a house of its own, on the day of the scenarios, that calls the webhooks of a list.
    pub async fn open_calling(webhooks: &std::path::Path) -> Self {
        let morning = TODAY.at(9, 30, 0, 0).in_tz("Europe/Amsterdam").expect("a moment").timestamp();
        Self::build(Clock::fixed(morning), None, Some(webhooks.to_owned())).await
    }

    /// Opens a house of its own that lives by this clock.
    pub async fn open_with(clock: Clock) -> Self {
        Self::build(clock, None, None).await
    }

    async fn build(clock: Clock, policies: Option<&str>, webhooks: Option<std::path::PathBuf>) -> Self {
        let database = Database::fresh().await;
        let folder = Scratch::new("house").expect("a folder");
        let publishers = DevPublishers::open(folder.path()).expect("publishers");
        let users = publishers.list.broker_users();
        let options = NatsOptions { users, ..NatsOptions::temporary() };
        let nats = tokio::task::spawn_blocking(|| PrivateNats::start(options))
            .await
            .expect("no panic")
            .expect("a private nats-server starts");
        let bus = connect(&nats.url()).await;
        bus.provision(1).await.expect("streams and consumers");

        let key_file = folder.path().join("register.keys");
        Keys::create_if_missing(&key_file).expect("keys");
        let runtime = Runtime { clock: clock.clone(), lifecycle: Lifecycle::new(), metrics: metrics() };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        // Tokens are checked against the real clock by the library that checks them.
        let idp = Idp::open(issuer, &folder.path().join("idp.key"), Clock::system()).expect("keys");
        runtime.lifecycle.spawn("sign-in", idp.clone().serve(listener, runtime.lifecycle.stopping()));
        let addresses = Addresses::free([0; 4]).await.expect("ports");
        let court_policies = policies.map(|rows| {
            let file = folder.path().join("policies.toml");
            std::fs::write(&file, rows).expect("a file");
            file
        });
        let ground = Ground {
            databases: Databases::by_role(|role| database.url(role)),
            nats_url: nats.url(),
            key_file,
            publishers: publishers.file.clone(),
            court_policies,
            webhooks,
            issuer: idp.issuer().to_owned(),
            jwks: format!("{}/jwks.json", idp.issuer()),
        };
        house::open(&ground, addresses, &runtime).await.expect("the house opens");
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a client");
        Self { database, bus, clock, addresses, nats, publishers, idp, lifecycle: runtime.lifecycle, client, folder }
    }

    /// What seals and looks up in this house, for a test that works out what the desk draws.
    pub fn vault(&self) -> journal::Vault {
        service::vault_of(&Keys::load(&self.folder.path().join("register.keys")).expect("keys"))
    }

    /// Courts publish these events, in this order; the house then comes to rest.
    pub async fn hears(&self, events: impl IntoIterator<Item = CaseEvent>) {
        self.publish(events).await;
        self.rests().await;
    }

    /// Courts publish these events.
    pub async fn publish(&self, events: impl IntoIterator<Item = CaseEvent>) {
        let client = self.bus.client();
        let context = async_nats::jetstream::new(client.clone());
        for event in events {
            // Without a message id, as a careless court: the house itself must know the same event again.
            let payload = serde_json::to_vec(&event.body).expect("JSON");
            context.publish(event.subject, payload.into()).await.expect("sent").await.expect("taken");
        }
    }

    /// Waits until every message is taken and every fact is handled by everybody whom it concerns.
    pub async fn rests(&self) {
        rests(&self.database.url("postgres"), &self.bus, PATIENCE).await;
    }

    /// A judge at the inbox.
    pub fn judge(&self, subject: &str) -> Judge {
        Judge(self.caller(self.addresses.alerts, subject, &["judge"]))
    }

    /// A steward at the desk, with two colleagues.
    pub fn steward(&self) -> Steward {
        let colleagues = ["steward-hanna", "steward-ivo"];
        let colleagues = colleagues.map(|subject| self.caller(self.addresses.steward, subject, &["steward"]));
        Steward { colleagues: colleagues.into(), ..self.at_desk("steward-dirk", &["steward"]) }
    }

    /// Anybody, with any roles, at the desk's API, alone.
    pub fn at_desk(&self, subject: &str, roles: &[&str]) -> Steward {
        Steward { caller: self.caller(self.addresses.steward, subject, roles), colleagues: Vec::new() }
    }

    /// An operator at intake.
    pub fn operator(&self) -> Operator {
        Operator(self.caller(self.addresses.intake, "operator-femke", &["operator"]))
    }

    /// An operator at the linker.
    pub fn operator_of_models(&self, subject: &str) -> Operator {
        self.at_models(subject, &["operator"])
    }

    /// Anybody, with any roles, at the linker's API.
    pub fn at_models(&self, subject: &str, roles: &[&str]) -> Operator {
        Operator(self.caller(self.addresses.linker, subject, roles))
    }

    /// A court's system at intake, by its name in the list of publishers.
    pub fn publisher(&self, name: &str) -> Publisher {
        Publisher(self.caller(self.addresses.intake, name, &["publisher"]))
    }

    /// Anybody, with any roles, at the judge's API.
    pub fn at_alerts(&self, subject: &str, roles: &[&str]) -> Judge {
        Judge(self.caller(self.addresses.alerts, subject, roles))
    }

    fn caller(&self, address: std::net::SocketAddr, subject: &str, roles: &[&str]) -> Caller {
        Caller {
            client: self.client.clone(),
            base: format!("http://{address}"),
            token: self.idp.access_token(subject, roles).expect("a token"),
        }
    }

    /// Everything that was decided, in a form in which two houses can be compared: persons, questions, links and signals
    /// as they stand, without the moments at which they were written and without the versions through which they went.
    pub async fn state(&self) -> BTreeSet<String> {
        state(&self.database.url("postgres")).await
    }

    /// How many facts of a kind there are.
    pub async fn facts(&self, kind: &str) -> i64 {
        let mut sql = self.database.connect("postgres").await;
        let count = sqlx::query_scalar("select count(*) from journal.facts where kind = $1")
            .bind(kind)
            .fetch_one(&mut sql)
            .await
            .expect("a count");
        sql.close().await.expect("closed");
        count
    }

    /// Whether the linker's read model is what follows from the journal: derives it anew and compares.
    pub async fn follows_from_the_journal(&self) -> bool {
        let key_file = self.folder.path().join("register.keys");
        let linker = self.database.url("linker");
        let rebuilt = courthouse::operate::rebuild(&linker, &key_file, |_| ()).await.expect("a read model");
        rebuilt.before == rebuilt.now
    }

    /// What an operator's audit says, with the read model derived anew.
    pub async fn audited(&self) -> linker::audit::Report {
        let key_file = self.folder.path().join("register.keys");
        courthouse::operate::audit(&self.database.url("postgres"), &key_file, true).await.expect("a report")
    }

    /// A model that is learnt from this house's register.
    pub async fn learns(&self, name: &str) -> courthouse::operate::Learned {
        let key_file = self.folder.path().join("register.keys");
        courthouse::operate::learn(&self.database.url("linker"), &key_file, name).await.expect("a model")
    }

    /// What the newest fact of a kind says.
    pub async fn fact_data(&self, kind: &str) -> serde_json::Value {
        let mut sql = self.database.connect("postgres").await;
        let data = sqlx::query_scalar("select data from journal.facts where kind = $1 order by position desc limit 1")
            .bind(kind)
            .fetch_one(&mut sql)
            .await
            .expect("a fact");
        sql.close().await.expect("closed");
        data
    }

    /// Closes the house in good order.
    pub async fn close(self) {
        self.lifecycle.stop();
        self.lifecycle.finish(Duration::from_secs(20)).await.expect("every task ends well");
    }
}

/// See [`World::rests`]: the same for any house, by its database and its bus.
pub async fn rests(database: &str, bus: &Bus, patience: Duration) {
    let begun = tokio::time::Instant::now();
    let mut quiet = 0;
    while quiet < 3 {
        let left = waiting(database, bus).await;
        quiet = if left.as_ref().is_some_and(|left| left.iter().all(|(_, count)| *count == 0)) { quiet + 1 } else { 0 };
        assert!(begun.elapsed() < patience, "the house does not come to rest: {left:?} left to do");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many messages and facts are still to be handled, by whom; nothing while a server is away.
async fn waiting(database: &str, bus: &Bus) -> Option<Vec<(&'static str, i64)>> {
    let context = async_nats::jetstream::new(bus.client().clone());
    let stream = context.get_stream("CASES").await.ok()?;
    let mut waiting = vec![("intake", i64::try_from(stream.cached_info().state.messages).unwrap_or(i64::MAX))];
    let mut sql = PgConnection::connect(database).await.ok()?;
    for (consumer, kinds) in
        [("linker", linker::KINDS.to_vec()), ("alerts", alerts::KINDS.to_vec()), ("steward", steward::KINDS.to_vec())]
    {
        let left: i64 = sqlx::query_scalar(
            "select count(*) from journal.facts f where kind = any($1)
             and not exists (select from journal.inbox i where i.consumer = $2 and i.fact = f.id)",
        )
        .bind(kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>())
        .bind(consumer)
        .fetch_one(&mut sql)
        .await
        .ok()?;
        waiting.push((consumer, left));
    }
    let models: i64 = sqlx::query_scalar("select count(*) from linker.activations").fetch_one(&mut sql).await.ok()?;
    waiting.push(("models", models));
    sql.close().await.ok()?;
    Some(waiting)
}

/// See [`World::state`]: the same for any house, by its database.
pub async fn state(database: &str) -> BTreeSet<String> {
    let mut sql = PgConnection::connect(database).await.expect("the database");
    let rows: Vec<(String, String)> =
        sqlx::query_as(include_str!("state.sql")).fetch_all(&mut sql).await.expect("a state");
    sql.close().await.expect("closed");
    rows.into_iter().map(|(what, content)| format!("{what} {content}")).collect()
}

/// A connection to a bus.
pub async fn connect(url: &str) -> Bus {
    Bus::connect(&BusOptions { url: url.to_owned(), credentials: None, nkey_seed: None, name: "test", inbox: None })
        .await
        .expect("the bus answers")
}

fn metrics() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| runtime::telemetry::metrics().expect("metrics")).clone()
}
