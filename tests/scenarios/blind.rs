//! What one steward thinks tells another nothing, counts only for what both saw, and is taken back without a trace; and how near a
//! hearing is goes by every case in which either person stands.

use courthouse::events::{CaseEvent, CaseStory, people, person};
use jiff::ToSpan;
use serde_json::{Value, json};
use verband_tests::{Steward, TODAY, World};

use crate::contact_case;
use crate::desk::{doubtful, only_question};

fn stewards(world: &World) -> [Steward; 3] {
    ["steward-dirk", "steward-hanna", "steward-ivo"].map(|name| world.at_desk(name, &["steward"]))
}

/// Pieter in a case on contact, and somebody of his name and birth date without a number in a criminal case.
fn perhaps_pieter() -> (CaseStory, Vec<CaseEvent>) {
    let (contact, family) = contact_case();
    let mut images = CaseStory::new("criminal", "RBAMS", "images");
    let suspect = person(["van den", "Berg", "Pieter", "1987-11-02", ""]);
    let more = [images.registered("adult-criminal", "13/100302-26"), images.party("d1", &["suspect"], None, &suspect)];
    (contact, family.into_iter().chain(more).collect())
}

/// The only question there is, on which two must agree because a hearing is near; with the case in which it is.
async fn two_must_agree(world: &World) -> (CaseStory, String) {
    let (mut contact, events) = perhaps_pieter();
    world.hears(events).await;
    world.hears([contact.hearing("h2", TODAY.tomorrow().unwrap())]).await;
    let question = only_question(world).await;
    (contact, question)
}

