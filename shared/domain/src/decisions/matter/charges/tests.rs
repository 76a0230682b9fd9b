//! Cases as they go on in one another, and what is left of each charge.

use jiff::civil::{Date, date};

use super::*;
use crate::court::Court;
use crate::ids::ChargeId;
use crate::proceeding::ProceedingKind;
use crate::violence::catalogue::ChargeParticulars;
use crate::violence::elsewhere::Elsewhere;
use crate::violence::status::{Begun, Instance, Outcome, Status, VerdictStep};

use Instance::{Appeal, Cassation, First};
use Outcome::{Acquitted, Convicted, SummonsVoid};
use Passage::{Followed, Joined, Referred};

/// A charge: name, articles, month, who is suspected of it.
type Charged = (&'static str, &'static str, i8, &'static str);
/// A verdict on a charge.
type Said = (&'static str, Instance, Outcome);
/// A case: name, its charges, what was said of them, and whether it is final.
type Case<'a> = (&'static str, &'a [Charged], &'a [Said], bool);
/// What is left of a charge: by what it was called last, and its status.
type Left = (&'static str, Status);

const ASSAULT: Charged = ("assault", "300/304", 3, "he");
const STALKING: Charged = ("stalking", "285b", 4, "he");

fn case(name: &str) -> CaseId {
    CaseId::derived(&[name])
}

fn person(name: &str) -> PersonId {
    PersonId::derived(&[name])
}

/// The record of a person in a case.
fn record(case: &str, who: &str) -> PartyId {
    PartyId::derived(&[case, who])
}

fn charge(of: &str, (name, articles, month, who): Charged) -> ChargeView {
    ChargeView {
        charge: ChargeId::derived(&[of, name]),
        suspect: record(of, who),
        victims: vec![record(of, "she")],
        particulars: ChargeParticulars {
            articles: Article::parse_list(articles).unwrap(),
            period: OffencePeriod::on(date(2026, month, 7)),
            tags: BTreeSet::new(),
        },
        history: ChargeHistory { begun: Begun::Brought, ..ChargeHistory::default() },
    }
}

/// S… at first instance, H… on appeal, C… in cassation; the later in the alphabet the later registered.
fn view((name, charges, said, is_final): Case, on: Date) -> MatterView {
    let kind = match name.chars().next() {
        Some('H') => "criminal-appeal",
        Some('C') => "criminal-cassation",
        _ => "adult-criminal",
    };
    let kind = ProceedingKind::parse(kind).unwrap();
    let final_on = is_final.then_some(date(2027, 1, 1));
    let charges = charges.iter().map(|one| {
        let mut charge = charge(name, *one);
        let verdicts = said.iter().filter(|(of, ..)| *of == one.0);
        charge.history.verdicts =
            verdicts.map(|(_, instance, outcome)| VerdictStep { instance: *instance, outcome: *outcome }).collect();
        (charge.history.irrevocable, charge.history.final_on) = (is_final, final_on);
        charge
    });
    MatterView {
        case: case(name),
        jurisdiction: kind.jurisdiction(),
        kind,
        court: Court::parse("RBROT").unwrap(),
        numbers: Vec::new(),
        registered_on: Some(on),
        closed_on: None,
        hearings: Vec::new(),
        parties: Vec::new(),
        charges: charges.collect(),
        orders: Vec::new(),
        contact: Vec::new(),
        special_guardian: false,
        final_on,
        decided_on: None,
        elsewhere: Elsewhere::default(),
        decision_pending: false,
        withheld: BTreeSet::new(),
        former_courts: BTreeSet::new(),
    }
}

/// Who is known: he and she, in every case.
fn persons() -> BTreeMap<PartyId, PersonId> {
    let cases = ["S1", "S2", "S3", "H1", "H2", "C1"];
    cases.iter().flat_map(|case| ["he", "she"].map(|who| (record(case, who), person(who)))).collect()
}

fn steps(steps: &[(&str, &str, Passage)]) -> BTreeSet<Step> {
    steps.iter().map(|(from, to, how)| Step { from: case(from), to: case(to), how: *how }).collect()
}

/// What is left, whatever the order in which the cases are given.
fn left(
    views: &[MatterView],
    steps: &BTreeSet<Step>,
    persons: &BTreeMap<PartyId, PersonId>,
) -> BTreeMap<ChargeId, Status> {
    let mut views: Vec<&MatterView> = views.iter().collect();
    let mut answers = Vec::new();
    for _ in 0..views.len() {
        views.rotate_left(1);
        let charges = each_once(&views, steps, persons).into_values().flatten();
        answers.push(charges.map(|charge| (charge.charge, Status::from_history(&charge.history).unwrap())).collect());
    }
    assert!(answers.windows(2).all(|two: &[BTreeMap<ChargeId, Status>]| two[0] == two[1]), "whatever the order");
    answers.remove(0)
}

/// What happens, the cases, how they go on in one another, and what is left: by the case that brought it last.
type Row<'a> = (&'a str, &'a [Case<'a>], &'a [Way], &'a [(&'static str, Left)]);
type Way = (&'static str, &'static str, Passage);

const CONVICTED: &[Said] = &[("assault", First, Convicted)];
const ACQUITTED: &[Said] = &[("assault", Appeal, Acquitted)];
const BOTH: &[Charged] = &[ASSAULT, STALKING];
const BOTH_CONVICTED: &[Said] = &[("assault", First, Convicted), ("stalking", First, Convicted)];
const TO_HOF: &[Way] = &[("S1", "H1", Followed)];
const TO_CASSATION: &[Way] = &[("S1", "H1", Followed), ("H1", "C1", Followed)];
const TWO_APPEALS: &[Way] = &[("S1", "H1", Followed), ("S1", "H2", Followed)];
const BACK: &[Way] = &[("S1", "H1", Followed), ("H1", "C1", Followed), ("C1", "H2", Followed)];

fn holds(table: &[Row]) {
    for (what, cases, course, expected) in table {
        let day = |place: usize| date(2026, 9, 1 + i8::try_from(place).unwrap());
        let views: Vec<MatterView> = cases.iter().enumerate().map(|(place, case)| view(*case, day(place))).collect();
        let expected: BTreeMap<ChargeId, Status> =
            expected.iter().map(|(of, (name, status))| (ChargeId::derived(&[of, name]), *status)).collect();
        assert_eq!(left(&views, &steps(course), &persons()), expected, "{what}");
    }
}

#[test]
fn the_verdict_of_the_latest_instance_that_decided_on_a_charge_counts() {
    holds(&[
        (
            "an appeal that brings nothing yet keeps the conviction from being final",
            &[("S1", &[ASSAULT], CONVICTED, true), ("H1", &[], &[], false)],
            TO_HOF,
            &[("S1", ("assault", Status::S40))],
        ),
        (
            "an acquittal on appeal stays one when a cassation without charges follows",
            &[("S1", &[ASSAULT], CONVICTED, false), ("H1", &[ASSAULT], ACQUITTED, true), ("C1", &[], &[], false)],
            TO_CASSATION,
            &[("H1", ("assault", Status::X40))],
        ),
        (
            "and is final once that is",
            &[("S1", &[ASSAULT], CONVICTED, false), ("H1", &[ASSAULT], ACQUITTED, false), ("C1", &[], &[], true)],
            TO_CASSATION,
            &[("H1", ("assault", Status::X50))],
        ),
        (
            "a cassation that brings the charge without deciding on it revives nothing either",
            &[
                ("S1", &[ASSAULT], CONVICTED, false),
                ("H1", &[ASSAULT], ACQUITTED, true),
                ("C1", &[ASSAULT], &[], false),
            ],
            TO_CASSATION,
            &[("C1", ("assault", Status::X40))],
        ),
        (
            "an appeal that speaks of no charge leaves the acquittal before it",
            &[("S1", &[ASSAULT], &[("assault", First, Acquitted)], true), ("H1", &[], &[], false)],
            TO_HOF,
            &[("S1", ("assault", Status::X40))],
        ),
        (
            "what is not appealed against stands as it stood",
            &[("S1", BOTH, BOTH_CONVICTED, false), ("H1", &[ASSAULT], ACQUITTED, true)],
            TO_HOF,
            &[("S1", ("stalking", Status::S40)), ("H1", ("assault", Status::X50))],
        ),
        (
            "and becomes final by itself",
            &[("S1", BOTH, BOTH_CONVICTED, true), ("H1", &[ASSAULT], &[], false)],
            TO_HOF,
            &[("S1", ("stalking", Status::S50)), ("H1", ("assault", Status::S40))],
        ),
        (
            "a cassation against an appeal against part says nothing of the rest",
            &[("S1", BOTH, BOTH_CONVICTED, true), ("H1", &[ASSAULT], ACQUITTED, true), ("C1", &[], &[], false)],
            TO_CASSATION,
            &[("S1", ("stalking", Status::S50)), ("H1", ("assault", Status::X40))],
        ),
    ]);
}

#[test]
fn and_so_it_is_with_several_appeals_joined_cases_and_referrals() {
    holds(&[
        (
            "two appeals against a part each",
            &[
                ("S1", BOTH, BOTH_CONVICTED, false),
                ("H1", &[ASSAULT], ACQUITTED, true),
                ("H2", &[STALKING], &[("stalking", Appeal, Convicted)], false),
            ],
            TWO_APPEALS,
            &[("H1", ("assault", Status::X50)), ("H2", ("stalking", Status::S45))],
        ),
        (
            "two appeals against the same, of which one is decided",
            &[
                ("S1", &[ASSAULT], CONVICTED, false),
                ("H1", &[ASSAULT], ACQUITTED, true),
                ("H2", &[ASSAULT], &[], false),
            ],
            TWO_APPEALS,
            &[("H2", ("assault", Status::X40))],
        ),
        (
            "after a referral back the new ruling counts, and not the one that was quashed",
            &[
                ("S1", &[ASSAULT], CONVICTED, false),
                ("H1", &[ASSAULT], ACQUITTED, false),
                ("C1", &[], &[], false),
                ("H2", &[ASSAULT], &[("assault", Appeal, Convicted)], false),
            ],
            BACK,
            &[("H2", ("assault", Status::S45))],
        ),
        (
            "a first instance that tells of the appeal itself is not set aside by an appeal that says nothing yet",
            &[
                ("S1", &[ASSAULT], &[("assault", First, Convicted), ("assault", Appeal, Acquitted)], false),
                ("H1", &[ASSAULT], &[], false),
            ],
            TO_HOF,
            &[("H1", ("assault", Status::X40))],
        ),
        (
            "a later instance that leaves the merits aside is the last word all the same",
            &[("S1", &[ASSAULT], CONVICTED, false), ("H1", &[ASSAULT], &[("assault", Appeal, SummonsVoid)], false)],
            TO_HOF,
            &[("H1", ("assault", Status::X60))],
        ),
        (
            "a decision of the highest court ends it",
            &[
                ("S1", &[ASSAULT], CONVICTED, false),
                ("H1", &[ASSAULT], ACQUITTED, false),
                ("C1", &[ASSAULT], &[("assault", Cassation, Acquitted)], false),
            ],
            TO_CASSATION,
            &[("C1", ("assault", Status::X50))],
        ),
        (
            "joined cases keep their charges apart, and the appeal is against both",
            &[
                ("S1", &[ASSAULT], CONVICTED, false),
                ("S2", &[("another", "300/304", 6, "he")], &[("another", First, Convicted)], false),
                ("H1", &[ASSAULT, ("another", "300/304", 6, "he")], ACQUITTED, false),
            ],
            &[("S1", "S2", Joined), ("S2", "H1", Followed)],
            &[("H1", ("assault", Status::X40)), ("H1", ("another", Status::S40))],
        ),
        (
            "a referral takes all along: what is not brought again is pursued no more",
            &[("S1", BOTH, &[], false), ("S2", &[ASSAULT], &[], false)],
            &[("S1", "S2", Referred)],
            &[("S2", ("assault", Status::S30))],
        ),
        (
            "a conviction counts for no charge but the one it was on",
            &[("S1", &[ASSAULT], CONVICTED, false), ("H1", &[STALKING], &[], false)],
            TO_HOF,
            &[("H1", ("stalking", Status::S30))],
        ),
    ]);
}

#[test]
fn two_charges_under_one_article_are_told_apart_by_their_days() {
    let (march, may) = (("march", "300", 3, "he"), ("may", "300", 5, "he"));
    let first = ("S1", &[march, may][..], &[("march", First, Acquitted), ("may", First, Convicted)][..], false);
    let appeal = ("H1", &[may, march][..], &[][..], false);
    let views = [view(first, date(2026, 9, 1)), view(appeal, date(2026, 11, 1))];
    let left = left(&views, &steps(&[("S1", "H1", Followed)]), &persons());
    let of = |name: &str| left[&ChargeId::derived(&["H1", name])];
    assert_eq!((of("march"), of("may"), left.len()), (Status::X40, Status::S40, 2));
}

#[test]
fn whoever_is_not_known_on_appeal_is_known_from_before() {
    let first = view(("S1", &[ASSAULT], &[("assault", First, Convicted)], false), date(2026, 9, 1));
    let appeal = view(("H1", &[ASSAULT], &[("assault", Appeal, Acquitted)], false), date(2026, 11, 1));
    let mut known = persons();
    known.retain(|record, _| *record != self::record("H1", "he") && *record != self::record("H1", "she"));
    let charges = each_once(&[&first, &appeal], &steps(&[("S1", "H1", Followed)]), &known);
    let [charge] = &charges[&case("H1")][..] else { panic!("{charges:?}") };
    assert_eq!(Status::from_history(&charge.history), Some(Status::X40), "not the conviction that was set aside");
    assert_eq!(charge.suspect, record("S1", "he"));
    assert!(charge.victims.contains(&record("S1", "she")));
}

#[test]
fn somebody_else_is_another_charge_and_a_case_that_may_not_be_told_is_passed_over() {
    let first = view(("S1", &[ASSAULT], &[("assault", First, Convicted)], false), date(2026, 9, 1));
    let other = view(("H1", &[("assault", "300/304", 3, "she")], &[], false), date(2026, 11, 1));
    let to_hof = steps(&[("S1", "H1", Followed)]);
    assert_eq!(left(&[first.clone(), other], &to_hof, &persons()).len(), 2);
    let last = view(("C1", &[], &[], false), date(2026, 12, 1));
    let final_before = view(("S1", &[ASSAULT], &[("assault", First, Convicted)], true), date(2026, 9, 1));
    let course = steps(&[("S1", "H1", Followed), ("H1", "C1", Followed)]);
    let left = left(&[final_before, last], &course, &persons());
    assert_eq!(left.into_values().collect::<Vec<_>>(), [Status::S40], "as if the one had followed the other");
}

#[test]
fn an_appeal_that_was_withdrawn_leaves_everything_as_it_was() {
    let first = view(("S1", &[ASSAULT], &[("assault", First, Convicted)], true), date(2026, 9, 1));
    let closed_on = Some(date(2026, 12, 1));
    let appeal = MatterView { closed_on, ..view(("H1", &[], &[], false), date(2026, 11, 1)) };
    let left = left(&[first, appeal], &steps(&[("S1", "H1", Followed)]), &persons());
    assert_eq!(left.into_values().collect::<Vec<_>>(), [Status::S50]);
}

#[test]
fn cases_that_follow_each_other_end_all_the_same() {
    let one = view(("S1", &[ASSAULT], &[("assault", First, Convicted)], false), date(2026, 9, 1));
    let other = view(("S2", &[ASSAULT], &[], false), date(2026, 9, 2));
    let course = steps(&[("S1", "S2", Followed), ("S2", "S1", Followed)]);
    assert_eq!(left(&[one, other], &course, &persons()).len(), 1);
}
