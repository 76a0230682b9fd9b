//! Decides which judges are to be told of what, whenever a case, a link or a matter changes.
//!
//! Invariant: order does not matter. Who handles a fact first locks the cases it is about and then looks up what they are one
//! matter with and what those are linked with; who handles a link or a matter locks its cases. So of a link and a fact that are
//! handled at the same time, the one that comes second sees the other, and decides on both. Which cases are one matter is known
//! by the facts that are there when it is decided, also those that nobody has handled yet: an appeal against a secret case is never
//! told of as if it stood alone.
//!
//! Who is shielded, and what was decided for good, follows from cases that are not locked as well: what changes there is a fact, and
//! whoever handles it decides on every case of the same persons.

use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use domain::decision::{Decision, Tags};
use domain::decisions::docket::Docket;
use domain::decisions::form_matters::Matters;
use domain::decisions::raise_signal::{Known, Matter, OF_OTHERS, RaiseSignal, may_count_elsewhere, others};
use domain::decisions::shielding::{self, Shielding};
use domain::fact::linker::Member;
use domain::fact::{AlertsFact, Body, Fact, IntakeFact};
use domain::ids::{CaseId, FactId, Pair, PartyId};
use domain::violence::policy::Policies;
use jiff::civil::Date;
use journal::{Cause, JournalError, Transaction};
use service::Service;
use uuid::Uuid;

use crate::read_model::{self, Surroundings};

/// Decides anew about a case and every case that it is or was linked with, because of facts about it, in the order in which they were
/// written. Answers what was written, as do the next two.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_case(service: &Service, facts: &[Fact], case: CaseId) -> Result<Vec<FactId>, JournalError> {
    let mut cases = BTreeSet::from([case]);
    if facts.iter().any(|fact| may_shield(&fact.body)) {
        let mut transaction = service.journal.begin().await?;
        let kinds = [&shielding::KINDS[..], &shielding::OF_PERSONS].concat();
        let facts = transaction.facts_of(&Tags::from([case.into()]), &kinds).await?;
        cases.extend(Shielding::of(&facts).concerned());
    }
    if facts.iter().any(|fact| may_count_elsewhere(&fact.body)) {
        let mut transaction = service.journal.begin().await?;
        let for_good = ["intake.case-became-final", "intake.contact-denied"];
        if !transaction.facts_of(&Tags::from([case.into()]), &for_good).await?.is_empty() {
            cases.extend(read_model::surroundings(transaction.sql(), &cases).await?.cases());
        }
    }
    let about = About { cases, links: None, matter: false };
    of_facts(service, facts, &about, facts.iter().any(|fact| changes_the_row(&fact.body))).await
}

/// Decides anew about two cases, because of a fact about the link between them.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_link(service: &Service, fact: &Fact, cases: Pair<CaseId>) -> Result<Vec<FactId>, JournalError> {
    let about = About { cases: [cases.a, cases.b].into(), links: Some(cases), matter: false };
    of_facts(service, from_ref(fact), &about, true).await
}

/// Decides anew about the cases of persons of whom a court said that they are shielded, or not, because of facts about who is who.
/// Of anybody else it is only noted that it was heard.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_persons(service: &Service, facts: Vec<(Fact, Vec<Member>)>) -> Result<Vec<FactId>, JournalError> {
    let mut transaction = service.journal.begin().await?;
    let all: BTreeSet<CaseId> = facts.iter().flat_map(|(_, members)| members).map(|member| member.case).collect();
    let spoken_of: BTreeSet<PartyId> = transaction
        .facts_of(&tags(&all), &["intake.shielding-changed"])
        .await?
        .iter()
        .filter_map(|fact| match &fact.body {
            Body::Intake(IntakeFact::ShieldingChanged(shielding)) => Some(shielding.party),
            _ => None,
        })
        .collect();
    let concerns = |members: &[Member]| members.iter().any(|member| spoken_of.contains(&member.party));
    let (facts, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(|(_, members)| concerns(members));
    if !others.is_empty() {
        let others: Vec<Uuid> = others.iter().map(|(fact, _)| fact.id.uuid()).collect();
        transaction.first_time_of(&others).await?;
        transaction.commit().await?;
    }
    let mut written = Vec::new();
    for (fact, members) in facts {
        let cases = members.iter().map(|member| member.case).collect();
        let about = About { cases, links: None, matter: false };
        written.extend(of_facts(service, from_ref(&fact), &about, false).await?);
    }
    Ok(written)
}

