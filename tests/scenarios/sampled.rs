//! A share of what is known is asked of another as if nothing were: nobody can tell, before they answer or after, nobody can see to it
//! that they are never sampled, and an answer changes nothing by itself.

mod after;
mod alike;

use std::collections::BTreeSet;
use std::time::Duration;

use courthouse::events::{CaseEvent, CaseStory, people, person};
use domain::decisions::control::{SETTLED, draws};
use domain::fact::steward::Stratum;
use domain::ids::{FactId, KeyId, MatchId, Pair, PartyId};
use jiff::{SignedDuration, ToSpan};
use reqwest::Method;
use serde_json::{Value, json};
use verband_tests::{Answer, Steward, TODAY, World};

use self::alike::{shape, skeleton};
use crate::desk::doubtful;
use crate::desk_foresees::foresees;

/// A father whom the police know by name and birth date only: whether he is the suspect is asked, and a judge would be told.
fn father() -> (CaseStory, CaseStory, Vec<CaseEvent>) {
    let who = person(["", "Terpstra", "Sjoerd", "1961-04-05", ""]);
    let (contact, assault) =
        (CaseStory::new("family", "RBROT", "sampled"), CaseStory::new("criminal", "RBAMS", "sampled"));
    let (mut family, mut criminal) = (contact, assault);
    let events = vec![
        family.registered("contact-arrangement", "C/10/760000 / FA RK 26-6000"),
        family.party("p1", &["petitioner"], Some("father"), &who),
        family.party("p3", &["minor"], Some("child"), &people::noor()),
        family.judges(&["judge-anna"]),
        family.hearing("h1", TODAY.checked_add(40.days()).unwrap()),
        criminal.registered("adult-criminal", "13/600000-26"),
        criminal.party("d1", &["suspect"], None, &who),
        criminal.party("d2", &["victim"], None, &people::samira()),
        criminal.judges(&["judge-bram"]),
        criminal.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
    ];
    (family, criminal, events)
}

fn stewards(world: &World) -> [Steward; 3] {
    ["steward-dirk", "steward-hanna", "steward-ivo"].map(|name| world.at_desk(name, &["steward"]))
}

fn ids(queue: &[Value]) -> BTreeSet<String> {
    queue.iter().map(|entry| entry["id"].as_str().expect("an id").to_owned()).collect()
}

/// Whether the desk of this house draws a ruling of this steward under a name of a request.
fn is_drawn_under(world: &World, by: &str, question: &str, name: &str) -> bool {
    let cause = FactId::derived(&["ruling", by, question, name]);
    let ruling = FactId::derived(&["steward", &cause.to_string(), "1"]).to_string();
    draws(Stratum::Ruled, &world.vault().index("control-lot", &[Stratum::Ruled.as_str(), &ruling]))
}

/// A name for a request under which a ruling of this steward on this question is drawn.
fn drawn_name(world: &World, by: &str, question: &str) -> String {
    let names = (0..10_000).map(|number| format!("drawn-{number}"));
    names.into_iter().find(|name| is_drawn_under(world, by, question, name)).expect("one in fifty is drawn")
}

/// Dirk rules, so that it is drawn.
async fn rules_drawn(world: &World, dirk: &Steward, question: &str, same: bool) {
    let tag = dirk.opens(question).await.etag.expect("a tag");
    let ruling = json!({ "same": same, "reason": "seen-in-file" });
    let name = drawn_name(world, "steward-dirk", question);
    let ruled = dirk.sends_as(&name, Some(&tag), question, "rulings", &ruling).await;
    assert_eq!(ruled.status, 201, "{ruled:?}");
}

/// Waits until something is so.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    for _ in 0..300 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{what}: it does not come");
}

/// What is drawn is settled, and asked: so many control questions in all.
async fn is_drawn(world: &World, many: i64) {
    world.rests().await;
    world.clock.advance(SETTLED.checked_add(SignedDuration::from_mins(1)).expect("a while"));
    until("a control question", async || world.facts("steward.control-drawn").await == many).await;
    world.rests().await;
}

/// The question that hanna is asked and dirk is not.
async fn control(dirk: &Steward, hanna: &Steward) -> String {
    let (his, hers) = (ids(&dirk.queue().await), ids(&hanna.queue().await));
    let only_hers: Vec<&String> = hers.difference(&his).collect();
    assert_eq!((only_hers.len(), his.difference(&hers).count()), (1, 0), "{his:?} {hers:?}");
    only_hers[0].clone()
}

