//! The JSON of the judge's API, and nothing else: particulars only (what a judge needs to ask the other court for more).
//!
//! Invariant: no field names a person or a place; texts come in Dutch and English; once a signal is withdrawn, what it told
//! is absent.

use domain::lang::Lang;
use domain::role::{Capacity, Role};
use domain::violence::assess::{Assessment, IndicatorLine, RoleLine};
use domain::violence::wording;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::handling::HandlingRecord;
use crate::inbox::{CaseReference, Entry, Handled, Told};

/// A text in both languages.
#[derive(Serialize, ToSchema)]
pub struct Text {
    /// In Dutch.
    nl: String,
    /// In English.
    en: String,
}

impl Text {
    fn of<T: Into<String>>(say: impl Fn(Lang) -> T) -> Self {
        Self { nl: say(Lang::Nl).into(), en: say(Lang::En).into() }
    }
}

/// A code and what people read.
#[derive(Serialize, ToSchema)]
pub struct Coded {
    /// The code, which keeps its meaning.
    code: String,
    /// What people read.
    label: Text,
}

impl Coded {
    fn of<T: Into<String>>(code: impl Into<String>, say: impl Fn(Lang) -> T) -> Self {
        Self { code: code.into(), label: Text::of(say) }
    }

    /// An enumeration whose stored word is its code.
    fn by_word<V: Serialize, T: Into<String>>(value: &V, say: impl Fn(Lang) -> T) -> Self {
        Self::of(code(value), say)
    }
}

/// The stored word of a plain enumeration; empty for anything else, which the tests of this file exclude.
fn code<V: Serialize>(value: &V) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A page of signals, the last changed first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalPage {
    /// The signals.
    signals: Vec<SignalSummary>,
    /// What was not looked at: an empty list is no reassurance.
    not_checked: Text,
    /// Where the next page begins; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl SignalPage {
    /// The page of these entries.
    pub fn of(entries: &[Entry], next: Option<String>) -> Self {
        Self {
            signals: entries.iter().map(SignalSummary::of).collect(),
            not_checked: Text::of(wording::coverage),
            next,
        }
    }
}

/// Whether a signal stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// It stands.
    Stands,
    /// It was withdrawn: do not use it any more.
    Withdrawn,
}

/// A signal in the list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalSummary {
    /// The signal.
    signal: Uuid,
    /// Its newest version; one more with each change.
    version: u32,
    /// Whether it stands.
    standing: Standing,
    /// What it is about; absent once withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<Coded>,
    /// How soon it should be seen; absent once withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<Coded>,
    /// How serious the most serious of it is, 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// The caller's case.
    own_case: OwnCase,
    /// Why, a sentence for each indicator or person, the most serious first; empty once withdrawn.
    why: Vec<Text>,
    /// When it was raised.
    raised_at: Timestamp,
    /// When it last changed.
    changed_at: Timestamp,
    /// Whether the caller opened this version.
    read: bool,
    /// Whether the caller acknowledged this version.
    acknowledged: bool,
}

impl SignalSummary {
    fn of(entry: &Entry) -> Self {
        let told = match &entry.told {
            Told::Stands { assessment, .. } => Some(assessment),
            Told::Withdrawn(_) => None,
        };
        Self {
            signal: entry.signal.uuid(),
            version: entry.version,
            standing: if told.is_some() { Standing::Stands } else { Standing::Withdrawn },
            kind: told.map(|told| Coded::by_word(&told.kind, |lang| told.kind.label(lang))),
            urgency: told.map(|told| Coded::by_word(&told.urgency, |lang| told.urgency.label(lang))),
            tier: told.and_then(|told| told.tier).map(Tier::of),
            own_case: OwnCase::of(&entry.own, told.and_then(|told| told.own_hearing)),
            why: told.map(|told| sentences(told)).unwrap_or_default(),
            raised_at: entry.raised_at,
            changed_at: entry.changed_at,
            read: !entry.is_unread(),
            acknowledged: entry.acknowledged == entry.version,
        }
    }
}

fn sentences(told: &Assessment) -> Vec<Text> {
    let (nl, en) = (wording::summary(told, Lang::Nl), wording::summary(told, Lang::En));
    nl.into_iter().zip(en).map(|(nl, en)| Text { nl, en }).collect()
}

