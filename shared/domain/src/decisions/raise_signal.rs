//! Is the judge of one case to be told of another? Decided anew whenever either case or the link between them changes.
//!
//! Cases that are one matter are told of as one, and to the judges of the case it goes on as: one signal for each pair of matters
//! and direction, which stays the same signal while cases join the matter. A matter that goes on in several cases at once, as when
//! two parties appeal, is told to the judges of each, in signals of their own: see [`Matter::told`].

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use jiff::civil::Date;

use super::docket::Docket;
use crate::decision::{Decision, Tags};
use crate::fact::alerts::{Signal, SignalWithdrawn};
use crate::fact::linker::{CasesLinked, MatterFormed, WhyUnlinked};
use crate::fact::{AlertsFact, Body, Fact, LinkerFact};
use crate::ids::{CaseId, LinkId, Pair, PartyId, PersonId, SignalId};
use crate::violence::assess::{Assessment, SignalKind, WithdrawalReason, assess, may_be_told_with, withdrawal_reason};
use crate::violence::policy::Policies;
use crate::violence::view::{ChargeView, Correspondence, LinkBasis, LinkView, MatterView};

/// One case, or several that are one matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matter {
    /// The case it began with: it gives a signal its id.
    pub began_as: CaseId,
    /// The case in which it goes on: its judges are told.
    pub goes_on_as: CaseId,
    /// Its cases.
    pub cases: BTreeSet<CaseId>,
    /// Those whose charges the later case brings again: see [`MatterFormed::superseded`].
    pub superseded: BTreeSet<CaseId>,
    /// Where else it goes on, besides `goes_on_as`: each case with those that lead to it, itself among them.
    pub beside: BTreeMap<CaseId, BTreeSet<CaseId>>,
}

/// The cases of a matter that may be told of: the one it is told of as, and earlier ones.
struct Parts {
    head: MatterView,
    /// Each with whether the later case brings its charges again.
    earlier: Vec<(MatterView, bool)>,
}

impl Matter {
    /// What may be told of the matter; nothing while its last case is not registered, or under embargo. Where `of_any`, the newest
    /// case that may be told of stands in for it.
    fn parts(&self, dockets: &BTreeMap<CaseId, Docket>, of_any: bool) -> Option<Parts> {
        let view = |case: &CaseId| dockets.get(case).and_then(Docket::view);
        let newest = || self.cases.iter().filter_map(view).max_by_key(|view| (view.registered_on, view.case));
        let mut head = view(&self.goes_on_as).or_else(|| newest().filter(|_| of_any))?;
        let others: Vec<MatterView> = self.cases.iter().filter(|case| **case != head.case).filter_map(view).collect();
        head.keeps_as(&others);
        let all: Vec<MatterView> = others.iter().chain([&head]).cloned().collect();
        let others = others.into_iter().map(|mut other| {
            other.keeps_as(&all);
            other
        });
        let earlier = others.filter(|earlier| may_be_told_with(earlier, &head));
        let earlier = earlier.map(|earlier| {
            let superseded = self.superseded.contains(&earlier.case);
            (earlier, superseded)
        });
        Some(Parts { earlier: earlier.collect(), head })
    }

    /// The matter once for each case it goes on in, whose judges are told each: first the matter itself, then what leads to each other
    /// case, by signals that are named after that case.
    pub fn told(&self) -> Vec<Self> {
        let beside = self.beside.iter().map(|(case, cases)| Self {
            began_as: *case,
            goes_on_as: *case,
            cases: cases.clone(),
            superseded: self.superseded.intersection(cases).copied().collect(),
            beside: BTreeMap::new(),
        });
        [self.clone()].into_iter().chain(beside).collect()
    }

    /// The matter by name and number, as it may be told of.
    pub fn view(&self, dockets: &BTreeMap<CaseId, Docket>) -> Option<MatterView> {
        self.parts(dockets, false).map(|parts| parts.whole(&BTreeMap::new()))
    }
}

impl Parts {
    fn cases(&self) -> BTreeSet<CaseId> {
        self.earlier.iter().map(|(view, _)| view.case).chain([self.head.case]).collect()
    }

    /// As one, given whose records are known; of earlier cases with the parties whom a charge names, and those that stand for
    /// somebody whom the last case does not name.
    fn whole(self, persons: &BTreeMap<PartyId, PersonId>) -> MatterView {
        let Self { mut head, earlier } = self;
        let named: BTreeSet<PersonId> =
            head.parties.iter().filter_map(|party| persons.get(&party.party)).copied().collect();
        let needed = persons.iter().filter(|(_, person)| !named.contains(person)).map(|(party, _)| *party).collect();
        let again = !head.charges.is_empty();
        let earlier = earlier.into_iter().map(|(mut view, superseded)| {
            if superseded && again {
                view.charges.retain(|charge| !goes_on(charge, &mut head.charges, persons));
            }
            view
        });
        let earlier: Vec<MatterView> = earlier.collect();
        MatterView::of_a_matter(head, earlier, &needed)
    }
}

/// Whether a charge of an earlier case goes on in a later one that brings charges again: what was said of it before goes with it
/// to the charge of the same person under the same articles. Only what is final stands by itself.
fn goes_on(charge: &ChargeView, later: &mut [ChargeView], persons: &BTreeMap<PartyId, PersonId>) -> bool {
    let who = |charge: &ChargeView| persons.get(&charge.suspect).copied();
    let same = later.iter_mut().find(|other| {
        who(other).is_some() && who(other) == who(charge) && other.particulars.articles == charge.particulars.articles
    });
    if let Some(same) = same {
        same.history.verdicts.extend(charge.history.verdicts.iter().copied());
        return true;
    }
    !charge.history.irrevocable
}

/// Both matters and the link between them, as the rules look at them.
struct Views {
    own: Option<MatterView>,
    parallel: Option<MatterView>,
    link: Option<LinkView>,
    /// Whether they are linked, and one of them may not be told of.
    is_kept_back: bool,
}

impl From<CaseId> for Matter {
    fn from(case: CaseId) -> Self {
        Self {
            began_as: case,
            goes_on_as: case,
            cases: [case].into(),
            superseded: BTreeSet::new(),
            beside: BTreeMap::new(),
        }
    }
}

impl From<&MatterFormed> for Matter {
    fn from(formed: &MatterFormed) -> Self {
        Self {
            began_as: formed.began_as,
            goes_on_as: formed.goes_on_as,
            cases: formed.cases.clone(),
            superseded: formed.superseded(),
            beside: formed.beside(),
        }
    }
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
    unlinked: WhyUnlinked,
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

    /// The same person in both, by the links between cases that may be told of.
    fn views(&self, dockets: &BTreeMap<CaseId, Docket>, links: &BTreeMap<Pair<CaseId>, CasesLinked>) -> Views {
        let (own, parallel) = (self.own.parts(dockets, false), self.parallel.parts(dockets, true));
        let (Some(own), Some(parallel)) = (own, parallel) else {
            let whole =
                |matter: &Matter, of_any| matter.parts(dockets, of_any).map(|parts| parts.whole(&BTreeMap::new()));
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
        let views = self.views(dockets, links);
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
        match &fact.body {
            Body::Intake(fact) => {
                if let Some(case) = fact.case().filter(|case| concerns(*case)) {
                    known.dockets.entry(case).or_default().fold(fact);
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
        for each in self.each() {
            let views = each.views(&known.dockets, &known.links);
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
