//! What must never be told, row by row, looked for in everything that the house says: answers, pages, what is printed of them,
//! addresses, party versions, events on the bus, streams, log and metrics. Where a count or a silence could tell as much as a word,
//! what is shown with what is hidden is compared, word for word, with what was shown without.

use std::collections::BTreeSet;
use std::time::Duration;

use courthouse::dev::demo;
use courthouse::events::{CaseEvent, CaseStory, people, person};
use futures::StreamExt as _;
use serde_json::{Value, json};
use verband_tests::World;

use crate::surfaces::{Surfaces, Watch, exchanges};
use crate::{assault_case, contact_case, id};

const JUDGES: [&str; 2] = ["judge-anna", "judge-bram"];
const CLERKS: [&str; 1] = ["clerk-elif"];

/// judge-anna has the family case, with clerk-elif, and judge-bram the criminal one.
fn both() -> (CaseStory, CaseStory, Vec<CaseEvent>) {
    let ((mut contact, mut events), (assault, criminal)) = (contact_case(), assault_case());
    events.extend(criminal);
    events.push(contact.event("clerk-assigned", &json!({ "clerks": ["clerk-elif"] })));
    (contact, assault, events)
}

async fn everything(world: &World, watch: &Watch) -> Surfaces {
    Surfaces::of(world, watch, &JUDGES, &CLERKS).await
}

/// A house in which these events were told, and all that may follow of them was done.
async fn told(events: impl IntoIterator<Item = CaseEvent>) -> (World, Watch) {
    crate::logs();
    let world = World::open().await;
    let watch = Watch::begin(&world).await;
    world.hears(events).await;
    for judge in JUDGES {
        exchanges(&world.judge(judge)).await;
    }
    world.rests().await;
    (world, watch)
}

