//! Orders, arrangements and their conflicts; suspicions; the killing of a parent.

use jiff::civil::{Date, date};

use super::by_default::{assess, withdrawal_reason};
use super::tests::{
    TODAY, assault, charge, contact_case, criminal_case, family_link, link, party, verdict, with_hearing,
};
use super::*;
use crate::court::Court;
use crate::fact::intake::OrderTerms;
use crate::ids::OrderId;
use crate::order_category::OrderCategory;
use crate::order_exception::OrderException;
use crate::order_ground::OrderGround;
use crate::order_kind::OrderKind;
use crate::proceeding::ProceedingKind;
use crate::violence::assessment::ConflictLine;
use crate::violence::status::{Begun, Outcome};
use crate::violence::view::{ContactView, OrderView};
use crate::violence::working_days;

const FROM: Date = date(2026, 8, 1);

fn order(kind: &str, category: &str, against: &[&str], protects: &[&str]) -> OrderView {
    OrderView {
        order: OrderId::derived(&[kind]),
        terms: OrderTerms {
            grounds: BTreeSet::new(),
            kind: OrderKind::parse(kind).unwrap(),
            against: against.iter().map(|name| party(name)).collect(),
            protects: protects.iter().map(|name| party(name)).collect(),
            categories: [OrderCategory::parse(category).unwrap()].into(),
            children_included: None,
            exceptions: BTreeSet::new(),
            from: FROM,
            until: Some(date(2027, 7, 31)),
            immediately_enforceable: true,
            legal_basis: None,
            imposed_by: None,
        },
        suspended_from: None,
        ended_on: None,
        breaches: BTreeSet::new(),
    }
}

/// A ban on contact with mother and child, as a condition of suspended detention.
fn ban() -> OrderView {
    order("suspended-detention-condition", "contact-ban", &["S1 father"], &["S1 mother", "S1 child"])
}

fn with_order(mut matter: MatterView, order: OrderView) -> MatterView {
    matter.orders.push(order);
    matter
}

fn weekends(allowed: bool, until: Option<Date>) -> ContactView {
    ContactView { child: party("F1 child"), with: party("F1 father"), allowed, from: FROM, until }
}

fn with_weekends(mut matter: MatterView) -> MatterView {
    matter.contact.push(weekends(true, None));
    matter
}

fn told(kind: SignalKind, own: &MatterView, parallel: &MatterView) -> Option<Assessment> {
    let link = if own.jurisdiction == Jurisdiction::Criminal { family_link().turned() } else { family_link() };
    assess(kind, own, parallel, &link, TODAY)
}

fn conflicts(own: &MatterView, parallel: &MatterView) -> Vec<ConflictLine> {
    told(SignalKind::ConflictingOrder, own, parallel).map(|told| told.conflicts).unwrap_or_default()
}

#[test]
fn an_order_is_told_while_it_holds_and_then_no_more() {
    use SignalKind::ViolenceIndication;
    let family = with_hearing(contact_case(), working_days::add(TODAY, 3));
    let criminal = |order: OrderView| with_order(criminal_case(vec![]), order);
    let now = told(ViolenceIndication, &family, &criminal(ban())).unwrap();
    assert_eq!((now.tier, now.urgency), (Some(2), Urgency::High));
    assert_eq!(now.orders[0].state, OrderState::InForce);
    assert_eq!(now.orders[0].against[0].capacity, Some(crate::role::Capacity::Father));
    assert_eq!(now.orders[0].protects.len(), 2);
    assert_eq!(now.persons.len(), 3);
    assert!(now.persons.iter().all(|person| person.parallel_roles.is_empty()), "no charge calls anybody anything");

    let coming = OrderView { terms: OrderTerms { from: date(2026, 10, 1), ..ban().terms }, ..ban() };
    assert_eq!(told(ViolenceIndication, &family, &criminal(coming)).unwrap().orders[0].state, OrderState::NotYet);
    let suspended = OrderView { suspended_from: Some(TODAY), ..ban() };
    assert_eq!(
        told(ViolenceIndication, &family, &criminal(suspended)),
        None,
        "a suspended order alone calls for nothing"
    );
    let over = OrderView { ended_on: Some(date(2026, 9, 1)), ..ban() };
    assert_eq!(told(ViolenceIndication, &family, &criminal(over.clone())), None);
    let why = withdrawal_reason(
        ViolenceIndication,
        Some(&family),
        Some(&criminal(over)),
        Some(&family_link()),
        WhyUnlinked::NotOnePerson,
    );
    assert_eq!(why, WithdrawalReason::OrdersChanged);

    let breached = OrderView { breaches: [date(2026, 8, 20)].into(), ..ban() };
    let told_of = told(ViolenceIndication, &family, &criminal(breached)).unwrap();
    assert_eq!((told_of.tier, told_of.orders[0].breach_reported), (Some(1), true));
}

