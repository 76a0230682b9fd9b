//! What the templates show of a signal: texts in one language, and nothing that the API does not say.

use std::fmt::Write;

use domain::decision_kind::DecisionKind;
use domain::fact::alerts::{Handling, SetAsideReason};
use domain::violence::assess::{Assessment, IndicatorLine, RoleLine};
use domain::violence::assessment::{DismissalLine, OrderLine};
use domain::violence::urgency::Urgency;
use domain::violence::wording;
use web::Page;

use super::choices::Choice;
use super::dates::{When, day, moment, period, span};
use super::timeline::Timeline;
use crate::inbox::{CaseReference, Entry, Handled, Told};

/// The language in which the domain speaks, for a page's.
pub const fn in_domain(lang: web::Lang) -> domain::lang::Lang {
    match lang {
        web::Lang::Nl => domain::lang::Lang::Nl,
        web::Lang::En => domain::lang::Lang::En,
    }
}

/// A word that says how soon, and whether it is to stand out.
pub struct UrgencyWord {
    /// The word.
    pub label: &'static str,
    /// Whether the hearing is near.
    pub is_urgent: bool,
}

impl UrgencyWord {
    fn of(urgency: Urgency, lang: domain::lang::Lang) -> Self {
        Self { label: urgency.label(lang), is_urgent: urgency >= Urgency::High }
    }
}

/// A row of the inbox.
pub struct Row {
    /// Where the signal is opened.
    pub href: String,
    /// The numbers of the own case.
    pub numbers: String,
    /// Its court.
    pub court: &'static str,
    /// Its kind of proceeding.
    pub proceeding: &'static str,
    /// The next hearing in it.
    pub hearing: Option<When>,
    /// Why, in a sentence; nothing once withdrawn.
    pub why: Option<String>,
    /// How soon; nothing once withdrawn.
    pub urgency: Option<UrgencyWord>,
    /// Whether this version is yet to be opened.
    pub is_unread: bool,
    /// When the clerks heard that nobody had read it.
    pub escalated: Option<When>,
    /// When it last changed.
    pub changed: When,
}

impl Row {
    /// The row of an entry.
    pub fn of(entry: &Entry, lang: web::Lang) -> Self {
        let told = match &entry.told {
            Told::Stands { assessment, .. } => Some(assessment),
            Told::Withdrawn { .. } => None,
        };
        Self {
            href: format!("/signals/{}", entry.signal),
            numbers: entry.own.numbers.join(", "),
            court: entry.own.court.label(in_domain(lang)),
            proceeding: entry.own.proceeding.label(in_domain(lang)),
            hearing: told.and_then(|told| told.own_hearing).map(|on| day(on, lang)),
            why: told.and_then(|told| wording::summary(told, in_domain(lang)).into_iter().next()),
            urgency: told.map(|told| UrgencyWord::of(told.urgency, in_domain(lang))),
            is_unread: entry.is_unread(),
            escalated: entry.escalated_on.map(|on| day(on, lang)),
            changed: moment(entry.changed_at, lang),
        }
    }
}

/// A case beside another.
pub struct CaseView {
    /// Its numbers.
    pub numbers: String,
    /// Its court.
    pub court: &'static str,
    /// Family, youth or criminal.
    pub jurisdiction: &'static str,
    /// What kind of proceeding.
    pub proceeding: &'static str,
    /// How far it has come, where that is told.
    pub phase: Option<&'static str>,
    /// The next hearing.
    pub hearing: Option<When>,
    /// Whether its court and numbers are not named, because they may tell where a shielded person lives.
    pub is_hidden: bool,
}

impl CaseView {
    fn of(case: &CaseReference, phase: Option<&'static str>, hearing: Option<When>, lang: web::Lang) -> Self {
        let lang = in_domain(lang);
        Self {
            numbers: case.numbers.join(", "),
            court: case.court.label(lang),
            jurisdiction: case.jurisdiction.label(lang),
            proceeding: case.proceeding.label(lang),
            phase,
            hearing,
            is_hidden: false,
        }
    }

    /// The same case without what may tell where it is heard.
    fn hidden(self, lang: web::Lang) -> Self {
        Self { numbers: String::new(), court: wording::another_court(in_domain(lang)), is_hidden: true, ..self }
    }
}

/// A person in both cases.
pub struct PersonView {
    /// By the roles in the own case.
    pub own: String,
    /// By the roles in the parallel case, and how they are held.
    pub parallel: String,
}

/// A row of the table of orders.
pub struct OrderView {
    /// What kind of order, and what it says.
    pub what: String,
    /// How serious; nothing where it weighs nothing by itself.
    pub tier: Option<&'static str>,
    /// Whether it holds.
    pub state: &'static str,
    /// On which days.
    pub days: String,
    /// Whom it binds.
    pub against: String,
    /// Whom it protects.
    pub protects: String,
    /// Whether children are included, what it leaves room for, what was reported.
    pub notes: Vec<String>,
}

