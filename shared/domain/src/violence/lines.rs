//! Which indicators the charges of a criminal case give, seen from a family or youth case.
//!
//! Invariants: no line without a suspect who is a person of the own case; an offence against nobody of the own case gives a
//! line only where the catalogue allows it, and then names no victim; a charge that was withdrawn gives nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::assessment::{DismissalLine, IndicatorLine};
use super::catalogue::{Catalogue, Indicator, IndicatorHit};
use super::elsewhere::{Conviction, line_of};
use super::indicator::Derived;
use super::persons::{Persons, minors, role_line};
use super::policy::Policy;
use super::relation::{Place, Relation};
use super::retention::is_told;
use super::status::{Standing, Status};
use super::view::{ChargeView, MatterView, Withheld};
use crate::ids::{ChargeId, PartyId};

/// The role of a child who saw the offence.
const CHILD_WITNESS: &str = "child-witness";

/// The two cases and the persons they share.
pub(super) struct Scene<'a> {
    /// The family or youth case.
    pub family: &'a MatterView,
    /// The criminal case.
    pub criminal: &'a MatterView,
    /// Who stands in both.
    pub persons: &'a Persons,
    /// What the court of the family or youth case decided.
    pub policy: &'a Policy,
}

/// A line, and whom it is about.
pub(super) struct Drawn {
    /// The line.
    pub line: IndicatorLine,
    /// Whether it calls for attention by itself.
    pub pushes: bool,
    /// The suspect's position among the shared persons.
    pub suspect: usize,
    /// The positions of the victims or witnesses.
    pub victims: BTreeSet<usize>,
    /// Whether it is of another case than the one that is told of.
    pub elsewhere: bool,
}

/// All that the charges give.
#[derive(Default)]
pub(super) struct Lines {
    /// The lines, the most serious first.
    pub drawn: Vec<Drawn>,
    /// Charges with an unknown article.
    pub unknown: BTreeSet<ChargeId>,
    /// Charges with an article whose meaning changed within the period.
    pub both_regimes: BTreeSet<ChargeId>,
}

impl Lines {
    /// The most serious tier among the lines that call for attention.
    pub fn tier(&self) -> Option<u8> {
        self.drawn.iter().filter(|drawn| drawn.pushes).filter_map(|drawn| drawn.line.tier).min()
    }

    /// Whether there is anything that a judge should be told of.
    pub fn call_for_attention(&self) -> bool {
        self.drawn.iter().any(|drawn| drawn.pushes)
    }
}

