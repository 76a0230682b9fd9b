//! Articles that the code list does not know, as a page: what a steward can pass on, and how it stands.

use askama::Template;
use axum::extract::State;
use axum::response::{Redirect, Response};
use domain::fact::alerts::WhyArticleSettled;
use domain::fact::steward::CountsAs;
use domain::ids::ArticleId;
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;
use web::text::Value;
use web::{FieldError, Form, Lang, Link, Page, Path, Principal, Problem, Query, Role};

use super::{ON_A_PAGE, menu_for, words};
use crate::App;
use crate::api::{articles_of, pools, steward};
use crate::articles::{ArticleStatus, ArticleTask, PassingOn, PassingOnError, Proposal, WantedArticles};

/// What the page says after something was passed on.
pub(super) const NOTICES: [&str; 3] = ["passed-on", "passed-on-before", "not-passed-on"];

#[derive(Deserialize)]
pub(super) struct ArticlesQuery {
    status: Option<String>,
    cursor: Option<Uuid>,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "articles.html")]
pub(super) struct ArticlesPage {
    page: Page,
    notice: Option<String>,
    statuses: Vec<Link>,
    rows: Vec<ArticleRow>,
    /// The ways to count that are offered to whoever may pass something on; none where nobody can.
    ways: Vec<(&'static str, String)>,
    first: Option<String>,
    next: Option<String>,
}

struct ArticleRow {
    id: ArticleId,
    article: String,
    period: String,
    cases: String,
    age: String,
    heard_soon: bool,
    closed: Option<String>,
    proposals: Vec<String>,
    /// The name of the form's request, so that a second press writes nothing.
    request: Uuid,
}

/// What is shown, and to whom.
#[derive(Clone, Copy)]
pub(super) struct Shown<'s> {
    pub(super) status: ArticleStatus,
    /// Whether who looks may pass something on.
    pub(super) may_pass_on: bool,
    pub(super) after: Option<ArticleId>,
    pub(super) next: Option<ArticleId>,
    pub(super) notice: Option<&'s str>,
    pub(super) today: Date,
}

pub(super) async fn show(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Query(query): Query<ArticlesQuery>,
) -> Result<Response, Problem> {
    principal.require_any(&[Role::Steward, Role::Operator])?;
    let unknown = || Problem::malformed(vec![FieldError::query("status", "unknown", "is not known")]);
    let status = match query.status.as_deref() {
        None => ArticleStatus::Open,
        Some(word) => ArticleStatus::parse(word).ok_or_else(unknown)?,
    };
    let (after, today) = (query.cursor.map(ArticleId::from_uuid), app.desk.clock.today());
    let wanted = WantedArticles { pools: pools(&principal), status, after, limit: ON_A_PAGE, today };
    let (found, next) = articles_of(&app, wanted).await?;
    let may_pass_on = principal.has(Role::Steward);
    let notice = query.notice.as_deref();
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "articles-heading", &[]))
        .at(&address(status, after))
        .signed_in(menu_for(&app, lang, &principal.roles, "/articles"));
    web::page::html(&shown(page, &found, Shown { status, may_pass_on, after, next, notice, today }))
}

fn address(status: ArticleStatus, after: Option<ArticleId>) -> String {
    let cursor = after.map(|after| format!("&cursor={after}")).unwrap_or_default();
    format!("/articles?status={}{cursor}", status.as_str())
}

/// The page of these articles.
pub(super) fn shown(page: Page, found: &[ArticleTask], what: Shown<'_>) -> ArticlesPage {
    let link = |status: ArticleStatus| {
        let label = page.say(&format!("article-{}", status.as_str()));
        Link::new(address(status, None), label).current(status == what.status)
    };
    let is_offered = what.may_pass_on && what.status != ArticleStatus::Closed;
    let ways = CountsAs::ALL.into_iter().filter(|_| is_offered);
    ArticlesPage {
        notice: what.notice.filter(|word| NOTICES.contains(word)).map(|word| format!("notice-{word}")),
        statuses: ArticleStatus::ALL.into_iter().map(link).collect(),
        rows: found.iter().map(|task| row(&page, task, what.today)).collect(),
        ways: ways.map(|way| (way.as_str(), page.say(&format!("counts-{}", way.as_str())))).collect(),
        first: what.after.map(|_| address(what.status, None)),
        next: what.next.map(|next| address(what.status, Some(next))),
        page,
    }
}

fn row(page: &Page, task: &ArticleTask, today: Date) -> ArticleRow {
    let days = words::days_between(words::day_of(task.since), today);
    let closed = |why: WhyArticleSettled| page.say(&format!("article-closed-{}", why.as_str()));
    ArticleRow {
        id: task.id,
        article: task.article.to_string(),
        period: task.period.clone(),
        cases: page.say_with("queue-cases", &[("cases", Value::from(i64::from(task.cases)))]),
        age: page.say_with("queue-age", &[("days", Value::from(days))]),
        heard_soon: task.heard_soon,
        closed: task.closed.map(closed),
        proposals: task.proposals.iter().map(|proposal| said(page, proposal)).collect(),
        request: runtime::ids::id(),
    }
}

