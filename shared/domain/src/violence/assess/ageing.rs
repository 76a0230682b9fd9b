//! What time does: a conviction of long ago is told no more, and a case that was decided is in no hurry.

use jiff::civil::{Date, date};

use super::by_default::{assess, withdrawal_reason};
use super::tests::{TODAY, assault, contact_case, criminal_case, family_link, verdict, with_hearing};
use super::*;
use crate::violence::status::{Instance, Outcome};
use crate::violence::view::ChargeView;

fn final_on(day: Date) -> ChargeView {
    let mut charge = verdict(assault(), Instance::First, Outcome::Convicted);
    (charge.history.irrevocable, charge.history.final_on) = (true, Some(day));
    charge
}

#[test]
fn a_conviction_is_told_for_the_years_of_its_tier_and_then_said_to_be_too_long_ago() {
    let criminal = criminal_case(vec![final_on(date(2026, 2, 28))]);
    let told = |today| assess(SignalKind::ViolenceIndication, &contact_case(), &criminal, &family_link(), today);
    let tier = told(TODAY).unwrap().tier.unwrap();
    let years = i16::from(match tier {
        1 => 20_i8,
        2 => 10,
        _ => 5,
    });
    let last = date(2026 + years, 2, 28);
    assert!(told(last).is_some(), "tier {tier}");
    assert_eq!(told(last.tomorrow().unwrap()), None);
    let (own, link) = (contact_case(), family_link());
    let why = |kind, own: &MatterView, parallel: &MatterView, link: &LinkView| {
        withdrawal_reason(kind, Some(own), Some(parallel), Some(link), WhyUnlinked::NotOnePerson)
    };
    assert_eq!(why(SignalKind::ViolenceIndication, &own, &criminal, &link), WithdrawalReason::TooLongAgo);
    let turned = link.turned();
    let back = assess(SignalKind::ParallelFamilyCase, &criminal, &own, &turned, last.tomorrow().unwrap());
    assert_eq!(back, None, "both judges are told the same");
    assert_eq!(why(SignalKind::ParallelFamilyCase, &criminal, &own, &turned), WithdrawalReason::TooLongAgo);
}

#[test]
fn what_is_not_final_does_not_age() {
    let pending = criminal_case(vec![verdict(assault(), Instance::First, Outcome::Convicted)]);
    let told = assess(SignalKind::ViolenceIndication, &contact_case(), &pending, &family_link(), date(2060, 1, 1));
    assert!(told.is_some());
}

#[test]
fn a_decided_case_is_in_no_hurry_unless_something_is_still_to_be_heard() {
    let criminal = criminal_case(vec![assault()]);
    let urgency = |own: &MatterView| {
        assess(SignalKind::ViolenceIndication, own, &criminal, &family_link(), TODAY).unwrap().urgency
    };
    let decided = |on| MatterView { decided_on: Some(on), ..contact_case() };
    assert_eq!(urgency(&decided(TODAY)), Urgency::Low);
    assert_eq!(urgency(&decided(TODAY.tomorrow().unwrap())), urgency(&contact_case()), "not decided yet");
    let heard_again = with_hearing(decided(TODAY), TODAY.tomorrow().unwrap());
    assert_eq!(urgency(&heard_again), urgency(&with_hearing(contact_case(), TODAY.tomorrow().unwrap())));
}
