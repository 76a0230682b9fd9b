//! What goes out because of a signal, on pages: requests to other courts, what parties are told, the clerk's check, and the
//! proceedings between the parties.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::decisions::disclose::{Act, State as Standing};
use domain::decisions::procedure_history::Proceeding;
use domain::decisions::request_information::{Request, USUAL_TERM, Wish};
use domain::fact::Subject;
use domain::fact::alerts::CheckRefusal;
use domain::ids::{CaseId, PartyId, PartyVersionId, RequestId, SignalId};
use domain::information::{InformationBasis, InformationKind};
use domain::jurisdiction::Jurisdiction;
use domain::violence::assessment::RoleLine;
use domain::violence::{wording, working_days};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Lang, Page, Path, Principal, Problem, Query};

use super::choices::Choice;
use super::dates::{When, day, period};
use super::escalations::menu;
use super::view::in_domain;
use super::{Notice, ROWS, Site, frame};
use crate::act::problem;
use crate::api::{CheckRequest, InformationRequest, PartyVersionRequest, TellingRequest, clerk, judge};
use crate::disclosures::{self, DiscloseError, Disclosure, Seat};
use crate::requests::{self, Listed, RequestError};
use crate::{history, inbox, words};

/// A request on a page.
pub struct RequestView {
    pub(super) id: String,
    pub(super) information: &'static str,
    pub(super) basis: &'static str,
    pub(super) answer_by: When,
    pub(super) state: String,
    pub(super) on: Option<When>,
    pub(super) reason: Option<&'static str>,
    pub(super) is_open: bool,
    pub(super) is_overdue: bool,
}

impl RequestView {
    /// A request, as of `today`.
    pub fn of(request: &Request, today: Date, lang: Lang) -> Self {
        let (asked, spoken) = (&request.asked, in_domain(lang));
        Self {
            id: asked.request.to_string(),
            information: asked.information.label(spoken),
            basis: asked.basis.label(spoken),
            answer_by: day(asked.answer_by, lang),
            state: words::request(request.state, spoken),
            on: request.on.map(|on| day(on, lang)),
            reason: request.reason.map(|reason| reason.label(spoken)),
            is_open: request.state.is_open(),
            is_overdue: request.is_overdue(today),
        }
    }
}

/// A party version on a page.
pub struct VersionView {
    pub(super) id: String,
    pub(super) numbers: String,
    pub(super) recipient: String,
    pub(super) version: u32,
    pub(super) state: String,
    pub(super) had_been_disclosed: bool,
    pub(super) can_be_told: bool,
    pub(super) nl: Vec<String>,
    pub(super) en: Vec<String>,
}

impl VersionView {
    /// A party version; without its text once the signal was withdrawn.
    pub fn of(disclosure: &Disclosure, page: &Page) -> Self {
        let version = &disclosure.version;
        let state = match version.state {
            Standing::Waiting => page.say("parties-waiting"),
            Standing::Released => page.say("parties-released"),
            Standing::Refused(reason) => {
                page.say_with("parties-refused", &[("reason", page.say(&check_key(reason)).into())])
            }
            Standing::Told(on) => page.say_with("parties-told", &[("day", day(on, page.lang()).text.into())]),
        };
        let text = if version.withdrawn { Vec::new() } else { words::party_version(disclosure) };
        let (nl, en) = text.into_iter().unzip();
        Self {
            id: version.prepared.party_version.to_string(),
            numbers: disclosure.own.numbers.join(", "),
            recipient: wording::role(&version.prepared.role, in_domain(page.lang())),
            version: version.prepared.version,
            state,
            had_been_disclosed: matches!(version.state, Standing::Told(_)) && version.overtaken,
            can_be_told: version.state == Standing::Released && !version.overtaken,
            nl,
            en,
        }
    }
}

fn check_key(reason: CheckRefusal) -> String {
    format!("check-{}", reason.as_str())
}

/// A party who can be told.
pub struct RecipientView {
    pub(super) id: String,
    pub(super) label: String,
}

