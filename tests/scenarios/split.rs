//! Should this person be split? Asked, previewed, decided by two, followed by links and signals, and taken back.

use std::sync::atomic::{AtomicU64, Ordering};

use courthouse::events::{CaseEvent, CaseStory, people, person};
use jiff::{SignedDuration, ToSpan};
use serde_json::{Value, json};
use verband_tests::{Answer, Steward, TODAY, World};

use crate::desk_foresees::{Consequences, foresees, place};
use crate::{assault_case, contact_case, id};

/// How many splits were sent: each is a request of its own.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// Pieter in four cases, certainly one person by his number: that on contact, that of the assault, a supervision order, a theft. And
/// somebody of his name and birth date without a number in a fifth.
fn pieter_everywhere() -> Vec<CaseEvent> {
    let mut youth = CaseStory::new("youth", "RBROT", "supervision");
    let mut theft = CaseStory::new("criminal", "RBAMS", "theft");
    let mut fifth = CaseStory::new("family", "RBAMS", "fifth");
    let mut unnumbered = people::pieter();
    unnumbered.as_object_mut().expect("a person").remove("bsn");
    let more = [
        youth.registered("supervision-order", "C/10/713000 / JE RK 26-77"),
        youth.party("v", &["parent-with-authority"], Some("father"), &people::pieter()),
        theft.registered("adult-criminal", "13/100400-26"),
        theft.party("d1", &["suspect"], None, &people::pieter()),
        fifth.registered("divorce", "C/13/712600 / FA RK 26-960"),
        fifth.party("p1", &["petitioner"], None, &unnumbered),
    ];
    let (contact, assault) = (contact_case().1, assault_case().1);
    contact.into_iter().chain(assault).chain(more).collect()
}

fn stewards(world: &World) -> [Steward; 3] {
    ["steward-dirk", "steward-hanna", "steward-ivo"].map(|name| world.at_desk(name, &["steward"]))
}

async fn group(steward: &Steward, question: &str) -> Answer {
    let group = steward.get(&format!("/questions/{question}/group")).await;
    assert_eq!(group.status, 200, "{group:?}");
    group
}

/// The records of a group whose cases run at a court and jurisdiction.
fn of(group: &Value, court: &str, jurisdiction: &str) -> Vec<String> {
    let records = group["records"].as_array().expect("records").iter();
    let there = records.filter(|record| {
        let case = &record["record"]["case"];
        case["court"] == court && case["jurisdiction"] == jurisdiction
    });
    there.map(|record| record["id"].as_str().expect("an id").to_owned()).collect()
}

async fn splits(steward: &Steward, question: &str, moved: &[String]) -> Answer {
    let tag = group(steward, question).await.etag.expect("a tag");
    splits_as(steward, &tag, question, moved).await
}

