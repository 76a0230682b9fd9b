//! Articles that the code list does not know. Told with how many cases each stands in, and never with which: see
//! [`crate::articles`].

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use domain::fact::steward::CountsAs;
use domain::ids::ArticleId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::Object;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use web::openapi::word_or_nothing;
use web::{FieldError, Json, Path, Principal, Problem, Query, Role};

use super::decisions::request_name;
use super::{MOST, USUAL, pools, steward};
use crate::App;
use crate::articles::{self, ArticleStatus, ArticleTask, PassingOn, PassingOnError, Proposal, WantedArticles};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_articles)).routes(routes!(pass_on_article))
}

/// How an article that the list does not know stands.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// Nobody looked at it yet.
    Open,
    /// A steward passed it on, and the list does not know it yet.
    PassedOn,
    /// Nobody has to look at it any more.
    Closed,
}

impl From<Standing> for ArticleStatus {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Open => Self::Open,
            Standing::PassedOn => Self::PassedOn,
            Standing::Closed => Self::Closed,
        }
    }
}

impl From<ArticleStatus> for Standing {
    fn from(status: ArticleStatus) -> Self {
        match status {
            ArticleStatus::Open => Self::Open,
            ArticleStatus::PassedOn => Self::PassedOn,
            ArticleStatus::Closed => Self::Closed,
        }
    }
}

/// Which part of the articles.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ArticlesQuery {
    /// Only those that stand so; `open` when left out.
    status: Option<Standing>,
    /// Where to go on: `next` of the page before.
    cursor: Option<Uuid>,
    /// How many at most, 1 to 100; 50 when left out.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A page of articles: those of a case that is heard first on top, then those of most cases, then the longest wait.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ArticlePage {
    /// The articles.
    articles: Vec<UnknownArticle>,
    /// Where the next page begins; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Uuid>,
}

/// An article that the list does not know for these months, over all cases that it stands in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UnknownArticle {
    /// Its id here: one for the article, whatever the months.
    id: Uuid,
    /// The article.
    #[schema(example = "Sr 999")]
    article: String,
    /// The months it is named with, from the first to the last: what an article means depends on when.
    #[schema(example = "2025-11/2026-03")]
    period: String,
    /// How it stands.
    status: Standing,
    /// In how many cases it stands; which ones is not told.
    #[schema(example = 2)]
    cases: u32,
    /// Since when.
    since: Timestamp,
    /// Whether one of these cases is heard within a week.
    heard_soon: bool,
    /// Why it is closed: `known` when the list has it now, `gone` when no case names it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "known")]
    closed_because: Option<String>,
    /// What stewards who passed it on said of it.
    proposals: Vec<ArticleProposal>,
}

/// What a steward said of an article last.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ArticleProposal {
    /// Who.
    #[schema(example = "steward-dirk")]
    by: String,
    /// When.
    at: Timestamp,
    /// How it is to count; absent where no proposal was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "serious")]
    counts_as: Option<String>,
}

/// How an article is to count, for whoever keeps the list.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewArticleProposal {
    /// How it is to count; left out, the article is passed on without a proposal.
    #[serde(default)]
    #[schema(schema_with = counts)]
    counts_as: Option<CountsAs>,
}

fn counts() -> Object {
    let words = CountsAs::ALL.iter().map(|counts| counts.as_str());
    word_or_nothing("How it is to count; left out, the article is passed on without a proposal.", words)
}

/// That an article was passed on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ArticlePassed {
    /// Under which it is written.
    id: Uuid,
}

impl From<ArticleTask> for UnknownArticle {
    fn from(task: ArticleTask) -> Self {
        Self {
            id: task.id.uuid(),
            article: task.article.to_string(),
            period: task.period,
            status: task.status.into(),
            cases: task.cases,
            since: task.since,
            heard_soon: task.heard_soon,
            closed_because: task.closed.map(|why| why.as_str().to_owned()),
            proposals: task.proposals.into_iter().map(ArticleProposal::from).collect(),
        }
    }
}

