//! The handle of a code list, written once: the type that stands for a code, its error, and its way to and from JSON.
//!
//! Invariant: every list that uses [`coded!`] parses, prints and refuses codes in the same way, and is read by the same test.

/// Makes the type of a code list.
///
/// The braces hold the columns that only this list has; each is a field of the row, for accessors beside the macro. The type
/// gets `parse`, `all`, `code`, `label`, `basis` and `is_valid_on`, and in tests `assert_sound`, which also finds columns of
/// the file that no field reads: an optional column, misspelt, would otherwise be silently absent.
macro_rules! coded {
    (
        $(#[$doc:meta])*
        $name:ident($row:ident) in $path:literal { $($(#[$column_doc:meta])* $column:ident: $type:ty,)* }
        $error:ident, $error_code:literal, $message:literal
    ) => {
        #[derive(serde::Deserialize)]
        struct $row {
            #[serde(flatten)]
            entry: $crate::code_list::Entry,
            $($(#[$column_doc])* $column: $type,)*
        }

        impl $crate::code_list::Row for $row {
            fn entry(&self) -> &$crate::code_list::Entry {
                &self.entry
            }
        }

        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name($crate::code_list::Coded<$row>);

        #[doc = concat!("A code that is not in the list of [`", stringify!($name), "`].")]
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum $error {
            /// Not in the list.
            #[error($message)]
            Unknown,
        }

        impl $error {
            /// A stable code for machines.
            pub const fn code(&self) -> &'static str {
                match self {
                    Self::Unknown => $error_code,
                }
            }
        }

        impl $name {
            fn rows() -> &'static [$row] {
                static ROWS: std::sync::LazyLock<Vec<$row>> =
                    std::sync::LazyLock::new(|| $crate::code_list::embedded(include_str!($path)));
                &ROWS
            }

            /// The row of a code.
            ///
            /// # Errors
            /// When the list has no such code.
            pub fn parse(text: &str) -> Result<Self, $error> {
                $crate::code_list::Coded::find(Self::rows(), text).map(Self).ok_or($error::Unknown)
            }

            /// Every row, in the order of the list.
            pub fn all() -> impl Iterator<Item = Self> {
                $crate::code_list::Coded::all(Self::rows()).map(Self)
            }

            /// The code, as it stands in facts and on the wire.
            pub fn code(self) -> &'static str {
                self.0.code()
            }

            /// What people read.
            pub fn label(self, lang: $crate::lang::Lang) -> &'static str {
                self.0.label(lang)
            }

            /// The article of law or the document it rests on.
            pub fn basis(self) -> &'static str {
                &self.0.row().entry.source
            }

            /// Whether the law it rests on was in force on a day.
            pub fn is_valid_on(self, day: jiff::civil::Date) -> bool {
                self.0.row().entry.is_valid_on(day)
            }

            /// Fails when the list breaks the invariants of every list, or a code does not lead back to its row.
            #[cfg(test)]
            pub(crate) fn assert_sound() {
                assert_eq!($crate::code_list::faults(Self::rows()), Vec::<String>::new());
                let own = [$(stringify!($column),)*];
                assert_eq!($crate::code_list::stray_columns(include_str!($path), &own), Vec::<String>::new());
                for one in Self::all() {
                    assert_eq!(Self::parse(one.code()), Ok(one));
                    assert_eq!(Self::parse(&one.to_string()), Ok(one));
                    let json = serde_json::to_string(&one).unwrap();
                    assert_eq!(serde_json::from_str::<Self>(&json).unwrap(), one);
                    assert!(!one.basis().is_empty());
                    for lang in [$crate::lang::Lang::Nl, $crate::lang::Lang::En] {
                        assert!(!one.label(lang).is_empty());
                    }
                }
                for text in ["", " ", "no-such-code"] {
                    assert_eq!(Self::parse(text).unwrap_err().code(), $error_code);
                    assert!(serde_json::from_value::<Self>(text.into()).is_err());
                }
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(one: $name) -> Self {
                one.code().to_owned()
            }
        }
    };
}

pub(crate) use coded;
