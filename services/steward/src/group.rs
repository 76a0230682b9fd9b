//! The records of one person laid side by side, and what stewards say of them together: that they are to be parted, how, and that
//! they are not after all.
//!
//! Invariants: what the two records of a question are of decides which group is opened, there is no search for persons; whoever
//! parts a group saw every record of it as it is now, and all rulings are written or none; what every two weigh is asked of the
//! linker, by a fact, and told by another.

use std::collections::{BTreeMap, BTreeSet};

use domain::decision::{Decision as _, Tags};
use domain::decisions::docket::Told;
use domain::decisions::part_group::{PartGroup, Refusal, SuspectGroup, UndoParting, cut_at_weakest, members, weakest};
use domain::decisions::rule_on_pair::UndoRefusal;
use domain::decisions::task::Task;
use domain::fact::linker::{PairEvidence, PersonCertain};
use domain::fact::steward::{Cut, GroupExamined, Note, RulingReason};
use domain::fact::{Actor, Author, Body, LinkerFact, StewardFact, Subject};
use domain::ids::{CaseId, FactId, MatchId, Pair, PartyId};
use journal::{Cause, DecideError, Transaction};

use crate::desk::{Desk, DeskError, Hand, Opened, Record, text};
use crate::proposals::{AGAIN, PATIENCE};
use crate::reveals::Side;
use crate::rulings::{Outcome, Request, RulingError, Taken, fresh_as, note, refreshed, written_for};
use crate::standing::Standing;
use crate::version::{Changed, Version};
use crate::{opinions, queue};

/// A record of a group.
#[derive(Debug)]
pub struct Grouped {
    /// Which.
    pub party: PartyId,
    /// What its court says.
    pub record: Record,
}

/// A group with all its records.
#[derive(Debug)]
pub struct Group {
    /// How the question stands on which it was opened.
    pub standing: Standing,
    /// Its records: first the two of the question, then the others in the order of their ids.
    pub records: Vec<Grouped>,
    /// What holds it together, the weakest first.
    pub links: Vec<PairEvidence>,
    /// What every two of its records weigh together, in thousandths of a bit; nothing while nobody asked since it is as it is.
    pub totals: Option<BTreeMap<Pair<PartyId>, i32>>,
    /// The cut through its weakest link.
    pub at_weakest: Option<Cut>,
    /// What a decision on what is seen here rests on.
    pub version: String,
    /// Who has the question in hand.
    pub hand: Hand,
}

/// How a steward would part a group.
#[derive(Debug)]
pub struct Parting {
    /// The records that are moved out.
    pub moved: BTreeSet<PartyId>,
    /// On what ground.
    pub reason: RulingReason,
    /// In the steward's own words.
    pub note: Option<Note>,
}

/// A question with the group its records are of, still sealed.
pub(crate) struct OpenedGroup {
    pub opened: Opened,
    pub person: PersonCertain,
    told: BTreeMap<PartyId, Told>,
    pub version: String,
}

impl OpenedGroup {
    /// The cause of what asks what every two weigh: the same for as long as the group is the same.
    fn examination(&self) -> FactId {
        let person = self.version.rsplit('.').next().unwrap_or_default();
        FactId::derived(&["examination", &self.opened.standing.asked.question.to_string(), person])
    }

    fn totals(&self) -> Option<BTreeMap<Pair<PartyId>, i32>> {
        let cause = self.examination().uuid();
        let examined = self.opened.facts.iter().find(|fact| fact.cause == cause)?.id;
        self.opened.facts.iter().find_map(|fact| match &fact.body {
            Body::Linker(LinkerFact::GroupWeighed(weighed)) if weighed.examination == examined => {
                Some(weighed.totals.iter().map(|total| (total.pair, total.millibits)).collect())
            }
            _ => None,
        })
    }
}

impl From<DecideError<Refusal>> for RulingError {
    fn from(error: DecideError<Refusal>) -> Self {
        match error {
            DecideError::Refused(Refusal::NeverAsked) => Self::Unknown,
            DecideError::Refused(refusal) => Self::NotParted(refusal),
            DecideError::Journal(error) => error.into(),
        }
    }
}

