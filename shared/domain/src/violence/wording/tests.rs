use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::*;
use crate::article::Article;
use crate::ids::{ChargeId, OrderId};
use crate::order_category::OrderCategory;
use crate::order_exception::OrderException;
use crate::order_ground::OrderGround;
use crate::order_kind::{OrderGroup, OrderKind};
use crate::violence::assessment::{
    ConflictLine, ConflictStanding, ContactLine, KillingLine, Measure, OrderLine, OrderState, Phase, WithdrawalReason,
};
use crate::violence::catalogue::{Indicator, LawVersion, Tag};
use crate::violence::dismissal::DismissalCode;
use crate::violence::relation::Relation;
use crate::violence::urgency::Urgency;
use crate::violence::view::LinkBasis;

const LANGS: [Lang; 2] = [Lang::Nl, Lang::En];
/// Words that say or suggest that somebody did it.
const GUILT: [&str; 9] =
    ["dader", "pleger", "schuldig", "boef", "perpetrator", "offender", "guilty", "culprit", "abuser"];

fn person(code: &str, capacity: Option<Capacity>, ordinal: Option<u32>) -> RoleLine {
    RoleLine { roles: BTreeSet::from([Role::parse(code).unwrap()]), capacity, ordinal }
}

fn line(indicator: &str, articles: &str, status: Status) -> IndicatorLine {
    IndicatorLine {
        charge: ChargeId::derived(&["charge"]),
        indicator: Indicator::parse(indicator).unwrap(),
        tier: Some(2),
        articles: Article::parse_list(articles).unwrap(),
        law_version: LawVersion::default(),
        period: "2026-03".to_owned(),
        status,
        relation: Relation::Partner,
        suspect: person("respondent", Some(Capacity::Father), None),
        victims: vec![person("petitioner", Some(Capacity::Mother), None)],
        dismissal: None,
    }
}

const FROM: Date = date(2026, 9, 1);
const UNTIL: Date = date(2027, 8, 31);

fn order_line(kind: OrderKind, state: OrderState) -> OrderLine {
    OrderLine {
        grounds: OrderGround::all().filter(|_| kind.group() == OrderGroup::ChildProtection).collect(),
        tier: kind.tier(),
        order: OrderId::derived(&["order"]),
        kind,
        categories: kind.categories().iter().copied().collect(),
        state,
        from: FROM,
        until: Some(UNTIL),
        children_included: None,
        exceptions: OrderException::all().collect(),
        immediately_enforceable: true,
        breach_reported: true,
        against: vec![person("respondent", Some(Capacity::Father), None)],
        protects: vec![person("petitioner", Some(Capacity::Mother), None), person("minor", None, Some(1))],
    }
}

fn one_measure(kind: Option<&str>, category: &str, own: bool) -> Measure {
    Measure {
        own,
        order: None,
        kind: kind.map(|kind| OrderKind::parse(kind).unwrap()),
        categories: [OrderCategory::parse(category).unwrap()].into(),
        children_included: None,
        exceptions: BTreeSet::new(),
        from: FROM,
        until: Some(UNTIL),
    }
}

fn conflict_line(standing: ConflictStanding) -> ConflictLine {
    ConflictLine {
        standing,
        who: person("respondent", Some(Capacity::Father), None),
        whom: vec![person("minor", None, Some(1))],
        forbids: one_measure(Some("restriction-order"), "contact-ban", false),
        presumes: one_measure(None, "access-arrangement", true),
    }
}

fn killing_line(status: Status, request_from: Option<Date>) -> KillingLine {
    KillingLine {
        charge: ChargeId::derived(&["charge"]),
        status,
        suspect: person("petitioner", Some(Capacity::Father), None),
        parent: person("respondent", Some(Capacity::Mother), None),
        children: vec![person("minor", None, Some(1))],
        request_from,
        too_soon: request_from.is_some(),
    }
}

fn contact_line(allowed: bool) -> ContactLine {
    let children = vec![person("minor", None, Some(2))];
    ContactLine { allowed, from: FROM, until: None, with: person("suspect", None, None), children }
}

