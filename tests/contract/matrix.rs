//! Who gets what: every route of the four services' descriptions against every role, the own case and another's. A route that is
//! not in the table fails the test.

use std::collections::{BTreeMap, BTreeSet};

use courthouse::events::{CaseEvent, CaseStory, people, person};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use verband_tests::{Steward, World};

const TABLE: &str = include_str!("matrix.txt");

/// Who asks, in the order of the columns: an account, and its role.
const CALLERS: [(&str, &str); 10] = [
    ("", ""),
    ("judge-anna", "judge"),
    ("judge-carla", "judge"),
    ("clerk-elif", "clerk"),
    ("clerk-gijs", "clerk"),
    ("steward-dirk", "steward"),
    ("operator-femke", "operator"),
    ("auditor-guus", "auditor"),
    ("rbrot-civiel", "publisher"),
    ("rbdha-straf", "publisher"),
];

struct Row {
    service: String,
    method: Method,
    path: String,
    statuses: Vec<u16>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let read = |line: &str| {
        let mut words = line.split_whitespace();
        let mut word = || words.next().unwrap_or_else(|| panic!("too short: {line}")).to_owned();
        let (service, method, path) = (word(), word().parse().unwrap(), word());
        let statuses: Vec<u16> = words.map(|status| status.parse().unwrap()).collect();
        assert_eq!(statuses.len(), CALLERS.len(), "{line}");
        Row { service, method, path, statuses }
    };
    lines.map(read).collect()
}

/// Every operation that the services describe.
fn described() -> BTreeSet<String> {
    let services = [
        ("intake", intake::document()),
        ("linker", linker::document()),
        ("alerts", alerts::document()),
        ("steward", steward::document()),
    ];
    let mut found = BTreeSet::new();
    for (service, document) in services {
        let document = serde_json::to_value(document).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            let methods = item.as_object().unwrap().keys().map(|key| key.to_uppercase());
            let known = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"];
            let methods = methods.filter(|method| known.contains(&method.as_str()));
            found.extend(methods.map(|method| format!("{service} {method} {path}")));
        }
    }
    found
}

#[test]
fn every_route_has_its_row_and_every_row_its_route() {
    let rows: Vec<String> = rows().iter().map(|row| format!("{} {} {}", row.service, row.method, row.path)).collect();
    let distinct: BTreeSet<String> = rows.iter().cloned().collect();
    assert_eq!(distinct.len(), rows.len(), "no route twice");
    assert_eq!(distinct, described());
}

/// judge-anna's case with clerk-elif, a prosecution beside it, a question and an unknown article for the desk, and an event that cannot be understood.
fn caseload() -> (CaseStory, Vec<CaseEvent>) {
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut assault = CaseStory::new("criminal", "RBROT", "assault");
    let mut threat = CaseStory::new("criminal", "RBDHA", "threat");
    let events = vec![
        contact.registered("contact-arrangement", "C/10/712345 / FA RK 26-812"),
        contact.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
        contact.party("p3", &["minor"], Some("child"), &people::noor()),
        contact.judges(&["judge-anna"]),
        contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] })),
        assault.registered("adult-criminal", "10/123456-26"),
        assault.party("d1", &["suspect"], None, &people::pieter()),
        assault.party("d2", &["victim"], None, &people::samira()),
        assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
        assault.charge("c2", "d1", &["d2"], &["999"], "2026-03-07"),
        threat.registered("adult-criminal", "09/222333-26"),
        threat.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""])),
        contact.event("hearing-planned", &json!({ "hearingId": "h1", "on": "soon" })),
    ];
    (contact, events)
}

/// What is asked with, as far as it is known by now: the ids in a path, and what a body names.
type Known = BTreeMap<&'static str, String>;

