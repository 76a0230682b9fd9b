//! A charge that several cases of one matter speak of, as one charge with what was last decided on it.
//!
//! A later case speaks of a charge of an earlier one where it brings it again: against the same person, under the same articles or
//! over the same days. An appeal may be against part of a ruling: what it does not bring again stands as it stood. A referral takes
//! all along: what is not brought again at the other court is pursued no more.
//!
//! Invariants: of one charge the verdict of the latest instance that decided on it counts, and a verdict that another of the same
//! or a higher instance came after never comes back; a later case without a decision takes away that it is final and nothing
//! else; a verdict counts for no charge but the one it was on, so where a later case brings something else in the place of a
//! charge, what was said of that before is said of neither. Equal cases give equal charges, whatever the order of any list.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::article::Article;
use crate::fact::linker::{Passage, Step};
use crate::ids::{CaseId, PartyId, PersonId};
use crate::violence::catalogue::{Catalogue, OffencePeriod};
use crate::violence::status::ChargeHistory;
use crate::violence::view::{ChargeView, MatterView};

/// Kinds of cases about a ruling of another court.
const APPEALS: [&str; 2] = ["criminal-appeal", "criminal-cassation"];

/// The charges of these cases of a matter, each once, by the case that brought it last.
pub(super) fn each_once(
    views: &[&MatterView],
    steps: &BTreeSet<Step>,
    persons: &BTreeMap<PartyId, PersonId>,
) -> BTreeMap<CaseId, Vec<ChargeView>> {
    let course = Course { steps, cases: views.iter().map(|view| view.case).collect() };
    let mut in_course: Vec<&MatterView> = views.to_vec();
    in_course.sort_by_key(|view| (course.before(view.case).len(), view.registered_on, view.case));
    let mut lines: Vec<Line> = Vec::new();
    for view in in_course {
        course.go_on(&mut lines, view, persons);
    }
    let mut told: BTreeMap<CaseId, Vec<ChargeView>> = BTreeMap::new();
    for line in lines {
        let history = course.history(&line);
        told.entry(line.case).or_default().push(ChargeView { history, ..line.charge });
    }
    told
}

/// A charge through the cases of a matter.
struct Line {
    /// As it was last brought.
    charge: ChargeView,
    /// In which case that was.
    case: CaseId,
    /// What each case says of it.
    said: BTreeMap<CaseId, ChargeHistory>,
    /// The cases that it came to, whether or not they say anything of it.
    passed: BTreeSet<CaseId>,
}

/// How much speaks for a charge of a later case being one of an earlier: articles, suspect, days, victims.
type Fit = (Articles, Suspect, u8, bool);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Articles {
    /// Nothing but the suspect is the same.
    Others,
    /// Others, over the same days and towards the same victim.
    OthersSameVictim,
    /// Some the same, over the same days.
    Some,
    /// The same.
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Suspect {
    /// Of one of the two it is not known who that is.
    OneUnknown,
    BothUnknown,
    Same,
}

/// How the cases of a matter go on in one another.
struct Course<'a> {
    steps: &'a BTreeSet<Step>,
    cases: BTreeSet<CaseId>,
}

