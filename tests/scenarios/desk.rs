//! The desk: who has a question in hand, who may decide, what two must agree on, and what can be taken back.

use courthouse::events::{CaseEvent, CaseStory, people, person};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use verband_tests::World;

use crate::{assault_case, contact_case};

/// A family and a criminal case, each with as many people; each pair of them may be one person, and no more is known.
pub fn doubtful(many: usize) -> Vec<CaseEvent> {
    const GIVEN: [&str; 10] =
        ["Aaltje", "Berend", "Cornelis", "Dirkje", "Engelbert", "Fokke", "Geertruida", "Hidde", "Ietje", "Jitske"];
    const SURNAMES: [&str; 10] = [
        "Aalbersberg",
        "Boonstra",
        "Claassens",
        "Driebergen",
        "Everwijn",
        "Fluitman",
        "Goedkoop",
        "Hulshof",
        "IJpelaar",
        "Kolkman",
    ];
    let mut family = CaseStory::new("family", "RBROT", "many");
    let mut criminal = CaseStory::new("criminal", "RBAMS", "many");
    let mut events = vec![
        family.registered("divorce", "C/10/712500 / FA RK 26-950"),
        criminal.registered("adult-criminal", "13/100300-26"),
    ];
    for number in 0..many {
        let birth = format!("{}-{:02}-{:02}", 1950 + number % 50, 1 + number % 12, 2 + number % 26);
        let who = person(["", SURNAMES[number % 10], GIVEN[number / 10 % 10], &birth, ""]);
        events.push(family.party(&format!("p{number}"), &["petitioner"], None, &who));
        events.push(criminal.party(&format!("d{number}"), &["victim"], None, &who));
    }
    events
}

/// Somebody else has the petitioner's number in a criminal case: a contradiction.
fn contradiction() -> Vec<CaseEvent> {
    let mut fraud = CaseStory::new("criminal", "RBAMS", "swapped");
    let mut swapped = people::jansen();
    swapped["bsn"] = people::pieter()["bsn"].clone();
    let events = [fraud.registered("adult-criminal", "13/100301-26"), fraud.party("d1", &["victim"], None, &swapped)];
    contact_case().1.into_iter().chain(events).collect()
}

pub async fn only_question(world: &World) -> String {
    let queue = world.steward().queue().await;
    assert_eq!(queue.len(), 1, "{queue:#?}");
    queue[0]["id"].as_str().expect("an id").to_owned()
}

fn ruling(same: bool) -> Value {
    json!({ "same": same, "reason": "seen-in-file" })
}

#[tokio::test(flavor = "multi_thread")]
async fn one_takes_up_a_question_and_until_they_are_done_no_other_decides() {
    let world = World::open().await;
    world.hears(doubtful(2)).await;
    let (dirk, hanna) = (world.steward(), world.at_desk("steward-hanna", &["steward"]));
    let first = dirk.takes_up_the_next().await;
    assert_eq!(first.status, 201, "{first:?}");
    let question = first.body["question"].as_str().unwrap().to_owned();
    let second = hanna.takes_up_the_next().await;
    assert_ne!(second.body["question"], first.body["question"], "another is offered");
    assert_eq!(world.at_desk("steward-ivo", &["steward"]).takes_up_the_next().await.status, 204, "there is no third");

    let in_hand = async |who: &verband_tests::Steward| -> Value { who.opens(&question).await.body["inHand"].clone() };
    assert_eq!((in_hand(&dirk).await, in_hand(&hanna).await), (json!("caller"), json!("another")));
    let seen = hanna.queue().await.into_iter().find(|entry| entry["id"] == json!(question)).unwrap();
    assert!(!seen.to_string().contains("dirk") && !hanna.opens(&question).await.body.to_string().contains("dirk"));
    assert_eq!(hanna.does(Method::PUT, &question, "claim").await.status, 409);
    assert_eq!(hanna.sends(&question, "rulings", &ruling(true)).await.status, 409);
    assert_eq!(hanna.sends(&question, "escalations", &json!({})).await.status, 409);
    assert_eq!(hanna.does(Method::DELETE, &question, "claim").await.status, 204);
    assert_eq!(in_hand(&dirk).await, "caller", "what is in another's hand stays there");

    // A page that is open keeps it: little is written, however often it asks.
    let facts = world.facts("steward.task-claimed").await;
    for _ in 0..5 {
        assert_eq!(dirk.does(Method::PUT, &question, "claim").await.status, 200);
    }
    assert_eq!(world.facts("steward.task-claimed").await, facts);
    world.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(dirk.does(Method::PUT, &question, "claim").await.status, 200);
    assert_eq!(world.facts("steward.task-claimed").await, facts + 1);
    world.clock.advance(SignedDuration::from_mins(14));
    assert_eq!(hanna.does(Method::PUT, &question, "claim").await.status, 409, "it was kept");

    // It ends by itself, and what is not kept can be taken up by another.
    world.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(in_hand(&hanna).await, "nobody");
    assert_eq!(hanna.does(Method::PUT, &question, "claim").await.status, 200);
    assert_eq!(dirk.sends(&question, "rulings", &ruling(true)).await.status, 409);
    assert_eq!(hanna.sends(&question, "rulings", &ruling(true)).await.status, 201, "and with the decision");
    world.rests().await;
    assert_eq!(hanna.does(Method::PUT, &question, "claim").await.status, 409, "there is nothing to take up any more");
    assert_eq!(hanna.does(Method::PUT, &uuid(), "claim").await.status, 404);
    world.close().await;
}

