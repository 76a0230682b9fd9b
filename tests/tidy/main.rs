//! The broom: how the house is built, held by tests.
// A failed expectation is how a test fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::missing_panics_doc, missing_docs)]

mod wording;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The direct dependencies of every package of the house, other than those of its tests.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let names = dependencies
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| dependency["name"].as_str().unwrap().to_owned());
            (package["name"].as_str().unwrap().to_owned(), names.collect())
        })
        .collect()
}

/// The floor of each package; a package imports only from floors below its own.
const FLOORS: [(&str, u32); 17] = [
    ("domain", 0),
    ("matching", 1),
    ("contract", 1),
    ("caseload", 1),
    ("extract", 5),
    ("journal", 10),
    ("bus", 10),
    ("web", 10),
    ("runtime", 10),
    ("service", 15),
    ("intake", 20),
    ("linker", 20),
    ("alerts", 20),
    ("steward", 20),
    ("courthouse", 30),
    ("verband-tests", 40),
    ("", u32::MAX),
];

#[test]
fn nobody_imports_from_the_same_floor_or_above() {
    let floors: BTreeMap<&str, u32> = FLOORS.into_iter().collect();
    let dependencies = dependencies();
    let mut broken = Vec::new();
    for (package, uses) in &dependencies {
        let floor = floors.get(package.as_str()).unwrap_or_else(|| panic!("{package} has no floor"));
        for used in uses {
            if floors.get(used.as_str()).is_some_and(|below| below >= floor) {
                broken.push(format!("{package} imports {used}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    assert_eq!(dependencies.len(), FLOORS.len() - 1, "every package has a floor");
}

#[test]
fn floor_0_does_no_io_and_is_not_asynchronous() {
    let dependencies = dependencies();
    for package in ["domain", "matching", "contract", "caseload"] {
        for banned in
            ["tokio", "sqlx", "axum", "async-nats", "reqwest", "futures", "rand", "aws-lc-rs", "tracing", "metrics"]
        {
            assert!(!dependencies[package].iter().any(|used| used == banned), "{package} uses {banned}");
        }
    }
}

#[test]
fn only_who_must_knows_the_wire_the_web_and_the_database() {
    let allowed = [
        ("async-nats", &["bus", "courthouse", "verband-tests"][..]),
        ("axum", &["web", "service", "intake", "linker", "alerts", "steward", "courthouse"]),
        (
            "sqlx",
            &["journal", "web", "service", "intake", "linker", "alerts", "steward", "courthouse", "verband-tests"],
        ),
    ];
    for (package, uses) in dependencies() {
        for (library, by) in allowed {
            assert!(
                !uses.iter().any(|used| used == library) || by.contains(&package.as_str()),
                "{package} uses {library}"
            );
        }
    }
}

/// The alerts service cannot unseal: nothing in it names the vault.
#[test]
fn alerts_never_touches_the_vault() {
    for (path, text) in sources("services/alerts/src") {
        for word in ["Vault", "DataKey", "vault(", "PartyDetails::"] {
            assert!(!text.contains(word), "{} names {word}", path.display());
        }
    }
}

fn sources(below: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(below)];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.clone(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

fn all_sources() -> Vec<(PathBuf, String)> {
    ["services", "shared", "tests"].into_iter().flat_map(sources).collect()
}

#[test]
fn files_stay_short_and_say_what_they_are_for() {
    let mut broken = Vec::new();
    for (path, text) in all_sources() {
        if text.lines().count() > 500 {
            broken.push(format!("{} has more than 500 lines", path.display()));
        }
        let is_test_module = path.file_stem().is_some_and(|name| name == "tests");
        if !is_test_module && !text.trim_start().starts_with("//!") {
            broken.push(format!("{} does not say what it is for", path.display()));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn nothing_is_left_for_later_and_nothing_is_unsafe() {
    let words = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["uns", "afe {"].concat()];
    for (path, text) in all_sources() {
        for word in &words {
            assert!(!text.contains(word.as_str()), "{} says {word}", path.display());
        }
    }
}

/// Statements are written, never put together: a value can only be bound.
#[test]
fn no_statement_is_put_together_from_text() {
    let mut found = Vec::new();
    for (path, text) in ["services", "shared"].into_iter().flat_map(sources) {
        if text.contains("AssertSqlSafe") {
            found.push(path.strip_prefix(root()).unwrap().display().to_string());
        }
    }
    found.sort();
    // `create database` and `alter role` take no parameters; PostgreSQL itself quotes what goes into them.
    assert_eq!(found, ["services/courthouse/src/dev/stack.rs", "shared/journal/src/migrate.rs"]);
}

/// Every table is either the truth (facts, keys) or says in a comment what it is derived for; every service's schema has
/// its own role and no other.
#[test]
fn every_schema_is_granted_to_its_own_service_only() {
    for (file, schema) in [
        ("0010_intake.sql", "intake"),
        ("0020_linker.sql", "linker"),
        ("0030_alerts.sql", "alerts"),
        ("0040_steward.sql", "steward"),
    ] {
        let text = std::fs::read_to_string(root().join("migrations").join(file)).unwrap();
        let grants: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("grant")).collect();
        assert!(!grants.is_empty(), "{file}");
        for other in ["intake", "linker", "alerts", "steward"].into_iter().filter(|other| *other != schema) {
            assert!(!text.contains(&format!("to {other}")), "{file} grants to {other}");
        }
    }
}
