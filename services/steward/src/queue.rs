//! The queue: which questions there are, and the cases they are about. The read model in the schema `steward`.
//!
//! Invariants: a row is a function of the facts under its tag, read while holding the lock on that tag; so the order in
//! which facts are announced plays no part, and the tables can be emptied and built anew. Nothing personal stands in them.
//! Of a case only registration, hearings and closing are folded: what anybody is charged with never comes here.

mod pools;

use std::collections::{BTreeMap, BTreeSet};

use domain::court::Court;
use domain::decision::{Tag, Tags};
use domain::decisions::docket::Docket;
use domain::decisions::task::Task;
use domain::fact::linker::FieldEvidence;
use domain::fact::steward::TaskSetAside;
use domain::fact::{Body, Fact, Subject};
use domain::ids::{CaseId, MatchId, PartyId};
use domain::jurisdiction::Jurisdiction;
use domain::proceeding::ProceedingKind;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use journal::{JournalError, Transaction};
use sqlx::PgPool;
use uuid::Uuid;

pub use self::pools::{Pool, Pools, is_for, pools};
use crate::asks;
use crate::desk::is_soon;
use crate::standing::{Kind, Standing, Status, because};

/// How many questions are tried at once for somebody who wants the next: others may take some meanwhile.
const OFFERS: i64 = 20;

/// What a steward sees of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseCard {
    /// The court that has it.
    pub court: Court,
    /// Family, youth or criminal.
    pub jurisdiction: Jurisdiction,
    /// What kind of proceeding.
    pub kind: ProceedingKind,
    /// The first hearing from the day of asking on.
    pub hearing: Option<Date>,
}

/// A question in the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The question.
    pub question: MatchId,
    /// Why it is asked.
    pub kind: Kind,
    /// Whether it waits for an answer.
    pub status: Status,
    /// The rule that asks, such as `name-birth`.
    pub rule: String,
    /// Field by field how far the records agree.
    pub fields: Vec<FieldEvidence>,
    /// Why it is no longer asked.
    pub withdrawn: Option<String>,
    /// The cases of the first and the second record; nothing while a court has not told of a registration.
    pub cases: [Option<CaseCard>; 2],
    /// The first hearing in any case in which either person stands.
    pub hearing: Option<Date>,
    /// Since when it has been asked.
    pub opened_at: Timestamp,
    /// In how many cases the two persons stand for certain.
    pub concerned: u32,
    /// Who has it in hand at the moment of asking.
    pub claimed_by: Option<String>,
    /// Who said already what they think.
    pub spoken: Vec<String>,
    /// Why two must agree, but for the nearness of a hearing.
    pub why_two: Vec<String>,
    /// Until when the answer of a court is waited for.
    pub waits_until: Option<Date>,
    /// Whether the court that was asked has answered.
    pub answered: bool,
}

impl Entry {
    /// How many said what they think, as far as `by` may know: see [`Task::spoken`].
    pub fn spoken_as_told(&self, by: &Subject, today: Date) -> usize {
        let two = !self.why_two.is_empty() || is_soon(self.hearing, today);
        let has_spoken = self.spoken.iter().any(|spoken| spoken == by.as_str());
        if two || has_spoken { self.spoken.len() } else { 0 }
    }

    /// How it stands with the courts that were asked, if any was.
    pub fn source(&self, today: Date) -> Option<&'static str> {
        match self.waits_until {
            Some(until) if until < today => Some("late"),
            Some(_) => Some("waits"),
            None => self.answered.then_some("answered"),
        }
    }

    /// Its place in the queue.
    pub fn place(&self) -> Place {
        Place { hearing: self.hearing, concerned: self.concerned, opened_at: self.opened_at, question: self.question }
    }
}

/// Where a question stands in the queue: earliest hearing first, then most cases, then the longest wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The first hearing in any case in which either person stands.
    pub hearing: Option<Date>,
    /// In how many cases the two persons stand.
    pub concerned: u32,
    /// Since when it has been asked.
    pub opened_at: Timestamp,
    /// The question.
    pub question: MatchId,
}

/// Which part of the queue is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Who asks.
    pub by: Subject,
    /// Only questions with a record of these pools.
    pub pools: Pools,
    /// Only questions with a record of this court, or of what it has of one jurisdiction.
    pub pool: Option<String>,
    /// Only questions of this kind.
    pub kind: Option<Kind>,
    /// Only questions that stand so.
    pub status: Status,
    /// Only what comes behind this place.
    pub after: Option<Place>,
    /// How many at most.
    pub limit: u32,
    /// The moment of asking: what is in hand until then no longer is.
    pub now: Timestamp,
    /// The day of asking: hearings before it no longer press.
    pub today: Date,
}

