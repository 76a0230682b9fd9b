use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::article::Article;
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::detention::Detention;
use crate::fact::intake::cases::{EventCorrected, EventRetracted};
use crate::fact::intake::criminal::{DetentionChanged, EmbargoImposed, EmbargoLifted, SuspicionRegistered};
use crate::fact::intake::orders::{OrderBreached, OrderChanged, OrderImposed, OrderSuspended};
use crate::fact::intake::parties::{HearingCancelled, HearingMoved};
use crate::fact::intake::{CaseRegistered, ChargeBrought, HearingPlanned, OrderTerms};
use crate::ids::{CaseId, ChargeId, HearingId, OrderId};
use crate::jurisdiction::Jurisdiction;
use crate::order_category::OrderCategory;
use crate::order_kind::OrderKind;
use crate::proceeding::ProceedingKind;
use crate::violence::particulars::{ChargeParticulars, OffencePeriod};
use crate::violence::status::Begun;

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

fn ban_from(from: Date) -> OrderTerms {
    OrderTerms {
        grounds: BTreeSet::new(),
        kind: OrderKind::parse("restriction-order").unwrap(),
        against: [PartyId::derived(&["suspect"])].into(),
        protects: [PartyId::derived(&["victim"])].into(),
        categories: [OrderCategory::parse("contact-ban").unwrap()].into(),
        children_included: None,
        exceptions: BTreeSet::new(),
        from,
        until: None,
        immediately_enforceable: true,
        legal_basis: None,
        imposed_by: None,
    }
}

fn suspected(sequence: u64, on: Date) -> IntakeFact {
    IntakeFact::SuspicionRegistered(SuspicionRegistered {
        case: case(),
        version: at(sequence),
        suspect: PartyId::derived(&["suspect"]),
        victims: BTreeSet::new(),
        articles: Article::parse_list("285b").unwrap(),
        embargo: false,
        on,
    })
}

fn charged(sequence: u64, on: Date) -> IntakeFact {
    IntakeFact::ChargeBrought(ChargeBrought {
        case: case(),
        version: at(sequence),
        charge: ChargeId::derived(&["charge"]),
        suspect: PartyId::derived(&["suspect"]),
        victims: BTreeSet::new(),
        particulars: ChargeParticulars {
            articles: Article::parse_list("285b").unwrap(),
            period: OffencePeriod::on(on),
            tags: BTreeSet::new(),
        },
        on: None,
    })
}

#[test]
fn a_charge_stands_for_what_was_suspected_and_new_terms_let_an_order_hold_again() {
    let on = date(2026, 9, 2);
    let of = |facts: &[IntakeFact]| docket(facts.iter().chain([&registered()])).view().unwrap();
    let suspicion = of(&[suspected(2, on)]);
    assert_eq!(suspicion.charges[0].history.begun, Begun::Suspected);
    assert_eq!(suspicion.charges[0].particulars.period, OffencePeriod::until(on), "when it happened is not told");
    let charge = of(&[suspected(2, on), charged(3, on)]);
    assert_eq!((charge.charges.len(), charge.charges[0].history.begun), (1, Begun::Brought));
    assert_eq!(of(&[suspected(4, on), charged(3, on)]).charges.len(), 1, "a suspicion beside a charge adds nothing");
    let remand = DetentionChanged {
        case: case(),
        version: at(3),
        suspect: PartyId::derived(&["suspect"]),
        status: Detention::parse("remand").unwrap(),
        from: on,
    };
    let remanded = of(&[suspected(2, on), IntakeFact::DetentionChanged(remand)]);
    assert_eq!(remanded.charges[0].history.begun, Begun::GravelySuspected);

    let order = OrderId::derived(&["o"]);
    let imposed = IntakeFact::OrderImposed(OrderImposed { case: case(), version: at(2), order, terms: ban_from(on) });
    let breached = IntakeFact::OrderBreached(OrderBreached { case: case(), version: at(3), order, on });
    let suspended = IntakeFact::OrderSuspended(OrderSuspended { case: case(), version: at(4), order, from: on });
    let changed = IntakeFact::OrderChanged(OrderChanged { case: case(), version: at(5), order, terms: ban_from(on) });
    let facts = [imposed, breached, suspended, changed];
    assert_eq!(of(&facts[..3]).orders[0].suspended_from, Some(on));
    let again = &of(&facts).orders[0];
    assert_eq!((again.suspended_from, again.breaches.len()), (None, 1), "what was reported of a breach remains");
}

fn any_fact() -> impl Strategy<Value = Vec<IntakeFact>> {
    let day = (1_i8..28).prop_map(|day| date(2026, 10, day));
    let cancelled = |sequence| {
        let hearing = HearingId::derived(&["h"]);
        IntakeFact::HearingCancelled(HearingCancelled { case: case(), version: at(sequence), hearing })
    };
    let order = OrderId::derived(&["o"]);
    let imposed = move |from| {
        IntakeFact::OrderImposed(OrderImposed { case: case(), version: at(0), order, terms: ban_from(from) })
    };
    let suspended =
        move |from| IntakeFact::OrderSuspended(OrderSuspended { case: case(), version: at(0), order, from });
    let breached = move |on| IntakeFact::OrderBreached(OrderBreached { case: case(), version: at(0), order, on });
    prop_oneof![
        day.clone().prop_map(|on| vec![planned(0, on)]),
        day.clone().prop_map(move |on| vec![imposed(on)]),
        day.clone().prop_map(move |on| vec![suspended(on)]),
        day.clone().prop_map(move |on| vec![breached(on)]),
        day.clone().prop_map(|on| vec![suspected(0, on)]),
        day.clone().prop_map(|on| vec![charged(0, on)]),
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
                IntakeFact::OrderImposed(f) => f.version = at(place),
                IntakeFact::OrderSuspended(f) => f.version = at(place),
                IntakeFact::OrderBreached(f) => f.version = at(place),
                IntakeFact::SuspicionRegistered(f) => f.version = at(place),
                IntakeFact::ChargeBrought(f) => f.version = at(place),
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
