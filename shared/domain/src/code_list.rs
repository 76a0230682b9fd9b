//! Code lists: law and practice as data, one TOML file a list, embedded in the program.
//!
//! Invariants of every list: a file holds `[[row]]` tables; a code stands in it once; both labels and the source are filled;
//! a row's validity does not end before it begins. [`faults`] states these, and each list's tests call it, so that a broken
//! list never leaves the workshop. A code, once published, keeps its meaning: what changes gets a row of its own.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::lang::{Label, Lang};

mod coded;

pub(crate) use coded::coded;

/// How sure the makers of a list are that a row is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A guess, to be replaced.
    Low,
    /// Check against the source before production.
    Medium,
    /// Well known, though not read back in the source.
    High,
    /// Read in the source.
    Verified,
}

/// What every row of a code list has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// The code, as it stands in facts and on the wire.
    pub code: String,
    /// What people read.
    #[serde(flatten)]
    pub label: Label,
    /// The article of law or the document the row rests on.
    pub source: String,
    /// The first day on which the row holds; open when absent.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// The last day on which the row holds; open when absent.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// How sure the row is.
    pub confidence: Confidence,
}

impl Entry {
    /// Whether the row holds on a day; both ends of its validity count.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// A row of a code list: the [`Entry`] every row has, beside what only this list has.
pub trait Row {
    /// The part every list shares.
    fn entry(&self) -> &Entry;
}

/// A text that is not a code list of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeListError {
    /// The text is not TOML, or a row misses a column or holds a value its column does not allow.
    #[error("not a code list: write `[[row]]` tables with the columns this list asks for")]
    Format(#[from] toml::de::Error),
}

impl CodeListError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Format(_) => "code-list.format",
        }
    }
}

#[derive(Deserialize)]
struct File<R> {
    row: Vec<R>,
}

/// The rows of a code list, in the order of the text.
///
/// # Errors
/// When the text is not TOML with `[[row]]` tables of this kind.
pub fn parse<R: DeserializeOwned>(text: &str) -> Result<Vec<R>, CodeListError> {
    Ok(toml::from_str::<File<R>>(text)?.row)
}

/// The rows of a list that is part of the program: for a `static` [`std::sync::LazyLock`] over `include_str!`.
///
/// # Panics
/// When the embedded text is not a list of this kind. It does not change after the build, and each list's tests read it.
pub fn embedded<R: DeserializeOwned>(text: &'static str) -> Vec<R> {
    parse(text).expect("an embedded code list is well-formed: the tests of its module read it")
}

/// Everything that breaks the invariants of a list, in words; none for a sound list.
pub fn faults<R: Row>(rows: &[R]) -> Vec<String> {
    let mut faults = Vec::new();
    for (position, entry) in rows.iter().map(Row::entry).enumerate() {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", entry.code));
        if !is_slug(&entry.code) {
            fault("the code is not made of letters, digits and hyphens");
        }
        if rows[..position].iter().any(|earlier| earlier.entry().code == entry.code) {
            fault("the code stands twice");
        }
        if [Lang::Nl, Lang::En].iter().any(|lang| entry.label.in_lang(*lang).trim().is_empty()) {
            fault("a label is empty");
        }
        if entry.source.trim().is_empty() {
            fault("the source is empty");
        }
        if let (Some(from), Some(to)) = (entry.valid_from, entry.valid_to)
            && to < from
        {
            fault("the validity ends before it begins");
        }
    }
    faults
}

/// The columns in the text of a list that neither [`Entry`] nor `own` knows.
#[cfg(test)]
pub(crate) fn stray_columns(text: &str, own: &[&str]) -> Vec<String> {
    const SHARED: [&str; 7] = ["code", "nl", "en", "source", "valid_from", "valid_to", "confidence"];
    let rows: Vec<toml::Table> = parse(text).expect("the list is well-formed");
    let known = |column: &&String| SHARED.contains(&column.as_str()) || own.contains(&column.as_str());
    rows.iter().flat_map(|row| row.keys().filter(|column| !known(column)).cloned().collect::<Vec<_>>()).collect()
}