/// Pieter in one more case, under his number. Of the records of one person the linker asks about the first by its id, so that what was
/// asked about him stays the same question.
fn one_more(contact: &CaseStory) -> (CaseStory, Vec<CaseEvent>) {
    let stories = (0..100).map(|number| CaseStory::new("family", "RBAMS", &format!("more-{number}")));
    let mut later = stories.filter(|story| story.party_id("p1") > contact.party_id("p1"));
    let mut divorce = later.next().expect("half of them");
    let events = vec![
        divorce.registered("divorce", "C/13/712600 / FA RK 26-960"),
        divorce.party("p1", &["petitioner"], None, &people::pieter()),
    ];
    (divorce, events)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opinion_counts_only_for_what_the_next_one_sees_too() {
    let world = World::open().await;
    let [dirk, hanna, _] = stewards(&world);
    let (mut contact, question) = two_must_agree(&world).await;
    assert_eq!(dirk.opens(&question).await.body["twoBecause"], json!(["hearing-soon"]));
    assert_eq!(dirk.says(&question, true, "seen-in-file").await.status, 202);

    // Another record turns out to be of the same person: dirk did not see it.
    world.hears(one_more(&contact).1).await;
    assert_eq!(only_question(&world).await, question, "asked about the same two records");
    assert_eq!(world.facts("steward.opinion-lapsed").await, 1);
    let lapsed = world.fact_data("steward.opinion-lapsed").await;
    assert_eq!((&lapsed["because"], &lapsed["question"]), (&json!("groups-changed"), &json!(question)));
    assert_eq!(hanna.opens(&question).await.body["opinions"], json!(0));
    assert_eq!(hanna.says(&question, true, "seen-in-file").await.status, 202, "hers is the first");

    // Its court tells of a record once more; what it says is compared alike, and is not what she saw.
    world.hears([contact.details("p1", &people::pieter())]).await;
    assert_eq!(world.facts("steward.opinion-lapsed").await, 2);
    assert_eq!(world.fact_data("steward.opinion-lapsed").await["because"], json!("records-changed"));
    assert_eq!(world.facts("steward.pair-confirmed").await, 0);
    assert_eq!(dirk.says(&question, true, "seen-in-file").await.status, 202, "he may speak again");
    assert_eq!(hanna.says(&question, true, "seen-in-file").await.status, 201, "and so may she: both saw the same");
    world.rests().await;
    let rulings = dirk.opens(&question).await.body["rulings"].clone();
    assert_eq!(rulings[0]["by"], json!(["steward-dirk", "steward-hanna"]));
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_heard_of_yet_counts_no_more_either() {
    let world = World::open().await;
    let [dirk, hanna, _] = stewards(&world);
    let (mut contact, question) = two_must_agree(&world).await;
    assert_eq!(dirk.says(&question, true, "seen-in-file").await.status, 202);
    // As where the desk hears of it late: the record is told of anew, and nobody looks at the opinions on it.
    let mut owner = world.database.connect("postgres").await;
    for statement in [
        "create function unheard() returns trigger language plpgsql as $$ begin new.spoken = '{}'; return new; end $$",
        "create trigger unheard before insert or update on steward.questions for each row execute function unheard()",
        "update steward.questions set spoken = spoken",
    ] {
        sqlx::query(statement).execute(&mut owner).await.expect("it is done");
    }
    world.hears([contact.details("p1", &people::pieter())]).await;
    assert_eq!(world.facts("steward.opinion-lapsed").await, 0);
    assert_eq!(hanna.says(&question, true, "seen-in-file").await.status, 202, "what dirk saw she does not see");
    assert_eq!((world.facts("steward.opinion-lapsed").await, world.facts("steward.pair-confirmed").await), (1, 0));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn once_a_ruling_is_taken_back_a_question_stands_as_it_stood() {
    let world = World::open().await;
    let [dirk, hanna, ivo] = stewards(&world);
    world.hears(doubtful(1)).await;
    let question = only_question(&world).await;
    assert_eq!(dirk.says(&question, true, "seen-in-file").await.status, 201);
    world.rests().await;
    let (state, shown) = (world.state().await, dirk.opens(&question).await.body);

    // Two overrule it and take that back: what dirk ruled holds again, and nobody is asked.
    assert_eq!(hanna.says(&question, false, "data-contradicts").await.status, 202);
    let second = ivo.says(&question, false, "data-contradicts").await;
    assert_eq!(second.status, 201, "{second:?}");
    world.rests().await;
    assert_ne!(world.state().await, state);
    let withdrawal = format!("rulings/{}/withdrawals", second.body["id"].as_str().unwrap());
    assert_eq!(ivo.sends(&question, &withdrawal, &Value::Null).await.status, 201);
    for _ in 0..2 {
        let now = dirk.opens(&question).await.body;
        assert_eq!((&now["status"], &now["rulings"][0]["withdrawn"]), (&shown["status"], &json!(false)), "{now}");
        assert!(dirk.queue().await.is_empty() && ivo.takes_up_the_next().await.status == 204);
        world.rests().await;
    }
    assert_eq!(world.state().await, state);

    // The one that is left is taken back as well: the linker asks again, since nobody answered.
    let first = dirk.opens(&question).await.body["withdrawableRuling"].as_str().expect("it can be").to_owned();
    assert_eq!(dirk.sends(&question, &format!("rulings/{first}/withdrawals"), &Value::Null).await.status, 201);
    world.rests().await;
    assert_eq!(dirk.queue().await.len(), 1);
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_asks_any_more_is_not_open_because_a_ruling_on_it_was_taken_back() {
    let world = World::open().await;
    let [dirk, ..] = stewards(&world);
    world.hears(perhaps_pieter().1).await;
    let question = only_question(&world).await;
    // The court corrects the suspect's record: he is somebody else.
    let mut images = CaseStory::new("criminal", "RBAMS", "images");
    images.registered("adult-criminal", "13/100302-26");
    images.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""]));
    world.hears([images.details("d1", &person(["", "Wijnands", "Lourens", "1950-01-07", ""]))]).await;
    assert_eq!(dirk.opens(&question).await.body["status"], json!("withdrawn"));
    let ruled = dirk.says(&question, false, "data-contradicts").await;
    assert_eq!(ruled.status, 201, "{ruled:?}");
    world.rests().await;
    let withdrawal = format!("rulings/{}/withdrawals", ruled.body["id"].as_str().unwrap());
    assert_eq!(dirk.sends(&question, &withdrawal, &Value::Null).await.status, 201);
    world.rests().await;
    assert_eq!(dirk.opens(&question).await.body["status"], json!("withdrawn"));
    assert!(dirk.queue().await.is_empty());
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hearing_in_any_case_of_either_person_presses_and_by_what_the_courts_told() {
    let world = World::open().await;
    let [dirk, ..] = stewards(&world);
    // Two questions whose own cases are heard in ten and in twelve days.
    let (mut contact, events) = perhaps_pieter();
    world.hears(events).await;
    world.hears([contact.hearing("h2", TODAY.checked_add(12.days()).unwrap())]).await;
    let pieter = only_question(&world).await;
    let mut support = CaseStory::new("family", "RBROT", "support");
    let mut fraud = CaseStory::new("criminal", "RBROT", "fraud");
    let other = person(["", "Wijnands", "Lourens", "1950-01-07", ""]);
    world
        .hears([
            support.registered("divorce", "C/10/713001 / FA RK 26-961"),
            support.party("p1", &["petitioner"], None, &other),
            support.hearing("h1", TODAY.checked_add(10.days()).unwrap()),
            fraud.registered("adult-criminal", "10/123999-26"),
            fraud.party("d1", &["suspect"], None, &other),
        ])
        .await;
    let order = async || -> Vec<Value> {
        dirk.queue().await.into_iter().map(|entry| json!([entry["id"], entry["earliestHearing"]])).collect()
    };
    let before = order().await;
    assert_eq!(before[1], json!([pieter, "2026-09-26"]), "{before:?}");
    assert_eq!(dirk.opens(&pieter).await.body["twoBecause"], json!([]));

    // Pieter stands in one more case, which is heard tomorrow, and about which nothing is asked.
    let (mut divorce, events) = one_more(&contact);
    world.hears(events.into_iter().chain([divorce.hearing("h1", TODAY.tomorrow().unwrap())])).await;
    let now = order().await;
    assert_eq!(now[0], json!([pieter, "2026-09-15"]), "{now:?}");
    assert_eq!(dirk.queue().await[0]["twoBecause"], json!(["hearing-soon"]));
    assert_eq!(dirk.opens(&pieter).await.body["twoBecause"], json!(["hearing-soon"]));
    let next = dirk.takes_up_the_next().await;
    assert_eq!(next.body["question"], json!(pieter), "{next:?}");
    // It moves away: nothing presses any more. It is told of late: it presses for whoever rules.
    world.hears([divorce.hearing("h1", TODAY.checked_add(30.days()).unwrap())]).await;
    assert_eq!(order().await[1], json!([pieter, "2026-09-26"]));
    world.hears([divorce.hearing("h1", TODAY.tomorrow().unwrap())]).await;
    let mut owner = world.database.connect("postgres").await;
    sqlx::query("update steward.cases set hearings = '{}'").execute(&mut owner).await.expect("rows");
    assert_eq!(dirk.opens(&pieter).await.body["twoBecause"], json!(["hearing-soon"]));
    assert_eq!(dirk.says(&pieter, true, "seen-in-file").await.status, 202, "two must agree");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspicion_names_what_was_seen_and_itself() {
    let world = World::open().await;
    let [dirk, ..] = stewards(&world);
    let (contact, events) = perhaps_pieter();
    world.hears(events.into_iter().chain(one_more(&contact).1)).await;
    let question = only_question(&world).await;
    let tag = dirk.opens(&question).await.etag.expect("a tag");
    let send = async |name: &str, tag: Option<&str>, record: &str| {
        dirk.sends_as(name, tag, &question, "suspicions", &json!({ "record": record })).await
    };
    assert_eq!(send("one", None, "first").await.status, 428);
    assert_eq!(send("one", Some("\"a.b.c.d\""), "first").await.status, 412);
    assert_eq!(send("", Some(&tag), "first").await.status, 400, "a request is named");
    assert_eq!(world.facts("steward.group-suspected").await, 0);
    let mut asked = None;
    for (record, other) in [("first", "second"), ("second", "first")] {
        let name = format!("suspects-{record}");
        let first = send(&name, Some(&tag), record).await;
        if first.status == 201 {
            let racing = [send(&name, Some(&tag), record), send(&name, Some(&tag), record)];
            for again in futures::future::join_all(racing).await {
                assert_eq!((again.status, &again.body), (201, &first.body), "sent again it is answered alike");
            }
            assert_eq!(send(&name, Some(&tag), other).await.status, 409, "and under another wish it is another");
            asked = first.body["question"].as_str().map(str::to_owned);
        } else {
            assert_eq!(first.status, 404, "{first:?}");
        }
    }
    let asked = asked.expect("one of the two is a person with others");
    assert_eq!(world.facts("steward.group-suspected").await, 1);
    world.rests().await;
    assert_eq!(dirk.opens(&asked).await.body["kind"], json!("split"));
    // By the form of the page, which carries both.
    let seen = dirk.opens(&question).await.etag.unwrap().replace('"', "");
    let stale = [("request", "form"), ("seen", "a.b.c.d"), ("record", "first")];
    let (_, to) = dirk.fills_in(&format!("/questions/{question}/suspicions"), &stale).await;
    assert_eq!(to, format!("/questions/{question}?notice=overtaken"));
    let mut led = Vec::new();
    for record in ["first", "second"] {
        let form = [("request", record), ("seen", seen.as_str()), ("record", record)];
        led.push(dirk.fills_in(&format!("/questions/{question}/suspicions"), &form).await.1);
    }
    assert!(led.contains(&format!("/questions/{asked}?notice=suspected")), "{led:?}");
    world.close().await;
}
