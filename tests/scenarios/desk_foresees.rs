//! What a steward is told would follow from a ruling is what then follows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use caseload::Caseload;
use courthouse::events::{CaseEvent, CaseStory, person};
use jiff::ToSpan;
use serde_json::{Value, json};
use verband_tests::{Steward, TODAY, World};

/// How many decisions are held against what was foreseen.
const DECISIONS: usize = 200;
/// How many families of the invented caseload there are.
const FAMILIES: usize = 60;
/// How many families there are beside them whose judges would be told of something.
const ASSAULTED: usize = 30;

/// Families in which the father is suspected of an assault, where the police know him by name and birth date only.
fn assaulted() -> Vec<CaseEvent> {
    let names = ["Zwart", "Wijnands", "Verhoef", "Terpstra", "Spanjers", "Roelofs"];
    let mut events = Vec::new();
    for number in 0..ASSAULTED {
        let birth = |year: usize| format!("{}-{:02}-{:02}", year + number, 1 + number % 12, 3 + number % 25);
        let surname = names[number % names.len()];
        let father = person(["", surname, "Sjoerd", &birth(1950), ""]);
        let mother = person(["", surname, "Wietske", &birth(1953), ""]);
        let mut contact = CaseStory::new("family", "RBROT", &format!("assaulted-{number}"));
        let mut assault = CaseStory::new("criminal", "RBROT", &format!("assaulted-{number}"));
        events.extend([
            contact
                .registered("contact-arrangement", &format!("C/10/{} / FA RK 26-{}", 730_000 + number, 2_000 + number)),
            contact.party("p1", &["petitioner"], Some("father"), &father),
            contact.party("p2", &["respondent"], Some("mother"), &mother),
            contact.judges(&["judge-anna"]),
            contact.hearing("h1", TODAY.checked_add(8.days()).unwrap()),
            assault.registered("adult-criminal", &format!("10/{}-26", 300_000 + number)),
            assault.party("d1", &["suspect"], None, &father),
            assault.party("d2", &["victim"], None, &mother),
            assault.judges(&["judge-bram"]),
            assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
        ]);
    }
    events
}

