//! Orders and arrangements that meet, a court that must not be named, the killing of a parent.

use courthouse::events::{CaseEvent, CaseStory, people};
use jiff::ToSpan;
use serde_json::{Value, json};
use verband_tests::{TODAY, World};

use crate::{assault_case, contact_case, id};

/// The signal of a kind that a judge has, opened.
async fn of_kind(world: &World, judge: &str, kind: &str) -> Option<Value> {
    let judge = world.judge(judge);
    let inbox = judge.inbox().await;
    let mut found = inbox.iter().filter(|signal| signal["kind"]["code"] == kind);
    let signal = id(found.next()?);
    assert!(found.next().is_none(), "one signal of a kind: {inbox:#?}");
    Some(judge.opens(&signal).await.body)
}

/// A case at a court that would tell where she hides.
fn hidden_case() -> (CaseStory, Vec<CaseEvent>) {
    let mut hidden = CaseStory::new("criminal", "RBNNE", "hidden");
    let events = vec![
        hidden.registered("adult-criminal", "18/171717-26"),
        hidden.party("d1", &["suspect"], None, &people::pieter()),
        hidden.party("d2", &["victim"], None, &people::samira()),
        hidden.event("shielding-changed", &json!({ "partyId": "d2", "address": true, "person": false })),
        hidden.charge("c1", "d1", &["d2"], &["285b"], "2026-06-01"),
    ];
    (hidden, events)
}

