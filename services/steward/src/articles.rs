//! Articles that the code list of offences does not know: a task for whoever looks after that list, and never silence.
//!
//! Invariants: which articles a list lacks is a matter of the list, so an article stands here once, with the months that it was seen
//! with and how many cases it stands in, and never with one of them: not its number, its court, its parties, nor the day on which it
//! is heard, by which somebody who compares two records could tell which case it is. A task closes by itself, with its reason, once the
//! list knows the article or no case names it; what a steward proposes changes nothing by itself.

use std::collections::BTreeMap;
use std::convert::Infallible;

use domain::article::Article;
use domain::decision::{Decision as _, Tags};
use domain::decisions::pass_on_article::PassOnArticle;
use domain::fact::alerts::articles::article_id;
use domain::fact::alerts::{ArticleUnknown, WhyArticleSettled};
use domain::fact::steward::CountsAs;
use domain::fact::{Actor, AlertsFact, Body, Fact, StewardFact, Subject};
use domain::ids::{ArticleId, CaseId, FactId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use journal::{Cause, DecideError, JournalError, Transaction};
use sqlx::PgPool;
use uuid::Uuid;

use crate::desk::{Desk, is_soon};
use crate::queue::{self, Pools};
use crate::rulings::written_for;

/// The facts that say which articles of a case are unknown.
const OF_CASES: [&str; 2] = ["alerts.article-unknown", "alerts.article-settled"];

/// How an unknown article stands as a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleStatus {
    /// Nobody looked at it yet.
    Open,
    /// A steward passed it on, and the code list does not know it yet.
    PassedOn,
    /// Nobody has to look at it any more.
    Closed,
}

impl ArticleStatus {
    /// Every way it can stand, in the order in which a page offers them.
    pub const ALL: [Self; 3] = [Self::Open, Self::PassedOn, Self::Closed];

    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PassedOn => "passed-on",
            Self::Closed => "closed",
        }
    }

    /// The status of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == code)
    }
}

/// An unknown article, over all cases it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleTask {
    /// Which.
    pub id: ArticleId,
    /// The article.
    pub article: Article,
    /// The months of the offences, from the first to the last: `2026-03`, or `2024-05/2026-03`.
    pub period: String,
    /// How it stands.
    pub status: ArticleStatus,
    /// In how many cases it stands and is not known.
    pub cases: u32,
    /// Since when.
    pub since: Timestamp,
    /// Whether one of these cases is heard soon. On which day is not told: that day stands beside a case that is compared elsewhere.
    pub heard_soon: bool,
    /// Why it was closed.
    pub closed: Option<WhyArticleSettled>,
    /// What stewards said of it, the first first.
    pub proposals: Vec<Proposal>,
}

/// What a steward said of an unknown article last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How it is to count; nothing where it was passed on without a proposal.
    pub counts_as: Option<CountsAs>,
}

/// Which part of the unknown articles is asked for.
#[derive(Debug, Clone)]
pub struct WantedArticles {
    /// Only those that stand in a case of these pools, and counted over these alone.
    pub pools: Pools,
    /// Only those that stand so.
    pub status: ArticleStatus,
    /// Only what comes behind this one.
    pub after: Option<ArticleId>,
    /// How many at most.
    pub limit: u32,
    /// The day of asking.
    pub today: Date,
}

/// A steward's request to pass an article on, under a name of its own.
#[derive(Debug, Clone)]
pub struct PassingOn {
    /// Which.
    pub id: ArticleId,
    /// How it is to count, where that is proposed.
    pub counts_as: Option<CountsAs>,
    /// Who asks.
    pub by: Subject,
    /// The pools that they are confined to.
    pub pools: Pools,
    /// What the client calls this request, so that a repetition of it is recognised.
    pub name: String,
}

/// Why an article was not passed on.
#[derive(Debug, thiserror::Error)]
pub enum PassingOnError {
    /// There is none, or not in the pools of who asks.
    #[error("no such article")]
    Unknown,
    /// The list knows it by now, or no case names it.
    #[error("nobody has to look at this article any more")]
    Closed,
    /// The name of the request was used for another one.
    #[error("the name of the request was used for another one")]
    RequestReused,
    /// The journal would not.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<DecideError<Infallible>> for PassingOnError {
    fn from(error: DecideError<Infallible>) -> Self {
        match error {
            DecideError::Refused(never) => match never {},
            DecideError::Journal(error) => error.into(),
        }
    }
}

impl From<sqlx::Error> for PassingOnError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

