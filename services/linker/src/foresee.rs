//! What would follow from a ruling that a steward proposes: decided as if it had been given, and not kept.
//!
//! The very code that will follow the ruling runs on the very read model under the very locks, in a transaction that is dropped;
//! only what it would have written is told, in a fact. Of judges' notices no more than how many there would be: whoever says who is
//! who is not to weigh what follows from it. On a control question it is told as if nothing were known of its two records: else what
//! would follow told what is known.

use std::collections::BTreeSet;

use domain::decision::{Decision as _, Tags};
use domain::decisions::form_matters::Matters;
use domain::decisions::raise_signal::{Known, Matter, OF_OTHERS, RaiseSignal, others};
use domain::decisions::task::Task;
use domain::fact::linker::{ConsequencesForeseen, LinkBecomes, LinkForeseen, Notices, PersonCertain};
use domain::fact::steward::{Ruling, RulingProposed, RulingReason};
use domain::fact::{AlertsFact, Body, Fact, LinkerFact, StewardFact};
use domain::ids::{CaseId, FactId, MatchId, Pair, PartyId, PersonId};
use domain::violence::policy::Policies;
use jiff::civil::Date;
use journal::{Cause, JournalError, Transaction};

use crate::attempt::{Causes, tags};
use crate::kinds::MATTERS;
use crate::listen::{Change, Linker};

impl Linker {
    /// Answers a proposal, once.
    pub(crate) async fn foresee(
        &self,
        fact: &Fact,
        proposed: &RulingProposed,
        cause: &Cause,
    ) -> Result<(), JournalError> {
        let foreseen = self.suppose(fact, proposed).await?;
        let mut transaction = self.journal.begin().await?;
        if transaction.first_time(fact.id.uuid()).await? {
            transaction.append(vec![LinkerFact::ConsequencesForeseen(foreseen)], cause).await?;
        }
        transaction.commit().await
    }

    async fn suppose(&self, fact: &Fact, proposed: &RulingProposed) -> Result<ConsequencesForeseen, JournalError> {
        let task = self.task(proposed).await?;
        if !task.drawn.as_ref().is_some_and(|drawn| drawn.same) {
            return self.suppose_so(fact, proposed, &task).await;
        }
        // As if the two were two: then to say so changes nothing, and to say that they are one does what would now be undone.
        let parted = self.suppose_so(fact, &RulingProposed { same: false, ..proposed.clone() }, &task).await?;
        Ok(if proposed.same { the_other_way_round(parted, task.whole()) } else { nothing(parted) })
    }

    /// The question, with the persons of its records.
    async fn task(&self, proposed: &RulingProposed) -> Result<Task, JournalError> {
        let mut transaction = self.journal.begin().await?;
        let mut facts = transaction.facts(&Tags::from([proposed.question.into()])).await?;
        let records = Tags::from([proposed.pair.a.into(), proposed.pair.b.into()]);
        facts.extend(transaction.facts_of(&records, &Task::PERSONS).await?);
        Ok(Task::of(proposed.question, &facts))
    }

    async fn suppose_so(
        &self,
        fact: &Fact,
        proposed: &RulingProposed,
        task: &Task,
    ) -> Result<ConsequencesForeseen, JournalError> {
        let supposed = supposed(fact, proposed, task);
        let change = Change { ruled: supposed.iter().filter_map(ruled).collect(), ..Change::default() };
        let id = FactId::derived(&["supposed", &fact.id.to_string()]).uuid();
        let cause = Cause { id, ..self.because_of(fact) };
        let transaction = self.journal.begin().await?;
        let (mut attempt, _) = self.decided(transaction, &change, &Causes::from(&cause), &supposed).await?;
        let mut foreseen = told(fact.id, proposed, &attempt.written);
        self.in_force(&mut attempt.transaction).await?.0.engine.id().clone_into(&mut foreseen.model);
        let links = foreseen.links.values().map(|link| link.cases).collect();
        foreseen.notices = notices(&mut attempt.transaction, &links, proposed.on, &self.policies).await?;
        Ok(foreseen)
    }
}

/// The rulings, as they would stand in the journal right after the proposal: one on every two records that a cut parts.
fn supposed(fact: &Fact, proposed: &RulingProposed, task: &Task) -> Vec<Fact> {
    let evidence = task.evidence();
    let ruling = |pair: Pair<PartyId>| Ruling {
        question: MatchId::between(pair),
        pair,
        by: proposed.by.clone(),
        // Neither ground nor words have a bearing on what follows.
        reason: RulingReason::DataAgrees,
        note: None,
        evidence: evidence.clone().filter(|_| pair == proposed.pair),
        opinions: Vec::new(),
        parted_in: proposed.cut.as_ref().map(|_| proposed.question),
    };
    let supposed = |pair: Pair<PartyId>| {
        let question = MatchId::between(pair).to_string();
        let id = FactId::derived(&["supposed", &fact.id.to_string(), &question]);
        let ruling = ruling(pair);
        let body = if proposed.same { StewardFact::PairConfirmed(ruling) } else { StewardFact::PairRejected(ruling) };
        Fact { id, body: body.into(), ..fact.clone() }
    };
    match &proposed.cut {
        Some(cut) => cut.pairs().map(supposed).collect(),
        None => vec![supposed(proposed.pair)],
    }
}

