//! Who is who and what belongs together, as the journal says it stood at some moment, and why.
//!
//! Folded from facts alone: nothing here reads the read model, so that it can answer for a day long past and be held against the
//! read model of today.

use std::collections::BTreeMap;

use domain::decisions::in_force::InForce;
use domain::fact::linker::{CasesLinked, MatterFormed, PairEvidence, PersonCertain, Question};
use domain::fact::{Body, Fact, LinkerFact, StewardFact};
use domain::ids::{CaseId, FactId, MatchId, MatterId, Pair, PersonId};
use jiff::Timestamp;
use journal::{Journal, JournalError, Transaction, Which};

use crate::kinds;

/// What was said, in which fact, and when it was written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<T> {
    /// What was said.
    pub said: T,
    /// The fact.
    pub fact: FactId,
    /// When it was written down.
    pub since: Timestamp,
}

/// A steward's word about two records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// Whether they are one person.
    pub same: bool,
    /// Who said it.
    pub by: String,
    /// How far the records agreed then, where that was kept.
    pub seen: Option<PairEvidence>,
}

/// Everything that stood.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The persons with two records or more.
    pub persons: BTreeMap<PersonId, Entry<PersonCertain>>,
    /// Where a person that turned out to be another is found.
    pub redirects: BTreeMap<PersonId, PersonId>,
    /// The links.
    pub links: BTreeMap<Pair<CaseId>, Entry<CasesLinked>>,
    /// The matters.
    pub matters: BTreeMap<MatterId, Entry<MatterFormed>>,
    /// What stewards were asked and had not answered.
    pub questions: BTreeMap<MatchId, Entry<Question>>,
    /// The ruling about each pair that is in force.
    pub rulings: InForce<Entry<Ruled>>,
}

impl State {
    /// What stood at a moment, or stands now.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote.
    pub async fn at(journal: &Journal, moment: Option<Timestamp>) -> Result<Self, JournalError> {
        Self::read(&mut journal.begin().await?, moment).await
    }

    pub(crate) async fn read(transaction: &mut Transaction, moment: Option<Timestamp>) -> Result<Self, JournalError> {
        let mut state = Self::default();
        let hear = |fact: &Fact| {
            if moment.is_none_or(|moment| fact.recorded_at <= moment) {
                state.fold(fact);
            }
        };
        transaction.each(Which::Handled, &kinds::standing(), hear).await?;
        Ok(state)
    }

    /// Folds one fact, in the journal's order.
    pub fn fold(&mut self, fact: &Fact) {
        fn entry<T>(said: T, fact: &Fact) -> Entry<T> {
            Entry { said, fact: fact.id, since: fact.recorded_at }
        }
        let body = match &fact.body {
            Body::Linker(body) => body,
            Body::Steward(StewardFact::RulingUndone(undone)) => return self.rulings.undo(undone.pair, undone.ruling),
            Body::Steward(ruled) => {
                if let Some((ruling, same)) = ruled.ruling() {
                    let by = ruling.by.as_str().to_owned();
                    let said = Ruled { same, by, seen: ruling.evidence.clone() };
                    self.rulings.rule(ruling.pair, fact.id, entry(said, fact));
                }
                return;
            }
            _ => return,
        };
        if let Some(person) = body.ends() {
            self.persons.remove(&person);
        }
        match body {
            LinkerFact::PersonCertain(person) => {
                // An id that was another's for a while may be its own again.
                self.redirects.remove(&person.person);
                self.persons.insert(person.person, entry(person.clone(), fact));
            }
            LinkerFact::PersonsMerged(merged) => drop(self.redirects.insert(merged.person, merged.into)),
            LinkerFact::MatchPossible(question) | LinkerFact::ConflictFound(question) => {
                self.questions.insert(question.question, entry(question.clone(), fact));
            }
            LinkerFact::QuestionWithdrawn(question) => drop(self.questions.remove(&question.question)),
            LinkerFact::CasesLinked(link) | LinkerFact::LinkChanged(link) => {
                self.links.insert(link.cases, entry(link.clone(), fact));
            }
            LinkerFact::LinkWithdrawn(link) => drop(self.links.remove(&link.cases)),
            LinkerFact::MatterFormed(matter) => drop(self.matters.insert(matter.matter, entry(matter.clone(), fact))),
            LinkerFact::MatterDissolved(matter) => drop(self.matters.remove(&matter.matter)),
            LinkerFact::PersonDissolved(_)
            | LinkerFact::PersonSplit(_)
            | LinkerFact::ConsequencesForeseen(_)
            | LinkerFact::ModelProposed(_)
            | LinkerFact::ModelActivated(_)
            | LinkerFact::ProposalRejected(_)
            | LinkerFact::GroupWeighed(_) => {}
        }
    }

    /// The person that an id stands for by now, over any number of mergers.
    pub fn resolve(&self, person: PersonId) -> PersonId {
        let mut found = person;
        // No longer than there are redirects, so that it ends even where they go round.
        for _ in 0..self.redirects.len() {
            match self.redirects.get(&found) {
                Some(next) => found = *next,
                None => break,
            }
        }
        found
    }

    /// The matter of each case that is one with others.
    pub fn matter_of_each(&self) -> BTreeMap<CaseId, MatterId> {
        let matters = self.matters.values().map(|matter| &matter.said);
        matters.flat_map(|matter| matter.cases.iter().map(|case| (*case, matter.matter))).collect()
    }
}

/// Pairs of records that hold a person together, in words for an operator: rule, field by field the level, and the ruling.
pub fn why(evidence: &PairEvidence) -> String {
    let agrees = evidence.fields.iter().filter(|field| field.level != "missing");
    let fields: Vec<String> =
        agrees.map(|field| format!("{} {}", field.field, field.detail.as_ref().unwrap_or(&field.level))).collect();
    let ruling = evidence.ruling.map(|ruling| format!(", ruling {ruling}")).unwrap_or_default();
    let weight = evidence.millibits.map(|bits| format!(", {:.1} bits", f64::from(bits) / 1_000.0)).unwrap_or_default();
    format!("{} = {}: {} ({}{weight}{ruling})", evidence.pair.a, evidence.pair.b, evidence.rule, fields.join(", "))
}