impl Course<'_> {
    /// All cases that lead to a case, over any number of steps.
    fn before(&self, case: CaseId) -> BTreeSet<CaseId> {
        let (mut before, mut next) = (BTreeSet::new(), vec![case]);
        while let Some(case) = next.pop() {
            let new = self.steps.iter().filter(|step| step.to == case && before.insert(step.from));
            next.extend(new.map(|step| step.from).collect::<Vec<_>>());
        }
        before
    }

    /// The next cases before a case that may be told of, each with whether it was merely joined.
    fn next_before(&self, case: CaseId) -> BTreeSet<(CaseId, bool)> {
        let (mut found, mut seen, mut next) = (BTreeSet::new(), BTreeSet::new(), vec![(case, true)]);
        while let Some((case, joined)) = next.pop() {
            for step in self.steps.iter().filter(|step| step.to == case) {
                let from = (step.from, joined && step.how == Passage::Joined);
                if self.cases.contains(&step.from) {
                    found.insert(from);
                } else if seen.insert(from) {
                    next.push(from);
                }
            }
        }
        found
    }

    /// Whether one case comes after another; neither does where each leads to the other.
    fn is_after(&self, later: CaseId, earlier: CaseId) -> bool {
        self.before(later).contains(&earlier) && !self.before(earlier).contains(&later)
    }

    /// Takes the next case into account.
    fn go_on(&self, lines: &mut Vec<Line>, view: &MatterView, persons: &BTreeMap<PartyId, PersonId>) {
        let before = self.next_before(view.case);
        let reached = |line: &Line, joined: bool| {
            before.iter().any(|(case, was_joined)| *was_joined == joined && line.passed.contains(case))
        };
        let open: Vec<usize> = (0..lines.len()).filter(|place| reached(&lines[*place], false)).collect();
        for line in lines.iter_mut().filter(|line| reached(line, true)) {
            line.passed.insert(view.case);
        }
        if view.charges.is_empty() {
            for place in open {
                lines[place].pass(view);
            }
            return;
        }
        let mut found = fits(lines, &open, &view.charges, persons);
        // Only by being brought again does what is final go on.
        found.retain(|(fit, place, _)| fit.0 >= Articles::Some || !self.history(&lines[*place]).irrevocable);
        found.sort_by_key(|(fit, place, charge)| {
            (Reverse(*fit), lines[*place].charge.charge, view.charges[*charge].charge)
        });
        let (mut again, mut brought) = (BTreeMap::new(), BTreeSet::new());
        for (fit, place, charge) in found {
            if !again.contains_key(&place) && brought.insert(charge) {
                again.insert(place, (fit, charge));
            }
        }
        let takes_all = !is_appeal(view);
        let mut stands: Vec<Line> = Vec::new();
        for (place, mut line) in lines.drain(..).enumerate() {
            match again.get(&place) {
                Some((fit, charge)) => line.bring_again(*fit, &view.charges[*charge], view.case, persons),
                None if takes_all && open.contains(&place) && !self.history(&line).irrevocable => continue,
                None => {}
            }
            stands.push(line);
        }
        let others = view.charges.iter().enumerate().filter(|(place, _)| !brought.contains(place));
        stands.extend(others.map(|(_, charge)| Line::new(charge, view.case)));
        *lines = stands;
    }

    /// What all that was said of a charge amounts to.
    fn history(&self, line: &Line) -> ChargeHistory {
        let mut history = line.charge.history.clone();
        history.verdicts.clear();
        for (case, said) in &line.said {
            let later = || line.said.iter().filter(|(other, _)| self.is_after(**other, *case));
            let stands = said.verdicts.iter().filter(|verdict| {
                !later().any(|(_, said)| said.verdicts.iter().any(|other| other.instance >= verdict.instance))
            });
            history.verdicts.extend(stands.copied());
            history.begun = history.begun.max(said.begun);
            history.suspect_died |= said.suspect_died;
        }
        let is_last = |case: &CaseId| !line.said.keys().any(|other| self.is_after(*other, *case));
        let last = || line.said.iter().filter(|(case, _)| is_last(case)).map(|(_, said)| said);
        history.irrevocable = last().all(|said| said.irrevocable);
        history.final_on = last().filter_map(|said| said.final_on).max().filter(|_| history.irrevocable);
        history
    }
}

impl Line {
    fn new(charge: &ChargeView, case: CaseId) -> Self {
        let said = BTreeMap::from([(case, charge.history.clone())]);
        Self { charge: charge.clone(), case, said, passed: [case].into() }
    }

