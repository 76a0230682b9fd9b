//! A question with its two records side by side, and the form with which a steward decides on it.
//!
//! Invariant: of what another steward thinks nothing is shown before it is a ruling.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::fact::Subject;
use domain::fact::steward::{Identifier, RevealReason, RulingReason};
use domain::ids::{FactId, MatchId};
use domain::personal::Personal;
use domain::role::Role;
use serde::Deserialize;
use uuid::Uuid;
use web::text::Value;
use web::{Lang, Page, Path, Principal, Problem, Query};

use super::asks;
use super::hand::HOURS;
use super::menu;
use super::weighing::{self, ShownWeighing};
use super::words::{self, Day, LEVELS, domain_lang};
use crate::App;
use crate::api::steward_of;
use crate::desk::{Comparison, Other, Record, Row, Ruled};
use crate::differences::{Piece, pieces};
use crate::record::{Field, Person, whole};
use crate::standing::{Status, because};
use crate::version::Changed;

/// What a steward is told after doing something.
pub(super) const NOTICES: [&str; 18] = [
    "confirmed",
    "rejected",
    "unchanged",
    "waits",
    "escalated",
    "undone",
    "undone-late",
    "not-undone",
    "claimed",
    "not-claimed",
    "suspected",
    "split",
    "not-split",
    "asked",
    "asked-before",
    "asked-nothing",
    "not-asked",
    "overtaken",
];

#[derive(Deserialize)]
pub(super) struct Noticed {
    notice: Option<String>,
}

/// What is shown beside the comparison itself.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) notice: Option<String>,
    pub(super) fault: Option<&'static str>,
    pub(super) changes: Vec<String>,
    pub(super) reason: String,
    pub(super) note: String,
    /// A new name for the request that the form will send.
    pub(super) request: String,
    /// An identifier that was just shown whole: of the first or the second record, which, and what it says.
    pub(super) revealed: Option<(usize, Identifier, Personal<String>)>,
    /// Why an identifier was not shown.
    pub(super) not_revealed: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "question.html")]
