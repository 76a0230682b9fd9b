//! Made-up signals for the tests of this crate: two cases at Rotterdam, nobody real.

use std::collections::BTreeSet;

use domain::article::Article;
use domain::court::Court;
use domain::fact::alerts::{Handling, SetAsideReason, Signal, SignalWithdrawn};
use domain::fact::{Actor, AlertsFact, Author, Fact};
use domain::ids::{CaseId, ChargeId, FactId, SignalId};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use domain::role::{Capacity, Role};
use domain::violence::assess::{Assessment, IndicatorLine, PersonLine, Phase, RoleLine, SignalKind, WithdrawalReason};
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
            PersonLine { own: father, parallel_roles: BTreeSet::from([Role::parse("suspect").unwrap()]) },
            PersonLine { own: mother, parallel_roles: BTreeSet::from([Role::parse("victim").unwrap()]) },
            PersonLine { own: child, parallel_roles: BTreeSet::new() },
        ],
        unknown_articles: vec![ChargeId::derived(&["other"])],
        both_regimes: Vec::new(),
        own_hearing: Some(date(2026, 9, 14)),
        parallel_hearing: None,
        parallel_phase: Phase::Prosecuted,
        basis: LinkBasis::Hard,
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
        }],
        unknown_articles: Vec::new(),
        both_regimes: Vec::new(),
        own_hearing: None,
        parallel_hearing: Some(date(2026, 9, 14)),
        parallel_phase: Phase::HearingPlanned,
        basis: LinkBasis::ConfirmedBySteward,
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

/// Every kind of entry: to a family judge and unread; to a criminal judge, acknowledged; withdrawn.
pub fn entries() -> [Entry; 3] {
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
    let stands = |assessment, parallel: &CaseReference| Told::Stands {
        assessment: Box::new(assessment),
        as_of: date(2026, 9, 1),
        parallel: Box::new(parallel.clone()),
    };
    [
        entry(&own, stands(assessment(), &parallel), 2, 1),
        entry(&parallel, stands(assessment_of_family_case(), &own), 1, 1),
        entry(&own, Told::Withdrawn(WithdrawalReason::Acquitted), 3, 2),
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