    /// It comes to a case that brings no charges (yet). What that says of it is whether it is final; an appeal that ended without
    /// anything becoming final, as when it is withdrawn, does not even say that.
    fn pass(&mut self, view: &MatterView) {
        self.passed.insert(view.case);
        if is_appeal(view) && (view.final_on.is_some() || view.closed_on.is_none()) {
            let (irrevocable, final_on) = (view.final_on.is_some(), view.final_on);
            self.said.insert(view.case, ChargeHistory { irrevocable, final_on, ..ChargeHistory::default() });
        }
    }

    /// A later case brings it again. Of whom it is not certain there who that is, it is known from before.
    fn bring_again(&mut self, fit: Fit, charge: &ChargeView, case: CaseId, persons: &BTreeMap<PartyId, PersonId>) {
        let before = std::mem::replace(&mut self.charge, charge.clone());
        let is_known = |party: &PartyId| persons.contains_key(party);
        if !is_known(&self.charge.suspect) && is_known(&before.suspect) {
            self.charge.suspect = before.suspect;
        }
        if !self.charge.victims.iter().any(is_known) {
            self.charge.victims.extend(before.victims);
        }
        if fit.0 < Articles::Some {
            self.said.clear();
        }
        self.said.insert(case, charge.history.clone());
        self.case = case;
        self.passed.insert(case);
    }
}

/// Whether a case is about a ruling of another court, or part of one.
fn is_appeal(view: &MatterView) -> bool {
    APPEALS.contains(&view.kind.code())
}

/// Which charges may be which of these lines, and how much speaks for it.
fn fits(
    lines: &[Line],
    open: &[usize],
    charges: &[ChargeView],
    persons: &BTreeMap<PartyId, PersonId>,
) -> Vec<(Fit, usize, usize)> {
    let each = open.iter().flat_map(|place| {
        let line = &lines[*place].charge;
        let charges = charges.iter().enumerate();
        charges.filter_map(|(charge, brought)| fit(line, brought, persons).map(|fit| (fit, *place, charge)))
    });
    each.collect()
}

fn fit(earlier: &ChargeView, later: &ChargeView, persons: &BTreeMap<PartyId, PersonId>) -> Option<Fit> {
    let suspect = match (persons.get(&earlier.suspect), persons.get(&later.suspect)) {
        (Some(one), Some(other)) if one == other => Suspect::Same,
        (Some(_), Some(_)) => return None,
        (None, None) => Suspect::BothUnknown,
        _ => Suspect::OneUnknown,
    };
    let (one, other) = (&earlier.particulars, &later.particulars);
    let days = days_in_common(one.period, other.period);
    let harmed = |charge: &ChargeView| -> BTreeSet<PersonId> {
        charge.victims.iter().filter_map(|victim| persons.get(victim)).copied().collect()
    };
    let same_victim = !harmed(earlier).is_disjoint(&harmed(later));
    let all = |charge: &ChargeView| charge.particulars.articles.iter().cloned().collect::<BTreeSet<_>>();
    let some = || {
        let offence = |article: &&Article| Catalogue::current().modifier(article).is_none();
        let same = |article: &Article| {
            other.articles.iter().any(|that| (that.law(), that.number()) == (article.law(), article.number()))
        };
        one.articles.iter().filter(offence).any(same)
    };
    let articles = if all(earlier) == all(later) {
        Articles::All
    } else if days > 0 && some() {
        Articles::Some
    } else if days > 0 && same_victim {
        Articles::OthersSameVictim
    } else if suspect == Suspect::Same {
        Articles::Others
    } else {
        return None;
    };
    Some((articles, suspect, days, same_victim))
}

/// 2 for the same days, 1 where they overlap, else 0.
fn days_in_common(one: OffencePeriod, other: OffencePeriod) -> u8 {
    let overlap = one.from() <= other.to() && other.from() <= one.to();
    u8::from(overlap) + u8::from(one == other)
}

#[cfg(test)]
mod tests;