#[test]
fn an_order_that_concerns_nobody_of_the_own_case_is_not_told() {
    let alone = link(&[("F1 father", "S1 father")]);
    let stranger = order("restriction-order", "contact-ban", &["S1 father"], &["S1 stranger"]);
    let criminal = with_order(criminal_case(vec![]), stranger.clone());
    assert_eq!(assess(SignalKind::ViolenceIndication, &contact_case(), &criminal, &alone, TODAY), None);
    assert_eq!(told(SignalKind::ViolenceIndication, &contact_case(), &criminal), None);
    // With the children included it does, whoever else it protects; nobody of the criminal case is told of beside.
    let with_children = OrderTerms { children_included: Some(true), ..stranger.terms.clone() };
    let criminal = with_order(criminal_case(vec![]), OrderView { terms: with_children, ..stranger });
    let told = told(SignalKind::ViolenceIndication, &contact_case(), &criminal).unwrap();
    assert!(told.orders[0].protects.is_empty());
}

#[test]
fn scenario_15_a_ban_and_an_arrangement_are_possibly_contradictory() {
    let (family, criminal) = (with_weekends(contact_case()), with_order(criminal_case(vec![assault()]), ban()));
    for (own, parallel) in [(&family, &criminal), (&criminal, &family)] {
        let told = told(SignalKind::ConflictingOrder, own, parallel).unwrap();
        assert_eq!((told.urgency, told.conflicts.len()), (Urgency::Urgent, 1));
        let line = &told.conflicts[0];
        assert_eq!(line.standing, ConflictStanding::Possible);
        assert_eq!(line.forbids.own, own.jurisdiction == Jurisdiction::Criminal);
        assert_eq!(line.whom.len(), 2, "the child, and the mother who hands it over");
    }
    let through_worker = OrderTerms {
        exceptions: [OrderException::parse("via-child-protection-worker").unwrap()].into(),
        ..ban().terms
    };
    let milder = with_order(criminal_case(vec![]), OrderView { terms: through_worker, ..ban() });
    let told_of = told(SignalKind::ConflictingOrder, &family, &milder).unwrap();
    assert_eq!(told_of.urgency, Urgency::Low);
    assert_eq!(told_of.conflicts[0].standing, ConflictStanding::LeavesRoom);

    let lifted = with_order(criminal_case(vec![]), OrderView { ended_on: Some(date(2026, 9, 1)), ..ban() });
    assert!(conflicts(&family, &lifted).is_empty());
    let closed = MatterView { closed_on: Some(TODAY), ..family.clone() };
    assert_eq!(conflicts(&closed, &criminal).len(), 1, "what was arranged still runs, and somebody must see it");
}

#[test]
fn whom_and_when_measures_meet_decides_whether_they_conflict() {
    let family = with_weekends(contact_case());
    let against = |order: OrderView| conflicts(&family, &with_order(criminal_case(vec![]), order));
    let only = |protects: &[&str]| order("restriction-order", "contact-ban", &["S1 father"], protects);
    assert_eq!(against(only(&["S1 mother"])).len(), 1, "the child is handed over by the mother");
    assert_eq!(against(only(&["S1 child"])).len(), 1);
    assert!(against(only(&["S1 stranger"])).is_empty());
    let children = OrderTerms { children_included: Some(true), ..only(&["S1 stranger"]).terms };
    assert_eq!(against(OrderView { terms: children, ..only(&[]) }).len(), 1);
    assert!(against(order("restriction-order", "location-ban", &["S1 father"], &["S1 mother"])).is_empty());
    assert!(against(order("restriction-order", "contact-ban", &["S1 mother"], &["S1 father"])).is_empty());

    let ends = OrderTerms { until: Some(date(2026, 9, 30)), ..ban().terms };
    let later = ContactView { from: date(2026, 11, 1), ..weekends(true, None) };
    let mut arranged = contact_case();
    arranged.contact.push(later);
    let soon_over = with_order(criminal_case(vec![]), OrderView { terms: ends, ..ban() });
    assert_eq!(conflicts(&arranged, &soon_over)[0].standing, ConflictStanding::EndsBefore);
    let mut past = contact_case();
    past.contact.push(weekends(true, Some(date(2026, 8, 31))));
    assert!(conflicts(&past, &with_order(criminal_case(vec![]), ban())).is_empty());
    let mut denied = contact_case();
    denied.contact.push(weekends(false, None));
    assert!(conflicts(&denied, &with_order(criminal_case(vec![]), ban())).is_empty(), "both forbid");
}

