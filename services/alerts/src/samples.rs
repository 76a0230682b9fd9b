//! Made-up signals for the tests of this crate: two cases at Rotterdam, nobody real.

use std::collections::BTreeSet;

use domain::article::Article;
use domain::court::Court;
use domain::detention::Detention;
use domain::fact::alerts::{Handling, SetAsideReason, Signal, SignalWithdrawn};
use domain::fact::{Actor, AlertsFact, Author, Fact};
use domain::ids::{CaseId, ChargeId, FactId, OrderId, SignalId};
use domain::jurisdiction::Jurisdiction;
use domain::order_category::OrderCategory;
use domain::order_exception::OrderException;
use domain::order_kind::OrderKind;
use domain::proceeding::ProceedingKind;
use domain::role::{Capacity, Role};
use domain::violence::assess::{Assessment, IndicatorLine, PersonLine, Phase, RoleLine, SignalKind, WithdrawalReason};
use domain::violence::assessment::{
    ConflictLine, ConflictStanding, ContactLine, KillingLine, Measure, OrderLine, OrderState,
};
use domain::violence::catalogue::{Indicator, LawVersion};
use domain::violence::relation::Relation;
use domain::violence::status::Status;
use domain::violence::urgency::Urgency;
use domain::violence::view::LinkBasis;
use jiff::civil::date;

use crate::inbox::{CaseReference, Entry, Handled, Told};

fn case(name: &str, jurisdiction: Jurisdiction, number: &str) -> CaseReference {
    CaseReference {
        id: CaseId::derived(&[name]),
        jurisdiction,
        proceeding: ProceedingKind::all().find(|kind| kind.jurisdiction() == jurisdiction).unwrap(),
        court: Court::parse("RBROT").unwrap(),
        numbers: vec![number.to_owned()],
    }
}

/// A family case at Rotterdam.
pub fn own_case() -> CaseReference {
    case("own", Jurisdiction::Family, "C/10/712345 / FA RK 26-812")
}

/// A criminal case at Rotterdam.
pub fn parallel_case() -> CaseReference {
    case("parallel", Jurisdiction::Criminal, "10-123456-26")
}

fn line(role: &str, capacity: Option<Capacity>, ordinal: Option<u32>) -> RoleLine {
    RoleLine { roles: BTreeSet::from([Role::parse(role).unwrap()]), capacity, ordinal }
}

/// What a family judge is told: two indicators of one charge, and an article that the catalogue does not know.
pub fn assessment() -> Assessment {
    let (father, mother) =
        (line("respondent", Some(Capacity::Father), None), line("petitioner", Some(Capacity::Mother), None));
    let child = line("minor", Some(Capacity::Child), Some(1));
    let indicator = |tier, relation, victims| IndicatorLine {
        charge: ChargeId::derived(&["charge"]),
        indicator: Indicator::parse("assault-simple").unwrap(),
        tier,
        articles: vec![Article::parse("Sr 300").unwrap(), Article::parse("Sr 304").unwrap()],
        law_version: LawVersion { from: Some(date(2024, 7, 1)), to: None },
        period: "2026-03".to_owned(),
        status: Status::S30,
        relation,
        suspect: father.clone(),
        victims,
    };
    Assessment {
        kind: SignalKind::ViolenceIndication,
        tier: Some(2),
        urgency: Urgency::High,
        indicators: vec![
            indicator(Some(2), Relation::Partner, vec![mother.clone()]),
            indicator(None, Relation::ThirdParty, Vec::new()),
        ],
        persons: vec![
            PersonLine {
                own: father.clone(),
                parallel_roles: BTreeSet::from([Role::parse("suspect").unwrap()]),
                detention: Some(Detention::parse("suspended-with-conditions").unwrap()),
            },
            PersonLine {
                own: mother.clone(),
                parallel_roles: BTreeSet::from([Role::parse("victim").unwrap()]),
                detention: None,
            },
            PersonLine { own: child.clone(), parallel_roles: BTreeSet::new(), detention: None },
        ],
        unknown_articles: vec![ChargeId::derived(&["other"])],
        both_regimes: Vec::new(),
        own_hearing: Some(date(2026, 9, 14)),
        parallel_hearing: None,
        parallel_phase: Phase::Prosecuted,
        basis: LinkBasis::Hard,
        orders: vec![order(&father, &[mother, child.clone()])],
        contact: Vec::new(),
        conflicts: Vec::new(),
        killing: None,
        special_guardian: false,
        court_hidden: false,
    }
}

fn order(father: &RoleLine, protects: &[RoleLine]) -> OrderLine {
    OrderLine {
        tier: Some(2),
        order: OrderId::derived(&["order"]),
        kind: OrderKind::parse("suspended-detention-condition").unwrap(),
        categories: [OrderCategory::parse("contact-ban").unwrap()].into(),
        state: OrderState::InForce,
        from: date(2026, 8, 1),
        until: Some(date(2026, 11, 1)),
        children_included: None,
        exceptions: [OrderException::parse("via-child-protection-worker").unwrap()].into(),
        immediately_enforceable: true,
        breach_reported: true,
        against: vec![father.clone()],
        protects: protects.to_vec(),
    }
}

