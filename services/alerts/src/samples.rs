//! Made-up signals for the tests of this crate: two cases at Rotterdam, nobody real.

use std::collections::BTreeSet;

use domain::article::Article;
use domain::case_number::CaseNumber;
use domain::court::Court;
use domain::decision_kind::DecisionKind;
use domain::decisions::attest::Standing;
use domain::decisions::disclose::{PartyVersion, State};
use domain::decisions::doubt_link::DoubtState;
use domain::decisions::procedure_history::{Outcome, Proceeding};
use domain::decisions::request_information::{Request, RequestState};
use domain::detention::Detention;
use domain::fact::alerts::{
    CheckRefusal, ConsultationAttested, DoubtReason, Handling, InformationRequested, PartyVersionPrepared, Rating,
    RatingReason, RecipientsCase, SeenSignal, SetAsideReason, Signal, SignalEscalated, SignalWithdrawn, SourceSeen,
    WhyRequestWithdrawn,
};
use domain::fact::{Actor, AlertsFact, Author, Fact, Subject};
use domain::ids::{AttestationId, CaseId, ChargeId, FactId, OrderId, PartyId, PartyVersionId, RequestId, SignalId};
use domain::information::{InformationAnswer, InformationBasis, InformationKind, InformationRefusal};
use domain::jurisdiction::Jurisdiction;
use domain::order_category::OrderCategory;
use domain::order_exception::OrderException;
use domain::order_ground::OrderGround;
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

use crate::attest::Attested;
use crate::cases::{Look, OwnCase};
use crate::disclosures::Disclosure;
use crate::escalations::Waiting;
use crate::inbox::{CaseReference, Entry, Handled, Told};
use crate::requests::Listed;
use crate::trail::{Doubt, Trail};

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
        dismissal: None,
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
        left_out: [Indicator::parse("doxing").unwrap()].into(),
        court_hidden: false,
    }
}

