//! What was decided for good in a third case.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::by_default::assess;
use super::tests::{TODAY, assault, charge, contact_case, criminal_case, family_link, party, verdict};
use super::*;
use crate::proceeding::ProceedingKind;
use crate::violence::elsewhere::Elsewhere;
use crate::violence::status::Outcome;
use crate::violence::view::ContactView;

/// The family, given that he was convicted of this charge for good on a day.
fn after(mut charge: ChargeView, on: Date) -> MatterView {
    charge = verdict(charge, Instance::First, Outcome::Convicted);
    (charge.history.irrevocable, charge.history.final_on) = (true, Some(on));
    let other = criminal_case(vec![charge]);
    let mut family = contact_case();
    family.elsewhere.add(Elsewhere::of(&family, &other, &family_link(), TODAY, &Policies::default()));
    family
}

fn lines(family: &MatterView, charge: ChargeView) -> Vec<(&'static str, Option<u8>, Status)> {
    let criminal = criminal_case(vec![charge]);
    let told = assess(SignalKind::ViolenceIndication, family, &criminal, &family_link(), TODAY).unwrap();
    told.indicators.iter().map(|line| (line.indicator.code(), line.tier, line.status)).collect()
}

#[test]
fn an_earlier_conviction_for_violence_in_the_family_makes_a_charge_weigh_more() {
    let threat = || charge("threat", "285", &["S1 mother"]);
    assert_eq!(lines(&contact_case(), threat()), [("threat", Some(3), Status::S30)]);
    let convicted = after(assault(), date(2025, 1, 10));
    let expected = [("recidivism-dv", Some(2), Status::S50), ("threat", Some(2), Status::S30)];
    let mut told = lines(&convicted, threat());
    told.sort_unstable();
    assert_eq!(told, expected);
    let criminal = criminal_case(vec![threat(), charge("another", "285b", &["S1 mother"])]);
    let told = assess(SignalKind::ViolenceIndication, &convicted, &criminal, &family_link(), TODAY).unwrap();
    let earlier = told.indicators.iter().filter(|line| line.indicator.code() == "recidivism-dv");
    assert_eq!(earlier.count(), 1, "once, whatever else he is suspected of");
    assert!(
        !serde_json::to_string(&told.persons).unwrap().contains("convicted"),
        "not of what he is charged with here"
    );
    // The criminal judge is told of the family when its judge is told, and as urgently.
    let back = assess(SignalKind::ParallelFamilyCase, &criminal, &convicted, &family_link().turned(), TODAY).unwrap();
    assert!(!serde_json::to_string(&back).unwrap().contains("recidivism"), "a criminal judge has other ways to know");
}

#[test]
fn only_what_is_final_was_before_and_was_in_the_family_counts() {
    let threat = || charge("threat", "285", &["S1 mother"]);
    let alone = [("threat", Some(3), Status::S30)];
    assert_eq!(lines(&after(assault(), date(2026, 3, 15)), threat()), alone, "final after it is said to have happened");
    assert_eq!(lines(&after(charge("bar", "300", &["S1 stranger"]), date(2025, 1, 10)), threat()), alone);
    assert_eq!(lines(&after(charge("theft", "310", &["S1 mother"]), date(2025, 1, 10)), threat()), alone);
    let not_final = criminal_case(vec![verdict(assault(), Instance::First, Outcome::Convicted)]);
    let mut family = contact_case();
    family.elsewhere.add(Elsewhere::of(&family, &not_final, &family_link(), TODAY, &Policies::default()));
    assert_eq!(lines(&family, threat()), alone);
    let minor = MatterView {
        kind: ProceedingKind::parse("youth-criminal").unwrap(),
        ..criminal_case(vec![verdict(assault(), Instance::Cassation, Outcome::Convicted)])
    };
    assert_eq!(Elsewhere::of(&family, &minor, &family_link(), TODAY, &Policies::default()), Elsewhere::default());
}

#[test]
fn a_request_for_contact_that_another_case_makes_wait_is_possibly_too_soon() {
    let denied = |until: i64| {
        let from = date(2026, 10, 10);
        let (child, with) = (party("S1 child"), party("S1 father"));
        let until = Some(from.saturating_add(until.years()));
        let kind = ProceedingKind::parse("contact-arrangement").unwrap();
        MatterView {
            kind,
            jurisdiction: Jurisdiction::Family,
            contact: vec![ContactView { child, with, allowed: false, from, until }],
            final_on: Some(date(2027, 1, 10)),
            ..criminal_case(vec![])
        }
    };
    let killing = |other: &MatterView, registered_on: Date| {
        let mut family = MatterView { registered_on: Some(registered_on), ..contact_case() };
        family.elsewhere.add(Elsewhere::of(&family, other, &family_link(), TODAY, &Policies::default()));
        let criminal = criminal_case(vec![charge("killing", "287", &["S1 mother"])]);
        let told = assess(SignalKind::PartnerKilling, &family, &criminal, &family_link(), TODAY).unwrap();
        let line = told.killing.unwrap();
        (line.request_from, line.too_soon)
    };
    let from = Some(date(2029, 1, 10));
    assert_eq!(killing(&denied(3), date(2028, 5, 1)), (from, true));
    assert_eq!(killing(&denied(3), date(2029, 1, 10)), (from, false));
    assert_eq!(killing(&denied(1), date(2028, 5, 1)), (None, false), "denied for less than two years");
    let pending = MatterView { final_on: None, ..denied(3) };
    assert_eq!(killing(&pending, date(2028, 5, 1)), (None, false));
}

#[test]
fn violence_that_its_source_marks_as_honour_related_is_told_as_that() {
    let mut threat = charge("threat", "285", &["S1 child"]);
    threat.particulars.tags.insert(crate::violence::tag::Tag::parse("honour-violence").unwrap());
    assert_eq!(
        lines(&contact_case(), threat.clone()),
        [("honour-violence", Some(2), Status::S30), ("threat", Some(3), Status::S30)]
    );
    threat.victims = vec![party("S1 stranger")];
    let criminal = criminal_case(vec![threat]);
    let told = assess(SignalKind::ViolenceIndication, &contact_case(), &criminal, &family_link(), TODAY);
    assert_eq!(told, None, "towards a stranger it is no matter of the family");
}

#[test]
fn while_a_decision_is_pending_what_is_serious_is_urgent() {
    let told = |own: &MatterView, charge: ChargeView| {
        let criminal = criminal_case(vec![charge]);
        assess(SignalKind::ViolenceIndication, own, &criminal, &family_link(), TODAY).unwrap().urgency
    };
    let pending = MatterView { decision_pending: true, ..contact_case() };
    assert_eq!((told(&contact_case(), assault()), told(&pending, assault())), (Urgency::Normal, Urgency::Urgent));
    assert_eq!(told(&pending, charge("threat", "285", &["S1 mother"])), Urgency::Low, "not what is moderate");
    let decided = MatterView { decided_on: Some(TODAY), ..pending };
    assert_eq!(told(&decided, assault()), Urgency::Low);
}