impl Desk {
    /// Opens the group that the records of a question are of; nothing where there is no such question, or they are not of one person
    /// with others. Logs who opened what.
    ///
    /// # Errors
    /// When the journal cannot be reached, or what it holds does not read.
    pub async fn group(&self, question: MatchId, by: &Subject) -> Result<Option<Group>, DeskError> {
        let mut tx = self.journal.begin().await?;
        let Some(group) = self.read_group(&mut tx, question).await? else { return Ok(None) };
        tracing::info!(%question, subject = by.as_str(), "a group was opened");
        let totals = group.totals();
        let OpenedGroup { opened, person, mut told, version } = group;
        let asked = opened.standing.asked.pair;
        let mut members = person.members.iter().copied().collect::<Vec<_>>();
        members.sort_by_key(|member| (member.party != asked.a, member.party != asked.b, member.party));
        let mut records = Vec::new();
        for member in members {
            let told = told.remove(&member.party).unwrap_or_default();
            let key = self.key(&mut tx, &told).await?;
            let record = self.record(&mut tx, told, key.as_ref(), member.case).await?;
            records.push(Grouped { party: member.party, record });
        }
        let hearing_soon = self.hearing_soon(&mut tx, &opened.standing.task).await?;
        let hand = Hand::of(&opened.standing, by, self.clock.now(), hearing_soon);
        let mut links = person.evidence.clone();
        let bridge = weakest(&person).map(|evidence| evidence.pair);
        links.sort_by_key(|link| (Some(link.pair) != bridge, link.millibits, link.pair));
        let at_weakest = cut_at_weakest(&person);
        Ok(Some(Group { standing: opened.standing, records, links, totals, at_weakest, version, hand }))
    }

    /// Reads the group of a question as the journal has it now.
    pub(crate) async fn read_group(
        &self,
        tx: &mut Transaction,
        question: MatchId,
    ) -> Result<Option<OpenedGroup>, DeskError> {
        let Some(opened) = self.read(tx, question).await? else { return Ok(None) };
        let Some(person) = opened.standing.task.together().cloned() else { return Ok(None) };
        let told = tx.told(&members(&person)).await?;
        let mut words = vec!["group".to_owned()];
        for member in &person.members {
            let known = told.get(&member.party);
            let readable = match known {
                Some(told) => self.key(tx, told).await?.is_some(),
                None => false,
            };
            let said = known.and_then(Told::words).map(|words| words.to_string()).unwrap_or_default();
            words.push(format!("{} {said} {readable}", member.party));
        }
        let digest = FactId::derived(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let version = format!("{}.{}", opened.version, digest.uuid().simple());
        Ok(Some(OpenedGroup { opened, person, told, version }))
    }

    /// Asks what every two records of a group weigh together, once for the group as it is, and waits a little for the answer.
    ///
    /// # Errors
    /// When there is no such group, or the journal cannot be reached.
    pub async fn examine(&self, question: MatchId, by: &Subject) -> Result<(), RulingError> {
        let mut tx = self.journal.begin().await?;
        tx.lock(&[question.into()].into()).await?;
        let group = self.read_group(&mut tx, question).await?.ok_or(RulingError::Unknown)?;
        if group.totals().is_some() {
            return Ok(());
        }
        let cause = Cause { id: group.examination().uuid(), actor: Actor::user(by), event_time: self.clock.now() };
        if written_for(&group.opened.facts, &cause).is_none() {
            let examined = GroupExamined { question, members: members(&group.person) };
            tx.append(vec![StewardFact::GroupExamined(examined)], &cause).await?;
        }
        tx.commit().await?;
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            let mut tx = self.journal.begin().await?;
            let group = self.read_group(&mut tx, question).await?;
            if group.is_none_or(|group| group.totals().is_some()) {
                break;
            }
            drop(tx);
            tokio::time::sleep(AGAIN).await;
        }
        Ok(())
    }

