//! What each database role may do, asked of PostgreSQL itself.

use sqlx::PgConnection;
use verband_tests::Database;

/// SQLSTATE of a refused permission or a violated policy.
const REFUSED: &str = "42501";

async fn outcome(connection: &mut PgConnection, statement: &'static str) -> Option<String> {
    match sqlx::query(statement).execute(connection).await {
        Ok(_) => None,
        Err(error) => {
            Some(error.as_database_error().and_then(sqlx::error::DatabaseError::code).expect("a code").into_owned())
        }
    }
}

fn insert(kind: &str) -> &'static str {
    let statement = format!(
        "insert into journal.facts (id, kind, tags, data, cause, actor, event_time)
         values (gen_random_uuid(), '{kind}', '{{}}', '{{}}', gen_random_uuid(), 'test', now())"
    );
    Box::leak(statement.into_boxed_str())
}

#[tokio::test]
async fn each_author_writes_its_own_words_only() {
    let database = Database::fresh().await;
    for role in ["intake", "linker", "alerts", "steward"] {
        let mut connection = database.connect(role).await;
        for author in ["intake", "linker", "alerts", "steward", "somebody"] {
            let refused = outcome(&mut connection, insert(&format!("{author}.thing-happened"))).await;
            let expected = (author != role).then(|| REFUSED.to_owned());
            assert_eq!(refused, expected, "{role} writing as {author}");
        }
    }
}

#[tokio::test]
async fn nobody_changes_or_removes_a_fact() {
    let database = Database::fresh().await;
    for role in ["intake", "linker", "alerts", "steward"] {
        let mut connection = database.connect(role).await;
        assert_eq!(outcome(&mut connection, insert(&format!("{role}.thing-happened"))).await, None);
        for statement in [
            "update journal.facts set data = '{}'",
            "delete from journal.facts",
            "truncate journal.facts",
            "alter table journal.facts disable row level security",
        ] {
            assert_eq!(outcome(&mut connection, statement).await.as_deref(), Some(REFUSED), "{role}: {statement}");
        }
    }
}

#[tokio::test]
async fn alerts_cannot_read_a_key_and_only_intake_makes_one() {
    let database = Database::fresh().await;
    let read = "select wrapped from journal.keys";
    let make = "insert into journal.keys (id, kek, wrapped) values (gen_random_uuid(), 1, '\\x00')";
    for (role, may_read, may_make) in
        [("intake", true, true), ("linker", true, false), ("steward", true, false), ("alerts", false, false)]
    {
        let mut connection = database.connect(role).await;
        let refused = |may: bool| (!may).then(|| REFUSED.to_owned());
        assert_eq!(outcome(&mut connection, read).await, refused(may_read), "{role} reading keys");
        assert_eq!(outcome(&mut connection, make).await, refused(may_make), "{role} making a key");
    }
}

#[tokio::test]
async fn a_service_sees_no_other_services_tables() {
    let database = Database::fresh().await;
    for (role, statement) in [
        ("alerts", "select party from linker.records"),
        ("linker", "select signal from alerts.signals"),
        ("intake", "select question from steward.questions"),
        ("steward", "select event from intake.quarantine"),
    ] {
        let mut connection = database.connect(role).await;
        assert_eq!(outcome(&mut connection, statement).await.as_deref(), Some(REFUSED), "{role}: {statement}");
    }
}

#[tokio::test]
async fn how_the_house_runs_is_counted_for_the_desk_alone_and_as_counts() {
    let database = Database::fresh().await;
    let views: Vec<String> = sqlx::query_scalar(
        "select table_name::text || '.' || column_name from information_schema.columns where table_schema = 'operations'",
    )
    .fetch_all(&mut database.connect("postgres").await)
    .await
    .expect("columns");
    assert!(views.len() > 15, "{views:?}");
    for column in ["data", "fact", "tags", "actor", "sealed", "event"] {
        assert!(!views.iter().any(|view| view.ends_with(&format!(".{column}"))), "{column} in {views:?}");
    }
    for (role, refused) in
        [("steward", None), ("alerts", Some(REFUSED)), ("linker", Some(REFUSED)), ("intake", Some(REFUSED))]
    {
        let mut connection = database.connect(role).await;
        for statement in ["select facts from operations.readers", "select built from operations.building()"] {
            assert_eq!(outcome(&mut connection, statement).await.as_deref(), refused, "{role}: {statement}");
        }
    }
}

#[tokio::test]
async fn what_the_audit_found_is_told_by_the_linker_and_read_by_the_desk() {
    let database = Database::fresh().await;
    let tell = "insert into operations.audits (at, persons, links, questions, findings) values (now(), 1, 1, 1, '{}')";
    let read = "select at from operations.audits";
    for (role, may_tell, may_read) in
        [("alerts", false, false), ("intake", false, false), ("steward", false, true), ("linker", true, true)]
    {
        let mut connection = database.connect(role).await;
        let refused = |may: bool| (!may).then(|| REFUSED.to_owned());
        assert_eq!(outcome(&mut connection, tell).await, refused(may_tell), "{role}");
        assert_eq!(outcome(&mut connection, read).await, refused(may_read), "{role}");
    }
}

#[tokio::test]
async fn a_service_marks_only_its_own_inbox() {
    let database = Database::fresh().await;
    let mut connection = database.connect("alerts").await;
    let forged = "insert into journal.inbox (consumer, fact) values ('linker', gen_random_uuid())";
    assert_eq!(outcome(&mut connection, forged).await.as_deref(), Some(REFUSED));
}
