//! How good the decisions about who is who are: how often stewards agree, how often a ruling is overturned, how often what was
//! asked turned out to be one person, how long a decision takes, whether records of a source agree otherwise than they used to, and
//! what control questions tell of stewards and of the linker.
//!
//! Invariants: counted over all stewards together, never by steward; of fewer than ten nothing is said; every share comes with the
//! interval in which it lies nineteen times in twenty. A function of facts: the same facts give the same report.

mod controls;
mod drift;
mod share;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

pub use self::controls::{CertainRight, Estimate};
pub use self::drift::{Drift, WINDOW};
pub use self::share::{Share, weighted};

use self::controls::Controls;
use self::drift::Samples;
use crate::fact::linker::Question;
use crate::fact::steward::{Choice, GroupParted, Ruling, RulingUndone, Stratum};
use crate::fact::{Body, Fact, IntakeFact, LinkerFact, StewardFact};
use crate::figures::{LEAST, quantile};
use crate::ids::{FactId, MatchId, Pair, PartyId};

/// The kinds of facts that are counted.
pub const KINDS: [&str; 18] = [
    "intake.case-registered",
    "linker.conflict-found",
    "linker.match-possible",
    "linker.person-certain",
    "linker.person-dissolved",
    "linker.person-split",
    "linker.persons-merged",
    "linker.question-withdrawn",
    "steward.control-drawn",
    "steward.group-parted",
    "steward.opinion-given",
    "steward.pair-confirmed",
    "steward.pair-rejected",
    "steward.pair-reviewed",
    "steward.parting-undone",
    "steward.question-raised",
    "steward.review-undone",
    "steward.ruling-undone",
];

/// A ruling, as far as it is counted; the parting of a group is one, however many rulings stand beside it.
#[derive(Debug, Clone)]
struct Ruled {
    same: bool,
    /// The rule that asked.
    rule: String,
    /// How long the question had waited.
    minutes: Option<i64>,
    /// What the first two who spoke thought, where two spoke and could tell: whether they agreed.
    agreed: Option<bool>,
    /// Whether it answers a judge's doubt about a link.
    doubted: bool,
    fate: Fate,
}

/// What became of a ruling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It stands, or another that says the same took its place.
    Stands,
    /// Who gave it took it back.
    TakenBack,
    /// The opposite took its place.
    Overturned,
}

/// A question, while it is followed.
#[derive(Debug, Clone, Default)]
struct Course {
    opened: Option<Timestamp>,
    rule: String,
    doubted: bool,
    choices: Vec<Choice>,
}

/// What is known of all questions.
#[derive(Debug, Clone, Default)]
pub struct Quality {
    questions: BTreeMap<MatchId, Course>,
    rulings: BTreeMap<FactId, Ruled>,
    /// What is in force on each pair, the newest last: a ruling, or the parting that it is part of.
    in_force: BTreeMap<Pair<PartyId>, Vec<FactId>>,
    /// The newest parting on each question.
    partings: BTreeMap<MatchId, FactId>,
    /// The partings that rulings are part of.
    parts: BTreeMap<FactId, FactId>,
    samples: Samples,
    controls: Controls,
}

/// What became of the questions of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByRule {
    /// The rule that asked.
    pub rule: String,
    /// How many of the rulings say that it is one person.
    pub same: Share,
}

