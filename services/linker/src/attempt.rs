//! One attempt at a decision, and what it holds meanwhile.
//!
//! Locks: a decider waits for locks only while it holds none and has written nothing; what it finds it needs beyond those it takes
//! if it is free, and otherwise ends and begins again with all of them. So no two deciders wait for each other.

use std::collections::BTreeSet;

use domain::decision::{Decision, Supposing, Tag, Tags};
use domain::decisions::in_force::InForce;
use domain::fact::linker::{QuestionWithdrawn, WhyWithdrawn};
use domain::fact::{Body, Fact, LinkerFact, StewardFact};
use domain::ids::{CaseId, FactId, KeyId, MatchId, Pair, PartyId};
use journal::{Cause, JournalError, Recorded, Transaction, Vault, VaultError};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::listen::{About, Change, Linker};
use crate::{beside, candidates};

/// How often a decision is begun again after PostgreSQL ended it, before another consumer is left to try.
const ATTEMPTS: u32 = 5;

/// Why an attempt came to nothing.
pub(crate) enum Stop {
    /// Others hold what it needs.
    Busy,
    /// The journal failed.
    Failed(JournalError),
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::Failed(error)
    }
}

impl From<VaultError> for Stop {
    fn from(error: VaultError) -> Self {
        Self::Failed(error.into())
    }
}

/// Why something is decided: one fact, or several of one case in the order in which they were written, each with the records that it
/// is about.
#[derive(Debug, Clone)]
pub(crate) struct Causes {
    others: Vec<(BTreeSet<PartyId>, Cause)>,
    last: (BTreeSet<PartyId>, Cause),
}

impl Causes {
    /// These; nothing where there are none.
    pub fn of(mut causes: Vec<(BTreeSet<PartyId>, Cause)>) -> Option<Self> {
        let last = causes.pop()?;
        Some(Self { others: causes, last })
    }

    fn all(&self) -> impl Iterator<Item = &(BTreeSet<PartyId>, Cause)> {
        self.others.iter().chain([&self.last])
    }

    fn ids(&self) -> Vec<Uuid> {
        self.all().map(|(_, cause)| cause.id).collect()
    }

    /// Only these; nothing where there are none. What follows from the others was written before.
    fn only(&self, ids: &BTreeSet<Uuid>) -> Option<Self> {
        Self::of(self.all().filter(|(_, cause)| ids.contains(&cause.id)).cloned().collect())
    }

    /// Why a fact is written: because of the first that is about a record it speaks of, or else of the last of all, by which everything
    /// that it rests on was there.
    fn behind(&self, fact: &LinkerFact) -> Cause {
        let mut spoken_of: BTreeSet<PartyId> = fact.members().iter().map(|member| member.party).collect();
        spoken_of.extend(fact.pair().iter().flat_map(|pair| [pair.a, pair.b]));
        let about = self.all().find(|(parties, _)| !parties.is_disjoint(&spoken_of));
        about.unwrap_or(&self.last).1.clone()
    }
}

impl From<&Cause> for Causes {
    fn from(cause: &Cause) -> Self {
        Self { others: Vec::new(), last: (BTreeSet::new(), cause.clone()) }
    }
}

/// A transaction with what it holds, and what it found out it needs.
pub(crate) struct Attempt<'c> {
    pub transaction: Transaction,
    causes: Causes,
    held: Tags,
    supposing: &'c [Fact],
    /// What was decided.
    pub written: Vec<LinkerFact>,
}

