//! Every form of every page: nobody without a session sends it, nobody in a role that it is not for, and nobody from another site.

use std::collections::BTreeSet;

use reqwest::{Client, redirect::Policy};
use verband_tests::World;

/// A form: of which service, where it is sent to, who may send it, and what it says at least.
type Form = (&'static str, &'static str, &'static [&'static str], &'static str);

const JUDGE: &[&str] = &["judge"];
const CLERK: &[&str] = &["clerk"];
const STEWARD: &[&str] = &["steward"];
const RULING: &str = "seen=a.b.c.d&request=form&reason=seen-in-file&note=&same=true";
const SPLIT: &str = "seen=a.b.c.d.e&request=form&reason=seen-in-file&note=";

const FORMS: &[Form] = &[
    ("alerts", "/cases/{case}/attestations", JUDGE, ""),
    ("alerts", "/cases/{case}/procedure-histories", JUDGE, ""),
    ("alerts", "/information-requests/{request}/withdrawals", JUDGE, ""),
    ("alerts", "/party-versions/{version}/checks", CLERK, "released=true"),
    ("alerts", "/party-versions/{version}/tellings", JUDGE, "on=2026-09-14"),
    ("alerts", "/signals/{signal}/acknowledgements", JUDGE, "version=1"),
    ("alerts", "/signals/{signal}/doubts", JUDGE, "version=1&reason=other-person"),
    ("alerts", "/signals/{signal}/handlings", JUDGE, "version=1&done=told-to-parties&on=2026-09-14"),
    (
        "alerts",
        "/signals/{signal}/information-requests",
        JUDGE,
        "version=1&information=state-of-affairs&basis=wjsg-8-1",
    ),
    ("alerts", "/signals/{signal}/party-versions", JUDGE, "version=1&recipient=0190c9a2-7f3e-7c11-8d52-0242ac120002"),
    ("alerts", "/signals/{signal}/ratings", JUDGE, "version=1&reason=new-to-me"),
    ("alerts", "/signals/{signal}/reveals", JUDGE, "version=1&reason=safety"),
    ("steward", "/articles/{article}/proposals", STEWARD, "request=form&counts-as="),
    ("steward", "/next", STEWARD, ""),
    ("steward", "/questions/{question}/claim", STEWARD, ""),
    ("steward", "/questions/{question}/deferrals", STEWARD, "hours=1"),
    ("steward", "/questions/{question}/escalations", STEWARD, RULING),
    ("steward", "/questions/{question}/group", STEWARD, ""),
    ("steward", "/questions/{question}/preview", STEWARD, RULING),
    ("steward", "/questions/{question}/release", STEWARD, ""),
    (
        "steward",
        "/questions/{question}/reveals",
        STEWARD,
        "record=first&identifier=bsn&reason=compare-digits&what=first-bsn",
    ),
    ("steward", "/questions/{question}/rulings", STEWARD, RULING),
    (
        "steward",
        "/questions/{question}/source-questions",
        STEWARD,
        "request=form&seen=a.b.c.d&record=first&field-sex=on",
    ),
    ("steward", "/questions/{question}/splits", STEWARD, SPLIT),
    ("steward", "/questions/{question}/splits/preview", STEWARD, SPLIT),
    (
        "steward",
        "/questions/{question}/splits/withdrawals",
        STEWARD,
        "request=form&split=0190c9a2-7f3e-7c11-8d52-0242ac120002",
    ),
    ("steward", "/questions/{question}/suspicions", STEWARD, "request=form&seen=a.b.c.d&record=first"),
    (
        "steward",
        "/questions/{question}/withdrawals",
        STEWARD,
        "request=form&ruling=0190c9a2-7f3e-7c11-8d52-0242ac120002",
    ),
];

/// Every role that a caller can have.
const ROLES: [&str; 6] = ["judge", "clerk", "steward", "operator", "auditor", "publisher"];

/// The forms of a service's pages, by its own routes.
fn routed(service: &str, pages: &str) -> BTreeSet<(String, String)> {
    let routes = pages.lines().map(str::trim).filter(|line| line.starts_with(".route(\"") && line.contains("post("));
    let path = |line: &str| line.split('"').nth(1).map(|path| (service.to_owned(), path.to_owned()));
    routes.filter_map(path).collect()
}

#[test]
fn the_table_has_every_form_that_there_is() {
    let alerts = routed("alerts", include_str!("../../services/alerts/src/pages.rs"));
    let steward = routed("steward", include_str!("../../services/steward/src/pages.rs"));
    let table: BTreeSet<(String, String)> =
        FORMS.iter().map(|(service, path, ..)| ((*service).to_owned(), (*path).to_owned())).collect();
    assert_eq!(table, alerts.union(&steward).cloned().collect());
    assert_eq!(table.len(), FORMS.len(), "each once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_sent_by_nobody_but_whom_it_is_for() {
    let world = World::open().await;
    let client = Client::builder().redirect(Policy::none()).build().unwrap();
    let mut wrong = Vec::new();
    for (service, path, roles, form) in FORMS {
        let at = if *service == "alerts" { world.addresses.alerts } else { world.addresses.steward };
        let filled: Vec<&str> = path
            .split('/')
            .map(|part| if part.starts_with('{') { "0190c9a2-7f3e-7c11-8d52-0242ac120002" } else { part })
            .collect();
        let url = format!("http://{at}{}", filled.join("/"));
        let sent = async |token: Option<&str>| {
            let request = client.post(&url).header("accept", "text/html").header("sec-fetch-site", "same-origin");
            let request = request.header("content-type", "application/x-www-form-urlencoded").body(*form);
            let request = match token {
                Some(token) => request.bearer_auth(token),
                None => request,
            };
            request.send().await.unwrap()
        };
        let bare = sent(None).await;
        let leads = bare.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        if !(bare.status() == 401 || bare.status() == 303 && leads.starts_with("/sign-in")) {
            wrong.push(format!("{service} {path} without a session: {} {leads}", bare.status()));
        }
        for role in ROLES {
            let token = world.at_desk(&format!("{role}-guus"), &[role]).token();
            let status = sent(Some(&token)).await.status().as_u16();
            let is_refused = [401, 403].contains(&status);
            if roles.contains(&role) == is_refused || (is_refused && status != 403) || status >= 500 {
                wrong.push(format!("{service} {path} as {role}: {status}"));
            }
        }
        // A browser that another site leads here brings its session along; what it sends is not looked at.
        let request = client.post(&url).header("accept", "text/html").header("sec-fetch-site", "cross-site");
        let request =
            request.header("cookie", "verband=somebodys").header("content-type", "application/x-www-form-urlencoded");
        let from_elsewhere = request.body(*form).send().await.unwrap().status();
        if from_elsewhere != 403 {
            wrong.push(format!("{service} {path} from another site: {from_elsewhere}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    world.close().await;
}
