//! The judge's own cases, one of them, and an attestation that prints.
//!
//! Invariant: what is printed of an attestation is the same whether anything was found or not; what is for the judge alone stands
//! on the screen only.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{AttestationId, CaseId};
use domain::violence::wording;
use serde::Deserialize;
use uuid::Uuid;
use web::{Lang, Page, Path, Principal, Problem, Query};

use super::dates::{When, day, moment};
use super::graph::Graph;
use super::view::{Row, in_domain};
use super::{ROWS, Site, frame};
use crate::act::{problem, refused};
use crate::api::judge;
use crate::attest::{self, AttestError, Attested};
use crate::cases::{self, OwnCase};
use crate::inbox::{self, Entry, Filter};
use crate::words;

/// A case in the list.
pub struct CaseRow {
    href: String,
    numbers: String,
    court: &'static str,
    proceeding: &'static str,
    stands: u32,
    unread: u32,
    recheck: String,
    is_needed: bool,
}

impl CaseRow {
    /// The row of a case.
    pub fn of(own: &OwnCase, today: jiff::civil::Date, lang: Lang) -> Self {
        let recheck = own.look.recheck(today);
        let spoken = in_domain(lang);
        Self {
            href: format!("/cases/{}", own.case.id),
            numbers: own.case.numbers.join(", "),
            court: own.case.court.label(spoken),
            proceeding: own.case.proceeding.label(spoken),
            stands: own.stands,
            unread: own.unread,
            recheck: words::recheck(recheck, spoken),
            is_needed: recheck.is_needed(),
        }
    }
}

#[derive(Template)]
#[template(path = "cases.html")]
pub struct CasesPage {
    page: Page,
    coverage: &'static str,
    rows: Vec<CaseRow>,
    more: Option<String>,
}

impl CasesPage {
    /// The page of these cases.
    pub fn of(page: Page, rows: Vec<CaseRow>, more: Option<String>) -> Self {
        Self { coverage: wording::coverage(in_domain(page.lang())), rows, more, page }
    }
}

/// Where the list of cases goes on.
#[derive(Deserialize)]
pub struct CasesQuery {
    cursor: Option<Uuid>,
}

/// The judge's open cases.
pub async fn show_cases(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Query(query): Query<CasesQuery>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let service = &site.api.service;
    let pool = service.journal.pool();
    let most = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let after = query.cursor.map(CaseId::from_uuid);
    let mut found = cases::list(pool, &judge, after, most).await.map_err(|error| problem(&error))?;
    let unread = inbox::unread(pool, &judge).await.map_err(|error| problem(&error))?;
    let goes_on = found.len() > ROWS;
    found.truncate(ROWS);
    let more = found.last().filter(|_| goes_on).map(|last| format!("/cases?cursor={}", last.case.id));
    let rows = found.iter().map(|own| CaseRow::of(own, service.clock.today(), lang)).collect();
    let heading = site.texts.say(lang, "cases-heading", &[]);
    web::page::html(&CasesPage::of(frame(&site.texts, lang, unread, heading, "/cases"), rows, more))
}

/// What a page about a case says about the form that was just sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseNotice {
    /// Something has to be read first.
    Unread,
    /// Something has to be opened again first.
    LookTooOld,
    /// The case is not registered, or over.
    NotOpen,
    /// The case goes on in another.
    GoesOnElsewhere,
    /// Something about it is being handled.
    BeingHandled,
}

impl CaseNotice {
    /// Every notice.
    #[cfg(test)]
    pub const ALL: [Self; 5] =
        [Self::Unread, Self::LookTooOld, Self::NotOpen, Self::GoesOnElsewhere, Self::BeingHandled];

    /// Its word in an address; the key of its text begins with `case-notice-`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::LookTooOld => "look-too-old",
            Self::NotOpen => "not-open",
            Self::GoesOnElsewhere => "goes-on-elsewhere",
            Self::BeingHandled => "being-handled",
        }
    }

    fn of(error: AttestError) -> Result<Self, Problem> {
        use domain::decisions::attest::Refusal;
        Ok(match error {
            AttestError::Refused(Refusal::Unread(_)) => Self::Unread,
            AttestError::Refused(Refusal::LookTooOld(_)) => Self::LookTooOld,
            AttestError::Refused(Refusal::NotOpen) => Self::NotOpen,
            AttestError::Refused(Refusal::GoesOnElsewhere) => Self::GoesOnElsewhere,
            AttestError::BeingHandled => Self::BeingHandled,
            error => return Err(error.into()),
        })
    }
}

/// An attestation in the list of a case.
pub struct AttestationRow {
    href: String,
    at: When,
    standing: String,
}

impl AttestationRow {
    /// The row of an attestation.
    pub fn of(attested: &Attested, page: &Page) -> Self {
        Self {
            href: format!("/attestations/{}", attested.said.attestation),
            at: moment(attested.at, page.lang()),
            standing: standing(attested, page),
        }
    }
}