impl Attempt<'_> {
    /// The connection, for the read model.
    pub fn sql(&mut self) -> &mut PgConnection {
        self.transaction.sql()
    }

    /// Holds these too, or stops where others hold some. Answers whether any was not held before.
    pub async fn hold(&mut self, wanted: Tags) -> Result<bool, Stop> {
        let missing: Tags = wanted.difference(&self.held).cloned().collect();
        let free = missing.is_empty() || self.transaction.try_lock(&missing).await?;
        let more = !missing.is_empty();
        self.held.extend(missing);
        if free { Ok(more) } else { Err(Stop::Busy) }
    }

    /// Decides, and appends what follows; as if the supposed facts stood there too, where there are any.
    pub async fn decide<D>(&mut self, decision: &D) -> Result<Vec<Recorded<LinkerFact>>, Stop>
    where
        D: Decision<Writes = LinkerFact, Refusal = std::convert::Infallible>,
        D::State: Clone,
    {
        let facts = self.transaction.facts(&decision.rests_on()).await?;
        self.decide_on(decision, &facts).await
    }

    /// The same, resting on these facts.
    pub async fn decide_on<D>(&mut self, decision: &D, on: &[Fact]) -> Result<Vec<Recorded<LinkerFact>>, Stop>
    where
        D: Decision<Writes = LinkerFact, Refusal = std::convert::Infallible>,
        D::State: Clone,
    {
        let causes = &self.causes;
        let because_of = |fact: &LinkerFact| causes.behind(fact);
        let recorded = match self.supposing {
            [] => self.transaction.decide_on(decision, on, because_of).await,
            facts => self.transaction.decide_on(&Supposing { decision, facts }, on, because_of).await,
        };
        let recorded = recorded.map_err(JournalError::from)?;
        self.written.extend(recorded.iter().map(|one| one.fact.clone()));
        Ok(recorded)
    }

    /// Withdraws the questions about these pairs that were not asked anew.
    async fn withdraw(&mut self, pairs: Vec<Pair<PartyId>>) -> Result<(), Stop> {
        let asked = |pair: &Pair<PartyId>| self.written.iter().any(|fact| fact.pair() == Some(*pair));
        let gone: Vec<_> = pairs.into_iter().filter(|pair| !asked(pair)).collect();
        for pair in gone {
            let (question, because) = (MatchId::between(pair), WhyWithdrawn::EvidenceChanged);
            let fact = LinkerFact::QuestionWithdrawn(QuestionWithdrawn { question, pair, because });
            let cause = self.causes.behind(&fact);
            let recorded = self.transaction.append(vec![fact], &cause).await?;
            self.written.extend(recorded.into_iter().map(|one| one.fact));
        }
        Ok(())
    }

    /// The records of pairs that have a bearing on what these records weigh with others. Two deciders who each bring a pair of
    /// the same two cases would not see each other's: so the cases are held.
    pub async fn supporting(&mut self, parties: &BTreeSet<PartyId>) -> Result<BTreeSet<PartyId>, Stop> {
        let cases = candidates::cases(self.sql(), parties).await?;
        if cases.is_empty() {
            return Ok(BTreeSet::new());
        }
        self.hold(tags(cases)).await?;
        Ok(candidates::supporting(self.sql(), parties).await?)
    }

    /// All that hangs together with these records, held.
    pub async fn hanging_together(
        &mut self,
        around: &BTreeSet<PartyId>,
        possible: i32,
    ) -> Result<BTreeSet<PartyId>, Stop> {
        loop {
            let found = candidates::hanging_together(self.sql(), around, possible).await?;
            if !self.hold(tags(found.iter().copied())).await? {
                return Ok(found);
            }
        }
    }
}

impl Linker {
    /// Decides anew what a change calls for, once for each cause. Answers the records about which it was decided.
    pub(crate) async fn decide(&self, change: &Change, cause: &Cause) -> Result<BTreeSet<PartyId>, JournalError> {
        self.decide_in(self.journal.begin().await?, change, &cause.into()).await
    }

    /// The same, in a transaction that has written nothing and holds no locks.
    pub(crate) async fn decide_in(
        &self,
        transaction: Transaction,
        change: &Change,
        causes: &Causes,
    ) -> Result<BTreeSet<PartyId>, JournalError> {
        let (attempt, parties) = self.decided(transaction, change, causes, &[]).await?;
        attempt.transaction.commit().await?;
        Ok(parties)
    }