impl Scene<'_> {
    /// The lines of all charges as they stand, but for what is no longer told on this day; without a day, of whatever age.
    pub fn lines(&self, today: Option<Date>) -> Lines {
        let mut lines = Lines::default();
        for charge in &self.criminal.charges {
            let Some(status) = Status::from_history(&charge.history) else { continue };
            if self.policy.standing(status) == Standing::Withdrawn || self.persons.behind(charge.suspect).is_none() {
                continue;
            }
            let finding = Catalogue::current().find(&charge.particulars);
            if !finding.unknown.is_empty() {
                lines.unknown.insert(charge.charge);
            }
            if !finding.both_regimes.is_empty() {
                lines.both_regimes.insert(charge.charge);
            }
            let told = |drawn: &Drawn| {
                drawn.line.tier.zip(today).is_none_or(|(tier, today)| is_told(tier, status, &charge.history, today))
            };
            let mut drawn = self.draw(charge, status);
            self.weigh_history(charge, &mut drawn);
            lines.drawn.extend(drawn.into_iter().filter(told));
        }
        // Once, whatever else the same person is suspected of.
        let mut seen = BTreeSet::new();
        lines.drawn.retain(|drawn| !drawn.elsewhere || seen.insert((drawn.line.charge, drawn.line.relation)));
        lines.drawn.sort_by(|a, b| order(&a.line).cmp(&order(&b.line)));
        lines
    }

    /// The statuses of charges that would call for attention had they ended in a final conviction, but ended otherwise.
    pub fn endings(&self) -> BTreeSet<Status> {
        let mut endings = BTreeSet::new();
        for charge in &self.criminal.charges {
            let status = Status::from_history(&charge.history).filter(|status| status.standing() != Standing::Shown);
            if let Some(status) = status
                && self.draw(charge, Status::S50).iter().any(|drawn| drawn.pushes)
            {
                endings.insert(status);
            }
        }
        endings
    }

    /// The lines that a charge gives at a status.
    fn draw(&self, charge: &ChargeView, status: Status) -> Vec<Drawn> {
        let Some(suspect) = self.persons.behind(charge.suspect) else { return Vec::new() };
        let mut drawn = Vec::new();
        let hits = Catalogue::current().find(&charge.particulars).hits;
        for hit in hits.into_iter().filter(|hit| self.policy.tells(hit.indicator)) {
            for (relation, victims) in self.relations(charge, &hit, suspect) {
                let minor = !minors(self.family).is_empty();
                if hit.relations.iter().any(|rule| rule.allows(relation, status, minor)) {
                    drawn.push(self.line(charge, status, &hit, relation, suspect, victims));
                }
            }
        }
        drawn.extend(self.by_minor(&drawn, status));
        drawn
    }

    /// What stands beside these lines of a charge because a minor of the family is suspected of it: as serious as the most serious.
    fn by_minor(&self, drawn: &[Drawn], status: Status) -> Vec<Drawn> {
        let by_minor = |drawn: &&Drawn| {
            self.criminal.withholds(Withheld::AgainstMinor) && self.persons.at(drawn.suspect).place == Place::Child
        };
        let indicators = self.derived(Derived::ByMinor);
        let beside = |indicator: Indicator| {
            let counts = |drawn: &&Drawn| {
                let relation = drawn.line.relation;
                drawn.pushes && indicator.relations().iter().any(|rule| rule.allows(relation, status, true))
            };
            let most =
                drawn.iter().filter(by_minor).filter(counts).min_by(|a, b| order(&a.line).cmp(&order(&b.line)))?;
            let line = IndicatorLine { indicator, ..most.line.clone() };
            let (suspect, victims) = (most.suspect, most.victims.clone());
            Some(Drawn { line, pushes: indicator.pushes(), suspect, victims, elsewhere: false })
        };
        indicators.filter_map(beside).collect()
    }

    /// The indicators that follow from something, as far as the court's judges are told of them.
    fn derived(&self, from: Derived) -> impl Iterator<Item = Indicator> {
        Indicator::all().filter(move |indicator| indicator.derived() == Some(from) && self.policy.tells(*indicator))
    }

    /// Who is suspected of a charge was convicted for good of violence in the family before: its lines weigh a tier more, and each
    /// conviction stands beside them.
    fn weigh_history(&self, charge: &ChargeView, drawn: &mut Vec<Drawn>) {
        let Some(suspect) = self.persons.behind(charge.suspect) else { return };
        let Some(indicator) = self.derived(Derived::ByHistory).next() else { return };
        let here = &self.persons.at(suspect).here;
        let counts = |conviction: &&Conviction| {
            !conviction.who.is_disjoint(here) && conviction.since <= charge.particulars.period.from()
        };
        let convictions: Vec<&Conviction> = self.family.elsewhere.convictions.iter().filter(counts).collect();
        let weighs = |drawn: &&mut Drawn| drawn.pushes && drawn.line.relation != Relation::ThirdParty;
        let mut any = false;
        for drawn in drawn.iter_mut().filter(weighs).filter(|_| !convictions.is_empty()) {
            drawn.line.tier = drawn.line.tier.map(|tier| tier.max(2) - 1);
            any = true;
        }
        if any {
            drawn.extend(convictions.into_iter().map(|conviction| Drawn {
                line: line_of(conviction, indicator),
                pushes: indicator.pushes(),
                suspect,
                victims: BTreeSet::new(),
                elsewhere: true,
            }));
        }
    }

    /// The persons of the own case whom a hit concerns, by relation; third party when it concerns none of them.
    fn relations(
        &self,
        charge: &ChargeView,
        hit: &IndicatorHit,
        suspect: usize,
    ) -> BTreeMap<Relation, BTreeSet<usize>> {
        let place = |position: usize| self.persons.at(position).place;
        let concerned: BTreeSet<usize> = if hit.indicator.is_of_witnesses() {
            self.witnesses(charge)
        } else {
            charge.victims.iter().filter_map(|victim| self.persons.behind(*victim)).collect()
        };
        if concerned.is_empty() {
            return BTreeMap::from([(Relation::between(place(suspect), None), BTreeSet::new())]);
        }
        let mut relations: BTreeMap<Relation, BTreeSet<usize>> = BTreeMap::new();
        for person in concerned.into_iter().filter(|person| *person != suspect) {
            relations.entry(Relation::between(place(suspect), Some(place(person)))).or_default().insert(person);
        }
        relations
    }

    /// The children of the own case who stand in the criminal case as witnesses; where none does, those among the victims.
    fn witnesses(&self, charge: &ChargeView) -> BTreeSet<usize> {
        let children = |records: &mut dyn Iterator<Item = PartyId>| -> BTreeSet<usize> {
            records
                .filter_map(|record| self.persons.behind(record))
                .filter(|person| self.persons.at(*person).place == Place::Child)
                .collect()
        };
        let mut by_role = self
            .criminal
            .parties
            .iter()
            .filter(|party| party.roles.iter().any(|role| role.code() == CHILD_WITNESS))
            .map(|party| party.party);
        let witnesses = children(&mut by_role);
        if witnesses.is_empty() { children(&mut charge.victims.iter().copied()) } else { witnesses }
    }

    fn line(
        &self,
        charge: &ChargeView,
        status: Status,
        hit: &IndicatorHit,
        relation: Relation,
        suspect: usize,
        victims: BTreeSet<usize>,
    ) -> Drawn {
        let by_roles = |position: usize| role_line(self.family, &self.persons.at(position).here);
        let mut roles: Vec<_> = victims.iter().map(|victim| by_roles(*victim)).collect();
        roles.sort();
        let line = IndicatorLine {
            charge: charge.charge,
            indicator: hit.indicator,
            tier: (status.standing() == Standing::Shown).then_some(hit.tier),
            articles: hit.articles.clone(),
            law_version: hit.law_version,
            period: charge.particulars.period.by_month(),
            status,
            relation,
            suspect: by_roles(suspect),
            victims: roles,
            dismissal: charge
                .history
                .dismissal
                .filter(|_| matches!(status, Status::X20 | Status::X30))
                .map(|code| DismissalLine { code, on: charge.history.dismissed_on }),
        };
        Drawn { line, pushes: hit.pushes(), suspect, victims, elsewhere: false }
    }
}

/// The order of lines: the most serious first, those without a tier last; the rest only makes it one order.
fn order(line: &IndicatorLine) -> impl Ord + '_ {
    (line.tier.unwrap_or(u8::MAX), line.indicator, line.charge, line.law_version, line.relation)
}
