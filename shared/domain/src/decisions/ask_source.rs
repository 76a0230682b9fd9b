//! A steward asks the court that told of a record whether that is so; and what came of it.
//!
//! Invariants: of one record one thing is asked at a time; whatever the court tells of the record since is an answer, and so is that
//! it looked and has nothing to correct; an answer that is taken back is none.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::docket::{Revisions, Told};
use super::task::Task;
use crate::court::Court;
use crate::decision::{Decision, Tags};
use crate::fact::intake::requests::RecordConfirmed;
use crate::fact::steward::{AskedField, SourceAsked};
use crate::fact::{Body, Fact, IntakeFact, SourceVersion, StewardFact, Subject};
use crate::ids::{CaseId, EventId, MatchId, Pair, PartyId, RequestId};
use crate::jurisdiction::Jurisdiction;
use crate::violence::working_days;

/// Within how many working days an answer is asked for where the steward names no day.
pub const USUAL_TERM: u16 = 10;
/// The most working days that may be given.
pub const LONGEST_TERM: u16 = 65;

/// How a question to a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskState {
    /// It waits for the court, whose day has not passed.
    Waits,
    /// It waits, and the day has passed.
    Late,
    /// The court told something else of the record since.
    Corrected,
    /// The court looked, and has nothing to correct.
    Confirmed,
}

impl AskState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waits, Self::Late, Self::Corrected, Self::Confirmed];

    /// The word on the wire and in the keys of texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Late => "late",
            Self::Corrected => "corrected",
            Self::Confirmed => "confirmed",
        }
    }

    /// Whether the court still has to answer.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waits | Self::Late)
    }
}

/// The kinds of facts, beside those about the record itself, that say that a court has nothing to correct.
pub const CONFIRMED: &str = "intake.record-confirmed";

/// What a court said and did not take back: that it looked at a record, and has nothing to correct.
#[derive(Debug, Clone, Default)]
pub struct Confirmations {
    said: BTreeMap<SourceVersion, RecordConfirmed>,
    revisions: BTreeMap<CaseId, Revisions>,
}

impl Confirmations {
    /// Folds one fact.
    pub fn hear(&mut self, fact: &IntakeFact) {
        if let Some(case) = fact.case() {
            self.revisions.entry(case).or_default().note(fact);
        }
        if let IntakeFact::RecordConfirmed(confirmed) = fact {
            self.said.insert(confirmed.version, confirmed.clone());
        }
    }

    /// Whether a court confirmed a record as it was asked.
    fn has(&self, asked: &SourceAsked) -> bool {
        let of_it = |confirmed: &&RecordConfirmed| {
            confirmed.request == asked.request && confirmed.party == asked.party && confirmed.case == asked.case
        };
        let mut of_case = self.said.values().filter(|confirmed| confirmed.case == asked.case);
        let Some(revisions) = self.revisions.get(&asked.case) else { return of_case.any(|one| of_it(&one)) };
        let counting = revisions.counting(self.said.keys());
        counting.into_iter().filter_map(|at| self.said.get(&at)).any(|one| of_it(&one))
    }
}

/// How what was asked stands, by what the court tells of the record now.
pub fn state(asked: &SourceAsked, words: Option<EventId>, confirmed: &Confirmations, today: Date) -> AskState {
    if confirmed.has(asked) {
        AskState::Confirmed
    } else if words != asked.words {
        AskState::Corrected
    } else if today > asked.answer_by {
        AskState::Late
    } else {
        AskState::Waits
    }
}

/// A steward asks a source.
#[derive(Debug, Clone)]
pub struct AskSource {
    /// The question of the desk.
    pub question: MatchId,
    /// Its two records.
    pub pair: Pair<PartyId>,
    /// The record that is asked about.
    pub party: PartyId,
    /// Its case.
    pub case: CaseId,
    /// Where that runs: court, jurisdiction and numbers; nothing while its court has not told of the registration.
    pub at: Option<(Court, Jurisdiction, Vec<String>)>,
    /// What is doubted.
    pub fields: BTreeSet<AskedField>,
    /// Who asks.
    pub by: Subject,
    /// The last day for an answer; the usual term where none is named.
    pub answer_by: Option<Date>,
    /// What day it is.
    pub today: Date,
    /// What time it is.
    pub now: Timestamp,
}

/// Why nothing was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such question, or the record is not one of its pair.
    #[error("no such question")]
    NeverAsked,
    /// It waits for no answer.
    #[error("the question is not open")]
    NotOpen,
    /// Somebody else has it in hand.
    #[error("another steward has taken up this question")]
    Claimed,
    /// Nothing is doubted.
    #[error("at least one field is asked about")]
    Nothing,
    /// Its court has not told of the case, or not of the record.
    #[error("the court has not told of this record")]
    Untold,
    /// The day is not after today, or too far away.
    #[error("the day is not after today, or too far away")]
    Term,
}

/// The question, and what the court tells of the record.
#[derive(Debug, Clone, Default)]
pub struct Known {
    task: Task,
    told: Told,
    confirmed: Confirmations,
}

impl Decision for AskSource {
    type Writes = StewardFact;
    type State = Known;
    type Refusal = Refusal;

    fn rests_on(&self) -> Tags {
        let mut tags = Task::tags(self.question, self.pair);
        tags.insert(self.case.into());
        tags
    }

    fn evolve(&self, mut known: Known, fact: &Fact) -> Known {
        if let Body::Intake(told) = &fact.body
            && told.case() == Some(self.case)
        {
            known.told.fold(self.party, told);
            known.confirmed.hear(told);
        }
        known.task = known.task.evolve(self.question, fact);
        known
    }

    fn decide(&self, known: &Known) -> Result<Vec<StewardFact>, Refusal> {
        let task = &known.task;
        let of_pair = |party| party == self.pair.a || party == self.pair.b;
        if task.asked.as_ref().is_none_or(|asked| asked.pair != self.pair) || !of_pair(self.party) {
            return Err(Refusal::NeverAsked);
        }
        if task.is_held_by_another(&self.by, self.now) {
            return Err(Refusal::Claimed);
        }
        if !task.is_open {
            return Err(Refusal::NotOpen);
        }
        if self.fields.is_empty() {
            return Err(Refusal::Nothing);
        }
        let answer_by = self.answer_by.unwrap_or_else(|| working_days::add(self.today, USUAL_TERM));
        if answer_by <= self.today || answer_by > working_days::add(self.today, LONGEST_TERM) {
            return Err(Refusal::Term);
        }
        let words = known.told.words();
        let (Some((court, jurisdiction, numbers)), true) = (self.at.clone(), words.is_some()) else {
            return Err(Refusal::Untold);
        };
        let of_record: Vec<&SourceAsked> = task.asks.iter().filter(|asked| asked.party == self.party).collect();
        if of_record.iter().any(|asked| state(asked, words, &known.confirmed, self.today) == AskState::Waits) {
            return Ok(Vec::new());
        }
        let place = of_record.len().to_string();
        let request = RequestId::derived(&["source", &self.question.to_string(), &self.party.to_string(), &place]);
        Ok(vec![StewardFact::SourceAsked(SourceAsked {
            request,
            question: self.question,
            party: self.party,
            case: self.case,
            court,
            jurisdiction,
            numbers,
            roles: known.told.now().roles,
            fields: self.fields.clone(),
            words,
            by: self.by.clone(),
            on: self.today,
            answer_by,
        })])
    }
}

#[cfg(test)]
mod tests;