/// Decides anew about cases that are, or were, one matter.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_matter(service: &Service, fact: &Fact, cases: BTreeSet<CaseId>) -> Result<Vec<FactId>, JournalError> {
    of_facts(service, from_ref(fact), &About { cases, links: None, matter: true }, true).await
}

/// What a fact is about.
struct About {
    cases: BTreeSet<CaseId>,
    links: Option<Pair<CaseId>>,
    /// Whether it says what is one matter.
    matter: bool,
}

async fn of_facts(
    service: &Service,
    facts: &[Fact],
    about: &About,
    unlinked_too: bool,
) -> Result<Vec<FactId>, JournalError> {
    let ids: Vec<Uuid> = facts.iter().map(|fact| fact.id.uuid()).collect();
    let (mut held, mut matter) = (about.cases.clone(), about.matter);
    loop {
        let mut transaction = service.journal.begin().await?;
        held.extend(read_model::surroundings(transaction.sql(), &about.cases).await?.cases());
        transaction.lock(&tags(&held)).await?;
        // The inbox after the wait: whoever has written holds up every relay until it ends.
        let first = transaction.first_time_of(&ids).await?;
        // Of several the last: by then all that the decision rests on was told.
        let Some(last) = facts.iter().rfind(|fact| first.contains(&fact.id.uuid())) else { return Ok(Vec::new()) };
        if let Some(cases) = about.links {
            read_model::note_link(transaction.sql(), cases).await?;
        }
        if matter {
            let before = read_model::surroundings(transaction.sql(), &about.cases).await?.pairs();
            note_pairs(&mut transaction, &before).await?;
            let cases = note_matters(&mut transaction, &held).await?;
            if !cases.is_subset(&held) {
                held.extend(cases);
                continue;
            }
        }
        let around = read_model::surroundings(transaction.sql(), &about.cases).await?;
        if !around.cases().is_subset(&held) {
            // Something came in while waiting for the locks. All are taken in one call or none, so: from the start.
            held.extend(around.cases());
            continue;
        }
        // Without a link nobody is told of the case; only its own row can change.
        let mut written = Vec::new();
        if !around.linked.is_empty() || unlinked_too {
            let pairs = around.pairs();
            note_pairs(&mut transaction, &pairs).await?;
            let facts = read(&mut transaction, &held, &pairs).await?;
            let formed = formed(&facts, &held);
            if around.matters.iter().any(|(case, known)| formed.get(case) != Some(known)) {
                // The fact that says so is yet to be handled; nothing is told before, not even for a moment.
                held.extend(formed.into_values().flat_map(|matter| matter.cases));
                matter = true;
                continue;
            }
            let writes = follows(&pairs, service.clock.today(), &service.policies, &facts);
            written = write(&mut transaction, &around, &facts, writes, &because_of(service, last)).await?;
        }
        transaction.commit().await?;
        return Ok(written);
    }
}

/// Notes which of these cases are one matter, as all facts about them say, in the journal's order: facts may come in any. Answers
/// every case of those matters.
async fn note_matters(
    transaction: &mut Transaction,
    held: &BTreeSet<CaseId>,
) -> Result<BTreeSet<CaseId>, JournalError> {
    let facts = transaction.facts_of(&tags(held), &["linker.matter-formed", "linker.matter-dissolved"]).await?;
    let now = formed(&facts, held);
    let cases = now.values().flat_map(|matter| matter.cases.iter().copied()).collect();
    read_model::keep_matters(transaction.sql(), &now).await?;
    Ok(cases)
}

