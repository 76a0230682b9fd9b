//! Is the judge of one case to be told of another? Decided anew whenever either case or the link between them changes.
//!
//! Cases that are one matter are told of as one, and to the judges of the case it goes on as: one signal for each pair of matters
//! and direction, which stays the same signal while cases join the matter. A matter that goes on in several cases at once, as when
//! two parties appeal, is told to the judges of each, in signals of their own: see [`Matter::told`].
//!
//! Other cases of the same persons have a bearing too: who is shielded in one is shielded in all, and what was decided for good there
//! may count here. Of those [`others`] the facts of [`OF_OTHERS`] are among what is known.

mod elsewhere;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use jiff::civil::Date;

pub use self::elsewhere::{OF_OTHERS, may_count_elsewhere, others};
use super::docket::Docket;
pub use super::matter::Matter;
use super::shielding::Shielding;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{Signal, SignalWithdrawn};
use crate::fact::linker::{CasesLinked, WhyUnlinked};
use crate::fact::{AlertsFact, Body, Fact, LinkerFact};
use crate::ids::{CaseId, LinkId, Pair, PartyId, PersonId, SignalId};
use crate::jurisdiction::Jurisdiction;
use crate::violence::assess::{Assessment, SignalKind, WithdrawalReason, assess, withdrawal_reason};
use crate::violence::policy::Policies;
use crate::violence::view::{Correspondence, LinkBasis, LinkView, MatterView};

/// Both matters and the link between them, as the rules look at them.
struct Views {
    own: Option<MatterView>,
    parallel: Option<MatterView>,
    link: Option<LinkView>,
    /// Whether they are linked, and one of them may not be told of.
    is_kept_back: bool,
}

/// Decides what the judges of `own` are to know of `parallel`, as things stand on `today`.
#[derive(Debug, Clone)]
pub struct RaiseSignal {
    /// The matter whose judges are told: those of each case it goes on in.
    pub own: Matter,
    /// The matter they are told of.
    pub parallel: Matter,
    /// The day on which it is decided; urgency depends on how near the hearing is.
    pub today: Date,
    /// What courts decided where the rules leave them a choice.
    pub policies: Policies,
}

/// The cases, the links between them, and what was said before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    dockets: BTreeMap<CaseId, Docket>,
    links: BTreeMap<Pair<CaseId>, CasesLinked>,
    /// Other cases, and the links of these matters with them.
    elsewhere: BTreeMap<CaseId, Docket>,
    around: BTreeMap<Pair<CaseId>, CasesLinked>,
    unlinked: WhyUnlinked,
    shielding: Shielding,
    said: BTreeMap<SignalId, Said>,
}

#[derive(Debug, Clone)]
enum Said {
    /// What was said last, and the day since which it stands in some version.
    Stands(Box<Signal>, Date),
    Withdrawn(u32),
}

/// A group of kinds of signals: see [`SignalKind::GROUPS`].
type Group = &'static [SignalKind];

/// The signal about a case to the judges of another. The first group was the only one once, and has no part in the id.
fn signal_of(own: CaseId, parallel: CaseId, group: Group) -> SignalId {
    let (own, parallel) = (own.to_string(), parallel.to_string());
    match group {
        [SignalKind::ConflictingOrder] => SignalId::derived(&[&own, &parallel, "conflicting-order"]),
        [SignalKind::PartnerKilling] => SignalId::derived(&[&own, &parallel, "partner-killing"]),
        _ => SignalId::derived(&[&own, &parallel]),
    }
}

impl RaiseSignal {
    /// The signal of a group that this decision is about: always the same for the same matters in the same direction.
    fn signal(&self, group: Group) -> SignalId {
        signal_of(self.own.began_as, self.parallel.began_as, group)
    }

    /// The same decision for the judges of each case that the own matter goes on in.
    fn each(&self) -> impl Iterator<Item = Self> {
        self.own.told().into_iter().map(|own| Self { own, ..self.clone() })
    }

    fn is_between(&self, cases: Pair<CaseId>) -> bool {
        let between = |a, b| self.own.cases.contains(&a) && self.parallel.cases.contains(&b);
        between(cases.a, cases.b) || between(cases.b, cases.a)
    }

    /// Those of some links that are between these matters.
    pub fn between(&self, links: &BTreeMap<Pair<CaseId>, CasesLinked>) -> BTreeMap<Pair<CaseId>, CasesLinked> {
        links.iter().filter(|(cases, _)| self.is_between(**cases)).map(|(cases, link)| (*cases, link.clone())).collect()
    }

    /// The signals between any two cases of the matters: what was said before they were one is said once from now on.
    pub fn signals(&self) -> BTreeSet<SignalId> {
        let pairs = self.own.cases.iter().flat_map(|own| self.parallel.cases.iter().map(|parallel| (*own, *parallel)));
        pairs.flat_map(|(own, parallel)| SignalKind::GROUPS.map(|group| signal_of(own, parallel, group))).collect()
    }

