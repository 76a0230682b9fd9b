//! Control questions: known pairs that are asked about as if nothing were known of them. What is drawn, what lapses and what an
//! answer does is decided in `domain::decisions::control`; here it is brought about.
//!
//! Invariants: a control question has a row in the queue like any other and is taken up, shown, set aside and answered by the same
//! routes, so that nothing tells it apart; to whoever had a part in what is known it does not exist; what is drawn waits until it
//! is settled, and is then asked if it still holds; what no longer holds goes when that is heard, and at the latest when it is
//! answered, which is then refused.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::decision::{Decision as _, Tag, Tags};
use domain::decisions::control::{Candidate, DrawControl, LapseControl, ReviewPair, SETTLED};
use domain::decisions::docket::Told;
use domain::decisions::rule_on_pair::Refusal;
use domain::fact::steward::{ControlDrawn, Stratum};
use domain::fact::{Actor, Author, Fact, StewardFact};
use domain::ids::{EventId, FactId, MatchId, Pair, PartyId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use journal::{Cause, DecideError, Journal, JournalError, Transaction};
use service::Service;
use uuid::Uuid;

use crate::desk::{Desk, DeskError, Opened};
use crate::queue;
use crate::rulings::{Outcome, Request, RulingError, Taken, Verdict, note, refreshed};

/// How often is looked for what is settled.
const LOOK: Duration = Duration::from_secs(2);
/// How many are asked at one look.
const AT_A_LOOK: i64 = 50;

/// Notes what is drawn of these facts, to be asked once it is settled.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn note_drawn(tx: &mut Transaction, facts: &[Fact], now: Timestamp) -> Result<(), JournalError> {
    // Far from the end of time: the clock of a machine says no such thing.
    let due = now.saturating_add(SETTLED).unwrap_or(now);
    for candidate in facts.iter().flat_map(Candidate::drawn_of) {
        sqlx::query!(
            "insert into steward.candidates (control, party_a, party_b, stratum, ruling, due)
             values ($1, $2, $3, $4, $5, $6) on conflict (control) do nothing",
            candidate.control().uuid(),
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

/// Asks what is drawn and settled, until the sign to stop.
pub async fn watch(service: Service, desk: Desk) -> anyhow::Result<()> {
    while service.rest(LOOK).await {
        if let Err(error) = draw_settled(&desk).await {
            tracing::warn!(error = %error, "control questions could not be drawn; trying again");
        }
    }
    Ok(())
}

async fn draw_settled(desk: &Desk) -> Result<(), DeskError> {
    let now = desk.clock.now();
    let rows = sqlx::query!(
        "select party_a, party_b, stratum, ruling from steward.candidates where due <= $1 order by due, control limit $2",
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
        draw(desk, Candidate { pair, stratum, ruling }, now).await?;
    }
    Ok(())
}

/// Asks what is drawn, if it still holds and can be shown, and has done with it.
async fn draw(desk: &Desk, candidate: Candidate, now: Timestamp) -> Result<(), DeskError> {
    let Pair { a, b } = candidate.pair;
    let mut tx = desk.journal.begin().await?;
    let mut told = tx.told(&[a, b].into()).await?;
    let told = [a, b].map(|party| told.remove(&party).unwrap_or_default());
    let cases: Tags = told.iter().filter_map(Told::member).map(|member| member.case.into()).collect();
    let decision = DrawControl { candidate, words: told.each_ref().map(Told::words) };
    tx.lock(&decision.rests_on().into_iter().chain(cases).collect()).await?;
    let is_readable = desk.key(&mut tx, &told[0]).await?.is_some() && desk.key(&mut tx, &told[1]).await?.is_some();
    let mut written = Vec::new();
    if is_readable {
        let drawn = tx.decide(&decision, &because(candidate.control(), "drawn", now)).await;
        written = drawn.map_err(JournalError::from)?;
    }
    for recorded in &written {
        if let StewardFact::ControlDrawn(drawn) = &recorded.fact {
            queue::refresh(&mut tx, drawn.asked.question).await?;
            queue::refresh_case(&mut tx, drawn.asked.cases.0).await?;
            queue::refresh_case(&mut tx, drawn.asked.cases.1).await?;
        }
    }
    sqlx::query!("delete from steward.candidates where control = $1", candidate.control().uuid())
        .execute(tx.sql())
        .await?;
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
    /// Takes an answer to a control question, under the locks on it. It is answered as an opinion is, on which others are to speak.
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
        let fact = written.first().ok_or(RulingError::Unknown)?.id;
        let version = refreshed(&mut tx, control, opened).await?;
        tx.commit().await?;
        Ok(Taken { fact, outcome: Outcome::Waits, version })
    }
}