/// Everything a question's row follows from, to be locked before [`refresh`].
pub fn locks(question: MatchId, cases: Option<(CaseId, CaseId)>) -> Tags {
    let mut tags = Tags::from([Tag::from(question)]);
    if let Some((a, b)) = cases {
        tags.extend([a.into(), b.into()]);
    }
    tags
}

/// Writes down how a question stands. The caller holds the lock on its tag.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn refresh(tx: &mut Transaction, question: MatchId) -> Result<Option<Standing>, JournalError> {
    let Some(standing) = standing(tx, question).await? else { return Ok(None) };
    let (asked, task) = (&standing.asked, &standing.task);
    // The claim stands in the row until another fact about it, and counts until its own end.
    let claim = task.last_claim().filter(|_| standing.status == Status::Open);
    let spoken: Vec<String> = task.opinions.iter().map(|opinion| opinion.by.as_str().to_owned()).collect();
    let why_two: Vec<String> = task.why_two(false).into_iter().map(|why| why.as_str().to_owned()).collect();
    let not_for = task.drawn.iter().flat_map(|drawn| &drawn.not_for);
    let not_for: Vec<String> = not_for.map(|by| by.as_str().to_owned()).collect();
    let concerned: Vec<Uuid> = task.cases().into_iter().map(CaseId::uuid).collect();
    let answered = task.reviewed.as_ref().filter(|(_, reviewed)| reviewed.waits.is_some());
    let only_for: Vec<String> = answered.map(|(_, reviewed)| reviewed.by.as_str().to_owned()).into_iter().collect();
    // Whether a day has passed depends on the day of asking: here it is whether anything is waited for at all.
    let asked_of = asks::standing(tx, task, Date::MIN).await?;
    let waits = asked_of.iter().filter(|(_, state)| state.is_open()).map(|(asked, _)| asked.answer_by).max();
    sqlx::query_file!(
        "src/sql/keep_question.sql",
        question.uuid(),
        asked.pair.a.uuid(),
        asked.pair.b.uuid(),
        asked.cases.0.uuid(),
        asked.cases.1.uuid(),
        standing.kind.as_str(),
        asked.evidence.rule,
        serde_json::to_value(&asked.evidence.fields)?,
        standing.status.as_str(),
        standing.opened_at.to_sqlx() as _,
        standing.changed_at.to_sqlx() as _,
        standing.withdrawn.map(because),
        i32::try_from(concerned.len()).unwrap_or(i32::MAX),
        claim.map(|claim| claim.by.as_str()),
        claim.map(|claim| claim.until.to_sqlx()) as _,
        &spoken,
        &why_two,
        waits.map(ToSqlx::to_sqlx) as _,
        waits.is_none() && !asked_of.is_empty(),
        task.drawn.as_ref().map(|drawn| drawn.about.uuid()),
        &not_for,
        &concerned,
        &only_for
    )
    .execute(tx.sql())
    .await?;
    Ok(Some(standing))
}

/// How a question stands, by all facts about it and about the persons of its records; nothing when it was never asked.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn standing(tx: &mut Transaction, question: MatchId) -> Result<Option<Standing>, JournalError> {
    Ok(told(tx, question).await?.and_then(|facts| Standing::of(question, &facts)))
}

/// The facts about a question and about the persons of its records; nothing when it was never asked.
///
/// # Errors
/// As [`standing`].
pub async fn told(tx: &mut Transaction, question: MatchId) -> Result<Option<Vec<Fact>>, JournalError> {
    let mut facts = tx.facts(&locks(question, None)).await?;
    let Some(asked) = Standing::of(question, &facts) else { return Ok(None) };
    let records = Tags::from([asked.asked.pair.a.into(), asked.asked.pair.b.into()]);
    facts.extend(tx.facts_of(&records, &Task::PERSONS).await?);
    Ok(Some(facts))
}

/// The questions about these records.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn about(tx: &mut Transaction, parties: &BTreeSet<PartyId>) -> Result<Vec<MatchId>, JournalError> {
    let parties: Vec<Uuid> = parties.iter().map(|party| party.uuid()).collect();
    let found = sqlx::query_scalar!(
        "select question from steward.questions where party_a = any($1) or party_b = any($1) order by question",
        &parties
    );
    Ok(found.fetch_all(tx.sql()).await?.into_iter().map(MatchId::from_uuid).collect())
}

