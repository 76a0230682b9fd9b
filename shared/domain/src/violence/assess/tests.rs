//! Cases as they happen, told from registration to withdrawal.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::article::Article;
use crate::case_number::CaseNumber;
use crate::court::Court;
use crate::fact::linker::WhyUnlinked;
use crate::ids::{CaseId, ChargeId, HearingId, LinkId, Pair, PartyId};
use crate::proceeding::ProceedingKind;
use crate::role::Capacity;
use crate::violence::catalogue::{ChargeParticulars, OffencePeriod, Tag};
use crate::violence::elsewhere::Elsewhere;
use crate::violence::relation::Relation;
use crate::violence::status::{Begun, ChargeHistory, DismissalCode, Outcome, VerdictStep};
use crate::violence::view::{Correspondence, HearingView, LinkBasis, PartyView};
use crate::violence::working_days;

/// A Monday without holidays near.
pub(super) const TODAY: Date = date(2026, 9, 7);

pub(super) fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn someone(name: &str, roles: &[&str], capacity: Option<Capacity>) -> PartyView {
    let roles = roles.iter().map(|code| Role::parse(code).unwrap()).collect();
    PartyView { party: party(name), roles, capacity, died: false, shielded: false, detention: None }
}

fn matter(name: &str, kind: &str, parties: Vec<PartyView>) -> MatterView {
    let kind = ProceedingKind::parse(kind).unwrap();
    MatterView {
        case: CaseId::derived(&[name]),
        jurisdiction: kind.jurisdiction(),
        kind,
        court: Court::all().next().unwrap(),
        numbers: CaseNumber::parse_all("C/10/712345 / FA RK 26-812").unwrap(),
        registered_on: Some(date(2026, 9, 1)),
        closed_on: None,
        hearings: Vec::new(),
        parties,
        charges: Vec::new(),
        orders: Vec::new(),
        contact: Vec::new(),
        special_guardian: false,
        final_on: None,
        decided_on: None,
        elsewhere: Elsewhere::default(),
        decision_pending: false,
        withheld: BTreeSet::new(),
        former_courts: BTreeSet::new(),
    }
}

/// F1: the father asks for contact with two children, of whom one stands in the criminal case as well.
pub(super) fn contact_case() -> MatterView {
    matter(
        "F1",
        "contact-arrangement",
        vec![
            someone("F1 father", &["petitioner"], Some(Capacity::Father)),
            someone("F1 mother", &["respondent"], Some(Capacity::Mother)),
            someone("F1 child", &["minor"], Some(Capacity::Child)),
            someone("F1 other child", &["minor"], Some(Capacity::Child)),
            someone("F1 lawyer", &["lawyer"], None),
        ],
    )
}

/// S1: a case against the father.
pub(super) fn criminal_case(charges: Vec<ChargeView>) -> MatterView {
    let parties = vec![
        someone("S1 father", &["suspect"], None),
        someone("S1 mother", &["victim"], None),
        someone("S1 child", &["victim"], None),
        someone("S1 stranger", &["victim"], None),
        someone("S1 lawyer", &["lawyer"], None),
    ];
    MatterView { charges, ..matter("S1", "adult-criminal", parties) }
}

pub(super) fn charge(name: &str, articles: &str, victims: &[&str]) -> ChargeView {
    ChargeView {
        charge: ChargeId::derived(&[name]),
        suspect: party("S1 father"),
        victims: victims.iter().map(|victim| party(victim)).collect(),
        particulars: ChargeParticulars {
            articles: Article::parse_list(articles).unwrap(),
            period: OffencePeriod::on(date(2026, 3, 14)),
            tags: BTreeSet::new(),
        },
        history: ChargeHistory { begun: Begun::Brought, ..ChargeHistory::default() },
    }
}

pub(super) fn link(pairs: &[(&str, &str)]) -> LinkView {
    let cases = Pair::of(CaseId::derived(&["F1"]), CaseId::derived(&["S1"]));
    let persons = pairs.iter().map(|(own, other)| Correspondence { own: party(own), parallel: party(other) }).collect();
    LinkView { link: LinkId::between(cases), basis: LinkBasis::Hard, persons }
}