fn standing(attested: &Attested, page: &Page) -> String {
    use domain::decisions::attest::Standing;
    let day = |date| day(date, page.lang()).text;
    match attested.standing {
        Standing::Valid => page.say_with("attest-is-valid", &[("day", day(attested.said.repeat_after).into())]),
        Standing::Superseded { since } => {
            page.say_with("attest-is-superseded", &[("day", day(words::day_of(since)).into())])
        }
        Standing::Expired { since } => page.say_with("attest-is-expired", &[("day", day(since).into())]),
    }
}

#[derive(Template)]
#[template(path = "case.html")]
pub struct CasePage {
    page: Page,
    coverage: &'static str,
    notice: Option<String>,
    case: CaseRow,
    signals: Vec<Row>,
    graph: Option<Graph>,
    attestations: Vec<AttestationRow>,
}

impl CasePage {
    /// The page of a case with its signals.
    pub fn of(page: Page, case: CaseRow, signals: &[Entry], attested: &[Attested], notice: Option<CaseNotice>) -> Self {
        Self {
            coverage: wording::coverage(in_domain(page.lang())),
            notice: notice.map(|notice| page.say(&format!("case-notice-{}", notice.word()))),
            case,
            signals: signals.iter().map(|entry| Row::of(entry, page.lang())).collect(),
            graph: Graph::of(signals, &page),
            attestations: attested.iter().rev().map(|one| AttestationRow::of(one, &page)).collect(),
            page,
        }
    }
}

/// What is to be said about the form that was just sent.
#[derive(Deserialize)]
pub struct CaseQuery {
    notice: Option<CaseNotice>,
}

/// One of the judge's cases.
pub async fn show_case(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Path(case): Path<Uuid>,
    Query(query): Query<CaseQuery>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let case = CaseId::from_uuid(case);
    let service = &site.api.service;
    let pool = service.journal.pool();
    let Some(own) = cases::one(pool, &judge, case).await.map_err(|error| problem(&error))? else {
        refused(service, &judge, case.uuid(), "read-case").await.map_err(|error| problem(&error))?;
        return Err(Problem::not_found());
    };
    let of_case = Filter { case: Some(case), ..Filter::default() };
    let entries = inbox::list(pool, &judge, &of_case, None, 100).await.map_err(|error| problem(&error))?;
    let attested = attest::of_case(service, case).await.map_err(|error| problem(&error))?;
    let unread = inbox::unread(pool, &judge).await.map_err(|error| problem(&error))?;
    let heading = own.case.numbers.join(", ");
    let page = frame(&site.texts, lang, unread, heading, &format!("/cases/{case}"));
    let row = CaseRow::of(&own, service.clock.today(), lang);
    web::page::html(&CasePage::of(page, row, &entries, &attested, query.notice))
}

/// Asks for an attestation, and leads to it, or back to the case, which says what to do first.
pub async fn ask_attestation(
    State(site): State<Site>,
    principal: Principal,
    Path(case): Path<Uuid>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let address = match attest::attest(&site.api.service, &judge, CaseId::from_uuid(case)).await {
        Ok(attested) => format!("/attestations/{}", attested.said.attestation),
        Err(error) => format!("/cases/{case}?notice={}", CaseNotice::of(error)?.word()),
    };
    Ok(Redirect::to(&address).into_response())
}

/// A source of the register.
pub struct SourceRow {
    name: String,
    heard: When,
    is_current: bool,
}

#[derive(Template)]
#[template(path = "attestation.html")]
pub struct AttestationPage {
    page: Page,
    case_href: String,
    statement: String,
    standing: String,
    id: String,
    numbers: String,
    court: &'static str,
    at: When,
    repeat_after: When,
    sources: Vec<SourceRow>,
    not_consulted: &'static str,
    finding: Option<String>,
}

impl AttestationPage {
    /// The page of an attestation.
    pub fn of(page: Page, attested: &Attested) -> Self {
        let (said, lang) = (&attested.said, in_domain(page.lang()));
        let numbers: Vec<String> = said.numbers.iter().map(ToString::to_string).collect();
        Self {
            case_href: format!("/cases/{}", said.case),
            statement: words::statement(attested, lang),
            standing: standing(attested, &page),
            id: said.attestation.to_string(),
            numbers: numbers.join(", "),
            court: said.court.label(lang),
            at: moment(attested.at, page.lang()),
            repeat_after: day(said.repeat_after, page.lang()),
            sources: said
                .sources
                .iter()
                .map(|source| SourceRow {
                    name: format!("{}: {}", source.court.label(lang), source.jurisdiction.label(lang)),
                    heard: day(source.heard_on, page.lang()),
                    is_current: source.current,
                })
                .collect(),
            not_consulted: words::not_consulted(lang),
            finding: said.found_nothing().then(|| words::finding(&said.sources, lang)),
            page,
        }
    }
}

/// An attestation of one of the judge's cases.
pub async fn show_attestation(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Path(attestation): Path<Uuid>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let service = &site.api.service;
    let found = attest::of_judge(service, &judge, AttestationId::from_uuid(attestation)).await?;
    let unread = inbox::unread(service.journal.pool(), &judge).await.map_err(|error| problem(&error))?;
    let heading = site.texts.say(lang, "attest-title", &[]);
    let page = frame(&site.texts, lang, unread, heading, &format!("/attestations/{attestation}"));
    web::page::html(&AttestationPage::of(page, &found))
}
