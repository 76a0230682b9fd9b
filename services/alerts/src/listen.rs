//! Which facts concern this service, and who handles them. Only routes.

use std::collections::{BTreeMap, BTreeSet};

use domain::fact::linker::Member;
use domain::fact::{AlertsFact, Body, Fact, LinkerFact};
use domain::ids::{CaseId, FactId, Pair};
use journal::JournalError;
use service::Service;

use crate::webhooks::Webhooks;
use crate::{articles, deliver, requests, signals};

/// The facts that are followed. Not among them: an event in quarantine, which is about no case. Of a change of somebody's details
/// this service can read only whether they died.
pub const KINDS: [&str; 52] = [
    "intake.case-registered",
    "intake.party-added",
    "intake.party-roles-ended",
    "intake.party-removed",
    "intake.party-details-changed",
    "intake.shielding-changed",
    "intake.suspicion-registered",
    "intake.embargo-imposed",
    "intake.embargo-lifted",
    "intake.charge-brought",
    "intake.charge-amended",
    "intake.prosecution-dismissed",
    "intake.prosecution-ordered",
    "intake.prosecution-settled",
    "intake.detention-changed",
    "intake.order-imposed",
    "intake.order-changed",
    "intake.order-suspended",
    "intake.order-ended",
    "intake.order-breached",
    "intake.contact-arranged",
    "intake.contact-denied",
    "intake.special-guardian-appointed",
    "intake.decision-given",
    "intake.phase-entered",
    "intake.verdict-given",
    "intake.case-became-final",
    "intake.hearing-planned",
    "intake.hearing-moved",
    "intake.hearing-cancelled",
    "intake.judges-assigned",
    "intake.clerks-assigned",
    "intake.case-withdrawn",
    "intake.case-closed",
    "intake.event-retracted",
    "intake.event-corrected",
    "linker.person-certain",
    "linker.person-dissolved",
    "linker.persons-merged",
    "linker.person-split",
    "linker.matter-formed",
    "linker.matter-dissolved",
    "linker.cases-linked",
    "linker.link-changed",
    "linker.link-withdrawn",
    "alerts.signal-raised",
    "alerts.signal-updated",
    "alerts.signal-withdrawn",
    "alerts.signal-escalated",
    "alerts.information-requested",
    "alerts.information-request-withdrawn",
    "alerts.information-request-overdue",
];

/// What a fact calls for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Something changed in a case: decide anew about it and every case it is or was linked with.
    Case(CaseId),
    /// A link between two cases changed: decide anew about these two.
    Link(Pair<CaseId>),
    /// Cases are, or are not, one matter now: decide anew about all of them.
    Matter(BTreeSet<CaseId>),
    /// These records are, or were, taken for one person: decide anew about their cases where any of them is shielded.
    Persons(Vec<Member>),
    /// A signal changed, or waits unread: tell the court's own systems.
    Deliver,
    /// A request to another court changed: tell that court.
    Ask,
    /// Nothing.
    Nothing,
}

/// What a fact calls for.
pub fn route(body: &Body) -> Route {
    match body {
        Body::Intake(fact) => fact.case().map_or(Route::Nothing, Route::Case),
        Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link)) => Route::Link(link.cases),
        Body::Linker(LinkerFact::LinkWithdrawn(link)) => Route::Link(link.cases),
        Body::Linker(fact @ (LinkerFact::MatterFormed(_) | LinkerFact::MatterDissolved(_))) => {
            Route::Matter(fact.cases_of_matter())
        }
        Body::Linker(fact) if !fact.members().is_empty() => Route::Persons(fact.members()),
        Body::Alerts(
            AlertsFact::SignalRaised(_)
            | AlertsFact::SignalUpdated(_)
            | AlertsFact::SignalWithdrawn(_)
            | AlertsFact::SignalEscalated(_),
        ) => Route::Deliver,
        Body::Alerts(
            AlertsFact::InformationRequested(_)
            | AlertsFact::InformationRequestWithdrawn(_)
            | AlertsFact::InformationRequestOverdue(_),
        ) => Route::Ask,
        Body::Linker(_) | Body::Alerts(_) | Body::Steward(_) => Route::Nothing,
    }
}

/// Handles facts, each once: those about one case with one decision.
///
/// # Errors
/// When PostgreSQL or the bus cannot be reached, or a fact is not there yet; what was handled by then stays handled.
pub async fn handle(service: Service, webhooks: Webhooks, ids: Vec<FactId>) -> Result<(), JournalError> {
    let mut of_cases: BTreeMap<CaseId, Vec<Fact>> = BTreeMap::new();
    let mut written: Vec<FactId> = Vec::new();
    let mut of_persons = Vec::new();
    for fact in service.journal.each_with(&ids).await? {
        match route(&fact.body) {
            Route::Case(case) => of_cases.entry(case).or_default().push(fact),
            Route::Link(cases) => written.extend(signals::of_link(&service, &fact, cases).await?),
            Route::Matter(cases) => written.extend(signals::of_matter(&service, &fact, cases).await?),
            Route::Persons(members) => of_persons.push((fact, members)),
            Route::Ask => requests::send(&service, &fact).await?,
            Route::Deliver => tell(&service, &webhooks, &fact).await?,
            Route::Nothing => {}
        }
    }
    if !of_persons.is_empty() {
        written.extend(signals::of_persons(&service, of_persons).await?);
    }
    for (case, facts) in of_cases {
        // Before it is noted that the facts were handled: what stops in between is done again.
        articles::of_case(&service, &facts, case).await?;
        written.extend(signals::of_case(&service, &facts, case).await?);
    }
    // Without waiting until it is announced, which takes as long again. What fails here, or dies before, is told then.
    if let Err(error) = tell_each(&service, &webhooks, &written).await {
        tracing::debug!(%error, "what was decided is told when it is announced");
    }
    Ok(())
}