fn uuid() -> String {
    "0190c9a2-7f3e-7c11-8d52-0242ac120002".to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_aside_is_offered_to_others_and_comes_back() {
    let world = World::open().await;
    world.hears(doubtful(2)).await;
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let first = dirk.takes_up_the_next().await.body["question"].as_str().unwrap().to_owned();
    assert_eq!(dirk.sends(&first, "deferrals", &json!({})).await.status, 204);
    let second = dirk.takes_up_the_next().await.body["question"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    let until = "2026-09-17T07:30:00Z";
    assert_eq!(dirk.sends(&second, "deferrals", &json!({ "until": until })).await.status, 204);
    assert_eq!(dirk.takes_up_the_next().await.status, 204, "both are set aside");
    assert_eq!(hanna.takes_up_the_next().await.body["question"], json!(first), "by one, for one");
    assert_eq!(hanna.does(Method::DELETE, &first, "claim").await.status, 204);
    world.clock.advance(SignedDuration::from_mins(61));
    assert_eq!(dirk.takes_up_the_next().await.body["question"], json!(first), "an hour is over");
    for far in ["2026-09-13T00:00:00Z", "2026-11-14T00:00:00Z", "2026-09-14"] {
        let refused = dirk.sends(&first, "deferrals", &json!({ "until": far })).await;
        assert_eq!(refused.status, 400, "{far}: {refused:?}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_names_itself_and_what_it_rests_on_and_sent_again_is_answered_alike() {
    let world = World::open().await;
    world.hears(doubtful(1)).await;
    let (dirk, question) = (world.at_desk("steward-dirk", &["steward"]), only_question(&world).await);
    let tag = dirk.opens(&question).await.etag.unwrap();
    let noted = json!({ "same": true, "reason": "seen-in-file", "note": "Seen." });

    assert_eq!(dirk.sends_as("", Some(&tag), &question, "rulings", &noted).await.status, 400, "no name");
    assert_eq!(dirk.sends_as("one", None, &question, "rulings", &noted).await.status, 428);
    let stale = dirk.sends_as("one", Some("\"a.b.c.d\""), &question, "rulings", &noted).await;
    let changed: Vec<&str> =
        stale.body["errors"].as_array().unwrap().iter().filter_map(|error| error["code"].as_str()).collect();
    assert_eq!((stale.status, changed), (412, vec!["question", "record-a", "record-b", "groups"]));
    assert_eq!(world.facts("steward.pair-confirmed").await, 0);

    let first = dirk.sends_as("one", Some(&tag), &question, "rulings", &noted).await;
    assert_eq!((first.status, &first.body["worth"]), (201, &json!("in-force")));
    world.rests().await;
    for _ in 0..3 {
        // The tag is old by now, which a repetition cannot know.
        let again = dirk.sends_as("one", Some(&tag), &question, "rulings", &noted).await;
        assert_eq!((again.status, again.body), (201, first.body.clone()));
    }
    for other in [
        json!({ "same": false, "reason": "seen-in-file", "note": "Seen." }),
        json!({ "same": true, "reason": "data-agrees", "note": "Seen." }),
        json!({ "same": true, "reason": "seen-in-file", "note": "Not seen." }),
        json!({ "same": true, "reason": "seen-in-file" }),
    ] {
        assert_eq!(dirk.sends_as("one", Some(&tag), &question, "rulings", &other).await.status, 409, "{other}");
    }
    assert_eq!(dirk.sends_as("one", Some(&tag), &question, "escalations", &json!({})).await.status, 409);
    assert_eq!(world.facts("steward.pair-confirmed").await, 1);
    // Another's request of the same name is another request.
    let hanna = world.at_desk("steward-hanna", &["steward"]);
    let now = hanna.opens(&question).await.etag.unwrap();
    let same = hanna.sends_as("one", Some(&now), &question, "rulings", &noted).await;
    assert_eq!((same.status, &same.body["id"]), (200, &first.body["id"]), "it held already");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ruling_is_taken_back_within_a_quarter_of_an_hour_and_everything_with_it() {
    let world = World::open().await;
    world.hears(doubtful(1)).await;
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let question = only_question(&world).await;
    let before = world.state().await;
    let ruled = dirk.sends(&question, "rulings", &ruling(true)).await.body["id"].as_str().unwrap().to_owned();
    world.rests().await;
    assert_eq!(world.facts("linker.cases-linked").await, 1);
    let back = format!("rulings/{ruled}/withdrawals");
    assert_eq!(hanna.opens(&question).await.body["withdrawableRuling"], Value::Null);
    assert_eq!(hanna.sends(&question, &back, &Value::Null).await.status, 403, "only who gave it");
    assert_eq!(dirk.sends(&question, &format!("rulings/{}/withdrawals", uuid()), &Value::Null).await.status, 409);
    assert_eq!(dirk.opens(&question).await.body["withdrawableRuling"], json!(ruled));
    let tag = dirk.opens(&question).await.etag.unwrap();
    assert_eq!(dirk.sends_as("back", None, &question, &back, &Value::Null).await.status, 428);
    let undone = dirk.sends_as("back", Some(&tag), &question, &back, &Value::Null).await;
    assert_eq!(undone.status, 201, "{undone:?}");
    let again = dirk.sends_as("back", Some(&tag), &question, &back, &Value::Null).await;
    assert_eq!((again.status, again.body), (201, undone.body));
    world.rests().await;
    assert_eq!(world.state().await, before, "as if it had never been ruled");
    assert!(world.follows_from_the_journal().await);
    let shown = dirk.opens(&question).await.body;
    assert_eq!(
        (&shown["status"], &shown["rulings"][0]["withdrawn"]),
        (&json!("open"), &json!(true)),
        "and both are kept"
    );

    // What is older is reversed by a decision of its own, on which two must agree.
    let ruled = dirk.sends(&question, "rulings", &ruling(true)).await.body["id"].as_str().unwrap().to_owned();
    world.rests().await;
    world.clock.advance(SignedDuration::from_mins(16));
    let late = dirk.sends(&question, &format!("rulings/{ruled}/withdrawals"), &Value::Null).await;
    assert_eq!(late.status, 409);
    let bare = dirk.sends(&question, "rulings", &ruling(false)).await;
    assert_eq!((bare.status, &bare.body["errors"][0]["name"]), (400, &json!("note")), "why must be said in words");
    assert_eq!(dirk.says(&question, false, "source-confirmed").await.status, 202);
    world.rests().await;
    assert_eq!(world.facts("linker.link-withdrawn").await, 1, "an opinion changes nothing");
    assert_eq!(hanna.says(&question, false, "source-confirmed").await.status, 201);
    world.rests().await;
    assert_eq!(world.facts("linker.link-withdrawn").await, 2);
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_contradiction_two_decide_neither_knowing_what_the_other_thinks() {
    let world = World::open().await;
    world.hears(contradiction()).await;
    let stewards = ["steward-dirk", "steward-hanna", "steward-ivo"].map(|name| world.at_desk(name, &["steward"]));
    let [dirk, hanna, ivo] = &stewards;
    let question = only_question(&world).await;
    assert_eq!(dirk.opens(&question).await.body["twoBecause"], json!(["veto"]));
    let before = world.state().await;
    let bare = dirk.sends(&question, "rulings", &ruling(true)).await;
    assert_eq!((bare.status, &bare.body["errors"][0]["name"]), (400, &json!("note")));
    let secret = json!({ "same": true, "reason": "identifier-swapped", "note": "The clerk of Amsterdam says so." });
    let first = dirk.sends(&question, "rulings", &secret).await;
    assert_eq!((first.status, &first.body["worth"]), (202, &json!("waits")));
    world.rests().await;
    assert_eq!(world.state().await, before, "an opinion is no ruling");

    // What the second sees is the same whatever the first thinks.
    let entry = hanna.queue().await[0].clone();
    let shown = hanna.opens(&question).await.body;
    assert_eq!((&entry["opinions"], &shown["opinions"]), (&json!(1), &json!(1)));
    assert_eq!((&shown["rulings"], &shown["status"]), (&json!([]), &json!("open")));
    for word in ["dirk", "identifier-swapped", "Amsterdam says", "same"] {
        assert!(!entry.to_string().contains(word) && !shown.to_string().contains(word), "{word} in {shown}");
    }
    assert_eq!(dirk.opens(&question).await.body["spoken"], json!(true));
    assert_eq!(dirk.says(&question, true, "seen-in-file").await.status, 409, "nobody speaks twice");
    assert_eq!(dirk.does(Method::PUT, &question, "claim").await.status, 409);
    assert_eq!(dirk.takes_up_the_next().await.status, 204, "nor is asked twice");

    assert_eq!(hanna.says(&question, false, "data-contradicts").await.status, 202, "they disagree");
    world.rests().await;
    assert_eq!(world.state().await, before);
    let last = ivo.says(&question, true, "source-confirmed").await;
    assert_eq!((last.status, &last.body["worth"]), (201, &json!("in-force")), "a third decides");
    world.rests().await;
    let ruled = ivo.opens(&question).await.body["rulings"][0].clone();
    assert_eq!(ruled["by"], json!(["steward-dirk", "steward-ivo"]), "in the name of those who agree");
    assert_eq!((world.facts("steward.opinion-given").await, world.facts("steward.pair-confirmed").await), (2, 1));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_tell_leaves_it_to_two_others() {
    let world = World::open().await;
    world.hears(doubtful(1)).await;
    let stewards = ["steward-dirk", "steward-hanna", "steward-ivo"].map(|name| world.at_desk(name, &["steward"]));
    let [dirk, hanna, ivo] = &stewards;
    let question = only_question(&world).await;
    assert_eq!(dirk.opens(&question).await.body["twoBecause"], json!([]));
    let before = hanna.opens(&question).await.body;
    let told = dirk.sends(&question, "escalations", &json!({ "note": "The photographs are missing." })).await;
    assert_eq!(told.status, 202, "{told:?}");
    // Whoever comes next sees what the first saw: not that somebody spoke, which would tell that they could not tell.
    let (entry, shown) = (hanna.queue().await[0].clone(), hanna.opens(&question).await.body);
    for seen in [&entry, &shown] {
        assert_eq!((&seen["twoBecause"], &seen["opinions"], &seen["spoken"]), (&json!([]), &json!(0), &json!(false)));
    }
    assert_eq!(shown, before, "to the last word");
    for lang in ["nl", "en"] {
        let (_, page) = hanna.page(lang, &format!("/questions/{question}")).await;
        assert!(!page.contains("id=\"two\""), "{page}");
        let (_, page) = hanna.page(lang, "/").await;
        assert!(!page.contains("Tweede oordeel") && !page.contains("Second opinion"), "{page}");
    }
    assert_eq!(dirk.says(&question, true, "seen-in-file").await.status, 409);
    assert_eq!(hanna.says(&question, true, "seen-in-file").await.status, 202);
    assert_eq!(ivo.says(&question, true, "seen-in-file").await.status, 201);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_near_hearing_and_many_cases_are_for_two() {
    let world = World::open().await;
    let (mut contact, family) = contact_case();
    let mut images = CaseStory::new("criminal", "RBAMS", "images");
    let suspect = person(["van den", "Berg", "Pieter", "1987-11-02", ""]);
    let events =
        [images.registered("adult-criminal", "13/100302-26"), images.party("d1", &["suspect"], None, &suspect)];
    world.hears(family.into_iter().chain(events)).await;
    let (dirk, question) = (world.at_desk("steward-dirk", &["steward"]), only_question(&world).await);
    assert_eq!(dirk.opens(&question).await.body["twoBecause"], json!([]));
    world.hears([contact.hearing("h2", verband_tests::TODAY.tomorrow().unwrap())]).await;
    assert_eq!(dirk.queue().await[0]["twoBecause"], json!(["hearing-soon"]));
    assert_eq!(dirk.sends(&question, "rulings", &ruling(true)).await.status, 202);

    // He turns out to stand in four cases for certain.
    let many = (0..3).flat_map(|number| {
        let mut story = CaseStory::new("family", "RBAMS", &format!("other-{number}"));
        [
            story.registered("divorce", &format!("C/13/71260{number} / FA RK 26-96{number}")),
            story.party("p1", &["petitioner"], None, &people::pieter()),
        ]
    });
    world.hears(many).await;
    let queue = dirk.queue().await;
    assert_eq!((queue.len(), &queue[0]["casesConcerned"]), (1, &json!(5)), "{queue:#?}");
    assert!(queue[0]["twoBecause"].to_string().contains("many-cases"));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_the_same_question_at_once_exactly_one_wins_a_hundred_times() {
    let world = World::open().await;
    world.hears(doubtful(100)).await;
    let mut questions: Vec<String> = Vec::new();
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let mut next = Some("/questions?limit=40".to_owned());
    while let Some(path) = next {
        let page = dirk.get(&path).await.body;
        questions.extend(page["questions"].as_array().unwrap().iter().map(|q| q["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(|cursor| format!("/questions?limit=40&cursor={cursor}"));
    }
    assert_eq!(questions.len(), 100);
    for question in &questions {
        let tag = dirk.opens(question).await.etag.unwrap();
        let (yes, no) = (ruling(true), ruling(false));
        let (one, other) = tokio::join!(
            dirk.sends_as("race", Some(&tag), question, "rulings", &yes),
            hanna.sends_as("race", Some(&tag), question, "rulings", &no)
        );
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 412], "{one:?} {other:?}");
        let shown = dirk.opens(question).await.body;
        let (winner, same) = if one.status == 201 { ("steward-dirk", true) } else { ("steward-hanna", false) };
        let rulings = shown["rulings"].as_array().unwrap();
        assert_eq!(rulings.len(), 1, "nothing of the other was kept");
        assert_eq!((&rulings[0]["by"], &rulings[0]["same"]), (&json!([winner]), &json!(same)));
    }
    let written = world.facts("steward.pair-confirmed").await + world.facts("steward.pair-rejected").await;
    assert_eq!(written, 100);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_want_the_next_at_once_each_gets_another_a_hundred_times() {
    let world = World::open().await;
    world.hears(doubtful(100)).await;
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let mut taken = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let (one, other) = tokio::join!(dirk.takes_up_the_next(), hanna.takes_up_the_next());
        for (who, answer) in [(&dirk, one), (&hanna, other)] {
            assert_eq!(answer.status, 201, "{answer:?}");
            let question = answer.body["question"].as_str().unwrap().to_owned();
            // A question that is in one's hand is offered again: it is laid aside for the next round.
            assert_eq!(
                who.sends(&question, "deferrals", &json!({ "until": "2026-09-20T00:00:00Z" })).await.status,
                204
            );
            taken.insert((who.token(), question));
        }
    }
    assert_eq!(taken.len(), 100, "neither is offered the same again");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_stewards_come_to_the_desk() {
    let world = World::open().await;
    world.hears(contact_case().1.into_iter().chain(assault_case().1).chain(contradiction())).await;
    let question = only_question(&world).await;
    let routes: Vec<(Method, String)> = steward::document()
        .paths
        .paths
        .iter()
        // Operators have pages here too: `tests/contract/matrix.txt` says who gets what of all.
        .filter(|(path, _)| !["/quality", "/operations"].contains(&path.as_str()))
        .flat_map(|(path, item)| {
            let path = ["questionId", "rulingId", "proposalId", "splitId"]
                .into_iter()
                .fold(path.clone(), |path, id| path.replace(&format!("{{{id}}}"), &question));
            let methods = [
                (Method::GET, item.get.is_some()),
                (Method::POST, item.post.is_some()),
                (Method::PUT, item.put.is_some()),
                (Method::DELETE, item.delete.is_some()),
            ];
            methods.into_iter().filter(|(_, is)| *is).map(move |(method, _)| (method, path.clone())).collect::<Vec<_>>()
        })
        .collect();
    assert!(routes.len() >= 10, "{routes:?}");
    let client = reqwest::Client::new();
    let asks = async |method: &Method, path: &str, token: Option<String>| {
        let address = format!("http://{}/v1{path}", world.addresses.steward);
        let mut request = client.request(method.clone(), address).header("idempotency-key", "matrix");
        if *method == Method::POST {
            let body = if path.ends_with("/proposals") { json!({ "same": true }) } else { ruling(true) };
            request = request.header("if-match", "\"a.b.c.d\"").json(&body);
        }
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        request.send().await.expect("the desk answers").status().as_u16()
    };
    for (method, path) in &routes {
        assert_eq!(asks(method, path, None).await, 401, "{method} {path} without a token");
        for role in ["judge", "clerk", "auditor", "publisher", "operator"] {
            let token = world.at_desk("somebody", &[role]).token();
            let status = asks(method, path, Some(token)).await;
            // Who keeps the code lists may read what is missing in them.
            if (role, method, path.as_str()) == ("operator", &Method::GET, "/articles") {
                assert_eq!(status, 200);
                continue;
            }
            // A body that does not read is refused before it is asked who sends it, and tells nothing.
            assert!(status == 403 || status == 400 && *method == Method::POST, "{method} {path} as {role}: {status}");
        }
    }
    let nothing =
        ["steward.pair-confirmed", "steward.opinion-given", "steward.task-claimed", "steward.ruling-proposed"];
    for kind in nothing {
        assert_eq!(world.facts(kind).await, 0, "{kind}");
    }
    for (method, path) in &routes {
        let status = asks(method, path, Some(world.at_desk("steward-dirk", &["steward"]).token())).await;
        assert!(!matches!(status, 401 | 403 | 500..), "{method} {path}: {status}");
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_84_paging_through_a_queue_that_changes_skips_nothing_and_repeats_nothing() {
    let world = World::open().await;
    world.hears(doubtful(60)).await;
    let dirk = world.at_desk("steward-dirk", &["steward"]);
    let all: Vec<String> = dirk.get("/questions?limit=100").await.body["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| question["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(all.len(), 60);
    let (mut seen, mut next) = (Vec::new(), Some("/questions?limit=7".to_owned()));
    // Behind and before where the reader is, some are answered and others come in.
    let mut gone = std::collections::BTreeSet::new();
    let mut late = CaseStory::new("family", "RBGEL", "late");
    world.hears([late.registered("divorce", "C/05/712700 / FA RK 26-990")]).await;
    let mut round = 0;
    while let Some(path) = next {
        let page = dirk.get(&path).await.body;
        seen.extend(page["questions"].as_array().unwrap().iter().map(|q| q["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(|cursor| format!("/questions?limit=7&cursor={cursor}"));
        for answered in [&all[round], &all[59 - round]] {
            if gone.insert(answered.clone()) {
                assert_eq!(dirk.sends(answered, "rulings", &ruling(false)).await.status, 201);
            }
        }
        let birth = format!("{}-05-05", 1901 + round);
        let who = person(["", "Zonneveld", "Quirijn", &birth, ""]);
        let mut other = CaseStory::new("criminal", "RBGEL", &format!("late-{round}"));
        world
            .hears([
                late.party(&format!("p{round}"), &["petitioner"], None, &who),
                other.registered("adult-criminal", &format!("05/10040{round}-26")),
                other.party("d1", &["victim"], None, &who),
            ])
            .await;
        round += 1;
    }
    let distinct: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!(distinct.len(), seen.len(), "nothing is shown twice");
    for question in all.iter().filter(|question| !gone.contains(*question)) {
        assert!(distinct.contains(question), "what stayed was shown");
    }
    world.close().await;
}
