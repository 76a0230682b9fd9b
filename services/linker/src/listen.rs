//! Routes facts to what they concern. Decides nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::decision::Tags;
use domain::fact::linker::GroupWeighed;
use domain::fact::steward::GroupExamined;
use domain::fact::{Actor, Body, Fact, IntakeFact, LinkerFact, StewardFact};
use domain::ids::{CaseId, FactId, MatchId, Pair, PartyId};
use domain::violence::policy::Policies;
use journal::{Cause, Journal, JournalError, Transaction, Vault};
use matching::engine::Engine;
use tokio::sync::Notify;

use crate::attempt::Causes;
use crate::candidates;
use crate::kinds;
use crate::models::{Loaded, activates};
use crate::work::Work;

/// The kinds of facts that concern who is who and what belongs together.
pub const KINDS: [&str; 18] = [
    "intake.party-added",
    "intake.party-details-changed",
    "intake.party-roles-ended",
    "intake.party-removed",
    "intake.case-registered",
    "intake.case-joined",
    "intake.case-split",
    "intake.case-referred",
    "intake.case-withdrawn",
    "intake.event-retracted",
    "intake.event-corrected",
    crate::kinds::MERGED,
    crate::kinds::ACTIVATED,
    "steward.pair-confirmed",
    "steward.pair-rejected",
    "steward.ruling-undone",
    crate::kinds::PROPOSED,
    crate::kinds::EXAMINED,
];

/// The linker at work.
#[derive(Clone)]
pub struct Linker {
    /// Where it reads facts and writes its own.
    pub journal: Journal,
    /// What opens records, and hashes what they are found by.
    pub vault: Vault,
    /// What decides, unless operators put another model in force.
    pub engine: Arc<Engine>,
    /// What courts decided about signals where the rules leave them a choice.
    pub policies: Policies,
    pub(crate) loaded: Loaded,
    /// How much it looked at.
    pub work: Arc<Work>,
    /// Wakes who puts models in force.
    pub(crate) activated: Arc<Notify>,
}

/// What a fact calls for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// The records about which something was said.
    pub parties: BTreeSet<PartyId>,
    /// The pairs about which stewards ruled in one decision.
    pub ruled: BTreeSet<Pair<PartyId>>,
    /// The case in which something was said: its links are decided anew.
    pub case: Option<CaseId>,
    /// What else it is about.
    pub about: About,
}

/// What a fact is about beside its records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum About {
    /// Nothing else.
    #[default]
    Records,
    /// What the case is called, where it came from or goes on.
    Course,
    /// Which numbers are one person's.
    Numbers,
    /// An earlier event of the case, so that anything in it may be different.
    Earlier,
    /// The records are erased.
    Erasure,
    /// Another model is in force: nothing else is new about the record.
    Model,
    /// The same, and it could not be decided when its turn came.
    SetAside,
}

/// What several facts of one case call for, and why.
#[derive(Default)]
struct Together {
    change: Change,
    causes: Vec<(BTreeSet<PartyId>, Cause)>,
}

impl Change {
    /// What a fact calls for; nothing where it concerns nobody here.
    fn of(body: &Body) -> Option<Self> {
        let fact = match body {
            Body::Steward(told) => return Some(Self { ruled: [told.ruled()?].into(), ..Self::default() }),
            Body::Intake(fact) => fact,
            _ => return None,
        };
        let case = fact.case();
        let of_party = |party| Some(Self { parties: [party].into(), case, ..Self::default() });
        match fact {
            IntakeFact::PartyAdded(f) => of_party(f.party),
            IntakeFact::PartyDetailsChanged(f) => of_party(f.party),
            IntakeFact::PartyRemoved(f) => of_party(f.party),
            IntakeFact::PartyRolesEnded(_) | IntakeFact::CaseWithdrawn(_) => Some(Self { case, ..Self::default() }),
            IntakeFact::CaseRegistered(_)
            | IntakeFact::CaseJoined(_)
            | IntakeFact::CaseSplit(_)
            | IntakeFact::CaseReferred(_) => Some(Self { case, about: About::Course, ..Self::default() }),
            IntakeFact::CriminalChainNumbersMerged(_) => Some(Self { case, about: About::Numbers, ..Self::default() }),
            IntakeFact::EventRetracted(_) | IntakeFact::EventCorrected(_) => {
                Some(Self { case, about: About::Earlier, ..Self::default() })
            }
            _ => None,
        }
    }

    /// The case in which others may be decided on with it at once: where it says something about records, or what a case is called.
    fn joins(&self) -> Option<CaseId> {
        self.case.filter(|_| self.ruled.is_empty() && matches!(self.about, About::Records | About::Course))
    }

    /// Both, where both may be decided on at once.
    fn join(&mut self, other: Self) {
        let Self { parties, ruled: _, case, about } = other;
        self.parties.extend(parties);
        self.case = case;
        if about == About::Course {
            self.about = about;
        }
    }

    /// What is held from the start.
    pub fn locks(&self) -> Tags {
        let ruled = self.ruled.iter().flat_map(|pair| [pair.a, pair.b]);
        let parties = self.parties.iter().copied().chain(ruled);
        parties.map(Into::into).chain(self.case.map(Into::into)).collect()
    }
}