fn said(page: &Page, proposal: &Proposal) -> String {
    let way = proposal.counts_as.map_or("none", CountsAs::as_str);
    let (counts, on) = (page.say(&format!("counts-{way}")), words::date(page.lang(), words::day_of(proposal.at)));
    let said = [("by", proposal.by.as_str().into()), ("on", on.as_str().into()), ("counts", counts.as_str().into())];
    page.say_with("article-proposed", &said)
}

/// What a steward filled in.
#[derive(Deserialize)]
pub(super) struct ProposalForm {
    request: String,
    #[serde(default)]
    counts: String,
}

pub(super) async fn pass_on(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<Uuid>,
    Form(form): Form<ProposalForm>,
) -> Result<Redirect, Problem> {
    let by = steward(&principal)?;
    let request = PassingOn {
        id: ArticleId::from_uuid(id),
        counts_as: CountsAs::parse(&form.counts),
        by,
        pools: pools(&principal),
        name: form.request,
    };
    let (status, notice) = match app.desk.pass_on(&request).await {
        Ok((_, true)) => (ArticleStatus::PassedOn, "passed-on"),
        Ok((_, false)) => (ArticleStatus::PassedOn, "passed-on-before"),
        Err(PassingOnError::Closed | PassingOnError::RequestReused) => (ArticleStatus::Open, "not-passed-on"),
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("{}&notice={notice}", address(status, None))))
}

#[cfg(test)]
mod tests {
    use domain::article::Article;
    use jiff::civil::date;

    use super::super::tests::texts;
    use super::*;
    use crate::api::tests::FORBIDDEN;

    fn task(status: ArticleStatus) -> ArticleTask {
        let at = "2026-09-10T09:00:00Z".parse().expect("a moment");
        let proposal = |by: &str, counts_as| Proposal { by: by.to_owned(), at, counts_as };
        ArticleTask {
            id: ArticleId::derived(&["1"]),
            article: Article::parse("Sr 999").expect("an article"),
            period: "2026-03".to_owned(),
            status,
            cases: 2,
            since: at,
            heard_soon: true,
            closed: (status == ArticleStatus::Closed).then_some(WhyArticleSettled::Known),
            proposals: vec![proposal("steward-1", Some(CountsAs::Serious)), proposal("steward-2", None)],
        }
    }

    fn body(lang: Lang, status: ArticleStatus, may_pass_on: bool, found: &[ArticleTask]) -> String {
        let page = Page::new(&texts(), lang, "heading").at("/articles").signed_in(Vec::new());
        let (today, next) = (date(2026, 9, 14), Some(ArticleId::derived(&["2"])));
        let what = Shown { status, may_pass_on, after: None, next, notice: Some("passed-on"), today };
        shown(page, found, what).render().expect("a page")
    }

    #[test]
    fn every_text_is_there() {
        let texts = texts();
        let mut keys: Vec<String> = NOTICES.map(|word| format!("notice-{word}")).into();
        keys.extend(CountsAs::ALL.map(|way| format!("counts-{}", way.as_str())));
        keys.extend(ArticleStatus::ALL.map(|status| format!("article-{}", status.as_str())));
        keys.extend(WhyArticleSettled::ALL.iter().map(|why| format!("article-closed-{}", why.as_str())));
        keys.extend(["counts-none", "article-proposed", "articles-heading"].map(str::to_owned));
        let missing: Vec<_> = keys.iter().filter(|key| !texts.has(key)).collect();
        assert_eq!(missing, Vec::<&String>::new());
    }

    #[test]
    fn an_article_is_shown_with_how_many_cases_and_what_was_said_of_it() {
        for (lang, parts) in [
            (Lang::Nl, ["Sr 999", "2 zaken", "4 dagen", "binnen een week", "steward-1", "ernstig", "zonder voorstel"]),
            (Lang::En, ["Sr 999", "2 cases", "4 days", "within a week", "steward-1", "serious", "without a proposal"]),
        ] {
            let open = body(lang, ArticleStatus::Open, true, &[task(ArticleStatus::Open)]);
            for part in parts {
                assert!(open.contains(part), "{part} in {open}");
            }
            assert!(open.contains("/proposals\"") && open.contains("&#38;cursor="), "{open}");
            assert!(open.contains("role=\"status\""), "it says what became of it");
            let text = open.to_lowercase();
            for word in FORBIDDEN {
                assert!(!text.contains(word), "{word} in {open}");
            }
        }
    }

    #[test]
    fn who_only_looks_and_what_is_closed_is_offered_no_form() {
        for (status, may_pass_on) in [(ArticleStatus::Open, false), (ArticleStatus::Closed, true)] {
            let body = body(Lang::En, status, may_pass_on, &[task(status)]);
            assert!(!body.contains("<select"), "{body}");
        }
        let closed = body(Lang::En, ArticleStatus::Closed, true, &[task(ArticleStatus::Closed)]);
        assert!(closed.contains("The code list has it now"), "{closed}");
        let none = body(Lang::Nl, ArticleStatus::Open, true, &[]);
        assert!(none.contains("class=\"notice\"") && !none.contains("<table"), "{none}");
    }
}
