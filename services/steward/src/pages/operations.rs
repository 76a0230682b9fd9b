//! How the house runs, for an operator: a page without script, each picture with the numbers it is drawn from beside it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use web::text::Value;
use web::{Lang, Page, Principal, Problem, Role};

use super::menu_for;
use super::words;
use crate::App;
use crate::operations::{self, Audited, Flow, Operations, Pile, Reader};

/// How many minutes a bar of the picture stands for.
const BAR: usize = 5;
/// How high a picture is and how far apart its bars are, in units of the drawing.
const HEIGHT: u64 = 32;
const STEP: u64 = 16;

#[derive(Template)]
#[template(path = "operations.html")]
pub(super) struct OperationsPage {
    page: Page,
    /// As of when.
    at: String,
    /// What wants attention; nothing where all is well.
    alarms: Vec<String>,
    flow: Vec<ShownFlow>,
    readers: Vec<ShownReader>,
    backlog: Vec<ShownReader>,
    latency: Option<String>,
    parked: Vec<ShownPile>,
    quarantine: Vec<ShownPile>,
    waiting: Vec<ShownPile>,
    /// What must hold: what it is, in words whether it does, and whether it does.
    health: Vec<(String, String, bool)>,
    /// What the last audit looked at, in a sentence.
    audited: String,
    /// What it found: the code of a rule that does not hold, and how often.
    findings: Vec<(String, u64)>,
    /// The roles, and what each may do.
    roles: Vec<(&'static str, String)>,
    /// By what it is decided, and how far a change of that is: sentences.
    decider: Vec<String>,
}

/// What an author wrote.
struct ShownFlow {
    author: String,
    hour: u64,
    newest: u64,
    /// The bars' numbers, oldest first.
    numbers: String,
    bars: Vec<Bar>,
}

/// One bar of a picture.
struct Bar {
    x: u64,
    y: u64,
    height: u64,
}

/// How far a reader is.
struct ShownReader {
    what: String,
    count: String,
    oldest: String,
    is_late: bool,
}

/// So much of something.
struct ShownPile {
    what: Vec<String>,
    count: u64,
    since: String,
}

pub(super) async fn show(State(app): State<App>, principal: Principal, lang: Lang) -> Result<Response, Problem> {
    principal.require(Role::Operator)?;
    let now = app.desk.clock.now();
    let read = operations::read(app.desk.journal.pool(), &app.bus, &app.checks, now).await;
    let read = read.map_err(|error| service::problem(error.into()))?;
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "operations-heading", &[]))
        .at("/operations")
        .signed_in(menu_for(&app, lang, &principal.roles, "/operations"));
    web::page::html(&shown(page, &read, now))
}

/// The page of what was read.
pub(super) fn shown(page: Page, read: &Operations, now: Timestamp) -> OperationsPage {
    let lang = page.lang();
    let piles = |piles: &[Pile]| piles.iter().map(|pile| shown_pile(lang, pile)).collect::<Vec<_>>();
    OperationsPage {
        at: words::moment(lang, now),
        alarms: alarms(&page, read),
        flow: read.flow.iter().map(shown_flow).collect(),
        readers: read.readers.iter().map(|reader| shown_reader(&page, reader)).collect(),
        backlog: read.backlog.iter().map(|(consumer, left)| shown_backlog(&page, consumer, *left)).collect(),
        latency: read.latency.map(|latency| {
            let number = |value: u64| Value::from(i64::try_from(value).unwrap_or(i64::MAX));
            let words = [
                ("of", Value::from(i64::try_from(latency.of).unwrap_or(i64::MAX))),
                ("half", number(latency.p50)),
                ("most", number(latency.p95)),
                ("nearly", number(latency.p99)),
            ];
            page.say_with("operations-latency", &words)
        }),
        parked: piles(&read.parked),
        quarantine: piles(&read.quarantine),
        waiting: piles(&read.waiting),
        health: read.health.iter().map(|(what, holds)| shown_health(&page, what, *holds)).collect(),
        audited: audited(&page, read.audited.as_ref()),
        findings: read.audited.iter().flat_map(|audited| audited.findings.clone()).collect(),
        roles: Role::ALL.map(|role| (role.name(), page.say(&format!("operations-role-{}", role.name())))).into(),
        decider: decider(&page, read),
        page,
    }
}

