//! Hears what the linker asks and where the cases concerned run, and keeps the queue in step. Only routes: how a question
//! stands is folded in `standing.rs`, what is kept of it in `queue.rs`.
//!
//! The desk's own rulings are followed too, although `rulings.rs` writes their effect at once: so the queue can be built
//! anew from the journal alone.

use std::collections::BTreeSet;

use domain::decision::Tag;
use domain::decisions::ask_source::CONFIRMED;
use domain::fact::alerts::LinkDoubted;
use domain::fact::linker::Member;
use domain::fact::steward::TaskSetAside;
use domain::fact::{Actor, AlertsFact, Author, Body, Fact, IntakeFact, LinkerFact, StewardFact};
use domain::ids::{ArticleId, CaseId, FactId, MatchId, PartyId};
use jiff::Timestamp;
use journal::{Cause, Journal, JournalError, Transaction};
use uuid::Uuid;

use crate::desk::Desk;
use crate::{articles, controls, doubts, opinions, queue};

/// The facts that change the queue.
pub const KINDS: [&str; 38] = [
    "linker.match-possible",
    "linker.conflict-found",
    "linker.question-withdrawn",
    "steward.pair-confirmed",
    "steward.pair-rejected",
    "steward.ruling-undone",
    "steward.opinion-given",
    "steward.opinion-lapsed",
    "steward.task-claimed",
    "steward.task-released",
    "steward.task-set-aside",
    "steward.question-raised",
    "steward.question-lapsed",
    "steward.group-suspected",
    "steward.group-parted",
    "steward.parting-undone",
    "steward.source-asked",
    "steward.article-passed-on",
    "steward.control-drawn",
    "steward.pair-reviewed",
    "steward.review-undone",
    "steward.question-reopened",
    "alerts.link-doubted",
    "alerts.article-unknown",
    "alerts.article-settled",
    "linker.person-certain",
    "linker.person-dissolved",
    "linker.persons-merged",
    "linker.person-split",
    "intake.case-registered",
    "intake.party-details-changed",
    "intake.party-removed",
    CONFIRMED,
    "intake.hearing-planned",
    "intake.hearing-moved",
    "intake.hearing-cancelled",
    "intake.event-retracted",
    "intake.event-corrected",
];

/// What a fact is about, for the queue.
enum About {
    Question(MatchId, Option<(CaseId, CaseId)>),
    Case(CaseId),
    /// A record of which its court told something.
    Record(PartyId),
    /// Who is of which persons, each with its case.
    Persons(BTreeSet<Member>),
    Aside(TaskSetAside),
    Doubt(LinkDoubted),
    /// A case with an article that the code list does not know, or did not.
    ArticlesOf(CaseId),
    Article(ArticleId),
    Nothing,
}

fn about(fact: &Fact) -> About {
    match &fact.body {
        Body::Linker(LinkerFact::MatchPossible(asked) | LinkerFact::ConflictFound(asked)) => {
            About::Question(asked.question, Some(asked.cases))
        }
        Body::Linker(LinkerFact::QuestionWithdrawn(withdrawn)) => About::Question(withdrawn.question, None),
        Body::Linker(persons) if !persons.members().is_empty() => {
            About::Persons(persons.members().into_iter().collect())
        }
        Body::Steward(StewardFact::TaskSetAside(aside)) => About::Aside(aside.clone()),
        Body::Steward(StewardFact::QuestionRaised(raised)) => {
            About::Question(raised.asked.question, Some(raised.asked.cases))
        }
        Body::Steward(StewardFact::GroupSuspected(suspected)) => {
            About::Question(suspected.asked.question, Some(suspected.asked.cases))
        }
        Body::Steward(StewardFact::ArticlePassedOn(passed)) => About::Article(passed.id()),
        Body::Steward(StewardFact::ControlDrawn(drawn)) => {
            About::Question(drawn.asked.question, Some(drawn.asked.cases))
        }
        Body::Steward(StewardFact::QuestionReopened(reopened)) => {
            About::Question(reopened.asked.question, Some(reopened.asked.cases))
        }
        Body::Steward(steward) => steward.question().map_or(About::Nothing, |question| About::Question(question, None)),
        Body::Alerts(AlertsFact::LinkDoubted(doubt)) => About::Doubt(doubt.clone()),
        Body::Alerts(AlertsFact::ArticleUnknown(unknown)) => About::ArticlesOf(unknown.case),
        Body::Alerts(AlertsFact::ArticleSettled(settled)) => About::ArticlesOf(settled.unknown.case),
        Body::Intake(IntakeFact::PartyDetailsChanged(changed)) => About::Record(changed.party),
        Body::Intake(IntakeFact::PartyRemoved(removed)) => About::Record(removed.party),
        Body::Intake(IntakeFact::RecordConfirmed(confirmed)) => About::Record(confirmed.party),
        Body::Intake(fact) => fact.case().map_or(About::Nothing, About::Case),
        _ => About::Nothing,
    }
}

/// Handles facts, each once: those about one case at once.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a fact is not in the journal or does not read; what was handled by then stays handled.
pub async fn handle(desk: &Desk, ids: &[FactId]) -> Result<(), JournalError> {
    let mut calls: Vec<(About, Vec<Fact>)> = Vec::new();
    for fact in desk.journal.each_with(ids).await? {
        let about = about(&fact);
        let of_the_case = |(other, _): &&mut (About, Vec<Fact>)| matches!((other, &about), (About::Case(one), About::Case(two)) if one == two);
        match calls.iter_mut().find(of_the_case) {
            Some((_, facts)) => facts.push(fact),
            None => calls.push((about, vec![fact])),
        }
    }
    for (about, facts) in calls {
        handle_together(desk, about, &facts).await?;
    }
    Ok(())
}