fn is_slug(code: &str) -> bool {
    code.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A row of an embedded list, standing for its code: equal, ordered and hashed by it.
///
/// The code types of this crate (such as [`crate::role::Role`]) wrap it.
pub struct Coded<R: 'static>(&'static R);

impl<R: Row> Coded<R> {
    /// The row with this code.
    pub fn find(rows: &'static [R], code: &str) -> Option<Self> {
        rows.iter().find(|row| row.entry().code == code).map(Self)
    }

    /// Every row, in the order of the list.
    pub fn all(rows: &'static [R]) -> impl Iterator<Item = Self> {
        rows.iter().map(Self)
    }

    /// The row.
    pub fn row(self) -> &'static R {
        self.0
    }

    /// The code.
    pub fn code(self) -> &'static str {
        &self.0.entry().code
    }

    /// The label in a language.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.entry().label.in_lang(lang)
    }
}

impl<R> Clone for Coded<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Coded<R> {}

impl<R: Row> PartialEq for Coded<R> {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl<R: Row> Eq for Coded<R> {}

impl<R: Row> PartialOrd for Coded<R> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<R: Row> Ord for Coded<R> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl<R: Row> Hash for Coded<R> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl<R: Row> fmt::Debug for Coded<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Plain {
        #[serde(flatten)]
        entry: Entry,
    }

    impl Row for Plain {
        fn entry(&self) -> &Entry {
            &self.entry
        }
    }

    fn row(code: &str, nl: &str, source: &str, more: &str) -> String {
        format!("[[row]]\ncode = '{code}'\nnl = '{nl}'\nen = 'x'\nsource = '{source}'\nconfidence = 'high'\n{more}\n")
    }

    #[test]
    fn a_row_reads_with_its_dates_and_confidence() {
        let text = row("a", "aap", "art. 1", "valid_from = '2024-07-01'");
        let rows: Vec<Plain> = parse(&text).unwrap();
        assert_eq!(rows[0].entry.valid_from, Some(jiff::civil::date(2024, 7, 1)));
        assert_eq!(rows[0].entry.valid_to, None);
        assert_eq!(rows[0].entry.confidence, Confidence::High);
        assert_eq!(faults(&rows), Vec::<String>::new());
        assert_eq!(stray_columns(&text, &[]), Vec::<String>::new());
        assert_eq!(stray_columns(&text.replace("valid_from", "valid_form"), &[]), ["valid_form"]);
    }

    #[test]
    fn both_ends_of_the_validity_count() {
        let text = row("a", "aap", "art. 1", "valid_from = '2024-07-01'\nvalid_to = '2024-07-31'");
        let rows: Vec<Plain> = parse(&text).unwrap();
        let valid = |month, day| rows[0].entry.is_valid_on(jiff::civil::date(2024, month, day));
        assert_eq!([valid(6, 30), valid(7, 1), valid(7, 31), valid(8, 1)], [false, true, true, false]);
    }

    #[test]
    fn a_missing_column_is_refused() {
        let error = parse::<Plain>("[[row]]\ncode = 'a'").err().unwrap();
        assert_eq!(error.code(), "code-list.format");
    }

    #[test]
    fn every_fault_is_found() {
        let text = [
            row("a", "aap", "art. 1", ""),
            row("a", "aap", "art. 1", ""),
            row("b", "", "art. 1", ""),
            row("c", "noot", " ", ""),
            row("d", "mies", "art. 1", "valid_from = '2024-07-02'\nvalid_to = '2024-07-01'"),
            row("e f", "wim", "art. 1", ""),
        ]
        .concat();
        let rows: Vec<Plain> = parse(&text).unwrap();
        assert_eq!(
            faults(&rows),
            [
                "a: the code stands twice",
                "b: a label is empty",
                "c: the source is empty",
                "d: the validity ends before it begins",
                "e f: the code is not made of letters, digits and hyphens",
            ]
        );
    }
}
