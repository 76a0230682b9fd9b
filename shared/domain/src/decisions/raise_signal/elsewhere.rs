//! Which facts about other cases have a bearing on what is told between two.
//!
//! Invariant: what is computed from them is the same, whether all facts about such a case are at hand or those of [`OF_OTHERS`] alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, Matter, RaiseSignal};
use crate::decisions::shielding::Shielding;
use crate::fact::linker::CasesLinked;
use crate::fact::{Body, Fact, IntakeFact, LinkerFact};
use crate::ids::{CaseId, Pair, PartyId};
use crate::jurisdiction::Jurisdiction;
use crate::violence::elsewhere::Elsewhere;
use crate::violence::status::Status;
use crate::violence::view::MatterView;

/// The kinds of facts about other cases that have a bearing: who is shielded there, who was convicted for good, and that contact was
/// denied.
pub const OF_OTHERS: [&str; 20] = [
    "intake.case-became-final",
    "intake.case-registered",
    "intake.charge-amended",
    "intake.charge-brought",
    "intake.contact-arranged",
    "intake.contact-denied",
    "intake.embargo-imposed",
    "intake.embargo-lifted",
    "intake.event-corrected",
    "intake.event-retracted",
    "intake.party-added",
    "intake.party-details-changed",
    "intake.party-removed",
    "intake.party-roles-ended",
    "intake.prosecution-dismissed",
    "intake.prosecution-ordered",
    "intake.prosecution-settled",
    "intake.shielding-changed",
    "intake.suspicion-registered",
    "intake.verdict-given",
];

/// The other cases that have a bearing on these, by the facts about these: those with which they are linked, and those in which
/// certainly the same persons stand.
pub fn others(cases: &BTreeSet<CaseId>, facts: &[Fact]) -> BTreeSet<CaseId> {
    let mut linked: BTreeMap<Pair<CaseId>, bool> = BTreeMap::new();
    for fact in facts {
        match &fact.body {
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link)) => {
                linked.insert(link.cases, true);
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) => drop(linked.insert(link.cases, false)),
            _ => {}
        }
    }
    let linked = linked.into_iter().filter(|(_, holds)| *holds).flat_map(|(cases, _)| [cases.a, cases.b]);
    let others = linked.chain(Shielding::of(facts).other_cases(cases));
    others.filter(|case| !cases.contains(case)).collect()
}

/// Whether a fact about a case may change what counts in others of what was decided there.
pub const fn may_count_elsewhere(body: &Body) -> bool {
    use IntakeFact::{
        CaseBecameFinal, CaseRegistered, ChargeAmended, ChargeBrought, ContactArranged, ContactDenied, EmbargoImposed,
        EmbargoLifted, EventCorrected, EventRetracted, ProsecutionOrdered, VerdictGiven,
    };
    matches!(
        body,
        Body::Intake(
            CaseBecameFinal(_)
                | CaseRegistered(_)
                | ChargeAmended(_)
                | ChargeBrought(_)
                | ContactArranged(_)
                | ContactDenied(_)
                | EmbargoImposed(_)
                | EmbargoLifted(_)
                | EventCorrected(_)
                | EventRetracted(_)
                | ProsecutionOrdered(_)
                | VerdictGiven(_)
        )
    )
}

impl RaiseSignal {
    /// What counts in the case of a family of what was decided in third cases.
    pub(super) fn decided_elsewhere(&self, family: &Matter, known: &Known, shielded: &BTreeSet<PartyId>) -> Elsewhere {
        let mut found = Elsewhere::default();
        for (case, docket) in &known.elsewhere {
            if !docket.view().is_some_and(|view| decides_for_good(&view)) {
                continue;
            }
            let (own, parallel) = (family.clone(), Matter::from(*case));
            let asked = Self { own, parallel, today: self.today, policies: self.policies.clone() };
            let links: BTreeMap<Pair<CaseId>, CasesLinked> = asked.between(&known.around);
            if links.is_empty() {
                continue;
            }
            let mut dockets = known.dockets.clone();
            dockets.insert(*case, docket.clone());
            let views = asked.linked(&dockets, &links, shielded);
            if let (Some(own), Some(parallel), Some(link)) = (&views.own, &views.parallel, &views.link) {
                found.add(Elsewhere::of(own, parallel, link, self.today, &self.policies));
            }
        }
        found
    }
}

/// Whether a case may have decided anything that counts in others.
fn decides_for_good(view: &MatterView) -> bool {
    let convicted = || view.charges.iter().any(|charge| Status::from_history(&charge.history) == Some(Status::S50));
    if view.jurisdiction == Jurisdiction::Criminal {
        convicted()
    } else {
        view.final_on.is_some() && view.contact.iter().any(|contact| !contact.allowed)
    }
}
