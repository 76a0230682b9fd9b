//! What the lists of words have in common.

use serde::Deserialize;

use crate::code_list::{Entry, Row};
use crate::jurisdiction::Jurisdiction;

/// A row of a list of words.
#[derive(Deserialize)]
pub struct WordRow {
    #[serde(flatten)]
    entry: Entry,
    pub(super) jurisdictions: Vec<Jurisdiction>,
    /// The one yes or no that some lists have beside: `public`, `final`, `held` or `open`.
    #[serde(default, alias = "public", alias = "final", alias = "held", alias = "open")]
    pub(super) mark: bool,
}

impl Row for WordRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// Text that is not in a list of words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not in the list: use a code such as `{example}`")]
pub struct WordError {
    pub(super) code: &'static str,
    pub(super) example: &'static str,
}

impl WordError {
    /// A stable code for machines, such as `order-kind.unknown`.
    pub const fn code(&self) -> &'static str {
        self.code
    }
}

/// A type for each list: file, name in codes of errors, an example.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident, $file:literal, $word:literal, $example:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[serde(try_from = "String", into = "String")]
            pub struct $name($crate::code_list::Coded<list::WordRow>);

            impl $name {
                fn rows() -> &'static [list::WordRow] {
                    static ROWS: std::sync::LazyLock<Vec<list::WordRow>> = std::sync::LazyLock::new(|| {
                        $crate::code_list::embedded(include_str!(concat!("../code-lists/", $file)))
                    });
                    &ROWS
                }

                /// The word of a code.
                ///
                /// # Errors
                /// When the list has no such code.
                pub fn parse(text: &str) -> Result<Self, WordError> {
                    $crate::code_list::Coded::find(Self::rows(), text)
                        .map(Self)
                        .ok_or(WordError { code: concat!($word, ".unknown"), example: $example })
                }

                /// Every word, in the order of the list.
                pub fn all() -> impl Iterator<Item = Self> {
                    $crate::code_list::Coded::all(Self::rows()).map(Self)
                }

                /// The code.
                pub fn code(self) -> &'static str {
                    self.0.code()
                }

                /// Where it occurs.
                pub fn jurisdictions(self) -> &'static [$crate::jurisdiction::Jurisdiction] {
                    &self.0.row().jurisdictions
                }

                /// What people read.
                pub fn label(self, lang: $crate::lang::Lang) -> &'static str {
                    self.0.label(lang)
                }
            }

            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.code())
                }
            }

            impl TryFrom<String> for $name {
                type Error = WordError;

                fn try_from(text: String) -> Result<Self, WordError> {
                    Self::parse(&text)
                }
            }

            impl From<$name> for String {
                fn from(word: $name) -> Self {
                    word.code().to_owned()
                }
            }
        )*

        #[cfg(test)]
        mod lists {
            #[test]
            fn every_list_is_sound_and_its_codes_lead_back() {
                $(
                    assert_eq!($crate::code_list::faults(super::$name::rows()), Vec::<String>::new(), $file);
                    for word in super::$name::all() {
                        assert!(!word.jurisdictions().is_empty(), "{word:?} occurs nowhere");
                        assert_eq!(super::$name::parse(word.code()), Ok(word));
                        let json = serde_json::to_value(word).unwrap();
                        assert_eq!(serde_json::from_value::<super::$name>(json).unwrap(), word);
                    }
                    assert!(super::$name::parse($example).is_ok(), $example);
                    assert_eq!(super::$name::parse("").unwrap_err().code(), concat!($word, ".unknown"));
                )*
            }
        }
    };
}
pub(super) use vocabulary;
