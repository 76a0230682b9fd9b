//! Control questions: known pairs that are asked about as if nothing were known of them. What is drawn, what lapses and what an
//! answer does is decided in `domain::decisions::control`; here it is brought about.
//!
//! Invariants: a control question has a row in the queue like any other and is taken up, shown, set aside and answered by the same
//! routes, so that nothing tells it apart; to whoever had a part in what is known it does not exist; what is drawn waits until it
//! is settled, is weighed by the linker like any other, and is then asked if it still holds; which is drawn, and under which id it is
//! asked, follows from a keyed hash, so that a steward can neither foresee nor find out; what no longer holds goes when that is heard,
//! and at the latest when it is answered, which is then refused; an answer is taken, and taken back, as on any other question, and who
//! answered sees it as any other that was decided, or waits for another: what follows from it follows once nobody can take it back any
//! more.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::decision::{Decision as _, Tag, Tags};
use domain::decisions::control::{
    Candidate, DrawControl, LapseControl, ReviewPair, SETTLED, SettleReview, UndoReview, draws,
};
use domain::decisions::docket::Told;
use domain::decisions::rule_on_pair::{Refusal, UNDO};
use domain::fact::linker::PairWeighed;
use domain::fact::steward::{ControlDrawn, GroupExamined, Stratum};
use domain::fact::{Actor, Author, Body, Fact, LinkerFact, StewardFact};
use domain::ids::{EventId, FactId, MatchId, Pair, PartyId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use journal::{Cause, DecideError, Journal, JournalError, Transaction, Vault};
use service::Service;
use uuid::Uuid;

use crate::desk::{Desk, DeskError, Opened};
use crate::queue;
use crate::rulings::{Outcome, Request, RulingError, Taken, Verdict, note, outcome, refreshed};

/// How often is looked for what is settled.
const LOOK: Duration = Duration::from_secs(2);
/// How many are asked at one look.
const AT_A_LOOK: i64 = 50;

/// A keyed hash of what may be drawn: the same whenever it is asked for, and nobody's guess without the key.
fn keyed(vault: &Vault, what: &str, candidate: &Candidate) -> Vec<u8> {
    vault.index(what, &[candidate.stratum.as_str(), &candidate.of().to_string()])
}

/// Whether something is drawn.
fn is_drawn(vault: &Vault, candidate: &Candidate) -> bool {
    draws(candidate.stratum, &keyed(vault, "control-lot", candidate))
}

/// The control question that something becomes.
fn control(vault: &Vault, candidate: &Candidate) -> MatchId {
    let bytes: Vec<String> = keyed(vault, "control-id", candidate).iter().map(|byte| format!("{byte:02x}")).collect();
    MatchId::derived(&["control", &bytes.concat()])
}

/// Notes what is drawn of these facts, to be asked once it is settled.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note_drawn(
    tx: &mut Transaction,
    vault: &Vault,
    facts: &[Fact],
    now: Timestamp,
) -> Result<(), JournalError> {
    // Far from the end of time: the clock of a machine says no such thing.
    let due = now.saturating_add(SETTLED).unwrap_or(now);
    let candidates = facts.iter().flat_map(Candidate::of_fact);
    for candidate in candidates.filter(|candidate| is_drawn(vault, candidate)) {
        sqlx::query!(
            "insert into steward.candidates (control, party_a, party_b, stratum, ruling, due)
             values ($1, $2, $3, $4, $5, $6) on conflict (control) do nothing",
            control(vault, &candidate).uuid(),
            candidate.pair.a.uuid(),
            candidate.pair.b.uuid(),
            candidate.stratum.as_str(),
            candidate.ruling.map(FactId::uuid),
            due.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(())
}

/// Notes the answers among these facts, to be followed once nobody can take them back any more.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note_answered(tx: &mut Transaction, facts: &[Fact]) -> Result<(), JournalError> {
    for fact in facts {
        let Body::Steward(StewardFact::PairReviewed(reviewed)) = &fact.body else { continue };
        let Some(waits) = reviewed.waits else { continue };
        // What waits for another waits for nobody: it goes by itself, as what the linker asks no more.
        let rests = if waits { SETTLED } else { UNDO };
        let due = fact.event_time.saturating_add(rests).unwrap_or(fact.event_time);
        sqlx::query!(
            "insert into steward.answers (review, control, party_a, party_b, due) values ($1, $2, $3, $4, $5)
             on conflict (review) do nothing",
            fact.id.uuid(),
            reviewed.question.uuid(),
            reviewed.pair.a.uuid(),
            reviewed.pair.b.uuid(),
            due.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(())
}

/// Asks what is drawn and settled and follows what was answered, until the sign to stop.
pub async fn watch(service: Service, desk: Desk) -> anyhow::Result<()> {
    while service.rest(LOOK).await {
        if let Err(error) = draw_settled(&desk).await {
            tracing::warn!(error = %error, "control questions could not be drawn; trying again");
        }
        if let Err(error) = follow_answers(&desk).await {
            tracing::warn!(error = %error, "answers to control questions could not be followed; trying again");
        }
    }
    Ok(())
}

async fn follow_answers(desk: &Desk) -> Result<(), DeskError> {
    let now = desk.clock.now();
    let rows = sqlx::query!(
        "select review, control, party_a, party_b from steward.answers where due < $1 order by due, review limit $2",
        now.to_sqlx() as _,
        AT_A_LOOK
    )
    .fetch_all(desk.journal.pool())
    .await?;
    for row in rows {
        let (control, review) = (MatchId::from_uuid(row.control), FactId::from_uuid(row.review));
        let pair = Pair::of(PartyId::from_uuid(row.party_a), PartyId::from_uuid(row.party_b));
        follow(desk, (control, pair), review, now).await?;
    }
    Ok(())
}

/// What follows from an answer: where it disagrees it is asked in earnest; where it waits for another it is asked no more.
async fn follow(
    desk: &Desk,
    (control, pair): (MatchId, Pair<PartyId>),
    review: FactId,
    now: Timestamp,
) -> Result<(), DeskError> {
    let mut tx = desk.journal.begin().await?;
    let settles = SettleReview { control, pair, now };
    let lapses = LapseControl { control, pair, unlike: true };
    tx.lock(&settles.rests_on()).await?;
    let standing = queue::standing(&mut tx, control).await?;
    let answer = standing.as_ref().and_then(|standing| standing.task.reviewed.as_ref());
    if let Some((_, reviewed)) = answer.filter(|(of, _)| *of == review) {
        let written = if reviewed.waits == Some(true) {
            tx.decide(&lapses, &because(control, "lapsed", now)).await
        } else {
            tx.decide(&settles, &because(control, "followed", now)).await
        };
        if !written.map_err(JournalError::from)?.is_empty() {
            queue::refresh(&mut tx, control).await?;
            queue::refresh(&mut tx, reviewed.about).await?;
        }
    }
    sqlx::query!("delete from steward.answers where review = $1", review.uuid()).execute(tx.sql()).await?;
    tx.commit().await?;
    Ok(())
}

async fn draw_settled(desk: &Desk) -> Result<(), DeskError> {
    let now = desk.clock.now();
    let rows = sqlx::query!(
        "select control, party_a, party_b, stratum, ruling from steward.candidates where due <= $1 order by due, control limit $2",
        now.to_sqlx() as _,
        AT_A_LOOK
    )
    .fetch_all(desk.journal.pool())
    .await?;
    for row in rows {
        let stratum = Stratum::parse(&row.stratum)
            .ok_or(JournalError::Impossible { table: "steward.candidates", column: "stratum" })?;
        let pair = Pair::of(PartyId::from_uuid(row.party_a), PartyId::from_uuid(row.party_b));
        let ruling = row.ruling.map(FactId::from_uuid);
        draw(desk, MatchId::from_uuid(row.control), Candidate { pair, stratum, ruling }, now).await?;
    }
    Ok(())
}

/// What the linker answered on how two records weigh by themselves; it is asked where it was not. Nothing while it does not answer.
async fn weighed(
    tx: &mut Transaction,
    control: MatchId,
    pair: Pair<PartyId>,
    now: Timestamp,
) -> Result<Option<Option<PairWeighed>>, JournalError> {
    let cause = because(control, "weighed", now);
    tx.lock(&Tags::from([control.into()])).await?;
    let facts = tx.facts(&Tags::from([control.into()])).await?;
    let Some(examined) = facts.iter().find(|fact| fact.cause == cause.id) else {
        let members = [pair.a, pair.b].into();
        tx.append(vec![StewardFact::GroupExamined(GroupExamined { question: control, members })], &cause).await?;
        return Ok(None);
    };
    Ok(facts.iter().find_map(|fact| match &fact.body {
        Body::Linker(LinkerFact::GroupWeighed(weighed)) if weighed.examination == examined.id => {
            Some(weighed.pair.clone())
        }
        _ => None,
    }))
}

/// Asks what is drawn, once the linker has weighed it, if it still holds and can be shown, and has done with it.
async fn draw(desk: &Desk, control: MatchId, candidate: Candidate, now: Timestamp) -> Result<(), DeskError> {
    let Pair { a, b } = candidate.pair;
    let mut tx = desk.journal.begin().await?;
    let Some(weighed) = weighed(&mut tx, control, candidate.pair, now).await? else {
        tx.commit().await?;
        return Ok(());
    };
    drop(tx);
    let mut tx = desk.journal.begin().await?;
    let mut told = tx.told(&[a, b].into()).await?;
    let told = [a, b].map(|party| told.remove(&party).unwrap_or_default());
    let cases: Tags = told.iter().filter_map(Told::member).map(|member| member.case.into()).collect();
    let decision = DrawControl { control, candidate, words: told.each_ref().map(Told::words), weighed };
    tx.lock(&decision.rests_on().into_iter().chain(cases).collect()).await?;
    let is_readable = desk.key(&mut tx, &told[0]).await?.is_some() && desk.key(&mut tx, &told[1]).await?.is_some();
    let mut written = Vec::new();
    if is_readable {
        let drawn = tx.decide(&decision, &because(control, "drawn", now)).await;
        written = drawn.map_err(JournalError::from)?;
    }
    for recorded in &written {
        if let StewardFact::ControlDrawn(drawn) = &recorded.fact {
            queue::refresh(&mut tx, drawn.asked.question).await?;
            queue::refresh_case(&mut tx, drawn.asked.cases.0).await?;
            queue::refresh_case(&mut tx, drawn.asked.cases.1).await?;
        }
    }
    sqlx::query!("delete from steward.candidates where control = $1", control.uuid()).execute(tx.sql()).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether this still counts of the first and the second record.
async fn is_like(
    words: &[Option<EventId>; 2],
    tx: &mut Transaction,
    pair: Pair<PartyId>,
) -> Result<bool, JournalError> {
    let told = tx.told(&[pair.a, pair.b].into()).await?;
    Ok([pair.a, pair.b].map(|party| told.get(&party).and_then(Told::words)) == *words)
}

/// What the desk does by itself with a control question it does once, so that its cause follows from the question.
fn because(control: MatchId, what: &str, now: Timestamp) -> Cause {
    let id = FactId::derived(&["control", what, &control.to_string()]).uuid();
    Cause { id, actor: Actor::service(Author::Steward), event_time: now }
}

/// Lets go of the open control questions about this question or these records that no longer hold, in a transaction of its own: its
/// locks are taken at once.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn lapse(
    journal: &Journal,
    about: Option<MatchId>,
    parties: &BTreeSet<PartyId>,
    now: Timestamp,
) -> Result<(), JournalError> {
    let parties: Vec<Uuid> = parties.iter().map(|party| party.uuid()).collect();
    let rows = sqlx::query!(
        "select question, party_a, party_b from steward.questions
         where about is not null and status = 'open' and (about = $1 or party_a = any($2) or party_b = any($2))
         order by question",
        about.map(MatchId::uuid),
        &parties
    )
    .fetch_all(journal.pool())
    .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let pair = |a: Uuid, b: Uuid| Pair::of(PartyId::from_uuid(a), PartyId::from_uuid(b));
    let decisions: Vec<LapseControl> = rows
        .into_iter()
        .map(|row| {
            let (control, pair) = (MatchId::from_uuid(row.question), pair(row.party_a, row.party_b));
            LapseControl { control, pair, unlike: false }
        })
        .collect();
    let mut tx = journal.begin().await?;
    tx.lock(&decisions.iter().flat_map(LapseControl::rests_on).collect()).await?;
    for decision in decisions {
        let standing = queue::standing(&mut tx, decision.control).await?;
        let Some(drawn) = standing.and_then(|standing| standing.task.drawn) else { continue };
        let unlike = !is_like(&drawn.words, &mut tx, decision.pair).await?;
        let decision = LapseControl { unlike, ..decision };
        if !tx.decide(&decision, &because(decision.control, "lapsed", now)).await?.is_empty() {
            queue::refresh(&mut tx, decision.control).await?;
        }
    }
    tx.commit().await
}

/// What is to be locked beside a question and its records.
pub(crate) fn beside(drawn: Option<&ControlDrawn>) -> Option<Tag> {
    drawn.map(|drawn| drawn.about.into())
}

impl Desk {
    /// Takes an answer to a control question, under the locks on it. It is answered as on any other question.
    ///
    /// # Errors
    /// Why it was not taken. What no longer holds is then asked no more.
    pub(crate) async fn review(
        &self,
        mut tx: Transaction,
        request: &Request,
        verdict: &Verdict,
        (opened, drawn): (&Opened, &ControlDrawn),
        cause: &Cause,
    ) -> Result<Taken, RulingError> {
        let (control, pair, now) = (request.question, drawn.asked.pair, self.clock.now());
        let is_readable = opened.keys.iter().all(Option::is_some);
        let unlike = !is_readable || opened.told.each_ref().map(Told::words) != drawn.words;
        let decision = ReviewPair {
            control,
            pair,
            by: request.by.clone(),
            says: verdict.says,
            note: if unlike { None } else { note(opened, verdict.note.as_ref())? },
            unlike,
            now,
            hearing_soon: self.hearing_soon(&mut tx, &opened.standing.task).await?,
        };
        let written = match tx.decide(&decision, cause).await {
            Ok(written) => written,
            Err(DecideError::Refused(Refusal::NotOpen)) => {
                let lapse = LapseControl { control, pair, unlike };
                tx.decide(&lapse, &because(control, "lapsed", now)).await.map_err(JournalError::from)?;
                queue::refresh(&mut tx, control).await?;
                tx.commit().await?;
                return Err(RulingError::Refused(Refusal::NotOpen));
            }
            Err(error) => return Err(error.into()),
        };
        if written.iter().any(|recorded| matches!(recorded.fact, StewardFact::QuestionReopened(_))) {
            queue::refresh(&mut tx, drawn.about).await?;
        }
        let (fact, outcome) = match written.first() {
            Some(written) => (written.id, outcome(&written.fact.clone().into())),
            None => (opened.standing.task.in_force().ok_or(RulingError::Unknown)?.fact, Outcome::Unchanged),
        };
        let version = refreshed(&mut tx, control, opened).await?;
        tx.commit().await?;
        Ok(Taken { fact, outcome, version })
    }

    /// Takes an answer to a control question back, under the locks on it, as a ruling is.
    ///
    /// # Errors
    /// Why it was not taken back; then nothing was written.
    pub(crate) async fn take_back_review(
        &self,
        mut tx: Transaction,
        request: &Request,
        review: FactId,
        (opened, drawn): (&Opened, &ControlDrawn),
        cause: &Cause,
    ) -> Result<Taken, RulingError> {
        let (control, pair, by) = (request.question, drawn.asked.pair, request.by.clone());
        let decision = UndoReview { control, pair, review, by, now: self.clock.now() };
        let written = tx.decide(&decision, cause).await?;
        let fact = written.first().ok_or(RulingError::Unknown)?.id;
        let version = refreshed(&mut tx, control, opened).await?;
        tx.commit().await?;
        Ok(Taken { fact, outcome: Outcome::InForce, version })
    }
}
