//! A steward asks the court that told of a record: what goes out, that the task waits, and what brings it back.

use courthouse::events::{CaseStory, person};
use futures::StreamExt as _;
use jiff::SignedDuration;
use serde_json::{Value, json};
use verband_tests::{Steward, World};

/// A family case at Rotterdam and a criminal case at Amsterdam, each with somebody of one name and birth date.
async fn doubtful() -> (World, CaseStory, CaseStory, String) {
    let world = World::open().await;
    let who = person(["", "Zwart", "Sjoerd", "1961-03-04", ""]);
    let mut family = CaseStory::new("family", "RBROT", "asked");
    let mut criminal = CaseStory::new("criminal", "RBAMS", "asked");
    let events = [
        family.registered("divorce", "C/10/751000 / FA RK 26-4000"),
        criminal.registered("adult-criminal", "13/500000-26"),
        family.party("p1", &["petitioner"], None, &who),
        criminal.party("d1", &["victim"], None, &who),
    ];
    world.hears(events).await;
    let queue = world.steward().queue().await;
    assert_eq!(queue.len(), 1, "{queue:#?}");
    let question = queue[0]["id"].as_str().expect("an id").to_owned();
    (world, family, criminal, question)
}

/// Which of the two records is that of the family case.
async fn of_family(steward: &Steward, question: &str) -> &'static str {
    let records = steward.opens(question).await.body["records"].clone();
    if records[0]["case"]["jurisdiction"] == "family" { "first" } else { "second" }
}

async fn source(steward: &Steward, question: &str) -> Value {
    let queue = steward.queue().await;
    queue.iter().find(|entry| entry["id"] == question).expect("it is open").get("source").cloned().unwrap_or_default()
}