impl Desk {
    /// Passes an article on. Answers the fact that says so, and whether it was written just now.
    ///
    /// # Errors
    /// Why it was not; then nothing was written.
    pub async fn pass_on(&self, request: &PassingOn) -> Result<(FactId, bool), PassingOnError> {
        let (id, by) = (request.id, &request.by);
        let mut tx = self.journal.begin().await?;
        let found = sqlx::query!(
            r#"select a.article, bool_or(a.settled is null) as "is_open!", min(split_part(a.period, '/', 1)) as "from!",
                      max(split_part(a.period, '/', -1)) as "to!"
               from steward.unknown_articles a left join steward.cases c using (case_id)
               where a.article_id = $1 and ($2::text[] is null or array[c.court, c.court || '/' || c.jurisdiction] && $2)
               group by a.article"#,
            id.uuid(),
            request.pools.as_deref() as Option<&[String]>
        );
        let found = found.fetch_optional(tx.sql()).await?.ok_or(PassingOnError::Unknown)?;
        let (article, period) = (read(&found.article)?, months(&found.from, &found.to));
        let decision = PassOnArticle { article, period, counts_as: request.counts_as, by: by.clone() };
        tx.lock(&decision.rests_on()).await?;
        let facts = tx.facts(&decision.rests_on()).await?;
        let cause = FactId::derived(&["passing-on", by.as_str(), &id.to_string(), &request.name]).uuid();
        let cause = Cause { id: cause, actor: Actor::user(by), event_time: self.clock.now() };
        if let Some(fact) = written_for(&facts, &cause) {
            let same = said(fact).is_some_and(|(_, counts_as)| counts_as == request.counts_as);
            return if same { Ok((fact.id, true)) } else { Err(PassingOnError::RequestReused) };
        }
        if !found.is_open {
            return Err(PassingOnError::Closed);
        }
        let written = tx.decide_on(&decision, &facts, |_| cause.clone()).await?;
        let before = facts.iter().rfind(|fact| said(fact).is_some_and(|(who, _)| who == by)).map(|fact| fact.id);
        let new = written.first().map(|written| written.id);
        refresh_proposals(&mut tx, id).await?;
        tx.commit().await?;
        // What stands already is not written again: then this steward said it before.
        new.or(before).map(|fact| (fact, new.is_some())).ok_or(PassingOnError::Unknown)
    }
}

/// Who passed an article on, and how it is to count.
const fn said(fact: &Fact) -> Option<(&Subject, Option<CountsAs>)> {
    match &fact.body {
        Body::Steward(StewardFact::ArticlePassedOn(f)) => Some((&f.by, f.counts_as)),
        _ => None,
    }
}

/// Writes down which articles of a case are unknown, and the case itself, by which they are ordered and kept to pools.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn refresh(tx: &mut Transaction, case: CaseId) -> Result<(), JournalError> {
    tx.lock(&Tags::from([case.into()])).await?;
    let facts = tx.facts_of(&Tags::from([case.into()]), &OF_CASES).await?;
    let rows: Vec<_> = of_case(case, &facts).into_iter().collect();
    let ids: Vec<Uuid> = rows.iter().map(|(article, _)| article_id(article).uuid()).collect();
    let articles: Vec<String> = rows.iter().map(|(article, _)| article.to_string()).collect();
    let periods: Vec<String> = rows.iter().map(|(_, state)| state.period.clone()).collect();
    let since: Vec<jiff_sqlx::Timestamp> = rows.iter().map(|(_, state)| state.since.to_sqlx()).collect();
    let settled: Vec<Option<String>> =
        rows.iter().map(|(_, state)| state.settled.map(|why| why.as_str().to_owned())).collect();
    sqlx::query!(
        "insert into steward.unknown_articles (article_id, case_id, article, period, since, settled)
         select article_id, $1, article, period, since, settled
         from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[])
              as rows (article_id, article, period, since, settled)
         on conflict (article_id, case_id) do update
         set (period, since, settled) = (excluded.period, excluded.since, excluded.settled)",
        case.uuid(),
        &ids,
        &articles,
        &periods,
        &since as _,
        &settled as &[Option<String>]
    )
    .execute(tx.sql())
    .await?;
    queue::refresh_case(tx, case).await
}

/// How an unknown article stands in one case.
#[derive(Debug, Clone, PartialEq, Eq)]
struct InCase {
    period: String,
    since: Timestamp,
    settled: Option<WhyArticleSettled>,
}