pub(super) fn family_link() -> LinkView {
    link(&[("F1 father", "S1 father"), ("F1 mother", "S1 mother"), ("F1 child", "S1 child")])
}

pub(super) fn assault() -> ChargeView {
    charge("assault", "300/304", &["S1 mother"])
}

pub(super) fn verdict(mut charge: ChargeView, instance: Instance, outcome: Outcome) -> ChargeView {
    charge.history.verdicts.push(VerdictStep { instance, outcome });
    charge
}

fn dismissed(mut charge: ChargeView, code: &str) -> ChargeView {
    charge.history.dismissal = Some(DismissalCode::parse(code).unwrap());
    charge
}

fn final_now(mut charge: ChargeView) -> ChargeView {
    charge.history.irrevocable = true;
    charge
}

pub(super) fn with_hearing(mut matter: MatterView, on: Date) -> MatterView {
    matter.hearings.push(HearingView { hearing: HearingId::derived(&["hearing", &on.to_string()]), on });
    matter
}

/// What the judge of `own` is told of violence or of a family case.
fn assess(own: &MatterView, parallel: &MatterView, link: &LinkView, today: Date) -> Option<Assessment> {
    SignalKind::GROUPS[0].iter().find_map(|kind| by_default::assess(*kind, own, parallel, link, today))
}

/// Why a signal of violence, or of a family case, no longer stands.
fn withdrawal_reason(
    own: Option<&MatterView>,
    parallel: Option<&MatterView>,
    link: Option<&LinkView>,
    unlinked: WhyUnlinked,
) -> WithdrawalReason {
    let criminal = own.is_some_and(|own| own.jurisdiction == Jurisdiction::Criminal);
    let kind = if criminal { SignalKind::ParallelFamilyCase } else { SignalKind::ViolenceIndication };
    by_default::withdrawal_reason(kind, own, parallel, link, unlinked)
}

/// What the judge of F1 is told of S1 with these charges.
fn told(charges: Vec<ChargeView>) -> Option<Assessment> {
    assess(&contact_case(), &criminal_case(charges), &family_link(), TODAY)
}

fn why(charges: Vec<ChargeView>) -> WithdrawalReason {
    withdrawal_reason(
        Some(&contact_case()),
        Some(&criminal_case(charges)),
        Some(&family_link()),
        WhyUnlinked::NotOnePerson,
    )
}

fn codes(assessment: &Assessment) -> Vec<(&'static str, Status, Relation)> {
    assessment.indicators.iter().map(|line| (line.indicator.code(), line.status, line.relation)).collect()
}

#[test]
fn scenario_1_a_straight_hit_tells_both_judges() {
    let family = with_hearing(contact_case(), working_days::add(TODAY, 20));
    let criminal = criminal_case(vec![assault()]);
    let told = assess(&family, &criminal, &family_link(), TODAY).unwrap();
    assert_eq!(told.kind, SignalKind::ViolenceIndication);
    assert_eq!((told.tier, told.urgency), (Some(2), Urgency::Normal));
    assert_eq!(codes(&told), [("assault-simple", Status::S30, Relation::Partner)]);
    assert_eq!(told.indicators[0].period, "2026-03");
    assert_eq!(told.indicators[0].suspect.capacity, Some(Capacity::Father));
    assert_eq!(told.indicators[0].victims[0].capacity, Some(Capacity::Mother));
    assert_eq!(told.persons.len(), 2, "the child is in both cases but not in this charge");
    assert_eq!(told.parallel_phase, Phase::Prosecuted);

    let back = assess(&criminal, &family, &family_link().turned(), TODAY).unwrap();
    assert_eq!(back.kind, SignalKind::ParallelFamilyCase);
    assert_eq!((back.tier, back.indicators.len()), (None, 0));
    assert_eq!(back.parallel_phase, Phase::HearingPlanned);
    assert_eq!(back.parallel_hearing, told.own_hearing);
    let roles: Vec<_> = back.persons.iter().map(|person| (&person.own.roles, &person.parallel_roles)).collect();
    let of = |code: &str| BTreeSet::from([Role::parse(code).unwrap()]);
    assert!(roles.contains(&(&of("suspect"), &of("petitioner"))));
    assert!(roles.contains(&(&of("victim"), &of("respondent"))));
}

