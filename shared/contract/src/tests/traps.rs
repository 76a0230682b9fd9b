//! The traps in Dutch case numbers and articles: what looks like one thing and is another.

use domain::case_number::CaseNumber;
use domain::fact::intake::{CaseReference, IntakeFact};
use domain::parketnummer::ParketSuffix;
use domain::violence::catalogue::Catalogue;

use super::*;

fn fact(name: &str, of: Jurisdiction, court: &str, data: Value) -> Result<IntakeFact, Vec<Reason>> {
    let kind = KINDS.iter().find(|kind| kind.name == name).expect("a kind");
    let (_, mut event) = example(kind, of);
    event["data"] = data;
    let subject = format!("cases.v1.{}.{court}.{name}", of.as_str());
    match read(&subject, &event)?.draft {
        Draft::Open(fact) => Ok(fact),
        _ => panic!("another draft"),
    }
}

fn registered(of: Jurisdiction, court: &str, proceeding: &str, more: &Value) -> Result<IntakeFact, Vec<Reason>> {
    let mut data = json!({ "proceeding": proceeding, "court": court.to_uppercase(), "registeredOn": "2026-09-01" });
    data.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    fact("case-registered", of, court, data)
}

fn numbers(written: &str) -> Vec<CaseNumber> {
    match registered(Jurisdiction::Criminal, "rbrot", "adult-criminal", &json!({ "numbers": written })) {
        Ok(IntakeFact::CaseRegistered(fact)) => fact.numbers,
        other => panic!("{written}: {other:?}"),
    }
}

/// Title XIV of the penal code was renumbered on 1 July 2024: the same article is another offence from that day on.
#[test]
fn an_article_means_what_it_meant_on_the_day_of_the_offence() {
    let charged = |from: &str, to: Option<&str>| {
        let mut data = json!({ "chargeId": "c1", "suspect": "p1", "articles": ["249"], "period": { "from": from } });
        if let Some(to) = to {
            data["period"]["to"] = json!(to);
        }
        let Ok(IntakeFact::ChargeBrought(fact)) = fact("charge-brought", Jurisdiction::Criminal, "rbrot", data) else {
            panic!("a charge")
        };
        Catalogue::current().find(&fact.particulars)
    };
    let (before, after) = (charged("2024-06-30", None), charged("2024-07-01", None));
    assert_eq!((before.hits.len(), after.hits.len()), (1, 1));
    assert_ne!(before.hits[0].law_version, after.hits[0].law_version);
    assert_eq!(charged("2024-06-01", Some("2024-07-31")).both_regimes.len(), 1);
}