    /// Takes how a steward would part a group: an opinion, or where another would part it alike the parting itself, with a ruling on
    /// every two records across the cut.
    ///
    /// # Errors
    /// Why it was not taken; then nothing was written.
    pub async fn part(&self, request: &Request, parting: &Parting) -> Result<Taken, RulingError> {
        let cause = self.cause("parting", request);
        let mut tx = self.journal.begin().await?;
        // What is to be locked follows from the group, which may change until it is: then what was seen is stale.
        let before = self.read(&mut tx, request.question).await?.ok_or(RulingError::Unknown)?;
        if let Some(taken) = again(&before, &cause, parting)? {
            return Ok(taken);
        }
        let group =
            self.read_group(&mut tx, request.question).await?.ok_or(RulingError::NotParted(Refusal::NoGroup))?;
        fresh_group(&group, request)?;
        let cut =
            Cut::of(&members(&group.person), &parting.moved).ok_or(RulingError::NotParted(Refusal::OtherRecords))?;
        let decision = PartGroup {
            question: request.question,
            pair: group.opened.standing.asked.pair,
            cut,
            by: request.by.clone(),
            reason: parting.reason,
            note: note(&group.opened, parting.note.as_ref())?,
            now: self.clock.now(),
            words: group.opened.told.each_ref().map(Told::words),
        };
        tx.lock(&decision.rests_on()).await?;
        let opened = self.read(&mut tx, request.question).await?.ok_or(RulingError::Unknown)?;
        if let Some(taken) = again(&opened, &cause, parting)? {
            return Ok(taken);
        }
        let group =
            self.read_group(&mut tx, request.question).await?.ok_or(RulingError::NotParted(Refusal::NoGroup))?;
        fresh_group(&group, request)?;
        opinions::lapse_on(&mut tx, &group.opened, self.clock.now()).await?;
        let written = tx.decide(&decision, &cause).await?;
        let first = written.first().ok_or(RulingError::Unknown)?;
        let outcome = outcome(&first.fact);
        self.taken(tx, request.question, &opened, &decision.cut, (first.id, outcome)).await
    }

    /// Takes a parting back, soon after it was decided, with every ruling that came with it.
    ///
    /// # Errors
    /// Why it was not taken back; then nothing was written.
    pub async fn rejoin(&self, request: &Request, parting: FactId) -> Result<Taken, RulingError> {
        let cause = self.cause("rejoining", request);
        let mut tx = self.journal.begin().await?;
        let before = self.read(&mut tx, request.question).await?.ok_or(RulingError::Unknown)?;
        if let Some(taken) = undone(&before, &cause, parting)? {
            return Ok(taken);
        }
        fresh_as(&before.version, request)?;
        let held = before.standing.task.parting.as_ref().filter(|held| held.fact == parting);
        let cut = held.ok_or(RulingError::NotUndone(UndoRefusal::NotInForce))?.cut.clone();
        let (question, pair) = (request.question, before.standing.asked.pair);
        let decision = UndoParting { question, pair, cut, parting, by: request.by.clone(), now: self.clock.now() };
        tx.lock(&decision.rests_on()).await?;
        let opened = self.read(&mut tx, question).await?.ok_or(RulingError::Unknown)?;
        if let Some(taken) = undone(&opened, &cause, parting)? {
            return Ok(taken);
        }
        fresh_as(&opened.version, request)?;
        let written = tx.decide(&decision, &cause).await?;
        let first = written.first().ok_or(RulingError::Unknown)?.id;
        self.taken(tx, question, &opened, &decision.cut, (first, Outcome::InForce)).await
    }

    /// Writes down how the question stands now, and every other that was ever asked across the cut.
    async fn taken(
        &self,
        mut tx: Transaction,
        question: MatchId,
        opened: &Opened,
        cut: &Cut,
        (fact, outcome): (FactId, Outcome),
    ) -> Result<Taken, RulingError> {
        let across: BTreeSet<MatchId> = cut.pairs().map(MatchId::between).collect();
        for other in queue::about(&mut tx, &cut.moved).await? {
            if other != question && across.contains(&other) {
                queue::refresh(&mut tx, other).await?;
            }
        }
        let version: Version = refreshed(&mut tx, question, opened).await?;
        tx.commit().await?;
        Ok(Taken { fact, outcome, version })
    }