/// How the articles of a case stand that are, or were, unknown.
fn of_case(case: CaseId, facts: &[Fact]) -> BTreeMap<Article, InCase> {
    let mut noted: BTreeMap<ArticleUnknown, (Timestamp, Option<WhyArticleSettled>)> = BTreeMap::new();
    for fact in facts {
        match &fact.body {
            Body::Alerts(AlertsFact::ArticleUnknown(unknown)) if unknown.case == case => {
                let new = (fact.recorded_at, None);
                let row = noted.entry(unknown.clone()).or_insert(new);
                if row.1.is_some() {
                    *row = new;
                }
            }
            Body::Alerts(AlertsFact::ArticleSettled(settled)) => {
                if let Some(row) = noted.get_mut(&settled.unknown) {
                    row.1 = Some(settled.because);
                }
            }
            _ => {}
        }
    }
    let mut rows: BTreeMap<Article, InCase> = BTreeMap::new();
    // Those that are still open first: where any is, what was settled says nothing any more.
    let (settled, open): (Vec<_>, Vec<_>) = noted.into_iter().partition(|(_, (_, settled))| settled.is_some());
    for (unknown, (since, settled)) in open.into_iter().chain(settled) {
        let new = InCase { period: unknown.period.clone(), since, settled };
        let row = rows.entry(unknown.article).or_insert(new);
        if row.settled.is_none() != settled.is_none() {
            continue;
        }
        let (from, to) = (first_month(&row.period), last_month(&row.period));
        let (other_from, other_to) = (first_month(&unknown.period), last_month(&unknown.period));
        row.period = months(from.min(other_from), to.max(other_to));
        row.since = row.since.min(since);
        // That the list knows it says more than that a case names it no more.
        row.settled = row.settled.min(settled);
    }
    rows
}

fn first_month(period: &str) -> &str {
    period.split('/').next().unwrap_or(period)
}

fn last_month(period: &str) -> &str {
    period.rsplit('/').next().unwrap_or(period)
}

/// From one month to another. Where the first is not known (`..`) it comes before every other.
fn months(from: &str, to: &str) -> String {
    if from == to { from.to_owned() } else { format!("{from}/{to}") }
}