/// A number with `(TUL)` or `(vtvv)` is that of an old case whose suspended sentence is called in, not of a second one that
/// awaits trial.
#[test]
fn the_number_of_a_sentence_called_in_is_no_pending_case() {
    let three = numbers("10/123456-26 en 10/654321-24 (TUL), 10/111111-23 (vtvv)");
    let pending = |number: &CaseNumber| matches!(number, CaseNumber::Parket(number) if !number.is_called_in());
    assert_eq!(three.iter().map(pending).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(three[1].to_string(), "10-654321-24 (TUL)");
    let called_in = json!({ "suspect": "p1", "earlier": "10/654321-24 (tul)", "on": "2026-11-02" });
    let Ok(IntakeFact::SuspendedSentenceCalledIn(fact)) =
        fact("suspended-sentence-called-in", Jurisdiction::Criminal, "rbrot", called_in)
    else {
        panic!("a sentence called in")
    };
    assert_eq!(fact.earlier, three[1]);
}

/// An appeal has a number of its own at another court, and says which case it is the appeal of.
#[test]
fn an_appeal_is_chained_to_the_case_that_it_follows() {
    let follows = json!({ "court": "RBROT", "number": "10/123456-26" });
    let appeal = json!({ "numbers": "22-005083-26", "follows": follows });
    let Ok(IntakeFact::CaseRegistered(fact)) = registered(Jurisdiction::Criminal, "ghdha", "criminal-appeal", &appeal)
    else {
        panic!("{:?}", registered(Jurisdiction::Criminal, "ghdha", "criminal-appeal", &appeal))
    };
    let Some(CaseReference::Number { court, number }) = fact.follows else { panic!("it follows nothing") };
    assert_eq!((court.code(), number.to_string()), ("RBROT", "10-123456-26".to_owned()));
    let both = json!({ "caseId": "c7", "court": "RBROT", "number": "10/123456-26" });
    for odd in [both, json!({ "court": "RBROT" }), json!({})] {
        let refused = registered(
            Jurisdiction::Criminal,
            "ghdha",
            "criminal-appeal",
            &json!({ "numbers": "22-005083-26", "follows": odd }),
        );
        let reasons = refused.expect_err("names no one case");
        assert_eq!((reasons[0].pointer.as_str(), reasons[0].code.as_str()), ("/data/follows", "case-reference.parts"));
    }
}

/// Why a child was placed under supervision is said of measures of child protection alone, and in a code.
#[test]
fn a_ground_is_of_a_measure_of_child_protection() {
    let terms = |kind: &str, category: &str, ground: &str| {
        json!({ "orderId": "o1", "terms": {
            "kind": kind, "against": ["p1"], "protects": ["p2"], "categories": [category], "from": "2026-11-02",
            "immediatelyEnforceable": true, "grounds": [ground],
        } })
    };
    let supervision = terms("supervision-order", "supervision", "ots-ground-violence");
    let Ok(IntakeFact::OrderImposed(imposed)) = fact("order-imposed", Jurisdiction::Youth, "rbrot", supervision) else {
        panic!("a supervision order")
    };
    assert_eq!(imposed.terms.grounds.len(), 1);
    for (of, terms, pointer, code) in [
        (
            Jurisdiction::Family,
            terms("contact-denial", "access-ban", "ots-ground-violence"),
            "/data/terms/grounds",
            "order-ground.kind",
        ),
        (
            Jurisdiction::Youth,
            terms("supervision-order", "supervision", "he struck her"),
            "/data/terms/grounds/0",
            "order-ground.unknown",
        ),
    ] {
        let reasons = fact("order-imposed", of, "rbrot", terms).expect_err("no such ground");
        assert_eq!((reasons[0].pointer.as_str(), reasons[0].code.as_str()), (pointer, code));
    }
}

/// `(ttz. gev.)` says that a case was joined at the hearing; the joinder is an event of its own, that names where it goes on.
#[test]
fn joined_cases_keep_their_numbers_and_say_where_they_go_on() {
    let two = numbers("10/123456-26, 10/654321-26 (ttz. gev.)");
    let suffix = |number: &CaseNumber| match number {
        CaseNumber::Parket(number) => number.suffix(),
        _ => None,
    };
    assert_eq!(two.iter().map(suffix).collect::<Vec<_>>(), [None, Some(ParketSuffix::Joined)]);
    let into = json!({ "into": { "caseId": "zaak-1" }, "on": "2026-11-02" });
    let Ok(IntakeFact::CaseJoined(joined)) = fact("case-joined", Jurisdiction::Criminal, "rbrot", into) else {
        panic!("a joinder")
    };
    // The case that goes on is the one whose own events have that subject.
    let kind = KINDS.iter().find(|kind| kind.name == "case-closed").expect("a kind");
    let (subject, mut event) = example(kind, Jurisdiction::Criminal);
    event["subject"] = json!("zaak-1");
    assert_eq!(joined.into, CaseReference::Case(read(&subject, &event).expect("reads").case));
    assert_ne!(joined.into, CaseReference::Case(joined.case));
}

/// Every form of a number that courts write, as it comes in a registration.
#[test]
fn every_form_of_a_number_has_one_form() {
    for (written, forms) in [
        ("13/123456-24", &["13-123456-24"][..]),
        ("05.740123.24", &["05-740123-24"]),
        ("1312345624", &["13-123456-24"]),
        ("C/02/435496 / JE RK 25/907", &["C/02/435496 / JE RK 25-907"]),
        ("C/09/680111 KG ZA 25-121", &["C/09/680111 / KG ZA 25-121"]),
        ("90624 / FA RK 11-3516", &["90624 / FA RK 11-3516"]),
        ("200.123.456", &["200.123.456/01"]),
        ("24/01234", &["24/01234"]),
        ("ROT 24/1234", &["ROT 24/1234"]),
        (
            "C/10/1712345 / FA RK 26-812 (I) en C/10/712346 / FA RK 26-813 (II)",
            &["C/10/1712345 / FA RK 26-812", "C/10/712346 / FA RK 26-813"],
        ),
    ] {
        let read: Vec<String> = numbers(written).iter().map(ToString::to_string).collect();
        assert_eq!(read, forms, "{written}");
    }
    for (written, code) in [
        ("PL1300-2024123456", "case-number.police-file"),
        ("ECLI:NL:RBROT:2026:1234", "case-number.ecli"),
        ("24-123456-26", "parketnummer.office"),
        (" & ", "case-number.empty"),
    ] {
        let refused = registered(Jurisdiction::Criminal, "rbrot", "adult-criminal", &json!({ "numbers": written }));
        assert_eq!(refused.expect_err(written)[0].code, code, "{written}");
    }
}