/// What is said of the quality.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Rulings that were given, those that were taken back among them; nothing where there are fewer than ten.
    pub ruled: Option<usize>,
    /// Minutes from the asking to the ruling: half took no longer.
    pub minutes_median: Option<i64>,
    /// The same for nine in ten.
    pub minutes_p90: Option<i64>,
    /// Where two spoke, neither knowing what the other thought: how many agreed.
    pub agreement: Option<Share>,
    /// Rulings taken back soon after they were given, by who gave them.
    pub undone: Option<Share>,
    /// Rulings in whose place the opposite came later.
    pub overturned: Option<Share>,
    /// Links that a judge doubted and stewards looked at again: how many turned out to be wrong.
    pub doubts_right: Option<Share>,
    /// Rulings of one steward that another was shown as if there were none: how many were answered alike.
    pub reviewed: Option<Share>,
    /// The same of what two had ruled alike, so that the answer counts as known.
    pub known: Option<Share>,
    /// Pairs of which the linker is certain by itself and that a steward was shown as if it were not, by what it is certain by.
    pub certain: Vec<CertainRight>,
    /// How many of all such pairs are right.
    pub precision: Option<Estimate>,
    /// How many of all pairs known to be one person the linker was certain of by itself. Pairs that nobody ever asked about are not
    /// counted, so that it is no more than this.
    pub recall: Option<Estimate>,
    /// By the rule that asked, how many of the pairs were one person: the precision of what the linker thinks possible.
    pub by_rule: Vec<ByRule>,
    /// Whether records of a court agree otherwise than they used to.
    pub drift: Vec<Drift>,
}

impl Quality {
    /// Folds one fact, in the journal's order.
    pub fn hear(&mut self, fact: &Fact) {
        self.controls.hear(fact);
        match &fact.body {
            Body::Intake(IntakeFact::CaseRegistered(f)) => self.samples.registered(f.case, f.court),
            Body::Linker(LinkerFact::MatchPossible(asked) | LinkerFact::ConflictFound(asked)) => {
                self.samples.asked(asked, fact.recorded_at);
                self.ask(asked, fact.recorded_at);
            }
            Body::Linker(LinkerFact::QuestionWithdrawn(gone)) => {
                let course = self.questions.entry(gone.question).or_default();
                (course.opened, course.doubted) = (None, false);
                course.choices.clear();
            }
            Body::Steward(StewardFact::QuestionRaised(raised)) => {
                self.ask(&raised.asked, fact.recorded_at);
                self.questions.entry(raised.asked.question).or_default().doubted = true;
            }
            Body::Steward(StewardFact::OpinionGiven(given)) => {
                self.questions.entry(given.question).or_default().choices.push(given.choice);
            }
            Body::Steward(StewardFact::PairConfirmed(ruling)) => self.rule(fact, ruling, true),
            Body::Steward(StewardFact::PairRejected(ruling)) => self.rule(fact, ruling, false),
            Body::Steward(StewardFact::RulingUndone(undone)) => self.undo(undone),
            Body::Steward(StewardFact::GroupParted(parted)) => self.part(fact, parted),
            Body::Steward(StewardFact::PartingUndone(undone)) => self.take_back(undone.parting),
            _ => {}
        }
    }

    fn ask(&mut self, asked: &Question, at: Timestamp) {
        let course = self.questions.entry(asked.question).or_default();
        course.opened.get_or_insert(at);
        course.rule.clone_from(&asked.evidence.rule);
    }

    fn rule(&mut self, fact: &Fact, ruling: &Ruling, same: bool) {
        let parting = ruling.parted_in.and_then(|question| self.partings.get(&question)).copied();
        let given = parting.unwrap_or(fact.id);
        if parting.is_some() {
            self.parts.insert(fact.id, given);
        } else {
            let ruled = self.decided(fact, ruling.question, same);
            self.rulings.insert(given, ruled);
        }
        let held = self.in_force.entry(ruling.pair).or_default();
        let before = held.last().and_then(|before| self.rulings.get_mut(before));
        if let Some(before) = before.filter(|before| before.same != same) {
            before.fate = Fate::Overturned;
        }
        held.push(given);
    }

    /// The rulings that stand beside it come next.
    fn part(&mut self, fact: &Fact, parted: &GroupParted) {
        let ruled = self.decided(fact, parted.question, false);
        self.rulings.insert(fact.id, ruled);
        self.partings.insert(parted.question, fact.id);
    }

