//! How far the law has come: from a suspicion to a final ruling, and back.

use courthouse::events::{CaseEvent, CaseStory, people};
use serde_json::{Value, json};
use verband_tests::World;

use crate::{assault_case, contact_case, id};

/// Opens the one signal that `judge` has.
async fn told(world: &World, judge: &str) -> Value {
    let judge = world.judge(judge);
    let inbox = judge.inbox().await;
    assert_eq!(inbox.len(), 1, "{inbox:#?}");
    judge.opens(&id(&inbox[0])).await.body
}

/// Each indicator and its status.
fn lines(told: &Value) -> Vec<(&str, &str)> {
    let lines = told["told"]["indicators"].as_array().unwrap().iter();
    lines.map(|line| (line["indicator"]["code"].as_str().unwrap(), line["status"]["code"].as_str().unwrap())).collect()
}

fn verdict(story: &mut CaseStory, instance: &str, outcomes: &[(&str, &str)]) -> CaseEvent {
    let outcomes: Vec<Value> = outcomes
        .iter()
        .map(|(charge, outcome)| json!({ "chargeId": charge, "instance": instance, "outcome": outcome }))
        .collect();
    story.event("verdict-given", &json!({ "outcomes": outcomes, "on": "2026-10-02" }))
}

fn no_word_of_guilt(told: &Value) {
    let said = told.to_string().to_lowercase();
    for word in ["dader", "schuldig", "pleger", "guilty", "perpetrator", "offender"] {
        assert!(!said.contains(word), "{word} in {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_9_an_article_means_what_it_meant_on_the_day() {
    let world = World::open().await;
    let (_, contact) = contact_case();
    let mut case = CaseStory::new("criminal", "RBROT", "article");
    let charge = |story: &mut CaseStory, charge: &str, period: Value| {
        story.event(
            "charge-brought",
            &json!({ "chargeId": charge, "suspect": "d1", "victims": ["d3"], "articles": ["245"], "period": period, "tags": [] }),
        )
    };
    let events = [
        case.registered("adult-criminal", "10/245245-26"),
        case.party("d1", &["suspect"], None, &people::pieter()),
        case.party("d3", &["victim"], None, &people::noor()),
        charge(&mut case, "c1", json!({ "from": "2024-05-10" })),
        charge(&mut case, "c2", json!({ "from": "2024-08-10" })),
        charge(&mut case, "c3", json!({ "from": "2024-05-20", "to": "2024-08-01" })),
    ];
    world.hears(contact.into_iter().chain(events)).await;
    let told = told(&world, "judge-anna").await;
    let said = told["why"].to_string();
    assert!(said.contains("binnendringen, kind van 12 tot 16, oud recht"), "{said}");
    assert!(said.contains("aanranding, kind van 16 tot 18"), "{said}");
    assert_eq!(lines(&told).len(), 4, "what lies across the change of law is told under both");
    assert_eq!(told["tier"]["number"], 1);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_suspicion_to_a_charge_the_judge_reads_no_more_than_there_is() {
    let world = World::open().await;
    let (_, contact) = contact_case();
    let mut case = CaseStory::new("criminal", "RBROT", "suspicion");
    let suspicion = case.event(
        "suspicion-registered",
        &json!({ "suspect": "d1", "victims": ["d2"], "articles": ["285b"], "embargo": true, "on": "2026-09-02" }),
    );
    let events = [
        case.registered("adult-criminal", "10/202020-26"),
        case.party("d1", &["suspect"], None, &people::pieter()),
        case.party("d2", &["victim"], None, &people::samira()),
        case.judges(&["judge-bram"]),
        suspicion,
    ];
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    assert!(anna.inbox().await.is_empty(), "scenario 18: under embargo there is nothing");
    assert_eq!(world.facts("alerts.signal-raised").await, 0, "and nothing is written that could be counted");

    world.hears([case.event("embargo-lifted", &json!({ "on": "2026-09-10" }))]).await;
    let first = told(&world, "judge-anna").await;
    assert_eq!(lines(&first), [("stalking", "S20")]);
    assert_eq!(first["told"]["parallelCase"]["phase"]["code"], "suspected");
    assert_eq!(first["told"]["asOf"], "2026-09-14", "told from now on");
    no_word_of_guilt(&first);

    let held = json!({ "suspect": "d1", "status": "remand", "from": "2026-09-11" });
    world.hears([case.event("detention-changed", &held)]).await;
    let second = told(&world, "judge-anna").await;
    assert_eq!(lines(&second), [("stalking", "S25")]);
    let detention = second["told"]["persons"].to_string();
    assert!(detention.contains("\"remand\""), "{detention}");

    world.hears([case.charge("c1", "d1", &["d2"], &["285b"], "2026-08-01")]).await;
    let third = told(&world, "judge-anna").await;
    assert_eq!(lines(&third), [("stalking", "S30")], "the charge stands for what was suspected");
    assert_eq!(third["version"], 3);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_12_the_ladder_of_an_acquittal() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let mut statuses = Vec::new();
    let steps = [
        verdict(&mut assault, "first", &[("c1", "convicted")]),
        assault.event("appeal-lodged", &json!({ "instance": "appeal", "on": "2026-10-10" })),
        verdict(&mut assault, "appeal", &[("c1", "acquitted")]),
    ];
    for step in steps {
        world.hears([step]).await;
        let told = told(&world, "judge-anna").await;
        no_word_of_guilt(&told);
        statuses.push(lines(&told).iter().map(|(_, status)| (*status).to_owned()).collect::<String>());
        if statuses.len() == 3 {
            assert!(told["tier"].is_null(), "an acquittal takes the weight off it");
        }
    }
    assert_eq!(statuses, ["S40", "S40", "X40"]);
    let signal = id(&anna.inbox().await[0]);
    world.hears([assault.event("case-became-final", &json!({ "on": "2026-12-01" }))]).await;
    assert!(anna.inbox().await.is_empty());
    let notice = anna.opens(&signal).await.body;
    assert_eq!(notice["withdrawn"]["because"]["code"], "acquitted");
    no_word_of_guilt(&notice);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_13_and_14_each_charge_goes_its_own_way() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    let stalking = assault.charge("c2", "d1", &["d2"], &["285b"], "2026-03-01");
    let threat = assault.charge("c3", "d1", &["d2"], &["285"], "2026-03-02");
    let verdict = verdict(&mut assault, "first", &[("c1", "acquitted"), ("c2", "convicted"), ("c3", "not-punishable")]);
    let last = assault.event("case-became-final", &json!({ "on": "2026-10-20", "charges": ["c1"] }));
    world.hears(contact.into_iter().chain(events).chain([stalking, threat, verdict, last])).await;
    let told = told(&world, "judge-anna").await;
    let mut lines = lines(&told);
    lines.sort_unstable();
    assert_eq!(lines, [("stalking", "S40"), ("threat", "S55")], "what she was acquitted of is gone");
    let said = told.to_string();
    assert!(said.contains("feit bewezen verklaard; niet strafbaar") && said.contains("dit is geen vrijspraak"));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_11_and_the_ways_a_prosecution_ends_without_a_judge() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    world.hears(contact.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let settled = |story: &mut CaseStory, settlement: &str| {
        story.event("prosecution-settled", &json!({ "charges": [], "settlement": settlement, "on": "2026-10-05" }))
    };

    world.hears([settled(&mut assault, "penalty-order")]).await;
    assert_eq!(lines(&told(&world, "judge-anna").await), [("assault-simple", "S35")]);
    world.hears([settled(&mut assault, "conditional-dismissal")]).await;
    let conditional = told(&world, "judge-anna").await;
    assert_eq!(lines(&conditional), [("assault-simple", "X30")]);
    assert!(conditional["tier"].is_null(), "a line without weight");

    world.hears([assault.dismissed("02")]).await;
    assert!(anna.inbox().await.is_empty());
    assert_eq!(anna.opens(&signal).await.body["withdrawn"]["because"]["code"], "dismissed");
    // A court of appeal orders that it be prosecuted after all (art. 12 Sv).
    world.hears([assault.event("prosecution-ordered", &json!({ "charges": [], "on": "2026-11-01" }))]).await;
    let again = told(&world, "judge-anna").await;
    assert_eq!(lines(&again), [("assault-simple", "S30")]);
    assert_eq!(id(&again), signal, "it is the same signal");

    let mut dead = people::pieter();
    dead["deceasedOn"] = json!("2026-11-05");
    world.hears([assault.details("d1", &dead)]).await;
    assert!(anna.inbox().await.is_empty());
    assert_eq!(anna.opens(&signal).await.body["withdrawn"]["because"]["code"], "prosecution-ended");
    world.hears([assault.details("d1", &people::pieter())]).await;
    assert_eq!(anna.inbox().await.len(), 1, "it was a mistake of the register");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_28_who_accuses_each_other_is_shown_alike() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    let mut mirror = CaseStory::new("criminal", "RBROT", "mirror");
    let mirrored = [
        mirror.registered("adult-criminal", "10/282828-26"),
        mirror.party("e1", &["suspect"], None, &people::samira()),
        mirror.party("e2", &["victim"], None, &people::pieter()),
        mirror.charge("c1", "e1", &["e2"], &["300", "304"], "2026-03-07"),
    ];
    let convicted = assault.verdict("c1", "convicted");
    world.hears(contact.into_iter().chain(events).chain(mirrored).chain([convicted])).await;
    let anna = world.judge("judge-anna");
    let mut seen = Vec::new();
    for signal in anna.inbox().await {
        let told = anna.opens(&id(&signal)).await.body;
        let line = &told["told"]["indicators"][0];
        seen.push((
            line["suspect"]["capacity"]["code"].as_str().unwrap().to_owned(),
            line["victims"][0]["capacity"]["code"].as_str().unwrap().to_owned(),
            line["status"]["code"].as_str().unwrap().to_owned(),
        ));
    }
    seen.sort();
    let row = |suspect: &str, victim: &str, status: &str| (suspect.to_owned(), victim.to_owned(), status.to_owned());
    assert_eq!(seen, [row("father", "mother", "S40"), row("mother", "father", "S30")], "neither cancels the other");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_29_violence_against_a_stranger_is_told_only_where_it_bears_on_the_child() {
    let world = World::open().await;
    let (_, contact) = contact_case();
    let mut fight = CaseStory::new("criminal", "RBROT", "fight");
    let mut images = CaseStory::new("criminal", "RBAMS", "images");
    let events = [
        fight.registered("adult-criminal", "10/292929-26"),
        fight.party("d1", &["suspect"], None, &people::pieter()),
        fight.party("d2", &["victim"], None, &people::jansen()),
        fight.charge("c1", "d1", &["d2"], &["300"], "2026-05-02"),
        images.registered("adult-criminal", "13/292930-26"),
        images.party("d1", &["suspect"], None, &people::pieter()),
        images.charge("c1", "d1", &[], &["252"], "2026-05-02"),
    ];
    world.hears(contact.into_iter().chain(events)).await;
    let told = told(&world, "judge-anna").await;
    assert_eq!(lines(&told), [("csam", "S30")]);
    assert_eq!(told["told"]["indicators"][0]["relation"]["code"], "R4");
    assert!(told["told"]["indicators"][0]["victims"].as_array().unwrap().is_empty(), "and no victim is spoken of");
    assert!(!told.to_string().contains("292929"), "of the fight in a bar there is nothing");
    world.close().await;
}