#[test]
fn an_arrangement_sent_as_an_order_and_a_huisverbod_conflict_as_well() {
    let arranged = order("contact-arrangement", "access-arrangement", &["F1 father"], &["F1 child"]);
    let family = with_order(contact_case(), arranged);
    let kind = ProceedingKind::parse("huisverbod-provisional-measure").unwrap();
    let huisverbod = MatterView { jurisdiction: Jurisdiction::Huisverbod, kind, ..criminal_case(vec![]) };
    let ten_days = OrderTerms { until: Some(date(2026, 9, 10)), ..ban().terms };
    let banned = OrderView { terms: OrderTerms { kind: OrderKind::parse("huisverbod").unwrap(), ..ten_days }, ..ban() };
    let huisverbod = with_order(huisverbod, banned);
    assert_eq!(conflicts(&family, &huisverbod).len(), 1);
    let told_of = told(SignalKind::ViolenceIndication, &family, &huisverbod).unwrap();
    assert_eq!((told_of.tier, told_of.parallel_phase), (Some(2), Phase::Pending));
    // Once it is over it is told for two years, with less weight.
    let later =
        assess(SignalKind::ViolenceIndication, &family, &huisverbod, &family_link(), date(2026, 9, 11)).unwrap();
    assert_eq!((later.tier, later.orders[0].state), (Some(3), OrderState::Over));
    let much_later = assess(SignalKind::ViolenceIndication, &family, &huisverbod, &family_link(), date(2028, 9, 11));
    assert_eq!(much_later, None);
    // And the judge of the ban learns that a family case exists.
    let back = assess(SignalKind::ParallelFamilyCase, &huisverbod, &family, &family_link().turned(), TODAY);
    assert!(back.is_some());
}

#[test]
fn a_criminal_judge_is_told_what_holds_in_the_family_case() {
    let supervision = order("supervision-order", "supervision", &["F1 mother"], &["F1 child"]);
    let family = MatterView { special_guardian: true, ..with_weekends(with_order(contact_case(), supervision)) };
    let criminal = criminal_case(vec![assault()]);
    let told_of = told(SignalKind::ParallelFamilyCase, &criminal, &family).unwrap();
    assert_eq!(told_of.orders.len(), 1);
    assert_eq!(told_of.contact.len(), 1);
    assert!(told_of.contact[0].allowed && told_of.special_guardian);
    assert_eq!(told_of.tier, None);
    let closed = MatterView { closed_on: Some(TODAY), ..family };
    assert!(told(SignalKind::ParallelFamilyCase, &criminal, &closed).is_some(), "its measures still run");
}

#[test]
fn a_supervision_order_because_of_violence_is_told_to_every_judge_of_the_child() {
    let mut supervision = order("supervision-order", "supervision", &["S1 father"], &["S1 child"]);
    let youth = |supervision: &OrderView| {
        let kind = ProceedingKind::parse("supervision-order").unwrap();
        let jurisdiction = Jurisdiction::Youth;
        with_order(MatterView { jurisdiction, kind, ..criminal_case(vec![]) }, supervision.clone())
    };
    let told_of = |supervision: &OrderView| told(SignalKind::ViolenceIndication, &contact_case(), &youth(supervision));
    assert_eq!(told_of(&supervision), None, "that a child is under supervision is no indication of violence");
    supervision.terms.grounds.insert(OrderGround::parse("ots-ground-violence").unwrap());
    let told_family = told_of(&supervision).unwrap();
    assert_eq!((told_family.tier, told_family.orders.len()), (Some(2), 1));
    let said = crate::violence::wording::order(&told_family.orders[0], crate::lang::Lang::En);
    assert!(said.contains("because of violence"), "{said}");
    // A criminal judge reads it beside the rest that holds.
    let mut family = supervision.clone();
    (family.terms.against, family.terms.protects) = ([party("F1 father")].into(), [party("F1 child")].into());
    let family = with_order(contact_case(), family);
    let told_criminal = told(SignalKind::ParallelFamilyCase, &criminal_case(vec![assault()]), &family).unwrap();
    assert_eq!(told_criminal.orders[0].grounds.len(), 1);
    // It is over, and nothing of it is told any more.
    supervision.ended_on = Some(date(2026, 9, 1));
    assert_eq!(told_of(&supervision), None);
}