fn filled(path: &str, known: &Known) -> String {
    let part = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => known.get(name).unwrap_or_else(|| panic!("{name} is not known before {path}")).clone(),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn body(path: &str, known: &Known) -> Value {
    match path {
        "/quarantined-events/{id}/releases" | "/questions/{questionId}/deferrals" => json!({}),
        "/questions/{questionId}/escalations" => json!({ "note": "The file is elsewhere." }),
        "/quarantined-events/{id}/discards" => json!({ "reason": "unreadable" }),
        "/models" => json!({ "policy": "rules" }),
        "/scores" => json!({ "a": { "surname": "Berg" }, "b": { "surname": "Berg" } }),
        "/signals/{signalId}/acknowledgements" => json!({ "version": 1 }),
        "/signals/{signalId}/handlings" => json!({ "version": 1, "done": "discussed-at-hearing", "on": "2026-09-14" }),
        "/signals/{signalId}/ratings" => json!({ "version": 1, "useful": true }),
        "/signals/{signalId}/reveals" => json!({ "version": 1, "reason": "safety" }),
        "/signals/{signalId}/doubts" => json!({ "version": 1, "reason": "other-person" }),
        "/signals/{signalId}/information-requests" => {
            json!({ "version": 1, "information": "state-of-affairs", "basis": "wjsg-8-1" })
        }
        "/signals/{signalId}/party-versions" => json!({ "version": 1, "recipient": known["recipient"] }),
        "/party-versions/{partyVersionId}/checks" => json!({ "released": true }),
        "/party-versions/{partyVersionId}/tellings" => json!({ "on": "2026-09-14" }),
        "/attestations/_verify" => json!({
            "attestation": known["attestationId"], "caseNumber": "C/10/712345 / FA RK 26-812", "consultedOn": "2026-09-14",
        }),
        "/articles/{articleId}/proposals" => json!({ "countsAs": "serious" }),
        "/questions/{questionId}/proposals" => json!({ "same": false }),
        "/questions/{questionId}/rulings" => json!({ "same": false, "reason": "seen-in-file" }),
        "/questions/{questionId}/source-questions" => json!({ "record": known["side"], "fields": ["birth-date"] }),
        "/questions/{questionId}/suspicions" => json!({ "record": known["side"] }),
        "/questions/{questionId}/splits" => json!({ "moved": [known["caseId"]], "reason": "family-members" }),
        "/questions/{questionId}/reveals" => {
            json!({ "record": known["side"], "identifier": "bsn", "reason": "compare-digits" })
        }
        _ => Value::Null,
    }
}

/// Keeps the ids that an answer brings for the rows after it.
fn learn(path: &str, answer: &Value, known: &mut Known) {
    let mut keep = |name, value: &Value| drop(known.insert(name, value.as_str().expect("an id").to_owned()));
    match path {
        "/quarantined-events" => keep("id", &answer["entries"][0]["id"]),
        "/models" if answer["proposals"][0].is_object() => keep("id", &answer["proposals"][0]["id"]),
        "/signals" if answer["signals"][0].is_object() => keep("signalId", &answer["signals"][0]["signal"]),
        "/signals/{signalId}/recipients" => keep("recipient", &answer["recipients"][0]["id"]),
        "/signals/{signalId}/information-requests" => keep("requestId", &answer["requests"][0]["id"]),
        "/signals/{signalId}/party-versions" => keep("partyVersionId", &answer["partyVersions"][0]["id"]),
        "/cases/{caseId}/attestations" => keep("attestationId", &answer["id"]),
        "/articles" => keep("articleId", &answer["articles"][0]["id"]),
        "/questions" => keep("questionId", &answer["questions"][0]["id"]),
        "/questions/{questionId}" => {
            let fields = answer["fields"].as_array().expect("fields");
            let bsn = fields.iter().find(|field| field["field"] == "bsn").expect("a number");
            keep("side", &json!(if bsn["a"].is_string() { "first" } else { "second" }));
        }
        "/questions/{questionId}/proposals" => keep("proposalId", &answer["id"]),
        "/questions/{questionId}/rulings" => keep("rulingId", &answer["id"]),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_gets_what_it_is_for_and_nothing_else() {
    let world = World::open().await;
    let (mut contact, events) = caseload();
    world.hears(events).await;
    let addresses = &world.addresses;
    let bases =
        BTreeMap::from([("intake", addresses.intake), ("linker", addresses.linker), ("alerts", addresses.alerts)]);
    let token = |(subject, role): (&str, &str)| world.at_desk(subject, &[role]).token();
    let tokens: Vec<String> = CALLERS.into_iter().map(token).collect();
    let (client, dirk) = (Client::new(), world.at_desk("steward-dirk", &["steward"]));
    let event = contact.judges(&["judge-anna"]).body;
    let mut known = Known::from(["caseId", "splitId"].map(|name| (name, contact.case_id().to_string())));
    let mut wrong = Vec::new();
    for (number, row) in rows().iter().enumerate() {
        let base = bases.get(row.service.as_str()).copied().unwrap_or(addresses.steward);
        let url = format!("http://{base}/v1{}", filled(&row.path, &known));
        // What the row before did is followed by everybody first.
        world.rests().await;
        let tag = version(&dirk, &row.path, &known).await;
        // Who is refused asks before whoever is let in: what the one does must not be why the other is refused.
        let mut order: Vec<usize> = (0..CALLERS.len()).collect();
        order.sort_by_key(|column| row.statuses[*column] < 300);
        for column in order {
            let mut request = client.request(row.method.clone(), &url);
            if row.path == "/events" {
                request = request.header("content-type", "application/cloudevents+json").body(event.to_string());
            } else if row.method == Method::POST {
                request = request.header("idempotency-key", format!("row-{number}")).header("if-match", &tag);
                request = request.json(&body(&row.path, &known));
            }
            if column > 0 {
                request = request.bearer_auth(&tokens[column]);
            }
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            if status != row.statuses[column] {
                wrong.push(format!("{} {} as {}: {status}", row.method, row.path, CALLERS[column].0));
            }
            // A stream of news does not end.
            if status < 300 && !row.path.ends_with("/events") {
                learn(&row.path, &answer.json().await.unwrap_or(Value::Null), &mut known);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    world.close().await;
}

/// The version of the question that a decision names.
async fn version(dirk: &Steward, path: &str, known: &Known) -> String {
    match known.get("questionId").filter(|_| path.starts_with("/questions/")) {
        Some(question) => dirk.opens(question).await.etag.expect("an entity tag"),
        None => "\"none\"".to_owned(),
    }
}