/// What goes out because of a signal.
pub struct Exchange {
    pub(super) requests: Vec<RequestView>,
    pub(super) information: Vec<Choice>,
    pub(super) bases: Vec<Choice>,
    pub(super) usual_day: String,
    pub(super) versions: Vec<VersionView>,
    pub(super) recipients: Vec<RecipientView>,
}

impl Exchange {
    /// What has gone out, and what can.
    pub fn of(
        requests: &[Request],
        versions: &[Disclosure],
        recipients: &[(PartyId, RoleLine)],
        between: (Jurisdiction, Option<Jurisdiction>),
        today: Date,
        page: &Page,
    ) -> Self {
        let lang = in_domain(page.lang());
        let (from, to) = between;
        let serves = |basis: &InformationBasis| to.is_some_and(|to| basis.serves(from, to));
        let basis = |basis: InformationBasis| {
            let doubt =
                if basis.is_uncertain() { format!(" {}", page.say("requests-uncertain")) } else { String::new() };
            Choice::new(basis.code(), format!("{}{doubt}", basis.label(lang)))
        };
        let recipient =
            |(party, line): &(PartyId, _)| RecipientView { id: party.to_string(), label: wording::role(line, lang) };
        Self {
            requests: requests.iter().map(|request| RequestView::of(request, today, page.lang())).collect(),
            information: InformationKind::all().map(|kind| Choice::new(kind.code(), kind.label(lang))).collect(),
            bases: InformationBasis::all().filter(serves).map(basis).collect(),
            usual_day: working_days::add(today, USUAL_TERM).to_string(),
            versions: versions.iter().map(|version| VersionView::of(version, page)).collect(),
            recipients: recipients.iter().map(recipient).collect(),
        }
    }

    /// The same, looked up for a signal that was found among the judge's own.
    ///
    /// # Errors
    /// When PostgreSQL cannot be reached.
    pub async fn look_up(site: &Site, entry: &inbox::Entry, page: &Page) -> Result<Self, Problem> {
        let service = &site.api.service;
        let requests = requests::of_signal(service, entry.signal).await.map_err(|error| problem(&error))?;
        let versions = disclosures::of_signal(service, entry.signal).await.map_err(|error| problem(&error))?;
        let recipients = disclosures::recipients_of(service, entry.own.id).await.map_err(|error| problem(&error))?;
        let to = match &entry.told {
            inbox::Told::Stands { parallel, .. } => Some(parallel.jurisdiction),
            inbox::Told::Withdrawn { .. } => None,
        };
        let between = (entry.own.jurisdiction, to);
        Ok(Self::of(&requests, &versions, &recipients, between, service.clock.today(), page))
    }
}

fn back(signal: SignalId, notice: Notice, anchor: &str) -> Response {
    Redirect::to(&format!("/signals/{signal}?notice={}#{anchor}", notice.word())).into_response()
}

/// Asks for information and leads back to the signal.
pub async fn ask(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<InformationRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    wish(&site, &judge, signal, form.wish(), Notice::Asked).await
}

/// Takes a request back and leads to its signal.
pub async fn take_back(
    State(site): State<Site>,
    principal: Principal,
    Path(request): Path<Uuid>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let request = RequestId::from_uuid(request);
    let signal = requests::signal_of(&site.api.service, request).await.map_err(|error| problem(&error))?;
    let signal = signal.unwrap_or_else(|| SignalId::from_uuid(Uuid::nil()));
    wish(&site, &judge, signal, Wish::TakeBack(request), Notice::TakenBack).await
}

async fn wish(site: &Site, judge: &Subject, signal: SignalId, wish: Wish, notice: Notice) -> Result<Response, Problem> {
    use domain::decisions::request_information::Refusal;
    let notice = match requests::act(&site.api.service, judge, signal, wish).await {
        Ok(_) => notice,
        Err(RequestError::Refused(Refusal::Stale { .. } | Refusal::Withdrawn | Refusal::NotOpen)) => Notice::Changed,
        Err(error) => return Err(error.into()),
    };
    Ok(back(signal, notice, "requests"))
}