impl OrderView {
    fn of(line: &OrderLine, page: &Page) -> Self {
        let lang = in_domain(page.lang());
        let roles = |lines: &[RoleLine]| {
            let words: Vec<String> = lines.iter().map(|line| wording::role(line, lang)).collect();
            if words.is_empty() { page.say("victims-none") } else { words.join(", ") }
        };
        let mut notes = vec![wording::children(line.children_included, lang).to_owned()];
        notes.extend(line.grounds.iter().map(|ground| ground.label(lang).to_owned()));
        notes.extend(wording::exceptions(&line.exceptions, lang));
        notes.extend(line.immediately_enforceable.then(|| page.say("order-enforceable")));
        notes.extend(line.breach_reported.then(|| page.say("order-breach")));
        Self {
            what: wording::measure(Some(line.kind), &line.categories, lang),
            tier: line.tier.map(|tier| wording::tier(tier, lang)),
            state: line.state.label(lang),
            days: span(line.from, line.until, page),
            against: roles(&line.against),
            protects: roles(&line.protects),
            notes,
        }
    }
}

/// A row of the table of indicators.
pub struct IndicatorView {
    /// What is charged.
    pub offence: String,
    /// How serious; nothing where the status takes the weight off it.
    pub tier: Option<&'static str>,
    /// The articles and the version of the law.
    pub articles: String,
    /// When, to the month.
    pub period: String,
    /// How far the law has come.
    pub status: &'static str,
    /// On what ground it was dropped, and when; nothing where it was not, or neither is told.
    pub dropped: Option<String>,
    /// The sentence beside it.
    pub disclaimer: &'static str,
    /// How suspect and victims stand to each other.
    pub relation: &'static str,
    /// The suspect.
    pub suspect: String,
    /// The victims, or the children who saw it.
    pub victims: String,
}

impl IndicatorView {
    fn of(line: &IndicatorLine, page: &Page) -> Self {
        let lang = in_domain(page.lang());
        let articles: Vec<String> = line.articles.iter().map(ToString::to_string).collect();
        let victims: Vec<String> = line.victims.iter().map(|victim| wording::role(victim, lang)).collect();
        let mut articles = articles.join(", ");
        if let Some(from) = line.law_version.from {
            // Writing to a string cannot fail.
            let _ =
                write!(articles, " ({})", page.say_with("law-since", &[("day", day(from, page.lang()).text.into())]));
        }
        Self {
            offence: wording::offence(line, lang),
            tier: line.tier.map(|tier| wording::tier(tier, lang)),
            articles,
            period: period(&line.period, page.lang()),
            status: line.status.label(lang),
            dropped: line.dismissal.and_then(|line| dropped(line, page)),
            disclaimer: line.status.disclaimer(lang),
            relation: line.relation.label(lang),
            suspect: wording::role(&line.suspect, lang),
            victims: if victims.is_empty() { page.say("victims-none") } else { victims.join(", ") },
        }
    }
}

/// On what ground a charge was dropped, and when, as far as that is told.
fn dropped(line: DismissalLine, page: &Page) -> Option<String> {
    let ground = wording::ground(line, in_domain(page.lang())).map(str::to_owned);
    let on = line.on.map(|on| day(on, page.lang()).text);
    let words: Vec<String> = ground.into_iter().chain(on).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What a standing signal tells.
pub struct ToldView {
    /// What it is about.
    pub kind: &'static str,
    /// How soon.
    pub urgency: UrgencyWord,
    /// How serious the most serious of it is.
    pub tier: Option<&'static str>,
    /// What the link rests on.
    pub basis: &'static str,
    /// As known on this day.
    pub as_of: When,
    /// In sentences.
    pub sentences: Vec<String>,
    /// The case that is told of.
    pub parallel: CaseView,
    /// Whom it concerns.
    pub persons: Vec<PersonView>,
    /// The indicators; none towards a criminal judge.
    pub indicators: Vec<IndicatorView>,
    /// The orders of the parallel case.
    pub orders: Vec<OrderView>,
    /// Whether a special guardian stands beside a child there.
    pub special_guardian: bool,
    /// What the court's policy leaves out.
    pub left_out: Option<String>,
    /// How many charges the catalogue cannot place.
    pub unknown: usize,
    /// What a judge may do.
    pub next_steps: &'static [&'static str],
}