impl From<Proposal> for ArticleProposal {
    fn from(proposal: Proposal) -> Self {
        let counts_as = proposal.counts_as.map(|counts_as| counts_as.as_str().to_owned());
        Self { by: proposal.by, at: proposal.at, counts_as }
    }
}

impl From<PassingOnError> for Problem {
    fn from(error: PassingOnError) -> Self {
        match error {
            PassingOnError::Unknown => Self::not_found(),
            PassingOnError::Closed => Self::conflict("nobody has to look at this article any more"),
            PassingOnError::RequestReused => Self::conflict("this Idempotency-Key was used for another request"),
            PassingOnError::Journal(error) => service::problem(error),
        }
    }
}

/// One page of articles, and after which the next begins.
///
/// # Errors
/// 500 or 503 when they cannot be read.
pub(crate) async fn articles_of(
    app: &App,
    wanted: WantedArticles,
) -> Result<(Vec<ArticleTask>, Option<ArticleId>), Problem> {
    // One more than asked for tells whether there is a next page.
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let peek = WantedArticles { limit: wanted.limit.saturating_add(1), ..wanted };
    let mut found = articles::list(app.desk.journal.pool(), &peek).await.map_err(service::problem)?;
    let more = found.len() > size;
    found.truncate(size);
    let next = found.last().filter(|_| more).map(|last| last.id);
    Ok((found, next))
}

/// Lists the articles that the code list does not know, for stewards and for operators. A steward who is confined to pools is told of
/// those that stand in a case of these, counted over these alone.
#[utoipa::path(get, path = "/articles", params(ArticlesQuery),
    responses((status = 200, description = "A page of articles.", body = ArticlePage)))]
async fn list_articles(
    State(app): State<App>,
    principal: Principal,
    Query(query): Query<ArticlesQuery>,
) -> Result<Json<ArticlePage>, Problem> {
    principal.require_any(&[Role::Steward, Role::Operator])?;
    let limit = query.limit.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::malformed(vec![FieldError::query("limit", "invalid", "is a number from 1 to 100")]));
    }
    let wanted = WantedArticles {
        pools: pools(&principal),
        status: query.status.unwrap_or(Standing::Open).into(),
        after: query.cursor.map(ArticleId::from_uuid),
        limit,
        today: app.desk.clock.today(),
    };
    let (found, next) = articles_of(&app, wanted).await?;
    let articles = found.into_iter().map(UnknownArticle::from).collect();
    Ok(Json(ArticlePage { articles, next: next.map(ArticleId::uuid) }))
}

/// Passes an article on to whoever keeps the code list, with or without a proposal how it is to count. Nothing counts by it: the
/// article is closed once the list knows it, or once no case names it.
#[utoipa::path(post, path = "/articles/{articleId}/proposals", request_body = NewArticleProposal,
    params(
        ("articleId" = Uuid, Path, description = "The article with its months."),
        ("Idempotency-Key" = String, Header, description = "A name for this request, 1 to 128 printable characters without spaces.")),
    responses(
        (status = 201, description = "It was passed on.", body = ArticlePassed),
        (status = 200, description = "The caller had said so before; nothing was written.", body = ArticlePassed),
        (status = 404, description = "There is no such article.", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It is closed, or the request's name was used for another request.", body = Problem, content_type = "application/problem+json")))]
async fn pass_on_article(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(new): Json<NewArticleProposal>,
) -> Result<(StatusCode, Json<ArticlePassed>), Problem> {
    let request = PassingOn {
        id: ArticleId::from_uuid(id),
        counts_as: new.counts_as,
        by: steward(&principal)?,
        pools: pools(&principal),
        name: request_name(&headers)?,
    };
    let (fact, is_new) = app.desk.pass_on(&request).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(ArticlePassed { id: fact.uuid() })))
}