    /// What a change calls for, decided and not committed: what is dropped leaves no trace. With `supposing` as if those facts
    /// had been written.
    pub(crate) async fn decided<'c>(
        &self,
        mut transaction: Transaction,
        change: &Change,
        causes: &Causes,
        supposing: &'c [Fact],
    ) -> Result<(Attempt<'c>, BTreeSet<PartyId>), JournalError> {
        let (mut locks, mut attempts) = (change.locks(), 1);
        loop {
            let (causes, held) = (causes.clone(), locks.clone());
            let mut attempt = Attempt { transaction, causes, held, supposing, written: Vec::new() };
            let stop = match self.attempt(&mut attempt, change).await {
                Ok(parties) => {
                    self.work.read(attempt.transaction.facts_read());
                    return Ok((attempt, parties));
                }
                Err(stop) => stop,
            };
            // Its locks are let go of before anything else is asked for.
            let Attempt { transaction: ended, held, .. } = attempt;
            drop(ended);
            match stop {
                Stop::Busy => locks = held,
                Stop::Failed(error) if error.is_deadlock() && attempts < ATTEMPTS => attempts += 1,
                Stop::Failed(error) => return Err(error),
            }
            transaction = self.journal.begin().await?;
        }
    }

    async fn attempt(&self, attempt: &mut Attempt<'_>, change: &Change) -> Result<BTreeSet<PartyId>, Stop> {
        let locks = attempt.held.clone();
        attempt.transaction.lock_and_beside(&locks, &Tag::models()).await?;
        if matches!(change.about, About::Model | About::SetAside) {
            return self.anew(attempt, change).await;
        }
        // The inbox after the wait: whoever has written holds up every relay until it ends.
        let first = attempt.transaction.first_time_of(&attempt.causes.ids()).await?;
        match attempt.causes.only(&first) {
            Some(new) => attempt.causes = new,
            None => return Ok(BTreeSet::new()),
        }
        let (linker, building) = self.in_force(&mut attempt.transaction).await?;
        let mut parties = change.parties.clone();
        let mut answered = Vec::new();
        for pair in &change.ruled {
            if self.rule(attempt, *pair).await? {
                answered.push(*pair);
            }
            parties.extend([pair.a, pair.b]);
        }
        if change.about == About::Erasure {
            for party in &change.parties {
                Vault::drop_key(attempt.sql(), KeyId::of_party(*party)).await?;
                parties.extend(self.forget_numbers(attempt, *party).await?);
            }
        }
        let mut cases = BTreeSet::new();
        if let Some(case) = change.case {
            if matches!(change.about, About::Numbers | About::Earlier) {
                parties.extend(linker.merges(attempt, case).await?);
            }
            if change.about == About::Earlier {
                parties.extend(candidates::of_case(attempt.sql(), case).await?);
            }
            if matches!(change.about, About::Course | About::Earlier) {
                cases.extend(linker.form_matters(attempt, case).await?);
            }
        }
        if !parties.is_empty() {
            attempt.hold(tags(parties.iter().copied())).await?;
            cases.extend(linker.identify(attempt, &parties).await?);
        }
        attempt.withdraw(answered).await?;
        if let Some(case) = change.case {
            cases.extend(candidates::sharing_a_person(attempt.sql(), case).await?);
            cases.insert(case);
        }
        linker.link(attempt, cases).await?;
        if building {
            beside::note(&mut attempt.transaction, &attempt.causes.ids(), &parties).await?;
        }
        Ok(parties)
    }
}

impl Linker {
    /// Notes what asks and what was ruled about a pair, as all facts about its question say, whichever of several is handled first.
    /// Answers whether a question stands that a ruling answered which was taken back since.
    async fn rule(&self, attempt: &mut Attempt<'_>, pair: Pair<PartyId>) -> Result<bool, Stop> {
        let question = Tags::from([MatchId::between(pair).into()]);
        let about = Standing::of(pair, &attempt.transaction.facts(&question).await?);
        let about_it = |supposed: &&Fact| matches!(&supposed.body, Body::Steward(told) if told.ruled() == Some(pair));
        let supposed = attempt.supposing.iter().find(about_it).map(|supposed| supposed.id);
        let ruled = supposed.or(about.ruled);
        candidates::stands(attempt.sql(), pair, about.asked, ruled).await?;
        Ok(about.answered)
    }
}

/// What stands about a pair of records.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    /// The fact that asks. Once a ruling was taken back it is asked anew where that is still called for.
    pub asked: Option<FactId>,
    /// The ruling in force.
    ruled: Option<FactId>,
    /// Whether a question was neither withdrawn nor asked anew since a ruling on it was taken back.
    answered: bool,
}

impl Standing {
    /// By facts about the pair, in the order in which they were written.
    pub fn of(pair: Pair<PartyId>, facts: &[Fact]) -> Self {
        let (mut asked, mut answered, mut rulings) = (None, false, InForce::default());
        for fact in facts {
            match &fact.body {
                Body::Linker(LinkerFact::MatchPossible(_) | LinkerFact::ConflictFound(_)) => {
                    (asked, answered) = (Some(fact.id), false);
                }
                Body::Linker(LinkerFact::QuestionWithdrawn(_)) => (asked, answered) = (None, false),
                Body::Steward(StewardFact::RulingUndone(undone)) => {
                    answered |= asked.take().is_some();
                    rulings.undo(pair, undone.ruling);
                }
                Body::Steward(told) if told.ruling().is_some() => rulings.rule(pair, fact.id, fact.id),
                _ => {}
            }
        }
        Self { asked, ruled: rulings.get(pair).copied(), answered }
    }
}

/// The locks on cases or records.
pub(crate) fn tags<T: Into<Tag>>(ids: impl IntoIterator<Item = T>) -> Tags {
    ids.into_iter().map(Into::into).collect()
}

/// The lock that stands for a hash by which records are found: a prefix of it, which says nothing about the value.
pub(crate) fn lock_of(hash: &[u8]) -> Tag {
    use std::fmt::Write as _;
    let mut name = String::with_capacity(40);
    for byte in hash.iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    Tag::lock(&name)
}

/// The cases of what was decided about persons.
pub(crate) fn cases_of(recorded: &[Recorded<LinkerFact>]) -> BTreeSet<CaseId> {
    recorded.iter().flat_map(|one| one.fact.members()).map(|member| member.case).collect()
}