impl ToldView {
    fn of(told: &Assessment, as_of: When, parallel: &CaseReference, court_hidden: bool, page: &Page) -> Self {
        let lang = in_domain(page.lang());
        let hearing = told.parallel_hearing.map(|on| day(on, page.lang()));
        let case = CaseView::of(parallel, Some(told.parallel_phase.label(lang)), hearing, page.lang());
        Self {
            kind: told.kind.label(lang),
            urgency: UrgencyWord::of(told.urgency, lang),
            tier: told.tier.map(|tier| wording::tier(tier, lang)),
            basis: told.basis.label(lang),
            as_of,
            sentences: wording::summary(told, lang),
            parallel: if court_hidden { case.hidden(page.lang()) } else { case },
            persons: told
                .persons
                .iter()
                .map(|person| {
                    let roles = person.parallel_roles.iter().map(|role| role.label(lang));
                    let held = person.detention.map(|held| held.label(lang));
                    let roles: Vec<&str> = roles.chain(held).collect();
                    PersonView { own: wording::role(&person.own, lang), parallel: roles.join(", ") }
                })
                .collect(),
            indicators: told.indicators.iter().map(|line| IndicatorView::of(line, page)).collect(),
            orders: told.orders.iter().map(|line| OrderView::of(line, page)).collect(),
            special_guardian: told.special_guardian,
            left_out: wording::left_out(told, lang),
            unknown: told.unknown_articles.len(),
            next_steps: wording::next_steps(told.kind, lang),
        }
    }
}

/// What a judge recorded.
pub struct HandledView {
    /// When.
    pub recorded: When,
    /// Of which version.
    pub version: u32,
    /// What.
    pub what: String,
}

impl HandledView {
    fn of(handled: &Handled, page: &Page) -> Self {
        let dated = |key, on| page.say_with(key, &[("day", day(on, page.lang()).text.into())]);
        let what = match &handled.handling {
            Handling::DiscussedAtHearing { on } => dated("handled-discussed", *on),
            Handling::ToldToParties { on } => dated("handled-told", *on),
            Handling::DocumentsRequested { on } => dated("handled-requested", *on),
            Handling::WeighedInDecision { on, decision } => page.say_with(
                "handled-weighed",
                &[
                    ("decision", decision.label(in_domain(page.lang())).into()),
                    ("day", day(*on, page.lang()).text.into()),
                ],
            ),
            Handling::SetAside { reason } => {
                page.say_with("handled-set-aside", &[("reason", page.say(reason_key(*reason)).into())])
            }
        };
        Self { recorded: moment(handled.recorded_at, page.lang()), version: handled.version, what }
    }
}

const fn reason_key(reason: SetAsideReason) -> &'static str {
    match reason {
        SetAsideReason::AlreadyKnown => "reason-already-known",
        SetAsideReason::NotRelevant => "reason-not-relevant",
        SetAsideReason::CannotBeHeard => "reason-cannot-be-heard",
        SetAsideReason::LinkDoubted => "reason-link-doubted",
    }
}

/// A signal, opened.
pub struct SignalView {
    /// Where its forms are sent, without the last segment.
    pub href: String,
    /// Its version.
    pub version: u32,
    /// When it was raised.
    pub raised: When,
    /// When it last changed.
    pub changed: When,
    /// The own case.
    pub own: CaseView,
    /// What it tells; nothing once withdrawn.
    pub told: Option<ToldView>,
    /// When what happened; nothing once withdrawn.
    pub timeline: Option<Timeline>,
    /// Why it was withdrawn; nothing while it stands.
    pub because: Option<&'static str>,
    /// What to think of where the own case was decided after it was first told; nothing otherwise.
    pub late: Option<&'static str>,
    /// Whether the judge is asked to acknowledge this version.
    pub asks_to_acknowledge: bool,
    /// Whether this version was acknowledged.
    pub is_acknowledged: bool,
    /// What was recorded about it, oldest first.
    pub handled: Vec<HandledView>,
    /// The kinds of decision in which it may be weighed.
    pub decisions: Vec<Choice>,
}

impl SignalView {
    /// The view of an entry, in the page's language.
    pub fn of(entry: &Entry, handled: &[Handled], page: &Page) -> Self {
        let lang = page.lang();
        let (told, because, hearing) = match &entry.told {
            Told::Stands { assessment, as_of, parallel, court_hidden } => {
                let hearing = assessment.own_hearing.map(|on| day(on, lang));
                (Some(ToldView::of(assessment, day(*as_of, lang), parallel, *court_hidden, page)), None, hearing)
            }
            Told::Withdrawn { because, .. } => (None, Some(because.label(in_domain(lang))), None),
        };
        Self {
            href: format!("/signals/{}", entry.signal),
            version: entry.version,
            raised: moment(entry.raised_at, lang),
            changed: moment(entry.changed_at, lang),
            own: CaseView::of(&entry.own, None, hearing, lang),
            told,
            timeline: Timeline::of(entry, page),
            because,
            late: matches!(entry.told, Told::Withdrawn { after_decision: true, .. })
                .then(|| wording::late_correction(in_domain(lang))),
            asks_to_acknowledge: entry.asks_to_acknowledge(),
            is_acknowledged: entry.acknowledged == entry.version,
            handled: handled.iter().map(|one| HandledView::of(one, page)).collect(),
            decisions: DecisionKind::all()
                .filter(|kind| kind.jurisdictions().contains(&entry.own.jurisdiction))
                .map(|kind| Choice::new(kind.code(), kind.label(in_domain(lang))))
                .collect(),
        }
    }
}