#[test]
fn measures_as_a_judge_reads_them() {
    let mut line = order_line(OrderKind::parse("restriction-order").unwrap(), OrderState::InForce);
    line.categories = [OrderCategory::parse("contact-ban").unwrap()].into();
    line.exceptions.clear();
    line.breach_reported = false;
    assert_eq!(
        order(&line, Lang::Nl),
        "Vrijheidsbeperkende maatregel (contactverbod) bindt de verweerder (vader) tegenover de verzoekster (moeder) en \
         minderjarige 1: geldt van 2026-09-01 tot en met 2027-08-31; kinderen inbegrepen: onbekend."
    );
    assert_eq!(
        conflict(&conflict_line(ConflictStanding::Possible), Lang::Nl),
        "Mogelijk tegenstrijdig: in de andere zaak vrijheidsbeperkende maatregel (contactverbod), van 2026-09-01 tot en met \
         2027-08-31, verbiedt contact tussen de verweerder (vader) en minderjarige 1, terwijl in deze zaak omgang of \
         zorgverdeling, van 2026-09-01 tot en met 2027-08-31, van contact uitgaat."
    );
    assert_eq!(
        contact(&contact_line(false), Lang::En),
        "Contact between the suspect and minor 2 is denied, from 2026-09-01, without an end date."
    );
    let said = killing(&killing_line(Status::S30, Some(date(2029, 1, 10))), Lang::Nl);
    assert_eq!(
        said[0],
        "De strafzaak betreft het overlijden van de verweerster (moeder); verdachte is de verzoeker (vader): wordt vervolgd; \
         niet veroordeeld."
    );
    assert!(said[2].contains("2029-01-10"));
}

#[test]
fn no_text_says_that_measures_contradict_each_other() {
    for lang in LANGS {
        let possible = conflict(&conflict_line(ConflictStanding::Possible), lang);
        assert!(possible.starts_with(if lang == Lang::Nl { "Mogelijk" } else { "Possibly" }));
        for standing in [ConflictStanding::LeavesRoom, ConflictStanding::EndsBefore] {
            let told = conflict(&conflict_line(standing), lang);
            assert!(!told.contains("strijdig") && !told.contains("contradict"), "{told}");
        }
        for text in every_text() {
            assert!(!text.contains("in strijd") && !text.contains("is contradictory"), "{text}");
        }
    }
}

#[test]
fn a_sentence_as_a_judge_reads_it() {
    let pending = line("assault-simple", "300/304", Status::S30);
    assert_eq!(
        indicator(&pending, Lang::Nl),
        "Tegen de verweerder (vader) loopt een strafzaak wegens mishandeling, met de verzoekster (moeder) als genoemd \
         slachtoffer: wordt vervolgd; niet veroordeeld."
    );
    assert_eq!(
        indicator(&pending, Lang::En),
        "A criminal case is pending against the respondent (father) for assault, naming the petitioner (mother) as \
         victim: prosecuted; not convicted."
    );
}

#[test]
fn attempts_children_and_final_rulings_have_their_own_words() {
    let mut attempt = line("assault-grievous", "45/302", Status::S50);
    attempt.victims = vec![person("minor", None, Some(1)), person("minor", None, Some(2))];
    assert_eq!(
        indicator(&attempt, Lang::Nl),
        "Tegen de verweerder (vader) is een strafzaak gevoerd wegens zware mishandeling (poging), met minderjarige 1 en \
         minderjarige 2 als genoemd slachtoffer: onherroepelijk veroordeeld."
    );
    let witness = IndicatorLine { victims: attempt.victims, ..line("child-witness", "300", Status::S30) };
    assert!(indicator(&witness, Lang::Nl).contains("als genoemde getuige"));
}

#[test]
fn what_was_dropped_says_on_what_ground_and_when_as_far_as_that_is_told() {
    let dropped = |status, code: &str, on: Option<Date>| {
        let dismissal = DismissalLine { code: DismissalCode::parse(code).unwrap(), on };
        IndicatorLine { dismissal: Some(dismissal), tier: None, ..line("threat", "285", status) }
    };
    let told = |line: &IndicatorLine, lang| indicator(line, lang).rsplit_once(": ").unwrap().1.to_owned();
    let on = Some(date(2026, 10, 5));
    let technical = dropped(Status::X20, "02", on);
    assert_eq!(told(&technical, Lang::Nl), "geseponeerd (onvoldoende bewijs, 2026-10-05).");
    assert_eq!(told(&technical, Lang::En), "dismissed by the prosecution (insufficient evidence, 2026-10-05).");
    assert!(indicator(&technical, Lang::Nl).contains("is een strafzaak gevoerd"), "it does not run any more");
    assert_eq!(told(&dropped(Status::X20, "02", None), Lang::Nl), "geseponeerd (onvoldoende bewijs).");
    let unknown = told(&dropped(Status::X20, "13", on), Lang::En);
    assert_eq!(unknown, "dismissed by the prosecution (on a ground that is not known here, 2026-10-05).");
    // Whose ground is one of policy says so already.
    assert_eq!(told(&dropped(Status::X30, "40", on), Lang::Nl), "niet vervolgd om beleidsredenen (2026-10-05).");
    assert_eq!(told(&dropped(Status::X30, "40", None), Lang::Nl), "niet vervolgd om beleidsredenen.");
}