#[test]
fn scenario_3_a_robbery_by_a_stranger_tells_nobody() {
    let robbery = charge("robbery", "317", &["S1 mother"]);
    let criminal = criminal_case(vec![robbery, assault()]);
    let victim_only = link(&[("F1 mother", "S1 mother")]);
    assert_eq!(assess(&contact_case(), &criminal, &victim_only, TODAY), None);
    assert_eq!(assess(&criminal, &contact_case(), &victim_only.turned(), TODAY), None);
}

#[test]
fn scenario_4_a_shared_lawyer_tells_nobody() {
    let lawyer = link(&[("F1 lawyer", "S1 lawyer"), ("F1 father", "S1 lawyer"), ("F1 lawyer", "S1 father")]);
    assert_eq!(assess(&contact_case(), &criminal_case(vec![assault()]), &lawyer, TODAY), None);
}

#[test]
fn scenario_9_the_same_article_before_and_after_the_change_of_law() {
    let on = |period| {
        let mut charge = charge("245", "245", &["S1 child"]);
        charge.particulars.period = period;
        told(vec![charge]).unwrap()
    };
    let (old, new) = (date(2024, 5, 10), date(2024, 8, 10));
    let meaning = |told: &Assessment| crate::violence::wording::offence(&told.indicators[0], crate::lang::Lang::Nl);
    assert_eq!(on(OffencePeriod::on(old)).tier, Some(1));
    assert!(meaning(&on(OffencePeriod::on(old))).contains("binnendringen, kind van 12 tot 16, oud recht"));
    assert!(meaning(&on(OffencePeriod::on(new))).contains("aanranding, kind van 16 tot 18"));
    let both = on(OffencePeriod::new(old, Some(new)).unwrap());
    assert_eq!(both.both_regimes, [ChargeId::derived(&["245"])]);
    assert_eq!(both.indicators.len(), 2);
    assert_eq!(both.indicators[0].period, "2024-05/2024-08");
}

#[test]
fn scenario_10_and_11_a_dismissal_withdraws() {
    assert_eq!(told(vec![dismissed(assault(), "01")]), None);
    assert_eq!(why(vec![dismissed(assault(), "01")]), WithdrawalReason::DismissedWronglySuspected);
    assert_eq!(told(vec![dismissed(assault(), "02")]), None);
    assert_eq!(why(vec![dismissed(assault(), "02")]), WithdrawalReason::Dismissed);
    let by_policy = told(vec![dismissed(assault(), "40")]).unwrap();
    assert_eq!((by_policy.tier, by_policy.urgency), (None, Urgency::Low));
    assert_eq!(by_policy.indicators[0].tier, None);
}

#[test]
fn scenario_12_the_ladder_to_an_acquittal() {
    let convicted = verdict(assault(), Instance::First, Outcome::Convicted);
    let acquitted = verdict(convicted.clone(), Instance::Appeal, Outcome::Acquitted);
    let step = |charge: &ChargeView| told(vec![charge.clone()]).unwrap();
    assert_eq!(codes(&step(&convicted)), [("assault-simple", Status::S40, Relation::Partner)]);
    assert_eq!(step(&convicted).parallel_phase, Phase::Judged);
    assert_eq!(codes(&step(&acquitted)), [("assault-simple", Status::X40, Relation::Partner)]);
    assert_eq!((step(&acquitted).tier, step(&acquitted).urgency), (None, Urgency::Low));
    assert_eq!(told(vec![final_now(acquitted.clone())]), None);
    assert_eq!(why(vec![final_now(acquitted)]), WithdrawalReason::Acquitted);
}

#[test]
fn scenario_13_an_acquittal_of_one_charge_says_nothing_of_the_other() {
    let stalking = verdict(charge("stalking", "285b", &["S1 mother"]), Instance::First, Outcome::Convicted);
    let hitting_the_child = charge("child", "300", &["S1 child"]);
    let acquitted = final_now(verdict(hitting_the_child, Instance::First, Outcome::Acquitted));
    let told = told(vec![stalking, acquitted]).unwrap();
    assert_eq!(codes(&told), [("stalking", Status::S40, Relation::Partner)]);
    assert_eq!(told.persons.len(), 2, "the child is no longer told of");
}

