//! What a case keeps from others stays kept: on appeal, when it comes late, and where only a child leads to who hides.

use courthouse::events::{CaseEvent, CaseStory, people};
use serde_json::{Value, json};
use verband_tests::World;

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_against_a_minor_stays_closed_on_appeal() {
    let world = World::open().await;
    let mut youth = CaseStory::new("criminal", "RBROT", "against-minor");
    let first = [
        youth.registered("youth-criminal", "10/525252-26"),
        youth.party("d1", &["suspect"], None, &people::noor()),
        youth.party("d2", &["victim"], None, &people::samira()),
        youth.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
    ];
    let mut hof = CaseStory::new("criminal", "GHDHA", "against-minor-appeal");
    let appealed = json!({
        "proceeding": "criminal-appeal", "court": "GHDHA", "numbers": "22-000523-26", "registeredOn": "2026-11-01",
        "follows": { "court": "RBROT", "number": "10/525252-26" },
    });
    let second = [
        hof.event("case-registered", &appealed),
        hof.party("d1", &["suspect"], None, &people::noor()),
        hof.party("d2", &["victim"], None, &people::samira()),
        hof.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
        hof.judges(&["judge-dora"]),
    ];
    world.hears(contact_case().1.into_iter().chain(first).chain(second)).await;
    assert!(world.facts("linker.cases-linked").await > 0, "the same persons stand in all three");
    nothing_was_told(&world, &["judge-anna", "judge-dora"]).await;
    world.close().await;
}

/// Not even for a moment: what is told and taken back stays in the list of what was withdrawn.
async fn nothing_was_told(world: &World, judges: &[&str]) {
    for judge in judges {
        let judge = world.judge(judge);
        let (stands, withdrawn) = (judge.inbox().await, judge.withdrawn().await);
        assert!(stands.is_empty() && withdrawn.is_empty(), "{stands:#?} {withdrawn:#?}");
    }
}

/// From now on no fact by which cases are one matter is handled by those who tell judges: as if its message were late for ever.
async fn matters_are_never_handled(world: &World) {
    let mut sql = world.database.connect("postgres").await;
    sqlx::raw_sql(
        "create function public.late() returns trigger language plpgsql security definer as $$
         begin
             insert into journal.inbox (consumer, fact) values ('alerts', new.id);
             return new;
         end $$;
         create trigger late after insert on journal.facts for each row when (new.kind like 'linker.matter-%')
         execute function public.late()",
    )
    .execute(&mut sql)
    .await
    .unwrap();
}