/// The questions about records in a case on which a court was asked.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn asking(tx: &mut Transaction, case: CaseId) -> Result<Vec<MatchId>, JournalError> {
    let found = sqlx::query_scalar!(
        "select question from steward.questions
         where (case_a = $1 or case_b = $1) and (waits_until is not null or answered) order by question",
        case.uuid()
    );
    Ok(found.fetch_all(tx.sql()).await?.into_iter().map(MatchId::from_uuid).collect())
}

/// Writes down where a case runs and when it is heard. The caller holds the lock on its tag.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn refresh_case(tx: &mut Transaction, case: CaseId) -> Result<(), JournalError> {
    let Some(case) = docket(tx, case).await?.view() else { return Ok(()) };
    let numbers: Vec<String> = case.numbers.iter().map(ToString::to_string).collect();
    let hearings: Vec<jiff_sqlx::Date> = case.hearings.iter().map(|hearing| hearing.on.to_sqlx()).collect();
    sqlx::query_file!(
        "src/sql/keep_case.sql",
        case.case.uuid(),
        case.court.code(),
        case.jurisdiction.as_str(),
        case.kind.code(),
        &numbers,
        &hearings as _
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

/// Those of these cases that nothing is noted of yet.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn unnoted(tx: &mut Transaction, cases: &BTreeSet<CaseId>) -> Result<BTreeSet<CaseId>, JournalError> {
    let cases: Vec<Uuid> = cases.iter().map(|case| case.uuid()).collect();
    let found = sqlx::query_scalar!(
        r#"select id as "id!" from unnest($1::uuid[]) as id where not exists (select from steward.cases where case_id = id)"#,
        &cases
    );
    Ok(found.fetch_all(tx.sql()).await?.into_iter().map(CaseId::from_uuid).collect())
}

async fn docket(tx: &mut Transaction, case: CaseId) -> Result<Docket, JournalError> {
    let mut docket = Docket::default();
    for fact in tx.facts_of(&Tags::from([case.into()]), &CALENDAR).await? {
        if let Body::Intake(fact) = &fact.body {
            docket.fold(fact);
        }
    }
    Ok(docket)
}

/// What the desk shows of these cases, whether or not a question is about them; one that is not registered yet is left out.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn cards(
    tx: &mut Transaction,
    cases: BTreeSet<CaseId>,
    today: Date,
) -> Result<BTreeMap<CaseId, CaseCard>, JournalError> {
    let mut cards = BTreeMap::new();
    for case in cases {
        if let Some(view) = docket(tx, case).await?.view() {
            let hearing = view.hearings.iter().map(|hearing| hearing.on).filter(|day| *day >= today).min();
            let (court, jurisdiction, kind) = (view.court, view.jurisdiction, view.kind);
            cards.insert(case, CaseCard { court, jurisdiction, kind, hearing });
        }
    }
    Ok(cards)
}

/// The facts that say where or when a case runs. The others are not for this desk.
const CALENDAR: [&str; 7] = [
    "intake.case-registered",
    "intake.hearing-planned",
    "intake.hearing-moved",
    "intake.hearing-cancelled",
    "intake.case-closed",
    "intake.event-retracted",
    "intake.event-corrected",
];

/// Notes until when a steward does not want to be offered a question. The caller holds the lock on it.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn set_aside(tx: &mut Transaction, aside: &TaskSetAside) -> Result<(), JournalError> {
    sqlx::query!(
        "insert into steward.set_aside (question, by, until) values ($1, $2, $3)
         on conflict (question, by) do update set until = greatest(set_aside.until, excluded.until)",
        aside.question.uuid(),
        aside.by.as_str(),
        aside.until.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

/// The questions that somebody would be offered, the most pressing first.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn offers(
    pool: &PgPool,
    by: &Subject,
    pools: &Pools,
    now: Timestamp,
    today: Date,
) -> Result<Vec<MatchId>, JournalError> {
    let offers = sqlx::query_file_scalar!(
        "src/sql/next.sql",
        today.to_sqlx() as _,
        now.to_sqlx() as _,
        by.as_str(),
        OFFERS,
        pools.as_deref() as Option<&[String]>
    );
    Ok(offers.fetch_all(pool).await?.into_iter().map(MatchId::from_uuid).collect())
}

/// Whether any question was ever asked about a person that stands in this case, or about an article of it.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub async fn concerns(tx: &mut Transaction, case: CaseId) -> Result<bool, JournalError> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from steward.questions where concerned @> array[$1::uuid])
                  or exists (select from steward.unknown_articles where case_id = $1) as "found!""#,
        case.uuid()
    )
    .fetch_one(tx.sql())
    .await?;
    Ok(found)
}