#[test]
fn scenario_14_proven_but_not_punishable_stays() {
    let proven = final_now(verdict(assault(), Instance::First, Outcome::NotPunishable));
    assert_eq!(told(vec![proven]).unwrap().indicators[0].status, Status::S55);
}

#[test]
fn scenario_24_a_verdict_waits_for_its_charge() {
    let mut early = verdict(assault(), Instance::First, Outcome::Convicted);
    early.history.begun = Begun::Unknown;
    assert_eq!(told(vec![early.clone()]), None);
    early.history.begun = Begun::Brought;
    assert_eq!(told(vec![early]).unwrap().indicators[0].status, Status::S40);
}

#[test]
fn scenario_28_mutual_accusations_are_both_told() {
    let mut back = charge("back", "300", &["S1 father"]);
    back.suspect = party("S1 mother");
    let told = told(vec![assault(), back]).unwrap();
    let suspects: Vec<_> = told.indicators.iter().map(|line| line.suspect.capacity).collect();
    assert_eq!(suspects, [Some(Capacity::Father), Some(Capacity::Mother)]);
}

#[test]
fn scenario_29_strangers_only_where_the_catalogue_says_so() {
    assert_eq!(told(vec![charge("bar fight", "300", &["S1 stranger"])]), None);
    let images = told(vec![charge("images", "252", &["S1 stranger"])]).unwrap();
    assert_eq!(codes(&images), [("csam", Status::S30, Relation::ThirdParty)]);
    assert_eq!(images.indicators[0].victims, []);
    assert_eq!(images.persons.len(), 1);
    assert_eq!(codes(&told(vec![charge("weapon", "Wwm 26", &[])]).unwrap()).len(), 1);
}

#[test]
fn a_stranger_beside_a_victim_of_the_family_leaves_no_trace() {
    let alone = told(vec![charge("one", "302", &["S1 mother"])]);
    assert_eq!(told(vec![charge("one", "302", &["S1 mother", "S1 stranger"])]), alone);
    let convicted =
        |victims: &[&str]| told(vec![verdict(charge("one", "287", victims), Instance::First, Outcome::Convicted)]);
    assert_eq!(convicted(&["S1 mother", "S1 stranger"]), convicted(&["S1 mother"]));
}

#[test]
fn scenario_30_a_hearing_moved_near_is_more_urgent() {
    let criminal = criminal_case(vec![assault()]);
    let urgency = |days| {
        let family = with_hearing(contact_case(), working_days::add(TODAY, days));
        assess(&family, &criminal, &family_link(), TODAY).unwrap().urgency
    };
    assert_eq!((urgency(30), urgency(2)), (Urgency::Normal, Urgency::High));
    let held = with_hearing(contact_case(), date(2026, 9, 4));
    assert_eq!(assess(&held, &criminal, &family_link(), TODAY).unwrap().own_hearing, None);
}

#[test]
fn a_term_that_passed_is_a_step_up() {
    let family = MatterView { kind: ProceedingKind::parse("provisional-measures").unwrap(), ..contact_case() };
    let told = assess(&family, &criminal_case(vec![assault()]), &family_link(), TODAY).unwrap();
    assert_eq!(told.urgency, Urgency::High, "registered four working days ago, term two");
}

#[test]
fn scenario_19_a_case_against_a_minor_is_told_to_youth_courts_only() {
    let mut hitting_mother = charge("son", "300/304", &["S1 mother"]);
    hitting_mother.suspect = party("S1 child");
    let youth_criminal = MatterView {
        kind: ProceedingKind::parse("youth-criminal").unwrap(),
        parties: vec![someone("S1 child", &["suspect"], None), someone("S1 mother", &["victim"], None)],
        ..criminal_case(vec![hitting_mother])
    };
    let supervision = MatterView {
        kind: ProceedingKind::parse("supervision-order").unwrap(),
        jurisdiction: Jurisdiction::Youth,
        ..contact_case()
    };
    assert_eq!(assess(&contact_case(), &youth_criminal, &family_link(), TODAY), None);
    assert_eq!(assess(&youth_criminal, &contact_case(), &family_link().turned(), TODAY), None);
    let told = assess(&supervision, &youth_criminal, &family_link(), TODAY).unwrap();
    let in_household = |code| (code, Status::S30, Relation::Household);
    assert_eq!(codes(&told), ["assault-simple", "youth-domestic-offender"].map(in_household));
    assert!(assess(&youth_criminal, &supervision, &family_link().turned(), TODAY).is_some());
}

