//! For whom there is a party version, what it says, and who lets it go.

use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::court::Court;
use crate::fact::IntakeFact;
use crate::fact::alerts::SignalWithdrawn;
use crate::fact::intake::parties::ShieldingChanged;
use crate::fact::intake::requests::ClerksAssigned;
use crate::fact::intake::{CaseRegistered, JudgesAssigned, PartyAdded};
use crate::fact::linker::LinkedPerson;
use crate::fact::{Actor, Author, SourceVersion};
use crate::ids::{EventId, FactId, KeyId, LinkId, PersonId};
use crate::jurisdiction::Jurisdiction;
use crate::proceeding::ProceedingKind;
use crate::sealed::Sealed;
use crate::violence::assessment::{Assessment, PersonLine, WithdrawalReason};
use crate::violence::view::LinkBasis;

const TODAY: Date = date(2026, 9, 14);

fn own() -> CaseId {
    CaseId::derived(&["own"])
}

fn parallel() -> CaseId {
    CaseId::derived(&["parallel"])
}

fn signal() -> SignalId {
    SignalId::derived(&["signal"])
}

fn who(name: &str) -> Subject {
    Subject::parse(name).unwrap()
}

fn party(name: &str) -> PartyId {
    PartyId::derived(&[name])
}

fn fact(body: impl Into<Body>) -> Fact {
    Fact {
        id: FactId::derived(&["fact"]),
        body: body.into(),
        cause: uuid::Uuid::nil(),
        actor: Actor::service(Author::Alerts),
        event_time: Timestamp::UNIX_EPOCH,
        recorded_at: Timestamp::UNIX_EPOCH,
    }
}

fn version(sequence: u64) -> SourceVersion {
    SourceVersion { sequence, time: Timestamp::UNIX_EPOCH, event: EventId::derived(&[&sequence.to_string()]) }
}

fn added(case: CaseId, sequence: u64, name: &str, role: &str) -> Fact {
    fact(IntakeFact::PartyAdded(PartyAdded {
        case,
        party: party(name),
        version: version(sequence),
        roles: [Role::parse(role).unwrap()].into(),
        capacity: None,
        details: Sealed::new(KeyId::of_party(party(name)), String::new()),
        died: false,
    }))
}

fn registered(case: CaseId, jurisdiction: Jurisdiction, proceeding: &str) -> Fact {
    fact(IntakeFact::CaseRegistered(CaseRegistered {
        case,
        version: version(1),
        jurisdiction,
        proceeding: ProceedingKind::parse(proceeding).unwrap(),
        court: Court::parse("RBROT").unwrap(),
        numbers: Vec::new(),
        registered_on: TODAY,
        follows: None,
    }))
}

fn assessment() -> Assessment {
    let text = include_str!("../../../fixtures/alerts.signal-raised.json");
    let sample: serde_json::Value = serde_json::from_str(text).unwrap();
    let mut assessment: Assessment = serde_json::from_value(sample["assessment"].clone()).unwrap();
    let own = RoleLine { roles: BTreeSet::new(), capacity: None, ordinal: None };
    assessment.persons =
        vec![PersonLine { own, parallel_roles: [Role::parse("suspect").unwrap()].into(), detention: None }];
    assessment
}

fn raised(version: u32) -> Fact {
    fact(AlertsFact::SignalRaised(Signal {
        signal: signal(),
        own: own(),
        parallel: parallel(),
        version,
        as_of: TODAY,
        assessment: assessment(),
    }))
}

/// The father is suspected in the other case, where a neighbour stands as well; the mother and the child stand in this one only.
fn before() -> Vec<Fact> {
    let cases = Pair::of(own(), parallel());
    let (ours, theirs) = (BTreeSet::from([party("father")]), BTreeSet::from([party("suspect")]));
    let (in_a, in_b) = if cases.a == own() { (ours, theirs) } else { (theirs, ours) };
    let person = LinkedPerson {
        person: PersonId::derived(&["p"]),
        in_a,
        in_b,
        basis: LinkBasis::Hard,
        roles_in_a: BTreeSet::new(),
        roles_in_b: BTreeSet::new(),
    };
    let link = CasesLinked { link: LinkId::between(cases), cases, persons: [person].into() };
    let judges = JudgesAssigned { case: own(), version: version(2), judges: [who("judge-anna")].into() };
    let clerks = ClerksAssigned { case: own(), version: version(3), clerks: [who("clerk-elif")].into() };
    vec![
        registered(own(), Jurisdiction::Family, "contact-arrangement"),
        fact(IntakeFact::JudgesAssigned(judges)),
        fact(IntakeFact::ClerksAssigned(clerks)),
        added(own(), 4, "father", "petitioner"),
        added(own(), 5, "mother", "respondent"),
        added(own(), 6, "child", "minor"),
        added(own(), 7, "lawyer", "lawyer"),
        registered(parallel(), Jurisdiction::Criminal, "adult-criminal"),
        added(parallel(), 2, "suspect", "suspect"),
        added(parallel(), 3, "neighbour", "victim"),
        fact(LinkerFact::CasesLinked(link)),
        raised(1),
    ]
}

fn decide(facts: &[Fact], by: &str, act: Act, version: Option<u32>) -> Result<Vec<AlertsFact>, Refusal> {
    let (by, today) = (who(by), TODAY);
    let decision = Disclose { signal: signal(), own: own(), parallel: parallel(), by, act, version, today };
    let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
    decision.decide(&known)
}

