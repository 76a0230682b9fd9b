//! What a court decided where the rules leave it a choice.

use super::tests::{TODAY, assault, contact_case, criminal_case, family_link};
use super::*;
use crate::violence::assessment::DismissalLine;
use crate::violence::catalogue::Indicator;
use crate::violence::status::DismissalCode;

fn policies(columns: &str) -> Policies {
    let court = contact_case().court;
    Policies::parse(&format!("[[row]]\ncourt = \"{}\"\nsource = \"a decision\"\n{columns}", court.code())).unwrap()
}

/// What the family judge and the criminal judge are told.
fn told(criminal: &MatterView, policies: &Policies) -> [Option<Assessment>; 2] {
    let (own, link) = (contact_case(), family_link());
    [
        assess(SignalKind::ViolenceIndication, &own, criminal, &link, TODAY, policies),
        assess(SignalKind::ParallelFamilyCase, criminal, &own, &link.turned(), TODAY, policies),
    ]
}

fn dismissed(code: &str) -> MatterView {
    let mut charge = assault();
    charge.history.dismissal = Some(DismissalCode::parse(code).unwrap());
    charge.history.dismissed_on = Some(TODAY);
    criminal_case(vec![charge])
}

#[test]
fn a_technical_dismissal_keeps_a_line_without_weight_where_the_court_wants_that() {
    let shows = policies("shows_technical_dismissals = true");
    assert_eq!(told(&dismissed("02"), &Policies::default()), [None, None]);
    let [to_family, to_criminal] = told(&dismissed("02"), &shows);
    let to_family = to_family.unwrap();
    assert_eq!((to_family.tier, to_family.urgency), (None, Urgency::Low));
    let lines = &to_family.indicators;
    assert!(!lines.is_empty() && lines.iter().all(|line| (line.status, line.tier) == (Status::X20, None)), "{lines:?}");
    let dismissal = DismissalLine { code: DismissalCode::parse("02").unwrap(), on: Some(TODAY) };
    assert!(lines.iter().all(|line| line.dismissal == Some(dismissal)), "with its ground and day: {lines:?}");
    assert!(to_criminal.is_some(), "both judges are told alike");
    assert_eq!(
        told(&dismissed("01"), &shows),
        [None, None],
        "who was never rightly suspected is left in peace everywhere"
    );
    // At another court nothing changes.
    let elsewhere =
        Policies::parse("[[row]]\ncourt = \"HR\"\nsource = \"x\"\nshows_technical_dismissals = true").unwrap();
    assert_eq!(told(&dismissed("02"), &elsewhere), [None, None]);
}

#[test]
fn what_a_court_does_not_want_told_is_named_as_left_out_and_told_to_neither_judge() {
    let criminal = criminal_case(vec![assault()]);
    let [plain, _] = told(&criminal, &Policies::default());
    let plain = plain.unwrap();
    assert!(plain.left_out.is_empty());
    let shown = plain.indicators[0].indicator;
    let hidden = policies(&format!("hides = [\"{}\"]", shown.code()));
    assert_eq!(told(&criminal, &hidden), [None, None]);
    let other = policies("hides = [\"doxing\"]");
    let left_out = told(&criminal, &other)[0].clone().unwrap().left_out;
    assert_eq!(
        left_out.into_iter().map(Indicator::code).collect::<Vec<_>>(),
        ["doxing"],
        "though nobody is charged with it"
    );
}

#[test]
fn a_term_of_the_court_makes_a_signal_late() {
    let criminal = criminal_case(vec![assault()]);
    let urgency = |policies: &Policies| told(&criminal, policies)[0].clone().unwrap().urgency;
    let term = "terms = [{ proceeding = \"contact-arrangement\", working_days = 1 }]";
    assert_eq!(urgency(&policies(term)), urgency(&Policies::default()).raised());
}