    /// Asks whether the person that a record of a question is of is one. Answers the question that is asked of it: about the two records
    /// between which it is held together least.
    ///
    /// # Errors
    /// When there is no such question, its record is of no person with others, or what was seen was overtaken.
    pub async fn suspect(&self, request: &Request, side: Side) -> Result<MatchId, RulingError> {
        let (cause, by) = (self.cause("suspicion", request), &request.by);
        let mut tx = self.journal.begin().await?;
        // What is to be locked follows from the group, which may change until it is: then what was seen is stale.
        let before = self.read(&mut tx, request.question).await?.ok_or(RulingError::Unknown)?;
        let pair = before.standing.asked.pair;
        let party = if matches!(side, Side::First) { pair.a } else { pair.b };
        if let Some(asked) = suspected(&mut tx, &cause, party).await? {
            return Ok(asked);
        }
        fresh_as(&before.version, request)?;
        let person = before.standing.task.group(party).ok_or(RulingError::NotParted(Refusal::NoGroup))?;
        let pair = weakest(person).ok_or(RulingError::NotParted(Refusal::NoGroup))?.pair;
        let runs_in = |of: PartyId| person.members.iter().find(|member| member.party == of).map(|member| member.case);
        let cases: Vec<CaseId> = [pair.a, pair.b].into_iter().filter_map(runs_in).collect();
        let decision = SuspectGroup { pair, by: by.clone(), of: party };
        let asked_on = Task::tags(request.question, before.standing.asked.pair);
        let cases_too = cases.iter().map(|case| (*case).into());
        let locks: Tags = decision.rests_on().into_iter().chain(asked_on).chain(cases_too).collect();
        tx.lock(&locks).await?;
        if let Some(asked) = suspected(&mut tx, &cause, party).await? {
            return Ok(asked);
        }
        let opened = self.read(&mut tx, request.question).await?.ok_or(RulingError::Unknown)?;
        fresh_as(&opened.version, request)?;
        match tx.decide(&decision, &cause).await {
            Ok(_) => {}
            Err(DecideError::Refused(_)) => return Err(RulingError::NotParted(Refusal::NoGroup)),
            Err(DecideError::Journal(error)) => return Err(error.into()),
        }
        let asked = MatchId::between(pair);
        queue::refresh(&mut tx, asked).await?;
        for case in cases {
            queue::refresh_case(&mut tx, case).await?;
        }
        tx.commit().await?;
        Ok(asked)
    }
}

/// What was asked for this very request before, if anything.
async fn suspected(tx: &mut Transaction, cause: &Cause, of: PartyId) -> Result<Option<MatchId>, RulingError> {
    let Some(fact) = tx.fact(cause.first(Author::Steward)).await? else { return Ok(None) };
    match &fact.body {
        Body::Steward(StewardFact::GroupSuspected(f)) if f.of == Some(of) => Ok(Some(f.asked.question)),
        _ => Err(RulingError::RequestReused),
    }
}

const fn outcome(fact: &StewardFact) -> Outcome {
    match fact {
        StewardFact::OpinionGiven(_) => Outcome::Waits,
        _ => Outcome::InForce,
    }
}

/// What was taken for this very request before, if anything.
fn again(opened: &Opened, cause: &Cause, parting: &Parting) -> Result<Option<Taken>, RulingError> {
    let Some(fact) = written_for(&opened.facts, cause) else { return Ok(None) };
    let Body::Steward(told) = &fact.body else { return Err(RulingError::RequestReused) };
    let (cut, reason, words) = match told {
        StewardFact::OpinionGiven(f) => (f.cut.as_ref(), f.reason, &f.note),
        StewardFact::GroupParted(f) => (Some(&f.cut), Some(f.reason), &f.note),
        _ => return Err(RulingError::RequestReused),
    };
    let noted = match (words, &parting.note, opened.keys[0].as_ref()) {
        (None, None, _) | (Some(_), Some(_), None) => true,
        (Some(note), Some(words), Some(key)) => text(key, note)? == *words.reveal(),
        _ => false,
    };
    let same = cut.is_some_and(|cut| cut.moved == parting.moved) && reason == Some(parting.reason) && noted;
    if !same {
        return Err(RulingError::RequestReused);
    }
    Ok(Some(Taken { fact: fact.id, outcome: outcome(told), version: opened.version.clone() }))
}

/// That this very request took a parting back before, if it did.
fn undone(opened: &Opened, cause: &Cause, parting: FactId) -> Result<Option<Taken>, RulingError> {
    let Some(fact) = written_for(&opened.facts, cause) else { return Ok(None) };
    match &fact.body {
        Body::Steward(StewardFact::PartingUndone(undone)) if undone.parting == parting => {
            Ok(Some(Taken { fact: fact.id, outcome: Outcome::InForce, version: opened.version.clone() }))
        }
        _ => Err(RulingError::RequestReused),
    }
}

/// Refuses what rests on another group than there is now.
fn fresh_group(group: &OpenedGroup, request: &Request) -> Result<(), RulingError> {
    if group.version == request.seen {
        return Ok(());
    }
    let mut changed = group.opened.version.changed_since(&request.seen);
    if changed.is_empty() {
        changed.push(Changed::Groups);
    }
    Err(RulingError::Stale(changed))
}