/// Of what matter each of these cases is part, by facts about them in the journal's order.
fn formed(facts: &[Fact], cases: &BTreeSet<CaseId>) -> BTreeMap<CaseId, Matter> {
    let matters = Matters::of_facts(facts);
    let of = |case: &CaseId| matters.of(*case).map_or_else(|| Matter::from(*case), Matter::from);
    cases.iter().map(|case| (*case, of(case))).collect()
}

/// Notes that what was told between the first cases of two matters is to be decided on, also when they are no matters any more.
async fn note_pairs(transaction: &mut Transaction, pairs: &BTreeSet<(Matter, Matter)>) -> Result<(), JournalError> {
    for (one, other) in pairs {
        if one.cases.len() + other.cases.len() > 2 {
            for (one, other) in
                one.told().iter().flat_map(|one| other.told().into_iter().map(move |other| (one, other)))
            {
                read_model::note_link(transaction.sql(), Pair::of(one.began_as, other.began_as)).await?;
            }
        }
    }
    Ok(())
}

/// The facts about these cases and about whatever was told between these matters, in the journal's order, and after them what is
/// said in other cases that has a bearing.
async fn read(
    transaction: &mut Transaction,
    held: &BTreeSet<CaseId>,
    pairs: &BTreeSet<(Matter, Matter)>,
) -> Result<Vec<Fact>, JournalError> {
    // Which signals there may be depends on the matters alone.
    let (today, policies) = (Date::MIN, Policies::default());
    let signals = pairs.iter().flat_map(|(one, other)| {
        let both = [(one, other), (other, one)];
        both.into_iter().flat_map(|(own, parallel)| {
            let (own, parallel, policies) = (own.clone(), parallel.clone(), policies.clone());
            RaiseSignal { own, parallel, today, policies }.signals()
        })
    });
    let all: Tags = tags(held).into_iter().chain(signals.map(Into::into)).collect();
    let mut facts = transaction.facts(&all).await?;
    let elsewhere = said_elsewhere(transaction, held, &facts).await?;
    facts.extend(elsewhere);
    Ok(facts)
}

/// What is said in other cases that has a bearing on these, by the facts about these.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn said_elsewhere(
    transaction: &mut Transaction,
    cases: &BTreeSet<CaseId>,
    facts: &[Fact],
) -> Result<Vec<Fact>, JournalError> {
    transaction.facts_of(&tags(&others(cases, facts)), &OF_OTHERS).await
}

/// Decides anew about two cases because of the day it is. Writes at most once for a cause.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn of_day(service: &Service, cases: Pair<CaseId>, today: Date, cause: &Cause) -> Result<(), JournalError> {
    let mut transaction = service.journal.begin().await?;
    let about = BTreeSet::from([cases.a, cases.b]);
    let held = read_model::surroundings(transaction.sql(), &about).await?.cases();
    transaction.lock(&tags(&held)).await?;
    let around = read_model::surroundings(transaction.sql(), &about).await?;
    if !around.cases().is_subset(&held) {
        // What came in meanwhile is a fact, and handling it decides on this day too.
        return Ok(());
    }
    let of = |case: CaseId| around.matters.get(&case).cloned().unwrap_or_else(|| Matter::from(case));
    let (one, other) = (of(cases.a), of(cases.b));
    // The two of this signal only: every other has a turn of its own today.
    let wanted = |pair: &(Matter, Matter)| [(&one, &other), (&other, &one)].contains(&(&pair.0, &pair.1));
    let pairs: BTreeSet<(Matter, Matter)> = around.pairs().into_iter().filter(wanted).collect();
    let about: BTreeSet<CaseId> = one.cases.union(&other.cases).copied().collect();
    let facts = read(&mut transaction, &about, &pairs).await?;
    let formed = formed(&facts, &about);
    if about.iter().any(|case| formed.get(case) != Some(&of(*case))) {
        // As above.
        return Ok(());
    }
    let around = Surroundings { matters: about.iter().map(|case| (*case, of(*case))).collect(), ..around.clone() };
    let writes = follows(&pairs, today, &service.policies, &facts);
    // Where this cause has written already, what is new is a fact that is yet to be handled, and handling it decides again.
    if writes.is_empty() || !transaction.first_time(cause.id).await? {
        return Ok(());
    }
    write(&mut transaction, &around, &facts, writes, cause).await?;
    transaction.commit().await
}