async fn splits_as(steward: &Steward, tag: &str, question: &str, moved: &[String]) -> Answer {
    let split = json!({ "moved": moved, "reason": "identifier-swapped", "note": "Two men: the file has both." });
    let name = format!("split-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    steward.sends_as(&name, Some(tag), question, "splits", &split).await
}

/// Asks of the only open question whether the person that its record with a number is of is one. Answers what is asked.
async fn suspects(steward: &Steward) -> String {
    let queue = steward.queue().await;
    let possible = queue.iter().find(|entry| entry["kind"] == "possible").expect("a question").clone();
    let question = possible["id"].as_str().expect("an id");
    for record in ["first", "second"] {
        let asked = steward.sends(question, "suspicions", &json!({ "record": record })).await;
        match asked.status {
            201 => return asked.body["question"].as_str().expect("an id").to_owned(),
            status => assert_eq!(status, 404, "{asked:?}"),
        }
    }
    panic!("neither record is of a person with others");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_split_by_two_the_signal_goes_and_comes_back_when_it_is_taken_back() {
    let world = World::open().await;
    world.hears(pieter_everywhere()).await;
    let [dirk, hanna, ivo] = stewards(&world);
    let anna = world.judge("judge-anna");
    assert_eq!(anna.inbox().await.len(), 1);
    let before = world.state().await;

    let question = suspects(&dirk).await;
    assert_eq!(suspects(&hanna).await, question, "it is asked once");
    assert_eq!(world.facts("steward.group-suspected").await, 1);
    let queue = dirk.get("/questions?kind=split").await.body;
    assert_eq!(queue["questions"].as_array().expect("questions").len(), 1, "{queue}");
    assert_eq!(queue["questions"][0]["twoBecause"], json!(["confirmed-groups"]));
    assert_eq!(dirk.opens(&question).await.body["groupRecords"], 4);

    // Before anybody asked nothing is weighed; then every two are, once.
    let shown = group(&dirk, &question).await.body;
    assert!(shown["totals"].is_null());
    for _ in 0..2 {
        assert_eq!(dirk.does(reqwest::Method::PUT, &question, "group/weighing").await.status, 204);
    }
    assert_eq!(world.facts("steward.group-examined").await, 1);
    let shown = group(&hanna, &question).await.body;
    assert_eq!((shown["records"].as_array().unwrap().len(), shown["links"].as_array().unwrap().len()), (4, 3));
    assert_eq!(shown["totals"].as_array().map(Vec::len), Some(6), "{shown}");
    assert!(!shown["atWeakest"].as_array().unwrap().is_empty());
    let text = shown.to_string();
    assert!(text.contains("••••") && !text.contains(people::pieter()["bsn"].as_str().unwrap()), "numbers are masked");
    assert!(
        !text.contains("Sr 300") && !text.contains("article") && !text.contains("assault"),
        "and nothing is said of what anybody is charged with"
    );
    assert!(shown["records"].to_string().contains("victim"), "but the roles of the other parties are");

    let moved: Vec<String> = ["RBROT", "RBAMS"].iter().flat_map(|court| of(&shown, court, "criminal")).collect();
    assert_eq!(moved.len(), 2);
    let first = splits(&dirk, &question, &moved).await;
    assert_eq!((first.status, &first.body["worth"]), (202, &json!("waits")), "{first:?}");
    assert_eq!(splits(&dirk, &question, &moved).await.status, 409, "the other must speak");
    let seen = hanna.opens(&question).await.body.to_string() + &group(&hanna, &question).await.body.to_string();
    assert!(!seen.contains("dirk") && seen.contains(r#""opinions":1"#), "who thinks what is not shown");
    // Hanna would part it otherwise; a third decides, who calls the other heap the one that is moved.
    assert_eq!(splits(&hanna, &question, &moved[..1]).await.status, 202);
    assert_eq!(world.facts("steward.pair-rejected").await, 0);
    let shown = group(&ivo, &question).await.body;
    let kept: Vec<String> = ["family", "youth"].iter().flat_map(|of_kind| of(&shown, "RBROT", of_kind)).collect();
    let decided = splits(&ivo, &question, &kept).await;
    assert_eq!((decided.status, &decided.body["worth"]), (201, &json!("in-force")), "{decided:?}");
    world.rests().await;

    assert_eq!(world.facts("steward.pair-rejected").await, 4, "every two across");
    assert_eq!(world.facts("linker.person-split").await, 1, "at once, and not one by one");
    assert!(anna.inbox().await.is_empty(), "who is suspected is not the father");
    assert_eq!(anna.withdrawn().await.len(), 1);
    assert!(world.follows_from_the_journal().await);
    assert_eq!(dirk.opens(&question).await.body["status"], "ruled");
    assert_eq!(dirk.get(&format!("/questions/{question}/group")).await.status, 404, "there is no such group any more");

    // One ruling of it is not taken back alone, nor by who did not agree.
    let ruled = dirk.opens(&question).await.body;
    assert_eq!(ruled["withdrawableRuling"], Value::Null);
    let parting = ruled["withdrawableSplit"].as_str().expect("dirk decided it with ivo").to_owned();
    assert_eq!(hanna.opens(&question).await.body["withdrawableSplit"], Value::Null);
    let back = format!("splits/{parting}/withdrawals");
    assert_eq!(hanna.sends(&question, &back, &Value::Null).await.status, 403);
    if let Some(ruling) = ruled["rulings"].as_array().unwrap().last() {
        let alone = format!("rulings/{}/withdrawals", ruling["id"].as_str().unwrap());
        assert_eq!(dirk.sends(&question, &alone, &Value::Null).await.status, 409);
    }
    let tag = dirk.opens(&question).await.etag.unwrap();
    let undone = dirk.sends_as("back", Some(&tag), &question, &back, &Value::Null).await;
    assert_eq!(undone.status, 201, "{undone:?}");
    let again = dirk.sends_as("back", Some(&tag), &question, &back, &Value::Null).await;
    assert_eq!((again.status, again.body), (201, undone.body), "sent again it is answered alike");
    world.rests().await;
    assert_eq!(world.state().await, before, "as if it had never been split");
    assert_eq!(anna.inbox().await.len(), 1);
    assert!(world.follows_from_the_journal().await);
    assert_eq!(group(&dirk, &question).await.body["records"].as_array().unwrap().len(), 4);

    // A quarter of an hour later it stands.
    let moved = of(&group(&dirk, &question).await.body, "RBAMS", "criminal");
    assert_eq!(splits(&dirk, &question, &moved).await.status, 202);
    assert_eq!(splits(&hanna, &question, &moved).await.status, 201);
    world.rests().await;
    world.clock.advance(SignedDuration::from_mins(16));
    let parting = world.fact_data("steward.parting-undone").await["parting"].clone();
    assert_ne!(parting, Value::Null);
    assert_eq!(dirk.opens(&question).await.body["withdrawableSplit"], Value::Null);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_rests_on_every_record_of_the_group_and_is_taken_once() {
    let world = World::open().await;
    world.hears(pieter_everywhere()).await;
    let [dirk, hanna, ivo] = stewards(&world);
    let question = suspects(&dirk).await;
    let shown = group(&dirk, &question).await;
    let (tag, moved) = (shown.etag.unwrap(), of(&shown.body, "RBAMS", "criminal"));

    let body = |moved: Value| json!({ "moved": moved, "reason": "seen-in-file" });
    for wrong in [json!([]), json!(["0190c9a2-7f3e-7c11-8d52-0242ac120002"])] {
        let refused = dirk.sends_as("wrong", Some(&tag), &question, "splits", &body(wrong)).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["name"]), (400, &json!("moved")), "{refused:?}");
    }
    let all: Vec<Value> = shown.body["records"].as_array().unwrap().iter().map(|record| record["id"].clone()).collect();
    assert_eq!(dirk.sends_as("all", Some(&tag), &question, "splits", &body(all.into())).await.status, 400);
    assert_eq!(dirk.sends_as("none", None, &question, "splits", &body(json!(moved))).await.status, 428);
    let of_question = dirk.opens(&question).await.etag.unwrap();
    let stale = dirk.sends_as("other", Some(&of_question), &question, "splits", &body(json!(moved))).await;
    assert_eq!((stale.status, &stale.body["errors"][0]["code"]), (412, &json!("groups")), "the group itself was seen");

    // A record of the group that the question is not about changes: what was seen before is worth nothing.
    let mut theft = CaseStory::new("criminal", "RBAMS", "theft");
    let (_, _) =
        (theft.registered("adult-criminal", "13/100400-26"), theft.party("d1", &["suspect"], None, &people::pieter()));
    let mut moved_house = people::pieter();
    moved_house["birthPlace"] = json!("Denkbeeldstad");
    world.hears([theft.details("d1", &moved_house)]).await;
    let stale = splits_as(&dirk, &tag, &question, &moved).await;
    assert_eq!(stale.status, 412, "{stale:?}");

    // Many at once: of those who say the same one gives the first opinion, one decides, and nothing is written twice.
    let tag = group(&dirk, &question).await.etag.unwrap();
    let racing = [&dirk, &hanna, &ivo].into_iter().flat_map(|steward| [steward.clone(), steward.clone()]);
    let answers = racing.map(|steward| {
        let (tag, question, moved) = (tag.clone(), question.clone(), moved.clone());
        tokio::spawn(async move { splits_as(&steward, &tag, &question, &moved).await.status })
    });
    let mut statuses = Vec::new();
    for answer in answers.collect::<Vec<_>>() {
        statuses.push(answer.await.expect("an answer"));
    }
    assert!(statuses.iter().all(|status| [202, 412, 409].contains(status)), "{statuses:?}");
    let opinions = world.facts("steward.opinion-given").await;
    assert_eq!(opinions, 1, "whoever else wrote saw a question without it");
    let others: Vec<&Steward> = [&dirk, &hanna, &ivo].into_iter().collect();
    let mut worth = Vec::new();
    for steward in others {
        worth.push(splits(steward, &question, &moved).await.status);
        if worth.contains(&201) {
            break;
        }
    }
    assert!(worth.contains(&201), "{worth:?}");
    world.rests().await;
    assert_eq!((world.facts("steward.group-parted").await, world.facts("steward.pair-rejected").await), (1, 3));
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

/// Families whose father stands in several cases under one number, and once without.
fn fathers(families: usize) -> Vec<CaseEvent> {
    let numbers = numbers(families);
    let mut events = Vec::new();
    for (family, number) in numbers.iter().enumerate() {
        let birth = format!("{}-{:02}-{:02}", 1950 + family, 1 + family % 12, 3 + family % 25);
        let surname = ["Zwart", "Wijnands", "Verhoef", "Terpstra", "Spanjers", "Roelofs"][family % 6];
        let father = person(["", surname, "Sjoerd", &birth, number]);
        let unnumbered = person(["", surname, "Sjoerd", &birth, ""]);
        let mother = person(["", surname, "Wietske", &format!("{}-05-05", 1951 + family), ""]);
        let mut contact = CaseStory::new("family", "RBROT", &format!("contact-{family}"));
        let mut assault = CaseStory::new("criminal", "RBROT", &format!("assault-{family}"));
        events.extend([
            contact
                .registered("contact-arrangement", &format!("C/10/{} / FA RK 26-{}", 730_000 + family, 2_000 + family)),
            contact.party("p1", &["petitioner"], Some("father"), &father),
            contact.party("p2", &["respondent"], Some("mother"), &mother),
            contact.judges(&["judge-anna"]),
            contact.hearing("h1", TODAY.checked_add(28.days()).unwrap()),
            assault.registered("adult-criminal", &format!("10/{}-26", 300_000 + family)),
            assault.party("d1", &["suspect"], None, &father),
            assault.judges(&["judge-bram"]),
            assault.charge("c1", "d1", &[], &["300", "304"], "2026-03-07"),
        ]);
        for case in 0..=(family % 3) {
            let mut more = CaseStory::new("criminal", "RBAMS", &format!("more-{family}-{case}"));
            events.extend([
                more.registered("adult-criminal", &format!("13/{}-26", 400_000 + family * 10 + case)),
                more.party("d1", &["suspect"], None, &father),
                more.charge("c1", "d1", &[], &["310"], "2026-02-07"),
            ]);
        }
        let mut last = CaseStory::new("family", "RBAMS", &format!("last-{family}"));
        events.extend([
            last.registered("divorce", &format!("C/13/{} / FA RK 26-{}", 740_000 + family, 3_000 + family)),
            last.party("p1", &["petitioner"], None, &unnumbered),
        ]);
    }
    events
}

/// Citizen service numbers that pass the eleven-test and that nobody has.
fn numbers(many: usize) -> Vec<String> {
    let passes = |number: &u32| {
        let digits: Vec<u32> = number.to_string().chars().filter_map(|digit| digit.to_digit(10)).collect();
        let sum: u32 = digits.iter().take(8).zip((2..=9).rev()).map(|(digit, weight)| digit * weight).sum();
        sum % 11 == digits[8]
    };
    (999_900_000..999_990_000_u32).filter(passes).take(many).map(|number| number.to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_foreseen_of_splits_is_what_then_happens() {
    const FAMILIES: usize = 12;
    let world = World::open().await;
    world.hears(fathers(FAMILIES)).await;
    let [dirk, hanna, _] = stewards(&world);
    let queue = dirk.queue().await;
    let (mut split, mut links, mut rejoined) = (0, 0, 0);
    for (number, entry) in queue.iter().filter(|entry| entry["kind"] == "possible").enumerate() {
        let possible = entry["id"].as_str().unwrap();
        let mut question = None;
        for record in ["first", "second"] {
            let asked = dirk.sends(possible, "suspicions", &json!({ "record": record })).await;
            question = question.or(asked.body["question"].as_str().map(str::to_owned));
        }
        let Some(question) = question else { continue };
        world.rests().await;
        let shown = group(&dirk, &question).await.body;
        let records: Vec<String> =
            shown["records"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        assert!(records.len() >= 3, "{shown}");
        // One record, or two where enough are left, beginning at another each time.
        let many = if records.len() > 3 && number % 2 == 1 { 2 } else { 1 };
        let moved: Vec<String> = records.iter().cycle().skip(number % records.len()).take(many).cloned().collect();
        let proposal = json!({ "same": false, "moved": moved });
        let foreseen = foresees(&dirk, &question, &proposal).await;
        assert_eq!(splits(&hanna, &question, &moved).await.status, 202);
        let since = place(&world).await;
        let decided = splits(&dirk, &question, &moved).await;
        assert_eq!(decided.status, 201, "{decided:?}");
        world.rests().await;
        let happened = Consequences::happened(&world, since, &question).await;
        assert_eq!(foreseen, happened, "split {number}: {moved:?} of {records:?}");
        links += usize::from(happened.changes_links());
        split += 1;
        if number % 3 == 0 {
            let parting = dirk.opens(&question).await.body["withdrawableSplit"].as_str().unwrap().to_owned();
            let undone = dirk.sends(&question, &format!("splits/{parting}/withdrawals"), &Value::Null).await;
            assert_eq!(undone.status, 201, "{undone:?}");
            world.rests().await;
            assert_eq!(group(&dirk, &question).await.body["records"].as_array().unwrap().len(), records.len());
            rejoined += 1;
        }
    }
    assert!(split >= FAMILIES * 3 / 4 && links >= split / 2 && rejoined >= 3, "{split} {links} {rejoined}");
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_split_a_person_without_script_in_either_language() {
    let world = World::open().await;
    world.hears(pieter_everywhere()).await;
    let [dirk, hanna, _] = stewards(&world);
    let question = suspects(&dirk).await;
    for (lang, words) in [("nl", ["zwakste schakel", "Andere partijen"]), ("en", ["weakest link", "Other parties"])] {
        let (status, page) = dirk.page(lang, &format!("/questions/{question}/group")).await;
        assert_eq!(status, 200, "{page}");
        assert!(words.iter().all(|word| page.contains(word)), "{lang}: {page}");
        assert!(page.matches("type=\"checkbox\"").count() == 4 && page.contains("••••"), "{page}");
    }
    for (steward, notice) in [(&dirk, "waits"), (&hanna, "split")] {
        let (status, to) = steward.fills_in(&format!("/questions/{question}/group"), &[]).await;
        assert_eq!((status, to), (303, format!("/questions/{question}/group")));
        let (_, page) = steward.page("nl", &format!("/questions/{question}/group")).await;
        assert!(page.contains("<caption id=\"matrix\">"), "{page}");
        let hidden = |name: &str| {
            let at = page.find(&format!("name=\"{name}\" value=\"")).expect("a field") + name.len() + 15;
            page[at..].split('"').next().expect("a value").to_owned()
        };
        let moved = of(&group(steward, &question).await.body, "RBAMS", "criminal");
        let (seen, request, marked) = (hidden("seen"), hidden("request"), format!("moved-{}", moved[0]));
        let form = [("seen", seen.as_str()), ("request", &request), ("reason", "seen-in-file"), (&marked, "on")];
        let faulty = steward.fills_in(&format!("/questions/{question}/splits/preview"), &form[..3]).await;
        assert!(faulty.0 == 200 && faulty.1.contains("role=\"alert\""), "{}", faulty.1);
        let preview = steward.fills_in(&format!("/questions/{question}/splits/preview"), &form).await;
        assert!(preview.0 == 200 && preview.1.contains(&format!("name=\"{marked}\" value=\"on\"")), "{}", preview.1);
        let decided = steward.fills_in(&format!("/questions/{question}/splits"), &form).await;
        assert_eq!(decided, (303, format!("/questions/{question}?notice={notice}")));
    }
    world.rests().await;
    let (_, page) = dirk.page("en", &format!("/questions/{question}")).await;
    assert!(page.contains("/splits/withdrawals"), "it can be taken back: {page}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_judge_doubts_can_be_answered_by_a_split() {
    let world = World::open().await;
    world.hears(pieter_everywhere()).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(anna.doubts(&signal, &json!({ "version": 1, "reason": "other-person" })).await.status, 200);
    world.rests().await;
    let [dirk, hanna, _] = stewards(&world);
    let doubted = dirk.get("/questions?kind=doubted").await.body["questions"].clone();
    let of_four = async |entry: &Value| dirk.opens(entry["id"].as_str().unwrap()).await.body["groupRecords"] == 4;
    let mut question = String::new();
    for entry in doubted.as_array().unwrap() {
        if of_four(entry).await {
            question = entry["id"].as_str().unwrap().to_owned();
        }
    }
    let moved = of(&group(&dirk, &question).await.body, "RBROT", "criminal");
    assert_eq!(splits(&dirk, &question, &moved).await.status, 202);
    assert_eq!(splits(&hanna, &question, &moved).await.status, 201);
    world.rests().await;
    assert_eq!(anna.opens(&signal).await.body["doubts"][0]["state"], "corrected");
    assert!(anna.inbox().await.is_empty());
    world.close().await;
}