/// Asks for a party version and leads back to the signal.
pub async fn prepare(
    State(site): State<Site>,
    principal: Principal,
    Path(signal): Path<Uuid>,
    Form(form): Form<PartyVersionRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let signal = SignalId::from_uuid(signal);
    let act = Act::Prepare(PartyId::from_uuid(form.recipient));
    let outcome = disclosures::act(&site.api.service, &judge, signal, act, Some(form.version)).await;
    Ok(back(signal, disclosed(outcome, Notice::Prepared)?, "parties"))
}

/// Records that a party was told and leads back to the signal.
pub async fn tell(
    State(site): State<Site>,
    principal: Principal,
    Path(party_version): Path<Uuid>,
    Form(form): Form<TellingRequest>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let id = PartyVersionId::from_uuid(party_version);
    let (signal, _) = disclosures::one(&site.api.service, &judge, Seat::Judge, id).await?;
    let outcome = disclosures::act(&site.api.service, &judge, signal, Act::Tell(id, form.on), None).await;
    Ok(back(signal, disclosed(outcome, Notice::Handled)?, "parties"))
}

fn disclosed(outcome: Result<Vec<Disclosure>, DiscloseError>, notice: Notice) -> Result<Notice, Problem> {
    use domain::decisions::disclose::Refusal;
    match outcome {
        Ok(_) => Ok(notice),
        Err(DiscloseError::Refused(
            Refusal::Stale { .. } | Refusal::Withdrawn | Refusal::AlreadyChecked | Refusal::NotReleased,
        )) => Ok(Notice::Changed),
        Err(error) => Err(error.into()),
    }
}

/// A row of the list of requests.
pub struct RequestRow {
    href: String,
    numbers: String,
    parallel: Option<String>,
    request: RequestView,
}

impl RequestRow {
    /// The row of a request.
    pub fn of(listed: &Listed, today: Date, lang: Lang) -> Self {
        let parallel = listed.parallel.as_ref();
        Self {
            href: format!("/signals/{}#requests", listed.request.asked.signal),
            numbers: listed.own.numbers.join(", "),
            parallel: parallel
                .map(|case| format!("{} ({})", case.numbers.join(", "), case.court.label(in_domain(lang)))),
            request: RequestView::of(&listed.request, today, lang),
        }
    }
}

/// The list of requests.
#[derive(Template)]
#[template(path = "requests.html")]
pub struct RequestsPage {
    /// The frame.
    pub page: Page,
    /// The requests.
    pub rows: Vec<RequestRow>,
}

/// The newest requests in the judge's cases.
pub async fn show_requests(State(site): State<Site>, principal: Principal, lang: Lang) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let service = &site.api.service;
    let most = i64::try_from(ROWS * 4).unwrap_or(i64::MAX);
    let found = requests::of_judge(service, &judge, None, most).await.map_err(|error| problem(&error))?;
    let unread = inbox::unread(service.journal.pool(), &judge).await.map_err(|error| problem(&error))?;
    let rows = found.iter().map(|listed| RequestRow::of(listed, service.clock.today(), lang)).collect();
    let heading = site.texts.say(lang, "requests-title", &[]);
    web::page::html(&RequestsPage { page: frame(&site.texts, lang, unread, heading, "/information-requests"), rows })
}

/// What waits for a clerk.
#[derive(Template)]
#[template(path = "checks.html")]
pub struct ChecksPage {
    /// The frame.
    pub page: Page,
    /// What is said about the form that was just sent.
    pub notice: Option<String>,
    /// What waits.
    pub versions: Vec<VersionView>,
    /// Why one may be refused.
    pub reasons: Vec<Choice>,
}

impl ChecksPage {
    /// The page of what waits.
    pub fn of(page: Page, waiting: &[Disclosure], notice: Option<Notice>) -> Self {
        let reason = |reason: &CheckRefusal| Choice::new(reason.as_str(), page.say(&check_key(*reason)));
        Self {
            notice: notice.map(|notice| page.say(notice.key())),
            versions: waiting.iter().map(|one| VersionView::of(one, &page)).collect(),
            reasons: CheckRefusal::ALL.iter().map(reason).collect(),
            page,
        }
    }
}