#[test]
fn who_is_whose_parent_is_told_to_no_criminal_court() {
    let criminal = criminal_case(vec![assault()]);
    let parentage = MatterView { kind: ProceedingKind::parse("parentage").unwrap(), ..contact_case() };
    assert_eq!(assess(&criminal, &parentage, &family_link().turned(), TODAY), None);
    let mut contact = contact_case();
    contact.parties[0].roles.insert(Role::parse("biological-parent").unwrap());
    let told = assess(&criminal, &contact, &family_link().turned(), TODAY).unwrap();
    assert!(!serde_json::to_string(&told).unwrap().contains("biological"));
}

#[test]
fn a_child_who_saw_it_is_told_by_number() {
    let mut criminal = criminal_case(vec![assault()]);
    criminal.charges[0].particulars.tags.insert(Tag::parse("child-witness").unwrap());
    criminal.parties[2] = someone("S1 child", &["child-witness"], None);
    let told = assess(&contact_case(), &criminal, &family_link(), TODAY).unwrap();
    let witness = told.indicators.iter().find(|line| line.indicator.code() == "child-witness").unwrap();
    assert_eq!(witness.relation, Relation::Child);
    let ordinal = witness.victims[0].ordinal.unwrap();
    assert!((1..=2).contains(&ordinal));
    assert_eq!(told.persons.len(), 3);
}

#[test]
fn a_role_that_outlived_its_conviction_is_not_told() {
    let mut criminal = criminal_case(vec![assault()]);
    criminal.parties[0].roles.insert(Role::parse("convicted").unwrap());
    let told = |criminal: &MatterView| assess(&contact_case(), criminal, &family_link(), TODAY).unwrap();
    let mentions = |told: &Assessment| serde_json::to_string(&told.persons).unwrap().contains("convicted");
    assert!(!mentions(&told(&criminal)));
    criminal.charges = vec![verdict(assault(), Instance::First, Outcome::Convicted)];
    assert!(mentions(&told(&criminal)));
}

#[test]
fn an_unknown_article_is_named_beside_what_is_known_and_tells_nothing_alone() {
    let unknown = || charge("unknown", "312", &["S1 mother"]);
    assert_eq!(told(vec![unknown()]), None);
    assert_eq!(told(vec![assault(), unknown()]).unwrap().unknown_articles, [ChargeId::derived(&["unknown"])]);
}

#[test]
fn context_alone_calls_for_nobody() {
    let insult = || charge("insult", "266", &["S1 mother"]);
    assert_eq!(told(vec![insult(), charge("window", "350", &["S1 mother"])]), None);
    let beside = told(vec![insult(), assault()]).unwrap();
    assert_eq!((beside.indicators.len(), beside.tier), (2, Some(2)));
}

#[test]
fn closed_cases_and_withdrawn_links() {
    let criminal = criminal_case(vec![assault()]);
    let closed = MatterView { closed_on: Some(TODAY), ..contact_case() };
    assert_eq!(assess(&closed, &criminal, &family_link(), TODAY), None);
    assert_eq!(
        withdrawal_reason(Some(&closed), Some(&criminal), Some(&family_link()), WhyUnlinked::NotOnePerson),
        WithdrawalReason::OwnCaseClosed
    );
    let turned = family_link().turned();
    assert_eq!(assess(&criminal, &closed, &turned, TODAY), None);
    assert_eq!(
        withdrawal_reason(Some(&criminal), Some(&closed), Some(&turned), WhyUnlinked::NotOnePerson),
        WithdrawalReason::ParallelCaseClosed
    );
    assert_eq!(
        withdrawal_reason(Some(&closed), Some(&criminal), None, WhyUnlinked::NotOnePerson),
        WithdrawalReason::LinkWithdrawn
    );
    let judged = MatterView { closed_on: Some(TODAY), ..criminal_case(vec![assault()]) };
    let told = assess(&contact_case(), &judged, &family_link(), TODAY).unwrap();
    assert_eq!(told.parallel_phase, Phase::Closed, "a criminal case that ended still tells what it found");
    assert_eq!(why(vec![charge("insult", "266", &["S1 mother"])]), WithdrawalReason::ParticularsChanged);
}