/// A part of the queue, in order.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a row holds what this house never wrote.
pub async fn list(pool: &PgPool, wanted: &Wanted) -> Result<Vec<Entry>, JournalError> {
    let rows = sqlx::query_file!(
        "src/sql/questions.sql",
        wanted.today.to_sqlx() as _,
        wanted.status.as_str(),
        wanted.kind.map(Kind::as_str),
        wanted.after.map(|place| place.question.uuid()),
        wanted.after.and_then(|place| place.hearing).map(ToSqlx::to_sqlx) as _,
        wanted.after.map(|place| place.opened_at.to_sqlx()) as _,
        i64::from(wanted.limit),
        wanted.after.map(|place| i32::try_from(place.concerned).unwrap_or(i32::MAX)),
        wanted.now.to_sqlx() as _,
        wanted.pools.as_deref() as Option<&[String]>,
        wanted.pool,
        wanted.by.as_str()
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                question: MatchId::from_uuid(row.question),
                kind: Kind::parse(&row.kind).ok_or(impossible("kind"))?,
                status: Status::parse(&row.status).ok_or(impossible("status"))?,
                rule: row.rule,
                fields: serde_json::from_value(row.evidence)?,
                withdrawn: row.withdrawn_because,
                cases: [
                    card(row.court_a, row.jurisdiction_a, row.kind_a, row.hearing_a)?,
                    card(row.court_b, row.jurisdiction_b, row.kind_b, row.hearing_b)?,
                ],
                hearing: row.hearing.map(jiff_sqlx::Date::to_jiff),
                opened_at: row.opened_at.to_jiff(),
                concerned: u32::try_from(row.cases).unwrap_or_default(),
                claimed_by: row.claimed_by,
                spoken: row.spoken,
                why_two: row.why_two,
                waits_until: row.waits_until.map(jiff_sqlx::Date::to_jiff),
                answered: row.answered,
            })
        })
        .collect()
}

/// A case as the desk shows it beside a record.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFile {
    /// Where it runs and when it is heard.
    pub card: CaseCard,
    /// Its numbers at that court, for looking into the court's own file.
    pub numbers: Vec<String>,
}

/// A case as the desk shows it; nothing while its court has not told of its registration.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a row holds what this house never wrote.
pub async fn case(tx: &mut Transaction, case: CaseId, today: Date) -> Result<Option<CaseFile>, JournalError> {
    let row = sqlx::query!(
        r#"select court, jurisdiction, kind, numbers,
                  (select min(day) from unnest(hearings) as day where day >= $2) as "hearing: jiff_sqlx::Date"
           from steward.cases where case_id = $1"#,
        case.uuid(),
        today.to_sqlx() as _
    )
    .fetch_optional(tx.sql())
    .await?;
    let Some(row) = row else {
        // No question is about a record in it: its court told of it all the same.
        let file = docket(tx, case).await?.view().map(|view| {
            let hearing = view.hearings.iter().map(|hearing| hearing.on).filter(|day| *day >= today).min();
            let numbers = view.numbers.iter().map(ToString::to_string).collect();
            let (court, jurisdiction, kind) = (view.court, view.jurisdiction, view.kind);
            CaseFile { card: CaseCard { court, jurisdiction, kind, hearing }, numbers }
        });
        return Ok(file);
    };
    let card = card(Some(row.court), Some(row.jurisdiction), Some(row.kind), row.hearing)?;
    Ok(card.map(|card| CaseFile { card, numbers: row.numbers }))
}

fn card(
    court: Option<String>,
    jurisdiction: Option<String>,
    kind: Option<String>,
    hearing: Option<jiff_sqlx::Date>,
) -> Result<Option<CaseCard>, JournalError> {
    let (Some(court), Some(jurisdiction), Some(kind)) = (court, jurisdiction, kind) else { return Ok(None) };
    Ok(Some(CaseCard {
        court: Court::parse(&court).map_err(|_| impossible("court"))?,
        jurisdiction: Jurisdiction::parse(&jurisdiction).map_err(|_| impossible("jurisdiction"))?,
        kind: ProceedingKind::parse(&kind).map_err(|_| impossible("kind"))?,
        hearing: hearing.map(jiff_sqlx::Date::to_jiff),
    }))
}

const fn impossible(column: &'static str) -> JournalError {
    JournalError::Impossible { table: "the steward's queue", column }
}