fn ban(story: &mut CaseStory, what: &str, exceptions: &[&str]) -> CaseEvent {
    story.event(
        what,
        &json!({
            "orderId": "o1",
            "terms": {
                "kind": "suspended-detention-condition", "against": ["d1"], "protects": ["d2"], "categories": ["contact-ban"],
                "childrenIncluded": true, "exceptions": exceptions, "from": "2026-09-01", "until": "2026-12-01",
                "immediatelyEnforceable": true, "imposedBy": "examining-magistrate",
            },
        }),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_15_a_ban_on_contact_beside_a_weekend_arrangement() {
    let world = World::open().await;
    let ((mut contact, family), (mut assault, criminal)) = (contact_case(), assault_case());
    let arranged =
        contact.event("contact-arranged", &json!({ "children": ["p3"], "with": "p1", "from": "2026-06-01" }));
    let imposed = ban(&mut assault, "order-imposed", &["none"]);
    world.hears(family.into_iter().chain(criminal).chain([arranged, imposed])).await;

    for judge in ["judge-anna", "judge-bram"] {
        let conflict = of_kind(&world, judge, "conflicting-order").await.unwrap();
        assert_eq!(conflict["urgency"]["code"], "urgent", "{judge}");
        assert_eq!(conflict["told"]["conflicts"][0]["standing"]["code"], "possible");
        let said = conflict["why"][0]["nl"].as_str().unwrap();
        assert!(said.starts_with("Mogelijk tegenstrijdig:") && !said.contains("in strijd"), "{said}");
    }
    let told = of_kind(&world, "judge-anna", "violence-indication").await.unwrap();
    let order = &told["told"]["orders"][0];
    assert_eq!((&order["state"]["code"], &order["childrenIncluded"]), (&json!("in-force"), &json!(true)));
    assert_eq!(order["against"][0]["label"]["nl"], "verzoeker (vader)");
    let known = of_kind(&world, "judge-bram", "parallel-family-case").await.unwrap();
    assert_eq!(known["told"]["contact"][0]["allowed"], true, "the criminal judge knows what was arranged");

    // The condition is changed: through the worker of the supervision order.
    let before = of_kind(&world, "judge-anna", "conflicting-order").await.unwrap()["version"].as_u64().unwrap();
    world.hears([ban(&mut assault, "order-changed", &["via-child-protection-worker"])]).await;
    let conflict = of_kind(&world, "judge-anna", "conflicting-order").await.unwrap();
    assert_eq!((&conflict["urgency"]["code"], &conflict["version"]), (&json!("low"), &json!(before + 1)));
    assert_eq!(conflict["told"]["conflicts"][0]["standing"]["code"], "leaves-room");

    world.hears([assault.event("order-ended", &json!({ "orderId": "o1", "on": "2026-09-10" }))]).await;
    assert!(of_kind(&world, "judge-anna", "conflicting-order").await.is_none());
    let anna = world.judge("judge-anna");
    let withdrawn = anna.withdrawn().await;
    assert_eq!(anna.opens(&id(&withdrawn[0])).await.body["withdrawn"]["because"]["code"], "orders-changed");
    let told = of_kind(&world, "judge-anna", "violence-indication").await.unwrap();
    assert!(told["told"]["orders"].is_null(), "what no longer holds is told no more");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_16_a_temporary_restraining_order_from_first_day_to_past() {
    let world = World::open().await;
    let (_, family) = contact_case();
    let mut ban = CaseStory::new("huisverbod", "RBROT", "huisverbod");
    let terms = |until: &str| {
        json!({
            "orderId": "o1",
            "terms": {
                "kind": "huisverbod", "against": ["h1"], "protects": ["h2", "h3"],
                "categories": ["residence-ban", "contact-ban"], "childrenIncluded": true, "exceptions": ["none"],
                "from": "2026-09-10", "until": until, "immediatelyEnforceable": true, "imposedBy": "mayor",
            },
        })
    };
    let imposed = ban.event("order-imposed", &terms("2026-09-20"));
    let events = [
        ban.registered("huisverbod-provisional-measure", "ROT 26/1616"),
        ban.party("h1", &["removed-person"], None, &people::pieter()),
        ban.party("h2", &["remaining-resident"], None, &people::samira()),
        ban.party("h3", &["involved-minor"], None, &people::noor()),
        ban.judges(&["judge-hugo"]),
        imposed,
    ];
    world.hears(family.into_iter().chain(events)).await;
    let told = of_kind(&world, "judge-anna", "violence-indication").await.unwrap();
    assert_eq!(told["tier"]["number"], 2);
    assert_eq!(told["told"]["orders"][0]["kind"]["code"], "huisverbod");
    assert_eq!(told["told"]["orders"][0]["until"], "2026-09-20");
    assert!(told["told"]["indicators"].as_array().unwrap().is_empty(), "nobody is charged with anything");
    assert!(of_kind(&world, "judge-hugo", "parallel-family-case").await.is_some(), "and the other way round");

    world.hears([ban.event("order-changed", &terms("2026-10-08"))]).await;
    let told = of_kind(&world, "judge-anna", "violence-indication").await.unwrap();
    assert_eq!(told["told"]["orders"][0]["until"], "2026-10-08", "extended to four weeks");
    // It ends, and is told as past, with less weight.
    world.hears([ban.event("order-ended", &json!({ "orderId": "o1", "on": "2026-09-12" }))]).await;
    let told = of_kind(&world, "judge-anna", "violence-indication").await.unwrap();
    assert_eq!(told["told"]["orders"][0]["state"]["code"], "over");
    assert_eq!(told["tier"]["number"], 3);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_17_a_court_that_would_tell_where_she_hides_is_named_only_for_a_reason() {
    let world = World::open().await;
    let (_, family) = contact_case();
    let (mut hidden, mut events) = hidden_case();
    events.push(hidden.judges(&["judge-bram"]));
    world.hears(family.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let tells = |said: &str| ["RBNNE", "Noord-Nederland", "171717", "rbnne"].iter().any(|word| said.contains(word));

    let opened = anna.opens(&signal).await;
    assert_eq!(opened.body["told"]["parallelCase"]["court"]["code"], "another-court");
    assert!(!tells(&opened.body.to_string()), "{:#}", opened.body);
    assert!(!tells(&anna.inbox().await[0].to_string()));
    let (status, page) = anna.page(&format!("/signals/{signal}")).await;
    assert_eq!(status, 200);
    assert!(page.contains("ander gerecht") && !tells(&page), "{page}");

    // Whoever has not the case learns nothing by asking.
    let reason = json!({ "version": 1, "reason": "safety" });
    let path = format!("/signals/{signal}/reveals");
    assert_eq!(world.judge("judge-carla").sends(&path, &reason).await.status, 404);
    assert_eq!(anna.sends(&path, &json!({ "version": 1 })).await.status, 400, "not without a reason");
    let revealed = anna.sends(&path, &reason).await;
    assert_eq!(revealed.status, 200);
    assert_eq!(revealed.body["told"]["parallelCase"]["court"]["code"], "RBNNE");
    assert_eq!(revealed.body["told"]["parallelCase"]["numbers"], json!(["18-171717-26"]));
    anna.sends(&path, &reason).await;
    assert_eq!(world.facts("alerts.court-revealed").await, 1, "asked twice, written once");

    // To the judge there, the family court's name tells as much.
    let back = of_kind(&world, "judge-bram", "parallel-family-case").await.unwrap();
    assert_eq!(back["told"]["parallelCase"]["court"]["code"], "another-court");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_court_that_was_named_is_not_the_one_that_the_case_goes_to() {
    let world = World::open().await;
    let (_, family) = contact_case();
    let (mut hidden, events) = hidden_case();
    let mut there = CaseStory::new("criminal", "RBGEL", "hidden-there");
    world.hears(family.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let court = async || anna.opens(&signal).await.body["told"]["parallelCase"]["court"]["code"].clone();
    let reveal = async || {
        let version = anna.opens(&signal).await.body["version"].clone();
        anna.sends(&format!("/signals/{signal}/reveals"), &json!({ "version": version, "reason": "safety" })).await
    };
    assert_eq!(court().await, "another-court");
    assert_eq!(reveal().await.status, 200);
    assert_eq!(court().await, "RBNNE");

    // She has moved, and the case goes where she is.
    let referred = [
        there.registered("adult-criminal", "05/171718-26"),
        hidden.event(
            "case-referred",
            &json!({ "to": { "court": "RBGEL", "number": "05/171718-26" }, "on": "2026-09-12" }),
        ),
    ];
    world.hears(referred).await;
    assert_eq!(id(&anna.inbox().await[0]), signal, "it is the same signal");
    let told = anna.opens(&signal).await.body.to_string();
    for tells in ["RBGEL", "Gelderland", "171718"] {
        assert!(!told.contains(tells), "{tells}: {told}");
    }
    assert_eq!(court().await, "another-court", "for that one she gave no reason");
    assert_eq!(reveal().await.status, 200);
    assert_eq!(court().await, "RBGEL");
    assert_eq!(world.facts("alerts.court-revealed").await, 2);

    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_came_from_where_she_hides_is_not_told_by_its_old_number() {
    let world = World::open().await;
    let (_, family) = contact_case();
    let (mut hidden, mut events) = hidden_case();
    let mut here = CaseStory::new("criminal", "RBROT", "hidden-here");
    events.extend([
        here.registered("adult-criminal", "10/171718-26"),
        hidden.event(
            "case-referred",
            &json!({ "to": { "court": "RBROT", "number": "10/171718-26" }, "on": "2026-09-12" }),
        ),
    ]);
    world.hears(family.into_iter().chain(events)).await;
    let anna = world.judge("judge-anna");
    let told = anna.opens(&id(&anna.inbox().await[0])).await.body.to_string();
    assert!(!told.contains("171717"), "the court she shares, but not where it came from: {told}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_19_a_case_against_a_minor_is_for_the_youth_court_alone() {
    let world = World::open().await;
    let (_, family) = contact_case();
    let mut supervision = CaseStory::new("youth", "RBROT", "supervision");
    let mut against_minor = CaseStory::new("criminal", "RBROT", "against-minor");
    let events = [
        supervision.registered("supervision-order", "C/10/713000 / JE RK 26-77"),
        supervision.party("j1", &["parent-with-authority"], Some("mother"), &people::samira()),
        supervision.party("j2", &["minor"], Some("child"), &people::noor()),
        supervision.judges(&["judge-klara"]),
        against_minor.registered("youth-criminal", "10/191919-26"),
        against_minor.party("d1", &["suspect"], None, &people::noor()),
        against_minor.party("d2", &["victim"], None, &people::samira()),
        against_minor.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
    ];
    world.hears(family.into_iter().chain(events)).await;
    assert!(of_kind(&world, "judge-klara", "violence-indication").await.is_some());
    assert!(world.judge("judge-anna").inbox().await.is_empty());
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_under_supervision_because_of_violence_is_told_of_to_its_family_judge() {
    let world = World::open().await;
    let mut supervision = CaseStory::new("youth", "RBROT", "supervision");
    let imposed = |supervision: &mut CaseStory, what: &str, grounds: &[&str]| {
        let terms = json!({
            "kind": "supervision-order", "against": ["j1"], "protects": ["j2"], "categories": ["supervision"],
            "from": "2026-09-01", "until": "2027-08-31", "immediatelyEnforceable": true, "grounds": grounds,
        });
        supervision.event(what, &json!({ "orderId": "o1", "terms": terms }))
    };
    let events = [
        supervision.registered("supervision-order", "C/10/713000 / JE RK 26-77"),
        supervision.party("j1", &["parent-with-authority"], Some("father"), &people::pieter()),
        supervision.party("j2", &["minor"], Some("child"), &people::noor()),
        imposed(&mut supervision, "order-imposed", &[]),
    ];
    world.hears(contact_case().1.into_iter().chain(events)).await;
    assert!(world.judge("judge-anna").inbox().await.is_empty(), "supervision by itself is no indication of violence");
    world.hears([imposed(&mut supervision, "order-changed", &["ots-ground-violence"])]).await;
    let told = of_kind(&world, "judge-anna", "violence-indication").await.unwrap();
    assert_eq!(
        (&told["tier"]["number"], &told["told"]["orders"][0]["kind"]["code"]),
        (&json!(2), &json!("supervision-order"))
    );
    assert_eq!(told["told"]["orders"][0]["grounds"][0]["code"], "ots-ground-violence");
    assert!(told["why"].to_string().contains("because of violence"), "{told:#}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_20_the_killing_of_a_parent_and_what_the_law_attaches_to_it() {
    let world = World::open().await;
    let (mut contact, family) = contact_case();
    let mut killing = CaseStory::new("criminal", "RBROT", "killing");
    let events = [
        killing.registered("adult-criminal", "10/202021-26"),
        killing.party("d1", &["suspect"], None, &people::pieter()),
        killing.party("d2", &["victim"], None, &people::samira()),
        killing.judges(&["judge-bram"]),
        killing.charge("c1", "d1", &["d2"], &["287"], "2026-09-05"),
    ];
    world.hears(family.into_iter().chain(events)).await;
    let told = of_kind(&world, "judge-anna", "partner-killing").await.unwrap();
    assert_eq!(told["urgency"]["code"], "urgent");
    assert!(told["told"]["killing"]["requestFrom"].is_null());
    assert_eq!(told["told"]["killing"]["children"].as_array().unwrap().len(), 1);
    assert_eq!(told["told"]["killing"]["status"]["code"], "S30");

    // Contact is denied for three years, and that becomes final.
    let denied = json!({ "children": ["p3"], "with": "p1", "from": "2026-10-10", "until": "2029-10-10" });
    let (denied, last) =
        (contact.event("contact-denied", &denied), contact.event("case-became-final", &json!({ "on": "2027-01-10" })));
    world.hears([denied, last]).await;
    let told = of_kind(&world, "judge-anna", "partner-killing").await.unwrap();
    assert_eq!(told["told"]["killing"]["requestFrom"], "2029-01-10");
    assert!(told["why"].to_string().contains("1:377e"));

    // The suspect takes his own life: no criminal case follows, and the children still have to live somewhere.
    let mut dead = people::pieter();
    dead["deceasedOn"] = json!("2026-09-06");
    world.hears([killing.details("d1", &dead)]).await;
    let told = of_kind(&world, "judge-anna", "partner-killing").await.unwrap();
    assert_eq!(told["told"]["killing"]["status"]["code"], "X70");
    assert!(of_kind(&world, "judge-anna", "violence-indication").await.is_none());
    // That was somebody else. He is tried, and acquitted.
    let verdict = killing.verdict("c1", "acquitted");
    world.hears([killing.details("d1", &people::pieter()), verdict]).await;
    assert!(of_kind(&world, "judge-anna", "partner-killing").await.is_none());
    let anna = world.judge("judge-anna");
    let withdrawn = anna.withdrawn().await;
    let told = anna.opens(&id(&withdrawn[0])).await.body;
    assert_eq!(told["withdrawn"]["because"]["code"], "acquitted");
    assert!(!told.to_string().contains("2029-01-10"), "rule and date are taken back");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_26_who_is_whose_parent_is_told_to_nobody() {
    let world = World::open().await;
    let ((_, criminal), mut parentage) = (assault_case(), CaseStory::new("family", "RBROT", "parentage"));
    let mut contact = CaseStory::new("family", "RBROT", "biological");
    let events = [
        parentage.registered("parentage", "C/10/262626 / FA RK 26-26"),
        parentage.party("p1", &["biological-parent"], Some("father"), &people::pieter()),
        parentage.party("p2", &["legal-parent"], Some("mother"), &people::samira()),
        parentage.party("p3", &["minor"], Some("child"), &people::noor()),
        contact.registered("contact-arrangement", "C/10/262627 / FA RK 26-27"),
        contact.party("p1", &["petitioner", "biological-parent"], Some("father"), &people::pieter()),
        contact.party("p2", &["respondent", "legal-parent"], Some("mother"), &people::samira()),
        contact.party("p3", &["minor"], Some("child"), &people::noor()),
    ];
    world.hears(criminal.into_iter().chain(events)).await;
    let bram = world.judge("judge-bram");
    let inbox = bram.inbox().await;
    assert_eq!(inbox.len(), 1, "of the case about parentage there is no signal, and no count of it");
    let told = bram.opens(&id(&inbox[0])).await.body.to_string();
    assert!(told.contains("262627") && !told.contains("262626"), "{told}");
    for role in ["biological", "biologisch", "legal-parent", "juridisch"] {
        assert!(!told.contains(role), "{role} in {told}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_30_a_hearing_that_moves_changes_how_soon_once() {
    let world = World::open().await;
    let ((mut contact, family), (_, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    let now = async || {
        let signal = anna.inbox().await.remove(0);
        (signal["urgency"]["code"].as_str().unwrap().to_owned(), signal["version"].as_u64().unwrap())
    };
    assert_eq!(now().await, ("normal".to_owned(), 1));
    let soon = TODAY.checked_add(2.days()).unwrap().to_string();
    world.hears([contact.event("hearing-moved", &json!({ "hearingId": "h1", "on": soon }))]).await;
    assert_eq!(now().await, ("high".to_owned(), 2), "one update");
    world.hears([contact.event("hearing-cancelled", &json!({ "hearingId": "h1" }))]).await;
    assert_eq!(now().await, ("normal".to_owned(), 3));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_35_where_nothing_was_found_nothing_reassures() {
    let world = World::open().await;
    let (_, family) = contact_case();
    world.hears(family).await;
    let answer = world.judge("judge-anna").get("/signals").await;
    assert!(answer.body["signals"].as_array().unwrap().is_empty());
    let not_checked = answer.body["notChecked"]["nl"].as_str().unwrap();
    assert!(not_checked.contains("Geen signaal betekent niet: geen geweld"), "{not_checked}");
    world.close().await;
}