/// Writes down what each steward said last of an article.
///
/// # Errors
/// When PostgreSQL cannot be reached or a fact does not read.
pub async fn refresh_proposals(tx: &mut Transaction, id: ArticleId) -> Result<(), JournalError> {
    tx.lock(&Tags::from([id.into()])).await?;
    let facts = tx.facts(&Tags::from([id.into()])).await?;
    let mut last: BTreeMap<&Subject, (Option<CountsAs>, Timestamp)> = BTreeMap::new();
    for fact in &facts {
        if let Some((by, counts_as)) = said(fact) {
            last.insert(by, (counts_as, fact.recorded_at));
        }
    }
    for (by, (counts_as, at)) in last {
        sqlx::query!(
            "insert into steward.article_proposals (article_id, by, counts_as, at) values ($1, $2, $3, $4)
             on conflict (article_id, by) do update set counts_as = excluded.counts_as, at = excluded.at",
            id.uuid(),
            by.as_str(),
            counts_as.map(CountsAs::as_str),
            at.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(())
}

/// Unknown articles as tasks: those of a case that is heard first on top, then those of most cases, then the longest wait.
///
/// # Errors
/// When PostgreSQL cannot be reached, or a row holds what this house never wrote.
pub async fn list(pool: &PgPool, wanted: &WantedArticles) -> Result<Vec<ArticleTask>, JournalError> {
    let rows = sqlx::query_file!(
        "src/sql/articles.sql",
        wanted.today.to_sqlx() as _,
        wanted.pools.as_deref() as Option<&[String]>,
        wanted.status.as_str(),
        wanted.after.map(ArticleId::uuid),
        i64::from(wanted.limit)
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.article_id).collect();
    let mut proposals = proposals(pool, &ids).await?;
    rows.into_iter()
        .map(|row| {
            Ok(ArticleTask {
                id: ArticleId::from_uuid(row.article_id),
                article: read(&row.article)?,
                period: months(&row.from, &row.to),
                status: wanted.status,
                cases: u32::try_from(row.cases).unwrap_or(u32::MAX),
                since: row.since.to_jiff(),
                heard_soon: is_soon(row.hearing.map(jiff_sqlx::Date::to_jiff), wanted.today),
                closed: (wanted.status == ArticleStatus::Closed)
                    .then_some(row.settled.as_deref())
                    .flatten()
                    .and_then(why),
                proposals: proposals.remove(&row.article_id).unwrap_or_default(),
            })
        })
        .collect()
}

async fn proposals(pool: &PgPool, ids: &[Uuid]) -> Result<BTreeMap<Uuid, Vec<Proposal>>, JournalError> {
    let rows = sqlx::query!(
        r#"select article_id, by, counts_as, at as "at: jiff_sqlx::Timestamp" from steward.article_proposals
           where article_id = any($1) order by at, by"#,
        ids
    );
    let mut found: BTreeMap<Uuid, Vec<Proposal>> = BTreeMap::new();
    for row in rows.fetch_all(pool).await? {
        let counts_as = row.counts_as.map(|code| CountsAs::parse(&code).ok_or(impossible("counts_as"))).transpose()?;
        found.entry(row.article_id).or_default().push(Proposal { by: row.by, at: row.at.to_jiff(), counts_as });
    }
    Ok(found)
}

fn why(code: &str) -> Option<WhyArticleSettled> {
    WhyArticleSettled::ALL.iter().copied().find(|why| why.as_str() == code)
}

fn read(article: &str) -> Result<Article, JournalError> {
    Article::parse(article).map_err(|_| impossible("article"))
}

const fn impossible(column: &'static str) -> JournalError {
    JournalError::Impossible { table: "the unknown articles", column }
}

#[cfg(test)]
mod tests {
    use domain::fact::Author;
    use domain::fact::alerts::ArticleSettled;

    use super::*;

    fn fact(second: i64, body: AlertsFact) -> Fact {
        let at = Timestamp::from_second(second).expect("a moment");
        Fact {
            id: FactId::derived(&[&second.to_string()]),
            body: body.into(),
            cause: Uuid::nil(),
            actor: Actor::service(Author::Alerts),
            event_time: at,
            recorded_at: at,
        }
    }

    #[test]
    fn an_article_stands_in_a_case_until_it_is_settled_and_again_when_it_is_named_again() {
        let case = CaseId::derived(&["1"]);
        let article = Article::parse("999").expect("an article");
        let unknown = ArticleUnknown { case, article, period: "2026-03".to_owned() };
        let noted = || AlertsFact::ArticleUnknown(unknown.clone());
        let settled = |because| AlertsFact::ArticleSettled(ArticleSettled { unknown: unknown.clone(), because });
        let facts = [
            fact(1, noted()),
            fact(2, noted()),
            fact(3, settled(WhyArticleSettled::Gone)),
            fact(4, noted()),
            fact(5, settled(WhyArticleSettled::Known)),
        ];
        for (many, since, why) in [
            (1, 1, None),
            (2, 1, None),
            (3, 1, Some(WhyArticleSettled::Gone)),
            (4, 4, None),
            (5, 4, Some(WhyArticleSettled::Known)),
        ] {
            let rows = of_case(case, &facts[..many]);
            let row = rows.get(&unknown.article).expect("a row");
            assert_eq!((row.since.as_second(), row.settled), (since, why), "after {many}");
        }
        assert!(of_case(CaseId::derived(&["2"]), &facts[..2]).is_empty(), "another case's is not of this one");
    }

    #[test]
    fn an_article_of_several_months_is_one() {
        let (case, article) = (CaseId::derived(&["1"]), Article::parse("999").expect("an article"));
        let unknown = |period: &str| ArticleUnknown { case, article: article.clone(), period: period.to_owned() };
        let settled =
            |unknown| AlertsFact::ArticleSettled(ArticleSettled { unknown, because: WhyArticleSettled::Gone });
        let mut facts = vec![
            fact(1, AlertsFact::ArticleUnknown(unknown("2026-03"))),
            fact(2, AlertsFact::ArticleUnknown(unknown("2025-11/2026-01"))),
            fact(3, AlertsFact::ArticleUnknown(unknown("../2026-02"))),
        ];
        let row = |facts: &[Fact]| {
            let rows = of_case(case, facts);
            assert_eq!(rows.len(), 1);
            rows[&article].clone()
        };
        let of = |period: &str, since, settled| InCase {
            period: period.to_owned(),
            since: Timestamp::from_second(since).expect("a moment"),
            settled,
        };
        assert_eq!(row(&facts[..1]), of("2026-03", 1, None));
        assert_eq!(row(&facts[..2]), of("2025-11/2026-03", 1, None));
        assert_eq!(row(&facts), of("../2026-03", 1, None));
        facts.push(fact(4, settled(unknown("2026-03"))));
        assert_eq!(row(&facts), of("../2026-02", 2, None), "one of them is settled");
        facts.extend([fact(5, settled(unknown("2025-11/2026-01"))), fact(6, settled(unknown("../2026-02")))]);
        assert_eq!(row(&facts), of("../2026-03", 1, Some(WhyArticleSettled::Gone)));
    }

    #[test]
    fn every_status_has_a_code_that_reads_back() {
        for status in ArticleStatus::ALL {
            assert_eq!(ArticleStatus::parse(status.as_str()), Some(status));
        }
        for reason in WhyArticleSettled::ALL {
            assert_eq!(why(reason.as_str()), Some(*reason));
        }
    }
}