/// A question about the father that dirk rules on, and the control question that hanna is asked about it.
async fn ruled_and_asked_again(world: &World, dirk: &Steward, hanna: &Steward) -> (String, String) {
    world.hears(father().2).await;
    let question = ids(&dirk.queue().await).pop_first().expect("a question");
    rules_drawn(world, dirk, &question, true).await;
    is_drawn(world, 1).await;
    (question, control(dirk, hanna).await)
}

/// Whether the desk asks what is to be asked, and nothing else, as the auditor sees it.
async fn every_question_has_its_task(world: &World) -> bool {
    let mut sql = world.database.connect("postgres").await;
    let found: Vec<uuid::Uuid> =
        sqlx::query_scalar(include_str!("../../services/courthouse/src/operate/without_task.sql"))
            .bind(0.0_f64)
            .fetch_all(&mut sql)
            .await
            .expect("questions");
    found.is_empty()
}

fn keys(of: &Value) -> Vec<String> {
    of.as_object().expect("an object").keys().cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one story, told from its beginning to its end")]
async fn a_ruling_is_asked_of_another_who_cannot_tell_and_what_they_answer_is_kept_beside_it() {
    let world = World::open().await;
    let [dirk, hanna, ivo] = stewards(&world);
    world.hears(father().2).await;
    let question = ids(&dirk.queue().await).pop_first().expect("a question");
    let shown = dirk.opens(&question).await.body;
    let entry = dirk.queue().await[0].clone();
    let foreseen = [
        foresees(&dirk, &question, &json!({ "same": true })).await,
        foresees(&dirk, &question, &json!({ "same": false })).await,
    ];
    assert!(foreseen[0].changes_links() && !foreseen[1].changes_links());
    rules_drawn(&world, &dirk, &question, true).await;
    world.rests().await;
    assert_eq!(
        (world.facts("linker.cases-linked").await, hanna.queue().await.len()),
        (1, 0),
        "it is not asked at once"
    );
    let state = world.state().await;
    // What dirk sees of what he just decided alone, and its page.
    let decided = dirk.opens(&question).await.body;
    let decided_page = dirk.page("en", &format!("/questions/{question}")).await.1;
    assert_eq!((&decided["status"], &decided["withdrawnBecause"]), (&json!("ruled"), &json!("ruled")));

    is_drawn(&world, 1).await;
    let control = control(&dirk, &hanna).await;
    assert_ne!(control, question);
    assert_eq!(world.state().await, state);
    assert!(every_question_has_its_task(&world).await);
    // In the list and opened it is what the question was before anybody ruled.
    let same_but = |before: &Value, now: &Value, but: &[&str]| {
        assert_eq!(keys(before), keys(now));
        for key in keys(before).iter().filter(|key| !but.contains(&key.as_str())) {
            assert_eq!(before[key], now[key], "{key}");
        }
    };
    same_but(&entry, &hanna.queue().await[0], &["id", "openedAt"]);
    let now = hanna.opens(&control).await.body;
    same_but(&shown, &now, &["id", "openedAt", "changedAt"]);
    let (status, page) = hanna.page("en", &format!("/questions/{control}")).await;
    assert_eq!(status, 200);
    for told in ["dirk", "control", "reviewed", "sample"] {
        assert!(!now.to_string().contains(told) && !page.contains(told), "{told}");
    }
    // What would follow is what would have followed then.
    for (same, before) in [(true, &foreseen[0]), (false, &foreseen[1])] {
        assert_eq!(&foresees(&hanna, &control, &json!({ "same": same })).await, before, "{same}");
    }
    // The one in earnest would tell: while she may be asked she does not find it among what was ruled.
    let ruled =
        async |who: &Steward| ids(who.get("/questions?status=ruled").await.body["questions"].as_array().unwrap());
    assert_eq!((ruled(&dirk).await, ruled(&hanna).await), ([question.clone()].into(), BTreeSet::new()));
    assert_eq!((dirk.opens(&question).await.status, hanna.opens(&question).await.status), (200, 404), "nor by its id");
    // To whoever ruled it does not exist, nor outside its pools.
    for (who, method, what) in
        [(&dirk, Method::GET, ""), (&dirk, Method::PUT, "claim"), (&dirk, Method::DELETE, "claim")]
    {
        assert_eq!(who.does(method.clone(), &control, what).await.status, 404, "{method} {what}");
    }
    assert_eq!(dirk.takes_up_the_next().await.status, 204);
    let elsewhere = world.at_desk("steward-joke", &["steward@RBGEL"]);
    assert_eq!((elsewhere.queue().await.len(), elsewhere.opens(&control).await.status), (0, 404));

    // Taken up, kept from others, answered under a name: as any other.
    assert_eq!(hanna.takes_up_the_next().await.body["question"], json!(control));
    assert_eq!(ivo.does(Method::PUT, &control, "claim").await.status, 409);
    let tag = hanna.opens(&control).await.etag.unwrap();
    let answer = json!({ "same": true, "reason": "data-agrees", "note": "The file says so." });
    assert_eq!(hanna.sends_as("one", None, &control, "rulings", &answer).await.status, 428);
    assert_eq!(hanna.sends_as("one", Some("\"a.b.c.d\""), &control, "rulings", &answer).await.status, 412);
    let first = hanna.sends_as("one", Some(&tag), &control, "rulings", &answer).await;
    assert_eq!((first.status, &first.body["worth"]), (201, &json!("in-force")), "as of any that one may decide alone");
    world.rests().await;
    let again = hanna.sends_as("one", Some(&tag), &control, "rulings", &answer).await;
    assert_eq!((again.status, again.body), (201, first.body));
    let twice = hanna.sends_as("two", hanna.opens(&control).await.etag.as_deref(), &control, "rulings", &answer).await;
    assert_eq!((twice.status, &twice.body["worth"]), (200, &json!("in-force")), "the same word again");
    // What she sees of what she decided is what dirk saw of what he decided, and so is the page.
    let seen = hanna.opens(&control).await.body;
    let of_whom = ["id", "openedAt", "changedAt", "rulings", "withdrawableRuling"];
    same_but(&decided, &seen, &of_whom);
    let (his, hers) = (&decided["rulings"][0], &seen["rulings"][0]);
    assert_eq!((&hers["same"], &hers["by"]), (&json!(true), &json!(["steward-hanna"])));
    let noted: Vec<String> =
        keys(his).into_iter().chain(["note".to_owned()]).collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(keys(hers), noted, "she wrote a note");
    let page = hanna.page("en", &format!("/questions/{control}")).await.1;
    let without_note = |page: &str, of: &str| -> Vec<String> {
        skeleton(page, of).into_iter().filter(|tag| tag != "p " && tag != "/p ").collect()
    };
    assert_eq!(without_note(&page, &control), without_note(&decided_page, &question));
    assert_eq!(
        (ivo.opens(&control).await.status, ivo.opens(&question).await.status),
        (404, 200),
        "to others it is gone"
    );
    let other = json!({ "same": false, "reason": "data-contradicts", "note": "The file says so." });
    assert_eq!(hanna.sends_as("one", Some(&tag), &control, "rulings", &other).await.status, 409);
    assert_eq!(world.facts("steward.pair-reviewed").await, 1);
    assert_eq!((world.facts("steward.pair-confirmed").await, world.facts("steward.question-reopened").await), (1, 0));
    assert_eq!(world.state().await, state, "it changes nothing");
    for who in [&dirk, &hanna, &ivo] {
        assert!(who.queue().await.is_empty(), "nobody is asked again");
    }
    assert_eq!(
        ruled(&hanna).await,
        [control].into(),
        "she finds what she decided, and not the one in earnest beside it"
    );
    assert_eq!(ruled(&ivo).await, [question].into());
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_an_answer_disagrees_it_is_asked_in_earnest_and_a_third_decides() {
    let world = World::open().await;
    let [dirk, hanna, ivo] = stewards(&world);
    let (question, control) = ruled_and_asked_again(&world, &dirk, &hanna).await;
    let state = world.state().await;
    assert_eq!(hanna.sends(&control, "escalations", &json!({})).await.status, 202, "she cannot tell");
    assert_eq!(hanna.says(&control, false, "data-contradicts").await.status, 409, "and is not asked twice");
    let [kees, joke] = ["steward-kees", "steward-joke"].map(|name| world.at_desk(name, &["steward"]));
    // Two answer at once: one is taken.
    let tag = kees.opens(&control).await.etag;
    assert_eq!(joke.opens(&control).await.etag, tag);
    let different = json!({ "same": false, "reason": "data-contradicts" });
    let answers = tokio::join!(
        kees.sends_as("at-once", tag.as_deref(), &control, "rulings", &different),
        joke.sends_as("at-once", tag.as_deref(), &control, "rulings", &different)
    );
    let mut statuses = [answers.0.status, answers.1.status];
    statuses.sort_unstable();
    assert!(statuses[0] == 202 && [404, 409, 412].contains(&statuses[1]), "{answers:?}");
    world.rests().await;
    assert_eq!((world.facts("steward.pair-reviewed").await, world.facts("steward.question-reopened").await), (2, 1));
    assert_eq!(world.state().await, state, "what was ruled holds meanwhile");
    assert!(every_question_has_its_task(&world).await);

    let queue = ivo.queue().await;
    assert_eq!(ids(&queue), [question.clone()].into(), "{queue:#?}");
    assert_eq!(
        (&queue[0]["kind"], &queue[0]["twoBecause"]),
        (&json!("doubted"), &json!(["confirmed-groups", "reversal"]))
    );
    let answered = if answers.0.status == 202 { "steward-kees" } else { "steward-joke" };
    assert_eq!(dirk.says(&question, false, "data-contradicts").await.status, 409, "he said what he thinks");
    assert_eq!(dirk.does(Method::PUT, &question, "claim").await.status, 409);
    let who = world.at_desk(answered, &["steward"]);
    assert_eq!(who.opens(&question).await.status, 404, "to whoever answered it waits for another, as any other would");
    let own = who.opens(&control).await.body;
    assert_eq!((&own["status"], &own["spoken"], &own["opinions"]), (&json!("open"), &json!(true), &json!(2)));
    assert_eq!(who.does(Method::PUT, &control, "claim").await.status, 409);
    let decided = ivo.says(&question, false, "data-contradicts").await;
    assert_eq!((decided.status, &decided.body["worth"]), (201, &json!("in-force")), "{decided:?}");
    world.rests().await;
    assert_eq!(world.facts("linker.link-withdrawn").await, 1);
    let rulings = ivo.opens(&question).await.body["rulings"].clone();
    let by: BTreeSet<&str> = rulings[1]["by"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(by, [answered, "steward-ivo"].into());
    assert!(world.follows_from_the_journal().await);
    // What waits for another, whom nobody asks, goes by itself.
    world.clock.advance(SETTLED.checked_add(SignedDuration::from_mins(1)).unwrap());
    until("it is let go of", async || who.opens(&control).await.body["status"] == "withdrawn").await;
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_longer_holds_is_asked_no_more() {
    let world = World::open().await;
    let [dirk, hanna, _] = stewards(&world);
    let (mut family, criminal, events) = father();
    world.hears(events).await;
    let question = ids(&dirk.queue().await).pop_first().expect("a question");
    // Taken back before it was settled it is never asked.
    rules_drawn(&world, &dirk, &question, false).await;
    let ruled = dirk.opens(&question).await.body["withdrawableRuling"].as_str().unwrap().to_owned();
    assert_eq!(dirk.sends(&question, &format!("rulings/{ruled}/withdrawals"), &Value::Null).await.status, 201);
    world.rests().await;
    world.clock.advance(SETTLED.checked_add(SignedDuration::from_mins(1)).unwrap());
    until("it is looked at", async || world.database.count("select count(*) from steward.candidates").await == 0).await;
    assert_eq!(world.facts("steward.control-drawn").await, 0);

    // Under the name that is drawn: another, since the first was used.
    let tag = dirk.opens(&question).await.etag;
    let mut names = (0..10_000).map(|number| format!("second-{number}"));
    let name = names.find(|name| is_drawn_under(&world, "steward-dirk", &question, name)).unwrap();
    let ruling = json!({ "same": false, "reason": "seen-in-file" });
    assert_eq!(dirk.sends_as(&name, tag.as_deref(), &question, "rulings", &ruling).await.status, 201);
    is_drawn(&world, 1).await;
    let first = control(&dirk, &hanna).await;
    // A court corrects what it told of a record: it is not what was ruled on any more.
    let tag = hanna.opens(&first).await.etag;
    world.hears([family.details("p1", &person(["", "Terpstra", "Sjoerd Age", "1961-04-05", ""]))]).await;
    assert_eq!(world.facts("steward.question-lapsed").await, 1);
    let shown = hanna.opens(&first).await.body;
    assert_eq!((&shown["status"], &shown["withdrawnBecause"]), (&json!("withdrawn"), &json!("evidence-changed")));
    let answer = json!({ "same": true, "reason": "data-agrees" });
    assert_eq!(hanna.sends_as("late", tag.as_deref(), &first, "rulings", &answer).await.status, 412);
    assert_eq!(hanna.sends(&first, "rulings", &answer).await.status, 409);
    assert_eq!(hanna.does(Method::PUT, &first, "claim").await.status, 409);
    assert_eq!(world.facts("steward.pair-reviewed").await, 0);
    let pair = Pair::of(family.party_id("p1"), criminal.party_id("d1"));
    assert_eq!(question, MatchId::between(pair).to_string());
    world.close().await;
}

/// Somebody with a number in a family and a criminal case, such that the pair is drawn from what is certain by a number.
fn certain_and_drawn(world: &World) -> (PartyId, Vec<CaseEvent>) {
    let vault = world.vault();
    let stories = (0..100_000).map(|number| {
        let name = format!("certain-{number}");
        (CaseStory::new("family", "RBROT", &name), CaseStory::new("criminal", "RBAMS", &name))
    });
    let is_drawn = |(family, criminal): &(CaseStory, CaseStory)| {
        let pair = Pair::of(family.party_id("p1"), criminal.party_id("d1"));
        let lot = [Stratum::CertainByNumber.as_str(), &MatchId::between(pair).to_string()];
        draws(Stratum::CertainByNumber, &vault.index("control-lot", &lot))
    };
    let (mut family, mut criminal) = stories.into_iter().find(is_drawn).expect("one in a thousand is drawn");
    let events = vec![
        family.registered("divorce", "C/10/760001 / FA RK 26-6001"),
        family.party("p1", &["petitioner"], None, &people::pieter()),
        criminal.registered("adult-criminal", "13/600001-26"),
        criminal.party("d1", &["victim"], None, &people::pieter()),
    ];
    (family.party_id("p1"), events)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_register_is_certain_of_by_itself_is_asked_as_if_it_were_not() {
    let world = World::open().await;
    let [dirk, hanna, _] = stewards(&world);
    world.hears(certain_and_drawn(&world).1).await;
    assert_eq!(world.facts("linker.cases-linked").await, 1);
    assert!(dirk.queue().await.is_empty());
    is_drawn(&world, 1).await;
    let queue = dirk.queue().await;
    assert_eq!((queue.len(), &queue[0]["kind"], &queue[0]["rule"]), (1, &json!("possible"), &json!("possible")));
    let control = ids(&queue).pop_first().unwrap();
    let shown = dirk.opens(&control).await.body;
    assert_eq!((&shown["groupRecords"], &shown["others"]), (&json!(0), &json!([[], []])));
    assert_eq!(shown["weighing"]["gate"], json!("policy"), "{shown}");
    // By what it has nobody knows it from a question that the linker asks, in the queue, opened, or on its page.
    world.hears(father().2).await;
    let all = dirk.queue().await;
    let in_earnest = all.iter().find(|entry| entry["id"] != json!(control)).expect("another question");
    let other = in_earnest["id"].as_str().expect("an id");
    let shapes = [in_earnest.clone(), queue[0].clone(), dirk.opens(other).await.body, shown.clone()].map(|answer| {
        let mut found = BTreeSet::new();
        shape(&answer, "", &mut found);
        // Which fields a record has depends on who it is; when a case is heard on the case.
        found.retain(|part| !["earliestHearing", "capacity", "coParties"].iter().any(|of_case| part.contains(of_case)));
        found
    });
    assert_eq!(shapes[0], shapes[1]);
    let of_weights = |shape: &BTreeSet<String>| -> BTreeSet<String> {
        shape.iter().filter(|part| part.starts_with(".weighing") || part.starts_with(".fields[]")).cloned().collect()
    };
    assert!(of_weights(&shapes[2]).is_subset(&of_weights(&shapes[3])), "{:?}", shapes[2].difference(&shapes[3]));
    let rest =
        |shape: &BTreeSet<String>| -> BTreeSet<String> { shape.difference(&of_weights(shape)).cloned().collect() };
    assert_eq!(rest(&shapes[2]), rest(&shapes[3]));
    let [one, two] = [other, &control].map(|id| format!("/questions/{id}"));
    let pages = [(other, dirk.page("en", &one).await.1), (&control, dirk.page("en", &two).await.1)];
    let forms = pages.each_ref().map(|(id, page)| {
        skeleton(page, id)
            .into_iter()
            // Whether a number can be shown whole depends on whether a record has any.
            .filter(|tag| (tag.starts_with("form") || tag.starts_with("h2")) && !tag.contains("/reveals"))
            .collect::<Vec<_>>()
    });
    assert_eq!(forms[0], forms[1]);
    assert!(!shown.to_string().contains("number-birth"), "{shown}");
    assert!(foresees(&dirk, &control, &json!({ "same": true })).await.changes_links(), "as if they were two");
    assert!(!foresees(&dirk, &control, &json!({ "same": false })).await.changes_links());
    assert_eq!(dirk.says(&control, false, "identifier-swapped").await.status, 201);
    world.clock.advance(SignedDuration::from_mins(16));
    until("it is asked in earnest", async || world.facts("steward.question-reopened").await == 1).await;
    world.rests().await;
    assert_eq!(world.facts("linker.link-withdrawn").await, 0, "an answer changes nothing");
    let asked = hanna.queue().await;
    let asked: Vec<Value> = asked.into_iter().filter(|entry| entry["id"] != json!(other)).collect();
    assert_eq!(
        (asked.len(), &asked[0]["kind"], &asked[0]["rule"]),
        (1, &json!("doubted"), &json!("number-birth-name"))
    );
    let question = ids(&asked).pop_first().unwrap();
    assert_eq!(dirk.opens(&question).await.status, 404, "he said what he thinks");
    assert_eq!(hanna.says(&question, false, "identifier-swapped").await.status, 201, "two agree");
    world.rests().await;
    assert_eq!(world.facts("linker.link-withdrawn").await, 1);
    assert!(world.follows_from_the_journal().await);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_erased_record_nothing_is_asked() {
    let world = World::open().await;
    let [dirk, ..] = stewards(&world);
    let (party, events) = certain_and_drawn(&world);
    world.hears(events).await;
    is_drawn(&world, 1).await;
    let control = ids(&dirk.queue().await).pop_first().unwrap();
    let tag = dirk.opens(&control).await.etag.unwrap();
    // The key is dropped, and nobody has heard of it yet.
    let mut owner = world.database.connect("postgres").await;
    sqlx::query("update journal.keys set wrapped = null, dropped_at = clock_timestamp() where id = $1")
        .bind(KeyId::of_party(party).uuid())
        .execute(&mut owner)
        .await
        .expect("the key is dropped");
    let answer = json!({ "same": true, "reason": "data-agrees", "note": "It was seen." });
    assert_eq!(dirk.sends_as("one", Some(&tag), &control, "rulings", &answer).await.status, 412);
    assert_eq!(dirk.sends(&control, "rulings", &answer).await.status, 409);
    assert!(dirk.queue().await.is_empty(), "and it is gone");
    assert_eq!((world.facts("steward.question-lapsed").await, world.facts("steward.pair-reviewed").await), (1, 0));
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_answers_tell_is_in_the_report_and_of_nobody_by_name() {
    let world = World::open().await;
    let [dirk, hanna, _] = stewards(&world);
    world.hears(doubtful(12)).await;
    for question in ids(&dirk.queue().await) {
        rules_drawn(&world, &dirk, &question, true).await;
    }
    is_drawn(&world, 12).await;
    assert_eq!(hanna.get("/quality").await.body["reviewed"], Value::Null);
    for (number, question) in ids(&hanna.queue().await).into_iter().enumerate() {
        let answered: Answer = hanna.says(&question, number != 3, "data-agrees").await;
        assert_eq!(answered.status, 201, "{answered:?}");
    }
    world.rests().await;
    let report = hanna.get("/quality").await.body;
    assert_eq!((&report["reviewed"]["hits"], &report["reviewed"]["of"]), (&json!(11), &json!(12)), "{report}");
    assert!(!report.to_string().contains("hanna"));
    let (status, page) = world.at_desk("operator-femke", &["operator"]).page("en", "/quality").await;
    assert!(status == 200 && page.contains("11 of 12"), "{page}");
    world.close().await;
}