pub(super) struct QuestionPage {
    page: Page,
    id: String,
    kind: String,
    why: String,
    status: String,
    asked: String,
    sides: [Side; 2],
    rows: Vec<ShownRow>,
    weighing: Option<ShownWeighing>,
    reveals: ShownReveals,
    rulings: Vec<ShownRuling>,
    reasons: Vec<Choice>,
    /// What was asked of courts, each with how it stands.
    asks: Vec<(String, String)>,
    /// The fields that a court can be asked about.
    ask_fields: Vec<(&'static str, String)>,
    /// The other records of the persons that the two are of.
    others: [Vec<String>; 2],
    /// Whether a judge doubts that the two are one person.
    doubted: bool,
    /// Of how many records the person is that both are of.
    group: Option<String>,
    /// The records whose persons a steward may ask about, with words for it.
    suspicions: Vec<(&'static str, String)>,
    seen: String,
    hand: ShownHand,
    beside: Beside,
}

/// Who has it in hand, and what this steward may do.
struct ShownHand {
    /// Until when it is in this steward's hand.
    until: Option<String>,
    is_anothers: bool,
    has_spoken: bool,
    /// Whether it waits for an answer, so that it can be taken up and set aside.
    is_open: bool,
    /// Why two must agree.
    why_two: Vec<String>,
    /// How many spoke already.
    spoken: Option<String>,
    undo: Option<String>,
    rejoin: Option<String>,
    asides: Vec<(i64, String)>,
}

/// One record's part in its case.
pub(super) struct Side {
    pub(super) court: Option<String>,
    kind: Option<String>,
    pub(super) numbers: Vec<String>,
    hearing: Option<Day>,
    pub(super) roles: String,
    pub(super) capacity: Option<String>,
    /// The roles of each other party of the case.
    pub(super) beside: Vec<String>,
    /// When its court first told of it, and last who it is.
    pub(super) told: [String; 2],
    /// Said in place of every value, where there are none to show.
    pub(super) missing: String,
}

/// One field of both records.
struct ShownRow {
    field: String,
    values: [Option<Vec<Piece>>; 2],
    normalised: [Option<String>; 2],
    level: Option<ShownLevel>,
    /// What only one of the two has, in words.
    difference: Option<String>,
    weight: Option<String>,
    rarity: Option<String>,
}

/// The identifiers that can be shown whole, and what for.
struct ShownReveals {
    identifiers: Vec<(String, String)>,
    reasons: Vec<(&'static str, String)>,
    shown: Option<(String, Personal<String>)>,
}

struct ShownLevel {
    code: String,
    sign: &'static str,
    word: String,
    /// In the model's own words.
    detail: Option<String>,
}

struct ShownRuling {
    word: String,
    reason: String,
    at: String,
    by: String,
    holds: bool,
    is_undone: bool,
    note: Option<String>,
    /// What the records agree in otherwise than when it was given.
    since: Vec<String>,
}

/// A ground of a decision.
pub(super) struct Choice {
    pub(super) code: &'static str,
    pub(super) label: String,
}

pub(super) async fn show(
    State(app): State<App>,
    principal: Principal,
    lang: Lang,
    Path(id): Path<Uuid>,
    Query(noticed): Query<Noticed>,
) -> Result<Response, Problem> {
    let by = steward_of(&app, &principal, id).await?;
    let comparison = open(&app, id, &by).await?;
    let notice = noticed.notice.filter(|word| NOTICES.contains(&word.as_str())).map(|word| format!("notice-{word}"));
    let beside = Beside { notice, ..Beside::default() };
    web::page::html(&of(&app, lang, &comparison, beside))
}

pub(super) async fn open(app: &App, id: Uuid, by: &Subject) -> Result<Comparison, Problem> {
    app.desk.open(MatchId::from_uuid(id), by).await?.ok_or(Problem::not_found())
}

/// What is different from what the steward saw, as keys of texts.
pub(super) fn changes(comparison: &Comparison, seen: &str) -> Vec<String> {
    let key = |changed: Changed| match changed {
        Changed::Question => format!("changed-question-{}", comparison.standing.status.as_str()),
        Changed::RecordA => "changed-record-a".to_owned(),
        Changed::RecordB => "changed-record-b".to_owned(),
        Changed::Groups => "changed-groups".to_owned(),
    };
    comparison.version.changed_since(seen).into_iter().map(key).collect()
}

/// The page of a comparison, with what else is to be said.
pub(super) fn of(app: &App, lang: Lang, comparison: &Comparison, beside: Beside) -> QuestionPage {
    let id = comparison.standing.asked.question.to_string();
    let page = Page::new(&app.texts, lang, app.texts.say(lang, "question-heading", &[]))
        .at(&format!("/questions/{id}"))
        .signed_in(menu(app, lang, false));
    let today = app.desk.clock.today();
    let beside = Beside { request: runtime::ids::id().to_string(), ..beside };
    shown(page, id, comparison, beside, today)
}

/// The same, from values alone.
pub(super) fn shown(
    page: Page,
    id: String,
    comparison: &Comparison,
    mut beside: Beside,
    today: jiff::civil::Date,
) -> QuestionPage {
    let standing = &comparison.standing;
    let status = match (standing.status, standing.withdrawn) {
        (Status::Withdrawn, Some(why)) => page.say(&format!("withdrawn-{}", because(why))),
        (status, _) => page.say(&format!("status-{}", status.as_str())),
    };
    let holds = standing.ruling().map(|given| given.fact);
    QuestionPage {
        id,
        kind: page.say(&format!("kind-{}", standing.kind.as_str())),
        why: words::rule(&page, &standing.asked.evidence.rule),
        status,
        asked: words::moment(page.lang(), standing.opened_at),
        sides: comparison.records.each_ref().map(|record| side(&page, record, today)),
        rows: comparison.rows().into_iter().map(|row| shown_row(&page, row)).collect(),
        weighing: weighing::shown(&page, comparison),
        reveals: shown_reveals(&page, comparison, &mut beside),
        rulings: comparison.rulings.iter().rev().map(|ruled| shown_ruling(&page, comparison, ruled, holds)).collect(),
        reasons: reasons(&page),
        asks: comparison.asks.iter().map(|asked| asks::shown(&page, asked)).collect(),
        ask_fields: asks::fields(&page),
        others: comparison.others.each_ref().map(|of| others(&page, of)),
        doubted: !standing.task.doubts.is_empty(),
        group: standing.task.together().map(|person| group_words(&page, person.members.len())),
        suspicions: suspicions(&page, comparison),
        seen: comparison.version.to_string(),
        hand: shown_hand(&page, comparison),
        beside,
        page,
    }
}

fn shown_hand(page: &Page, comparison: &Comparison) -> ShownHand {
    let hand = &comparison.hand;
    let spoken = i64::try_from(hand.spoken).unwrap_or(i64::MAX);
    let aside = |hours: i64| (hours, page.say_with("aside-hours", &[("hours", Value::from(hours))]));
    ShownHand {
        until: hand.mine_until.map(|until| words::moment(page.lang(), until)),
        is_anothers: hand.is_anothers,
        has_spoken: hand.has_spoken,
        is_open: comparison.standing.status == Status::Open,
        why_two: hand.why_two.iter().map(|why| page.say(&format!("two-{}", why.as_str()))).collect(),
        spoken: (spoken > 0).then(|| page.say_with("hand-spoken", &[("count", Value::from(spoken))])),
        rejoin: hand.may_rejoin.map(|parting| parting.to_string()),
        undo: hand.may_undo.map(|ruling| ruling.to_string()),
        asides: HOURS.map(aside).into(),
    }
}

/// The grounds of decisions, in the language of the page.
pub(super) fn reasons(page: &Page) -> Vec<Choice> {
    let choice = |reason: RulingReason| Choice {
        code: reason.as_str(),
        label: page.say(&format!("reason-{}", reason.as_str())),
    };
    RulingReason::ALL.into_iter().map(choice).collect()
}

fn group_words(page: &Page, records: usize) -> String {
    let records = i64::try_from(records).unwrap_or(i64::MAX);
    page.say_with("group-of", &[("records", Value::from(records))])
}

/// Whose person may be asked about: of each record that is of one with others, where both are not of the same.
fn suspicions(page: &Page, comparison: &Comparison) -> Vec<(&'static str, String)> {
    let (task, pair) = (&comparison.standing.task, comparison.standing.asked.pair);
    if task.together().is_some() && comparison.standing.status == Status::Open {
        return Vec::new();
    }
    let sides = [("first", "column-a", pair.a), ("second", "column-b", pair.b)];
    let of_others = |(code, column, party): (&'static str, &str, _)| {
        let person = task.group(party)?;
        let words = format!("{}: {}", page.say(column), group_words(page, person.members.len()));
        Some((code, words))
    };
    sides.into_iter().filter_map(of_others).collect()
}

fn roles_of(page: &Page, roles: &BTreeSet<Role>) -> String {
    let lang = domain_lang(page.lang());
    roles.iter().map(|role| role.label(lang)).collect::<Vec<_>>().join(", ")
}

/// The other records of a person, a line each.
fn others(page: &Page, others: &[Other]) -> Vec<String> {
    let line = |other: &Other| {
        let file = other.case.as_ref();
        let case = words::case(page, file.map(|file| &file.card));
        let numbers = file.map(|file| file.numbers.join(", ")).unwrap_or_default();
        let parts = [case, numbers, roles_of(page, &other.roles)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    };
    others.iter().map(line).collect()
}

pub(super) fn side(page: &Page, record: &Record, today: jiff::civil::Date) -> Side {
    let lang = domain_lang(page.lang());
    let card = record.case.as_ref().map(|file| &file.card);
    let when = |at: Option<jiff::Timestamp>| {
        at.map_or_else(|| page.say("value-untold"), |at| words::date(page.lang(), words::day_of(at)))
    };
    Side {
        beside: record.beside.iter().map(|roles| roles_of(page, roles)).collect(),
        told: [when(record.told.since()), when(record.told.told_at())],
        court: card.map(|card| card.court.label(lang).to_owned()),
        kind: card.map(|card| format!("{} ({})", card.kind.label(lang), card.jurisdiction.label(lang))),
        numbers: record.case.as_ref().map(|file| file.numbers.clone()).unwrap_or_default(),
        hearing: card.and_then(|card| card.hearing).map(|day| Day::of(page, day, today)),
        roles: roles_of(page, &record.told.now().roles),
        capacity: record.told.now().capacity.map(|capacity| capacity.label(lang).to_owned()),
        missing: page.say(match record.person {
            Person::Known(_) => "value-absent",
            Person::Erased => "value-erased",
            Person::Untold => "value-untold",
        }),
    }
}

fn shown_row(page: &Page, row: Row) -> ShownRow {
    let value = |value: Option<String>| match row.field {
        Field::Sex => value.map(|code| page.say(&format!("sex-{code}"))),
        _ => value,
    };
    let level = row.evidence.as_ref().map(|evidence| {
        let code = evidence.level.clone();
        let (known, sign) = LEVELS.into_iter().find(|(known, _)| *known == code).unwrap_or(("other", "?"));
        ShownLevel { word: page.say(&format!("level-{known}")), sign, code, detail: weighing::level(page, evidence) }
    });
    let whole = |value: &Option<String>| value.as_ref().map(|text| vec![Piece { text: text.clone(), differs: false }]);
    let (a, b) = (value(row.a), value(row.b));
    let values = match (&a, &b) {
        // Of a masked number the digits that show say nothing about those that do not.
        (Some(a), Some(b)) if !row.field.is_masked() => pieces(a, b).map(Some),
        _ => [whole(&a), whole(&b)],
    };
    ShownRow {
        field: page.say(&format!("field-{}", row.field.code())),
        difference: difference(page, &values),
        values,
        normalised: row.normalised,
        weight: row.evidence.and_then(|evidence| evidence.millibits).map(|bits| weighing::bits(page, bits)),
        rarity: row.rarity.map(|bits| {
            let key = if bits > 0 { "rarity-rarer" } else { "rarity-commoner" };
            page.say_with(key, &[("bits", weighing::bits(page, bits).as_str().into())])
        }),
        level,
    }
}

/// What only one of two values has, in words: for who sees or hears no marks.
fn difference(page: &Page, values: &[Option<Vec<Piece>>; 2]) -> Option<String> {
    let only = |value: &Option<Vec<Piece>>| {
        let pieces = value.iter().flatten().filter(|piece| piece.differs);
        pieces.map(|piece| format!("“{}”", piece.text)).collect::<Vec<_>>().join(" ")
    };
    let [a, b] = values.each_ref().map(only);
    let nothing = |text: String| if text.is_empty() { page.say("difference-nothing") } else { text };
    (!a.is_empty() || !b.is_empty()).then(|| {
        let (a, b) = (nothing(a), nothing(b));
        page.say_with("difference", &[("a", a.as_str().into()), ("b", b.as_str().into())])
    })
}

fn shown_reveals(page: &Page, comparison: &Comparison, beside: &mut Beside) -> ShownReveals {
    let label = |side: usize, identifier: Identifier| {
        let record = page.say(if side == 0 { "column-a" } else { "column-b" });
        format!("{record}: {}", page.say(&format!("field-{}", identifier.as_str())))
    };
    let known = |side: usize, record: &Record| {
        let Person::Known(details) = &record.person else { return Vec::new() };
        let there = Identifier::ALL.into_iter().filter(|identifier| whole(*identifier, details).is_some());
        let choice = |identifier: Identifier| (format!("{side}-{}", identifier.as_str()), label(side, identifier));
        there.map(choice).collect()
    };
    let is_theirs = comparison.standing.status == Status::Open && !comparison.hand.is_anothers;
    let records = comparison.records.iter().enumerate().filter(|_| is_theirs);
    ShownReveals {
        identifiers: records.flat_map(|(side, record)| known(side, record)).collect(),
        reasons: RevealReason::ALL.map(|why| (why.as_str(), page.say(&format!("reveal-{}", why.as_str())))).into(),
        shown: beside.revealed.take().map(|(side, identifier, value)| (label(side, identifier), value)),
    }
}

fn shown_ruling(page: &Page, comparison: &Comparison, ruled: &Ruled, holds: Option<FactId>) -> ShownRuling {
    let given = &ruled.given;
    let changed = |(field, then, now): (String, String, String)| {
        let [then, now] = [then, now].map(|level| page.say(&format!("level-{level}")));
        let field = page.say(&format!("field-{field}"));
        let words = [("field", field.as_str().into()), ("then", then.as_str().into()), ("now", now.as_str().into())];
        page.say_with("since-level", &words)
    };
    ShownRuling {
        word: page.say(if given.same { "given-same" } else { "given-different" }),
        reason: page.say(&format!("reason-{}", given.ruling.reason.as_str())),
        at: words::moment(page.lang(), given.at),
        by: given.by.iter().map(Subject::as_str).collect::<Vec<_>>().join(", "),
        holds: holds == Some(given.fact),
        is_undone: given.is_undone,
        note: ruled.note.clone(),
        since: comparison.standing.changed_since(given).into_iter().map(changed).collect(),
    }
}
