//! Cases that go on in one another are one matter; a case that is withdrawn is none.

use courthouse::events::{CaseEvent, CaseStory, people};
use serde_json::{Value, json};
use verband_tests::World;

use crate::{assault_case, contact_case, id};

fn joined(from: &mut CaseStory, court: &str, number: &str) -> CaseEvent {
    from.event("case-joined", &json!({ "into": { "court": court, "number": number }, "on": "2026-10-01" }))
}

/// Cases that are joined, referred, appealed against and withdrawn, with mistakes that are corrected and taken back.
pub fn many_things_happen() -> Vec<CaseEvent> {
    let mut family = CaseStory::new("family", "RBROT", "m-family");
    let mut there = CaseStory::new("family", "RBDHA", "m-there");
    let mut assault = CaseStory::new("criminal", "RBROT", "m-assault");
    let mut threat = CaseStory::new("criminal", "RBROT", "m-threat");
    let mut other = CaseStory::new("criminal", "RBAMS", "m-other");
    let (mut hof, appealed) =
        appeal("criminal", "m-appeal", "criminal-appeal", "22-000777-26", ("RBROT", "10/777002-26"));
    let (mut too, appealed_too) =
        appeal("criminal", "m-appeal-too", "criminal-appeal", "22-000778-26", ("RBROT", "10/777002-26"));
    let mut events = vec![
        family.registered("contact-arrangement", "C/10/777001 / FA RK 26-777"),
        family.party("p1", &["petitioner"], Some("father"), &people::pieter()),
        family.party("p2", &["respondent"], Some("mother"), &people::samira()),
        family.party("p3", &["minor"], Some("child"), &people::noor()),
        family.event(
            "case-referred",
            &json!({ "to": { "court": "RBDHA", "number": "C/09/777001 / FA RK 26-78" }, "on": "2026-10-02" }),
        ),
        there.registered("contact-arrangement", "C/09/777001 / FA RK 26-78"),
        there.party("q1", &["respondent"], Some("mother"), &people::samira()),
        assault.registered("adult-criminal", "10/777001-26"),
        assault.party("d1", &["suspect"], None, &people::jansen()),
        assault.party("d2", &["victim"], None, &people::samira()),
        assault.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
        joined(&mut assault, "RBROT", "10/777002-26"),
        family.event("contact-arranged", &json!({ "children": ["p3"], "with": "p1", "from": "2026-06-01" })),
        threat.registered("adult-criminal", "10/777002-26"),
        threat.party("d1", &["suspect"], None, &people::pieter()),
        threat.party("d2", &["victim"], None, &people::samira()),
        threat.event(
            "suspicion-registered",
            &json!({ "suspect": "d1", "victims": ["d2"], "articles": ["285b"], "embargo": false, "on": "2026-04-02" }),
        ),
        threat.event(
            "order-imposed",
            &json!({
                "orderId": "o1",
                "terms": {
                    "kind": "suspended-detention-condition", "against": ["d1"], "protects": ["d2"],
                    "categories": ["contact-ban"], "from": "2026-05-01", "immediatelyEnforceable": true,
                },
            }),
        ),
        threat.event("order-suspended", &json!({ "orderId": "o1", "from": "2026-09-10" })),
        threat.event("detention-changed", &json!({ "suspect": "d1", "status": "remand", "from": "2026-09-01" })),
        threat.charge("c1", "d1", &["d2"], &["285"], "2026-04-07"),
        threat.verdict("c1", "convicted"),
        appealed,
        appealed_too,
        too.party("d1", &["suspect"], None, &people::pieter()),
        hof.party("d1", &["suspect"], None, &people::pieter()),
        hof.event("embargo-imposed", &json!({ "on": "2026-09-20" })),
        hof.event("embargo-lifted", &json!({ "on": "2026-10-20" })),
        other.registered("adult-criminal", "13/777003-26"),
        other.party("d1", &["suspect"], None, &people::pieter()),
        other.event("case-withdrawn", &json!({ "on": "2026-10-20" })),
    ];
    // The assault was entered under the wrong man, and was never referred to Amsterdam.
    let mut right = assault.party("d1", &["suspect"], None, &people::pieter());
    right.body["corrects"] = events[8].body["id"].clone();
    let referred = joined(&mut assault, "RBAMS", "13/777003-26");
    let taken_back = assault.event("event-retracted", &json!({ "eventId": referred.body["id"] }));
    events.extend([right, referred, taken_back]);
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_22_joined_and_referred_cases_are_told_of_once() {
    let world = World::open().await;
    let ((mut contact, family), (mut assault, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);

    // Another case against Pieter, for stalking; the assault is joined to it at the hearing.
    let mut stalking = CaseStory::new("criminal", "RBROT", "stalking");
    let events = [
        stalking.registered("adult-criminal", "10/222222-26"),
        stalking.party("d1", &["suspect"], None, &people::pieter()),
        stalking.party("d2", &["victim"], None, &people::samira()),
        stalking.judges(&["judge-bram"]),
        stalking.charge("c1", "d1", &["d2"], &["285b"], "2026-06-01"),
    ];
    world.hears(events).await;
    assert_eq!(anna.inbox().await.len(), 2, "two cases, two signals");

    let joinder = joined(&mut assault, "RBROT", "10/222222-26");
    let joined_by = joinder.body["id"].clone();
    world.hears([joinder]).await;
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1, "one matter, one signal: {inbox:#?}");
    assert_eq!(id(&inbox[0]), signal, "the one that the judge has had from the start");
    let told = anna.opens(&signal).await.body;
    assert_eq!(told["told"]["parallelCase"]["numbers"], json!(["10-222222-26", "10-123456-26"]), "under both numbers");
    let mut indicators: Vec<&str> = told["told"]["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line["indicator"]["code"].as_str())
        .collect();
    indicators.sort_unstable();
    assert_eq!(indicators, ["assault-simple", "stalking"], "with what is charged in either");
    let withdrawn = anna.withdrawn().await;
    assert_eq!(withdrawn.len(), 1);
    let told = anna.opens(&id(&withdrawn[0])).await.body;
    assert_eq!(told["withdrawn"]["because"]["code"], "goes-on-elsewhere", "{told:#}");
    assert_eq!(world.judge("judge-bram").inbox().await.len(), 1, "and so it is the other way round");

    // The family case goes to another court, where another judge has it.
    let mut there = CaseStory::new("family", "RBDHA", "contact");
    let events = [
        contact.event(
            "case-referred",
            &json!({ "to": { "court": "RBDHA", "number": "C/09/680111 / FA RK 26-17" }, "on": "2026-10-02" }),
        ),
        there.registered("contact-arrangement", "C/09/680111 / FA RK 26-17"),
        there.judges(&["judge-carla"]),
    ];
    world.hears(events).await;
    let carla = world.judge("judge-carla");
    let inbox = carla.inbox().await;
    assert_eq!(inbox.len(), 1, "before any party is registered there: {inbox:#?}");
    assert_eq!(id(&inbox[0]), signal, "it is the same signal");
    assert_eq!(anna.inbox().await.len(), 0, "the judge of before has no say in it any more");
    let parties = [
        there.party("q1", &["petitioner"], Some("father"), &people::pieter()),
        there.party("q2", &["respondent"], Some("mother"), &people::samira()),
        there.party("q3", &["minor"], Some("child"), &people::noor()),
    ];
    world.hears(parties).await;
    assert_eq!(carla.inbox().await.len(), 1, "no second one");
    let linked = world.state().await.into_iter().filter(|line| line.starts_with("link ")).count();
    assert_eq!(linked, 4, "either case of the one matter with either of the other, and none within a matter");

    // It was a mistake: the joinder is taken back.
    world.hears([assault.event("event-retracted", &json!({ "eventId": joined_by }))]).await;
    assert_eq!(carla.inbox().await.len(), 2, "they are two again");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scenario_23_an_earlier_suspended_sentence_is_no_second_case() {
    let world = World::open().await;
    let ((_, family), (mut assault, criminal)) = (contact_case(), assault_case());
    let called_in = assault.event(
        "suspended-sentence-called-in",
        &json!({ "suspect": "d1", "earlier": "10-654321-24", "on": "2026-10-01" }),
    );
    world.hears(family.into_iter().chain(criminal).chain([called_in])).await;
    assert_eq!(world.judge("judge-anna").inbox().await.len(), 1);
    assert_eq!(world.facts("linker.matter-formed").await, 0, "nobody registered the earlier case here");
    let told = world.judge("judge-anna").inbox().await;
    assert!(!format!("{told:?}").contains("654321"), "nor is it told as if it were pending");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_is_withdrawn_links_nothing_and_its_judge_is_not_troubled() {
    let world = World::open().await;
    let ((mut contact, family), (_, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal)).await;
    assert_eq!(world.judge("judge-bram").inbox().await.len(), 1);
    world.hears([contact.event("case-withdrawn", &json!({ "on": "2026-10-01" }))]).await;
    assert!(world.judge("judge-anna").inbox().await.is_empty());
    let bram = world.judge("judge-bram");
    assert!(bram.inbox().await.is_empty());
    let told = bram.opens(&id(&bram.withdrawn().await[0])).await.body;
    assert_eq!(told["withdrawn"]["because"]["code"], "parallel-case-closed", "and not that it was a mistake");
    assert!(!world.state().await.iter().any(|line| line.starts_with("link ")));
    world.close().await;
}

/// A case on appeal against another, which it names by its number.
fn appeal(
    jurisdiction: &'static str,
    name: &str,
    kind: &str,
    number: &str,
    against: (&str, &str),
) -> (CaseStory, CaseEvent) {
    let mut story = CaseStory::new(jurisdiction, "GHDHA", name);
    let registered = story.event(
        "case-registered",
        &json!({
            "proceeding": kind, "court": "GHDHA", "numbers": number, "registeredOn": "2026-11-01",
            "follows": { "court": against.0, "number": against.1 },
        }),
    );
    (story, registered)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acquittal_on_appeal_takes_away_the_conviction_before_it() {
    let world = World::open().await;
    let ((_, family), (mut assault, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal).chain([assault.verdict("c1", "convicted")])).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let statuses = async || -> Vec<String> {
        let told = anna.opens(&signal).await.body;
        let lines = told["told"]["indicators"].as_array().cloned().unwrap_or_default();
        lines.iter().map(|line| line["status"]["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(statuses().await, ["S40"]);

    let (mut hof, registered) =
        appeal("criminal", "appeal", "criminal-appeal", "22-000123-26", ("RBROT", "10/123456-26"));
    let charged = [
        registered,
        hof.party("d1", &["suspect"], None, &people::pieter()),
        hof.party("d2", &["victim"], None, &people::samira()),
        hof.charge("c1", "d1", &["d2"], &["300", "304"], "2026-03-07"),
    ];
    world.hears(charged).await;
    assert_eq!(anna.inbox().await.len(), 1, "one matter");
    assert_eq!(statuses().await.len(), 1, "and one charge, though either court speaks of it");
    let outcomes = json!([{ "chargeId": "c1", "instance": "appeal", "outcome": "acquitted" }]);
    world.hears([hof.event("verdict-given", &json!({ "outcomes": outcomes }))]).await;
    world.hears([hof.event("case-became-final", &json!({ "on": "2026-12-20" }))]).await;
    assert!(anna.inbox().await.is_empty(), "nobody is told of a conviction that was set aside");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conviction_that_was_set_aside_does_not_come_back_in_cassation_and_the_rest_stands() {
    let world = World::open().await;
    let ((_, family), (mut assault, criminal)) = (contact_case(), assault_case());
    let more = [
        assault.charge("c2", "d1", &["d2"], &["285b"], "2026-04-07"),
        assault.verdict("c1", "convicted"),
        assault.verdict("c2", "convicted"),
    ];
    world.hears(family.into_iter().chain(criminal).chain(more)).await;
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let told = async || -> Vec<(String, String)> {
        let told = anna.opens(&signal).await.body;
        let lines = told["told"]["indicators"].as_array().cloned().unwrap_or_default();
        let code = |line: &Value, what: &str| line[what]["code"].as_str().unwrap().to_owned();
        lines.iter().map(|line| (code(line, "indicator"), code(line, "status"))).collect()
    };
    let line = |indicator: &str, status: &str| (indicator.to_owned(), status.to_owned());
    assert_eq!(told().await, [line("assault-simple", "S40"), line("stalking", "S40")]);

    // He appeals against the one and not against the other, and is acquitted of it.
    let (mut hof, registered) =
        appeal("criminal", "appeal", "criminal-appeal", "22-000123-26", ("RBROT", "10/123456-26"));
    let outcomes = json!([{ "chargeId": "c1", "instance": "appeal", "outcome": "acquitted" }]);
    let appealed = [
        registered,
        hof.party("d1", &["suspect"], None, &people::pieter()),
        hof.charge("c1", "d1", &[], &["300", "304"], "2026-03-07"),
        hof.event("verdict-given", &json!({ "outcomes": outcomes })),
    ];
    world.hears(appealed).await;
    let after = [line("stalking", "S40"), line("assault-simple", "X40")];
    assert_eq!(told().await, after, "an acquittal of one charge says nothing of another");

    // The prosecution goes to the Supreme Court, where nobody writes the charges down again.
    let (mut supreme, registered) =
        appeal("criminal", "cassation", "criminal-cassation", "26/00123", ("GHDHA", "22-000123-26"));
    world.hears([registered]).await;
    assert_eq!(told().await, after, "no court has found again that it happened");
    world.hears([supreme.event("case-became-final", &json!({ "on": "2026-12-20" }))]).await;
    assert_eq!(told().await, [line("stalking", "S40")], "and now none will");
    let (_, page) = anna.page(&format!("/signals/{signal}")).await;
    assert!(!page.contains("mishandeling"), "{page}");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_appeal_that_names_only_the_child_so_far_is_told_of_what_the_case_before_it_was() {
    let world = World::open().await;
    world.hears(contact_case().1.into_iter().chain(assault_case().1)).await;
    let against = ("RBROT", "C/10/712345 / FA RK 26-812");
    let (mut hof, registered) = appeal("family", "appeal", "family-appeal", "200.123.456/01", against);
    world.hears([registered, hof.judges(&["judge-dora"])]).await;
    let dora = world.judge("judge-dora");
    assert_eq!(dora.inbox().await.len(), 1);
    world.hears([hof.party("k", &["minor"], Some("child"), &people::noor())]).await;
    assert_eq!(dora.inbox().await.len(), 1, "the parents are those of the case before");
    assert!(dora.withdrawn().await.is_empty());
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_two_parties_appeal_the_judges_of_both_appeals_are_told_and_each_acts_on_their_own() {
    let world = World::open().await;
    let ((_, family), (mut assault, criminal)) = (contact_case(), assault_case());
    world.hears(family.into_iter().chain(criminal)).await;
    let against = ("RBROT", "C/10/712345 / FA RK 26-812");
    let (mut hers, first) = appeal("family", "hers", "family-appeal", "200.123.456/01", against);
    let (mut his, second) = appeal("family", "his", "family-appeal", "200.123.789/01", against);
    let (dora, carla, bram) = (world.judge("judge-dora"), world.judge("judge-carla"), world.judge("judge-bram"));
    let registered_first = first.body["id"].clone();
    world.hears([first, hers.judges(&["judge-dora"])]).await;
    assert_eq!(dora.inbox().await.len(), 1);
    let parties = [
        his.party("a", &["petitioner"], Some("father"), &people::pieter()),
        his.party("b", &["respondent"], Some("mother"), &people::samira()),
        his.party("k", &["minor"], Some("child"), &people::noor()),
    ];
    world.hears([second, his.judges(&["judge-carla"])].into_iter().chain(parties)).await;
    let told = [dora.inbox().await, carla.inbox().await];
    assert_eq!(told.each_ref().map(Vec::len), [1, 1], "either of them, once: {told:#?}");
    let own = told.each_ref().map(|inbox| inbox[0]["ownCase"]["numbers"].clone());
    assert!(own[0].to_string().contains("200.123.456") && own[1].to_string().contains("200.123.789"), "{own:?}");
    assert_ne!(id(&told[0][0]), id(&told[1][0]), "each has a signal of their own");
    assert!(world.judge("judge-anna").inbox().await.is_empty(), "the judge of before has no say in it any more");
    assert_eq!(bram.inbox().await.len(), 1, "and of the one matter the criminal judge is told once");
    for (judge, other, inbox) in [(&dora, &carla, &told[0]), (&carla, &dora, &told[1])] {
        let (signal, version) = (id(&inbox[0]), inbox[0]["version"].as_u64().unwrap());
        assert_eq!(judge.opens(&signal).await.status, 200);
        assert_eq!(judge.acknowledges(&signal, version).await.status, 200);
        assert_eq!(other.opens(&signal).await.status, 404, "another's looks as if it were not there");
        let cases = judge.get("/cases").await.body;
        assert_eq!(cases["cases"].as_array().map(Vec::len), Some(1), "{cases}");
        let case = cases["cases"][0]["id"].as_str().unwrap();
        let attested = judge.sends(&format!("/cases/{case}/attestations"), &json!({})).await;
        assert_eq!(attested.status, 201, "{attested:?}");
    }

    // What changes is told to both.
    world.hears([assault.verdict("c1", "convicted")]).await;
    for (judge, inbox) in [(&dora, &told[0]), (&carla, &told[1])] {
        let opened = judge.opens(&id(&inbox[0])).await.body;
        assert_eq!(opened["told"]["indicators"][0]["status"]["code"], "S40", "{opened:#}");
    }

    // The one appeal was entered by mistake: it is told of no more, and the other goes on.
    world.hears([hers.event("event-retracted", &json!({ "eventId": registered_first }))]).await;
    assert!(dora.inbox().await.is_empty());
    assert_eq!(carla.inbox().await.len(), 1);
    world.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn through_a_matter_nobody_learns_of_a_case_that_may_not_be_told_of() {
    let world = World::open().await;
    let ((_, family), (mut assault, criminal)) = (contact_case(), assault_case());
    // The contact case follows one about parentage, which is nobody's business.
    let mut parentage = CaseStory::new("family", "RBROT", "parentage");
    let mut later = CaseStory::new("family", "RBROT", "later");
    let events = [
        parentage.registered("parentage", "C/10/700001 / FA RK 25-1"),
        parentage.party("p2", &["petitioner"], Some("mother"), &people::samira()),
        later.event(
            "case-registered",
            &json!({
                "proceeding": "contact-arrangement", "court": "RBROT", "numbers": "C/10/700002 / FA RK 26-2",
                "registeredOn": "2026-09-01", "follows": { "court": "RBROT", "number": "C/10/700001 / FA RK 25-1" },
            }),
        ),
        later.party("q1", &["respondent"], Some("father"), &people::pieter()),
        later.party("q2", &["petitioner"], Some("mother"), &people::samira()),
        later.party("q3", &["minor"], Some("child"), &people::noor()),
    ];
    world.hears(family.into_iter().chain(criminal).chain(events)).await;
    assert_eq!(world.facts("linker.matter-formed").await, 1);
    let bram = world.judge("judge-bram");
    let mut numbers = String::new();
    for signal in bram.inbox().await {
        numbers += &bram.opens(&id(&signal)).await.body["told"]["parallelCase"]["numbers"].to_string();
    }
    assert!(numbers.contains("700002") && !numbers.contains("700001"), "{numbers}");

    // The assault is joined to a case that nobody may learn of for now.
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    let mut secret = CaseStory::new("criminal", "RBROT", "secret");
    let events = [
        secret.registered("adult-criminal", "10/333333-26"),
        secret.event("embargo-imposed", &json!({ "on": "2026-09-20" })),
        secret.party("d1", &["suspect"], None, &people::pieter()),
        secret.charge("c1", "d1", &[], &["252"], "2026-06-01"),
        assault.event(
            "case-joined",
            &json!({ "into": { "court": "RBROT", "number": "10/333333-26" }, "on": "2026-10-01" }),
        ),
    ];
    world.hears(events).await;
    let inbox = anna.inbox().await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(id(&inbox[0]), signal, "what she was told still stands");
    let told = anna.opens(&signal).await.body.to_string();
    assert!(!told.contains("333333") && told.contains("10-123456-26") && !told.contains("252"), "{told}");
    world.hears([secret.event("embargo-lifted", &json!({ "on": "2026-10-20" }))]).await;
    let told = anna.opens(&signal).await.body.to_string();
    assert!(told.contains("333333") && told.contains("252"), "now it may be told: {told}");
    world.close().await;
}