/// How serious, in a number and a word.
#[derive(Serialize, ToSchema)]
struct Tier {
    /// 1 to 4, 1 the most serious.
    number: u8,
    /// The word.
    label: Text,
}

impl Tier {
    fn of(number: u8) -> Self {
        Self { number, label: Text::of(|lang| wording::tier(number, lang)) }
    }
}

/// The caller's case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OwnCase {
    /// Its id in this API.
    id: Uuid,
    /// Its numbers.
    numbers: Vec<String>,
    /// The court that has it.
    court: Coded,
    /// Family, youth or criminal.
    jurisdiction: Coded,
    /// What kind of proceeding.
    proceeding: Coded,
    /// The next hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_hearing: Option<Date>,
}

impl OwnCase {
    fn of(case: &CaseReference, next_hearing: Option<Date>) -> Self {
        Self {
            id: case.id.uuid(),
            numbers: case.numbers.clone(),
            court: Coded::of(case.court.code(), |lang| case.court.label(lang)),
            jurisdiction: Coded::of(case.jurisdiction.as_str(), |lang| case.jurisdiction.label(lang)),
            proceeding: Coded::of(case.proceeding.code(), |lang| case.proceeding.label(lang)),
            next_hearing,
        }
    }
}

/// The case that is told of: what is needed to ask its court for more.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ParallelCase {
    /// Its numbers.
    numbers: Vec<String>,
    /// The court that has it.
    court: Coded,
    /// Family, youth or criminal.
    jurisdiction: Coded,
    /// What kind of proceeding.
    proceeding: Coded,
    /// How far it has come.
    phase: Coded,
    /// The next hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_hearing: Option<Date>,
}

impl ParallelCase {
    fn of(case: &CaseReference, told: &Assessment) -> Self {
        Self {
            numbers: case.numbers.clone(),
            court: Coded::of(case.court.code(), |lang| case.court.label(lang)),
            jurisdiction: Coded::of(case.jurisdiction.as_str(), |lang| case.jurisdiction.label(lang)),
            proceeding: Coded::of(case.proceeding.code(), |lang| case.proceeding.label(lang)),
            phase: Coded::by_word(&told.parallel_phase, |lang| told.parallel_phase.label(lang)),
            next_hearing: told.parallel_hearing,
        }
    }
}

/// A signal, opened.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignalDetail {
    /// What the list says of it.
    #[serde(flatten)]
    summary: SignalSummary,
    /// What it tells; absent once withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<Particulars>,
    /// Why it was withdrawn; absent while it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Withdrawal>,
    /// What was not looked at.
    not_checked: Text,
    /// What the caller recorded about it, oldest first.
    handlings: Vec<HandlingRecord>,
}

impl SignalDetail {
    /// The entry as the judge reads it, with what they recorded.
    pub fn of(entry: &Entry, handlings: &[Handled]) -> Self {
        let (told, withdrawn) = match &entry.told {
            Told::Stands { assessment, as_of, parallel } => (Some(Particulars::of(assessment, *as_of, parallel)), None),
            Told::Withdrawn(because) => {
                let because = Coded::by_word(because, |lang| because.label(lang));
                (None, Some(Withdrawal { because, notice: Text::of(wording::correction) }))
            }
        };
        Self {
            summary: SignalSummary::of(entry),
            told,
            withdrawn,
            not_checked: Text::of(wording::coverage),
            handlings: handlings.iter().map(HandlingRecord::of).collect(),
        }
    }
}

/// What a signal tells.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Particulars {
    /// The state of the parallel case is as known on this day.
    as_of: Date,
    /// The case that is told of.
    parallel_case: ParallelCase,
    /// What the link between the cases rests on.
    link_basis: Coded,
    /// The persons of the own case whom it concerns, by their roles.
    persons: Vec<Person>,
    /// The indicators, the most serious first; none towards a criminal judge.
    indicators: Vec<IndicatorRecord>,
    /// How many charges name an article that the catalogue of indicators does not know for that day.
    charges_not_in_catalogue: usize,
    /// What a judge may do with it. No legal advice.
    next_steps: Vec<Text>,
}

