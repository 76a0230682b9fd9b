use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::fact::intake::cases::{EventCorrected, EventRetracted};
use crate::fact::intake::criminal::{EmbargoImposed, EmbargoLifted};
use crate::fact::intake::parties::{HearingCancelled, HearingMoved};
use crate::fact::intake::{CaseRegistered, HearingPlanned};
use crate::ids::{CaseId, HearingId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;

fn case() -> CaseId {
    CaseId::derived(&["a case"])
}

fn event(sequence: u64) -> EventId {
    EventId::derived(&["source", &sequence.to_string()])
}

fn at(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: "2026-11-23T10:00:00Z".parse().unwrap(), event: event(sequence) }
}

fn registered() -> IntakeFact {
    IntakeFact::CaseRegistered(CaseRegistered {
        case: case(),
        version: at(1),
        jurisdiction: Jurisdiction::Criminal,
        proceeding: ProceedingKind::parse("adult-criminal").unwrap(),
        court: Court::parse("RBROT").unwrap(),
        numbers: CaseNumber::parse_all("10-123456-26").unwrap(),
        registered_on: date(2026, 9, 1),
        follows: None,
    })
}

fn planned(sequence: u64, on: Date) -> IntakeFact {
    IntakeFact::HearingPlanned(HearingPlanned {
        case: case(),
        hearing: HearingId::derived(&["h"]),
        version: at(sequence),
        on,
        hearing_kind: None,
        closed_doors: None,
        chamber: None,
    })
}

fn corrected(sequence: u64, earlier: u64, on: Date) -> [IntakeFact; 2] {
    let correction = EventCorrected { case: case(), version: at(sequence), replaces: event(earlier) };
    [IntakeFact::EventCorrected(correction), planned(sequence, on)]
}

fn retracted(sequence: u64, earlier: u64) -> IntakeFact {
    IntakeFact::EventRetracted(EventRetracted { case: case(), version: at(sequence), retracts: event(earlier) })
}

fn docket<'a>(facts: impl IntoIterator<Item = &'a IntakeFact>) -> Docket {
    let mut docket = Docket::default();
    facts.into_iter().for_each(|fact| docket.fold(fact));
    docket
}

fn hearing(facts: &[IntakeFact]) -> Option<Date> {
    docket(facts.iter().chain([&registered()])).view().unwrap().hearings.first().map(|hearing| hearing.on)
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let [correction, mended] = corrected(9, 2, date(2026, 10, 1));
    // The hearing was moved after the event that was wrong and before its correction: the move still holds.
    let moved =
        HearingMoved { case: case(), version: at(5), hearing: HearingId::derived(&["h"]), on: date(2026, 11, 1) };
    let wrong = planned(2, date(2062, 10, 1));
    let facts = [correction, mended, wrong, IntakeFact::HearingMoved(moved)];
    assert_eq!(hearing(&facts), Some(date(2026, 11, 1)));
    assert_eq!(hearing(&facts[..3]), Some(date(2026, 10, 1)));
}

#[test]
fn a_retraction_takes_back_and_can_be_taken_back() {
    let first = planned(2, date(2026, 10, 1));
    assert_eq!(hearing(&[first.clone(), retracted(3, 2)]), None);
    assert_eq!(hearing(&[first.clone(), retracted(3, 2), retracted(4, 3)]), Some(date(2026, 10, 1)));
    assert_eq!(
        hearing(&[first.clone(), retracted(1, 2)]),
        Some(date(2026, 10, 1)),
        "an older event takes nothing back"
    );
    let [correction, mended] = corrected(3, 2, date(2026, 12, 1));
    assert_eq!(hearing(&[first, correction, mended, retracted(4, 3)]), Some(date(2026, 10, 1)));
}

#[test]
fn a_revision_of_what_has_not_come_waits() {
    let early = docket(&[registered(), retracted(3, 2)]);
    assert_eq!(early.waiting(), [event(2)].into());
    let whole = docket(&[registered(), retracted(3, 2), planned(2, date(2026, 10, 1))]);
    assert!(whole.waiting().is_empty() && whole.view().unwrap().hearings.is_empty());
}

#[test]
fn nobody_looks_at_a_case_under_embargo() {
    let on = date(2026, 9, 2);
    let imposed = IntakeFact::EmbargoImposed(EmbargoImposed { case: case(), version: at(2), on });
    let lifted = IntakeFact::EmbargoLifted(EmbargoLifted { case: case(), version: at(3), on });
    assert!(docket(&[registered(), imposed.clone()]).view().is_none());
    assert!(docket(&[lifted, registered(), imposed]).view().is_some());
}

fn any_fact() -> impl Strategy<Value = Vec<IntakeFact>> {
    let day = (1_i8..28).prop_map(|day| date(2026, 10, day));
    let cancelled = |sequence| {
        let hearing = HearingId::derived(&["h"]);
        IntakeFact::HearingCancelled(HearingCancelled { case: case(), version: at(sequence), hearing })
    };
    prop_oneof![
        day.clone().prop_map(|on| vec![planned(0, on)]),
        Just(vec![cancelled(0)]),
        (0_u64..12).prop_map(|earlier| vec![retracted(0, earlier)]),
        (0_u64..12, day).prop_map(|(earlier, on)| corrected(0, earlier, on).to_vec()),
    ]
}

/// Gives each event of a story its place.
fn numbered(story: Vec<Vec<IntakeFact>>) -> Vec<IntakeFact> {
    let mut facts = vec![registered()];
    for (place, event) in (2..).zip(story) {
        for mut fact in event {
            match &mut fact {
                IntakeFact::HearingPlanned(f) => f.version = at(place),
                IntakeFact::HearingCancelled(f) => f.version = at(place),
                IntakeFact::EventRetracted(f) => f.version = at(place),
                IntakeFact::EventCorrected(f) => f.version = at(place),
                other => panic!("{other:?}"),
            }
            facts.push(fact);
        }
    }
    facts
}

proptest! {
    #[test]
    fn any_order_and_any_repetition_give_the_same_docket(
        story in proptest::collection::vec(any_fact(), 0..12),
        order in proptest::collection::vec(any::<prop::sample::Index>(), 0..60),
    ) {
        let facts = numbered(story);
        let whole = docket(&facts);
        let mut shuffled: Vec<&IntakeFact> = order.iter().map(|index| index.get(&facts)).collect();
        shuffled.extend(facts.iter().rev());
        prop_assert_eq!(docket(shuffled).view(), whole.view());
    }
}
