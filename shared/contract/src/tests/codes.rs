//! Codes count on the day the event is about; what was added to a kind is optional and kept.

use domain::fact::intake::IntakeFact;

use super::*;

fn told(name: &str, of: Jurisdiction, change: impl FnOnce(&mut Value)) -> Result<Draft, Vec<(String, String)>> {
    let kind = KINDS.iter().find(|kind| kind.name == name).expect("a kind");
    let (subject, mut event) = example(kind, of);
    change(&mut event["data"]);
    let reasons = |reasons: Vec<Reason>| reasons.into_iter().map(|reason| (reason.pointer, reason.code)).collect();
    read(&subject, &event).map(|understood| understood.draft).map_err(reasons)
}

#[test]
fn a_code_is_refused_on_a_day_on_which_the_law_did_not_know_it() {
    let not_valid = |place: &str| Err(vec![(place.to_owned(), "code.not-valid-on".to_owned())]);
    let registered = |day: &str| {
        told("case-registered", Jurisdiction::Family, |data| {
            data["proceeding"] = json!("contact-after-partner-killing");
            data["registeredOn"] = json!(day);
        })
        .map(|_| ())
    };
    assert_eq!(registered("2017-12-31"), not_valid("/data/proceeding"));
    assert_eq!(registered("2018-01-01"), Ok(()));
    let huisverbod = |day: &str| {
        told("case-registered", Jurisdiction::Huisverbod, |data| data["registeredOn"] = json!(day)).map(|_| ())
    };
    assert_eq!(huisverbod("2008-12-31"), not_valid("/data/proceeding"));
    assert_eq!(huisverbod("2009-01-01"), Ok(()));
    let imposed = |of, day: &str| {
        told("order-imposed", of, |data| {
            data["terms"]["from"] = json!(day);
            data["terms"].as_object_mut().expect("an object").remove("until");
        })
        .map(|_| ())
    };
    assert_eq!(imposed(Jurisdiction::Huisverbod, "2008-12-31"), not_valid("/data/terms/kind"));
    assert_eq!(imposed(Jurisdiction::Huisverbod, "2009-01-01"), Ok(()));
    // Everything at once, also what is wrong between fields.
    let old = told("order-imposed", Jurisdiction::Youth, |data| {
        let terms = &mut data["terms"];
        terms["kind"] = json!("written-instruction");
        terms["imposedBy"] = json!("certified-institution");
        terms["from"] = json!("2014-12-31");
        terms["until"] = json!("2014-12-30");
    });
    let places: Vec<String> = old.expect_err("is refused").into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["/data/terms/imposedBy", "/data/terms/kind", "/data/terms/until"]);
    let registered = told("case-registered", Jurisdiction::Huisverbod, |data| {
        data["registeredOn"] = json!("2008-12-31");
        data["court"] = json!("RBAMS");
        data["follows"] = json!({});
    });
    let places: Vec<String> = registered.expect_err("is refused").into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["/data/court", "/data/follows", "/data/proceeding"]);
    let settled =
        |day: &str| told("prosecution-settled", Jurisdiction::Criminal, |data| data["on"] = json!(day)).map(|_| ());
    assert_eq!(settled("2008-01-31"), not_valid("/data/settlement"));
    assert_eq!(settled("2008-02-01"), Ok(()));
}

#[test]
fn an_order_says_what_it_rests_on_and_who_imposed_it_where_that_is_told() {
    let terms = |change: fn(&mut Value)| {
        let draft = told("order-imposed", Jurisdiction::Huisverbod, |data| change(&mut data["terms"]));
        draft.map(|draft| match draft {
            Draft::Open(IntakeFact::OrderImposed(fact)) => (
                fact.terms.legal_basis.map(|basis| basis.to_string()),
                fact.terms.imposed_by.map(domain::decider::Decider::code),
            ),
            _ => panic!("another draft"),
        })
    };
    assert_eq!(terms(|_| {}), Ok((Some("Wth 2".to_owned()), Some("mayor"))));
    let without = terms(|terms| {
        terms
            .as_object_mut()
            .expect("an object")
            .retain(|name, _| !matches!(name.as_str(), "legalBasis" | "imposedBy"));
    });
    assert_eq!(without, Ok((None, None)));
    let refused = terms(|terms| {
        terms["legalBasis"] = json!("the law");
        terms["imposedBy"] = json!("family-judge");
    });
    let codes: Vec<String> = refused.expect_err("is refused").into_iter().map(|(_, code)| code).collect();
    assert_eq!(codes, ["decider.jurisdiction", "article.format"]);
}

