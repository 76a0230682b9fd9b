//! An article that the code list of offences does not know makes a task, and never silence.

use courthouse::events::{CaseStory, people};
use serde_json::{Value, json};
use verband_tests::{Steward, World};

use crate::{assault_case, contact_case, id};

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_article_is_noted_once_for_a_case_and_settled_when_nobody_is_charged_with_it() {
    let world = World::open().await;
    let ((_, contact), (mut assault, events)) = (contact_case(), assault_case());
    let unknown = assault.charge("c2", "d1", &["d2"], &["999"], "2026-03-08");
    let again = assault.charge("c3", "d1", &["d2"], &["999"], "2026-03-09");
    // Everything twice, the charge before the case itself.
    let all: Vec<_> = events.iter().cloned().chain([unknown.clone(), again.clone()]).rev().collect();
    world.hears(all.iter().cloned().chain(contact).chain(all.iter().cloned())).await;
    assert_eq!(world.facts("alerts.article-unknown").await, 1);
    let noted = world.fact_data("alerts.article-unknown").await;
    assert_eq!((&noted["article"], &noted["period"]), (&json!("Sr 999"), &json!("2026-03")));
    assert_eq!(noted.as_object().map(serde_json::Map::len), Some(3), "the case, and nobody: {noted}");
    // The judge is told all that is known, and that something is not.
    let anna = world.judge("judge-anna");
    let signal = id(&anna.inbox().await[0]);
    assert_eq!(anna.opens(&signal).await.body["told"]["chargesNotInCatalogue"], 2);

    let amended =
        |charge: &str| json!({ "chargeId": charge, "articles": ["Sr 300"], "period": { "from": "2026-03-08" } });
    world.hears([assault.event("charge-amended", &amended("c2"))]).await;
    assert_eq!(world.facts("alerts.article-settled").await, 0, "another charge still names it");
    world.hears([assault.event("charge-amended", &amended("c3"))]).await;
    assert_eq!(world.fact_data("alerts.article-settled").await["because"], "gone");
    assert_eq!(world.facts("alerts.article-unknown").await, 1);
    world.close().await;
}

async fn articles(steward: &Steward, filter: &str) -> Vec<Value> {
    let answer = steward.get(&format!("/articles?{filter}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["articles"].as_array().cloned().expect("a list of articles")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_steward_sees_how_many_cases_name_an_unknown_article_passes_it_on_and_it_closes_by_itself() {
    let world = World::open().await;
    let (mut one, mut events) = assault_case();
    events.push(one.charge("c2", "d1", &["d2"], &["999"], "2026-03-08"));
    events.push(one.charge("c3", "d1", &["d2"], &["999"], "2026-03-20"));
    let mut other = CaseStory::new("criminal", "RBAMS", "other");
    events.extend([
        other.registered("adult-criminal", "13/654999-26"),
        other.party("d1", &["suspect"], None, &people::jansen()),
        other.party("d2", &["victim"], None, &people::bakker()),
        other.charge("c1", "d1", &["d2"], &["999", "998", "310"], "2026-05-01"),
        other.event("hearing-planned", &json!({ "hearingId": "h1", "on": "2026-09-18" })),
    ]);
    world.hears(events).await;
    let dirk = world.at_desk("steward-dirk", &["steward"]);
    let open = articles(&dirk, "").await;
    let seen: Vec<_> =
        open.iter().map(|one| (&one["article"], &one["period"], &one["cases"], &one["heardSoon"])).collect();
    let (first, second) = (json!("Sr 999"), json!("Sr 998"));
    let (months, month) = (json!("2026-03/2026-05"), json!("2026-05"));
    // Once, whenever it was; and a theft is nobody's task.
    assert_eq!(seen, [(&first, &months, &json!(2), &json!(true)), (&second, &month, &json!(1), &json!(true))]);
    // Not of whom, in which case, at which court, nor on which day that is heard.
    let (_, page) = dirk.page("nl", "/articles").await;
    for told in [Value::from(open.clone()).to_string(), page] {
        assert!(told.contains("Sr 999"), "{told}");
        for never in ["13/654999", "123456", "RBAMS", "RBROT", "Amsterdam", "Rotterdam", "2026-09-18", "18-09-2026"] {
            assert!(!told.contains(never), "{never} in {told}");
        }
        for case in [one.case_id(), other.case_id()] {
            assert!(!told.contains(&case.to_string()), "{told}");
        }
    }
    // A page after another, and whoever is confined to a court counts what that court has.
    let answer = dirk.get("/articles?limit=1").await.body;
    let next = answer["next"].as_str().expect("another page");
    assert_eq!(articles(&dirk, &format!("limit=1&cursor={next}")).await[0]["article"], second);
    let hers = articles(&world.at_desk("steward-hanna", &["steward@RBROT"]), "").await;
    assert_eq!((hers.len(), &hers[0]["cases"], &hers[0]["heardSoon"]), (1, &json!(1), &json!(false)));
    assert_eq!(articles(&world.at_desk("steward-hanna", &["steward@RBROT/family"]), "").await, Vec::<Value>::new());

    let article = open[0]["id"].as_str().expect("an id");
    let serious = json!({ "countsAs": "serious" });
    let passed = dirk.passes_on_as("mine", article, &serious).await;
    assert_eq!(passed.status, 201, "{passed:?}");
    assert_eq!(dirk.passes_on_as("mine", article, &serious).await.body, passed.body, "sent twice it is written once");
    assert_eq!(dirk.passes_on_as("mine", article, &json!({})).await.status, 409, "that name was another request's");
    assert_eq!(dirk.passes_on(article, &serious).await.status, 200, "it stands already");
    assert_eq!(dirk.passes_on(article, &json!({ "countsAs": "tier-1" })).await.status, 400);
    assert_eq!(world.at_desk("steward-hanna", &["steward@RBGEL"]).passes_on(article, &serious).await.status, 404);
    assert_eq!(world.at_desk("steward-hanna", &["steward"]).passes_on(article, &json!({})).await.status, 201);
    assert_eq!(world.facts("steward.article-passed-on").await, 2);
    world.rests().await;
    assert_eq!(articles(&dirk, "").await.len(), 1, "it is no longer among those that nobody looked at");
    let passed = &articles(&dirk, "status=passed-on").await[0];
    assert_eq!((&passed["article"], passed["proposals"].as_array().map(Vec::len)), (&first, Some(2)), "{passed}");
    assert_eq!(
        (&passed["proposals"][0]["by"], &passed["proposals"][0]["countsAs"]),
        (&json!("steward-dirk"), &json!("serious"))
    );
    assert_eq!(passed["proposals"][1].get("countsAs"), None, "passed on without a proposal");

    // The courts charge something else: nobody has to look any more.
    let amended =
        |charge: &str| json!({ "chargeId": charge, "articles": ["Sr 300"], "period": { "from": "2026-03-08" } });
    world.hears([one.event("charge-amended", &amended("c2")), one.event("charge-amended", &amended("c3"))]).await;
    assert_eq!(articles(&dirk, "status=passed-on").await[0]["cases"], 1);
    world.hears([other.event("charge-amended", &amended("c1"))]).await;
    assert_eq!(articles(&dirk, "").await, Vec::<Value>::new());
    let closed = articles(&dirk, "status=closed").await;
    let why: Vec<_> = closed.iter().map(|one| (&one["closedBecause"], &one["cases"])).collect();
    assert_eq!(why, [(&json!("gone"), &json!(0)); 2]);
    assert_eq!(dirk.passes_on(article, &json!({ "countsAs": "context" })).await.status, 409);
    world.close().await;
}