async fn handle_together(desk: &Desk, about: About, facts: &[Fact]) -> Result<(), JournalError> {
    let (journal, now) = (&desk.journal, desk.clock.now());
    // Before what is heard counts as handled, so that it is heard again if this does not succeed.
    match &about {
        About::Question(question, _) => controls::lapse(journal, Some(*question), &BTreeSet::new(), now).await?,
        About::Record(party) => lapse(journal, &[*party].into(), now).await?,
        About::Persons(members) => lapse(journal, &parties(members), now).await?,
        About::Case(_)
        | About::Aside(_)
        | About::Doubt(_)
        | About::ArticlesOf(_)
        | About::Article(_)
        | About::Nothing => {}
    }
    let Some(last) = facts.last() else { return Ok(()) };
    let ids: Vec<Uuid> = facts.iter().map(|fact| fact.id.uuid()).collect();
    let mut tx = journal.begin().await?;
    if tx.first_time_of(&ids).await?.is_empty() {
        return Ok(());
    }
    controls::note_drawn(&mut tx, &desk.vault, facts, now).await?;
    controls::note_answered(&mut tx, facts).await?;
    match about {
        About::Question(question, cases) => question_changed(&mut tx, question, cases).await?,
        About::Case(case) => case_changed(&mut tx, case).await?,
        About::Record(party) => persons_changed(&mut tx, &[party].into(), &BTreeSet::new()).await?,
        About::Persons(members) => {
            let (parties, cases) = (parties(&members), members.iter().map(|member| member.case).collect());
            persons_changed(&mut tx, &parties, &cases).await?;
            doubts::lapse(&mut tx, &parties, &because_of(last)).await?;
        }
        About::Doubt(doubt) => doubts::raise(&mut tx, last.id, &doubt, &because_of(last)).await?,
        About::Aside(aside) => {
            question_changed(&mut tx, aside.question, None).await?;
            queue::set_aside(&mut tx, &aside).await?;
        }
        About::ArticlesOf(case) => articles::refresh(&mut tx, case).await?,
        About::Article(article) => articles::refresh_proposals(&mut tx, article).await?,
        About::Nothing => {}
    }
    tx.commit().await
}

/// What the desk writes by itself is caused by the fact it heard.
fn because_of(fact: &Fact) -> Cause {
    Cause { id: fact.id.uuid(), actor: Actor::service(Author::Steward), event_time: fact.event_time }
}

fn parties(members: &BTreeSet<Member>) -> BTreeSet<PartyId> {
    members.iter().map(|member| member.party).collect()
}

/// What was asked, or thought, of these records and rests on what is no longer so.
async fn lapse(journal: &Journal, parties: &BTreeSet<PartyId>, now: Timestamp) -> Result<(), JournalError> {
    controls::lapse(journal, None, parties, now).await?;
    opinions::lapse(journal, parties, now).await
}

async fn question_changed(
    tx: &mut Transaction,
    question: MatchId,
    cases: Option<(CaseId, CaseId)>,
) -> Result<(), JournalError> {
    // A question that is asked brings in the cases of its records, and those in which their persons stand beside.
    let mut brought: BTreeSet<CaseId> = cases.into_iter().flat_map(|(a, b)| [a, b]).collect();
    if cases.is_some()
        && let Some(standing) = queue::standing(tx, question).await?
    {
        brought.extend(queue::unnoted(tx, &standing.task.cases()).await?);
    }
    tx.lock(&brought.iter().map(|case| Tag::from(*case)).chain([question.into()]).collect()).await?;
    queue::refresh(tx, question).await?;
    for case in brought {
        queue::refresh_case(tx, case).await?;
    }
    Ok(())
}

/// A question about one of these records that comes in meanwhile reads, under its own lock, what is new here. `cases` are those in
/// which the persons stand: where any question is about them they come in.
async fn persons_changed(
    tx: &mut Transaction,
    parties: &BTreeSet<PartyId>,
    cases: &BTreeSet<CaseId>,
) -> Result<(), JournalError> {
    let questions = queue::about(tx, parties).await?;
    let brought = if questions.is_empty() { BTreeSet::new() } else { queue::unnoted(tx, cases).await? };
    let locks = questions.iter().map(|question| Tag::from(*question));
    tx.lock(&locks.chain(brought.iter().map(|case| (*case).into())).collect()).await?;
    for question in questions {
        queue::refresh(tx, question).await?;
    }
    for case in brought {
        queue::refresh_case(tx, case).await?;
    }
    Ok(())
}

/// A case that no question concerns, and that has no unknown article, is left alone; the first one brings it in, under the same lock.
async fn case_changed(tx: &mut Transaction, case: CaseId) -> Result<(), JournalError> {
    let asking = queue::asking(tx, case).await?;
    tx.lock(&asking.iter().map(|question| (*question).into()).chain([case.into()]).collect()).await?;
    if queue::concerns(tx, case).await? {
        queue::refresh_case(tx, case).await?;
    }
    // An event that is taken back or corrected may be what was asked about, or its answer.
    for question in asking {
        queue::refresh(tx, question).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::tests::{fact, id, question, ruling};

    #[test]
    fn every_fact_followed_is_routed() {
        let asked = fact(1, LinkerFact::MatchPossible(question("name-birth")));
        assert!(matches!(about(&asked), About::Question(question, Some(_)) if question == id()));
        let ruled = fact(2, StewardFact::PairRejected(ruling()));
        assert!(matches!(about(&ruled), About::Question(question, None) if question == id()));
    }

    #[test]
    fn no_fact_about_an_offence_is_followed() {
        for kind in KINDS {
            assert!(!["charge", "dismissed", "verdict"].iter().any(|word| kind.contains(word)), "{kind}");
        }
    }
}