/// What parting two records would undo, as what joining them would do.
fn the_other_way_round(parted: ConsequencesForeseen, whole: Option<&PersonCertain>) -> ConsequencesForeseen {
    let turned = |link: LinkForeseen| LinkForeseen {
        becomes: match link.becomes {
            LinkBecomes::Unlinked => LinkBecomes::Linked,
            LinkBecomes::Linked => LinkBecomes::Unlinked,
            LinkBecomes::Changed => LinkBecomes::Changed,
        },
        ..link
    };
    let is_another = |person: &PersonId| whole.is_none_or(|whole| whole.person != *person);
    ConsequencesForeseen {
        persons: whole.map(|whole| (whole.person, whole.members.clone())).into_iter().collect(),
        ended: parted.persons.keys().copied().filter(is_another).collect(),
        links: parted.links.into_iter().map(|(link, foreseen)| (link, turned(foreseen))).collect(),
        asked: BTreeSet::new(),
        withdrawn: parted.asked,
        notices: Notices {
            sent: parted.notices.withdrawn,
            updated: parted.notices.updated,
            withdrawn: parted.notices.sent,
        },
        ..parted
    }
}

/// That nothing would follow.
fn nothing(parted: ConsequencesForeseen) -> ConsequencesForeseen {
    ConsequencesForeseen {
        persons: [].into(),
        ended: BTreeSet::new(),
        links: [].into(),
        asked: BTreeSet::new(),
        withdrawn: BTreeSet::new(),
        notices: Notices::default(),
        ..parted
    }
}

/// The pair that a fact rules on.
fn ruled(fact: &Fact) -> Option<Pair<PartyId>> {
    match &fact.body {
        Body::Steward(told) => told.ruled(),
        _ => None,
    }
}

/// What was decided, as far as it is told.
fn told(proposal: FactId, proposed: &RulingProposed, written: &[LinkerFact]) -> ConsequencesForeseen {
    let mut foreseen = ConsequencesForeseen {
        proposal,
        question: proposed.question,
        persons: [].into(),
        ended: BTreeSet::new(),
        links: [].into(),
        asked: BTreeSet::new(),
        withdrawn: BTreeSet::new(),
        notices: Notices::default(),
        model: String::new(),
    };
    for fact in written {
        foreseen.ended.extend(fact.ends());
        match fact {
            LinkerFact::PersonCertain(f) => drop(foreseen.persons.insert(f.person, f.members.clone())),
            LinkerFact::MatchPossible(f) | LinkerFact::ConflictFound(f) => {
                foreseen.asked.insert(f.question);
            }
            LinkerFact::QuestionWithdrawn(f) if f.question != proposed.question => {
                foreseen.withdrawn.insert(f.question);
            }
            LinkerFact::CasesLinked(f) => {
                foreseen.links.insert(f.link, LinkForeseen { cases: f.cases, becomes: LinkBecomes::Linked });
            }
            LinkerFact::LinkChanged(f) => {
                foreseen.links.insert(f.link, LinkForeseen { cases: f.cases, becomes: LinkBecomes::Changed });
            }
            LinkerFact::LinkWithdrawn(f) => {
                foreseen.links.insert(f.link, LinkForeseen { cases: f.cases, becomes: LinkBecomes::Unlinked });
            }
            _ => {}
        }
    }
    foreseen
}

/// How many notices would go to judges because of what became of these links, on a day.
async fn notices(
    transaction: &mut Transaction,
    links: &BTreeSet<Pair<CaseId>>,
    today: Date,
    policies: &Policies,
) -> Result<Notices, JournalError> {
    let cases: BTreeSet<CaseId> = links.iter().flat_map(|cases| [cases.a, cases.b]).collect();
    let matters = Matters::of_facts(&transaction.facts_of(&tags(cases), &MATTERS).await?);
    let matter = |case: CaseId| matters.of(case).map_or_else(|| Matter::from(case), Matter::from);
    let pairs: BTreeSet<(Matter, Matter)> = links
        .iter()
        .map(|cases| (matter(cases.a), matter(cases.b)))
        .flat_map(|(one, other)| [(one.clone(), other.clone()), (other, one)])
        .collect();
    let mut notices = Notices::default();
    for (own, parallel) in pairs {
        let decision = RaiseSignal { own, parallel, today, policies: policies.clone() };
        let about = decision.own.cases.union(&decision.parallel.cases).copied();
        let about: Tags = tags(about).into_iter().chain(decision.signals().into_iter().map(Into::into)).collect();
        let mut facts = transaction.facts(&about).await?;
        let cases = decision.own.cases.union(&decision.parallel.cases).copied().collect();
        let others = tags(others(&cases, &facts));
        facts.extend(transaction.facts_of(&others, &OF_OTHERS).await?);
        let known = facts.iter().fold(Known::default(), |known, fact| decision.evolve(known, fact));
        let writes = match decision.decide(&known) {
            Ok(writes) => writes,
            Err(never) => match never {},
        };
        for written in writes {
            match written {
                AlertsFact::SignalRaised(_) => notices.sent += 1,
                AlertsFact::SignalUpdated(_) => notices.updated += 1,
                AlertsFact::SignalWithdrawn(_) => notices.withdrawn += 1,
                _ => {}
            }
        }
    }
    Ok(notices)
}