fn alarms(page: &Page, read: &Operations) -> Vec<String> {
    let counted = |key: &str, count: u64| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        (count > 0).then(|| page.say_with(key, &[("count", Value::from(count))]))
    };
    let failing = read.health.iter().filter(|(what, holds)| !holds && *what != "bus");
    let failing = failing.map(|(what, _)| page.say(&format!("operations-alarm-{what}")));
    let found = read.audited.as_ref().map_or(0, |audited| audited.findings.values().sum());
    let late = read.readers.iter().filter(|reader| reader.is_late()).count();
    let away = read.backlog.values().any(Option::is_none).then(|| page.say("operations-alarm-bus"));
    [
        counted("operations-alarm-late", u64::try_from(late).unwrap_or(u64::MAX)),
        away,
        counted("operations-alarm-parked", read.parked.iter().map(|pile| pile.count).sum()),
        counted("operations-alarm-audit", found),
    ]
    .into_iter()
    .flatten()
    .chain(failing)
    .collect()
}

fn shown_health(page: &Page, what: &str, holds: bool) -> (String, String, bool) {
    let word = page.say(if holds { "operations-holds" } else { "operations-fails" });
    (page.say(&format!("operations-health-{what}")), word, holds)
}

fn audited(page: &Page, audited: Option<&Audited>) -> String {
    let Some(audited) = audited else { return page.say("operations-audit-none") };
    let at = words::moment(page.lang(), audited.at);
    let [persons, links, questions] = audited.of.map(|count| Value::from(i64::try_from(count).unwrap_or(i64::MAX)));
    let words = [("at", at.as_str().into()), ("persons", persons), ("links", links), ("questions", questions)];
    page.say_with("operations-audit", &words)
}

fn shown_flow(flow: &Flow) -> ShownFlow {
    let sums: Vec<u64> = flow.minutes.chunks(BAR).map(|minutes| minutes.iter().sum()).collect();
    let highest = sums.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(place, sum): (u64, &u64)| {
        // A bar that stands for something is seen.
        let height = if *sum == 0 { 0 } else { (sum * HEIGHT / highest).max(1) };
        Bar { x: place * STEP, y: HEIGHT - height, height }
    };
    ShownFlow {
        author: flow.author.clone(),
        hour: sums.iter().sum(),
        newest: sums.last().copied().unwrap_or(0),
        numbers: sums.iter().map(u64::to_string).collect::<Vec<_>>().join(", "),
        bars: (0..).zip(&sums).map(bar).collect(),
    }
}

fn shown_reader(page: &Page, reader: &Reader) -> ShownReader {
    let (what, who) = reader.name.split_once(':').unwrap_or(("sweep", &reader.name));
    let what = if what == "relay" { "operations-relay" } else { "operations-sweep" };
    ShownReader {
        what: page.say_with(what, &[("who", who.into())]),
        count: reader.facts.to_string(),
        oldest: reader.oldest.map_or_else(|| "–".to_owned(), |oldest| seconds(page, oldest)),
        is_late: reader.is_late(),
    }
}

fn shown_backlog(page: &Page, consumer: &str, left: Option<u64>) -> ShownReader {
    ShownReader {
        what: page.say_with("operations-consumer", &[("who", consumer.into())]),
        count: left.map_or_else(|| page.say("operations-unknown"), |left| left.to_string()),
        oldest: "–".to_owned(),
        is_late: left.is_none(),
    }
}

fn seconds(page: &Page, duration: SignedDuration) -> String {
    page.say_with("operations-seconds", &[("count", Value::from(duration.as_secs()))])
}

fn shown_pile(lang: Lang, pile: &Pile) -> ShownPile {
    ShownPile { what: pile.what.clone(), count: pile.count, since: words::moment(lang, pile.since) }
}