#[test]
fn two_cases_of_one_kind_tell_nothing() {
    assert_eq!(assess(&contact_case(), &contact_case(), &family_link(), TODAY), None);
    let criminal = criminal_case(vec![assault()]);
    assert_eq!(assess(&criminal, &criminal, &family_link(), TODAY), None);
}

#[test]
fn an_assessment_reads_back_and_holds_no_record_of_a_party() {
    let told = told(vec![assault(), charge("child", "245", &["S1 child"])]).unwrap();
    let json = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<Assessment>(&json).unwrap(), told);
    for record in contact_case().parties.iter().chain(&criminal_case(vec![]).parties) {
        assert!(!json.contains(&record.party.to_string()));
    }
}

fn eventful() -> (MatterView, MatterView, LinkView) {
    let mut witnessed = charge("witnessed", "285/45", &["S1 mother", "S1 stranger"]);
    witnessed.particulars.tags.insert(Tag::parse("child-witness").unwrap());
    let acquitted =
        verdict(verdict(assault(), Instance::First, Outcome::Convicted), Instance::Appeal, Outcome::Acquitted);
    let charges = vec![
        witnessed,
        acquitted,
        charge("child", "300/302/304", &["S1 child", "S1 mother"]),
        charge("images", "252/310", &[]),
        dismissed(charge("stalking", "285b", &["S1 mother"]), "02"),
    ];
    let family = with_hearing(with_hearing(contact_case(), date(2026, 9, 10)), date(2026, 10, 1));
    (family, with_hearing(criminal_case(charges), date(2026, 11, 2)), family_link())
}

fn shuffled<T: Clone + std::fmt::Debug + 'static>(list: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    Just(list).prop_shuffle()
}

fn disordered(matter: MatterView) -> impl Strategy<Value = MatterView> {
    let charges: Vec<_> = matter
        .charges
        .iter()
        .map(|charge| {
            let one = charge.clone();
            (
                shuffled(charge.victims.clone()),
                shuffled(charge.particulars.articles.clone()),
                shuffled(charge.history.verdicts.clone()),
            )
                .prop_map(move |(victims, articles, verdicts)| {
                    let mut charge = ChargeView { victims, ..one.clone() };
                    charge.particulars.articles = articles;
                    charge.history.verdicts = verdicts;
                    charge
                })
        })
        .collect();
    let charges = charges.prop_flat_map(shuffled);
    (charges, shuffled(matter.parties.clone()), shuffled(matter.hearings.clone()))
        .prop_map(move |(charges, parties, hearings)| MatterView { hearings, parties, charges, ..matter.clone() })
}

proptest! {
    #[test]
    fn the_order_of_lists_changes_nothing(
        family in disordered(eventful().0),
        criminal in disordered(eventful().1),
        persons in shuffled(eventful().2.persons),
    ) {
        let (plain_family, plain_criminal, plain_link) = eventful();
        let link = LinkView { persons, ..plain_link.clone() };
        let expected = assess(&plain_family, &plain_criminal, &plain_link, TODAY);
        prop_assert!(expected.as_ref().is_some_and(|told| told.indicators.len() > 3));
        prop_assert_eq!(assess(&family, &criminal, &link, TODAY), expected);
        prop_assert_eq!(
            assess(&criminal, &family, &link.turned(), TODAY),
            assess(&plain_criminal, &plain_family, &plain_link.turned(), TODAY)
        );
        prop_assert_eq!(family.normalised(), plain_family.normalised());
        prop_assert_eq!(criminal.normalised(), plain_criminal.normalised());
    }
}