fn prepared(facts: &mut Vec<Fact>, recipient: &str) -> PartyVersionPrepared {
    let mut writes = decide(facts, "judge-anna", Act::Prepare(party(recipient)), None).unwrap();
    facts.extend(writes.iter().cloned().map(fact));
    match writes.pop() {
        Some(AlertsFact::PartyVersionPrepared(prepared)) => prepared,
        other => panic!("{other:?}"),
    }
}

fn state(facts: &[Fact]) -> PartyVersion {
    let mut versions = PartyVersions::default();
    for fact in facts {
        if let Body::Alerts(told) = &fact.body {
            versions.hear(told);
        }
    }
    versions.all().pop().unwrap()
}

#[test]
fn a_recipient_is_told_of_their_own_case_and_nobody_elses() {
    let mut facts = before();
    let father = prepared(&mut facts, "father");
    assert_eq!(father.cases.len(), 1);
    assert_eq!(father.cases[0].roles, [Role::parse("suspect").unwrap()].into());
    let said = serde_json::to_string(&father.cases).unwrap();
    assert!(!said.contains("victim") && !said.contains(&party("neighbour").to_string()), "{said}");
    let mother = prepared(&mut facts, "mother");
    assert!(mother.cases.is_empty(), "she stands in no other case: set wordings only");
    for nobody in ["child", "lawyer", "suspect", "stranger"] {
        let refused = decide(&facts, "judge-anna", Act::Prepare(party(nobody)), None);
        assert_eq!(refused, Err(Refusal::NoSuchRecipient), "{nobody}");
    }
}

#[test]
fn where_somebody_is_shielded_nobody_else_learns_of_any_case() {
    for shielded in ["mother", "neighbour"] {
        let mut facts = before();
        let case = if shielded == "mother" { own() } else { parallel() };
        let (version, party) = (version(20), party(shielded));
        let shielding = ShieldingChanged { case, version, party, address: true, person: false };
        facts.push(fact(IntakeFact::ShieldingChanged(shielding)));
        assert!(prepared(&mut facts, "father").cases.is_empty(), "{shielded}");
    }
    let mut facts = before();
    let (case, version, party) = (own(), version(20), party("father"));
    let shielding = ShieldingChanged { case, version, party, address: true, person: false };
    facts.push(fact(IntakeFact::ShieldingChanged(shielding)));
    assert_eq!(prepared(&mut facts, "father").cases.len(), 1, "his own hiding place is no secret to himself");
}

#[test]
fn a_clerk_of_the_case_lets_it_go_before_anybody_is_told() {
    let mut facts = before();
    let id = prepared(&mut facts, "father").party_version;
    let tell = |facts: &[Fact], on| decide(facts, "judge-anna", Act::Tell(id, on), None);
    assert_eq!(tell(&facts, TODAY), Err(Refusal::NotReleased));
    for by in ["judge-anna", "clerk-else"] {
        assert_eq!(decide(&facts, by, Act::Check(id, None), None), Err(Refusal::NotTheirs), "{by}");
    }
    assert_eq!(decide(&facts, "clerk-elif", Act::Tell(id, TODAY), None), Err(Refusal::NotTheirs));
    let released = decide(&facts, "clerk-elif", Act::Check(id, None), None).unwrap();
    facts.extend(released.into_iter().map(fact));
    assert_eq!(decide(&facts, "clerk-elif", Act::Check(id, None), None), Ok(Vec::new()), "twice is once");
    let no = Act::Check(id, Some(CheckRefusal::OthersCase));
    assert_eq!(decide(&facts, "clerk-elif", no, None), Err(Refusal::AlreadyChecked));
    assert_eq!(tell(&facts, date(2026, 9, 15)), Err(Refusal::InTheFuture));
    let told = tell(&facts, TODAY).unwrap();
    facts.extend(told.into_iter().map(fact));
    assert_eq!(tell(&facts, TODAY), Ok(Vec::new()));
    assert_eq!(state(&facts).state, State::Told(TODAY));
}

#[test]
fn what_was_told_and_has_changed_since_says_so() {
    let mut facts = before();
    let id = prepared(&mut facts, "father").party_version;
    let again = decide(&facts, "judge-anna", Act::Prepare(party("father")), Some(1));
    assert_eq!(again, Ok(Vec::new()), "one for each recipient and version");
    facts.push(raised(2));
    let stale = Err(Refusal::Stale { current: 2 });
    assert_eq!(decide(&facts, "clerk-elif", Act::Check(id, None), None), stale);
    assert_eq!(decide(&facts, "judge-anna", Act::Prepare(party("father")), Some(1)), stale);
    let id = prepared(&mut facts, "father").party_version;
    let refused = decide(&facts, "clerk-elif", Act::Check(id, Some(CheckRefusal::TooEarly)), None).unwrap();
    facts.extend(refused.into_iter().map(fact));
    let id = prepared(&mut facts, "father").party_version;
    for (by, act) in [("clerk-elif", Act::Check(id, None)), ("judge-anna", Act::Tell(id, TODAY))] {
        let writes = decide(&facts, by, act, None).unwrap();
        facts.extend(writes.into_iter().map(fact));
    }
    assert!(!state(&facts).overtaken);
    let (signal, own, parallel) = (signal(), own(), parallel());
    let because = WithdrawalReason::LinkWithdrawn;
    facts.push(fact(AlertsFact::SignalWithdrawn(SignalWithdrawn {
        signal,
        own,
        parallel,
        version: 3,
        because,
        after_decision: false,
    })));
    let after = state(&facts);
    assert!(after.overtaken && after.withdrawn && matches!(after.state, State::Told(_)), "it had been disclosed");
    assert_eq!(decide(&facts, "judge-anna", Act::Prepare(party("father")), None), Err(Refusal::Withdrawn));
}