#[test]
fn nobody_is_mentioned_where_nobody_of_the_case_was_harmed() {
    let alone = IndicatorLine { victims: Vec::new(), ..line("csam", "252", Status::S30) };
    assert_eq!(
        indicator(&alone, Lang::Nl),
        "Tegen de verweerder (vader) loopt een strafzaak wegens kinderpornografie: wordt vervolgd; niet veroordeeld."
    );
}

#[test]
fn a_criminal_judge_reads_roles_only() {
    let line = PersonLine {
        own: person("victim", None, None),
        parallel_roles: BTreeSet::from([Role::parse("minor").unwrap()]),
        detention: None,
    };
    assert_eq!(
        parallel(&line, Lang::Nl),
        "Het slachtoffer staat in een lopende familie- of jeugdzaak als minderjarige."
    );
}

/// Every text that this module and its neighbours can show.
fn every_text() -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for lang in LANGS {
        let mut add = |text: &str| texts.push(text.to_owned());
        add(coverage(lang));
        add(correction(lang));
        add(late_correction(lang));
        add(another_court(lang));
        (1..=4).for_each(|one| add(tier(one, lang)));
        for kind in SignalKind::GROUPS.into_iter().flatten().copied() {
            add(kind.label(lang));
            for step in next_steps(kind, lang) {
                add(step);
            }
        }
        for urgency in Urgency::ALL {
            add(urgency.label(lang));
        }
        for relation in Relation::ALL {
            add(relation.label(lang));
        }
        Tag::all().for_each(|one| add(one.label(lang)));
        Indicator::all().for_each(|one| add(one.label(lang)));
        for phase in [
            Phase::Pending,
            Phase::HearingPlanned,
            Phase::Suspected,
            Phase::Prosecuted,
            Phase::Judged,
            Phase::JudgedOnAppeal,
            Phase::Irrevocable,
            Phase::Closed,
        ] {
            add(phase.label(lang));
        }
        for reason in [
            WithdrawalReason::LinkWithdrawn,
            WithdrawalReason::OwnCaseClosed,
            WithdrawalReason::ParallelCaseClosed,
            WithdrawalReason::DismissedWronglySuspected,
            WithdrawalReason::Dismissed,
            WithdrawalReason::Acquitted,
            WithdrawalReason::ProsecutionEnded,
            WithdrawalReason::TooLongAgo,
            WithdrawalReason::GoesOnElsewhere,
            WithdrawalReason::OrdersChanged,
            WithdrawalReason::ParticularsChanged,
            WithdrawalReason::NothingToTell,
        ] {
            add(reason.label(lang));
        }
        for state in [OrderState::InForce, OrderState::NotYet, OrderState::Suspended, OrderState::Over] {
            OrderKind::all().for_each(|kind| add(&order(&order_line(kind, state), lang)));
        }
        for standing in [ConflictStanding::Possible, ConflictStanding::LeavesRoom, ConflictStanding::EndsBefore] {
            add(standing.label(lang));
            add(&conflict(&conflict_line(standing), lang));
        }
        for basis in [LinkBasis::Hard, LinkBasis::Soft, LinkBasis::ConfirmedBySteward] {
            add(basis.label(lang));
        }
        for allowed in [true, false] {
            add(&contact(&contact_line(allowed), lang));
        }
        for status in Status::ALL {
            for from in [None, Some(UNTIL)] {
                for said in killing(&killing_line(status, from), lang) {
                    add(&said);
                }
            }
        }
        (0..100).filter_map(|code| DismissalCode::parse(&format!("{code:02}")).ok()?.label(lang)).for_each(&mut add);
        for status in Status::ALL {
            add(status.label(lang));
            add(status.disclaimer(lang));
            for one in Indicator::all() {
                add(&indicator(&line(one.code(), "45/242/300", status), lang));
            }
        }
    }
    texts
}

#[test]
fn no_text_calls_a_suspicion_guilt() {
    for text in every_text() {
        assert!(!text.trim().is_empty());
        let lower = text.to_lowercase();
        for word in GUILT {
            assert!(!lower.contains(word), "{word:?} in {text:?}");
        }
    }
}

#[test]
fn only_a_conviction_is_called_one() {
    for status in Status::ALL.into_iter().filter(|status| !status.reaches(Status::S40)) {
        let (nl, en) = (status.label(Lang::Nl), status.label(Lang::En));
        assert!(!nl.replace("niet veroordeeld", "").contains("veroordeeld"), "{nl}");
        assert!(!en.replace("not convicted", "").contains("convicted"), "{en}");
    }
    for status in [Status::X40, Status::X50] {
        for lang in LANGS {
            let text = status.disclaimer(lang);
            assert!(!text.contains("bewijs") && !text.contains("evidence"), "doubt about an acquittal: {text}");
        }
    }
}