/// Whether a fact may change who is shielded: see [`shielding::KINDS`].
const fn may_shield(body: &Body) -> bool {
    use IntakeFact::{EventCorrected, EventRetracted, ShieldingChanged};
    matches!(body, Body::Intake(ShieldingChanged(_) | EventRetracted(_) | EventCorrected(_)))
}

/// Whether a fact may change what a case is called, who has it, or whether it is over.
const fn changes_the_row(body: &Body) -> bool {
    matches!(
        body,
        Body::Intake(
            IntakeFact::CaseRegistered(_)
                | IntakeFact::JudgesAssigned(_)
                | IntakeFact::ClerksAssigned(_)
                | IntakeFact::CaseClosed(_)
                | IntakeFact::CaseWithdrawn(_)
                | IntakeFact::EmbargoLifted(_)
                | IntakeFact::EventRetracted(_)
                | IntakeFact::EventCorrected(_)
        )
    )
}

/// Appends what follows and brings the read model up to date. The caller holds the locks.
///
/// The facts of a linked case may not have been handled yet; its row is brought up to date here as well, so that no signal
/// ever stands beside a case without a name.
async fn write(
    transaction: &mut Transaction,
    around: &Surroundings,
    facts: &[Fact],
    writes: Vec<AlertsFact>,
    cause: &Cause,
) -> Result<Vec<FactId>, JournalError> {
    let dockets: BTreeMap<CaseId, Docket> = around.cases().into_iter().map(|case| (case, fold(case, facts))).collect();
    for (case, docket) in &dockets {
        // A case that a matter goes on in has the numbers of all that leads to it: it is known by any of them.
        let told = around.matters.get(case).map(Matter::told).unwrap_or_default();
        let matter = told.iter().find(|matter| matter.goes_on_as == *case);
        let view = matter.map_or_else(|| docket.view(), |matter| matter.view(&dockets));
        read_model::update_case(transaction.sql(), *case, view.as_ref(), &docket.judges(), &docket.clerks()).await?;
    }
    let written = transaction.append(writes, cause).await?;
    read_model::note(transaction.sql(), &written).await?;
    Ok(written.into_iter().map(|one| one.id).collect())
}

/// What follows for the judges on either side of every pair of matters.
fn follows(pairs: &BTreeSet<(Matter, Matter)>, today: Date, policies: &Policies, facts: &[Fact]) -> Vec<AlertsFact> {
    let directions = pairs.iter().flat_map(|(one, other)| [(one, other), (other, one)]);
    directions
        .flat_map(|(own, parallel)| {
            let (own, parallel, policies) = (own.clone(), parallel.clone(), policies.clone());
            let decision = RaiseSignal { own, parallel, today, policies };
            let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
            match decision.decide(&known) {
                Ok(writes) => writes,
                Err(never) => match never {},
            }
        })
        .collect()
}

/// A case as the facts about it say.
pub fn fold(case: CaseId, facts: &[Fact]) -> Docket {
    let mut docket = Docket::default();
    for fact in facts {
        if let Body::Intake(told) = &fact.body
            && told.case() == Some(case)
        {
            docket.fold(told);
        }
    }
    docket
}

fn tags(cases: &BTreeSet<CaseId>) -> Tags {
    cases.iter().map(|case| (*case).into()).collect()
}

fn because_of(service: &Service, fact: &Fact) -> Cause {
    service.because_of(fact.id.uuid(), fact.event_time)
}
