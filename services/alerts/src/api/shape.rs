//! The JSON of the judge's API, and nothing else: particulars only (what a judge needs to ask the other court for more).
//!
//! Invariant: no field names a person or a place; texts come in Dutch and English; once a signal is withdrawn, what it told
//! is absent.

mod told;

use domain::lang::Lang;
use domain::violence::assess::Assessment;
use domain::violence::wording;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use self::told::Particulars;
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
    /// A text that was composed in both.
    pub(super) const fn both(nl: String, en: String) -> Self {
        Self { nl, en }
    }

    pub(super) fn of<T: Into<String>>(say: impl Fn(Lang) -> T) -> Self {
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
    pub(super) fn of<T: Into<String>>(code: impl Into<String>, say: impl Fn(Lang) -> T) -> Self {
        Self { code: code.into(), label: Text::of(say) }
    }

    /// An enumeration whose stored word is its code.
    fn by_word<V: Serialize, T: Into<String>>(value: &V, say: impl Fn(Lang) -> T) -> Self {
        Self::of(code(value), say)
    }
}

/// The stored word of a plain enumeration; empty for anything else, which the tests of this file exclude.
pub(super) fn code<V: Serialize>(value: &V) -> String {
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
    /// Whether the caller is asked to acknowledge this version: it corrects what they read.
    acknowledgement_asked: bool,
    /// The day on which the clerks of the case heard that nobody had read it while its term neared; absent once a judge of the case
    /// did.
    #[serde(skip_serializing_if = "Option::is_none")]
    escalated_on: Option<Date>,
}

impl SignalSummary {
    fn of(entry: &Entry) -> Self {
        let told = match &entry.told {
            Told::Stands { assessment, .. } => Some(assessment),
            Told::Withdrawn { .. } => None,
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
            acknowledgement_asked: entry.asks_to_acknowledge(),
            escalated_on: entry.escalated_on,
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

/// A case, by what it is called.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseRecord {
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
}

impl CaseRecord {
    /// The case of a reference.
    pub fn of(case: &CaseReference) -> Self {
        Self {
            id: case.id.uuid(),
            numbers: case.numbers.clone(),
            court: Coded::of(case.court.code(), |lang| case.court.label(lang)),
            jurisdiction: Coded::of(case.jurisdiction.as_str(), |lang| case.jurisdiction.label(lang)),
            proceeding: Coded::of(case.proceeding.code(), |lang| case.proceeding.label(lang)),
        }
    }
}

/// The caller's case, and its next hearing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OwnCase {
    /// The case.
    #[serde(flatten)]
    case: CaseRecord,
    /// The next hearing.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_hearing: Option<Date>,
}

impl OwnCase {
    fn of(case: &CaseReference, next_hearing: Option<Date>) -> Self {
        Self { case: CaseRecord::of(case), next_hearing }
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
            Told::Stands { assessment, as_of, parallel, court_hidden } => {
                (Some(Particulars::of(assessment, *as_of, parallel, *court_hidden)), None)
            }
            Told::Withdrawn { because, after_decision } => {
                let because = Coded::by_word(because, |lang| because.label(lang));
                let late = after_decision.then(|| Text::of(wording::late_correction));
                (None, Some(Withdrawal { because, notice: Text::of(wording::correction), late }))
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

/// That a signal no longer stands.
#[derive(Serialize, ToSchema)]
struct Withdrawal {
    /// Why.
    because: Coded,
    /// What follows from it for the reader.
    notice: Text,
    /// What to think of where the own case was decided after it was first told; absent otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<Text>,
}

#[cfg(test)]
mod tests;