fn order(father: &RoleLine, protects: &[RoleLine]) -> OrderLine {
    OrderLine {
        grounds: OrderGround::all().collect(),
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
            too_soon: true,
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
        left_out: BTreeSet::new(),
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
    SignalWithdrawn { signal, own, parallel, version: 3, because: WithdrawalReason::Acquitted, after_decision: true }
}

/// That it waits.
pub fn escalated() -> SignalEscalated {
    let Signal { signal, own, version, .. } = signal();
    let (on, read_by) = (date(2026, 9, 25), date(2026, 9, 28));
    SignalEscalated { signal, own, version, on, read_by, without_judge: true }
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
        has_read_before: read > 0,
        escalated_on: (read == 0).then_some(date(2026, 9, 1)),
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
        entry(&own, Told::Withdrawn { because: WithdrawalReason::Acquitted, after_decision: true }, 3, 2),
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
    let decision = DecisionKind::parse("final").unwrap();
    let weighed = Handling::WeighedInDecision { on, decision };
    [Handling::DiscussedAtHearing { on }, Handling::ToldToParties { on }, Handling::DocumentsRequested { on }, weighed]
        .into_iter()
        .chain(reasons.into_iter().map(|reason| Handling::SetAside { reason }))
        .map(|handling| Handled { recorded_at: "2026-09-14T12:00:00Z".parse().unwrap(), version: 2, handling })
        .collect()
}

/// A rating, and every report in every state.
pub fn trail() -> Trail {
    let states = [DoubtState::Waiting, DoubtState::Confirmed, DoubtState::Corrected];
    let doubts = DoubtReason::ALL.iter().zip(states.into_iter().cycle()).map(|(reason, state)| Doubt {
        reported_at: "2026-09-14T12:00:00Z".parse().unwrap(),
        version: 2,
        reason: *reason,
        state,
    });
    Trail { rating: Rating::of(true, Some(RatingReason::NewToMe)), doubts: doubts.collect() }
}

/// An attestation of a case of which nothing stood.
pub fn attested() -> Attested {
    let (court, on) = (Court::parse("RBROT").unwrap(), date(2026, 9, 14));
    let source = |jurisdiction, heard| SourceSeen::heard(court, jurisdiction, heard, on);
    Attested {
        said: ConsultationAttested {
            attestation: AttestationId::derived(&["one"]),
            case: own_case().id,
            by: Subject::parse("judge-anna").unwrap(),
            court,
            numbers: vec![CaseNumber::parse("C/10/712345 / FA RK 26-812").unwrap()],
            on,
            repeat_after: date(2026, 10, 15),
            sources: vec![source(Jurisdiction::Family, on), source(Jurisdiction::Criminal, date(2026, 8, 1))],
            seen: Vec::new(),
        },
        at: "2026-09-14T08:00:00Z".parse().unwrap(),
        standing: Standing::Valid,
    }
}

/// Attestations that hold, were overtaken, and are too old; of the second something stood.
pub fn attestations() -> Vec<Attested> {
    let mut second = attested();
    second.standing = Standing::Superseded { since: "2026-09-20T08:00:00Z".parse().unwrap() };
    second.said.seen = vec![SeenSignal { signal: SignalId::derived(&["signal"]), version: 2, stands: true }];
    let mut third = attested();
    third.standing = Standing::Expired { since: date(2026, 10, 16) };
    vec![attested(), second, third]
}

/// A judge's cases: to be consulted again, consulted, with something unread, and never looked at.
pub fn own_cases() -> Vec<OwnCase> {
    let case = |on, unread: u32| OwnCase {
        case: own_case(),
        unread,
        stands: 1,
        look: Look { on, attested: None, changed: false, unread: unread > 0 },
    };
    vec![case(Some(date(2026, 9, 1)), 0), case(Some(date(2026, 10, 31)), 0), case(None, 2), case(None, 0)]
}

/// A request in every state, of which the first is late on 1 October 2026.
pub fn requests() -> Vec<Request> {
    let answer = |code| RequestState::Answered(InformationAnswer::parse(code).unwrap());
    let states = [
        RequestState::Sent,
        answer("received"),
        answer("answered"),
        answer("refused"),
        RequestState::Withdrawn(WhyRequestWithdrawn::NotNeeded),
        RequestState::Withdrawn(WhyRequestWithdrawn::SignalWithdrawn),
    ];
    let request = |state| Request {
        asked: InformationRequested {
            request: RequestId::derived(&["one"]),
            signal: SignalId::derived(&["signal"]),
            own: own_case().id,
            parallel: parallel_case().id,
            version: 2,
            by: Subject::parse("judge-anna").unwrap(),
            information: InformationKind::parse("state-of-affairs").unwrap(),
            basis: InformationBasis::parse("wjsg-8-1").unwrap(),
            on: date(2026, 9, 14),
            answer_by: date(2026, 9, 28),
        },
        at: "2026-09-14T08:00:00Z".parse().unwrap(),
        state,
        on: (state != RequestState::Sent).then_some(date(2026, 9, 20)),
        reason: (state == answer("refused")).then(|| InformationRefusal::parse("no-legal-basis").unwrap()),
        reminded: false,
    };
    states.map(request).into()
}

/// The same in a list: with and without the case that is asked about.
pub fn listed() -> Vec<Listed> {
    let mut requests = requests().into_iter();
    let one = |request, parallel| Listed { request, own: own_case(), parallel };
    vec![one(requests.next().unwrap(), Some(parallel_case())), one(requests.next().unwrap(), None)]
}

/// The parties who can be told.
pub fn recipients() -> Vec<(PartyId, RoleLine)> {
    vec![(PartyId::derived(&["father"]), line("respondent", Some(Capacity::Father), None))]
}

/// A party version in every state; the last was told of a signal that was withdrawn since.
pub fn disclosures() -> Vec<Disclosure> {
    let on = date(2026, 9, 14);
    let case = RecipientsCase {
        numbers: vec![CaseNumber::parse("10/123456-26").unwrap()],
        court: Court::parse("RBROT").unwrap(),
        jurisdiction: Jurisdiction::Criminal,
        proceeding: parallel_case().proceeding,
        roles: BTreeSet::from([Role::parse("suspect").unwrap()]),
        phase: Phase::Prosecuted,
    };
    let version = |state, cases: Vec<RecipientsCase>, withdrawn| Disclosure {
        version: PartyVersion {
            prepared: PartyVersionPrepared {
                party_version: PartyVersionId::derived(&["one"]),
                signal: SignalId::derived(&["signal"]),
                own: own_case().id,
                version: 2,
                by: Subject::parse("judge-anna").unwrap(),
                recipient: PartyId::derived(&["father"]),
                role: line("respondent", Some(Capacity::Father), None),
                on,
                cases,
            },
            state,
            overtaken: withdrawn,
            withdrawn,
        },
        own: own_case(),
    };
    vec![
        version(State::Waiting, vec![case.clone()], false),
        version(State::Released, Vec::new(), false),
        version(State::Refused(CheckRefusal::OthersCase), vec![case.clone()], false),
        version(State::Told(on), vec![case], true),
    ]
}

/// Cases in which something waits: of a judge, and of nobody.
pub fn waiting() -> Vec<Waiting> {
    let waiting = |has_judge| Waiting {
        case: own_case(),
        read_by: date(2026, 9, 28),
        escalated_on: date(2026, 9, 25),
        has_judge,
    };
    vec![waiting(true), waiting(false)]
}

/// A proceeding that one party brought, and one that somebody else did.
pub fn proceedings() -> Vec<Proceeding> {
    let proceeding = |brought_by, outcome| Proceeding {
        month: "2026-03".to_owned(),
        kind: own_case().proceeding,
        brought_by,
        outcome,
    };
    vec![
        proceeding(vec![line("respondent", Some(Capacity::Father), None)], Outcome::Rejected),
        proceeding(Vec::new(), Outcome::Pending),
    ]
}