/// What the judges on either side are told of a ban and an arrangement.
pub fn assessment_of_conflict() -> Assessment {
    let measure = |own, kind: Option<&str>, category: &str| Measure {
        own,
        order: None,
        kind: kind.map(|kind| OrderKind::parse(kind).unwrap()),
        categories: [OrderCategory::parse(category).unwrap()].into(),
        children_included: Some(true),
        exceptions: BTreeSet::new(),
        from: date(2026, 8, 1),
        until: Some(date(2027, 8, 1)),
    };
    Assessment {
        kind: SignalKind::ConflictingOrder,
        tier: None,
        urgency: Urgency::Urgent,
        indicators: Vec::new(),
        persons: Vec::new(),
        unknown_articles: Vec::new(),
        orders: Vec::new(),
        conflicts: vec![ConflictLine {
            standing: ConflictStanding::Possible,
            who: line("respondent", Some(Capacity::Father), None),
            whom: vec![line("minor", Some(Capacity::Child), Some(1))],
            forbids: measure(false, Some("restriction-order"), "contact-ban"),
            presumes: measure(true, None, "access-arrangement"),
        }],
        ..assessment()
    }
}

/// What a family judge is told of the killing of a parent.
pub fn assessment_of_killing() -> Assessment {
    Assessment {
        kind: SignalKind::PartnerKilling,
        tier: Some(1),
        urgency: Urgency::Urgent,
        indicators: Vec::new(),
        persons: Vec::new(),
        unknown_articles: Vec::new(),
        orders: Vec::new(),
        killing: Some(KillingLine {
            charge: ChargeId::derived(&["charge"]),
            status: Status::S30,
            suspect: line("respondent", Some(Capacity::Father), None),
            parent: line("petitioner", Some(Capacity::Mother), None),
            children: vec![line("minor", Some(Capacity::Child), Some(1))],
            request_from: Some(date(2029, 1, 10)),
        }),
        ..assessment()
    }
}

/// What a criminal judge is told.
pub fn assessment_of_family_case() -> Assessment {
    let suspect = line("suspect", None, None);
    Assessment {
        kind: SignalKind::ParallelFamilyCase,
        tier: None,
        urgency: Urgency::Normal,
        indicators: Vec::new(),
        persons: vec![PersonLine {
            own: suspect,
            parallel_roles: BTreeSet::from([Role::parse("respondent").unwrap()]),
            detention: None,
        }],
        unknown_articles: Vec::new(),
        both_regimes: Vec::new(),
        own_hearing: None,
        parallel_hearing: Some(date(2026, 9, 14)),
        parallel_phase: Phase::HearingPlanned,
        basis: LinkBasis::ConfirmedBySteward,
        orders: Vec::new(),
        contact: vec![ContactLine {
            allowed: true,
            from: date(2026, 8, 1),
            until: None,
            with: line("suspect", None, None),
            children: vec![line("minor", Some(Capacity::Child), Some(1))],
        }],
        conflicts: Vec::new(),
        killing: None,
        special_guardian: true,
        court_hidden: true,
    }
}

/// A signal in its second version.
pub fn signal() -> Signal {
    Signal {
        signal: SignalId::derived(&["signal"]),
        own: own_case().id,
        parallel: parallel_case().id,
        version: 2,
        as_of: date(2026, 9, 1),
        assessment: assessment(),
    }
}

/// The same signal, withdrawn.
pub fn withdrawn() -> SignalWithdrawn {
    let Signal { signal, own, parallel, .. } = signal();
    SignalWithdrawn { signal, own, parallel, version: 3, because: WithdrawalReason::Acquitted }
}

/// A fact of this service.
pub fn fact(told: AlertsFact) -> Fact {
    let at = "2026-09-01T10:00:00Z".parse().unwrap();
    Fact {
        id: FactId::derived(&["fact"]),
        body: told.into(),
        cause: FactId::derived(&["cause"]).uuid(),
        actor: Actor::service(Author::Alerts),
        event_time: at,
        recorded_at: at,
    }
}

/// Every kind of entry: to a family judge and unread; to a criminal judge, acknowledged, of a court that is not named; withdrawn; of
/// measures that may contradict each other; of the killing of a parent.
pub fn entries() -> [Entry; 5] {
    let (own, parallel) = (own_case(), parallel_case());
    let entry = |own: &CaseReference, told, version, read| Entry {
        signal: SignalId::derived(&["signal"]),
        version,
        own: own.clone(),
        told,
        raised_at: "2026-08-31T09:00:00Z".parse().unwrap(),
        changed_at: "2026-09-01T10:00:00Z".parse().unwrap(),
        read,
        acknowledged: read,
    };
    let stands = |assessment: Assessment, parallel: &CaseReference| Told::Stands {
        court_hidden: assessment.court_hidden,
        assessment: Box::new(assessment),
        as_of: date(2026, 9, 1),
        parallel: Box::new(parallel.clone()),
    };
    [
        entry(&own, stands(assessment(), &parallel), 2, 1),
        entry(&parallel, stands(assessment_of_family_case(), &own), 1, 1),
        entry(&own, Told::Withdrawn(WithdrawalReason::Acquitted), 3, 2),
        entry(&own, stands(assessment_of_conflict(), &parallel), 1, 0),
        entry(&own, stands(assessment_of_killing(), &parallel), 1, 0),
    ]
}

/// Everything a judge can record.
pub fn handlings() -> Vec<Handled> {
    let on = date(2026, 9, 14);
    let reasons = [
        SetAsideReason::AlreadyKnown,
        SetAsideReason::NotRelevant,
        SetAsideReason::CannotBeHeard,
        SetAsideReason::LinkDoubted,
    ];
    [Handling::DiscussedAtHearing { on }, Handling::ToldToParties { on }, Handling::DocumentsRequested { on }]
        .into_iter()
        .chain(reasons.into_iter().map(|reason| Handling::SetAside { reason }))
        .map(|handling| Handled { recorded_at: "2026-09-14T12:00:00Z".parse().unwrap(), version: 2, handling })
        .collect()
}
