//! One PostgreSQL a test process, one database a test.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use runtime::dev::{PostgresOptions, PrivatePostgres};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

/// The database that every test's own is copied from.
const TEMPLATE: &str = "house_template";

static TEMPLATE_MADE: OnceCell<()> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(1);

/// The PostgreSQL of this test process.
pub fn postgres() -> &'static PrivatePostgres {
    static SERVER: OnceLock<PrivatePostgres> = OnceLock::new();
    SERVER.get_or_init(|| PrivatePostgres::start(PostgresOptions::temporary()).expect("a private PostgreSQL starts"))
}

/// A migrated database that belongs to one test.
#[derive(Debug, Clone)]
pub struct Database {
    name: String,
}

impl Database {
    /// A fresh one.
    pub async fn fresh() -> Self {
        tokio::task::spawn_blocking(postgres).await.expect("PostgreSQL");
        TEMPLATE_MADE
            .get_or_init(|| async {
                let admin = postgres().url("postgres", "postgres");
                courthouse::dev::create_database(&admin, TEMPLATE).await.expect("a template database");
                journal::migrate(&postgres().url(TEMPLATE, "postgres"), &[]).await.expect("migrations apply");
            })
            .await;
        let name = format!("house_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = PgConnection::connect(&postgres().url("postgres", "postgres")).await.expect("PostgreSQL");
        sqlx::query(AssertSqlSafe(format!("create database {name} template {TEMPLATE}")))
            .execute(&mut admin)
            .await
            .expect("a database of its own");
        Self { name }
    }

    /// Its address for a role: a service's, or `postgres` for the one who may do everything.
    pub fn url(&self, role: &str) -> String {
        postgres().url(&self.name, role)
    }

    /// A connection as a role.
    pub async fn connect(&self, role: &str) -> PgConnection {
        PgConnection::connect(&self.url(role)).await.expect("the test's database")
    }

    /// One number.
    pub async fn count(&self, query: &'static str) -> i64 {
        let mut connection = self.connect("postgres").await;
        sqlx::query_scalar(query).fetch_one(&mut connection).await.expect("a number")
    }
}