/// Holds that events which must be hidden change nothing of what a judge or a clerk is shown, nor of what courts hear.
async fn changes_nothing(hidden: Vec<CaseEvent>, may_be_known: impl IntoIterator<Item = CaseEvent>) -> World {
    let (world, watch) = told(both().2.into_iter().chain(may_be_known)).await;
    // What is opened for the first time looks otherwise after that.
    everything(&world, &watch).await;
    let before = everything(&world, &watch).await.shown();
    assert!(before.say("10-123456-26") && before.count() > 40, "there is something to be seen");
    let of_these = async || {
        let heard = watch.on_the_bus(&world).await.only(&["bus alerts.v1."]);
        ["712345", "10-123456-26"].map(|number| heard.how_often(number))
    };
    let heard = of_these().await;
    world.hears(hidden).await;
    everything(&world, &watch).await.shown().same_as(&before);
    assert_eq!(of_these().await, heard, "courts hear nothing new of these cases");
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn never_1_where_anybody_lives_goes_to_school_or_can_be_reached() {
    let (mut contact, mut assault, events) = both();
    let mut moved = people::samira();
    moved["address"] =
        json!({ "street": "Schuilhof", "houseNumber": "7", "postcode": "3098 XX", "town": "Bedenkstad" });
    let shielded = json!({ "partyId": "p2", "address": true, "person": false });
    let more = [
        contact.event("shielding-changed", &shielded),
        contact.details("p2", &moved),
        // There is no place for a telephone, a school or a doctor; whoever sends one hears so, and nobody what it was.
        contact.details("p3", &json!({ "surname": "Berg", "school": "De Verzonnen Zwaan" })),
        contact
            .details("p1", &json!({ "surname": "Berg", "phone": "0612345678", "email": "pieter@voorbeeld.example" })),
        assault.details("d2", &json!({ "surname": "Amrani", "generalPractitioner": "Praktijk Bedacht" })),
    ];
    let (world, watch) = told(events.into_iter().chain(more)).await;
    let all = everything(&world, &watch).await.with_the_log();
    assert!(all.say("10-123456-26"), "there is something to be seen");
    assert_eq!(world.facts("intake.event-quarantined").await, 3);
    all.never_say(&[
        "Verzonnenlaan",
        "3099 ZZ",
        "3099ZZ",
        "Denkbeeldstad",
        "Schuilhof",
        "3098 XX",
        "3098XX",
        "Bedenkstad",
        "Verzonnen Zwaan",
        "0612345678",
        "pieter@voorbeeld",
        "Praktijk Bedacht",
    ]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_1_in_which_court_somebody_hides() {
    let (_, family) = contact_case();
    // She moved, and her case is where she lives now.
    let mut hidden = CaseStory::new("criminal", "RBNNE", "never-hidden");
    let shielded = hidden.event("shielding-changed", &json!({ "partyId": "d2", "address": true, "person": false }));
    let events = [
        hidden.registered("adult-criminal", "18/171819-26"),
        hidden.party("d1", &["suspect"], None, &people::pieter()),
        hidden.party("d2", &["victim"], None, &people::samira()),
        hidden.judges(&["judge-noud"]),
        shielded,
        hidden.charge("c1", "d1", &["d2"], &["285b"], "2026-06-01"),
    ];
    let (world, watch) = told(family.into_iter().chain(events)).await;
    let names = ["RBNNE", "Noord-Nederland", "18-171819-26", "18/171819-26"];
    // To the judge of the family case and to everybody beside; the judge there knows where they are.
    let all = Surfaces::of(&world, &watch, &["judge-anna"], &CLERKS).await;
    assert!(all.say("ander gerecht"), "the judge knows that there is a case");
    // Whom the register listens to is said alike to everybody, whoever is in which case.
    let shown = all.only(&["judge-anna", "judge-carla", "clerk"]).but_coverage();
    shown.never_say(&names);
    let heard = watch.on_the_bus(&world).await;
    assert!(heard.say("signal-raised"));
    heard.only(&["bus alerts.v1.rbrot"]).never_say(&names);
    // The other way round the name of the family court would tell as much.
    let there = Surfaces::of(&world, &watch, &["judge-noud"], &[]).await.only(&["judge-noud"]).but_coverage();
    assert!(there.say("ander gerecht"));
    there.never_say(&["RBROT", "rechtbank Rotterdam", "C/10/712345"]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_2_by_which_number_anybody_goes() {
    let (mut contact, mut assault, events) = both();
    let mut foreign = person(["", "Kowalska", "Katarzyna", "1992-08-17", "999990019"]);
    foreign["vNumber"] = json!("2712345678");
    let mut known = people::pieter();
    known["skn"] = json!("12345675");
    let mut doubtful = CaseStory::new("criminal", "RBDHA", "never-doubtful");
    let more = [
        contact.party("p9", &["interested-party"], Some("other"), &foreign),
        assault.details("d1", &known),
        doubtful.registered("adult-criminal", "09/222333-26"),
        doubtful.party("d1", &["victim"], None, &person(["El", "Amrani", "Samira", "1990-03-14", ""])),
    ];
    let (world, watch) = told(events.into_iter().chain(more)).await;
    let mut numbers = vec!["999991000", "999991036", "999991073", "999990019", "2712345678"];
    if world.facts("intake.event-quarantined").await == 0 {
        numbers.push("12345675");
    }
    everything(&world, &watch).await.with_the_log().never_say(&numbers);
    // A steward compares two records: masked.
    let dirk = world.at_desk("steward-dirk", &["steward"]);
    let queue = dirk.queue().await;
    assert!(!queue.is_empty(), "there is something to compare");
    for question in queue {
        let question = question["id"].as_str().unwrap().to_owned();
        let compared =
            [dirk.opens(&question).await.body.to_string(), dirk.page("nl", &format!("/questions/{question}")).await.1];
        for said in compared {
            assert!(said.contains("Amrani"), "{said}");
            for number in &numbers {
                assert!(!said.contains(number), "{number} in {said}");
            }
            assert!(!said.contains("Verzonnenlaan") && !said.contains("3099 ZZ"), "{said}");
        }
    }
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_3_who_else_was_harmed_or_suspected_or_told_of_it() {
    let (_, mut assault, events) = both();
    let bystander = person(["", "Kowalska", "Katarzyna", "1992-08-17", "999990019"]);
    let more = [
        assault.party("d3", &["victim"], None, &bystander),
        assault.party("d4", &["co-suspect"], None, &people::jansen()),
        assault.party("d5", &["witness"], None, &people::bakker()),
        assault.charge("c2", "d1", &["d3"], &["300"], "2026-03-07"),
        assault.charge("c3", "d4", &["d2"], &["285"], "2026-03-07"),
    ];
    let (world, watch) = told(events.into_iter().chain(more)).await;
    let all = everything(&world, &watch).await.with_the_log();
    all.never_say(&["Kowalska", "Katarzyna", "Jansen", "Aleidis"]);
    let to_anna = all.only(&["judge-anna"]).but_coverage();
    assert!(to_anna.say("mishandeling"));
    to_anna.never_say(&["medeverdachte", "co-suspect", "\"code\":\"witness\"", "informant", "Sr 285"]);
    let anna = world.judge("judge-anna");
    let told = anna.opens(&id(&anna.inbox().await[0])).await.body;
    assert_eq!(
        told["told"]["indicators"].as_array().unwrap().len(),
        1,
        "of what was done to a stranger, nothing: {told:#}"
    );
    assert_eq!(told["told"]["persons"].as_array().unwrap().len(), 2, "{told:#}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_4_what_anybody_wrote_in_words_of_their_own() {
    let (_, mut assault, events) = both();
    let mut story = assault.charge("c2", "d1", &["d2"], &["285"], "2026-03-07");
    story.body["data"]["facts"] = json!("He stood before the door of the Verzonnenlaan with an axe.");
    let (world, watch) = told(events.into_iter().chain([story])).await;
    assert_eq!(world.facts("intake.event-quarantined").await, 1, "there is no place for it");
    // A judge doubts, a steward answers in words; they stay at the desk.
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(anna.doubts(&signal, &json!({ "version": 1, "reason": "other-person" })).await.status, 200);
    world.rests().await;
    let (steward, note) = (world.steward(), "Looked at the court's own file.");
    for question in steward.queue().await {
        let ruled = steward.rules(question["id"].as_str().unwrap(), true, "seen-in-file").await;
        assert!(ruled.status < 300, "{ruled:?}");
    }
    world.rests().await;
    let all = everything(&world, &watch).await;
    all.never_say(&["with an axe", note]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_5_a_case_under_embargo() {
    let mut quiet = CaseStory::new("criminal", "RBROT", "never-embargo");
    let suspicion =
        json!({ "suspect": "d1", "victims": ["d2"], "articles": ["287"], "embargo": true, "on": "2026-09-02" });
    let mut hidden = vec![
        quiet.event("suspicion-registered", &suspicion),
        quiet.registered("adult-criminal", "10/515151-26"),
        quiet.party("d1", &["suspect"], None, &people::pieter()),
        quiet.party("d2", &["victim"], None, &people::samira()),
        quiet.judges(&["judge-quirine"]),
    ];
    // An order in it and a hearing, too.
    let terms = json!({
        "kind": "suspended-detention-condition", "against": ["d1"], "protects": ["d2"], "categories": ["contact-ban"],
        "childrenIncluded": true, "exceptions": ["none"], "from": "2026-09-01", "immediatelyEnforceable": true,
    });
    hidden.push(quiet.event("order-imposed", &json!({ "orderId": "o1", "terms": terms })));
    let world = changes_nothing(hidden, []).await;
    assert!(world.judge("judge-quirine").inbox().await.is_empty(), "nor is its own judge told of what runs beside it");
    world.hears([quiet.event("embargo-lifted", &json!({ "on": "2026-09-14" }))]).await;
    assert!(world.judge("judge-anna").inbox().await.len() > 1, "it was the embargo that kept it back");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_5_a_closed_case_against_a_minor_to_another_than_a_youth_court() {
    let mut against_minor = CaseStory::new("criminal", "RBROT", "never-minor");
    let hidden = vec![
        against_minor.registered("youth-criminal", "10/525252-26"),
        against_minor.party("d1", &["suspect"], None, &people::noor()),
        against_minor.party("d2", &["victim"], None, &people::samira()),
        against_minor.charge("c1", "d1", &["d2"], &["300"], "2026-06-01"),
    ];
    changes_nothing(hidden, []).await.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_5_who_is_whose_parent() {
    let mut secret = CaseStory::new("family", "RBROT", "never-parentage");
    let hidden = vec![
        secret.registered("parentage", "C/10/535353 / FA RK 26-53"),
        secret.party("p1", &["biological-parent"], Some("father"), &people::jansen()),
        secret.party("p2", &["petitioner", "legal-parent"], Some("father"), &people::pieter()),
        secret.party("p3", &["respondent"], Some("mother"), &people::samira()),
        secret.party("p4", &["minor"], Some("child"), &people::noor()),
        secret.judges(&["judge-quirine"]),
    ];
    changes_nothing(hidden, []).await.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_6_what_was_withdrawn() {
    let (_, mut assault, events) = both();
    let (world, watch) = told(events).await;
    let anna = world.judge("judge-anna");
    anna.opens(&id(&anna.inbox().await[0])).await;
    assert!(everything(&world, &watch).await.only(&["judge-anna"]).say("10-123456-26"));
    world.hears([assault.dismissed("01")]).await;
    let after = everything(&world, &watch).await;
    // The judge of the criminal case has that case still; courts heard before what they heard.
    let now = after.only(&["judge-anna", "clerk", "judge-carla"]).but_coverage();
    now.never_say(&["10-123456-26", "assault-simple", "mishandeling", "S30", "Sr 300", "Sr 304", "2026-03"]);
    let told = after.only(&["bus alerts.v1.rbrot.signal-withdrawn"]);
    told.never_say(&["assault", "X10", "dismissed", "wrongly"]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_6_a_match_that_nobody_confirmed_or_that_was_rejected() {
    // Names and a birth date, and no number: a steward is asked.
    let mut threat = CaseStory::new("criminal", "RBROT", "never-unconfirmed");
    let hidden = vec![
        threat.registered("adult-criminal", "10/565656-26"),
        threat.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""])),
        threat.charge("c1", "d1", &[], &["252"], "2026-06-20"),
    ];
    let world = changes_nothing(hidden, []).await;
    let steward = world.steward();
    let queue = steward.queue().await;
    assert_eq!(queue.len(), 1, "{queue:#?}");
    let before = world.judge("judge-anna").inbox().await;
    assert_eq!(steward.rules(queue[0]["id"].as_str().unwrap(), false, "data-contradicts").await.status, 201);
    world.rests().await;
    assert_eq!(world.judge("judge-anna").inbox().await, before, "and once it is rejected it stays so");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_7_that_there_is_more_than_is_shown() {
    // One of each that is hidden, at once: no list is longer, no number higher, nothing is called shielded.
    let mut quiet = CaseStory::new("criminal", "RBROT", "never-count-embargo");
    let mut minor = CaseStory::new("criminal", "RBROT", "never-count-minor");
    let mut secret = CaseStory::new("family", "RBROT", "never-count-parentage");
    let mut doubtful = CaseStory::new("criminal", "RBROT", "never-count-doubtful");
    let suspicion =
        json!({ "suspect": "d1", "victims": ["d2"], "articles": ["302"], "embargo": true, "on": "2026-09-02" });
    let hidden = vec![
        quiet.event("suspicion-registered", &suspicion),
        quiet.registered("adult-criminal", "10/575751-26"),
        quiet.party("d1", &["suspect"], None, &people::pieter()),
        quiet.party("d2", &["victim"], None, &people::samira()),
        minor.registered("youth-criminal", "10/575752-26"),
        minor.party("d1", &["suspect"], None, &people::noor()),
        minor.party("d2", &["victim"], None, &people::samira()),
        minor.charge("c1", "d1", &["d2"], &["302"], "2026-06-01"),
        secret.registered("parentage", "C/10/575753 / FA RK 26-57"),
        secret.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        secret.party("p2", &["minor"], Some("child"), &people::noor()),
        doubtful.registered("adult-criminal", "10/575754-26"),
        doubtful.party("d1", &["suspect"], None, &person(["van den", "Berg", "Pieter", "1987-11-02", ""])),
        doubtful.charge("c1", "d1", &[], &["252"], "2026-06-20"),
    ];
    let world = changes_nothing(hidden, []).await;
    let watch = Watch::begin(&world).await;
    let shown = everything(&world, &watch).await.shown();
    shown.never_say(&["10-575751-26", "10-575752-26", "575753 / FA", "10-575754-26", "afgeschermd", "embargo"]);
    // Figures of the whole are for operators, and of a few they say nothing.
    let figures = world.at_alerts("operator-femke", &["operator"]).get("/figures").await.body;
    assert!(!figures.to_string().contains("RBROT"), "{figures}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_8_more_in_a_notice_than_that_there_is_one_and_in_which_case() {
    let (_, mut assault, events) = both();
    let world = World::open().await;
    let mut heard = world.bus.client().subscribe("alerts.v1.>").await.unwrap();
    let mut news = world.judge("judge-anna").events(None).await;
    world.hears(events).await;
    world.hears([assault.verdict("c1", "acquitted")]).await;
    world.hears([assault.event("case-became-final", &json!({ "on": "2026-09-14" }))]).await;
    // What a browser hears is less still: which signal, in which version.
    let (_, first) = news.next().await;
    let first: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(first.as_object().unwrap().keys().collect::<Vec<_>>(), ["signal", "version"], "{first}");

    let (mut numbers, mut notices) = (BTreeSet::new(), 0);
    while let Ok(Some(message)) = tokio::time::timeout(Duration::from_secs(1), heard.next()).await {
        notices += 1;
        let event: Value = serde_json::from_slice(&message.payload).unwrap();
        let data = event["data"].as_object().unwrap();
        let fields = ["signal", "version", "court", "caseNumbers", "kind", "urgency", "tier", "readBy", "withoutJudge"];
        assert!(data.keys().all(|field| fields.contains(&field.as_str())), "{event}");
        // Each is of one case, and says nothing of the other nor of anybody.
        let own = data["caseNumbers"].as_array().unwrap();
        assert_eq!(own.len(), 1, "{event}");
        numbers.insert(own[0].as_str().unwrap().to_owned());
        let said = format!("{} {:?} {event}", message.subject, message.headers).to_lowercase();
        let both = ["712345", "123456"].into_iter().filter(|number| said.contains(number)).count();
        assert_eq!(both, 1, "{said}");
        let words = ["suspect", "victim", "father", "mother", "assault", "sr 300", "s30", "s40", "x40", "acquitted"];
        for secret in demo::personal_values().into_iter().chain(words) {
            assert!(!said.contains(&secret.to_lowercase()), "{secret} in {said}");
        }
    }
    assert!(notices >= 5, "raised, updated and withdrawn for one judge, raised and withdrawn for the other: {notices}");
    assert_eq!(numbers.len(), 2, "{numbers:?}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_9_her_other_case_to_him_by_what_he_is_told() {
    let (_, _, events) = both();
    // She has a new partner, whose violence is another matter.
    let mut other = CaseStory::new("criminal", "RBROT", "never-other");
    let partner = people::jansen();
    let hers = [
        other.registered("adult-criminal", "10/595959-26"),
        other.party("d1", &["suspect"], None, &partner),
        other.party("d2", &["victim"], None, &people::samira()),
        other.charge("c1", "d1", &["d2"], &["302"], "2026-07-01"),
    ];
    let mut new_family = CaseStory::new("family", "RBROT", "never-new-family");
    let new_family = [
        new_family.registered("divorce", "C/10/595960 / FA RK 26-59"),
        new_family.party("p1", &["petitioner"], Some("mother"), &people::samira()),
        new_family.party("p2", &["respondent"], Some("partner"), &partner),
        new_family.judges(&["judge-quirine"]),
    ];
    let (world, watch) = told(events.into_iter().chain(hers).chain(new_family)).await;
    assert!(!world.judge("judge-quirine").inbox().await.is_empty(), "who has that case is told of it");
    let all = Surfaces::of(&world, &watch, &["judge-anna"], &CLERKS).await;
    assert!(all.only(&["clerk"]).say("\"text\":"), "party versions wait for a clerk");
    all.only(&["judge-anna", "clerk"]).never_say(&["10-595959-26", "595960 / FA", "Jansen"]);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_10_anything_to_a_party_a_lawyer_or_a_judge_of_another_case() {
    let (contact, _, events) = both();
    let (world, _) = told(events).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let case = contact.case_id();
    let paths = [
        "/signals".to_owned(),
        "/cases".to_owned(),
        "/information-requests".to_owned(),
        "/escalations".to_owned(),
        "/party-versions".to_owned(),
        "/figures".to_owned(),
        format!("/signals/{signal}"),
        format!("/signals/{signal}/recipients"),
        format!("/signals/{signal}/party-versions"),
        format!("/signals/{signal}/information-requests"),
        format!("/cases/{case}"),
        format!("/cases/{case}/signals"),
    ];
    // No role of this house is a party's or a lawyer's; what an identity provider calls them opens nothing.
    for roles in [&["lawyer"][..], &["party"], &["citizen"], &["judge-assistant"], &[]] {
        let them = world.at_alerts("samira", roles);
        for path in &paths {
            let answer = them.get(path).await;
            assert_eq!(answer.status, 403, "{roles:?} {path}: {answer:?}");
            let page = if path == "/signals" { "/" } else { path };
            let (status, said) = them.page(page).await;
            assert!(matches!(status, 403..=405), "{roles:?} {page}: {status}");
            assert!(!said.contains("712345") && !said.contains("123456"), "{said}");
        }
    }
    // A judge of another case finds what a judge finds who asks for what does not exist.
    let (carla, unknown) = (world.judge("judge-carla"), "0190c9a2-7f3e-7c11-8d52-0242ac120002");
    let refused = world.facts("alerts.access-refused").await;
    let mut tried = 0;
    for path in paths.iter().filter(|path| path.contains(&signal) || path.contains(&case.to_string())) {
        let other = path.replace(&signal, unknown).replace(&case.to_string(), unknown);
        let (theirs, nothing) = (carla.get(path).await, carla.get(&other).await);
        assert_eq!(crate::handled::like_unknown(theirs.clone()), crate::handled::like_unknown(nothing), "{path}");
        assert_eq!(theirs.status, 404, "{path}");
        tried += 2;
    }
    assert_eq!(world.facts("alerts.access-refused").await, refused + tried, "each attempt is on record");
    world.close().await;
}
