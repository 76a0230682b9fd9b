//! What a publisher may say of the conduct charged where no article of law says it.
//!
//! Invariant: a tag is asserted by the publisher and never inferred here. To add one: a row in `code-lists/tags.toml`.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::code_list::{self, Coded, Entry, Row};
use crate::lang::Lang;

static TAGS: LazyLock<Vec<TagRow>> = LazyLock::new(|| code_list::embedded(include_str!("../../code-lists/tags.toml")));

#[derive(Deserialize)]
struct TagRow {
    #[serde(flatten)]
    entry: Entry,
    says: Option<Says>,
}

/// The indicator that a tag amounts to by itself.
#[derive(Deserialize)]
pub(super) struct Says {
    /// The indicator's code.
    pub indicator: String,
    /// Its tier, 1 to 4.
    pub tier: u8,
}

impl Row for TagRow {
    fn entry(&self) -> &Entry {
        &self.entry
    }
}

/// A tag on a charge, such as `strangulation`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(Coded<TagRow>);

/// A code that names no tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// Not in the list.
    #[error("not a tag: use a code from the list of tags, such as `strangulation`")]
    Unknown,
}

impl TagError {
    /// A stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "tag.unknown",
        }
    }
}

impl Tag {
    /// The tag of a code.
    ///
    /// # Errors
    /// When the list has no such tag.
    pub fn parse(text: &str) -> Result<Self, TagError> {
        Coded::find(&TAGS, text).map(Self).ok_or(TagError::Unknown)
    }

    /// Every tag, in the order of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        Coded::all(&TAGS).map(Self)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        self.0.label(lang)
    }

    pub(super) fn says(self) -> Option<&'static Says> {
        self.0.row().says.as_ref()
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Tag {
    type Error = TagError;

    fn try_from(text: String) -> Result<Self, TagError> {
        Self::parse(&text)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sound() {
        assert_eq!(code_list::faults(&TAGS), Vec::<String>::new());
    }

    #[test]
    fn codes_and_json_lead_back_to_the_tag() {
        for tag in Tag::all() {
            let json = serde_json::to_string(&tag).unwrap();
            assert_eq!(serde_json::from_str::<Tag>(&json).unwrap(), tag);
        }
        assert_eq!(Tag::parse("dangerous-person").unwrap_err().code(), "tag.unknown");
    }
}