/// What is to be said about the form that was just sent.
#[derive(Deserialize)]
pub struct ChecksQuery {
    notice: Option<Notice>,
}

/// The party versions that wait for the clerk.
pub async fn show_checks(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Query(query): Query<ChecksQuery>,
) -> Result<Response, Problem> {
    let clerk = clerk(&principal)?;
    let most = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let waiting = disclosures::waiting(&site.api.service, &clerk, most).await.map_err(|error| problem(&error))?;
    let heading = site.texts.say(lang, "checks-heading", &[]);
    let nav = menu(&site.texts, lang, "/party-versions");
    let page = Page::new(&site.texts, lang, heading).signed_in(nav).at("/party-versions");
    web::page::html(&ChecksPage::of(page, &waiting, query.notice))
}

/// Takes a clerk's word and leads back to what waits.
pub async fn check(
    State(site): State<Site>,
    principal: Principal,
    Path(party_version): Path<Uuid>,
    Form(form): Form<CheckRequest>,
) -> Result<Response, Problem> {
    let clerk = clerk(&principal)?;
    let refusal = form.read("form")?;
    let id = PartyVersionId::from_uuid(party_version);
    let (signal, _) = disclosures::one(&site.api.service, &clerk, Seat::Clerk, id).await?;
    let outcome = disclosures::act(&site.api.service, &clerk, signal, Act::Check(id, refusal), None).await;
    let notice = disclosed(outcome, Notice::Handled)?;
    Ok(Redirect::to(&format!("/party-versions?notice={}", notice.word())).into_response())
}

/// A proceeding between the parties.
pub struct ProceedingRow {
    month: String,
    proceeding: &'static str,
    brought_by: String,
    outcome: &'static str,
}

/// The proceedings between the parties of a case.
#[derive(Template)]
#[template(path = "history.html")]
pub struct HistoryPage {
    page: Page,
    case_href: String,
    rows: Vec<ProceedingRow>,
}

impl HistoryPage {
    /// The page of the proceedings.
    pub fn of(page: Page, case: CaseId, found: &[Proceeding]) -> Self {
        let lang = in_domain(page.lang());
        let row = |proceeding: &Proceeding| {
            let brought_by: Vec<String> = proceeding.brought_by.iter().map(|line| wording::role(line, lang)).collect();
            ProceedingRow {
                month: period(&proceeding.month, page.lang()),
                proceeding: proceeding.kind.label(lang),
                brought_by: brought_by.join(", "),
                outcome: proceeding.outcome.label(lang),
            }
        };
        Self { case_href: format!("/cases/{case}"), rows: found.iter().map(row).collect(), page }
    }
}

/// Asks for the proceedings between the parties, and leads to them.
pub async fn ask_history(
    State(site): State<Site>,
    principal: Principal,
    Path(case): Path<Uuid>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    history::ask(&site.api.service, &judge, CaseId::from_uuid(case)).await?;
    Ok(Redirect::to(&format!("/cases/{case}/procedure-history")).into_response())
}

/// The proceedings that the judge asked for today; the case where they did not.
pub async fn show_history(
    State(site): State<Site>,
    principal: Principal,
    lang: Lang,
    Path(case): Path<Uuid>,
) -> Result<Response, Problem> {
    let judge = judge(&principal)?;
    let case = CaseId::from_uuid(case);
    let service = &site.api.service;
    let Some(found) = history::asked_today(service, &judge, case).await? else {
        return Ok(Redirect::to(&format!("/cases/{case}")).into_response());
    };
    let unread = inbox::unread(service.journal.pool(), &judge).await.map_err(|error| problem(&error))?;
    let heading = site.texts.say(lang, "history-heading", &[]);
    let page = frame(&site.texts, lang, unread, heading, &format!("/cases/{case}/procedure-history"));
    web::page::html(&HistoryPage::of(page, case, &found))
}