impl Particulars {
    fn of(told: &Assessment, as_of: Date, parallel: &CaseReference) -> Self {
        let steps = |lang| wording::next_steps(told.kind, lang).iter().map(|step| (*step).to_owned());
        let mut charges = Vec::new();
        Self {
            as_of,
            parallel_case: ParallelCase::of(parallel, told),
            link_basis: Coded::by_word(&told.basis, |lang| told.basis.label(lang)),
            persons: told
                .persons
                .iter()
                .map(|person| Person {
                    own: Involved::of(&person.own),
                    parallel_roles: person.parallel_roles.iter().copied().map(role).collect(),
                })
                .collect(),
            indicators: told
                .indicators
                .iter()
                .map(|line| {
                    let known = charges.iter().position(|charge| *charge == line.charge);
                    let place = known.unwrap_or_else(|| {
                        charges.push(line.charge);
                        charges.len() - 1
                    });
                    IndicatorRecord::of(line, place + 1)
                })
                .collect(),
            charges_not_in_catalogue: told.unknown_articles.len(),
            next_steps: steps(Lang::Nl).zip(steps(Lang::En)).map(|(nl, en)| Text { nl, en }).collect(),
        }
    }
}

fn role(role: Role) -> Coded {
    Coded::of(role.code(), |lang| role.label(lang))
}

/// A person whom a signal concerns.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Person {
    /// In the own case.
    own: Involved,
    /// The roles in the parallel case, as far as the signal is about them.
    parallel_roles: Vec<Coded>,
}

/// A person by roles in the own case.
#[derive(Serialize, ToSchema)]
struct Involved {
    /// In a few words, such as `verweerder (vader)`.
    label: Text,
    /// The roles.
    roles: Vec<Coded>,
    /// What the person is to the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<Coded>,
    /// Which of the minors in the own case, counted from 1; absent for an adult.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordinal: Option<u32>,
}

impl Involved {
    fn of(line: &RoleLine) -> Self {
        let capacity = |capacity: Capacity| Coded::of(capacity.as_str(), |lang| capacity.label(lang));
        Self {
            label: Text::of(|lang| wording::role(line, lang)),
            roles: line.roles.iter().copied().map(role).collect(),
            capacity: line.capacity.map(capacity),
            ordinal: line.ordinal,
        }
    }
}

/// One indicator of one charge.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct IndicatorRecord {
    /// Which charge, counted from 1 within this signal.
    charge: usize,
    /// The indicator.
    indicator: Coded,
    /// How serious; absent where the status takes the weight off it.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// The articles that say it.
    articles: Vec<String>,
    /// The first day of the version of the law it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_from: Option<Date>,
    /// The last day of that version.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_to: Option<Date>,
    /// The offence period to the month: `2026-03`, or `2024-05/2024-08`.
    period: String,
    /// How far the law has come with the charge.
    status: Coded,
    /// The sentence that always stands beside the status.
    disclaimer: Text,
    /// How suspect and victims stand to each other.
    relation: Coded,
    /// The suspect.
    suspect: Involved,
    /// The victims, or the children who saw it; none where they are nobody of the own case.
    victims: Vec<Involved>,
}

impl IndicatorRecord {
    fn of(line: &IndicatorLine, charge: usize) -> Self {
        Self {
            charge,
            indicator: Coded::of(line.indicator.code(), |lang| line.indicator.label(lang)),
            tier: line.tier.map(Tier::of),
            articles: line.articles.iter().map(ToString::to_string).collect(),
            law_from: line.law_version.from,
            law_to: line.law_version.to,
            period: line.period.clone(),
            status: Coded::of(line.status.code(), |lang| line.status.label(lang)),
            disclaimer: Text::of(|lang| line.status.disclaimer(lang)),
            relation: Coded::of(line.relation.code(), |lang| line.relation.label(lang)),
            suspect: Involved::of(&line.suspect),
            victims: line.victims.iter().map(Involved::of).collect(),
        }
    }
}

/// That a signal no longer stands.
#[derive(Serialize, ToSchema)]
struct Withdrawal {
    /// Why.
    because: Coded,
    /// What follows from it for the reader.
    notice: Text,
}

#[cfg(test)]
mod tests;