    /// Both matters as they may be told of, with what counts in the case of a family of what was decided elsewhere.
    fn views(&self, known: &Known, shielded: &BTreeSet<PartyId>) -> Views {
        let mut views = self.linked(&known.dockets, &known.links, shielded);
        if let (Some(own), Some(parallel)) = (&mut views.own, &mut views.parallel) {
            let criminal = |view: &MatterView| view.jurisdiction == Jurisdiction::Criminal;
            match (criminal(own), criminal(parallel)) {
                (false, true) => own.elsewhere = self.decided_elsewhere(&self.own, known, shielded),
                (true, false) => parallel.elsewhere = self.decided_elsewhere(&self.parallel, known, shielded),
                _ => {}
            }
        }
        views
    }

    /// The same person in both, by the links between cases that may be told of.
    fn linked(
        &self,
        dockets: &BTreeMap<CaseId, Docket>,
        links: &BTreeMap<Pair<CaseId>, CasesLinked>,
        shielded: &BTreeSet<PartyId>,
    ) -> Views {
        let parts = |matter: &Matter, of_any| matter.parts(dockets, shielded, of_any);
        let (Some(own), Some(parallel)) = (parts(&self.own, false), parts(&self.parallel, true)) else {
            let whole = |matter, of_any| parts(matter, of_any).map(|parts| parts.whole(&BTreeMap::new()));
            // Of what may not be told nothing is known of who stands in both; the link may hold all the same.
            let links = links.keys().any(|cases| self.is_between(*cases));
            return Views {
                own: whole(&self.own, false),
                parallel: whole(&self.parallel, true),
                link: None,
                is_kept_back: links,
            };
        };
        let (ours, theirs) = (own.cases(), parallel.cases());
        let mut persons: BTreeMap<PersonId, (BTreeSet<PartyId>, BTreeSet<PartyId>)> = BTreeMap::new();
        let mut rests_on = BTreeSet::new();
        for link in links.values() {
            let told = |a: &CaseId, b: &CaseId| ours.contains(a) && theirs.contains(b);
            let own_is_a = told(&link.cases.a, &link.cases.b);
            if !own_is_a && !told(&link.cases.b, &link.cases.a) {
                continue;
            }
            for person in &link.persons {
                let (own, parallel) =
                    if own_is_a { (&person.in_a, &person.in_b) } else { (&person.in_b, &person.in_a) };
                rests_on.insert(person.basis);
                let records = persons.entry(person.person).or_default();
                records.0.extend(own);
                records.1.extend(parallel);
            }
        }
        // The strongest comes first; without any there is no link.
        let link = rests_on.first().map(|basis: &LinkBasis| LinkView {
            link: LinkId::between(Pair::of(self.own.began_as, self.parallel.began_as)),
            basis: *basis,
            persons: persons
                .values()
                .flat_map(|(own, parallel)| {
                    own.iter().flat_map(|own| {
                        parallel.iter().map(|parallel| Correspondence { own: *own, parallel: *parallel })
                    })
                })
                .collect(),
        });
        let (mut in_own, mut in_parallel) = (BTreeMap::new(), BTreeMap::new());
        for (person, (own, parallel)) in &persons {
            in_own.extend(own.iter().map(|record| (*record, *person)));
            in_parallel.extend(parallel.iter().map(|record| (*record, *person)));
        }
        Views { own: Some(own.whole(&in_own)), parallel: Some(parallel.whole(&in_parallel)), link, is_kept_back: false }
    }

    /// What the judges of `own` are to know, by kind, given the cases and the links between them.
    pub fn assess(
        &self,
        dockets: &BTreeMap<CaseId, Docket>,
        links: &BTreeMap<Pair<CaseId>, CasesLinked>,
    ) -> BTreeMap<SignalKind, Assessment> {
        // Whether a court is named, and what counts of other cases, is no part of what would be told.
        let views = self.linked(dockets, links, &BTreeSet::new());
        let told = SignalKind::GROUPS.into_iter().filter_map(|group| views.assess(group, self));
        told.map(|told| (told.kind, told)).collect()
    }

    /// What was said between cases that are one matter now, but for what is said of the matter.
    fn elsewhere(&self, known: &Known) -> Vec<AlertsFact> {
        let ours: BTreeSet<SignalId> =
            self.each().flat_map(|each| SignalKind::GROUPS.map(|group| each.signal(group))).collect();
        let others = known.said.iter().filter(|(signal, _)| !ours.contains(signal));
        let stands = others.filter_map(|(_, said)| match said {
            Said::Stands(signal, _) => Some(signal),
            Said::Withdrawn(_) => None,
        });
        stands.map(|signal| withdrawn(signal, WithdrawalReason::GoesOnElsewhere, false)).collect()
    }
}