/// A case about parentage between Pieter and Samira, and the appeal against the ruling in it.
fn parentage() -> (Vec<CaseEvent>, Vec<CaseEvent>) {
    let mut secret = CaseStory::new("family", "RBROT", "parentage");
    let mut hof = CaseStory::new("family", "GHDHA", "parentage-appeal");
    let appealed = json!({
        "proceeding": "family-appeal", "court": "GHDHA", "numbers": "200.535.353/01", "registeredOn": "2026-07-01",
        "follows": { "court": "RBROT", "number": "C/10/535353 / FA RK 26-53" },
    });
    let parties = |case: &mut CaseStory| {
        [
            case.party("p1", &["petitioner"], Some("father"), &people::pieter()),
            case.party("p2", &["respondent"], Some("mother"), &people::samira()),
        ]
    };
    let mut first = vec![secret.registered("parentage", "C/10/535353 / FA RK 26-53")];
    first.extend(parties(&mut secret));
    let mut second = vec![hof.event("case-registered", &appealed)];
    second.extend(parties(&mut hof));
    (first, second)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_kept_although_nobody_has_heard_yet_what_is_one_matter() {
    let world = World::open().await;
    matters_are_never_handled(&world).await;
    let (first, second) = parentage();
    let mut youth = CaseStory::new("criminal", "RBROT", "against-minor");
    let mut hof = CaseStory::new("criminal", "GHDHA", "against-minor-appeal");
    let appealed = json!({
        "proceeding": "criminal-appeal", "court": "GHDHA", "numbers": "22-000523-26", "registeredOn": "2026-11-01",
        "follows": { "court": "RBROT", "number": "10/525252-26" },
    });
    let against_minor = [
        youth.registered("youth-criminal", "10/525252-26"),
        hof.event("case-registered", &appealed),
        hof.party("d1", &["suspect"], None, &people::noor()),
        hof.party("d2", &["victim"], None, &people::samira()),
        hof.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
    ];
    world.hears(assault_case().1.into_iter().chain(first).chain(second)).await;
    nothing_was_told(&world, &["judge-bram"]).await;
    let (contact, told) = contact_case();
    world.hears(told.into_iter().chain(against_minor)).await;
    let anna = world.judge("judge-anna");
    let told = anna.inbox().await;
    assert_eq!(told.len(), 1, "of the assault, and of nothing else: {told:#?}");
    assert!(anna.withdrawn().await.is_empty());
    let asked = anna.post(&format!("/cases/{}/procedure-histories", contact.case_id()), &Value::Null).await;
    assert_eq!(asked.body["proceedings"], json!([]), "nor in the table of who brought what");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_waits_until_the_case_before_it_is_known() {
    let world = World::open().await;
    let (first, second) = parentage();
    world.hears(contact_case().1.into_iter().chain(assault_case().1)).await;
    let bram = world.judge("judge-bram");
    assert_eq!(bram.inbox().await.len(), 1, "of the contact case");
    let asked = async || {
        let case = contact_case().0.case_id();
        let asked = world.judge("judge-anna").post(&format!("/cases/{case}/procedure-histories"), &Value::Null).await;
        asked.body["proceedings"].as_array().map(Vec::len)
    };
    world.hears(second).await;
    assert_eq!((bram.inbox().await.len(), asked().await), (1, Some(0)), "what it is about nobody knows");
    world.hears(first).await;
    assert_eq!((bram.inbox().await.len(), asked().await), (1, Some(0)), "and then it is a secret");

    // Another appeal, against something that is none.
    let mut hof = CaseStory::new("family", "GHDHA", "appeal");
    let appealed = json!({
        "proceeding": "family-appeal", "court": "GHDHA", "numbers": "200.535.354/01", "registeredOn": "2026-07-01",
        "follows": { "court": "RBROT", "number": "C/10/545454 / FA RK 26-54" },
    });
    let mut earlier = CaseStory::new("family", "RBROT", "earlier");
    let events = [
        hof.event("case-registered", &appealed),
        hof.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        hof.party("p2", &["respondent"], Some("mother"), &people::samira()),
    ];
    world.hears(events).await;
    assert_eq!(bram.inbox().await.len(), 1);
    world.hears([earlier.registered("contact-arrangement", "C/10/545454 / FA RK 26-54")]).await;
    assert_eq!((bram.inbox().await.len(), asked().await), (2, Some(1)), "now it may be told");
    assert!(bram.withdrawn().await.is_empty(), "and nothing had to be taken back");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_shielded_in_one_case_is_shielded_in_every_case() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBROT", "contact");
    let mut assault = CaseStory::new("criminal", "RBNNE", "of-her");
    let mut elsewhere = CaseStory::new("family", "RBGEL", "elsewhere");
    let shields = |case: &mut CaseStory, address: bool| {
        case.event("shielding-changed", &json!({ "partyId": "q2", "address": address, "person": false }))
    };
    let events = [
        contact.registered("contact-arrangement", "C/10/712999 / FA RK 26-99"),
        contact.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
        contact.judges(&["judge-anna"]),
        assault.registered("adult-criminal", "18/129999-26"),
        assault.party("d1", &["suspect"], None, &people::pieter()),
        assault.party("d2", &["victim"], None, &people::samira()),
        assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
    ];
    world.hears(events).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let court = async || anna.opens(&signal).await.body["told"]["parallelCase"]["court"]["code"].clone();
    assert_eq!(court().await, "RBNNE");

    // She asks for maintenance elsewhere, where her address is kept secret; Pieter has no part in that case.
    let registered = [
        elsewhere.registered("partner-maintenance", "C/05/712998 / FA RK 26-98"),
        shields(&mut elsewhere, true),
        elsewhere.party("q2", &["petitioner"], None, &people::samira()),
    ];
    let added = registered[2].body["id"].clone();
    world.hears(registered).await;
    assert_eq!(court().await, "another-court", "it is the same woman who hides");
    let opened = anna.opens(&signal).await.body.to_string();
    for tells in ["129999", "Noord-Nederland", "712998", "Gelderland", "partner-maintenance"] {
        assert!(!opened.contains(tells), "{tells}: {opened}");
    }

    // That court takes it back, and shields her again.
    world.hears([shields(&mut elsewhere, false)]).await;
    assert_eq!(court().await, "RBNNE");
    let again = shields(&mut elsewhere, true);
    let shielded = again.body["id"].clone();
    world.hears([again]).await;
    assert_eq!(court().await, "another-court");
    world.hears([elsewhere.event("event-retracted", &json!({ "eventId": shielded }))]).await;
    assert_eq!(court().await, "RBNNE", "what was taken back counts for nothing");

    // It was somebody else who asks there: what is hidden about that woman says nothing of Samira.
    world.hears([shields(&mut elsewhere, true)]).await;
    assert_eq!(court().await, "another-court");
    let mut right = elsewhere.party("q2", &["petitioner"], None, &people::jansen());
    right.body["corrects"] = added;
    world.hears([right]).await;
    assert_eq!(court().await, "RBNNE");
    assert_eq!(anna.inbox().await.len(), 1);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_about_parentage_stays_a_secret_on_appeal() {
    let world = World::open().await;
    let mut secret = CaseStory::new("family", "RBROT", "parentage");
    let first = [
        secret.registered("parentage", "C/10/535353 / FA RK 26-53"),
        secret.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        secret.party("p2", &["respondent"], Some("mother"), &people::samira()),
    ];
    let mut hof = CaseStory::new("family", "GHDHA", "parentage-appeal");
    let appealed = json!({
        "proceeding": "family-appeal", "court": "GHDHA", "numbers": "200.535.353/01", "registeredOn": "2026-11-01",
        "follows": { "court": "RBROT", "number": "C/10/535353 / FA RK 26-53" },
    });
    let second = [
        hof.event("case-registered", &appealed),
        hof.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        hof.party("p2", &["respondent"], Some("mother"), &people::samira()),
    ];
    world.hears(assault_case().1.into_iter().chain(first).chain(second)).await;
    let told = world.judge("judge-bram").inbox().await;
    assert!(told.is_empty(), "{told:#?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_the_child_leads_to_who_hides_the_court_is_not_named() {
    let world = World::open().await;
    let mut contact = CaseStory::new("family", "RBNNE", "hides");
    let mut assault = CaseStory::new("criminal", "RBROT", "of-the-child");
    world
        .hears([
            contact.registered("contact-arrangement", "C/18/712999 / FA RK 26-99"),
            contact.party("p1", &["petitioner"], Some("father"), &people::pieter()),
            contact.party("p2", &["respondent"], Some("mother"), &people::samira()),
            contact.party("p3", &["minor"], Some("child"), &people::noor()),
            contact.event("shielding-changed", &json!({ "partyId": "p2", "address": true, "person": false })),
            assault.registered("adult-criminal", "10/129999-26"),
            assault.party("d1", &["suspect"], None, &people::pieter()),
            assault.party("d3", &["victim"], None, &people::noor()),
            assault.judges(&["judge-bram"]),
            assault.charge("c1", "d1", &["d3"], &["300", "304"], "2026-03-07"),
        ])
        .await;
    let bram = world.judge("judge-bram");
    let inbox = bram.inbox().await;
    assert_eq!(inbox.len(), 1, "that there is a family case is told");
    let opened = bram.opens(&id(&inbox[0])).await.body.to_string();
    for tells in ["712999", "Noord-Nederland", "RBNNE"] {
        assert!(!opened.contains(tells) && !inbox[0].to_string().contains(tells), "{tells}: {opened}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embargo_that_comes_late_takes_back_what_was_told_and_says_nothing_wrong() {
    let world = World::open().await;
    let (mut assault, criminal) = assault_case();
    world.hears(contact_case().1.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    world.hears([assault.event("embargo-imposed", &json!({ "on": "2026-11-20" }))]).await;
    assert!(anna.inbox().await.is_empty());
    let withdrawn = anna.opens(&signal).await.body;
    let because = &withdrawn["withdrawn"]["because"]["code"];
    assert_eq!(because, "nothing-to-tell", "the two cases do concern one person: {withdrawn}");
    world.hears([assault.event("embargo-lifted", &json!({ "on": "2026-11-25" }))]).await;
    assert_eq!(anna.inbox().await.len(), 1, "and it is told again");
    world.close().await;
}