#[test]
fn a_court_counts_from_its_own_first_day() {
    let registered = |day: &str| {
        let kind = KINDS.iter().find(|kind| kind.name == "case-registered").expect("a kind");
        let (_, mut event) = example(kind, Jurisdiction::Family);
        event["data"]["court"] = json!("RBMNE");
        event["data"]["registeredOn"] = json!(day);
        let read = read("cases.v1.family.rbmne.case-registered", &event);
        read.err().unwrap_or_default().into_iter().map(|reason| (reason.pointer, reason.code)).collect::<Vec<_>>()
    };
    assert_eq!(registered("2010-01-01"), [("/data/court".to_owned(), "code.not-valid-on".to_owned())]);
    assert_eq!(registered("2013-01-01"), []);
}

#[test]
fn days_and_a_chamber_are_kept_where_they_are_told() {
    let day = Some(jiff::civil::date(2026, 10, 5));
    for (name, of) in [
        ("verdict-given", Jurisdiction::Criminal),
        ("charge-brought", Jurisdiction::Criminal),
        ("prosecution-dismissed", Jurisdiction::Criminal),
    ] {
        for (on, kept) in [(json!("2026-10-05"), day), (Value::Null, None)] {
            let draft = told(name, of, |data| {
                data["on"] = on.clone();
                schema::drop_nulls(data);
            });
            let said = match draft.expect("reads") {
                Draft::Open(IntakeFact::VerdictGiven(fact)) => fact.on,
                Draft::Open(IntakeFact::ChargeBrought(fact)) => fact.on,
                Draft::Open(IntakeFact::ProsecutionDismissed(fact)) => fact.on,
                _ => panic!("another draft"),
            };
            assert_eq!(said, kept, "{name}");
        }
    }
    let planned = told("hearing-planned", Jurisdiction::Family, |data| data["chamber"] = json!("mk-3"));
    let Ok(Draft::Open(IntakeFact::HearingPlanned(fact))) = planned else { panic!("a hearing") };
    assert_eq!(fact.chamber.as_deref(), Some("mk-3"));
    let named = told("hearing-planned", Jurisdiction::Family, |data| data["chamber"] = json!("mr. Berg"));
    assert_eq!(named, Err(vec![("/data/chamber".to_owned(), "chamber.format".to_owned())]));
}

#[test]
fn a_house_number_may_be_a_number_and_a_title_is_taken() {
    let draft = told("party-added", Jurisdiction::Family, |data| {
        data["person"]["address"]["houseNumber"] = json!(12);
        data["person"]["nobleTitle"] = json!("jonkheer");
    });
    let Ok(Draft::Party { details, .. }) = draft else { panic!("a party") };
    assert_eq!(details.address.expect("an address").reveal().house_number.as_deref(), Some("12"));
    for odd in [json!(-1), json!(1.5), json!(1_000_000), json!(true)] {
        let refused = told("party-added", Jurisdiction::Family, |data| data["person"]["address"]["houseNumber"] = odd);
        assert_eq!(refused.expect_err("is refused")[0].0, "/data/person/address/houseNumber");
    }
}

proptest! {
    #[test]
    fn an_attribute_prints_back_as_it_was_read(
        what in "[a-z]{1,10}(-[a-z]{1,10}){0,2}", version in 1_u8.., of in 0_usize..5, number: u64,
        oin in "[0-9]{20}", system in "[a-z]{1,10}(-[a-z]{1,10})?",
    ) {
        use crate::value::{EventSource, EventType, Sequence, Wire};
        let of = Jurisdiction::ALL[of];
        let text = format!("nl.{}-cases.{what}.v{version}", of.as_str());
        let read = EventType::read(&json!(text)).expect("a type");
        prop_assert_eq!(format!("nl.{}-cases.{}.v{}", read.jurisdiction.as_str(), read.what, read.version), text);
        prop_assert_eq!((read.jurisdiction, read.version), (of, version));
        let source = format!("urn:nld:oin:{oin}:systeem:{system}");
        if let Ok(EventSource(read)) = EventSource::read(&json!(source)) {
            prop_assert_eq!(read, source);
        }
        for written in [json!(number), json!(number.to_string())] {
            prop_assert_eq!(Sequence::read(&written).expect("a number").0, number);
        }
    }

    #[test]
    fn an_establishment_prints_back_as_it_was_read(digits in "[0-9]{12}") {
        use domain::organisation::Establishment;
        let dotted = format!("{}.{} {}", &digits[..4], &digits[4..8], &digits[8..]);
        match (Establishment::parse(&digits), Establishment::parse(&dotted)) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(one.digits(), digits.as_str());
                let again = Establishment::parse(one.digits()).expect("reads again");
                prop_assert_eq!(again.digits(), other.digits());
            }
            (one, other) => prop_assert!(one.is_err() && other.is_err()),
        }
    }
}