fn withdrawn(before: &Signal, because: WithdrawalReason, after_decision: bool) -> AlertsFact {
    AlertsFact::SignalWithdrawn(SignalWithdrawn {
        signal: before.signal,
        own: before.own,
        parallel: before.parallel,
        version: before.version + 1,
        because,
        after_decision,
    })
}

impl Decision for RaiseSignal {
    type Writes = AlertsFact;
    type State = Known;
    type Refusal = Infallible;

    fn rests_on(&self) -> Tags {
        self.own.cases.union(&self.parallel.cases).map(|case| (*case).into()).collect()
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        let concerns = |case: CaseId| self.own.cases.contains(&case) || self.parallel.cases.contains(&case);
        known.shielding.hear(fact);
        match &fact.body {
            Body::Intake(fact) => {
                if let Some(case) = fact.case() {
                    let dockets = if concerns(case) { &mut known.dockets } else { &mut known.elsewhere };
                    dockets.entry(case).or_default().fold(fact);
                }
            }
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link))
                if self.is_between(link.cases) =>
            {
                known.links.insert(link.cases, link.clone());
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) if self.is_between(link.cases) => {
                known.links.remove(&link.cases);
                known.unlinked = link.because;
            }
            Body::Linker(LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link)) => {
                known.around.insert(link.cases, link.clone());
            }
            Body::Linker(LinkerFact::LinkWithdrawn(link)) => drop(known.around.remove(&link.cases)),
            Body::Alerts(AlertsFact::SignalRaised(signal) | AlertsFact::SignalUpdated(signal))
                if self.signals().contains(&signal.signal) =>
            {
                let since = match known.said.get(&signal.signal) {
                    Some(Said::Stands(_, since)) => *since,
                    None | Some(Said::Withdrawn(_)) => signal.as_of,
                };
                known.said.insert(signal.signal, Said::Stands(Box::new(signal.clone()), since));
            }
            Body::Alerts(AlertsFact::SignalWithdrawn(signal)) if self.signals().contains(&signal.signal) => {
                known.said.insert(signal.signal, Said::Withdrawn(signal.version));
            }
            _ => {}
        }
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<AlertsFact>, Infallible> {
        let mut facts = self.elsewhere(known);
        let shielded = known.shielding.parties().into_iter().map(|member| member.party).collect();
        for each in self.each() {
            let views = each.views(known, &shielded);
            facts.extend(SignalKind::GROUPS.into_iter().filter_map(|group| each.decide_on(group, &views, known)));
        }
        Ok(facts)
    }
}

impl RaiseSignal {
    fn decide_on(&self, group: Group, views: &Views, known: &Known) -> Option<AlertsFact> {
        let told_of = views.parallel.as_ref().map_or(self.parallel.goes_on_as, |view| view.case);
        let signal = |version, assessment| Signal {
            signal: self.signal(group),
            own: self.own.goes_on_as,
            parallel: told_of,
            version,
            as_of: self.today,
            assessment,
        };
        let of_these = |before: &Signal| (before.own, before.parallel) == (self.own.goes_on_as, told_of);
        match (known.said.get(&self.signal(group)), views.assess(group, self)) {
            (None | Some(Said::Withdrawn(_)), None) => None,
            (None, Some(now)) => Some(AlertsFact::SignalRaised(signal(1, now))),
            (Some(Said::Withdrawn(version)), Some(now)) => Some(AlertsFact::SignalRaised(signal(version + 1, now))),
            (Some(Said::Stands(before, _)), Some(now)) if before.assessment == now && of_these(before) => None,
            (Some(Said::Stands(before, _)), Some(now)) => {
                Some(AlertsFact::SignalUpdated(signal(before.version + 1, now)))
            }
            (Some(Said::Stands(before, since)), None) => {
                let decided = views.own.as_ref().and_then(|own| own.decided_on);
                let after_decision = decided.is_some_and(|on| on >= *since);
                Some(withdrawn(before, views.why_not(before, known.unlinked, self), after_decision))
            }
        }
    }
}

impl Views {
    /// What is to be told in a group of kinds.
    fn assess(&self, group: Group, asked: &RaiseSignal) -> Option<Assessment> {
        let (own, parallel, link) = (self.own.as_ref()?, self.parallel.as_ref()?, self.link.as_ref()?);
        group.iter().find_map(|kind| assess(*kind, own, parallel, link, asked.today, &asked.policies))
    }

    /// Why what was said does not stand any more.
    fn why_not(&self, before: &Signal, unlinked: WhyUnlinked, asked: &RaiseSignal) -> WithdrawalReason {
        if self.is_kept_back {
            return WithdrawalReason::NothingToTell;
        }
        let (own, parallel, link) = (self.own.as_ref(), self.parallel.as_ref(), self.link.as_ref());
        withdrawal_reason(before.assessment.kind, own, parallel, link, unlinked, (asked.today, &asked.policies))
    }
}