fn decider(page: &Page, read: &Operations) -> Vec<String> {
    let in_force = match &read.decider {
        Some((engine, policy)) => {
            page.say_with("operations-model", &[("model", engine.as_str().into()), ("policy", policy.as_str().into())])
        }
        None => page.say("operations-model-none"),
    };
    let anew = read
        .deciding_anew
        .map(|done| page.say_with("operations-anew", &[("percent", Value::from(i64::from(done / 100)))]));
    let building = read.building.map(|(records, built)| {
        let number = |value: u64| Value::from(i64::try_from(value).unwrap_or(i64::MAX));
        page.say_with("operations-building", &[("built", number(built)), ("records", number(records))])
    });
    let still = (anew.is_none() && building.is_none()).then(|| page.say("operations-still"));
    [Some(in_force), anew, building, still].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::texts;
    use super::*;
    use crate::operations::Latency;

    #[test]
    fn every_text_is_there() {
        let counted =
            ["heading", "latency", "unknown", "seconds", "alarm-late", "alarm-bus", "alarm-parked", "consumer"];
        for key in counted.into_iter().chain(["sweep", "relay", "model", "model-none", "anew", "building", "still"]) {
            assert!(texts().has(&format!("operations-{key}")), "{key}");
        }
        let held = ["database", "bus", "keys", "sign-in"].map(|what| format!("health-{what}"));
        let roles = Role::ALL.map(|role| format!("role-{}", role.name()));
        let alarms = ["database", "keys", "sign-in", "audit"].map(|what| format!("alarm-{what}"));
        for key in held.iter().chain(&roles).chain(&alarms).map(String::as_str).chain([
            "holds",
            "fails",
            "audit",
            "audit-none",
        ]) {
            assert!(texts().has(&format!("operations-{key}")), "{key}");
        }
    }

    #[test]
    fn how_it_runs_is_drawn_and_tabled_and_what_is_wrong_stands_first() {
        let now: jiff::Timestamp = "2026-09-14T09:30:00Z".parse().expect("a moment");
        let pile =
            |what: &[&str]| Pile { what: what.iter().map(|&word| word.to_owned()).collect(), count: 3, since: now };
        let mut minutes = vec![0; 60];
        (minutes[0], minutes[57], minutes[59]) = (4, 30, 10);
        let read = Operations {
            flow: vec![Flow { author: "linker".to_owned(), minutes }],
            readers: vec![Reader {
                name: "sweep:linker".to_owned(),
                facts: 12,
                oldest: Some(jiff::SignedDuration::from_mins(5)),
            }],
            backlog: [("intake", Some(7)), ("linker", None)].into(),
            latency: Some(Latency { of: 4, p50: 11, p95: 21, p99: 22 }),
            parked: vec![pile(&["alerts", "linker.cases-linked", "details do not read"])],
            quarantine: vec![pile(&["bsn.checksum"])],
            waiting: vec![pile(&["case"])],
            decider: Some(("court-1/numbers".to_owned(), "numbers".to_owned())),
            deciding_anew: Some(2_500),
            building: Some((100, 40)),
            health: vec![("database", true), ("keys", false)],
            audited: Some(Audited { at: now, of: [12, 5, 3], findings: [("matters-are-whole".to_owned(), 2)].into() }),
        };
        let page = |lang: Lang| Page::new(&texts(), lang, "heading").at("/operations").signed_in(Vec::new());
        for (lang, parts) in [
            (
                Lang::Nl,
                [
                    "1 lezer loopt achter",
                    "De berichtenbus antwoordt niet",
                    "3 feiten",
                    "300 seconden",
                    "25 %",
                    "2 bevindingen",
                    "sleutels",
                ],
            ),
            (
                Lang::En,
                [
                    "1 reader lags behind",
                    "The message bus does not answer",
                    "3 facts",
                    "300 seconds",
                    "25 %",
                    "2 findings",
                    "keys",
                ],
            ),
        ] {
            let body = shown(page(lang), &read, now).render().expect("a page");
            for part in parts.into_iter().chain([
                "4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40",
                "bsn.checksum",
                "court-1/numbers",
                "matters-are-whole",
                "verband register audit",
                "verband quarantine",
            ]) {
                assert!(body.contains(part), "{part} in {body}");
            }
            assert!(body.find("alarms") < body.find("<table"), "what is wrong stands first");
            assert_eq!(body.matches("<rect").count(), 12, "a bar for each number");
            let well = Operations { flow: read.flow.clone(), ..Operations::default() };
            let well = shown(page(lang), &well, now).render().expect("a page");
            assert!(well.contains("class=\"notice\"") && !well.contains("class=\"urgent\""));
        }
    }
}