    fn undo(&mut self, undone: &RulingUndone) {
        let given = self.parts.get(&undone.ruling).copied().unwrap_or(undone.ruling);
        self.take_back(given);
        if let Some(held) = self.in_force.get_mut(&undone.pair) {
            held.retain(|ruling| *ruling != given);
        }
    }

    fn take_back(&mut self, given: FactId) {
        if let Some(ruled) = self.rulings.get_mut(&given) {
            ruled.fate = Fate::TakenBack;
        }
    }

    /// A question is decided: nothing that was thought of it so far counts for the next decision.
    fn decided(&mut self, fact: &Fact, question: MatchId, same: bool) -> Ruled {
        let course = self.questions.entry(question).or_default();
        let minutes = course.opened.take().map(|opened| fact.recorded_at.duration_since(opened).as_mins().max(0));
        course.choices.push(Choice::of(same));
        let told: Vec<Choice> =
            course.choices.drain(..).filter(|choice| matches!(choice, Choice::Same | Choice::Different)).collect();
        let agreed = told.first().zip(told.get(1)).map(|(first, second)| first == second);
        let doubted = std::mem::take(&mut course.doubted);
        Ruled { same, rule: course.rule.clone(), minutes, agreed, doubted, fate: Fate::Stands }
    }

    /// The report as of `today`.
    pub fn report(&self, today: Date) -> Report {
        let count = |which: &dyn Fn(&Ruled) -> bool| self.rulings.values().filter(|ruled| which(ruled)).count();
        let all = self.rulings.len();
        let kept = count(&|ruled| ruled.fate != Fate::TakenBack);
        let doubts = count(&|ruled| ruled.doubted && ruled.fate != Fate::TakenBack);
        let wrong = count(&|ruled| ruled.doubted && ruled.fate != Fate::TakenBack && !ruled.same);
        let two = count(&|ruled| ruled.agreed.is_some());
        let mut minutes: Vec<i64> = self.rulings.values().filter_map(|ruled| ruled.minutes).collect();
        minutes.sort_unstable();
        Report {
            ruled: (all >= LEAST).then_some(all),
            minutes_median: quantile(&minutes, 50),
            minutes_p90: quantile(&minutes, 90),
            agreement: Share::of(count(&|ruled| ruled.agreed == Some(true)), two),
            undone: Share::of(all - kept, all),
            overturned: Share::of(count(&|ruled| ruled.fate == Fate::Overturned), kept),
            doubts_right: Share::of(wrong, doubts),
            reviewed: self.controls.agreed(&[Stratum::Ruled]),
            known: self.controls.agreed(&[Stratum::Agreed]),
            certain: self.controls.certain(),
            precision: self.controls.precision(),
            recall: self.controls.recall(self.found_by_people()),
            by_rule: self.by_rule(),
            drift: self.samples.drift(today),
        }
    }

    /// What is in force of what the linker asked, each ruling and each parting once.
    fn in_force(&self) -> Vec<&Ruled> {
        let newest: BTreeSet<&FactId> = self.in_force.values().filter_map(|held| held.last()).collect();
        let asked = |ruled: &&Ruled| !ruled.doubted && !ruled.rule.is_empty();
        newest.into_iter().filter_map(|given| self.rulings.get(given)).filter(asked).collect()
    }

    fn found_by_people(&self) -> usize {
        self.in_force().into_iter().filter(|ruled| ruled.same).count()
    }

    /// The newest ruling on each pair that was asked about by itself, by the rule that asked.
    fn by_rule(&self) -> Vec<ByRule> {
        let newest = self.in_force();
        let rules: BTreeSet<&str> = newest.iter().map(|ruled| ruled.rule.as_str()).collect();
        let of = |rule: &str| {
            let asked: Vec<&&Ruled> = newest.iter().filter(|ruled| ruled.rule == rule).collect();
            let same = asked.iter().filter(|ruled| ruled.same).count();
            Some(ByRule { rule: rule.to_owned(), same: Share::of(same, asked.len())? })
        };
        rules.into_iter().filter_map(of).collect()
    }
}

#[cfg(test)]
mod tests;