async fn tell_each(service: &Service, webhooks: &Webhooks, written: &[FactId]) -> Result<(), JournalError> {
    if written.is_empty() {
        return Ok(());
    }
    for fact in service.journal.each_with(written).await? {
        if route(&fact.body) == Route::Deliver {
            tell(service, webhooks, &fact).await?;
        }
    }
    Ok(())
}

/// Tells courts of a signal's fact, once.
async fn tell(service: &Service, webhooks: &Webhooks, fact: &Fact) -> Result<(), JournalError> {
    // Before it is noted that the fact was handled: what stops in between is done again.
    requests::end_with(service, fact).await?;
    deliver::publish(service, webhooks, fact).await
}

#[cfg(test)]
mod tests {
    use domain::fact::alerts::AccessRefused;
    use domain::fact::intake::{CaseClosed, EventQuarantined, HearingPlanned};
    use domain::fact::linker::{CasesLinked, LinkWithdrawn, PersonDissolved, WhyUnlinked};
    use domain::fact::{Author, IntakeFact, SourceVersion, Subject, to_stored};
    use domain::ids::{EventId, HearingId, KeyId, LinkId, PartyId, PersonId};
    use domain::sealed::Sealed;
    use jiff::civil::date;

    use super::*;
    use crate::samples;

    fn version() -> SourceVersion {
        let time = "2026-09-01T10:00:00Z".parse().unwrap();
        SourceVersion { sequence: 1, time, event: EventId::derived(&["event"]) }
    }

    #[test]
    fn a_case_leads_to_its_pairs_and_a_link_to_its_two() {
        let (own, parallel) = (samples::own_case().id, samples::parallel_case().id);
        let (on, cases) = (date(2026, 9, 14), Pair::of(own, parallel));
        let hearing = IntakeFact::HearingPlanned(HearingPlanned {
            case: own,
            hearing: HearingId::derived(&["h"]),
            version: version(),
            on,
            hearing_kind: None,
            closed_doors: None,
            chamber: None,
        });
        assert_eq!(route(&hearing.into()), Route::Case(own));
        let closed = IntakeFact::CaseClosed(CaseClosed { case: parallel, version: version(), on });
        assert_eq!(route(&closed.into()), Route::Case(parallel));
        let link = LinkId::between(cases);
        let linked = CasesLinked { link, cases, persons: [].into() };
        assert_eq!(route(&LinkerFact::CasesLinked(linked.clone()).into()), Route::Link(cases));
        assert_eq!(route(&LinkerFact::LinkChanged(linked).into()), Route::Link(cases));
        assert_eq!(
            route(
                &LinkerFact::LinkWithdrawn(LinkWithdrawn {
                    link,
                    cases,
                    because: WhyUnlinked::NotOnePerson,
                    persons: [].into(),
                    rulings: [].into()
                })
                .into()
            ),
            Route::Link(cases)
        );
    }

    #[test]
    fn a_change_of_a_signal_is_delivered_and_a_judges_act_is_not() {
        assert_eq!(route(&AlertsFact::SignalRaised(samples::signal()).into()), Route::Deliver);
        assert_eq!(route(&AlertsFact::SignalUpdated(samples::signal()).into()), Route::Deliver);
        assert_eq!(route(&AlertsFact::SignalWithdrawn(samples::withdrawn()).into()), Route::Deliver);
        assert_eq!(route(&AlertsFact::SignalEscalated(samples::escalated()).into()), Route::Deliver);
        let by = Subject::parse("u-1").unwrap();
        let refused = AccessRefused { asked: uuid::Uuid::nil(), by, action: "read".to_owned() };
        assert_eq!(route(&AlertsFact::AccessRefused(refused).into()), Route::Nothing);
    }

    #[test]
    fn who_is_who_leads_to_the_cases_of_the_records() {
        let member = Member { party: PartyId::derived(&["d2"]), case: CaseId::derived(&["S"]) };
        let person = PersonDissolved {
            person: PersonId::derived(&["p"]),
            former: [member].into(),
            rulings: [].into(),
            model: "m".to_owned(),
        };
        assert_eq!(route(&LinkerFact::PersonDissolved(person).into()), Route::Persons(vec![member]));
    }

    #[test]
    fn what_is_not_followed_leads_nowhere() {
        let event = EventId::derived(&["event"]);
        let quarantined = EventQuarantined {
            event,
            sent_id: None,
            channel: "cases.v1.family.rbrot.party-added".to_owned(),
            reasons: Vec::new(),
            body: Sealed::new(KeyId::of_event(event), String::new()),
        };
        assert_eq!(route(&IntakeFact::EventQuarantined(quarantined).into()), Route::Nothing);
    }

    #[test]
    fn every_kind_that_is_followed_leads_somewhere() {
        let told = AlertsFact::SignalRaised(samples::signal());
        let (kind, _) = to_stored(&told).unwrap();
        assert!(KINDS.contains(&kind.as_str()));
        let mut kinds = KINDS.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), KINDS.len());
        assert!(
            KINDS.iter().all(|kind| Author::ALL.iter().any(|author| kind.split('.').next() == Some(author.as_str())))
        );
    }
}