/// What follows from a ruling, foreseen or happened.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Consequences {
    persons: BTreeMap<String, u64>,
    ended: BTreeSet<String>,
    links: BTreeMap<String, String>,
    asked: BTreeSet<String>,
    withdrawn: BTreeSet<String>,
    notices: [u64; 3],
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Consequences {
    fn foreseen(told: &Value) -> Self {
        let list = |name: &str| told[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let notices = ["sent", "updated", "withdrawn"].map(|what| told["notices"][what].as_u64().expect("a number"));
        Self {
            persons: list("persons")
                .iter()
                .map(|person| (text(&person["id"]), person["records"].as_u64().expect("a number")))
                .collect(),
            ended: texts(&told["ended"]),
            links: list("links").iter().map(|link| (text(&link["id"]), text(&link["becomes"]))).collect(),
            asked: texts(&told["asked"]),
            withdrawn: texts(&told["withdrawn"]),
            notices,
        }
    }

    /// Whether any link comes, changes or goes.
    pub fn changes_links(&self) -> bool {
        !self.links.is_empty()
    }

    /// What was written since a place in the journal; `question` is the one that was decided on.
    pub async fn happened(world: &World, since: i64, question: &str) -> Self {
        let mut sql = world.database.connect("postgres").await;
        let facts: Vec<(String, Value)> =
            sqlx::query_as("select kind, data from journal.facts where position > $1 order by position")
                .bind(since)
                .fetch_all(&mut sql)
                .await
                .expect("facts");
        let mut happened = Self::default();
        for (kind, data) in facts {
            let id = |name: &str| data[name].as_str().expect("an id").to_owned();
            match kind.as_str() {
                "linker.person-certain" => {
                    let members = data["members"].as_array().expect("members").len();
                    happened.persons.insert(id("person"), u64::try_from(members).expect("few"));
                }
                "linker.person-dissolved" | "linker.persons-merged" => drop(happened.ended.insert(id("person"))),
                "linker.person-split" if !texts(&data["into"]).contains(&id("person")) => {
                    happened.ended.insert(id("person"));
                }
                "linker.match-possible" | "linker.conflict-found" => drop(happened.asked.insert(id("question"))),
                "linker.question-withdrawn" if id("question") != question => {
                    happened.withdrawn.insert(id("question"));
                }
                "linker.cases-linked" => drop(happened.links.insert(id("link"), "linked".to_owned())),
                "linker.link-changed" => drop(happened.links.insert(id("link"), "changed".to_owned())),
                "linker.link-withdrawn" => drop(happened.links.insert(id("link"), "unlinked".to_owned())),
                "alerts.signal-raised" => happened.notices[0] += 1,
                "alerts.signal-updated" => happened.notices[1] += 1,
                "alerts.signal-withdrawn" => happened.notices[2] += 1,
                _ => {}
            }
        }
        happened
    }
}

pub async fn place(world: &World) -> i64 {
    let mut sql = world.database.connect("postgres").await;
    sqlx::query_scalar("select coalesce(max(position), 0) from journal.facts")
        .fetch_one(&mut sql)
        .await
        .expect("a place")
}

/// Asks what would follow, and waits for the answer.
pub async fn foresees(steward: &Steward, question: &str, proposal: &Value) -> Consequences {
    let proposed = steward.sends(question, "proposals", proposal).await;
    assert_eq!(proposed.status, 201, "{proposed:?}");
    let path = format!("/questions/{question}/proposals/{}", proposed.body["id"].as_str().expect("an id"));
    for _ in 0..500 {
        let told = steward.get(&path).await;
        assert_eq!(told.status, 200, "{told:?}");
        if !told.body["consequences"].is_null() {
            return Consequences::foreseen(&told.body["consequences"]);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nobody answers what would follow");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_foreseen_of_two_hundred_decisions_is_what_then_happens() {
    let world = World::open().await;
    let caseload = Caseload::new(7);
    let events: Vec<CaseEvent> = caseload
        .families()
        .take(FAMILIES)
        .flat_map(|family| family.events())
        .map(|event| CaseEvent { subject: event.subject, body: event.body })
        .chain(assaulted())
        .collect();
    world.hears(events).await;
    let steward = world.steward();
    let (mut decided, mut answered, mut with_notices, mut apart) = (0, Vec::<(String, bool)>::new(), 0, 0);
    while decided < DECISIONS {
        // Three are decided for the first time, then an earlier one is reversed.
        let open = steward.queue().await;
        let reversed = if decided % 4 == 3 || open.is_empty() { answered.pop() } else { None };
        let (question, same) = match (reversed, open.get(decided * 7 % open.len().max(1))) {
            (Some((question, same)), _) => (question, !same),
            (None, Some(entry)) => {
                let id = entry["id"].as_str().expect("an id").to_owned();
                (id, decided % 3 != 2)
            }
            (None, None) => panic!("only {decided} questions were asked"),
        };
        let foreseen = foresees(&steward, &question, &json!({ "same": same })).await;
        let since = place(&world).await;
        let ruled = steward.rules(&question, same, "seen-in-file").await;
        assert_eq!(ruled.status, 201, "{question} {same}: {ruled:?}");
        world.rests().await;
        let happened = Consequences::happened(&world, since, &question).await;
        assert_eq!(foreseen, happened, "decision {decided}: {question} {same}");
        with_notices += usize::from(happened.notices != [0; 3]);
        apart += usize::from(!happened.ended.is_empty());
        decided += 1;
        if decided % 2 == 0 {
            answered.push((question, same));
        }
    }
    assert!(with_notices >= 5, "judges are told of {with_notices}");
    assert!(apart >= 5, "persons end in {apart}");
    assert_eq!(world.facts("linker.consequences-foreseen").await, i64::try_from(DECISIONS).unwrap());
    world.close().await;
}