async fn states(steward: &Steward, question: &str) -> Vec<String> {
    let asks = steward.opens(question).await.body["sourceQuestions"].clone();
    asks.as_array().expect("a list").iter().map(|ask| ask["state"].as_str().expect("a word").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_court_hears_which_record_and_nobody_and_its_correction_brings_the_task_back() {
    let (world, mut family, _, question) = doubtful().await;
    let mut heard = world.bus.client().subscribe("questions.v1.>").await.unwrap();
    let (dirk, hanna) = (world.at_desk("steward-dirk", &["steward"]), world.at_desk("steward-hanna", &["steward"]));
    let record = of_family(&dirk, &question).await;
    let ask = json!({ "record": record, "fields": ["birth-date", "names"] });
    assert_eq!(dirk.takes_up_the_next().await.status, 201);
    assert_eq!(hanna.sends(&question, "source-questions", &ask).await.status, 409, "another has it in hand");
    for (wrong, field) in [
        (json!({ "record": record, "fields": [] }), "fields"),
        (json!({ "record": record, "fields": ["sex"], "answerBy": "2026-09-14" }), "answerBy"),
        (json!({ "record": record, "fields": ["sex"], "answerBy": "2027-09-14" }), "answerBy"),
    ] {
        let refused = dirk.sends(&question, "source-questions", &wrong).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["name"]), (400, &json!(field)), "{refused:?}");
    }
    assert_eq!(
        dirk.sends(&question, "source-questions", &json!({ "record": record, "fields": ["x"] })).await.status,
        400
    );

    // As every decision it names what was seen.
    let tag = dirk.opens(&question).await.etag;
    assert_eq!(dirk.sends_as("ask", None, &question, "source-questions", &ask).await.status, 428);
    let stale = dirk.sends_as("ask", Some("\"a.b.c.d\""), &question, "source-questions", &ask).await;
    assert_eq!((stale.status, stale.body["errors"].as_array().map(Vec::len)), (412, Some(4)), "{stale:?}");
    assert_eq!(world.facts("steward.source-asked").await, 0);
    let asked = dirk.sends_as("ask", tag.as_deref(), &question, "source-questions", &ask).await;
    assert_eq!((asked.status, &asked.body["answerBy"]), (201, &json!("2026-09-28")), "{asked:?}");
    let again = dirk.sends_as("ask", tag.as_deref(), &question, "source-questions", &ask).await;
    assert_eq!((again.status, &again.body), (201, &asked.body), "sent again it is answered alike");
    let more = dirk.sends(&question, "source-questions", &json!({ "record": record, "fields": ["sex"] })).await;
    assert_eq!((more.status, &more.body), (200, &asked.body), "one thing at a time");
    assert_eq!(world.facts("steward.source-asked").await, 1);

    let message = tokio::time::timeout(std::time::Duration::from_secs(10), heard.next()).await.unwrap().unwrap();
    assert_eq!(message.subject.as_str(), "questions.v1.family.rbrot");
    let event: Value = serde_json::from_slice(&message.payload).unwrap();
    assert_eq!(event["type"], "nl.record-questions.record-questioned.v1");
    assert_eq!(event["data"]["caseNumbers"], json!(["C/10/751000 / FA RK 26-4000"]), "its own case");
    assert_eq!(event["data"]["fields"], json!(["names", "birth-date"]));
    assert_eq!(event["data"]["party"], json!(family.party_id("p1").to_string()), "its own record");
    let said = event.to_string();
    for hidden in ["Zwart", "Sjoerd", "1961", "dirk", "500000"] {
        assert!(!said.contains(hidden), "{hidden} is told: {said}");
    }

    // It waits: nobody is offered it, and it is in nobody's hand.
    world.rests().await;
    assert_eq!(
        (source(&dirk, &question).await, states(&dirk, &question).await),
        (json!("waits"), vec!["waits".to_owned()])
    );
    for steward in [&dirk, &hanna] {
        assert_eq!(steward.takes_up_the_next().await.status, 204);
        assert_eq!(steward.opens(&question).await.body["inHand"], "nobody");
    }
    let (_, page) = hanna.page("en", &format!("/questions/{question}")).await;
    assert!(page.contains("waits for the court") && page.contains("names, date of birth"), "{page}");

    // The court corrects another field, so that the two are asked about still; the task comes back and says so.
    world.hears([family.details("p1", &person(["", "Zwart", "Sjoerd", "1961-03-04", ""]))]).await;
    assert_eq!(
        (source(&dirk, &question).await, states(&dirk, &question).await),
        (json!("answered"), vec!["corrected".to_owned()])
    );
    assert_eq!(hanna.takes_up_the_next().await.body["question"], json!(question));
    let (_, page) = hanna.page("en", "/").await;
    assert!(page.contains("a court has answered"), "{page}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_brings_it_back_until_it_is_taken_back_and_so_does_the_day() {
    let (world, mut family, mut criminal, question) = doubtful().await;
    let dirk = world.at_desk("steward-dirk", &["steward"]);
    let record = of_family(&dirk, &question).await;
    let asked = dirk.sends(&question, "source-questions", &json!({ "record": record, "fields": ["bsn"] })).await;
    let request = asked.body["request"].as_str().unwrap().to_owned();
    world.rests().await;

    // Neither another court's word nor one about another request answers it.
    let confirms = |party: &str, request: &str| json!({ "requestId": request, "partyId": party });
    world.hears([criminal.event("record-confirmed", &confirms("d1", &request))]).await;
    world.hears([family.event("record-confirmed", &confirms("p1", "0190c9a2-7f3e-5c11-8d52-0242ac120009"))]).await;
    assert_eq!(source(&dirk, &question).await, "waits");
    let confirmed = family.event("record-confirmed", &confirms("p1", &request));
    let event = confirmed.body["id"].clone();
    world.hears([confirmed]).await;
    assert_eq!(
        (source(&dirk, &question).await, states(&dirk, &question).await),
        (json!("answered"), vec!["confirmed".to_owned()])
    );
    assert_eq!(world.facts("linker.match-possible").await, 1, "who is who is not decided anew for that");
    world.hears([family.event("event-retracted", &json!({ "eventId": event }))]).await;
    assert_eq!(source(&dirk, &question).await, "waits", "it was taken back");

    world.clock.advance(SignedDuration::from_hours(24 * 15));
    assert_eq!(
        (source(&dirk, &question).await, states(&dirk, &question).await),
        (json!("late"), vec!["late".to_owned()])
    );
    assert_eq!(dirk.takes_up_the_next().await.status, 201, "the day has passed");
    let again = dirk.sends(&question, "source-questions", &json!({ "record": record, "fields": ["bsn"] })).await;
    assert_eq!(again.status, 201, "and the court can be asked again: {again:?}");
    assert_ne!(again.body["request"], json!(request));

    // Without script: the form asks about the other record.
    let other = if record == "first" { "second" } else { "first" };
    let seen = dirk.opens(&question).await.etag.unwrap().replace('"', "");
    let stale = [("request", "form"), ("seen", "a.b.c.d"), ("record", other), ("field-birth-date", "on")];
    let (_, to) = dirk.fills_in(&format!("/questions/{question}/source-questions"), &stale).await;
    assert_eq!(to, format!("/questions/{question}?notice=overtaken"));
    let form = [("request", "form"), ("seen", &seen), ("record", other), ("field-birth-date", "on")];
    let (status, to) = dirk.fills_in(&format!("/questions/{question}/source-questions"), &form).await;
    assert_eq!((status, to), (303, format!("/questions/{question}?notice=asked")));
    let (_, to) = dirk.fills_in(&format!("/questions/{question}/source-questions"), &form[..3]).await;
    assert_eq!(to, format!("/questions/{question}?notice=not-asked"), "the name of the request was used");
    assert_eq!(world.facts("steward.source-asked").await, 3);
    world.close().await;
}