#[test]
fn a_suspicion_is_told_as_one_and_never_of_an_embargo() {
    let mut suspicion = charge("suspicion", "300/304", &["S1 mother"]);
    suspicion.history.begun = Begun::Suspected;
    let told_of =
        told(SignalKind::ViolenceIndication, &contact_case(), &criminal_case(vec![suspicion.clone()])).unwrap();
    assert_eq!((told_of.indicators[0].status, told_of.parallel_phase), (Status::S20, Phase::Suspected));
    suspicion.history.begun = Begun::GravelySuspected;
    let told_of = told(SignalKind::ViolenceIndication, &contact_case(), &criminal_case(vec![suspicion])).unwrap();
    assert_eq!(told_of.indicators[0].status, Status::S25);
}

#[test]
fn scenario_20_the_killing_of_a_parent() {
    let killed = |articles: &str| charge("killing", articles, &["S1 mother"]);
    let killing = |family: &MatterView, charge: ChargeView| {
        told(SignalKind::PartnerKilling, family, &criminal_case(vec![charge]))
    };
    let told_of = killing(&contact_case(), killed("287")).unwrap();
    assert_eq!((told_of.urgency, told_of.tier), (Urgency::Urgent, Some(1)));
    let line = told_of.killing.unwrap();
    assert_eq!((line.children.len(), line.request_from), (2, None));
    assert_eq!(killing(&contact_case(), killed("287/45")), None, "an attempt is told as any other offence");
    assert_eq!(killing(&contact_case(), charge("child", "287", &["S1 child"])), None);
    let mut no_children = contact_case();
    no_children.parties.retain(|party| party.roles.iter().all(|role| role.group() != RoleGroup::Minor));
    assert_eq!(killing(&no_children, killed("289")), None);

    let mut died = killed("287");
    died.history.suspect_died = true;
    assert_eq!(killing(&contact_case(), died.clone()).unwrap().killing.unwrap().status, Status::X70);
    assert_eq!(told(SignalKind::ViolenceIndication, &contact_case(), &criminal_case(vec![died])), None);
    let acquitted = verdict(killed("287"), Instance::First, Outcome::Acquitted);
    assert_eq!(killing(&contact_case(), acquitted), None);

    // Contact was denied for three years, and that became final.
    let mut denied = MatterView { final_on: Some(date(2027, 1, 10)), ..contact_case() };
    denied.contact.push(weekends(false, Some(date(2029, 8, 1))));
    let from = |family: &MatterView| killing(family, killed("287")).unwrap().killing.unwrap().request_from;
    assert_eq!(from(&denied), Some(date(2029, 1, 10)));
    let mut shorter = MatterView { final_on: Some(date(2027, 1, 10)), ..contact_case() };
    shorter.contact.push(weekends(false, Some(date(2027, 8, 1))));
    assert_eq!(from(&shorter), None, "the law speaks of two years or more");
}

#[test]
fn scenario_17_a_court_that_would_tell_where_somebody_hides_is_not_named() {
    let mut criminal = criminal_case(vec![assault()]);
    let hidden =
        |criminal: &MatterView| told(SignalKind::ViolenceIndication, &contact_case(), criminal).unwrap().court_hidden;
    criminal.court = Court::all().nth(3).unwrap();
    assert!(!hidden(&criminal));
    let mother = criminal.parties.iter_mut().find(|one| one.party == party("S1 mother")).unwrap();
    mother.shielded = true;
    assert!(hidden(&criminal));
    criminal.parties.iter_mut().for_each(|one| one.shielded = false);
    assert!(!hidden(&criminal));
    criminal.withheld.insert(Withheld::Whereabouts);
    assert!(hidden(&criminal), "whoever hid in an earlier case of the matter hides");
    criminal.court = contact_case().court;
    assert!(!hidden(&criminal), "the judge's own court tells nothing new");
}