impl Linker {
    /// A linker on this journal.
    pub fn new(journal: Journal, vault: Vault, engine: Arc<Engine>) -> Self {
        Self {
            journal,
            vault,
            engine,
            policies: Policies::default(),
            loaded: Loaded::default(),
            work: Arc::default(),
            activated: Arc::default(),
        }
    }

    /// Handles facts: those that say something about the records of one case, or what it is called, with one decision; each of the
    /// others by itself.
    ///
    /// # Errors
    /// When the journal cannot be reached, or holds what no version of this house wrote; what was handled by then stays handled, and
    /// of the decision that failed nothing was done.
    pub async fn handle(self, ids: Vec<FactId>) -> Result<(), JournalError> {
        // In the transaction in which it is decided: to take another connection costs what a statement does.
        let mut transaction = self.journal.begin().await?;
        let facts = transaction.each_with(&ids).await?;
        let mut beginning = Some(transaction);
        let mut together: BTreeMap<CaseId, Together> = BTreeMap::new();
        for fact in &facts {
            if let Some((case, change)) = Change::of(&fact.body).and_then(|change| Some((change.joins()?, change))) {
                let of_case = together.entry(case).or_default();
                of_case.causes.push((change.parties.clone(), self.because_of(fact)));
                of_case.change.join(change);
            } else {
                self.handle_alone(self.transaction(&mut beginning).await?, fact).await?;
            }
        }
        for Together { change, causes } in together.into_values() {
            let Some(causes) = Causes::of(causes) else { continue };
            self.decide_in(self.transaction(&mut beginning).await?, &change, &causes).await?;
        }
        Ok(())
    }

    /// The transaction in which facts were read, or another once that is used.
    async fn transaction(&self, beginning: &mut Option<Transaction>) -> Result<Transaction, JournalError> {
        match beginning.take() {
            Some(transaction) => Ok(transaction),
            None => self.journal.begin().await,
        }
    }

    async fn handle_alone(&self, mut transaction: Transaction, fact: &Fact) -> Result<(), JournalError> {
        match (&fact.body, Change::of(&fact.body)) {
            (Body::Steward(StewardFact::RulingProposed(proposed)), _) => {
                drop(transaction);
                self.foresee(fact, proposed, &self.because_of(fact)).await
            }
            (Body::Steward(StewardFact::GroupExamined(examined)), _) => self.weigh(transaction, fact, examined).await,
            (Body::Steward(told), Some(change)) => {
                let ruled = match told.parted_in() {
                    Some(question) => parted(&mut transaction, question, fact).await?,
                    None => BTreeSet::new(),
                };
                let change = Change { ruled: change.ruled.union(&ruled).copied().collect(), ..change };
                self.decide_in(transaction, &change, &Causes::from(&self.because_of(fact))).await.map(drop)
            }
            (Body::Linker(own), _) if activates(own) => self.is_activated(transaction, fact).await,
            (_, Some(change)) => {
                self.decide_in(transaction, &change, &Causes::from(&self.because_of(fact))).await.map(drop)
            }
            (_, None) => {
                transaction.first_time(fact.id.uuid()).await?;
                transaction.commit().await
            }
        }
    }

    /// Tells what every two records of a group weigh together, by the model in force.
    async fn weigh(
        &self,
        mut transaction: Transaction,
        fact: &Fact,
        examined: &GroupExamined,
    ) -> Result<(), JournalError> {
        if !transaction.first_time(fact.id.uuid()).await? {
            return Ok(());
        }
        let linker = self.in_force(&mut transaction).await?.0;
        let beside = candidates::supporting(transaction.sql(), &examined.members).await?;
        let records = linker.kept(&mut transaction, &examined.members.union(&beside).copied().collect()).await?;
        let crowded = linker.crowded(&mut transaction, &records).await?;
        let weighed = LinkerFact::GroupWeighed(GroupWeighed {
            examination: fact.id,
            question: examined.question,
            totals: linker.engine.totals(&records, &crowded, &examined.members),
            pair: linker.engine.weighed(&records, &crowded, &examined.members),
            model: linker.engine.id().to_owned(),
        });
        transaction.append(vec![weighed], &self.because_of(fact)).await?;
        transaction.commit().await
    }

    pub(crate) fn because_of(&self, fact: &Fact) -> Cause {
        Cause { id: fact.id.uuid(), actor: Actor::service(self.journal.author()), event_time: fact.event_time }
    }
}

/// Every pair on which was ruled, or of which a ruling was taken back, together with this fact: a group is parted whole, and put
/// together whole, whichever of its rulings is heard first.
async fn parted(
    transaction: &mut Transaction,
    question: MatchId,
    fact: &Fact,
) -> Result<BTreeSet<Pair<PartyId>>, JournalError> {
    let facts = transaction.facts_of(&Tags::from([question.into()]), &kinds::PARTINGS).await?;
    let undone = facts.iter().find_map(|other| match &other.body {
        Body::Steward(StewardFact::PartingUndone(undone)) if other.cause == fact.cause => Some(undone.parting),
        _ => None,
    });
    let parting = facts.iter().find_map(|other| match &other.body {
        Body::Steward(StewardFact::GroupParted(parted))
            if undone.map_or(other.cause == fact.cause, |parting| other.id == parting) =>
        {
            Some(&parted.cut)
        }
        _ => None,
    });
    Ok(parting.map(|cut| cut.pairs().collect()).unwrap_or_default())
}
